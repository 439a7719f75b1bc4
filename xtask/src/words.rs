//! In what share of articles each word occurs: what the story layer weighs words by where it has few pages.

use std::{collections::HashMap, fs, io, path::Path};

use rayon::prelude::*;
use sayso::{Article, page, story, text};
use serde_json::Value;

use crate::corpus;

/// Sets of articles, as JSON Lines; polnear-dev is for measuring.
const SETS: [&str; 4] = [
    "bench/statements/polnear-train.text.jsonl",
    "bench/statements/gum.text.jsonl",
    "bench/times/timebank.jsonl",
    "bench/times/aquaint.jsonl",
];
const PAGES: &str = "bench/pages/aeb/ground-truth.json";
/// Words that fewer articles have are rare anyway.
const LEAST: u32 = 2;

/// The model file.
pub(crate) fn model(shared: &Path) -> io::Result<Vec<u8>> {
    let articles = articles(shared)?;
    let words: Vec<Vec<u32>> = articles.par_iter().map(distinct).collect();
    let mut counts: HashMap<u32, u32> = HashMap::new();
    words.iter().flatten().for_each(|&word| *counts.entry(word).or_default() += 1);
    let kept = counts.into_iter().filter(|&(_, count)| count >= LEAST);
    let shares: Vec<(u32, f64)> =
        kept.map(|(word, count)| (word, f64::from(count) / articles.len() as f64)).collect();
    Ok(story::encode_background(&shares))
}

fn articles(shared: &Path) -> io::Result<Vec<Article>> {
    let mut articles = Vec::new();
    for set in SETS {
        articles.extend(corpus::article_rows(&shared.join(set))?.into_iter().map(|(_, article)| article));
    }
    let pages: Value = serde_json::from_str(&fs::read_to_string(shared.join(PAGES))?)?;
    let bodies = pages.as_object().into_iter().flat_map(|pages| pages.values());
    let bodies = bodies.filter_map(|page| page["articleBody"].as_str());
    articles.extend(bodies.map(|body| page::plain(body, &page::Hints::default())));
    Ok(articles)
}

fn distinct(article: &Article) -> Vec<u32> {
    let mut words = story::words(article, &text::read(article).tokens);
    words.sort_unstable();
    words.dedup();
    words
}
