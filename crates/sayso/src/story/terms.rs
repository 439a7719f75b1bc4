//! What a page is about: its words, those at its beginning above all.

use std::collections::HashMap;

use crate::{Article, Token};

/// The hashes of the words of a text in order, in their plain form, of its first [`MOST`].
pub fn words(article: &Article, tokens: &[Token]) -> Vec<u32> {
    let mut found = Vec::new();
    for token in tokens {
        parts(&article[token.span], |word| found.push(word));
        if found.len() >= MOST {
            break;
        }
    }
    found
}

/// The words of a token, by the hashes of their plain forms: none of `'s`, two of `well-known`.
pub(super) fn parts(token: &str, mut with: impl FnMut(u32)) {
    if token.starts_with(['\'', '’']) {
        return;
    }
    let mut buffer = String::new();
    for part in token.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
        plain(part, &mut buffer);
        if !buffer.is_empty() {
            with(sayso_model::hash(b"story", &buffer));
        }
    }
}

/// In small letters, without apostrophes and the ending of plurals.
fn plain(word: &str, into: &mut String) {
    into.clear();
    into.extend(word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
    let is_plural = into.len() > 3 && into.ends_with('s');
    if is_plural && !["ss", "us", "is"].iter().any(|ending| into.ends_with(ending)) {
        into.pop();
    }
}

/// Distinct words by hash, in ascending order, and how much there is of each: the logarithm of its count, where a word
/// counts less the later it stands.
pub(super) fn terms(words: &[u32]) -> Vec<(u32, f64)> {
    let mut counts: HashMap<u32, f64> = HashMap::new();
    for (at, &word) in words.iter().enumerate() {
        *counts.entry(word).or_default() += libm::exp(-(at as f64) / FADES);
    }
    let weigh = |count: f64| match count {
        1.0.. => 1.0 + libm::log(count),
        _ => libm::log2(1.0 + count),
    };
    let mut terms: Vec<(u32, f64)> = counts.into_iter().map(|(word, count)| (word, weigh(count))).collect();
    terms.sort_unstable_by_key(|&(word, _)| word);
    terms
}

/// So many words on, a word counts `1/e` of one at the beginning.
const FADES: f64 = 200.0;
/// Words after these would count for nothing.
const MOST: usize = 2000;
