//! What was changed between two wordings, word by word, and what kind each change is.
//!
//! Words are compared in small letters and without marks, and in one spelling. Of `[Jori] is out` and `Jory is out of office`,
//! the name differs (substitution) and the end goes on (extension).

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::spelling::{self, MASK};
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
    /// The same words with other marks or capitals.
    PunctuationOrCase,
    /// The same words written otherwise: spelled, contracted, a number in figures.
    Spelling,
    /// Letters of a word were replaced by signs, or signs by letters.
    Masked,
    /// Words were left out, and dots say so.
    Ellipsis,
    /// Words stand where dots were.
    Restored,
    /// Words in brackets came in, or lost their brackets.
    Bracket,
    /// A negation came in or went, behind dots or not.
    Negation,
    /// A number is another.
    Number,
    /// The beginning or the end was left out.
    Truncation,
    /// The beginning or the end goes on.
    Extension,
    /// Passages or sentences were run together without a sign.
    Splice,
    /// A few words inside were left out.
    Omission,
    /// Words inside came in.
    Insertion,
    /// Words stand for others.
    Substitution,
}

/// So much of a text is compared: all, or its first 4,000 words.
pub fn compared(text: &str) -> &str {
    cut(text).0
}

/// As much of a text as is compared, and its words.
fn cut(text: &str) -> (&str, Vec<Piece>) {
    let mut pieces = pieces(text);
    let is_longer = pieces.len() > LONGEST;
    pieces.truncate(LONGEST);
    let end = pieces.last().filter(|_| is_longer).map_or(text.len(), |last| last.span.end);
    (&text[..end], pieces)
}

/// The changes from one wording to another, in order, of as much of each as is [`compared`].
pub fn edits(from: &str, to: &str) -> Vec<Edit> {
    let ((from, old), (to, new)) = (cut(from), cut(to));
    let plain = |pieces: &[Piece]| pieces.iter().map(|piece| piece.plain.clone()).collect::<Vec<_>>();
    let steps = capture_diff_slices(Algorithm::Myers, &plain(&old), &plain(&new));
    let mut edits = Vec::new();
    for step in steps {
        let sides = [
            Side { text: from, pieces: &old, at: step.old_range() },
            Side { text: to, pieces: &new, at: step.new_range() },
        ];
        match step {
            DiffOp::Equal { .. } => edits.extend(same_words(&sides)),
            _ => edits.push(Edit { kind: kind(&sides), from: sides[0].span(), to: sides[1].span() }),
        }
    }
    joined(edits)
}

/// A wording with every mark in its plainest form: of two that are the same so far, no change is told.
pub fn plain(text: &str) -> String {
    let text = text.replace(['’', '‘'], "'").replace(['“', '”', '„', '«', '»'], "\"").replace('…', "...");
    let dashed = text.replace("--", "-").replace(['–', '—', '−'], "-");
    let parts = dashed.split('-').map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    parts.collect::<Vec<_>>().join("-")
}

/// A word, or the dots of an ellipsis.
struct Piece {
    /// In small letters and one spelling, without marks; `…` of dots, figures of a number.
    plain: String,
    span: Range<usize>,
    is_bracketed: bool,
}

impl Piece {
    fn is_ellipsis(&self) -> bool {
        self.plain == ELLIPSIS
    }

    fn is_negation(&self) -> bool {
        NEGATIONS.contains(&self.plain.as_str())
    }
}

const ELLIPSIS: &str = "…";

