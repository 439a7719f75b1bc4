//! `sayso diff`: two pages compared. Quotations first, then statements that the two tell otherwise, then the whole text.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::io;

use clap::error::ErrorKind;
use maud::html;
use sayso::story::{self, Digest, Marks, Utterance};
use sayso::{Reading, Span};
use sayso_record::{
    AttributionDiff, CodePoints, DiffRow, QuotationDiff, SCHEMA_VERSION, edit_rows, marks_name,
};
use unicode_width::UnicodeWidthStr;

use crate::changes::{self, Change, Part};
use crate::cli::{self, Diff};
use crate::otherwise::otherwise;
use crate::output::{self, write_to};
use crate::talk::{Progress, Talk};
use crate::terminal::{FAINT, STRONG, width};
use crate::variants::lines;
use crate::whole::{Shared, Whole};
use crate::{Outcome, html, wording};

/// Reads two pages and writes what differs.
pub(crate) fn run(args: &Diff, talk: Talk) -> io::Result<Outcome> {
    let file = output::html_file(args.json, args.html.as_deref())?;
    let mut progress = Progress::new(talk, true);
    let mut pages: Vec<(String, Reading)> = Vec::new();
    for input in [&args.a, &args.b] {
        let mut found = sayso_crawl::pages(input);
        match (found.next(), found.next()) {
            (Some(page), None) => {
                for page in progress.taken(vec![page]) {
                    match page {
                        Ok(page) => {
                            progress.read();
                            pages.push((page.id.clone(), sayso::read(&page.article())));
                        }
                        Err(error) => progress.failed(&error),
                    }
                }
            }
            (None, _) => progress.failed(&format!("{input}: no page in it")),
            (Some(_), Some(_)) => {
                drop(file);
                let message = format!("{input} holds more than one page, and diff compares two pages");
                cli::misused(ErrorKind::WrongNumberOfValues, &message);
            }
        }
    }
    progress.finish();
    let Ok(pages): Result<[(String, Reading); 2], _> = pages.try_into() else {
        return Ok(Outcome::Failed);
    };
    let compared = Comparison::of(&pages);
    if args.json {
        write_to(&mut io::stdout(), &(compared.row.to_json() + "\n"))?;
    } else if file.is_none() {
        write_to(&mut anstream::stdout(), &compared.view(width()))?;
    }
    file.map_or(Ok(()), |file| file.write(&compared.page()))?;
    Ok(Outcome::Whole)
}

/// Two pages and what differs between them.
pub(crate) struct Comparison<'a> {
    pages: &'a [(String, Reading); 2],
    row: DiffRow,
    whole: Whole<'a>,
}

