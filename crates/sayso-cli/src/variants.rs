//! `sayso variants`: each utterance with its wordings, who carries which, and what was changed.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io;

use anstyle::{AnsiColor, Style};
use maud::{Markup, html};
use rayon::prelude::*;
use sayso::Span;
use sayso::story::{self, EditKind, Story, Unmarked, Utterance};
use sayso_record::{
    CodePoints, EditRow, PlaceRow, SCHEMA_VERSION, UnmarkedRow, UtteranceRow, WordingRow, edit_name,
    edit_rows, marks_name, shown_name,
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
    // Of each utterance its quotations, the one that the others are held against first.
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, wording) in story::variants(&quotations).into_iter().enumerate() {
        let members = groups.entry(wording.utterance).or_insert_with(|| vec![wording.against]);
        members.extend((at != wording.against).then_some(at));
    }
    let groups: Vec<Vec<usize>> = groups.into_values().collect();
    let places = |members: &Vec<usize>| members.iter().map(|&at| (found[at].1, found[at].2)).collect();
    let unmarked = story::unmarked(archive.digests(), story, &groups.iter().map(places).collect::<Vec<_>>());
    let counted = |&page: &usize| (page, CodePoints::new(&archive.article(page).text));
    let points: HashMap<usize, CodePoints> = story.pages.iter().map(counted).collect();
    let row = |(members, unmarked): (&Vec<usize>, Vec<Unmarked>)| {
        Row { archive, story, found: &found, points: &points, members }.row(&unmarked)
    };
    let shown = |row: &UtteranceRow| {
        let pages: usize = row.wordings.iter().map(|wording| wording.pages.len()).sum();
        row.wordings.len() > 1 || !row.unmarked.is_empty() || all && pages > 1
    };
    groups.iter().zip(unmarked).map(row).filter(shown).collect()
}

/// An utterance of a story.
struct Row<'a> {
    archive: &'a Archive,
    story: &'a Story,
    /// The quotations of the story, each with its page and its number there.
    found: &'a [(Utterance, usize, usize)],
    /// Of each page of the story.
    points: &'a HashMap<usize, CodePoints<'a>>,
    /// Those of the utterance, the one that the others are held against first.
    members: &'a [usize],
}

impl Row<'_> {
    fn row(&self, unmarked: &[Unmarked]) -> UtteranceRow {
        let speaker = |&member: &usize| {
            let (_, page, number) = &self.found[member];
            self.archive.digest(*page).quotations[*number].speaker.clone()
        };
        UtteranceRow {
            schema: SCHEMA_VERSION,
            story: self.archive.pages().story_id(self.story),
            utterance: self.text(0).to_owned(),
            speaker: self.members.iter().find_map(speaker),
            wordings: self.wordings(),
            unmarked: unmarked.iter().map(|unmarked| self.unmarked(unmarked)).collect(),
        }
    }

    fn text(&self, member: usize) -> &str {
        &self.found[self.members[member]].0.text
    }

    /// The wordings in order of the pages, that which the others are held against first.
    fn wordings(&self) -> Vec<WordingRow> {
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut wordings: Vec<Vec<usize>> = Vec::new();
        for member in 0..self.members.len() {
            let wording = *known.entry(story::plain(bare(self.text(member)))).or_insert(wordings.len());
            wordings.resize(wordings.len().max(wording + 1), Vec::new());
            wordings[wording].push(member);
        }
        let all: Vec<usize> = (0..self.members.len()).collect();
        let earliest = self.earliest(&all);
        let wording = |mut carriers: Vec<usize>| {
            let text = self.text(carriers[0]);
            let edits = changes(self.text(0), text);
            let is_earliest = earliest.is_some() && self.earliest(&carriers) == earliest;
            carriers.sort_unstable_by_key(|&member| self.members[member]);
            WordingRow {
                text: text.to_owned(),
                pages: carriers.into_iter().flat_map(|member| self.pieces(member)).collect(),
                earliest: is_earliest,
                differs: edits.iter().any(|edit| edit.kind != EditKind::PunctuationOrCase),
                edits: edit_rows(self.text(0), text, &edits),
            }
        };
        wordings.into_iter().map(wording).collect()
    }

    /// When the earliest of some of the quotations was published at the latest, in seconds.
    fn earliest(&self, members: &[usize]) -> Option<i64> {
        let until =
            |&member: &usize| self.found[self.members[member]].0.until.map(|day| (day * 86400.0) as i64);
        members.iter().filter_map(until).min()
    }

    /// Where each piece of a quotation stands.
    fn pieces(&self, member: usize) -> Vec<PlaceRow> {
        let (_, page, number) = &self.found[self.members[member]];
        let pieces = &self.archive.digest(*page).quotations[*number].pieces;
        pieces.iter().map(|&piece| self.place(*page, piece)).collect()
    }

    fn place(&self, page: usize, span: Span) -> PlaceRow {
        PlaceRow { id: self.archive.id(page).to_owned(), span: self.points[&page].span(span) }
    }

    fn unmarked(&self, unmarked: &Unmarked) -> UnmarkedRow {
        let PlaceRow { id, span } = self.place(unmarked.page, unmarked.span);
        let quoted = self.text(unmarked.of);
        let text = &self.archive.article(unmarked.page)[unmarked.span];
        UnmarkedRow {
            id,
            span,
            text: text.to_owned(),
            quotation: self.pieces(unmarked.of),
            kind: marks_name(unmarked.marks).to_owned(),
            shown_by: unmarked.shown.map(|shown| shown_name(shown).to_owned()),
            edits: edit_rows(quoted, text, &changes(quoted, text)),
        }
    }
}

