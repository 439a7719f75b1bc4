//! Lexicons and models of sayso, embedded.
//!
//! A lexicon is a TSV file in `lexicon/`. Its first lines start with `#` and give origin and licence;
//! [`rows`] reads the others. Models are in `models/`; `MANIFEST.toml` says what each was trained on.

use std::collections::BTreeSet;

/// Abbreviations that keep their period: word, `always` or `number`.
pub const ABBREVIATIONS: &str = include_str!("../lexicon/abbreviations.tsv");

/// Given names that start a person's name, one a row.
pub const GIVEN_NAMES: &str = include_str!("../lexicon/given_names.tsv");

/// News outlets: name, kind, further names separated by `|`, domain.
pub const OUTLETS: &str = include_str!("../lexicon/outlets.tsv");

/// Words by which a text credits its sources: class, word, and for a name the outlet that it means.
pub const CREDITS: &str = include_str!("../lexicon/credits.tsv");

/// Words that show how a text speaks of what it tells: class, word in lower case.
pub const MANNER: &str = include_str!("../lexicon/manner.tsv");

/// Words in and around cues: class, word in lower case.
pub const CUE_WORDS: &str = include_str!("../lexicon/cue_words.tsv");

/// Nouns that say what a source is: class, word in lower case.
pub const NOUNS: &str = include_str!("../lexicon/nouns.tsv");

/// Words for people who may go unnamed: one, several.
pub const UNNAMED: &str = include_str!("../lexicon/unnamed.tsv");

/// Titles before names, and words that no person's name has: class, word.
pub const TITLES: &str = include_str!("../lexicon/titles.tsv");

/// Nouns for people: one, several.
pub const PERSON_NOUNS: &str = include_str!("../lexicon/person_nouns.tsv");

/// Nouns that name somebody by relation to another, one a row.
pub const RELATIONS: &str = include_str!("../lexicon/relations.tsv");

/// Titles as written before names, and the nouns, separated by `|`, by which such a person is called later.
pub const TITLE_NOUNS: &str = include_str!("../lexicon/title_nouns.tsv");

/// Places, and the words by which their people are called, separated by `|`.
pub const NATIONS: &str = include_str!("../lexicon/nations.tsv");

/// Given names that are one name, a group a row.
pub const NICKNAMES: &str = include_str!("../lexicon/nicknames.tsv");

/// What tells people from others and links their mentions, in the form of `sayso_model::format`.
pub static PEOPLE_MODEL: &[u8] = include_bytes!("../models/people.bin");

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

/// The words of one class of a lexicon whose rows are class and word.
///
/// ```
/// assert!(sayso_data::class(sayso_data::CUE_WORDS, "telling").contains("informed"));
/// ```
pub fn class(lexicon: &'static str, class: &str) -> BTreeSet<&'static str> {
    rows(lexicon)
        .filter_map(|row| row.split_once('\t'))
        .filter(|row| row.0 == class)
        .map(|row| row.1)
        .collect()
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

/// In what share of articles a word occurs, in the form of `sayso_model::format`.
pub static WORD_SHARES: &[u8] = include_bytes!("../models/words.bin");

/// How much each sign of derivation weighs: sign, weight.
pub const DERIVE_WEIGHTS: &str = include_str!("../models/derive.tsv");

/// How much each sign weighs that a text credits a source: sign, weight.
pub const CITE_WEIGHTS: &str = include_str!("../models/cite.tsv");

/// What each model was trained on, with its SHA-256: TOML, one table a model.
pub const MANIFEST: &str = include_str!("../MANIFEST.toml");

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn models_are_the_ones_in_the_manifest() {
        let manifest: toml::Table = MANIFEST.parse().unwrap();
        let models = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/models")).unwrap();
        assert_eq!(models.count(), manifest.len(), "every model has an entry");
        for (name, entry) in &manifest {
            let file = entry["file"].as_str().unwrap();
            let model = std::fs::read(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
            let hash: String = Sha256::digest(&model).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(entry["sha256"].as_str(), Some(hash.as_str()), "{name}");
        }
    }

    #[test]
    fn lexicons_say_where_they_are_from() {
        for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/lexicon")).unwrap() {
            let path = file.unwrap().path();
            let lexicon = std::fs::read_to_string(&path).unwrap();
            let head: String = lexicon.lines().take_while(|line| line.starts_with('#')).collect();
            let head = head.to_lowercase();
            assert!(head.contains("origin") && head.contains("licence"), "{}", path.display());
        }
    }
}
