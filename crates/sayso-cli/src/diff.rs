//! `sayso diff`: two pages compared. Quotations first, then statements that the two tell otherwise, then the whole text.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::io;

use clap::CommandFactory;
use sayso::story::{self, Digest, Edit, EditKind, Marks, Utterance};
use sayso::{Reading, Span};
use sayso_record::{CodePoints, DiffRow, QuotationDiff, SCHEMA_VERSION, edit_rows, marks_name};

use crate::cli::{Cli, Diff};
use crate::otherwise::otherwise;
use crate::output::write_to;
use crate::talk::{Progress, Talk};
use crate::terminal::{FAINT, STRONG, width};
use crate::variants::{changes, inline, kind, lines, marks_in_words};
use crate::{Outcome, wording};

/// Reads two pages and writes what differs.
pub(crate) fn run(args: &Diff, talk: Talk) -> io::Result<Outcome> {
    let mut progress = Progress::new(talk, true);
    let mut pages: Vec<(String, Reading)> = Vec::new();
    for input in [&args.a, &args.b] {
        for page in sayso_crawl::pages(input).take(LOOKED_AT) {
            match page {
                Ok(page) => {
                    progress.read();
                    pages.push((page.id.clone(), sayso::read(&page.article())));
                }
                Err(error) => progress.failed(&error),
            }
        }
    }
    let outcome = progress.finish();
    if outcome != Outcome::Whole {
        return Ok(Outcome::Failed);
    }
    let Ok(pages): Result<[(String, Reading); 2], _> = pages.try_into() else {
        let message = "diff compares exactly two pages: one of each input";
        Cli::command().error(clap::error::ErrorKind::WrongNumberOfValues, message).exit();
    };
    let row = diff(&pages);
    if args.json {
        write_to(&mut io::stdout(), &(row.to_json() + "\n"))?;
    } else {
        write_to(&mut anstream::stdout(), &view(&pages, &row, width()))?;
    }
    Ok(Outcome::Whole)
}

/// More pages of one input are not looked at: one is wanted.
const LOOKED_AT: usize = 2;

/// What differs between two pages.
pub(crate) fn diff(pages: &[(String, Reading); 2]) -> DiffRow {
    let [a, b] = pages;
    let (old, new) = (&a.1.article.text, &b.1.article.text);
    DiffRow {
        schema: SCHEMA_VERSION,
        pages: [a.0.clone(), b.0.clone()],
        quotations: quotations(pages),
        attributions: otherwise(&a.1, &b.1),
        edits: edit_rows(old, new, &story::edits(old, new)),
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
    for [of_a, of_b] in groups.into_values() {
        let (pairs, others) = nearest(&of_a, of_b, |at| &utterances[at].text);
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
            (Some(old), Some(new)) => edit_rows(old, new, &changes(old, new)),
            _ => Vec::new(),
        };
        let marks = marks.map(|marks| marks_name(marks).to_owned());
        let [a, b] = places;
        QuotationDiff { a, b, old, new, marks, edits }
    }
}

/// A quotation is held against so many of the same utterance.
const NEAR: usize = 8;

fn view(pages: &[(String, Reading); 2], row: &DiffRow, width: usize) -> String {
    let mut out = String::new();
    heading(
        &mut out,
        &format!("{} against {}", wording::clean(&row.pages[0]), wording::clean(&row.pages[1])),
    );
    if !row.quotations.is_empty() {
        heading(&mut out, "Quotations");
    }
    for quotation in &row.quotations {
        match (&quotation.old, &quotation.new) {
            (Some(old), Some(new)) => {
                let edits = changes(old, new);
                let words = if edits.is_empty() { "the same words".to_owned() } else { kinds(&edits) };
                let marks = quotation.marks.as_deref().map(|kind| format!("{}, ", marks_in_words(kind)));
                let what = format!("{}{words}", marks.unwrap_or_default());
                lines(&mut out, "  ", &format!("“{}”", inline(old, new, &edits)), width);
                lines(&mut out, "      ", &what, width);
            }
            (Some(old), None) => {
                lines(&mut out, "- ", &format!("“{}” (first page alone)", wording::clean(old)), width);
            }
            (None, Some(new)) => {
                lines(&mut out, "+ ", &format!("“{}” (second page alone)", wording::clean(new)), width);
            }
            (None, None) => {}
        }
    }
    if !row.attributions.is_empty() {
        heading(&mut out, "Statements told otherwise");
    }
    for told in &row.attributions {
        let text = format!("{} · {} there, {} here", told.content, told.from, told.to);
        lines(&mut out, "  ", &text, width);
    }
    heading(&mut out, "The whole text");
    let (old, new) = (&pages[0].1.article.text, &pages[1].1.article.text);
    lines(&mut out, "  ", &inline(old, new, &story::edits(old, new)), width);
    out
}

fn kinds(edits: &[Edit]) -> String {
    let mut kinds: Vec<EditKind> = edits.iter().map(|edit| edit.kind).collect();
    kinds.dedup();
    kinds.into_iter().map(kind).collect::<Vec<_>>().join(", ")
}

fn heading(out: &mut String, text: &str) {
    let _ = writeln!(out, "{STRONG}{text}{STRONG:#}{FAINT}{FAINT:#}");
}
