//! Credits in fixed words, which leave no doubt: `…, as first reported by the Courier.`, `In the words of its owner, …`,
//! `As the fire chief put it, …`

use std::ops::Range;

use super::{Page, finding::Finding, quotation};
use crate::text::Tag;

/// Adds the credit of a sentence, in place of what was found with a part of it as its cue: the content is the
/// clause before it, or after it.
pub(super) fn find(page: &Page, sentence: Range<usize>, findings: &mut Vec<Finding>) {
    let found = sentence.clone().find_map(|at| {
        let by = phrase(page, at, sentence.end).map(|cue| (at, source(page, cue.end, sentence.end), cue));
        by.or_else(|| put_it(page, at, sentence.end))
    });
    let Some((start, source, cue)) = found else { return };
    let end = source.end.max(cue.end);
    let is_comma = |at: usize| page.word(at) == ",";
    let content = if start > sentence.start + 1 {
        sentence.start..if is_comma(start - 1) { start - 1 } else { start }
    } else {
        let is_mark = end < sentence.end && matches!(page.word(end), "," | ":");
        let start = if is_mark { end + 1 } else { end };
        let stops = start < sentence.end && page.word(sentence.end - 1) == ".";
        start..sentence.end - usize::from(stops)
    };
    let quotations = quotation::quotations(page.text, page.tokens, content.clone());
    let kind = super::finding::kind(page, &quotations, std::slice::from_ref(&content));
    let overlaps = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let whole = |finding: &Finding| finding.cue.as_ref() == Some(&cue);
    if source.is_empty() || content.len() < SHORTEST || findings.iter().any(whole) {
        return;
    }
    findings.retain(|finding| !finding.cue.as_ref().is_some_and(|known| overlaps(known, &cue)));
    findings.push(Finding {
        source: vec![source],
        cue: Some(cue),
        content: vec![content],
        kind,
        score: CERTAIN,
    });
}

/// A clause has at least so many tokens.
const SHORTEST: usize = 3;
/// Log-odds, in 256ths, of a credit in fixed words.
const CERTAIN: i32 = 768;

/// `as [first] reported by`, `in the words of` that starts at a token.
fn phrase(page: &Page, at: usize, end: usize) -> Option<Range<usize>> {
    const VERBS: &[&str] = &["reported", "revealed", "disclosed", "quoted"];
    let is = |at: usize, word: &str| at < end && page.word(at).eq_ignore_ascii_case(word);
    let verb = at + 1 + usize::from(is(at + 1, "first") || is(at + 1, "originally"));
    if ["in", "the", "words", "of"].iter().zip(at..).all(|(word, at)| is(at, word)) {
        return Some(at..at + 4);
    }
    let fits = is(at, "as") && VERBS.iter().any(|word| is(verb, word)) && is(verb + 1, "by");
    fits.then_some(at..verb + 2)
}

/// `as [the fire chief] [put it]` that starts at a token, with its source and cue.
fn put_it(page: &Page, at: usize, end: usize) -> Option<(usize, Range<usize>, Range<usize>)> {
    let is = |at: usize, words: &[&str]| {
        at < end && words.iter().any(|word| page.word(at).eq_ignore_ascii_case(word))
    };
    if !is(at, &["as"]) {
        return None;
    }
    let source = source(page, at + 1, end);
    let puts = is(source.end, &["put", "puts", "phrased"]) && is(source.end + 1, &["it"]);
    (puts && !source.is_empty()).then(|| (at, source.clone(), source.end..source.end + 2))
}

/// The noun phrase after the cue.
fn source(page: &Page, start: usize, end: usize) -> Range<usize> {
    let part = |at: &usize| {
        matches!(page.tokens[*at].tag, Tag::Det | Tag::Adj | Tag::Noun | Tag::Propn | Tag::Num | Tag::Pron)
            || matches!(page.word(*at), "'s" | "’s" | "of" | "and")
    };
    start..(start..end).take_while(part).last().map_or(start, |last| last + 1)
}
