//! Why a source has no name, where the text says it.
//!
//! `an aide who spoke on condition of anonymity [because he feared for his job]`,
//! `two clerks [who asked not to be named]`: the reason where there is one, else the wish.

use std::ops::Range;

use super::{lexicon::Class, page::Page};
use crate::{Span, text::Tag};

/// A wish for anonymity in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Anonymity {
    /// The first token of the words that state it.
    pub(super) start: usize,
    /// The stated reason, else the wish itself.
    pub(super) condition: Span,
}

/// The first wish for anonymity among the tokens of a sentence, but for those that are `told`: somebody's words about
/// something else.
pub(super) fn anonymity(
    page: &Page,
    sentence: Range<usize>,
    is_told: impl Fn(usize) -> bool,
) -> Option<Anonymity> {
    let wishes = sentence.clone().filter_map(|at| Some((at, wish(page, at, sentence.end)?)));
    let (at, end) = wishes.into_iter().find(|&(at, _)| !is_told(at))?;
    let start = lead(page, &sentence, at);
    let found = reason(page, &sentence, at, end);
    let condition = found.unwrap_or(start..clause_end(page, end, sentence.end));
    Some(Anonymity { start, condition: page.span(condition) })
}

/// Where the wish that starts at a token ends: `condition of anonymity`, `requested anonymity`, `not to be named`,
/// `not authorized to speak`.
fn wish(page: &Page, at: usize, end: usize) -> Option<usize> {
    if !page.class(at).has(Class::WISH) {
        return None;
    }
    let is =
        |at: usize, list: &[&str]| at < end && list.iter().any(|one| page.word(at).eq_ignore_ascii_case(one));
    let before = |words: &[&str]| (at.saturating_sub(3)..at).any(|before| is(before, words));
    if is(at, &["anonymity"]) {
        let wished = before(&[
            "condition",
            "requested",
            "requesting",
            "asked",
            "granted",
            "given",
            "demanded",
            "insisted",
        ]);
        return wished.then_some(at + 1);
    }
    if is(at, &["not", "n't", "n’t"]) && is(at + 1, ALLOWED) && is(at + 2, &["to"]) {
        const SPEAKS: &[&str] = &[
            "speak", "talk", "comment", "discuss", "brief", "be", "give", "disclose", "publicly", "share",
            "describe",
        ];
        return is(at + 3, SPEAKS).then_some(at + 4);
    }
    const WISHES: &[&str] = &["asked", "asking", "requested", "wished", "wanted", "insisted", "preferred"];
    if !is(at, &["declined", "refused"]) && !is(at, WISHES) {
        return None;
    }
    let named = (at + 1..at + 6).find(|&next| is(next, &["named", "identified", "anonymous", "quoted"]))?;
    let is_kept = (at + 1..named).any(|next| is(next, &["be", "being", "remain", "stay"]));
    let declined = is(at, &["declined", "refused"]) && !is(named + 1, &["with"]);
    let asked =
        is(at, WISHES) && (is(named, &["anonymous"]) || (at + 1..named).any(|next| is(next, &["not"])));
    (is_kept && (declined || asked)).then_some(named + 1)
}

const ALLOWED: &[&str] = &["authorized", "authorised", "permitted", "allowed", "cleared"];

/// Where the words around the wish start: at the `who` or the participle that leads to it.
fn lead(page: &Page, sentence: &Range<usize>, at: usize) -> usize {
    let near = at.saturating_sub(10).max(sentence.start)..at;
    let is_border =
        |&at: &usize| page.tokens[at].tag == Tag::Punct || page.word(at).eq_ignore_ascii_case("who");
    let border = near.rev().find(is_border);
    match border {
        Some(border) if page.tokens[border].tag == Tag::Punct => border + 1,
        Some(border) => border,
        None => at,
    }
}

/// The reason, from `because`, `for fear`, `citing` or `to` after the wish (or in the wish: not being allowed to speak).
fn reason(page: &Page, sentence: &Range<usize>, at: usize, wish_end: usize) -> Option<Range<usize>> {
    let sentence_end = sentence.end;
    let is = |at: usize, word: &str| at < sentence_end && page.word(at).eq_ignore_ascii_case(word);
    if ALLOWED.iter().any(|word| is(at + 1, word)) {
        let because = (at.saturating_sub(5).max(sentence.start)..at)
            .rev()
            .find(|&at| is(at, "because") || is(at, "as") || is(at, "who"));
        return Some(because.unwrap_or(at)..clause_end(page, wish_end, sentence_end));
    }
    let skipped = (wish_end..(wish_end + 4).min(sentence_end)).find(|&at| {
        ["because", "for", "citing", "since", "as", "to", "so"].iter().any(|word| is(at, word))
    })?;
    let leads =
        !is(skipped, "for") || is(skipped + 1, "fear") || is(skipped + 1, "his") || is(skipped + 1, "her");
    leads.then(|| skipped..clause_end(page, skipped + 1, sentence_end))
}

/// Where the clause ends: at a comma, a mark, a dash or the sentence's end.
fn clause_end(page: &Page, start: usize, end: usize) -> usize {
    (start..end).find(|&at| page.tokens[at].tag == Tag::Punct && page.word(at) != "-").unwrap_or(end)
}
