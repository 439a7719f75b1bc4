//! Pages that are alike: cosines of weighted words, of the pages that share the words that tell most.
//!
//! A word weighs by how few pages have it, in the archive and in general, and again by how few of the page's own neighbours
//! have it: what all pages of a kind have in common does not tell their stories apart. Each page is compared with those just
//! before it in time, so an archive's growth does not slow it down.

use std::collections::HashMap;

use rayon::prelude::*;

use super::{
    background,
    sketch::{ONE, Sketch},
};

/// Two pages, the earlier one first, and how alike they are.
pub(super) type Alike = (u32, u32, f32);

/// Pairs of pages that are alike. Pages are in order of time.
pub(super) fn alike(pages: &[&Sketch]) -> Vec<Alike> {
    let rarities = rarities(pages);
    let mut vectors: Vec<Box<[f32]>> = pages.par_iter().map(|page| vector(page, &rarities)).collect();
    let mut found = candidates(pages, &vectors);
    let nearest = nearest(pages.len(), &found);
    vectors = (pages.par_iter().zip(&vectors).enumerate())
        .map(|(at, (page, vector))| telling(pages, page, vector, &nearest[at]))
        .collect();
    drop(nearest);
    found.par_iter_mut().for_each(|(a, b, near)| {
        let (i, j) = (*a as usize, *b as usize);
        let cosine = cosine(pages[i], &vectors[i], pages[j], &vectors[j]);
        *near = (cosine * recent(pages[i].day, pages[j].day)) as f32;
    });
    found.retain(|&(_, _, near)| f64::from(near) >= FAINT);
    found
}

/// How rare each word is.
fn rarities(pages: &[&Sketch]) -> HashMap<u32, f32> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for page in pages {
        page.words.iter().for_each(|&word| *counts.entry(word).or_default() += 1);
    }
    let all = pages.len() as f64 + GENERAL;
    let rarity = |(word, count): (u32, u32)| {
        let rarity = libm::log(all / (f64::from(count) + GENERAL * background::share(word) + 0.5));
        let rarity = if rarity < COMMON { 0.0 } else { rarity };
        (word, (if count == 1 { rarity * ALONE } else { rarity }) as f32)
    };
    counts.into_iter().map(rarity).collect()
}

/// The weights of a page's words, of length one together.
fn vector(page: &Sketch, rarities: &HashMap<u32, f32>) -> Box<[f32]> {
    let weights = page.words.iter().zip(&page.weights);
    normal(weights.map(|(word, &much)| f64::from(much) / ONE * f64::from(rarities[word])).collect())
}

fn normal(weights: Vec<f64>) -> Box<[f32]> {
    let length = weights.iter().map(|weight| weight * weight).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
    weights.into_iter().map(|weight| (weight / length) as f32).collect()
}

/// Pairs of pages whose cosine is not faint, of those that share the words that tell most of each.
fn candidates(pages: &[&Sketch], vectors: &[Box<[f32]>]) -> Vec<Alike> {
    let mut postings: Vec<(u32, u32)> = (0..pages.len())
        .into_par_iter()
        .flat_map_iter(|at| {
            heaviest(pages[at], &vectors[at]).into_iter().map(move |(word, _)| (word, at as u32))
        })
        .collect();
    postings.par_sort_unstable();
    let of_page = |at: usize| {
        let mut shared: HashMap<u32, f32> = HashMap::new();
        for (word, weight) in heaviest(pages[at], &vectors[at]) {
            let end = postings.partition_point(|&posting| posting < (word, at as u32));
            let before = postings[end.saturating_sub(WINDOW)..end].iter().rev();
            for &(_, other) in before.take_while(|posting| posting.0 == word) {
                *shared.entry(other).or_default() += weight * weight;
            }
        }
        let mut most: Vec<(u32, f32)> = shared.into_iter().collect();
        let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0));
        if most.len() > NEAREST {
            most.select_nth_unstable_by(NEAREST, order);
            most.truncate(NEAREST);
        }
        let near = |(other, _): (u32, f32)| {
            let near = cosine(pages[at], &vectors[at], pages[other as usize], &vectors[other as usize]);
            (other, at as u32, near as f32)
        };
        let mut near: Vec<Alike> = most.into_iter().map(near).collect();
        near.retain(|&(_, _, near)| f64::from(near) >= FAINT);
        near.sort_unstable_by_key(|&(other, ..)| other);
        near
    };
    (0..pages.len()).into_par_iter().flat_map_iter(of_page).collect()
}

