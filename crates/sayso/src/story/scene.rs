//! The pages of one story beside one another: which of them share words, whom each credits and names.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    ops::Range,
};

use super::{
    Digest,
    cite::{Cite, CiteKind},
    reuse::{self, ByGram, Index},
};
use crate::Span;

/// The pages of one story, ready to be compared.
pub(super) struct Scene<'d> {
    pub(super) pages: Vec<&'d Digest>,
    pub(super) indexes: Vec<Index>,
    /// How many pages have each three words in a row.
    pub(super) spread: ByGram<u32>,
    /// Of each page in order, each three words in a row that further pages have; none of others.
    pub(super) spread_of: Vec<Vec<Option<u64>>>,
    /// The names and figures of each page.
    pub(super) details: Vec<HashSet<u32>>,
    /// The outlet of each page, by its words.
    pub(super) outlets: Vec<Vec<u32>>,
    /// Of each page, the pages whose outlets it names, with the words that do; by the place of the first page of that outlet.
    pub(super) named: Vec<BTreeMap<usize, Named>>,
    /// Of each page, how it credits others: 2 as its source, 1 as told, or named in passing; by page.
    pub(super) credits: Vec<BTreeMap<usize, (u32, Span)>>,
    /// The names of what each page credits, by their words.
    pub(super) cites: Vec<Vec<Vec<u32>>>,
    /// Of each page, the outlets that it credits, by the words of their names, each with where the words around the credit
    /// stand.
    pub(super) credited: Vec<Vec<(Vec<u32>, Range<usize>)>>,
}

