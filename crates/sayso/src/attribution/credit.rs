//! Credits in fixed words, which leave no doubt: `…, as first reported by the Courier.`

use std::ops::Range;

use super::{Page, finding::Finding};
use crate::{Kind, text::Tag};

/// Adds the credit of a sentence, in place of what was found with a part of it as its cue: the content is the
/// clause before it, or after it.
pub(super) fn find(page: &Page, sentence: Range<usize>, findings: &mut Vec<Finding>) {
    let Some(cue) = sentence.clone().find_map(|at| phrase(page, at, sentence.end)) else { return };
    let source = source(page, cue.end, sentence.end);
    let is_comma = |at: usize| page.word(at) == ",";
    let content = if cue.start > sentence.start + 1 {
        sentence.start..if is_comma(cue.start - 1) { cue.start - 1 } else { cue.start }
    } else {
        let start =
            if source.end < sentence.end && is_comma(source.end) { source.end + 1 } else { source.end };
        start..sentence.end.saturating_sub(1).max(start)
    };
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
        kind: Kind::Indirect,
        score: CERTAIN,
    });
}

/// A clause has at least so many tokens.
const SHORTEST: usize = 3;
/// Log-odds, in 256ths, of a credit in fixed words.
const CERTAIN: i32 = 768;

/// `as [first] reported by` that starts at a token.
fn phrase(page: &Page, at: usize, end: usize) -> Option<Range<usize>> {
    const VERBS: &[&str] = &["reported", "revealed", "disclosed", "quoted"];
    let is = |at: usize, word: &str| at < end && page.word(at).eq_ignore_ascii_case(word);
    let verb = at + 1 + usize::from(is(at + 1, "first") || is(at + 1, "originally"));
    let fits = is(at, "as") && VERBS.iter().any(|word| is(verb, word)) && is(verb + 1, "by");
    fits.then_some(at..verb + 2)
}

/// The noun phrase after the cue.
fn source(page: &Page, start: usize, end: usize) -> Range<usize> {
    let part = |at: &usize| {
        matches!(page.tokens[*at].tag, Tag::Det | Tag::Adj | Tag::Noun | Tag::Propn | Tag::Num | Tag::Pron)
            || matches!(page.word(*at), "'s" | "’s" | "of" | "and")
    };
    start..(start..end).take_while(part).last().map_or(start, |last| last + 1)
}
