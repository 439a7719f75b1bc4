//! An attribution while it is being found: tokens, not yet spans.

use std::ops::Range;

use super::{
    Page, border, decode, feature,
    network::Trunk,
    quotation,
    quotation::{Place, Quotation},
    role,
};
use crate::{Act, Attribution, AttributionId, Kind, Probability, Speaker, Stance, text::Tag};

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
        .map(|(at, &place)| place == Place::Outside && role::is_certain(page, at))
        .collect();
    add_certain(page, run.start, &certain, &mut cues);
    keep_likeliest(&mut cues);
    let reader = Reader { page, run: run.clone(), quotations, trunk: &trunk };
    let mut findings = Vec::new();
    for cue in &cues {
        let is_certain = certain[cue.tokens.clone()].contains(&true);
        let often = cue.tokens.clone().map(|at| features[at].rows[feature::GATE]).max().unwrap_or(0);
        let least = if is_certain { demand.sure } else { i32::MIN };
        if often >= demand.often {
            findings.extend(reader.read(&cues, cue, least, demand.sure));
        }
    }
    for (at, source) in joined(page, &run, &findings) {
        let mut cues = cues.clone();
        let is_at: Vec<bool> = run.clone().map(|token| token == at).collect();
        add_certain(page, run.start, &is_at, &mut cues);
        let found = cues.iter().find(|cue| cue.tokens.contains(&(at - run.start)));
        if let Some(mut finding) = found.and_then(|cue| reader.read(&cues, cue, demand.sure, demand.sure)) {
            finding.source = source;
            findings.push(finding);
        }
    }
    findings
}

/// Reads the roles of cues of one run.
struct Reader<'a> {
    page: &'a Page<'a>,
    run: Range<usize>,
    quotations: &'a [Quotation],
    trunk: &'a Trunk,
}

impl Reader<'_> {
    /// The attribution of one of `cues`, with a score of at least `least`; none below `sure`, or without a content.
    fn read(&self, cues: &[decode::Cue], cue: &decode::Cue, least: i32, sure: i32) -> Option<Finding> {
        let (page, run) = (self.page, &self.run);
        let window = cue.tokens.start.saturating_sub(REACH)..(cue.tokens.end + REACH).min(run.len());
        let roles = page.network.stack(self.trunk, cues, cue, window.clone());
        let score = ((cue.score + roles.valid) / 2).max(least);
        if score < sure {
            return None;
        }
        let mut taken: Vec<bool> = window.clone().map(|at| cue.tokens.contains(&at)).collect();
        let content = decode::segments(&roles.content, CONTENT_BIAS, 2, &taken);
        content.iter().for_each(|piece| taken[piece.clone()].fill(true));
        let source = decode::segments(&roles.source, SOURCE_BIAS, 1, &taken);
        let cue_tokens = cue.tokens.start + run.start..cue.tokens.end + run.start;
        if content.is_empty() || role::is_naming(page, &cue_tokens) {
            return None;
        }
        let shift = |pieces: &[Range<usize>]| {
            let by = run.start + window.start;
            pieces.iter().map(|piece| piece.start + by..piece.end + by).collect()
        };
        let mut finding = Finding {
            source: shift(&source),
            cue: Some(cue_tokens),
            content: shift(&content),
            kind: Kind::Indirect,
            score,
        };
        border::settle(page, run.start, self.quotations, &mut finding);
        finding.kind = kind(page, self.quotations, &finding.content);
        Some(finding)
    }
}

/// Verbs of saying joined to a statement that was found, with its source: `[She] said it was over and [added] …`.
fn joined(page: &Page, run: &Range<usize>, findings: &[Finding]) -> Vec<(usize, Vec<Range<usize>>)> {
    let mut found = Vec::new();
    for finding in findings {
        let (Some(cue), Some(content)) = (&finding.cue, finding.content.last()) else { continue };
        let is_before = finding.source.first().is_some_and(|source| source.end <= cue.start);
        let mut at = content.end;
        if !is_before || at < cue.end || at >= run.end || !matches!(page.word(at), "and" | "but") {
            continue;
        }
        at += 1;
        while at < run.end && page.tokens[at].tag == Tag::Adv {
            at += 1;
        }
        let is_verb =
            at < run.end && page.tokens[at].tag == Tag::Verb && page.network.gate(page.word(at)) >= JOINED;
        if is_verb && !findings.iter().any(|other| other.cue.as_ref().is_some_and(|cue| cue.contains(&at))) {
            found.push((at, finding.source.clone()));
        }
    }
    found
}

/// A verb that is joined to another statement's is part of a cue at least so often, as a step of the lexicon.
const JOINED: u8 = 4;

/// Adds the tokens that their words alone make cues, where the trunk has none. Words in marks wait for the reading of
/// the content that holds them.
fn add_certain(page: &Page, first: usize, certain: &[bool], cues: &mut Vec<decode::Cue>) {
    let tag = |at: usize| page.tokens[first + at].tag;
    for (at, _) in certain.iter().enumerate().filter(|&(_, &certain)| certain) {
        if cues.iter().any(|cue| cue.tokens.contains(&at)) {
            continue;
        }
        // "Had never told": with its auxiliaries.
        let lead = (0..at).rev().take_while(|&lead| matches!(tag(lead), Tag::Aux | Tag::Adv | Tag::Part));
        let start =
            lead.filter(|&lead| tag(lead) == Tag::Aux).last().filter(|_| tag(at) == Tag::Verb).unwrap_or(at);
        let is_free = cues.iter().all(|cue| cue.tokens.end <= start || at < cue.tokens.start);
        cues.push(decode::Cue { tokens: if is_free { start } else { at }..at + 1, score: 0 });
    }
    cues.sort_by_key(|cue| cue.tokens.start);
}

