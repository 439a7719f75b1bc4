//! Whom a text credits for its matter, on constructed texts.

use proptest::prelude::*;
use sayso::{
    Reading,
    page::{self, Hints},
    story::{CiteKind, cite_choices, cites, own_outlet},
};

fn read(text: &str) -> Reading {
    sayso::read(&page::plain(text, &Hints::default()))
}

/// The names of what a text credits.
fn names(text: &str) -> Vec<String> {
    cites(&read(text)).into_iter().map(|cite| cite.name).collect()
}

#[test]
fn an_outlet_is_credited_by_the_words_around_its_name() {
    for text in [
        "The ferry will not run, the Marsk Courier reported on Monday.",
        "All reports point to the Marsk Courier newspaper as the primary source of the story.",
        "The Marsk Courier newspaper also has a report on the ferry.",
        "The story appeared on March 31 in the Marsk Courier newspaper.",
        "The first report came from the Marsk Courier newspaper.",
    ] {
        assert_eq!(names(text), ["Marsk Courier"], "{text}");
    }
    assert_eq!(names("From the BBC:\n\nThe ferry will not run before the spring."), ["BBC"]);
}

#[test]
fn a_longer_name_is_another_outlet() {
    assert_eq!(names("The mill is shut, the Moor Guardian reported on Monday."), ["Moor Guardian"]);
    assert_eq!(names("Moor Guardian reported on Monday that the mill is shut."), ["Moor Guardian"]);
    assert_eq!(names("The mill is shut, the Guardian reported on Monday."), ["Guardian"]);
}

#[test]
fn what_opens_a_sentence_is_no_part_of_an_outlets_name() {
    for (text, name) in [
        ("The mill is open. But Reuters reported on Monday that it will shut.", "Reuters"),
        ("The mill is open. “But Reuters reported on Monday that it will shut,” it says.", "Reuters"),
        ("When CNN reported that the mill will shut, nobody at Ovenholt had heard of it.", "CNN"),
    ] {
        let choices = cite_choices(&read(text));
        let outlets: Vec<_> = choices
            .iter()
            .filter(|choice| matches!(choice.kind, CiteKind::Agency | CiteKind::Outlet))
            .map(|choice| choice.name.as_str())
            .collect();
        assert_eq!(outlets, [name], "{text}");
    }
    let found = cites(&read("The mill is open. But Reuters reported on Monday that it will shut."));
    assert_eq!((found[0].name.as_str(), found[0].kind), ("Reuters", CiteKind::Agency));
    let found = own_outlet(&read("When CNN asked for a comment, the mill did not answer."));
    assert_eq!(found, None);
}

#[test]
fn a_last_word_of_several_outlets_is_the_one_that_the_text_names() {
    let alone = cite_choices(&read("The mill is shut, the Post reported on Monday."));
    assert_eq!(alone[0].name, "Post");
    let text = "The mill is shut, the Washington Post reported on Monday. It shut in May, the Post reported.";
    assert_eq!(names(text), ["Washington Post"]);
}

#[test]
fn capitals_beside_a_press_word_are_not_always_an_outlet() {
    for text in [
        "A Roman newspaper said on Monday that the mill is shut.",
        "The ZQA website says that the mill is shut.",
        "The mill is shut, according to a South Korean newspaper.",
    ] {
        let found = cites(&read(text));
        assert!(found.iter().all(|cite| cite.kind != CiteKind::Outlet), "{text}: {found:?}");
    }
}

#[test]
fn somebody_at_an_outlet_is_no_report_of_it() {
    let found = cites(&read("An NBC source says that the anchor of the evening programme will leave."));
    assert!(found.iter().all(|cite| cite.kind != CiteKind::Outlet), "{found:?}");
}

#[test]
fn who_issues_a_statement_is_credited_before_who_comments() {
    let text = "The bridge at Ovenholt is closed.\n\n\
                “The bridge was damaged by ice on Sunday,” council spokeswoman Mira Holt said in a statement.\n\n\
                Commuters would like it back. “I think they will take ages,” said Tom Pryce.";
    assert_eq!(names(text), ["Mira Holt"]);
}

#[test]
fn an_outlet_that_was_told_is_not_said_to_be_the_pages_own() {
    let text =
        "The bridge is closed, Mira Holt told the Guardian. It may open in May, she told the Guardian.";
    assert_eq!(own_outlet(&read(text)), None);
    let text = "OVENHOLT (Reuters) - The bridge is closed, Mira Holt told Reuters.";
    assert_eq!(own_outlet(&read(text)).as_deref(), Some("Reuters"));
}

/// Pages made to cost much: one passage of names, all different, of one beginning, and of people.
#[test]
fn hostile_names() {
    const NAMES: usize = 20_000;
    for text in [
        (0..NAMES).map(|n| format!("marsk{n}.com reported, ")).collect::<String>(),
        (0..NAMES).map(|n| format!("told the Marsk Courier{n} newspaper, ")).collect(),
        (0..NAMES).map(|n| format!("Ann Lee{n} told Reuters. ")).collect(),
        format!("{}{}", "-".repeat(200_000), " BBC -".repeat(NAMES)),
    ] {
        let cites = cites(&read(&text));
        assert!(cites.len() <= NAMES);
        assert!(cites.iter().all(|cite| cite.span.len() < 400));
    }
}

proptest! {
    #[test]
    fn credits_stand_in_order_and_apart(text in "(([A-Z][a-z]{2,6}|said|told|the|according to|Reuters|newspaper|reported|“|”|,|\\.|\n\n) ?){0,60}") {
        let cites = cites(&read(&text));
        prop_assert!(cites.windows(2).all(|two| two[0].span.end() <= two[1].span.start()));
        prop_assert!(cites.iter().all(|cite| text.get(cite.span.range()).is_some()));
    }
}