impl<'d> Scene<'d> {
    pub(super) fn of(pages: Vec<&'d Digest>) -> Scene<'d> {
        let indexes: Vec<Index> = pages.iter().map(|page| Index::of(&page.words)).collect();
        let mut spread: ByGram<u32> = ByGram::default();
        indexes.iter().flat_map(Index::grams).for_each(|gram| *spread.entry(gram).or_default() += 1);
        let spread_of = pages.iter().map(|page| {
            let grams = reuse::grams(&page.words);
            grams.map(|gram| Some(gram).filter(|gram| spread[gram] > 1)).collect()
        });
        let spread_of = spread_of.collect();
        let details = pages
            .iter()
            .map(|page| page.words.iter().filter(|word| word.is_detail).map(|word| word.hash).collect());
        let outlets = pages.iter().map(|page| page.likely.as_deref().map(name).unwrap_or_default());
        let cites = pages.iter().map(|page| page.cites.iter().map(|cite| name(&cite.name)).collect());
        let mut scene = Scene {
            details: details.collect(),
            outlets: outlets.collect(),
            cites: cites.collect(),
            named: named(&pages),
            credits: Vec::new(),
            credited: pages.iter().map(|page| credited(page)).collect(),
            indexes,
            spread,
            spread_of,
            pages,
        };
        scene.credits = (0..scene.pages.len()).map(|page| scene.credits_of(page)).collect();
        scene
    }

    /// The pairs of pages to be compared, the first before the second: all of a small story, else those that share sampled
    /// words in a row (Manber 1994) or of which one credits the other.
    pub(super) fn candidates(&self) -> Vec<(usize, usize)> {
        let count = self.pages.len();
        if count <= SMALL {
            return (0..count).flat_map(|b| (0..b).map(move |a| (a, b))).collect();
        }
        let mut holders: ByGram<Vec<usize>> = ByGram::default();
        for (page, index) in self.indexes.iter().enumerate() {
            for gram in index.grams().filter(|gram| gram % SAMPLED == 0) {
                holders.entry(gram).or_default().push(page);
            }
        }
        let mut pairs = HashSet::new();
        for page in 0..count {
            let mut shared: HashMap<usize, u32> = HashMap::new();
            for gram in self.indexes[page].grams().filter(|gram| gram % SAMPLED == 0) {
                let around = near(&holders[&gram], page);
                around
                    .iter()
                    .filter(|&&other| other != page)
                    .for_each(|&o| *shared.entry(o).or_default() += 1);
            }
            let mut most: Vec<(usize, u32)> = shared.into_iter().collect();
            most.sort_by_key(|&(other, grams)| (std::cmp::Reverse(grams), other));
            pairs
                .extend(most.into_iter().take(COMPARED).map(|(other, _)| (page.min(other), page.max(other))));
        }
        let mut pairs: Vec<(usize, usize)> = pairs.into_iter().collect();
        pairs.sort_unstable();
        pairs
    }

    /// The other pages that a page credits by their outlets.
    fn credits_of(&self, child: usize) -> BTreeMap<usize, (u32, Span)> {
        let of = |parent: usize| {
            let outlet = &self.outlets[parent];
            if outlet.is_empty() || same_name(outlet, &self.outlets[child]) {
                return None;
            }
            let cites = self.pages[child].cites.iter().zip(&self.cites[child]);
            let credits = cites.filter(|(_, name)| same_name(name, outlet)).map(|(cite, _)| cite);
            let credit = credits.min_by_key(|cite| cite.is_told);
            let credit = credit.map(|cite| (if cite.is_told { 1 } else { 2 }, cite.span));
            let named =
                || self.named[child].get(&parent).map(|named| (1 + u32::from(named.reports), named.span));
            Some((parent, credit.filter(|credit| credit.0 == 2).or_else(named).or(credit)?))
        };
        (0..self.pages.len()).filter_map(of).collect()
    }

    /// How a page credits another: 2 as its source, 1 as one that was told, or that is named in passing; 0 not at all.
    pub(super) fn credit(&self, child: usize, parent: usize) -> u32 {
        self.credits[child].get(&parent).map_or(0, |credit| credit.0)
    }

    /// Whether a page names its own outlet.
    pub(super) fn names_itself(&self, page: usize) -> bool {
        self.named[page].contains_key(&page)
    }

    /// Whether a page links to another.
    pub(super) fn links(&self, child: usize, parent: usize) -> bool {
        let plain = |url: &str| {
            let url = url.split(['?', '#']).next().unwrap_or_default();
            url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned()
        };
        let urls: Vec<String> = self.pages[parent].urls.iter().map(|url| plain(url)).collect();
        self.pages[child].links.iter().any(|link| urls.contains(&plain(link)))
    }

    /// The names of the outlets that a page credits, beside its own and that of another.
    pub(super) fn thirds(&self, page: usize, other: usize) -> impl Iterator<Item = &Vec<u32>> {
        let is_outlet =
            |cite: &Cite| matches!(cite.kind, CiteKind::Outlet | CiteKind::Agency | CiteKind::Site);
        let cites = self.pages[page].cites.iter().zip(&self.cites[page]);
        let outlets = cites.filter(move |(cite, _)| is_outlet(cite) && !cite.is_told).map(|(_, name)| name);
        outlets.filter(move |name| [page, other].iter().all(|&page| !same_name(name, &self.outlets[page])))
    }

    /// Outlets that a page credits and that no page of the story is of, by their names.
    pub(super) fn absent(&self, page: usize) -> Vec<String> {
        let cites = self.pages[page].cites.iter().zip(&self.cites[page]);
        let is_outlet = |cite: &Cite| matches!(cite.kind, CiteKind::Outlet | CiteKind::Agency);
        let absent = cites.filter(|(cite, name)| {
            is_outlet(cite) && !cite.is_told && !self.outlets.iter().any(|outlet| same_name(name, outlet))
        });
        absent.map(|(cite, _)| cite.name.clone()).collect()
    }

    /// A source that two pages credit, by name, which one of them credits before all others; and whether it is one that
    /// gives both the same: an outlet or a document, no speaker.
    pub(super) fn main_source(&self, a: usize, b: usize) -> Option<(&str, bool)> {
        let has = |page: usize, name: &Vec<u32>| self.cites[page].iter().any(|other| same_name(name, other));
        let is_firm = |cite: &Cite| {
            matches!(cite.kind, CiteKind::Outlet | CiteKind::Agency | CiteKind::Site | CiteKind::Document)
        };
        let rests = |page: usize, on: usize| {
            let cites = &self.pages[page].cites;
            // A speaker credited before may be heard by each; an outlet or a document is one.
            let at = cites.iter().position(is_firm).unwrap_or_default();
            let first = cites.get(at)?;
            // Who hears people without a name reports by itself.
            let is_heard = is_firm(first) || self.pages[page].unnamed.is_empty();
            (is_heard && has(on, &self.cites[page][at])).then(|| (first.name.as_str(), is_firm(first)))
        };
        rests(a, b).or_else(|| rests(b, a))
    }

    /// A person or body whom a page credits or quotes by name and whom none of the pages above it names, where it speaks of
    /// doubt more than they.
    pub(super) fn answer(&self, page: usize, above: &BTreeSet<usize>) -> Option<Answer<'d>> {
        let digest = self.pages[page];
        if above.iter().any(|&other| self.pages[other].manner.doubts >= digest.manner.doubts) {
            return None;
        }
        let is_credited = |cite: &&Cite| matches!(cite.kind, CiteKind::Person | CiteKind::Organisation);
        let credited = digest.cites.iter().filter(is_credited).map(|cite| cite.name.as_str());
        let is_name = |name: &&str| {
            name.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count() > 1
        };
        let quoted =
            digest.quotations.iter().filter_map(|quotation| quotation.speaker.as_deref()).filter(is_name);
        let is_known = |words: &[u32]| {
            let names = |other: usize| words.iter().all(|word| self.details[other].contains(word));
            above.iter().any(|&other| names(other))
        };
        let mut answers =
            credited.chain(quoted).map(|name_of| Answer { name: name_of, words: name(name_of) });
        answers.find(|answer| !answer.words.is_empty() && !is_known(&answer.words))
    }

