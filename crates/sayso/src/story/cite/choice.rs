//! Which of the sources that a text may credit it does credit, and where: a weighed choice.
//!
//! Of each source, the choice is between its places and none. The log-odds of a place are a weighted sum of its
//! [signs](super::sign).

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use super::{
    Cite, CiteKind,
    sign::{Sign, Signs},
    source::Source,
    words::Words,
};
use crate::{Reading, Span};

/// A source that a text may credit.
#[derive(Clone, Debug)]
pub struct CiteChoice {
    /// Its name, or the words that describe it.
    pub name: String,
    /// What it is.
    pub kind: CiteKind,
    /// Where the text may credit it, in order.
    pub places: Vec<CitePlace>,
    is_told: bool,
}

/// A place where a text may credit a source.
#[derive(Clone, Debug)]
pub struct CitePlace {
    /// The source and the words that credit it.
    pub span: Span,
    /// What speaks for and against it.
    pub signs: Vec<Sign>,
}

/// How much each sign weighs that a text credits a source.
#[derive(Clone, Debug)]
pub struct CiteWeights(HashMap<String, f64>);

impl CiteWeights {
    /// Reads rows of sign and weight, as training writes them. A sign without a row weighs nothing.
    pub fn parse(rows: &str) -> CiteWeights {
        let row = |row: &str| {
            let (sign, weight) = row.split_once('\t')?;
            Some((sign.to_owned(), weight.parse().ok()?))
        };
        CiteWeights(sayso_data::rows(rows).filter_map(row).collect())
    }

    fn odds(&self, signs: &[Sign]) -> f64 {
        signs.iter().map(|(sign, strength)| self.0.get(*sign).copied().unwrap_or_default() * strength).sum()
    }
}

/// The weights that are built in.
pub(super) static WEIGHTS: LazyLock<CiteWeights> =
    LazyLock::new(|| CiteWeights::parse(sayso_data::CITE_WEIGHTS));

/// The sources with what speaks for each of their places.
pub(super) fn choices(reading: &Reading, words: &Words, sources: Vec<Source>) -> Vec<CiteChoice> {
    let signs = Signs::of(reading, words, &sources);
    let signs: Vec<Vec<Vec<Sign>>> = (0..sources.len()).map(|number| signs.of_source(number)).collect();
    let choice = |(source, signs): (Source, Vec<Vec<Sign>>)| {
        let places = source.places.into_iter().zip(signs);
        CiteChoice {
            name: source.name,
            kind: source.kind,
            is_told: source.is_told,
            places: places.map(|(place, signs)| CitePlace { span: place.span, signs }).collect(),
        }
    };
    sources.into_iter().zip(signs).map(choice).collect()
}

/// The sources that a text credits by these weights, one a source, in the order of their credits; the surer of two that
/// stand in one phrase.
pub fn chosen_cites(choices: &[CiteChoice], weights: &CiteWeights) -> Vec<Cite> {
    let mut sure: Vec<(f64, Span, &CiteChoice)> = choices
        .iter()
        .filter_map(|choice| {
            let odds: Vec<f64> =
                choice.places.iter().map(|place| libm::exp(weights.odds(&place.signs))).collect();
            let best = (0..odds.len()).max_by(|&a, &b| odds[a].total_cmp(&odds[b]).then(b.cmp(&a)))?;
            let all: f64 = odds.iter().sum();
            let share = all / (1.0 + all);
            (share >= CREDITED).then(|| (share, choice.places[best].span, choice))
        })
        .collect();
    sure.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut cites: BTreeMap<usize, Cite> = BTreeMap::new();
    for (_, span, CiteChoice { name, kind, is_told, .. }) in sure {
        let before = cites.range(..span.end()).next_back();
        if before.is_none_or(|(_, cite)| cite.span.end() <= span.start()) {
            let cite = Cite { name: name.clone(), kind: *kind, span, is_told: *is_told };
            cites.insert(span.start(), cite);
        }
    }
    cites.into_values().collect()
}

/// A source is credited where that is so probable: set where, by folds, both precision and recall are near what they
/// can be.
const CREDITED: f64 = 0.36;
