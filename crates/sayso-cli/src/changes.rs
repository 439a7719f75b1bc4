//! Two wordings as one text: what both have, what was left out, what came in. For a terminal `[-old-]{+new+}`, as
//! `git diff --word-diff` marks them; in HTML `<del>` and `<ins>`.

use anstyle::{AnsiColor, Style};
use maud::{Markup, html};
use sayso::story::{self, Edit, EditKind};
use sayso_record::edit_name;

use crate::wording;

/// Changes between two wordings; a mark at the end is no change.
pub(crate) fn edits(from: &str, to: &str) -> Vec<Edit> {
    story::edits(bare(from), bare(to))
}

/// A wording without the mark at its end, unless that is an ellipsis.
pub(crate) fn bare(text: &str) -> &str {
    let text = text.trim_end();
    if text.ends_with("..") { text } else { text.trim_end_matches(['.', ',', ';', ':', ' ']) }
}

/// What differs between two wordings.
pub(crate) struct Change<'t> {
    /// The two as one.
    pub(crate) parts: Vec<Part<'t>>,
    /// The kinds of what differs, for people: that of the quotation marks first, each once.
    pub(crate) kinds: String,
}

impl<'t> Change<'t> {
    /// Compares two wordings; `marks` is the kind of change of the quotation marks, as rows call it.
    pub(crate) fn of(from: &'t str, to: &'t str, marks: Option<&str>) -> Change<'t> {
        let edits = edits(from, to);
        let all = parts(from, to, &edits);
        // Of two wordings that share little, words of both in turn could not be read.
        let is_word = |kind: EditKind| {
            !matches!(kind, EditKind::PunctuationOrCase | EditKind::Spelling | EditKind::Masked)
        };
        let changed = edits.iter().filter(|edit| is_word(edit.kind)).map(|edit| words(&to[edit.to.range()]));
        let same = words(to).saturating_sub(changed.sum());
        let least = words(from).min(words(to));
        let other = least >= FEW && (same as f64) < LITTLE * least as f64;
        let parts = if other { vec![Part::New(to)] } else { all };
        let mut kinds: Vec<String> = marks.map(marks_in_words).into_iter().map(str::to_owned).collect();
        for kind in edits.iter().map(|edit| edit_name(edit.kind).replace('_', " ")) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        if other {
            kinds.push("other words for the most part".to_owned());
        }
        Change { parts, kinds: kinds.join(", ") }
    }

    /// The same with the middle of what was left out cut where that is long: the first wording shows it.
    pub(crate) fn shortened(mut self) -> Change<'t> {
        let cut = |part: Part<'t>| match part {
            Part::Old(text) => shortened(text),
            part => vec![part],
        };
        self.parts = self.parts.into_iter().flat_map(cut).collect();
        self
    }
}

/// What was left out; of many words the first and the last.
fn shortened(text: &str) -> Vec<Part<'_>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= 3 * ENDS {
        return vec![Part::Old(text)];
    }
    // Where a word stands in the text.
    let at = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let (head, tail) = (words[ENDS - 1], words[words.len() - ENDS]);
    vec![Part::Old(&text[..at(head) + head.len()]), Part::Cut, Part::Old(&text[at(tail)..])]
}

/// How many words a text has.
pub(crate) fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// Of two wordings of so many words, one that has less of the shorter is shown by itself.
const FEW: usize = 6;
const LITTLE: f64 = 0.4;

/// Words that are kept of either end of what was left out.
const ENDS: usize = 4;

/// A kind of change of quotation marks, for people.
fn marks_in_words(kind: &str) -> &'static str {
    match kind {
        "marks_added" => "quotation marks added",
        "marks_dropped" => "quotation marks dropped",
        "indirect_made_direct" => "indirect made direct",
        "direct_made_indirect" => "direct made indirect",
        "direct_and_indirect" => "direct on one page, indirect on the other",
        _ => "quotation marks on one page alone",
    }
}

