//! Lexicons and models of sayso, embedded.
//!
//! A lexicon is a TSV file in `lexicon/`. Its first lines start with `#` and give origin and licence;
//! [`rows`] reads the others. Models are in `models/`; `MANIFEST.toml` says what each was trained on.

/// Abbreviations that keep their period: word, `always` or `number`.
pub const ABBREVIATIONS: &str = include_str!("../lexicon/abbreviations.tsv");

/// Given names that start a person's name, one a row.
pub const GIVEN_NAMES: &str = include_str!("../lexicon/given_names.tsv");

/// News outlets: name, kind, further names separated by `|`, domain.
pub const OUTLETS: &str = include_str!("../lexicon/outlets.tsv");

/// The sentence splitter and the tagger, in the form of `sayso_model::format`.
pub static TEXT_MODEL: &[u8] = &ALIGNED_TEXT_MODEL.0;

/// The rows of a lexicon, without its head and blank lines.
///
/// ```
/// assert!(sayso_data::rows(sayso_data::ABBREVIATIONS).any(|row| row == "Sen\talways"));
/// ```
pub fn rows(lexicon: &str) -> impl Iterator<Item = &str> {
    lexicon.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The network that finds attributions, in the form of `sayso_model::format`.
pub static NETWORK_MODEL: &[u8] = include_bytes!("../models/network.bin");

/// Word vectors in 64ths, by the hash of the lower-case word.
pub static WORD_VECTORS: &[u8] = include_bytes!("../models/vectors.bin");

/// Aligned, so that a row of weights does not straddle two cache lines.
#[repr(C, align(64))]
struct Aligned<Bytes>(Bytes);

static ALIGNED_TEXT_MODEL: &Aligned<[u8; include_bytes!("../models/text.bin").len()]> =
    &Aligned(*include_bytes!("../models/text.bin"));

/// Words in class and id attributes and the zone of a page that they name: `zone TAB word`, `#` comments.
pub const PAGE_ZONES: &str = include_str!("../lexicon/page_zones.tsv");

/// Wording of page furniture: a regular expression a line, matched at the start of a short passage, `#` comments.
pub const PAGE_DEBRIS: &str = include_str!("../lexicon/page_debris.txt");
