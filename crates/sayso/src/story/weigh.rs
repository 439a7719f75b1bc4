//! How much each word of a page tells of it: by how few pages have the word, here and in general.

use super::{
    background,
    holdings::{Holdings, Page},
    sketch,
};

/// Weights of the words of a page, of length one together.
pub(super) struct Vector {
    /// One for each word of its sketch, as codes of [`sketch::value`]; 0 where no other page has the word.
    pub(super) codes: Box<[u8]>,
    /// The square of what the words that no other page has would weigh.
    alone: f64,
}

/// What is known of a word of an archive.
pub(super) struct Word {
    /// In how many pages it is.
    count: u32,
    rarity: f64,
}

/// What is known of each word of an archive, by its number.
pub(super) fn words(holdings: &Holdings) -> Vec<Word> {
    let all = holdings.len() as f64 + GENERAL;
    let word = |(hash, count): (u32, u32)| {
        let rarity = libm::log(all / (f64::from(count) + GENERAL * background::share(hash) + 0.5));
        Word { count, rarity }
    };
    holdings.words().map(word).collect()
}

/// Weighs the words of a page.
pub(super) fn global(page: Page, known: &[Word]) -> Vector {
    let weighted = page.words.iter().zip(page.weights);
    let words: Vec<(f64, &Word)> =
        weighted.map(|(&word, &weight)| (f64::from(sketch::value(weight)), &known[word as usize])).collect();
    // A page of which most of the archive are copies has no other words than these.
    let is_common = words.iter().all(|(_, word)| word.rarity < COMMON);
    let least = if is_common { 0.0 } else { COMMON };
    let weight = |&(much, word): &(f64, &Word)| match word.count {
        _ if word.rarity < least => (0.0, 0.0),
        0..=1 => (0.0, much * word.rarity),
        _ => (much * word.rarity, 0.0),
    };
    let (shared, alone): (Vec<f64>, Vec<f64>) = words.iter().map(weight).unzip();
    scaled(&shared, squares(&alone))
}

/// Weighs a page's words again: less, the more of its `neighbours` have them.
pub(super) fn local(vector: &Vector, counts: &[u16], neighbours: usize) -> Vector {
    let all = libm::log(neighbours as f64 + 1.0);
    let rarity = |count: u16| {
        libm::pow((1.0 - libm::log(f64::from(count) + 1.0) / all).max(0.0), NEAR).max(f64::MIN_POSITIVE)
    };
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
