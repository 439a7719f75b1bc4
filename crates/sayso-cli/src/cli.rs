//! What can be typed.

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::talk::Talk;

/// A row of JSON Lines, as help shows it.
macro_rules! row {
    () => {
        "  {\"id\": .., \"text\" or \"html\": .., \"url\"?, \"published\"?, \"outlet\"?, \"title\"?}\n"
    };
}

/// Examples that work as they stand, given files of these names.
const EXAMPLES: &str = "\
Examples:
  sayso demo                              read six pages that come with sayso
  sayso read page.html                    who said what on a saved page
  sayso read https://example.com/story    fetch one page and read it
  sayso read saved/ --html report.html    a folder as one file for the browser
  sayso read pages.jsonl.zst --json > records.jsonl
  curl -s URL | sayso read -              a page from standard input
  sayso chain saved/                      which page has it from which, how many sources are left
  sayso check --min-independent 2 saved/  exit code 4 where a story rests on fewer

Exit codes:
  0  all was read       1  nothing was read      2  wrong usage
  3  some was read      4  a policy is not met (check)

Results go to standard output, all else to standard error. NO_COLOR is kept to.";

// Paragraphs are one line each: they are wrapped to the terminal.
const READ_EXAMPLES: &str = concat!(
    "\
An INPUT is a file (HTML, plain text or JSON Lines; gzip or zstd of each), a folder, - for standard input, or an address. \
Forms are told apart by content. A row of JSON Lines is
",
    row!(),
    "
The day may be called \"date\", \"datePublished\" or \"pubdate\", too. Keys that are not read are told at the end. Of \
pages with one id the later ones get a number: ID#2. Of a folder, hidden files and what lies beside saved pages (pictures, \
styles, scripts) are passed over.

Examples:
  sayso read page.html
  sayso read page.html --json | jq '.attributions[] | .speaker.name'
  sayso read a.html b.txt saved/ --html report.html
  zcat pages.jsonl.gz | sayso read - --json > records.jsonl"
);

const CHAIN_EXAMPLES: &str = concat!(
    "\
Pages are grouped into stories. Of each page it is told from which it derives, and on what evidence; what is not shown is left \
open. Pages need dates and outlets for the best result. Both are found on most saved pages, and can be given in rows of JSON \
Lines:
",
    row!(),
    "
Examples:
  sayso chain saved/
  sayso chain saved/ --html chain.html
  sayso chain pages.jsonl --json > rows.jsonl
  sayso chain saved/ --dot - | dot -Tsvg > chain.svg"
);

const CHECK_EXAMPLES: &str = concat!(
    "\
Every story that at least two pages tell is held against the number; where there is none, each page by itself. A row of JSON \
Lines is
",
    row!(),
    "
Examples:
  sayso check --min-independent 2 saved/
  sayso check --min-independent 2 --possible --json pages.jsonl || echo too few"
);

const VARIANTS_EXAMPLES: &str = concat!(
    "\
In a wording, [-words-] are those that were left out and {+words+} those that came in, seen from the first wording of its \
utterance: that of the page from which the others derive; where that does not show, the earliest, or without dates the one \
that most pages have. A row of JSON Lines is
",
    row!(),
    "
Examples:
  sayso variants saved/
  sayso variants saved/ --html wordings.html
  sayso variants pages.jsonl --json | jq .utterance"
);

const DIFF_EXAMPLES: &str = concat!(
    "\
[-Words-] are on the first page alone, {+words+} on the second alone. Of pages that share little, only what they share is \
shown. A page may be a row of JSON Lines, alone in its file:
",
    row!(),
    "
Examples:
  sayso diff agency.html rewrite.html
  sayso diff agency.html rewrite.html --html diff.html
  curl -s URL | sayso diff agency.html - --json"
);