    /// Pages with one text.
    pub(super) fn equal_texts(&self) -> Vec<Vec<usize>> {
        let mut texts: BTreeMap<Vec<(u32, usize)>, Vec<usize>> = BTreeMap::new();
        for (page, digest) in self.pages.iter().enumerate().filter(|(_, digest)| !digest.words.is_empty()) {
            texts.entry(digest.as_written().collect()).or_default().push(page);
        }
        let mut equal: Vec<Vec<usize>> = texts.into_values().filter(|pages| pages.len() > 1).collect();
        equal.sort_unstable();
        equal
    }
}

/// Somebody who answers what others report.
pub(super) struct Answer<'d> {
    pub(super) name: &'d str,
    words: Vec<u32>,
}

impl Answer<'_> {
    /// Whether two are one, by their names.
    pub(super) fn is_one(&self, other: &Answer) -> bool {
        same_name(&self.words, &other.words)
    }
}

/// The outlets that a page credits, by the words of their names, and where the words around each credit stand.
fn credited(page: &Digest) -> Vec<(Vec<u32>, Range<usize>)> {
    let is_outlet = |cite: &&Cite| matches!(cite.kind, CiteKind::Outlet | CiteKind::Agency | CiteKind::Site);
    let around = |cite: &Cite| {
        let start = page.words.partition_point(|word| word.span.end() <= cite.span.start());
        let end = page.words.partition_point(|word| word.span.start() < cite.span.end());
        (name(&cite.name), start.saturating_sub(AROUND)..(end + AROUND).min(page.words.len()))
    };
    page.cites.iter().filter(is_outlet).map(around).collect()
}

/// Where a page names an outlet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    span: Span,
    /// Whether it is said to have reported: `X first reported`, `as reported by X`, `according to X`.
    reports: bool,
}

