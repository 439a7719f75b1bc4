//! News outlets by their names: `the New York Times`, `NYT`, and `the Times` where its full name stands before;
//! and by the words that only outlets are called by: `the Lower Marsk Courier`, `Radio North`.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::LazyLock,
};

use super::{lexicon::hash, page::Page};
use crate::{
    Outlet,
    text::{Sentence, Tag},
};

/// The kinds of outlets that a noun calls: `broadcaster`.
pub(super) fn kinds(noun: &str) -> Option<&'static [&'static str]> {
    let noun = noun.to_lowercase();
    CALLED.iter().find(|(nouns, _)| nouns.contains(&noun.as_str())).map(|(_, kinds)| *kinds)
}

const CALLED: &[(&[&str], &[&str])] = &[
    (&["newspaper", "paper", "daily", "tabloid", "broadsheet"], &["newspaper"]),
    (&["agency", "wire", "service"], &["agency"]),
    (&["broadcaster", "network", "channel", "station"], &["broadcaster", "programme"]),
    (&["magazine", "journal", "weekly"], &["magazine"]),
    (
        &["website", "site", "blog", "outlet", "publication"],
        &["site", "newspaper", "magazine", "broadcaster", "agency"],
    ),
];

/// The outlets named, in order of their first mention.
pub(super) fn outlets(page: &Page, sentences: &[Sentence]) -> Vec<Outlet> {
    let mut found: Vec<(Key, Outlet)> = Vec::new();
    // A name lies in one sentence.
    let ends = sentences.iter().flat_map(|sentence| sentence.tokens.clone().map(|_| sentence.tokens.end));
    let ends: Vec<usize> = ends.collect();
    let mut by_end: BTreeMap<String, usize> = BTreeMap::new();
    let mut at = 0;
    while at < page.tokens.len() {
        if !page.is_capital(at) && !LEXICON.small.contains(&page.lower(at)) {
            at += 1;
            continue;
        }
        let page = &Page { tokens: &page.tokens[..ends[at]], ..*page };
        let is_known = |entry: usize| by_end.contains_key(&entry.to_string());
        let listed = longest(page, at, is_known);
        // "The Gazette", of which no full name stands before, may yet be told by its last word.
        let listed = listed
            .filter(|name| !name.is_short || name.key.ends().iter().any(|end| by_end.contains_key(end)));
        let again = || again(page, at, |end| by_end.contains_key(end));
        let Some(name) = listed.or_else(again).or_else(|| by_its_last_word(page, at)) else {
            at += 1;
            continue;
        };
        let mention = page.span(at..name.end);
        at = name.end;
        let known = name.key.ends().into_iter().find_map(|end| by_end.get(&end).copied());
        match known.filter(|&known| name.is(&found[known].0)) {
            Some(known) => found[known].1.mentions.push(mention),
            // A short name alone may be anything.
            None if name.is_short => {}
            None => {
                let full = match name.key {
                    Key::Listed(entry) => LEXICON.names[entry].to_owned(),
                    Key::Shaped(_) => {
                        page.text[mention.range()].split_whitespace().collect::<Vec<_>>().join(" ")
                    }
                };
                for end in name.key.ends() {
                    by_end.entry(end).or_insert(found.len());
                }
                let kind = match name.key {
                    Key::Listed(entry) => Some(LEXICON.kinds[entry]),
                    Key::Shaped(_) => None,
                };
                found.push((name.key, Outlet { name: full, kind, mentions: vec![mention] }));
            }
        }
    }
    found.into_iter().map(|(_, outlet)| outlet).collect()
}

/// Which outlet a name is of.
enum Key {
    /// By its place in the list.
    Listed(usize),
    /// Of no list: by its capitalised words.
    Shaped(Vec<String>),
}

