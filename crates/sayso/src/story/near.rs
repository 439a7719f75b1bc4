//! Pages near to a page, found by the words that tell most of it.
//!
//! Of a word that many pages have, only the pages nearest in time are looked at, and none that is weeks away. So the work
//! for a page is bounded, whatever the archive holds, and most of what it touches was touched just before.

use std::{hint::black_box, ops::Range};

use super::{
    holdings::Page,
    postings::{Posting, Postings, Window},
    sketch,
    tally::{Lookup, Tally},
    weigh::{self, Vector},
};

/// The pages near each page, and how alike they are.
pub(super) type Near = [Box<[(u32, f32)]>];

/// Pages in order of time with their vectors, to be searched.
pub(super) struct Space<'a> {
    /// The words of each page.
    words: Vec<&'a [u32]>,
    /// When each was published, in days since 1970; not a number where unknown, which is at the end.
    days: Vec<f32>,
    /// So many have a date.
    dated: u32,
    vectors: &'a [Vector],
    postings: Postings,
    /// Weights of codes.
    values: &'static [f32; 256],
}

/// What a search writes on, used again for the next.
#[derive(Default)]
pub(super) struct Slate {
    tally: Tally,
    windows: Vec<Window>,
    lookup: Lookup,
    found: Vec<(f32, u32)>,
}

impl<'a> Space<'a> {
    pub(super) fn of(pages: &[Page<'a>], vectors: &'a [Vector]) -> Space<'a> {
        Space {
            words: pages.iter().map(|page| page.words).collect(),
            days: pages.iter().map(|page| page.day).collect(),
            dated: pages.partition_point(|page| !page.day.is_nan()) as u32,
            vectors,
            postings: Postings::of(pages, vectors),
            values: sketch::values(),
        }
    }

    /// A page's words weighed by how few of the pages around it have them. Copies of it do not count: they have all.
    pub(super) fn reweighed(&self, page: usize, slate: &mut Slate) -> Vector {
        self.candidates(page, NEIGHBOURS, |_| 1.0, slate);
        self.fetch(&slate.found);
        self.look_up(page, &mut slate.lookup);
        let mut counts = vec![0_u16; self.words[page].len()];
        let mut shared = Vec::with_capacity(counts.len());
        for &(_, other) in &slate.found {
            shared.clear();
            let alike = self.cosine(other as usize, &slate.lookup, |at| shared.push(at));
            if (FAINT..COPY).contains(&alike) {
                shared.iter().for_each(|&at| counts[usize::from(at)] += 1);
            }
        }
        weigh::local(&self.vectors[page], &counts, self.neighbours())
    }

    /// A word that so many of the pages around have is usual there: fewer where the archive is small, but not so few that the
    /// pages of one story make its words usual.
    fn neighbours(&self) -> usize {
        (self.words.len() / 4).clamp(FEWEST, NEIGHBOURS)
    }

    /// The pages most like a page, each with how much, the time between them counted in.
    pub(super) fn nearest(&self, page: usize, slate: &mut Slate) -> Box<[(u32, f32)]> {
        let recent = |other: u32| recent(self.days[page] - self.days[other as usize]);
        self.candidates(page, CANDIDATES, recent, slate);
        self.fetch(&slate.found);
        self.look_up(page, &mut slate.lookup);
        for (alike, other) in &mut slate.found {
            *alike = self.cosine(*other as usize, &slate.lookup, |_| ()) * recent(*other);
        }
        slate.found.retain(|&(alike, _)| alike >= FAINT);
        keep_highest(&mut slate.found, NEAREST);
        slate.found.iter().map(|&(alike, other)| (other, alike)).collect()
    }

