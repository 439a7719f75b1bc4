//! The cases of `testdata/attribution/*.md`: specification and test in one.
//!
//! A fenced block holds one text with its attributions marked; [`marked`] explains the form. The marks are stripped, the
//! text is read, what was found is marked in the same form, and the two are compared as text.
//! A block headed `text known` is read wrongly today: it must still differ, so that progress shows.

mod marked;

use std::path::Path;

use marked::Literal;

/// The least number of cases that are read as they should be.
const LEAST: usize = 300;

/// Reads `input`; an error shows what was expected and what was found.
fn check(input: &str, expect: &Literal) -> Result<(), String> {
    let article = sayso::page::plain(input, &sayso::page::Hints::default());
    let found = marked::mark(&sayso::read(&article), &expect.details);
    if found == expect.written {
        return Ok(());
    }
    Err(format!("expected\n{}\nfound\n{found}\n", expect.written))
}

/// One fenced block.
struct Case {
    /// File, line and heading.
    name: String,
    /// Whether it is known to be read wrongly.
    known: bool,
    literal: Literal,
}

#[test]
fn the_specification_is_met() {
    let cases = cases();
    let outcomes: Vec<Result<(), String>> =
        cases.iter().map(|case| check(&case.literal.text, &case.literal)).collect();
    let mut failures = String::new();
    let mut passed = 0;
    for (case, outcome) in cases.iter().zip(&outcomes) {
        match outcome {
            Ok(()) if case.known => {
                failures += &format!("{}: read as it should be; take `known` off it\n\n", case.name)
            }
            Ok(()) => passed += 1,
            Err(difference) if !case.known => failures += &format!("{}\n{difference}\n", case.name),
            Err(difference) => println!("known: {}\n{difference}", case.name),
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(passed >= LEAST, "only {passed} of {} cases are read as they should be", cases.len());
}

#[test]
fn literals_are_well_formed() {
    for case in cases() {
        assert_eq!(case.literal.marked_again(), case.literal.written, "{}", case.name);
    }
}

/// Every fenced block of every file, in order.
fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/attribution");
    let mut files: Vec<_> = folder
        .read_dir()
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    files.iter().flat_map(|path| cases_of(path)).collect()
}

fn cases_of(path: &Path) -> Vec<Case> {
    let file = path.file_name().expect("a file name").to_string_lossy().into_owned();
    let source = std::fs::read_to_string(path).expect("a readable file");
    let mut found = Vec::new();
    let mut heading = "";
    let mut lines = source.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            heading = title;
        }
        let Some(fence) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> =
            lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        let name = format!("{file}:{}: {heading}", number + 1);
        let known = match fence {
            "text" => false,
            "text known" => true,
            other => panic!("{name}: a block headed {other:?}"),
        };
        found.push(Case { literal: Literal::parse(&body.join("\n"), &name), name, known });
    }
    found
}
