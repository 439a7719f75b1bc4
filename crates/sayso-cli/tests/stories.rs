//! `chain`, `check`, `variants` and `diff` from outside.

mod common;

use std::fs;

use common::{folder, sayso};
use serde_json::Value;

/// Three constructed pages of one story and one of another.
const ROWS: [(&str, &str, &str, &str); 4] = [
    (
        "wire",
        "Sarn Wire",
        "2031-03-04T07:12:00Z",
        "SARN (Sarn Wire) - The dykes at Lower Marsk were to be opened on the second night of the flood, an engineer told \
         Sarn Wire. “I was ready to lose my post rather than sign,” Marta Quill said on Monday at the flood room.",
    ),
    (
        "copy",
        "Daily Lantern",
        "2031-03-05T11:40:00Z",
        "The dykes at Lower Marsk were to be opened on the second night of the flood, Sarn Wire reported. “I was prepared to \
         lose my post rather than sign,” Marta Quill said at the flood room.",
    ),
    (
        "own",
        "Northern Post",
        "2031-03-06T09:00:00Z",
        "A page of the log of the flood room at Lower Marsk, which the Northern Post has seen, says that the order to open \
         the dykes was refused on the second night of the flood. Anton Riehl, a clerk, confirmed the entry.",
    ),
    (
        "bell",
        "Harbour Weekly",
        "2031-03-05T08:00:00Z",
        "The bell of the ferry Halcyon came home by post after ninety years, and the dog of Nell Ostrander left the kitchen.",
    ),
];

fn rows(name: &str) -> String {
    let dir = folder(name);
    let row = |(id, outlet, published, text): (&str, &str, &str, &str)| {
        serde_json::json!({"id": id, "outlet": outlet, "published": published, "text": text}).to_string()
            + "\n"
    };
    let file = dir.join("rows.jsonl");
    fs::write(&file, ROWS.map(row).concat()).unwrap();
    file.to_str().unwrap().to_owned()
}

fn json(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn chain_prints_a_row_a_page_then_a_row_a_story() {
    let run = sayso(&["chain", "--json", &rows("chain")]).run();
    assert_eq!(run.code, 0, "{}", run.err);
    let rows = json(&run.out);
    let (pages, stories): (Vec<&Value>, Vec<&Value>) = rows.iter().partition(|row| row["id"].is_string());
    assert_eq!(
        pages.iter().map(|row| row["id"].as_str().unwrap()).collect::<Vec<_>>(),
        ["wire", "copy", "own", "bell"]
    );
    assert_eq!(pages[1]["parents"][0]["id"], "wire");
    assert_eq!(pages[1]["roots"][0], "wire");
    assert_ne!(pages[3]["story"], pages[0]["story"]);
    assert!(stories.iter().all(|row| row["independent"][0].as_u64() <= row["independent"][1].as_u64()));
}

#[test]
fn rows_do_not_depend_on_the_order_of_inputs() {
    let file = rows("order");
    let text = fs::read_to_string(&file).unwrap();
    let mut reversed: Vec<&str> = text.lines().collect();
    reversed.reverse();
    let other = file.replace("rows.jsonl", "reversed.jsonl");
    fs::write(&other, reversed.join("\n") + "\n").unwrap();
    let sorted = |file: &str| {
        let run = sayso(&["chain", "--json", file]).run();
        let mut lines: Vec<String> = run.out.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&file), sorted(&other));
}

#[test]
fn check_exits_with_4_where_sources_are_too_few() {
    let file = rows("check");
    assert_eq!(sayso(&["check", "--min-independent", "1", &file]).run().code, 0);
    let run = sayso(&["check", "--min-independent", "9", &file]).run();
    assert_eq!(run.code, 4, "{}", run.err);
    assert!(run.out.starts_with("unmet:"), "{}", run.out);
    assert_eq!(sayso(&["check", &file]).run().code, 2);
}

#[test]
fn variants_show_what_was_changed_inside_the_marks() {
    let run = sayso(&["variants", "--json", &rows("variants")]).run();
    assert_eq!(run.code, 0, "{}", run.err);
    let rows = json(&run.out);
    let edits: Vec<&Value> = rows.iter().flat_map(|row| row["wordings"].as_array().unwrap()).collect();
    let edit = edits.iter().find_map(|wording| wording["edits"].get(0)).expect("one wording differs");
    assert_eq!(
        (&edit["kind"], &edit["old"], &edit["new"]),
        (&"substitution".into(), &"ready".into(), &"prepared".into())
    );
}

