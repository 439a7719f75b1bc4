//! A constructed page with everything at once: scrape debris, glued captions, a cut-off end, nested and unnamed
//! sources, a quotation that goes on without a cue, wrong-way apostrophes, words in marks that nobody says.

use std::sync::LazyLock;

use sayso::{Attribution, BlockKind, Kind, NoteKind, Reading, Span, Speaker, Stance};

/// Constructed: the people, the places and the events do not exist.
const TEXT: &str = "Table of Contents

THE picture that hung for eleven years in the north hall of the Calder Museum is coming down.

A curious tale reached visitors this week of a curator expressing her readiness to “burn the canvas or eat it” if it proved genuine.

The north hall of the museumThe hall was shut to visitors on MondayCredit: Northlight Curator Edith Marlowe beside the canvasMarlowe chose the canvas at a sale in 2012Credit: Northlight Director Simon Barlow in his officeBarlow has run the museum since 2009Credit: Northlight

Barlow asked his curator to vouch for Calder‘s costliest picture in writing, as reported by the Guardian.

Marlowe had doubted the signature from the first day, according to four colleagues who worked with her.

The article said: “Marlowe hesitated, explaining that she had never been shown the bill of sale.”

Over a lunch that grew “lively,” the 58-year-old told Barlow “that the varnish was younger than the frame around it.”

A microphone in the hall had been left running, “so that a school class heard every word of the quarrel,” the article noted.

The canvas was insured for nine million. It has not been sold.

Visitors before the canvasVisitors waited for two hours on SundayCredit: Northlight Barlow's letter to the insurersThe 58-year-old told Barlow ‘that the varnish was younger than the frame around it’Credit: Northlight

Rebecca Stone, a dealer in prints, remarked: “Paint [like this] dries slowly, but doubt dries more slowly still.”

“I would not hang it in my kitchen.”

Another source claimed that the laboratory’s answer had “settled the matter for good.”

The director has not publicly discussed the purchase and declined to be photographed for the Guardian article.

Before the sale, Marlowe wrote to three archives and repeatedly informed Barlow that the papers were incomplete, once enclosing a list.

She warned Barlow that the lenders would withdraw their pictures.

The museum will also put on a small show about forgers, but";

static READING: LazyLock<Reading> =
    LazyLock::new(|| sayso::read(&sayso::page::plain(TEXT, &sayso::page::Hints::default())));

#[test]
fn the_page_comes_apart() {
    assert_eq!(blocks(BlockKind::Debris), ["Table of Contents"]);
    assert_eq!(blocks(BlockKind::Credit), ["Credit: Northlight"; 5]);
    assert_eq!(
        blocks(BlockKind::AltText),
        [
            "The north hall of the museum",
            "Curator Edith Marlowe beside the canvas",
            "Director Simon Barlow in his office",
            "Visitors before the canvas",
            "Barlow's letter to the insurers",
        ]
    );
    assert_eq!(blocks(BlockKind::Caption).len(), 5);
    assert!(!READING.article.complete);
    assert!(READING.notes.iter().any(|note| note.kind == NoteKind::Incomplete));
}

#[test]
fn the_newspaper_is_the_source_of_what_it_reported() {
    let reported = check("the Guardian", "as reported by", "Barlow asked his curator");
    assert!(matches!(reported.speaker, Speaker::Outlet(_)));
    check("The article", "said:", "“Marlowe hesitated");
    let noted = check("the article", "noted", "“so that a school class heard every word of the quarrel,”");
    assert!(words(&noted.content).contains("A microphone in the hall had been left running"));
    assert_eq!(noted.kind, Kind::Mixed);
}

#[test]
fn statements_lie_inside_others() {
    let asked = check("Barlow", "asked", "to vouch");
    assert_eq!(words(&outer(asked).cue), "as reported by");
    let explained = check("Marlowe", "explaining", "that she had never been shown");
    assert_eq!(words(&outer(explained).cue), "said:");
}

#[test]
fn unnamed_sources_keep_their_number() {
    let four = check("four colleagues who worked with her", "according to", "Marlowe had doubted");
    let Speaker::Unnamed(id) = four.speaker else { panic!("{:?} is unnamed", four.speaker) };
    assert_eq!((READING.unnamed[id.index()].min, READING.unnamed[id.index()].max), (4, Some(4)));
    let another = check("Another source", "claimed", "“settled the matter for good.”");
    assert!(matches!(another.speaker, Speaker::Unnamed(_)));
    assert_eq!(another.kind, Kind::Mixed);
}

