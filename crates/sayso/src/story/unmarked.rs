//! Words of a quotation that another page has without quotation marks: as indirect speech, or as prose of its own.
//!
//! Reported speech is shifted: `I will not sign` becomes `he would not sign`. So pronouns are one word here, and the forms of an
//! auxiliary are one. Which of two pages changed the other's form is said only where it shows.

use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

use super::{
    Digest, Story, background,
    digest::Word,
    lineage::{Evidence, Lineage, Sign},
    reuse, terms,
};
use crate::Span;

/// Words that one page has in quotation marks and another without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unmarked {
    /// The page that has them without, by its place in the list of digests.
    pub page: usize,
    /// Where they stand there.
    pub span: Span,
    /// The quotation that they are held against, by its place in the list that was given.
    pub of: usize,
    /// What kind of change it is.
    pub marks: Marks,
    /// What shows which way it went.
    pub shown: Option<Shown>,
}

/// Changes of quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Marks {
    /// Prose of an earlier page stands in quotation marks.
    Added,
    /// A page that derives from the quotation's has its words as prose of its own.
    Dropped,
    /// Prose here, a quotation there; which changed does not show.
    Differ,
    /// Indirect speech of an earlier page stands in quotation marks.
    IndirectMadeDirect,
    /// A page that derives from the quotation's tells its words as indirect speech.
    DirectMadeIndirect,
    /// Indirect speech here, a quotation there; which changed does not show.
    DirectAndIndirect,
}

/// What shows which of two forms came from the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shown {
    /// One page derives from the other.
    Derivation,
    /// The page without marks is earlier than all that have them.
    Dates,
}

/// Of each utterance, the pages of its story that have its words without quotation marks alone, in the order of the story.
///
/// An utterance is given by its quotations as page and number, the one that the others are held against first. Of a story's pages
/// the first 200 are looked through, each once.
pub fn unmarked(digests: &[Digest], story: &Story, utterances: &[Vec<(usize, usize)>]) -> Vec<Vec<Unmarked>> {
    let ancestors = ancestors(story);
    let quoted: Vec<Vec<Word>> = utterances.iter().map(|utterance| quoted(digests, utterance[0])).collect();
    let mut found = vec![Vec::new(); utterances.len()];
    for &page in story.pages.iter().take(SEARCHED) {
        let words = shifted(&digests[page].words);
        let index = reuse::Index::of(&words);
        for (at, utterance) in utterances.iter().enumerate() {
            if utterance.iter().any(|quotation| quotation.0 == page) {
                continue;
            }
            let Some((span, is_indirect)) = passage(&digests[page], &words, &index, &quoted[at]) else {
                continue;
            };
            let (of, shown, way) = way(digests, &ancestors, page, utterance);
            found[at].push(Unmarked { page, span, of, marks: marks(is_indirect, way), shown });
        }
    }
    found
}

fn marks(is_indirect: bool, way: Way) -> Marks {
    match (is_indirect, way) {
        (false, Way::IntoMarks) => Marks::Added,
        (false, Way::OutOfMarks) => Marks::Dropped,
        (false, Way::Unknown) => Marks::Differ,
        (true, Way::IntoMarks) => Marks::IndirectMadeDirect,
        (true, Way::OutOfMarks) => Marks::DirectMadeIndirect,
        (true, Way::Unknown) => Marks::DirectAndIndirect,
    }
}

enum Way {
    IntoMarks,
    OutOfMarks,
    Unknown,
}

/// Which quotation a page without marks is held against, and which way the change went.
fn way(
    digests: &[Digest],
    ancestors: &HashMap<usize, BTreeSet<usize>>,
    page: usize,
    utterance: &[(usize, usize)],
) -> (usize, Option<Shown>, Way) {
    let derives =
        |page: usize, from: usize| ancestors.get(&page).is_some_and(|ancestors| ancestors.contains(&from));
    if let Some(of) = utterance.iter().position(|&(quoting, _)| derives(quoting, page)) {
        return (of, Some(Shown::Derivation), Way::IntoMarks);
    }
    if let Some(of) = utterance.iter().position(|&(quoting, _)| derives(page, quoting)) {
        return (of, Some(Shown::Derivation), Way::OutOfMarks);
    }
    let is_later = |&(quoting, _): &(usize, usize)| match (digests[page].until, digests[quoting].day) {
        (Some(until), Some(day)) => until <= day,
        _ => false,
    };
    match utterance.iter().all(is_later) {
        true => (0, Some(Shown::Dates), Way::IntoMarks),
        false => (0, None, Way::Unknown),
    }
}

