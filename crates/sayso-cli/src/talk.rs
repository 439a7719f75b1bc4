//! What is said on standard error: progress, what was skipped, a summary.

use std::fmt::Display;
use std::io::{IsTerminal, Write, stderr, stdout};
use std::time::{Duration, Instant};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};

use crate::Outcome;

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
        Progress { talk, bar, started: Instant::now(), read: 0, failed: 0 }
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
