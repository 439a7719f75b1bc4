//! Which names are one: surnames as they sound, given names with their short forms.

use icu_normalizer::DecomposingNormalizerBorrowed;

use crate::person::lexicon::{long_form, name_groups};

pub(super) fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.')
}

/// The last word that is no suffix.
pub(super) fn surname<Word: AsRef<str>>(words: &[Word]) -> &str {
    let is_suffix = |word: &&Word| SUFFIXES.contains(&word.as_ref());
    words.iter().rev().find(|word| !is_suffix(word)).or(words.last()).map_or("", AsRef::as_ref)
}

pub(super) const SUFFIXES: &[&str] = &["Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV", "JR.", "SR.", "JR", "SR"];

/// By what somebody with this name is known across articles: given name and surname as they sound, the given name in its
/// long form, a suffix. None of a surname, or of an initial, alone.
pub(in crate::person) fn key(parts: &[String]) -> Option<String> {
    let given = parts.first().filter(|given| parts.len() > 1 && !is_initial(given))?;
    let last = surname(parts);
    let suffix = parts
        .last()
        .filter(|part| part.as_str() != last)
        .map(|suffix| suffix.trim_end_matches('.').to_lowercase());
    let words = [spelled(long_form(given)), spelled(last)].into_iter().chain(suffix);
    Some(words.collect::<Vec<_>>().join("-"))
}

/// Whether two names may be those of one person: one surname as it sounds, and given names that are one name, or none.
pub fn may_be_one(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|name| name.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    let same_last = spelled(surname(&a)) == spelled(surname(&b));
    let is_surname = |parts: &[String]| parts.first().is_none_or(|first| first == surname(parts));
    same_last && (is_surname(&a) || is_surname(&b) || same_given(&a[0], &b[0]) || same_second(&a, &b))
}

/// `Dmitri` and `Dmitry`, `J.` and `John`, `Bill` and `William`.
pub(super) fn same_given(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    if is_initial(a) || is_initial(b) {
        return a.chars().next() == b.chars().next();
    }
    spelled(a) == spelled(b) || name_groups(a).iter().any(|group| name_groups(b).contains(group))
}

/// `W. Grant Marsh` and `Grant Marsh`.
pub(super) fn same_second(a: &[String], b: &[String]) -> bool {
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    long.len() > 2 && short.len() > 1 && is_initial(&long[0]) && same_given(&long[1], &short[0])
}

/// `John A. Lee` is not `John B. Lee`.
pub(super) fn same_middle(a: &[String], b: &[String]) -> bool {
    let middle = |parts: &[String]| parts.get(1).filter(|part| is_initial(part)).cloned();
    match (middle(a), middle(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// A name as it sounds, for the ways in which one name is written in Latin letters.
pub(super) fn spelled(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in DecomposingNormalizerBorrowed::new_nfd().normalize(name).chars().flat_map(char::to_lowercase) {
        match c {
            '\'' | '’' | '-' | '\u{300}'..='\u{36f}' => {}
            'ł' => plain.push('l'),
            'ø' => plain.push('o'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'æ' => plain.push_str("ae"),
            'ß' => plain.push_str("ss"),
            _ => plain.push(c),
        }
    }
    let plain = ["al", "el", "ul"]
        .iter()
        .find_map(|article| {
            let rest = name.to_lowercase();
            rest.starts_with(&format!("{article}-")).then(|| plain[article.len()..].to_owned())
        })
        .unwrap_or(plain);
    let mut folded = plain
        .replace("oe", "o")
        .replace("ae", "a")
        .replace("ue", "u")
        .replace("dj", "d")
        .replace('q', "k")
        .replace("ks", "x")
        .replace("kh", "h")
        .replace("yu", "iu")
        .replace("ya", "ia")
        .replace("ph", "f")
        .replace("ck", "k");
    folded = folded
        .replace("iy", "i")
        .replace("ey", "ei")
        .replace('y', "i")
        .replace("ii", "i")
        .replace('j', "i")
        .replace('w', "v");
    let mut out = String::new();
    for c in folded.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out.trim_end_matches('e').to_owned()
}
