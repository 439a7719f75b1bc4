//! What two findings of a passage both claim: a report and its `citing`, a quotation between two speakers, a cue inside the
//! content of another.

use std::ops::Range;

use super::{Page, finding::Finding, overlap};
use crate::text::Tag;

/// Settles the findings of one passage among themselves.
pub(super) fn settle(page: &Page, findings: &mut Vec<Finding>) {
    findings.sort_by_key(|finding| finding.anchor().start);
    for at in 0..findings.len() {
        report_with_citing(page, findings, at);
    }
    keep(findings, |findings, at| !is_doubled(page, findings, at));
    for at in 0..findings.len() {
        leave_quotations(page, findings, at);
    }
    keep(findings, |findings, at| !is_astray(findings, at));
}

fn keep(findings: &mut Vec<Finding>, keeps: impl Fn(&[Finding], usize) -> bool) {
    let kept: Vec<bool> = (0..findings.len()).map(|at| keeps(findings, at)).collect();
    let mut kept = kept.into_iter();
    findings.retain(|_| kept.next().unwrap_or(true));
}

/// The neighbours of a finding, in order of their cues. What shares words with it is never farther.
fn near(findings: &[Finding], at: usize) -> &[Finding] {
    &findings[at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(findings.len())]
}

const NEIGHBOURS: usize = 12;
/// Most tokens from the verb of a report to the comma before its citing.
const WAY: usize = 4;

/// `[The Gazette] [reported], citing two officials, [that …]`, if found with `citing` as its cue: the cue is the verb before
/// the comma, and the content what follows whom it cites.
fn report_with_citing(page: &Page, findings: &mut [Finding], at: usize) {
    let Some(cue) = findings[at].cue.clone().filter(|_| is_citing(page, &findings[at])) else { return };
    // "Reported on Monday, citing": the day may stand in between.
    let Some(comma) = cue.start.checked_sub(1).filter(|&at| page.word(at) == ",") else { return };
    let first = comma.saturating_sub(WAY).max(page.sentence_start(cue.start));
    let before = (first..comma).rev().take_while(|&at| page.tokens[at].tag != Tag::Punct);
    let Some(verb) = before.into_iter().find(|&at| page.tokens[at].tag == Tag::Verb) else { return };
    let has_verb = |other: &Finding| other.cue.as_ref().is_some_and(|cue| cue.contains(&verb));
    if near(findings, at).iter().any(has_verb) {
        return;
    }
    let (cited, mut content): (Vec<_>, Vec<_>) =
        findings[at].content.iter().cloned().partition(|piece| piece.start == cue.end);
    for piece in cited {
        let that = piece.clone().find(|&at| page.word(at) == "that");
        content.extend(that.map(|that| that..piece.end));
    }
    if !content.is_empty() {
        content.sort_by_key(|piece| piece.start);
        findings[at].cue = Some(verb..verb + 1);
        findings[at].content = content;
    }
}

fn is_citing(page: &Page, finding: &Finding) -> bool {
    let cites = |at: usize| ["citing", "quoting"].iter().any(|word| page.word(at).eq_ignore_ascii_case(word));
    finding.cue.as_ref().is_some_and(|cue| cites(cue.start))
}

/// Whether a finding says how the report of its sentence knows, and is no statement of its own.
fn is_doubled(page: &Page, findings: &[Finding], at: usize) -> bool {
    let finding = &findings[at];
    let Some(cue) = finding.cue.as_ref().filter(|_| is_citing(page, finding)) else { return false };
    near(findings, at).iter().filter(|other| !is_citing(page, other)).any(|other| {
        let (Some(source), Some(report)) = (other.source.first(), &other.cue) else { return false };
        page.sentence_end(cue.start) == page.sentence_end(report.start)
            && finding.source.first().is_none_or(|own| own == source)
    })
}

/// A quotation belongs to one statement: of two that claim it, the one whose cue stands in its sentence, or nearer.
fn leave_quotations(page: &Page, findings: &mut [Finding], at: usize) {
    if findings[at].content.len() < 2 {
        return;
    }
    let far = |piece: &Range<usize>, cue: &Range<usize>| {
        let tokens = piece.start.saturating_sub(cue.end).max(cue.start.saturating_sub(piece.end));
        (page.sentence_end(piece.start) != page.sentence_end(cue.start), tokens)
    };
    let holds = |finding: &Finding, cue: &Range<usize>| {
        finding.content.iter().any(|piece| piece.contains(&cue.start))
    };
    let Some(own) = findings[at].cue.clone() else { return };
    let is_theirs = |piece: &Range<usize>| {
        near(findings, at).iter().any(|other| {
            let Some(cue) = other.cue.as_ref().filter(|cue| **cue != own) else { return false };
            let is_nested = holds(&findings[at], cue) || holds(other, &own);
            let nearer =
                |theirs: &Range<usize>| overlap(piece, theirs) && far(theirs, cue) < far(piece, &own);
            !is_nested && other.content.iter().any(nearer)
        })
    };
    let kept: Vec<_> = findings[at].content.iter().filter(|piece| !is_theirs(piece)).cloned().collect();
    if !kept.is_empty() {
        findings[at].content = kept;
    }
}

/// Whether a finding lies in the content of another and took that one's source: `[The Courier] [reported] [that Lee said …]`
/// has Lee's words inside, which the reading of the content will find with their own source.
fn is_astray(findings: &[Finding], at: usize) -> bool {
    let (Some(cue), Some(source)) = (&findings[at].cue, findings[at].source.first()) else { return false };
    near(findings, at).iter().any(|holder| {
        let Some(own) = holder.cue.as_ref().filter(|own| *own != cue) else { return false };
        let is_inside = holder
            .content
            .iter()
            .any(|piece| source.end <= piece.start && piece.start <= cue.start && cue.end <= piece.end);
        is_inside && holder.source.first() == Some(source) && source.end <= own.start && own.end <= cue.start
    })
}
