//! Pages: body, paragraphs, captions, title, authors, date.

use std::{io, path::Path};

use sayso::{Article, page};
use serde_json::{Value, json};

use super::{
    figure::{Figure, Target},
    scorer::{number, run_json, write_rows},
};
use crate::corpus;

/// Figures of the page layer on both sets.
pub(super) fn figures(shared: &Path) -> io::Result<Vec<Figure>> {
    let (aeb, ft) = (score(shared, "aeb")?, score(shared, "ft")?);
    let figure = |name, on, from: &Value, field: &str, target, noise, anchor: &str| -> io::Result<Figure> {
        let anchor = anchor.to_owned();
        Ok(Figure { target, noise, anchor, ..Figure::new(name, on, number(from, field)?) })
    };
    use Target::{AtLeast, AtMost};
    let body = [
        figure(
            "body F1",
            "aeb",
            &aeb,
            "/f1",
            AtLeast(0.97),
            0.002,
            "rust-trafilatura .962, trafilatura .960, dom_smoothie .951",
        )?,
        figure(
            "body F1",
            "ft",
            &ft,
            "/f1",
            AtLeast(0.96),
            0.004,
            "trafilatura .955, rust-trafilatura .953, dom_smoothie .931",
        )?,
    ];
    let with_interval = body.into_iter().zip([&aeb, &ft]).map(|(figure, from)| {
        let interval = Some([number(from, "/f1_95/0")?, number(from, "/f1_95/1")?]);
        Ok(Figure { interval, ..figure })
    });
    let mut figures = with_interval.collect::<io::Result<Vec<_>>>()?;
    figures.extend([
        figure(
            "whole paragraphs",
            "ft",
            &ft,
            "/whole_paragraphs",
            AtLeast(0.98),
            0.005,
            "trafilatura .98, dom_smoothie .92",
        )?,
        figure(
            "caption leak",
            "ft",
            &ft,
            "/caption_leak",
            AtMost(0.03),
            0.01,
            "trafilatura .03, dom_smoothie .63",
        )?,
        figure("title", "ft", &ft, "/title", AtLeast(0.85), 0.015, "dom_smoothie .79, trafilatura .71")?,
        figure("authors", "ft", &ft, "/authors", AtLeast(0.83), 0.015, "trafilatura .81, dom_smoothie .75")?,
        figure("date", "ft", &ft, "/date", AtLeast(0.98), 0.015, "trafilatura .99, dom_smoothie .89")?,
    ]);
    Ok(figures)
}

fn score(shared: &Path, set: &str) -> io::Result<Value> {
    let pages = corpus::pages(shared, set)?;
    let rows: Vec<String> =
        pages.iter().map(|page| row(&page.id, &page::read(&page.html, &page::Hints::default()))).collect();
    let system = write_rows(&format!("pages-{set}.jsonl"), &rows)?;
    let gold = shared.join("bench/pages").join(set).join("ground-truth.json");
    run_json(
        shared,
        "score_pages.py",
        &[gold.as_os_str(), system.as_os_str(), "--bootstrap".as_ref(), "200".as_ref()],
    )
}

/// The page as its scorer reads it: body blocks joined by a newline.
fn row(id: &str, article: &Article) -> String {
    let body: Vec<&str> = article
        .blocks
        .iter()
        .filter(|block| block.kind.is_body())
        .map(|block| &article[block.span])
        .collect();
    let published = article.published.as_ref().map(|date| json!({ "value": date.value }));
    json!({ "id": id, "text": body.join("\n"), "title": article.title, "byline": article.byline, "published": published })
        .to_string()
}
