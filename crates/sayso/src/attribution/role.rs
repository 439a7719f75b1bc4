//! What stands around a cue: to whom, in what document, and whether it was said at all.

use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

use super::{Page, finding::Finding};
use crate::{Act, Stance, Via, ViaKind, text::Tag};

/// Who was told: the noun phrase between a cue that takes one and the content.
///
/// `[told] Putin [that …]`, `[warned] the board: […]`, `[said] to reporters […]`
pub(super) fn addressee(page: &Page, finding: &Finding) -> Option<Range<usize>> {
    let cue = finding.cue.clone()?;
    if is_heard(page, &cue) {
        return told(page, &cue);
    }
    if is_passive(page, &cue) && cue.clone().any(|at| WORDS.telling.has(page, at)) {
        return told(page, &cue);
    }
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
    let is_time = |at: usize| {
        at > gap.start
            && is_one_of(page, at, &["last", "this", "next", "earlier", "later", "yesterday", "today"])
    };
    let stop = gap.clone().find(|&at| ends_phrase(page, at) || is_time(at)).unwrap_or(gap.end);
    let phrase = gap.start..stop;
    let named = phrase.clone().any(|at| matches!(page.tokens[at].tag, Tag::Propn | Tag::Noun | Tag::Pron));
    (named && phrase.len() < LONGEST).then_some(phrase)
}

/// Whether a cue ends a headline after whoever was told: `Dam is unsafe, inquiry [told]`.
pub(super) fn is_heard(page: &Page, cue: &Range<usize>) -> bool {
    let ends = (cue.end..page.sentence_end(cue.start)).all(|at| page.tokens[at].tag == Tag::Punct);
    ends && cue.len() == 1 && is_one_of(page, cue.start, &["told", "hears", "hear"])
}

/// `[They] had been told`: the noun phrase before a cue in the passive.
fn told(page: &Page, cue: &Range<usize>) -> Option<Range<usize>> {
    use Tag::*;
    let first = page.sentence_start(cue.start);
    let start = (first..cue.start).rev().take_while(|&at| is_auxiliary(page, at)).last().unwrap_or(cue.start);
    let part = |at: &usize| {
        let joins = matches!(page.tokens[*at].tag, Det | Adj | Noun | Propn | Pron | Num | Part);
        joins && !is_one_of(page, *at, &["that", "who", "to"]) || is_one_of(page, *at, &["of"])
    };
    let phrase = (first..start).rev().take_while(part).last()?..start;
    // "A trust that ran it for two years was never told": what hangs on a preposition is nobody.
    let hangs = phrase.start > first && page.tokens[phrase.start - 1].tag == Adp;
    (phrase.len() < LONGEST && !hangs).then_some(phrase)
}

/// Leaves whoever is told out of the content: `warned [the board that …]` is `warned the board [that …]`, and
/// `said [to parliament that …]` is `said to parliament [that …]`.
pub(super) fn split_addressee(page: &Page, finding: &mut Finding) {
    let Some(cue) = finding.cue.clone() else { return };
    let is_telling = cue.clone().any(|at| WORDS.telling.has(page, at));
    let follows = |piece: &&mut Range<usize>| {
        finding.source.iter().all(|source| source.end <= piece.start || piece.end <= source.start)
    };
    let Some(content) = finding.content.iter_mut().filter(follows).find(|piece| piece.start >= cue.end)
    else {
        return;
    };
    let led = is_one_of(page, content.start, &["to"]);
    let start = content.start + usize::from(led);
    if (led || is_telling && content.start == cue.end)
        && let Some(end) = told_that(page, start..content.end)
    {
        content.start = end;
    }
}

