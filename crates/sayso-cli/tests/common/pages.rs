//! Constructed pages of stories.

use std::{fs, path::Path};

use serde_json::Value;

use super::folder;

/// Three constructed pages of one story and one of another.
pub(crate) const ROWS: [(&str, &str, &str, &str); 4] = [
    (
        "wire",
        "Sarn Wire",
        "2031-03-04T07:12:00Z",
        "SARN (Sarn Wire) - The dykes at Lower Marsk were to be opened on the second night of the flood, an engineer told \
         Sarn Wire. “I was ready to lose my post rather than sign,” Marta Quill said on Monday at the flood room.",
    ),
    (
        "copy",
        "Daily Lantern",
        "2031-03-05T11:40:00Z",
        "The dykes at Lower Marsk were to be opened on the second night of the flood, Sarn Wire reported. “I was prepared to \
         lose my post rather than sign,” Marta Quill said at the flood room.",
    ),
    (
        "own",
        "Northern Post",
        "2031-03-06T09:00:00Z",
        "A page of the log of the flood room at Lower Marsk, which the Northern Post has seen, says that the order to open \
         the dykes was refused on the second night of the flood. Anton Riehl, a clerk, confirmed the entry.",
    ),
    (
        "bell",
        "Harbour Weekly",
        "2031-03-05T08:00:00Z",
        "The bell of the ferry Halcyon came home by post after ninety years, and the dog of Nell Ostrander left the kitchen.",
    ),
];

pub(crate) fn rows(name: &str) -> String {
    dated_rows(name, "published", &ROWS)
}

pub(crate) fn json(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A file with two pages of a story, the first of which is of an agency that the second credits.
pub(crate) fn two_pages(name: &str, wire: &str, copy: &str) -> String {
    let lead = "The dykes at Lower Marsk were to be opened on the second night of the flood, Sarn Wire reported on Tuesday.";
    let pages = [
        ("wire", "Sarn Wire", "2031-03-04T07:12:00Z", format!("SARN (Sarn Wire) - {lead} {wire}")),
        ("copy", "Daily Lantern", "2031-03-05T11:40:00Z", format!("{lead} {copy}")),
    ];
    dated_rows(name, "published", &pages)
}

/// A file of rows: id, outlet, date under this key, text.
fn dated_rows<T: AsRef<str>>(name: &str, key: &str, pages: &[(&str, &str, &str, T)]) -> String {
    let row = |(id, outlet, date, text): &(&str, &str, &str, T)| {
        serde_json::json!({"id": id, "outlet": outlet, key: date, "text": text.as_ref()}).to_string() + "\n"
    };
    let rows: String = pages.iter().map(row).collect();
    file(&folder(name), "rows.jsonl", &rows)
}

/// Writes a file in a folder; its path.
pub(crate) fn file(folder: &Path, name: &str, text: &str) -> String {
    let file = folder.join(name);
    fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

pub(crate) const INDIRECT: &str =
    "Marta Quill told the premier that she would rather lose her post and her pension than sign the order.";
pub(crate) const DIRECT: &str =
    "“I will rather lose my post and my pension than sign the order,” Marta Quill told the premier.";

/// Constructed pages: an agency's words, which two pages have otherwise, one from the other.
pub(crate) fn changed_twice(name: &str) -> String {
    let lead = "The bridge over the Sethe at Tolm was closed on Monday night after divers found cracks in two of its piers";
    let said = |word: &str| {
        format!("“We will {word} it before the frost, and I do not care who complains,” said Hanne Brock.")
    };
    let pages = [
        (
            "wire",
            "Orrin Wire",
            "2031-09-02T06:10:00Z",
            format!("TOLM (Orrin Wire) - {lead}. {}", said("not open")),
        ),
        (
            "copy",
            "Tolm Gazette",
            "2031-09-02T09:40:00Z",
            format!("{lead}, Orrin Wire reported. {}", said("open")),
        ),
        (
            "again",
            "Daily Sethe",
            "2031-09-02T13:00:00Z",
            format!("{lead}, the Tolm Gazette reported. {}", said("open")),
        ),
    ];
    dated_rows(name, "datePublished", &pages)
}
