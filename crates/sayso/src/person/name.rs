//! Names of people: found by given names and titles, joined by surname and by spelling.
//!
//! `Ann Lee`, `Mayor Lee`, `Lee` and `Anne Lee` are one person where no other Lee is named.

use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

use super::Page;
use crate::{
    Outlet, Person, Span,
    text::{Sentence, Tag},
};

/// The people named, in order of their first mention.
pub(super) fn people(page: &Page, sentences: &[Sentence], outlets: &[Outlet]) -> Vec<Person> {
    let names = capitalised(page, sentences, outlets);
    let full: Vec<Name> = names.iter().filter_map(|run| full_name(page, run.clone())).collect();
    let mut people = join(page, &full);
    for run in names {
        if !full.iter().any(|name| name.tokens.start < run.end && run.start < name.tokens.end) {
            add_short(page, run, &mut people);
        }
    }
    people.retain(|entry| !entry.mentions.is_empty());
    people.sort_by_key(|entry| entry.mentions.iter().min().copied());
    people.into_iter().map(|entry| entry.person(page)).collect()
}

/// A full name: its tokens without titles.
#[derive(Clone, Debug)]
struct Name {
    tokens: Range<usize>,
    parts: Vec<String>,
}

struct Entry {
    /// The fullest name, in words.
    parts: Vec<String>,
    mentions: Vec<Span>,
}

impl Entry {
    fn surname(&self) -> &str {
        surname(&self.parts)
    }

    fn person(mut self, page: &Page) -> Person {
        self.mentions.sort();
        self.mentions.dedup();
        let name = self.parts.join(" ");
        let mut aliases: Vec<String> = Vec::new();
        for mention in &self.mentions {
            let alias = page.text[mention.range()].split_whitespace().collect::<Vec<_>>().join(" ");
            if alias != name && !aliases.contains(&alias) {
                aliases.push(alias);
            }
        }
        Person { name, aliases, mentions: self.mentions }
    }
}

/// Runs of capitalised words inside sentences, outlets left out.
fn capitalised(page: &Page, sentences: &[Sentence], outlets: &[Outlet]) -> Vec<Range<usize>> {
    let mut taken = vec![false; page.tokens.len()];
    for mention in outlets.iter().flat_map(|outlet| &outlet.mentions) {
        taken[page.tokens_of(*mention)].fill(true);
    }
    let mut runs = Vec::new();
    for sentence in sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            if taken[at] || !is_part(page, at) {
                at += 1;
                continue;
            }
            let start = at;
            while at < sentence.tokens.end
                && !taken[at]
                && (is_part(page, at) || (at > start && is_particle(page, at, sentence)))
            {
                at += 1;
            }
            runs.push(start..at);
        }
    }
    runs
}

fn is_part(page: &Page, at: usize) -> bool {
    let word = page.word(at);
    let capital = word.starts_with(char::is_uppercase) && page.tokens[at].tag != Tag::Pron;
    capital && (page.tokens[at].tag == Tag::Propn || is_given(word) || is_title(word))
}

/// `de`, `van`, `al`: between two parts of a name.
fn is_particle(page: &Page, at: usize, sentence: &Sentence) -> bool {
    const PARTICLES: &[&str] = &[
        "de", "da", "di", "del", "della", "der", "den", "van", "von", "bin", "ibn", "al", "el", "la", "le",
        "ten", "ter", "dos", "du",
    ];
    PARTICLES.contains(&page.word(at))
        && at + 1 < sentence.tokens.end
        && page.word(at + 1).starts_with(char::is_uppercase)
}

static GIVEN: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| sayso_data::rows(sayso_data::GIVEN_NAMES).collect());

fn is_given(word: &str) -> bool {
    GIVEN.contains(word)
}

/// The full name in a run: after its titles, a given name and a surname. A given name that no list has
/// counts after a title that only people have, and before what only people are (`Jori Talven, her deputy`).
fn full_name(page: &Page, run: Range<usize>) -> Option<Name> {
    let titled = run.clone().take_while(|&at| is_title(page.word(at))).count();
    let rest = run.start + titled..run.end;
    let is_titled = titled > 0 && PERSONAL.contains(page.word(rest.start - 1));
    let start = if is_titled || (titled == 0 && rest.len() <= 3 && is_described(page, &run)) {
        rest.start
    } else {
        rest.clone().find(|&at| is_given(page.word(at)) || is_initial(page.word(at)))?
    };
    // "Trump campaign spokesman" aside, what stands before a given name is a title or an office.
    let mut end = run.end;
    while end > start && (is_title(page.word(end - 1)) || page.tokens[end - 1].tag == Tag::Num) {
        end -= 1;
    }
    let words: Vec<&str> = (start..end).map(|at| page.word(at)).collect();
    let is_organisation = words.iter().any(|word| NOT_PEOPLE.contains(word));
    let sized = (2..=5).contains(&words.len());
    let surname = words.iter().rev().find(|word| !SUFFIXES.contains(word))?;
    let solid = surname.chars().count() > 1 && !is_initial(surname);
    (sized && solid && !is_organisation)
        .then(|| Name { tokens: start..end, parts: words.iter().map(|word| (*word).to_owned()).collect() })
}