/// Whether a token is a cue by its words alone: `informed the board that …`, `the report’s finding that …`.
pub(super) fn is_certain(page: &Page, at: usize) -> bool {
    let end = page.sentence_end(at);
    let tells = WORDS.telling.has(page, at)
        && page.tokens[at].tag == Tag::Verb
        && told_that(page, at + 1..end).is_some();
    let is_owned =
        at > 0 && is_one_of(page, at - 1, &["'s", "’s", "'", "’", "his", "her", "their", "my", "our"]);
    let is_by = at + 1 < end && is_one_of(page, at + 1, &["by"]) && told_that(page, at + 2..end).is_some();
    let is_that = at + 1 < end && is_one_of(page, at + 1, &["that"]);
    let names =
        WORDS.nominal.has(page, at) && (is_owned && is_that || is_by && page.tokens[at].tag == Tag::Noun);
    let is_report = is_that
        && at > 0
        && is_one_of(page, at, &["report", "reports", "story"])
        && page.tokens[at - 1].tag == Tag::Propn;
    // "The email also states that …"
    let states = is_that && page.tokens[at].tag == Tag::Verb && page.network.gate(page.word(at)) >= STATES;
    tells || names || is_report || states || closes(page, at, end)
}

/// A verb that is certain before `that` is part of a cue so often, as a step of the lexicon.
const STATES: u8 = 4;

/// Whether a verb of saying closes its sentence after a comma and its source, or opens the end of it before the source:
/// `…, the Gazette reports.`, `…,” reported Reuters.`
fn closes(page: &Page, at: usize, end: usize) -> bool {
    use Tag::*;
    if page.network.gate(page.word(at)) < SAYS {
        return false;
    }
    let phrase = |at: usize| {
        matches!(page.tokens[at].tag, Det | Adj | Noun | Propn | Num | Adp | Part)
            || is_one_of(page, at, &["'s", "’s"])
    };
    let first = page.sentence_start(at);
    let is_last = at + 1 < end && page.tokens[at + 1].tag == Punct && at + 2 >= end.saturating_sub(1);
    if is_last {
        let start = (first..at).rev().take(LONGEST_SOURCE).take_while(|&at| phrase(at)).last();
        let is_noun = start.is_some() && matches!(page.tokens[at - 1].tag, Noun | Propn);
        return is_noun && start.is_some_and(|start| start > first + 2 && page.word(start - 1) == ",");
    }
    let after_mark = at > first + 2 && page.word(at - 1).chars().all(crate::text::token::is_quote);
    let source = (at + 1..end).take(LONGEST_SOURCE).take_while(|&at| phrase(at)).last();
    let is_named = at + 1 < end && page.tokens[at + 1].tag == Propn;
    after_mark
        && is_named
        && page.tokens[at].tag == Verb
        && source.is_some_and(|last| last + 2 >= end.saturating_sub(1))
}

/// A verb that is certain at the end of a sentence is part of a cue so often, as a step of the lexicon.
const SAYS: u8 = 4;
/// Longest source beside such a verb, in tokens.
const LONGEST_SOURCE: usize = 10;

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

/// `in a statement`, `in a post on Telegram`, `through a spokesman`: after the cue, or at the start of the sentence.
pub(super) fn document(page: &Page, finding: &Finding) -> Option<Via> {
    let cue = finding.cue.clone()?;
    let end = page.sentence_end(cue.start);
    let inside = |at: usize| finding.source.iter().chain(&finding.content).any(|piece| piece.contains(&at));
    let leads = |at: usize| {
        let word = is_one_of(page, at, &["in", "through", "via"])
            || is_one_of(page, at, &["on"]) && records(page, at, end);
        word && !inside(at)
    };
    let ends = |at: &usize| page.tokens[*at].tag == Tag::Verb && !inside(*at);
    let after = (cue.start..end).filter(|&at| !inside(at)).take(cue.len() + AFTER);
    let after = after.take_while(|at| *at < cue.end || !ends(at)).find(|&at| leads(at) && at > cue.start);
    let first = page.sentence_start(cue.start);
    let opens = first < cue.start && leads(first) && !(first..first + 1).any(inside);
    let start = after.filter(|&at| document_after(page, at, end).is_some()).or(opens.then_some(first))?;
    let noun = document_after(page, start, end)?;
    // An interview is with somebody, who is named.
    let is_owner = noun + 1 < end && is_one_of(page, noun + 1, &["'s", "’s"]);
    let counts = !inside(noun) && !is_owner && !page.word(noun).to_lowercase().starts_with("interview");
    counts.then(|| Via { kind: ViaKind::Document, span: page.span(&(start + 1..noun + 1)) })
}

