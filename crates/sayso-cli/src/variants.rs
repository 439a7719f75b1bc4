//! `sayso variants`: each utterance with its wordings, who carries which, and what was changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use maud::{Markup, html};
use rayon::prelude::*;
use sayso::Span;
use sayso::story::{self, EditKind, Story, Utterance};
use sayso_record::{CodePoints, PlaceRow, SCHEMA_VERSION, UnmarkedRow, UtteranceRow, WordingRow, edit_rows};

use crate::chain::Archive;
use crate::changes::{self, Part};
use crate::cli::Variants;
use crate::output::{self, write_to};
use crate::talk::Talk;
use crate::terminal::{FAINT, SPEAKER, STRONG, width, wrap};
use crate::{Outcome, html, read, wording};

/// Reads the inputs and writes their utterances.
pub(crate) fn run(args: &Variants, talk: Talk) -> io::Result<Outcome> {
    read::threads(args.threads)?;
    let file = output::html_file(args.json, args.html.as_deref())?;
    let (archive, progress) = Archive::read(&args.inputs, talk)?;
    let outcome = progress.finish();
    if outcome == Outcome::Failed {
        return Ok(outcome);
    }
    let stories = told(&archive, args.all);
    if args.json {
        let rows = stories.iter().flat_map(|(_, rows)| rows);
        let text: String = rows.map(|row| row.to_json() + "\n").collect();
        write_to(&mut io::stdout(), &text)?;
    } else if file.is_none() {
        write_to(&mut anstream::stdout(), &view(&archive, &stories, width()))?;
    }
    file.map_or(Ok(()), |file| file.write(&page(&archive, &stories)))?;
    Ok(outcome)
}

/// The stories that have utterances to be shown, with these, in order of their first words.
pub(crate) type Told<'a> = Vec<(&'a Story, Vec<UtteranceRow>)>;

pub(crate) fn told(archive: &Archive, all: bool) -> Told<'_> {
    let of_story = |(number, story)| (story, of_story(archive, number, story, all));
    let mut told: Told = archive.stories().par_iter().enumerate().map(of_story).collect();
    told.retain(|(_, rows)| !rows.is_empty());
    told
}

/// The utterances of one story.
pub(crate) fn of_story(archive: &Archive, number: usize, story: &Story, all: bool) -> Vec<UtteranceRow> {
    let found = story::utterances(archive.digests(), number, &story.pages);
    let quotations: Vec<Utterance> = found.iter().map(|(utterance, ..)| utterance.clone()).collect();
    let mut groups: BTreeMap<usize, (usize, Vec<usize>)> = BTreeMap::new();
    for (at, wording) in story::variants(&quotations).into_iter().enumerate() {
        groups.entry(wording.utterance).or_insert((wording.against, Vec::new())).1.push(at);
    }
    let places = Places::of(archive, story);
    let row = |(against, members): (usize, Vec<usize>)| row(&places, story, &found, against, &members);
    let shown = |row: &UtteranceRow| {
        let pages: usize = row.wordings.iter().map(|wording| wording.pages.len()).sum();
        row.wordings.len() > 1 || !row.unmarked.is_empty() || all && pages > 1
    };
    groups.into_values().map(row).filter(shown).collect()
}

fn row(
    places: &Places,
    story: &Story,
    found: &[(Utterance, usize, usize)],
    against: usize,
    members: &[usize],
) -> UtteranceRow {
    let archive = places.archive;
    let reference = found[against].0.text.as_str();
    let mut wordings: Vec<(&str, Vec<usize>)> = vec![(reference, Vec::new())];
    for &member in members {
        let text = found[member].0.text.as_str();
        let is_same = |other: &str| edits(other, text).is_empty();
        match wordings.iter_mut().find(|(other, _)| is_same(other)) {
            Some((_, carriers)) => carriers.push(member),
            None => wordings.push((text, vec![member])),
        }
    }
    let until = |member: &usize| found[*member].0.until.map(|day| (day * 86400.0) as i64);
    let earliest = members.iter().filter_map(until).min();
    let place = |&member: &usize| {
        let (_, page, number) = &found[member];
        places.place(*page, archive.digest(*page).quotations[*number].span)
    };
    let wording = |(text, carriers): (&str, Vec<usize>)| {
        let edits = edits(reference, text);
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
        unmarked: unmarked(places, story, &found[against], members, found),
    }
}

/// Changes between two wordings; a mark at the end is no change.
fn edits(from: &str, to: &str) -> Vec<story::Edit> {
    let bare = |text: &str| text.trim_end_matches(['.', ',', ';', ':', ' ']).len();
    story::edits(&from[..bare(from)], &to[..bare(to)])
}

/// The code points of a story's pages, counted once.
struct Places<'a> {
    archive: &'a Archive,
    points: BTreeMap<usize, CodePoints<'a>>,
}

impl Places<'_> {
    fn of<'a>(archive: &'a Archive, story: &Story) -> Places<'a> {
        let points = |&page: &usize| (page, CodePoints::new(&archive.article(page).text));
        Places { archive, points: story.pages.iter().map(points).collect() }
    }

    fn place(&self, page: usize, span: Span) -> PlaceRow {
        PlaceRow { id: self.archive.id(page).to_owned(), span: self.points[&page].span(span) }
    }
}

