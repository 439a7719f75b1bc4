//! What is kept of a page to find its story: the words that tell most of it, and its day, in about a kilobyte.

use std::sync::LazyLock;

use super::{background, terms};

/// The words that tell most of a page, each with how much it is about it, and when it was published.
///
/// Five bytes a word: a million pages are some 700 MB.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch {
    /// Hashes, ascending.
    terms: Box<[u32]>,
    /// How much there is of each, as codes of [`value`].
    weights: Box<[u8]>,
    /// Days since 1970; not a number where unknown.
    day: f32,
}

impl Sketch {
    /// The sketch of a page of these words ([`words`](super::words)), published on this day since 1970.
    pub fn of(words: &[u32], day: Option<f64>) -> Sketch {
        let telling = |(word, much)| (word, much, much * background::rarity(word));
        let mut terms: Vec<(u32, f64, f64)> = terms::terms(words).into_iter().map(telling).collect();
        terms.sort_unstable_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        terms.truncate(MOST);
        terms.sort_unstable_by_key(|&(word, ..)| word);
        Sketch {
            terms: terms.iter().map(|&(word, ..)| word).collect(),
            weights: terms.iter().map(|&(_, much, _)| code(much / LONGEST)).collect(),
            day: day.filter(|day| day.is_finite()).map_or(f32::NAN, |day| day as f32),
        }
    }

    /// When the page was published, in days since 1970, to some minutes.
    pub fn day(&self) -> Option<f64> {
        (!self.day.is_nan()).then_some(self.day.into())
    }

    /// Hashes of words, ascending.
    pub(super) fn terms(&self) -> &[u32] {
        &self.terms
    }

    /// How much there is of each word, as codes of [`value`].
    pub(super) fn weights(&self) -> &[u8] {
        &self.weights
    }
}

/// A weight of at most 1 in a byte: even steps of its logarithm, 0 for nothing.
pub(super) fn code(weight: f64) -> u8 {
    if weight < LEAST {
        return 0;
    }
    (1.0 + libm::round(libm::log(weight / LEAST) / STEP)).min(255.0) as u8
}

/// The weight of a code.
pub(super) fn value(code: u8) -> f32 {
    VALUES[usize::from(code)]
}

/// The weight of each code.
pub(super) fn values() -> &'static [f32; 256] {
    &VALUES
}

static VALUES: LazyLock<[f32; 256]> = LazyLock::new(|| {
    std::array::from_fn(|code| match code {
        0 => 0.0,
        _ => (LEAST * libm::exp((code as f64 - 1.0) * STEP)) as f32,
    })
});

/// So many words of a page are kept.
pub(super) const MOST: usize = 150;
/// More than any page has of one word: 1 and the logarithm of 2,000.
const LONGEST: f64 = 8.7;
/// The least weight that has a code, and the step from one to the next: ln(1000) / 254.
const LEAST: f64 = 0.001;
const STEP: f64 = 0.027_196;
