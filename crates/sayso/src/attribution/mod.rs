//! Who said what: cues, sources, contents.
//!
//! For each block: quotation marks ([`quotation`]), features ([`feature`]), the [`network`]'s trunk for cues, its
//! stack for the roles of each cue, spans ([`decode`]). Then the same again inside every content, for attributions
//! within attributions, and quotations that no cue claims.

mod decode;
pub mod feature;
mod finding;
mod network;
pub mod quotation;
mod role;

use std::ops::Range;

use self::{finding::Finding, network::Network, quotation::Quotation};
use crate::{Article, Attribution, Span, Token, text::Text};

/// The attributions of an article, speakers still unknown.
pub fn read(article: &Article, text: &Text) -> Vec<Attribution> {
    let network = network::builtin();
    let mut findings: Vec<Finding> = Vec::new();
    for block in blocks(text) {
        let quotations = quotation::quotations(&article.text, &text.tokens, block.clone());
        let page = Page { text: &article.text, tokens: &text.tokens, network };
        let first = findings.len();
        for run in runs(text, block) {
            page.read_run(run, None, 0, &mut findings);
        }
        finding::settle(&page, &quotations, first, &mut findings);
    }
    finding::attributions(article, text, findings)
}

/// The features of every run of tokens that the network reads: what it is trained on.
pub fn training_runs(article: &Article, text: &Text, gate: &impl feature::Gate) -> Vec<(Range<usize>, Vec<feature::Feature>)> {
    blocks(text)
        .flat_map(|block| runs(text, block))
        .map(|run| {
            let quotations = quotation::quotations(&article.text, &text.tokens, run.clone());
            let places = quotation::places(&quotations, run.clone());
            let features = feature::features(&article.text, &text.tokens, run.clone(), &places, gate);
            (run, features)
        })
        .collect()
}

/// Longest run of tokens that the network reads at once.
const LONGEST_RUN: usize = 256;
/// How far from its cue a role is looked for, in tokens.
const REACH: usize = 100;
/// Contents are searched for further attributions down to this depth.
const DEEPEST: usize = 4;

/// Log-odds in 256ths from which a token is looked at as a cue.
const CUE: i32 = -100;
/// Log-odds in 256ths from which a cue counts, the trunk's and the stack's word together.
const SURE: i32 = 220;
/// The same inside the content of another attribution, where the training data marks none.
const SURE_WITHIN: i32 = 500;
/// Added to each token's log-odds of being in the source, or in the content.
const SOURCE_BIAS: i32 = 128;
const CONTENT_BIAS: i32 = 50;

/// Tokens of each block, in order.
fn blocks(text: &Text) -> impl Iterator<Item = Range<usize>> {
    text.sentences.chunk_by(|a, b| a.block == b.block).map(|sentences| {
        let [first, .., last] = sentences else { return sentences[0].tokens.clone() };
        first.tokens.start..last.tokens.end
    })
}

/// The block cut at sentence ends (or, in an endless sentence, anywhere) into runs of bounded length.
fn runs(text: &Text, block: Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let first = text.sentences.partition_point(|sentence| sentence.tokens.end <= block.start);
    for sentence in text.sentences[first..].iter().take_while(|sentence| sentence.tokens.start < block.end) {
        match runs.last_mut() {
            Some(run) if sentence.tokens.end - run.start <= LONGEST_RUN => run.end = sentence.tokens.end,
            _ => {
                let mut start = sentence.tokens.start;
                while sentence.tokens.end - start > LONGEST_RUN {
                    runs.push(start..start + LONGEST_RUN);
                    start += LONGEST_RUN;
                }
                runs.push(start..sentence.tokens.end);
            }
        }
    }
    runs
}

/// What all steps look at.
struct Page<'a> {
    text: &'a str,
    tokens: &'a [Token],
    network: &'static Network,
}

impl Page<'_> {
    /// Finds the attributions of one run of tokens and, inside their contents, those within them.
    fn read_run(&self, run: Range<usize>, within: Option<usize>, depth: usize, findings: &mut Vec<Finding>) {
        let quotations = quotation::quotations(self.text, self.tokens, run.clone());
        let places = quotation::places(&quotations, run.clone());
        let features = feature::features(self.text, self.tokens, run.clone(), &places, self.network);
        if features.iter().all(|feature| feature.rows[5] < LEAST_GATE) {
            return;
        }
        let trunk = self.network.trunk(&features);
        let cues = decode::cues(&trunk.cues, CUE);
        let sure = if within.is_some() { SURE_WITHIN } else { SURE };
        for cue in &cues {
            let window = cue.tokens.start.saturating_sub(REACH)..(cue.tokens.end + REACH).min(run.len());
            let roles = self.network.stack(&trunk, &cues, cue, window.clone());
            let score = (cue.score + roles.valid) / 2;
            if score < sure {
                continue;
            }
            let mut taken: Vec<bool> = window.clone().map(|at| cue.tokens.contains(&at)).collect();
            let content = decode::segments(&roles.content, CONTENT_BIAS, 2, &taken);
            content.iter().for_each(|piece| taken[piece.clone()].fill(true));
            let source = decode::segments(&roles.source, SOURCE_BIAS, 1, &taken);
            if content.is_empty() {
                continue;
            }
            let offset = run.start + window.start;
            let place = |pieces: Vec<Range<usize>>| pieces.iter().map(|p| p.start + offset..p.end + offset).collect();
            let tokens = cue.tokens.start + run.start..cue.tokens.end + run.start;
            findings.push(Finding { source: place(source), cue: vec![tokens], content: place(content), within, score });
        }
        let _ = depth;
    }

    fn span(&self, tokens: &Range<usize>) -> Span {
        self.tokens[tokens.start].span.hull(self.tokens[tokens.end - 1].span)
    }
}

/// A run is read when one of its words is at least this often part of a cue (step 2: 1 in 20).
const LEAST_GATE: u16 = 2;
