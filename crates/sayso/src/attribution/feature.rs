//! What the network sees of a token: eight small numbers.

use std::ops::Range;

use sayso_model::hash;

use super::quotation::Place;
use crate::Token;

/// Rows of the tables of hashed features.
pub const WORDS: u32 = 8192;
/// Rows of the tables of suffixes and of prefixes.
pub const AFFIXES: u32 = 2048;
/// Kinds of shapes.
pub const SHAPES: u32 = 20;
/// Steps of the lexicon of cues.
pub const GATES: u32 = 8;

/// Place of the cue lexicon in [`Feature::rows`].
pub const GATE: usize = 5;

/// The features of one token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Feature {
    /// Hash of the lower-case word, to look the word's vector up.
    pub key: u32,
    /// The rows of the feature tables: word, suffix, prefix, shape, quotation marks, cue lexicon, tag.
    pub rows: [u16; 7],
}

/// How often a word is part of a cue: 0 hardly ever, 7 nearly always.
pub trait Gate {
    /// The step of the word with this hash.
    fn step(&self, key: u32) -> u8;
}

/// The features of a run of tokens.
pub fn features(
    text: &str,
    tokens: &[Token],
    run: Range<usize>,
    places: &[Place],
    gate: &impl Gate,
) -> Vec<Feature> {
    let mut lower = String::new();
    run.zip(places)
        .map(|(at, &place)| {
            let word = &text[tokens[at].span.range()];
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
            let key = hash(b"w", &lower);
            let rows = [
                (key % WORDS) as u16,
                (hash(b"s", last(&lower, 3)) % AFFIXES) as u16,
                (hash(b"p", first(&lower, 3)) % AFFIXES) as u16,
                shape(word),
                place as u16,
                u16::from(gate.step(key)),
                tokens[at].tag as u16,
            ];
            Feature { key, rows }
        })
        .collect()
}

fn first(word: &str, count: usize) -> &str {
    word.char_indices().nth(count).map_or(word, |(at, _)| &word[..at])
}

fn last(word: &str, count: usize) -> &str {
    word.char_indices().rev().nth(count - 1).map_or(word, |(at, _)| &word[at..])
}

/// Capitals, digits or which mark.
fn shape(word: &str) -> u16 {
    let mut chars = word.chars();
    let Some(head) = chars.next() else { return 0 };
    let rest = chars.as_str();
    if head.is_uppercase() {
        return match () {
            () if rest.is_empty() => 2,
            () if !rest.chars().any(char::is_lowercase) => 1,
            () => 3,
        };
    }
    if head.is_numeric() {
        return 4;
    }
    if head.is_alphabetic() {
        return if rest.chars().any(char::is_uppercase) { 6 } else { 5 };
    }
    match head {
        ',' => 7,
        '.' => 8,
        ';' => 9,
        ':' => 10,
        '?' | '!' => 11,
        '-' | '–' | '—' | '―' => 12,
        '"' | '“' | '„' | '«' => 13,
        '”' | '»' => 14,
        '\'' | '‘' | '’' => 15,
        '(' | '[' => 16,
        ')' | ']' => 17,
        _ => 18,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn affixes_are_cut_at_characters() {
        assert_eq!((first("żółty", 3), last("żółty", 3)), ("żół", "łty"));
        assert_eq!((first("a", 3), last("a", 3)), ("a", "a"));
    }

    #[test]
    fn shapes_tell_capitals_apart() {
        assert_eq!(["US", "A", "Smith", "iPhone", "said", "24", ":"].map(shape), [1, 2, 3, 6, 5, 4, 10]);
    }
}
