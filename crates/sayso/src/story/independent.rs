//! How many independent sources a story has when copies are taken away.
//!
//! Pages count as one where one derives from the other, or where the source that one credits before all others the other
//! credits, too: an agency, an outlet, a document. What remains is the most that is possible. Where that source is a speaker,
//! who may have spoken to each, or where pages only share text and it does not show who had it first, they may be one: what
//! remains then is proved.
//! People without a name stay what they are: three people in one report are one report.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    lineage::{Independent, Lineage, Reason},
    sign::Scene,
};

/// The range, its reasons telling pages by their places in the scene.
pub(super) fn count(scene: &Scene, lineages: &[Lineage]) -> Independent {
    let pages = lineages.len();
    let mut why = Vec::new();
    let mut derived = Groups::of(pages);
    for (page, lineage) in lineages.iter().enumerate() {
        lineage.parents.iter().for_each(|parent| derived.join(page, parent.page));
    }
    let is_top = |page: &usize| lineages[*page].parents.is_empty();
    why.extend(derived.several().map(|mut pages| {
        pages.sort_by_key(|page| (!is_top(page), *page));
        Reason::Derived(pages)
    }));
    let mut tied = derived.clone();
    let tops: Vec<usize> = (0..pages).filter(is_top).collect();
    let mut same: Vec<(String, bool, Vec<usize>)> = Vec::new();
    for (n, &page) in tops.iter().enumerate().take(COMPARED) {
        for &other in &tops[..n] {
            let Some((name, is_firm)) = scene.main_source(other, page) else { continue };
            match same.iter_mut().find(|known| (known.0.as_str(), known.1) == (name, is_firm)) {
                Some((_, _, pages)) => pages.extend([other, page]),
                None => same.push((name.to_owned(), is_firm, vec![other, page])),
            }
        }
    }
    same.iter().filter(|(_, is_firm, _)| *is_firm).for_each(|(.., pages)| tied.join_all(pages));
    let mut perhaps = tied.clone();
    same.iter().for_each(|(.., pages)| perhaps.join_all(pages));
    why.extend(same.into_iter().map(|(name, _, mut pages)| {
        pages.sort_unstable();
        pages.dedup();
        Reason::SameSource(name, pages)
    }));
    for (page, lineage) in lineages.iter().enumerate() {
        for other in &lineage.undecided {
            if perhaps.of_page(page) != perhaps.of_page(other.page) {
                why.push(Reason::SharedText(vec![other.page, page]));
            }
            perhaps.join(page, other.page);
        }
    }
    why.extend(alone(&perhaps).filter(|&page| !scene.pages[page].words.is_empty()).map(Reason::Alone));
    why.extend(tops.into_iter().filter_map(|page| unnamed(scene, page)));
    // A page without words says nothing.
    let says = |page: usize| !scene.pages[page].words.is_empty();
    Independent { proved: perhaps.count(says), possible: tied.count(says), why }
}

/// Of pages that derive from none, so many are compared.
const COMPARED: usize = 256;

/// Pages that nothing ties to another.
fn alone(groups: &Groups) -> impl Iterator<Item = usize> {
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    (0..groups.0.len()).for_each(|page| *sizes.entry(groups.of_page(page)).or_default() += 1);
    (0..groups.0.len()).filter(move |&page| sizes[&groups.of_page(page)] == 1)
}

/// The people without a name that a page rests on: of several, the most numerous.
fn unnamed(scene: &Scene, page: usize) -> Option<Reason> {
    let unnamed = scene.pages[page].unnamed.iter().rev().max_by_key(|(_, min)| *min)?;
    Some(Reason::Unnamed(page, unnamed.0.clone(), unnamed.1))
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
#[derive(Clone)]
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

    fn join_all(&mut self, pages: &[usize]) {
        pages.windows(2).for_each(|two| self.join(two[0], two[1]));
    }

    /// How many sets have a page that says something.
    fn count(&self, says: impl Fn(usize) -> bool) -> u32 {
        let sets: BTreeSet<usize> =
            (0..self.0.len()).filter(|&page| says(page)).map(|page| self.of_page(page)).collect();
        sets.len() as u32
    }

    /// The sets of more than one page.
    fn several(&self) -> impl Iterator<Item = Vec<usize>> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        (0..self.0.len()).for_each(|page| members.entry(self.of_page(page)).or_default().push(page));
        members.into_values().filter(|members| members.len() > 1)
    }
}
