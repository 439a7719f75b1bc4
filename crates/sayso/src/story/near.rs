//! Pages near to a page, found by the words that tell most of it.
//!
//! Of a word that many pages have, only the pages nearest in time are looked at, and none that is weeks away. So the work
//! for a page is bounded, whatever the archive holds, and most of what it touches was touched just before.

use std::ops::Range;

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
    dated: usize,
    vectors: &'a [Vector],
    postings: Postings,
    /// Weights of codes.
    values: &'static [f32; 256],
}

/// What a search writes on, used again for the next.
#[derive(Default)]
pub(super) struct Slate {
    tally: Tally,
    lookup: Lookup,
    found: Vec<(f32, u32)>,
}

impl<'a> Space<'a> {
    pub(super) fn of(pages: &[Page<'a>], vectors: &'a [Vector]) -> Space<'a> {
        Space {
            words: pages.iter().map(|page| page.words).collect(),
            days: pages.iter().map(|page| page.day).collect(),
            dated: pages.partition_point(|page| !page.day.is_nan()),
            vectors,
            postings: Postings::of(pages, vectors),
            values: sketch::values(),
        }
    }

    /// A page's words weighed by how few of the pages around it have them. Copies of it do not count: they have all.
    pub(super) fn reweighed(&self, page: usize, slate: &mut Slate) -> Vector {
        self.candidates(page, NEIGHBOURS, |_| 1.0, slate);
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
        for (term, code, at) in self.postings.telling(page, self.words[page], &self.vectors[page]) {
            let weight = self.values[usize::from(code)];
            for (other, code) in self.postings.around(term, at) {
                if around.contains(&other) || other as usize >= self.dated {
                    slate.tally.add(other, weight * self.values[usize::from(code)]);
                }
            }
        }
        let likely = |&(other, sum): &(u32, f32)| sum >= UNLIKELY && other != page as u32;
        let found = slate.tally.sums().filter(likely).map(|(other, sum)| (sum * worth(other), other));
        slate.found.clear();
        slate.found.extend(found.filter(|&(alike, _)| alike >= UNLIKELY));
        keep_highest(&mut slate.found, most);
    }

    /// The pages published in the weeks around one, or that may have been; besides those without a date.
    fn around(&self, page: usize) -> Range<u32> {
        let day = self.days[page];
        if day.is_nan() {
            return 0..self.dated as u32;
        }
        let dated = &self.days[..self.dated];
        let (start, end) = (
            dated.partition_point(|other| day - other > WEEKS),
            dated.partition_point(|other| other - day <= WEEKS),
        );
        start as u32..end as u32
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

/// The pages of each telling word, in order of time.
struct Postings {
    /// Where those of each word stand, and how many they are; none of words that tell of one page alone.
    places: Vec<(u32, u32)>,
    pages: Vec<u32>,
    codes: Vec<u8>,
    /// Of each page the places where it stands itself, in the order of its telling words; and where those of each begin.
    own: Vec<u32>,
    starts: Vec<u32>,
}

impl Postings {
    fn of(pages: &[Page], vectors: &[Vector]) -> Postings {
        let mut places = Postings::places(pages, vectors);
        let all = places.iter().map(|&(_, count)| count as usize).sum();
        let (mut of, mut codes) = (vec![0; all], vec![0; all]);
        let mut own = Vec::with_capacity(all);
        let mut starts = Vec::with_capacity(pages.len());
        for (at, (page, vector)) in pages.iter().zip(vectors).enumerate() {
            starts.push(own.len() as u32);
            for (term, code) in telling(page.words, vector) {
                let (next, count) = &mut places[term as usize];
                if *count > 0 {
                    of[*next as usize] = at as u32;
                    codes[*next as usize] = code;
                    own.push(*next);
                    *next += 1;
                }
            }
        }
        places.iter_mut().for_each(|(next, count)| *next -= *count);
        Postings { places, pages: of, codes, own, starts }
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

    /// The telling words of a page that others have, their codes, and where it stands among their pages.
    fn telling(&self, page: usize, words: &[u32], vector: &Vector) -> impl Iterator<Item = (u32, u8, u32)> {
        let own = &self.own[self.starts[page] as usize..];
        let shared = telling(words, vector).filter(|&(term, _)| self.places[term as usize].1 > 0);
        shared.zip(own).map(|((term, code), &at)| (term, code, at))
    }

    /// The pages of a word, where there are many those around the one at `at`.
    fn around(&self, term: u32, at: u32) -> impl Iterator<Item = (u32, u8)> {
        let (start, count) = self.places[term as usize];
        let from = match count > CROWD {
            true => at.saturating_sub(CROWD / 2).clamp(start, start + count - CROWD),
            false => start,
        };
        let range = from as usize..(from + count.min(CROWD)) as usize;
        self.pages[range.clone()].iter().copied().zip(self.codes[range].iter().copied())
    }
}

/// So many words of a page are looked up,
const TELLING: u16 = 40;
/// and of each so many pages.
const CROWD: u32 = 64;
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
