//! An attribution while it is being found: tokens, not yet spans.

use std::ops::Range;

use super::{
    Page, decode, feature, quotation,
    quotation::{Place, Quotation},
    role,
};
use crate::{Attribution, AttributionId, Kind, Probability, Speaker, text::Tag};

/// An attribution in token indices.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) source: Vec<Range<usize>>,
    /// Empty where a quotation goes on from an earlier one.
    pub(super) cue: Option<Range<usize>>,
    pub(super) content: Vec<Range<usize>>,
    pub(super) kind: Kind,
    /// Log-odds in 256ths.
    pub(super) score: i32,
}

/// Finds the attributions of one run of tokens. `quotations` are those of its passage.
pub(super) fn find(page: &Page, run: Range<usize>, quotations: &[Quotation], demand: Demand) -> Vec<Finding> {
    let places = quotation::places(&quotation::quotations(page.text, page.tokens, run.clone()), run.clone());
    let features = feature::features(page.text, page.tokens, run.clone(), &places, page.network);
    if features.iter().all(|feature| feature.rows[feature::GATE] < demand.gate) {
        return Vec::new();
    }
    let trunk = page.network.trunk(&features);
    let mut cues = decode::cues(&trunk.cues, CUE);
    let certain: Vec<bool> = run
        .clone()
        .zip(&places)
        .map(|(at, &place)| place == Place::Outside && role::tells(page, at))
        .collect();
    add_certain(&certain, &mut cues);
    let mut findings = Vec::new();
    for cue in &cues {
        let window = cue.tokens.start.saturating_sub(REACH)..(cue.tokens.end + REACH).min(run.len());
        let roles = page.network.stack(&trunk, &cues, cue, window.clone());
        let is_certain = certain[cue.tokens.clone()].contains(&true);
        let score = ((cue.score + roles.valid) / 2).max(if is_certain { demand.sure } else { i32::MIN });
        if score < demand.sure {
            continue;
        }
        let mut taken: Vec<bool> = window.clone().map(|at| cue.tokens.contains(&at)).collect();
        let content = decode::segments(&roles.content, CONTENT_BIAS, 2, &taken);
        content.iter().for_each(|piece| taken[piece.clone()].fill(true));
        let source = decode::segments(&roles.source, SOURCE_BIAS, 1, &taken);
        let cue_tokens = cue.tokens.start + run.start..cue.tokens.end + run.start;
        if content.is_empty() || role::is_naming(page, &cue_tokens) {
            continue;
        }
        let shift =
            |by: usize, pieces: &[Range<usize>]| pieces.iter().map(|p| p.start + by..p.end + by).collect();
        let mut finding = Finding {
            source: shift(run.start + window.start, &source),
            cue: Some(cue_tokens),
            content: shift(run.start + window.start, &content),
            kind: Kind::Indirect,
            score,
        };
        finding.source.retain(|source| !is_target(page, source, &finding.cue));
        whole_source(page, run.start, &mut finding);
        role::split_addressee(page, &mut finding);
        close_quotations(quotations, &mut finding);
        finding.kind = kind(page, quotations, &finding.content);
        findings.push(finding);
    }
    findings
}

/// Adds the tokens that their words alone make cues, where the trunk has none. Words in marks wait for the reading of
/// the content that holds them.
fn add_certain(certain: &[bool], cues: &mut Vec<decode::Cue>) {
    for (at, _) in certain.iter().enumerate().filter(|&(_, &certain)| certain) {
        if !cues.iter().any(|cue| cue.tokens.contains(&at)) {
            cues.push(decode::Cue { tokens: at..at + 1, score: 0 });
        }
    }
    cues.sort_by_key(|cue| cue.tokens.start);
}

/// What must be met for a run to be read and for a cue to count.
#[derive(Clone, Copy)]
pub(super) struct Demand {
    /// How often one word of the run must at least be part of a cue, as a step of the lexicon.
    pub(super) gate: u16,
    /// Least log-odds in 256ths, the trunk's and the stack's word together.
    pub(super) sure: i32,
}

/// Log-odds in 256ths from which a token is looked at as a cue.
const CUE: i32 = -100;
/// Added to each token's log-odds of being in the source, or in the content.
const SOURCE_BIAS: i32 = 128;
const CONTENT_BIAS: i32 = 50;
/// How far from its cue a role is looked for, in tokens.
const REACH: usize = 100;
/// Whether the words before a passive cue are whom it is about: nobody is the source of an accusation against them.
fn is_target(page: &Page, source: &Range<usize>, cue: &Option<Range<usize>>) -> bool {
    cue.as_ref().is_some_and(|cue| source.end <= cue.start && role::is_passive(page, cue))
}

/// A source does not start at the possessive: `Lee [’s allies]` is `[Lee’s allies]`.
fn whole_source(page: &Page, first: usize, finding: &mut Finding) {
    let Some(source) = finding.source.first_mut() else { return };
    if !matches!(page.word(source.start), "'s" | "’s" | "‘s" | "'" | "’") {
        return;
    }
    while source.start > first
        && matches!(page.tokens[source.start - 1].tag, Tag::Propn | Tag::Noun | Tag::Pron)
    {
        source.start -= 1;
    }
}