/// The words of a page that weigh most.
fn heaviest(page: &Sketch, vector: &[f32]) -> Vec<(u32, f32)> {
    let mut words: Vec<(u32, f32)> = page.words.iter().copied().zip(vector.iter().copied()).collect();
    words.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    words.truncate(TELLING);
    words
}

/// Of each page, its nearest, before and after it.
fn nearest(pages: usize, alike: &[Alike]) -> Vec<Vec<u32>> {
    let mut near: Vec<Vec<(f32, u32)>> = vec![Vec::new(); pages];
    for &(a, b, cosine) in alike {
        near[a as usize].push((cosine, b));
        near[b as usize].push((cosine, a));
    }
    let of_page = |mut near: Vec<(f32, u32)>| {
        near.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        near.truncate(NEIGHBOURS);
        near.into_iter().map(|(_, page)| page).collect()
    };
    near.into_par_iter().map(of_page).collect()
}

/// The weights of a page's words by how few of its nearest have them.
fn telling(pages: &[&Sketch], page: &Sketch, vector: &[f32], nearest: &[u32]) -> Box<[f32]> {
    let mut counts = vec![0u32; page.words.len()];
    for &other in nearest {
        common(page, pages[other as usize], |own, _| counts[own] += 1);
    }
    let all = libm::log(NEIGHBOURS as f64 + 1.0);
    let weight = |(&weight, &count): (&f32, &u32)| {
        let rarity = libm::log((NEIGHBOURS as f64 + 1.0) / (f64::from(count) + 1.0)) / all;
        f64::from(weight) * libm::pow(rarity.max(0.0), LOCAL)
    };
    normal(vector.iter().zip(&counts).map(weight).collect())
}

fn cosine(a: &Sketch, of_a: &[f32], b: &Sketch, of_b: &[f32]) -> f64 {
    let mut sum = 0.0;
    common(a, b, |i, j| sum += f64::from(of_a[i]) * f64::from(of_b[j]));
    sum
}

/// The places of the words that two pages share.
fn common(a: &Sketch, b: &Sketch, mut with: impl FnMut(usize, usize)) {
    let (mut i, mut j) = (0, 0);
    while i < a.words.len() && j < b.words.len() {
        let (word, other) = (a.words[i], b.words[j]);
        if word == other {
            with(i, j);
        }
        i += usize::from(word <= other);
        j += usize::from(other <= word);
    }
}

/// How much likeness counts between pages of two days.
fn recent(a: Option<f64>, b: Option<f64>) -> f64 {
    match (a, b) {
        (Some(a), Some(b)) => libm::exp(-((a - b).abs() - GRACE).max(0.0) / DECAY),
        _ => 1.0,
    }
}

/// General experience of words counts as so many pages.
const GENERAL: f64 = 300.0;
/// A word that one page alone has says less of what that is about.
const ALONE: f64 = 0.5;
/// Words less rare than this are left out.
const COMMON: f64 = 0.7;
/// So many words of a page are looked up,
const TELLING: usize = 40;
/// in so many pages before it that have each,
const WINDOW: usize = 200;
/// and it is compared with so many that share most.
const NEAREST: usize = 100;
/// Pages less alike are not told of.
const FAINT: f64 = 0.03;
/// So many of the nearest pages tell how rare a word is among them,
const NEIGHBOURS: usize = 300;
/// and so much that counts.
const LOCAL: f64 = 0.7;
/// Days that make no difference, and days in which likeness falls to `1/e`.
const GRACE: f64 = 2.0;
const DECAY: f64 = 10.0;
