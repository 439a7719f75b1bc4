//! What stands around a cue: to whom, in what document, and whether it was said at all.

use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

use super::{Page, finding::Finding};
use crate::{Stance, Via, ViaKind, text::Tag};

/// Who was told: the noun phrase between a cue that takes one and the content.
///
/// `[told] Putin [that …]`, `[warned] the board: […]`, `[said] to reporters […]`
pub(super) fn addressee(page: &Page, finding: &Finding) -> Option<Range<usize>> {
    let cue = finding.cue.clone()?;
    let takes_object = cue.clone().any(|at| WORDS.telling.has(page, at));
    let next = finding
        .content
        .iter()
        .chain(&finding.source)
        .map(|piece| piece.start)
        .filter(|&at| at >= cue.end)
        .min();
    let mut gap =
        cue.end..next.unwrap_or(cue.end + LONGEST).min(cue.end + LONGEST).min(page.sentence_end(cue.start));
    let led_by_to = gap.start < gap.end && is_one_of(page, gap.start, &["to"]);
    if led_by_to {
        gap.start += 1;
    }
    if !takes_object && !led_by_to {
        return None;
    }
    let stop = gap.clone().find(|&at| ends_phrase(page, at)).unwrap_or(gap.end);
    let phrase = gap.start..stop;
    let named = phrase.clone().any(|at| matches!(page.tokens[at].tag, Tag::Propn | Tag::Noun | Tag::Pron));
    (named && phrase.len() < LONGEST).then_some(phrase)
}

/// Leaves whoever is told out of the content: `warned [the board that …]` is `warned the board [that …]`.
pub(super) fn split_addressee(page: &Page, finding: &mut Finding) {
    let Some(cue) = finding.cue.clone() else { return };
    let Some(content) = finding.content.iter_mut().find(|piece| piece.start == cue.end) else { return };
    if !cue.clone().any(|at| WORDS.telling.has(page, at)) {
        return;
    }
    if let Some(end) = told_that(page, content.clone()) {
        content.start = end;
    }
}

/// Whether `informed the board that …` starts at a token: somebody is told something, and the words leave no doubt.
pub(super) fn tells(page: &Page, at: usize) -> bool {
    let end = page.sentence_end(at);
    WORDS.telling.has(page, at) && page.tokens[at].tag == Tag::Verb && told_that(page, at + 1..end).is_some()
}

/// Where the `that` after a noun phrase at the start of `tokens` stands.
fn told_that(page: &Page, tokens: Range<usize>) -> Option<usize> {
    let names = |at: &usize| {
        use Tag::*;
        matches!(page.tokens[*at].tag, Det | Adj | Noun | Propn | Pron | Num | Part)
            && !is_one_of(page, *at, &["that"])
    };
    let end = tokens.clone().take_while(names).last()? + 1;
    (end - tokens.start < LONGEST && end < tokens.end && is_one_of(page, end, &["that"])).then_some(end)
}

/// `in a statement`, `in a post on Telegram`, right after the cue.
pub(super) fn document(page: &Page, finding: &Finding) -> Option<Via> {
    let cue = finding.cue.clone()?;
    let start =
        (cue.start..cue.end + 3).find(|&at| at < page.tokens.len() && is_one_of(page, at, &["in", "on"]))?;
    let end = page.sentence_end(start).min(start + LONGEST);
    let noun = (start + 1..end)
        .take_while(|&at| page.tokens[at].tag != Tag::Punct)
        .find(|&at| WORDS.document.has(page, at))?;
    let outside = finding.content.iter().all(|piece| piece.end <= start || noun < piece.start);
    outside.then(|| Via { kind: ViaKind::Document, span: page.span(&(start + 1..noun + 1)) })
}

