//! Parts of speech, from left to right, each by the words around it and the two tags before it.

use sayso_model::perceptron::{Perceptron, best, feature, pair};

use super::{Tag, word::Word};

/// The tagger's classes: one fewer than there are tags, for a word is never a punctuation mark and a mark never
/// an interjection, so that these two share a class and a row of weights is 16 bytes.
pub const CLASSES: usize = 16;

/// The most features of a token.
pub const FEATURES: usize = 40;

/// The tags of one sentence.
pub(super) fn tags(words: &[Word], model: &Perceptron<CLASSES>) -> Vec<Tag> {
    let mut tags = Vec::with_capacity(words.len());
    let mut previous = [CLASSES; 2];
    for at in 0..words.len() {
        let mut scores = [0; CLASSES];
        features(words, at, previous, |feature| model.add(feature, &mut scores));
        let class = best(&scores);
        previous = [class, previous[0]];
        tags.push(tag(class, words[at]));
    }
    tags
}

/// The tag that a class stands for on this word.
pub fn tag(class: usize, word: Word) -> Tag {
    match TAGS[class.min(CLASSES - 1)] {
        Tag::Punct if word.has_letters() => Tag::Intj,
        tag => tag,
    }
}

/// The class that stands for a tag.
pub fn class(tag: Tag) -> usize {
    let tag = if tag == Tag::Intj { Tag::Punct } else { tag };
    TAGS.iter().position(|&other| other == tag).unwrap_or_default()
}

const TAGS: [Tag; CLASSES] = {
    use Tag::*;
    [Noun, Verb, Punct, Propn, Adp, Det, Pron, Adj, Adv, Aux, Cconj, Num, Part, Sconj, Sym, X]
};

/// Calls `with` for each feature of the word at `at`, the classes of the two words before it given, nearest first.
#[inline]
pub fn features(words: &[Word], at: usize, previous: [usize; 2], mut with: impl FnMut(u64)) {
    let word = |offset: isize| {
        at.checked_add_signed(offset).and_then(|at| words.get(at)).copied().unwrap_or_default()
    };
    let (before, this, next) = (word(-1), word(0), word(1));
    let (far, further) = (word(-2), word(2));
    let [tag, earlier] = previous.map(|class| class as u64);
    let tags = tag << 8 | earlier;
    let mut push = |template: u64, value: u64| with(feature(template, value));
    push(0, this.form);
    push(1, this.lower);
    push(2, before.lower);
    push(3, next.lower);
    push(4, far.lower);
    push(5, further.lower);
    for length in 1..=5 {
        push(5 + u64::from(length), this.suffix(length));
    }
    for length in 1..=4 {
        push(10 + u64::from(length), this.prefix(length));
    }
    push(15, this.shape);
    push(16, tag);
    push(17, tags);
    push(18, pair(this.lower, tag));
    push(19, pair(this.lower, tags));
    push(20, pair(before.lower, this.lower));
    push(21, pair(this.lower, next.lower));
    push(22, pair(before.lower, next.lower));
    push(23, pair(this.suffix(3), tag));
    push(24, pair(this.shape, tag));
    push(25, pair(next.lower, tag));
    push(26, pair(next.suffix(3), tag));
    push(27, next.suffix(3));
    push(28, next.suffix(2));
    push(29, before.suffix(3));
    push(30, pair(this.shape, pair(before.shape, next.shape)));
    push(31, pair(this.shape, this.suffix(3)));
    push(32, pair(this.shape, u64::from(at == 0)));
    push(33, pair(this.suffix(2), next.suffix(2)));
    push(34, next.shape);
    push(35, pair(next.lower, further.lower));
    push(36, pair(this.suffix(3), tags));
}
