//! Quotation marks: which words stand inside them.
//!
//! Marks pair by type within one block. An unclosed double mark reaches to the end of its block, as in a
//! quotation over several paragraphs; an unclosed single mark was an apostrophe.
//!
//! `He called it “a clean start” and left.` holds one quotation, of three words.

use std::ops::Range;

use crate::Token;

/// A passage in quotation marks; marks inside it are part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The opening mark, as a token index.
    pub open: usize,
    /// The closing mark, as a token index; absent where the block ends first.
    pub close: Option<usize>,
    /// One past the last token, mark included.
    pub end: usize,
}

/// Where a token stands with respect to the outermost marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Place {
    /// Outside all marks.
    #[default]
    Outside,
    /// Between marks.
    Inside,
    /// An opening mark.
    Open,
    /// A closing mark.
    Close,
}

/// The outermost quotations among the tokens of one block, in order.
pub fn quotations(text: &str, tokens: &[Token], block: Range<usize>) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut close = |open: &mut Vec<(usize, char)>, depth: usize, at: usize| {
        let (start, _) = open[depth];
        open.truncate(depth);
        found.retain(|inner| inner.open < start);
        found.push(Quotation { open: start, close: Some(at), end: at + 1 });
    };
    for at in block.clone() {
        let Some(mark) = mark(text, tokens, at) else { continue };
        let spacing = Spacing::around(text, tokens, &block, at);
        let pending = open.iter().rposition(|&(_, opener)| closes(opener, mark));
        match pending {
            Some(depth) if spacing.may_close(mark) => close(&mut open, depth, at),
            // A second opening mark of a kind that looks the same both ways: the first never closed.
            Some(depth) if spacing.may_open(mark) => {
                open.truncate(depth);
                open.push((at, mark));
            }
            None if spacing.may_open(mark) && open.len() < DEEPEST => open.push((at, mark)),
            _ => {}
        }
    }
    if let Some(&(start, _)) = open.iter().find(|&&(_, mark)| !is_single(mark)) {
        found.retain(|inner| inner.open < start);
        found.push(Quotation { open: start, close: None, end: block.end });
    }
    found
}

/// The place of each token of a block.
pub fn places(quotations: &[Quotation], block: Range<usize>) -> Vec<Place> {
    let mut places = vec![Place::Outside; block.len()];
    for quotation in quotations {
        places[quotation.open - block.start..quotation.end - block.start].fill(Place::Inside);
        places[quotation.open - block.start] = Place::Open;
        if let Some(close) = quotation.close {
            places[close - block.start] = Place::Close;
        }
    }
    places
}

/// Marks nest no deeper than this in any real text.
const DEEPEST: usize = 8;

fn mark(text: &str, tokens: &[Token], at: usize) -> Option<char> {
    let mut chars = text[tokens[at].span.range()].chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if crate::text::token::is_quote(c) => Some(c),
        (Some('`'), Some('`')) => Some('“'),
        _ => None,
    }
}

fn is_single(mark: char) -> bool {
    matches!(mark, '\'' | '‘' | '’' | '‚' | '‛' | '`')
}

/// Whether `mark` can close what `opener` opened.
fn closes(opener: char, mark: char) -> bool {
    match opener {
        '“' | '‟' => matches!(mark, '”' | '"'),
        '„' => matches!(mark, '“' | '”'),
        '"' => matches!(mark, '"' | '”'),
        '«' => mark == '»',
        '»' => mark == '«',
        '‹' => mark == '›',
        '‘' | '‛' | '‚' => matches!(mark, '’' | '\'' | '‘'),
        '\'' | '`' => matches!(mark, '\'' | '’'),
        _ => false,
    }
}

/// Whether white space, or a mark that hugs a word, lies on either side.
struct Spacing {
    space_before: bool,
    space_after: bool,
    word_after: bool,
}

impl Spacing {
    fn around(text: &str, tokens: &[Token], block: &Range<usize>, at: usize) -> Spacing {
        let span = tokens[at].span;
        let before = text[..span.start()].chars().next_back();
        let after = text[span.end()..].chars().next();
        let opens_before = |c: char| {
            c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '“' | '"' | '‘' | '\'' | ':')
        };
        Spacing {
            space_before: at == block.start || before.is_none_or(opens_before),
            space_after: at + 1 == block.end || after.is_none_or(char::is_whitespace),
            word_after: after.is_some_and(|c| !c.is_whitespace()),
        }
    }

    fn may_open(&self, mark: char) -> bool {
        match mark {
            '”' | '’' | '›' => false,
            '“' | '„' | '‟' | '«' | '»' | '‹' => self.word_after || !self.space_after,
            '"' => self.word_after,
            _ => self.space_before && self.word_after,
        }
    }

    fn may_close(&self, mark: char) -> bool {
        match mark {
            '"' | '\'' | '‘' => !self.space_before || self.space_after,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Span, Token, text::Tag, text::token};

    /// Puts the quotations found into square brackets.
    fn check(text: &str, expect: &str) {
        let mut spans = Vec::new();
        token::tokenize(text, Span::new(0, text.len()), &mut spans);
        let tokens: Vec<Token> = spans.iter().map(|&span| Token { span, tag: Tag::X }).collect();
        let mut got = text.to_owned();
        for found in super::quotations(text, &tokens, 0..tokens.len()).iter().rev() {
            got.insert(tokens[found.end - 1].span.end(), ']');
            got.insert(tokens[found.open].span.start(), '[');
        }
        assert_eq!(got, expect);
    }

    #[test]
    fn marks_pair_by_type() {
        check("He said “no” twice.", "He said [“no”] twice.");
        check("\"No,\" he said. \"Never.\"", "[\"No,\"] he said. [\"Never.\"]");
        check("„Nein“, sagte er, «non» et »so«.", "[„Nein“], sagte er, [«non»] et [»so«].");
        check("He said ‘no’ and 'never'.", "He said [‘no’] and ['never'].");
    }

    #[test]
    fn outer_marks_hold_inner_ones() {
        check("“She said ‘no’ to me,” he said.", "[“She said ‘no’ to me,”] he said.");
    }

    #[test]
    fn apostrophes_and_wrong_way_marks_open_nothing() {
        check("The players’ hope and Norland‘s army.", "The players’ hope and Norland‘s army.");
        check("Rock 'n' roll, the '90s and Norland's army.", "Rock ['n'] roll, the '90s and Norland's army.");
        check("It ended” there.", "It ended” there.");
    }

    #[test]
    fn an_open_mark_reaches_to_the_end_of_the_block() {
        check("“It went on and on.", "[“It went on and on.]");
        check("A \"half and a \"whole\" one", "A \"half and a [\"whole\"] one");
    }
}
