//! What every command shows of pages, in text and in HTML.

mod common;

use std::fs;

use common::pages::{DIRECT, INDIRECT, ROWS, changed_twice, file, json, rows, two_pages};
use common::{folder, sayso};

#[test]
fn two_forms_do_not_go_to_one_place() {
    let (file, out) = (rows("places"), folder("places-out"));
    let path = out.join("chain").display().to_string();
    for args in [
        &["chain", "--json", "--html", "-", &file][..],
        &["chain", "--gexf", "-", "--dot", "-", &file],
        &["chain", "--html", "-", "--graphml", "-", &file],
        &["chain", "--dot", &path, "--gexf", &path, &file],
        &["read", "--json", "--html", "-", &file],
        &["variants", "--json", "--html", "-", &file],
        &["diff", "--json", "--html", "-", &file, &file],
        &["demo", "--json", "--html", "-"],
        &["demo", "--chain", "--json", "--dot", "-"],
    ] {
        let run = sayso(args).run();
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}: {}", run.err);
        assert!(run.err.contains("would both go to"), "{args:?}: {}", run.err);
    }
    let run = sayso(&["chain", "--json", "--html", &path, &file]).run();
    assert_eq!(run.code, 0, "a file and standard output are two places: {}", run.err);
    assert_eq!(fs::read_dir(&out).unwrap().count(), 1, "nothing is left of what was refused");
}

