//! Who said what: cues, sources, contents.
//!
//! For each block: quotation marks ([`quotation`]), features ([`feature`]), the network's trunk for cues, its stack
//! for the roles of each cue (`network`), spans (`decode`, `finding`), credits in fixed words
//! (`credit`), by layout (`layout`), quotations that no cue claims (`running`).
//! Then the same again inside every content, for attributions within attributions.

mod border;
mod credit;
mod decode;
pub mod feature;
mod finding;
mod layout;
mod network;
pub mod quotation;
mod role;
mod running;
mod share;

use std::ops::Range;

pub use self::network::Network;
use self::{
    finding::{Demand, Finding},
    layout::Layout,
};
use crate::{
    Article, Attribution, Kind, Span, Token,
    text::{Sentence, Tag, Text},
};

/// The attributions of an article, speakers still unknown.
pub fn read(article: &Article, text: &Text) -> Vec<Attribution> {
    read_with(article, text, network::builtin())
}

/// As [`read`], by another network.
pub fn read_with(article: &Article, text: &Text, network: &Network) -> Vec<Attribution> {
    let page = Page { text: &article.text, tokens: &text.tokens, sentences: &text.sentences, network };
    let passages = layout::passages(article, text);
    let layout = Layout::of(&page, &passages);
    let mut findings = Vec::new();
    let mut spoken = false;
    for (number, passage) in passages.iter().enumerate() {
        let quotations = passage.quotations(&page);
        let mut found: Vec<Finding> = runs(text, passage.tokens.clone())
            .into_iter()
            .flat_map(|run| finding::find(&page, run, &quotations, OUTERMOST))
            .collect();
        for sentence in text.sentences_in(passage.tokens.clone()) {
            credit::find(&page, sentence.tokens.clone(), &mut found);
        }
        layout::find(&layout, passage, &mut found);
        let signature = passages.get(number + 1).and_then(|next| layout::signature(&page, passage, next));
        found.extend(signature);
        share::settle(&page, &mut found);
        running::claim(&page, passage.tokens.clone(), &quotations, spoken, &mut found);
        spoken = found.iter().any(|finding| finding.kind != Kind::Indirect);
        read_within(&page, passage.tokens.len(), &mut found);
        findings.append(&mut found);
    }
    finding::attributions(&page, findings)
}

/// Attributions whose source, cue and content are known from elsewhere, such as labels: in order, with all that follows
/// from these roles.
pub fn given(article: &Article, text: &Text, roles: &[[Vec<Span>; 3]]) -> Vec<Attribution> {
    let network = network::builtin();
    let page = Page { text: &article.text, tokens: &text.tokens, sentences: &text.sentences, network };
    let quotations: Vec<quotation::Quotation> =
        blocks(text).flat_map(|block| quotation::quotations(&article.text, &text.tokens, block)).collect();
    let tokens = |span: &Span| {
        let start = text.tokens.partition_point(|token| token.span.end() <= span.start());
        let end = text.tokens.partition_point(|token| token.span.start() < span.end());
        Some(start..end).filter(|tokens| tokens.start < tokens.end)
    };
    let finding = |[source, cue, content]: &[Vec<Span>; 3]| {
        let [source, cue, content] =
            [source, cue, content].map(|role| role.iter().filter_map(tokens).collect::<Vec<_>>());
        let kind = finding::kind(&page, &quotations, &content);
        let is_there = !(source.is_empty() && cue.is_empty() && content.is_empty());
        is_there.then(|| Finding { source, cue: cue.into_iter().next(), content, kind, score: SURE })
    };
    finding::attributions(&page, roles.iter().filter_map(finding).collect())
}

/// The score of what is known.
const SURE: i32 = 16 * 256;

