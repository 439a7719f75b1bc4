//! Which pages of a story derive from which.
//!
//! A page derives from another of its story or from none of them: candidates whose log-odds are weighted sums of signs. Each
//! page takes the most probable parent, the surest first and never in a circle; where it is likelier that it has none
//! here, nothing is claimed. A further parent is one that explains words which the first does not have.

use std::{collections::BTreeSet, sync::LazyLock};

use super::{
    Digest,
    candidate::{self, Choice, Signs},
    independent,
    lineage::{Lineage, Parent, Root, Story},
    pair::{Pair, Shares},
    scene::Scene,
};
use crate::Probability;

/// How much each sign weighs when candidates are weighed first, and when it is known which of them derive themselves.
#[derive(Clone, Debug)]
pub struct Weights {
    /// Says which candidates derive themselves.
    pub first: Signs,
    /// Says which is the parent.
    pub second: Signs,
}

impl Weights {
    /// Reads rows of sign and both weights, as training writes them; none where a sign is missing.
    pub fn parse(rows: &str) -> Option<Weights> {
        let column = |column: usize| -> Option<Signs> {
            let weight = |sign: &String| {
                let rows = sayso_data::rows(rows).map(|row| row.split('\t').collect::<Vec<_>>());
                rows.filter(|row| row[0] == sign).find_map(|row| row.get(column)?.parse().ok())
            };
            candidate::sign_names().iter().map(weight).collect::<Option<Vec<f64>>>()?.try_into().ok()
        };
        Some(Weights { first: column(1)?, second: column(2)? })
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
    let claims = claims(&scene, &pairs, &shares, weights);
    let parents = parents(&scene, &pairs, &claims);
    let mut lineages: Vec<Lineage> = (0..pages.len())
        .map(|page| Lineage {
            parents: parents[page].iter().map(|claim| parent(&scene, &pairs, page, claim)).collect(),
            undecided: undecided(&scene, &pairs, &parents, &claims[page], page),
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

/// What training learns from: of each page of a story, the pages that it may derive from, told by their places in `digests`.
/// Which of these derive themselves is not yet said.
pub fn training_choices(digests: &[Digest], story: &[usize]) -> Vec<Choice> {
    let pages = in_time(digests, story);
    let scene = Scene::of(pages.iter().map(|&page| &digests[page]).collect());
    let (pairs, shares) = compared(&scene);
    let mut choices = candidate::choices(&scene, &pairs, &shares);
    for choice in &mut choices {
        choice.page = pages[choice.page];
        choice.candidates.iter_mut().for_each(|candidate| candidate.page = pages[candidate.page]);
    }
    choices
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
struct Claim {
    page: usize,
    /// Which of the pairs.
    pair: usize,
    /// How probable it is that the text came from there, against any other page and none.
    score: f64,
    /// Against the two alone.
    alone: f64,
    /// Whether the page credits it or quotes it.
    is_shown: bool,
    /// Whether it would show which of two equal texts was first.
    shows_the_way: bool,
}

/// Of each page, the pages that it may derive from, the most probable first.
fn claims(scene: &Scene, pairs: &[Pair], shares: &Shares, weights: &Weights) -> Vec<Vec<Claim>> {
    let mut choices = candidate::choices(scene, pairs, shares);
    candidate::weigh_candidates(&mut choices, &weights.first);
    let odds = |signs: &Signs| libm::exp(candidate::log_odds(&weights.second, signs));
    // Of each pair, that the first page derives from the second, and the other way round.
    let mut both = vec![[0.0; 2]; pairs.len()];
    for choice in &choices {
        for other in &choice.candidates {
            both[other.pair][usize::from(choice.page == pairs[other.pair].b)] = odds(&other.signs);
        }
    }
    let claims_of = |choice: &Choice| {
        let of = |pair: usize| both[pair][usize::from(choice.page == pairs[pair].b)];
        let all = 1.0 + choice.candidates.iter().map(|other| of(other.pair)).sum::<f64>();
        let claim = |other: &candidate::Candidate| Claim {
            page: other.page,
            pair: other.pair,
            score: of(other.pair) / all,
            alone: of(other.pair) / (1.0 + both[other.pair].iter().sum::<f64>()),
            is_shown: other.is_shown(),
            shows_the_way: other.shows_the_way(),
        };
        let mut claims: Vec<Claim> = choice.candidates.iter().map(claim).collect();
        claims.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.page.cmp(&b.page)));
        claims
    };
    choices.iter().map(claims_of).collect()
}

/// Of each page, the pages that it derives from.
fn parents(scene: &Scene, pairs: &[Pair], claims: &[Vec<Claim>]) -> Vec<Vec<Claim>> {
    let mut parents: Vec<Vec<Claim>> = vec![Vec::new(); claims.len()];
    let mut surest: Vec<(usize, Claim)> = Vec::new();
    let is_founded = |claim: &Claim| {
        let pair = &pairs[claim.pair];
        (claim.is_shown || shares_text(pair)) && (claim.shows_the_way || !pair.is_one_text(scene))
    };
    for (page, claims) in claims.iter().enumerate() {
        let is_sure = |claim: &&Claim| claim.alone >= CLAIMED && is_founded(claim);
        surest.extend(claims.iter().filter(is_sure).map(|&claim| (page, claim)));
    }
    surest.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then((a.0, a.1.page).cmp(&(b.0, b.1.page))));
    for (page, claim) in surest {
        if parents[page].is_empty() && !descends(&parents, claim.page, page) {
            parents[page].push(claim);
        }
    }
    for page in 0..claims.len() {
        let Some(&first) = parents[page].first() else { continue };
        for &claim in claims[page].iter().filter(|claim| claim.alone >= FURTHER && is_founded(claim)) {
            let known = parents[page]
                .iter()
                .any(|parent| parent.page == claim.page || descends(&parents, parent.page, claim.page));
            let adds = added(scene, page, &pairs[claim.pair], &pairs[first.pair]);
            let least = if claim.is_shown { ADDED_SHOWN } else { ADDED };
            if !known && adds >= least && !descends(&parents, claim.page, page) {
                parents[page].push(claim);
            }
        }
    }
    parents
}

/// Whether two pages share more than a few words.
fn shares_text(pair: &Pair) -> bool {
    pair.shared[0].min(pair.shared[1]) >= SHARED
}

/// Whether a page derives from an ancestor.
fn descends(parents: &[Vec<Claim>], page: usize, ancestor: usize) -> bool {
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

/// How many words a page shares in one pair and not in the other.
fn added(scene: &Scene, page: usize, pair: &Pair, other: &Pair) -> usize {
    let mut shared = vec![false; scene.pages[page].words.len()];
    pair.runs_of(page).for_each(|run| shared[run].fill(true));
    other.runs_of(page).for_each(|run| shared[run].fill(false));
    shared.into_iter().filter(|&shared| shared).count()
}

fn parent(scene: &Scene, pairs: &[Pair], page: usize, claim: &Claim) -> Parent {
    Parent {
        page: claim.page,
        score: Probability::from_thousandths((claim.alone.max(claim.score) * 1000.0).round() as u16),
        evidence: scene.evidence(&pairs[claim.pair], page),
    }
}

/// Earlier pages that a page shares text with, of which it does not show whether one derives from the other. Pages that are
/// tied by derivation are left out.
fn undecided(
    scene: &Scene,
    pairs: &[Pair],
    parents: &[Vec<Claim>],
    claims: &[Claim],
    page: usize,
) -> Vec<Parent> {
    let own = tops(parents, page);
    let is_tied = |other: usize| tops(parents, other).intersection(&own).next().is_some();
    let shares = |pair: &Pair| {
        let words = pair.prose as f64 / pair.shorter(scene);
        pair.prose >= PROSE || words >= PART && pair.prose >= FEWEST
    };
    let open = claims.iter().filter(|claim| claim.page < page && shares(&pairs[claim.pair]));
    let mut open: Vec<&Claim> = open.filter(|claim| !is_tied(claim.page)).collect();
    open.sort_by_key(|claim| (std::cmp::Reverse(pairs[claim.pair].prose), claim.page));
    open.into_iter().take(SHOWN).map(|claim| parent(scene, pairs, page, claim)).collect()
}

/// The pages that a page derives from in the end; itself where it derives from none.
fn tops(parents: &[Vec<Claim>], page: usize) -> BTreeSet<usize> {
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
fn roots(scene: &Scene, parents: &[Vec<Claim>], page: usize) -> Vec<Root> {
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

/// A page derives from another of its story where that is so probable, against the reverse and neither: set so that on labelled
/// pairs few siblings are taken for parent and child.
const CLAIMED: f64 = 0.32;
/// Without a credit or quotation, so many words have to be shared.
const SHARED: usize = 8;
/// A further parent is so probable,
const FURTHER: f64 = 0.42;
/// and has so many words that the first has not, or fewer if the page credits or quotes it.
const ADDED: usize = 100;
const ADDED_SHOWN: usize = 10;
/// Text is shared from so many words outside quotation marks on, or from so great a part of the shorter text on, if that is
/// more than a few words.
const PROSE: usize = 25;
const FEWEST: usize = 12;
const PART: f64 = 0.12;
/// So many undecided pages are shown.
const SHOWN: usize = 3;
