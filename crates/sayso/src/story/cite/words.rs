//! The words of a whole page, credits and captions included, and the classes that the list of credits has of them.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
    sync::LazyLock,
};

use crate::{
    Block, Reading, Span,
    text::{LONGEST, token},
};

/// A text cut into words, block by block.
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    spans: Vec<Span>,
    /// The classes of each word.
    classes: Vec<u32>,
    /// The block of each word.
    blocks: Vec<usize>,
    /// Where lines end.
    breaks: Vec<usize>,
    kinds: &'a [Block],
}

/// Classes of words, a bit each.
macro_rules! classes {
    ($($name:ident)*) => { classes!(@ 0u32; $($name)*); };
    (@ $at:expr; $name:ident $($rest:ident)*) => {
        pub(super) const $name: u32 = 1 << $at;
        classes!(@ $at + 1; $($rest)*);
    };
    (@ $at:expr;) => {};
}

classes! {
    MODIFIER PRESS REPORT MADE PIECE LEAD TELL SPEAK JOB REPORTER NOBODY PLATFORM POST STATEMENT SPOKESMAN VAGUE MANY
    ADVERB WANTED OFFICE
}

const CLASSES: &[(&str, u32)] = &[
    ("modifier", MODIFIER),
    ("press", PRESS),
    ("report", REPORT),
    ("made", MADE),
    ("piece", PIECE),
    ("lead", LEAD),
    ("tell", TELL),
    ("speak", SPEAK),
    ("job", JOB),
    ("reporter", REPORTER),
    ("nobody", NOBODY),
    ("platform", PLATFORM),
    ("post", POST),
    ("statement", STATEMENT),
    ("spokesman", SPOKESMAN),
    ("vague", VAGUE),
    ("many", MANY),
    ("adverb", ADVERB),
    ("wanted", WANTED),
    ("office", OFFICE),
];

static CLASS_OF: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut class_of = HashMap::new();
    for row in sayso_data::rows(sayso_data::CREDITS) {
        let (class, word) = row.split_once('\t').unwrap_or_default();
        if let Some((_, bit)) = CLASSES.iter().find(|(name, _)| *name == class) {
            *class_of.entry(word).or_default() |= bit;
        }
    }
    class_of
});

/// What the people of a nation are called, and what is of it.
static OF_NATIONS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let rows = sayso_data::rows(sayso_data::NATIONS);
    let words = rows.flat_map(|row| row.split(['\t', '|']).flat_map(|name| name.split(' ')));
    words.map(str::to_lowercase).chain(["south".to_owned(), "north".to_owned()]).collect()
});

impl<'a> Words<'a> {
    pub(super) fn of(reading: &'a Reading) -> Words<'a> {
        let text = reading.article.text.as_str();
        let (mut spans, mut blocks) = (Vec::new(), Vec::new());
        let end = text.floor_char_boundary(LONGEST);
        for (number, Block { span, .. }) in reading.article.blocks.iter().enumerate() {
            if span.start() < end {
                token::tokenize(text, Span::new(span.start(), span.end().min(end)), &mut spans);
                blocks.resize(spans.len(), number);
            }
        }
        let class = |span: &Span| CLASS_OF.get(text[span.range()].to_lowercase().as_str()).copied();
        let classes = spans.iter().map(|span| class(span).unwrap_or_default()).collect();
        let breaks = text.match_indices('\n').map(|(at, _)| at).collect();
        Words { text, spans, classes, blocks, breaks, kinds: &reading.article.blocks }
    }

    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// A word; empty outside the text.
    pub(super) fn word(&self, at: usize) -> &'a str {
        self.spans.get(at).map_or("", |span| &self.text[span.range()])
    }

    /// A word so many before another; empty where there is none.
    pub(super) fn before(&self, at: usize, steps: usize) -> &'a str {
        at.checked_sub(steps).map_or("", |at| self.word(at))
    }

    /// Whether a word is of one of some classes.
    pub(super) fn is(&self, at: usize, classes: u32) -> bool {
        self.classes.get(at).is_some_and(|of| of & classes != 0)
    }

    /// Whether a word, in small letters, is one of a few.
    pub(super) fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        let word = self.word(at);
        words.iter().any(|other| word.eq_ignore_ascii_case(other))
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.word(at).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    }

    pub(super) fn is_possessive(&self, at: usize) -> bool {
        matches!(self.word(at), "'s" | "’s" | "‘s" | "'" | "’")
    }

    pub(super) fn is_mark(&self, at: usize) -> bool {
        let word = self.word(at);
        !word.is_empty() && word.chars().all(token::is_quote) && !self.is_possessive(at)
    }

    /// Whether a word calls a nation or what is of it.
    pub(super) fn is_of_nation(&self, at: usize) -> bool {
        self.is_capital(at) && OF_NATIONS.contains(&self.word(at).to_lowercase())
    }

    /// The span of some words.
    pub(super) fn span(&self, words: Range<usize>) -> Span {
        self.spans[words.start].hull(self.spans[words.end - 1])
    }

    /// The words that a span touches.
    pub(super) fn within(&self, span: Span) -> Range<usize> {
        let start = self.spans.partition_point(|word| word.end() <= span.start());
        let end = self.spans.partition_point(|word| word.start() < span.end());
        start..end.max(start)
    }

    /// The words of a phrase and the few after it that belong to it: `said [in a written statement]`.
    pub(super) fn near(&self, span: Span) -> Range<usize> {
        const AFTER: usize = 5;
        let words = self.within(span);
        let end = (words.end..words.end + AFTER).take_while(|&at| self.same_block(words.start, at)).count();
        words.start..words.end + end
    }

    pub(super) fn block(&self, at: usize) -> &Block {
        &self.kinds[self.blocks[at]]
    }

    pub(super) fn same_block(&self, a: usize, b: usize) -> bool {
        a < self.len() && b < self.len() && self.blocks[a] == self.blocks[b]
    }

    /// Whether a word is the first of its line.
    pub(super) fn opens_line(&self, at: usize) -> bool {
        let line = self.line(at).start();
        at.checked_sub(1).is_none_or(|before| self.spans[before].end() <= line)
    }

    /// Whether a word is the first of a sentence, or of what is quoted.
    pub(super) fn opens_sentence(&self, at: usize) -> bool {
        let is_marked = at > 0 && self.same_block(at - 1, at) && self.is_mark(at - 1);
        let first = at - usize::from(is_marked);
        let before = self.before(first, 1);
        self.opens_line(first)
            || matches!(before, "." | "!" | "?" | ":" | ";" | "…" | "...")
            || is_marked && before == ","
    }

    /// The first byte of the line that a word stands in, and one past its last.
    pub(super) fn line(&self, at: usize) -> Span {
        let span = self.spans[at];
        let block = self.block(at).span;
        let next = self.breaks.partition_point(|&at| at < span.start());
        let start = next.checked_sub(1).map_or(0, |last| self.breaks[last] + 1);
        let end = self.breaks.get(next).copied().unwrap_or(self.text.len());
        Span::new(start.max(block.start()), end.min(block.end()))
    }
}
