//! From a stream of bytes to its pages: decompression, form, then one page or many rows.

use std::io::{self, BufReader, Read};

use sayso::page::Hints;

use crate::decompress::{self, Source};
use crate::form::{self, Form};
use crate::{Content, Error, MAX_PAGE, Page, Pages, failed, jsonl};

/// The pages of a stream called `name`.
pub(crate) fn pages(name: &str, source: Source, hints: Hints) -> Pages {
    match open(name, source) {
        Ok((Form::JsonLines, source)) => Box::new(jsonl::Rows::new(name, BufReader::new(source))),
        Ok((form, source)) => Box::new(std::iter::once(one(name, form, source, hints))),
        Err(error) => failed(Error::io(name, error)),
    }
}

/// Takes the compression off and looks at what comes.
fn open(name: &str, source: Source) -> io::Result<(Form, Source)> {
    let (prefix, source) = decompress::peek(decompress::open(source)?, form::PREFIX)?;
    Ok((form::form(&prefix, name), source))
}

/// The stream as one page.
fn one(name: &str, form: Form, source: Source, mut hints: Hints) -> Result<Page, Error> {
    let media_type = match form {
        Form::Empty => return Err(Error::empty(name)),
        Form::Binary(what) => return Err(Error::binary(name, what)),
        Form::Text => "text/plain",
        Form::Html | Form::JsonLines => "text/html",
    };
    let mut bytes = Vec::new();
    source.take(MAX_PAGE as u64 + 1).read_to_end(&mut bytes).map_err(|error| Error::io(name, error))?;
    if bytes.len() > MAX_PAGE {
        return Err(Error::too_large(name));
    }
    hints.content_type.get_or_insert_with(|| media_type.to_owned());
    Ok(Page { id: name.to_owned(), content: Content::Bytes(bytes), hints, unread: Vec::new() })
}
