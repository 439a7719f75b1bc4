//! Who is who: speakers of gold sources, pronouns of GAP.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use sayso::{
    Article, Reading, Span, attribution,
    person::{self, Model},
    text,
};
use sayso_record::Record;
use serde_json::Value;

use super::{
    figure::{Figure, Target},
    scorer::{number, run_json, write_rows},
};
use crate::people::{gap_article, gap_rows, people_row};

const DEV: &str = "PolNeAR dev, gold sources";
const OWN: &str = "PolNeAR train, our labels, gold sources";
const GAP: &str = "GAP development";

/// Figures of people that need no other figures.
pub(super) fn figures(shared: &Path, model: &Model) -> io::Result<Vec<Figure>> {
    let mut figures = speakers(shared, model)?;
    figures.extend(own(shared, model)?);
    figures.extend(gap(shared, model)?);
    Ok(figures)
}

fn figure(
    name: &'static str,
    on: &'static str,
    from: &Value,
    field: &str,
    target: Target,
    anchor: &str,
) -> io::Result<Figure> {
    let (anchor, model) = (anchor.to_owned(), "people.bin");
    Ok(Figure { noise: 0.01, anchor, model, target, ..Figure::new(name, on, number(from, field)?) })
}

fn speakers(shared: &Path, model: &Model) -> io::Result<Vec<Figure>> {
    use Target::{AtLeast, Report};
    let folder = shared.join("bench");
    let system = with_gold_sources(shared, "polnear-dev", model)?;
    let arguments: [PathBuf; 5] = [
        folder.join("people/polnear-dev.speakers.jsonl"),
        system,
        "--text".into(),
        folder.join("statements/polnear-dev.text.jsonl"),
        "--json".into(),
    ];
    let score = run_json(shared, "score_speakers.py", &arguments)?;
    let figure = |name, field, target, anchor| figure(name, DEV, &score, field, target, anchor);
    Ok(vec![
        figure(
            "speakers (persons), full name",
            "/person/full_accuracy",
            AtLeast(0.85),
            "CoreNLP .70, with the speaker-before rule .755, neuralcoref .57",
        )?,
        figure(
            "speakers (persons), precision",
            "/person/precision",
            AtLeast(0.93),
            "CoreNLP .83, with the speaker-before rule .90, neuralcoref .86",
        )?,
        figure(
            "speakers (persons), right minus wrong",
            "/person/net",
            AtLeast(0.82),
            "CoreNLP .64, with the speaker-before rule .76",
        )?,
        figure("speakers (persons) by pronoun, right", "/person by pronoun/accuracy", AtLeast(0.80), ".71")?,
        figure(
            "speakers (persons) by pronoun, precision",
            "/person by pronoun/precision",
            AtLeast(0.87),
            "",
        )?,
        figure(
            "speakers (persons) by nominal, right",
            "/person by nominal/accuracy",
            AtLeast(0.50),
            ".08–.44",
        )?,
        figure(
            "speakers (persons) by nominal, precision",
            "/person by nominal/precision",
            AtLeast(0.75),
            "",
        )?,
        figure("speakers of all kinds, right", "/all/accuracy", AtLeast(0.88), "")?,
        figure("speakers of all kinds, precision", "/all/precision", AtLeast(0.93), "")?,
        figure("speakers (organisations), right", "/organisation/accuracy", Report, "")?,
        figure("speakers (outlets), right", "/outlet/accuracy", Report, "")?,
    ])
}

