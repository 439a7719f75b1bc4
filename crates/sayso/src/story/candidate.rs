//! Candidates: of each page, the pages that it may derive from, with what speaks for each, seen beside the others.
//!
//! That a page has more of the words than any other says more than how many it has. Credits say more where the outlets of
//! both pages are known. And a page that derives from a third is less likely to be what others derive from: so candidates
//! are weighed twice, the second time with what the first says of each.

use std::{collections::HashMap, sync::LazyLock};

use super::sign::{Pair, SIGNS, Scene, Shares};

/// What speaks for a candidate, in the order of [`sign_names`].
pub type Signs = [f64; ALL];

/// A page, and the pages that it may derive from.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The page.
    pub page: usize,
    /// In no order.
    pub candidates: Vec<Candidate>,
}

/// A page that another may derive from.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The page.
    pub page: usize,
    /// What speaks for it.
    pub signs: Signs,
    /// Which of the pairs of the story.
    pub(super) pair: usize,
}

impl Candidate {
    /// Whether the page credits or links to it, or credits what may be it, or quotes a passage of it.
    pub(super) fn is_shown(&self) -> bool {
        let counts = PLACES.shown.iter().map(|&sign| libm::expm1(self.signs[sign]));
        PLACES.named.iter().any(|&sign| self.signs[sign] > 0.0) || counts.fold(0.0, f64::max) >= QUOTED
    }
}

/// The names of the signs.
pub fn sign_names() -> Vec<String> {
    let plain = SIGNS.iter().map(|name| (*name).to_owned());
    let beside = BESIDE.iter().map(|name| format!("{name}, beside the others"));
    let known = KNOWN.iter().map(|name| format!("{name}, where both outlets are known"));
    plain.chain(beside).chain(known).chain([DERIVES.to_owned()]).collect()
}

/// The candidates of every page, by its place in the scene.
pub(super) fn choices(scene: &Scene, pairs: &[Pair], shares: &Shares) -> Vec<Choice> {
    let choice = |page| Choice { page, candidates: Vec::new() };
    let mut choices: Vec<Choice> = (0..scene.pages.len()).map(choice).collect();
    for (at, pair) in pairs.iter().enumerate() {
        for (page, other, b_is_child) in [(pair.b, pair.a, true), (pair.a, pair.b, false)] {
            let mut signs = [0.0; ALL];
            signs[..SIGNS.len()].copy_from_slice(&scene.signs(pair, shares, b_is_child));
            choices[page].candidates.push(Candidate { page: other, signs, pair: at });
        }
    }
    choices.iter_mut().for_each(Choice::compare);
    choices
}

impl Choice {
    /// Fills in the signs that hang on the other candidates, and on whether outlets are known.
    fn compare(&mut self) {
        for (at, &sign) in PLACES.beside.iter().enumerate() {
            let values: Vec<f64> = self.candidates.iter().map(|candidate| candidate.signs[sign]).collect();
            let (first, most, second) = two_highest(&values);
            for (number, candidate) in self.candidates.iter_mut().enumerate() {
                candidate.signs[SIGNS.len() + at] =
                    values[number] - if number == first { second } else { most };
            }
        }
        for Candidate { signs, .. } in &mut self.candidates {
            let is_known = PLACES.outlets.iter().map(|&sign| signs[sign]).product::<f64>();
            for (at, &sign) in PLACES.known.iter().enumerate() {
                signs[SIGNS.len() + BESIDE.len() + at] = signs[sign] * is_known;
            }
        }
    }
}

/// Where the highest stands, the highest and the second; 0 where there is none.
fn two_highest(values: &[f64]) -> (usize, f64, f64) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
    let value = |rank: usize| order.get(rank).map_or(0.0, |&at| values[at]);
    (order.first().copied().unwrap_or_default(), value(0), value(1))
}

/// Tells of every candidate how probable it is, by these weights, that it derives from a third page itself.
pub fn weigh_candidates(choices: &mut [Choice], weights: &Signs) {
    let odds = |choice: &Choice| -> HashMap<usize, f64> {
        choice
            .candidates
            .iter()
            .map(|other| (other.page, libm::exp(log_odds(weights, &other.signs))))
            .collect()
    };
    let odds: HashMap<usize, HashMap<usize, f64>> =
        choices.iter().map(|choice| (choice.page, odds(choice))).collect();
    for choice in choices {
        for candidate in &mut choice.candidates {
            let others = odds.get(&candidate.page);
            let of = |page: usize| others.and_then(|others| others.get(&page)).copied().unwrap_or_default();
            let all: f64 = others.map_or(0.0, |others| sum(others.values().copied()));
            let thirds = (all - of(choice.page)).max(0.0);
            candidate.signs[ALL - 1] = thirds / (1.0 + thirds);
        }
    }
}

/// A sum that does not hang on the order.
fn sum(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.into_iter().sum()
}

/// The log-odds of derivation.
pub(super) fn log_odds(weights: &Signs, signs: &Signs) -> f64 {
    let odds: f64 = weights.iter().zip(signs).map(|(weight, sign)| weight * sign).sum();
    odds.clamp(-LARGEST, LARGEST)
}

struct Places {
    beside: Vec<usize>,
    known: Vec<usize>,
    outlets: Vec<usize>,
    named: Vec<usize>,
    shown: Vec<usize>,
}

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let places =
        |names: &[&str]| names.iter().filter_map(|name| SIGNS.iter().position(|sign| sign == name)).collect();
    Places {
        beside: places(&BESIDE),
        known: places(&KNOWN),
        outlets: places(&OUTLETS),
        named: places(&NAMED),
        shown: places(&SHOWN),
    }
});

/// Signs that say more beside those of the other candidates.
const BESIDE: [&str; 20] = [
    "credits it",
    "names it",
    "more credits",
    "later",
    "prose",
    "longest run of prose",
    "words that no further page has",
    "share of words that no further page has",
    "shorter",
    "further pages agree with it",
    "further pages agree with the page",
    "lacks what the page has from elsewhere",
    "lacks a passage that the page has from elsewhere",
    "a passage that no further page has",
    "rarer words",
    "a passage that the page quotes of it",
    "words credited to an outlet that it may be of",
    "words that it credits to an outlet that the page may be of",
    "details that it lacks",
    "details that it alone has",
];

/// Signs that say more where both outlets are known.
const KNOWN: [&str; 14] = [
    "any",
    "credits it",
    "names it",
    "is credited by it",
    "is named by it",
    "credits outlets, and it none",
    "credits no outlet, and it some",
    "both credit a third",
    "credits that it lacks",
    "credits that it alone has",
    "more credits",
    "it names itself",
    "the page names itself",
    "later",
];

const OUTLETS: [&str; 2] = ["its outlet is known", "own outlet is known"];

/// Signs that show a parent by themselves.
const NAMED: [&str; 2] = ["credits it", "links to it"];
/// Counts of words, by their logarithms, that show a credit or a quotation from so many on.
const SHOWN: [&str; 2] =
    ["a passage that the page quotes of it", "words credited to an outlet that it may be of"];
const QUOTED: f64 = 8.0;

/// The sign that the first weighing gives.
const DERIVES: &str = "it derives from a third";

const ALL: usize = SIGNS.len() + BESIDE.len() + KNOWN.len() + 1;

/// Greater log-odds say no more.
const LARGEST: f64 = 30.0;
