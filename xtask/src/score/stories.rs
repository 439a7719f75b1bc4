//! Which pages tell the same story.

use std::{io, path::Path};

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
