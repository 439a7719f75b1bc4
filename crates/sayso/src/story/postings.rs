//! The pages that each word tells of, in order of time.
//!
//! A page knows where it stands among those of its words, so nothing is looked for; and all that lies far apart in memory is
//! asked for at once.

use std::ops::Range;

use super::{holdings::Page, weigh::Vector};

/// A page that a word tells of, and the code of the word there: together, since both are read at once.
#[derive(Clone, Copy)]
pub(super) struct Posting([u8; 5]);

impl Posting {
    fn of(page: u32, code: u8) -> Posting {
        let [a, b, c, d] = page.to_le_bytes();
        Posting([a, b, c, d, code])
    }

    pub(super) fn page(self) -> u32 {
        let [a, b, c, d, _] = self.0;
        u32::from_le_bytes([a, b, c, d])
    }

    pub(super) fn code(self) -> u8 {
        self.0[4]
    }
}

/// The pages of each telling word, in order of time.
pub(super) struct Postings {
    /// Where those of each word stand, and how many they are; none of words that tell of one page alone.
    places: Vec<(u32, u32)>,
    all: Vec<Posting>,
    /// Of each page the places where it stands itself, in the order of its telling words; and where those of each begin.
    own: Vec<u32>,
    starts: Vec<u32>,
}

/// The postings of a word around a page.
pub(super) struct Window {
    range: Range<u32>,
    /// Where the page stands itself.
    own: u32,
    pub(super) code: u8,
}

impl Postings {
    pub(super) fn of(pages: &[Page], vectors: &[Vector]) -> Postings {
        let mut places = Postings::places(pages, vectors);
        let count = places.iter().map(|&(_, count)| count as usize).sum();
        let mut all = vec![Posting::of(0, 0); count];
        let mut own = Vec::with_capacity(count);
        let mut starts = Vec::with_capacity(pages.len());
        for (at, (page, vector)) in pages.iter().zip(vectors).enumerate() {
            starts.push(own.len() as u32);
            for (term, code) in telling(page.words, vector) {
                let (next, count) = &mut places[term as usize];
                if *count > 0 {
                    all[*next as usize] = Posting::of(at as u32, code);
                    own.push(*next);
                    *next += 1;
                }
            }
        }
        places.iter_mut().for_each(|(next, count)| *next -= *count);
        Postings { places, all, own, starts }
    }

    /// Where the pages of each word will stand, and how many.
    fn places(pages: &[Page], vectors: &[Vector]) -> Vec<(u32, u32)> {
        let words = pages.iter().flat_map(|page| page.words).max().map_or(0, |&most| most as usize + 1);
        let mut places = vec![(0, 0); words];
        for (page, vector) in pages.iter().zip(vectors) {
            telling(page.words, vector).for_each(|(term, _)| places[term as usize].1 += 1);
        }
        let mut next = 0;
        for (start, count) in &mut places {
            *count = if *count > 1 { *count } else { 0 };
            *start = next;
            next += *count;
        }
        places
    }

    /// Of each telling word of a page that others have, the postings around it in time where there are many.
    pub(super) fn windows(
        &self,
        page: usize,
        words: &[u32],
        vector: &Vector,
    ) -> impl Iterator<Item = Window> {
        let places = telling(words, vector).map(|(term, _)| self.places[term as usize]);
        let own = &self.own[self.starts[page] as usize..];
        places.filter(|&(_, count)| count > 0).zip(own).map(|((start, count), &own)| {
            let last = start + count.saturating_sub(CROWD);
            let from = own.saturating_sub(CROWD / 2).clamp(start, last);
            // The code is read here, where waiting for one word is waiting for many.
            Window { range: from..from + count.min(CROWD), own, code: self.all[own as usize].code() }
        })
    }

    /// The postings before and after that of the page itself.
    pub(super) fn sides(&self, window: &Window) -> (&[Posting], &[Posting]) {
        let Window { range, own, .. } = window;
        let before = &self.all[range.start as usize..*own as usize];
        (before, &self.all[*own as usize + 1..range.end as usize])
    }
}

/// The words that weigh most in a page, with their codes; words that no other page has are not among them.
fn telling(words: &[u32], vector: &Vector) -> impl Iterator<Item = (u32, u8)> {
    let mut of = [0_u16; 256];
    vector.codes.iter().for_each(|&code| of[usize::from(code)] += 1);
    let (mut least, mut heavier) = (255, 0);
    while least > 1 && heavier + of[least] < TELLING {
        heavier += of[least];
        least -= 1;
    }
    // Of those that weigh the same, the first.
    let mut equal = TELLING - heavier;
    words.iter().zip(&vector.codes).map(|(&term, &code)| (term, code)).filter(move |&(_, code)| {
        let is_equal = usize::from(code) == least && equal > 0;
        equal -= u16::from(is_equal);
        is_equal || usize::from(code) > least
    })
}

/// So many words of a page are looked up,
const TELLING: u16 = 40;
/// and of each so many pages.
const CROWD: u32 = 64;
