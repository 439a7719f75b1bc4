//! Any text gives a reading, and the text is kept.

#![no_main]

#[path = "../../crates/sayso/tests/invariants/mod.rs"]
mod invariants;

use libfuzzer_sys::fuzz_target;
use sayso::page::{Hints, plain};

fuzz_target!(|text: &str| {
    let article = plain(text, &Hints::default());
    assert_eq!(article.text, text);
    invariants::check_reading(&sayso::read(&article));
});
