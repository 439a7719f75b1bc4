//! Plain text to blocks, without changing a byte.
//!
//! A line is a block. Text that was scraped from a page glues what stood under a picture into one line,
//! `A ship at the quayThe ship came in on MondayCredit: Harbour Press`; such a line comes apart into alternative text,
//! caption and credit.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use super::{Hints, captions, finish};
use crate::{Article, Block, BlockKind, Span};

/// Reads plain text.
pub(super) fn read(text: &str, hints: &Hints) -> Article {
    let mut blocks = Vec::new();
    let words = OnceLock::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let lead = line.len() - line.trim_start().len();
        let range = start + lead..start + line.trim_end().len();
        start += line.len();
        if range.start < range.end {
            split(text, range, &words, &mut blocks);
        }
    }
    headline(text, &mut blocks, hints);
    let title = blocks
        .first()
        .filter(|block| block.kind == BlockKind::Title)
        .map(|block| text[block.span.range()].to_owned());
    let mut article =
        Article { text: text.to_owned(), blocks, title: hints.title.clone().or(title), ..Article::default() };
    finish(&mut article, hints, None);
    article
}

/// Adds the blocks of one line.
fn split<'a>(text: &'a str, line: Range<usize>, words: &OnceLock<HashSet<&'a str>>, blocks: &mut Vec<Block>) {
    let mut credits = credits(&text[line.clone()]);
    if credits.is_empty() {
        let kind = kind(&text[line.clone()]);
        blocks.push(Block { span: Span::new(line.start, line.end), kind });
        return;
    }
    let words = words.get_or_init(|| text.split(|c: char| !c.is_alphanumeric()).collect());
    let mut at = line.start;
    for credit in &mut credits {
        let (from, to) = (line.start + credit.start, line.start + credit.end);
        picture(text, at..from, words, blocks);
        add(text, from..to, BlockKind::Credit, blocks);
        at = to;
    }
    // What follows the last credit is running text again.
    add(text, at..line.end, BlockKind::Paragraph, blocks);
}

/// Adds a range without the white space at its ends, if anything is left.
fn add(text: &str, range: Range<usize>, kind: BlockKind, blocks: &mut Vec<Block>) {
    let piece = &text[range.clone()];
    let start = range.start + piece.len() - piece.trim_start().len();
    let end = range.start + piece.trim_end().len();
    if start < end {
        blocks.push(Block { span: Span::new(start, end), kind });
    }
}

/// Adds alternative text and caption, which stand before a credit.
fn picture(text: &str, range: Range<usize>, words: &HashSet<&str>, blocks: &mut Vec<Block>) {
    match seam(&text[range.clone()], words) {
        Some(at) => {
            add(text, range.start..range.start + at, BlockKind::AltText, blocks);
            add(text, range.start + at..range.end, BlockKind::Caption, blocks);
        }
        None => add(text, range, BlockKind::Caption, blocks),
    }
}

/// Where a credit starts inside a line, glued to what stands before it or at the line's start.
fn opening() -> &'static Regex {
    static OPENING: OnceLock<Regex> = OnceLock::new();
    OPENING.get_or_init(|| {
        Regex::new(r"(?:^|[\p{Ll}\p{N}.!?…)\]”’'\x22])((?:Photo |Image |Picture |Video )?Credits?: ?\S)")
            .expect("a constant pattern")
    })
}

/// The credits of a line.
fn credits(line: &str) -> Vec<Range<usize>> {
    let starts: Vec<(usize, usize)> = opening()
        .captures_iter(line)
        .filter_map(|found| found.get(1))
        .map(|found| (found.start(), found.end() - last_char(found.as_str())))
        .collect();
    let Some(&(_, last_name)) = starts.last() else { return Vec::new() };
    // The last credit usually ends its line, and so gives the name that the others repeat.
    let tail = line[last_name..].trim_end();
    let repeated = (tail.split_whitespace().count() <= 4).then_some(tail);
    starts
        .iter()
        .enumerate()
        .map(|(i, &(start, name))| {
            let limit = starts.get(i + 1).map_or(line.len(), |next| next.0);
            start..name + name_length(&line[name..limit], repeated)
        })
        .collect()
}

