//! Which pages derive from which, as far as that is likely: what shows which of several wordings the others come from.

use std::collections::{BTreeMap, BTreeSet};

use super::{Digest, Story};

/// Pages of an archive, by their ids, and those that each derives from.
#[derive(Clone, Debug, Default)]
pub struct Descent(BTreeMap<String, Vec<String>>);

impl Descent {
    /// What the stories of an archive say of its pages.
    pub fn of<'s>(digests: &[Digest], stories: impl IntoIterator<Item = &'s Story>) -> Descent {
        let id = |page: usize| digests[page].id.clone();
        let mut parents: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for story in stories {
            for (&page, lineage) in story.pages.iter().zip(&story.lineages) {
                let likely = lineage.parents.iter().filter(|parent| parent.score.value() >= LIKELY);
                let likely: Vec<String> = likely.map(|parent| id(parent.page)).collect();
                if !likely.is_empty() {
                    parents.insert(id(page), likely);
                }
            }
        }
        Descent(parents)
    }

    /// Those of some pages that derive from no other of them, be it through pages that are not among them.
    pub(super) fn tops<'p>(&'p self, pages: &BTreeSet<&'p str>) -> BTreeSet<&'p str> {
        // Pages above which none of these is: nobody climbs twice there.
        let mut free: BTreeSet<&str> = BTreeSet::new();
        let mut is_top = |page: &&'p str| {
            let (mut climbed, mut open) = (BTreeSet::new(), vec![*page]);
            while let Some(at) = open.pop() {
                let above = self.0.get(at).into_iter().flatten().map(String::as_str);
                for parent in above {
                    if parent != *page && pages.contains(parent) {
                        return false;
                    }
                    if !free.contains(parent) && climbed.insert(parent) {
                        open.push(parent);
                    }
                }
            }
            free.extend(climbed);
            true
        };
        pages.iter().copied().filter(|page| is_top(page)).collect()
    }
}

/// A derivation is likelier than not.
const LIKELY: f64 = 0.5;
