//! What a stream is, told by its first bytes; the name decides only between forms that look alike.

/// How many bytes are looked at.
pub(crate) const PREFIX: usize = 64 << 10;

/// Where a tag makes a page HTML even if text comes first.
const HEAD: usize = 1 << 10;

/// What a stream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Html,
    Text,
    JsonLines,
    Empty,
    /// Nothing that can be read as text, and what it is.
    Binary(&'static str),
}

/// Magic numbers of what people hand in by mistake.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive (unpack it first)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive (unpack it first)"),
    (b"Rar!\x1a\x07", "a RAR archive (unpack it first)"),
    (b"BZh", "bzip2 (unpack it first)"),
    (b"\xfd7zXZ\0", "xz (unpack it first)"),
    (b"\x1f\x8b", "compressed twice"),
    (b"\x28\xb5\x2f\xfd", "compressed twice"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"OggS", "sound or video"),
    (b"ID3", "sound"),
    (b"\x1a\x45\xdf\xa3", "video"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"WARC/", "a WARC archive"),
];

/// Tags that only HTML has.
const TAGS: &[&[u8]] = &[
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<meta",
    b"<title",
    b"<article",
    b"<main",
    b"<div",
    b"<p>",
    b"<p ",
    b"<h1",
    b"<script",
    b"<frameset",
];

/// What a stream is, by its first [`PREFIX`] bytes and its name.
pub(crate) fn form(prefix: &[u8], name: &str) -> Form {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| prefix.starts_with(magic)) {
        return Form::Binary(what);
    }
    if prefix.get(257..262) == Some(b"ustar") {
        return Form::Binary("a tar archive (unpack it first)");
    }
    let letters = letters(prefix);
    let start = letters.iter().position(|byte| !byte.is_ascii_whitespace());
    let letters = &letters[start.unwrap_or(letters.len())..];
    if letters.is_empty() && prefix.len() < PREFIX && !prefix.contains(&0) {
        Form::Empty
    } else if is_row(letters) {
        Form::JsonLines
    } else if is_html(letters) {
        Form::Html
    } else if is_binary(prefix) {
        Form::Binary("binary data")
    } else if has_extension(name, &["jsonl", "ndjson"]) {
        Form::JsonLines
    } else if has_extension(name, &["html", "htm", "xhtml"]) {
        Form::Html
    } else {
        Form::Text
    }
}

/// The prefix in lower case, without byte order mark and NUL, so that UTF-16 shows its ASCII.
fn letters(prefix: &[u8]) -> Vec<u8> {
    let marks: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
    let rest = marks.iter().find_map(|mark| prefix.strip_prefix(*mark)).unwrap_or(prefix);
    rest.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect()
}

fn is_html(letters: &[u8]) -> bool {
    let head = &letters[..letters.len().min(HEAD)];
    let opens = matches!(head, [b'<', next, ..] if next.is_ascii_alphabetic() || b"!?".contains(next));
    opens || TAGS.iter().any(|tag| holds(head, tag))
}

/// Whether more than one byte in fifty is a control character that no text has. UTF-16 says what it is by its mark.
fn is_binary(prefix: &[u8]) -> bool {
    let is_utf16 = prefix.starts_with(b"\xff\xfe") || prefix.starts_with(b"\xfe\xff");
    let control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    !is_utf16 && prefix.iter().filter(control).count() * 50 > prefix.len()
}

/// Whether the text opens with an object that has one of the keys of a row.
fn is_row(letters: &[u8]) -> bool {
    let object = letters.strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    object.is_some_and(|o| o.starts_with(b"\"") && (holds(o, b"\"text\"") || holds(o, b"\"html\"")))
}

/// Whether a name ends in one of these, before `.gz` or `.zst`.
pub(crate) fn has_extension(name: &str, extensions: &[&str]) -> bool {
    let name = name.to_ascii_lowercase();
    let name = [".gz", ".zst"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    name.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
}

fn holds(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(prefix: impl AsRef<[u8]>, name: &str, expect: Form) {
        let prefix = prefix.as_ref();
        assert_eq!(form(prefix, name), expect, "{name}: {}", String::from_utf8_lossy(prefix));
    }

    #[test]
    fn content_goes_before_name() {
        check("<!DOCTYPE html><p>x", "page.txt", Form::Html);
        check("\u{feff}  \n<html>", "page", Form::Html);
        check("GARBAGE <HTML><body>", "page", Form::Html);
        check("The mayor said < 3 people came.", "a.txt", Form::Text);
        check("{\"id\": \"a\", \"text\": \"b\"}\n", "rows.txt", Form::JsonLines);
        check("{ \"html\":\"<p>x</p>\"}", "-", Form::JsonLines);
        check("{\"id\": \"a\"}", "rows.jsonl.gz", Form::JsonLines);
        check("not json\n", "rows.ndjson", Form::JsonLines);
        check("{sic} he said.", "a.txt", Form::Text);
        check("plain words", "page.html", Form::Html);
    }

    #[test]
    fn utf16_is_text() {
        let utf16 = |text: &str| {
            [&b"\xff\xfe"[..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat()
        };
        check(utf16("<html><p>Ça va"), "a", Form::Html);
        check(utf16("Ça va"), "a", Form::Text);
    }

    #[test]
    fn what_is_no_page_is_named() {
        check("", "a", Form::Empty);
        check(" \n\t ", "a", Form::Empty);
        check([b' '; PREFIX], "a", Form::Text);
        check("%PDF-1.7", "page.html", Form::Binary("a PDF file"));
        check(b"PK\x03\x04xx", "a.html", Form::Binary("a ZIP archive (unpack it first)"));
        check([0; 300], "nul.html", Form::Binary("binary data"));
        check([&[0x80u8, 1, 2, 3, 4][..], &[b'a'; 60]].concat(), "a", Form::Binary("binary data"));
        let mut tar = vec![b'a'; 600];
        tar[257..262].copy_from_slice(b"ustar");
        check(tar, "a.txt", Form::Binary("a tar archive (unpack it first)"));
    }
}
