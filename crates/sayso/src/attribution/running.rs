//! Quotations that no cue claims: they go on from the one before.
//!
//! `“It is over,” she said. “We lost.”` is one statement. A paragraph that is one quotation, after a paragraph with
//! a quotation, is a statement of its own without a cue; its speaker is the running one.

use std::ops::Range;

use super::{Page, finding::Finding, quotation::Quotation};
use crate::Kind;

/// Words in marks shorter than this may be a name or a title.
const SHORTEST: usize = 4;

/// Gives the unclaimed quotations of `block` to the findings of the block, or makes statements of them.
/// `spoken` says whether the block before ended with somebody's words.
pub(super) fn claim(
    page: &Page,
    block: Range<usize>,
    quotations: &[Quotation],
    spoken: bool,
    findings: &mut Vec<Finding>,
) {
    for quotation in quotations {
        let whole = quotation.open..quotation.end;
        if whole.len() < SHORTEST
            || !is_sentence(page, &block, &whole)
            || findings.iter().any(|f| touches(f, &whole))
        {
            continue;
        }
        let before = findings.iter_mut().filter(|f| f.last() <= whole.start && f.kind != Kind::Indirect);
        if let Some(finding) = before.max_by_key(|finding| finding.last()) {
            match finding.content.last_mut() {
                Some(piece) if piece.end == whole.start => piece.end = whole.end,
                _ => finding.content.push(whole),
            }
        } else if spoken && whole.start == block.start && whole.len() * 10 >= block.len() * 9 {
            let content = vec![whole];
            findings.push(Finding {
                source: Vec::new(),
                cue: None,
                content,
                kind: Kind::Direct,
                score: RUNNING,
            });
        }
    }
}

/// Log-odds, in 256ths, of a statement that goes on.
const RUNNING: i32 = 512;

fn touches(finding: &Finding, whole: &Range<usize>) -> bool {
    let pieces = finding.source.iter().chain(&finding.cue).chain(&finding.content);
    pieces.into_iter().any(|piece| piece.start < whole.end && whole.start < piece.end)
}

/// Whether the quotation starts and ends where sentences do.
fn is_sentence(page: &Page, block: &Range<usize>, whole: &Range<usize>) -> bool {
    let ends = |at: usize| matches!(page.word(at).chars().next_back(), Some('.' | '!' | '?' | '…'));
    let starts = whole.start == block.start
        || ends(whole.start - 1)
        || is_close_after_end(page, whole.start - 1, &ends);
    let stops = whole.len() > 2 && (ends(whole.end - 2) || ends(whole.end - 1));
    starts && stops
}

/// `… .”` before the opening mark.
fn is_close_after_end(page: &Page, at: usize, ends: &impl Fn(usize) -> bool) -> bool {
    matches!(page.word(at), "”" | "\"" | "»" | "’" | "'") && at > 0 && ends(at - 1)
}
