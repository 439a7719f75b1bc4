//! How much each sign weighs that a text credits a source: trained on articles whose sources are labelled.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
    io,
    path::Path,
};

use rayon::prelude::*;
use sayso::story::{self, Cite, CiteChoice, CitePlace, CiteWeights, Digest};
use sayso_record::CodePoints;
use serde_json::Value;

use crate::{
    corpus,
    derive::{FOLDS, fold, rows, text},
    newton,
};

/// A labelled article.
struct Lesson {
    id: String,
    choices: Vec<CiteChoice>,
    /// Of each source, the place that is labelled.
    right: Vec<Option<usize>>,
    fold: usize,
}

/// What weights are learned from.
pub(crate) struct School(Vec<Lesson>);

impl School {
    pub(crate) fn open(shared: &Path) -> io::Result<School> {
        let lineage = shared.join("bench/lineage");
        let [articles, gold] =
            ["clusters", "cites"].map(|name| lineage.join(format!("fnc-train.{name}.jsonl")));
        let clusters: HashMap<String, String> = rows(&articles)?
            .iter()
            .map(|row| (text(row, "id").to_owned(), text(row, "cluster").to_owned()))
            .collect();
        let gold: HashMap<String, Value> =
            rows(&gold)?.into_iter().map(|row| (text(&row, "id").to_owned(), row)).collect();
        let articles = corpus::article_rows(&articles)?;
        let lesson = |(id, article): &(String, sayso::Article)| {
            let row = gold.get(id)?;
            let choices = story::cite_choices(&sayso::read(article));
            let right = labelled(&choices, row, &CodePoints::new(&article.text));
            Some(Lesson { id: id.clone(), choices, right, fold: fold(clusters.get(id)?) })
        };
        Ok(School(articles.par_iter().filter_map(lesson).collect()))
    }

    /// Gives labelled pages the sources that weights find of which their stories had no share.
    pub(crate) fn cite_by_folds(&self, digests: &mut [Digest]) {
        let weights: Vec<CiteWeights> =
            (0..FOLDS).into_par_iter().map(|fold| CiteWeights::parse(&self.rows(|of| of != fold))).collect();
        let cites = |lesson: &Lesson| story::chosen_cites(&lesson.choices, &weights[lesson.fold]);
        let mut cites: HashMap<&str, Vec<Cite>> =
            self.0.iter().map(|lesson| (lesson.id.as_str(), cites(lesson))).collect();
        for digest in digests {
            if let Some(cites) = cites.remove(digest.id.as_str()) {
                digest.cites = cites;
            }
        }
    }

    /// Sign and weight, as the articles of some parts teach them.
    fn rows(&self, is_of: impl Fn(usize) -> bool) -> String {
        let places = || self.0.iter().flat_map(|lesson| &lesson.choices).flat_map(|choice| &choice.places);
        let names: BTreeSet<&str> = places().flat_map(|place| &place.signs).map(|(sign, _)| *sign).collect();
        let at: BTreeMap<&str, usize> = names.iter().copied().zip(0..).collect();
        let vector = |signs: &[(&str, f64)]| {
            let mut vector = vec![0.0; at.len()];
            signs.iter().for_each(|(sign, strength)| vector[at[sign]] = *strength);
            vector
        };
        let lesson = |(choice, right): (&CiteChoice, &Option<usize>)| newton::Lesson {
            candidates: choice.places.iter().map(|place| vector(&place.signs)).collect(),
            right: right.map_or(0, |place| place + 1),
            weight: 1.0,
        };
        let lessons = self.0.iter().filter(|lesson| is_of(lesson.fold));
        let lessons: Vec<newton::Lesson> =
            lessons.flat_map(|of| of.choices.iter().zip(&of.right).map(lesson)).collect();
        let weights = newton::fit(&lessons.iter().collect::<Vec<_>>(), at.len());
        names.iter().zip(weights).map(|(sign, weight)| format!("{sign}\t{weight:.3}\n")).collect()
    }
}

/// Of each source, the place that a label names: that of its name before others, then the one that shares most.
fn labelled(choices: &[CiteChoice], gold: &Value, points: &CodePoints) -> Vec<Option<usize>> {
    let labels: Vec<&Value> = gold["cites"].as_array().into_iter().flatten().collect();
    let mut fits = Vec::new();
    for (label, gold) in labels.iter().enumerate() {
        let names = [words(text(gold, "canon")), words(text(gold, "name"))];
        for (source, choice) in choices.iter().enumerate() {
            let name = words(&choice.name);
            let is_named = names.iter().any(|gold| gold.is_subset(&name) || name.is_subset(gold));
            let [from, to] = ["start", "end"].map(|key| gold[key].as_u64().unwrap_or_default());
            for (place, CitePlace { span, .. }) in choice.places.iter().enumerate() {
                let [start, end] = points.span(*span).map(u64::from);
                let shared = end.min(to).saturating_sub(start.max(from));
                if shared > 0 {
                    fits.push((Reverse(is_named), Reverse(shared), label, source, place));
                }
            }
        }
    }
    fits.sort_unstable();
    let (mut right, mut known) = (vec![None; choices.len()], BTreeSet::new());
    for (_, _, label, source, place) in fits {
        if right[source].is_none() && known.insert(label) {
            right[source] = Some(place);
        }
    }
    right
}

fn words(name: &str) -> BTreeSet<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).filter(|word| !matches!(word.as_str(), "the" | "a" | "of")).collect()
}

/// The model file.
pub(crate) fn model(shared: &Path) -> io::Result<Vec<u8>> {
    Ok(School::open(shared)?.rows(|_| true).into_bytes())
}
