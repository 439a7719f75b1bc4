//! One utterance in several wordings: quotations of one story that share their words, and what differs in each.
//!
//! Wordings are put side by side where they share two words in a row; two are alike as far as a passage of the longer one
//! holds the shorter one. Each wording is a form of one longer one, that which it is most like, and of none where the longest
//! of that utterance has little of it: phrases go to their root (Leskovec, Backstrom & Kleinberg 2009), and a chain of small
//! changes does not join what has nothing in common.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use super::{Descent, Digest, align};

/// A quotation on a page.
#[derive(Clone, Debug)]
pub struct Utterance {
    /// Tells quotations apart.
    pub id: String,
    /// Quotations of other stories are other utterances.
    pub story: usize,
    /// The page that it stands on.
    pub page: String,
    /// What stands between the marks.
    pub text: String,
    /// By when its page was published at the latest, in days.
    pub until: Option<f64>,
}

/// How a quotation stands to the others of its utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The utterance: the place of its quotation whose id comes first.
    pub utterance: usize,
    /// The quotation that it is held against: one on a page that derives from no other page of the utterance. Of several such,
    /// the earliest, if each has a date; else, and where nothing is known of derivation, that whose wording most quotations have,
    /// whole or in part.
    pub against: usize,
    /// Whether its words, letter for letter, are none that the page of that one has.
    pub differs: bool,
}

/// The utterance and the wording of each quotation, where nothing is known but the quotations. The same whatever their order.
pub fn variants(quotations: &[Utterance]) -> Vec<Wording> {
    worded(quotations, None)
}

/// As [`variants`], where it is known which pages derive from which.
pub fn variants_by(descent: &Descent, quotations: &[Utterance]) -> Vec<Wording> {
    worded(quotations, Some(descent))
}

fn worded(quotations: &[Utterance], descent: Option<&Descent>) -> Vec<Wording> {
    let mut order: Vec<usize> = (0..quotations.len()).collect();
    order.sort_by(|&a, &b| quotations[a].id.cmp(&quotations[b].id).then(a.cmp(&b)));
    let mut stories: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    order.iter().for_each(|&at| stories.entry(quotations[at].story).or_default().push(at));
    let mut wordings: Vec<Wording> =
        (0..quotations.len()).map(|at| Wording { utterance: at, against: at, differs: false }).collect();
    for members in stories.values() {
        let texts = Texts::of(quotations, members);
        for group in texts.groups() {
            let holders = group.iter().flat_map(|&text| &texts.holders[text]);
            let utterance = members[holders.min().copied().unwrap_or_default()];
            let against = texts.reference(quotations, members, &group, descent);
            let page = &quotations[against].page;
            let has = |&&text: &&usize| {
                texts.holders[text].iter().any(|&place| quotations[members[place]].page == *page)
            };
            let own: BTreeSet<&str> =
                group.iter().filter(has).map(|&text| texts.letters[text].as_str()).collect();
            for &text in &group {
                let differs = !own.contains(texts.letters[text].as_str());
                let holders = texts.holders[text].iter().map(|&place| members[place]);
                holders.for_each(|at| wordings[at] = Wording { utterance, against, differs });
            }
        }
    }
    wordings
}

/// The words of a quotation in small letters, without marks.
pub(super) fn words(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let words = text.split(|c: char| !is_part(c)).map(|word| {
        word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    });
    words.filter(|word| !word.is_empty()).take(LONGEST).collect()
}

/// How much of two texts is the same, 0 to 1: of the passage that they share, twice its weight over that of both.
pub fn likeness(a: &str, b: &str) -> f64 {
    let mut known = align::Words::default();
    let [a, b] = [a, b].map(|text| known.numbers(&words(text)));
    let both = known.weight(&a) + known.weight(&b);
    f64::from(2 * known.shared(&a, &b).weight) / f64::from(both.max(1))
}

/// The quotations of a story's pages, told by their places in `digests`. The id of each begins with that of its page.
pub fn utterances(digests: &[Digest], story: usize, pages: &[usize]) -> Vec<(Utterance, usize, usize)> {
    let of_page = |&page: &usize| {
        let digest = &digests[page];
        digest.quotations.iter().enumerate().map(move |(number, quotation)| {
            let utterance = Utterance {
                id: format!("{}:{number:06}", digest.id),
                story,
                page: digest.id.clone(),
                text: quotation.text.clone(),
                until: digest.until(),
            };
            (utterance, page, number)
        })
    };
    pages.iter().flat_map(of_page).collect()
}

/// The different texts of a story's quotations, the longest first.
struct Texts {
    words: align::Words,
    /// Each text, its words as numbers.
    texts: Vec<Vec<u32>>,
    /// Its words without anything between them: `co-operate` is `cooperate`.
    letters: Vec<String>,
    /// Who has each: places in the quotations of the story.
    holders: Vec<Vec<usize>>,
    /// The longer texts that each is like, the nearest first.
    longer: Vec<Vec<Like>>,
}

/// How a text is like a longer one.
#[derive(Clone, Copy)]
struct Like {
    long: usize,
    /// How much of it the longer one has.
    share: f64,
    /// Whether the longer one has all its words in one place.
    is_piece: bool,
}

