//! What was changed between two wordings, word by word, and what kind each change is.
//!
//! Words are compared in small letters and without marks, contractions as their two words. Of `[Jori] is out` and `Jory is
//! out of office`, the name differs (substitution) and the end goes on (extension).

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::Span;

/// A change between two wordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What it is.
    pub kind: EditKind,
    /// The words of the first wording that are not in the second; empty where words came in.
    pub from: Span,
    /// The words of the second that are not in the first; empty where words were left out.
    pub to: Span,
}

/// Kinds of changes; the first that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EditKind {
    /// The same words with other marks or capitals, or contracted.
    PunctuationOrCase,
    /// Words were left out, and dots say so.
    Ellipsis,
    /// Words stand where dots were.
    Restored,
    /// Words in brackets came in, or lost their brackets.
    Bracket,
    /// A negation came in or went.
    Negation,
    /// A number is another.
    Number,
    /// The beginning or the end was left out.
    Truncation,
    /// The beginning or the end goes on.
    Extension,
    /// Passages were run together without a sign.
    Splice,
    /// A few words inside were left out.
    Omission,
    /// Words inside came in.
    Insertion,
    /// Words stand for others.
    Substitution,
}

/// The changes from one wording to another, in order.
pub fn edits(from: &str, to: &str) -> Vec<Edit> {
    let (old, new) = (pieces(from), pieces(to));
    let plain = |pieces: &[Piece]| pieces.iter().map(|piece| piece.plain.clone()).collect::<Vec<_>>();
    let steps = capture_diff_slices(Algorithm::Myers, &plain(&old), &plain(&new));
    let mut edits = Vec::new();
    for step in steps {
        let (at, of) = (step.old_range(), step.new_range());
        if let DiffOp::Equal { .. } = step {
            edits.extend(marks((from, &old, at), (to, &new, of)));
            continue;
        }
        let is_edge = at.start == 0 || at.end == old.len();
        let kind = kind(&old[at.clone()], &new[of.clone()], is_edge);
        edits.push(Edit { kind, from: span(&old, at, from), to: span(&new, of, to) });
    }
    edits
}

/// A word, or the dots of an ellipsis.
struct Piece {
    /// In small letters, without marks; `…` of dots.
    plain: String,
    span: Range<usize>,
    is_bracketed: bool,
}

impl Piece {
    fn is_ellipsis(&self) -> bool {
        self.plain == ELLIPSIS
    }
}

const ELLIPSIS: &str = "…";

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut brackets = 0u32;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        match c {
            '[' => brackets += 1,
            ']' => brackets = brackets.saturating_sub(1),
            '…' => pieces.push(Piece {
                plain: ELLIPSIS.to_owned(),
                span: start..start + c.len_utf8(),
                is_bracketed: false,
            }),
            '.' if text[start..].starts_with("...") => {
                while chars.next_if(|next| next.1 == '.').is_some() {}
                let end = chars.peek().map_or(text.len(), |next| next.0);
                pieces.push(Piece { plain: ELLIPSIS.to_owned(), span: start..end, is_bracketed: false });
            }
            c if c.is_alphanumeric() => {
                let mut inside = false;
                // "[I]f" is one word.
                while let Some(&(at, next)) = chars.peek() {
                    let rest = &text[at + next.len_utf8()..];
                    let goes_on = next.is_alphanumeric()
                        || matches!(next, '\'' | '’') && rest.starts_with(char::is_alphanumeric)
                        || matches!(next, '.' | ',')
                            && ends_in_digit(text, at)
                            && rest.starts_with(|c: char| c.is_ascii_digit())
                        || next == ']' && rest.starts_with(char::is_alphabetic);
                    if !goes_on {
                        break;
                    }
                    if next == ']' {
                        brackets = brackets.saturating_sub(1);
                        inside = true;
                    }
                    chars.next();
                }
                let end = chars.peek().map_or(text.len(), |next| next.0);
                let is_bracketed = brackets > 0 && !inside;
                for plain in words(&text[start..end]) {
                    pieces.push(Piece { plain, span: start..end, is_bracketed });
                }
            }
            _ => {}
        }
        if pieces.len() > LONGEST {
            break;
        }
    }
    pieces
}

fn ends_in_digit(text: &str, at: usize) -> bool {
    text[..at].ends_with(|c: char| c.is_ascii_digit())
}

/// A word as it is compared: `don't` as `do`, `not`.
fn words(word: &str) -> Vec<String> {
    let plain: String = word.chars().filter(|c| c.is_alphanumeric() || matches!(c, '\'' | '’')).collect();
    let plain = plain.to_lowercase().replace('’', "'");
    match plain.as_str() {
        "won't" => return vec!["will".into(), "not".into()],
        "can't" | "cannot" => return vec!["can".into(), "not".into()],
        _ => {}
    }
    match plain.strip_suffix("n't") {
        Some(verb) if !verb.is_empty() => vec![verb.to_owned(), "not".to_owned()],
        _ => vec![plain.replace('\'', "")],
    }
}

