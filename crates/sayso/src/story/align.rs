//! Local alignment of two wordings (Smith & Waterman 1981): the passage of one that is most like a passage of the other.
//!
//! A word that both have counts by its weight, and each word of the passage that only one has costs. So a short quotation is
//! like a long one that has it in one place, and not like one over which its words lie scattered.

use std::collections::HashMap;

/// The words of some wordings as numbers, and what each weighs.
#[derive(Default)]
pub(super) struct Words {
    numbers: HashMap<String, u32>,
    weights: Vec<u32>,
}

impl Words {
    /// The numbers of words in their plain form.
    pub(super) fn numbers(&mut self, words: &[String]) -> Vec<u32> {
        words.iter().map(|word| self.number(word)).collect()
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = self.weights.len() as u32;
        self.weights.push(if FUNCTION_WORDS.contains(&word) { FUNCTION } else { CONTENT });
        self.numbers.insert(word.to_owned(), number);
        number
    }

    /// What some words weigh together.
    pub(super) fn weight(&self, words: &[u32]) -> u32 {
        words.iter().map(|&word| self.weights[word as usize]).sum()
    }

    /// What two wordings share, in time that grows with the product of their lengths.
    pub(super) fn shared(&self, a: &[u32], b: &[u32]) -> Shared {
        // What ends before each word of `b`, in the row above and in this one.
        let mut above = vec![Shared::default(); b.len() + 1];
        let mut row = above.clone();
        let mut best = Shared::default();
        for &word in a {
            for (at, &other) in b.iter().enumerate() {
                let both = if word == other {
                    above[at].with(self.weights[word as usize])
                } else {
                    above[at].without()
                };
                row[at + 1] = both.max(above[at + 1].without()).max(row[at].without());
                best = best.max(row[at + 1]);
            }
            std::mem::swap(&mut above, &mut row);
        }
        best
    }
}

/// What two passages have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shared {
    /// The weight of the words that both have, less what others cost.
    pub(super) score: u32,
    /// The weight of the words that both have.
    pub(super) weight: u32,
}

impl Shared {
    fn with(self, weight: u32) -> Shared {
        Shared { score: self.score + weight, weight: self.weight + weight }
    }

    /// A passage that is worth nothing begins anew.
    fn without(self) -> Shared {
        if self.score > GAP { Shared { score: self.score - GAP, ..self } } else { Shared::default() }
    }
}

const CONTENT: u32 = 3;
/// `of the` says little about whether two wordings are one.
const FUNCTION: u32 = 1;
/// What a word costs that only one passage has.
const GAP: u32 = 1;

/// Articles, pronouns, prepositions, conjunctions and auxiliaries of English; not `no` and `not`.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "after", "against", "am", "an", "and", "are", "as", "at", "be", "because", "been",
    "before", "being", "between", "but", "by", "can", "could", "did", "do", "does", "during", "for", "from",
    "had", "has", "have", "he", "her", "him", "his", "i", "if", "in", "into", "is", "it", "its", "may", "me",
    "might", "must", "my", "nor", "of", "on", "onto", "or", "our", "over", "shall", "she", "should", "so",
    "than", "that", "the", "their", "them", "there", "these", "they", "this", "those", "through", "to",
    "under", "us", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "whose",
    "will", "with", "would", "you", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, score: u32, weight: u32) {
        let mut words = Words::default();
        let [a, b] =
            [a, b].map(|text| words.numbers(&text.split(' ').map(str::to_owned).collect::<Vec<_>>()));
        assert_eq!(words.shared(&a, &b), Shared { score, weight });
        assert_eq!(words.shared(&b, &a), Shared { score, weight });
    }

    #[test]
    fn words_count_by_weight_and_others_cost() {
        check("the dykes held", "the dykes held all night", 7, 7);
        check("the dykes of marsk held", "the dykes marsk held", 9, 10);
        check("person of the year", "the events of the year", 5, 5);
        check("quiet dykes", "loud rivers", 0, 0);
    }

    #[test]
    fn scattered_words_do_not_add_up() {
        check("dykes held", "dykes were built by hand long before the river rose and held", 3, 3);
    }
}
