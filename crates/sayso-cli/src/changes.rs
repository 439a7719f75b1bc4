//! Two wordings as one text: what both have, what was left out, what came in. For a terminal `[-old-]{+new+}`, as
//! `git diff --word-diff` marks them; in HTML `<del>` and `<ins>`.

use anstyle::{AnsiColor, Style};
use maud::{Markup, html};
use sayso::story::Edit;

use crate::wording;

/// A part of two wordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part<'t> {
    /// Both have it.
    Same(&'t str),
    /// The first alone has it.
    Old(&'t str),
    /// The second alone has it.
    New(&'t str),
}

/// The second of two texts in parts, with what the first had instead.
pub(crate) fn parts<'t>(from: &'t str, to: &'t str, edits: &[Edit]) -> Vec<Part<'t>> {
    let mut parts = Vec::new();
    let mut at = 0;
    for edit in edits {
        let (old, new) = (&from[edit.from.range()], &to[edit.to.range()]);
        let (old, start, new) = if old == new {
            // One word: what differs are the marks behind it.
            let (old, new) = (marks(&from[edit.from.end()..]), marks(&to[edit.to.end()..]));
            (old.trim(), edit.to.end() + new.len() - new.trim_start().len(), new.trim())
        } else {
            (old, edit.to.start(), new)
        };
        parts.extend([Part::Same(&to[at..start]), Part::Old(old), Part::New(new)]);
        at = start + new.len();
    }
    parts.push(Part::Same(&to[at..]));
    parts.retain(|part| !part.text().is_empty());
    parts
}

/// The marks before the next word.
fn marks(text: &str) -> &str {
    &text[..text.find(char::is_alphanumeric).unwrap_or(text.len())]
}

impl<'t> Part<'t> {
    fn text(self) -> &'t str {
        match self {
            Part::Same(text) | Part::Old(text) | Part::New(text) => text,
        }
    }

    fn with(self, text: &'t str) -> Part<'t> {
        match self {
            Part::Same(_) => Part::Same(text),
            Part::Old(_) => Part::Old(text),
            Part::New(_) => Part::New(text),
        }
    }
}

/// Parts by the paragraphs of the second text. What was left out stands in the paragraph where it was.
pub(crate) fn paragraphs<'t>(parts: &[Part<'t>]) -> Vec<Vec<Part<'t>>> {
    let mut paragraphs: Vec<Vec<Part>> = vec![Vec::new()];
    for &part in parts {
        if let Part::Old(_) = part {
            paragraphs.last_mut().expect("there is one from the start").push(part);
            continue;
        }
        for (n, line) in part.text().split('\n').enumerate() {
            if n > 0 {
                paragraphs.push(Vec::new());
            }
            if !line.is_empty() {
                paragraphs.last_mut().expect("there is one from the start").push(part.with(line));
            }
        }
    }
    paragraphs.retain(|parts| parts.iter().any(|part| !part.text().trim().is_empty()));
    paragraphs
}

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
        (Some(Part::Old(_)), Part::Old(_)) => true,
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
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use sayso::story::edits;

    use super::*;

    fn check(from: &str, to: &str, terminal: &[&str], html: &[&str]) {
        let parts = parts(from, to, &edits(from, to));
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
        check("", "", &[], &[]);
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