impl Comparison<'_> {
    pub(crate) fn of(pages: &[(String, Reading); 2]) -> Comparison<'_> {
        let [a, b] = pages;
        let (old, new) = (&a.1.article.text, &b.1.article.text);
        let edits = story::edits(old, new);
        let row = DiffRow {
            schema: SCHEMA_VERSION,
            pages: [a.0.clone(), b.0.clone()],
            quotations: quotations(pages),
            attributions: otherwise(&a.1, &b.1),
            edits: edit_rows(old, new, &edits),
        };
        let whole = Whole::of(story::compared(old), story::compared(new), &edits);
        Comparison { pages, row, whole }
    }

    /// How much of the texts is compared.
    fn text(&self) -> &'static str {
        let is_whole = |(_, reading): &(String, Reading)| {
            story::compared(&reading.article.text).len() == reading.article.text.len()
        };
        if self.pages.iter().all(is_whole) { WHOLE } else { FIRST }
    }

    /// What differs, for a terminal.
    pub(crate) fn view(&self, width: usize) -> String {
        let Comparison { pages, row, whole } = self;
        let mut out = String::new();
        rule(&mut out, "", '━', width);
        for ((id, reading), mark) in pages.iter().zip(["first   ", "second  "]) {
            let about = about(id, reading);
            lines(&mut out, mark, &about.name, width);
            about.facts.iter().for_each(|fact| lines(&mut out, HANGING, fact, width));
            about.notes.iter().for_each(|note| lines(&mut out, HANGING, &format!("! {note}"), width));
        }
        section(&mut out, QUOTATIONS, width, row.quotations.is_empty());
        for quotation in row.quotations.iter().map(Compared::of) {
            lines(&mut out, quotation.mark, &format!("“{}”", changes::inline(&quotation.parts)), width);
            lines(&mut out, "      ", &quotation.what, width);
        }
        section(&mut out, STATEMENTS, width, row.attributions.is_empty());
        for told in &row.attributions {
            lines(&mut out, "  ", &wording::clean(&told.content), width);
            lines(&mut out, "      ", &told_by(told), width);
        }
        section(&mut out, self.text(), width, false);
        match whole {
            Whole::Same => lines(&mut out, "  ", SAME, width),
            Whole::Changed(paragraphs) => {
                for (n, paragraph) in paragraphs.iter().enumerate() {
                    out.push_str(if n > 0 { "\n" } else { "" });
                    lines(&mut out, "  ", &changes::inline(paragraph), width);
                }
            }
            Whole::Unlike(shared) => {
                lines(&mut out, "  ", &unlike(shared), width);
                shared.passages.iter().for_each(|text| lines(&mut out, "  · ", &wording::clean(text), width));
            }
        }
        out
    }

    /// What differs, as an HTML file.
    fn page(&self) -> String {
        let Comparison { pages, row, whole } = self;
        let main = html! {
            section.chain.diff {
                @for ((id, reading), which) in pages.iter().zip(["first", "second"]) {
                    @let about = about(id, reading);
                    header.head {
                        p.outlet { (which) }
                        h2 { (about.name) }
                        @for fact in about.facts { p.facts { (fact) } }
                        @if !about.notes.is_empty() { ul.notes { @for note in about.notes { li.warning { (note) } } } }
                    }
                }
                section.part {
                    h3 { (QUOTATIONS) }
                    @if row.quotations.is_empty() { p.facts { (NONE) } }
                    ul.wordings {
                        @for quotation in row.quotations.iter().map(Compared::of) {
                            li { q { (changes::markup(&quotation.parts)) } small { (quotation.what) } }
                        }
                    }
                }
                section.part {
                    h3 { (STATEMENTS) }
                    @if row.attributions.is_empty() { p.facts { (NONE) } }
                    ul.wordings {
                        @for told in &row.attributions { li { (wording::clean(&told.content)) small { (told_by(told)) } } }
                    }
                }
                section.part {
                    h3 { (self.text()) }
                    @match whole {
                        Whole::Same => p.facts { (SAME) },
                        Whole::Changed(paragraphs) => {
                            div.wordings.whole { @for paragraph in paragraphs { p { (changes::markup(paragraph)) } } }
                        },
                        Whole::Unlike(shared) => {
                            p.facts { (unlike(shared)) }
                            ul.wordings { @for text in &shared.passages { li { (wording::clean(text)) } } }
                        },
                    }
                }
            }
        };
        html::file("Two pages compared", "what differs between two pages", &main)
    }
}

