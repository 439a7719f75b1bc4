//! Pages that tell the same story: average linkage (Sokal & Michener 1958) of pages that are alike.
//!
//! Two groups join where their pages are alike on average, measured by how alike the pages inside each are: stories whose
//! pages all retell one text ask for more than those whose pages each tell their own. Pages that no chain of clear likeness
//! ties are never compared, so each part of an archive is grouped by itself.

use std::{
    cmp::Ordering,
    collections::{BinaryHeap, HashMap},
};

use rayon::prelude::*;

use super::{
    near::{self, Alike},
    sketch::Sketch,
};

/// For each page, the first page of its group. Pages are in order of time.
pub(super) fn clusters(pages: &[&Sketch]) -> Vec<usize> {
    let alike = near::alike(pages);
    let parts = parts(pages.len(), &alike);
    let mut of_part: HashMap<u32, Vec<Alike>> = HashMap::new();
    for &pair in alike.iter().filter(|pair| parts[pair.0 as usize] == parts[pair.1 as usize]) {
        of_part.entry(parts[pair.0 as usize]).or_default().push(pair);
    }
    drop(alike);
    let mut first: Vec<usize> = (0..pages.len()).collect();
    let grouped: Vec<(Vec<u32>, Vec<usize>)> =
        of_part.into_par_iter().map(|(_, alike)| groups(alike)).collect();
    for (members, groups) in grouped {
        for (&member, group) in members.iter().zip(groups) {
            first[member as usize] = members[group] as usize;
        }
    }
    first
}

/// Of each page, the first that a chain of clear likeness ties it to.
fn parts(pages: usize, alike: &[Alike]) -> Vec<u32> {
    let mut of: Vec<u32> = (0..pages as u32).collect();
    let root = |of: &mut Vec<u32>, mut page: u32| {
        while of[page as usize] != page {
            of[page as usize] = of[of[page as usize] as usize];
            page = of[page as usize];
        }
        page
    };
    for &(a, b, _) in alike.iter().filter(|pair| f64::from(pair.2) >= CLEAR) {
        let (a, b) = (root(&mut of, a), root(&mut of, b));
        of[a.max(b) as usize] = a.min(b);
    }
    (0..pages as u32).map(|page| root(&mut of, page)).collect()
}

/// The pages of a part in order, and of each the place there of the first page of its group.
fn groups(mut alike: Vec<Alike>) -> (Vec<u32>, Vec<usize>) {
    let mut members: Vec<u32> = alike.iter().flat_map(|&(a, b, _)| [a, b]).collect();
    members.sort_unstable();
    members.dedup();
    let place = |page: u32| members.partition_point(|&member| member < page) as u32;
    alike.iter_mut().for_each(|(a, b, _)| (*a, *b) = (place(*a), place(*b)));
    let groups = Groups::of(members.len(), &alike).join();
    (members, groups)
}

/// Groups of pages while they join. A joined group gets a number of its own.
struct Groups {
    /// The group that each became a part of, itself while it stands.
    became: Vec<u32>,
    size: Vec<f64>,
    /// Sum of the likeness of the pairs inside.
    inside: Vec<f64>,
    /// Groups, perhaps of before, with the sum of their pages' likeness to this one's.
    rows: Vec<Vec<(u32, f64)>>,
    open: BinaryHeap<Join>,
}

/// A likeness and two groups; the highest first, then the lowest numbers.
#[derive(PartialEq)]
struct Join(f64, u32, u32);

impl Eq for Join {}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Join) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Join {
    fn cmp(&self, other: &Join) -> Ordering {
        self.0.total_cmp(&other.0).then((other.1, other.2).cmp(&(self.1, self.2)))
    }
}

impl Groups {
    fn of(pages: usize, alike: &[Alike]) -> Groups {
        let mut groups = Groups {
            became: (0..pages as u32).collect(),
            size: vec![1.0; pages],
            inside: vec![0.0; pages],
            rows: vec![Vec::new(); pages],
            open: BinaryHeap::new(),
        };
        for &(a, b, near) in alike {
            groups.rows[a as usize].push((b, near.into()));
            groups.rows[b as usize].push((a, near.into()));
            groups.offer(a, b, near.into());
        }
        groups
    }

    /// Joins while groups are alike enough; returns the first page of each page's group.
    fn join(mut self) -> Vec<usize> {
        let pages = self.size.len();
        while let Some(Join(_, a, b)) = self.open.pop() {
            if self.stands(a) && self.stands(b) {
                self.unite(a, b);
            }
        }
        let mut first = HashMap::new();
        (0..pages as u32).map(|page| *first.entry(self.now(page)).or_insert(page as usize)).collect()
    }

    fn unite(&mut self, a: u32, b: u32) {
        let new = self.became.len() as u32;
        let mut row = std::mem::take(&mut self.rows[a as usize]);
        row.append(&mut self.rows[b as usize]);
        row.iter_mut().for_each(|(other, _)| *other = self.now(*other));
        row.sort_unstable_by(|x, y| x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)));
        // Each pair between the two stands in both rows.
        let between: f64 =
            row.iter().filter(|(other, _)| *other == a || *other == b).map(|(_, near)| near).sum();
        row.retain(|(other, _)| *other != a && *other != b);
        row.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        self.became.push(new);
        self.became[a as usize] = new;
        self.became[b as usize] = new;
        self.size.push(self.size[a as usize] + self.size[b as usize]);
        self.inside.push(self.inside[a as usize] + self.inside[b as usize] + between / 2.0);
        row.iter().for_each(|&(other, near)| self.offer(other, new, near));
        self.rows.push(row);
    }

    /// Two groups may join, if they are alike enough.
    fn offer(&mut self, a: u32, b: u32, near: f64) {
        let (i, j) = (a as usize, b as usize);
        let mean = near / (self.size[i] * self.size[j]);
        let smaller = self.size[i].min(self.size[j]).min(LARGE);
        let measure = libm::pow(TYPICAL * TYPICAL / (self.coherence(i) * self.coherence(j)), SELF / 2.0);
        let score = mean * measure * libm::pow(smaller, -SMALL);
        if score >= JOINS {
            // Sums of the same numbers in another order may differ in their last digits.
            self.open.push(Join((score * 1e9).round() / 1e9, a, b));
        }
    }

    /// How alike the pages of a group are, on average; of few pages, near to what is usual.
    fn coherence(&self, group: usize) -> f64 {
        let pairs = self.size[group] * (self.size[group] - 1.0) / 2.0;
        ((self.inside[group] + USUAL * TYPICAL) / (pairs + USUAL)).max(LEAST)
    }

    fn stands(&self, group: u32) -> bool {
        self.became[group as usize] == group
    }

    /// The group that one of before is in now.
    fn now(&mut self, mut group: u32) -> u32 {
        while !self.stands(group) {
            let next = self.became[group as usize];
            self.became[group as usize] = self.became[next as usize];
            group = next;
        }
        group
    }
}

/// Likeness that ties parts of an archive.
const CLEAR: f64 = 0.15;
/// Groups join from here on.
const JOINS: f64 = 0.07;
/// What pages of one story usually have in common, and as how many pairs that counts.
const TYPICAL: f64 = 0.15;
const USUAL: f64 = 3.0;
/// No group is measured by less.
const LEAST: f64 = 0.1;
/// How much a group is measured by itself, and how much less it takes to join small ones.
const SELF: f64 = 0.7;
const SMALL: f64 = 0.2;
/// Groups larger than this count as of this size there.
const LARGE: f64 = 6.0;