/// The features of every run of tokens that the network reads: what it is trained on.
pub fn training_runs(
    article: &Article,
    text: &Text,
    gate: &impl feature::Gate,
) -> Vec<(Range<usize>, Vec<feature::Feature>)> {
    let runs = blocks(text).flat_map(|block| runs(text, block));
    runs.map(|run| (run.clone(), features_of(article, text, run, gate))).collect()
}

/// The same for the runs of a content, which the network reads as if it stood alone.
pub fn training_runs_within(
    article: &Article,
    text: &Text,
    content: Span,
    gate: &impl feature::Gate,
) -> Vec<(Range<usize>, Vec<feature::Feature>)> {
    let start = text.tokens.partition_point(|token| token.span.end() <= content.start());
    let end = text.tokens.partition_point(|token| token.span.start() < content.end());
    let inner = unquoted(&article.text, &text.tokens, start..end.max(start));
    if inner.len() < SHORTEST {
        return Vec::new();
    }
    runs_of(inner).map(|run| (run.clone(), features_of(article, text, run, gate))).collect()
}

fn features_of(
    article: &Article,
    text: &Text,
    run: Range<usize>,
    gate: &impl feature::Gate,
) -> Vec<feature::Feature> {
    let quotations = quotation::quotations(&article.text, &text.tokens, run.clone());
    let places = quotation::places(&quotations, run.clone());
    feature::features(&article.text, &text.tokens, run, &places, gate)
}

/// Longest run of tokens that the network reads at once.
const LONGEST_RUN: usize = 256;
/// Contents are read as long as together they have at most so many times the tokens of their passage.
const READINGS: usize = 3;
/// A content with fewer tokens holds no attribution of its own.
const SHORTEST: usize = 5;
/// Some word is part of a cue one time in twenty.
const OUTERMOST: Demand = Demand { gate: 2, often: 0, sure: 120 };
/// More inside the content of another attribution, where the training data marks none: one time in five.
const WITHIN: Demand = Demand { gate: 2, often: 2, sure: 60 };

/// Reads every content as if it stood alone, and what is found in it again.
/// Contents of one passage seldom overlap: what would take more than a few readings of it is left.
fn read_within(page: &Page, passage: usize, findings: &mut Vec<Finding>) {
    let mut left = READINGS * passage;
    let mut from = 0;
    loop {
        let pieces: Vec<Piece> = findings[from..].iter().flat_map(|finding| pieces(page, finding)).collect();
        from = findings.len();
        for (content, before) in pieces {
            let inner = unquoted(page.text, page.tokens, content);
            // "Who asked [not to be named]" holds no statement.
            let is_wish =
                inner.len() > 2 && page.word(inner.start) == "not" && page.word(inner.start + 1) == "to";
            if inner.len() < SHORTEST || is_wish || inner.len() > left {
                continue;
            }
            left -= inner.len();
            for mut found in runs_of(inner.clone()).flat_map(|run| find_within(page, run)) {
                // "[The navy] is expected [to announce …]": the source stands in the piece before.
                let is_first = found.cue.as_ref().is_some_and(|cue| cue.start <= inner.start + 1);
                if is_first && found.source.is_empty() {
                    found.source.extend(before.clone());
                }
                // "Wants [to tell] …": what nobody says, in the infinitive, is an aim and no statement.
                let is_aim =
                    found.source.is_empty() && found.cue.as_ref().is_some_and(|cue| is_infinitive(page, cue));
                let is_known = |known: &Finding| overlap(&known.anchor(), &found.anchor());
                if !is_aim && !findings.iter().any(is_known) {
                    findings.push(found);
                }
            }
        }
        if findings.len() == from {
            break;
        }
    }
}

