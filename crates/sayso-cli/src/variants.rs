//! `sayso variants`: each utterance with its wordings, who carries which, and what was changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use anstyle::{AnsiColor, Style};
use maud::{Markup, html};
use rayon::prelude::*;
use sayso::Span;
use sayso::story::{self, EditKind, Story, Utterance};
use sayso_record::{
    CodePoints, PlaceRow, SCHEMA_VERSION, UnmarkedRow, UtteranceRow, WordingRow, edit_name, edit_rows,
};

use crate::chain::Archive;
use crate::cli::Variants;
use crate::output::write_to;
use crate::talk::Talk;
use crate::terminal::{FAINT, SPEAKER, STRONG, width, wrap};
use crate::{Outcome, read, wording};

/// Reads the inputs and writes their utterances.
pub(crate) fn run(args: &Variants, talk: Talk) -> io::Result<Outcome> {
    read::threads(args.threads)?;
    let (archive, progress) = Archive::read(&args.inputs, talk)?;
    let outcome = progress.finish();
    let rows = rows(&archive, args.all);
    if args.json {
        let text: String = rows.iter().map(|row| row.to_json() + "\n").collect();
        write_to(&mut io::stdout(), &text)?;
    } else if outcome != Outcome::Failed {
        write_to(&mut anstream::stdout(), &view(&archive, &rows, width()))?;
    }
    Ok(outcome)
}

/// The utterances of all stories, in order of stories and of their first words.
pub(crate) fn rows(archive: &Archive, all: bool) -> Vec<UtteranceRow> {
    let of_story = |(number, story): (usize, &Story)| of_story(archive, number, story, all);
    archive.stories().par_iter().enumerate().flat_map_iter(of_story).collect()
}

/// The utterances of one story.
pub(crate) fn of_story(archive: &Archive, number: usize, story: &Story, all: bool) -> Vec<UtteranceRow> {
    let found = story::utterances(archive.digests(), number, &story.pages);
    let quotations: Vec<Utterance> = found.iter().map(|(utterance, ..)| utterance.clone()).collect();
    let mut groups: BTreeMap<usize, (usize, Vec<usize>)> = BTreeMap::new();
    for (at, wording) in story::variants(&quotations).into_iter().enumerate() {
        groups.entry(wording.utterance).or_insert((wording.against, Vec::new())).1.push(at);
    }
    let row = |(against, members): (usize, Vec<usize>)| row(archive, story, &found, against, &members);
    let shown = |row: &UtteranceRow| {
        let pages: usize = row.wordings.iter().map(|wording| wording.pages.len()).sum();
        row.wordings.len() > 1 || !row.unmarked.is_empty() || all && pages > 1
    };
    groups.into_values().map(row).filter(shown).collect()
}

fn row(
    archive: &Archive,
    story: &Story,
    found: &[(Utterance, usize, usize)],
    against: usize,
    members: &[usize],
) -> UtteranceRow {
    let reference = found[against].0.text.as_str();
    let mut wordings: Vec<(&str, Vec<usize>)> = vec![(reference, Vec::new())];
    for &member in members {
        let text = found[member].0.text.as_str();
        let is_same = |other: &str| changes(other, text).is_empty();
        match wordings.iter_mut().find(|(other, _)| is_same(other)) {
            Some((_, carriers)) => carriers.push(member),
            None => wordings.push((text, vec![member])),
        }
    }
    let until = |member: &usize| found[*member].0.until.map(|day| (day * 86400.0) as i64);
    let earliest = members.iter().filter_map(until).min();
    let place = |&member: &usize| {
        let (_, page, number) = &found[member];
        place(archive, *page, archive.digest(*page).quotations[*number].span)
    };
    let wording = |(text, carriers): (&str, Vec<usize>)| {
        let edits = changes(reference, text);
        WordingRow {
            text: text.to_owned(),
            earliest: earliest.is_some() && carriers.iter().filter_map(until).min() == earliest,
            differs: edits.iter().any(|edit| edit.kind != EditKind::PunctuationOrCase),
            edits: edit_rows(reference, text, &edits),
            pages: carriers.iter().map(place).collect(),
        }
    };
    let speaker = |&member: &usize| {
        let (_, page, number) = &found[member];
        archive.digest(*page).quotations[*number].speaker.clone()
    };
    UtteranceRow {
        schema: SCHEMA_VERSION,
        story: archive.pages().story_id(story),
        utterance: reference.to_owned(),
        speaker: speaker(&against).or_else(|| members.iter().find_map(speaker)),
        wordings: wordings.into_iter().map(wording).collect(),
        unmarked: unmarked(archive, story, &found[against], members, found),
    }
}

