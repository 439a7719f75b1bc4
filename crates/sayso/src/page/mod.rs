//! Bytes to [`Article`]: charset, tree, body, captions, metadata, links.

use crate::{Article, Block, BlockKind, Span};

/// What is known of a page from outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Where it was found.
    pub url: Option<String>,
    /// The `Content-Type` header, or a media type (`text/html`, `text/plain`).
    pub content_type: Option<String>,
    /// When it was published: RFC 3339, or a date.
    pub published: Option<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
}

/// Reads a page. Any bytes give an article; [`Article::notes`] says what was wrong with them.
pub fn read(bytes: &[u8], hints: &Hints) -> Article {
    plain(&String::from_utf8_lossy(bytes), hints)
}

/// Reads plain text: the article's text is the given one, byte for byte.
pub fn plain(text: &str, hints: &Hints) -> Article {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let lead = line.len() - line.trim_start().len();
        let span = Span::new(start + lead, start + line.trim_end().len());
        if !span.is_empty() {
            blocks.push(Block { span, kind: BlockKind::Paragraph });
        }
        start += line.len();
    }
    Article {
        text: text.to_owned(),
        blocks,
        title: hints.title.clone(),
        outlet: hints.outlet.clone(),
        url: hints.url.clone(),
        complete: true,
        ..Article::default()
    }
}