/// The words and ellipses of a text, a few more than [`LONGEST`] at most.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut brackets, mut at) = (0u32, 0);
    while let Some(c) = text[at..].chars().next().filter(|_| pieces.len() <= LONGEST) {
        let (start, is_bracketed) = (at, brackets > 0);
        at += c.len_utf8();
        let mut push = |plain: &str, end: usize| {
            pieces.push(Piece { plain: plain.to_owned(), span: start..end, is_bracketed })
        };
        match c {
            '[' => brackets += 1,
            ']' => brackets = brackets.saturating_sub(1),
            '…' => push(ELLIPSIS, at),
            '%' => push("percent", at),
            '.' if text[start..].starts_with("...") => {
                at += run(&text[at..], '.');
                push(ELLIPSIS, at);
            }
            '.' if text[start..].starts_with(". . .") => {
                at = start + ". . .".len();
                push(ELLIPSIS, at);
            }
            '*' if text[start..].starts_with("***") => {
                at += run(&text[at..], '*');
                push("*", at);
            }
            c if c.is_alphanumeric() => {
                at = start + word_length(&text[start..]);
                let word = &text[start..at];
                // "[I]f" is one word.
                let closes = word.matches(']').count() as u32;
                brackets = brackets.saturating_sub(closes);
                for plain in spelling::words(&masked(word)) {
                    pieces.push(Piece { plain, span: start..at, is_bracketed: is_bracketed && closes == 0 });
                }
            }
            _ => {}
        }
    }
    numbers(pieces)
}

fn run(text: &str, c: char) -> usize {
    text.len() - text.trim_start_matches(c).len()
}

/// How far a word goes that stands at the beginning of a text.
fn word_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some(&(at, c)) = chars.peek() {
        let rest = &text[at + c.len_utf8()..];
        let goes_on = match c {
            c if c.is_alphanumeric() => true,
            '\'' | '’' => rest.starts_with(char::is_alphanumeric),
            '.' | ',' => before.is_ascii_digit() && rest.starts_with(|c: char| c.is_ascii_digit()),
            ']' => rest.starts_with(char::is_alphabetic),
            MASK => {
                before == MASK
                    || before.is_alphabetic() && rest.starts_with(|c: char| c == MASK || c.is_alphabetic())
            }
            c if DASHES.contains(&c) => DASHES.contains(&before) || is_mask(&text[..at], &text[at..]),
            _ => false,
        };
        if !goes_on {
            return at;
        }
        before = c;
        chars.next();
    }
    text.len()
}

/// Whether dashes behind some letters stand for more of them: behind one or two consonants, and no single hyphen.
fn is_mask(letters: &str, dashes: &str) -> bool {
    let is_consonant = |c: char| c.is_ascii_alphabetic() && !"aeiouyAEIOUY".contains(c);
    let is_long = !dashes.starts_with('-') && letters.chars().all(char::is_lowercase);
    letters.len() <= 2 && letters.chars().all(is_consonant) && (is_long || dashes.starts_with("--"))
}

const DASHES: [char; 3] = ['-', '–', '—'];

/// A word with one sign for all that mask it.
fn masked(word: &str) -> String {
    word.replace(DASHES, "*")
}

/// Words in a row that say a number as one piece, in figures; `per cent` as one word.
fn numbers(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let words = pieces[at..].iter().map(|piece| piece.plain.as_str());
        let (plain, taken) = match spelling::number(words.clone()) {
            Some((value, taken)) => (format!("{}.{:03}", value / 1000, value % 1000), taken),
            None if words.take(2).eq(["per", "cent"]) => ("percent".to_owned(), 2),
            None => (pieces[at].plain.clone(), 1),
        };
        let last = &pieces[at + taken - 1];
        joined.push(Piece {
            plain,
            span: pieces[at].span.start..last.span.end,
            is_bracketed: pieces[at].is_bracketed,
        });
        at += taken;
    }
    joined
}

/// A run of the pieces of a wording.
struct Side<'t> {
    text: &'t str,
    pieces: &'t [Piece],
    at: Range<usize>,
}

