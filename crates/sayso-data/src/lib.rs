//! Lexicons and models of sayso, embedded.
//!
//! A lexicon is a TSV file in `lexicon/`. Its first lines start with `#` and give origin and licence;
//! [`rows`] reads the others. Models are in `models/`; `MANIFEST.toml` says what each was trained on.

/// Abbreviations that keep their period: word, `always` or `number`.
pub const ABBREVIATIONS: &str = include_str!("../lexicon/abbreviations.tsv");

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

/// Aligned, so that a row of weights does not straddle two cache lines.
#[repr(C, align(64))]
struct Aligned<Bytes>(Bytes);

static ALIGNED_TEXT_MODEL: &Aligned<[u8; include_bytes!("../models/text.bin").len()]> =
    &Aligned(*include_bytes!("../models/text.bin"));

/// What each model was trained on, with its SHA-256: TOML, one table a model.
pub const MANIFEST: &str = include_str!("../MANIFEST.toml");

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn models_are_the_ones_in_the_manifest() {
        let manifest: toml::Table = MANIFEST.parse().unwrap();
        assert!(manifest.contains_key("text"));
        for (name, entry) in &manifest {
            let file = entry["file"].as_str().unwrap();
            let model = std::fs::read(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
            let hash: String = Sha256::digest(&model).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(entry["sha256"].as_str(), Some(hash.as_str()), "{name}");
        }
    }

    #[test]
    fn lexicons_say_where_they_are_from() {
        for lexicon in [ABBREVIATIONS] {
            let head: String = lexicon.lines().take_while(|line| line.starts_with('#')).collect();
            assert!(head.contains("Origin:") && head.contains("Licence:"));
        }
    }
}