/// Where some pieces stand; between their neighbours, where there are none.
fn span(pieces: &[Piece], at: Range<usize>, text: &str) -> Span {
    match (pieces.get(at.start), at.is_empty()) {
        (Some(first), false) => Span::new(first.span.start, pieces[at.end - 1].span.end),
        (Some(next), true) => Span::new(next.span.start, next.span.start),
        (None, _) => Span::new(text.len(), text.len()),
    }
}

/// Words of two wordings that are the same but for marks and capitals. What stands behind a word is compared where the next
/// is the same, too, or the text ends.
fn marks((from, old, at): Side, (to, new, of): Side) -> Vec<Edit> {
    let raw = |text: &str, pieces: &[Piece], run: &Range<usize>, at: usize| {
        let end = match pieces.get(at + 1) {
            Some(next) if at + 1 < run.end => next.span.start,
            Some(_) => pieces[at].span.end,
            None => text.len(),
        };
        plain(&text[pieces[at].span.start..end.max(pieces[at].span.end)])
    };
    let edit = |(a, b): (usize, usize)| {
        let differs = raw(from, old, &at, a) != raw(to, new, &of, b);
        differs.then(|| Edit {
            kind: EditKind::PunctuationOrCase,
            from: Span::new(old[a].span.start, old[a].span.end),
            to: Span::new(new[b].span.start, new[b].span.end),
        })
    };
    let mut edits: Vec<Edit> = at.clone().zip(of.clone()).filter_map(edit).collect();
    // A contraction is two words here and one there.
    edits.dedup_by(|next, kept| {
        let is_one = next.to == kept.to || next.from == kept.from;
        if is_one {
            (kept.from, kept.to) = (kept.from.hull(next.from), kept.to.hull(next.to));
        }
        is_one
    });
    edits
}

/// A wording with every mark in its plainest form: of two that are the same so far, no change is told.
pub fn plain(text: &str) -> String {
    let text = text.replace(['’', '‘'], "'").replace(['“', '”', '„', '«', '»'], "\"");
    let text = text.replace(['–', '—', '−'], "-").replace('…', "...");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A wording, its words, and a run of them.
type Side<'t> = (&'t str, &'t [Piece], Range<usize>);

fn kind(old: &[Piece], new: &[Piece], is_edge: bool) -> EditKind {
    use EditKind::*;
    let has_words = |pieces: &[Piece]| pieces.iter().any(|piece| !piece.is_ellipsis());
    let has_dots = |pieces: &[Piece]| pieces.iter().any(Piece::is_ellipsis);
    let is_bracketed = |pieces: &[Piece]| !pieces.is_empty() && pieces.iter().all(|piece| piece.is_bracketed);
    let count = |pieces: &[Piece], words: &[&str]| {
        pieces.iter().filter(|piece| words.contains(&piece.plain.as_str())).count()
    };
    let numbers = |pieces: &[Piece]| {
        let is_number =
            |word: &&str| word.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.contains(word);
        let mut numbers: Vec<String> =
            pieces.iter().map(|piece| piece.plain.as_str()).filter(is_number).map(str::to_owned).collect();
        numbers.sort();
        numbers
    };
    let is_short = old.len() + new.len() <= SHORT;
    match (old.len(), new.len()) {
        _ if has_dots(new) && !has_words(new) => Ellipsis,
        _ if has_dots(old) && !has_words(old) && has_words(new) => Restored,
        _ if has_dots(old) && new.is_empty() => Splice,
        _ if is_bracketed(new) || is_bracketed(old) && !new.is_empty() => Bracket,
        _ if is_short && count(old, NEGATIONS) != count(new, NEGATIONS) => Negation,
        _ if is_short && !old.is_empty() && !new.is_empty() && numbers(old) != numbers(new) => Number,
        (_, 0) if is_edge => Truncation,
        (LONG.., 0) => Splice,
        (_, 0) => Omission,
        (0, _) if is_edge => Extension,
        (0, _) => Insertion,
        (old, new) if is_edge && old.max(new) >= OTHER => Splice,
        _ => Substitution,
    }
}

const NEGATIONS: &[&str] = &["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without"];
const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "dozen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred",
    "thousand", "million", "billion", "half", "twice",
];
/// Longer wordings are compared by so many words.
const LONGEST: usize = 4000;
/// A negation or number stands out among so few words.
const SHORT: usize = 6;
/// So many words left out inside are a splice,
const LONG: usize = 4;
/// and so many others at an edge.
const OTHER: usize = 12;
