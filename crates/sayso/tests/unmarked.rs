//! Words with and without quotation marks, as `testdata/stories/marks.md` has them.

use std::fs;

use sayso::page::{Hints, plain};
use sayso::story::{Digest, link, unmarked, utterances, variants};

/// The lines that a story of some pages should have.
fn found(pages: &[[&str; 3]]) -> Vec<String> {
    let page = |(n, &[published, outlet, text]): (usize, &[&str; 3])| {
        let published = (published != "-").then(|| published.to_owned());
        let hints = Hints { outlet: Some(outlet.to_owned()), published, ..Hints::default() };
        Digest::of(&format!("page {n}"), &sayso::read(&plain(text, &hints)))
    };
    let digests: Vec<Digest> = pages.iter().enumerate().map(page).collect();
    let story = link(&digests, &(0..pages.len()).collect::<Vec<_>>());
    let quotations = utterances(&digests, 0, &story.pages);
    let texts: Vec<_> = quotations.iter().map(|(utterance, ..)| utterance.clone()).collect();
    let mut groups: Vec<Vec<(usize, usize)>> = vec![Vec::new(); texts.len()];
    for (at, wording) in variants(&texts).iter().enumerate() {
        groups[wording.utterance].push((quotations[at].1, quotations[at].2));
    }
    groups.retain(|group| !group.is_empty());
    let line = |found: &sayso::story::Unmarked| {
        let [_, outlet, text] = pages[found.page];
        let shown = found.shown.map_or("-".to_owned(), |shown| format!("{shown:?}"));
        format!("{outlet} | {:?} | {shown} | {}", found.marks, &text[found.span.range()])
    };
    unmarked(&digests, &story, &groups).iter().flatten().map(line).collect()
}

#[test]
fn kinds_of_changes_of_marks() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/stories/marks.md");
    let text = fs::read_to_string(file).expect("the examples are there");
    let (mut checked, mut wrong) = (0, Vec::new());
    for block in text.split("```marks\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
        let (expect, pages): (Vec<&str>, Vec<&str>) = block.lines().partition(|line| line.starts_with("-> "));
        let pages: Vec<[&str; 3]> = pages
            .iter()
            .map(|line| line.splitn(3, " | ").collect::<Vec<_>>().try_into().expect("day, outlet, text"))
            .collect();
        let expect: Vec<&str> = expect.iter().map(|line| &line[3..]).collect();
        let found = found(&pages);
        if found != expect {
            wrong.push(format!("{}\n  expected {expect:#?}\n  found {found:#?}", pages[0][2]));
        }
        checked += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked >= 7);
}
