//! How much each sign of derivation weighs: trained on pages whose parents are known, and on labelled pairs of pages.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs, io,
    path::Path,
};

use rayon::prelude::*;
use sayso::story::{self, Digest, Signs, Story, Weights};
use serde_json::Value;

use crate::corpus;

/// Which pages of a set tell one story, and what is kept of each.
pub(crate) struct Set {
    pub(crate) digests: Vec<Digest>,
    /// The text of each.
    pub(crate) texts: Vec<String>,
    /// The pages of each story.
    pub(crate) stories: Vec<Vec<usize>>,
}

impl Set {
    /// Reads the articles of a file and groups them.
    pub(crate) fn read(file: &Path) -> io::Result<Set> {
        Set::read_some(file, |_| true)
    }

    /// As [`Set::read`], of some articles, by their ids.
    pub(crate) fn read_some(file: &Path, wanted: impl Fn(&str) -> bool) -> io::Result<Set> {
        let mut articles = corpus::article_rows(file)?;
        articles.retain(|(id, _)| wanted(id));
        let digests: Vec<Digest> =
            articles.par_iter().map(|(id, article)| Digest::of(id, &sayso::read(article))).collect();
        let mut stories: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (page, story) in story::stories(&digests).into_iter().enumerate() {
            stories.entry(story).or_default().push(page);
        }
        let texts = articles.into_iter().map(|(_, article)| article.text).collect();
        Ok(Set { digests, texts, stories: stories.into_values().collect() })
    }

    /// Of every page, the pages that it may derive from, with their signs.
    fn options(&self) -> Vec<(usize, Vec<(usize, Signs)>)> {
        self.stories.par_iter().flat_map(|story| story::training_options(&self.digests, story)).collect()
    }

    /// Which of five parts the story of each page is in, by the page's id.
    fn folds(&self) -> HashMap<&str, usize> {
        let of_story = |story: &Vec<usize>| {
            let fold = fold(&self.digests[story[0]].id);
            story.iter().map(move |&page| (self.digests[page].id.as_str(), fold)).collect::<Vec<_>>()
        };
        self.stories.iter().flat_map(of_story).collect()
    }

    /// How the pages of every story stand to one another, each by weights that its part had no share in.
    pub(crate) fn link_by_folds(&self, lessons: &[Lesson]) -> Vec<Story> {
        let weights: Vec<Weights> = (0..FOLDS)
            .into_par_iter()
            .map(|fold| fit(lessons.iter().filter(|lesson| lesson.fold != fold)))
            .collect();
        let link = |story: &Vec<usize>| {
            story::link_with(&self.digests, story, &weights[fold(&self.digests[story[0]].id)])
        };
        self.stories.par_iter().map(link).collect()
    }
}

/// A choice between options, of which one is right; none of them is the option 0.
pub(crate) struct Lesson {
    options: Vec<Signs>,
    right: usize,
    weight: f64,
    fold: usize,
}

/// What the weights are learned from.
pub(crate) fn lessons(shared: &Path, fnc: &Set, wn: &Set) -> io::Result<Vec<Lesson>> {
    let lineage = shared.join("bench/lineage");
    let mut lessons = known_parents(&rows(&lineage.join("wn.gold.jsonl"))?, wn);
    lessons.extend(labelled_pairs(&rows(&lineage.join("fnc-train.pairs.jsonl"))?, fnc));
    Ok(lessons)
}

/// Rows of JSON Lines.
pub(crate) fn rows(file: &Path) -> io::Result<Vec<Value>> {
    let rows: Result<_, _> = fs::read_to_string(file)?.lines().map(serde_json::from_str).collect();
    Ok(rows?)
}

/// One lesson a page: its parent against the other pages of its story.
fn known_parents(gold: &[Value], set: &Set) -> Vec<Lesson> {
    let parents: HashMap<&str, HashSet<&str>> = gold
        .iter()
        .map(|row| {
            let parents = row["parents"].as_array().into_iter().flatten().filter_map(|p| p["id"].as_str());
            (text(row, "id"), parents.collect())
        })
        .collect();
    let folds = set.folds();
    let lesson = |(page, options): (usize, Vec<(usize, Signs)>)| {
        let known = parents.get(set.digests[page].id.as_str())?;
        let right = options.iter().position(|(other, _)| known.contains(set.digests[*other].id.as_str()));
        let options: Vec<Signs> = options.into_iter().map(|(_, signs)| signs).collect();
        let right = right.map_or(0, |at| at + 1);
        let fold = folds[set.digests[page].id.as_str()];
        Some(Lesson { options, right, weight: KNOWN, fold })
    };
    set.options().into_iter().filter_map(lesson).collect()
}

