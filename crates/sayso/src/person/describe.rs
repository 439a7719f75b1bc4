//! What an article says of the people it names, wherever it says so: `Sen. Ann Lee`, `former party chairman Ann Lee`,
//! `Ann Lee, 58, a teacher from Norland`, `Ann Lee is the mayor`.

use std::ops::Range;

use super::{
    lexicon::{self, Class, PEOPLE, TITLE},
    mention::phrase_start,
    name::Names,
    page::Page,
};
use crate::text::{Sentence, Tag};

/// What is said of somebody, by the hashes of words.
#[derive(Clone, Debug, Default)]
pub(super) struct Description {
    /// Nouns and titles: `senator`.
    pub(super) heads: Vec<u64>,
    /// What stands with them: `Norland`, `former`.
    pub(super) modifiers: Vec<u64>,
    pub(super) age: Option<u32>,
    /// Titles that only people have: `Mrs.`.
    pub(super) titles: Vec<u64>,
}

impl Description {
    pub(super) fn add_head(&mut self, head: u64) {
        add(&mut self.heads, head);
    }

    /// A word that stands with a noun: of a nation, the nation, too.
    pub(super) fn add_modifier(&mut self, modifier: u64) {
        add(&mut self.modifiers, modifier);
        lexicon::nation(modifier).into_iter().for_each(|nation| add(&mut self.modifiers, nation));
    }

    /// Whether a noun is one of its heads, or calls the people of its nation: `the Finn`.
    pub(super) fn is_called(&self, noun: u64) -> bool {
        self.heads.contains(&noun)
            || lexicon::nation(noun).is_some_and(|nation| self.modifiers.contains(&nation))
    }

    pub(super) fn add_title(&mut self, title: u64) {
        add(&mut self.titles, title);
    }

    /// Takes in what a phrase says: its head and what stands with it.
    pub(super) fn add_phrase(&mut self, page: &Page, tokens: Range<usize>, head: usize) {
        self.add_head(page.lower(head));
        lexicon::nouns(page.lower(head)).iter().for_each(|&noun| self.add_head(noun));
        for at in tokens.filter(|&at| at != head) {
            if matches!(page.tag(at), Tag::Noun | Tag::Propn | Tag::Adj) {
                self.add_modifier(page.lower(at));
            }
            if page.class(at).has(PEOPLE) {
                self.add_head(page.lower(at));
            }
        }
        if let Some(age) = age(page.word(head)) {
            self.age = Some(age);
        }
    }
}

/// So many words are kept.
const MOST: usize = 24;

fn add(words: &mut Vec<u64>, word: u64) {
    if words.len() < MOST && !words.contains(&word) {
        words.push(word);
    }
}

/// The years in `66-year-old`.
pub(super) fn age(word: &str) -> Option<u32> {
    word.strip_suffix("-year-old")?.parse().ok().filter(|age| (1..120).contains(age))
}

/// A description for each of the people named.
pub(super) fn descriptions(page: &Page, sentences: &[Sentence], names: &Names) -> Vec<Description> {
    let mut all = vec![Description::default(); names.people.len()];
    for naming in &names.mentions {
        let [whom] = naming.whom[..] else { continue };
        let found = sentences.partition_point(|sentence| sentence.tokens.end <= naming.tokens.start);
        let Some(sentence) = sentences.get(found) else { continue };
        before(page, sentence, naming.tokens.start, &mut all[whom]);
        apposed(page, sentence, &naming.tokens, &mut all[whom]);
        after(page, sentence, naming.tokens.end, &mut all[whom]);
    }
    all
}

/// Titles and nouns that stand before a name.
fn before(page: &Page, sentence: &Sentence, name: usize, to: &mut Description) {
    let start = phrase_start(page, sentence, name);
    let describes = (start..name).any(|at| page.class(at).has(PEOPLE.or(TITLE)));
    // "Norland Lee" says nothing, and so does "Lee, mayor".
    if !describes || start == name {
        return;
    }
    let mut is_told = false;
    for at in start..name {
        let (class, word) = (page.class(at), page.lower(at));
        let is_title = class.has(TITLE) && page.is_capital(at);
        // A "District Attorney" is no "Attorney".
        let pair = || lexicon::hash(&format!("{} {}", page.word(at), page.word(at + 1)).to_lowercase());
        let nouns = if at + 1 < name { lexicon::nouns(pair()) } else { &[] };
        let is_pair = !nouns.is_empty();
        let nouns = if is_title && !is_pair && !is_told { lexicon::nouns(word) } else { nouns };
        nouns.iter().for_each(|&noun| to.add_head(noun));
        is_told = is_pair;
        if class.has(Class::PERSONAL) && is_title {
            to.add_title(word);
        }
        if is_title || class.has(PEOPLE) {
            to.add_head(word);
        } else if matches!(page.tag(at), Tag::Noun | Tag::Propn | Tag::Adj) {
            to.add_modifier(word);
        }
    }
}