/// Quotations of both, each with its nearest on the other page, or with its words there without quotation marks.
fn quotations(pages: &[(String, Reading); 2]) -> Vec<QuotationDiff> {
    let digests = [0, 1].map(|n| Digest::of(["a", "b"][n], &pages[n].1));
    let texts = [0, 1].map(|n| pages[n].1.article.text.as_str());
    let sides = Sides { points: texts.map(CodePoints::new) };
    let found = story::utterances(&digests, 0, &[0, 1]);
    let utterances: Vec<Utterance> = found.iter().map(|(utterance, ..)| utterance.clone()).collect();
    let mut groups: BTreeMap<usize, [Vec<usize>; 2]> = BTreeMap::new();
    for (at, wording) in story::variants(&utterances).into_iter().enumerate() {
        groups.entry(wording.utterance).or_default()[found[at].1].push(at);
    }
    let quoted = |at: usize| {
        let quotation = &digests[found[at].1].quotations[found[at].2];
        Some((quotation.span(), quotation.text.clone()))
    };
    let (mut rows, mut alone) = (Vec::new(), Vec::new());
    let plain: Vec<String> =
        utterances.iter().map(|utterance| story::plain(changes::bare(&utterance.text))).collect();
    for [of_a, of_b] in groups.into_values() {
        let both = [of_a.clone(), of_b.clone()];
        let (pairs, mut others) = nearest(&of_a, of_b, |at| &utterances[at].text);
        // A quotation that is repeated, or whose words stand in another, is on both pages.
        let is_there = |&at: &usize| {
            let there = both[1 - found[at].1].iter().take(NEAR);
            there.into_iter().any(|&other| plain[other].contains(&plain[at]))
        };
        others.retain(|at| !is_there(at));
        rows.extend(pairs.into_iter().map(|(a, b)| sides.row(quoted(a), quoted(b), None)));
        alone.extend(others);
    }
    let places = |&at: &usize| vec![(found[at].1, found[at].2)];
    let story = story::link(&digests, &[0, 1]);
    let unmarked = story::unmarked(&digests, &story, &alone.iter().map(places).collect::<Vec<_>>());
    for (at, unmarked) in alone.into_iter().zip(unmarked) {
        let there =
            unmarked.first().map(|there| (there.span, texts[there.page][there.span.range()].to_owned()));
        let marks = unmarked.first().map(|there| there.marks);
        rows.push(match found[at].1 {
            0 => sides.row(quoted(at), there, marks),
            _ => sides.row(there, quoted(at), marks),
        });
    }
    rows.sort_by_key(|row| (row.a.is_none(), row.a, row.b));
    rows
}

/// Each quotation of one page with one of the other in the same words, else with the nearest, each of which is taken once; and
/// those that are left.
fn nearest<'t>(
    of_a: &[usize],
    of_b: Vec<usize>,
    text: impl Fn(usize) -> &'t String,
) -> (Vec<(usize, usize)>, Vec<usize>) {
    let mut same: HashMap<String, Vec<usize>> = HashMap::new();
    of_b.iter().rev().for_each(|&b| same.entry(story::plain(text(b))).or_default().push(b));
    let (mut pairs, mut alone) = (Vec::new(), Vec::new());
    for &a in of_a {
        match same.get_mut(&story::plain(text(a))).and_then(Vec::pop) {
            Some(b) => pairs.push((a, b)),
            None => alone.push(a),
        }
    }
    let taken: HashSet<usize> = pairs.iter().map(|(_, b)| *b).collect();
    let mut of_b: Vec<usize> = of_b.into_iter().filter(|b| !taken.contains(b)).collect();
    alone.retain(|&a| {
        let changed = |&(_, &b): &(usize, &usize)| story::edits(text(a), text(b)).len();
        let near = of_b.iter().enumerate().take(NEAR).min_by_key(changed).map(|(place, _)| place);
        pairs.extend(near.map(|place| (a, of_b.remove(place))));
        near.is_none()
    });
    alone.extend(of_b);
    (pairs, alone)
}

/// Places in the texts of the two pages.
struct Sides<'a> {
    points: [CodePoints<'a>; 2],
}

/// Where words stand, and the words.
type Words = Option<(Span, String)>;