/// The pieces of a content, each with the one before it where that is short enough to be a noun phrase alone.
fn pieces(page: &Page, finding: &Finding) -> Vec<Piece> {
    let before = |at: usize| at.checked_sub(1).map(|at| finding.content[at].clone());
    let is_phrase = |at: usize, before: &Range<usize>| {
        before.len() < LONGEST_PHRASE
            && finding.kind == Kind::Indirect
            && before.clone().any(|at| matches!(page.tokens[at].tag, Tag::Noun | Tag::Propn))
            && page.sentence_end(before.start) == page.sentence_end(finding.content[at].start)
    };
    let piece = |at: usize| (finding.content[at].clone(), before(at).filter(|before| is_phrase(at, before)));
    (0..finding.content.len()).map(piece).collect()
}

/// A piece of a content, with the one before it.
type Piece = (Range<usize>, Option<Range<usize>>);

/// A piece of a content that is a source has fewer tokens.
const LONGEST_PHRASE: usize = 8;

fn is_infinitive(page: &Page, cue: &Range<usize>) -> bool {
    page.word(cue.start) == "to" || cue.start > 0 && page.word(cue.start - 1) == "to"
}

fn find_within(page: &Page, run: Range<usize>) -> Vec<Finding> {
    let quotations = quotation::quotations(page.text, page.tokens, run.clone());
    finding::find(page, run, &quotations, WITHIN)
}

/// Without the marks around it, nor the `that` it hangs on by.
fn unquoted(text: &str, tokens: &[Token], mut content: Range<usize>) -> Range<usize> {
    let word = |at: usize| &text[tokens[at].span.range()];
    let is_mark = |at: usize| word(at).chars().all(crate::text::token::is_quote);
    if content.len() > 1 && word(content.start) == "that" {
        content.start += 1;
    }
    while content.len() > 1 && is_mark(content.start) {
        content.start += 1;
        if is_mark(content.end - 1) {
            content.end -= 1;
        }
    }
    // The second half of a quotation has a mark at its end alone.
    let marks = content.clone().filter(|&at| is_mark(at)).count();
    if content.len() > 1 && is_mark(content.end - 1) && marks % 2 == 1 {
        content.end -= 1;
    }
    content
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Tokens of each block, in order.
fn blocks(text: &Text) -> impl Iterator<Item = Range<usize>> {
    text.sentences.chunk_by(|a, b| a.block == b.block).map(|sentences| {
        let (first, last) = (&sentences[0], &sentences[sentences.len() - 1]);
        first.tokens.start..last.tokens.end
    })
}

/// The block cut at sentence ends (or, in an endless sentence, anywhere) into runs of bounded length.
fn runs(text: &Text, block: Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for sentence in text.sentences_in(block) {
        match runs.last_mut() {
            Some(run) if sentence.tokens.end - run.start <= LONGEST_RUN => run.end = sentence.tokens.end,
            _ => runs.extend(runs_of(sentence.tokens.clone())),
        }
    }
    runs
}

/// The tokens cut into runs of bounded length.
fn runs_of(tokens: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    tokens.clone().step_by(LONGEST_RUN).map(move |start| start..(start + LONGEST_RUN).min(tokens.end))
}

/// What all steps look at.
struct Page<'a> {
    text: &'a str,
    tokens: &'a [Token],
    sentences: &'a [Sentence],
    network: &'a Network,
}

impl Page<'_> {
    fn span(&self, tokens: &Range<usize>) -> Span {
        self.tokens[tokens.start].span.hull(self.tokens[tokens.end - 1].span)
    }

    fn word(&self, at: usize) -> &str {
        &self.text[self.tokens[at].span.range()]
    }

    /// The first token of the sentence that holds a token.
    fn sentence_start(&self, at: usize) -> usize {
        let found = self.sentences.partition_point(|sentence| sentence.tokens.end <= at);
        self.sentences.get(found).map_or(at, |sentence| sentence.tokens.start)
    }

    /// One past the last token of the sentence that holds a token.
    fn sentence_end(&self, at: usize) -> usize {
        let found = self.sentences.partition_point(|sentence| sentence.tokens.end <= at);
        self.sentences.get(found).map_or(self.tokens.len(), |sentence| sentence.tokens.end)
    }
}