/// Leaves at most [`MOST_CUES`].
fn keep_likeliest(cues: &mut Vec<decode::Cue>) {
    if cues.len() > MOST_CUES {
        cues.sort_by_key(|cue| std::cmp::Reverse(cue.score));
        cues.truncate(MOST_CUES);
        cues.sort_by_key(|cue| cue.tokens.start);
    }
}

/// No text has more cues in one run of tokens.
const MOST_CUES: usize = 40;

/// What must be met for a run to be read and for a cue to count.
#[derive(Clone, Copy)]
pub(super) struct Demand {
    /// How often one word of the run must at least be part of a cue, as a step of the lexicon.
    pub(super) gate: u16,
    /// How often one word of a cue must at least be part of one.
    pub(super) often: u16,
    /// Least log-odds in 256ths, the trunk's and the stack's word together.
    pub(super) sure: i32,
}

/// Log-odds in 256ths from which a token is looked at as a cue.
const CUE: i32 = -100;
/// Added to each token's log-odds of being in the source, or in the content.
const SOURCE_BIAS: i32 = 128;
const CONTENT_BIAS: i32 = 50;
/// How far from its cue a role is looked for, in tokens.
const REACH: usize = 64;
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
    let order = |finding: &Finding| (finding.anchor().start, finding.first(), finding.content.len());
    findings.sort_by_key(order);
    reports_on_others(page, &mut findings);
    findings.sort_by_key(order);
    let within: Vec<_> = (0..findings.len()).map(|at| holder(&findings, at)).collect();
    let stances = stances(page, &findings, &within);
    let spans = |pieces: &[Range<usize>]| pieces.iter().map(|piece| page.span(piece)).collect();
    findings
        .iter()
        .zip(within)
        .zip(stances)
        .map(|((finding, within), stance)| Attribution {
            source: spans(&finding.source),
            cue: finding.cue.iter().map(|cue| page.span(cue)).collect(),
            content: spans(&finding.content),
            addressee: role::addressee(page, finding).iter().map(|piece| page.span(piece)).collect(),
            kind: finding.kind,
            act: role::act(page, finding),
            stance,
            speaker: Speaker::Unknown(Vec::new()),
            via: role::document(page, finding).into_iter().collect(),
            within,
            confidence: confidence(finding.score),
        })
        .collect()
}

/// The stance of each finding. What stands in a content that was not said, was denied or may come is no surer itself; and
/// what somebody plans, wants or asks to say (`plans [to announce] …`) is not said yet.
fn stances(page: &Page, findings: &[Finding], within: &[Option<AttributionId>]) -> Vec<Stance> {
    let own: Vec<Stance> = findings.iter().map(|finding| role::stance(page, finding)).collect();
    let is_to_be_said = |at: usize, holder: usize| {
        findings[at].cue.as_ref().is_some_and(|cue| {
            let to = if page.word(cue.start) == "to" { Some(cue.start) } else { cue.start.checked_sub(1) };
            to.is_some_and(|to| {
                let opens = findings[holder].content.iter().any(|piece| piece.start == to);
                opens && page.word(to) == "to"
            })
        })
    };
    let settled = |at: usize| {
        let mut stance = own[at];
        let mut inner = at;
        // Contents shrink on the way in, so the way out ends.
        while let Some(holder) =
            within[inner].map(AttributionId::index).filter(|_| stance == Stance::Asserted)
        {
            stance = match own[holder] {
                Stance::Asserted if is_to_be_said(inner, holder) => Stance::Hypothetical,
                // "Does not know what she wants": she does; "does not think that she said it": she may have.
                Stance::NotSaid if role::is_factive(page, &findings[holder]) => Stance::Asserted,
                Stance::NotSaid if role::act(page, &findings[holder]) == Act::Attitude => {
                    Stance::Hypothetical
                }
                held => held,
            };
            inner = holder;
        }
        stance
    };
    (0..findings.len()).map(settled).collect()
}

/// `The Courier reported that the dam leaks, according to engineers`: the engineers' word is what the Courier reports, not
/// the other way round.
fn reports_on_others(page: &Page, findings: &mut [Finding]) {
    const REPORTS: &[&str] = &["report", "reports", "reported", "reporting", "reveals", "revealed"];
    let says = |cue: &Range<usize>, words: &[&str]| {
        cue.clone().any(|at| words.iter().any(|word| page.word(at).eq_ignore_ascii_case(word)))
    };
    for deeper in 0..findings.len() {
        let Some(cue) = findings[deeper].cue.clone().filter(|cue| says(cue, &["according"])) else {
            continue;
        };
        let Some(content) = findings[deeper].content.first().cloned() else { continue };
        let near = deeper.saturating_sub(NEIGHBOURS);
        let report = findings[near..deeper].iter().position(|report| {
            let starts = report.source.first().is_some_and(|source| source.start == content.start);
            let is_report =
                report.cue.as_ref().is_some_and(|cue| content.contains(&cue.start) && says(cue, REPORTS));
            starts && is_report && report.content.len() == 1 && report.content[0].end <= cue.start
        });
        let Some(report) = report.map(|report| report + near) else { continue };
        let last = findings[deeper].last();
        findings[deeper].content = vec![findings[report].content[0].clone()];
        findings[report].content[0].end = last;
    }
}

/// A report stands at most so many findings before what it reports.
const NEIGHBOURS: usize = 12;

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
    let odds = f64::from(score) / 256.0 * 0.70 - 0.50;
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
