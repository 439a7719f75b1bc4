//! JSON Lines: one page a row, `{"id", "text" or "html", "url"?, "published"?, "outlet"?, "title"?}`.
//!
//! The day of a page may have another name, see [`is_date`]. Other keys are passed over, and the page has their names. A row
//! that cannot be read is an error in its place; the next row is still read.

use std::fmt;
use std::io::{self, BufRead, Read};

use sayso::page::Hints;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

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
#[derive(Default)]
struct Row {
    id: Option<Id>,
    text: Option<String>,
    html: Option<String>,
    url: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    /// The day under another name.
    date: Option<String>,
    /// Keys that are not read.
    unread: Vec<String>,
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(row: D) -> Result<Row, D::Error> {
        row.deserialize_map(Keys)
    }
}

/// Reads a row key by key.
struct Keys;

impl<'de> Visitor<'de> for Keys {
    type Value = Row;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut keys: A) -> Result<Row, A::Error> {
        let mut row = Row::default();
        while let Some(key) = keys.next_key::<String>()? {
            match key.as_str() {
                "id" => row.id = keys.next_value()?,
                "text" => row.text = keys.next_value()?,
                "html" => row.html = keys.next_value()?,
                "url" => row.url = keys.next_value()?,
                "published" => row.published = keys.next_value()?,
                "outlet" => row.outlet = keys.next_value()?,
                "title" => row.title = keys.next_value()?,
                _ if is_date(&key) && row.date.is_none() => match keys.next_value()? {
                    Value::String(date) => row.date = Some(date),
                    Value::Null => {}
                    _ => row.unread.push(key),
                },
                _ => {
                    keys.next_value::<IgnoredAny>()?;
                    row.unread.push(key);
                }
            }
        }
        Ok(row)
    }
}

/// Whether a key names the day of a page in another way: `date`, `datePublished`, `pub_date`.
fn is_date(key: &str) -> bool {
    const NAMES: [&str; 9] = [
        "date",
        "datepublished",
        "publicationdate",
        "publishdate",
        "publisheddate",
        "publishedat",
        "publishedon",
        "publishedtime",
        "pubdate",
    ];
    let letters: String = key.chars().filter(char::is_ascii_alphabetic).collect();
    NAMES.contains(&letters.to_ascii_lowercase().as_str())
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
            published: row.published.or(row.date),
            outlet: row.outlet,
            title: row.title,
        },
        unread: row.unread,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(row: &str, published: Option<&str>, unread: &[&str]) {
        let page = page("rows", 1, row.as_bytes()).unwrap();
        assert_eq!(
            (page.hints.published.as_deref(), page.unread),
            (published, unread.iter().map(|&key| key.to_owned()).collect())
        );
    }

    #[test]
    fn the_day_has_many_names() {
        for key in
            ["published", "date", "datePublished", "pub_date", "pubdate", "published_at", "Publication-Date"]
        {
            check(&format!("{{\"text\": \"x\", \"{key}\": \"2031-03-04\"}}"), Some("2031-03-04"), &[]);
        }
        check(r#"{"date": "2031-03-05", "published": "2031-03-04", "text": "x"}"#, Some("2031-03-04"), &[]);
        check(r#"{"date": "2031-03-05", "published": null, "text": "x"}"#, Some("2031-03-05"), &[]);
        check(r#"{"date": null, "pubDate": "2031-03-05", "text": "x"}"#, Some("2031-03-05"), &[]);
    }

    #[test]
    fn keys_that_are_not_read_are_known() {
        check(
            r#"{"text": "x", "authors": ["A"], "date": {"year": 2031}, "dated": 1}"#,
            None,
            &["authors", "date", "dated"],
        );
        check(r#"{"id": 7, "text": "x", "html": "", "url": null, "outlet": "A", "title": "B"}"#, None, &[]);
    }
}
