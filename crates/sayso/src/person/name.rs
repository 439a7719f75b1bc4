//! Names of people: runs of capitalised words, told from other names by a model, joined by surname and by spelling.
//!
//! `Ann Lee`, `Mayor Lee`, `Lee` and `Anne Lee` are one person where no other Lee is named.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
};

use icu_normalizer::DecomposingNormalizerBorrowed;
use sayso_model::{
    linear::Sink,
    perceptron::{feature, pair},
};

use super::{
    lexicon::{Class, PEOPLE, TITLE, long_form, name_groups},
    model::{Judge, Question},
    page::Page,
};
use crate::{
    Article, BlockKind, Outlet, Span,
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

/// A run of capitalised words.
struct Run {
    tokens: Range<usize>,
    /// Whether it stands where all words may be capitalised.
    is_headline: bool,
    /// Whether it is known to be a name.
    is_given: bool,
}

/// Runs of capitalised words inside sentences, outlets left out.
fn runs(source: &Source) -> (Vec<Run>, Vec<bool>) {
    let page = &source.page;
    // Which tokens are no run's, and which end one that is given.
    let mut taken = vec![false; page.tokens.len()];
    for mention in source.outlets.iter().flat_map(|outlet| &outlet.mentions) {
        taken[page.tokens_of(*mention)].fill(true);
    }
    let mut runs = Vec::new();
    for given in source.given {
        let tokens = page.tokens_of(*given);
        if !tokens.is_empty() {
            taken[tokens.clone()].fill(true);
            runs.push(Run { tokens, is_headline: false, is_given: true });
        }
    }
    for sentence in source.sentences {
        let is_headline = is_headline(source, sentence);
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let end = if taken[at] { at } else { run_end(page, at, sentence.tokens.end, &taken) };
            let is_dateline = at == sentence.tokens.start && is_dateline(page, at..end);
            if end > at && !is_dateline {
                runs.push(Run { tokens: at..end, is_headline, is_given: false });
            }
            at = end.max(at + 1);
        }
    }
    runs.sort_by_key(|run| run.tokens.start);
    (runs, taken.into_iter().map(|taken| !taken).collect())
}

/// `PORT HALE —`, `WARSAW (Reuters)`: where a report is from.
fn is_dateline(page: &Page, run: Range<usize>) -> bool {
    let shouted = |at: usize| page.word(at).chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let follows = page
        .tokens
        .get(run.end)
        .is_some_and(|_| matches!(page.word(run.end), "—" | "–" | "-" | "--" | "(" | ","));
    follows && !run.is_empty() && run.clone().all(shouted) && page.word(run.start).len() > 1
}

fn is_headline(source: &Source, sentence: &Sentence) -> bool {
    let kind = source.article.blocks.get(sentence.block).map(|block| block.kind);
    if matches!(kind, Some(BlockKind::Title | BlockKind::Subhead)) {
        return true;
    }
    let page = &source.page;
    let long = |at: &usize| page.tokens[*at].span.len() > 3 && page.tag(*at) != Tag::Punct;
    let long: Vec<usize> = sentence.tokens.clone().filter(long).collect();
    let capitals = long.iter().filter(|&&at| page.is_capital(at)).count();
    long.len() > 3 && capitals * 10 > long.len() * 8
}

/// The end of the run that starts at a token; the token itself where none does.
fn run_end(page: &Page, start: usize, limit: usize, taken: &[bool]) -> usize {
    let is_free = |at: usize| at < limit && !taken[at];
    // "de Blasio", "van der Hoek": where so many particles lead to.
    let led = |from: usize| {
        let end = (from..from + PARTICLES).find(|&at| !is_free(at) || !is_particle(page, at)).unwrap_or(from);
        (end > from && is_free(end) && page.is_capital(end)).then_some(end)
    };
    let mut at = start;
    if is_particle(page, at) {
        match led(at) {
            Some(end) if page.tag(end) == Tag::Propn => at = end,
            _ if !page.is_capital(at) => return start,
            _ => {}
        }
    }
    if !is_part(page, at) {
        return start;
    }
    at += 1;
    while is_free(at) {
        at = if is_part(page, at) || is_tagged_wrongly(page, at) || is_suffix(page, at) {
            at + 1
        } else if let Some(end) = led(at) {
            end + 1
        } else if at + 2 < limit && is_inserted(page, at) {
            at + 3
        } else if is_free(at + 1)
            && (page.word(at) == "&" && page.is_capital(at + 1)
                || page.word(at) == "," && is_suffix(page, at + 1))
        {
            at + 2
        } else {
            break;
        };
    }
    at
}

/// Most particles in a row: `van der`.
const PARTICLES: usize = 3;

fn is_particle(page: &Page, at: usize) -> bool {
    page.class(at).has(Class::PARTICLE) && page.tag(at) != Tag::Num
}

