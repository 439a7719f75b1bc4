//! One word written in several ways: British and American, in figures and in letters, contracted, masked.
//!
//! `colour` and `color`, `ten` and `10`, `don't` and `do not` are the same words here. `f---` is none, but may stand for one.

use crate::text::numeral::{below_twenty, tens};

/// The plain words of one as it is written: small letters without apostrophes, American spelling; two of a contraction.
pub(super) fn words(written: &str) -> Vec<String> {
    let is_figures = written.starts_with(|c: char| c.is_ascii_digit());
    let is_part = |&c: &char| {
        c.is_alphanumeric() || matches!(c, '\'' | '’' | MASK) || is_figures && matches!(c, '.' | ',')
    };
    let plain: String = written.chars().filter(is_part).collect();
    let plain = plain.to_lowercase().replace('’', "'");
    let (word, ending) = contraction(&plain);
    let word = if is_figures { ordinal(&word) } else { american(&word) };
    [Some(word), ending.map(str::to_owned)].into_iter().flatten().collect()
}

/// A word and what is contracted with it.
fn contraction(word: &str) -> (String, Option<&'static str>) {
    match word {
        "won't" => return ("will".into(), Some("not")),
        "can't" | "cannot" => return ("can".into(), Some("not")),
        "shan't" => return ("shall".into(), Some("not")),
        "let's" => return ("let".into(), Some("us")),
        _ => {}
    }
    let endings =
        [("n't", "not"), ("'m", "am"), ("'re", "are"), ("'ll", "will"), ("'ve", "have"), ("'d", "would")];
    for (ending, full) in endings {
        if let Some(word) = word.strip_suffix(ending).filter(|word| !word.is_empty()) {
            return (word.to_owned(), Some(full));
        }
    }
    // Of a noun it may as well be the genitive.
    match word.strip_suffix("'s").filter(|word| BEFORE_IS.contains(word)) {
        Some(word) => (word.to_owned(), Some("is")),
        None => (word.replace('\'', ""), None),
    }
}

const BEFORE_IS: &[&str] = &["he", "she", "it", "that", "there", "here", "what", "who", "where", "how"];

/// An ordinal up to ten in letters, another number as it is.
fn ordinal(figures: &str) -> String {
    const ORDINALS: [(&str, &str); 10] = [
        ("1st", "first"),
        ("2nd", "second"),
        ("3rd", "third"),
        ("4th", "fourth"),
        ("5th", "fifth"),
        ("6th", "sixth"),
        ("7th", "seventh"),
        ("8th", "eighth"),
        ("9th", "ninth"),
        ("10th", "tenth"),
    ];
    let known = ORDINALS.iter().find(|(short, _)| *short == figures);
    known.map_or_else(|| figures.to_owned(), |(_, long)| (*long).to_owned())
}

/// A word in American spelling: by its ending, where enough stands before it that no other word has the same; else by list.
fn american(word: &str) -> String {
    if let Some((_, american)) = IRREGULAR.iter().find(|(british, _)| *british == word) {
        return (*american).to_owned();
    }
    for (british, american, before) in ENDINGS {
        if let Some(stem) = word.strip_suffix(british).filter(|stem| stem.chars().count() >= *before) {
            return format!("{stem}{american}");
        }
    }
    word.to_owned()
}

/// British ending, American ending, letters before it at least.
const ENDINGS: &[(&str, &str, usize)] = &[
    ("our", "or", 3),
    ("ours", "ors", 3),
    ("oured", "ored", 3),
    ("ouring", "oring", 3),
    ("ourful", "orful", 3),
    ("ourable", "orable", 3),
    ("ourite", "orite", 3),
    ("ourites", "orites", 3),
    ("ourhood", "orhood", 3),
    ("ise", "ize", 4),
    ("ises", "izes", 4),
    ("ised", "ized", 4),
    ("ising", "izing", 4),
    ("isation", "ization", 3),
    ("isations", "izations", 3),
    ("yse", "yze", 3),
    ("ysed", "yzed", 3),
    ("ysing", "yzing", 3),
    ("tre", "ter", 2),
    ("tres", "ters", 2),
    ("tred", "tered", 2),
    ("bre", "ber", 2),
    ("bres", "bers", 2),
    ("efence", "efense", 1),
    ("ffence", "ffense", 1),
    ("lled", "led", 4),
    ("lling", "ling", 4),
    ("ller", "ler", 4),
    ("llers", "lers", 4),
    ("ogue", "og", 3),
    ("ogues", "ogs", 3),
    ("gramme", "gram", 2),
    ("grammes", "grams", 2),
];

const IRREGULAR: &[(&str, &str)] = &[
    ("grey", "gray"),
    ("tyre", "tire"),
    ("tyres", "tires"),
    ("cheque", "check"),
    ("cheques", "checks"),
    ("plough", "plow"),
    ("sceptic", "skeptic"),
    ("sceptical", "skeptical"),
    ("licence", "license"),
    ("practise", "practice"),
    ("pretence", "pretense"),
    ("kerb", "curb"),
    ("aluminium", "aluminum"),
    ("manoeuvre", "maneuver"),
    ("mum", "mom"),
    ("whilst", "while"),
    ("amongst", "among"),
    ("towards", "toward"),
    ("judgement", "judgment"),
    ("fulfil", "fulfill"),
    ("enrol", "enroll"),
    ("skilful", "skillful"),
    ("ok", "okay"),
];

