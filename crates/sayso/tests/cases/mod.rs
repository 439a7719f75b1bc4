//! Fenced blocks of Markdown files as cases.
//!
//! A block headed `text known` is read wrongly today: it must still differ, so that progress shows.

use std::path::Path;

/// One fenced block.
pub(crate) struct Case {
    /// File, line and heading.
    pub(crate) name: String,
    /// Whether it is known to be read wrongly.
    known: bool,
    /// What stands between the fences.
    pub(crate) body: String,
}

/// Checks all cases; at least so many must be read as they should be. An error of `check` shows what was expected and
/// what was found.
pub(crate) fn run(cases: &[Case], least: usize, check: impl Fn(&Case) -> Result<(), String>) {
    let mut failures = String::new();
    let mut passed = 0;
    for case in cases {
        match check(case) {
            Ok(()) if case.known => {
                failures += &format!("{}: read as it should be; take `known` off it\n\n", case.name)
            }
            Ok(()) => passed += 1,
            Err(difference) if !case.known => failures += &format!("{}\n{difference}\n", case.name),
            Err(difference) => println!("known: {}\n{difference}", case.name),
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(passed >= least, "only {passed} of {} cases are read as they should be", cases.len());
}

/// Every fenced block of every file of a folder of `testdata`, in order.
pub(crate) fn cases(folder: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(folder);
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
        found.push(Case { body: body.join("\n"), name, known });
    }
    found
}
