//! Words and marks, cut the way of the Penn Treebank and Universal Dependencies: `do|n't`, `Kozak|’s`, `$|5,000`.
//!
//! Other than there, a hyphenated word stays whole (`anti-war`), for most readers of a news text take it as one.
//! A period belongs to the word after initials and abbreviations (`U.S.`, `Sen.`). One pass, no backtracking
//! over more than [`LONGEST`] characters, so the time is linear in the text, whatever it is.

use std::{collections::HashMap, sync::LazyLock};

use crate::Span;

/// Longer words and runs are cut after so many characters.
pub const LONGEST: usize = 100;

/// The tokens of one block of `text`, in order, added to `tokens`. What lies between them is white space.
pub fn tokenize(text: &str, block: Span, tokens: &mut Vec<Span>) {
    let words = Words { text: &text[..block.end()] };
    let mut at = block.start();
    while let Some(c) = words.char_at(at) {
        if is_space(c) {
            at += c.len_utf8();
            continue;
        }
        let mut end = words.token(at, c);
        if end - at > LONGEST {
            end = end.min(words.run(at, |_| true));
        }
        words.split_clitics(at, end, tokens);
        at = end;
    }
}

/// White space, and characters that show nothing.
pub fn is_space(c: char) -> bool {
    match c {
        '!'..='~' => false,
        _ => {
            c.is_whitespace()
                || c.is_control()
                || matches!(
                    c,
                    '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'
                        ..='\u{202e}' | '\u{2060}' | '\u{feff}'
                )
        }
    }
}

/// Quotation marks of all kinds, apostrophes included.
pub fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '`'
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '＂'
    )
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '\u{2bc}' | '´')
}

fn is_word(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => true,
        '\0'..='\x7f' | '\u{2bc}' => false,
        _ => c.is_alphanumeric() || extends(c),
    }
}

/// Marks that belong to the character before them.
fn extends(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// A text up to the end of the block that is read.
#[derive(Clone, Copy)]
struct Words<'a> {
    text: &'a str,
}

