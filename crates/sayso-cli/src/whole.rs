//! The whole text of two pages as one: what was changed, by passages that can be read. What the pages share by chance, a word or
//! two between long changes, is part of the change; where they share little else, only what they share is shown.

use sayso::Span;
use sayso::story::Edit;

use crate::changes::{self, Part, words};

/// Two texts as one.
pub(crate) enum Whole<'t> {
    /// The same words.
    Same,
    /// The second text in paragraphs, with what the first has instead.
    Changed(Vec<Vec<Part<'t>>>),
    /// The texts share little.
    Unlike(Shared<'t>),
}

/// What two texts share that share little.
pub(crate) struct Shared<'t> {
    /// So many words of the shorter one,
    pub(crate) words: usize,
    /// of so many.
    pub(crate) of: usize,
    /// The passages, as the second text has them.
    pub(crate) passages: Vec<&'t str>,
}

impl<'t> Whole<'t> {
    /// Two texts, and every change from one to the other.
    pub(crate) fn of(old: &'t str, new: &'t str, edits: &[Edit]) -> Whole<'t> {
        if edits.is_empty() {
            return Whole::Same;
        }
        let edits = readable(old, new, edits);
        let parts = changes::parts(old, new, &edits);
        let same = parts.iter().filter_map(|part| match part {
            Part::Same(text) => Some(text.trim_start_matches(PAUSES).trim_end_matches(PAUSES)),
            _ => None,
        });
        let passages: Vec<&str> = same.filter(|text| words(text) >= RUN).collect();
        let shared: usize = passages.iter().map(|text| words(text)).sum();
        let of = words(old).min(words(new));
        if (shared as f64) < LITTLE * of as f64 {
            return Whole::Unlike(Shared { words: shared, of, passages });
        }
        Whole::Changed(changes::paragraphs(&parts))
    }
}

/// Changes made one where little stands between them, each with the marks around its words.
fn readable(old: &str, new: &str, edits: &[Edit]) -> Vec<Edit> {
    let mut joined: Vec<Edit> = Vec::new();
    for &edit in edits {
        match joined.last_mut() {
            Some(last) if is_one(old, new, *last, edit) => {
                last.from = Span::new(last.from.start(), edit.from.end().max(last.from.end()));
                last.to = Span::new(last.to.start(), edit.to.end().max(last.to.end()));
            }
            _ => joined.push(edit),
        }
    }
    joined.into_iter().map(|edit| with_marks(old, new, edit)).collect()
}

/// Whether two changes are read as one: no word stands between them, or a few of one sentence among more that differ. The end of a
/// sentence is rather kept.
fn is_one(old: &str, new: &str, last: Edit, next: Edit) -> bool {
    let between = [(old, last.from, next.from), (new, last.to, next.to)];
    let between = between.map(|(text, a, b)| text.get(a.end()..b.start()).unwrap_or_default());
    let same = between.map(words).into_iter().max().unwrap_or_default();
    let changed = |edit: Edit| words(&old[edit.from.range()]) + words(&new[edit.to.range()]);
    let (least, all) = (changed(last).min(changed(next)), changed(last) + changed(next));
    let by_chance = match between.iter().any(|text| text.contains(['.', '?', '!', '\n'])) {
        true => least >= MANY * same,
        false => least >= same && all >= MANY * same,
    };
    same == 0 || same <= CHANCE && by_chance
}

