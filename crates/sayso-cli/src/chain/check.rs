//! `sayso check`: whether each story has as many independent sources as is wanted.

use std::io::{self, Write};

use sayso::story::Story;
use sayso_record::independent_text;

use super::archive::Archive;
use super::told::Told;
use crate::cli::Check;
use crate::talk::Talk;
use crate::terminal::width;
use crate::variants::lines;
use crate::{Outcome, read, wording};

/// Reads the inputs and judges their stories.
pub(crate) fn run(args: &Check, talk: Talk) -> io::Result<Outcome> {
    read::threads(args.threads)?;
    let (archive, progress) = Archive::read(&args.inputs, talk)?;
    let outcome = progress.finish();
    let mut out = anstream::stdout().lock();
    let mut is_met = true;
    for story in judged(&archive) {
        let has = if args.possible { story.independent.possible } else { story.independent.proved };
        is_met &= has >= args.min_independent;
        let line = match args.json {
            true => archive.pages().story_row(story).to_json() + "\n",
            false => verdict(Told { archive: &archive, story }, args, has, width()),
        };
        out.write_all(line.as_bytes())?;
    }
    out.flush()?;
    Ok(if is_met || outcome == Outcome::Failed { outcome } else { Outcome::Unmet })
}

/// Stories that at least two pages tell; where there is none, each page by itself.
fn judged(archive: &Archive) -> Vec<&Story> {
    let told_twice: Vec<&Story> = archive.told_twice().collect();
    if told_twice.is_empty() { archive.stories().iter().collect() } else { told_twice }
}

/// “unmet: 1 proved of 2 wanted · TITLE”, then what is counted and why.
fn verdict(told: Told, args: &Check, has: u32, width: usize) -> String {
    let mut out = String::new();
    let wanted = args.min_independent;
    let verdict = if has >= wanted { "met:    " } else { "unmet:  " };
    let how = if args.possible { "possible" } else { "proved" };
    let title = told.archive.story_title(told.story);
    lines(&mut out, verdict, &format!("{has} {how} of {wanted} wanted · {title}"), width);
    let pages = wording::count(told.story.pages.len(), "page");
    let range = independent_text(&told.story.independent);
    lines(&mut out, "        ", &format!("{pages} · {range}"), width);
    told.reasons().iter().for_each(|reason| lines(&mut out, "        · ", reason, width));
    out
}
