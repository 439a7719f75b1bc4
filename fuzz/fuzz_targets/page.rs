//! Any bytes give an article.

#![no_main]

#[path = "../../crates/sayso/tests/invariants/mod.rs"]
#[allow(dead_code, reason = "the other target uses the rest")]
mod invariants;

use libfuzzer_sys::fuzz_target;
use sayso::page::{Hints, read};

fuzz_target!(|bytes: &[u8]| invariants::check_article(&read(bytes, &Hints::default())));
