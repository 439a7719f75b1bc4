//! Runs of capitalised words: where names may stand.

use std::{collections::BTreeSet, ops::Range};

use super::{LONGEST, Source};
use crate::{
    BlockKind,
    person::{
        lexicon::{Class, PEOPLE, TITLE},
        page::Page,
    },
    text::{Sentence, Tag},
};

/// A run of capitalised words.
pub(super) struct Run {
    pub(super) tokens: Range<usize>,
    /// Whether it stands where all words may be capitalised.
    pub(super) is_headline: bool,
    /// Whether it is known to be a name.
    pub(super) is_given: bool,
}

/// Runs of capitalised words inside sentences, outlets left out.
pub(super) fn runs(source: &Source) -> (Vec<Run>, Vec<bool>) {
    let page = &source.page;
    // Which tokens are no run's, and which end one that is given.
    let mut taken = vec![false; page.tokens.len()];
    for mention in source.outlets.iter().flat_map(|outlet| &outlet.mentions) {
        taken[page.tokens_of(*mention)].fill(true);
    }
    let mut runs = Vec::new();
    for given in source.given {
        let tokens = page.tokens_of(*given);
        if !tokens.is_empty() {
            taken[tokens.clone()].fill(true);
            runs.push(Run { tokens, is_headline: false, is_given: true });
        }
    }
    for sentence in source.sentences {
        let is_headline = is_headline(source, sentence);
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let end = if taken[at] { at } else { run_end(page, at, sentence.tokens.end, &taken) };
            let is_dateline = at == sentence.tokens.start && is_dateline(page, at..end);
            if end > at && !is_dateline {
                runs.push(Run { tokens: at..end, is_headline, is_given: false });
            }
            at = end.max(at + 1);
        }
    }
    runs.sort_by_key(|run| run.tokens.start);
    (runs, taken.into_iter().map(|taken| !taken).collect())
}

/// `PORT HALE —`, `WARSAW (Reuters)`: where a report is from.
fn is_dateline(page: &Page, run: Range<usize>) -> bool {
    let shouted = |at: usize| page.word(at).chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let follows = page
        .tokens
        .get(run.end)
        .is_some_and(|_| matches!(page.word(run.end), "—" | "–" | "-" | "--" | "(" | ","));
    follows && !run.is_empty() && run.clone().all(shouted) && page.word(run.start).len() > 1
}

pub(super) fn is_headline(source: &Source, sentence: &Sentence) -> bool {
    let kind = source.article.blocks.get(sentence.block).map(|block| block.kind);
    if matches!(kind, Some(BlockKind::Title | BlockKind::Subhead)) {
        return true;
    }
    let page = &source.page;
    let long = |at: &usize| page.tokens[*at].span.len() > 3 && page.tag(*at) != Tag::Punct;
    let long: Vec<usize> = sentence.tokens.clone().filter(long).collect();
    let capitals = long.iter().filter(|&&at| page.is_capital(at)).count();
    long.len() > 3 && capitals * 10 > long.len() * 8
}

/// The end of the run that starts at a token; the token itself where none does.
fn run_end(page: &Page, start: usize, limit: usize, taken: &[bool]) -> usize {
    let is_free = |at: usize| at < limit && !taken[at];
    // "de Blasio", "van der Hoek": where so many particles lead to.
    let led = |from: usize| {
        let end = (from..from + PARTICLES).find(|&at| !is_free(at) || !is_particle(page, at)).unwrap_or(from);
        (end > from && is_free(end) && page.is_capital(end)).then_some(end)
    };
    let mut at = start;
    if is_particle(page, at) {
        match led(at) {
            Some(end) if page.tag(end) == Tag::Propn => at = end,
            _ if !page.is_capital(at) => return start,
            _ => {}
        }
    }
    if !is_part(page, at) {
        return start;
    }
    at += 1;
    while is_free(at) {
        at = if is_part(page, at) || is_tagged_wrongly(page, at) || is_suffix(page, at) {
            at + 1
        } else if let Some(end) = led(at) {
            end + 1
        } else if at + 2 < limit && is_inserted(page, at) {
            at + 3
        } else if is_free(at + 1)
            && (page.word(at) == "&" && page.is_capital(at + 1)
                || page.word(at) == "," && is_suffix(page, at + 1))
        {
            at + 2
        } else {
            break;
        };
    }
    at
}

/// Most particles in a row: `van der`.
const PARTICLES: usize = 3;

pub(super) fn is_particle(page: &Page, at: usize) -> bool {
    page.class(at).has(Class::PARTICLE) && page.tag(at) != Tag::Num
}