impl Key {
    /// By what the outlet is found again: its place in the list, or its last and its first word.
    fn ends(&self) -> Vec<String> {
        match self {
            Key::Listed(entry) => vec![entry.to_string()],
            Key::Shaped(words) => words.last().into_iter().chain(words.first()).cloned().collect(),
        }
    }
}

/// A name found.
struct Name {
    key: Key,
    /// One past its last token.
    end: usize,
    is_short: bool,
}

impl Name {
    /// `The Courier` is the Lower Marsk Courier of before.
    fn is(&self, known: &Key) -> bool {
        match (&self.key, known) {
            (Key::Listed(a), Key::Listed(b)) => a == b,
            (Key::Shaped(a), Key::Shaped(b)) => b.ends_with(a) || b.starts_with(a),
            _ => false,
        }
    }
}

/// `The Post` is the Harrow Evening Post of before.
fn again(page: &Page, at: usize, is_known: impl Fn(&str) -> bool) -> Option<Name> {
    let start = at + 1;
    let is_last = page.word(at).eq_ignore_ascii_case("the")
        && start < page.tokens.len()
        && (SHARED.contains(&page.word(start)) || OWN.contains(&page.word(start)))
        && is_known(page.word(start))
        && !continues(page, start + 1);
    is_last.then(|| Name {
        key: Key::Shaped(vec![page.word(start).to_owned()]),
        end: start + 1,
        is_short: true,
    })
}

/// A name that ends like an outlet's (`the Lower Marsk Courier`, `Sarn Wire`) or starts like one (`Radio North`).
fn by_its_last_word(page: &Page, at: usize) -> Option<Name> {
    let is_led = page.word(at).eq_ignore_ascii_case("the");
    let start = at + usize::from(is_led);
    let is_part = |at: &usize| {
        *at < page.tokens.len()
            && page.word(*at).starts_with(char::is_uppercase)
            && (page.word(*at).chars().any(char::is_lowercase) || SHARED.contains(&page.word(*at)))
            && (page.tokens[*at].tag == Tag::Propn
                || (*at > 0 && matches!(page.tokens[*at].tag, Tag::Adj | Tag::Noun)))
    };
    let mut end = (start..start + LONGEST).take_while(is_part).last()? + 1;
    if page.tokens.get(end).is_some() && page.word(end) == "magazine" {
        let words = (start..end).map(|at| page.word(at).to_owned()).collect();
        end += 1;
        return Some(Name { key: Key::Shaped(words), end, is_short: false });
    }
    let starts_like = STARTS.contains(&page.word(start)) && end == start + 2;
    let last = page.word(end - 1);
    let ends_like =
        OWN.contains(&last) && (is_led || end > start + 1) || SHARED.contains(&last) && end > start + 1;
    let is_name = (starts_like || ends_like)
        && !continues(page, end)
        && page.tokens.get(end).is_none_or(|next| next.tag != Tag::Propn);
    let words = (start..end).map(|at| page.word(at).to_owned()).collect();
    is_name.then_some(Name { key: Key::Shaped(words), end, is_short: false })
}

/// Longest name, in tokens.
const LONGEST: usize = 5;
/// Last words that are an outlet's after `the`, alone.
const OWN: &[&str] = &[
    "Gazette",
    "Courier",
    "Herald",
    "Tribune",
    "Chronicle",
    "Telegraph",
    "Examiner",
    "Inquirer",
    "Times",
    "Journal",
    "Dispatch",
    "Sentinel",
    "Argus",
    "Bugle",
    "Clarion",
    "Ledger",
    "Advertiser",
    "Intelligencer",
    "Post-Gazette",
    "Statesman",
    "Picayune",
    "Bulletin",
];
/// Last words that are an outlet's after a name.
const SHARED: &[&str] = &[
    "Post",
    "News",
    "Daily",
    "Weekly",
    "Observer",
    "Radio",
    "TV",
    "Television",
    "Broadcasting",
    "Wire",
    "Magazine",
    "Today",
    "Mercury",
    "Mail",
    "Ledger",
    "Echo",
    "Globe",
    "Newspaper",
    "Newspapers",
];
/// First words of two that are an outlet's.
const STARTS: &[&str] = &["Radio", "TV", "Channel"];

