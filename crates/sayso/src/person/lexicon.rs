//! What the lexicons know of a word, by the hash of its small letters.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasherDefault, Hasher},
    sync::LazyLock,
};

use crate::text::word::Word;

/// What a word can be: a set of the constants below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u16);

impl Class {
    /// One person: `senator`.
    pub(super) const ONE: Class = Class(1);
    /// Several people: `senators`.
    pub(super) const SEVERAL: Class = Class(1 << 1);
    /// Somebody by relation to another: `wife`, `lawyer`.
    pub(super) const RELATION: Class = Class(1 << 2);
    /// A body: `committee`.
    pub(super) const BODY: Class = Class(1 << 3);
    /// Something that is written or shown: `report`.
    pub(super) const DOCUMENT: Class = Class(1 << 4);
    /// A title that only people have: `Mr.`.
    pub(super) const PERSONAL: Class = Class(1 << 5);
    /// A title that starts other names too: `President`.
    pub(super) const SHARED: Class = Class(1 << 6);
    /// Part of a name that is no person's: `University`.
    pub(super) const NEVER: Class = Class(1 << 7);
    /// A given name.
    pub(super) const GIVEN: Class = Class(1 << 8);
    /// Between or before parts of a name: `van`.
    pub(super) const PARTICLE: Class = Class(1 << 9);
    /// After a name: `Jr.`.
    pub(super) const SUFFIX: Class = Class(1 << 10);

    /// Opens a clause inside another: `who`.
    pub(super) const OPENER: Class = Class(1 << 11);

    /// A personal pronoun of any form.
    pub(super) const PRONOUN: Class = Class(1 << 12);

    /// May start a wish for anonymity: `asked`, `not`.
    pub(super) const WISH: Class = Class(1 << 13);

    pub(super) fn has(self, any: Class) -> bool {
        self.0 & any.0 != 0
    }

    pub(super) const fn or(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }

    /// Its bits, as a feature, but for those that only say how a word is read.
    pub(super) fn bits(self) -> u64 {
        u64::from(self.0) & ((1 << 11) - 1)
    }
}

/// A title of either kind.
pub(super) const TITLE: Class = Class::PERSONAL.or(Class::SHARED);
/// One or several people.
pub(super) const PEOPLE: Class = Class::ONE.or(Class::SEVERAL);

/// What is known of the word with this hash.
pub(super) fn class(lower: u64) -> Class {
    CLASSES.get(&lower).copied().unwrap_or_default()
}

/// Whether a noun says what a person is, or what several are: `nurse`, `nurses`.
pub(crate) fn is_person_noun(word: &str) -> bool {
    class(hash(word)).has(PEOPLE)
}

/// The hash of a word of a lexicon.
pub(super) fn hash(word: &str) -> u64 {
    Word::new(word).lower
}

/// The nouns by which somebody with a title is called later: `Sen.` gives `senator`.
pub(super) fn nouns(title: u64) -> &'static [u64] {
    NOUNS.get(&title).map_or(&[], Vec::as_slice)
}

/// Which groups of interchangeable given names a name is in: `Bill`, `William`.
pub(super) fn name_groups(given: &str) -> &'static [usize] {
    GROUPS.get(given.to_lowercase().as_str()).map_or(&[], Vec::as_slice)
}

/// The long form of a given name that is short for one other: `William` of `Bill`.
pub(super) fn long_form(given: &str) -> &str {
    match name_groups(given) {
        &[only] => LONG.get(only).copied().unwrap_or(given),
        _ => given,
    }
}

/// The first name of each group.
static LONG: LazyLock<Vec<&str>> = LazyLock::new(|| {
    sayso_data::rows(sayso_data::NICKNAMES).filter_map(|row| row.split('\t').next()).collect()
});

/// Whether a word stands for somebody or something named elsewhere: a personal, relative or demonstrative pronoun.
pub fn is_pronoun(word: &str) -> bool {
    const OTHERS: [&str; 9] = ["it", "its", "who", "whom", "that", "which", "this", "these", "those"];
    let word = word.to_lowercase();
    PRONOUNS.contains(&word.as_str()) || OTHERS.contains(&word.as_str())
}

/// The place whose people a word calls (`Finn`, `Finnish`), or that it names itself, by hashes.
pub(super) fn nation(word: u64) -> Option<u64> {
    NATIONS.get(&word).copied()
}

