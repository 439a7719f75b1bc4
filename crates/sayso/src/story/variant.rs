//! One utterance in several wordings: quotations of one story that share their words, and what differs in each.
//!
//! Wordings are put side by side where they share two words in a row; two are alike as far as their longest common
//! subsequence holds the shorter one. Each wording is a form of one longer one, that which it is most like, and of none
//! where the longest of that utterance has little of it: phrases go to their root (Leskovec, Backstrom & Kleinberg 2009),
//! and a chain of small changes does not join what has nothing in common.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Digest, Quotation, reuse};
use crate::Span;

/// A quotation on a page.
#[derive(Clone, Debug)]
pub struct Utterance {
    /// Tells quotations apart.
    pub id: String,
    /// Quotations of other stories are other utterances.
    pub story: usize,
    /// The page that it stands on.
    pub page: String,
    /// What stands between the marks.
    pub text: String,
    /// By when its page was published at the latest, in days.
    pub until: Option<f64>,
}

/// How a quotation stands to the others of its utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The utterance: the place of its quotation whose id comes first.
    pub utterance: usize,
    /// The quotation that it is held against: of the wording that more than half of at least three have, else the fullest on
    /// the earliest page, where dates tell that; else of the wording that most have.
    pub against: usize,
    /// Whether its words are none that the page of that one has.
    pub differs: bool,
}

/// The utterance and the wording of each quotation. The same whatever the order of the quotations.
pub fn variants(quotations: &[Utterance]) -> Vec<Wording> {
    let mut order: Vec<usize> = (0..quotations.len()).collect();
    order.sort_by(|&a, &b| quotations[a].id.cmp(&quotations[b].id).then(a.cmp(&b)));
    let mut stories: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    order.iter().for_each(|&at| stories.entry(quotations[at].story).or_default().push(at));
    let mut wordings: Vec<Wording> =
        (0..quotations.len()).map(|at| Wording { utterance: at, against: at, differs: false }).collect();
    for members in stories.values() {
        for group in groups(quotations, members) {
            let against = usual(quotations, &group);
            let first = group.iter().filter(|&&at| quotations[at].page == quotations[against].page);
            let first: Vec<Vec<String>> = first.map(|&at| words(&quotations[at].text)).collect();
            for &at in &group {
                let differs = !first.contains(&words(&quotations[at].text));
                wordings[at] = Wording { utterance: group[0], against, differs };
            }
        }
    }
    wordings
}

/// The words of a quotation in small letters, without marks.
pub(super) fn words(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let words = text.split(|c: char| !is_part(c)).map(|word| {
        word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    });
    words.filter(|word| !word.is_empty()).take(LONGEST).collect()
}

/// The quotation that others are held against.
fn usual(quotations: &[Utterance], group: &[usize]) -> usize {
    let words: Vec<Vec<String>> = group.iter().map(|&at| words(&quotations[at].text)).collect();
    let mut counts: BTreeMap<&[String], usize> = BTreeMap::new();
    words.iter().for_each(|words| *counts.entry(words).or_default() += 1);
    // Dates may be wrong; most pages seldom are.
    let most = |words: &[String]| counts[words] >= MOST && 2 * counts[words] > group.len();
    let rank = |(at, words): &(&usize, &Vec<String>)| {
        let until = quotations[**at].until.map_or(i64::MAX, |day| (day * 86400.0) as i64);
        (!most(words), until, Reverse(counts[words.as_slice()]), Reverse(words.len()))
    };
    group.iter().zip(&words).min_by_key(rank).map_or(group[0], |(at, _)| *at)
}

/// The quotations of a story's pages, told by their places in `digests`. The id of each begins with that of its page.
pub fn utterances(digests: &[Digest], story: usize, pages: &[usize]) -> Vec<(Utterance, usize, usize)> {
    let of_page = |&page: &usize| {
        let digest = &digests[page];
        digest.quotations.iter().enumerate().map(move |(number, quotation)| {
            let utterance = Utterance {
                id: format!("{}:{number:06}", digest.id),
                story,
                page: digest.id.clone(),
                text: quotation.text.clone(),
                until: digest.until(),
            };
            (utterance, page, number)
        })
    };
    pages.iter().flat_map(of_page).collect()
}

