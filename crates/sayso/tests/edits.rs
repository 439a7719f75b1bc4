//! Changes between wordings, as `testdata/stories/edits.md` has them.

use std::fs;

use proptest::prelude::*;
use sayso::story::{EditKind, edits};

fn name(kind: EditKind) -> String {
    let mut name = String::new();
    for c in format!("{kind:?}").chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(c.to_lowercase());
    }
    name
}

#[test]
fn kinds_of_changes() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/stories/edits.md");
    let text = fs::read_to_string(file).expect("the examples are there");
    let (mut checked, mut wrong) = (0, Vec::new());
    for block in text.split("```edits\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
        let line =
            |key: &str| block.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default().trim();
        let (from, to) = (line("from:"), line("to:"));
        let found = edits(from, to);
        let kinds: Vec<String> = found.iter().map(|edit| name(edit.kind)).collect();
        if kinds.join(" ") != line("kinds:") {
            wrong.push(format!("{from:?} to {to:?}: {kinds:?}"));
        }
        checked += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked >= 30);
}

#[test]
fn two_words_in_one_place_are_no_panic() {
    edits("we we we we do we are dyke. not we we we we we", "don't");
}

#[test]
fn what_is_not_compared_is_no_change() {
    let text = |word: &str| format!("{}{word} {}", "bell ".repeat(4000), "seal ".repeat(100));
    assert!(edits(&text("ferry"), &text("pier")).is_empty());
}

proptest! {
    #[test]
    fn changes_lie_in_their_wordings(from in ".{0,60}", to in ".{0,60}") {
        let (mut last_from, mut last_to) = (0, 0);
        for edit in edits(&from, &to) {
            prop_assert!(from.get(edit.from.range()).is_some() && to.get(edit.to.range()).is_some());
            prop_assert!(edit.from.start() >= last_from && edit.to.start() >= last_to);
            (last_from, last_to) = (edit.from.start(), edit.to.start());
        }
    }

    #[test]
    fn the_same_words_have_no_changes(text in "\\PC{0,80}") {
        prop_assert!(edits(&text, &text).is_empty());
    }
}
