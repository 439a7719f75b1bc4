//! Mentions of people: names, noun phrases whose head speaks of people, pronouns.

use std::ops::Range;

use sayso_model::{linear::Sink, perceptron::feature};

use super::{
    function::{Function, function},
    lexicon::{self, Class, PEOPLE, TITLE},
    model::{Judge, Question},
    name::{Names, Source},
    outlet,
    page::Page,
};
use crate::{
    Outlet,
    text::{Sentence, Tag, vector},
};

/// Words that stand for people.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// A name without titles; a noun phrase from its determiner to what hangs on the head by `of`; a pronoun.
    pub(super) tokens: Range<usize>,
    /// The noun or pronoun; the last word of a name.
    pub(super) head: usize,
    pub(super) form: Form,
    /// Which sentence.
    pub(super) sentence: usize,
    pub(super) function: Function,
    /// The vector of the noun.
    pub(super) vector: Option<&'static [u8]>,
}

/// What a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Which of [`Names::mentions`].
    Name(usize),
    Noun {
        lead: Lead,
        is_several: bool,
    },
    Pronoun {
        pronoun: Pronoun,
        case: Case,
    },
}

/// What a noun phrase starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    Bare,
    A,
    The,
    This,
    /// `his`, `Lee's`
    Owner,
    /// `some`, `many`, `no`, a number
    Amount,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pronoun {
    I,
    We,
    You,
    He,
    She,
    They,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Subject,
    Object,
    Possessive,
    Reflexive,
}

impl Form {
    /// A small number that tells forms apart.
    pub(super) fn code(self) -> u64 {
        match self {
            Form::Name(_) => 0,
            Form::Noun { lead, is_several } => 1 + lead as u64 * 2 + u64::from(is_several),
            Form::Pronoun { pronoun, case } => 16 + pronoun as u64 * 4 + case as u64,
        }
    }

    /// As [`code`](Self::code), coarser: the case and lead left out.
    pub(super) fn kind(self) -> u64 {
        match self {
            Form::Name(_) => 0,
            Form::Noun { is_several, .. } => 1 + u64::from(is_several),
            Form::Pronoun { pronoun, .. } => 3 + pronoun as u64,
        }
    }
}

/// All mentions, in order of their first tokens, the longer first.
pub(super) fn mentions(source: &Source, names: &Names, judge: &mut impl Judge) -> Vec<Mention> {
    let page = &source.page;
    let mut found = Vec::new();
    let mut next_name = 0;
    for (number, sentence) in source.sentences.iter().enumerate() {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            while names.mentions.get(next_name).is_some_and(|naming| naming.tokens.start < at) {
                next_name += 1;
            }
            let name = names.mentions.get(next_name).map(|naming| naming.tokens.clone());
            let (tokens, head, form, vector) = match name {
                Some(tokens) if tokens.start == at => {
                    (tokens.clone(), tokens.end - 1, Form::Name(next_name), None)
                }
                next => {
                    let starts = next.map_or(usize::MAX, |tokens| tokens.start);
                    let pronoun = pronoun(page, at).map(|form| (at..at + 1, at, form, None));
                    match pronoun.or_else(|| noun(source, sentence, at, starts, judge)) {
                        Some(found) => found,
                        None => {
                            at += 1;
                            continue;
                        }
                    }
                }
            };
            at = if matches!(form, Form::Name(_)) { tokens.end } else { at + 1 };
            let function = function(page, sentence, &tokens, head, form, judge);
            found.push(Mention { tokens, head, form, sentence: number, function, vector });
        }
    }
    found.sort_by_key(|mention| (mention.tokens.start, std::cmp::Reverse(mention.tokens.end)));
    found
}

fn pronoun(page: &Page, at: usize) -> Option<Form> {
    use Case::*;
    use Pronoun::*;
    if !page.class(at).has(Class::PRONOUN) {
        return None;
    }
    let word = page.word(at);
    let (pronoun, case) = match word.to_ascii_lowercase().as_str() {
        "i" if word == "I" => (I, Subject),
        "me" => (I, Object),
        "mine" if page.tag(at) != Tag::Pron => return None,
        "my" | "mine" => (I, Possessive),
        "myself" => (I, Reflexive),
        "we" => (We, Subject),
        "us" if word != "US" => (We, Object),
        "our" | "ours" => (We, Possessive),
        "ourselves" => (We, Reflexive),
        "you" => (You, Subject),
        "your" | "yours" => (You, Possessive),
        "yourself" | "yourselves" => (You, Reflexive),
        "he" => (He, Subject),
        "him" => (He, Object),
        "his" => (He, Possessive),
        "himself" => (He, Reflexive),
        "she" => (She, Subject),
        "her" if is_possessive(page, at) => (She, Possessive),
        "her" => (She, Object),
        "hers" => (She, Possessive),
        "herself" => (She, Reflexive),
        "they" => (They, Subject),
        "them" | "'em" | "’em" | "em" => (They, Object),
        "'s" | "’s" if at > 0 && page.is_one_of(at - 1, &["let"]) => (We, Object),
        "their" | "theirs" => (They, Possessive),
        "themselves" | "themself" => (They, Reflexive),
        _ => return None,
    };
    Some(Form::Pronoun { pronoun, case })
}