/// The words between tags.
fn words(html: &str) -> String {
    let words = html.split('<').filter_map(|part| part.split_once('>')).map(|(_, words)| words);
    let text = words.collect::<Vec<_>>().join(" ").replace("&quot;", "\"").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn wordings_and_differences_as_html_say_what_the_text_says() {
    let dir = folder("wordings");
    for (name, text) in [("a.txt", ROWS[0].3), ("b.txt", ROWS[1].3)] {
        fs::write(dir.join(name), text).unwrap();
    }
    let path = |name: &str| dir.join(name).display().to_string();
    let file = rows("wordings-rows");
    for args in [&["variants", &file][..], &["diff", &path("a.txt"), &path("b.txt")]] {
        let text = sayso(args).run().out;
        let run = sayso(&[args, &["--html", "-"]].concat()).run();
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        for outside in ["<script", "<link", "<img", "@import", "url("] {
            assert!(!run.out.contains(outside), "{outside} in {args:?}");
        }
        assert!(run.out.contains("<del>ready</del> <ins>prepared</ins>"), "{}", run.out);
        assert!(text.contains("[-ready-]{+prepared+}"), "{text}");
        // What is said in the text, by its words; line ends and marks aside.
        let plain = |text: &str| {
            let marks = ["[-", "-]", "{+", "+}", "“", "”", "━", "─", "·", ";"];
            let text = marks.iter().fold(text.to_owned(), |text, mark| text.replace(mark, " "));
            text.split_whitespace().map(str::to_owned).collect::<std::collections::BTreeSet<_>>()
        };
        let html = words(run.out.split_once("<main").unwrap().1.split_once("<footer").unwrap().0);
        let more: Vec<String> = plain(&html).difference(&plain(&text)).cloned().collect();
        assert!(more.is_empty(), "{args:?}: only in HTML: {more:?}");
    }
}

#[test]
fn words_without_marks_are_shown_with_what_differs_and_what_shows_it() {
    let file = two_pages("unmarked", INDIRECT, DIRECT);
    let text = sayso(&["variants", &file]).run().out;
    let html = words(&sayso(&["variants", "--html", "-", &file]).run().out);
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for view in [&plain, &html] {
        for told in ["differs: indirect made direct, ", "earliest in quotation marks in this archive"] {
            assert!(view.contains(told), "{told} in {view}");
        }
        let shown = "Sarn Wire, 4 March 2031, 07:12 UTC · without quotation marks; Daily Lantern, 5 March 2031, \
                     11:40 UTC derives from it";
        assert!(view.contains(shown), "{view}");
    }
    assert!(plain.contains("lose [-my-]{+her+} post"), "{text}");
    assert!(html.contains("lose my her post"), "{html}");
}

#[test]
fn the_first_lines_answer_how_many_sources_who_was_first_and_what_was_changed() {
    let out = sayso(&["chain", &changed_twice("first")]).run().out;
    let (answers, rest) = out.split_once("\n   1  ").unwrap();
    for told in [
        "earliest in this archive: 1 Orrin Wire, 2 September 2031, 06:10 UTC",
        "1 utterance differs in quotation marks (negation 1)",
        "1 independent source",
        "derive from 1 Orrin Wire: together one source",
    ] {
        assert!(
            answers.split_whitespace().collect::<Vec<_>>().join(" ").contains(told),
            "{told} in {answers}"
        );
    }
    assert!(rest.starts_with("2 September 2031, 06:10 UTC · Orrin Wire · wire\n"), "{rest}");
}

#[test]
fn pages_of_one_id_are_told_apart_in_every_view() {
    let file = rows("one-id");
    let text =
        fs::read_to_string(&file).unwrap().replace("\"own\"", "\"wire\"").replace("\"copy\"", "\"wire\"");
    fs::write(&file, &text).unwrap();
    let wanted = ["wire", "wire#2", "wire#3", "bell"];
    for args in [&["read", "--json", &file][..], &["chain", "--json", &file]] {
        let run = sayso(args).run();
        let ids: Vec<String> =
            json(&run.out).iter().filter_map(|row| Some(row["id"].as_str()?.to_owned())).collect();
        assert_eq!(ids, wanted, "{args:?}");
        assert!(
            run.err.contains("2 pages have an id that an earlier page has, told apart by a number: wire#2"),
            "{}",
            run.err
        );
    }
    for view in [&["chain", &file][..], &["chain", "--html", "-", &file]] {
        let run = sayso(view).run();
        assert!(run.out.contains("wire#2") && run.out.contains("wire#3"), "{view:?}");
    }
    assert_eq!(sayso(&["read", "--json", "--quiet", &file]).run().err, "");
    let row = folder("one-id-alone").join("row.jsonl");
    fs::write(&row, text.lines().next().unwrap()).unwrap();
    let row = row.to_str().unwrap();
    let run = sayso(&["diff", "--json", row, row]).run();
    assert_eq!(json(&run.out)[0]["pages"], serde_json::json!(["wire", "wire#2"]));
    assert!(run.err.contains("1 page has an id that an earlier page has"), "{}", run.err);
}

#[test]
fn keys_that_are_not_read_are_told_once() {
    let file = rows("keys");
    let text = fs::read_to_string(&file).unwrap();
    let text =
        text.replace("\"published\"", "\"pubdate\"").replacen("{\"id\"", "{\"author\":\"A\",\"id\"", 2);
    fs::write(&file, text).unwrap();
    for command in ["read", "chain", "variants"] {
        let run = sayso(&[command, &file]).run();
        assert_eq!(
            (run.code, run.err.as_str()),
            (0, "sayso: 2 rows have keys that are not read: author\n"),
            "{command}"
        );
        assert!(command == "variants" || run.out.contains("4 March 2031"), "{command}: {}", run.out);
    }
    for command in ["read", "chain", "check", "variants", "diff"] {
        let help = sayso(&[command, "--help"]).run().out;
        assert!(help.contains("\"published\"?, \"outlet\"?, \"title\"?"), "{command}: {help}");
    }
}

#[test]
fn pages_that_share_little_are_not_mixed_word_by_word() {
    let dir = folder("unlike");
    let write = |name: &str, text: &str| file(&dir, name, text);
    let (a, b) = (write("a.txt", ROWS[0].3), write("b.txt", ROWS[3].3));
    let run = sayso(&["diff", &a, &b]).run();
    assert!(run.out.contains("The two share little text, "), "{}", run.out);
    let (_, whole) = run.out.split_once("The whole text").unwrap();
    assert!(!whole.contains("[-") && !whole.contains("{+"), "{whole}");
}