/// Changes between two wordings; a mark at the end is no change.
fn changes(from: &str, to: &str) -> Vec<story::Edit> {
    let bare = |text: &str| text.trim_end_matches(['.', ',', ';', ':', ' ']).len();
    story::edits(&from[..bare(from)], &to[..bare(to)])
}

fn place(archive: &Archive, page: usize, span: Span) -> PlaceRow {
    let points = CodePoints::new(&archive.article(page).text);
    PlaceRow { id: archive.id(page).to_owned(), span: points.span(span) }
}

/// Pages of the story without this quotation that have its words outside quotation marks.
fn unmarked(
    archive: &Archive,
    story: &Story,
    (_, page, number): &(Utterance, usize, usize),
    members: &[usize],
    found: &[(Utterance, usize, usize)],
) -> Vec<UnmarkedRow> {
    let quotation = &archive.digest(*page).quotations[*number];
    let others = story.pages.iter().filter(|&&other| members.iter().all(|&member| found[member].1 != other));
    let row = |&other: &usize| {
        let (span, is_verbatim) = story::unmarked(archive.digest(other), archive.digest(*page), quotation)?;
        let PlaceRow { id, span } = place(archive, other, span);
        let kind = if is_verbatim { "marks_added" } else { "indirect_made_direct" };
        Some(UnmarkedRow { id, span, kind: kind.to_owned() })
    };
    others.take(COMPARED).filter_map(row).collect()
}

/// So many pages of a story are looked through for a quotation's words.
const COMPARED: usize = 200;

/// The utterances for a terminal.
fn view(archive: &Archive, rows: &[UtteranceRow], width: usize) -> String {
    let mut out = String::new();
    for note in archive.warnings() {
        lines(&mut out, "! ", &wording::clean(&note.text), width);
    }
    if rows.is_empty() {
        out.push_str("No utterance stands in more than one wording.\n");
    }
    for row in rows {
        utterance(&mut out, archive, row, width);
    }
    out
}

/// One utterance: who said it, its wordings, who carries them.
pub(crate) fn utterance(out: &mut String, archive: &Archive, row: &UtteranceRow, width: usize) {
    if let Some(speaker) = &row.speaker {
        let _ = writeln!(out, "{SPEAKER}{}{SPEAKER:#}", wording::clean(speaker));
    }
    let quoted = format!("“{}”", wording::clean(&row.utterance));
    for line in wrap(&quoted, width) {
        let _ = writeln!(out, "{STRONG}{line}{STRONG:#}");
    }
    for (n, form) in row.wordings.iter().enumerate() {
        let carriers = carriers(archive, form);
        if n > 0 {
            lines(out, "  ", &marked(&row.utterance, form), width);
            lines(out, "      ", &format!("differs: {}", kinds(form)), width);
        }
        if !carriers.is_empty() {
            lines(out, "      ", &carriers, width);
        }
    }
    for other in &row.unmarked {
        let (name, how) = (archive.called(&other.id), how(&other.kind));
        lines(out, "      ", &format!("{name} has {how} outside quotation marks"), width);
    }
    out.push('\n');
}

