//! Which pages of a story derive from which.
//!
//! A page derives from another of its story or from none of them: options whose log-odds are weighted sums of signs. Each
//! page takes the most probable parent, the surest first and never in a circle; where it is likelier that it has none
//! here, nothing is claimed. A further parent is one that explains words which the first does not have.

use std::{collections::BTreeSet, sync::LazyLock};

use super::{
    Digest, independent,
    lineage::{Lineage, Parent, Root, Story},
    sign::{Pair, SIGNS, Scene, Shares},
};
use crate::Probability;

/// Signs of one option, in the order of [`sign_names`].
pub type Signs = [f64; SIGNS.len()];

/// The names of the signs.
pub fn sign_names() -> &'static [&'static str] {
    &SIGNS
}

/// How much each sign weighs.
#[derive(Clone, Debug)]
pub struct Weights(pub Signs);

impl Weights {
    /// Reads rows of sign and weight, as training writes them; none where a sign is missing.
    pub fn parse(rows: &str) -> Option<Weights> {
        let weight = |sign: &&str| {
            let rows = sayso_data::rows(rows).filter_map(|row| row.split_once('\t'));
            rows.filter(|(name, _)| name == sign).find_map(|(_, weight)| weight.parse().ok())
        };
        let weights: Option<Vec<f64>> = SIGNS.iter().map(weight).collect();
        Some(Weights(weights?.try_into().ok()?))
    }

    fn log_odds(&self, signs: &Signs) -> f64 {
        self.0.iter().zip(signs).map(|(weight, sign)| weight * sign).sum()
    }
}

/// The weights that are built in.
static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| Weights::parse(sayso_data::DERIVE_WEIGHTS).expect("every sign has a weight"));

/// How the pages of one story, told by their places in `digests`, stand to one another. The same whatever their order.
pub fn link(digests: &[Digest], story: &[usize]) -> Story {
    link_with(digests, story, &WEIGHTS)
}

/// As [`link`], by other weights.
pub fn link_with(digests: &[Digest], story: &[usize], weights: &Weights) -> Story {
    let pages = in_time(digests, story);
    let scene = Scene::of(pages.iter().map(|&page| &digests[page]).collect());
    let (pairs, shares) = compared(&scene);
    let options = options(&scene, &pairs, &shares, weights);
    let parents = parents(&scene, &pairs, &options);
    let mut lineages: Vec<Lineage> = (0..pages.len())
        .map(|page| Lineage {
            parents: parents[page].iter().map(|option| parent(&scene, &pairs, page, option)).collect(),
            undecided: undecided(&scene, &pairs, &parents, &options[page], page),
            roots: roots(&scene, &parents, page),
        })
        .collect();
    let independent = independent::count(&scene, &lineages);
    // Within the scene pages are told by their places there.
    for lineage in &mut lineages {
        lineage.parents.iter_mut().chain(&mut lineage.undecided).for_each(|p| p.page = pages[p.page]);
        for root in &mut lineage.roots {
            if let Root::Page(page) = root {
                *page = pages[*page];
            }
        }
    }
    Story { lineages, independent: independent.of(&pages), pages }
}

/// What training learns from: of each page of a story, each page that it may derive from, with the signs that it does.
/// Pages are told by their places in `digests`.
pub fn training_options(digests: &[Digest], story: &[usize]) -> Vec<(usize, Vec<(usize, Signs)>)> {
    let pages = in_time(digests, story);
    let scene = Scene::of(pages.iter().map(|&page| &digests[page]).collect());
    let (pairs, shares) = compared(&scene);
    let mut options: Vec<(usize, Vec<(usize, Signs)>)> =
        pages.iter().map(|&page| (page, Vec::new())).collect();
    for pair in &pairs {
        options[pair.b].1.push((pages[pair.a], scene.signs(pair, &shares, true)));
        options[pair.a].1.push((pages[pair.b], scene.signs(pair, &shares, false)));
    }
    options
}

/// Pages by time, then by id; those without a date last.
fn in_time(digests: &[Digest], story: &[usize]) -> Vec<usize> {
    let mut pages = story.to_vec();
    let rank = |page: usize| digests[page].until.map_or(i64::MAX, |day| (day * 86400.0) as i64);
    pages.sort_by(|&a, &b| rank(a).cmp(&rank(b)).then_with(|| digests[a].id.cmp(&digests[b].id)));
    pages
}

/// The pairs of pages that have something in common, and how much of each page others have.
fn compared(scene: &Scene) -> (Vec<Pair>, Shares) {
    let pairs: Vec<Pair> = scene.candidates().into_iter().map(|(a, b)| scene.pair(a, b)).collect();
    let shares = Shares::of_pairs(scene, &pairs);
    (pairs, shares)
}

/// A page that another may derive from.
#[derive(Clone, Copy, Debug)]
struct Choice {
    page: usize,
    /// Which of the pairs.
    pair: usize,
    /// How probable it is that the text came from there, against any other page and none.
    score: f64,
    /// Against the two alone.
    alone: f64,
}

/// Of each page, the pages that it may derive from, the most probable first.
fn options(scene: &Scene, pairs: &[Pair], shares: &Shares, weights: &Weights) -> Vec<Vec<Choice>> {
    let mut options: Vec<Vec<Choice>> = vec![Vec::new(); scene.pages.len()];
    for (at, pair) in pairs.iter().enumerate() {
        let [to_a, to_b] = [false, true].map(|b_is_child| {
            libm::exp(weights.log_odds(&scene.signs(pair, shares, b_is_child)).clamp(-LARGEST, LARGEST))
        });
        let all = 1.0 + to_a + to_b;
        options[pair.a].push(Choice { page: pair.b, pair: at, score: to_a, alone: to_a / all });
        options[pair.b].push(Choice { page: pair.a, pair: at, score: to_b, alone: to_b / all });
    }
    for options in &mut options {
        let all = 1.0 + options.iter().map(|option| option.score).sum::<f64>();
        options.iter_mut().for_each(|option| option.score /= all);
        options.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.page.cmp(&b.page)));
    }
    options
}

