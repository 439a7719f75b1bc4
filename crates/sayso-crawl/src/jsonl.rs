//! JSON Lines: one page a row, `{"id", "text" or "html", "url"?, "published"?, "outlet"?, "title"?}`.
//!
//! The day of a page may have another name, see [`is_date`]. Other keys are passed over, and the page has the names of the
//! first of them. A row that cannot be read is an error in its place; the next row is still read.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, BufRead, Read};

use sayso::page::Hints;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::{Content, Error, MAX_PAGE, Page};

/// The most bytes of a row: a page, and as much again for escapes and other keys.
const MAX_ROW: usize = 2 * MAX_PAGE;

/// The most keys of a row that are known not to be read, and the most bytes of the name of each.
const MAX_UNREAD: usize = 64;
const MAX_NAME: usize = 256;

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
    /// Keys that are not read, each once.
    unread: Vec<String>,
}

impl Row {
    /// Keeps the name of a key that is not read, without the capacity of a long one.
    fn pass_over(&mut self, key: &str) {
        let name = &key[..key.floor_char_boundary(MAX_NAME)];
        if self.unread.len() < MAX_UNREAD && !self.unread.iter().any(|other| other == name) {
            self.unread.push(name.to_owned());
        }
    }
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
        const ONCE: [&str; 7] = ["id", "text", "html", "url", "published", "outlet", "title"];
        let (mut row, mut seen) = (Row::default(), BTreeSet::new());
        while let Some(key) = keys.next_key::<String>()? {
            if let Some(name) = ONCE.into_iter().find(|name| *name == key)
                && !seen.insert(name)
            {
                return Err(A::Error::duplicate_field(name));
            }
            match key.as_str() {
                "id" => row.id = keys.next_value()?,
                "text" => row.text = keys.next_value()?,
                "html" => row.html = keys.next_value()?,
                "url" => row.url = keys.next_value()?,
                "published" => row.published = keys.next_value()?,
                "outlet" => row.outlet = keys.next_value()?,
                "title" => row.title = keys.next_value()?,
                _ if is_date(&key) && row.date.is_none() => match keys.next_value()? {
                    Day::Text(date) => row.date = Some(date),
                    Day::Blank => {}
                    Day::Other => row.pass_over(&key),
                },
                _ => {
                    keys.next_value::<IgnoredAny>()?;
                    row.pass_over(&key);
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

/// What stands where a day is looked for. Nothing but text is kept.
enum Day {
    Text(String),
    Blank,
    Other,
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(day: D) -> Result<Day, D::Error> {
        day.deserialize_any(AnyDay)
    }
}

struct AnyDay;

impl<'de> Visitor<'de> for AnyDay {
    type Value = Day;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a day")
    }

    fn visit_str<E>(self, text: &str) -> Result<Day, E> {
        Ok(if is_blank(text) { Day::Blank } else { Day::Text(text.to_owned()) })
    }

    fn visit_unit<E>(self) -> Result<Day, E> {
        Ok(Day::Blank)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Day, E> {
        Ok(Day::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Day, E> {
        Ok(Day::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Day, E> {
        Ok(Day::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Day, E> {
        Ok(Day::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Day, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Day::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut keys: A) -> Result<Day, A::Error> {
        while keys.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Day::Other)
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
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
            published: row.published.filter(|day| !is_blank(day)).or(row.date),
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
        check(r#"{"date": "2031-03-05", "published": " ", "text": "x"}"#, Some("2031-03-05"), &[]);
        check(r#"{"date": "", "pubDate": "2031-03-05", "text": "x"}"#, Some("2031-03-05"), &[]);
        check(r#"{"published": "", "text": "x"}"#, None, &[]);
        for other in ["7", "-7", "7.5", "true", r#"[[1], "a"]"#, r#"{"a": {"b": 1}}"#] {
            check(
                &format!("{{\"date\": {other}, \"pubDate\": \"2031-03-05\", \"text\": \"x\"}}"),
                Some("2031-03-05"),
                &["date"],
            );
        }
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

    #[test]
    fn of_keys_that_are_not_read_few_are_kept_in_short() {
        check(r#"{"text": "x", "tag": 1, "tag": 2, "section": 3, "tag": 4}"#, None, &["tag", "section"]);
        let long = "é".repeat(MAX_NAME);
        check(&format!("{{\"{long}a\": 1, \"{long}b\": 2, \"text\": \"x\"}}"), None, &[&long[..MAX_NAME]]);
        let keys: String = (0..100_000).map(|n| format!("\"key {n}\": 1, ")).collect();
        let page = page("rows", 1, format!("{{{keys}\"text\": \"x\"}}").as_bytes()).unwrap();
        assert_eq!(page.unread, (0..MAX_UNREAD).map(|n| format!("key {n}")).collect::<Vec<_>>());
    }

    #[test]
    fn a_key_that_is_read_is_given_once() {
        for (key, row) in [
            ("text", r#"{"text": "x", "text": "y"}"#),
            ("id", r#"{"id": 1, "text": "x", "id": "b"}"#),
            ("published", r#"{"published": null, "published": "2031-03-04", "text": "x"}"#),
        ] {
            let error = page("rows", 1, row.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(&format!("duplicate field `{key}`")), "{error}");
        }
    }
}
