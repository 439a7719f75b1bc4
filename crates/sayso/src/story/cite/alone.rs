//! Names that credit by standing alone: in brackets, on a line of their own, under a picture.

use super::{
    credit::Way,
    name::{Name, Trust},
    words::Words,
};
use crate::BlockKind;

/// A name that stands alone: `[X]`, `(X)` at the end of a line, a line of its own, or the agency of a picture.
pub(super) fn alone(words: &Words, name: &Name) -> Option<Way> {
    let first = name.words.start;
    let span = words.span(name.words.clone());
    let line = words.line(first);
    let start = words.text.floor_char_boundary(span.start().saturating_sub(SEEN)).max(line.start());
    let end = words.text.floor_char_boundary(span.end() + SEEN).min(line.end());
    let before =
        words.text[start..span.start()].trim_matches(|c: char| c == '—' || c == '-' || c.is_whitespace());
    let after = words.text[span.end()..end].trim();
    let is_end = after.trim_end_matches(['.', ' ']).is_empty() || after.trim_end_matches('.').trim() == "]";
    let sells = SELLERS.contains(&name.outlet.as_str());
    let closes = line.end() == words.block(first).span.end() || after.is_empty();
    let is_open = before.ends_with('[') && (after == "]" || after == "].");
    let is_closed = before.ends_with('(') && after.starts_with(')');
    match () {
        _ if sells && (is_closed || before.is_empty() || is_picture(words, first.saturating_sub(1))) => {
            Some(Way::Picture)
        }
        _ if is_open && ends_a_sentence(before) => Some(Way::Alone),
        // "The harbour is closed. REUTERS" at the end of a passage.
        _ if closes
            && is_end
            && name.trust > Trust::Guessed
            && ends_a_sentence(before)
            && !before.ends_with('[') =>
        {
            Some(Way::Alone)
        }
        _ if before.is_empty()
            && is_end
            && words.block(first).kind != BlockKind::Title
            && name.trust > Trust::Guessed =>
        {
            Some(Way::Alone)
        }
        _ => None,
    }
}

/// So many bytes of a line are looked at before and after a name.
const SEEN: usize = 256;

/// Whether what stands before a bracket is whole: `It is closed. [the Courier]`.
fn ends_a_sentence(before: &str) -> bool {
    let before = before.trim_end_matches('[').trim_end();
    before.is_empty() || !before.ends_with("..") && before.ends_with(['.', '!', '?', '”', '"', '’', '\''])
}

/// Agencies that sell stories with their pictures.
const SELLERS: &[&str] = &[
    "CEN",
    "Caters News Agency",
    "South West News Service",
    "Barcroft Media",
    "Europics",
    "Press Association",
    "Mercury Press Agency",
];

/// Whether the words before credit a picture.
pub(super) fn is_picture(words: &Words, at: usize) -> bool {
    (0..=3).any(|back| at >= back && words.same_block(at - back, at) && is_photo(words, at - back))
}

pub(super) fn is_photo(words: &Words, at: usize) -> bool {
    words.is_one_of(
        at,
        &[
            "photo",
            "photos",
            "image",
            "images",
            "picture",
            "pictures",
            "photograph",
            "photographs",
            "screengrab",
            "screenshot",
        ],
    )
}