    /// The pages that have most of the telling words of a page; `worth` is what counts of another page.
    fn candidates(&self, page: usize, most: usize, worth: impl Fn(u32) -> f32, slate: &mut Slate) {
        slate.tally.clear();
        let around = self.around(page);
        slate.windows.clear();
        slate.windows.extend(self.postings.windows(page, self.words[page], &self.vectors[page]));
        for window in &slate.windows {
            let weight = self.values[usize::from(window.code)];
            let mut add = |posting: &Posting| {
                slate.tally.add(posting.page(), weight * self.values[usize::from(posting.code())]);
            };
            let (before, after) = self.postings.sides(window);
            before.iter().rev().take_while(|other| other.page() >= around.start).for_each(&mut add);
            after.iter().take_while(|other| other.page() < around.end).for_each(&mut add);
            after.iter().rev().take_while(|other| other.page() >= self.dated).for_each(&mut add);
        }
        let likely = |&(_, sum): &(u32, f32)| sum >= UNLIKELY;
        let found = slate.tally.sums().filter(likely).map(|(other, sum)| (sum * worth(other), other));
        slate.found.clear();
        slate.found.extend(found.filter(|&(alike, _)| alike >= UNLIKELY));
        keep_highest(&mut slate.found, most);
    }

    /// The pages published in the weeks around one, or that may have been; besides those without a date.
    fn around(&self, page: usize) -> Range<u32> {
        let day = self.days[page];
        if day.is_nan() {
            return 0..self.dated;
        }
        let dated = &self.days[..self.dated as usize];
        let (start, end) = (
            dated.partition_point(|other| day - other > WEEKS),
            dated.partition_point(|other| other - day <= WEEKS),
        );
        start as u32..end as u32
    }

    /// Reads a little of all that will be compared, so that waiting for one page is waiting for many.
    fn fetch(&self, found: &[(f32, u32)]) {
        let mut read = 0;
        for &(_, other) in found {
            let (words, codes) = (self.words[other as usize], &self.vectors[other as usize].codes);
            read ^= words.iter().step_by(LINE / size_of::<u32>()).fold(0, |read, word| read ^ word);
            read ^= codes.iter().step_by(LINE).fold(0, |read, code| read ^ u32::from(*code));
        }
        black_box(read);
    }

    fn look_up(&self, page: usize, lookup: &mut Lookup) {
        lookup.fill(self.words[page], &self.vectors[page].codes);
    }

    /// The cosine of a page and the one in the lookup; `shared` gets the places of the words that both have.
    fn cosine(&self, other: usize, lookup: &Lookup, mut shared: impl FnMut(u8)) -> f32 {
        let (words, codes) = (self.words[other], &self.vectors[other].codes);
        let (mut sum, mut places) = (0.0, [0; 256]);
        for &place in lookup.sift(words, &mut places) {
            if let Some((at, weight)) = lookup.get(words[usize::from(place)]) {
                sum += weight * self.values[usize::from(codes[usize::from(place)])];
                shared(at);
            }
        }
        sum
    }
}

/// Keeps so many of the highest, in an order that hangs on nothing else; equal ones by page.
fn keep_highest(found: &mut Vec<(f32, u32)>, most: usize) {
    let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    if found.len() > most {
        found.select_nth_unstable_by(most, order);
        found.truncate(most);
    }
    found.sort_unstable_by_key(|&(_, page)| page);
}

/// How much likeness counts between pages that so many days are between, where that is known.
fn recent(days: f32) -> f32 {
    match f64::from(days.abs()) - GRACE {
        past if past > 0.0 => libm::exp(-past / DECAY) as f32,
        _ => 1.0,
    }
}

/// Bytes that come from memory at once.
const LINE: usize = 64;
/// Pages are not alike that more days are between.
const WEEKS: f32 = 14.0;
/// So many pages around a page are asked which of its words are usual there; the fewest that make a word so.
const NEIGHBOURS: usize = 300;
const FEWEST: usize = 100;
/// So many are compared with it word by word, and so many kept.
const CANDIDATES: usize = 150;
pub(super) const NEAREST: usize = 64;
/// Pages that are less alike in their telling words are not compared.
const UNLIKELY: f32 = 0.01;
/// Pages less alike are not near.
const FAINT: f32 = 0.03;
/// Pages more alike tell the same in the same words.
const COPY: f32 = 0.7;
/// Days that make no difference, and days in which likeness falls to `1/e`.
const GRACE: f64 = 2.0;
const DECAY: f64 = 10.0;