/// Whether the words at and before the cue say that it was said.
pub(super) fn stance(page: &Page, finding: &Finding) -> Stance {
    let Some(cue) = finding.cue.clone() else { return Stance::Asserted };
    let inside = |at: usize| finding.source.iter().chain(&finding.content).any(|piece| piece.contains(&at));
    let lead = (cue.start.saturating_sub(4)..cue.start)
        .rev()
        .take_while(|&at| !inside(at) && is_auxiliary(page, at));
    let words: Vec<usize> = lead.chain(cue.clone()).collect();
    let any = |class: &Class| words.iter().any(|&at| class.has(page, at));
    match () {
        () if any(&WORDS.denying) => Stance::Denied,
        () if any(&WORDS.negation) => Stance::NotSaid,
        () if any(&WORDS.refusing) && refuses_to_act(page, finding) => Stance::NotSaid,
        () if any(&WORDS.future) || expects(page, &words) => Stance::Hypothetical,
        () => Stance::Asserted,
    }
}

/// `refused to say`, `declined comment`; who refuses an order has said so.
fn refuses_to_act(page: &Page, finding: &Finding) -> bool {
    let Some(cue) = &finding.cue else { return false };
    let act = |at: usize| is_one_of(page, at, &["to", "comment", "comments", "commenting"]);
    (cue.start..cue.end + 1).any(|at| at < page.tokens.len() && act(at))
        || finding.content.first().is_some_and(|piece| act(piece.start))
}

/// Whether the words before a cue in the passive name its target, not its source: `Lee [is accused] of fraud`.
pub(super) fn is_passive(page: &Page, cue: &Range<usize>) -> bool {
    const BE: &[&str] = &["is", "are", "was", "were", "be", "been", "being", "am"];
    let lead = (cue.start.saturating_sub(2)..cue.start).rev().take_while(|&at| is_auxiliary(page, at));
    let has_be = lead.chain(cue.clone()).any(|at| is_one_of(page, at, BE));
    has_be && cue.clone().any(|at| WORDS.targeting.has(page, at))
}

/// Whether the cue gives a thing its title: `titled “Weak Places”`.
pub(super) fn is_naming(page: &Page, cue: &Range<usize>) -> bool {
    cue.clone().any(|at| WORDS.naming.has(page, at))
}

/// `is expected to`, `plans to`.
fn expects(page: &Page, words: &[usize]) -> bool {
    words.iter().any(|&at| WORDS.expecting.has(page, at) && words.iter().any(|&next| next > at))
        || words.iter().any(|&at| is_one_of(page, at, &["expected", "poised", "likely", "due"]))
}

fn is_auxiliary(page: &Page, at: usize) -> bool {
    matches!(page.tokens[at].tag, Tag::Aux | Tag::Part | Tag::Adv)
        || WORDS.future.has(page, at)
        || WORDS.expecting.has(page, at)
}

fn ends_phrase(page: &Page, at: usize) -> bool {
    let tag = page.tokens[at].tag;
    (tag == Tag::Punct && page.word(at) != "[" && page.word(at) != "]")
        || matches!(tag, Tag::Verb | Tag::Sconj | Tag::Aux)
        || is_one_of(
            page,
            at,
            &[
                "that", "to", "on", "in", "during", "after", "before", "how", "what", "why", "about", "of",
                "at",
            ],
        )
}

fn is_one_of(page: &Page, at: usize, list: &[&str]) -> bool {
    list.iter().any(|word| word.eq_ignore_ascii_case(page.word(at)))
}

/// Longest addressee, in tokens.
const LONGEST: usize = 8;

/// Words of one class, in lower case.
struct Class(BTreeSet<&'static str>);

impl Class {
    fn has(&self, page: &Page, at: usize) -> bool {
        self.0.contains(page.word(at).to_lowercase().as_str())
    }
}

struct Words {
    telling: Class,
    denying: Class,
    negation: Class,
    refusing: Class,
    future: Class,
    expecting: Class,
    targeting: Class,
    naming: Class,
    document: Class,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let class = |name: &str| Class(sayso_data::class(sayso_data::CUE_WORDS, name));
    Words {
        telling: class("telling"),
        denying: class("denying"),
        negation: class("negation"),
        refusing: class("refusing"),
        future: class("future"),
        expecting: class("expecting"),
        targeting: class("targeting"),
        naming: class("naming"),
        document: Class(sayso_data::class(sayso_data::NOUNS, "document")),
    }
});