pub(super) fn is_suffix(page: &Page, at: usize) -> bool {
    page.class(at).has(Class::SUFFIX) && page.is_capital(at)
}

fn is_part(page: &Page, at: usize) -> bool {
    let word = page.word(at);
    let is_name =
        page.tag(at) == Tag::Propn || page.class(at).has(Class::GIVEN.or(TITLE)) && page.tag(at) != Tag::Pron;
    page.is_capital(at) && is_name && !is_day(word)
        || without_article(word).is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// `Harani` of `al-Harani`, `Aubray` of `d’Aubray`.
fn without_article(word: &str) -> Option<&str> {
    const ARTICLES: &[&str] =
        &["al-", "el-", "Al-", "El-", "as-", "ad-", "an-", "ul-", "d’", "d'", "l’", "l'"];
    ARTICLES.iter().find_map(|article| word.strip_prefix(article))
}

/// Days are no part of a name: `On Monday Lee said`.
fn is_day(word: &str) -> bool {
    const DAYS: &[&str] = &[
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Christmas",
        "Easter",
    ];
    DAYS.contains(&word)
}

/// A capitalised word after a part of a name is one, whatever its tag.
fn is_tagged_wrongly(page: &Page, at: usize) -> bool {
    page.is_capital(at)
        && !is_day(page.word(at))
        && matches!(page.tag(at), Tag::Noun | Tag::Adj | Tag::X)
        && page.word(at).len() > 2
}

/// `Dmitri [Kostin]`, `William “Bill” Marsh`: a capitalised word between marks, of a name.
fn is_inserted(page: &Page, at: usize) -> bool {
    let marks = (page.word(at), page.word(at + 2));
    let closes = match marks {
        ("[", "]") => true,
        ("“", "”") | ("\"", "\"") | ("‘", "’") => {
            page.tokens.get(at + 3).is_some_and(|next| next.tag == Tag::Propn) && page.is_capital(at + 3)
        }
        _ => false,
    };
    closes && page.is_capital(at + 1) && page.tag(at + 1) != Tag::Pron
}

/// A run without the titles and offices before the name, and without numbers after it. Empty where nothing is left.
pub(super) fn without_titles(page: &Page, run: Range<usize>) -> Range<usize> {
    let is_title = |at: usize| page.class(at).has(TITLE.or(PEOPLE)) && page.is_capital(at);
    let is_bare = |at: usize| {
        !page.class(at).has(Class::SUFFIX)
            && (!page.class(at).has(TITLE.or(PEOPLE)) || page.class(at).has(Class::GIVEN))
    };
    let mut end = run.end;
    while end > run.start && page.tag(end - 1) == Tag::Num && !is_suffix(page, end - 1) {
        end -= 1;
    }
    // "Larry King" is not King Larry, but "Virginia Sen. Tim Ode" is a senator.
    let splits = |at: usize| {
        let is_short =
            page.class(at).has(Class::PERSONAL) || page.word(at).ends_with('.') && page.class(at).has(TITLE);
        is_title(at)
            && (is_short || !page.class(run.start).has(Class::GIVEN) || page.class(run.start).has(TITLE))
            && (at + 1..end).any(is_bare)
    };
    let start = (run.start..end).rev().find(|&at| splits(at)).map_or(run.start, |at| at + 1);
    // A title alone is no name.
    if (start..end).all(|at| is_title(at) && !page.class(at).has(Class::GIVEN)) {
        start..start
    } else {
        start..end
    }
}

/// In a headline every word may be capitalised: the names of the text in it, else the run itself.
pub(super) fn in_headline(page: &Page, run: Range<usize>, body: &BTreeSet<Vec<String>>) -> Vec<Range<usize>> {
    let longest = |start: usize| {
        let sizes = (1..=LONGEST.min(run.end - start)).rev();
        sizes.map(|size| start..start + size).find(|tokens| {
            body.contains(&tokens.clone().map(|at| page.word(at).to_lowercase()).collect::<Vec<_>>())
        })
    };
    let (mut found, mut at) = (Vec::new(), run.start);
    while at < run.end {
        match longest(at) {
            Some(tokens) => {
                at = tokens.end;
                found.push(tokens);
            }
            None => at += 1,
        }
    }
    if found.is_empty() { vec![run] } else { found }
}

/// The words of a name, without the marks inside it.
pub(in crate::person) fn words<'a>(page: &Page<'a>, tokens: Range<usize>) -> Vec<&'a str> {
    let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    tokens.map(|at| page.word(at)).filter(is_word).collect()
}