#[test]
fn diff_wants_two_pages() {
    let dir = folder("diff");
    for (name, text) in [("a.txt", ROWS[0].3), ("b.txt", ROWS[1].3)] {
        fs::write(dir.join(name), text).unwrap();
    }
    let path = |name: &str| dir.join(name).to_str().unwrap().to_owned();
    let run = sayso(&["diff", "--json", &path("a.txt"), &path("b.txt")]).run();
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(json(&run.out)[0]["quotations"][0]["edits"][0]["new"], "prepared");
    assert_eq!(sayso(&["diff", &path("a.txt"), &rows("many")]).run().code, 2);
    assert_eq!(sayso(&["diff", &path("a.txt"), &path("missing.txt")]).run().code, 1);
}

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

#[test]
fn nothing_is_left_where_nothing_was_read() {
    let dir = folder("nothing");
    let path = dir.join("chain.html").display().to_string();
    assert_eq!(sayso(&["chain", "--html", &path, "no/such/file"]).run().code, 1);
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 0);
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

/// A file with two pages of a story, the first of which is of an agency that the second credits.
fn two_pages(name: &str, wire: &str, copy: &str) -> String {
    let lead = "The dykes at Lower Marsk were to be opened on the second night of the flood, Sarn Wire reported on Tuesday.";
    let pages = [
        ("wire", "Sarn Wire", "2031-03-04T07:12:00Z", format!("SARN (Sarn Wire) - {lead} {wire}")),
        ("copy", "Daily Lantern", "2031-03-05T11:40:00Z", format!("{lead} {copy}")),
    ];
    let row = |(id, outlet, published, text): (&str, &str, &str, String)| {
        serde_json::json!({"id": id, "outlet": outlet, "published": published, "text": text}).to_string()
            + "\n"
    };
    let file = folder(name).join("rows.jsonl");
    fs::write(&file, pages.map(row).concat()).unwrap();
    file.to_str().unwrap().to_owned()
}

/// What `variants` says of two such pages.
fn told(name: &str, wire: &str, copy: &str) -> Vec<Value> {
    let run = sayso(&["variants", "--json", &two_pages(name, wire, copy)]).run();
    assert_eq!(run.code, 0, "{}", run.err);
    json(&run.out)
}

const INDIRECT: &str =
    "Marta Quill told the premier that she would rather lose her post and her pension than sign the order.";
const DIRECT: &str =
    "“I will rather lose my post and my pension than sign the order,” Marta Quill told the premier.";

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
fn indirect_speech_put_in_marks_is_a_kind_of_its_own() {
    let rows = told("indirect", INDIRECT, DIRECT);
    let unmarked = &rows[0]["unmarked"][0];
    assert_eq!(unmarked["kind"], "indirect_made_direct");
    assert_eq!(unmarked["shown_by"], "derivation");
    assert_eq!((&unmarked["id"], &unmarked["quotation"][0]["id"]), (&"wire".into(), &"copy".into()));
    assert!(unmarked["text"].as_str().unwrap().contains("lose her post"));
}

#[test]
fn a_quotation_with_he_said_inside_is_whole() {
    let rows = told(
        "split",
        "“I would rather lose my post and my pension than sign the order,” Marta Quill said.",
        "“I would rather lose my post and my pension,” Marta Quill said, “than sign the order.”",
    );
    // The comma before "said" may be that of the speaker.
    let split = &rows[0]["wordings"][1];
    assert_eq!((&split["differs"], split["pages"].as_array().unwrap().len()), (&false.into(), 2));
    assert_eq!(split["edits"][0]["kind"], "punctuation_or_case");
}

#[test]
fn marks_of_other_languages_are_no_change() {
    let rows = told(
        "marks",
        "“I would rather lose my post and my pension than sign the order,” Marta Quill said.",
        "«I would rather lose my post and my pension than sign the order,» Marta Quill said.",
    );
    assert_eq!(rows, Vec::<Value>::new());
    let rows = told(
        "german",
        "“I would rather lose my post and my pension than sign the order,” Marta Quill said.",
        "„I would rather lose my job and my pension than sign the order“, Marta Quill said.",
    );
    assert_eq!(rows[0]["wordings"][1]["edits"][0]["new"], "job");
}

#[test]
fn a_quotation_inside_another_is_part_of_it() {
    let rows = told(
        "nested",
        "“He told me, ‘I will not sign the order,’ and then he asked for coffee,” Marta Quill said.",
        "“He told me, ‘I will never sign the order,’ and then he asked for coffee,” Marta Quill said.",
    );
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["wordings"][1]["edits"][0]["new"], "never");
}

