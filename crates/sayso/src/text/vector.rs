//! Vectors of words (GloVe; Pennington et al. 2014), found by the hash of the lower-case word.

use std::sync::LazyLock;

use sayso_model::format::{Error, Model};

/// The vectors that are built in.
pub fn builtin() -> &'static Vectors {
    static VECTORS: LazyLock<Vectors> = LazyLock::new(|| {
        Vectors::open(sayso_data::WORD_VECTORS).expect("the models that are built in are whole")
    });
    &VECTORS
}

/// The hash of a word, for [`Vectors::row`].
pub fn key(word: &str, lower: &mut String) -> u32 {
    lower.clear();
    lower.extend(word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
    sayso_model::hash(b"w", lower)
}

/// Word vectors: hashes in ascending order, and 50 bytes for each.
#[derive(Clone, Copy, Debug)]
pub struct Vectors {
    keys: &'static [[u8; 4]],
    rows: &'static [u8],
    width: usize,
}

impl Vectors {
    /// From a model file.
    pub fn open(bytes: &'static [u8]) -> Result<Vectors, Error> {
        let model = Model::open(bytes)?;
        let (keys, _) = model.section("keys")?.as_chunks();
        let rows = model.section("vectors")?;
        let width = rows.len().checked_div(keys.len()).ok_or(Error::Shape)?;
        (width * keys.len() == rows.len()).then_some(Vectors { keys, rows, width }).ok_or(Error::Shape)
    }

    /// The vector of the word with this hash. Hashes are even, so a guess by their size lands close.
    pub fn row(&self, key: u32) -> Option<&'static [u8]> {
        let value = |at: usize| u32::from_le_bytes(self.keys[at]);
        let guess = ((u64::from(key) * self.keys.len() as u64) >> 32) as usize;
        let (mut low, mut high, mut step) = (guess, guess, 64);
        while low > 0 && value(low) > key {
            low = low.saturating_sub(step);
            step *= 2;
        }
        while high < self.keys.len() && value(high) < key {
            high = (high + step).min(self.keys.len());
            step *= 2;
        }
        let high = (high + 1).min(self.keys.len());
        let found =
            self.keys[low..high].binary_search_by_key(&key, |&bytes| u32::from_le_bytes(bytes)).ok()?;
        self.rows.get((low + found) * self.width..(low + found + 1) * self.width)
    }
}
