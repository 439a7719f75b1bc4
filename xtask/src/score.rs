//! Figures on texts that no model was trained on.

use std::{fs, io, path::Path, time::Instant};

use sayso::{
    Article, Block, BlockKind, Span,
    text::{self, Model},
};
use unicode_segmentation::UnicodeSegmentation;

use crate::{
    train::realign,
    treebank::{self, Paragraph},
};

/// Genres of GUM that were written to be read.
const WRITTEN: [&str; 11] = [
    "academic",
    "bio",
    "court",
    "essay",
    "fiction",
    "interview",
    "letter",
    "news",
    "textbook",
    "voyage",
    "whow",
];

/// Prints sentence and tag figures, and the speed of the text layer.
pub(crate) fn text(shared: &Path) -> io::Result<()> {
    let read = |name: &str| treebank::read(&shared.join("treebank").join(name));
    let mut gum = read("en_gum-ud-dev.conllu")?;
    gum.extend(read("en_gum-ud-test.conllu")?);
    gum.retain(|paragraph| WRITTEN.iter().any(|genre| paragraph.document.split('_').nth(1) == Some(genre)));
    let news: Vec<_> =
        gum.iter().filter(|paragraph| paragraph.document.contains("_news_")).cloned().collect();
    for (name, paragraphs) in [
        ("GUM dev and test, written", gum),
        ("GUM dev and test, news", news),
        ("EWT test", read("en_ewt-ud-test.conllu")?),
        ("PUD", read("en_pud-ud-test.conllu")?),
    ] {
        println!("{name}: {}", figures(&paragraphs, &text::EMBEDDED));
    }
    let texts = fs::read_to_string(shared.join("bench/statements/polnear-dev.text.jsonl"))?;
    speed(&texts)
}

/// Sentence and tag figures of a model, in percent.
pub(crate) fn figures(paragraphs: &[Paragraph], model: &Model) -> String {
    format!(
        "sentences {:.2} (UAX #29 {:.2}), tags {:.2} on the treebank's words, {:.2} on our tokens",
        sentence_f1(paragraphs, |text| own_sentences(text, model)),
        sentence_f1(paragraphs, uax29),
        tags_right(paragraphs, model, false),
        tags_right(paragraphs, model, true),
    )
}

/// Sentence spans by exact match: F1 in percent, each paragraph a block.
fn sentence_f1(paragraphs: &[Paragraph], split: impl Fn(&str) -> Vec<Span>) -> f64 {
    let (mut found, mut gold, mut right) = (0, 0, 0);
    for paragraph in paragraphs {
        let ends = paragraph.starts.iter().skip(1).copied().chain([paragraph.text.len()]);
        let truth: Vec<Span> = paragraph
            .starts
            .iter()
            .zip(ends)
            .map(|(&start, end)| trimmed(&paragraph.text, start, end))
            .collect();
        let guess = split(&paragraph.text);
        found += guess.len();
        gold += truth.len();
        right += guess.iter().filter(|span| truth.binary_search(span).is_ok()).count();
    }
    200.0 * f64::from(right as u32) / f64::from((found + gold) as u32)
}

fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let piece = &text[start..end];
    let start = start + piece.len() - piece.trim_start().len();
    Span::new(start, start + piece.trim().len())
}

fn own_sentences(text: &str, model: &Model) -> Vec<Span> {
    text::read_with(&article(text), model).sentences.into_iter().map(|sentence| sentence.span).collect()
}

fn uax29(text: &str) -> Vec<Span> {
    let spans =
        text.split_sentence_bound_indices().map(|(start, piece)| trimmed(text, start, start + piece.len()));
    spans.filter(|span| !span.is_empty()).collect()
}

/// A one-block article.
fn article(text: &str) -> Article {
    let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph };
    Article { text: text.to_owned(), blocks: vec![block], ..Article::default() }
}

/// The share of words with the right tag, in percent, inside gold sentences.
fn tags_right(paragraphs: &[Paragraph], model: &Model, own: bool) -> f64 {
    let (mut right, mut all) = (0, 0);
    for paragraph in paragraphs {
        for gold in paragraph.sentences() {
            let gold = if own { realign(&paragraph.text, gold) } else { gold.to_vec() };
            let look =
                |word: &treebank::GoldWord| text::word::Word::new(&paragraph.text[word.start..word.end]);
            let tags = model.tags(&gold.iter().map(look).collect::<Vec<_>>());
            right += tags.iter().zip(&gold).filter(|(tag, word)| **tag == word.tag).count();
            all += gold.len();
        }
    }
    100.0 * f64::from(right as u32) / f64::from(all as u32)
}

/// Words a second of the whole text layer on one thread, best of ten passes.
fn speed(jsonl: &str) -> io::Result<()> {
    let mut articles = Vec::new();
    for line in jsonl.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let text = row["text"].as_str().unwrap_or_default();
        articles.push(sayso::page::plain(text, &sayso::page::Hints::default()));
    }
    let mut best = f64::INFINITY;
    let mut words = 0;
    for _ in 0..10 {
        let start = Instant::now();
        words = articles.iter().map(|article| text::read(article).tokens.len()).sum();
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!(
        "sentences, tokens, tags: {:.0} words/s on one core ({words} tokens)",
        f64::from(words as u32) / best
    );
    Ok(())
}