impl Sides<'_> {
    fn row(&self, a: Words, b: Words, marks: Option<Marks>) -> QuotationDiff {
        let place = |n: usize, words: &Words| words.as_ref().map(|(span, _)| self.points[n].span(*span));
        let places = [place(0, &a), place(1, &b)];
        let [old, new] = [a, b].map(|words| words.map(|(_, text)| text));
        let edits = match (&old, &new) {
            (Some(old), Some(new)) => edit_rows(old, new, &changes::edits(old, new)),
            _ => Vec::new(),
        };
        let marks = marks.map(|marks| marks_name(marks).to_owned());
        let [a, b] = places;
        QuotationDiff { a, b, old, new, marks, edits }
    }
}

/// A quotation is held against so many of the same utterance.
const NEAR: usize = 8;

const QUOTATIONS: &str = "Quotations";
const STATEMENTS: &str = "Said by different speakers";
const WHOLE: &str = "The whole text";
const FIRST: &str = "The first 4,000 words of each";
const NONE: &str = "none";
const SAME: &str = "the same words";

/// “The two share little text: 6 of the 37 words of the shorter one”.
fn unlike(shared: &Shared) -> String {
    let Shared { words, of, passages } = shared;
    let told =
        format!("The two share little text, {words} of the {of} words of the shorter page in the same order");
    if passages.is_empty() { told + "." } else { told + ":" }
}

/// Below the words “first” and “second”.
const HANGING: &str = "        ";

/// What a page is.
struct About {
    name: String,
    facts: Vec<String>,
    notes: Vec<String>,
}

fn about(id: &str, reading: &Reading) -> About {
    let article = &reading.article;
    let date = article.published.as_ref().map(wording::date);
    let facts = [article.outlet.as_deref().map(wording::clean), date].into_iter().flatten();
    let facts = facts.filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(", ");
    let title = article.title.as_deref().map(wording::clean).unwrap_or_default();
    let warnings = wording::notes(reading).into_iter().filter(|note| wording::is_warning(note.kind));
    About {
        name: wording::clean(id),
        facts: [facts, title].into_iter().filter(|fact| !fact.is_empty()).collect(),
        notes: warnings.map(|note| wording::clean(&note.text)).collect(),
    }
}

/// A quotation of two pages as one, and what is to be said of it.
struct Compared<'a> {
    /// What stands before it in a list.
    mark: &'static str,
    parts: Vec<Part<'a>>,
    what: String,
}

impl Compared<'_> {
    fn of(quotation: &QuotationDiff) -> Compared<'_> {
        match (quotation.old.as_deref(), quotation.new.as_deref()) {
            (Some(old), Some(new)) => {
                let Change { parts, kinds } = Change::of(old, new, quotation.marks.as_deref());
                let same = quotation.edits.is_empty().then(|| SAME.to_owned());
                let what = [kinds].into_iter().filter(|kinds| !kinds.is_empty()).chain(same);
                Compared { mark: "  ", parts, what: what.collect::<Vec<_>>().join(", ") }
            }
            (old, new) => Compared {
                mark: if old.is_some() { "- " } else { "+ " },
                parts: old.or(new).map(Part::Same).into_iter().collect(),
                what: format!("on the {} page alone", if old.is_some() { "first" } else { "second" }),
            },
        }
    }
}

/// “Marta Quill on the first page, Anton Riehl on the second”.
fn told_by(told: &AttributionDiff) -> String {
    let [from, to] = [&told.from, &told.to].map(|name| wording::clean(name));
    format!("{from} on the first page, {to} on the second")
}

/// A heading with a rule behind it; where nothing follows it says so.
fn section(out: &mut String, title: &str, width: usize, is_empty: bool) {
    out.push('\n');
    rule(out, title, '─', width);
    if is_empty {
        lines(out, "  ", NONE, width);
    }
}

fn rule(out: &mut String, title: &str, line: char, width: usize) {
    let title = if title.is_empty() { String::new() } else { format!("{STRONG}{title}{STRONG:#} ") };
    let used = anstream::adapter::strip_str(&title).to_string().width();
    let rule = line.to_string().repeat(width.saturating_sub(used));
    let _ = writeln!(out, "{title}{FAINT}{rule}{FAINT:#}");
}