/// A part of two wordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part<'t> {
    /// Both have it.
    Same(&'t str),
    /// The first alone has it.
    Old(&'t str),
    /// The second alone has it.
    New(&'t str),
    /// More that the first alone has.
    Cut,
}

/// What stands for what is not shown.
const CUT: &str = "[…]";

/// The second of two texts in parts, with what the first had instead.
pub(crate) fn parts<'t>(from: &'t str, to: &'t str, edits: &[Edit]) -> Vec<Part<'t>> {
    let mut parts = Vec::new();
    let mut at = 0;
    for edit in edits {
        let (old, new) = (&from[edit.from.range()], &to[edit.to.range()]);
        let word = same_word(old, new);
        let (old, behind) = (old[word..].trim(), &new[word..]);
        let new = behind.trim();
        let start = edit.to.end() - behind.trim_start().len();
        parts.extend([Part::Same(&to[at..start]), Part::Old(old), Part::New(new)]);
        at = start + new.len();
    }
    parts.push(Part::Same(&to[at..]));
    parts.retain(|part| !part.text().is_empty());
    parts
}

/// How long the word is that two texts begin with, where no more than the marks behind it differ.
fn same_word(old: &str, new: &str) -> usize {
    let same = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let is_marks = |text: &str| !text[same..].contains(char::is_alphanumeric);
    if is_marks(old) && is_marks(new) { same } else { 0 }
}

impl<'t> Part<'t> {
    fn text(self) -> &'t str {
        match self {
            Part::Same(text) | Part::Old(text) | Part::New(text) => text,
            Part::Cut => CUT,
        }
    }

    fn with(self, text: &'t str) -> Part<'t> {
        match self {
            Part::Same(_) => Part::Same(text),
            Part::Old(_) => Part::Old(text),
            Part::New(_) => Part::New(text),
            Part::Cut => Part::Cut,
        }
    }
}

/// Parts by paragraphs. Whole sentences that were left out or came in are paragraphs of their own.
pub(crate) fn paragraphs<'t>(parts: &[Part<'t>]) -> Vec<Vec<Part<'t>>> {
    let mut paragraphs: Vec<Vec<Part>> = vec![Vec::new()];
    for &part in parts {
        let is_block = matches!(part, Part::Old(text) | Part::New(text) if is_sentences(text));
        if is_block {
            paragraphs.push(Vec::new());
        }
        for (n, line) in part.text().split('\n').enumerate() {
            if n > 0 {
                paragraphs.push(Vec::new());
            }
            let paragraph = paragraphs.last_mut().expect("there is one from the start");
            let line = if paragraph.is_empty() { line.trim_start() } else { line };
            if !line.is_empty() {
                paragraph.push(part.with(line));
            }
        }
        if is_block {
            paragraphs.push(Vec::new());
        }
    }
    paragraphs.retain(|parts| parts.iter().any(|part| !part.text().trim().is_empty()));
    paragraphs
}

/// Whether a text begins and ends as sentences do.
pub(crate) fn is_sentences(text: &str) -> bool {
    let first = text.trim_start_matches(|c: char| c.is_whitespace() || "\"'“‘«(—–-".contains(c));
    let begins = first.starts_with(|c: char| c.is_uppercase());
    let last = text.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»)".contains(c));
    begins && last.ends_with(['.', '!', '?', '…']) && text.split_whitespace().count() >= SENTENCE
}

/// A sentence has so many words.
const SENTENCE: usize = 3;

/// Parts for a terminal.
pub(crate) fn inline(parts: &[Part]) -> String {
    const OLD: Style = AnsiColor::Red.on_default();
    const NEW: Style = AnsiColor::Green.on_default();
    let mut out = String::new();
    let mut last = None;
    for &part in parts {
        out.push_str(if is_apart(last, part) { " " } else { "" });
        match part {
            Part::Same(text) => out.push_str(&wording::spaced(text)),
            Part::Old(text) => out.push_str(&styled(OLD, &format!("[-{}-]", wording::clean(text)))),
            Part::New(text) => out.push_str(&styled(NEW, &format!("{{+{}+}}", wording::clean(text)))),
            Part::Cut => out.push_str(CUT),
        }
        last = Some(part);
    }
    out.trim_end().to_owned()
}

/// Whether a space goes between two parts. The second text has its own; what was left out brings none.
fn is_apart(last: Option<Part>, part: Part) -> bool {
    let is_word = |text: &str| text.starts_with(char::is_alphanumeric);
    let is_open = |c: char| c.is_whitespace() || "“‘\"'([—–-".contains(c);
    match (last, part) {
        (Some(Part::Old(_)), Part::Old(_) | Part::Cut) | (Some(Part::Cut), Part::Old(_)) => true,
        (Some(Part::Old(_)), Part::Same(next)) => is_word(next),
        (Some(Part::Same(last) | Part::New(last)), Part::Old(next)) => {
            is_word(next) && !last.ends_with(is_open)
        }
        _ => false,
    }
}

