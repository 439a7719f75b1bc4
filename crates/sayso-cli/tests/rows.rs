//! What the command prints as JSON satisfies the schemas that ship with it.

mod common;

use std::fs;
use std::path::Path;

use common::{folder, sayso};
use sayso_record::{CHAIN_SCHEMA, SCHEMA, WORDING_SCHEMA};
use serde_json::Value;

/// Runs the command and holds every row of its output against a schema. Returns the rows.
fn check(args: &[&str], schema: &str) -> Vec<Value> {
    let run = sayso(args).run();
    assert!([0, 3].contains(&run.code), "{args:?}: {}", run.err);
    let schema = jsonschema::draft202012::new(&serde_json::from_str(schema).unwrap()).unwrap();
    let rows: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!rows.is_empty(), "{args:?}");
    for row in &rows {
        let errors: Vec<String> = schema.iter_errors(row).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{args:?}: {errors:?}: {row:#}");
    }
    rows
}

/// A page of the story that comes with the command.
fn demo(file: &str) -> String {
    let stories = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/stories/lower-marsk");
    stories.join(file).display().to_string()
}

#[test]
fn rows_of_the_demo() {
    check(&["demo", "--json"], SCHEMA);
    check(&["chain", "--json", &demo("")], CHAIN_SCHEMA);
    check(&["check", "--json", "--min-independent", "1", &demo("")], CHAIN_SCHEMA);
    check(&["variants", "--json", "--all", &demo("")], WORDING_SCHEMA);
    for other in ["tabloid.html", "rewrite.txt", "confirmation.html", "unrelated.html", "paper.html"] {
        check(&["diff", "--json", &demo("paper.html"), &demo(other)], WORDING_SCHEMA);
    }
}

#[test]
fn rows_of_the_demo_say_that_it_is_constructed() {
    let rows = check(&["demo", "--chain", "--json"], CHAIN_SCHEMA);
    let is_constructed = |row: &&Value| row["notes"][0]["kind"] == "constructed";
    // Six pages and the stories that they tell.
    assert!(rows.len() > 6);
    assert_eq!(rows.iter().filter(is_constructed).count(), rows.len());
    for form in ["--gexf", "--graphml", "--dot", "--html"] {
        let run = sayso(&["demo", "--chain", form, "-"]).run();
        assert_eq!(run.out.matches("A constructed example: its people").count(), 1, "{form}: {}", run.out);
        let run = sayso(&["chain", form, "-", &demo("")]).run();
        assert!(!run.out.contains("A constructed example: its people"), "{form}: only the demo knows");
    }
}

/// Constructed pages: wordings that differ in every way that has a name, marks of many bytes before them, one page in
/// another language, one without a date, one cut off, one broken.
const FOLDER: [(&str, &str); 8] = [
    (
        "wire.html",
        "<!doctype html><meta property='og:site_name' content='Sarn Wire'>\
         <meta property='article:published_time' content='2031-03-04T07:12:00Z'><title>Dykes</title><article><h1>Dykes</h1>\
         <p>“Ça ira – I was ready to lose my post rather than sign it, and 40 of us were,” Marta Quill said on Monday at the \
         flood room of Lower Marsk. “We will not open the dykes, not tonight and not tomorrow,” she told Sarn Wire.</p></article>",
    ),
    (
        "copy.html",
        "<!doctype html><meta property='og:site_name' content='Daily Lantern'>\
         <meta property='article:published_time' content='2031-03-05T07:12:00Z'><title>She said no</title><article>\
         <h1>She said no</h1><p>“Ça ira – I was prepared to lose my post rather than sign it, and 14 of us were,” Marta Quill \
         said at the flood room of Lower Marsk, Sarn Wire reported. “We will open the dykes … not tomorrow,” she said.</p></article>",
    ),
    (
        "post.txt",
        "“I was [ready] to lose my post,” Marta Quill said at the flood room of Lower Marsk, according to Sarn Wire. She said \
         they would not open the dykes, not tonight and not tomorrow.",
    ),
    (
        "echo.txt",
        "We will not open the dykes, not tonight and not tomorrow, Marta Quill told people at Lower Marsk.",
    ),
    (
        "cut.txt",
        "“I was ready to lose my post rather than sign it, and 40 of us were,” Marta Quill said at the flood room of",
    ),
    (
        "deich.txt",
        "„Ich war bereit, meinen Posten zu verlieren“, sagte Marta Quill am Montag in Lower Marsk. Die Deiche blieben zu.",
    ),
    ("empty.html", ""),
    (
        "broken.html",
        "<p>“I was ready<<div></p></td>&#0;&bogus; to lose my post rather than sign it,” Marta <b>Quill said.",
    ),
];

#[test]
fn rows_of_a_folder() {
    let dir = folder("rows-of-a-folder");
    for (name, content) in FOLDER {
        fs::write(dir.join(name), content).unwrap();
    }
    let path = |name: &str| dir.join(name).display().to_string();
    check(&["read", "--json", &path("")], SCHEMA);
    check(&["chain", "--json", &path("")], CHAIN_SCHEMA);
    let rows = check(&["variants", "--json", "--all", &path("")], WORDING_SCHEMA);
    let edits = rows.iter().flat_map(|row| row["wordings"].as_array().unwrap());
    assert!(edits.flat_map(|wording| wording["edits"].as_array().unwrap()).count() > 2);
    for other in ["copy.html", "post.txt", "deich.txt", "broken.html", "wire.html"] {
        check(&["diff", "--json", &path("wire.html"), &path(other)], WORDING_SCHEMA);
    }
}