/// Whether `on` leads to what is spoken or written on, not to what it is about: `on a tape`, `on his blog`.
fn records(page: &Page, on: usize, end: usize) -> bool {
    let media = ["tape", "blog", "page", "recording", "video", "record", "post", "account", "website"];
    document_after(page, on, end).is_some_and(|noun| is_one_of(page, noun, &media))
}

/// Tokens after a cue, outside the other roles, in which a document is looked for.
const AFTER: usize = 8;

/// Whether a token leads to a document before `end`: `in an email`, `on a tape`.
pub(super) fn leads_to_document(page: &Page, at: usize, end: usize) -> bool {
    let leads = is_one_of(page, at, &["in"]) || is_one_of(page, at, &["on"]) && records(page, at, end);
    leads
        && document_after(page, at, end)
            .is_some_and(|noun| !page.word(noun).to_lowercase().starts_with("interview"))
}

/// The noun of the document that a preposition leads to: `in [a statement]`, `through [a spokesman]`.
fn document_after(page: &Page, preposition: usize, end: usize) -> Option<usize> {
    let is_person = is_one_of(page, preposition, &["through", "via"]);
    let phrase = |at: &usize| {
        matches!(
            page.tokens[*at].tag,
            Tag::Det | Tag::Adj | Tag::Noun | Tag::Num | Tag::Pron | Tag::Verb | Tag::Propn
        )
    };
    let reach = (preposition + 1..end.min(preposition + 1 + SHORT)).take_while(phrase);
    let counts = |at: &usize| {
        WORDS.document.has(page, *at) || is_person && page.word(*at).to_lowercase().starts_with("spokes")
    };
    let first = preposition + 1;
    let led = first < end
        && matches!(
            page.tokens[first].tag,
            Tag::Det | Tag::Adj | Tag::Pron | Tag::Num | Tag::Noun | Tag::Propn
        );
    // "In the report" may be any; "in report" is none.
    if !led {
        return None;
    }
    reach.into_iter().filter(counts).last()
}

/// Longest way from a preposition to its noun.
const SHORT: usize = 5;

/// Whether the cue tells of a thought or a wish: `thinks`, `is worried about`.
pub(super) fn act(page: &Page, finding: &Finding) -> Act {
    let thinks =
        finding.cue.clone().is_some_and(|cue| cue.into_iter().any(|at| WORDS.attitude.has(page, at)));
    if thinks { Act::Attitude } else { Act::Statement }
}

/// Whether what is known, seen or understood is so whether or not somebody knows it.
pub(super) fn is_factive(page: &Page, finding: &Finding) -> bool {
    const FACTIVE: &[&str] =
        &["know", "knew", "understand", "understood", "see", "remember", "realise", "realize", "learn"];
    finding.cue.clone().is_some_and(|cue| cue.into_iter().any(|at| is_one_of(page, at, FACTIVE)))
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
    let is = |word: &str| words.iter().any(|&at| is_one_of(page, at, &[word]));
    let negated = any(&WORDS.negation) && !is("only");
    match () {
        () if is("neither") || is("nor") || is("short") && is("of") => Stance::NotSaid,
        // "Did not deny": neither said nor denied.
        () if negated => Stance::NotSaid,
        () if any(&WORDS.denying) || rejects(page, finding) => Stance::Denied,
        () if is_nobody(page, finding) || lacks(page, finding) => Stance::NotSaid,
        () if any(&WORDS.failing) && is("to") => Stance::NotSaid,
        () if any(&WORDS.refusing) && refuses_to_act(page, finding) => Stance::NotSaid,
        () if any(&WORDS.future) || expects(page, &words) || supposes(page, finding) => Stance::Hypothetical,
        () => Stance::Asserted,
    }
}