impl Words<'_> {
    fn char_at(self, at: usize) -> Option<char> {
        match *self.text.as_bytes().get(at)? {
            byte @ 0..=0x7f => Some(char::from(byte)),
            _ => self.text[at..].chars().next(),
        }
    }

    fn char_before(self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn is(self, at: usize, test: impl Fn(char) -> bool) -> bool {
        self.char_at(at).is_some_and(test)
    }

    /// Whether the character after the one at `at` passes `test`.
    fn second(self, at: usize, test: impl Fn(char) -> bool) -> bool {
        self.char_at(at).is_some_and(|first| self.is(at + first.len_utf8(), test))
    }

    /// The end of the run of characters that pass `test`, at most [`LONGEST`] of them.
    fn run(self, start: usize, test: impl Fn(char) -> bool) -> usize {
        let mut at = start;
        for _ in 0..LONGEST {
            match self.char_at(at) {
                Some(c) if test(c) => at += c.len_utf8(),
                _ => break,
            }
        }
        at
    }

    /// The end of the token that starts at `at` with `c`.
    fn token(self, at: usize, c: char) -> usize {
        let next = at + c.len_utf8();
        if matches!(c, 'h' | 'w' | 'H' | 'W' | 'm')
            && let Some(end) = self.address(at)
        {
            return end;
        }
        if is_word(c) && !extends(c) {
            return self.word(at);
        }
        match c {
            '.' if self.is(next, |n| n.is_ascii_digit()) => self.word(next),
            '.' | '…' => self.run(at, |n| matches!(n, '.' | '…')),
            '!' | '?' => self.run(at, |n| matches!(n, '!' | '?')),
            '@' if self.is(next, char::is_alphanumeric) => self.run(next, is_word),
            '#' if self.is(next, char::is_alphabetic) => self.run(next, is_word),
            '-' | '–' | '—' | '―' | '=' | '*' | '~' | '#' | '+' | '|' | '<' | '>' | '^' | '/' | '\\'
            | '`' => self.run(at, |n| n == c),
            _ if is_apostrophe(c) => self.apostrophe(at, next, c),
            _ => self.run(next, extends),
        }
    }

    /// A token that starts with an apostrophe: a clitic, a decade, a clipped word; else a mark by itself.
    fn apostrophe(self, at: usize, next: usize, c: char) -> usize {
        if c == '\'' && self.is(next, |n| n == c) {
            return next + 1;
        }
        let end = self.run(next, |n| n.is_ascii_alphanumeric());
        if self.is(end, is_word) {
            return self.run(next, extends);
        }
        let decade = |tail: &str| {
            tail.len() == 3 && tail.ends_with('s') && tail[..2].bytes().all(|b| b.is_ascii_digit())
        };
        match &self.text[next..end] {
            "em" | "til" | "tis" | "Tis" | "twas" | "Twas" => end,
            tail if decade(tail) => end,
            tail if c != '‘' && is_clitic(tail) && !self.opens(at) => end,
            _ => self.run(next, extends),
        }
    }

    /// Whether a mark at `at` stands where quotations open rather than after a word.
    fn opens(self, at: usize) -> bool {
        self.char_before(at).is_none_or(|c| is_space(c) || matches!(c, '(' | '[' | '-' | '—' | '–'))
    }

    /// The end of a web or mail address that starts at `at`.
    fn address(self, at: usize) -> Option<usize> {
        let starts = |prefix: &str| {
            self.text
                .as_bytes()
                .get(at..at + prefix.len())
                .is_some_and(|b| b.eq_ignore_ascii_case(prefix.as_bytes()))
        };
        let found = ["http://", "https://", "www.", "mailto:"].into_iter().find(|prefix| starts(prefix))?;
        let end = self.path(at + found.len());
        (end > at + found.len()).then_some(end)
    }

    /// The end of an address's tail, without the marks that close the sentence around it.
    fn path(self, start: usize) -> usize {
        let end =
            self.run(start, |c| !is_space(c) && !matches!(c, '"' | '<' | '>' | '“' | '”' | '«' | '»' | '|'));
        let closing =
            |c: char| is_quote(c) || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '…');
        start + self.text[start..end].trim_end_matches(closing).len()
    }

    /// The end of the word that starts at `start`.
    fn word(self, start: usize) -> usize {
        let limit = self.run(start, |_| true);
        let mut at = start;
        // Where the last stretch without joining marks began.
        let mut part = start;
        loop {
            at = self.run(at, is_word).min(limit);
            let (Some(before), Some(mark)) = (self.char_before(at), self.char_at(at)) else { return at };
            let next = at + mark.len_utf8();
            if next >= limit {
                return if mark == '.' && self.abbreviates(start, part, at) { limit } else { at };
            }
            let goes_on = match mark {
                '@' if self.is(next, char::is_alphanumeric) => return self.mail(next).min(limit),
                '.' if let Some(end) = self.mailbox(next) => return self.mail(end).min(limit),
                '.' if let Some(end) = self.domain(part, next) => return end.min(limit),
                '.' if self.abbreviates(start, part, at) => match self.char_at(next) {
                    Some(after) if after != '.' && self.joins(part, next, '.', after) => {
                        at = next;
                        continue;
                    }
                    _ if self.is(next, char::is_alphabetic) && self.inner_period(part, at) => true,
                    _ => return next,
                },
                '.' => before.is_ascii_digit() && self.is(next, |c| c.is_ascii_digit()),
                _ => self.joins(part, at, before, mark),
            };
            if !goes_on {
                return at;
            }
            at = next;
            part = next;
        }
    }

    /// Whether `mark` at `at` joins the parts before and after it into one word.
    fn joins(self, part: usize, at: usize, before: char, mark: char) -> bool {
        let next = at + mark.len_utf8();
        let Some(after) = self.char_at(next) else { return false };
        let digits = before.is_ascii_digit() && after.is_ascii_digit();
        match mark {
            '-' | '‐' | '‑' => after.is_alphanumeric(),
            '/' | ':' => digits,
            ',' => {
                digits && {
                    let end = self.run(next, |c| c.is_ascii_digit());
                    end == next + 3
                }
            }
            '&' => before.is_uppercase() && after.is_uppercase(),
            _ if is_apostrophe(mark) && after.is_alphanumeric() => {
                let tail = &self.text[next..self.run(next, |c| c.is_ascii_alphabetic())];
                let clitic = is_clitic(tail) || tail.eq_ignore_ascii_case("t");
                // A mark after a long word and before a capital closes a quotation; a wrong-way mark joins only a clitic.
                let glued = before.is_lowercase() && after.is_uppercase() && at - part > 4;
                clitic
                    || before.is_alphanumeric()
                        && after.is_alphabetic()
                        && !glued
                        && (mark != '‘' || before.is_uppercase())
            }
            _ => false,
        }
    }

    /// Whether the period at `at` belongs to the word that starts at `start`, its last part at `part`.
    fn abbreviates(self, start: usize, part: usize, at: usize) -> bool {
        if self.is(at + 1, |c| matches!(c, '.' | '…')) {
            return false;
        }
        let last = &self.text[part..at];
        let after = || self.text[at + 1..].chars().find(|&c| !is_space(c));
        let mut chars = last.chars();
        match (chars.next(), chars.next()) {
            (Some(letter), None) if letter.is_alphabetic() => {
                let dotted = part > start && self.text[..part].ends_with('.');
                let dots_on =
                    self.is(at + 1, char::is_alphabetic) && !self.second(at + 1, char::is_lowercase);
                dotted
                    || dots_on && self.second(at + 1, |c| c == '.')
                    || letter.is_uppercase() && letter != 'I' && after().is_some_and(char::is_uppercase)
                    || matches!(letter, 'v' | 'p') && after().is_some_and(char::is_alphanumeric)
            }
            _ => match ABBREVIATIONS.get(last) {
                Some(When::Always) => true,
                Some(When::Number) => after().is_some_and(|c| c.is_ascii_digit()),
                None => false,
            },
        }
    }

    /// Whether the period at `at` stands inside initials written without spaces (`U.S`, `Ph.D`).
    fn inner_period(self, part: usize, at: usize) -> bool {
        let one = at - part == 1 || &self.text[part..at] == "Ph";
        one && !self.second(at + 1, char::is_lowercase)
    }

    /// The end of a domain name (`example.co.uk/path`) whose first label starts at `part` and second at `next`.
    fn domain(self, part: usize, next: usize) -> Option<usize> {
        let label = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        if !self.is(part, |c| c.is_ascii_alphanumeric()) || !self.is(next, label) {
            return None;
        }
        let end = self.run(next, |c| label(c) || matches!(c, '.' | '-'));
        let end = next + self.text[next..end].trim_end_matches(['.', '-']).len();
        let top = self.text[next..end].rsplit('.').next()?;
        match self.char_at(end) {
            _ if !TOP_LEVEL_DOMAINS.contains(&top) => None,
            Some('/') => Some(self.path(end)),
            Some(c) if c.is_alphanumeric() => None,
            _ => Some(end),
        }
    }

    /// Where the domain of a mail address starts, if what follows at `next` is the rest of a mailbox's name.
    fn mailbox(self, next: usize) -> Option<usize> {
        let end = self.run(next, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+'));
        (end > next && self.is(end, |c| c == '@') && self.is(end + 1, char::is_alphanumeric))
            .then_some(end + 1)
    }

    /// The end of a mail address whose domain starts at `next`.
    fn mail(self, next: usize) -> usize {
        let end = self.run(next, |c| is_word(c) || matches!(c, '.' | '-'));
        next + self.text[next..end].trim_end_matches(['.', '-']).len()
    }

    /// Adds the word `start..end`, contractions as tokens of their own.
    fn split_clitics(self, start: usize, end: usize, tokens: &mut Vec<Span>) {
        let first = tokens.len();
        let mut stem = end;
        while let Some(cut) = clitic_start(&self.text[start..stem]) {
            tokens.push(Span::new(start + cut, stem));
            stem = start + cut;
        }
        tokens.push(Span::new(start, stem));
        tokens[first..].reverse();
    }
}