/// The pages that each page of a story derives from, directly or through others, by more than the words of one quotation.
fn ancestors(story: &Story) -> HashMap<usize, BTreeSet<usize>> {
    let parents = |lineage: &Lineage| {
        let shown = lineage.parents.iter().filter(|parent| parent.evidence.iter().any(shows));
        shown.map(|parent| parent.page).collect::<Vec<_>>()
    };
    let parents: HashMap<usize, Vec<usize>> =
        story.pages.iter().copied().zip(story.lineages.iter().map(parents)).collect();
    let of_page = |&page: &usize| {
        let mut ancestors = BTreeSet::new();
        let mut open = parents[&page].clone();
        while let Some(page) = open.pop() {
            if ancestors.insert(page) {
                open.extend(parents.get(&page).into_iter().flatten());
            }
        }
        (page, ancestors)
    };
    story.pages.iter().map(of_page).collect()
}

fn shows(evidence: &Evidence) -> bool {
    match evidence.sign {
        Sign::Credit(_) | Sign::Link => true,
        Sign::SharedText { words, .. } => words >= SHOWING,
        _ => false,
    }
}

/// The words of a quotation, none of one that says too little to be known again.
fn quoted(digests: &[Digest], (page, number): (usize, usize)) -> Vec<Word> {
    let digest = &digests[page];
    let of_piece = |piece: &Span| {
        let start = digest.words.partition_point(|word| word.span.start() < piece.start());
        let end = digest.words.partition_point(|word| word.span.end() <= piece.end());
        digest.words.get(start..end).unwrap_or_default()
    };
    let words: Vec<Word> = digest.quotations[number].pieces.iter().flat_map(of_piece).copied().collect();
    // Titles and names stand in marks here and without them there, and nobody changed anything.
    let said: Vec<Word> = words.iter().filter(|word| !word.is_detail).copied().collect();
    if telling(&said) < TELLING { Vec::new() } else { shifted(&words) }
}

/// Where a page has most of a quotation's words in order, none of them in quotation marks, and whether as indirect speech.
fn passage(page: &Digest, words: &[Word], index: &reuse::Index, quoted: &[Word]) -> Option<(Span, bool)> {
    let runs = reuse::runs(words, index, quoted);
    let is_plain = |run: &reuse::Run| !words[run.in_a()].iter().any(|word| word.is_quoted);
    let plain: Vec<reuse::Run> = runs.into_iter().filter(is_plain).collect();
    let shared =
        |passage: &[reuse::Run]| -> f64 { passage.iter().map(|run| telling(&quoted[run.in_b()])).sum() };
    let passages = plain.chunk_by(|_, next| next.goes_on);
    let best = passages.max_by(|a, b| shared(a).total_cmp(&shared(b)))?;
    if shared(best) < MOSTLY * telling(quoted) {
        return None;
    }
    let (first, last) = (best.first()?, best.last()?);
    let there = &page.words[first.a..last.a + last.len];
    let indirect = there.iter().filter(|word| word.is_indirect).count();
    // What says `I` is the speaker's own words, marks or not.
    let is_own = there.iter().any(|word| FIRST_PERSON.contains(&word.hash));
    let span = there.first()?.span.hull(there.last()?.span);
    Some((span, 2 * indirect > there.len() && !is_own))
}

/// How much some words tell: the rarer they are in general, the more.
fn telling(words: &[Word]) -> f64 {
    words.iter().map(|word| background::rarity(word.hash)).sum()
}

/// Words with one form for what reporting shifts.
fn shifted(words: &[Word]) -> Vec<Word> {
    let shift = |word: &Word| Word { hash: SHIFTED.get(&word.hash).copied().unwrap_or(word.hash), ..*word };
    words.iter().map(shift).collect()
}

/// By the hash of a word, that of the first of its row.
static SHIFTED: LazyLock<HashMap<u32, u32>> = LazyLock::new(|| {
    let mut shifted = HashMap::new();
    for row in SHIFTS {
        let mut first = None;
        for word in row.split(' ') {
            terms::parts(word, |hash| {
                shifted.insert(hash, *first.get_or_insert(hash));
            });
        }
    }
    shifted
});

static FIRST_PERSON: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut hashes = Vec::new();
    ["i", "my", "me", "we", "our", "us"].iter().for_each(|word| terms::parts(word, |hash| hashes.push(hash)));
    hashes
});

/// Words that stand for one another between direct and indirect speech, the most usual first.
const SHIFTS: &[&str] = &[
    "he i me my mine myself we us our ours ourselves you your yours yourself him his himself she her hers herself they them \
     their theirs themselves",
    "will would shall should",
    "can could",
    "may might",
    "was am is are were",
    "has have had",
    "do does did",
    "that this",
    "those these",
    "there here",
    "now then",
];
/// So many pages of a story are looked through.
const SEARCHED: usize = 200;
/// What tells less than about four words that half of all articles lack may stand anywhere;
const TELLING: f64 = 10.0;
/// and a passage that has so much of what a quotation tells has its words.
const MOSTLY: f64 = 0.6;
/// So many shared words show derivation without a credit or a link: more than those of the quotation itself.
const SHOWING: u32 = 40;