fn is_suffix(page: &Page, at: usize) -> bool {
    page.class(at).has(Class::SUFFIX) && page.is_capital(at)
}

fn is_part(page: &Page, at: usize) -> bool {
    let word = page.word(at);
    let is_name =
        page.tag(at) == Tag::Propn || page.class(at).has(Class::GIVEN.or(TITLE)) && page.tag(at) != Tag::Pron;
    page.is_capital(at) && is_name && !is_day(word)
        || without_article(word).is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// `Harani` of `al-Harani`, `Aubray` of `d’Aubray`.
fn without_article(word: &str) -> Option<&str> {
    const ARTICLES: &[&str] =
        &["al-", "el-", "Al-", "El-", "as-", "ad-", "an-", "ul-", "d’", "d'", "l’", "l'"];
    ARTICLES.iter().find_map(|article| word.strip_prefix(article))
}

/// Days are no part of a name: `On Monday Lee said`.
fn is_day(word: &str) -> bool {
    const DAYS: &[&str] = &[
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Christmas",
        "Easter",
    ];
    DAYS.contains(&word)
}

/// A capitalised word after a part of a name is one, whatever its tag.
fn is_tagged_wrongly(page: &Page, at: usize) -> bool {
    page.is_capital(at)
        && !is_day(page.word(at))
        && matches!(page.tag(at), Tag::Noun | Tag::Adj | Tag::X)
        && page.word(at).len() > 2
}

/// `Dmitri [Kostin]`, `William “Bill” Marsh`: a capitalised word between marks, of a name.
fn is_inserted(page: &Page, at: usize) -> bool {
    let marks = (page.word(at), page.word(at + 2));
    let closes = match marks {
        ("[", "]") => true,
        ("“", "”") | ("\"", "\"") | ("‘", "’") => {
            page.tokens.get(at + 3).is_some_and(|next| next.tag == Tag::Propn) && page.is_capital(at + 3)
        }
        _ => false,
    };
    closes && page.is_capital(at + 1) && page.tag(at + 1) != Tag::Pron
}

/// A run without the titles and offices before the name, and without numbers after it. Empty where nothing is left.
fn without_titles(page: &Page, run: Range<usize>) -> Range<usize> {
    let is_title = |at: usize| page.class(at).has(TITLE.or(PEOPLE)) && page.is_capital(at);
    let is_bare = |at: usize| {
        !page.class(at).has(Class::SUFFIX)
            && (!page.class(at).has(TITLE.or(PEOPLE)) || page.class(at).has(Class::GIVEN))
    };
    let mut end = run.end;
    while end > run.start && page.tag(end - 1) == Tag::Num && !is_suffix(page, end - 1) {
        end -= 1;
    }
    // "Larry King" is not King Larry, but "Virginia Sen. Tim Ode" is a senator.
    let splits = |at: usize| {
        let is_short =
            page.class(at).has(Class::PERSONAL) || page.word(at).ends_with('.') && page.class(at).has(TITLE);
        is_title(at)
            && (is_short || !page.class(run.start).has(Class::GIVEN) || page.class(run.start).has(TITLE))
            && (at + 1..end).any(is_bare)
    };
    let start = (run.start..end).rev().find(|&at| splits(at)).map_or(run.start, |at| at + 1);
    // A title alone is no name.
    if (start..end).all(|at| is_title(at) && !page.class(at).has(Class::GIVEN)) {
        start..start
    } else {
        start..end
    }
}

/// In a headline every word may be capitalised: the names of the text in it, else the run itself.
fn in_headline(page: &Page, run: Range<usize>, body: &BTreeSet<Vec<String>>) -> Vec<Range<usize>> {
    let longest = |start: usize| {
        let sizes = (1..=LONGEST.min(run.end - start)).rev();
        sizes.map(|size| start..start + size).find(|tokens| {
            body.contains(&tokens.clone().map(|at| page.word(at).to_lowercase()).collect::<Vec<_>>())
        })
    };
    let (mut found, mut at) = (Vec::new(), run.start);
    while at < run.end {
        match longest(at) {
            Some(tokens) => {
                at = tokens.end;
                found.push(tokens);
            }
            None => at += 1,
        }
    }
    if found.is_empty() { vec![run] } else { found }
}

/// The words of a name, without the marks inside it.
pub(super) fn words<'a>(page: &Page<'a>, tokens: Range<usize>) -> Vec<&'a str> {
    let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    tokens.map(|at| page.word(at)).filter(is_word).collect()
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

/// So many people of one surname are told apart.
const NAMESAKES: usize = 12;

fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.')
}

