//! How much each word of a page tells of it: by how few pages have the word, here and in general.

use std::collections::HashMap;

use super::{
    background,
    sketch::{self, Sketch},
};

/// Weights of the words of a page, of length one together.
pub(super) struct Vector {
    /// One for each word of its sketch, as codes of [`sketch::value`]; 0 where no other page has the word.
    pub(super) codes: Box<[u8]>,
    /// The square of what the words that no other page has would weigh.
    alone: f64,
}

/// In how many pages each word is.
pub(super) type Counts = HashMap<u32, u32>;

/// Counts the words of one more page.
pub(super) fn count(sketch: &Sketch, counts: &mut Counts) {
    sketch.terms().iter().for_each(|&term| *counts.entry(term).or_default() += 1);
}

/// Weighs the words of a page of an archive of so many pages.
pub(super) fn global(sketch: &Sketch, pages: usize, counts: &Counts) -> Vector {
    let all = pages as f64 + GENERAL;
    let rare = |(term, much): (u32, f64)| {
        let count = counts.get(&term).copied().unwrap_or(1);
        let rarity = libm::log(all / (f64::from(count) + GENERAL * background::share(term) + 0.5));
        (much, count, rarity)
    };
    let words: Vec<(f64, u32, f64)> = sketch.weighted().map(rare).collect();
    // A page of which most of the archive are copies has no other words than these.
    let is_common = words.iter().all(|&(.., rarity)| rarity < COMMON);
    let least = if is_common { 0.0 } else { COMMON };
    let weight = |&(much, count, rarity): &(f64, u32, f64)| match count {
        _ if rarity < least => (0.0, 0.0),
        0..=1 => (0.0, much * rarity),
        _ => (much * rarity, 0.0),
    };
    let (shared, alone): (Vec<f64>, Vec<f64>) = words.iter().map(weight).unzip();
    scaled(&shared, squares(&alone))
}

/// Weighs a page's words again: less, the more of its `neighbours` have them.
pub(super) fn local(vector: &Vector, counts: &[u16], neighbours: usize) -> Vector {
    let all = libm::log(neighbours as f64 + 1.0);
    let rarity =
        |count: u16| libm::pow(1.0 - libm::log(f64::from(count) + 1.0) / all, NEAR).max(f64::MIN_POSITIVE);
    let weights = vector.codes.iter().zip(counts);
    let weights: Vec<f64> =
        weights.map(|(&code, &count)| f64::from(sketch::value(code)) * rarity(count)).collect();
    scaled(&weights, vector.alone)
}

/// Scales to length one; `alone` is the square of the length of what is not there.
fn scaled(weights: &[f64], alone: f64) -> Vector {
    let square = squares(weights) + alone;
    let length = square.sqrt().max(f64::MIN_POSITIVE);
    let codes = weights.iter().map(|weight| sketch::code(weight / length)).collect();
    Vector { codes, alone: alone / square.max(f64::MIN_POSITIVE) }
}

fn squares(weights: &[f64]) -> f64 {
    weights.iter().map(|weight| weight * weight).sum()
}

/// General experience of words counts as so many pages.
const GENERAL: f64 = 3000.0;
/// Words less rare than this are left out where a page has others.
const COMMON: f64 = 0.7;
/// How much a word loses that the pages around have.
const NEAR: f64 = 0.7;
