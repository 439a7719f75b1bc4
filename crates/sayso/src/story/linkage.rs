//! Average linkage (Sokal & Michener 1958) among pages that hang together.
//!
//! Two groups join where their pages are alike on average, measured by how alike the pages inside each are: stories
//! whose pages all retell one text ask for more than those whose pages each tell their own.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::near::{NEAREST, Near};

/// The groups of these pages, which are in ascending order, as are the pages of each group.
pub(super) fn groups(pages: &[u32], near: &Near) -> Vec<Vec<u32>> {
    // So many that are all but equal are one story.
    if pages.len() == 1 || pages.len() > LARGEST {
        return vec![pages.to_vec()];
    }
    let alike = alike(pages, near);
    let mut joining = Groups::of(pages.len(), &alike);
    joining.unite_equal(&alike);
    let firsts = joining.join();
    let mut groups: Vec<Vec<u32>> = vec![Vec::new(); pages.len()];
    for (&page, first) in pages.iter().zip(firsts) {
        groups[first as usize].push(page);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// Two pages by their places and how alike they are, in order; each pair once.
fn alike(pages: &[u32], near: &Near) -> Vec<(u32, u32, f64)> {
    let mut found = Vec::new();
    for (at, &page) in pages.iter().enumerate() {
        for &(other, alike) in &near[page as usize] {
            if let Ok(other) = pages.binary_search(&other) {
                let (a, b) = (at.min(other) as u32, at.max(other) as u32);
                found.push((a, b, f64::from(alike)));
            }
        }
    }
    found.sort_unstable_by_key(|&(a, b, _)| (a, b));
    found.dedup_by_key(|&mut (a, b, _)| (a, b));
    found
}

/// Groups while they join. A joined group gets a number of its own.
struct Groups {
    /// The group that each became a part of, itself while it stands.
    became: Vec<u32>,
    /// The place of its first page.
    first: Vec<u32>,
    size: Vec<f64>,
    /// Sum of the likeness of the pairs inside.
    inside: Vec<f64>,
    /// Groups, perhaps of before, with the sum of their pages' likeness to this one's.
    rows: Vec<Vec<(u32, f64)>>,
    open: BinaryHeap<Join>,
}

/// A likeness in billionths, the first pages of two groups, and the groups. The highest joins first, then the
/// earliest; beyond a billionth, likeness hangs on the order in which it was summed.
type Join = (u64, Reverse<(u32, u32)>, u32, u32);

impl Groups {
    fn of(pages: usize, alike: &[(u32, u32, f64)]) -> Groups {
        let mut groups = Groups {
            became: (0..pages as u32).collect(),
            first: (0..pages as u32).collect(),
            size: vec![1.0; pages],
            inside: vec![0.0; pages],
            rows: vec![Vec::new(); pages],
            open: BinaryHeap::new(),
        };
        for &(a, b, near) in alike {
            groups.rows[a as usize].push((b, near));
            groups.rows[b as usize].push((a, near));
            groups.offer(a, b, near);
        }
        groups
    }

    /// Of very many pages that are equal, none is near to all: halves of them would not be alike on average.
    fn unite_equal(&mut self, alike: &[(u32, u32, f64)]) {
        for &(a, b, _) in alike.iter().filter(|&&(.., near)| near >= EQUAL) {
            let (a, b) = (self.now(a), self.now(b));
            if a != b {
                self.unite(a, b);
            }
        }
    }

    /// Joins while groups are alike enough; returns the place of the first page of each page's group.
    fn join(mut self) -> Vec<u32> {
        let pages = self.size.len() as u32;
        while let Some((_, _, a, b)) = self.open.pop() {
            if self.stands(a) && self.stands(b) {
                self.unite(a, b);
            }
        }
        (0..pages)
            .map(|page| {
                let group = self.now(page);
                self.first[group as usize]
            })
            .collect()
    }

    fn unite(&mut self, a: u32, b: u32) {
        let new = self.became.len() as u32;
        let (row, between) = self.united_row(a, b);
        self.became.push(new);
        self.became[a as usize] = new;
        self.became[b as usize] = new;
        let (a, b) = (a as usize, b as usize);
        self.first.push(self.first[a].min(self.first[b]));
        self.size.push(self.size[a] + self.size[b]);
        self.inside.push(self.inside[a] + self.inside[b] + between);
        row.iter().for_each(|&(other, near)| self.offer(other, new, near));
        self.rows.push(row);
    }

    /// The row of two groups together, without the two, and their likeness to each other.
    fn united_row(&mut self, a: u32, b: u32) -> (Vec<(u32, f64)>, f64) {
        let mut row = std::mem::take(&mut self.rows[a as usize]);
        row.append(&mut self.rows[b as usize]);
        row.iter_mut().for_each(|(other, _)| *other = self.now(*other));
        row.sort_unstable_by(|x, y| x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)));
        // Each pair between the two stands in both rows.
        let between: f64 =
            row.iter().filter(|(other, _)| *other == a || *other == b).map(|(_, near)| near / 2.0).sum();
        row.retain(|(other, _)| *other != a && *other != b);
        row.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            kept.1 += if is_same { next.1 } else { 0.0 };
            is_same
        });
        (row, between)
    }

    /// Two groups may join, if they are alike enough.
    fn offer(&mut self, a: u32, b: u32, near: f64) {
        let (i, j) = (a as usize, b as usize);
        let (smaller, larger) = (self.size[i].min(self.size[j]), self.size[i].max(self.size[j]));
        // A page has no more than so many near ones that could count.
        let mean = near / (smaller * larger.min(NEAREST as f64));
        let measure = libm::pow(TYPICAL * TYPICAL / (self.coherence(i) * self.coherence(j)), SELF / 2.0);
        let score = mean * measure * libm::pow(smaller.min(LARGE), -SMALL);
        if score >= JOINS {
            let (x, y) = (self.first[i], self.first[j]);
            self.open.push(((score * 1e9).round() as u64, Reverse((x.min(y), x.max(y))), a, b));
        }
    }

    /// How alike the pages of a group are, on average; of few pages, near to what is usual.
    fn coherence(&self, group: usize) -> f64 {
        let size = self.size[group];
        let pairs = size * (size - 1.0).min(NEAREST as f64) / 2.0;
        ((self.inside[group] + USUAL * TYPICAL) / (pairs + USUAL)).max(LOOSEST)
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

/// More pages are not told apart: joining takes up to the square of their number.
pub(super) const LARGEST: usize = 10_000;
/// Pages that are so much alike are together from the start.
pub(super) const EQUAL: f64 = 0.9;
/// Groups join from here on.
const JOINS: f64 = 0.07;
/// What pages of one story usually have in common, and as how many pairs that counts; the least that counts.
const TYPICAL: f64 = 0.15;
const USUAL: f64 = 3.0;
const LOOSEST: f64 = 0.1;
/// How much a group is measured by itself, and how much less it takes to join small ones.
const SELF: f64 = 0.7;
const SMALL: f64 = 0.2;
/// Groups larger than this count as of this size there.
const LARGE: f64 = 6.0;