/// The last word that is no suffix.
fn surname<Word: AsRef<str>>(words: &[Word]) -> &str {
    let is_suffix = |word: &&Word| SUFFIXES.contains(&word.as_ref());
    words.iter().rev().find(|word| !is_suffix(word)).or(words.last()).map_or("", AsRef::as_ref)
}

const SUFFIXES: &[&str] = &["Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV", "JR.", "SR.", "JR", "SR"];

/// By what somebody with this name is known across articles: given name and surname as they sound, the given name in its
/// long form, a suffix. None of a surname, or of an initial, alone.
pub(super) fn key(parts: &[String]) -> Option<String> {
    let given = parts.first().filter(|given| parts.len() > 1 && !is_initial(given))?;
    let last = surname(parts);
    let suffix = parts
        .last()
        .filter(|part| part.as_str() != last)
        .map(|suffix| suffix.trim_end_matches('.').to_lowercase());
    let words = [spelled(long_form(given)), spelled(last)].into_iter().chain(suffix);
    Some(words.collect::<Vec<_>>().join("-"))
}

/// Whether two names may be those of one person: one surname as it sounds, and given names that are one name, or none.
pub fn may_be_one(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|name| name.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    let same_last = spelled(surname(&a)) == spelled(surname(&b));
    let is_surname = |parts: &[String]| parts.first().is_none_or(|first| first == surname(parts));
    same_last && (is_surname(&a) || is_surname(&b) || same_given(&a[0], &b[0]) || same_second(&a, &b))
}

/// `Dmitri` and `Dmitry`, `J.` and `John`, `Bill` and `William`.
fn same_given(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    if is_initial(a) || is_initial(b) {
        return a.chars().next() == b.chars().next();
    }
    spelled(a) == spelled(b) || name_groups(a).iter().any(|group| name_groups(b).contains(group))
}

/// `W. Grant Marsh` and `Grant Marsh`.
fn same_second(a: &[String], b: &[String]) -> bool {
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    long.len() > 2 && short.len() > 1 && is_initial(&long[0]) && same_given(&long[1], &short[0])
}