/// Where the last contracted word of `word` starts, if it has one with something before it.
fn clitic_start(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    if bytes.is_ascii() && !bytes.contains(&b'\'') {
        let fused = |written: &str| word.eq_ignore_ascii_case(written).then_some(3);
        return match bytes.len() {
            5 => fused("gonna").or_else(|| fused("wanna")).or_else(|| fused("gotta")),
            6 => fused("cannot"),
            _ => None,
        };
    }
    let (at, mark) = word.char_indices().rfind(|&(_, c)| is_apostrophe(c))?;
    let tail = &word[at + mark.len_utf8()..];
    let cut = if tail.eq_ignore_ascii_case("t") && word[..at].ends_with(['n', 'N']) { at - 1 } else { at };
    (cut > 0 && (cut < at || is_clitic(tail))).then_some(cut)
}

/// Whether the letters after an apostrophe are a contracted word.
fn is_clitic(tail: &str) -> bool {
    tail.len() < 3 && ["s", "m", "d", "re", "ve", "ll"].iter().any(|clitic| tail.eq_ignore_ascii_case(clitic))
}

/// When a period belongs to an abbreviation.
#[derive(Clone, Copy)]
enum When {
    Always,
    Number,
}

static ABBREVIATIONS: LazyLock<HashMap<&str, When>> = LazyLock::new(|| {
    sayso_data::rows(sayso_data::ABBREVIATIONS)
        .filter_map(|row| row.split_once('\t'))
        .map(|(word, when)| (word, if when == "number" { When::Number } else { When::Always }))
        .collect()
});

/// Common endings of names on the net, to tell `example.com` from a missing space.
const TOP_LEVEL_DOMAINS: &[&str] = &[
    "com", "org", "net", "gov", "edu", "mil", "int", "info", "biz", "co", "uk", "us", "eu", "ru", "ua", "de",
    "fr", "it", "es", "nl", "pl", "ca", "au", "nz", "ie", "in", "io", "ai", "app", "dev", "me", "tv", "news",
    "cn", "jp", "br", "ch", "se", "no", "tk",
];