fn last_char(text: &str) -> usize {
    text.chars().next_back().map_or(0, char::len_utf8)
}

/// Length of the maker's name at the start of `text`.
fn name_length(text: &str, repeated: Option<&str>) -> usize {
    if let Some(name) = repeated
        && let Some(rest) = text.strip_prefix(name)
        && !rest.starts_with(char::is_alphanumeric)
    {
        return name.len();
    }
    static NAME: OnceLock<Regex> = OnceLock::new();
    let name = NAME.get_or_init(|| {
        Regex::new(r"^(?:Getty(?: Images)?|AP|AFP|PA|Reuters|EPA|Shutterstock(?: Editorial)?|Alamy(?: Live News)?|Rex(?: Features)?|\S+(?:\s*/\s*\S+)*)(?:\s*[-–/]\s*(?:Getty(?: Images)?|AFP|AP|PA|Reuters|EPA|Alamy))*")
            .expect("a constant pattern")
    });
    name.find(text).map_or(text.len(), |found| found.end())
}

/// Where alternative text ends and caption begins: a capital directly after a small letter or a stop. Of several such
/// places the best joins two words that the text has elsewhere on their own.
fn seam(text: &str, words: &HashSet<&str>) -> Option<usize> {
    let mut best: Option<(u8, usize)> = None;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let glued =
            before.is_some_and(|b| b.is_lowercase() || matches!(b, '.' | '!' | '?' | '”' | '’' | ')'));
        if c.is_uppercase() && glued {
            let left = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let right = text[at..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let whole = words.contains(format!("{left}{right}").as_str()) && is_camel(left);
            let score =
                u8::from(words.contains(left)) + u8::from(words.contains(right)) + u8::from(!is_camel(left));
            if !whole && best.is_none_or(|(known, _)| score > known) {
                best = Some((score, at));
            }
        }
        before = Some(c);
    }
    best.filter(|(score, _)| *score > 0).map(|(_, at)| at)
}

/// Beginnings of names that have a capital inside: McKay, DeLuca, YouTube.
fn is_camel(left: &str) -> bool {
    matches!(
        left,
        "Mc" | "Mac"
            | "De"
            | "Le"
            | "La"
            | "Du"
            | "Di"
            | "Van"
            | "Von"
            | "Fitz"
            | "i"
            | "e"
            | "You"
            | "Tik"
            | "Face"
            | "Linked"
            | "Whats"
            | "Pay"
            | "Space"
            | "Snap"
    )
}

/// The kind of a line that holds no credit inside.
fn kind(line: &str) -> BlockKind {
    if furniture().is_match(line) {
        BlockKind::Debris
    } else if captions::is_credit_line(line) && !line.ends_with('.') {
        BlockKind::Credit
    } else {
        BlockKind::Paragraph
    }
}

/// Lines that are furniture for sure; in plain text nothing but the wording can tell.
fn furniture() -> &'static Regex {
    static FURNITURE: OnceLock<Regex> = OnceLock::new();
    FURNITURE.get_or_init(|| {
        Regex::new(
            r"^(?i:table of contents|advertisements?|(?:article|story) continues below.{0,40}|read more(?::.{0,100})?|related (?:articles|stories|content|topics)|share this (?:article|story|page)|(?:sign up|subscribe) (?:for|to) (?:our|the) .{0,60}newsletters?|follow us on .{0,40}|all rights reserved|skip to (?:main )?content|click here to .{0,60})[.:]?$",
        )
        .expect("a constant pattern")
    })
}

/// A first line that is short, ends without a stop and stands over running text is the headline.
fn headline(text: &str, blocks: &mut [Block], hints: &Hints) {
    let [first, second, ..] = blocks else { return };
    let line = &text[first.span.range()];
    let given = hints.title.as_deref().is_some_and(|title| title.trim() == line);
    let open_end = line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '"' | '”' | ')'));
    let starts_high = line.starts_with(|c: char| !c.is_lowercase());
    let shaped = line.len() < 160 && open_end && starts_high && second.span.len() > line.len();
    if first.kind == BlockKind::Paragraph && (given || (shaped && hints.title.is_none())) {
        first.kind = BlockKind::Title;
    }
}
