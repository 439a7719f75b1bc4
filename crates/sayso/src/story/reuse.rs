//! Text reuse: words that two pages have in the same order, as local text reuse is found (Smith, Cordell & Mullen 2015).
//!
//! Runs are seeded by three words in a row and grow as far as the pages agree. Runs that follow one another on both pages,
//! with few other words between, are one passage: what lies between them was changed. A short run that stands alone is
//! chance.

use std::{collections::HashMap, ops::Range};

use super::digest::Word;

/// Where the words of a page stand, by three in a row.
pub(super) struct Index(HashMap<u64, Vec<u32>>);

impl Index {
    pub(super) fn of(words: &[Word]) -> Index {
        let mut index: HashMap<u64, Vec<u32>> = HashMap::new();
        for (at, gram) in grams(words).enumerate() {
            let places = index.entry(gram).or_default();
            if places.len() < REPEATED {
                places.push(at as u32);
            }
        }
        Index(index)
    }

    /// Each three words in a row that the page has, by hash.
    pub(super) fn grams(&self) -> impl Iterator<Item = u64> {
        self.0.keys().copied()
    }

    pub(super) fn has(&self, gram: u64) -> bool {
        self.0.contains_key(&gram)
    }

    fn places(&self, gram: u64) -> &[u32] {
        self.0.get(&gram).map_or(&[], Vec::as_slice)
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
        let best = places.iter().map(|&place| {
            let place = place as usize;
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