/// Changes between two wordings; a mark at the end is no change.
pub(crate) fn changes(from: &str, to: &str) -> Vec<story::Edit> {
    story::edits(bare(from), bare(to))
}

/// A wording without the mark at its end, unless that is an ellipsis.
fn bare(text: &str) -> &str {
    let text = text.trim_end();
    if text.ends_with("..") { text } else { text.trim_end_matches(['.', ',', ';', ':', ' ']) }
}

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
        let carriers = carriers(archive, row, form);
        if n > 0 {
            lines(out, "  ", &marked(&row.utterance, &form.text), width);
            lines(out, "      ", &format!("differs: {}", kinds(None, &form.edits)), width);
        }
        if !carriers.is_empty() {
            lines(out, "      ", &carriers, width);
        }
    }
    for other in &row.unmarked {
        lines(out, "  ", &marked(&row.utterance, &other.text), width);
        lines(out, "      ", &format!("differs: {}", kinds(Some(&other.kind), &other.edits)), width);
        lines(out, "      ", &unmarked(archive, other), width);
    }
    out.push('\n');
}

/// Who has the words without marks, and what shows which form came from the other.
fn unmarked(archive: &Archive, other: &UnmarkedRow) -> String {
    let name = archive.called(&other.id);
    let quoting = other.quotation.first().map(|place| archive.called(&place.id)).unwrap_or_default();
    let is_out = matches!(other.kind.as_str(), "marks_dropped" | "direct_made_indirect");
    let shown = match other.shown_by.as_deref() {
        Some("derivation") if is_out => format!("; derives from {quoting}"),
        Some("derivation") => format!("; {quoting} derives from it"),
        Some("dates") => ", earlier than any with them in this archive".to_owned(),
        _ => "; which changed does not show".to_owned(),
    };
    format!("{name} · without quotation marks{shown}")
}

fn carriers(archive: &Archive, row: &UtteranceRow, form: &WordingRow) -> String {
    let mut names: Vec<String> = form.pages.iter().map(|place| archive.called(&place.id)).collect();
    names.dedup();
    let is_before =
        |other: &UnmarkedRow| matches!(other.kind.as_str(), "marks_added" | "indirect_made_direct");
    let earliest = match (form.earliest, row.unmarked.iter().any(is_before)) {
        (false, _) => "",
        (true, true) => " · earliest in quotation marks in this archive",
        (true, false) => " · earliest in this archive",
    };
    if names.is_empty() { String::new() } else { format!("{}{earliest}", names.join("; ")) }
}

/// The kinds of changes, that of the quotation marks first.
fn kinds(marks: Option<&str>, edits: &[EditRow]) -> String {
    let words = edits.iter().map(|edit| edit.kind.replace('_', " "));
    let mut kinds: Vec<String> =
        marks.map(|kind| marks_in_words(kind).to_owned()).into_iter().chain(words).collect();
    kinds.dedup();
    kinds.join(", ")
}

/// A wording with what differs marked: `[-old-]{+new+}`.
fn marked(from: &str, to: &str) -> String {
    inline(from, to, &changes(from, to))
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
                        @if n > 0 { (words(&row.utterance, &form.text)) " " small { (kinds(None, &form.edits)) } br; }
                        small { (carriers(archive, row, form)) }
                    }
                }
                @for other in &row.unmarked {
                    li {
                        (words(&row.utterance, &other.text)) " " small { (kinds(Some(&other.kind), &other.edits)) } br;
                        small { (unmarked(archive, other)) }
                    }
                }
            }
        }
    }
}

fn words(from: &str, to: &str) -> Markup {
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

/// A kind of change of quotation marks, for people.
pub(crate) fn marks_in_words(kind: &str) -> &'static str {
    match kind {
        "marks_added" => "quotation marks added",
        "marks_dropped" => "quotation marks dropped",
        "indirect_made_direct" => "indirect made direct",
        "direct_made_indirect" => "direct made indirect",
        "direct_and_indirect" => "here indirect, there direct",
        _ => "quotation marks here or there",
    }
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
