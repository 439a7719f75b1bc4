//! Two small tables for the inner loops of search: sums by page, and the words of one page.
//!
//! Both fit the nearest caches however large the archive is; standard maps would take several times as long.

use super::sketch;

/// Sums by page.
pub(super) struct Tally {
    slots: Vec<(u32, f32)>,
    used: Vec<u32>,
}

impl Default for Tally {
    fn default() -> Tally {
        Tally { slots: vec![(FREE, 0.0); SLOTS], used: Vec::new() }
    }
}

impl Tally {
    /// Adds to the sum of a page.
    pub(super) fn add(&mut self, page: u32, weight: f32) {
        if self.used.len() * 2 > self.slots.len() {
            self.grow();
        }
        let slot = self.slot(page);
        if self.slots[slot].0 == FREE {
            self.slots[slot].0 = page;
            self.used.push(slot as u32);
        }
        self.slots[slot].1 += weight;
    }

    /// Pages and their sums, in the order in which they came.
    pub(super) fn sums(&self) -> impl Iterator<Item = (u32, f32)> {
        self.used.iter().map(|&slot| self.slots[slot as usize])
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.used.drain(..).for_each(|slot| self.slots[slot as usize] = (FREE, 0.0));
    }

    fn slot(&self, page: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (page.wrapping_mul(SPREAD) >> 7) as usize & mask;
        while self.slots[slot].0 != page && self.slots[slot].0 != FREE {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let sums: Vec<(u32, f32)> = self.sums().collect();
        *self = Tally { slots: vec![(FREE, 0.0); self.slots.len() * 2], used: Vec::new() };
        sums.into_iter().for_each(|(page, sum)| self.add(page, sum));
    }
}

/// The words of one page, each with its weight and place.
pub(super) struct Lookup {
    /// Words and weights; nothing weighs 0.
    words: [(u32, f32); WORDS],
    /// The place of each among the page's words.
    places: [u8; WORDS],
    /// A bit for each word, by its lowest bits: tells most words apart that the page does not have.
    filter: [u64; FILTER],
}

impl Default for Lookup {
    fn default() -> Lookup {
        Lookup { words: [(0, 0.0); WORDS], places: [0; WORDS], filter: [0; FILTER] }
    }
}

impl Lookup {
    /// Takes the words of another page, those of code 0 left out.
    pub(super) fn fill(&mut self, words: &[u32], codes: &[u8]) {
        self.words.fill((0, 0.0));
        self.filter.fill(0);
        for (place, (&word, &code)) in words.iter().zip(codes).enumerate() {
            if code > 0 {
                let slot = self.slot(word);
                self.words[slot] = (word, sketch::value(code));
                self.places[slot] = place as u8;
                self.filter[word as usize / 64 % FILTER] |= 1 << (word % 64);
            }
        }
    }

    /// The places of the words that the page may have, among at most 256; no branch hangs on a word.
    pub(super) fn sift<'a>(&self, words: &[u32], places: &'a mut [u8; 256]) -> &'a [u8] {
        let mut kept = 0;
        for (place, &word) in words.iter().take(256).enumerate() {
            places[kept & 255] = place as u8;
            kept += (self.filter[word as usize / 64 % FILTER] >> (word % 64) & 1) as usize;
        }
        &places[..kept]
    }

    /// The place and weight of a word that the page has.
    pub(super) fn get(&self, word: u32) -> Option<(u8, f32)> {
        let slot = self.slot(word);
        let weight = self.words[slot].1;
        (weight > 0.0).then(|| (self.places[slot], weight))
    }

    fn slot(&self, word: u32) -> usize {
        let mut slot = word as usize % WORDS;
        while self.words[slot].1 > 0.0 && self.words[slot].0 != word {
            slot = (slot + 1) % WORDS;
        }
        slot
    }
}

/// Slots to begin with, and slots for the words of a page: powers of two, several times what is usual.
const SLOTS: usize = 1 << 14;
const WORDS: usize = 1 << 10;
const FILTER: usize = 64;
/// No page has this number.
const FREE: u32 = u32::MAX;
/// 2³² divided by the golden ratio: numbers in a row come apart.
const SPREAD: u32 = 0x9e37_79b1;
