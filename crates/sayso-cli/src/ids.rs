//! Ids of the pages of a run, each made one of its own: the same in every view, whichever command reads the pages.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Ids that are taken, by their hash, and the last number that each was given.
#[derive(Default)]
pub(crate) struct Ids(HashMap<u64, u64>);

impl Ids {
    /// An id that no page before has: of one that is taken, with a number behind it.
    pub(crate) fn own(&mut self, id: String) -> String {
        let Some(&last) = self.0.get(&hash(&id)) else {
            self.0.insert(hash(&id), 1);
            return id;
        };
        let mut number = last;
        let own = loop {
            number += 1;
            let own = format!("{id}#{number}");
            if !self.0.contains_key(&hash(&own)) {
                break own;
            }
        };
        self.0.insert(hash(&id), number);
        self.0.insert(hash(&own), 1);
        own
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ids_are_told_apart() {
        let mut ids = Ids::default();
        let given = ["a", "a#2", "a", "b", "a", "a#2"];
        assert_eq!(given.map(|id| ids.own(id.to_owned())), ["a", "a#2", "a#3", "b", "a#4", "a#2#2"]);
    }

    #[test]
    fn one_id_a_million_times_takes_no_longer_than_a_million_ids() {
        let mut ids = Ids::default();
        let last = (0..1_000_000).map(|_| ids.own("a".to_owned())).last();
        assert_eq!(last.as_deref(), Some("a#1000000"));
    }
}