/// `Lee rejected claims that …`: who rejects what is claimed does not say it.
fn rejects(page: &Page, finding: &Finding) -> bool {
    let Some(cue) = &finding.cue else { return false };
    let claimed = |at: usize| {
        WORDS.nominal.has(page, at) || is_one_of(page, at, &["reports", "report", "rumours", "rumors"])
    };
    let first = finding.content.iter().map(|piece| piece.start).find(|&at| at >= cue.end).unwrap_or(cue.end);
    cue.clone().any(|at| WORDS.rejecting.has(page, at))
        && (cue.start..(first + 3).min(page.sentence_end(cue.start))).any(claimed)
}

/// `Nobody said that …`, `none of them`.
fn is_nobody(page: &Page, finding: &Finding) -> bool {
    finding.source.first().is_some_and(|source| is_one_of(page, source.start, NOBODY))
}

const NOBODY: &[&str] = &["nobody", "no", "none", "neither"];

/// `There is no evidence that Lee said …`, `it is false that …`: what stands right before the source.
fn lacks(page: &Page, finding: &Finding) -> bool {
    let start = finding.source.iter().chain(&finding.cue).map(|piece| piece.start).min().unwrap_or(0);
    let that = start.checked_sub(1).filter(|&at| is_one_of(page, at, &["that"]));
    that.is_some_and(|that| {
        let before =
            |far: usize, words: &[&str]| that.checked_sub(far).is_some_and(|at| is_one_of(page, at, words));
        before(1, &["false", "untrue"])
            || before(2, &["no"]) && before(1, &["evidence", "proof", "sign", "indication", "suggestion"])
    })
}

/// Whether the saying stands in a condition or a question: `If Lee says that …`, `Did Lee say that …?`
fn supposes(page: &Page, finding: &Finding) -> bool {
    let Some(cue) = &finding.cue else { return false };
    let start =
        finding.source.iter().map(|source| source.start).chain([cue.start]).min().unwrap_or(cue.start);
    let lead = start.checked_sub(1).filter(|&at| at >= page.sentence_start(cue.start));
    let has_source_first = finding.source.first().is_some_and(|source| source.end <= cue.start);
    has_source_first
        && lead.is_some_and(|at| {
            let asks = is_one_of(page, at, &["did", "does", "do", "has", "have", "had"])
                && at == page.sentence_start(cue.start);
            is_one_of(page, at, &["if", "unless", "whether"]) || asks
        })
}

/// Whether the word refuses.
pub(super) fn is_refusing(page: &Page, at: usize) -> bool {
    WORDS.refusing.has(page, at)
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

/// Whether the cue gives a thing its title (`titled “Weak Places”`), or is a noun that something else is said of
/// (`rated 32 % of the [claims] [as false]`).
pub(super) fn is_naming(page: &Page, cue: &Range<usize>) -> bool {
    let is_rated = WORDS.nominal.has(page, cue.end - 1)
        && cue.end < page.tokens.len()
        && page.word(cue.end) == "as"
        && page.tokens[cue.end - 1].tag == Tag::Noun;
    is_rated || cue.clone().any(|at| WORDS.naming.has(page, at))
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
    nominal: Class,
    rejecting: Class,
    attitude: Class,
    failing: Class,
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
        nominal: class("nominal"),
        rejecting: class("rejecting"),
        attitude: class("attitude"),
        failing: class("failing"),
        document: Class(sayso_data::class(sayso_data::NOUNS, "document")),
    }
});
