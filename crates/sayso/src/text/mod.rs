//! Sentences, tokens and tags.

pub mod token;

use std::ops::Range;

use crate::{Article, Span, Token};

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

/// The text layer of one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// Sentences in order; none crosses a block.
    pub sentences: Vec<Sentence>,
    /// Tokens in order.
    pub tokens: Vec<Token>,
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

/// Sentences, tokens and tags of every block that is read for statements.
pub fn read(article: &Article) -> Text {
    let _ = article;
    Text::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `marked` is the text with `|` between tokens where there is no space.
    fn retokenize(marked: &str) -> String {
        let text = marked.replace('|', "");
        let mut tokens = Vec::new();
        token::tokenize(&text, Span::new(0, text.len()), &mut tokens);
        let mut got = String::new();
        let mut at = 0;
        for span in &tokens {
            let gap = &text[at..span.start()];
            got.push_str(if gap.is_empty() && at > 0 { "|" } else { gap });
            got.push_str(&text[span.range()]);
            at = span.end();
        }
        got.push_str(&text[at..]);
        got
    }

    #[test]
    fn tokens_as_marked() {
        let lines = include_str!("testdata/tokens.txt").lines().filter(|line| !line.starts_with("# "));
        let wrong: Vec<_> =
            lines.map(|line| (line, retokenize(line))).filter(|(line, got)| line != got).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
