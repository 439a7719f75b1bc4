//! The pages of a folder: its files and those of the folders in it, in order of name.

use walkdir::{DirEntry, WalkDir};

use crate::form::has_extension;
use crate::{Error, Pages, failed, file};

/// Folders inside folders that are followed.
const MAX_DEPTH: usize = 64;

/// What lies beside saved pages and is passed over.
const ASSETS: &[&str] = &[
    "css", "js", "mjs", "map", "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "woff", "woff2",
    "ttf", "otf", "mp3", "mp4", "webm", "m4a", "pdf",
];

/// The pages of every file that is neither hidden nor an asset. Links are not followed.
pub(crate) fn pages(path: &str) -> Pages {
    let walk = WalkDir::new(path).max_depth(MAX_DEPTH).sort_by_file_name();
    let entries = walk.into_iter().filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry));
    let name = path.to_owned();
    let mut files = entries.filter(|entry| entry.as_ref().map_or(true, is_page)).peekable();
    if files.peek().is_none() {
        return failed(Error::empty(path));
    }
    Box::new(files.flat_map(move |entry| match entry {
        Ok(entry) => file(&entry.path().to_string_lossy()),
        Err(error) => failed(Error::io(&named(&error, &name), error.into())),
    }))
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn is_page(entry: &DirEntry) -> bool {
    entry.file_type().is_file() && !has_extension(&entry.file_name().to_string_lossy(), ASSETS)
}

/// The path that an error is about.
fn named(error: &walkdir::Error, folder: &str) -> String {
    error.path().map_or(folder.to_owned(), |path| path.to_string_lossy().into_owned())
}