/// Of each page, the pages whose outlets it names, itself among them.
fn named(pages: &[&Digest]) -> Vec<BTreeMap<usize, Named>> {
    let hashes = |words: &[&str]| {
        let mut hashes = Vec::new();
        words.iter().for_each(|word| super::terms::parts(word, |hash| hashes.push(hash)));
        hashes
    };
    let (after, before) = (hashes(AFTER), hashes(BEFORE));
    let mut outlets: HashMap<u32, Vec<(usize, Vec<u32>)>> = HashMap::new();
    for (page, digest) in pages.iter().enumerate() {
        let words = digest.likely.as_deref().map(all_words).unwrap_or_default();
        if let Some(&first) = words.first() {
            outlets.entry(first).or_default().push((page, words));
        }
    }
    let of_page = |digest: &&Digest| {
        let mut named = BTreeMap::new();
        for at in 0..digest.words.len() {
            for (page, outlet) in outlets.get(&digest.words[at].hash).into_iter().flatten() {
                let Some(words) = digest.words.get(at..at + outlet.len()) else { continue };
                let is_same = words.iter().zip(outlet).all(|(word, &name)| word.hash == name);
                if is_same && words.iter().any(|word| word.is_detail) {
                    let word = |at: usize| digest.words.get(at).map_or(0, |word| word.hash);
                    // An article may stand between.
                    let led = (1..=2).any(|back| at >= back && before.contains(&word(at - back)));
                    let reports = led || after.contains(&word(at + outlet.len()));
                    let span = words[0].span.hull(words[words.len() - 1].span);
                    let known = named.entry(*page).or_insert(Named { span, reports });
                    if reports && !known.reports {
                        *known = Named { span, reports };
                    }
                }
            }
        }
        named
    };
    pages.iter().map(of_page).collect()
}

/// Words after and before an outlet's name that make it the source.
const AFTER: &[&str] = &["reported", "reports", "first", "writes", "wrote", "revealed"];
const BEFORE: &[&str] = &["by", "according", "via", "citing", "cited"];

/// The words of a name without an article.
fn all_words(name: &str) -> Vec<u32> {
    let mut hashes = Vec::new();
    let words = name.split_whitespace().skip_while(|word| word.eq_ignore_ascii_case("the"));
    words.for_each(|word| super::terms::parts(word, |hash| hashes.push(hash)));
    hashes
}

/// The words of a name that tell it.
fn name(name: &str) -> Vec<u32> {
    let is_telling =
        |word: &&str| !matches!(*word, "the" | "com" | "co" | "uk" | "www" | "news" | "org" | "net");
    let lower = name.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let telling: Vec<&str> = words.iter().copied().filter(is_telling).collect();
    let kept = if telling.is_empty() { words } else { telling };
    let mut hashes = Vec::new();
    kept.iter().for_each(|word| super::terms::parts(word, |hash| hashes.push(hash)));
    hashes
}

/// Whether one of two names holds the words of the other: "the Mail", "Daily Mail".
pub(super) fn same_name(a: &[u32], b: &[u32]) -> bool {
    let holds = |a: &[u32], b: &[u32]| a.iter().all(|word| b.contains(word));
    !a.is_empty() && !b.is_empty() && (holds(a, b) || holds(b, a))
}

/// Of pages in order, those around one.
fn near(pages: &[usize], page: usize) -> &[usize] {
    let at = pages.partition_point(|&other| other < page);
    &pages[at.saturating_sub(CROWD)..(at + CROWD).min(pages.len())]
}

/// In a story of more pages, not all pairs are compared;
const SMALL: usize = 48;
/// of three words in a row, one in so many is looked up,
const SAMPLED: u64 = 8;
/// in so many pages before and after,
const CROWD: usize = 64;
/// and each page is compared with so many that share most.
const COMPARED: usize = 24;
/// So many words before and after a credit may be what is credited.
const AROUND: usize = 40;
