//! Text reuse: words that two pages have in the same order, as local text reuse is found (Smith, Cordell & Mullen 2015).
//!
//! Runs are seeded by three words in a row and grow as far as the pages agree. Runs that follow one another on both pages,
//! with few other words between, are one passage: what lies between them was changed. A short run that stands alone is
//! chance.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    ops::Range,
};

use super::digest::Word;

/// Where the words of a page stand, by three in a row; in ascending order of their hashes.
pub(super) struct Index(Vec<(u64, u32)>);

impl Index {
    pub(super) fn of(words: &[Word]) -> Index {
        let mut places: Vec<(u64, u32)> = grams(words).zip(0..).collect();
        places.sort_unstable();
        Index(places)
    }

    /// Each three words in a row that the page has, by hash, once.
    pub(super) fn grams(&self) -> impl Iterator<Item = u64> {
        self.0.chunk_by(|a, b| a.0 == b.0).map(|places| places[0].0)
    }

    pub(super) fn has(&self, gram: u64) -> bool {
        self.0.binary_search_by_key(&gram, |place| place.0).is_ok()
    }

    /// The first places of a gram.
    fn places(&self, gram: u64) -> impl Iterator<Item = usize> {
        let start = self.0.partition_point(|place| place.0 < gram);
        let places = self.0[start..].iter().take_while(move |place| place.0 == gram);
        places.take(REPEATED).map(|place| place.1 as usize)
    }
}

/// A map by the hash of some words, which needs no other.
pub(super) type ByGram<T> = HashMap<u64, T, BuildHasherDefault<AsItIs>>;

/// The hash of a hash.
#[derive(Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.0 = self.0.rotate_left(8) ^ u64::from(byte));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// The hashes of all three words in a row.
pub(super) fn grams(words: &[Word]) -> impl Iterator<Item = u64> {
    words.windows(SEED).map(gram)
}

/// The hash of some words.
pub(super) fn gram(words: &[Word]) -> u64 {
    words.iter().fold(0xcbf2_9ce4_8422_2325, |hash, word| {
        (hash ^ u64::from(word.hash)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(29)
    })
}

/// Words that two pages share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Where it begins on either page, in words.
    pub(super) a: usize,
    pub(super) b: usize,
    /// How many words.
    pub(super) len: usize,
    /// Whether it goes on from the run before, with other words between.
    pub(super) goes_on: bool,
}

impl Run {
    pub(super) fn in_a(self) -> Range<usize> {
        self.a..self.a + self.len
    }

    pub(super) fn in_b(self) -> Range<usize> {
        self.b..self.b + self.len
    }
}

/// What two pages share, in the order of `b`; no word of `b` is in two runs.
pub(super) fn runs(a: &[Word], index: &Index, b: &[Word]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while at + SEED <= b.len() {
        let places = index.places(gram(&b[at..at + SEED]));
        let expected = runs.last().map(|run| (run.a + run.len, run.b + run.len));
        let best = places.map(|place| {
            let len = common(&a[place..], &b[at..]);
            let goes_on = expected.is_some_and(|(a, b)| place >= a && place - a <= GAP && at - b <= GAP);
            (len + if goes_on { NEAR } else { 0 }, len, place, goes_on)
        });
        match best.max_by_key(|&(worth, _, place, _)| (worth, std::cmp::Reverse(place))) {
            Some((_, len, place, goes_on)) => {
                runs.push(Run { a: place, b: at, len, goes_on });
                at += len;
            }
            None => at += 1,
        }
    }
    without_chance(runs)
}

/// Leaves out short runs that stand alone.
fn without_chance(runs: Vec<Run>) -> Vec<Run> {
    let mut kept = Vec::new();
    for passage in runs.chunk_by(|_, next| next.goes_on) {
        let words: usize = passage.iter().map(|run| run.len).sum();
        if words >= ALONE {
            kept.extend_from_slice(passage);
        }
    }
    kept
}

fn common(a: &[Word], b: &[Word]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a.hash == b.hash).count()
}

/// Words in a row that begin a run.
const SEED: usize = 3;
/// So many places of a gram are looked at.
const REPEATED: usize = 4;
/// So many other words may lie between runs of one passage, on either page.
const GAP: usize = 8;
/// What it is worth, in words, that a run goes on where the one before it ended.
const NEAR: usize = 6;
/// A passage of fewer shared words is chance.
const ALONE: usize = 6;
