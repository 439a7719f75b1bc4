//! Which part of the page is the article.
//!
//! Running text has mass: characters outside links in passages that read like prose. From the root the search goes
//! down into the child that holds nearly all mass of its parent, and stops where the mass is spread; so a body that
//! is split over several containers is found as their common parent. (The idea of scoring containers by their
//! paragraphs is Readability's; the descent replaces its propagation of scores.)

use html5ever::local_name;

use super::flow::{Element, Flow, Passage, Shape};
use super::zone::Zone;
use crate::BlockKind;

/// A child with this share of its parent's mass is gone into.
const DOMINANT: f64 = 0.80;

/// An article element around the headline with this share of the region's weight is the article.
const OWN: f64 = 0.05;

/// Prose right before a region with this share of its weight belongs to the article.
const BESIDE: f64 = 0.01;

/// The article's region.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    /// Index into [`Flow::boxes`].
    pub(super) root: usize,
}

/// For each box, the zones that hold in it: its own and those of the boxes around it.
pub(super) fn zones(flow: &Flow) -> Vec<Zone> {
    let raw = masses(flow, |_| true);
    let total = raw.last().copied().unwrap_or(0.0);
    let heading = flow.passages.iter().position(|p| p.shape == Shape::Heading(1));
    let mut zones: Vec<Zone> = Vec::with_capacity(flow.boxes.len());
    for (i, element) in flow.boxes.iter().enumerate() {
        let own = held(element, &raw, total, heading);
        let mut around = if i == 0 { Zone::default() } else { zones[element.parent] };
        if own.any(Zone::ARTICLE) && raw[element.passages.end] - raw[element.passages.start] > 0.0 {
            // "sidebar-grid" around "article-content" is a grid.
            around = around.without(Zone::RELATED | Zone::ASIDE);
        }
        let zone = around | own;
        // A quotation of a post stands for itself, whatever the widget around it is called.
        let quotes = element.name == local_name!("blockquote");
        zones.push(if quotes { zone.without(Zone::WIDGET) } else { zone });
    }
    zones
}

/// The zones that a box may claim: a wrapper of the headline or of most text is no furniture, whatever its class.
fn held(element: &Element, raw: &[f64], total: f64, heading: Option<usize>) -> Zone {
    let mass = raw[element.passages.end] - raw[element.passages.start];
    let wraps_heading = heading.is_some_and(|h| element.passages.contains(&h) && element.passages.len() > 12);
    let page_wide = matches!(element.name, local_name!("html") | local_name!("body") | local_name!("main"));
    let mut zone = element.zone;
    let says_article = zone.any(Zone::ARTICLE) && mass > 0.02 * total;
    if says_article || page_wide || wraps_heading || (mass > 0.3 * total && !zone.any(Zone::COMMENT)) {
        zone = zone.without(Zone::ALL_BUT_ARTICLE);
    }
    // A good part of the page's text that is hidden waits for "read more".
    if mass > 0.5 * total { zone.without(Zone::HIDDEN) } else { zone }
}

/// Prefix sums of mass: the mass of passages `a..b` is `sums[b] - sums[a]`.
pub(super) fn masses(flow: &Flow, counts: impl Fn(&Passage) -> bool) -> Vec<f64> {
    let mut sums = Vec::with_capacity(flow.passages.len() + 1);
    let mut sum = 0.0;
    sums.push(sum);
    for passage in &flow.passages {
        if counts(passage) {
            sum += mass(flow, passage);
        }
        sums.push(sum);
    }
    sums
}

/// How much prose a passage is.
pub(super) fn mass(flow: &Flow, passage: &Passage) -> f64 {
    let own = passage.chars.saturating_sub(passage.linked) as f64;
    let text = &flow.text[passage.span.clone()];
    // Scripts without spaces say in one character what others say in two or three.
    let wide = if text.len() > 2 * passage.chars { 2.0 } else { 1.0 };
    let prose = own * wide;
    if prose < 40.0 || passage.linked * 2 > passage.chars || matches!(passage.shape, Shape::Heading(_)) {
        return 0.0;
    }
    let stops = text.bytes().filter(|b| matches!(b, b',' | b'.' | b';' | b'?' | b'!')).count();
    if stops == 0 && text.is_ascii() { prose * 0.3 } else { prose }
}