/// Reads news pages: who said what, on whose word.
#[derive(Debug, Parser)]
#[command(name = "sayso", version, after_help = EXAMPLES, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more: every skipped row, the time that was taken
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Cli {
    /// How much is said on standard error.
    pub(crate) fn talk(&self) -> Talk {
        match (self.quiet, self.verbose) {
            (true, _) => Talk::Quiet,
            (_, true) => Talk::Verbose,
            _ => Talk::Normal,
        }
    }
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read pages and show who said what
    #[command(after_help = READ_EXAMPLES)]
    Read(Read),
    /// Show which page has it from which, and how many independent sources are left
    #[command(after_help = CHAIN_EXAMPLES)]
    Chain(Chain),
    /// Exit with code 4 where a story rests on fewer independent sources than wanted
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Check),
    /// Show each utterance with its wordings: who carries which, and what was changed
    #[command(after_help = VARIANTS_EXAMPLES)]
    Variants(Variants),
    /// Compare two pages: quotations first, then who is said to have said what, then the rest
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(Diff),
    /// Read a constructed story of six pages that comes with sayso
    Demo(Demo),
    /// Show versions, models and what works here
    Doctor,
    /// Print a completion script
    Completions {
        /// The shell that it is for
        shell: clap_complete::Shell,
    },
    /// Print the manual page, as `sayso man | man -l -`
    Man {
        /// The command whose page it is [default: sayso itself]
        #[arg(value_parser = ["read", "chain", "check", "variants", "diff", "demo", "doctor", "completions"])]
        command: Option<String>,
    },
}

/// Arguments of `read`.
#[derive(Debug, Args)]
pub(crate) struct Read {
    /// Files, folders, addresses, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    #[command(flatten)]
    pub(crate) form: Form,
    /// Threads to read with [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
}

/// Arguments of `chain`.
#[derive(Debug, Args)]
pub(crate) struct Chain {
    /// Files, folders, addresses, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// Print one JSON object a page, then one a story
    #[arg(long)]
    pub(crate) json: bool,
    /// Write one HTML file with the drawing of each story (- for standard output)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(crate) html: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) graphs: Graphs,
    /// Threads to read with [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
}

/// Files for programs that draw graphs.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Graphs {
    /// Write the graph as GEXF, for Gephi (- for standard output)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(crate) gexf: Option<PathBuf>,
    /// Write the graph as GraphML (- for standard output)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(crate) graphml: Option<PathBuf>,
    /// Write the graph as DOT, for Graphviz (- for standard output)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(crate) dot: Option<PathBuf>,
}

impl Graphs {
    /// Whether there is any.
    pub(crate) fn are_wanted(&self) -> bool {
        self.gexf.is_some() || self.graphml.is_some() || self.dot.is_some()
    }
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// So many independent sources are wanted of every story that at least two pages tell
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) min_independent: u32,
    /// Count sources that are possible, not only those that are proved
    #[arg(long)]
    pub(crate) possible: bool,
    /// Print one JSON object a story
    #[arg(long)]
    pub(crate) json: bool,
    /// Files, folders, addresses, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// Threads to read with [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
}

/// Arguments of `variants`.
#[derive(Debug, Args)]
pub(crate) struct Variants {
    /// Files, folders, addresses, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// Show utterances of one wording, too, where several pages have them
    #[arg(long)]
    pub(crate) all: bool,
    /// Print one JSON object an utterance
    #[arg(long)]
    pub(crate) json: bool,
    /// Write one HTML file that needs nothing else (- for standard output)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(crate) html: Option<PathBuf>,
    /// Threads to read with [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
}

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// A page: a file, an address, or - for standard input
    pub(crate) a: String,
    /// The page that it is compared with
    pub(crate) b: String,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// Write one HTML file that needs nothing else (- for standard output)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(crate) html: Option<PathBuf>,
}

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    #[command(flatten)]
    pub(crate) form: Form,
    /// Show the chain of the story alone, as `chain` does; graphs are always of the chain
    #[arg(long)]
    pub(crate) chain: bool,
    #[command(flatten)]
    pub(crate) graphs: Graphs,
}

/// In which form results are given. With neither, they are shown for a terminal.
#[derive(Clone, Debug, Args)]
pub(crate) struct Form {
    /// Print one JSON object a page
    #[arg(long)]
    pub(crate) json: bool,
    /// Write one HTML file that needs nothing else (- for standard output)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(crate) html: Option<PathBuf>,
    /// Leave out statements that are only possible: more likely than not, a part of them is wrong
    #[arg(long)]
    pub(crate) sure: bool,
}

/// Ends the run: what was typed cannot be done.
pub(crate) fn misused(kind: ErrorKind, message: &str) -> ! {
    Cli::command().error(kind, message).exit()
}
