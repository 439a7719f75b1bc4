//! Sources without a name: how many they are, what they are, and why they have no name.
//!
//! All texts are constructed.

use sayso::{Reading, Speaker, page};

fn read(text: &str) -> Reading {
    sayso::read(&page::plain(text, &page::Hints::default()))
}

/// One line for each unnamed source: how many, role, affiliation, reason, and its mentions.
fn listing(text: &str) -> Vec<String> {
    let reading = read(text);
    let lines = reading.unnamed.iter().map(|source| {
        let most = source.max.map_or("more".to_owned(), |max| max.to_string());
        let facts = [&source.role, &source.affiliation, &source.condition];
        let facts: Vec<&str> = facts.into_iter().map(|fact| fact.as_deref().unwrap_or("-")).collect();
        let mentions: Vec<&str> = source.mentions.iter().map(|&mention| &reading.article[mention]).collect();
        format!("{} to {most} | {} | {}", source.min, facts.join(" | "), mentions.join(", "))
    });
    lines.collect()
}

#[track_caller]
fn check(text: &str, expect: &[&str]) {
    assert_eq!(listing(text), expect);
}

#[test]
fn numbers_are_kept() {
    check("Three sources said the tank was full.", &["3 to 3 | source | - | - | Three sources"]);
    check("Several officials said the tank was full.", &["3 to more | official | - | - | Several officials"]);
    check(
        "Two dozen officials said the tank was full.",
        &["24 to 24 | official | - | - | Two dozen officials"],
    );
    check("An aide said the tank was full.", &["1 to 1 | aide | - | - | An aide"]);
    check("Officials said the tank was full.", &["2 to more | official | - | - | Officials"]);
}

#[test]
fn affiliations_are_kept() {
    check(
        "A White House official said the talks were over.",
        &["1 to 1 | official | White House | - | A White House official"],
    );
}

#[test]
fn stated_reasons_are_kept() {
    check(
        "Two clerks, who spoke on condition of anonymity because they feared for their jobs, said the file was gone.",
        &["2 to 2 | clerk | - | because they feared for their jobs | \
           Two clerks, who spoke on condition of anonymity because they feared for their jobs,"],
    );
    check(
        "“It is over,” said an official who was not authorised to speak publicly.",
        &["1 to 1 | official | - | who was not authorised to speak publicly | \
           an official who was not authorised to speak publicly"],
    );
}

#[test]
fn a_calling_that_no_list_has() {
    check(
        "Two radiographers, speaking on condition of anonymity because the inquiry is not over, said that staff had \
         complained.",
        &["2 to 2 | radiographers | - | because the inquiry is not over | Two radiographers"],
    );
}

#[test]
fn what_sources_say_is_no_reason() {
    let none = |text| assert!(read(text).unnamed.iter().all(|source| source.condition.is_none()), "{text}");
    none("An official said that residents were not allowed to return.");
    none("Two advisers said that he wanted to be named chairman.");
    none("Officials said the coin offers its users anonymity.");
}

#[test]
fn a_group_and_one_of_it() {
    let text = "Three former employees said the plant leaked. One of them, who asked not to be named for fear of \
                losing a pension, added that the tank was old. They also said the manager knew.";
    let listing = listing(text);
    assert_eq!(listing.len(), 2, "{listing:?}");
    assert_eq!(listing[0], "3 to 3 | employee | - | - | Three former employees, They");
    assert!(
        listing[1].starts_with("1 to 1 | employee | - | for fear of losing a pension | One of them"),
        "{listing:?}"
    );
}

#[test]
fn other_people_in_between_are_not_them() {
    let reading =
        read("Two officials said the air was bad. The residents fled, and they said the air stank.");
    let last = reading.attributions.last().expect("a statement");
    assert!(matches!(last.speaker, Speaker::Unknown(_)), "{last:?}");
}

#[test]
fn nobody_is_no_source() {
    let reading = read("No sources said the plant leaked. None of the witnesses said that he ran.");
    assert!(reading.unnamed.is_empty(), "{:?}", reading.unnamed);
}