/// Pages of the story without this quotation that have its words outside quotation marks.
fn unmarked(
    places: &Places,
    story: &Story,
    (_, page, number): &(Utterance, usize, usize),
    members: &[usize],
    found: &[(Utterance, usize, usize)],
) -> Vec<UnmarkedRow> {
    let digest = |page: usize| places.archive.digest(page);
    let quotation = &digest(*page).quotations[*number];
    let others = story.pages.iter().filter(|&&other| members.iter().all(|&member| found[member].1 != other));
    let row = |&other: &usize| {
        let (span, is_verbatim) = story::unmarked(digest(other), digest(*page), quotation)?;
        let PlaceRow { id, span } = places.place(other, span);
        let kind = if is_verbatim { "marks_added" } else { "indirect_made_direct" };
        Some(UnmarkedRow { id, span, kind: kind.to_owned() })
    };
    others.take(COMPARED).filter_map(row).collect()
}

/// So many pages of a story are looked through for a quotation's words.
const COMPARED: usize = 200;

/// The utterances for a terminal.
pub(crate) fn view(archive: &Archive, told: &Told, width: usize) -> String {
    let mut out = String::new();
    for note in archive.warnings() {
        lines(&mut out, "! ", &wording::clean(&note.text), width);
    }
    if told.is_empty() {
        let _ = writeln!(out, "{NONE}");
    }
    for (story, rows) in told {
        let _ = writeln!(out, "{FAINT}{}{FAINT:#}", "━".repeat(width));
        for line in wrap(&archive.story_title(story), width) {
            let _ = writeln!(out, "{STRONG}{line}{STRONG:#}");
        }
        for line in wrap(&facts(story, rows), width) {
            let _ = writeln!(out, "{FAINT}{line}{FAINT:#}");
        }
        out.push('\n');
        rows.iter().for_each(|row| utterance(&mut out, archive, row, width));
    }
    out
}

/// The utterances as an HTML file.
fn page(archive: &Archive, told: &Told) -> String {
    let main = html! {
        @for note in archive.warnings() { ul.notes { li.warning { (wording::clean(&note.text)) } } }
        @if told.is_empty() { p.facts.inset { (NONE) } }
        @for (story, rows) in told {
            section.chain {
                header.head {
                    h2 { (archive.story_title(story)) }
                    p.facts { (facts(story, rows)) }
                }
                ul.wordings { @for row in rows { (markup(archive, row)) } }
            }
        }
    };
    html::file("Wordings", "what was changed inside the quotation marks", &main)
}

const NONE: &str = "No utterance stands in more than one wording.";

/// “5 pages · 2 utterances”.
fn facts(story: &Story, rows: &[UtteranceRow]) -> String {
    let [pages, utterances] =
        [(story.pages.len(), "page"), (rows.len(), "utterance")].map(|(n, of)| wording::count(n, of));
    format!("{pages} · {utterances}")
}

/// One utterance: who said it, its wordings, who carries them.
pub(crate) fn utterance(out: &mut String, archive: &Archive, row: &UtteranceRow, width: usize) {
    if let Some(speaker) = &row.speaker {
        for line in wrap(&wording::clean(speaker), width) {
            let _ = writeln!(out, "{SPEAKER}{line}{SPEAKER:#}");
        }
    }
    let quoted = format!("“{}”", wording::clean(&row.utterance));
    for line in wrap(&quoted, width) {
        let _ = writeln!(out, "{STRONG}{line}{STRONG:#}");
    }
    for (n, form) in row.wordings.iter().enumerate() {
        let carriers = carriers(archive, form);
        if n > 0 {
            lines(out, "  ", &changes::inline(&marked(&row.utterance, form)), width);
            lines(out, "      ", &differs(form), width);
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

/// Kinds of changes for people, each once.
pub(crate) fn kinds<'k>(kinds: impl Iterator<Item = &'k str>) -> String {
    let mut names: Vec<String> = Vec::new();
    for name in kinds.map(|kind| kind.replace('_', " ")) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// “differs: substitution”.
fn differs(form: &WordingRow) -> String {
    format!("differs: {}", kinds(form.edits.iter().map(|edit| edit.kind.as_str())))
}

/// A wording with what differs from another marked in it.
fn marked<'t>(from: &'t str, form: &'t WordingRow) -> Vec<Part<'t>> {
    changes::parts(from, &form.text, &edits(from, &form.text))
}

/// An utterance as HTML, what was left out and what came in as such.
pub(crate) fn markup(archive: &Archive, row: &UtteranceRow) -> Markup {
    html! {
        li {
            @if let Some(speaker) = &row.speaker { b { (wording::clean(speaker)) } }
            ul {
                @for (n, form) in row.wordings.iter().enumerate() {
                    li {
                        @if n == 0 { q { (wording::clean(&row.utterance)) } }
                        @else { p { (changes::markup(&marked(&row.utterance, form))) } small { (differs(form)) } }
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

fn how(kind: &str) -> &'static str {
    if kind == "marks_added" { "these words" } else { "most of these words" }
}

/// Text behind a mark, wrapped.
pub(crate) fn lines(out: &mut String, mark: &str, text: &str, width: usize) {
    let hanging = " ".repeat(mark.chars().count());
    for (n, line) in wrap(text, width.saturating_sub(hanging.len())).into_iter().enumerate() {
        let _ = writeln!(out, "{FAINT}{}{FAINT:#}{line}", if n == 0 { mark } else { &hanging });
    }
}
