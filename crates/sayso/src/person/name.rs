//! Names of people: runs of capitalised words, told from other names by a model, joined by surname and by spelling.
//!
//! `Ann Lee`, `Mayor Lee`, `Lee` and `Anne Lee` are one person where no other Lee is named.

mod index;
mod run;
mod same;

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use sayso_model::{
    linear::Sink,
    perceptron::{feature, pair},
};

pub use self::same::may_be_one;
use self::{
    index::Index,
    run::{Run, in_headline, is_headline, is_particle, is_suffix, runs, without_titles},
    same::{is_initial, surname},
};
pub(super) use self::{run::words, same::key};
use super::{
    lexicon::{Class, PEOPLE, TITLE},
    model::{Judge, Question},
    page::Page,
};
use crate::{
    Article, Outlet, Span,
    text::{Sentence, Tag, vector},
};

/// The people named, and where.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// In order of their first full name, those of one name last.
    pub(super) people: Vec<Named>,
    /// In order.
    pub(super) mentions: Vec<Naming>,
    /// Names that are not of people, in order: without outlets.
    pub(super) others: Vec<Range<usize>>,
}

/// Somebody with a name.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// The fullest name, in words.
    pub(super) parts: Vec<String>,
    /// The same as it is written, with the marks in it: `William “Bill” Marsh`.
    pub(super) written: String,
    /// The vector of the given name, or of the only name.
    pub(super) vector: Option<&'static [u8]>,
    /// The last tokens of the names that are nobody else's.
    pub(super) ends: Vec<usize>,
}

/// A place where somebody is named.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    /// Without titles.
    pub(super) tokens: Range<usize>,
    /// Of [`Names::people`]: one, or all those who have that surname.
    pub(super) whom: Vec<usize>,
}

/// What the search for names goes through.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) page: Page<'a>,
    pub(super) article: &'a Article,
    pub(super) sentences: &'a [Sentence],
    pub(super) outlets: &'a [Outlet],
    /// Spans that are known to be names of people.
    pub(super) given: &'a [Span],
    /// Per token, whether it is in a source and whether in a cue.
    pub(super) roles: &'a [Role],
}

/// A token's part in attributions.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Role {
    pub(super) is_source: bool,
    pub(super) is_cue: bool,
}

/// The people named in an article.
pub(super) fn names(source: &Source, judge: &mut impl Judge) -> Names {
    let page = &source.page;
    let (written, mut is_free) = written(source);
    let mut found = Names::default();
    let mut known = Index::default();
    let mut rest = Vec::new();
    for name in written {
        let person = if name.is_short(page) { None } else { name.person(source, judge, 0) };
        match person {
            Some(name) => {
                let whom = known.join(page, &name, &mut found.people);
                found.add(name.places, &[whom], &mut is_free);
            }
            None => rest.push(name),
        }
    }
    // "Van der Hoek" before "Hoek".
    rest.sort_by_key(|name| name.words.len() == 1);
    let mut firms = BTreeSet::new();
    for name in rest {
        let mut whom = known.whom(&found.people, &name.words);
        if whom.is_empty()
            && name.is_short(page)
            && !name.is_place(page)
            && !name.is_headline
            && let Some(name) =
                name.person(source, judge, if firms.contains(name.words[0]) { FIRM } else { 0 })
        {
            whom = vec![known.join(page, &name, &mut found.people)];
        }
        if whom.is_empty() {
            if name.words.len() > 1 {
                firms.insert(name.words[0]);
            }
            found.others.extend(name.places);
        } else {
            found.add(name.places, &whom, &mut is_free);
        }
    }
    found.others.sort_by_key(|place| place.start);
    // A surname may be tagged as another word.
    for at in (0..page.tokens.len()).filter(|&at| page.is_capital(at) && page.word(at).len() > 2) {
        let is_name = is_free[at] && !matches!(page.tag(at), Tag::Aux | Tag::Det | Tag::Pron | Tag::Adp);
        let parts =
            !is_name || at > 0 && !is_free[at - 1] || is_free.get(at + 1).is_some_and(|is_free| !is_free);
        if !parts && page.tokens.get(at + 1).is_none_or(|next| !matches!(next.tag, Tag::Propn)) {
            let whom = known.by_word(&found.people, page.word(at));
            if !whom.is_empty() {
                found.add(std::iter::once(at..at + 1), &whom, &mut is_free);
            }
        }
    }
    // So may any word of a headline.
    for sentence in source.sentences.iter().filter(|sentence| is_headline(source, sentence)) {
        for at in sentence.tokens.clone().filter(|&at| page.is_capital(at) && page.word(at).len() > 3) {
            let may_be = shape(page.word(at)) == 2 || matches!(page.tag(at), Tag::Propn | Tag::Noun | Tag::X);
            let whom =
                if is_free[at] && may_be { known.shouted(&found.people, page.word(at)) } else { Vec::new() };
            if !whom.is_empty() {
                found.add(std::iter::once(at..at + 1), &whom, &mut is_free);
            }
        }
    }
    found.mentions.sort_by_key(|naming| naming.tokens.start);
    for naming in &found.mentions {
        if let [only] = naming.whom[..] {
            found.people[only].ends.push(naming.tokens.end - 1);
        }
    }
    found
}

