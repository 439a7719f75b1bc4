//! Which pages tell the same story, which quotations are one utterance.

use std::{collections::HashMap, fs, io, path::Path};

use rayon::prelude::*;
use sayso::story;
use serde_json::{Value, json};

use super::{
    figure::{Figure, Target},
    scorer::{number, run_json, write_rows},
};
use crate::corpus;

/// Figures of stories.
pub(super) fn figures(shared: &Path) -> io::Result<Vec<Figure>> {
    let lineage = shared.join("bench/lineage");
    let fnc = clusters(
        shared,
        "fnc-train",
        &lineage.join("fnc-train.clusters.jsonl"),
        &lineage.join("fnc-train.clusters.jsonl"),
    )?;
    let wn = clusters(shared, "wn", &lineage.join("wn.docs.jsonl"), &lineage.join("wn.gold.jsonl"))?;
    let figure = |name, on, from: &Value, field, target, anchor: &str| -> io::Result<Figure> {
        let (anchor, model) = (anchor.to_owned(), "words.bin");
        Ok(Figure { anchor, model, target, ..Figure::new(name, on, number(from, field)?) })
    };
    let others = "TF-IDF, average link .909, single pass .856 (FNC test)";
    let quotations = quotations(shared)?;
    let memes = "exact match .006; 3-grams and longest common subsequence .861";
    Ok(vec![
        figure("same story, ARI", "fnc-train", &fnc, "/ari", Target::AtLeast(0.94), others)?,
        figure(
            "same story, B-cubed F1",
            "fnc-train",
            &fnc,
            "/bcubed/f1",
            Target::AtLeast(0.96),
            "TF-IDF, average link .945 (FNC test)",
        )?,
        figure("same story, ARI", "wn", &wn, "/ari", Target::Report, "")?,
        figure("same story, B-cubed F1", "wn", &wn, "/bcubed/f1", Target::Report, "")?,
        figure(
            "quotation variants, ARI",
            "wn",
            &quotations[0],
            "/cluster/ari",
            Target::AtLeast(0.97),
            "exact match .868; 3-grams and longest common subsequence .957",
        )?,
        figure("altered quotations, F1", "wn", &quotations[0], "/altered/f1", Target::AtLeast(0.90), "")?,
        figure(
            "quotation variants, ARI",
            "MemeTracker sample",
            &quotations[1],
            "/cluster/ari",
            Target::AtLeast(0.95),
            memes,
        )?,
    ])
}

/// What the scorer says of the stories of a set.
fn clusters(shared: &Path, set: &str, pages: &Path, gold: &Path) -> io::Result<Value> {
    let articles = corpus::article_rows(pages)?;
    let digests: Vec<story::Digest> =
        articles.par_iter().map(|(id, article)| story::Digest::of(id, &sayso::read(article))).collect();
    let stories = story::stories(&digests);
    let row = |(page, story): (&story::Digest, usize)| {
        json!({"id": page.id, "cluster": digests[story].id}).to_string()
    };
    let rows: Vec<String> = digests.iter().zip(stories).map(row).collect();
    let system = write_rows(&format!("{set}.clusters.jsonl"), &rows)?;
    run_json(shared, "score_cluster.py", &[gold, &system])
}

/// What the scorer says of the quotations of wn, in the stories of its pages, and of the sample of MemeTracker.
fn quotations(shared: &Path) -> io::Result<[Value; 2]> {
    let lineage = shared.join("bench/lineage");
    let articles = corpus::article_rows(&lineage.join("wn.docs.jsonl"))?;
    let digests: Vec<story::Digest> =
        articles.par_iter().map(|(id, article)| story::Digest::of(id, &sayso::read(article))).collect();
    let stories: HashMap<&str, (usize, Option<f64>)> = digests
        .iter()
        .zip(story::stories(&digests))
        .map(|(page, story)| (page.id.as_str(), (story, page.until())))
        .collect();
    let scored = |set: &str| {
        let file = lineage.join(format!("{set}.quotes.jsonl"));
        let rows: Vec<Value> =
            fs::read_to_string(&file)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        let quotation = |row: &Value| {
            let (story, until) = row["doc"].as_str().map_or((0, None), |page| stories[page]);
            let string = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            story::Utterance { id: string("qid"), story, page: string("doc"), text: string("text"), until }
        };
        let quotations: Vec<story::Utterance> = rows.iter().map(quotation).collect();
        let wordings = story::variants(&quotations);
        let row = |(quotation, wording): (&story::Utterance, story::Wording)| {
            let cluster = &quotations[wording.utterance].id;
            json!({"qid": quotation.id, "cluster": cluster, "altered": wording.differs}).to_string()
        };
        let rows: Vec<String> = quotations.iter().zip(wordings).map(row).collect();
        let system = write_rows(&format!("{set}.quotes.jsonl"), &rows)?;
        run_json(shared, "score_quotes.py", &[file, system])
    };
    Ok([scored("wn")?, scored("memetracker-sample")?])
}