/// An apposition before a name: `the lawyer, Ann Lee,`.
fn apposed(page: &Page, sentence: &Sentence, name: &Range<usize>, to: &mut Description) {
    let Some(comma) = name.start.checked_sub(1).filter(|&comma| comma > sentence.tokens.start) else {
        return;
    };
    let is_closed = name.end >= sentence.tokens.end || page.tag(name.end) == Tag::Punct;
    if page.word(comma) != "," || !is_closed || !page.class(comma - 1).has(Class::ONE) {
        return;
    }
    let start = phrase_start(page, sentence, comma);
    let is_led = matches!(page.tag(start), Tag::Det | Tag::Pron);
    // "A spokesman for the mayor, Ann Lee,"; "Bo Hart, the mayor, Ann Lee".
    let hangs = start > sentence.tokens.start
        && (page.word(start - 1) == "," || page.tag(start - 1) == Tag::Adp)
        && !(start > 1 && page.is_one_of(start - 2, &["according"]));
    if is_led && !hangs {
        to.add_phrase(page, start..comma, comma - 1);
    }
}

/// An age, an apposition, a predicate after a name.
fn after(page: &Page, sentence: &Sentence, end: usize, to: &mut Description) {
    let limit = sentence.tokens.end;
    // "Ann Lee of Norland".
    if end + 1 < limit
        && page.is_one_of(end, &["of", "from"])
        && lexicon::nation(page.lower(end + 1)).is_some()
    {
        to.add_modifier(page.lower(end + 1));
    }
    let mut at = end;
    if at < limit && matches!(page.word(at), "," | "(" | "—" | "–") {
        at += 1;
        let number = (at < limit).then(|| page.word(at).parse().ok()).flatten();
        if let Some(years) = number.filter(|years| (1..120).contains(years))
            && at + 1 < limit
            && matches!(page.word(at + 1), "," | ")" | "." | "who")
        {
            to.age = Some(years);
            at += 2;
        }
    } else if !(at < limit && page.is_one_of(at, BE)) {
        return;
    }
    // "Lee, who was a teacher"; "Lee, 58, was a teacher".
    at += usize::from(at < limit && page.is_one_of(at, &["who"]));
    at += usize::from(at < limit && page.is_one_of(at, BE));
    let mut head = None;
    let start = at;
    while at < limit.min(start + LONGEST) {
        let in_phrase =
            matches!(page.tag(at), Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num | Tag::Det | Tag::Pron)
                || page.is_possessive(at)
                || page.word(at) == "-";
        if !in_phrase {
            break;
        }
        if page.class(at).has(PEOPLE) && matches!(page.tag(at), Tag::Noun | Tag::Propn) {
            head = Some(at);
        }
        at += 1;
    }
    let Some(head) = head else { return };
    // "Lee, Hart and Marsh": the next name is nobody's apposition.
    if (head + 1..at).any(|at| page.tag(at) == Tag::Propn) {
        return;
    }
    to.add_phrase(page, start..head + 1, head);
    // "A senator from Norland", "chief of staff".
    if at < limit && page.is_one_of(at, OF) {
        let hung = (at + 1..limit.min(at + LONGEST))
            .take_while(|&at| matches!(page.tag(at), Tag::Noun | Tag::Propn | Tag::Adj | Tag::Det));
        hung.filter(|&at| page.tag(at) != Tag::Det).for_each(|at| to.add_modifier(page.lower(at)));
    }
}

const BE: &[&str] = &["is", "was", "became", "remains"];
/// What leads to a place or a body that somebody is of.
const OF: &[&str] = &["of", "from", "for", "in", "at"];
/// Most words of an apposition that are looked at.
const LONGEST: usize = 9;
