//! Trains what reads people: the model that tells people from other names and nouns, and the one that links mentions.
//!
//! Gold are the chains of GUM, the labels of `train/people.jsonl` on texts of PolNeAR, and the validation part of GAP.
//! GUM is read by taggers that have not learned from the document, five of them.

mod gold;
mod teacher;

use std::{fs, io, path::Path};

use rayon::prelude::*;
use sayso::person::{self, Model};
use sayso_model::{
    format,
    linear::{Features, Trainer},
};

pub(crate) use self::gold::{gap_article, gap_rows, offsets, rows, speaker_labels};
use self::{
    gold::{Document, gap, gum, news},
    teacher::Teacher,
};
use crate::{
    score::{scorer, sheet, short},
    train::Random,
};

const FOLDS: usize = 5;
const EPOCHS: usize = 8;
const PERSON_BITS: u32 = 16;
const LINK_BITS: u32 = 17;
const PERSON_RATE: f32 = 0.1;
const PERSON_DECAY: f32 = 0.0005;
const LINK_RATE: f32 = 0.05;
const LINK_DECAY: f32 = 0.02;
/// The first pass after which the weights count for the average.
const FIRST: usize = 3;
const SEED: u64 = 1;
/// Rows of dense weights.
const PERSON_ROWS: usize = 5;
const LINK_ROWS: usize = 4;

/// Trains the model on everything and returns its bytes.
pub(crate) fn model(shared: &Path) -> io::Result<Vec<u8>> {
    let mut documents = gum(shared)?;
    documents.extend(news(shared)?.into_iter().filter(|document| !document.is_held));
    documents.extend(gap(shared, "gap-validation")?);
    Ok(trained(&documents.iter().collect::<Vec<_>>()))
}

/// Measures on GUM by folds; keeps the figures in SCORES.md.
pub(crate) fn folds(shared: &Path) -> io::Result<()> {
    let gum = gum(shared)?;
    let mut others = news(shared)?;
    others.retain(|document| !document.is_held);
    others.extend(gap(shared, "gap-validation")?);
    let models: Vec<Vec<u8>> = (0..FOLDS)
        .into_par_iter()
        .map(|fold| {
            let numbered = gum.iter().enumerate();
            let learnt = numbered.filter(|(number, _)| number % FOLDS != fold).map(|(_, document)| document);
            trained(&learnt.chain(&others).collect::<Vec<_>>())
        })
        .collect();
    let mut rows = Vec::new();
    for (fold, model) in models.iter().enumerate() {
        let model = Model::open(model).map_err(io::Error::other)?;
        let held = gum.iter().enumerate().filter(|(number, _)| number % FOLDS == fold);
        rows.extend(held.map(|(_, document)| document.row(&model)));
    }
    let system = scorer::write_rows("gum-chains.jsonl", &rows)?;
    let gold = shared.join("bench/people/gum.chains.jsonl");
    let mut sheet = sheet::read()?;
    sheet.set(SECTION, section(shared, &gold, &system, gum.len())?);
    fs::write(sheet::FILE, sheet.text())
}

const SECTION: &str = "People by folds";

fn section(shared: &Path, gold: &Path, system: &Path, documents: usize) -> io::Result<String> {
    let arguments = [gold.to_owned(), system.to_owned(), "--json".into()];
    let score = scorer::run_json(shared, "score_people.py", &arguments)?;
    let number = |pointer: &str| scorer::number(&score, pointer);
    let link = |form: &str| -> io::Result<f64> {
        let [gold, put, right] =
            ["gold", "put", "right"].map(|count| number(&format!("/link/{form}/{count}")));
        Ok(2.0 * right? / (gold? + put?))
    };
    let rows = [
        (
            "chains of people, CoNLL mean",
            number("/scores/head, all/conll/2")?,
            ".66",
            ".51 rules with recency; .692 with treebank parses",
        ),
        ("the same without singletons", number("/scores/head, no singletons/conll/2")?, ".63", ".55; .660"),
        ("links of names, F1", link("name")?, ".80", ".51"),
        ("links of nominals, F1", link("nominal")?, ".48", ".00"),
        ("links of he, she, they, F1", link("pronoun 3rd")?, ".80", ".56"),
    ];
    let rows = rows.map(|(name, value, target, anchor)| {
        format!("| {name} | GUM, five folds, heads | {} | ≥ {target} | {anchor} |\n", short(value))
    });
    Ok(format!(
        "Written by `cargo xtask train people --folds`: five models, each without a fifth of the {documents} documents, \
         read these, on tags that have not seen them either.\n\n\
         | figure | on | value | target | anchor |\n|---|---|---|---|---|\n{}",
        rows.concat()
    ))
}

/// Trains on documents.
fn trained(documents: &[&Document]) -> Vec<u8> {
    let mut person = Trainer::new(PERSON_BITS, PERSON_ROWS, PERSON_RATE, PERSON_DECAY);
    let mut function = Trainer::new(person::FUNCTION_BITS, 0, PERSON_RATE, PERSON_DECAY);
    let mut link = Trainer::new(LINK_BITS, LINK_ROWS, LINK_RATE, LINK_DECAY);
    let mut random = Random(SEED);
    let mut order: Vec<&Document> = documents.to_vec();
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        for document in &order {
            let mut teacher = Teacher::new(document, [&person, &function, &link], epoch);
            person::chains(
                &document.article,
                &document.text,
                &document.attributions,
                &document.given,
                &mut teacher,
            );
            let Teacher { people, functions, links, .. } = teacher;
            for (features, is_person) in people {
                person.learn(&[features, Features::default()], &[is_person, !is_person]);
            }
            for (options, right) in functions {
                function.learn(&options, &right);
            }
            for (options, right) in links {
                (0..document.weight).for_each(|_| link.learn(&options, &right));
            }
        }
        if epoch >= FIRST {
            person.snapshot();
            function.snapshot();
            link.snapshot();
        }
    }
    format::write(&[("person", &person.finish()), ("function", &function.finish()), ("link", &link.finish())])
}
