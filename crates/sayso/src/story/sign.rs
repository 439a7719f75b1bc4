//! Signs of derivation: what speaks for or against the text of one page having come from another.
//!
//! Each sign is a number. Their weights are trained (`models/derive.tsv`); the weighted sum is the log-odds of derivation
//! against neither text having come from the other.

use std::ops::Range;

use super::{
    Digest,
    lineage::{Evidence, Sign},
    pair::{Pair, Shares},
    scene::{Scene, same_name},
};

impl Scene<'_> {
    /// Whether a page credits as its source an outlet that another says it told something, as that outlet itself writes.
    fn credits_teller(&self, child: usize, parent: usize) -> bool {
        let of = |page: usize, is_told: bool| {
            let cites = self.pages[page].cites.iter().zip(&self.cites[page]);
            cites.filter(move |(cite, _)| cite.is_told == is_told).map(|(_, name)| name)
        };
        of(child, false).any(|name| of(parent, true).any(|told| same_name(name, told)))
    }

    /// Whether two pages both credit a third one that is here.
    fn share_a_credit(&self, child: usize, other: usize) -> bool {
        self.credits[child].keys().any(|&page| page != other && self.credits[other].contains_key(&page))
    }

    /// Whether the credit that a page has of another also stands on a third that has more of its words.
    fn is_handed_on(&self, child: usize, parent: usize, shares: &Shares) -> bool {
        let share = shares.of(child, parent);
        self.credit(child, parent) > 0
            && (0..self.pages.len()).any(|other| {
                other != child && self.credit(other, parent) > 0 && shares.of(child, other) > share
            })
    }

    /// How much more of the signs of derivation there is; see [`SIGNS`].
    pub(super) fn signs(&self, pair: &Pair, shares: &Shares, b_is_child: bool) -> [f64; SIGNS.len()] {
        let (c, p) = if b_is_child { (1, 0) } else { (0, 1) };
        let pages = [pair.a, pair.b];
        let (child, parent) = (pages[c], pages[p]);
        let words = pages.map(|page| self.pages[page].words.len().max(1) as f64);
        let share = [0, 1].map(|side| pair.shared[side] as f64 / words[side]);
        let (credit, credited) = (self.credit(child, parent), self.credit(parent, child));
        let is = |yes: bool| f64::from(u8::from(yes));
        let sides = [child, parent]
            .map(|page| self.thirds(page, if page == child { parent } else { child }).collect::<Vec<_>>());
        let has = |names: &[&Vec<u32>], name: &Vec<u32>| names.iter().any(|other| same_name(other, name));
        let common = sides[0].iter().filter(|name| has(&sides[1], name)).count();
        let only = [0, 1].map(|side| {
            let names = sides[side].iter().filter(|name| !has(&sides[1 - side], name));
            names.count() as f64
        });
        let times = [child, parent].map(|page| (self.pages[page].day, self.pages[page].until));
        let later = match times {
            [(Some(from), Some(until)), (Some(other_from), Some(other_until))] => {
                if other_until <= from && other_from < from {
                    1.0
                } else if until <= other_from && from < other_from {
                    -1.0
                } else {
                    0.0
                }
            }
            _ => 0.0,
        };
        let detail = self.detail(child, parent);
        let [lacks, longest_lack] = self.lacks(child, parent);
        let prose = pair.prose as f64 / words[0].min(words[1]);
        let others = shares.of_others(child, parent);
        let log = |count: f64| libm::log1p(count);
        let more = |count: &dyn Fn(&Digest) -> usize| {
            log(count(self.pages[child]) as f64) - log(count(self.pages[parent]) as f64)
        };
        [
            1.0,
            is(credit == 2),
            is(credit == 1),
            is(credited == 2),
            is(credited == 1),
            is(self.credits_teller(child, parent)),
            is(self.credits_teller(parent, child)),
            is(only[1] == 0.0 && common == 0 && only[0] > 0.0),
            is(only[0] == 0.0 && common == 0 && only[1] > 0.0),
            is(self.is_handed_on(child, parent, shares)),
            is(self.share_a_credit(child, parent)),
            is(self.links(child, parent)),
            is(self.links(parent, child)),
            is(common > 0 && credit < 2 && credited < 2),
            is(common > 0),
            log(only[0]),
            log(only[1]),
            is(only[0] > only[1]) - is(only[1] > only[0]),
            is(!self.outlets[parent].is_empty()),
            is(!self.outlets[child].is_empty()),
            is(self.names_itself(parent)),
            is(self.names_itself(child)),
            is(self.outlets[child] == self.outlets[parent] && !self.outlets[child].is_empty()),
            later,
            libm::sqrt(share[c]),
            libm::sqrt(share[p]),
            share[c] - share[p],
            libm::sqrt(prose),
            log(pair.longest as f64),
            is(pair.prose < 12),
            libm::sqrt(share[c]) - libm::sqrt(others),
            is(share[c] >= others),
            libm::log((words[c] * (1.0 - others) + 3.0) / (words[c] * (1.0 - share[c]) + 3.0)),
            if self.pages.len() > 2 { log(f64::from(pair.private)) } else { 0.0 },
            if self.pages.len() > 2 { f64::from(pair.private) / pair.shared[1].max(1) as f64 } else { 0.0 },
            libm::log(words[p] / words[c]),
            log(f64::from(pair.votes[p])),
            log(f64::from(pair.votes[c])),
            log(lacks),
            log(longest_lack),
            log(f64::from(pair.private_run)),
            pair.rarity[c] - pair.rarity[p],
            log(f64::from(pair.marked[c])) - log(f64::from(pair.marked[p])),
            log(f64::from(pair.marked_run[c])),
            log(f64::from(pair.marked_run[p])),
            log(self.credited_words(pair, child, parent) as f64),
            log(self.credited_words(pair, parent, child) as f64),
            detail[0],
            detail[1],
            more(&|page| page.manner.doubts as usize),
            more(&|page| page.manner.hedges as usize),
            more(&|page| page.manner.reports as usize),
            more(&|page| page.quotations.len()),
        ]
    }

    /// How many of the words around one of its credits a page shares with another, which may be of the outlet that is
    /// credited there: it does not credit that itself.
    fn credited_words(&self, pair: &Pair, page: usize, other: usize) -> usize {
        let outlet = &self.outlets[other];
        let may_be = |name: &Vec<u32>| {
            let cites = self.pages[other].cites.iter().zip(&self.cites[other]);
            let credits = cites.filter(|(cite, _)| !cite.is_told).any(|(_, cited)| same_name(cited, name));
            !credits
                && !same_name(name, &self.outlets[page])
                && (outlet.is_empty() || same_name(name, outlet))
        };
        let shared = |around: &Range<usize>| -> usize {
            let both = pair.runs_of(page).map(|run| run.start.max(around.start)..run.end.min(around.end));
            both.map(|both| both.len()).sum()
        };
        let credits = self.credited[page].iter().filter(|(name, _)| may_be(name));
        credits.map(|(_, around)| shared(around)).max().unwrap_or_default()
    }

    /// How many three words in a row a page has with further pages that a parent lacks, and the longest run of them.
    fn lacks(&self, child: usize, parent: usize) -> [f64; 2] {
        let has = &self.indexes[parent];
        let (mut all, mut longest, mut in_a_row) = (0, 0, 0);
        for gram in &self.spread_of[child] {
            let lacks = gram.is_some_and(|gram| !has.has(gram));
            all += u32::from(lacks);
            in_a_row = if lacks { in_a_row + 1 } else { 0 };
            longest = longest.max(in_a_row);
        }
        [f64::from(all), f64::from(longest)]
    }

    /// What speaks for a page deriving from the other of a pair, the strongest first.
    pub(super) fn evidence(&self, pair: &Pair, child: usize) -> Vec<Evidence> {
        let parent = if child == pair.a { pair.b } else { pair.a };
        let (c, p) = if child == pair.b { (1, 0) } else { (0, 1) };
        let mut evidence = Vec::new();
        let mut add = |sign, child, parent| evidence.push(Evidence { sign, child, parent });
        if let Some(&(_, span)) = self.credits[child].get(&parent) {
            // By the name that the page gives it: which outlet the other is of may be a guess.
            let cite = self.pages[child].cites.iter().find(|cite| cite.span == span);
            let name = cite.map(|cite| &cite.name).or(self.pages[parent].likely.as_ref());
            let name = name.cloned().unwrap_or_default();
            let is_shown = self.pages[parent].outlet.is_some();
            add(if is_shown { Sign::Credit(name) } else { Sign::MayCredit(name) }, Some(span), None);
        }
        if self.links(child, parent) {
            add(Sign::Link, None, None);
        }
        if let Some(longest) = pair.runs.iter().max_by_key(|run| (run.len, std::cmp::Reverse(run.b))) {
            let span = |page: usize, words: Range<usize>| {
                let words = &self.pages[page].words[words];
                words[0].span.hull(words[words.len() - 1].span)
            };
            let [in_a, in_b] = [span(pair.a, longest.in_a()), span(pair.b, longest.in_b())];
            let [of, there] = if c == 1 { [in_b, in_a] } else { [in_a, in_b] };
            let of_words = self.pages[child].words.len() as u32;
            add(Sign::SharedText { words: pair.shared[c] as u32, of: of_words }, Some(of), Some(there));
        }
        let more = self.thirds(child, parent).count().saturating_sub(self.thirds(parent, child).count());
        if more > 0 {
            add(Sign::MoreCredits(more as u32), None, None);
        }
        if let Some(minutes) = self.minutes_later(child, parent) {
            add(Sign::Later(minutes), None, None);
        }
        if pair.votes[p] > pair.votes[c] {
            add(Sign::DiffersAlone(pair.votes[p] - pair.votes[c]), None, None);
        }
        evidence
    }

    /// How much later a page was published than another, if it was: whole days where its hour is not known.
    fn minutes_later(&self, child: usize, parent: usize) -> Option<u32> {
        let [child, parent] = [child, parent].map(|page| self.pages[page]);
        let later = child.day? - parent.until?;
        let later = if child.until == child.day { later } else { later.floor() };
        (later > 0.0).then(|| (later * 1440.0).round() as u32)
    }

    /// Shares of the names and figures of either page that the other lacks.
    fn detail(&self, child: usize, parent: usize) -> [f64; 2] {
        let lacks = |of: usize, other: usize| {
            let details = &self.details[of];
            let lacking = details.iter().filter(|detail| !self.details[other].contains(detail)).count();
            lacking as f64 / details.len().max(1) as f64
        };
        [lacks(child, parent), lacks(parent, child)]
    }
}

