//! Snapshots of the three views on readings made from marked literals.

use sayso::{DateSource, Note, NoteKind, Precision, Probability, Published, Reading, Stance};

use crate::html::{self, Section};
use crate::{marked, terminal};

/// Every kind of statement and block that a view has to show. Constructed.
const STORY: &str = "\
title| Sluices: Minister ‘refused’

debris| Share · Save · Table of Contents

[source1 [outlet1 The Harbour Ledger]] [cue1 reported] that [content1 [source2 [person1 Orla Venn]] [cue2 declined], \
[cue3 insisting] that [content3 she “did not understand what the order was for”]].

[content4 “We were told at midnight,”] said [source4 [unnamed1 three engineers close to her]] [cue4 told] [told4 the Ledger].

[source5 [person1 Venn]] [cue5 has not said] [content5 that she will resign], and [source6 she] [cue6 warned] [to6 the cabinet] \
[content6 of floods].

caption| [source7 The 58-year-old] [cue7 told] [to7 the Premier] [content7 “that she was ready to go”]

credit| Photo: Jan Holt

[cue8 According to] [source8 [outlet1 the Ledger]], [content8 the gates <b>stayed</b> shut & dry].";

fn story() -> Reading {
    let mut reading = marked::reading(STORY);
    let article = &mut reading.article;
    article.title = Some("Sluices: Minister ‘refused’".into());
    article.outlet = Some("Northern Post".into());
    article.byline = vec!["Ada Finch".into()];
    article.url = Some("https://northern.example/sluices".into());
    article.complete = false;
    article.published = Some(Published {
        value: "2031-03-04T07:12:00+01:00".into(),
        precision: Precision::Second,
        from: DateSource::JsonLd,
    });
    let note = |kind, text: &str| Note { kind, span: None, text: text.into() };
    reading.notes = vec![
        note(NoteKind::Charset, "The page says Latin-1 but is UTF-8."),
        note(NoteKind::Constructed, "A constructed example."),
        note(NoteKind::Incomplete, "The text ends in mid-sentence."),
    ];
    let stances = [(2, Stance::Denied), (4, Stance::NotSaid), (5, Stance::Hypothetical)];
    stances.iter().for_each(|&(n, stance)| reading.attributions[n].stance = stance);
    reading.attributions[6].confidence = Probability::from_thousandths(400);
    reading
}

fn terminal(reading: &Reading, width: usize) -> String {
    anstream::adapter::strip_str(&terminal::view("story.html", reading, width)).to_string()
}

/// The page of one reading without the style sheet, one element a line.
fn html(reading: &Reading) -> String {
    let page = html::page(&[Section::new(1, "story.html", reading)], None);
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    format!("{head}{rest}").replace("><", ">\n<")
}

#[test]
fn terminal_view() {
    insta::assert_snapshot!(terminal(&story(), 80));
}

#[test]
fn html_view() {
    insta::assert_snapshot!(html(&story()));
}

#[test]
fn json_view() {
    let record = sayso_record::Record::new("story.html", &story());
    insta::assert_snapshot!(serde_json::to_string_pretty(&record).unwrap());
}

#[test]
fn an_empty_reading_has_views() {
    insta::assert_snapshot!(terminal(&Reading::default(), 80));
    assert!(html(&Reading::default()).contains("</html>"));
}

#[test]
fn no_line_is_wider_than_asked() {
    use unicode_width::UnicodeWidthStr;
    let wide = marked::reading(
        &STORY.replace("of floods", &"洪水".repeat(400)).replace("Orla Venn", &"Venn".repeat(60)),
    );
    for width in [40, 80, 100] {
        for line in terminal(&story(), width).lines().chain(terminal(&wide, width).lines()) {
            assert!(line.width() <= width, "{width} columns: {line}");
        }
    }
}

#[test]
fn what_was_not_said_is_not_shown_as_said() {
    let view = terminal(&story(), 80);
    assert!(view.contains("NOT SAID: that she will resign"), "{view}");
    assert!(view.contains("DENIED: she “did not understand"), "{view}");
    assert!(view.contains("HYPOTHETICAL: of floods"), "{view}");
    let page = html(&story());
    assert_eq!(page.matches("class=\"stance\"").count(), 3, "{page}");
}

#[test]
fn hostile_text_stays_text() {
    let hostile = "[source1 <script>alert(1)</script>] [cue1 said] [content1 \u{1b}[31m\u{202e}\"><img src=x onerror=alert(2)>\u{0}]";
    let mut reading = marked::reading(&hostile.replace("[31m", "(31m"));
    reading.article.title = Some("</title><script>".into());
    reading.article.outlet = Some("\" onmouseover=\"x".into());
    reading.article.url = Some("javascript:alert(3)".into());
    reading.article.language = Some("en\" onload=\"x".into());
    let page = html(&reading);
    assert!(
        !page.contains("<script") && !page.contains("<img") && !page.contains("href=\"javascript"),
        "{page}"
    );
    assert!(!page.contains("\" on"), "{page}");
    assert!(!page.contains(['\u{0}', '\u{1b}', '\u{202e}']), "{page}");
    assert!(!terminal::view("x", &reading, 80).contains(['\u{0}', '\u{202e}']));
    assert!(!terminal(&reading, 80).contains('\u{1b}'));
}

#[test]
fn marks_keep_the_text() {
    let page = html(&story());
    let (_, text) = page.split_once("class=\"text\"").unwrap();
    let (text, _) = text.split_once("class=\"cast\"").unwrap();
    let shown: String =
        text.split('<').filter_map(|part| part.split_once('>')).map(|(_, words)| words).collect();
    assert!(shown.contains("&lt;b&gt;stayed&lt;/b&gt; shut &amp; dry"), "{shown}");
}

#[test]
fn cards_and_marks_lead_to_each_other() {
    let page = html(&story());
    for n in 1..=8 {
        for id in [format!("id=\"r1s{n}\""), format!("id=\"r1c{n}\"")] {
            assert_eq!(page.matches(&id).count(), 1, "{id} in {page}");
        }
        for link in [format!("href=\"#r1s{n}\""), format!("href=\"#r1c{n}\"")] {
            assert!(page.contains(&link), "{link} in {page}");
        }
    }
}