/// The held-out articles of `train/people.jsonl`.
fn own(shared: &Path, model: &Model) -> io::Result<Vec<Figure>> {
    let labels = crate::people::speaker_labels(shared)?;
    let gold = write_rows("own-speakers.gold.jsonl", &labels)?;
    let system = with_gold_sources(shared, "polnear-train", model)?;
    let score = run_json(shared, "score_speakers.py", &[gold, system, "--json".into()])?;
    let figure = |name, field| figure(name, OWN, &score, field, Target::Report, "");
    Ok(vec![
        figure("speakers (persons), full name", "/person/full_accuracy")?,
        figure("speakers (persons), precision", "/person/precision")?,
        figure("speakers (persons) by pronoun, right", "/person by pronoun/accuracy")?,
        figure("speakers (persons) by pronoun, precision", "/person by pronoun/precision")?,
        figure("speakers (persons) by nominal, right", "/person by nominal/accuracy")?,
        figure("speakers (persons) by nominal, precision", "/person by nominal/precision")?,
        figure("speakers of all kinds, right", "/all/accuracy")?,
        figure("speakers of all kinds, precision", "/all/precision")?,
    ])
}

/// Records of a set's articles in which the sources, cues and contents are those of gold.
fn with_gold_sources(shared: &Path, set: &str, model: &Model) -> io::Result<PathBuf> {
    let gold = crate::people::rows(&shared.join(format!("bench/statements/{set}.gold.jsonl")))?;
    let mut roles: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for row in &gold {
        let id = row["id"].as_str().unwrap_or_default();
        roles.entry(id).or_default().extend(row["attributions"].as_array().into_iter().flatten());
    }
    let articles = crate::corpus::articles(shared, set)?;
    let rows: Vec<String> = articles
        .par_iter()
        .map(|(id, article)| {
            let gold = roles.get(id.as_str()).map_or(&[][..], Vec::as_slice);
            Record::new(id, &read_given(article, gold, model)).to_json()
        })
        .collect();
    write_rows(&format!("{set}.gold-sources.jsonl"), &rows)
}

fn read_given(article: &Article, gold: &[&Value], model: &Model) -> Reading {
    let text = text::read(article);
    let offsets = crate::people::offsets(&article.text);
    let at = |value: &Value| offsets[(value.as_u64().unwrap_or(0) as usize).min(offsets.len() - 1)];
    let spans = |pieces: &Value| -> Vec<Span> {
        pieces.as_array().into_iter().flatten().map(|piece| Span::new(at(&piece[0]), at(&piece[1]))).collect()
    };
    let roles: Vec<[Vec<Span>; 3]> =
        gold.iter().map(|row| ["source", "cue", "content"].map(|role| spans(&row[role]))).collect();
    let attributions = attribution::given(article, &text, &roles);
    person::read_with(article, text, attributions, model)
}

fn gap(shared: &Path, model: &Model) -> io::Result<Vec<Figure>> {
    let system = gap_system(shared, "gap-development", model)?;
    let gold = shared.join("bench/people/gap-development.jsonl");
    let score = run_json(shared, "score_gap.py", &[gold, system, "--json".into()])?;
    let figure = |name, field, target, anchor| figure(name, GAP, &score, field, target, anchor);
    Ok(vec![
        figure(
            "ambiguous pronouns F1",
            "/O/f1",
            Target::AtLeast(0.71),
            "nearest .45; parallelism .67–.71 published",
        )?,
        figure("ambiguous pronouns, rows right", "/O/rows_right", Target::AtLeast(0.68), "nearest .42")?,
        figure(
            "ambiguous pronouns, feminine to masculine",
            "/B",
            Target::AtLeast(0.95),
            "1 is even; above 1.05 is as uneven",
        )?,
    ])
}

fn gap_system(shared: &Path, set: &str, model: &Model) -> io::Result<PathBuf> {
    let rows = gap_rows(shared, set)?;
    let rows: Vec<String> = rows
        .par_iter()
        .map(|row| {
            let (article, text, names) = gap_article(row);
            let attributions = attribution::read(&article, &text);
            let judge = &mut person::Trained(model);
            let chains = person::chains(&article, &text, &attributions, &names, judge);
            people_row(row["id"].as_str().unwrap_or_default(), &article, &chains)
        })
        .collect();
    write_rows(&format!("{set}.jsonl"), &rows)
}
