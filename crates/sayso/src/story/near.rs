//! Pages near to a page, found by the words that tell most of it.
//!
//! Of a word that many pages have, only the pages nearest in time are looked at, and none that is weeks away. So the work
//! for a page is bounded, whatever the archive holds, and most of what it touches was touched just before.

use std::{hint::black_box, ops::Range};

use super::{
    holdings::Page,
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
        weigh::local(&self.vectors[page], &counts, NEIGHBOURS)
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

/// A page that a word tells of, and the code of the word there: together, since both are read at once.
#[derive(Clone, Copy)]
struct Posting([u8; 5]);

impl Posting {
    fn of(page: u32, code: u8) -> Posting {
        let [a, b, c, d] = page.to_le_bytes();
        Posting([a, b, c, d, code])
    }

    fn page(self) -> u32 {
        let [a, b, c, d, _] = self.0;
        u32::from_le_bytes([a, b, c, d])
    }

    fn code(self) -> u8 {
        self.0[4]
    }
}

/// The pages of each telling word, in order of time.
struct Postings {
    /// Where those of each word stand, and how many they are; none of words that tell of one page alone.
    places: Vec<(u32, u32)>,
    all: Vec<Posting>,
    /// Of each page the places where it stands itself, in the order of its telling words; and where those of each begin.
    own: Vec<u32>,
    starts: Vec<u32>,
}

/// The postings of a word around a page.
struct Window {
    range: Range<u32>,
    /// Where the page stands itself.
    own: u32,
    code: u8,
}

impl Postings {
    fn of(pages: &[Page], vectors: &[Vector]) -> Postings {
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
    fn windows(&self, page: usize, words: &[u32], vector: &Vector) -> impl Iterator<Item = Window> {
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
    fn sides(&self, window: &Window) -> (&[Posting], &[Posting]) {
        let Window { range, own, .. } = window;
        let before = &self.all[range.start as usize..*own as usize];
        (before, &self.all[*own as usize + 1..range.end as usize])
    }
}

/// So many words of a page are looked up,
const TELLING: u16 = 40;
/// and of each so many pages.
const CROWD: u32 = 64;
/// Bytes that come from memory at once.
const LINE: usize = 64;
/// Pages are not alike that more days are between.
const WEEKS: f32 = 14.0;
/// So many pages around a page say which of its words are usual there.
const NEIGHBOURS: usize = 300;
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
