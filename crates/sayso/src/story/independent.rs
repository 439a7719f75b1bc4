//! How many independent sources a story has when copies are taken away.

use std::collections::BTreeMap;

use super::{
    lineage::{Independent, Lineage, Reason},
    sign::Scene,
};

/// The range, its reasons telling pages by their places in the scene.
pub(super) fn count(scene: &Scene, lineages: &[Lineage]) -> Independent {
    let mut strict = Groups::of(scene.pages.len());
    let mut groups = Groups::of(scene.pages.len());
    for (page, lineage) in lineages.iter().enumerate() {
        for parent in &lineage.parents {
            strict.join(page, parent.page);
            groups.join(page, parent.page);
        }
        lineage.undecided.iter().for_each(|other| groups.join(page, other.page));
    }
    Independent { proved: groups.count(), possible: strict.count(), why: Vec::new() }
}

impl Independent {
    /// With the reasons telling pages by their places in a list.
    pub(super) fn of(mut self, pages: &[usize]) -> Independent {
        for reason in &mut self.why {
            match reason {
                Reason::Derived(places) | Reason::SameSource(_, places) | Reason::SharedText(places) => {
                    places.iter_mut().for_each(|place| *place = pages[*place]);
                }
                Reason::Unnamed(place, ..) | Reason::Alone(place) => *place = pages[*place],
            }
        }
        self
    }
}

/// Sets of pages that count as one.
struct Groups(Vec<usize>);

impl Groups {
    fn of(pages: usize) -> Groups {
        Groups((0..pages).collect())
    }

    fn of_page(&self, mut page: usize) -> usize {
        while self.0[page] != page {
            page = self.0[page];
        }
        page
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of_page(a), self.of_page(b));
        self.0[a.max(b)] = a.min(b);
    }

    fn count(&self) -> u32 {
        (0..self.0.len()).filter(|&page| self.0[page] == page).count() as u32
    }

    fn members(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        (0..self.0.len()).for_each(|page| members.entry(self.of_page(page)).or_default().push(page));
        members
    }
}
