//! Where sentences end.
//!
//! Rules name the candidates: after a period, question or exclamation mark, ellipsis or abbreviation, behind the
//! quotation marks and brackets that close there, and at a line's end. The perceptron decides each by the words
//! around it. A blank line always ends a sentence.

use sayso_model::perceptron::{Perceptron, best, feature, pair};

use super::{token, word::Word};
use crate::Span;

/// A place where a sentence may end.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The token that may end it by itself: a mark, an abbreviation, the last word of a line.
    pub terminal: usize,
    /// The first token of the next sentence, if one ends here.
    pub next: usize,
    /// Whether there is no choice (a blank line).
    pub certain: bool,
    /// Whether the candidate is a line's end without a mark.
    line: bool,
    /// Whether a double quotation mark that opened before is still open.
    open: bool,
}

/// The indices of the tokens that start a sentence, the first token's left out.
pub(super) fn starts(text: &str, tokens: &[Span], words: &[Word], model: &Perceptron<2>) -> Vec<usize> {
    let mut features = Vec::new();
    let ends = |candidate: &Candidate| {
        candidate.certain || {
            self::features(text, tokens, words, candidate, &mut features);
            let mut scores = [0; 2];
            features.iter().for_each(|&feature| model.add(feature, &mut scores));
            best(&scores) == 1
        }
    };
    candidates(text, tokens).into_iter().filter(ends).map(|candidate| candidate.next).collect()
}

/// All candidates among the tokens of a block, in order.
pub fn candidates(text: &str, tokens: &[Span]) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut open = false;
    for at in 0..tokens.len() {
        let this = &text[tokens[at].range()];
        if this == "\"" {
            open = !open;
        } else if matches!(this, "“" | "”") {
            open = this == "“";
        }
        let ends = is_terminal(this);
        let next = if ends { behind_closing(text, tokens, at + 1, &mut open.clone()) } else { at + 1 };
        if next >= tokens.len() {
            continue;
        }
        let gap = &text[tokens[next - 1].end()..tokens[next].start()];
        let lines = gap.matches('\n').count();
        let more = ends && text[tokens[next].range()].starts_with(['.', '!', '?', '…']);
        if (ends && !more || lines > 0) && found.last().is_none_or(|last| last.next < next) {
            found.push(Candidate { terminal: at, next, certain: lines > 1, line: !ends, open });
        }
    }
    found
}

/// Whether a sentence may end with this token.
fn is_terminal(token: &str) -> bool {
    token.ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// The first token from `at` on that does not close a quotation or bracket.
fn behind_closing(text: &str, tokens: &[Span], mut at: usize, open: &mut bool) -> usize {
    while at < tokens.len() {
        let closes = match &text[tokens[at].range()] {
            ")" | "]" => true,
            mark if mark.chars().all(token::is_quote) => {
                let space_before = tokens[at - 1].end() < tokens[at].start();
                let space_after = tokens.get(at + 1).is_none_or(|next| tokens[at].end() < next.start());
                let closes = !space_before && (space_after || *open || matches!(mark, "”" | "’" | "»" | "›"));
                *open &= !closes;
                closes
            }
            _ => false,
        };
        if !closes {
            break;
        }
        at += 1;
    }
    at
}

/// The features of a candidate, into `features`.
pub fn features(text: &str, tokens: &[Span], words: &[Word], candidate: &Candidate, features: &mut Vec<u64>) {
    features.clear();
    let Candidate { terminal, next, .. } = *candidate;
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    let before = if terminal > 0 { word(terminal - 1) } else { Word::default() };
    let (end, after, second) = (word(terminal), word(next), word(next + 1));
    let space = u64::from(tokens[next - 1].end() < tokens[next].start());
    let attached = u64::from(terminal > 0 && tokens[terminal - 1].end() == tokens[terminal].start());
    let closing = &text[tokens[terminal].end()..tokens[next - 1].end()];
    let closing = Word::new(closing.trim()).form;
    let opening = if after.is_capitalised() || !text[tokens[next].range()].starts_with(token::is_quote) {
        after
    } else {
        second
    };
    let flags = u64::from(candidate.line) << 3 | u64::from(candidate.open) << 2 | space << 1 | attached;
    let distance = |from: usize, to: usize| (to - from).min(8) as u64;
    let state = pair(end.shape, pair(closing, flags));
    let mut push = |template: u64, value: u64| features.push(feature(template, value));
    push(0, state);
    push(1, pair(state, after.shape));
    push(2, pair(state, opening.shape));
    push(3, pair(end.shape, after.form));
    push(4, pair(end.shape, after.lower));
    push(5, pair(closing, after.lower));
    push(6, end.form);
    push(7, pair(end.form, after.shape));
    push(8, pair(end.form, after.form));
    push(9, pair(end.shape, before.lower));
    push(10, pair(end.shape, pair(before.shape, after.shape)));
    push(11, pair(before.len.min(6) as u64, pair(end.shape, after.shape)));
    push(12, pair(end.len.min(8) as u64, pair(end.shape, after.shape)));
    push(13, pair(second.lower, pair(after.shape, end.shape)));
    push(14, pair(second.shape, pair(after.shape, state)));
    push(15, pair(opening.lower, end.shape));
    push(16, pair(distance(0, terminal), pair(end.shape, after.shape)));
    push(17, pair(distance(next, tokens.len()), pair(end.shape, after.shape)));
    push(18, pair(before.form, end.form));
    push(19, pair(before.shape, pair(end.form, after.lower)));
    push(20, pair(flags, pair(end.form, opening.shape)));
}