/// `her lawyer`, not `saw her leave`.
fn is_possessive(page: &Page, at: usize) -> bool {
    use Tag::*;
    page.tokens.get(at + 1).is_some_and(|next| matches!(next.tag, Noun | Propn | Adj | Num))
}

/// A mention found: its tokens, head, form and vector.
type Found = (Range<usize>, usize, Form, Option<&'static [u8]>);

/// The noun phrase whose head is this token, where a noun speaks of people. `name` is where the next name starts.
fn noun(
    source: &Source,
    sentence: &Sentence,
    at: usize,
    name: usize,
    judge: &mut impl Judge,
) -> Option<Found> {
    let page = &source.page;
    let is_age = page.word(at).ends_with("-year-old");
    let indefinite =
        matches!(page.tag(at), Tag::Pron | Tag::Det | Tag::Num | Tag::Adj) && page.is_one_of(at, INDEFINITE);
    // "No one".
    if indefinite && at > 0 && page.is_one_of(at - 1, &["no"]) {
        return None;
    }
    let is_age = is_age && at > sentence.tokens.start;
    if !matches!(page.tag(at), Tag::Noun | Tag::Propn) && !indefinite && !is_age {
        return None;
    }
    let next = (at + 1 < sentence.tokens.end).then(|| page.tag(at + 1));
    // "Aide Ann Lee": what stands before a name belongs to it. "Campaign aides": no head.
    if at + 1 == name || matches!(next, Some(Tag::Noun | Tag::Propn)) || is_age && next == Some(Tag::Adj) {
        return None;
    }
    let start = if indefinite { at } else { phrase_start(page, sentence, at) };
    let lead = lead(page, start, at);
    // "The broadcaster" is the BBC of before.
    let before = page.tokens[at].span.start();
    let is_outlet = |kinds: &&[&str]| {
        let is = |outlet: &Outlet| outlet.kind.is_some_and(|kind| kinds.contains(&kind));
        source.outlets.iter().any(|outlet| is(outlet) && outlet.mentions[0].start() < before)
    };
    if lead == Lead::The && start + 1 == at && outlet::kinds(page.word(at)).as_ref().is_some_and(is_outlet) {
        return None;
    }
    let is_several =
        page.class(at).has(Class::SEVERAL) || !page.class(at).has(Class::ONE) && is_plural(page.word(at));
    let vector = vector::builtin().row(vector::key(page.word(at), &mut String::new()));
    let question = Noun { source, at, start, lead, is_several, vector };
    // "The 66-year-old" is always somebody.
    let odds = |judge: &mut _| {
        Judge::person(judge, Question::Noun, &[page.tokens[at].span], |sink| question.features(sink))
    };
    // "Chief of staff", "head of the union".
    let is_office =
        page.class(at).has(PEOPLE) && at + 1 < sentence.tokens.end && page.is_one_of(at + 1, &["of"]);
    // "The Finn".
    let is_one_of_nation = page.class(at).has(Class::ONE)
        && lead == Lead::The
        && start + 1 == at
        && lexicon::nation(page.lower(at)).is_some();
    let listed = if is_office || is_one_of_nation { LISTED } else { 0 };
    if !is_age && odds(judge) + listed <= 0 {
        return None;
    }
    let end = if indefinite { at + 1 } else { phrase_end(page, sentence, at) };
    Some((start..end, at, Form::Noun { lead, is_several }, vector))
}

fn is_plural(word: &str) -> bool {
    word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us")
        || matches!(word, "people" | "men" | "women" | "children" | "police" | "others" | "those")
}

/// Added to the log-odds of a listed noun before `of` (256ths).
const LISTED: i32 = 768;

/// Pronouns that a phrase may stand for people by, besides the personal ones.
const INDEFINITE: &[&str] = &[
    "someone",
    "somebody",
    "anyone",
    "anybody",
    "everyone",
    "everybody",
    "nobody",
    "one",
    "others",
    "those",
    "many",
    "some",
];

/// The first token of the noun phrase that a head ends.
pub(super) fn phrase_start(page: &Page, sentence: &Sentence, head: usize) -> usize {
    let mut at = head;
    let least = sentence.tokens.start.max(head.saturating_sub(PHRASE));
    while at > least {
        let before = at - 1;
        match page.tag(before) {
            Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num => at = before,
            Tag::Adv if page.tag(at) == Tag::Adj => at = before,
            Tag::Punct if page.word(before) == "-" => at = before,
            Tag::Verb
                if page.tag(at) != Tag::Det && page.word(before).ends_with("ed") && is_led(page, before) =>
            {
                at = before
            }
            Tag::Det => {
                at = before;
                if at > least && page.tag(at - 1) == Tag::Det {
                    at -= 1;
                }
                break;
            }
            Tag::Pron
                if matches!(pronoun(page, before), Some(Form::Pronoun { case: Case::Possessive, .. })) =>
            {
                at = before;
                break;
            }
            _ if page.is_possessive(before) && before > least => at = before,
            _ => break,
        }
    }
    at
}

/// `the [accused] man`
fn is_led(page: &Page, at: usize) -> bool {
    at > 0 && matches!(page.tag(at - 1), Tag::Det | Tag::Adj)
}

/// One past the last token of a noun phrase: with what hangs on the head by `of`.
fn phrase_end(page: &Page, sentence: &Sentence, head: usize) -> usize {
    let after = head + 1;
    if after + 1 >= sentence.tokens.end || !page.is_one_of(after, &["of"]) {
        return after;
    }
    let within = after + 1..sentence.tokens.end.min(after + PHRASE);
    let in_phrase =
        |at: &usize| matches!(page.tag(*at), Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num | Tag::Det);
    within.take_while(in_phrase).last().map_or(after, |last| last + 1)
}

/// Most tokens before a head.
const PHRASE: usize = 10;

fn lead(page: &Page, start: usize, head: usize) -> Lead {
    let owned = (start..head).any(|at| {
        page.is_possessive(at)
            || matches!(pronoun(page, at), Some(Form::Pronoun { case: Case::Possessive, .. }))
    });
    match page.word(start).to_ascii_lowercase().as_str() {
        _ if owned => Lead::Owner,
        "a" | "an" | "another" => Lead::A,
        "the" => Lead::The,
        "this" | "that" | "these" | "those" | "both" if start < head => Lead::This,
        _ if start < head && matches!(page.tag(start), Tag::Det | Tag::Num) => Lead::Amount,
        _ => Lead::Bare,
    }
}

/// A noun of which it is asked whether it speaks of people.
struct Noun<'s, 'a> {
    source: &'s Source<'a>,
    at: usize,
    start: usize,
    lead: Lead,
    is_several: bool,
    vector: Option<&'static [u8]>,
}

impl Noun<'_, '_> {
    fn features(&self, sink: &mut impl Sink) {
        let &Noun { source, at, start, lead, is_several, .. } = self;
        let page = &source.page;
        let word = page.word(at);
        let class = page.class(at).bits();
        let capital = u64::from(page.is_capital(at));
        let mut put = |template: u64, value: u64| sink.sparse(feature(20 + template, value));
        put(0, 0);
        put(1, page.lower(at));
        put(2, class * 4 + capital * 2 + u64::from(is_several));
        put(3, word.bytes().rev().take(3).fold(0, |all, byte| all * 256 + u64::from(byte)));
        put(4, word.bytes().rev().take(4).fold(0, |all, byte| all * 256 + u64::from(byte)));
        put(5, lead as u64 * 2 + u64::from(is_several));
        put(6, page.tag(at) as u64 * 4 + capital * 2 + u64::from(is_several));
        put(7, start.checked_sub(1).map_or(1, |before| page.lower(before)));
        if at > start {
            put(8, page.lower(at - 1));
            put(13, page.class(at - 1).bits());
        }
        if at + 1 < page.tokens.len() {
            put(9, page.lower(at + 1));
            put(10, page.tag(at + 1) as u64);
            put(11, u64::from(source.roles[at + 1].is_cue));
        }
        put(12, u64::from(source.roles[at].is_source));
        put(14, u64::from(page.class(at).has(PEOPLE)) * 2 + u64::from(page.class(at).has(TITLE)));
        if let Some(numbers) = self.vector {
            sink.dense(3 + usize::from(page.is_capital(at)), numbers, 1);
        }
    }
}
