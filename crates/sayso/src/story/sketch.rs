//! What a page is about, small enough that an archive of millions holds it in memory.

use super::{background, terms};

/// The words that tell most of a page, and when it was published.
#[derive(Clone, Debug)]
pub struct Sketch {
    /// Tells pages apart, and which of two equal ones comes first.
    pub id: Box<str>,
    /// Words by hash, in ascending order.
    pub(super) words: Box<[u32]>,
    /// How much the page is about each, in 4096ths.
    pub(super) weights: Box<[u16]>,
    /// When it was published, in days since 1970.
    pub(super) day: Option<f64>,
}

impl Sketch {
    /// The sketch of a page with these words, by hash in order, see [`words`](super::words).
    pub fn of(id: &str, words: &[u32], day: Option<f64>) -> Sketch {
        let mut terms = terms::terms(words);
        let telling = |&(word, much): &(u32, f32)| {
            f64::from(much) * libm::log(1.0 / (background::share(word) + RAREST))
        };
        terms.sort_by(|a, b| telling(b).total_cmp(&telling(a)).then(a.0.cmp(&b.0)));
        terms.truncate(KEPT);
        terms.sort_unstable_by_key(|&(word, _)| word);
        Sketch {
            id: id.into(),
            words: terms.iter().map(|&(word, _)| word).collect(),
            weights: terms.iter().map(|&(_, much)| (f64::from(much) * ONE).round() as u16).collect(),
            day,
        }
    }
}

/// One in a weight.
pub(super) const ONE: f64 = 4096.0;
/// So many words of a page are kept.
const KEPT: usize = 150;
/// The share of articles of a word that none of the background has.
const RAREST: f64 = 0.0005;