fn carriers(archive: &Archive, form: &WordingRow) -> String {
    let mut names: Vec<String> = form.pages.iter().map(|place| archive.called(&place.id)).collect();
    names.dedup();
    let earliest = if form.earliest { " · earliest in this archive" } else { "" };
    if names.is_empty() { String::new() } else { format!("{}{earliest}", names.join("; ")) }
}

fn kinds(form: &WordingRow) -> String {
    let mut kinds: Vec<String> = form.edits.iter().map(|edit| edit.kind.replace('_', " ")).collect();
    kinds.dedup();
    kinds.join(", ")
}

/// A wording with what differs marked: `[-old-]{+new+}`.
fn marked(from: &str, form: &WordingRow) -> String {
    let edits = changes(from, &form.text);
    inline(from, &form.text, &edits)
}

/// An utterance as HTML, what was left out and what came in as such.
pub(crate) fn markup(archive: &Archive, row: &UtteranceRow) -> Markup {
    html! {
        li {
            @if let Some(speaker) = &row.speaker { b { (wording::clean(speaker)) } " " }
            q { (wording::clean(&row.utterance)) }
            ul {
                @for (n, form) in row.wordings.iter().enumerate() {
                    li {
                        @if n > 0 { (words(&row.utterance, form)) " " small { (kinds(form)) } br; }
                        small { (carriers(archive, form)) }
                    }
                }
                @for other in &row.unmarked {
                    li { small { (archive.called(&other.id)) " has " (how(&other.kind)) " outside quotation marks" } }
                }
            }
        }
    }
}

fn words(from: &str, form: &WordingRow) -> Markup {
    let to = form.text.as_str();
    let edits = changes(from, to);
    // Where the words begin that come before each change.
    let starts = [0].into_iter().chain(edits.iter().map(|edit| edit.to.end()));
    html! {
        @for (edit, start) in edits.iter().zip(starts) {
            (wording::spaced(&to[start..edit.to.start()]))
            @if !edit.from.is_empty() { del { (wording::clean(&from[edit.from.range()])) } " " }
            @if !edit.to.is_empty() { ins { (wording::clean(&to[edit.to.range()])) } }
        }
        (wording::spaced(&to[edits.last().map_or(0, |edit| edit.to.end())..]))
    }
}

fn how(kind: &str) -> &'static str {
    if kind == "marks_added" { "these words" } else { "most of these words" }
}

/// The second of two texts with changes marked in it, as `git diff --word-diff` marks them.
pub(crate) fn inline(from: &str, to: &str, edits: &[story::Edit]) -> String {
    const OLD: Style = AnsiColor::Red.on_default();
    const NEW: Style = AnsiColor::Green.on_default();
    let mut out = String::new();
    let mut at = 0;
    for edit in edits {
        out.push_str(&wording::spaced(&to[at..edit.to.start()]));
        if !edit.from.is_empty() {
            let _ = write!(out, "{OLD}[-{}-]{OLD:#}", wording::clean(&from[edit.from.range()]));
        }
        if !edit.to.is_empty() {
            let _ = write!(out, "{NEW}{{+{}+}}{NEW:#}", wording::clean(&to[edit.to.range()]));
        } else if !edit.from.is_empty() {
            out.push(' ');
        }
        at = edit.to.end();
    }
    out.push_str(&wording::spaced(&to[at..]));
    out
}

/// The name of a kind of change for people.
pub(crate) fn kind(kind: EditKind) -> String {
    edit_name(kind).replace('_', " ")
}

/// Text behind a mark, wrapped.
pub(crate) fn lines(out: &mut String, mark: &str, text: &str, width: usize) {
    let hanging = " ".repeat(mark.chars().count());
    for (n, line) in wrap(text, width - hanging.len()).into_iter().enumerate() {
        let _ = writeln!(out, "{FAINT}{}{FAINT:#}{line}", if n == 0 { mark } else { &hanging });
    }
}
