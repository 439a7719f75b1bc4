//! Which page has it from which, on constructed pages.

use std::fs;

use proptest::prelude::*;
use sayso::{
    page::{self, Hints},
    story::{Digest, Reason, Root, Sign, link, stories},
};

/// The constructed story that `sayso demo` reads.
fn demo() -> Vec<Digest> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/stories/lower-marsk/");
    let pages = [
        ("wire.html", "https://sarnwire.example/politics/talven-order"),
        ("paper.html", "https://calvencourier.example/national/talven-profile"),
        ("tabloid.html", "https://dailylantern.example/news/he-said-no"),
        ("rewrite.txt", "https://newsbarrow.example/top-aide-told-premier"),
        ("confirmation.html", "https://northernpost.example/log-of-the-flood-room"),
        ("unrelated.html", "https://harbourweekly.example/2031/03/05/ferry-bell"),
    ];
    let digest = |(file, url): (&str, &str)| {
        let bytes = fs::read(format!("{folder}{file}")).expect("the story is there");
        let mut hints = Hints { url: Some(url.to_owned()), ..Hints::default() };
        let article = if file.ends_with(".txt") {
            hints.outlet = Some("Newsbarrow".to_owned());
            page::plain(&String::from_utf8(bytes).unwrap(), &hints)
        } else {
            page::read(&bytes, &hints)
        };
        Digest::of(file, &sayso::read(&article))
    };
    pages.map(digest).into()
}

#[test]
fn the_demo_has_two_origins_and_a_page_apart() {
    let pages = demo();
    let groups = stories(&pages);
    assert!(groups[..5].iter().all(|&group| group == groups[0]));
    assert_ne!(groups[5], groups[0]);

    let story = link(&pages, &[0, 1, 2, 3, 4]);
    let of = |page: usize| &story.lineages[story.pages.iter().position(|&other| other == page).unwrap()];
    assert!(of(0).parents.is_empty() && of(4).parents.is_empty());
    for retelling in [1, 2, 3] {
        assert_eq!(of(retelling).roots, [Root::Page(0)], "{}", pages[retelling].id);
        let credits = |sign: &Sign| matches!(sign, Sign::Credit(name) if name == "Sarn Wire");
        assert!(of(retelling).parents[0].evidence.iter().any(|evidence| credits(&evidence.sign)));
    }
    assert_eq!([story.independent.proved, story.independent.possible], [2, 2]);
}

#[test]
fn a_page_alone_is_a_story() {
    let pages = demo();
    let story = link(&pages, &[5]);
    assert_eq!(story.pages, [5]);
    assert!(story.lineages[0].parents.is_empty() && !story.lineages[0].abstains());
    assert_eq!([story.independent.proved, story.independent.possible], [1, 1]);
}

#[test]
fn one_page_twice_is_one_source_without_a_direction() {
    let text = "The ferry terminal at Lower Marsk lost its roof on Sunday night. Nobody was hurt, the harbour master said.";
    let page = |id: &str, published: Option<&str>| {
        let hints = Hints { published: published.map(str::to_owned), ..Hints::default() };
        Digest::of(id, &sayso::read(&page::plain(text, &hints)))
    };
    let twice = link(&[page("a", None), page("b", None)], &[0, 1]);
    assert!(twice.lineages.iter().all(|lineage| lineage.parents.is_empty()));
    assert_eq!([twice.independent.proved, twice.independent.possible], [1, 1]);
    assert!(twice.independent.why.contains(&Reason::SameText(vec![0, 1])));
    let source = "The ferry terminal at Lower Marsk lost its roof on Sunday night, and nobody was hurt. The roof came down on the pier at \
                  ten, when the last boat had left, and took the clock with it. The harbour master said that the clock was insured.";
    let copy = format!(
        "{source} The pier stays closed until the divers have looked at its piles, and boats land at the fish quay."
    );
    let page_of = |id: &str, text: &str| Digest::of(id, &sayso::read(&page::plain(text, &Hints::default())));
    let three = link(&[page_of("a", &copy), page_of("b", &copy), page_of("c", source)], &[0, 1, 2]);
    let derives =
        |page: usize, other: usize| three.lineages[page].parents.iter().any(|parent| parent.page == other);
    assert!(!derives(0, 1) && !derives(1, 0), "{three:?}");
    let again = link(&[page("a", Some("2031-03-04T08:00Z")), page("b", Some("2031-03-06T08:00Z"))], &[0, 1]);
    assert_eq!([again.independent.proved, again.independent.possible], [1, 1]);
}