/// Names by their first word.
struct Lexicon {
    names: Vec<&'static str>,
    kinds: Vec<&'static str>,
    /// Words in small letters that names start with, or that stand before them, by their hashes.
    small: BTreeSet<u64>,
    /// First word, and whether an article stands before it, to (words, outlet, whether it is short).
    forms: HashMap<(&'static str, bool), Vec<Form>>,
}

type Form = (Vec<&'static str>, usize, bool);

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon {
        names: Vec::new(),
        kinds: Vec::new(),
        small: BTreeSet::from([hash("the")]),
        forms: HashMap::new(),
    };
    for row in sayso_data::rows(sayso_data::OUTLETS) {
        let mut columns = row.split('\t');
        let name = columns.next().unwrap_or_default();
        let kind = columns.next().unwrap_or_default();
        let others = columns.next().unwrap_or_default();
        let entry = lexicon.names.len();
        lexicon.names.push(name);
        lexicon.kinds.push(kind);
        for form in others.split('|').chain([name]).filter(|form| !form.is_empty()) {
            let words: Vec<&str> = form.split(' ').collect();
            if words[0].starts_with(char::is_lowercase) {
                lexicon.small.insert(hash(words[0]));
            }
            let key = match words[..] {
                ["the" | "The", second, ..] => (second, true),
                _ => (words[0], false),
            };
            lexicon.forms.entry(key).or_default().push((words, entry, form.starts_with("the ")));
        }
    }
    lexicon
});

/// The longest listed name that starts at a token.
///
/// Of several outlets with that name, one that is known already, else the first that has it in full.
fn longest(page: &Page, at: usize, is_known: impl Fn(usize) -> bool) -> Option<Name> {
    let word = page.word(at);
    let key = match word {
        "the" | "The" if at + 1 < page.tokens.len() => (page.word(at + 1), true),
        _ => (word, false),
    };
    let fits = |words: &[&str]| {
        // "The Paper" at the start of a sentence and "the Paper" inside one are the same words.
        let starts = words[0] == word || word == "The" && words[0] == "the";
        starts
            && words
                .iter()
                .enumerate()
                .skip(1)
                .all(|(i, part)| at + i < page.tokens.len() && page.word(at + i) == *part)
            && !continues(page, at + words.len())
    };
    let forms = LEXICON.forms.get(&key).into_iter().flatten();
    // "Vicente Fox" is no broadcaster.
    let is_free =
        at == 0 || page.tokens[at - 1].tag != Tag::Propn || page.word(at - 1).chars().all(char::is_uppercase);
    let found = forms.filter(|(words, ..)| fits(words) && (is_free || words.len() > 1)).max_by_key(
        |(words, entry, is_short)| (words.len(), is_known(*entry), !is_short, std::cmp::Reverse(*entry)),
    )?;
    // "Breitbart News Daily" is a broadcast of Breitbart's.
    let mut end = at + found.0.len();
    while end < page.tokens.len() && page.tokens[end].tag == Tag::Propn && SHARED.contains(&page.word(end)) {
        end += 1;
    }
    Some(Name { key: Key::Listed(found.1), end, is_short: found.2 })
}

/// Whether the next word makes it a longer name (`Time Warner`).
fn continues(page: &Page, next: usize) -> bool {
    let part_of_name = |word: &str| {
        word.starts_with(char::is_uppercase)
            && !matches!(word, "News" | "Magazine" | "I")
            && word.chars().skip(1).any(char::is_lowercase)
    };
    next < page.tokens.len()
        && part_of_name(page.word(next))
        && page.tokens[next].span.start() == page.tokens[next - 1].span.end() + 1
        && page.tokens[next].tag == Tag::Propn
        && page.word(next - 1).chars().count() < 6
}
