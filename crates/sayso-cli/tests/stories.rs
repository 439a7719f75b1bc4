//! `chain`, `check`, `variants` and `diff` from outside: the rows that they print.

mod common;

use std::fs;

use common::pages::{DIRECT, INDIRECT, ROWS, changed_twice, file, json, rows, two_pages};
use common::{folder, sayso};
use serde_json::Value;

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
fn nothing_is_left_where_nothing_was_read() {
    let dir = folder("nothing");
    let path = dir.join("chain.html").display().to_string();
    assert_eq!(sayso(&["chain", "--html", &path, "no/such/file"]).run().code, 1);
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 0);
}

/// What `variants` says of two such pages.
fn told(name: &str, wire: &str, copy: &str) -> Vec<Value> {
    let run = sayso(&["variants", "--json", &two_pages(name, wire, copy)]).run();
    assert_eq!(run.code, 0, "{}", run.err);
    json(&run.out)
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
    let write = |name: &str, text: &str| file(&dir, name, text);
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

#[test]
fn two_copies_of_a_changed_wording_are_held_against_the_first() {
    let run = sayso(&["variants", "--json", &changed_twice("twice")]).run();
    let rows = json(&run.out);
    assert!(rows[0]["utterance"].as_str().unwrap().starts_with("We will not open"), "{}", run.out);
    assert_eq!(rows[0]["wordings"][1]["edits"][0]["kind"], "negation");
    assert_eq!(run.err, "");
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