impl Side<'_> {
    fn run(&self) -> &[Piece] {
        &self.pieces[self.at.clone()]
    }

    fn is_edge(&self) -> bool {
        self.at.start == 0 || self.at.end == self.pieces.len()
    }

    /// Where the pieces stand; between their neighbours, where there are none.
    fn span(&self) -> Span {
        match (self.pieces.get(self.at.start), self.run().last()) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            (Some(next), None) => Span::new(next.span.start, next.span.start),
            (None, _) => Span::new(self.text.len(), self.text.len()),
        }
    }

    /// The letters and figures, small and without anything between.
    fn letters(&self) -> String {
        letters(&self.text[self.span().range()])
    }

    /// One of the pieces with what stands behind it, up to the next of the run; behind the last nothing, unless both texts end.
    fn with_marks(&self, at: usize, both_end: bool) -> &str {
        let Range { start, end } = self.pieces[at].span;
        let until = match self.pieces.get(at + 1) {
            Some(next) if at + 1 < self.at.end => next.span.start.max(end),
            None if both_end => self.text.len(),
            _ => end,
        };
        &self.text[start..until]
    }

    /// Whether nothing stands behind one of the pieces.
    fn is_last(&self, at: usize) -> bool {
        at + 1 == self.pieces.len()
    }

    /// Whether a sentence ends before the run, in it, or behind it.
    fn ends_sentence(&self) -> bool {
        let (before, after) = self.around();
        self.has_end(before.start..after.end)
    }

    /// Whether the run is whole sentences.
    fn is_sentence(&self) -> bool {
        let (before, after) = self.around();
        let (is_first, is_last) = (self.at.start == 0, self.at.end == self.pieces.len());
        (is_first || self.has_end(before)) && (is_last || self.has_end(after))
    }

    /// What stands between the run and the piece before it, and between it and the one behind.
    fn around(&self) -> (Range<usize>, Range<usize>) {
        let span = self.span();
        let start = self.at.start.checked_sub(1).map_or(0, |before| self.pieces[before].span.end);
        let end = self.pieces.get(self.at.end).map_or(self.text.len(), |next| next.span.start);
        (start..span.start().max(start), span.end().min(end)..end)
    }

    /// Whether a sentence ends in a part of the text.
    fn has_end(&self, part: Range<usize>) -> bool {
        // The two words of a contraction stand in one place.
        let part = part.start..part.end.max(part.start);
        // A point behind a short word may be that of an abbreviation.
        let ends = |(at, mark): (usize, &str)| {
            let before = self.text[..part.start + at].rsplit(|c: char| !c.is_alphanumeric()).next();
            mark != "." || before.is_some_and(|word| word.chars().count() > ABBREVIATION)
        };
        self.text[part.clone()].match_indices(['.', '!', '?']).any(ends)
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What differs in words that are the same: marks and capitals, or how they are written.
fn same_words([old, new]: &[Side; 2]) -> Vec<Edit> {
    let edit = |(a, b): (usize, usize)| {
        let both_end = old.is_last(a) && new.is_last(b);
        let (before, after) = (old.with_marks(a, both_end), new.with_marks(b, both_end));
        let [from, to] = [(old, a), (new, b)].map(|(side, at)| &side.text[side.pieces[at].span.clone()]);
        let kind =
            if letters(from) == letters(to) { EditKind::PunctuationOrCase } else { EditKind::Spelling };
        // Of a word that is the same it is the marks behind it that differ.
        let [from, to] = if from == to { [before.trim_end(), after.trim_end()] } else { [from, to] };
        let span = |side: &Side, at: usize, text: &str| {
            let start = side.pieces[at].span.start;
            Span::new(start, start + text.len())
        };
        let edit = Edit { kind, from: span(old, a, from), to: span(new, b, to) };
        (plain(before) != plain(after)).then_some(edit)
    };
    old.at.clone().zip(new.at.clone()).filter_map(edit).collect()
}

/// Changes of one word made one: a contraction is two words here and one there. The kind is that which says more.
fn joined(edits: Vec<Edit>) -> Vec<Edit> {
    let mut joined: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits {
        // Words may have come in between the two words of a contraction.
        let is_of = |last: &&mut Edit| edit.from.start() < last.from.end() || edit.to.start() < last.to.end();
        match joined.last_mut().filter(is_of) {
            Some(last) => {
                last.kind = last.kind.max(edit.kind);
                (last.from, last.to) = (hull(last.from, edit.from), hull(last.to, edit.to));
            }
            None => joined.push(edit),
        }
    }
    joined
}

/// The hull of two spans, of which an empty one only says where nothing is.
fn hull(a: Span, b: Span) -> Span {
    match (a.is_empty(), b.is_empty()) {
        (true, false) => b,
        (false, true) => a,
        _ => a.hull(b),
    }
}

/// The kind of a change of words.
fn kind(sides: &[Side; 2]) -> EditKind {
    use EditKind::*;
    let [old, new] = [sides[0].run(), sides[1].run()];
    let is_edge = sides[0].is_edge();
    let has_words = |pieces: &[Piece]| pieces.iter().any(|piece| !piece.is_ellipsis());
    let has_dots = |pieces: &[Piece]| pieces.iter().any(Piece::is_ellipsis);
    let is_bracketed = |pieces: &[Piece]| !pieces.is_empty() && pieces.iter().all(|piece| piece.is_bracketed);
    let is_short = old.len() + new.len() <= SHORT;
    if let Some(kind) = written_otherwise(sides) {
        return kind;
    }
    match (old.len(), new.len()) {
        _ if hides_negation(sides) => Negation,
        _ if has_dots(new) && !has_words(new) => Ellipsis,
        _ if has_dots(old) && !has_words(old) && has_words(new) => Restored,
        _ if has_dots(old) && new.is_empty() => Splice,
        _ if is_bracketed(new) || is_bracketed(old) && !new.is_empty() => Bracket,
        (_, 1..) if is_short && negations(old) != negations(new) => Negation,
        (1.., 1..) if is_short && counted(old) != counted(new) => Number,
        (_, 0) if is_edge => Truncation,
        (LONG.., 0) => Splice,
        (_, 0) if sides[0].ends_sentence() && !sides[1].ends_sentence() => Splice,
        (_, 0) => Omission,
        (0, _) if is_edge => Extension,
        (0, _) => Insertion,
        (old, new) if is_edge && old.max(new) >= OTHER => Splice,
        _ => Substitution,
    }
}

/// Whether two runs are the same words all the same: with other spaces between their letters, or masked.
fn written_otherwise([old, new]: &[Side; 2]) -> Option<EditKind> {
    let (a, b) = (old.run(), new.run());
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let in_one = |pieces: &[Piece]| pieces.iter().map(|piece| piece.plain.as_str()).collect::<String>();
    let is_masked =
        |(a, b): (&Piece, &Piece)| spelling::masks(&a.plain, &b.plain) || spelling::masks(&b.plain, &a.plain);
    match () {
        _ if !old.letters().is_empty() && old.letters() == new.letters() => Some(EditKind::PunctuationOrCase),
        _ if in_one(a) == in_one(b) => Some(EditKind::Spelling),
        _ if a.len() == b.len() && a.iter().zip(b).all(is_masked) => Some(EditKind::Masked),
        _ => None,
    }
}

/// Whether what was left out begins with a negation, so that what follows is no longer denied, or is a negation and little else.
/// A sentence that is left out denies nothing of what is left.
fn hides_negation([old, new]: &[Side; 2]) -> bool {
    let is_left_out = new.run().iter().all(Piece::is_ellipsis) && !old.is_sentence();
    let goes_on = old.at.end < old.pieces.len();
    let begins = goes_on && old.run().first().is_some_and(Piece::is_negation);
    let is_short = old.run().len() + new.run().len() <= SHORT;
    is_left_out && (begins || is_short && negations(old.run()) > 0)
}

fn negations(pieces: &[Piece]) -> usize {
    pieces.iter().filter(|piece| piece.is_negation()).count()
}

/// The numbers among some words, in order of their figures.
fn counted(pieces: &[Piece]) -> Vec<&str> {
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.contains(word);
    let mut numbers: Vec<&str> = pieces.iter().map(|piece| piece.plain.as_str()).filter(is_number).collect();
    numbers.sort_unstable();
    numbers
}

const NEGATIONS: &[&str] = &["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without"];
/// Beside those in figures, to which the others are turned.
const NUMBERS: &[&str] = &[
    "dozen",
    "dozens",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "billions",
    "half",
    "twice",
];
/// Longer wordings are compared by so many words.
const LONGEST: usize = 4000;
/// A negation or number stands out among so few words.
const SHORT: usize = 6;
/// So many words left out inside are a splice,
const LONG: usize = 4;
/// and so many others at an edge.
const OTHER: usize = 12;
/// A word of no more letters before a point may be an abbreviation.
const ABBREVIATION: usize = 3;
