//! The pages of an archive as they are searched: words by number, and side by side what was published on one day.
//!
//! What a search touches next was mostly published within days of what it touched before. In the order of arrival it would
//! lie anywhere in a gigabyte, and most of the time would go into waiting for it.

use std::{
    cmp::Ordering,
    collections::{HashMap, hash_map::Entry},
};

use super::sketch::Sketch;

/// Pages in the order in which they came, and the words that they have.
#[derive(Clone, Debug, Default)]
pub(super) struct Holdings {
    /// The number of each word, by its hash.
    numbers: HashMap<u32, u32>,
    /// The hash of each word, and in how many pages it is.
    hashes: Vec<u32>,
    counts: Vec<u32>,
    shelves: Vec<Shelf>,
    /// The shelf of each day that has room.
    open: HashMap<i32, u32>,
    /// The shelf of each page and its place there.
    places: Vec<(u32, u32)>,
}

/// Some pages of one day.
#[derive(Clone, Debug, Default)]
struct Shelf {
    words: Vec<u32>,
    weights: Vec<u8>,
    /// Where the words of each page end, and when it was published.
    pages: Vec<(u32, f32)>,
}

/// A page that is held.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    /// Numbers of words, by their hashes ascending, as in the [`Sketch`].
    pub(super) words: &'a [u32],
    /// How much there is of each, as codes of [`value`](super::sketch::value).
    pub(super) weights: &'a [u8],
    /// In days since 1970; not a number where unknown.
    pub(super) day: f32,
}

impl Holdings {
    pub(super) fn add(&mut self, sketch: &Sketch) {
        let day = sketch.day().map_or(f32::NAN, |day| day as f32);
        let at = self.shelf(day);
        let shelf = &mut self.shelves[at as usize];
        for &term in sketch.terms() {
            let new = self.hashes.len() as u32;
            let number = match self.numbers.entry(term) {
                Entry::Occupied(entry) => *entry.get(),
                Entry::Vacant(entry) => {
                    self.hashes.push(term);
                    self.counts.push(0);
                    *entry.insert(new)
                }
            };
            self.counts[number as usize] += 1;
            shelf.words.push(number);
        }
        shelf.weights.extend(sketch.weights());
        self.places.push((at, shelf.pages.len() as u32));
        shelf.pages.push((shelf.words.len() as u32, day));
    }

    /// A shelf with room for a page of a day.
    fn shelf(&mut self, day: f32) -> u32 {
        let date = if day.is_nan() { UNDATED } else { day as i32 };
        let new = self.shelves.len() as u32;
        let at = self.open.entry(date).or_insert(new);
        if self.shelves.get(*at as usize).is_some_and(|shelf| shelf.pages.len() >= ROOM) {
            self.shelves[*at as usize].close();
            *at = new;
        }
        if *at == new {
            self.shelves.push(Shelf::default());
        }
        *at
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// A page by its place in the order of arrival.
    pub(super) fn page(&self, at: usize) -> Page<'_> {
        let (shelf, at) = self.places[at];
        let (shelf, at) = (&self.shelves[shelf as usize], at as usize);
        let (end, day) = shelf.pages[at];
        let start = if at == 0 { 0 } else { shelf.pages[at - 1].0 };
        let range = start as usize..end as usize;
        Page { words: &shelf.words[range.clone()], weights: &shelf.weights[range], day }
    }

    /// The hash of each word by its number, and in how many pages it is.
    pub(super) fn words(&self) -> impl Iterator<Item = (u32, u32)> {
        self.hashes.iter().copied().zip(self.counts.iter().copied())
    }

    /// Orders pages by what they say, whatever numbers their words have.
    pub(super) fn compare(&self, a: Page, b: Page) -> Ordering {
        let hashes =
            |page: Page<'_>| page.words.iter().map(|&word| self.hashes[word as usize]).collect::<Vec<_>>();
        hashes(a).cmp(&hashes(b)).then_with(|| a.weights.cmp(b.weights))
    }
}

impl Shelf {
    /// Gives back what it does not need.
    fn close(&mut self) {
        self.words.shrink_to_fit();
        self.weights.shrink_to_fit();
        self.pages.shrink_to_fit();
    }
}

/// So many pages are on one shelf: it is read from end to end, and no day is so large that it cannot be moved.
const ROOM: usize = 64;
/// Where pages without a date are.
const UNDATED: i32 = i32::MAX;