impl Names {
    fn add(&mut self, places: impl IntoIterator<Item = Range<usize>>, whom: &[usize], is_free: &mut [bool]) {
        for tokens in places {
            is_free[tokens.clone()].fill(false);
            self.mentions.push(Naming { tokens, whom: whom.to_vec() });
        }
    }
}

/// A name as it is written, wherever it is written so.
#[derive(Clone)]
struct Written<'a> {
    words: Vec<&'a str>,
    places: Vec<Range<usize>>,
    is_given: bool,
    /// Whether only headlines have it.
    is_headline: bool,
}

/// The names in order of their first place; those inside headlines are cut to names that the text has. And per token,
/// whether it belongs to no outlet.
fn written<'a>(source: &Source<'a>) -> (Vec<Written<'a>>, Vec<bool>) {
    let page = &source.page;
    let (runs, is_free) = runs(source);
    let core =
        |run: &Run| if run.is_given { run.tokens.clone() } else { without_titles(page, run.tokens.clone()) };
    // Names of the text, and the surnames of full ones, in small letters.
    let body = runs.iter().filter(|run| !run.is_headline).map(|run| words(page, core(run)));
    let body = body.filter(|words| !words.is_empty()).flat_map(|words| {
        let surname = vec![surname(&words).to_lowercase()];
        [words.iter().map(|word| word.to_lowercase()).collect(), surname]
    });
    let body: BTreeSet<Vec<String>> = body.collect();
    let mut names: Vec<Written> = Vec::new();
    let mut numbers: HashMap<Vec<&str>, usize> = HashMap::new();
    for run in &runs {
        let places = if run.is_headline && !run.is_given {
            in_headline(page, run.tokens.clone(), &body)
                .into_iter()
                .map(|tokens| without_titles(page, tokens))
                .collect()
        } else {
            vec![core(run)]
        };
        for tokens in places {
            let mut words = words(page, tokens.clone());
            if words.is_empty() {
                continue;
            }
            words.extend(shared_surname(page, &tokens));
            let number = *numbers.entry(words.clone()).or_insert_with(|| {
                names.push(Written { words, places: Vec::new(), is_given: false, is_headline: true });
                names.len() - 1
            });
            names[number].is_given |= run.is_given;
            names[number].is_headline &= run.is_headline;
            names[number].places.push(tokens);
        }
    }
    (names, is_free)
}

/// The surname that a given name shares with the next one: `Ted and Ann Lee`.
fn shared_surname<'a>(page: &Page<'a>, given: &Range<usize>) -> Option<&'a str> {
    let and = given.end;
    let is_given = |at: usize| page.class(at).has(Class::GIVEN) && page.is_capital(at);
    let has_both = given.len() == 1
        && and + 2 < page.tokens.len()
        && page.is_one_of(and, &["and"])
        && is_given(given.start)
        && is_given(and + 1);
    let surname = and + 2;
    let is_surname = |at: usize| page.is_capital(at) && page.tag(at) == Tag::Propn && !is_given(at);
    (has_both && is_surname(surname)).then(|| page.word(surname))
}

