//! The words of a page, each with what the lexicons know of it.

use std::ops::Range;

use super::lexicon::{self, Class};
use crate::{
    Span, Token,
    text::{Tag, word::Word},
};

/// The text and its tokens.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) looks: &'a [Look],
}

/// What is known of a token by its letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Hash of the word in small letters.
    pub(super) lower: u64,
    /// What the lexicons know of it.
    pub(super) class: Class,
    pub(super) is_capital: bool,
}

/// The looks of all tokens.
pub(super) fn looks(text: &str, tokens: &[Token]) -> Vec<Look> {
    let look = |token: &Token| {
        let word = &text[token.span.range()];
        // An ex-aide is called an aide, too.
        let plain = ["ex-", "Ex-", "then-", "Then-"].iter().find_map(|prefix| word.strip_prefix(prefix));
        let lower = Word::new(plain.unwrap_or(word)).lower;
        Look { lower, class: lexicon::class(lower), is_capital: word.starts_with(char::is_uppercase) }
    };
    tokens.iter().map(look).collect()
}

impl<'a> Page<'a> {
    pub(super) fn word(&self, at: usize) -> &'a str {
        &self.text[self.tokens[at].span.range()]
    }

    pub(super) fn tag(&self, at: usize) -> Tag {
        self.tokens[at].tag
    }

    pub(super) fn class(&self, at: usize) -> Class {
        self.looks[at].class
    }

    pub(super) fn lower(&self, at: usize) -> u64 {
        self.looks[at].lower
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.looks[at].is_capital
    }

    /// Whether the word, in small letters, is one of a few.
    pub(super) fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        let word = self.word(at);
        words.iter().any(|other| word.eq_ignore_ascii_case(other))
    }

    /// Whether the word ends a possessor: `'s`, or the apostrophe of `Sanders'`.
    pub(super) fn is_possessive(&self, at: usize) -> bool {
        matches!(self.word(at), "'s" | "’s" | "‘s" | "'" | "’")
    }

    /// The tokens that a span touches.
    pub(super) fn tokens_of(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.span.end() <= span.start());
        let end = self.tokens.partition_point(|token| token.span.start() < span.end());
        start..end.max(start)
    }

    pub(super) fn span(&self, tokens: Range<usize>) -> Span {
        self.tokens[tokens.start].span.hull(self.tokens[tokens.end - 1].span)
    }
}
