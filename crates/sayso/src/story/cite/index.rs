//! Outlets by their names and attributions by their cues, for a page may have tens of thousands of both.

use std::collections::HashMap;

use crate::{Attribution, Reading, Span};

/// The numbers of outlets by their names. `KHOU` and `KHOU 11 News` are one.
#[derive(Default)]
pub(super) struct Known {
    whole: HashMap<String, usize>,
    /// By how a name begins, the first.
    begun: HashMap<String, usize>,
}

impl Known {
    pub(super) fn add(&mut self, name: &str, number: usize) {
        self.whole.entry(name.to_owned()).or_insert(number);
        for begin in begins(name) {
            self.begun.entry(begin.to_owned()).or_insert(number);
        }
    }

    /// The first that is the same, or of which one name begins with the other.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let shorter = begins(name).filter_map(|begin| self.whole.get(begin));
        shorter.chain(self.begun.get(name)).min().copied()
    }
}

/// What a name begins with, word by word, and the name.
fn begins(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices(' ').map(|(at, _)| &name[..at]).chain([name])
}

/// The cues of attributions, in order.
pub(super) struct Cues<'a> {
    cues: Vec<(Span, &'a Attribution)>,
    /// Of each, where the longest of it and those before it ends.
    ends: Vec<usize>,
}

impl<'a> Cues<'a> {
    pub(super) fn of(reading: &'a Reading) -> Cues<'a> {
        let attributions = reading.attributions.iter();
        let mut cues: Vec<(Span, &Attribution)> =
            attributions.flat_map(|said| said.cue.iter().map(move |&cue| (cue, said))).collect();
        cues.sort_by_key(|(cue, _)| *cue);
        let mut end = 0;
        let ends = cues.iter().map(|(cue, _)| {
            end = end.max(cue.end());
            end
        });
        Cues { ends: ends.collect(), cues }
    }

    /// The attributions whose cue a phrase overlaps.
    pub(super) fn on(&self, span: Span) -> impl Iterator<Item = &'a Attribution> {
        let after = self.cues.partition_point(|(cue, _)| cue.start() < span.end());
        let first = self.ends[..after].partition_point(|&end| end <= span.start());
        self.cues[first..after].iter().filter(move |(cue, _)| cue.overlaps(span)).map(|(_, said)| *said)
    }
}