static NATIONS: LazyLock<ByHash<u64>> = LazyLock::new(|| {
    let rows = sayso_data::rows(sayso_data::NATIONS).filter_map(|row| row.split_once('\t'));
    rows.flat_map(|(place, people)| {
        people.split('|').chain([place]).map(move |word| (hash(word), hash(place)))
    })
    .collect()
});

const PARTICLES: &[&str] = &[
    "de", "da", "di", "del", "della", "der", "den", "van", "von", "bin", "ibn", "al", "el", "la", "le",
    "ten", "ter", "dos", "du", "bint", "binti", "abu", "lo", "dalla", "d’", "d'", "ben", "zu", "af", "av",
    "st.", "st",
];
const PRONOUNS: &[&str] = &[
    "i",
    "me",
    "my",
    "mine",
    "myself",
    "we",
    "us",
    "our",
    "ours",
    "ourselves",
    "'s",
    "you",
    "your",
    "yours",
    "yourself",
    "yourselves",
    "he",
    "him",
    "his",
    "himself",
    "she",
    "her",
    "hers",
    "herself",
    "they",
    "them",
    "'em",
    "em",
    "their",
    "theirs",
    "themselves",
    "themself",
];
/// As [`super::anonymity`] reads them.
const WISHES: &[&str] = &[
    "anonymity",
    "not",
    "n't",
    "declined",
    "refused",
    "asked",
    "asking",
    "requested",
    "wished",
    "wanted",
    "insisted",
    "preferred",
];
const OPENERS: &[&str] = &["who", "which", "that", "whose", "when", "where", "if"];
const SUFFIXES: &[&str] = &["jr.", "sr.", "jr", "sr", "ii", "iii", "iv"];

/// Hashes are their own hash.
#[derive(Default)]
struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        // The map takes the upper and the lower bits.
        self.0 ^ self.0 << 32
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only numbers are hashed")
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

type ByHash<Value> = HashMap<u64, Value, BuildHasherDefault<Plain>>;

static CLASSES: LazyLock<ByHash<Class>> = LazyLock::new(|| {
    let mut classes = ByHash::<Class>::default();
    let mut add = |word: &str, class: Class| {
        let known = classes.entry(hash(word)).or_default();
        *known = known.or(class);
    };
    for row in sayso_data::rows(sayso_data::PERSON_NOUNS).chain(sayso_data::rows(sayso_data::UNNAMED)) {
        let Some((one, several)) = row.split_once('\t') else { continue };
        add(one, Class::ONE);
        if several != one {
            add(several, Class::SEVERAL);
        }
    }
    sayso_data::rows(sayso_data::RELATIONS).for_each(|row| add(row, Class::RELATION.or(Class::ONE)));
    sayso_data::rows(sayso_data::GIVEN_NAMES).for_each(|row| add(row, Class::GIVEN));
    PARTICLES.iter().for_each(|word| add(word, Class::PARTICLE));
    SUFFIXES.iter().for_each(|word| add(word, Class::SUFFIX));
    OPENERS.iter().for_each(|word| add(word, Class::OPENER));
    WISHES.iter().for_each(|word| add(word, Class::WISH));
    PRONOUNS.iter().for_each(|word| add(word, Class::PRONOUN));
    for (file, name, class) in [
        (sayso_data::NOUNS, "office", Class::ONE),
        (sayso_data::NOUNS, "document", Class::DOCUMENT),
        (sayso_data::NOUNS, "organisation", Class::BODY),
        (sayso_data::TITLES, "personal", Class::PERSONAL),
        (sayso_data::TITLES, "shared", Class::SHARED),
        (sayso_data::TITLES, "never", Class::NEVER),
    ] {
        sayso_data::class(file, name).into_iter().for_each(|word| add(word, class));
    }
    classes
});

static NOUNS: LazyLock<HashMap<u64, Vec<u64>>> = LazyLock::new(|| {
    let rows = sayso_data::rows(sayso_data::TITLE_NOUNS).filter_map(|row| row.split_once('\t'));
    rows.map(|(title, nouns)| (hash(title), nouns.split('|').map(hash).collect())).collect()
});

static GROUPS: LazyLock<BTreeMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, row) in sayso_data::rows(sayso_data::NICKNAMES).enumerate() {
        row.split('\t').for_each(|name| groups.entry(name.to_lowercase()).or_default().push(number));
    }
    groups
});
