//! In what share of articles a word occurs, whatever they are about: so that a few pages tell rare words from common ones.

use std::sync::LazyLock;

use sayso_model::format::{self, Model};

/// The share of articles that have a word; 0 of a rare one.
pub(super) fn share(word: u32) -> f64 {
    let Ok(at) = TABLE.words.binary_search_by_key(&word, |&word| u32::from_le_bytes(word)) else {
        return 0.0;
    };
    f64::from(u16::from_le_bytes(TABLE.shares[at])) / f64::from(u16::MAX)
}

/// How rare a word is in general: the logarithm of how many articles it takes to meet it.
pub(super) fn rarity(word: u32) -> f64 {
    -libm::log(share(word).max(RARE))
}

/// Words that fewer articles have are as rare as these.
const RARE: f64 = 0.000_5;

/// A model file of words with the share of articles that have each.
pub fn encode(shares: &[(u32, f64)]) -> Vec<u8> {
    let mut shares = shares.to_vec();
    shares.sort_unstable_by_key(|&(word, _)| word);
    let words: Vec<u8> = shares.iter().flat_map(|(word, _)| word.to_le_bytes()).collect();
    let parts = shares.iter().map(|(_, share)| (share * f64::from(u16::MAX)).round() as u16);
    let parts: Vec<u8> = parts.flat_map(u16::to_le_bytes).collect();
    format::write(&[("words", &words), ("shares", &parts)])
}

struct Table {
    words: &'static [[u8; 4]],
    shares: &'static [[u8; 2]],
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let model = Model::open(sayso_data::WORD_SHARES).expect("the models that are built in are whole");
    let section = |name| model.section(name).expect("the models that are built in are whole");
    Table { words: section("words").as_chunks().0, shares: section("shares").as_chunks().0 }
});
