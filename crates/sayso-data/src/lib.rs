//! Lexicons and models of sayso, embedded.

/// Words in class and id attributes and the zone of a page that they name: `zone TAB word`, `#` comments.
pub const PAGE_ZONES: &str = include_str!("../lexicon/page_zones.tsv");

/// Wording of page furniture: a regular expression a line, matched at the start of a short passage, `#` comments.
pub const PAGE_DEBRIS: &str = include_str!("../lexicon/page_debris.txt");
