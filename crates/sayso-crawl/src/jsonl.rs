//! JSON Lines: one page a row, `{"id", "text" or "html", "url"?, "published"?, "outlet"?, "title"?}`.
//!
//! Other keys are passed over. A row that cannot be read is an error in its place; the next row is still read.

use std::io::{self, BufRead, Read};

use sayso::page::Hints;
use serde::Deserialize;

use crate::{Content, Error, MAX_PAGE, Page};

/// The most bytes of a row: a page, and as much again for escapes and other keys.
const MAX_ROW: usize = 2 * MAX_PAGE;

/// The rows of a stream.
pub(crate) struct Rows<R> {
    name: String,
    source: R,
    line: u64,
    done: bool,
}

impl<R: BufRead> Rows<R> {
    pub(crate) fn new(name: &str, source: R) -> Rows<R> {
        Rows { name: name.to_owned(), source, line: 0, done: false }
    }

    /// The next line without its end; `None` at the end of the stream.
    fn next_line(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let count = self.source.by_ref().take(MAX_ROW as u64).read_until(b'\n', &mut bytes)?;
        self.line += u64::from(count > 0);
        if count == MAX_ROW && !bytes.ends_with(b"\n") {
            skip_line(&mut self.source)?;
            return Ok(Some(Line::TooLong));
        }
        Ok((count > 0).then_some(Line::Whole(bytes)))
    }
}

enum Line {
    Whole(Vec<u8>),
    TooLong,
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Result<Page, Error>;

    fn next(&mut self) -> Option<Result<Page, Error>> {
        while !self.done {
            match self.next_line() {
                Ok(Some(Line::Whole(bytes))) if bytes.trim_ascii().is_empty() => {}
                Ok(Some(Line::Whole(bytes))) => return Some(page(&self.name, self.line, &bytes)),
                Ok(Some(Line::TooLong)) => {
                    let why = format!("a row of more than {} MiB", MAX_ROW >> 20);
                    return Some(Err(Error::row(&self.name, self.line, why)));
                }
                Ok(None) => self.done = true,
                Err(error) => {
                    self.done = true;
                    return Some(Err(Error::io(&self.name, error)));
                }
            }
        }
        None
    }
}

/// Passes over the rest of a line.
fn skip_line(source: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = source.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let (taken, done) = (end.map_or(buffer.len(), |end| end + 1), end.is_some() || buffer.is_empty());
        source.consume(taken);
        if done {
            return Ok(());
        }
    }
}

/// One row as it is written.
#[derive(Deserialize)]
struct Row {
    id: Option<Id>,
    text: Option<String>,
    html: Option<String>,
    url: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
}

/// Some archives number their pages.
#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Word(String),
    Number(i64),
}

/// The page of one row.
fn page(name: &str, line: u64, bytes: &[u8]) -> Result<Page, Error> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let row: Row = serde_json::from_slice(bytes).map_err(|error| Error::row(name, line, reason(&error)))?;
    let (content, content_type) = match (row.text, row.html) {
        (Some(text), _) => (Content::Text(text), "text/plain; charset=utf-8"),
        (None, Some(html)) => (Content::Bytes(html.into_bytes()), "text/html; charset=utf-8"),
        (None, None) => return Err(Error::row(name, line, "neither \"text\" nor \"html\"")),
    };
    let page = Page {
        id: id(name, line, row.id),
        content,
        hints: Hints {
            url: row.url,
            content_type: Some(content_type.to_owned()),
            published: row.published,
            outlet: row.outlet,
            title: row.title,
        },
    };
    if page.len() > MAX_PAGE {
        return Err(Error::row(name, line, format!("a page larger than {} MiB", MAX_PAGE >> 20)));
    }
    Ok(page)
}

/// What is wrong with a row and in which column; the line is the file's.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    format!("{what} (column {})", error.column())
}

fn id(name: &str, line: u64, given: Option<Id>) -> String {
    match given {
        Some(Id::Word(word)) => word,
        Some(Id::Number(number)) => number.to_string(),
        None => format!("{name}:{line}"),
    }
}