#[test]
fn an_answer_to_a_report_is_a_further_source() {
    let page = |id: &str, outlet: &str, text: &str| {
        let hints = Hints { outlet: Some(outlet.to_owned()), ..Hints::default() };
        Digest::of(id, &sayso::read(&page::plain(text, &hints)))
    };
    let report = page(
        "a",
        "Marsk Courier",
        "A seal has swallowed the harbour bell of Lower Marsk, and the ferries sail by guesswork. The bell was last heard on \
         Sunday night, a fisherman told the Marsk Courier.",
    );
    let answer = page(
        "b",
        "Tolm Gazette",
        "A report that a seal has swallowed the harbour bell of Lower Marsk is false. The Marsk Courier reported on Monday that the \
         ferries sail by guesswork. \u{201c}The bell hangs where it always hung,\u{201d} the harbour master, Ann Lee, told the Tolm \
         Gazette, and denied that any seal was near it. The hoax was debunked within an hour.",
    );
    let story = link(&[report, answer], &[0, 1]);
    assert_eq!(story.lineages[1].parents.len(), 1);
    assert_eq!([story.independent.proved, story.independent.possible], [2, 2]);
    let is_answer =
        |reason: &Reason| matches!(reason, Reason::Answer(name, pages) if name == "Ann Lee" && *pages == [1]);
    assert!(story.independent.why.iter().any(is_answer), "{:?}", story.independent.why);
}

#[test]
fn people_without_a_name_are_those_of_whom_the_text_speaks_first() {
    let unnamed = |text: &str| Digest::of("a", &sayso::read(&page::plain(text, &Hints::default()))).unnamed;
    let told = unnamed(
        "Some said on Monday that the ferry was late. Two engineers who have seen the report said that the bridge at Tolm had been \
         cracked since March. Fourteen nurses said that they had missed the early shift.",
    );
    let texts: Vec<&str> = told.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(texts[0], "Two engineers who have seen the report", "{texts:?}");
    assert!(texts[1..].contains(&"Fourteen nurses"), "{texts:?}");
    assert!(texts.last().is_none_or(|last| *last == "Some"), "{texts:?}");
}

#[test]
fn nothing_gives_nothing() {
    let empty = Digest::of("empty", &sayso::read(&page::plain("", &Hints::default())));
    let mut other = empty.clone();
    other.id = "other".into();
    let story = link(&[empty, other], &[0, 1]);
    assert!(story.lineages.iter().all(|lineage| lineage.parents.is_empty() && lineage.undecided.is_empty()));
    assert!(link(&[], &[]).pages.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_pages_does_not_matter(order in Just(vec![0usize, 1, 2, 3, 4]).prop_shuffle()) {
        let pages = demo();
        prop_assert_eq!(link(&pages, &[0, 1, 2, 3, 4]), link(&pages, &order));
    }

    #[test]
    fn no_page_derives_from_itself(texts in prop::collection::vec("([a-e] ){20,60}", 2..7)) {
        let read = |(n, text): (usize, &String)| {
            Digest::of(&format!("{n}"), &sayso::read(&page::plain(text, &Hints::default())))
        };
        let pages: Vec<Digest> = texts.iter().enumerate().map(read).collect();
        let all: Vec<usize> = (0..pages.len()).collect();
        let story = link(&pages, &all);
        let parents = |page: usize| {
            let at = story.pages.iter().position(|&other| other == page).unwrap();
            story.lineages[at].parents.iter().map(|parent| parent.page).collect::<Vec<_>>()
        };
        for page in all {
            let mut open = parents(page);
            for _ in 0..64 {
                prop_assert!(!open.contains(&page));
                open = open.into_iter().flat_map(parents).collect();
            }
        }
    }
}
