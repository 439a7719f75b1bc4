//! What is said on standard error: progress, what was skipped, a summary.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{IsTerminal, Write, stderr, stdout};
use std::time::{Duration, Instant};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};

use crate::ids::Ids;
use crate::read::Batch;
use crate::terminal::cut;
use crate::{Outcome, wording};

const ERROR: Style = AnsiColor::Red.on_default().bold();

/// Errors that are told one by one; further ones are only counted.
const TOLD: usize = 20;

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Talk {
    Quiet,
    Normal,
    Verbose,
}

/// Says what went wrong.
pub(crate) fn error(error: &dyn Display) {
    let _ = writeln!(anstream::stderr(), "{ERROR}sayso:{ERROR:#} {error}");
}

/// Follows a run: counts pages and errors, shows them while it lasts.
pub(crate) struct Progress {
    talk: Talk,
    bar: ProgressBar,
    started: Instant,
    read: usize,
    failed: usize,
    ids: Ids,
    /// Pages whose id an earlier one has: how many, and the id that the first such page has now.
    renamed: (usize, String),
    /// Rows that have keys that are not read, and how many have each.
    unread: (usize, BTreeMap<String, usize>),
}

impl Progress {
    /// Begins to count. `prints` says whether results go to standard output, where they may be progress enough.
    pub(crate) fn new(talk: Talk, prints: bool) -> Progress {
        let seen = prints && stdout().is_terminal();
        let bar = if talk != Talk::Quiet && stderr().is_terminal() && !seen {
            bar()
        } else {
            ProgressBar::hidden()
        };
        let (ids, renamed, unread) = Default::default();
        Progress { talk, bar, started: Instant::now(), read: 0, failed: 0, ids, renamed, unread }
    }

    /// Pages as they came in, each given an id of its own.
    pub(crate) fn taken(&mut self, mut batch: Batch) -> Batch {
        for page in batch.iter_mut().flatten() {
            let own = self.ids.own(page.id.clone());
            if own != page.id {
                self.renamed.0 += 1;
                if self.renamed.0 == 1 {
                    self.renamed.1.clone_from(&own);
                }
                page.id = own;
            }
            self.keys(&page.unread);
        }
        batch
    }

    /// Keys of a row that are not read.
    fn keys(&mut self, unread: &[String]) {
        let (rows, keys) = &mut self.unread;
        *rows += usize::from(!unread.is_empty());
        for key in unread {
            if keys.len() < KEYS || keys.contains_key(key) {
                *keys.entry(key.clone()).or_default() += 1;
            }
        }
    }

    /// One more page was read.
    pub(crate) fn read(&mut self) {
        self.read += 1;
        self.bar.inc(1);
    }

    /// One more page, or row, could not be read.
    pub(crate) fn failed(&mut self, why: &dyn Display) {
        self.failed += 1;
        if self.failed <= TOLD || self.talk == Talk::Verbose {
            self.bar.suspend(|| error(why));
        }
    }

    /// Ends the count and says it, where there is something to say.
    pub(crate) fn finish(self) -> Outcome {
        self.bar.finish_and_clear();
        if self.talk != Talk::Quiet {
            let notes = [unread(&self.unread), renamed(&self.renamed)];
            notes.iter().flatten().for_each(|note| drop(writeln!(anstream::stderr(), "sayso: {note}")));
        }
        let Progress { read, failed, .. } = self;
        if self.talk == Talk::Verbose || failed > 0 && read + failed > 1 && self.talk != Talk::Quiet {
            let time = self.started.elapsed().as_secs_f64();
            let _ = writeln!(anstream::stderr(), "sayso: {}, {failed} failed, in {time:.2} s", pages(read));
        }
        match (read, failed) {
            (_, 0) => Outcome::Whole,
            (0, _) => Outcome::Failed,
            _ => Outcome::Partial,
        }
    }
}

/// “12 rows have keys that are not read: authors, story (of 3)”.
fn unread((rows, keys): &(usize, BTreeMap<String, usize>)) -> Option<String> {
    let mut keys: Vec<(&String, usize)> = keys.iter().map(|(key, &of)| (key, of)).collect();
    keys.sort_by_key(|&(_, of)| std::cmp::Reverse(of));
    let name = |&(key, of): &(&String, usize)| {
        let key = cut(&wording::clean(key), KEY);
        if of == *rows { key } else { format!("{key} (of {of})") }
    };
    let mut names: Vec<String> = keys.iter().take(TOLD_KEYS).map(name).collect();
    names.extend((keys.len() > TOLD_KEYS).then(|| "…".to_owned()));
    let have = if *rows == 1 { "row has" } else { "rows have" };
    (*rows > 0).then(|| format!("{rows} {have} keys that are not read: {}", names.join(", ")))
}

/// “2 pages have an id that an earlier page has, and are told apart by a number: c4#2, …”.
fn renamed((pages, first): &(usize, String)) -> Option<String> {
    let first = cut(&wording::clean(first), KEY);
    let (have, more) = if *pages == 1 { ("page has", "") } else { ("pages have", ", …") };
    let told =
        || format!("{pages} {have} an id that an earlier page has, told apart by a number: {first}{more}");
    (*pages > 0).then(told)
}

/// Different keys that are counted, and that are told.
const KEYS: usize = 64;
const TOLD_KEYS: usize = 8;
/// Columns of a key or an id.
const KEY: usize = 60;

fn pages(count: usize) -> String {
    format!("{count} {} read", if count == 1 { "page" } else { "pages" })
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {human_pos} pages  {elapsed}")
        .expect("the template is valid");
    let bar = ProgressBar::no_length().with_style(style);
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