/// Marks are certain borders: a piece that holds most of a quotation holds all of it.
fn close_quotations(quotations: &[Quotation], finding: &mut Finding) {
    let others: Vec<Range<usize>> = finding.source.iter().cloned().chain(finding.cue.clone()).collect();
    for piece in &mut finding.content {
        for quotation in quotations {
            let whole = quotation.open..quotation.end;
            let shared = piece.end.min(whole.end).saturating_sub(piece.start.max(whole.start));
            let free = others.iter().all(|other| other.end <= whole.start || whole.end <= other.start);
            if free && shared * 5 > whole.len() * 3 {
                piece.start = piece.start.min(whole.start);
                piece.end = piece.end.max(whole.end);
            }
        }
    }
    finding.content.sort_by_key(|piece| piece.start);
    finding.content.dedup_by(|next, piece| {
        let joins = next.start <= piece.end;
        if joins {
            piece.end = piece.end.max(next.end);
        }
        joins
    });
}

/// Direct where nine tenths of the characters stand in marks, indirect where hardly any do (as PolNeAR's scorer).
pub(super) fn kind(page: &Page, quotations: &[Quotation], content: &[Range<usize>]) -> Kind {
    let characters = |tokens: Range<usize>| -> usize { tokens.map(|at| page.tokens[at].span.len()).sum() };
    let (mut all, mut quoted) = (0, 0);
    for piece in content {
        all += characters(piece.clone());
        for quotation in quotations {
            let (start, end) = (piece.start.max(quotation.open), piece.end.min(quotation.end));
            quoted += characters(start..end.max(start));
        }
    }
    match () {
        () if all > 0 && quoted * 10 >= all * 9 => Kind::Direct,
        () if quoted <= 2 => Kind::Indirect,
        () => Kind::Mixed,
    }
}

/// Findings as attributions in order, each within the smallest content that holds its cue.
pub(super) fn attributions(page: &Page, mut findings: Vec<Finding>) -> Vec<Attribution> {
    findings.sort_by_key(|finding| (finding.anchor().start, finding.first(), finding.content.len()));
    let within: Vec<_> = (0..findings.len()).map(|at| holder(&findings, at)).collect();
    let spans = |pieces: &[Range<usize>]| pieces.iter().map(|piece| page.span(piece)).collect();
    findings
        .iter()
        .zip(within)
        .map(|(finding, within)| Attribution {
            source: spans(&finding.source),
            cue: finding.cue.iter().map(|cue| page.span(cue)).collect(),
            content: spans(&finding.content),
            addressee: role::addressee(page, finding).iter().map(|piece| page.span(piece)).collect(),
            kind: finding.kind,
            stance: role::stance(page, finding),
            speaker: Speaker::Unknown(Vec::new()),
            via: role::document(page, finding).into_iter().collect(),
            within,
            confidence: confidence(finding.score),
        })
        .collect()
}

/// The finding with the smallest content that holds the anchor of `findings[at]`.
fn holder(findings: &[Finding], at: usize) -> Option<AttributionId> {
    let anchor = findings[at].anchor();
    let holds = |piece: &Range<usize>| piece.start <= anchor.start && anchor.end <= piece.end;
    let size = |finding: &Finding| finding.content.iter().map(Range::len).sum::<usize>();
    // Contents lie in one block, so what holds the anchor starts near it.
    let near = findings.partition_point(|other| other.last() + FAR < anchor.start);
    findings[near..]
        .iter()
        .enumerate()
        .map(|(i, other)| (i + near, other))
        .take_while(|(_, other)| other.first() < anchor.end + FAR)
        .filter(|&(i, other)| i != at && other.content.iter().any(holds) && size(other) > size(&findings[at]))
        .min_by_key(|(_, other)| size(other))
        .map(|(i, _)| AttributionId(i as u32))
}

/// Roles lie at most so many tokens from their cue.
const FAR: usize = 2 * REACH + super::LONGEST_RUN;

/// The probability that all three roles are right (Dice of .5 or more), from log-odds: a logistic fit on the 80
/// training documents that are left out of training.
fn confidence(score: i32) -> Probability {
    let odds = f64::from(score) / 256.0 * 0.74 - 0.69;
    Probability::from_thousandths((1000.0 / (1.0 + libm::exp(-odds))) as u16)
}

impl Finding {
    /// The cue, or the content where there is none.
    pub(super) fn anchor(&self) -> Range<usize> {
        self.cue.clone().unwrap_or_else(|| self.first()..self.last())
    }

    fn pieces(&self) -> impl Iterator<Item = &Range<usize>> {
        self.source.iter().chain(&self.cue).chain(&self.content)
    }

    /// First token of all roles.
    pub(super) fn first(&self) -> usize {
        self.pieces().map(|piece| piece.start).min().unwrap_or(0)
    }

    /// One past the last token of all roles.
    pub(super) fn last(&self) -> usize {
        self.pieces().map(|piece| piece.end).max().unwrap_or(0)
    }
}
