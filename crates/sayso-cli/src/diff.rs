//! `sayso diff`: two pages compared. Quotations first, then statements that the two tell otherwise, then the whole text.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use clap::CommandFactory;
use sayso::story::{self, Digest, Edit, EditKind, Marks, Utterance};
use sayso::{Attribution, Reading, Span, Speaker};
use sayso_record::{
    AttributionDiff, CodePoints, DiffRow, QuotationDiff, SCHEMA_VERSION, edit_rows, marks_name,
};

use crate::cli::{Cli, Diff};
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
        attributions: attributions(&a.1, &b.1),
        edits: edit_rows(old, new, &story::edits(old, new)),
    }
}

/// Quotations of both, each with its nearest on the other page, or with its words there without quotation marks.
fn quotations(pages: &[(String, Reading); 2]) -> Vec<QuotationDiff> {
    let digests = [0, 1].map(|n| Digest::of(["a", "b"][n], &pages[n].1));
    let texts = [0, 1].map(|n| pages[n].1.article.text.as_str());
    let sides = Sides { texts, points: texts.map(CodePoints::new) };
    let found = story::utterances(&digests, 0, &[0, 1]);
    let utterances: Vec<Utterance> = found.iter().map(|(utterance, ..)| utterance.clone()).collect();
    let mut groups: BTreeMap<usize, [Vec<usize>; 2]> = BTreeMap::new();
    for (at, wording) in story::variants(&utterances).into_iter().enumerate() {
        groups.entry(wording.utterance).or_default()[found[at].1].push(at);
    }
    let span = |at: usize| digests[found[at].1].quotations[found[at].2].span;
    let (mut rows, mut alone) = (Vec::new(), Vec::new());
    for [of_a, of_b] in groups.into_values() {
        let (pairs, others) = nearest(&of_a, of_b, |at| &utterances[at].text);
        rows.extend(pairs.into_iter().map(|(a, b)| sides.row(Some(span(a)), Some(span(b)), None)));
        alone.extend(others);
    }
    let places = |&at: &usize| vec![(found[at].1, found[at].2)];
    let story = story::link(&digests, &[0, 1]);
    let unmarked = story::unmarked(&digests, &story, &alone.iter().map(places).collect::<Vec<_>>());
    for (at, unmarked) in alone.into_iter().zip(unmarked) {
        let there = unmarked.first().map(|there| there.span);
        let marks = unmarked.first().map(|there| there.marks);
        rows.push(match found[at].1 {
            0 => sides.row(Some(span(at)), there, marks),
            _ => sides.row(there, Some(span(at)), marks),
        });
    }
    rows.sort_by_key(|row| (row.a.is_none(), row.a.clone(), row.b.clone()));
    rows
}

/// Each quotation of one page with the nearest of the other page, each of which is taken once; and those that are left.
fn nearest<'t>(
    of_a: &[usize],
    mut of_b: Vec<usize>,
    text: impl Fn(usize) -> &'t String,
) -> (Vec<(usize, usize)>, Vec<usize>) {
    let (mut pairs, mut alone) = (Vec::new(), Vec::new());
    for &a in of_a {
        let changed = |&(_, &b): &(usize, &usize)| story::edits(text(a), text(b)).len();
        match of_b.iter().enumerate().take(NEAR).min_by_key(changed).map(|(place, _)| place) {
            Some(place) => pairs.push((a, of_b.remove(place))),
            None => alone.push(a),
        }
    }
    alone.extend(of_b);
    (pairs, alone)
}

/// The texts of the two pages.
struct Sides<'a> {
    texts: [&'a str; 2],
    points: [CodePoints<'a>; 2],
}

impl Sides<'_> {
    fn row(&self, a: Option<Span>, b: Option<Span>, marks: Option<Marks>) -> QuotationDiff {
        let text = |n: usize, span: Option<Span>| span.map(|span| self.texts[n][span.range()].to_owned());
        let points = |n: usize, span: Option<Span>| span.map(|span| self.points[n].span(span));
        let (old, new) = (text(0, a), text(1, b));
        let edits = match (&old, &new) {
            (Some(old), Some(new)) => edit_rows(old, new, &changes(old, new)),
            _ => Vec::new(),
        };
        let marks = marks.map(|marks| marks_name(marks).to_owned());
        QuotationDiff { a: points(0, a), b: points(1, b), old, new, marks, edits }
    }
}

/// Statements with the same words that the two pages give to other speakers.
fn attributions(a: &Reading, b: &Reading) -> Vec<AttributionDiff> {
    let words = |reading: &Reading, attribution: &Attribution| -> Vec<String> {
        let pieces = attribution.content.iter().map(|&piece| reading.article[piece].to_lowercase());
        let text = pieces.collect::<Vec<_>>().join(" ");
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).map(str::to_owned).collect()
    };
    let of_b: Vec<Vec<String>> =
        b.attributions.iter().take(COMPARED).map(|attribution| words(b, attribution)).collect();
    let mut rows = Vec::new();
    for (n, said) in a.attributions.iter().enumerate().take(COMPARED) {
        let own = words(a, said);
        let share = |other: &Vec<String>| {
            let same = own.iter().filter(|word| other.contains(word)).count();
            2.0 * same as f64 / (own.len() + other.len()).max(1) as f64
        };
        let Some((m, near)) = of_b.iter().enumerate().max_by(|x, y| share(x.1).total_cmp(&share(y.1))) else {
            continue;
        };
        let other = &b.attributions[m];
        let is_known = |attribution: &Attribution| !matches!(attribution.speaker, Speaker::Unknown(_));
        let (from, to) = (wording::speaker(a, said), wording::speaker(b, other));
        if own.len() >= SHORT
            && share(near) >= ALIKE
            && is_known(said)
            && is_known(other)
            && !is_one(&from, &to)
        {
            let content = wording::pieces(&a.article, &said.content);
            rows.push(AttributionDiff {
                a: format!("a{}", n + 1),
                b: format!("a{}", m + 1),
                from,
                to,
                content,
            });
        }
    }
    rows
}

/// Whether one of two names holds the last word of the other: "Talven", "Jori Talven".
fn is_one(a: &str, b: &str) -> bool {
    let last = |name: &str| name.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    a.to_lowercase().contains(&last(b)) || b.to_lowercase().contains(&last(a))
}

/// A quotation is held against so many of the same utterance.
const NEAR: usize = 50;
/// So many statements of each page are compared,
const COMPARED: usize = 500;
/// of so many words at least,
const SHORT: usize = 4;
/// and are one where they share so much.
const ALIKE: f64 = 0.6;

fn view(pages: &[(String, Reading); 2], row: &DiffRow, width: usize) -> String {
    let mut out = String::new();
    heading(
        &mut out,
        &format!("{} against {}", wording::clean(&row.pages[0]), wording::clean(&row.pages[1])),
    );
    heading(&mut out, "Quotations");
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
    heading(&mut out, "Statements told otherwise");
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
