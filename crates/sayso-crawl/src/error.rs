//! Why an input, or a row of one, gave no page.

use std::fmt;
use std::io;

/// Why an input, or a row of one, gave no page. The message names the input, and the line where there is one.
#[derive(Debug)]
pub struct Error {
    input: String,
    line: Option<u64>,
    why: Why,
}

#[derive(Debug)]
enum Why {
    Io(io::Error),
    Empty,
    Binary(&'static str),
    TooLarge(String),
    Row(String),
    Fetch(String),
}

impl Error {
    /// The input could not be opened or read.
    pub(crate) fn io(input: &str, error: io::Error) -> Error {
        let why = match error.get_ref() {
            Some(cause) if cause.is::<Bomb>() => Why::TooLarge(cause.to_string()),
            _ => Why::Io(error),
        };
        Error::new(input, why)
    }

    /// There is nothing in the input.
    pub(crate) fn empty(input: &str) -> Error {
        Error::new(input, Why::Empty)
    }

    /// The input is no text; `what` says what it is.
    pub(crate) fn binary(input: &str, what: &'static str) -> Error {
        Error::new(input, Why::Binary(what))
    }

    /// A page is larger than [`MAX_PAGE`](crate::MAX_PAGE).
    pub(crate) fn too_large(input: &str) -> Error {
        Error::new(input, Why::TooLarge(format!("larger than {} MiB", crate::MAX_PAGE >> 20)))
    }

    /// A row of JSON Lines could not be read.
    pub(crate) fn row(input: &str, line: u64, why: impl Into<String>) -> Error {
        Error { input: input.to_owned(), line: Some(line), why: Why::Row(why.into()) }
    }

    /// An address could not be fetched.
    pub(crate) fn fetch(input: &str, why: impl Into<String>) -> Error {
        Error::new(input, Why::Fetch(why.into()))
    }

    fn new(input: &str, why: Why) -> Error {
        Error { input: input.to_owned(), line: None, why }
    }

    /// The input, as it was given.
    pub fn input(&self) -> &str {
        &self.input
    }

    /// Whether the input does not exist.
    pub fn is_not_found(&self) -> bool {
        matches!(&self.why, Why::Io(error) if error.kind() == io::ErrorKind::NotFound)
    }

    /// Whether there was nothing in it.
    pub fn is_empty(&self) -> bool {
        matches!(self.why, Why::Empty)
    }

    /// Whether it was no text: a picture, an archive.
    pub fn is_binary(&self) -> bool {
        matches!(self.why, Why::Binary(_))
    }

    /// Whether it was too large, or grew too much in decompression.
    pub fn is_too_large(&self) -> bool {
        matches!(self.why, Why::TooLarge(_))
    }

    /// Whether it was one row of JSON Lines.
    pub fn is_row(&self) -> bool {
        matches!(self.why, Why::Row(_))
    }

    /// Whether an address could not be fetched.
    pub fn is_fetch(&self) -> bool {
        matches!(self.why, Why::Fetch(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let input = if self.input == "-" { "standard input" } else { &self.input };
        write!(f, "{input}")?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        match &self.why {
            Why::Io(error) if error.kind() == io::ErrorKind::NotFound => {
                write!(f, ": no such file or folder")
            }
            Why::Io(error) => write!(f, ": {error}"),
            Why::Empty => write!(f, ": nothing in it"),
            Why::Binary(what) => write!(f, ": {what}, not a page"),
            Why::TooLarge(why) | Why::Row(why) | Why::Fetch(why) => write!(f, ": {why}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.why {
            Why::Io(error) => Some(error),
            _ => None,
        }
    }
}

/// What a decompressing reader fails with when the output outgrows the input.
#[derive(Debug)]
pub(crate) struct Bomb;

impl fmt::Display for Bomb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "grows too much in decompression")
    }
}

impl std::error::Error for Bomb {}