/// The number that plain words say from their beginning on, in thousandths, and of how many words: `four thousand`, `4.5 million`.
pub(super) fn number<'w>(words: impl Iterator<Item = &'w str>) -> Option<(u64, usize)> {
    let mut number = Number::default();
    let mut found = None;
    for (at, word) in words.take(LONGEST_NUMBER).enumerate() {
        match number.read(word) {
            Some(true) => found = Some((number.value(), at + 1)),
            Some(false) => {}
            None => break,
        }
    }
    found
}

/// A number as far as it has been read, in thousandths.
#[derive(Default)]
struct Number {
    /// Of the thousands and millions before.
    total: u64,
    /// What stands before the next of those.
    group: u64,
    /// What a next word must be smaller than: 0 before the first.
    below: u64,
}

impl Number {
    /// Whether a word ends a number here; nothing where it is none of it.
    fn read(&mut self, word: &str) -> Option<bool> {
        if word == "and" {
            return (self.below == 100).then_some(false);
        }
        if let Some(value) = figures(word) {
            let fits = self.below == 0 && value > 0;
            (self.group, self.below) = (value, 1);
            return fits.then_some(true);
        }
        if word == "hundred" {
            let fits = (1_000..100_000).contains(&self.group);
            (self.group, self.below) = (self.group.saturating_mul(100), 100);
            return fits.then_some(true);
        }
        if let Some((_, scale)) = SCALES.iter().find(|(name, _)| *name == word) {
            let fits = self.group > 0 && (self.total == 0 || self.total / 1000 >= *scale * 1000);
            self.total = self.total.saturating_add(self.group.saturating_mul(*scale));
            (self.group, self.below) = (0, 100);
            return fits.then_some(true);
        }
        let value = below_twenty(word).filter(|value| *value > 0).or_else(|| tens(word)).map(u64::from)?;
        let fits = self.below == 0 || value < self.below;
        self.group = self.group.saturating_add(value * 1000);
        self.below = if value >= 20 { 10 } else { 1 };
        fits.then_some(true)
    }

    fn value(&self) -> u64 {
        self.total.saturating_add(self.group)
    }
}

/// The value of figures, in thousandths: `4,000`, `4.5`.
fn figures(word: &str) -> Option<u64> {
    let plain = word.replace(',', "");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let is_figures = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_figures(whole) || !is_figures(part) || part.len() > 3 {
        return None;
    }
    let part: u64 = format!("{part:0<3}").parse().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(1000)?.checked_add(part)
}

const SCALES: [(&str, u64); 3] = [("thousand", 1_000), ("million", 1_000_000), ("billion", 1_000_000_000)];
const LONGEST_NUMBER: usize = 12;

/// What stands for the letters that are left out of a masked word.
pub(super) const MASK: char = '*';

/// Whether a masked word may stand for another: `f*` for each with an f.
pub(super) fn masks(masked: &str, word: &str) -> bool {
    let (Some((head, rest)), false) = (masked.split_once(MASK), word.contains(MASK)) else { return false };
    let tail = rest.rsplit(MASK).next().unwrap_or_default();
    word.len() > head.len() + tail.len() && word.starts_with(head) && word.ends_with(tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        let check = |a: &str, b: &str| assert_eq!(words(a), words(b));
        for (british, american) in [
            ("colour", "color"),
            ("neighbourhood", "neighborhood"),
            ("organised", "organized"),
            ("centre", "center"),
            ("travelled", "traveled"),
            ("defence", "defense"),
            ("programme", "program"),
            ("Grey", "gray"),
        ] {
            check(british, american);
        }
        for (a, b) in
            [("fourth", "forth"), ("filled", "filed"), ("rise", "rize"), ("tour", "tor"), ("hour", "hor")]
        {
            assert_ne!(words(a), words(b));
        }
    }

    #[test]
    fn contractions() {
        assert_eq!(words("don’t"), ["do", "not"]);
        assert_eq!(words("They're"), ["they", "are"]);
        assert_eq!(words("premier's"), ["premiers"]);
    }

    #[test]
    fn numbers() {
        let check = |text: &str, expect: Option<(u64, usize)>| {
            assert_eq!(number(text.split(' ')), expect, "{text}");
        };
        check("ten", Some((10_000, 1)));
        check("twenty five people", Some((25_000, 2)));
        check("four thousand", Some((4_000_000, 2)));
        check("4,000", Some((4_000_000, 1)));
        check("one hundred and five crowns", Some((105_000, 4)));
        check("two hundred and counting", Some((200_000, 2)));
        check("4.5 million", Some((4_500_000_000, 2)));
        check("three million two hundred thousand", Some((3_200_000_000, 5)));
        check("one two three", Some((1_000, 1)));
        check("nineteen eighty", Some((19_000, 1)));
        check("thousand", None);
        check("dykes", None);
        check("99999999999999999999999 billion", None);
    }

    #[test]
    fn masked() {
        assert!(masks("f*", "fuck") && masks("f*ing", "fucking") && masks("sh*t", "shit"));
        assert!(!masks("f*", "dyke") && !masks("f*", "f") && !masks("fuck", "fuck"));
    }
}
