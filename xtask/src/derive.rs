//! How much each sign of derivation weighs: trained on pages whose parents are known, and on labelled pairs of pages.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs, io,
    path::Path,
};

use rayon::prelude::*;
use sayso::story::{self, Choice, Digest, Signs, Story, Weights};
use serde_json::Value;

use crate::{corpus, newton};

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

    /// Whether it has a page of this id.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.digests.iter().any(|digest| digest.id == id)
    }

    /// Of the pages of every story, the pages that each may derive from.
    fn choices(&self) -> Vec<Vec<Choice>> {
        self.stories.par_iter().map(|story| story::training_choices(&self.digests, story)).collect()
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
    pub(crate) fn link_by_folds(&self, school: &School) -> Vec<Story> {
        let weights: Vec<Weights> =
            (0..FOLDS).into_par_iter().map(|fold| school.weights(|of| of != fold)).collect();
        let link = |story: &Vec<usize>| {
            story::link_with(&self.digests, story, &weights[fold(&self.digests[story[0]].id)])
        };
        self.stories.par_iter().map(link).collect()
    }
}

/// A choice of a part of the stories.
struct Lesson {
    choice: newton::Lesson,
    fold: usize,
}

/// What weights are learned from.
pub(crate) struct School<'s> {
    fnc: &'s Set,
    wn: &'s Set,
    choices_of_fnc: Vec<Vec<Choice>>,
    choices_of_wn: Vec<Vec<Choice>>,
    /// Parents of generated pages, and labelled pairs.
    parents: Vec<Value>,
    pairs: Vec<Value>,
}

impl<'s> School<'s> {
    pub(crate) fn open(shared: &Path, fnc: &'s Set, wn: &'s Set) -> io::Result<School<'s>> {
        let lineage = shared.join("bench/lineage");
        let mut pairs = rows(&lineage.join("fnc-train.pairs.jsonl"))?;
        pairs.extend(rows(Path::new(LABELS))?);
        Ok(School {
            fnc,
            wn,
            choices_of_fnc: fnc.choices(),
            choices_of_wn: wn.choices(),
            parents: rows(&lineage.join("wn.gold.jsonl"))?,
            pairs,
        })
    }

    /// The weights that the stories of some parts teach.
    pub(crate) fn weights(&self, is_of: impl Fn(usize) -> bool) -> Weights {
        let fit = |lessons: Vec<Lesson>| -> Signs {
            let lessons = lessons.iter().filter(|lesson| is_of(lesson.fold));
            let weights = newton::fit(&lessons.map(|lesson| &lesson.choice).collect::<Vec<_>>(), SIGNS);
            weights.try_into().expect("as many weights as signs")
        };
        let first = fit(self.lessons(None));
        Weights { first, second: fit(self.lessons(Some(&first))) }
    }

    /// The lessons, after a first weighing where there is one.
    fn lessons(&self, first: Option<&Signs>) -> Vec<Lesson> {
        let weighed = |choices: &[Vec<Choice>]| {
            let mut choices = choices.to_vec();
            if let Some(first) = first {
                choices.iter_mut().for_each(|story| story::weigh_candidates(story, first));
            }
            choices.concat()
        };
        let mut lessons = known_parents(&self.parents, self.wn, weighed(&self.choices_of_wn));
        lessons.extend(labelled_pairs(&self.pairs, self.fnc, &weighed(&self.choices_of_fnc)));
        lessons
    }
}

/// Rows of JSON Lines.
pub(crate) fn rows(file: &Path) -> io::Result<Vec<Value>> {
    let rows: Result<_, _> = fs::read_to_string(file)?.lines().map(serde_json::from_str).collect();
    Ok(rows?)
}

/// One lesson a page: its parent against the other pages of its story.
fn known_parents(gold: &[Value], set: &Set, choices: Vec<Choice>) -> Vec<Lesson> {
    let parents: HashMap<&str, HashSet<&str>> = gold
        .iter()
        .map(|row| {
            let parents = row["parents"].as_array().into_iter().flatten().filter_map(|p| p["id"].as_str());
            (text(row, "id"), parents.collect())
        })
        .collect();
    let folds = set.folds();
    let id = |page: usize| set.digests[page].id.as_str();
    let lesson = |Choice { page, candidates }| {
        let known = parents.get(id(page))?;
        let right = candidates.iter().position(|candidate| known.contains(id(candidate.page)));
        let choice = newton::Lesson {
            candidates: candidates.into_iter().map(|candidate| candidate.signs.to_vec()).collect(),
            right: right.map_or(0, |at| at + 1),
            weight: KNOWN,
        };
        Some(Lesson { choice, fold: folds[id(page)] })
    };
    choices.into_iter().filter_map(lesson).collect()
}

/// One lesson a pair: one from the other, the other from the one, or neither.
fn labelled_pairs(gold: &[Value], set: &Set, choices: &[Choice]) -> Vec<Lesson> {
    let id = |page: usize| set.digests[page].id.as_str();
    let of_page = |choice: &Choice| {
        let page = choice.page;
        let signs = choice.candidates.iter().map(move |other| ((id(page), id(other.page)), other.signs));
        signs.collect::<Vec<_>>()
    };
    let signs: HashMap<(&str, &str), Signs> = choices.iter().flat_map(of_page).collect();
    let folds = set.folds();
    let lesson = |row: &Value| {
        let (a, b) = (text(row, "a"), text(row, "b"));
        let right = match text(row, "relation") {
            "a_from_b" => 1,
            "b_from_a" => 2,
            "unclear" => return None,
            _ => 0,
        };
        let candidates = vec![signs.get(&(a, b))?.to_vec(), signs.get(&(b, a))?.to_vec()];
        let weight = if text(row, "confidence") == "sure" { SURE } else { LIKELY };
        let choice = newton::Lesson { candidates, right, weight };
        Some(Lesson { choice, fold: *folds.get(a)? })
    };
    gold.iter().filter_map(lesson).collect()
}

pub(crate) fn text<'v>(row: &'v Value, key: &str) -> &'v str {
    row[key].as_str().unwrap_or_default()
}

/// The model file.
pub(crate) fn model(shared: &Path) -> io::Result<Vec<u8>> {
    let lineage = shared.join("bench/lineage");
    let fnc = Set::read(&lineage.join("fnc-train.clusters.jsonl"))?;
    let wn = Set::read(&lineage.join("wn.docs.jsonl"))?;
    let weights = School::open(shared, &fnc, &wn)?.weights(|_| true);
    let rows = story::sign_names().into_iter().zip(weights.first.iter().zip(weights.second));
    let row = |(sign, (first, second)): (String, (&f64, f64))| format!("{sign}\t{first:.3}\t{second:.3}\n");
    Ok(rows.map(row).collect::<String>().into_bytes())
}

/// Further labelled pairs: not those of the corpus.
pub(crate) const LABELS: &str = "train/derivation.jsonl";

/// Which of five parts a story is in.
pub(crate) fn fold(story: &str) -> usize {
    (sayso_model::hash(b"fold", story) % FOLDS as u32) as usize
}

/// Parts of the stories.
pub(crate) const FOLDS: usize = 5;
/// What a lesson of generated pages counts, one of a pair that was labelled as sure, and one of a likely one.
const KNOWN: f64 = 2.0;
const SURE: f64 = 1.0;
const LIKELY: f64 = 0.5;
const SIGNS: usize = size_of::<Signs>() / size_of::<f64>();
