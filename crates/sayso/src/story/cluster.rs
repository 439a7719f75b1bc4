//! Pages that tell the same story: weighted words, cosines, then average linkage among pages that hang together.
//!
//! A word weighs by how few pages have it, here and in general, and again by how few of the pages around have it:
//! among three hundred reports of one war, its name tells nothing. What is found is a function of the pages and their
//! order; threads share no result.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{
    holdings::{Holdings, Page},
    linkage::{self, EQUAL, LARGEST},
    near::{Near, Slate, Space},
    weigh::{self, Vector},
};

/// For each page, the first page of its group. Pages are in order of time, and all that are held.
pub(super) fn clusters(pages: &[Page], holdings: &Holdings) -> Vec<u32> {
    let known = weigh::words(holdings);
    let general: Vec<Vector> = pages.par_iter().map(|&page| weigh::global(page, &known)).collect();
    drop(known);
    let vectors = search(pages, &general, |space, page, slate| space.reweighed(page, slate));
    drop(general);
    let near = search(pages, &vectors, |space, page, slate| space.nearest(page, slate));
    drop(vectors);
    let components = components((0..pages.len() as u32).collect(), &near, LINK);
    let groups: Vec<Vec<Vec<u32>>> =
        components.par_iter().map(|pages| linkage::groups(pages, &near)).collect();
    let mut first = vec![0; pages.len()];
    for group in groups.iter().flatten() {
        group.iter().for_each(|&page| first[page as usize] = group[0]);
    }
    first
}

/// Searches for every page, on all cores.
fn search<T: Send>(
    pages: &[Page],
    vectors: &[Vector],
    search: impl Fn(&Space, usize, &mut Slate) -> T + Sync,
) -> Vec<T> {
    let space = Space::of(pages, vectors);
    let pages = (0..pages.len()).into_par_iter().with_min_len(BATCH);
    pages.map_init(Slate::default, |slate, page| search(&space, page, slate)).collect()
}

/// Pages that hang together by links of at least this, each component in ascending order. Where too many do, by
/// stronger links; very many that are all but equal stay together.
fn components(pages: Vec<u32>, near: &Near, link: f32) -> Vec<Vec<u32>> {
    let mut parts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, first) in linked(&pages, near, link).into_iter().enumerate() {
        parts.entry(first).or_default().push(pages[at]);
    }
    let split = |part: Vec<u32>| match part.len() > LARGEST && f64::from(link) < EQUAL {
        true => components(part, near, link + STRONGER),
        false => vec![part],
    };
    parts.into_values().flat_map(split).collect()
}

/// For each of these pages, which are in ascending order, the place of the first that it hangs together with.
fn linked(pages: &[u32], near: &Near, link: f32) -> Vec<u32> {
    let mut above: Vec<u32> = (0..pages.len() as u32).collect();
    for (at, &page) in pages.iter().enumerate() {
        for (other, _) in near[page as usize].iter().filter(|&&(_, alike)| alike >= link) {
            if let Ok(other) = pages.binary_search(other) {
                let (a, b) = (top(&mut above, at as u32), top(&mut above, other as u32));
                above[a.max(b) as usize] = a.min(b);
            }
        }
    }
    (0..pages.len() as u32).map(|at| top(&mut above, at)).collect()
}

fn top(above: &mut [u32], mut at: u32) -> u32 {
    while above[at as usize] != at {
        above[at as usize] = above[above[at as usize] as usize];
        at = above[at as usize];
    }
    at
}

/// So many pages at least are searched for in one go, on one slate.
const BATCH: usize = 256;
/// Pages hang together from here on.
const LINK: f32 = 0.15;
/// Components that are too large come apart by links that are stronger by so much each time, up to [`EQUAL`].
const STRONGER: f32 = 0.05;
