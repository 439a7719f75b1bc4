//! The cases of `testdata/attribution/*.md`: specification and test in one.
//!
//! A fenced block holds one text with its attributions marked; [`marked`] explains the form. The marks are stripped, the
//! text is read, what was found is marked in the same form, and the two are compared as text.

mod cases;
mod marked;

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

#[test]
fn the_specification_is_met() {
    cases::run(&cases::cases("attribution"), LEAST, |case| {
        let literal = Literal::parse(&case.body, &case.name);
        check(&literal.text, &literal)
    });
}

#[test]
fn literals_are_well_formed() {
    for case in cases::cases("attribution") {
        let literal = Literal::parse(&case.body, &case.name);
        assert_eq!(literal.marked_again(), literal.written, "{}", case.name);
    }
}
