//! The shared corpora as inputs of the engine.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use flate2::read::GzDecoder;
use sayso::{Article, page};
use serde_json::Value;

/// An HTML page of `bench/pages`.
pub(crate) struct Page {
    /// The key of its gold.
    pub(crate) id: String,
    /// Its bytes.
    pub(crate) html: Vec<u8>,
}

/// The pages of a set (`aeb`, `ft`), by name.
pub(crate) fn pages(shared: &Path, set: &str) -> io::Result<Vec<Page>> {
    let mut files = fs::read_dir(shared.join("bench/pages").join(set).join("html"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<_>>>()?;
    files.sort();
    let mut pages = Vec::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let Some(id) = name.strip_suffix(".html.gz") else { continue };
        let mut html = Vec::new();
        GzDecoder::new(fs::File::open(&file)?).read_to_end(&mut html)?;
        pages.push(Page { id: id.to_owned(), html });
    }
    Ok(pages)
}

/// The articles of a file of `bench/statements` (`polnear-dev`), with their ids.
pub(crate) fn articles(shared: &Path, set: &str) -> io::Result<Vec<(String, Article)>> {
    article_rows(&shared.join("bench/statements").join(format!("{set}.text.jsonl")))
}

/// The articles of a file of JSON Lines, with their ids.
pub(crate) fn article_rows(file: &Path) -> io::Result<Vec<(String, Article)>> {
    fs::read_to_string(file)?
        .lines()
        .map(|line| {
            let row: Value = serde_json::from_str(line)?;
            let field = |name: &str| row[name].as_str().map(str::to_owned);
            let hints = page::Hints {
                url: field("url"),
                published: field("published"),
                outlet: field("outlet"),
                title: field("title"),
                content_type: None,
            };
            let text = row["text"].as_str().unwrap_or_default();
            Ok((field("id").unwrap_or_default(), page::plain(text, &hints)))
        })
        .collect()
}