impl Texts {
    fn of(quotations: &[Utterance], members: &[usize]) -> Texts {
        let mut known: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for (place, &at) in members.iter().enumerate() {
            known.entry(words(&quotations[at].text)).or_default().push(place);
        }
        let mut known: Vec<(Vec<String>, Vec<usize>)> = known.into_iter().collect();
        known.sort_by_key(|(words, _)| Reverse(words.len()));
        let mut words = align::Words::default();
        let texts = known.iter().map(|(text, _)| words.numbers(text)).collect();
        let letters = known.iter().map(|(text, _)| text.concat()).collect();
        let holders = known.into_iter().map(|(_, holders)| holders).collect();
        let mut texts = Texts { words, texts, letters, holders, longer: Vec::new() };
        texts.longer = texts.compared();
        texts
    }

    /// The longer texts that each is like.
    fn compared(&self) -> Vec<Vec<Like>> {
        let mut having: HashMap<&[u32], Vec<usize>> = HashMap::new();
        let mut compared = Vec::with_capacity(self.texts.len());
        for (at, text) in self.texts.iter().enumerate() {
            let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
            for gram in text.windows(GRAM) {
                let known = having.entry(gram).or_default();
                known.iter().rev().take(CROWD).for_each(|&long| *shared.entry(long).or_default() += 1);
                if known.last() != Some(&at) {
                    known.push(at);
                }
            }
            shared.remove(&at);
            let mut near: Vec<(usize, usize)> =
                shared.into_iter().map(|(long, grams)| (grams, long)).collect();
            near.sort_unstable_by(|a, b| b.cmp(a));
            compared.push(self.likes(at, near.into_iter().map(|(_, long)| long)));
        }
        compared
    }

    /// Which of some longer texts one is like.
    fn likes(&self, at: usize, near: impl Iterator<Item = usize>) -> Vec<Like> {
        let mut words = 0;
        let affordable = near.take_while(|&long| {
            words += self.texts[long].len();
            words <= COMPARED
        });
        let mut likes: Vec<Like> = affordable.map(|long| self.like(long, at)).collect();
        likes.retain(|like| like.share >= ALIKE);
        // Of two as alike the shorter one: it is the nearer one.
        likes.sort_by(|a, b| b.share.total_cmp(&a.share).then(b.long.cmp(&a.long)));
        likes
    }

    fn like(&self, long: usize, short: usize) -> Like {
        let shared = self.words.shared(&self.texts[long], &self.texts[short]);
        let whole = self.words.weight(&self.texts[short]);
        Like {
            long,
            share: f64::from(shared.weight) / f64::from(whole.max(1)),
            is_piece: shared.score == whole,
        }
    }

    /// The texts of each utterance.
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut roots: Vec<usize> = Vec::with_capacity(self.texts.len());
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, longer) in self.longer.iter().enumerate() {
            let near = longer.iter().map(|like| roots[like.long]).take(FORMS);
            let root = near.into_iter().find(|&root| self.like(root, at).share >= ROOT).unwrap_or(at);
            roots.push(root);
            groups.entry(root).or_default().push(at);
        }
        groups.into_values().collect()
    }

    /// The quotation that others are held against. Copies of a changed wording speak for it no more than the page that they have
    /// it from. Dates alone may be wrong, most pages seldom are.
    fn reference(
        &self,
        quotations: &[Utterance],
        members: &[usize],
        group: &[usize],
        descent: Option<&Descent>,
    ) -> usize {
        let mut having: HashMap<usize, usize> = HashMap::new();
        for &text in group {
            let whole = self.longer[text].iter().filter(|like| like.is_piece).map(|like| like.long);
            whole.chain([text]).for_each(|has| *having.entry(has).or_default() += self.holders[text].len());
        }
        let page = |at: usize| quotations[at].page.as_str();
        let of_group = group
            .iter()
            .flat_map(|&text| self.holders[text].iter().map(move |&place| (text, members[place])));
        let mut of_group: Vec<(usize, usize)> = of_group.collect();
        if let Some(descent) = descent {
            let tops = descent.tops(&of_group.iter().map(|&(_, at)| page(at)).collect());
            of_group.retain(|&(_, at)| tops.is_empty() || tops.contains(page(at)));
        }
        let is_dated = descent.is_some() && of_group.iter().all(|&(_, at)| quotations[at].until.is_some());
        let rank = |&(text, at): &(usize, usize)| {
            let until = quotations[at].until.map_or(i64::MAX, |day| (day * 86400.0) as i64);
            let first = if is_dated { until } else { i64::MIN };
            (first, Reverse(having[&text]), until, Reverse(self.holders[text].len()), text)
        };
        of_group.into_iter().min_by_key(rank).map_or(members[0], |(_, at)| at)
    }
}

/// Words in a row that two wordings share.
const GRAM: usize = 2;
/// Of wordings that share some, so many are looked at.
const CROWD: usize = 64;
/// A wording is compared with others that have so many words together.
const COMPARED: usize = 4000;
/// Longer quotations are compared by so many words.
const LONGEST: usize = 400;
/// A wording is a form of one that has so much of it.
const ALIKE: f64 = 0.65;
/// The root has so much of every form.
const ROOT: f64 = 0.5;
/// So many longer wordings are tried.
const FORMS: usize = 8;
