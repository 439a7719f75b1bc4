//! `sayso diff`: two pages compared. Quotations first, then statements that the two tell otherwise, then the whole text.

use std::fmt::Write as _;
use std::io;

use clap::error::ErrorKind;
use maud::html;
use sayso::story::{self, Digest, Edit, Utterance};
use sayso::{Attribution, Reading, Speaker};
use sayso_record::{
    AttributionDiff, CodePoints, DiffRow, QuotationDiff, SCHEMA_VERSION, edit_name, edit_rows,
};
use unicode_width::UnicodeWidthStr;

use crate::changes::{self, Part};
use crate::cli::{self, Diff};
use crate::output::{self, write_to};
use crate::talk::{Progress, Talk};
use crate::terminal::{FAINT, STRONG, width};
use crate::variants::lines;
use crate::{Outcome, html, variants, wording};

/// Reads two pages and writes what differs.
pub(crate) fn run(args: &Diff, talk: Talk) -> io::Result<Outcome> {
    let file = output::html_file(args.json, args.html.as_deref())?;
    let mut progress = Progress::new(talk, true);
    let mut pages: Vec<(String, Reading)> = Vec::new();
    for input in [&args.a, &args.b] {
        let mut found = sayso_crawl::pages(input);
        match (found.next(), found.next()) {
            (Some(Ok(page)), None) => {
                progress.read();
                pages.push((page.id.clone(), sayso::read(&page.article())));
            }
            (Some(Err(error)), None) => progress.failed(&error),
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
    let row = diff(&pages);
    if args.json {
        write_to(&mut io::stdout(), &(row.to_json() + "\n"))?;
    } else if file.is_none() {
        write_to(&mut anstream::stdout(), &view(&pages, &row, width()))?;
    }
    file.map_or(Ok(()), |file| file.write(&page(&pages, &row)))?;
    Ok(Outcome::Whole)
}

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

/// Quotations of both, each with its nearest on the other page.
fn quotations(pages: &[(String, Reading); 2]) -> Vec<QuotationDiff> {
    let digests = [0, 1].map(|n| Digest::of(["a", "b"][n], &pages[n].1));
    let points = [0, 1].map(|n| CodePoints::new(&pages[n].1.article.text));
    let found = story::utterances(&digests, 0, &[0, 1]);
    let utterances: Vec<Utterance> = found.iter().map(|(utterance, ..)| utterance.clone()).collect();
    let groups = story::variants(&utterances);
    let span = |at: usize| points[found[at].1].span(digests[found[at].1].quotations[found[at].2].span);
    let text = |at: usize| utterances[at].text.clone();
    let mut taken = vec![false; found.len()];
    let mut rows = Vec::new();
    for at in (0..found.len()).filter(|&at| found[at].1 == 0) {
        let near = |&other: &usize| {
            found[other].1 == 1 && !taken[other] && groups[other].utterance == groups[at].utterance
        };
        let changed = |&other: &usize| story::edits(&text(at), &text(other)).len();
        let other = (0..found.len()).filter(near).min_by_key(changed);
        let edits =
            other.map(|other| edit_rows(&text(at), &text(other), &story::edits(&text(at), &text(other))));
        if let Some(other) = other {
            taken[other] = true;
        }
        let (b, new) = (other.map(span), other.map(text));
        rows.push(QuotationDiff {
            a: Some(span(at)),
            b,
            old: Some(text(at)),
            new,
            edits: edits.unwrap_or_default(),
        });
    }
    let alone = (0..found.len()).filter(|&at| found[at].1 == 1 && !taken[at]);
    rows.extend(alone.map(|at| QuotationDiff {
        a: None,
        b: Some(span(at)),
        old: None,
        new: Some(text(at)),
        edits: Vec::new(),
    }));
    rows
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

/// So many statements of each page are compared,
const COMPARED: usize = 500;
/// of so many words at least,
const SHORT: usize = 4;
/// and are one where they share so much.
const ALIKE: f64 = 0.6;

/// What differs, for a terminal.
pub(crate) fn view(pages: &[(String, Reading); 2], row: &DiffRow, width: usize) -> String {
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
    section(&mut out, TEXT, width, false);
    if row.edits.is_empty() {
        lines(&mut out, "  ", SAME, width);
        return out;
    }
    for (n, paragraph) in changes::paragraphs(&whole(pages)).iter().enumerate() {
        if n > 0 {
            out.push('\n');
        }
        lines(&mut out, "  ", &changes::inline(paragraph), width);
    }
    out
}

/// What differs, as an HTML file.
fn page(pages: &[(String, Reading); 2], row: &DiffRow) -> String {
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
                h3 { (TEXT) }
                @if row.edits.is_empty() { p.facts { (SAME) } }
                @else {
                    div.wordings.whole { @for paragraph in changes::paragraphs(&whole(pages)) { p { (changes::markup(&paragraph)) } } }
                }
            }
        }
    };
    html::file("Two pages compared", "what differs between two pages", &main)
}

const QUOTATIONS: &str = "Quotations";
const STATEMENTS: &str = "Said by different speakers";
const TEXT: &str = "The whole text";
const NONE: &str = "none";
const SAME: &str = "the same words";

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
                let edits = story::edits(old, new);
                let what = if edits.is_empty() { SAME.to_owned() } else { kinds(&edits) };
                Compared { mark: "  ", parts: changes::parts(old, new, &edits), what }
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

fn whole(pages: &[(String, Reading); 2]) -> Vec<Part<'_>> {
    let [old, new] = [0, 1].map(|n| pages[n].1.article.text.as_str());
    changes::parts(old, new, &story::edits(old, new))
}

fn kinds(edits: &[Edit]) -> String {
    variants::kinds(edits.iter().map(|edit| edit_name(edit.kind)))
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
