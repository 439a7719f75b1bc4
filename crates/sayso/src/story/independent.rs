//! How many independent sources a story has when copies are taken away.
//!
//! Pages count as one where one derives from the other, where their texts are equal, or where the source that one credits
//! before all others the other credits, too: an agency, an outlet, a document. What remains is the most that is possible.
//! Where that source is a speaker, who may have spoken to each, or where pages only share text and it does not show who had
//! it first, they may be one: what remains then is proved. A page that derives from another and answers it with somebody of
//! its own is a further source. People without a name stay what they are: three people in one report are one report.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    lineage::{Independent, Lineage, Reason},
    scene::{Answer, Scene},
};

/// The range, its reasons telling pages by their places in the scene.
pub(super) fn count(scene: &Scene, lineages: &[Lineage]) -> Independent {
    let pages = lineages.len();
    let mut why = Vec::new();
    let is_top = |page: &usize| lineages[*page].parents.is_empty();
    let mut tied = Groups::of(pages);
    for (page, lineage) in lineages.iter().enumerate() {
        for parent in &lineage.parents {
            tied.join(page, parent.page);
        }
    }
    why.extend(tied.several().map(|mut pages| {
        pages.sort_by_key(|page| (!is_top(page), *page));
        Reason::Derived(pages)
    }));
    let mut repeated = BTreeSet::new();
    for pages in scene.equal_texts() {
        repeated.extend(pages[1..].iter().copied());
        if tied.join_all(&pages) {
            why.push(Reason::SameText(pages));
        }
    }
    let tops: Vec<usize> = (0..pages).filter(is_top).collect();
    let sources = sources(scene, &tops);
    let (firm, spoken): (Vec<_>, Vec<_>) = sources.into_iter().partition(|((_, is_firm), _)| *is_firm);
    for ((name, _), pages) in firm {
        tied.join_all(&pages);
        why.push(Reason::SameSource(name, pages));
    }
    let mut perhaps = tied.clone();
    for ((name, _), pages) in spoken {
        if perhaps.join_all(&pages) {
            why.push(Reason::SameSpeaker(name, pages));
        }
    }
    let mut sharing = Groups::of(pages);
    for (page, lineage) in lineages.iter().enumerate() {
        for other in &lineage.undecided {
            if perhaps.join(page, other.page) {
                sharing.join(page, other.page);
            }
        }
    }
    why.extend(sharing.several().map(Reason::SharedText));
    // A page without words says nothing.
    let says = |page: usize| !scene.pages[page].words.is_empty();
    why.extend(alone(&perhaps).filter(|&page| says(page)).map(Reason::Alone));
    let once = tops.into_iter().filter(|page| !repeated.contains(page));
    why.extend(once.filter_map(|page| unnamed(scene, page)));
    let answers = answers(scene, lineages);
    let further = answers.len() as u32;
    why.extend(answers.into_iter().map(|(name, pages)| Reason::Answer(name, pages)));
    Independent { proved: perhaps.count(says) + further, possible: tied.count(says) + further, why }
}

/// Who answers what others report: a person or body by name, and the pages that it speaks to. A claim and its denial have a
/// source each.
fn answers(scene: &Scene, lineages: &[Lineage]) -> Vec<(String, Vec<usize>)> {
    let mut answers: Vec<(Answer, Vec<usize>)> = Vec::new();
    for (page, lineage) in lineages.iter().enumerate().filter(|(_, lineage)| !lineage.parents.is_empty()) {
        let Some(answer) = scene.answer(page, &above(lineages, lineage)) else { continue };
        match answers.iter_mut().take(COMPARED).find(|(known, _)| known.is_one(&answer)) {
            Some((_, pages)) => pages.push(page),
            None => answers.push((answer, vec![page])),
        }
    }
    answers.into_iter().map(|(answer, pages)| (answer.name.to_owned(), pages)).collect()
}

/// The pages that a page derives from, directly and through others.
fn above(lineages: &[Lineage], lineage: &Lineage) -> BTreeSet<usize> {
    let (mut above, mut open) = (BTreeSet::new(), vec![lineage]);
    while let Some(lineage) = open.pop() {
        for parent in &lineage.parents {
            if above.insert(parent.page) {
                open.push(&lineages[parent.page]);
            }
        }
    }
    above
}

/// What pages that derive from none rest on together: the source, whether it gives all of them the same, and the pages.
fn sources(scene: &Scene, tops: &[usize]) -> BTreeMap<(String, bool), Vec<usize>> {
    let mut sources: BTreeMap<(String, bool), BTreeSet<usize>> = BTreeMap::new();
    for (n, &page) in tops.iter().enumerate().take(COMPARED) {
        for &other in &tops[..n] {
            if let Some((name, is_firm)) = scene.main_source(other, page) {
                sources.entry((name.to_owned(), is_firm)).or_default().extend([other, page]);
            }
        }
    }
    sources.into_iter().map(|(source, pages)| (source, pages.into_iter().collect())).collect()
}

/// Of pages that derive from none, so many are compared.
const COMPARED: usize = 256;

/// Pages that nothing ties to another.
fn alone(groups: &Groups) -> impl Iterator<Item = usize> {
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    (0..groups.0.len()).for_each(|page| *sizes.entry(groups.of_page(page)).or_default() += 1);
    (0..groups.0.len()).filter(move |&page| sizes[&groups.of_page(page)] == 1)
}

/// The people without a name that a page rests on: of several, those of whom it speaks first.
fn unnamed(scene: &Scene, page: usize) -> Option<Reason> {
    let unnamed = scene.pages[page].unnamed.first()?;
    Some(Reason::Unnamed(page, unnamed.0.clone(), unnamed.1))
}

impl Independent {
    /// With the reasons telling pages by their places in a list.
    pub(super) fn of(mut self, pages: &[usize]) -> Independent {
        for reason in &mut self.why {
            match reason {
                Reason::Derived(places)
                | Reason::SameText(places)
                | Reason::SameSource(_, places)
                | Reason::SameSpeaker(_, places)
                | Reason::SharedText(places)
                | Reason::Answer(_, places) => {
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

    /// Puts two pages together; whether they were apart.
    fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.of_page(a), self.of_page(b));
        self.0[a.max(b)] = a.min(b);
        a != b
    }

    /// Puts pages together; whether any were apart.
    fn join_all(&mut self, pages: &[usize]) -> bool {
        pages.windows(2).fold(false, |joined, two| self.join(two[0], two[1]) | joined)
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