/// Whether a name with this word is not a person's.
pub(super) fn is_not_a_person(word: &str) -> bool {
    NOT_PEOPLE.contains(word)
}

/// Whether an age, or an apposition headed by a word for people, follows (`, 58,` or `, her deputy secretary`), or the
/// name is itself an apposition to one (`the aide, Jori Talven,`).
fn is_described(page: &Page, run: &Range<usize>) -> bool {
    let after = run.end;
    let tag = |at: usize| page.tokens.get(at).map(|token| token.tag);
    if after + 2 >= page.tokens.len() || page.word(after) != "," {
        return false;
    }
    if run.start >= 2 && page.word(run.start - 1) == "," && is_human(page.word(run.start - 2)) {
        return true;
    }
    let age = page.word(after + 1).parse::<u32>().is_ok_and(|age| (10..110).contains(&age));
    if age && page.word(after + 2) == "," {
        return true;
    }
    let led =
        matches!(page.word(after + 1), "a" | "an" | "the" | "his" | "her" | "their" | "its" | "our" | "my");
    let phrase = after + 2..(after + 10).min(page.tokens.len());
    let mut nouns = phrase
        .skip_while(|&at| !matches!(tag(at), Some(Tag::Noun)))
        .take_while(|&at| matches!(tag(at), Some(Tag::Noun)));
    let reached =
        |at: usize| (after + 2..at).all(|at| !matches!(tag(at), Some(Tag::Punct | Tag::Adp | Tag::Aux)));
    led && nouns.any(|at| reached(at) && is_human(page.word(at)))
}

/// Whether the word says what a person is.
fn is_human(word: &str) -> bool {
    super::unnamed::is_person(word) || OFFICES.contains(word)
}

fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.')
}

fn surname(parts: &[String]) -> &str {
    parts.iter().rev().find(|part| !SUFFIXES.contains(&part.as_str())).map_or("", String::as_str)
}

/// Full names of one person together: the same surname, and given names that are one name or two spellings of it.
fn join(page: &Page, names: &[Name]) -> Vec<Entry> {
    let mut people: Vec<Entry> = Vec::new();
    for name in names {
        let mention = page.span(name.tokens.clone());
        let same = |entry: &&mut Entry| {
            entry.surname() == surname(&name.parts) && same_given(&entry.parts[0], &name.parts[0])
        };
        match people.iter_mut().find(same) {
            Some(entry) => {
                entry.mentions.push(mention);
                if name.parts.len() > entry.parts.len() {
                    entry.parts = name.parts.clone();
                }
            }
            None => people.push(Entry { parts: name.parts.clone(), mentions: vec![mention] }),
        }
    }
    people
}

/// `Dmitri` and `Dmitry`, `J.` and `John`, `Anne` and `Ann`.
fn same_given(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if is_initial(short) {
        return long.chars().next() == short.chars().next();
    }
    spelled(a) == spelled(b)
}

/// A name as it sounds, for the ways in which one name is written in Latin letters.
fn spelled(name: &str) -> String {
    let plain: String =
        name.chars().flat_map(char::to_lowercase).filter(|c| !matches!(c, '\'' | '’' | '-')).collect();
    let mut folded = plain
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

/// A surname, or a title and a surname, of one person named in full; elsewhere a person known by title alone.
fn add_short(page: &Page, run: Range<usize>, people: &mut Vec<Entry>) {
    let titled = run.clone().take_while(|&at| is_title(page.word(at))).count();
    let rest = run.start + titled..run.end;
    if rest.is_empty() {
        return;
    }
    let words: Vec<&str> = rest.clone().map(|at| page.word(at)).collect();
    let last = *words.iter().rev().find(|word| !SUFFIXES.contains(word)).unwrap_or(&words[0]);
    let known: Vec<usize> =
        people.iter().enumerate().filter(|(_, entry)| entry.surname() == last).map(|(i, _)| i).collect();
    match known[..] {
        [only] if words.len() == 1 => people[only].mentions.push(page.span(rest)),
        [] if titled > 0
            && words.len() <= 2
            && !words.iter().any(|word| NOT_PEOPLE.contains(word))
            && PERSONAL.contains(page.word(rest.start - 1)) =>
        {
            people.push(Entry {
                parts: words.iter().map(|word| (*word).to_owned()).collect(),
                mentions: vec![page.span(rest)],
            });
        }
        _ => {}
    }
}

const SUFFIXES: &[&str] = &["Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV"];

fn is_title(word: &str) -> bool {
    PERSONAL.contains(word) || SHARED.contains(word)
}

/// What people are, beyond the words for unnamed sources.
static OFFICES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| sayso_data::class(sayso_data::NOUNS, "office"));
/// Titles that only people have.
static PERSONAL: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| sayso_data::class(sayso_data::TITLES, "personal"));
/// Titles that start other names too.
static SHARED: LazyLock<BTreeSet<&str>> = LazyLock::new(|| sayso_data::class(sayso_data::TITLES, "shared"));
/// A run with one of these names something else.
static NOT_PEOPLE: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| sayso_data::class(sayso_data::TITLES, "never"));