/// Each word in the style, so that it outlasts the end of a line.
fn styled(style: Style, text: &str) -> String {
    let words = text.split(' ').map(|word| format!("{style}{word}{style:#}"));
    words.collect::<Vec<_>>().join(" ")
}

/// Parts as HTML.
pub(crate) fn markup(parts: &[Part]) -> Markup {
    let last = [None].into_iter().chain(parts.iter().copied().map(Some));
    html! {
        @for (&part, last) in parts.iter().zip(last) {
            @if is_apart(last, part) || matches!((last, part), (Some(Part::Old(_)), Part::New(_))) { " " }
            @match part {
                Part::Same(text) => (wording::spaced(text)),
                Part::Old(text) => del { (wording::clean(text)) },
                Part::New(text) => ins { (wording::clean(text)) },
                Part::Cut => (CUT),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: &str, terminal: &[&str], html: &[&str]) {
        let parts = parts(from, to, &story::edits(from, to));
        let paragraphs = paragraphs(&parts);
        let plain = |parts: &Vec<Part>| anstream::adapter::strip_str(&inline(parts)).to_string();
        assert_eq!(paragraphs.iter().map(plain).collect::<Vec<_>>(), terminal);
        assert_eq!(paragraphs.iter().map(|parts| markup(parts).into_string()).collect::<Vec<_>>(), html);
    }

    #[test]
    fn changes_are_marked() {
        check(
            "I was ready to go & stay",
            "I was prepared to go & stay",
            &["I was [-ready-]{+prepared+} to go & stay"],
            &["I was <del>ready</del> <ins>prepared</ins> to go &amp; stay"],
        );
        check("a b", "a b", &["a b"], &["a b"]);
        check("a b c", "a c", &["a [-b-] c"], &["a <del>b</del> c"]);
        check("a b c", "a b", &["a b [-c-]"], &["a b <del>c</del>"]);
        check(
            "He told Ann that, “in the end”",
            "He told Ann “that” in the end",
            &["He told Ann {+“+}that[-, “-]{+”+} in the end[-”-]"],
            &["He told Ann <ins>“</ins>that<del>, “</del> <ins>”</ins> in the end<del>”</del>"],
        );
        check(
            "We at Marsk are wet",
            "We're wet",
            &["[-We at Marsk are-]{+We're+} wet"],
            &["<del>We at Marsk are</del> <ins>We're</ins> wet"],
        );
        check(
            "We're wet",
            "We at Marsk are wet",
            &["[-We're-]{+We at Marsk are+} wet"],
            &["<del>We're</del> <ins>We at Marsk are</ins> wet"],
        );
        check("", "", &[], &[]);
    }

    #[test]
    fn kinds_are_told_once_and_marks_first() {
        let check = |from: &str, to: &str, marks: Option<&str>, kinds: &str| {
            assert_eq!(Change::of(from, to, marks).kinds, kinds, "{from} / {to}");
        };
        check("I was ready to go,", "I was ready to go.", None, "");
        check("I was ready to go", "I was ready to go", Some("marks_added"), "quotation marks added");
        check(
            "I was ready to go there tonight",
            "she was prepared to go there today",
            Some("indirect_made_direct"),
            "indirect made direct, substitution",
        );
    }

    #[test]
    fn words_of_two_wordings_that_share_little_are_not_mixed() {
        let parts = |from, to| Change::of(from, to, None).parts;
        let other = "nobody had ever seen such a flood";
        assert_eq!(parts("we will hold the dykes of Marsk, whatever comes", other), [Part::New(other)]);
        assert!(parts("Jobs", "JOBS").len() > 1);
        let whole = "we will hold the dykes of Marsk, whatever comes, for as long as the river is up and the town asleep";
        assert!(matches!(parts("we will hold the dykes of Marsk", whole)[..], [Part::Same(_), Part::New(_)]));
    }

    #[test]
    fn paragraphs_are_those_of_the_second() {
        check(
            "One.\n\nTwo old.\n\nThree.",
            "One.\n\nTwo new.\n\nThree.",
            &["One.", "Two [-old-]{+new+}.", "Three."],
            &["One.", "Two <del>old</del> <ins>new</ins>.", "Three."],
        );
    }

    #[test]
    fn every_word_of_a_change_has_its_style() {
        let text = inline(&[Part::Old("two words"), Part::New("x")]);
        assert_eq!(text.matches("\u{1b}[31m").count(), 2);
    }
}
