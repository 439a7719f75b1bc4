//! How a page speaks of what it tells: whether it doubts it, hedges it, hands on what others report.
//!
//! Who answers a report or retells it speaks so more often than who reports: "The *hoax* spread...", "he *reportedly* said".

use std::{collections::BTreeSet, sync::LazyLock};

use crate::Reading;

/// How often a page uses words of each class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Manner {
    /// `hoax`, `debunked`, `denied`.
    pub(super) doubts: u32,
    /// `reportedly`, `claims`, `rumour`.
    pub(super) hedges: u32,
    /// `according`, `reported`, `citing`.
    pub(super) reports: u32,
}

impl Manner {
    pub(super) fn of(reading: &Reading) -> Manner {
        let mut manner = Manner::default();
        for token in &reading.tokens {
            let word = reading.article[token.span].to_lowercase();
            for (class, count) in
                CLASSES.iter().zip([&mut manner.doubts, &mut manner.hedges, &mut manner.reports])
            {
                *count += u32::from(class.contains(word.as_str()));
            }
        }
        manner
    }
}

static CLASSES: LazyLock<[BTreeSet<&str>; 3]> =
    LazyLock::new(|| ["doubt", "hedge", "report"].map(|class| sayso_data::class(sayso_data::MANNER, class)));
