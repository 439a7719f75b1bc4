//! Bytes to [`Article`]: charset, tree, body, captions, metadata, links.

mod body;
mod captions;
mod charset;
mod dates;
mod debris;
mod dom;
mod flow;
mod html;
mod language;
mod links;
mod metadata;
mod names;
mod plain;
mod zone;

use crate::{Article, BlockKind, DateSource, Note, NoteKind};

/// Bytes beyond this are cut.
const MAX_BYTES: usize = 64 << 20;

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
///
/// ```
/// use sayso::page::{Hints, read};
///
/// let page = "<html><h1>Quay to close</h1><p>The harbour quay will close in May, the council said.</p></html>";
/// let article = read(page.as_bytes(), &Hints::default());
/// assert_eq!(article.title.as_deref(), Some("Quay to close"));
/// assert_eq!(&article[article.blocks[1].span], "The harbour quay will close in May, the council said.");
/// ```
pub fn read(bytes: &[u8], hints: &Hints) -> Article {
    let kept = &bytes[..bytes.len().min(MAX_BYTES)];
    let decoded = charset::decode(kept, hints.content_type.as_deref());
    let mut article = if is_html(&decoded.text, hints) {
        html::read(&decoded.text, hints)
    } else {
        plain(&decoded.text, hints)
    };
    if kept.len() < bytes.len() {
        note(&mut article, NoteKind::Cut, format!("Only the first {MAX_BYTES} bytes were read."));
    }
    if let Some(trouble) = decoded.trouble {
        note(&mut article, NoteKind::Charset, trouble);
    }
    article
}

/// Reads plain text: the article's text is the given one, byte for byte.
pub fn plain(text: &str, hints: &Hints) -> Article {
    plain::read(text, hints)
}

/// Tells HTML from plain text, by the media type if it says, else by how the text begins.
fn is_html(text: &str, hints: &Hints) -> bool {
    match hints.content_type.as_deref().map(str::to_ascii_lowercase) {
        Some(kind) if kind.contains("html") || kind.contains("xml") => return true,
        Some(kind) if kind.starts_with("text/plain") => return false,
        _ => {}
    }
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let head = prefix(start, 2048).to_ascii_lowercase();
    let opens = |tag: &str| head.contains(tag);
    head.starts_with("<!doctype")
        || head.starts_with("<!--")
        || opens("<html")
        || opens("<head")
        || opens("<body")
        || (head.starts_with('<')
            && head.contains('>')
            && head[1..].starts_with(|c: char| c.is_ascii_alphabetic()))
        || ["<p>", "<div", "<article", "<table"].iter().any(|tag| opens(tag))
}

/// The longest beginning of `text` of at most `most` bytes.
fn prefix(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}

fn note(article: &mut Article, kind: NoteKind, text: impl Into<String>) {
    article.notes.push(Note { kind, span: None, text: text.into() });
}

/// What both kinds of page end with: hints, language, whether the text is whole.
fn finish(article: &mut Article, hints: &Hints, label: Option<&str>) {
    if let Some(given) = &hints.published {
        match dates::parse(given, DateSource::Given) {
            Some(date) => article.dates.insert(0, date),
            None => {
                note(article, NoteKind::Metadata, format!("The given date \"{given}\" could not be read."))
            }
        }
    }
    article.dates.dedup();
    article.published = article.dates.first().cloned();
    article.title = article.title.take().or_else(|| hints.title.clone());
    article.outlet = hints.outlet.clone().or_else(|| article.outlet.take());
    article.url.clone_from(&hints.url);
    article.language = language::language(&prose(article), label);
    if article.blocks.iter().all(|block| !block.kind.is_body()) {
        note(article, NoteKind::NoArticle, "No article was found on the page.");
    }
    if let Some(language) = article.language.clone()
        && language != "en"
    {
        note(
            article,
            NoteKind::Language,
            format!("The text is in \"{language}\"; statements are read in English only."),
        );
    }
    close(article);
}

/// The start of the running text.
fn prose(article: &Article) -> String {
    let mut out = String::new();
    for block in article.blocks.iter().filter(|block| block.kind.is_body()) {
        if out.len() > 4000 {
            break;
        }
        let text = &article[block.span];
        out.push_str(prefix(text, 4000));
        out.push('\n');
    }
    out
}

/// Says whether the text is whole: running text does not end without a stop.
fn close(article: &mut Article) {
    article.complete = true;
    let last = article.blocks.iter().rfind(|block| block.kind.is_body());
    let Some(last) = last.copied() else {
        return;
    };
    let text = article[last.span].trim_end();
    let running = matches!(last.kind, BlockKind::Paragraph | BlockKind::Quotation) && text.len() > 25;
    let cut = text.ends_with(|c: char| c.is_alphanumeric() || c == ',' || c == '-')
        || text.ends_with("...")
        || text.ends_with('…');
    // Scripts without spaces and stops of their own are not judged.
    if running && cut && text.split_whitespace().count() > 4 {
        article.complete = false;
        let text = "The text ends in mid-sentence.".to_owned();
        article.notes.push(Note { kind: NoteKind::Incomplete, span: Some(last.span), text });
    }
}
