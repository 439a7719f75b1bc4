//! What a mention does in its clause, by the tags and words around it: learned from the treebank's relations
//! (Universal Dependencies), for there is no parse.

use std::ops::Range;

use sayso_model::{
    linear::{Sink, of_option},
    perceptron::feature,
};

use super::{
    lexicon::{Class, PEOPLE, TITLE},
    mention::{Case, Form},
    model::Judge,
    page::Page,
};
use crate::text::{Sentence, Tag};

/// What a mention does in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// Subject of a main clause, or of a clause beside it (`nsubj`).
    Subject,
    /// Subject of a clause inside another.
    InnerSubject,
    /// `obj`, `iobj`
    Object,
    /// After a preposition, of a verb (`obl`).
    Oblique,
    /// After a preposition, of a noun (`nmod`).
    Modifier,
    /// `nmod:poss`
    Possessor,
    /// `appos`
    Apposition,
    /// `conj`
    Conjunct,
    /// A predicate, a part of a name, an address.
    Other,
}

impl Function {
    /// All of them, in order.
    pub const ALL: [Function; 9] = {
        use Function::*;
        [Subject, InnerSubject, Object, Oblique, Modifier, Possessor, Apposition, Conjunct, Other]
    };
}

/// The function of a mention with these tokens.
pub(super) fn function(
    page: &Page,
    sentence: &Sentence,
    tokens: &Range<usize>,
    head: usize,
    form: Form,
    judge: &mut impl Judge,
) -> Function {
    let is_owner = tokens.end < sentence.tokens.end && page.is_possessive(tokens.end);
    if is_owner || matches!(form, Form::Pronoun { case: Case::Possessive, .. }) {
        return Function::Possessor;
    }
    let features = features(page, sentence, tokens, head, form);
    let options = Function::ALL.len();
    let chosen = judge.function(page.tokens[head].span, options, |option, sink| {
        features.iter().for_each(|&feature| sink.sparse(of_option(feature, option as u64, BITS)));
    });
    Function::ALL[chosen]
}

fn features(page: &Page, sentence: &Sentence, tokens: &Range<usize>, head: usize, form: Form) -> Vec<u64> {
    let bounds = &sentence.tokens;
    // Titles stand before a name.
    let is_title =
        |at: usize| page.class(at).has(TITLE.or(PEOPLE)) && matches!(page.tag(at), Tag::Noun | Tag::Propn);
    let mut start = tokens.start;
    while matches!(form, Form::Name(_)) && start > bounds.start && is_title(start - 1) {
        start -= 1;
    }
    let end = tokens.end;
    let tag = |at: Option<usize>| at.filter(|at| bounds.contains(at)).map_or(17, |at| page.tag(at) as u64);
    let word = |at: Option<usize>| at.filter(|at| bounds.contains(at)).map_or(0, |at| page.lower(at));
    let back = |far: usize| start.checked_sub(far);
    let (b1, b2, b3) = (tag(back(1)), tag(back(2)), tag(back(3)));
    let (a1, a2, a3) = (tag(Some(end)), tag(Some(end + 1)), tag(Some(end + 2)));
    let near = |range: Range<usize>| range.start.max(bounds.start)..range.end.min(bounds.end);
    let is_verb = |at: &usize| matches!(page.tag(*at), Tag::Verb | Tag::Aux);
    let before = near(start.saturating_sub(FAR)..start);
    let after = near(end..end + FAR);
    let last_verb = before.clone().rev().find(is_verb);
    let next_verb = after.clone().find(is_verb);
    let step = |far: usize| far.min(4) as u64 + u64::from(far > 8);
    let to_last = last_verb.map_or(9, |at| step(start - at));
    let to_next = next_verb.map_or(9, |at| step(at - end + 1));
    // What hangs on the mention is passed over: `Lee, a teacher from Norland, said`.
    let resumed = if end < bounds.end && page.word(end) == "," {
        let closes = near(end + 1..end + FAR).find(|&at| page.word(at) == ",");
        closes.map_or(18, |at| tag(Some(at + 1)))
    } else {
        let rest = after.clone().find(|&at| !matches!(page.tag(at), Tag::Adv | Tag::Part));
        tag(rest)
    };
    // The word that opened the clause: `because`, `who`.
    let opener =
        before.clone().rev().find(|&at| page.tag(at) == Tag::Sconj || page.class(at).has(Class::OPENER));
    let opens = opener.map_or(0, |at| 1 + u64::from(last_verb.is_some_and(|verb| verb > at)));
    let verbs = before.clone().filter(is_verb).count().min(3) as u64;
    let led = back(1).filter(|at| bounds.contains(at)).is_some_and(|at| page.tag(at) == Tag::Adp);
    let governor = if led { tag(back(2)) } else { 19 };
    let kind = form.kind();
    let mut template = 0;
    let mut found = Vec::with_capacity(28);
    let mut put = |value: u64| {
        template += 1;
        found.push(feature(template, value));
    };
    put(0);
    put(kind);
    put(b1 * 32 + a1);
    put(b1 * 1024 + b2 * 32 + b3);
    put(a1 * 1024 + a2 * 32 + a3);
    put(b1 * 32 + resumed);
    put(resumed * 16 + kind);
    put(word(back(1)));
    put(word(back(2)));
    put(word(Some(end)));
    put(word(back(1)) ^ a1);
    put(word(Some(end)) ^ b1);
    put(page.lower(head) ^ b1);
    put(to_last * 16 + to_next);
    put((to_last * 16 + to_next) * 32 + b1);
    put(verbs * 4 + opens);
    put((verbs * 4 + opens) * 32 + resumed);
    put(opener.map_or(0, |at| page.lower(at)) ^ resumed);
    put(governor * 32 + a1);
    put(last_verb.map_or(0, |at| page.lower(at)) ^ b1);
    put(u64::from(start == bounds.start) * 64 + resumed);
    put(u64::from(start == bounds.start) * 16 + kind);
    put(kind * 1024 + b1 * 32 + a1);
    put(match form {
        Form::Pronoun { case, .. } => 1 + case as u64,
        _ => 0,
    } * 32
        + b1);
    found
}

/// There are two to this power of weights.
pub const BITS: u32 = 17;
/// Tokens before and after a mention that are looked at.
const FAR: usize = 14;