/// One lesson a pair: one from the other, the other from the one, or neither.
fn labelled_pairs(gold: &[Value], set: &Set) -> Vec<Lesson> {
    let mut signs: HashMap<(&str, &str), Signs> = HashMap::new();
    for (page, options) in set.options() {
        for (other, of) in options {
            signs.insert((&set.digests[page].id, &set.digests[other].id), of);
        }
    }
    let folds = set.folds();
    let lesson = |row: &Value| {
        let (a, b) = (text(row, "a"), text(row, "b"));
        let right = match text(row, "relation") {
            "a_from_b" => 1,
            "b_from_a" => 2,
            "unclear" => return None,
            _ => 0,
        };
        let options = vec![*signs.get(&(a, b))?, *signs.get(&(b, a))?];
        Some(Lesson { options, right, weight: LABELLED, fold: *folds.get(a)? })
    };
    gold.iter().filter_map(lesson).collect()
}

fn text<'v>(row: &'v Value, key: &str) -> &'v str {
    row[key].as_str().unwrap_or_default()
}

/// The weights that lessons teach: a log-linear model of the choice, by AdaGrad (Duchi et al. 2011), averaged over its second
/// half.
pub(crate) fn fit<'l>(lessons: impl Iterator<Item = &'l Lesson>) -> Weights {
    let mut order: Vec<&Lesson> = lessons.collect();
    const SIGNS: usize = size_of::<Signs>() / size_of::<f64>();
    let (mut weights, mut squares, mut sum) = ([0.0; SIGNS], [1e-6; SIGNS], [0.0; SIGNS]);
    let mut random = 1u64;
    for epoch in 0..EPOCHS {
        shuffle(&mut order, &mut random);
        for lesson in &order {
            let odds: Vec<f64> = lesson
                .options
                .iter()
                .map(|signs| (0..SIGNS).map(|at| weights[at] * signs[at]).sum())
                .collect();
            let most = odds.iter().copied().fold(0.0, f64::max);
            let all = (-most).exp() + odds.iter().map(|odds| (odds - most).exp()).sum::<f64>();
            let errors: Vec<f64> = (odds.iter().enumerate())
                .map(|(at, odds)| f64::from(u8::from(at + 1 == lesson.right)) - (odds - most).exp() / all)
                .collect();
            for at in 0..SIGNS {
                let pull: f64 =
                    errors.iter().zip(&lesson.options).map(|(error, signs)| error * signs[at]).sum();
                let decay = if at == 0 { 0.0 } else { DECAY * weights[at] };
                let gradient = lesson.weight * (pull - decay);
                squares[at] += gradient * gradient;
                weights[at] += RATE * gradient / f64::sqrt(squares[at]);
            }
        }
        if epoch >= EPOCHS / 2 {
            (0..SIGNS).for_each(|at| sum[at] += weights[at]);
        }
    }
    Weights(sum.map(|sum| sum / (EPOCHS - EPOCHS / 2) as f64))
}

fn shuffle<T>(items: &mut [T], random: &mut u64) {
    for at in (1..items.len()).rev() {
        *random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        items.swap(at, (*random >> 33) as usize % (at + 1));
    }
}

/// The model file.
pub(crate) fn model(shared: &Path) -> io::Result<Vec<u8>> {
    let lineage = shared.join("bench/lineage");
    let fnc = Set::read(&lineage.join("fnc-train.clusters.jsonl"))?;
    let wn = Set::read(&lineage.join("wn.docs.jsonl"))?;
    let weights = fit(lessons(shared, &fnc, &wn)?.iter());
    let rows = story::sign_names().iter().zip(weights.0);
    Ok(rows.map(|(sign, weight)| format!("{sign}\t{weight:.3}\n")).collect::<String>().into_bytes())
}

/// Which of five parts a story is in.
fn fold(story: &str) -> usize {
    (sayso_model::hash(b"fold", story) % FOLDS as u32) as usize
}

/// Parts of the stories.
const FOLDS: usize = 5;
/// What a lesson of generated pages and one of labelled pages counts.
const KNOWN: f64 = 0.1;
const LABELLED: f64 = 1.0;
const EPOCHS: usize = 20;
const RATE: f64 = 0.2;
const DECAY: f64 = 0.001;