/// A change with the marks around its words, as far as the two texts do not have the same ones.
fn with_marks(old: &str, new: &str, edit: Edit) -> Edit {
    let (from, to) = (widened(old, edit.from), widened(new, edit.to));
    let (a, b) = (&old[from.range()], &new[to.range()]);
    let same = |(x, y): &(char, char)| x == y && !x.is_alphanumeric();
    let start: usize = a.chars().zip(b.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let rest = [&a[start..], &b[start..]];
    let ends = rest[0].chars().rev().zip(rest[1].chars().rev()).take_while(same).map(|(c, _)| c);
    // Sentences in place of sentences keep the mark at their end.
    let keeps = rest.iter().all(|text| changes::is_sentences(text));
    let end: usize = ends.take_while(|c| !keeps || c.is_whitespace()).map(char::len_utf8).sum();
    let cut = |span: Span| Span::new(span.start() + start, span.end() - end);
    Edit { from: cut(from), to: cut(to), ..edit }
}

/// A span with all that is no word before and behind it.
fn widened(text: &str, span: Span) -> Span {
    let is_word = |c: char| c.is_alphanumeric();
    let start = text[..span.start()].trim_end_matches(|c| !is_word(c)).len();
    let behind = &text[span.end()..];
    let end = span.end() + (behind.len() - behind.trim_start_matches(|c| !is_word(c)).len());
    Span::new(start, end)
}

/// What a passage neither begins nor ends with.
const PAUSES: [char; 7] = [',', ';', ':', '.', ' ', '\n', '\r'];
/// So few words may stand between two changes by chance,
const CHANCE: usize = 4;
/// if so many times as many differ around them.
const MANY: usize = 4;
/// So many words in a row are shared,
const RUN: usize = 4;
/// and texts that share less of the shorter one are shown by what they share.
const LITTLE: f64 = 0.2;

#[cfg(test)]
mod tests {
    use sayso::story;

    use super::*;

    fn whole<'t>(old: &'t str, new: &'t str) -> Whole<'t> {
        Whole::of(old, new, &story::edits(old, new))
    }

    #[track_caller]
    fn check(old: &str, new: &str, paragraphs: &[&str]) {
        let Whole::Changed(found) = whole(old, new) else { panic!("the texts share enough") };
        let plain = |parts: &Vec<Part>| anstream::adapter::strip_str(&changes::inline(parts)).to_string();
        assert_eq!(found.iter().map(plain).collect::<Vec<_>>(), paragraphs);
    }

    #[test]
    fn a_passage_that_is_left_out_is_whole_with_its_marks() {
        check(
            "The bridge at Tolm was closed on Monday night. \"We will not open it,\" said Hanne Brock. A ferry will run \
             every twenty minutes.\n\nThe mayor heard of it on the radio.",
            "The bridge at Tolm was closed on Monday night. A ferry will run every ten minutes.",
            &[
                "The bridge at Tolm was closed on Monday night.",
                "[-\"We will not open it,\" said Hanne Brock.-]",
                "A ferry will run every [-twenty-]{+ten+} minutes.",
                "[-The mayor heard of it on the radio.-]",
            ],
        );
    }

    #[test]
    fn a_passage_that_comes_in_is_whole() {
        check(
            "The bridge at Tolm was closed on Monday night. A ferry will run.",
            "The bridge at Tolm was closed on Monday night. “Nobody told us,” said the mayor. A ferry will run.",
            &[
                "The bridge at Tolm was closed on Monday night.",
                "{+“Nobody told us,” said the mayor.+}",
                "A ferry will run.",
            ],
        );
    }

    #[test]
    fn a_sentence_in_place_of_another_is_not_mixed_with_it() {
        check(
            "The bridge at Tolm was closed on Monday night. Divers of the harbour found cracks in two of its piers in March.",
            "The bridge at Tolm was closed on Monday night. Nobody knows the reason, but two engineers spoke of rust.",
            &[
                "The bridge at Tolm was closed on Monday night.",
                "[-Divers of the harbour found cracks in two of its piers in March.-]",
                "{+Nobody knows the reason, but two engineers spoke of rust.+}",
            ],
        );
    }

    #[test]
    fn texts_that_share_little_are_shown_by_what_they_share() {
        let old = "The bridge over the Sethe at Tolm was closed on Monday night after divers found cracks in two of its piers. \
                   A ferry will run every twenty minutes, said the head of the roads office, Hanne Brock.";
        let new = "The choir of Harl sang in the old salt mine on Friday, two hundred metres below the ground. The singers had \
                   come by boat, because the bridge over the Sethe at Tolm is closed. The echo lasted eleven seconds.";
        let Whole::Unlike(shared) = whole(old, new) else { panic!("the texts share little") };
        assert_eq!(shared.passages, ["bridge over the Sethe at Tolm"]);
        assert_eq!((shared.words, shared.of), (6, 37));
        assert!(matches!(whole(old, old), Whole::Same));
        assert!(matches!(whole("", new), Whole::Changed(_)));
    }
}