#[test]
fn diff_shows_marks_and_who_is_said_to_have_said_it() {
    let dir = folder("diff_marks");
    let write = |name: &str, text: &str| {
        let file = dir.join(name);
        fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let rest = "The river fell by morning, and the ferry ran again.";
    let a = write(
        "a.txt",
        &format!(
            "Jori Talven told the premier that he would rather lose his post and his pension than sign it. {rest}"
        ),
    );
    let b = write(
        "b.txt",
        &format!(
            "“I would rather lose my post and my pension than sign it,” Jory Talven told the premier. {rest}"
        ),
    );
    let c = write(
        "c.txt",
        &format!(
            "“I would rather lose my post and my pension than sign it,” Marta Quill told the premier. {rest}"
        ),
    );
    let diff = |a: &str, b: &str| json(&sayso(&["diff", "--json", a, b]).run().out).remove(0);
    let told = diff(&a, &b);
    let marks = told["quotations"][0]["marks"].as_str().unwrap();
    assert!(["direct_and_indirect", "indirect_made_direct"].contains(&marks), "{marks}");
    assert!(told["quotations"][0]["a"].is_array() && told["quotations"][0]["b"].is_array());
    assert_eq!(told["attributions"], serde_json::json!([]));
    let told = diff(&b, &c);
    assert_eq!(told["attributions"][0]["from"], "Jory Talven");
    assert_eq!(told["attributions"][0]["to"], "Marta Quill");
}

/// Constructed pages: an agency's words, which two pages have otherwise, one from the other.
fn changed_twice(name: &str) -> String {
    let lead = "The bridge over the Sethe at Tolm was closed on Monday night after divers found cracks in two of its piers";
    let said = |word: &str| {
        format!("“We will {word} it before the frost, and I do not care who complains,” said Hanne Brock.")
    };
    let pages = [
        (
            "wire",
            "Orrin Wire",
            "2031-09-02T06:10:00Z",
            format!("TOLM (Orrin Wire) - {lead}. {}", said("not open")),
        ),
        (
            "copy",
            "Tolm Gazette",
            "2031-09-02T09:40:00Z",
            format!("{lead}, Orrin Wire reported. {}", said("open")),
        ),
        (
            "again",
            "Daily Sethe",
            "2031-09-02T13:00:00Z",
            format!("{lead}, the Tolm Gazette reported. {}", said("open")),
        ),
    ];
    let row = |(id, outlet, date, text): (&str, &str, &str, String)| {
        serde_json::json!({"id": id, "outlet": outlet, "datePublished": date, "text": text}).to_string()
            + "\n"
    };
    let file = folder(name).join("rows.jsonl");
    fs::write(&file, pages.map(row).concat()).unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn two_copies_of_a_changed_wording_are_held_against_the_first() {
    let run = sayso(&["variants", "--json", &changed_twice("twice")]).run();
    let rows = json(&run.out);
    assert!(rows[0]["utterance"].as_str().unwrap().starts_with("We will not open"), "{}", run.out);
    assert_eq!(rows[0]["wordings"][1]["edits"][0]["kind"], "negation");
    assert_eq!(run.err, "");
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
    let write = |name: &str, text: &str| {
        let file = dir.join(name);
        fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let (a, b) = (write("a.txt", ROWS[0].3), write("b.txt", ROWS[3].3));
    let run = sayso(&["diff", &a, &b]).run();
    assert!(run.out.contains("The two share little text, "), "{}", run.out);
    let (_, whole) = run.out.split_once("The whole text").unwrap();
    assert!(!whole.contains("[-") && !whole.contains("{+"), "{whole}");
}

#[test]
fn of_two_wordings_of_one_day_none_is_the_earliest() {
    let file = changed_twice("one-day");
    let earliest = |file: &str| {
        let run = sayso(&["variants", "--json", file]).run();
        let wordings = json(&run.out)[0]["wordings"].as_array().unwrap().clone();
        wordings.iter().map(|wording| wording["earliest"].as_bool().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(earliest(&file), [true, false]);
    let day = fs::read_to_string(&file)
        .unwrap()
        .replace("T06:10:00Z", "")
        .replace("T09:40:00Z", "")
        .replace("T13:00:00Z", "");
    fs::write(&file, day).unwrap();
    assert_eq!(earliest(&file), [false, false]);
}