/// Finds the article; none where the page has no prose.
pub(super) fn region(flow: &Flow, zones: &[Zone]) -> Option<Region> {
    let sums = [Zone::FURNITURE | Zone::CAPTION | Zone::HIDDEN, Zone::NAV, Zone::default()]
        .iter()
        .map(|&excluded| weights(flow, |p| !(zones[p.parent] | p.zone).any(excluded)))
        .find(|sums| sums.last().is_some_and(|&total| total > 0.0))?;
    let within = |i: usize| {
        let range = &flow.boxes[i].passages;
        sums[range.end] - sums[range.start]
    };
    let mut root = 0;
    loop {
        let here = within(root);
        let best = children(flow, root).max_by(|&a, &b| within(a).total_cmp(&within(b)).then(b.cmp(&a)));
        match best {
            Some(child) if within(child) >= DOMINANT * here && !is_leaf(flow, child) => root = child,
            _ => {
                let root = own_article(flow, root, within).unwrap_or(root);
                return Some(Region { root: with_siblings(flow, root, within) });
            }
        }
    }
}

/// The parent, where it holds prose of its own before the region: the first paragraphs before a folded rest.
fn with_siblings(flow: &Flow, root: usize, within: impl Fn(usize) -> f64) -> usize {
    let parent = flow.boxes[root].parent;
    let before =
        children(flow, parent).take_while(|&child| child < root).filter(|&child| is_leaf(flow, child));
    let beside: f64 = before.map(&within).sum();
    if beside > BESIDE * within(root) { parent } else { root }
}

/// The article element around the headline, where the region holds other texts beside it.
fn own_article(flow: &Flow, root: usize, within: impl Fn(usize) -> f64) -> Option<usize> {
    let headline = flow.passages.iter().position(|p| p.shape == Shape::Heading(1) && p.chars > 14)?;
    (root + 1..flow.boxes[root].end).find(|&i| {
        let element = &flow.boxes[i];
        let says_article = element.name == local_name!("article") || element.zone.any(Zone::ARTICLE);
        says_article && element.passages.contains(&headline) && within(i) > OWN * within(root)
    })
}

/// Prefix sums of weight: mass times the mass that stands in the same container, so that one long text outweighs many
/// short ones.
fn weights(flow: &Flow, counts: impl Fn(&Passage) -> bool) -> Vec<f64> {
    let containers: Vec<usize> = containers(flow);
    let mut held = vec![0.0; flow.boxes.len()];
    let masses: Vec<f64> =
        flow.passages.iter().map(|p| if counts(p) { mass(flow, p) } else { 0.0 }).collect();
    for (passage, mass) in flow.passages.iter().zip(&masses) {
        held[containers[passage.parent]] += mass;
    }
    let mut sum = 0.0;
    let mut sums = vec![sum];
    for (passage, mass) in flow.passages.iter().zip(&masses) {
        sum += mass * held[containers[passage.parent]];
        sums.push(sum);
    }
    sums
}

/// For each box, the nearest box around it, or itself, that holds several passages and is not a paragraph.
fn containers(flow: &Flow) -> Vec<usize> {
    let mut containers: Vec<usize> = Vec::with_capacity(flow.boxes.len());
    for (i, element) in flow.boxes.iter().enumerate() {
        let alone = i > 0 && is_leaf(flow, i);
        containers.push(if alone { containers[element.parent] } else { i });
    }
    containers
}

/// Whether a box holds text of its own rather than blocks: a paragraph is no region.
fn is_leaf(flow: &Flow, index: usize) -> bool {
    let element = &flow.boxes[index];
    matches!(element.name, local_name!("p")) || element.passages.len() <= 1
}

/// The boxes directly inside a box.
pub(super) fn children(flow: &Flow, index: usize) -> impl Iterator<Item = usize> {
    let end = flow.boxes[index].end;
    let mut at = index + 1;
    std::iter::from_fn(move || {
        (at < end).then(|| {
            let here = at;
            at = flow.boxes[here].end;
            here
        })
    })
}

/// Drops what stands after the last or before the first running text of the region and is not part of it: lists and
/// headings at the edges are furniture.
pub(super) fn trim(flow: &Flow, parts: &mut [(&Passage, BlockKind)]) {
    let prose = |part: &(&Passage, BlockKind)| {
        matches!(part.1, BlockKind::Paragraph | BlockKind::Quotation) && mass(flow, part.0) > 0.0
    };
    let Some(last) = parts.iter().rposition(prose) else { return };
    for part in &mut parts[last + 1..] {
        if part.1 == BlockKind::Subhead {
            part.1 = BlockKind::Debris;
        }
    }
}
