//! Pages that tell the same story: weighted words, cosines, average linkage (Sokal & Michener 1958).
//!
//! A word weighs by how few pages have it, here and in general. Two groups join where their pages are alike on average,
//! measured by how alike the pages inside each are: stories whose pages all retell one text ask for more than those
//! whose pages each tell their own.

use std::{
    cmp::Ordering,
    collections::{BinaryHeap, HashMap},
};

use super::{Digest, background};

/// For each page, the first page of its group. Pages are in order of their ids.
pub(super) fn clusters(pages: &[&Digest]) -> Vec<usize> {
    let vectors = vectors(pages);
    let alike = alike(pages, &vectors);
    Groups::of(pages.len(), &alike).join()
}

/// Words with their weights, ascending by word; of length one.
type Vector = Vec<(u32, f32)>;

fn vectors(pages: &[&Digest]) -> Vec<Vector> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for page in pages {
        page.terms.iter().for_each(|&(word, _)| *counts.entry(word).or_default() += 1);
    }
    let rarity = |word: u32| {
        let count = counts[&word];
        let all = pages.len() as f64 + GENERAL;
        let rarity = libm::log(all / (f64::from(count) + GENERAL * background::share(word) + 0.5));
        if count == 1 { rarity * ALONE } else { rarity }
    };
    let rarities: HashMap<u32, f64> = counts.keys().map(|&word| (word, rarity(word))).collect();
    let vector = |page: &&Digest| {
        let kept = page.terms.iter().filter(|(word, _)| rarities[word] >= COMMON);
        let weighted: Vec<(u32, f64)> =
            kept.map(|&(word, much)| (word, f64::from(much) * rarities[&word])).collect();
        let length =
            weighted.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        weighted.into_iter().map(|(word, weight)| (word, (weight / length) as f32)).collect()
    };
    pages.iter().map(vector).collect()
}

/// Two pages and how alike they are, in order.
type Alike = (u32, u32, f32);

/// Pairs of pages that share one of the words that tell most of each.
fn alike(pages: &[&Digest], vectors: &[Vector]) -> Vec<Alike> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    vectors.iter().flatten().for_each(|&(word, _)| *counts.entry(word).or_default() += 1);
    let mut postings: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut found = Vec::new();
    let mut seen = vec![u32::MAX; pages.len()];
    for (at, vector) in vectors.iter().enumerate() {
        let mut telling: Vec<(u32, f32)> =
            vector.iter().filter(|(word, _)| (2..=CROWD).contains(&counts[word])).copied().collect();
        telling.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for &(word, _) in telling.iter().take(TELLING) {
            let others = postings.entry(word).or_default();
            for &other in others.iter() {
                if std::mem::replace(&mut seen[other as usize], at as u32) != at as u32 {
                    let near = cosine(vector, &vectors[other as usize])
                        * recent(pages[at].day, pages[other as usize].day);
                    if near >= FAINT {
                        found.push((other, at as u32, near as f32));
                    }
                }
            }
            others.push(at as u32);
        }
    }
    found.sort_unstable_by_key(|&(a, b, _)| (a, b));
    found
}

fn cosine(a: &Vector, b: &Vector) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                sum += f64::from(a[i].1) * f64::from(b[j].1);
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// How much likeness counts between pages of two days.
fn recent(a: Option<f64>, b: Option<f64>) -> f64 {
    match (a, b) {
        (Some(a), Some(b)) => libm::exp(-((a - b).abs() - GRACE).max(0.0) / DECAY),
        _ => 1.0,
    }
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
        if mean >= FAINT / 2.0 && score >= JOINS {
            self.open.push(Join(score, a, b));
        }
    }

    /// How alike the pages of a group are, on average; of few pages, near to what is usual.
    fn coherence(&self, group: usize) -> f64 {
        let pairs = self.size[group] * (self.size[group] - 1.0) / 2.0;
        (self.inside[group] + USUAL * TYPICAL) / (pairs + USUAL)
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

/// General experience of words counts as so many pages.
const GENERAL: f64 = 1000.0;
/// A word that one page alone has says less of what that is about.
const ALONE: f64 = 0.5;
/// Words less rare than this are left out.
const COMMON: f64 = 0.7;
/// So many words of a page are looked up,
const TELLING: usize = 40;
/// those that at most so many pages have.
const CROWD: u32 = 1024;
/// Pages less alike are not compared.
const FAINT: f64 = 0.02;
/// Days that make no difference, and days in which likeness falls to `1/e`.
const GRACE: f64 = 2.0;
const DECAY: f64 = 10.0;
/// Groups join from here on.
const JOINS: f64 = 0.115;
/// What pages of one story usually have in common, and as how many pairs that counts.
const TYPICAL: f64 = 0.2;
const USUAL: f64 = 3.0;
/// How much a group is measured by itself, and how much less it takes to join small ones.
const SELF: f64 = 0.7;
const SMALL: f64 = 0.2;
/// Groups larger than this count as of this size there.
const LARGE: f64 = 8.0;
