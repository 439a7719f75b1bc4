//! Sources without a name: `three sources close to him`, `another official`, `one of them`.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::LazyLock,
};

use super::{count::count, page::Page};
use crate::{Unnamed, text::Tag};

/// An unnamed source, and how it is spoken of.
pub(super) struct Found {
    pub(super) unnamed: Unnamed,
    pub(super) reference: Reference,
}

/// Whether a description speaks of people that the text has spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// `an aide`: somebody new.
    New,
    /// `the sources`: those of before, if there are any; else new.
    Known,
    /// `the aide`: of before, or else perhaps somebody with a name.
    OnlyKnown,
}

/// The unnamed source that a source's tokens describe, if they do.
pub(super) fn unnamed(page: &Page, source: Range<usize>) -> Option<Found> {
    if ["no", "none", "nobody", "neither"].iter().any(|word| is(page, source.start, word)) {
        return None;
    }
    if let Some(found) = indefinite(page, &source) {
        return Some(found);
    }
    let head = head(page, source.clone())?;
    let &(role, is_plural) = PEOPLE.get(page.word(head).to_lowercase().as_str())?;
    // "At least a dozen": the source may start after what bounds the number.
    let bounds = source.start.saturating_sub(2)..source.start;
    let is_bounded = matches!(lower(page, bounds.clone()).join(" ").as_str(), "at least" | "more than");
    let lead = lower(page, if is_bounded { bounds.start } else { source.start }..head);
    let is_named = head + 1 < source.end && page.tokens[head + 1].tag == Tag::Propn;
    if is_named || is_class(page, &source, head) || joins_a_name(page, source.start..head) {
        return None;
    }
    let (min, max) = count(&lead, is_plural);
    let first = lead.first().map_or("", String::as_str);
    let second = lead.get(1).map_or("", String::as_str);
    let is_definite = matches!(first, "the" | "these" | "those" | "both" | "this" | "that")
        || matches!(first, "all" | "both") && second == "the";
    let is_owned = (source.start..head).any(|at| is_owner(page, at)) && !lead.iter().any(|word| word == "of");
    let is_one = !is_plural && max == Some(1);
    let reference = match () {
        // "His lawyer", "spokesman": somebody who may be named.
        () if is_one && !matches!(role, "source" | "person") && (is_owned || is_bare(first)) => return None,
        () if is_definite && is_one && !matches!(role, "source" | "person") => Reference::OnlyKnown,
        () if is_definite => Reference::Known,
        () => Reference::New,
    };
    Some(Found {
        unnamed: described(page, &source, Some(role), affiliation(page, &source, head), min, max),
        reference,
    })
}

/// A source that wishes not to be named, whatever it is called: `two radiographers`.
pub(super) fn by_wish(page: &Page, source: Range<usize>) -> Option<Found> {
    let head = head(page, source.clone()).filter(|&head| page.tokens[head].tag == Tag::Noun)?;
    let lead = lower(page, source.start..head);
    let is_new = lead.first().is_some_and(|first| !is_bare(first) || count(&lead, false) != (1, Some(1)));
    let word = page.word(head).to_lowercase();
    let (min, max) = count(&lead, word.ends_with('s'));
    let unnamed = described(page, &source, Some(&word), affiliation(page, &source, head), min, max);
    is_new.then_some(Found { unnamed, reference: Reference::New })
}

/// Somebody told by an office or a relation alone: `the mayor of Marsk`, `her lawyer`.
pub(super) fn by_role(page: &Page, source: Range<usize>) -> Option<Found> {
    let head = head(page, source.clone()).filter(|&head| page.tokens[head].tag == Tag::Noun)?;
    let role = page.word(head).to_lowercase();
    let unnamed = described(page, &source, Some(&role), affiliation(page, &source, head), 1, Some(1));
    Some(Found { unnamed, reference: Reference::Known })
}

/// `someone`, `some`, `those close to him`, `everyone I interviewed`.
fn indefinite(page: &Page, source: &Range<usize>) -> Option<Found> {
    let rest = source.start + 1..source.end;
    let follows = |list: &[&str]| rest.clone().take(1).any(|at| list.iter().any(|word| is(page, at, word)));
    let (min, max) = match page.word(source.start).to_lowercase().as_str() {
        "someone" | "somebody" => (1, Some(1)),
        "some" if rest.is_empty() => (2, None),
        "those"
            if follows(&["close", "familiar", "with", "who", "briefed", "involved", "present", "near"]) =>
        {
            (2, None)
        }
        "everyone" | "everybody" if follows(&["i", "we", "interviewed"]) => (3, None),
        _ => return None,
    };
    let unnamed = described(page, source, Some("person"), None, min, max);
    Some(Found { unnamed, reference: Reference::New })
}

fn described(
    page: &Page,
    source: &Range<usize>,
    role: Option<&str>,
    affiliation: Option<String>,
    min: u32,
    max: Option<u32>,
) -> Unnamed {
    let span = page.span(source.clone());
    Unnamed {
        text: page.text[span.range()].trim_end_matches([',', ' ']).to_owned(),
        min,
        max,
        role: role.map(str::to_owned),
        affiliation,
        condition: None,
        mentions: vec![span],
    }
}

/// Whether the source is a pronoun that may stand for unnamed people: `they`. He or she is seldom nobody named.
pub(super) fn is_they(page: &Page, source: &Range<usize>) -> bool {
    source.len() == 1 && (is(page, source.start, "they") || is(page, source.start, "them"))
}