/// `John A. Lee` is not `John B. Lee`.
fn same_middle(a: &[String], b: &[String]) -> bool {
    let middle = |parts: &[String]| parts.get(1).filter(|part| is_initial(part)).cloned();
    match (middle(a), middle(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// A name as it sounds, for the ways in which one name is written in Latin letters.
fn spelled(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in DecomposingNormalizerBorrowed::new_nfd().normalize(name).chars().flat_map(char::to_lowercase) {
        match c {
            '\'' | '’' | '-' | '\u{300}'..='\u{36f}' => {}
            'ł' => plain.push('l'),
            'ø' => plain.push('o'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'æ' => plain.push_str("ae"),
            'ß' => plain.push_str("ss"),
            _ => plain.push(c),
        }
    }
    let plain = ["al", "el", "ul"]
        .iter()
        .find_map(|article| {
            let rest = name.to_lowercase();
            rest.starts_with(&format!("{article}-")).then(|| plain[article.len()..].to_owned())
        })
        .unwrap_or(plain);
    let mut folded = plain
        .replace("oe", "o")
        .replace("ae", "a")
        .replace("ue", "u")
        .replace("dj", "d")
        .replace('q', "k")
        .replace("ks", "x")
        .replace("kh", "h")
        .replace("yu", "iu")
        .replace("ya", "ia")
        .replace("ph", "f")
        .replace("ck", "k");
    folded = folded
        .replace("iy", "i")
        .replace("ey", "ei")
        .replace('y', "i")
        .replace("ii", "i")
        .replace('j', "i")
        .replace('w', "v");
    let mut out = String::new();
    for c in folded.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out.trim_end_matches('e').to_owned()
}

/// People by the parts of their names.
#[derive(Default)]
struct Index {
    surnames: BTreeMap<String, Vec<usize>>,
    /// Unlike surnames, by the word as it is written: given names, and those set between marks (`William “Bill” Marsh`).
    firsts: BTreeMap<String, Vec<usize>>,
    /// By the surname as it is written, of those with a full name.
    written: HashMap<String, Vec<usize>>,
    /// By the groups of interchangeable names that the given name is in.
    groups: BTreeMap<usize, Vec<usize>>,
}

impl Index {
    /// The person with this name: of a full name, somebody of before with the same surname and given names that are one
    /// name or two ways to write it; else somebody new.
    fn join(&mut self, page: &Page, name: &Written, people: &mut Vec<Named>) -> usize {
        let parts: Vec<String> = name.words.iter().map(|word| (*word).to_owned()).collect();
        let written = || {
            let place = &name.places[0];
            // "Ted" of "Ted and Ann Lee".
            if place.len() < name.words.len() {
                return name.words.join(" ");
            }
            page.text[page.span(place.clone()).range()].split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let suffix =
            |parts: &[String]| parts.last().filter(|last| SUFFIXES.contains(&last.as_str())).cloned();
        let same = |known: &Named| {
            known.parts.len() > 1
                && parts.len() > 1
                && (same_given(&known.parts[0], &parts[0]) || same_second(&known.parts, &parts))
                && suffix(&known.parts) == suffix(&parts)
                && same_middle(&known.parts, &parts)
        };
        let namesakes = self.surnames.get(&spelled(surname(&parts))).map_or(&[][..], Vec::as_slice);
        if let Some(&known) = namesakes.iter().take(NAMESAKES).find(|&&known| same(&people[known])) {
            let was_initial = is_initial(&people[known].parts[0]);
            let is_fuller = parts.len() > people[known].parts.len()
                && (was_initial || !is_initial(&parts[0]))
                || was_initial
                    && !is_initial(&parts[0])
                    && parts.len() > 1
                    && people[known].parts.iter().rev().skip(1).all(|part| is_initial(part));
            let was_shouted = people[known].parts.iter().all(|part| shape(part) == 2);
            if is_fuller || was_shouted {
                people[known].parts = parts;
                people[known].written = written();
            }
            return known;
        }
        let vector = vector::builtin().row(vector::key(page.word(name.places[0].start), &mut String::new()));
        people.push(Named { parts, written: written(), vector, ends: Vec::new() });
        self.add(&people[people.len() - 1], people.len() - 1);
        people.len() - 1
    }

    fn add(&mut self, named: &Named, whom: usize) {
        // "Grant" of "W. Grant Marsh".
        let second = named.parts.len() > 2 && is_initial(&named.parts[0]);
        for (map, key) in [
            (&mut self.surnames, spelled(surname(&named.parts))),
            (&mut self.firsts, named.parts[usize::from(second)].to_lowercase()),
        ] {
            let known = map.entry(key).or_default();
            if !known.contains(&whom) {
                known.push(whom);
            }
        }
        let between = |part: &&String| named.parts.len() > 2 && named.written.contains(&format!("“{part}”"));
        let plain = |part: &&String| named.parts.len() > 2 && named.written.contains(&format!("\"{part}\""));
        for part in named.parts.iter().filter(|part| between(part) || plain(part)) {
            self.firsts.entry(part.to_lowercase()).or_default().push(whom);
        }
        if named.parts.len() > 1 {
            self.written.entry(surname(&named.parts).to_owned()).or_default().push(whom);
            name_groups(&named.parts[0])
                .iter()
                .for_each(|&group| self.groups.entry(group).or_default().push(whom));
        }
    }

    /// Those whose surname, or else whose given name, a word is, as it is written.
    fn by_word(&self, people: &[Named], word: &str) -> Vec<usize> {
        if let Some(found) = self.written.get(word) {
            return found.iter().take(NAMESAKES).copied().collect();
        }
        let is = |whom: &&usize| people[**whom].parts.len() > 1 && people[**whom].parts[0] == word;
        let firsts = self.firsts.get(&word.to_lowercase()).map_or(&[][..], Vec::as_slice).iter();
        firsts.take(NAMESAKES).filter(is).copied().collect()
    }

    /// Those with a full name whose surname a word is, in whatever letters.
    fn shouted(&self, people: &[Named], word: &str) -> Vec<usize> {
        let found = self.surnames.get(&spelled(word)).map_or(&[][..], Vec::as_slice);
        let is = |whom: &&usize| {
            let parts = &people[**whom].parts;
            parts.len() > 1 && surname(parts).to_lowercase() == word.to_lowercase()
        };
        found.iter().take(NAMESAKES).filter(is).copied().collect()
    }

    /// Whom a short name may be of: `Lee`, `de la Sota`; `Ann`, where nobody has it as surname.
    fn whom(&self, people: &[Named], words: &[&str]) -> Vec<usize> {
        let by_surname = self.surnames.get(&spelled(surname(words))).map_or(&[][..], Vec::as_slice);
        let ends = |whom: &&usize| {
            let parts: Vec<String> = people[**whom].parts.iter().map(|part| part.to_lowercase()).collect();
            let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
            words.len() == 1 || parts.ends_with(&words)
        };
        let found: Vec<usize> = by_surname.iter().take(NAMESAKES).filter(ends).copied().collect();
        if !found.is_empty() || words.len() > 1 {
            return found;
        }
        let firsts = self.firsts.get(&words[0].to_lowercase()).map_or(&[][..], Vec::as_slice);
        if !firsts.is_empty() {
            return firsts.iter().take(NAMESAKES).copied().collect();
        }
        // "Liz" of Elizabeth Crane.
        let groups = name_groups(words[0]).iter().filter_map(|group| self.groups.get(group)).flatten();
        let mut found: Vec<usize> = groups.take(NAMESAKES).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
