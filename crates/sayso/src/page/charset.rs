//! Bytes to text: byte order mark, header, `<meta>`, detection, in that order (the order of browsers).

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

/// How far into a page its `<meta charset>` is looked for. Browsers stop at 1024 bytes; pages do not.
const META_WINDOW: usize = 8192;
/// How much of a page without a label is given to the detector.
const DETECTION_WINDOW: usize = 64 * 1024;

/// Text out of bytes.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    /// What was wrong, as a sentence.
    pub(super) trouble: Option<String>,
}

/// Decodes a page's bytes. `content_type` is the header's value, if known.
pub(super) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    let mut trouble = None;
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => {
            let label = content_type.and_then(header_charset).or_else(|| meta_charset(bytes));
            // Most pages are UTF-8 whatever their label says; a page that is valid UTF-8 beyond ASCII is nothing else.
            match label.as_deref().map(|label| Encoding::for_label(label.as_bytes())) {
                Some(Some(encoding)) if encoding == UTF_8 => encoding,
                Some(Some(encoding)) if !is_utf8_beyond_ascii(bytes) => encoding,
                Some(Some(encoding)) => {
                    trouble = Some(format!("The page is labelled {} but is UTF-8.", encoding.name()));
                    UTF_8
                }
                Some(None) => {
                    trouble = Some("The page's charset label is not known.".to_owned());
                    detect(bytes)
                }
                None => detect(bytes),
            }
        }
    };
    let (text, encoding, bad) = encoding.decode(bytes);
    if bad && trouble.is_none() {
        trouble = Some(format!("Some bytes are not {} text.", encoding.name()));
    }
    Decoded { text, trouble }
}

fn is_utf8_beyond_ascii(bytes: &[u8]) -> bool {
    !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok()
}

/// The `charset` parameter of a `Content-Type` value.
fn header_charset(content_type: &str) -> Option<String> {
    charset_after(content_type.as_bytes())
}

/// The charset that a `<meta>` near the top declares.
fn meta_charset(bytes: &[u8]) -> Option<String> {
    let window = &bytes[..bytes.len().min(META_WINDOW)];
    let mut at = 0;
    while let Some(found) = memmem::find(&window[at..], b"<") {
        at += found + 1;
        let rest = &window[at..];
        if rest.len() < 4 || !rest[..4].eq_ignore_ascii_case(b"meta") {
            continue;
        }
        let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
        if let Some(label) = charset_after(&rest[..end]) {
            // A page cannot be read as ASCII up to here and be UTF-16.
            let wide = Encoding::for_label(label.as_bytes()).is_some_and(|e| e == UTF_16LE || e == UTF_16BE);
            return Some(if wide { "utf-8".to_owned() } else { label });
        }
    }
    None
}

/// The value after `charset=`.
fn charset_after(text: &[u8]) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let at = memmem::find(&lower, b"charset")? + "charset".len();
    let rest = lower[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|b| b"\"'; />".contains(b)).unwrap_or(rest.len());
    (end > 0).then(|| String::from_utf8_lossy(&rest[..end]).into_owned())
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(DETECTION_WINDOW)], bytes.len() <= DETECTION_WINDOW);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::decode;

    fn check(bytes: &[u8], content_type: Option<&str>, text: &str, trouble: bool) {
        let decoded = decode(bytes, content_type);
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.trouble.is_some(), trouble, "{:?}", decoded.trouble);
    }

    #[test]
    fn labels_in_the_order_of_browsers() {
        check(b"\xef\xbb\xbfcaf\xc3\xa9", Some("text/html; charset=latin1"), "café", false);
        check(b"\xff\xfeh\0i\0", None, "hi", false);
        check(b"caf\xe9", Some("text/html; charset=ISO-8859-1"), "café", false);
        check(b"<meta charset='windows-1251'>\xcc\xe8\xf0", None, "<meta charset='windows-1251'>Мир", false);
        check(
            b"<meta http-equiv=Content-Type content=\"text/html; charset=Shift_JIS\">\x93\xfa",
            None,
            "<meta http-equiv=Content-Type content=\"text/html; charset=Shift_JIS\">日",
            false,
        );
    }

    #[test]
    fn wrong_labels() {
        check("“naïve”".as_bytes(), Some("text/html; charset=iso-8859-1"), "“naïve”", true);
        check(b"plain", Some("text/html; charset=klingon"), "plain", true);
        check(b"bad \xff byte", Some("text/html; charset=utf-8"), "bad \u{fffd} byte", true);
    }
}
