//! Candidates: of each page, the pages that it may derive from, with what speaks for each, seen beside the others.
//!
//! That a page has more of the words than any other says more than how many it has. Credits say more where the outlets of
//! both pages are known. And a page that derives from a third is less likely to be what others derive from: so candidates
//! are weighed twice, the second time with what the first says of each.

use std::collections::HashMap;

use super::{
    pair::{Pair, Shares},
    scene::Scene,
    sign::{SIGNS, place},
};

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
    /// Whether it shows which of two equal texts was first: by a credit, a link or the time.
    pub(super) fn shows_the_way(&self) -> bool {
        NAMED.iter().chain(&[LATER]).any(|&sign| self.signs[sign] > 0.0)
    }

    /// Whether the page credits or links to it, or credits what may be it, or quotes a passage of it.
    pub(super) fn is_shown(&self) -> bool {
        let counts = SHOWN.iter().map(|&sign| libm::expm1(self.signs[sign]));
        NAMED.iter().any(|&sign| self.signs[sign] > 0.0) || counts.fold(0.0, f64::max) >= QUOTED
    }
}

/// The names of the signs.
pub fn sign_names() -> Vec<String> {
    let plain = SIGNS.iter().map(|sign| sign.name.to_owned());
    let beside = beside().map(|sign| format!("{}, beside the others", SIGNS[sign].name));
    let known = known().map(|sign| format!("{}, where both outlets are known", SIGNS[sign].name));
    plain.chain(beside).chain(known).chain([DERIVES.to_owned()]).collect()
}

/// The measures that say more beside those of the other candidates.
fn beside() -> impl Iterator<Item = usize> {
    (0..SIGNS.len()).filter(|&sign| SIGNS[sign].is_beside)
}

/// The measures that say more where both outlets are known.
fn known() -> impl Iterator<Item = usize> {
    (0..SIGNS.len()).filter(|&sign| SIGNS[sign].is_known)
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
        for (sign, at) in beside().zip(SIGNS.len()..) {
            let values: Vec<f64> = self.candidates.iter().map(|candidate| candidate.signs[sign]).collect();
            let (first, most, second) = two_highest(&values);
            for (number, candidate) in self.candidates.iter_mut().enumerate() {
                candidate.signs[at] = values[number] - if number == first { second } else { most };
            }
        }
        for Candidate { signs, .. } in &mut self.candidates {
            let is_known = OUTLETS.iter().map(|&sign| signs[sign]).product::<f64>();
            for (sign, at) in known().zip(ALL - 1 - KNOWN..) {
                signs[at] = signs[sign] * is_known;
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

const OUTLETS: [usize; 2] = [place("its outlet is known"), place("own outlet is known")];

/// Signs that show a parent by themselves.
const NAMED: [usize; 2] = [place("credits it"), place("links to it")];
const LATER: usize = place("later");
/// Counts of words, by their logarithms, that show a credit or a quotation from so many on.
const SHOWN: [usize; 2] =
    [place("a passage that the page quotes of it"), place("words credited to an outlet that it may be of")];
const QUOTED: f64 = 8.0;

/// The sign that the first weighing gives.
const DERIVES: &str = "it derives from a third";

/// How many signs there are of each sort, and of all.
const BESIDE: usize = count(true, false);
const KNOWN: usize = count(false, true);
const ALL: usize = SIGNS.len() + BESIDE + KNOWN + 1;

const fn count(beside: bool, known: bool) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < SIGNS.len() {
        count += (beside && SIGNS[at].is_beside || known && SIGNS[at].is_known) as usize;
        at += 1;
    }
    count
}

/// Greater log-odds say no more.
const LARGEST: f64 = 30.0;
