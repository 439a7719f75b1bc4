//! Sentences, tokens and tags.

pub(crate) mod numeral;
pub mod sentence;
pub mod tag;
pub mod token;
pub mod vector;
pub mod word;

use std::{ops::Range, sync::LazyLock};

use sayso_model::{format, perceptron::Perceptron};

use self::word::Word;
use crate::{Article, Block, Note, NoteKind, Span};

/// Part of speech (Universal Dependencies UPOS).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the standard's")]
#[repr(u8)]
pub enum Tag {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    #[default]
    X,
}

/// A word or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its part of speech.
    pub tag: Tag,
}

/// The text layer of one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// Sentences in order; none crosses a block.
    pub sentences: Vec<Sentence>,
    /// Tokens in order.
    pub tokens: Vec<Token>,
}

impl Text {
    /// The sentences of a run of tokens, such as a block.
    pub fn sentences_in(&self, tokens: Range<usize>) -> impl Iterator<Item = &Sentence> {
        let first = self.sentences.partition_point(|sentence| sentence.tokens.end <= tokens.start);
        self.sentences[first..].iter().take_while(move |sentence| sentence.tokens.start < tokens.end)
    }
}

/// A sentence and its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last token.
    pub span: Span,
    /// Its tokens, as indices into [`Text::tokens`].
    pub tokens: Range<usize>,
    /// Its block, as an index into [`Article::blocks`].
    pub block: usize,
}

/// Sentences, tokens and tags of every block that is read for statements, by the model that comes with the program.
pub fn read(article: &Article) -> Text {
    read_with(article, &EMBEDDED)
}

/// Text beyond so many bytes is not read: no article has 80,000 words, and reading takes time.
pub(crate) const LONGEST: usize = 512 * 1024;

/// Says what [`read`] leaves out of an article, if anything.
pub(crate) fn note(article: &Article) -> Option<Note> {
    let end = article.text.floor_char_boundary(LONGEST);
    (end < article.text.len()).then(|| Note {
        kind: NoteKind::Cut,
        span: Some(Span::new(end, article.text.len())),
        text: "The text is longer than any article; statements were looked for in its first 512 KB alone."
            .to_owned(),
    })
}

/// As [`read`], by another model.
pub fn read_with(article: &Article, model: &Model) -> Text {
    let mut text = Text::default();
    let mut spans = Vec::new();
    let end = article.text.floor_char_boundary(LONGEST);
    for (block, Block { span, kind }) in article.blocks.iter().enumerate() {
        if kind.is_read() && span.start() < end {
            spans.clear();
            token::tokenize(&article.text, Span::new(span.start(), span.end().min(end)), &mut spans);
            text.add_block(&article.text, block, &spans, model);
        }
    }
    text
}

impl Text {
    fn add_block(&mut self, text: &str, block: usize, spans: &[Span], model: &Model) {
        let words: Vec<Word> = spans.iter().map(|span| Word::new(&text[span.range()])).collect();
        let mut start = 0;
        let starts = sentence::starts(text, spans, &words, &model.sentence);
        for end in starts.into_iter().chain([spans.len()]).filter(|&end| end > 0) {
            let first = self.tokens.len();
            let tags = model.tags(&words[start..end]);
            self.tokens.extend(spans[start..end].iter().zip(tags).map(|(&span, tag)| Token { span, tag }));
            self.sentences.push(Sentence {
                span: spans[start].hull(spans[end - 1]),
                tokens: first..self.tokens.len(),
                block,
            });
            start = end;
        }
    }
}

/// The weights of the sentence splitter and the tagger.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    sentence: Perceptron<'a, 2>,
    tag: Perceptron<'a, { tag::CLASSES }>,
}

impl<'a> Model<'a> {
    /// Opens a model file with the sections `sentence` and `tag`.
    pub fn open(bytes: &'a [u8]) -> Result<Model<'a>, format::Error> {
        let file = format::Model::open(bytes)?;
        let sentence = Perceptron::open(file.section("sentence")?)?;
        let tag = Perceptron::open(file.section("tag")?)?;
        Ok(Model { sentence, tag })
    }

    /// The tags of one sentence's words.
    pub fn tags(&self, words: &[Word]) -> Vec<Tag> {
        tag::tags(words, &self.tag)
    }
}

/// The model that comes with the program.
pub static EMBEDDED: LazyLock<Model> = LazyLock::new(|| {
    Model::open(sayso_data::TEXT_MODEL).expect("the embedded model is one that was trained")
});

#[cfg(test)]
mod tests;