/// Of each page, the pages that it derives from.
fn parents(scene: &Scene, pairs: &[Pair], options: &[Vec<Choice>]) -> Vec<Vec<Choice>> {
    let mut parents: Vec<Vec<Choice>> = vec![Vec::new(); options.len()];
    let mut claims: Vec<(usize, Choice)> = Vec::new();
    for (page, options) in options.iter().enumerate() {
        if options.iter().map(|option| option.score).sum::<f64>() >= CLAIMED {
            claims
                .extend(options.iter().filter(|option| option.score >= LEAST).map(|&option| (page, option)));
        }
    }
    claims.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then((a.0, a.1.page).cmp(&(b.0, b.1.page))));
    for &(page, option) in &claims {
        if parents[page].is_empty() && !descends(&parents, option.page, page) {
            parents[page].push(option);
        }
    }
    for page in 0..options.len() {
        let Some(&first) = parents[page].first() else { continue };
        for &option in options[page].iter().filter(|option| option.alone >= FURTHER) {
            let known = parents[page]
                .iter()
                .any(|parent| parent.page == option.page || descends(&parents, parent.page, option.page));
            let adds = added(scene, page, &pairs[option.pair], &pairs[first.pair]);
            if !known && adds >= ADDED && !descends(&parents, option.page, page) {
                parents[page].push(option);
            }
        }
    }
    parents
}

/// Whether a page derives from an ancestor.
fn descends(parents: &[Vec<Choice>], page: usize, ancestor: usize) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![page]);
    while let Some(page) = open.pop() {
        if page == ancestor {
            return true;
        }
        if seen.insert(page) {
            open.extend(parents[page].iter().map(|parent| parent.page));
        }
    }
    false
}

/// How many words outside quotation marks a page shares in one pair and not in the other.
fn added(scene: &Scene, page: usize, pair: &Pair, other: &Pair) -> usize {
    let words = &scene.pages[page].words;
    let mut shared = vec![false; words.len()];
    pair.runs_of(page).for_each(|run| shared[run].fill(true));
    other.runs_of(page).for_each(|run| shared[run].fill(false));
    shared.iter().zip(words).filter(|(shared, word)| **shared && !word.is_quoted).count()
}

fn parent(scene: &Scene, pairs: &[Pair], page: usize, option: &Choice) -> Parent {
    Parent {
        page: option.page,
        score: Probability::from_thousandths((option.alone.max(option.score) * 1000.0).round() as u16),
        evidence: scene.evidence(&pairs[option.pair], page),
    }
}

/// Earlier pages that a page shares text with, of which it does not show whether one derives from the other. Pages that are
/// tied by derivation are left out.
fn undecided(
    scene: &Scene,
    pairs: &[Pair],
    parents: &[Vec<Choice>],
    options: &[Choice],
    page: usize,
) -> Vec<Parent> {
    let own = tops(parents, page);
    let is_tied = |other: usize| tops(parents, other).intersection(&own).next().is_some();
    let shares = |pair: &Pair| {
        let words = pair.prose as f64 / pair.shorter(scene);
        pair.prose >= PROSE || words >= PART && pair.prose >= FEWEST
    };
    let open = options.iter().filter(|option| option.page < page && shares(&pairs[option.pair]));
    let mut open: Vec<&Choice> = open.filter(|option| !is_tied(option.page)).collect();
    open.sort_by_key(|option| (std::cmp::Reverse(pairs[option.pair].prose), option.page));
    open.into_iter().take(SHOWN).map(|option| parent(scene, pairs, page, option)).collect()
}

/// The pages that a page derives from in the end; itself where it derives from none.
fn tops(parents: &[Vec<Choice>], page: usize) -> BTreeSet<usize> {
    let (mut tops, mut seen, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![page]);
    while let Some(page) = open.pop() {
        if seen.insert(page) {
            if parents[page].is_empty() {
                tops.insert(page);
            }
            open.extend(parents[page].iter().map(|parent| parent.page));
        }
    }
    tops
}

/// The pages that a page derives from in the end, and what those credit that is not here.
fn roots(scene: &Scene, parents: &[Vec<Choice>], page: usize) -> Vec<Root> {
    let mut roots = BTreeSet::new();
    for top in tops(parents, page) {
        let absent = scene.absent(top);
        if absent.is_empty() {
            roots.insert(Root::Page(top));
        }
        roots.extend(absent.into_iter().map(Root::Source));
    }
    roots.into_iter().collect()
}

/// A page derives from another of its story where that is so probable,
const CLAIMED: f64 = 0.5;
/// and from one that is so probable.
const LEAST: f64 = 0.1;
/// A further parent is so probable by itself,
const FURTHER: f64 = 0.8;
/// and has so many words that the first has not.
const ADDED: usize = 100;
/// Text is shared from so many words outside quotation marks on, or from so great a part of the shorter text on, if that is
/// more than a few words.
const PROSE: usize = 25;
const FEWEST: usize = 12;
const PART: f64 = 0.12;
/// So many undecided pages are shown.
const SHOWN: usize = 3;
/// Greater log-odds say no more.
const LARGEST: f64 = 30.0;