impl Written<'_> {
    /// Whether this is a surname alone: `Lee`, `Van der Hoek`, `Lee Jr.`.
    fn is_short(&self, page: &Page) -> bool {
        let place = &self.places[0];
        if place.len() < self.words.len() {
            return false;
        }
        let surname = place.clone().find(|&at| !is_particle(page, at)).unwrap_or(place.end);
        (surname + 1..place.end).all(|at| is_suffix(page, at))
    }

    /// Whether the name, which is no given name, always stands as the names of places do: `at Orra`, `the mayor of Orra`.
    fn is_place(&self, page: &Page) -> bool {
        let is_led = |place: &Range<usize>| match place.start.checked_sub(1) {
            Some(at) if page.is_one_of(at, &["of"]) => at > 0 && page.class(at - 1).has(TITLE),
            Some(at) => page.is_one_of(at, PLACED),
            None => false,
        };
        !page.class(self.places[0].start).has(Class::GIVEN) && self.places.iter().all(is_led)
    }

    /// The name, where it is a person's by so much; or its end, where that is (`State Jon Hart`).
    fn person(&self, source: &Source, judge: &mut impl Judge, least: i32) -> Option<Self> {
        if self.is_given {
            return Some(self.clone());
        }
        let page = &source.page;
        let is_firm = self.places[0].clone().any(|at| page.word(at) == "&");
        // "The Idaho Statesman", "the union IG Metall".
        let is_thing = self.places.iter().any(|place| {
            let before = place.start.checked_sub(1);
            before.is_some_and(|at| {
                page.word(at) == "The" && at > 0 && !matches!(page.tag(at - 1), Tag::Punct)
                    || page.class(at).has(Class::BODY)
                        && page.tag(at) == Tag::Noun
                        && at > 0
                        && page.is_one_of(at - 1, &["the"])
            })
        });
        let own = if is_firm || is_thing || self.words.len() > LONGEST {
            i32::MIN
        } else {
            self.odds(source, judge)
        };
        let best = match self.end_from_given(&source.page) {
            Some(inner) => {
                let odds = inner.odds(source, judge);
                if odds > 0 && odds > own - MARGIN { (odds, inner) } else { (own, self.clone()) }
            }
            None => (own, self.clone()),
        };
        (best.0 > least).then_some(best.1)
    }

    fn odds(&self, source: &Source, judge: &mut impl Judge) -> i32 {
        let spans: Vec<Span> = self.places.iter().map(|place| source.page.span(place.clone())).collect();
        judge.person(Question::Name, &spans, |sink| self.features(source, sink))
    }

    /// From a given name on that the name does not start with.
    fn end_from_given(&self, page: &Page) -> Option<Self> {
        let place = &self.places[0];
        if place.len() != self.words.len()
            || page.class(place.start).has(Class::GIVEN)
            || is_initial(self.words[0])
        {
            return None;
        }
        let cut =
            (1..place.len().checked_sub(1)?).find(|&at| page.class(place.start + at).has(Class::GIVEN))?;
        // "Ottavia Della Rovina" starts with a name that no list has.
        let other = PEOPLE.or(TITLE).or(Class::NEVER).or(Class::BODY).or(Class::DOCUMENT);
        if !(place.start..place.start + cut).any(|at| page.class(at).has(other)) {
            return None;
        }
        let places = self.places.iter().map(|place| place.start + cut..place.end).collect();
        Some(Written { words: self.words[cut..].to_vec(), places, ..*self })
    }

    /// What the words are, and what stands around them at each place.
    fn features(&self, source: &Source, sink: &mut impl Sink) {
        let page = &source.page;
        let place = &self.places[0];
        let size = self.words.len().min(4) as u64;
        let (first, last) = (place.start, place.end - 1);
        let mut put = |template: u64, value: u64| sink.sparse(feature(template, value * 8 + size));
        put(1, page.class(first).bits());
        put(2, page.class(last).bits());
        put(3, page.lower(first));
        put(4, page.lower(last));
        put(5, place.clone().fold(0, |all, at| all | page.class(at).bits()));
        put(6, shape(page.word(first)) * 4 + shape(page.word(last)));
        put(7, page.word(last).bytes().rev().take(3).fold(0, |all, byte| all * 256 + u64::from(byte)));
        let mut around: Vec<u64> =
            self.places.iter().take(PLACES).flat_map(|place| self::around(source, place)).collect();
        around.sort_unstable();
        around.dedup();
        around.into_iter().for_each(|value| put(8, value));
        let mut buffer = String::new();
        for (row, at) in [(0, first), (1, last)] {
            let row = if size == 1 { 2 } else { row };
            if let Some(numbers) = vector::builtin().row(vector::key(page.word(at), &mut buffer)) {
                sink.dense(row, numbers, 1);
            }
        }
    }
}

/// What stands around a name.
fn around(source: &Source, place: &Range<usize>) -> Vec<u64> {
    let page = &source.page;
    let mut found = Vec::with_capacity(12);
    let mut put = |template: u64, value: u64| found.push(pair(template, value));
    match place.start.checked_sub(1) {
        Some(before) => {
            put(1, page.lower(before));
            put(2, page.tag(before) as u64);
            put(3, page.class(before).bits());
        }
        None => put(2, 99),
    }
    if place.end < page.tokens.len() {
        put(4, page.lower(place.end));
        put(5, page.tag(place.end) as u64);
        put(6, page.class(place.end).bits());
        let role = source.roles[place.end];
        put(7, u64::from(role.is_cue));
        if page.word(place.end) == "," && place.end + 3 < page.tokens.len() {
            let is_age = page.word(place.end + 1).len() == 2 && page.tag(place.end + 1) == Tag::Num;
            put(8, u64::from(is_age));
            let human = (place.end + 1..place.end + 4).any(|at| page.class(at).has(PEOPLE));
            put(9, u64::from(human));
        }
    }
    put(10, u64::from(source.roles[place.start].is_source));
    let after = place.end + usize::from(place.end < page.tokens.len() && page.word(place.end) == ",");
    put(11, u64::from(after < page.tokens.len() && page.is_one_of(after, &["who", "whose", "whom"])));
    found
}

/// 0 small letters, 1 a capital, 2 capitals alone, 3 an initial.
fn shape(word: &str) -> u64 {
    match () {
        () if is_initial(word) => 3,
        () if !word.starts_with(char::is_uppercase) => 0,
        () if word.chars().nth(1).is_some_and(char::is_uppercase) => 2,
        () => 1,
    }
}

/// `Marsk`, where `Marsk Logistics` stands, must be so much likelier to be a person (256ths).
const FIRM: i32 = 1024;
/// What stands before names of places.
const PLACED: &[&str] = &["in", "at", "near", "outside", "across"];
/// A name that does not start with a given name must be likelier by so much than its end that does (256ths).
const MARGIN: i32 = 768;
/// Most words in a name.
const LONGEST: usize = 6;
/// So many places of a name are looked at.
const PLACES: usize = 12;