/// What is measured of a candidate for a parent, and how else it is looked at.
pub(super) struct Measure {
    /// Its name.
    pub(super) name: &'static str,
    /// Whether it says more beside that of the other candidates.
    pub(super) is_beside: bool,
    /// Whether it says more where the outlets of both pages are known.
    pub(super) is_known: bool,
}

impl Measure {
    const fn plain(name: &'static str) -> Measure {
        Measure { name, is_beside: false, is_known: false }
    }

    const fn beside(name: &'static str) -> Measure {
        Measure { is_beside: true, ..Measure::plain(name) }
    }

    const fn known(name: &'static str) -> Measure {
        Measure { is_known: true, ..Measure::plain(name) }
    }

    const fn both(name: &'static str) -> Measure {
        Measure { name, is_beside: true, is_known: true }
    }
}

/// The measures, in the order in which [`Scene::signs`] gives them.
pub(super) const SIGNS: [Measure; 53] = [
    Measure::known("any"),
    Measure::both("credits it"),
    Measure::both("names it"),
    Measure::known("is credited by it"),
    Measure::known("is named by it"),
    Measure::plain("credits whom it has as told"),
    Measure::plain("has as told whom it credits"),
    Measure::known("credits outlets, and it none"),
    Measure::known("credits no outlet, and it some"),
    Measure::plain("credits it as a closer page does"),
    Measure::plain("credits a page here that it credits"),
    Measure::plain("links to it"),
    Measure::plain("is linked by it"),
    Measure::known("both credit a third"),
    Measure::plain("both credit a third, or one of the two"),
    Measure::known("credits that it lacks"),
    Measure::known("credits that it alone has"),
    Measure::both("more credits"),
    Measure::plain("its outlet is known"),
    Measure::plain("own outlet is known"),
    Measure::known("it names itself"),
    Measure::known("the page names itself"),
    Measure::plain("one outlet"),
    Measure::both("later"),
    Measure::plain("share of own words"),
    Measure::plain("share of its words"),
    Measure::plain("more of own words"),
    Measure::beside("prose"),
    Measure::beside("longest run of prose"),
    Measure::plain("hardly any prose"),
    Measure::plain("more than any other page explains"),
    Measure::plain("no page explains more"),
    Measure::plain("leaves less unexplained than any other page"),
    Measure::beside("words that no further page has"),
    Measure::beside("share of words that no further page has"),
    Measure::beside("shorter"),
    Measure::beside("further pages agree with it"),
    Measure::beside("further pages agree with the page"),
    Measure::beside("lacks what the page has from elsewhere"),
    Measure::beside("lacks a passage that the page has from elsewhere"),
    Measure::beside("a passage that no further page has"),
    Measure::beside("rarer words"),
    Measure::plain("quotation marks added"),
    Measure::beside("a passage that the page quotes of it"),
    Measure::plain("a passage that it quotes of the page"),
    Measure::beside("words credited to an outlet that it may be of"),
    Measure::beside("words that it credits to an outlet that the page may be of"),
    Measure::beside("details that it lacks"),
    Measure::beside("details that it alone has"),
    Measure::known("more words of doubt"),
    Measure::known("more hedges"),
    Measure::known("more words of reporting"),
    Measure::known("more quotations"),
];

/// Which of the measures has a name.
pub(super) const fn place(name: &str) -> usize {
    let mut at = 0;
    while !is_same(SIGNS[at].name, name) {
        at += 1;
    }
    at
}

const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}
