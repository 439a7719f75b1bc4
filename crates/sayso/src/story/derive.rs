//! Which pages of a story derive from which.

use std::collections::HashSet;

use super::{
    Digest,
    lineage::{Evidence, Independent, Lineage, Parent, Root, Sign, Story},
};
use crate::Probability;

/// How the pages of one story, told by their places in `digests`, stand to one another. The same whatever their order.
pub fn link(digests: &[Digest], story: &[usize]) -> Story {
    let mut pages = story.to_vec();
    let rank = |page: usize| digests[page].until.map_or(i64::MAX, |day| (day * 86400.0) as i64);
    pages.sort_by(|&a, &b| rank(a).cmp(&rank(b)).then_with(|| digests[a].id.cmp(&digests[b].id)));
    let mut lineages: Vec<Lineage> = vec![Lineage::default(); pages.len()];
    for (at, &page) in pages.iter().enumerate() {
        let grams: HashSet<Vec<u32>> = grams(&digests[page]);
        for &earlier in &pages[..at] {
            let other = self::grams(&digests[earlier]);
            let shared = grams.intersection(&other).count();
            if shared > 10 {
                let of = digests[page].words.len() as u32;
                let sign = Sign::SharedText { words: shared as u32, of };
                let evidence =
                    vec![Evidence { sign, child: Some(digests[page].words[0].span), parent: None }];
                let parent = Parent { page: earlier, score: Probability::from_thousandths(800), evidence };
                if lineages[at].parents.is_empty() {
                    lineages[at].parents.push(parent);
                } else {
                    lineages[at].undecided.push(parent);
                }
            }
        }
        lineages[at].roots = match lineages[at].parents.first() {
            Some(parent) => vec![Root::Page(parent.page)],
            None => vec![Root::Page(page)],
        };
    }
    let roots = lineages.iter().filter(|lineage| lineage.parents.is_empty()).count() as u32;
    Story { pages, lineages, independent: Independent { proved: 1, possible: roots, why: Vec::new() } }
}

fn grams(page: &Digest) -> HashSet<Vec<u32>> {
    page.words.windows(5).map(|words| words.iter().map(|word| word.hash).collect()).collect()
}