#[test]
fn who_was_told_is_the_addressee() {
    let informed = check("Marlowe", "repeatedly informed", "that the papers were incomplete");
    assert_eq!(words(&informed.addressee), "Barlow");
    let told = check("the 58-year-old", "told", "“that the varnish was younger");
    assert_eq!(words(&told.addressee), "Barlow");
}

#[test]
fn who_was_warned_is_the_addressee() {
    let warned = check("She", "warned", "that the lenders would withdraw their pictures");
    assert_eq!(words(&warned.addressee), "Barlow", "who was warned");
}

#[test]
fn a_caption_repeats_what_was_told() {
    let told = check("The 58-year-old", "told", "‘that the varnish was younger than the frame around it’");
    assert_eq!((words(&told.addressee).as_str(), told.kind), ("Barlow", Kind::Direct));
}

#[test]
fn a_quotation_goes_on_without_a_cue() {
    let first = check("Rebecca Stone, a dealer in prints,", "remarked:", "“Paint [like this] dries slowly");
    let second = check("", "", "“I would not hang it in my kitchen.”");
    assert!(matches!(first.speaker, Speaker::Person(_)));
    assert_eq!(first.speaker, second.speaker);
}

#[test]
fn readiness_is_a_statement() {
    let found = find(|a| words(&a.content).contains("“burn the canvas or eat it”"));
    assert_eq!(found.len(), 1, "{}", listing());
    assert!(words(&found[0].cue).contains("expressing"), "{}", listing());
    assert_eq!(words(&found[0].source), "a curator");
}

#[test]
fn what_was_not_said_is_not_asserted() {
    for part in ["the purchase", "be photographed"] {
        let found = find(|a| words(&a.content).contains(part) || words(&a.cue).contains(part));
        assert!(!found.is_empty(), "{part:?} is in none of\n{}", listing());
        assert!(found.iter().all(|a| a.stance == Stance::NotSaid), "{part:?} in\n{}", listing());
    }
}

#[test]
fn a_word_in_marks_is_no_statement() {
    let lively = TEXT.find("lively").expect("the word");
    let touches = |a: &Attribution| roles(a).into_iter().flatten().any(|span| span.range().contains(&lively));
    assert!(find(touches).is_empty(), "a word in marks is in one of\n{}", listing());
}

#[test]
fn furniture_is_never_read() {
    let unread: Vec<Span> =
        READING.article.blocks.iter().filter(|b| !b.kind.is_read()).map(|b| b.span).collect();
    assert_eq!(unread.len(), 11);
    let touches =
        |a: &Attribution| roles(a).into_iter().flatten().any(|span| unread.iter().any(|b| b.overlaps(*span)));
    assert!(find(touches).is_empty(), "{}", listing());
}

#[test]
fn a_wrong_way_mark_opens_nothing() {
    let asked = check("Barlow", "asked", "Calder‘s costliest picture");
    assert_eq!(asked.kind, Kind::Indirect);
}

/// The one statement with this source and cue, and with this part in its content.
fn check(source: &str, cue: &str, part: &str) -> &'static Attribution {
    let found =
        find(|a| words(&a.source) == source && words(&a.cue) == cue && words(&a.content).contains(part));
    assert_eq!(
        found.len(),
        1,
        "[{source}] [{cue}] [.. {part} ..] is in the list {} times:\n{}",
        found.len(),
        listing()
    );
    found[0]
}

fn find(wanted: impl Fn(&Attribution) -> bool) -> Vec<&'static Attribution> {
    READING.attributions.iter().filter(|attribution| wanted(attribution)).collect()
}

fn outer(inner: &Attribution) -> &'static Attribution {
    &READING.attributions[inner.within.expect("it lies within another").index()]
}

fn blocks(kind: BlockKind) -> Vec<&'static str> {
    READING.article.blocks.iter().filter(|b| b.kind == kind).map(|b| &READING.article[b.span]).collect()
}

fn roles(attribution: &Attribution) -> [&Vec<Span>; 4] {
    [&attribution.source, &attribution.cue, &attribution.content, &attribution.addressee]
}

/// The text of a role, its pieces joined by ` .. `.
fn words(spans: &[Span]) -> String {
    spans.iter().map(|&span| &READING.article[span]).collect::<Vec<_>>().join(" .. ")
}

/// All statements found, one a line.
fn listing() -> String {
    let line = |a: &Attribution| roles(a).map(|role| format!("[{}]", words(role))).join(" ") + "\n";
    READING.attributions.iter().map(line).collect()
}
