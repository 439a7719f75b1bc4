//! `sayso variants`: each utterance with its wordings, who carries which, and what was changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::io;

use maud::{Markup, html};
use rayon::prelude::*;
use sayso::Span;
use sayso::story::{self, Descent, EditKind, Story, Unmarked, Utterance};
use sayso_record::{
    CodePoints, PlaceRow, SCHEMA_VERSION, UnmarkedRow, UtteranceRow, WordingRow, edit_rows, marks_name,
    shown_name,
};

use crate::chain::Archive;
use crate::changes::{self, Change};
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
    // Of each utterance its quotations, the one that the others are held against first.
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let descent = Descent::of(archive.digests(), [story]);
    for (at, wording) in story::variants_by(&descent, &quotations).into_iter().enumerate() {
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

/// What was changed inside quotation marks of a story, the gravest first: “3 utterances differ in quotation marks (negation 1,
/// substitution 2)”.
pub(crate) fn changed(rows: &[UtteranceRow]) -> Option<String> {
    let named = |kind: &&str| {
        let has = |row: &&UtteranceRow| kinds(row).any(|other| other == *kind);
        let of = rows.iter().filter(has).count();
        (of > 0).then(|| format!("{} {of}", kind.replace('_', " ")))
    };
    let kinds: Vec<String> = GRAVE.iter().filter_map(named).collect();
    let (count, verb) =
        (wording::count(rows.len(), "utterance"), if rows.len() == 1 { "differs" } else { "differ" });
    let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
    (!rows.is_empty()).then(|| format!("{count} {verb} in quotation marks{kinds}: see below"))
}

/// The place of an utterance among those of its story: what changes most of what is said comes first.
pub(crate) fn gravity(row: &UtteranceRow) -> usize {
    let place = |kind: &str| GRAVE.iter().position(|grave| *grave == kind);
    kinds(row).filter_map(place).min().unwrap_or(GRAVE.len())
}

/// The kinds of all changes of an utterance.
fn kinds(row: &UtteranceRow) -> impl Iterator<Item = &str> {
    let edits = row.wordings.iter().flat_map(|wording| &wording.edits);
    edits.map(|edit| edit.kind.as_str()).chain(row.unmarked.iter().map(|unmarked| unmarked.kind.as_str()))
}

/// Kinds of changes that may change what is said, the gravest first.
const GRAVE: [&str; 9] = [
    "negation",
    "number",
    "substitution",
    "splice",
    "insertion",
    "omission",
    "indirect_made_direct",
    "marks_added",
    "ellipsis",
];

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
            let wording =
                *known.entry(story::plain(changes::bare(self.text(member)))).or_insert(wordings.len());
            wordings.resize(wordings.len().max(wording + 1), Vec::new());
            wordings[wording].push(member);
        }
        let earliest = self.earliest();
        let wording = |mut carriers: Vec<usize>| {
            let text = self.text(carriers[0]);
            let edits = changes::edits(self.text(0), text);
            let pages: BTreeSet<usize> = carriers.iter().map(|&member| self.page(member)).collect();
            let is_earliest = !earliest.is_empty() && earliest.is_subset(&pages);
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

    /// The pages that may have had the utterance first, as far as dates show it.
    fn earliest(&self) -> BTreeSet<usize> {
        let pages = || (0..self.members.len()).map(|member| self.page(member));
        let first = pages().filter_map(|page| self.archive.digest(page).until()).min_by(f64::total_cmp);
        let may_be = |page: &usize| first.is_some_and(|first| self.archive.digest(*page).may_precede(first));
        pages().filter(may_be).collect()
    }

    fn page(&self, member: usize) -> usize {
        self.found[self.members[member]].1
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
            edits: edit_rows(quoted, text, &changes::edits(quoted, text)),
        }
    }
}

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
    for form in Form::all(archive, row) {
        if let Some(change) = &form.change {
            lines(out, "  ", &changes::inline(&change.parts), width);
            lines(out, "      ", &differs(change), width);
        }
        if !form.carriers.is_empty() {
            lines(out, "      ", &form.carriers, width);
        }
    }
    out.push('\n');
}

/// An utterance as HTML, what was left out and what came in as such.
pub(crate) fn markup(archive: &Archive, row: &UtteranceRow) -> Markup {
    html! {
        li {
            @if let Some(speaker) = &row.speaker { b { (wording::clean(speaker)) } }
            ul {
                @for form in Form::all(archive, row) {
                    li {
                        @if let Some(change) = &form.change {
                            p { (changes::markup(&change.parts)) } small { (differs(change)) }
                        }
                        @else { q { (wording::clean(&row.utterance)) } }
                        small { (form.carriers) }
                    }
                }
            }
        }
    }
}

/// The words of an utterance in one of their forms, in quotation marks or without.
struct Form<'r> {
    /// What differs from the utterance; nothing of the utterance itself.
    change: Option<Change<'r>>,
    /// Who has it.
    carriers: String,
}

impl Form<'_> {
    /// The utterance, its other wordings, and its words without quotation marks.
    fn all<'r>(archive: &Archive, row: &'r UtteranceRow) -> Vec<Form<'r>> {
        let quoted = |(n, form): (usize, &'r WordingRow)| Form {
            change: (n > 0).then(|| Change::of(&row.utterance, &form.text, None).shortened()),
            carriers: carriers(archive, row, form),
        };
        let unmarked = |other: &'r UnmarkedRow| Form {
            change: Some(Change::of(&row.utterance, &other.text, Some(&other.kind)).shortened()),
            carriers: unmarked(archive, other),
        };
        row.wordings.iter().enumerate().map(quoted).chain(row.unmarked.iter().map(unmarked)).collect()
    }
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
    let more = names.len().saturating_sub(CARRIERS);
    names.truncate(CARRIERS);
    if more > 0 {
        names.push(format!("and {more} more"));
    }
    if names.is_empty() { String::new() } else { format!("{}{earliest}", names.join("; ")) }
}

/// Pages that are named of those that carry a wording.
const CARRIERS: usize = 8;

/// “differs: substitution”.
fn differs(change: &Change) -> String {
    format!("differs: {}", change.kinds)
}

/// Text behind a mark, wrapped.
pub(crate) fn lines(out: &mut String, mark: &str, text: &str, width: usize) {
    let hanging = " ".repeat(mark.chars().count());
    for (n, line) in wrap(text, width.saturating_sub(hanging.len())).into_iter().enumerate() {
        let _ = writeln!(out, "{FAINT}{}{FAINT:#}{line}", if n == 0 { mark } else { &hanging });
    }
}