/// Where a page has the words of another's quotation outside quotation marks, most of them in the same order, and whether it
/// has just these words.
pub fn unmarked(page: &Digest, of: &Digest, quotation: &Quotation) -> Option<(Span, bool)> {
    let start = of.words.partition_point(|word| word.span.start() < quotation.span.start());
    let end = of.words.partition_point(|word| word.span.end() <= quotation.span.end());
    let quoted = of.words.get(start..end).filter(|words| words.len() >= TELLING)?;
    let runs = reuse::runs(&page.words, &reuse::Index::of(&page.words), quoted);
    let plain = runs.iter().filter(|run| !page.words[run.in_a()].iter().any(|word| word.is_quoted));
    // The passage that holds most.
    let passages: Vec<reuse::Run> = plain.copied().collect();
    let best = passages.chunk_by(|_, next| next.goes_on).max_by_key(|passage| words_of(passage))?;
    let (first, last) = (best.first()?, best.last()?);
    let span = page.words[first.a].span.hull(page.words[last.a + last.len - 1].span);
    let is_whole = first.a < last.a + last.len && words_of(best) as f64 >= MOSTLY * quoted.len() as f64;
    is_whole.then_some((span, best.len() == 1 && first.len == quoted.len()))
}

fn words_of(passage: &[reuse::Run]) -> usize {
    passage.iter().map(|run| run.len).sum()
}

/// Fewer words may stand anywhere;
const TELLING: usize = 6;
/// and so great a part of them makes them those of the quotation.
const MOSTLY: f64 = 0.6;

/// The quotations of each utterance, in order of their ids.
fn groups(quotations: &[Utterance], members: &[usize]) -> Vec<Vec<usize>> {
    // Equal wordings first.
    let mut holders: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (place, &at) in members.iter().enumerate() {
        holders.entry(words(&quotations[at].text)).or_default().push(place);
    }
    let mut texts: Vec<(Vec<String>, Vec<usize>)> = holders.into_iter().collect();
    texts.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    let (texts, holders): (Vec<Vec<String>>, Vec<Vec<usize>>) = texts.into_iter().unzip();
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (text, root) in roots(&texts).into_iter().enumerate() {
        parts.entry(root).or_default().extend(&holders[text]);
    }
    let of_members = |mut places: Vec<usize>| {
        places.sort_unstable();
        places.into_iter().map(|place| members[place]).collect()
    };
    parts.into_values().map(of_members).collect()
}

/// Of wordings in order of their length, the longest first, the root of each.
fn roots(texts: &[Vec<String>]) -> Vec<usize> {
    let mut longer: Vec<Vec<(f64, usize)>> = vec![Vec::new(); texts.len()];
    for (long, short) in candidates(texts) {
        let alike = alike(&texts[long], &texts[short]);
        if alike >= ALIKE {
            longer[short].push((alike, long));
        }
    }
    let mut roots: Vec<usize> = Vec::with_capacity(texts.len());
    for (at, mut longer) in longer.into_iter().enumerate() {
        // Of two as alike the shorter one: it is the nearer one.
        longer.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
        let of = longer.iter().map(|&(_, long)| roots[long]);
        let root = of.take(FORMS).find(|&root| self::alike(&texts[root], &texts[at]) >= ROOT);
        roots.push(root.unwrap_or(at));
    }
    roots
}

/// Pairs of wordings that share two words in a row, the longer one first.
fn candidates(texts: &[Vec<String>]) -> Vec<(usize, usize)> {
    let mut holders: HashMap<&[String], Vec<usize>> = HashMap::new();
    let mut pairs = Vec::new();
    for (at, words) in texts.iter().enumerate() {
        for gram in words.windows(GRAM.min(words.len().max(1))) {
            let known = holders.entry(gram).or_default();
            if known.last() != Some(&at) {
                pairs.extend(known.iter().rev().take(CROWD).map(|&other| (other, at)));
                known.push(at);
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The share of the shorter wording that the two have in common, in order.
fn alike(a: &[String], b: &[String]) -> f64 {
    let same: usize = capture_diff_slices(Algorithm::Myers, a, b)
        .iter()
        .map(|step| if let DiffOp::Equal { len, .. } = step { *len } else { 0 })
        .sum();
    let shorter = a.len().min(b.len());
    if shorter == 0 { 0.0 } else { same as f64 / shorter as f64 }
}

/// Words in a row that two wordings share.
const GRAM: usize = 2;
/// Of wordings that share some, so many are compared.
const CROWD: usize = 256;
/// Longer quotations are compared by so many words.
const LONGEST: usize = 400;
/// A wording is a form of one that has so much of it.
const ALIKE: f64 = 0.6;
/// The root has so much of every form.
const ROOT: f64 = 0.5;
/// More than half, and so many, make a wording the usual one whatever the dates.
const MOST: usize = 3;
/// So many longer wordings are tried.
const FORMS: usize = 8;