/// Whether the source is one of those spoken of before: `one of them`.
pub(super) fn is_one_of_them(page: &Page, source: &Range<usize>) -> bool {
    let words = lower(page, source.start..source.end.min(source.start + 3));
    matches!(
        words.iter().map(String::as_str).collect::<Vec<_>>()[..],
        ["one" | "another", "of", "them" | "those"]
    )
}

fn lower(page: &Page, tokens: Range<usize>) -> Vec<String> {
    tokens.map(|at| page.word(at).to_lowercase()).collect()
}

fn is_owner(page: &Page, at: usize) -> bool {
    matches!(
        page.word(at).to_lowercase().as_str(),
        "his" | "her" | "their" | "my" | "our" | "its" | "whose" | "'s" | "’s" | "‘s"
    )
}

/// Whether a description starts without a word that makes it one of many.
fn is_bare(first: &str) -> bool {
    const LEADS: &[&str] = &["a", "an", "one", "another", "the", "this", "that", "each", "at", "some"];
    !LEADS.contains(&first)
}

/// `Cruz and his aides`: not only people without a name.
fn joins_a_name(page: &Page, lead: Range<usize>) -> bool {
    lead.clone().skip(1).any(|at| is(page, at, "and") && page.tokens[at - 1].tag == Tag::Propn)
}

/// The head noun of a noun phrase: the last noun before anything that hangs on it. `A group of [doctors]`.
pub(super) fn head(page: &Page, phrase: Range<usize>) -> Option<usize> {
    let tag = |at: usize| page.tokens[at].tag;
    let is_noun = |at: usize| at < page.tokens.len() && matches!(tag(at), Tag::Noun | Tag::Propn);
    let mut head = None;
    for at in phrase.clone() {
        let role = PEOPLE.get(page.word(at).to_lowercase().as_str());
        let owner_follows = at + 1 < page.tokens.len() && matches!(page.word(at + 1), "'s" | "’s" | "‘s");
        // "Sources privy to": several people seldom modify what follows. "One Republican involved" may be tagged as one.
        if let Some(&(_, is_plural)) = role
            && !owner_follows
            && (is_plural || !is_noun(at + 1))
            && (is_noun(at) || tag(at) == Tag::Adj)
        {
            return Some(at);
        }
        match tag(at) {
            Tag::Noun | Tag::Propn => head = Some(at),
            Tag::Det | Tag::Adj | Tag::Num | Tag::Adv | Tag::Pron | Tag::Part | Tag::Cconj | Tag::X => {}
            Tag::Punct | Tag::Sym if matches!(page.word(at), "-" | "/") => {}
            Tag::Adp
                if head.is_some_and(|head| at == head + 1 && is_quantity(page, head))
                    && is(page, at, "of") =>
            {
                head = None;
            }
            _ if head.is_some() => break,
            _ => {}
        }
    }
    head
}

/// `a [group] of doctors`
fn is_quantity(page: &Page, at: usize) -> bool {
    const QUANTITIES: &[&str] = &[
        "group", "groups", "number", "handful", "couple", "pair", "dozen", "dozens", "scores", "hundreds",
        "chorus", "series", "trio", "string", "crowd",
    ];
    QUANTITIES.iter().any(|word| is(page, at, word))
}

/// Whom they belong to: the name before the head, or after `of`, `for`, `in`, `from`, `at`.
fn affiliation(page: &Page, source: &Range<usize>, head: usize) -> Option<String> {
    // "White" of "White House" may be tagged as an adjective; the first word of a sentence is a capital anyway.
    let is_name = |at: &usize| {
        let is_capital = page.word(*at).starts_with(char::is_uppercase) && *at > source.start;
        page.tokens[*at].tag == Tag::Propn || (page.tokens[*at].tag == Tag::Adj && is_capital)
    };
    let before: Vec<usize> =
        (source.start..head).rev().skip_while(|at| !is_name(at)).take_while(is_name).collect();
    if let (Some(&last), Some(&first)) = (before.first(), before.last()) {
        return Some(page.text[page.span(first..last + 1).range()].to_owned());
    }
    let link = head + 1;
    if link >= source.end || !["of", "for", "in", "from", "at"].iter().any(|word| is(page, link, word)) {
        return None;
    }
    if page.tokens.get(link + 1).is_none_or(|token| matches!(token.tag, Tag::Num | Tag::Adv)) {
        return None;
    }
    let end = (link + 1..source.end)
        .find(|&at| matches!(page.tokens[at].tag, Tag::Punct | Tag::Pron | Tag::Verb))
        .unwrap_or(source.end);
    (end > link + 1).then(|| page.text[page.span(link + 1..end).range()].to_owned())
}

/// Whether the words speak of a class: `many voters`, `most critics`, `46 percent of them`.
pub(super) fn is_class(page: &Page, source: &Range<usize>, head: usize) -> bool {
    let any = |list: &[&str]| (source.start..head + 1).any(|at| list.iter().any(|word| is(page, at, word)));
    let is_few = any(&["few"]) && !any(&["a"]);
    let quantified = any(&["most", "every", "percent", "%", "any", "no"]) || is_few;
    quantified && !any(&["sources", "source", "officials"]) || has(&CLASSES, page.word(head))
}

/// Whether the word, one or several, says what a person is.
pub(super) fn is_person(word: &str) -> bool {
    PEOPLE.contains_key(word.to_lowercase().as_str())
}

/// Whether the word speaks of several people.
pub(super) fn is_several(word: &str) -> bool {
    PEOPLE.get(word.to_lowercase().as_str()).is_some_and(|&(_, is_plural)| is_plural)
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
