//! News outlets by their names: `the New York Times`, `NYT`, and `the Times` where its full name stands before.

use std::{collections::BTreeMap, sync::LazyLock};

use super::Page;
use crate::Outlet;

/// The outlets named, in order of their first mention.
pub(super) fn outlets(page: &Page) -> Vec<Outlet> {
    let mut found: Vec<(usize, Outlet)> = Vec::new();
    let mut at = 0;
    while at < page.tokens.len() {
        let Some((entry, end, is_short)) = longest(page, at) else {
            at += 1;
            continue;
        };
        let mention = page.span(at..end);
        match found.iter_mut().find(|(known, _)| *known == entry) {
            Some((_, outlet)) => outlet.mentions.push(mention),
            // A short name alone may be anything.
            None if is_short => {}
            None => {
                found.push((entry, Outlet { name: LEXICON.names[entry].to_owned(), mentions: vec![mention] }))
            }
        }
        at = end;
    }
    found.into_iter().map(|(_, outlet)| outlet).collect()
}

/// Names by their first word.
struct Lexicon {
    names: Vec<&'static str>,
    /// First word to (words, outlet, whether it is short).
    forms: BTreeMap<&'static str, Vec<Form>>,
}

type Form = (Vec<&'static str>, usize, bool);

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon { names: Vec::new(), forms: BTreeMap::new() };
    for row in sayso_data::rows(sayso_data::OUTLETS) {
        let mut columns = row.split('\t');
        let name = columns.next().unwrap_or_default();
        let others = columns.nth(1).unwrap_or_default();
        let entry = lexicon.names.len();
        lexicon.names.push(name);
        for form in others.split('|').chain([name]).filter(|form| !form.is_empty()) {
            let words: Vec<&str> = form.split(' ').collect();
            lexicon.forms.entry(words[0]).or_default().push((words, entry, form.starts_with("the ")));
        }
    }
    lexicon
});

/// The longest name that starts at a token: outlet, one past its last token, whether it is short.
fn longest(page: &Page, at: usize) -> Option<(usize, usize, bool)> {
    let word = page.word(at);
    // "The paper" at the start of a sentence and "the paper" inside one are the same words.
    let keys = if word == "The" { ["The", "the"] } else { [word, word] };
    let fits = |words: &[&str]| {
        words
            .iter()
            .enumerate()
            .skip(1)
            .all(|(i, part)| at + i < page.tokens.len() && page.word(at + i) == *part)
            && !continues(page, at + words.len())
    };
    let forms = keys.into_iter().flat_map(|key| LEXICON.forms.get(key)).flatten();
    let found = forms.filter(|(words, ..)| fits(words)).max_by_key(|(words, ..)| words.len())?;
    Some((found.1, at + found.0.len(), found.2))
}

/// Whether the next word makes it a longer name (`Time Warner`).
fn continues(page: &Page, next: usize) -> bool {
    let part_of_name = |word: &str| {
        word.starts_with(char::is_uppercase)
            && !matches!(word, "News" | "Magazine" | "I")
            && word.chars().skip(1).any(char::is_lowercase)
    };
    next < page.tokens.len()
        && part_of_name(page.word(next))
        && page.tokens[next].span.start() == page.tokens[next - 1].span.end() + 1
        && page.tokens[next].tag == crate::text::Tag::Propn
        && page.word(next - 1).chars().count() < 6
}
