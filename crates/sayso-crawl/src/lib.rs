//! Inputs of sayso: files, folders, JSON Lines, standard input, one address. Each becomes a row of [`Page`]s.
//!
//! [`pages`] tells forms apart by content first and by name second, takes gzip and zstd off, and keeps every bound:
//! [`MAX_PAGE`] bytes a page, a bounded ratio of decompression, a bounded fetch. Pages are produced one by one,
//! so that an archive of any length takes no more memory than its longest page. What cannot be read is an
//! [`Error`] in its place in the row; what follows it is still read.
//!
//! ```no_run
//! for page in sayso_crawl::pages("saved/") {
//!     match page {
//!         Ok(page) => println!("{}: {} bytes of text", page.id, page.article().text.len()),
//!         Err(error) => eprintln!("{error}"),
//!     }
//! }
//! ```

mod decompress;
mod error;
mod fetch;
mod folder;
mod form;
mod jsonl;
mod stream;

use std::fs::File;
use std::io;
use std::path::Path;

use sayso::Article;
use sayso::page::{self, Hints};

pub use error::Error;
pub use fetch::USER_AGENT;

/// The most bytes that one page may have, after decompression.
pub const MAX_PAGE: usize = 50 << 20;

/// One page as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The id given with it, else its path or address as given.
    pub id: String,
    /// What there is to read.
    pub content: Content,
    /// What is known of it from outside.
    pub hints: Hints,
    /// Keys of its row that are not read; of many, the first.
    pub unread: Vec<String>,
}

/// What there is to read of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Bytes in a charset yet to be found out.
    Bytes(Vec<u8>),
    /// Text that is kept character for character.
    Text(String),
}

impl Page {
    /// The page as an article.
    pub fn article(&self) -> Article {
        match &self.content {
            Content::Bytes(bytes) => page::read(bytes, &self.hints),
            Content::Text(text) => page::plain(text, &self.hints),
        }
    }

    /// How many bytes it holds.
    pub fn len(&self) -> usize {
        match &self.content {
            Content::Bytes(bytes) => bytes.len(),
            Content::Text(text) => text.len(),
        }
    }

    /// Whether it holds no byte.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The pages of one input, in order.
pub type Pages = Box<dyn Iterator<Item = Result<Page, Error>> + Send>;

/// The pages of an input: `-` is standard input, `http(s)://…` an address, anything else a file or folder.
pub fn pages(input: &str) -> Pages {
    if input == "-" {
        stream::pages(input, Box::new(io::stdin()), Hints::default())
    } else if is_address(input) {
        fetch::pages(input)
    } else if Path::new(input).is_dir() {
        folder::pages(input)
    } else {
        file(input)
    }
}

/// Whether an input is an address and not a path.
fn is_address(input: &str) -> bool {
    let scheme = input.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

/// The pages of one file.
fn file(path: &str) -> Pages {
    match File::open(path) {
        Ok(file) => stream::pages(path, Box::new(file), Hints::default()),
        Err(error) => failed(Error::io(path, error)),
    }
}

/// An input that gives nothing but an error.
fn failed(error: Error) -> Pages {
    Box::new(std::iter::once(Err(error)))
}
