//! Sources without a name: `three sources close to him`, `another official`, and how many people they are.

use std::ops::Range;

use super::Page;
use crate::{Span, Unnamed, text::Tag};

/// An unnamed source, and how it is spoken of.
pub(super) struct Found {
    pub(super) unnamed: Unnamed,
    /// Its head noun.
    pub(super) head: Span,
    /// `the sources`: people spoken of before.
    pub(super) is_definite: bool,
}

/// The unnamed source that a source's tokens describe, if they do.
pub(super) fn unnamed(page: &Page, source: Range<usize>) -> Option<Found> {
    let head = head(page, source.clone())?;
    let word = page.word(head).to_lowercase();
    let plural = PEOPLE.iter().any(|(_, many)| *many == word);
    let role = PEOPLE.iter().find(|(one, many)| *one == word || *many == word)?.0;
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
    Some(Found { unnamed, head: page.tokens[head].span, is_definite })
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
        if head == Some(at)
            && !owner_follows
            && PEOPLE.iter().any(|(one, many)| is(page, at, one) || is(page, at, many))
        {
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
        || CLASSES.iter().any(|word| is(page, head, word))
}

/// Whether the word, one or several, says what a person is.
pub(super) fn is_person(word: &str) -> bool {
    PEOPLE.iter().any(|(one, many)| one.eq_ignore_ascii_case(word) || many.eq_ignore_ascii_case(word))
}

pub(super) fn is_document(word: &str) -> bool {
    contains(DOCUMENTS, word)
}

pub(super) fn is_organisation(word: &str) -> bool {
    contains(ORGANISATIONS, word)
}

fn is(page: &Page, at: usize, word: &str) -> bool {
    page.word(at).eq_ignore_ascii_case(word)
}

fn contains(list: &[&str], word: &str) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// People by what they are, one and several.
const PEOPLE: &[(&str, &str)] = &[
    ("source", "sources"),
    ("official", "officials"),
    ("person", "people"),
    ("aide", "aides"),
    ("adviser", "advisers"),
    ("advisor", "advisors"),
    ("spokesman", "spokesmen"),
    ("spokeswoman", "spokeswomen"),
    ("spokesperson", "spokespeople"),
    ("diplomat", "diplomats"),
    ("employee", "employees"),
    ("staffer", "staffers"),
    ("operative", "operatives"),
    ("strategist", "strategists"),
    ("insider", "insiders"),
    ("lawyer", "lawyers"),
    ("attorney", "attorneys"),
    ("prosecutor", "prosecutors"),
    ("investigator", "investigators"),
    ("officer", "officers"),
    ("executive", "executives"),
    ("witness", "witnesses"),
    ("friend", "friends"),
    ("associate", "associates"),
    ("ally", "allies"),
    ("colleague", "colleagues"),
    ("worker", "workers"),
    ("man", "men"),
    ("woman", "women"),
    ("resident", "residents"),
    ("neighbor", "neighbors"),
    ("neighbour", "neighbours"),
    ("relative", "relatives"),
    ("lawmaker", "lawmakers"),
    ("analyst", "analysts"),
    ("expert", "experts"),
    ("scientist", "scientists"),
    ("researcher", "researchers"),
    ("doctor", "doctors"),
    ("teacher", "teachers"),
    ("student", "students"),
    ("soldier", "soldiers"),
    ("commander", "commanders"),
    ("agent", "agents"),
    ("reporter", "reporters"),
    ("journalist", "journalists"),
    ("representative", "representatives"),
    ("assistant", "assistants"),
    ("donor", "donors"),
    ("member", "members"),
    ("leader", "leaders"),
    ("supporter", "supporters"),
    ("attendee", "attendees"),
    ("pilot", "pilots"),
    ("engineer", "engineers"),
    ("clerk", "clerks"),
    ("policeman", "policemen"),
    ("guest", "guests"),
];
const CLASSES: &[&str] = &[
    "critics",
    "voters",
    "americans",
    "republicans",
    "democrats",
    "observers",
    "opponents",
    "percent",
    "everyone",
    "public",
    "pundits",
    "skeptics",
    "sceptics",
    "conservatives",
    "liberals",
    "respondents",
    "majority",
    "others",
    "viewers",
    "readers",
];
const DOCUMENTS: &[&str] = &[
    "report",
    "reports",
    "poll",
    "polls",
    "survey",
    "surveys",
    "study",
    "studies",
    "document",
    "documents",
    "memo",
    "statement",
    "law",
    "bill",
    "lawsuit",
    "complaint",
    "filing",
    "filings",
    "records",
    "email",
    "emails",
    "e-mail",
    "e-mails",
    "letter",
    "book",
    "article",
    "story",
    "editorial",
    "tape",
    "video",
    "transcript",
    "indictment",
    "constitution",
    "data",
    "ad",
    "figures",
    "headline",
    "headlines",
    "tweet",
    "review",
    "audit",
    "analysis",
    "account",
    "documentary",
    "film",
    "statistics",
];
const ORGANISATIONS: &[&str] = &[
    "campaign",
    "government",
    "ministry",
    "company",
    "department",
    "agency",
    "party",
    "committee",
    "court",
    "police",
    "office",
    "council",
    "house",
    "senate",
    "congress",
    "administration",
    "union",
    "university",
    "commission",
    "foundation",
    "army",
    "military",
    "bank",
    "church",
    "institute",
    "group",
    "firm",
    "organization",
    "organisation",
    "kremlin",
    "parliament",
    "bureau",
    "embassy",
    "state",
    "team",
    "board",
    "authority",
    "authorities",
    "coalition",
    "association",
    "center",
    "centre",
    "hospital",
];
