//! Sources without a name: `three sources close to him`, `another official`, and how many people they are.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::LazyLock,
};

use super::Page;
use crate::{Unnamed, text::Tag};

/// An unnamed source, and how it is spoken of.
pub(super) struct Found {
    pub(super) unnamed: Unnamed,
    /// `the sources`: people spoken of before.
    pub(super) is_definite: bool,
}

/// The unnamed source that a source's tokens describe, if they do.
pub(super) fn unnamed(page: &Page, source: Range<usize>) -> Option<Found> {
    let head = head(page, source.clone())?;
    let &(role, plural) = PEOPLE.get(page.word(head).to_lowercase().as_str())?;
    let lead: Vec<String> = (source.start..head).map(|at| page.word(at).to_lowercase()).collect();
    let names_someone =
        (source.start..source.end).any(|at| at > head && page.tokens[at].tag == Tag::Propn && at == head + 1);
    if names_someone || is_class(page, &source, head) {
        return None;
    }
    let (min, max) = count(&lead, plural);
    let is_definite =
        lead.first().is_some_and(|word| matches!(word.as_str(), "the" | "these" | "those" | "both"));
    let is_owned =
        lead.iter().any(|word| matches!(word.as_str(), "his" | "her" | "their" | "my" | "our" | "its"));
    // "The minister" is a role of somebody who may be named; "the source" is not.
    if (is_definite || is_owned) && !plural && !matches!(role, "source" | "person") {
        return None;
    }
    let span = page.span(source.clone());
    let unnamed = Unnamed {
        text: page.text[span.range()].to_owned(),
        min,
        max,
        role: Some(role.to_owned()),
        affiliation: affiliation(page, &source, head),
        condition: None,
        mentions: vec![span],
    };
    Some(Found { unnamed, is_definite })
}

/// The head noun of a noun phrase: the last noun before anything that hangs on it.
pub(super) fn head(page: &Page, phrase: Range<usize>) -> Option<usize> {
    let tag = |at: usize| page.tokens[at].tag;
    let mut head = None;
    for at in phrase {
        match tag(at) {
            Tag::Noun | Tag::Propn => head = Some(at),
            Tag::Det | Tag::Adj | Tag::Num | Tag::Adv | Tag::Pron | Tag::Part | Tag::Cconj | Tag::X => {}
            Tag::Punct if page.word(at) == "-" => {}
            _ if head.is_some() => break,
            _ => {}
        }
        let owner_follows = at + 1 < page.tokens.len() && matches!(page.word(at + 1), "'s" | "’s" | "‘s");
        if head == Some(at) && !owner_follows && is_person(page.word(at)) {
            let next_is_noun = at + 1 < page.tokens.len() && matches!(tag(at + 1), Tag::Noun | Tag::Propn);
            if !next_is_noun {
                break;
            }
        }
    }
    head
}

/// At least and at most how many people.
fn count(lead: &[String], plural: bool) -> (u32, Option<u32>) {
    const NUMBERS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let open = lead.windows(2).any(|pair| pair[0] == "at" && pair[1] == "least")
        || lead.iter().any(|word| word == "than");
    for word in lead {
        let number =
            NUMBERS.iter().position(|name| name == word).map(|n| n as u32).or_else(|| word.parse().ok());
        match (word.as_str(), number) {
            (_, Some(number)) if number > 0 => return (number, (!open).then_some(number)),
            ("both" | "couple" | "pair", _) => return (2, Some(2)),
            ("dozen", _) => return (12, None),
            ("dozens", _) => return (24, None),
            _ => {}
        }
    }
    if plural { (2, None) } else { (1, Some(1)) }
}

/// Whom they belong to: the name before the head, or after `of`, `for`, `in`, `from`, `at`.
fn affiliation(page: &Page, source: &Range<usize>, head: usize) -> Option<String> {
    let is_name = |at: &usize| page.tokens[*at].tag == Tag::Propn;
    let before: Vec<usize> =
        (source.start..head).rev().skip_while(|at| !is_name(at)).take_while(is_name).collect();
    if let (Some(&last), Some(&first)) = (before.first(), before.last()) {
        return Some(page.text[page.span(first..last + 1).range()].to_owned());
    }
    let link = head + 1;
    if link >= source.end
        || !["of", "for", "in", "from", "at", "with"].iter().any(|word| is(page, link, word))
    {
        return None;
    }
    let end = (link + 1..source.end)
        .find(|&at| matches!(page.tokens[at].tag, Tag::Punct | Tag::Pron | Tag::Verb))
        .unwrap_or(source.end);
    (end > link + 1).then(|| page.text[page.span(link + 1..end).range()].to_owned())
}

/// Whether the words speak of a class: `many voters`, `critics`, `46 percent of them`.
pub(super) fn is_class(page: &Page, source: &Range<usize>, head: usize) -> bool {
    let lead = || source.start..head + 1;
    let any = |list: &[&str]| lead().any(|at| list.iter().any(|word| is(page, at, word)));
    any(&["many", "most", "some", "few", "all", "every", "everyone", "percent", "%", "any", "no"])
        && !any(&["sources", "source", "officials"])
        || has(&CLASSES, page.word(head))
}

/// Whether the word, one or several, says what a person is.
pub(super) fn is_person(word: &str) -> bool {
    PEOPLE.contains_key(word.to_lowercase().as_str())
}

pub(super) fn is_document(word: &str) -> bool {
    has(&DOCUMENTS, word)
}

pub(super) fn is_organisation(word: &str) -> bool {
    has(&ORGANISATIONS, word)
}

fn is(page: &Page, at: usize, word: &str) -> bool {
    page.word(at).eq_ignore_ascii_case(word)
}

fn has(class: &BTreeSet<&str>, word: &str) -> bool {
    class.contains(word.to_lowercase().as_str())
}

/// Words for people: what one of them is, and whether the word speaks of several.
static PEOPLE: LazyLock<BTreeMap<&str, (&str, bool)>> = LazyLock::new(|| {
    let rows = sayso_data::rows(sayso_data::UNNAMED).filter_map(|row| row.split_once('\t'));
    rows.flat_map(|(one, many)| [(one, (one, false)), (many, (one, true))]).collect()
});
static CLASSES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| sayso_data::class(sayso_data::NOUNS, "class"));
static DOCUMENTS: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| sayso_data::class(sayso_data::NOUNS, "document"));
static ORGANISATIONS: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| sayso_data::class(sayso_data::NOUNS, "organisation"));
