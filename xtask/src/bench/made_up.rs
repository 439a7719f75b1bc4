//! Constructed news: pages of made-up stories, as the words of a reading.
//!
//! Nothing in them was ever written by anybody. Frequent words are those of English; all others, the names included,
//! are numbers. A page is a function of the seed, its story and its place in it, so that none has to be kept. What is
//! like real news, roughly: Zipf's law, names that many stories share, most stories told by few pages and some by
//! very many, and copies that take long stretches of another page word for word.

use sayso_model::hash;

/// A page as it is read: its words by hash, and where in them somebody is quoted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Page {
    /// Its story, the truth that grouping does not see.
    pub(super) story: u32,
    /// Days since 1970.
    pub(super) day: f64,
    /// Hashes, as `sayso::story::words` gives them.
    pub(super) words: Vec<u32>,
    /// Statements: the hash of the speaker's name, the first word and the one behind the last.
    pub(super) statements: Vec<[u32; 3]>,
}

/// Where a page belongs: a story and a place in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    story: u32,
    at: u32,
}

/// So many places of pages of as many stories as it takes, mixed.
pub(super) fn places(pages: usize) -> Vec<Place> {
    let mut chance = Chance(SEED);
    let mut places = Vec::with_capacity(pages);
    for story in 0.. {
        if places.len() == pages {
            break;
        }
        let size = size(&mut chance).min((pages - places.len()) as u32);
        places.extend((0..size).map(|at| Place { story, at }));
    }
    for at in (1..pages).rev() {
        places.swap(at, chance.below(at as u32 + 1) as usize);
    }
    places
}

/// How many pages a story has.
fn size(chance: &mut Chance) -> u32 {
    match chance.below(1000) {
        0..450 => 1,
        450..650 => 2,
        650..750 => 3,
        750..920 => 4 + chance.below(6),
        920..990 => 10 + chance.below(40),
        _ => 50 + chance.below(250),
    }
}

/// The words that pages are made of.
pub(super) struct Vocabulary {
    general: Vec<u32>,
    names: Vec<u32>,
    topics: Vec<u32>,
}

impl Vocabulary {
    pub(super) fn new() -> Vocabulary {
        let numbered = |kind: &str, count: u32| -> Vec<u32> {
            (0..count).map(|number| hash(b"story", &format!("{kind}{number}"))).collect()
        };
        let mut general: Vec<u32> = FREQUENT.split_whitespace().map(|word| hash(b"story", word)).collect();
        general.extend(numbered("word", GENERAL));
        Vocabulary { general, names: numbered("name", NAMES), topics: numbered("topic", BEATS * BEAT) }
    }

    /// The page at a place.
    pub(super) fn page(&self, place: Place) -> Page {
        let story = self.story(place.story);
        let mut chance = Chance::of(place.story, place.at + 1);
        let length = 150 + chance.below(300) + chance.below(300);
        let mut page = Page { story: place.story, day: story.day, ..Page::default() };
        page.day += f64::from(place.at.min(1)) * chance.exponential() * PACE;
        if place.at > 0 && chance.below(100) < COPIES {
            self.copy(self.page(Place { at: chance.below(place.at), ..place }), &mut page, &mut chance);
        }
        while page.words.len() < length as usize {
            self.sentence(&story, &mut page, &mut chance);
        }
        page
    }

    fn story(&self, number: u32) -> Story {
        let mut chance = Chance::of(number, 0);
        let beat = chance.below(BEATS) * BEAT;
        let names = (0..8).map(|_| self.names[chance.zipf(NAMES) as usize]).collect();
        let mut words: Vec<u32> =
            (0..30).map(|_| self.topics[(beat + chance.below(BEAT)) as usize]).collect();
        words.extend(
            (0..10).map(|_| self.general[self.general.len() - 1 - chance.below(GENERAL / 2) as usize]),
        );
        Story { day: FIRST_DAY + chance.share() * DAYS, beat, names, words }
    }

    /// The beginning of another page, with the statements in it.
    fn copy(&self, from: Page, page: &mut Page, chance: &mut Chance) {
        let words = from.words.len() * (40 + chance.below(60) as usize) / 100;
        page.words.extend(&from.words[..words]);
        page.statements.extend(from.statements.iter().filter(|statement| statement[2] <= words as u32));
    }

    fn sentence(&self, story: &Story, page: &mut Page, chance: &mut Chance) {
        let start = page.words.len() as u32;
        let length = 8 + chance.below(25);
        page.words.extend((0..length).map(|_| self.word(story, chance)));
        if chance.below(5) == 0 {
            let speaker = story.names[chance.below(story.names.len() as u32) as usize];
            page.statements.push([speaker, start, start + length]);
        }
    }

    fn word(&self, story: &Story, chance: &mut Chance) -> u32 {
        match chance.below(100) {
            0..7 => story.names[chance.zipf(story.names.len() as u32) as usize],
            7..20 => story.words[chance.zipf(story.words.len() as u32) as usize],
            20..30 => self.topics[(story.beat + chance.zipf(BEAT)) as usize],
            _ => self.general[chance.zipf(self.general.len() as u32) as usize],
        }
    }
}

/// What the pages of a story have in common.
struct Story {
    day: f64,
    /// The first word of its beat.
    beat: u32,
    names: Vec<u32>,
    words: Vec<u32>,
}

/// Seeded chance: SplitMix64 (Steele, Lea & Flood 2014).
struct Chance(u64);

impl Chance {
    fn of(story: u32, part: u32) -> Chance {
        let mut chance = Chance(SEED ^ (u64::from(story) << 32 | u64::from(part)));
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, bound: u32) -> u32 {
        (((self.next() >> 32) * u64::from(bound)) >> 32) as u32
    }

    /// From 0 to below 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn exponential(&mut self) -> f64 {
        -(1.0 - self.share()).ln()
    }

    /// Below `bound`, the number `n` about as often as `1 / (n + 1)`.
    fn zipf(&mut self, bound: u32) -> u32 {
        ((self.share() * f64::from(bound + 1).ln()).exp() as u32 - 1).min(bound - 1)
    }
}

const SEED: u64 = 20_240_304;
/// 1 January 2023, and two years.
const FIRST_DAY: f64 = 19_358.0;
const DAYS: f64 = 730.0;
/// Days until `1/e` of the pages of a story are still to come.
const PACE: f64 = 0.8;
/// So many of a hundred pages that are not the first are copies.
const COPIES: u32 = 35;
/// Sizes of the word lists; each beat has its own.
const GENERAL: u32 = 200_000;
const NAMES: u32 = 100_000;
const BEATS: u32 = 400;
const BEAT: u32 = 500;
/// The most frequent words of English, about in order.
const FREQUENT: &str = "the of to and a in that is was for it on with he as his be at by had not are but from or \
    have an they which one you were her all she there would their we him been has when who will more no if out so \
    said what up its about into than them can only other new some could time these two may then do first any my now \
    such like our over man me even most made after also did many before must through back years where much your way \
    well down should because each just those people mr how too little state good very make world still own see men \
    work long get here between both life being under never day same another know while last might us great old year \
    off come since against go came right used take three";
