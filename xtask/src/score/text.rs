//! Sentences and tags, on texts that no model was trained on.

use std::{fmt, io, path::Path};

use sayso::{
    Article, Block, BlockKind, Span,
    text::{self, Model},
};
use unicode_segmentation::UnicodeSegmentation;

use super::figure::{Figure, Target, short};
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

/// Figures of the text layer.
pub(super) fn figures(shared: &Path) -> io::Result<Vec<Figure>> {
    let read = |name: &str| treebank::read(&shared.join("treebank").join(name));
    let mut gum = read("en_gum-ud-dev.conllu")?;
    gum.extend(read("en_gum-ud-test.conllu")?);
    gum.retain(|paragraph| WRITTEN.iter().any(|genre| paragraph.document.split('_').nth(1) == Some(genre)));
    let ewt = read("en_ewt-ud-test.conllu")?;
    let on_gum = Shares::of(&gum, &text::EMBEDDED);
    let on_ewt = Shares::of(&ewt, &text::EMBEDDED);
    let pud = Shares::of(&read("en_pud-ud-test.conllu")?, &text::EMBEDDED);
    let sentences = |on, shares: &Shares, target, anchor: &str| {
        let anchor = format!("UAX #29 {}{anchor}", short(shares.uax29));
        Figure {
            target,
            anchor,
            noise: 0.003,
            model: "text.bin",
            ..Figure::new("sentences F1", on, shares.sentences)
        }
    };
    let tags = |on, shares: &Shares, target, anchor: &str| Figure {
        target,
        anchor: anchor.to_owned(),
        noise: 0.002,
        model: "text.bin",
        ..Figure::new("UPOS", on, shares.tags)
    };
    let written = "GUM dev and test, written";
    // Four points above the standard's rules is what a model of its own must earn.
    let above = Target::AtLeast(on_gum.uax29 + 0.04);
    Ok(vec![
        sentences(written, &on_gum, above, "; prototype on test news .963"),
        sentences("EWT test", &on_ewt, Target::Report, ""),
        sentences("PUD", &pud, Target::Report, ""),
        tags("EWT test", &on_ewt, Target::AtLeast(0.95), "prototype .948"),
        tags(written, &on_gum, Target::Report, ""),
        tags("PUD", &pud, Target::Report, ""),
    ])
}

/// Shares of the text layer on one set of paragraphs.
pub(crate) struct Shares {
    sentences: f64,
    uax29: f64,
    tags: f64,
    tags_of_tokens: f64,
}

impl Shares {
    /// Measures a model.
    pub(crate) fn of(paragraphs: &[Paragraph], model: &Model) -> Shares {
        Shares {
            sentences: sentence_f1(paragraphs, |text| own_sentences(text, model)),
            uax29: sentence_f1(paragraphs, uax29),
            tags: tags_right(paragraphs, model, false),
            tags_of_tokens: tags_right(paragraphs, model, true),
        }
    }
}

impl fmt::Display for Shares {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "sentences F1 {} (UAX #29 {}), UPOS {} on the treebank's words, {} on our tokens",
            short(self.sentences),
            short(self.uax29),
            short(self.tags),
            short(self.tags_of_tokens),
        )
    }
}

/// Sentence spans by exact match: F1, each paragraph a block.
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
    2.0 * f64::from(right as u32) / f64::from((found + gold) as u32)
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

/// The share of words with the right tag inside gold sentences.
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
    f64::from(right as u32) / f64::from(all as u32)
}
