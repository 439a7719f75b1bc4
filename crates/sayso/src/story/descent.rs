//! Which pages derive from which, as far as that is likely: what shows which of several wordings the others come from.

use std::collections::{BTreeMap, BTreeSet};

use super::{Digest, Story};

/// Pages of an archive, by their ids, and those that derive from each.
#[derive(Clone, Debug, Default)]
pub struct Descent(BTreeMap<String, Vec<String>>);

impl Descent {
    /// What the stories of an archive say of its pages.
    pub fn of<'s>(digests: &[Digest], stories: impl IntoIterator<Item = &'s Story>) -> Descent {
        let mut children: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for story in stories {
            for (&page, lineage) in story.pages.iter().zip(&story.lineages) {
                for parent in lineage.parents.iter().filter(|parent| parent.score.value() >= LIKELY) {
                    children
                        .entry(digests[parent.page].id.clone())
                        .or_default()
                        .push(digests[page].id.clone());
                }
            }
        }
        Descent(children)
    }

    /// Those of some pages that derive from no other of them, be it through pages that are not among them.
    pub(super) fn tops<'p>(&'p self, pages: &BTreeSet<&'p str>) -> BTreeSet<&'p str> {
        let mut below: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&str> = pages.iter().copied().collect();
        while let Some(page) = open.pop() {
            for child in self.0.get(page).into_iter().flatten() {
                if below.insert(child) {
                    open.push(child);
                }
            }
        }
        pages.difference(&below).copied().collect()
    }
}

/// A derivation is likelier than not.
const LIKELY: f64 = 0.5;
