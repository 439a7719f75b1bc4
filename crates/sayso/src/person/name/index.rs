//! People by the parts of their names.

use std::collections::{BTreeMap, HashMap};

use super::{
    Named, Written,
    same::{SUFFIXES, is_initial, same_given, same_middle, same_second, spelled, surname},
    shape,
};
use crate::{
    person::{lexicon::name_groups, page::Page},
    text::vector,
};

/// People by the parts of their names.
#[derive(Default)]
pub(super) struct Index {
    surnames: BTreeMap<String, Vec<usize>>,
    /// Unlike surnames, by the word as it is written: given names, and those set between marks (`William “Bill” Marsh`).
    firsts: BTreeMap<String, Vec<usize>>,
    /// By the surname as it is written, of those with a full name.
    written: HashMap<String, Vec<usize>>,
    /// By the groups of interchangeable names that the given name is in.
    groups: BTreeMap<usize, Vec<usize>>,
}

impl Index {
    /// The person with this name: of a full name, somebody of before with the same surname and given names that are one
    /// name or two ways to write it; else somebody new.
    pub(super) fn join(&mut self, page: &Page, name: &Written, people: &mut Vec<Named>) -> usize {
        let parts: Vec<String> = name.words.iter().map(|word| (*word).to_owned()).collect();
        let written = || {
            let place = &name.places[0];
            // "Ted" of "Ted and Ann Lee".
            if place.len() < name.words.len() {
                return name.words.join(" ");
            }
            page.text[page.span(place.clone()).range()].split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let suffix =
            |parts: &[String]| parts.last().filter(|last| SUFFIXES.contains(&last.as_str())).cloned();
        let same = |known: &Named| {
            known.parts.len() > 1
                && parts.len() > 1
                && (same_given(&known.parts[0], &parts[0]) || same_second(&known.parts, &parts))
                && suffix(&known.parts) == suffix(&parts)
                && same_middle(&known.parts, &parts)
        };
        let namesakes = self.surnames.get(&spelled(surname(&parts))).map_or(&[][..], Vec::as_slice);
        if let Some(&known) = namesakes.iter().take(NAMESAKES).find(|&&known| same(&people[known])) {
            let was_initial = is_initial(&people[known].parts[0]);
            let is_fuller = parts.len() > people[known].parts.len()
                && (was_initial || !is_initial(&parts[0]))
                || was_initial
                    && !is_initial(&parts[0])
                    && parts.len() > 1
                    && people[known].parts.iter().rev().skip(1).all(|part| is_initial(part));
            let was_shouted = people[known].parts.iter().all(|part| shape(part) == 2);
            if is_fuller || was_shouted {
                people[known].parts = parts;
                people[known].written = written();
            }
            return known;
        }
        let vector = vector::builtin().row(vector::key(page.word(name.places[0].start), &mut String::new()));
        people.push(Named { parts, written: written(), vector, ends: Vec::new() });
        self.add(&people[people.len() - 1], people.len() - 1);
        people.len() - 1
    }

    fn add(&mut self, named: &Named, whom: usize) {
        // "Grant" of "W. Grant Marsh".
        let second = named.parts.len() > 2 && is_initial(&named.parts[0]);
        for (map, key) in [
            (&mut self.surnames, spelled(surname(&named.parts))),
            (&mut self.firsts, named.parts[usize::from(second)].to_lowercase()),
        ] {
            let known = map.entry(key).or_default();
            if !known.contains(&whom) {
                known.push(whom);
            }
        }
        let between = |part: &&String| named.parts.len() > 2 && named.written.contains(&format!("“{part}”"));
        let plain = |part: &&String| named.parts.len() > 2 && named.written.contains(&format!("\"{part}\""));
        for part in named.parts.iter().filter(|part| between(part) || plain(part)) {
            self.firsts.entry(part.to_lowercase()).or_default().push(whom);
        }
        if named.parts.len() > 1 {
            self.written.entry(surname(&named.parts).to_owned()).or_default().push(whom);
            name_groups(&named.parts[0])
                .iter()
                .for_each(|&group| self.groups.entry(group).or_default().push(whom));
        }
    }

    /// Those whose surname, or else whose given name, a word is, as it is written.
    pub(super) fn by_word(&self, people: &[Named], word: &str) -> Vec<usize> {
        if let Some(found) = self.written.get(word) {
            return found.iter().take(NAMESAKES).copied().collect();
        }
        let is = |whom: &&usize| people[**whom].parts.len() > 1 && people[**whom].parts[0] == word;
        let firsts = self.firsts.get(&word.to_lowercase()).map_or(&[][..], Vec::as_slice).iter();
        firsts.take(NAMESAKES).filter(is).copied().collect()
    }

    /// Those with a full name whose surname a word is, in whatever letters.
    pub(super) fn shouted(&self, people: &[Named], word: &str) -> Vec<usize> {
        let found = self.surnames.get(&spelled(word)).map_or(&[][..], Vec::as_slice);
        let is = |whom: &&usize| {
            let parts = &people[**whom].parts;
            parts.len() > 1 && surname(parts).to_lowercase() == word.to_lowercase()
        };
        found.iter().take(NAMESAKES).filter(is).copied().collect()
    }

    /// Whom a short name may be of: `Lee`, `de la Sota`; `Ann`, where nobody has it as surname.
    pub(super) fn whom(&self, people: &[Named], words: &[&str]) -> Vec<usize> {
        let by_surname = self.surnames.get(&spelled(surname(words))).map_or(&[][..], Vec::as_slice);
        let ends = |whom: &&usize| {
            let parts: Vec<String> = people[**whom].parts.iter().map(|part| part.to_lowercase()).collect();
            let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
            words.len() == 1 || parts.ends_with(&words)
        };
        let found: Vec<usize> = by_surname.iter().take(NAMESAKES).filter(ends).copied().collect();
        if !found.is_empty() || words.len() > 1 {
            return found;
        }
        let firsts = self.firsts.get(&words[0].to_lowercase()).map_or(&[][..], Vec::as_slice);
        if !firsts.is_empty() {
            return firsts.iter().take(NAMESAKES).copied().collect();
        }
        // "Liz" of Elizabeth Crane.
        let groups = name_groups(words[0]).iter().filter_map(|group| self.groups.get(group)).flatten();
        let mut found: Vec<usize> = groups.take(NAMESAKES).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// So many people of one surname are told apart.
const NAMESAKES: usize = 12;
