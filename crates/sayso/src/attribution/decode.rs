//! From scores to spans: cues by threshold, sources and contents as best segments.

use std::ops::Range;

/// A candidate cue: tokens and the log-odds (in 256ths) that they are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Log-odds of its surest token.
    pub(super) score: i32,
}

/// Scores of one token as part of a cue, in 256ths: outside, begin, inside.
pub(super) type CueScores = [i16; 3];

/// Cues, in order: runs that start at a token likelier a cue than `least` (log-odds in 256ths).
pub(super) fn cues(scores: &[CueScores], least: i32) -> Vec<Cue> {
    let odds: Vec<i32> = scores.iter().map(log_odds).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < scores.len() {
        if odds[at] < least {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while at < scores.len() && odds[at] >= least && scores[at][2] >= scores[at][1] {
            at += 1;
        }
        let score = odds[start..at].iter().copied().max().unwrap_or(least);
        found.push(Cue { tokens: start..at, score });
    }
    found
}

/// log((P(begin) + P(inside)) / P(outside)) in 256ths.
fn log_odds(scores: &CueScores) -> i32 {
    let [outside, begin, inside] = scores.map(i32::from);
    let (high, low) = (begin.max(inside), begin.min(inside));
    high + log1p_exp(low - high) - outside
}

/// ln(1 + e^x) for x <= 0, both in 256ths.
fn log1p_exp(x: i32) -> i32 {
    (libm::log1p(libm::exp(f64::from(x) / 256.0)) * 256.0 + 0.5) as i32
}

/// Scores of one token for one role, in 256ths: log-odds of being inside, first and last.
pub(super) type RoleScores = [i16; 3];

/// The best at most `most` disjoint runs of tokens: each scores the sum of its inside log-odds (plus `bias` a token),
/// half the log-odds of its first and last token as borders, minus [`PENALTY`]. Tokens in `taken` are in none.
///
/// A dynamic programme over tokens (a semi-Markov model without transitions, Sarawagi and Cohen 2004).
pub(super) fn segments(scores: &[RoleScores], bias: i32, most: usize, taken: &[bool]) -> Vec<Range<usize>> {
    let most = most.min(MOST);
    // Best score with k segments, the last one ended (`out`) or still open (`inside`).
    let mut out = [NEVER; MOST + 1];
    out[0] = 0;
    let mut inside = [NEVER; MOST + 1];
    let mut steps: Vec<[Step; MOST + 1]> = Vec::with_capacity(scores.len());
    for (token, &taken) in scores.iter().zip(taken) {
        let [stay, begin, end] = token.map(i32::from);
        let (before_out, before_inside) = (out, inside);
        let mut step = [Step::default(); MOST + 1];
        for k in 1..=most {
            let (start, go_on) = (before_out[k - 1] + begin / 2 - PENALTY, before_inside[k]);
            step[k].starts = start >= go_on;
            inside[k] = if taken { NEVER } else { (start.max(go_on) + stay + bias).max(NEVER) };
            let ended = inside[k] + end / 2;
            step[k].ends = ended > before_out[k];
            out[k] = ended.max(before_out[k]);
        }
        steps.push(step);
    }
    let mut k = (0..=most).rev().max_by_key(|&k| out[k]).unwrap_or(0);
    let mut found = Vec::new();
    let mut end = None;
    for (at, step) in steps.iter().enumerate().rev() {
        if k == 0 {
            break;
        }
        if end.is_none() && step[k].ends {
            end = Some(at + 1);
        }
        if let Some(last) = end.filter(|_| step[k].starts) {
            found.push(at..last);
            end = None;
            k -= 1;
        }
    }
    found.reverse();
    found
}

/// Most segments of one role.
const MOST: usize = 2;
/// What a segment costs.
const PENALTY: i32 = 256;
const NEVER: i32 = i32::MIN / 4;

#[derive(Clone, Copy, Default)]
struct Step {
    starts: bool,
    ends: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cue_is_a_run_above_the_threshold() {
        let (no, begin, inside) = ([900, 0, 0], [0, 900, 0], [0, 0, 900]);
        let found = cues(&[no, begin, inside, no, begin, begin], 0);
        let tokens: Vec<_> = found.into_iter().map(|cue| cue.tokens).collect();
        assert_eq!(tokens, [1..3, 4..5, 5..6]);
    }

    /// `#` is a token that scores for, `.` one that scores against, `x` one that is taken.
    fn check(tokens: &str, most: usize, expect: &[(usize, usize)]) {
        let scores: Vec<RoleScores> =
            tokens.chars().map(|c| if c == '.' { [-800, -800, -800] } else { [800, 0, 0] }).collect();
        let taken: Vec<bool> = tokens.chars().map(|c| c == 'x').collect();
        let found: Vec<_> =
            segments(&scores, 0, most, &taken).iter().map(|piece| (piece.start, piece.end)).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn the_best_runs_are_taken() {
        check("..###..", 1, &[(2, 5)]);
        check("##..#", 1, &[(0, 2)]);
        check("##..#", 2, &[(0, 2), (4, 5)]);
        check("##x##", 2, &[(0, 2), (3, 5)]);
        check("....", 2, &[]);
        check("", 2, &[]);
        check("####", 2, &[(0, 4)]);
    }
}
