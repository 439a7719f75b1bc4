//! What the story layer keeps of a page.

use std::ops::Range;

use super::{
    cite::{Cite, Outlets},
    manner::Manner,
    sketch::Sketch,
    terms,
};
use crate::{Kind, Precision, Published, Reading, Span, Speaker, Unnamed, attribution::quotation, person};

/// What the story layer keeps of a page.
#[derive(Clone, Debug)]
pub struct Digest {
    /// Tells pages apart, and which of two equal ones comes first.
    pub id: String,
    /// Its own outlet, as it says or shows.
    pub outlet: Option<String>,
    /// The outlet that it is likely to be of: enough to compare pages by, too little to say so.
    pub(super) likely: Option<String>,
    /// Where it was found, and where it says that it belongs.
    pub urls: Vec<String>,
    /// Where it links to.
    pub links: Vec<String>,
    /// Whom it credits for its matter.
    pub cites: Vec<Cite>,
    /// Whom it quotes without a name: in which words, and how many they are at least.
    pub unnamed: Vec<(String, u32)>,
    /// What stands between its quotation marks.
    pub quotations: Vec<Quotation>,
    /// How it speaks of what it tells.
    pub(super) manner: Manner,
    /// Its words in order.
    pub(super) words: Vec<Word>,
    /// What it is about.
    pub sketch: Sketch,
    /// When it was published, in days since 1970, and by when at the latest.
    pub(super) day: Option<f64>,
    pub(super) until: Option<f64>,
}

/// What somebody says between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Where it stands, without the marks: in one piece, or in several with "he said" between them.
    pub pieces: Vec<Span>,
    /// Its words; between two pieces the marks that close and open again.
    pub text: String,
    /// Who is quoted: a name, or the words that stand for one.
    pub speaker: Option<String>,
}

impl Quotation {
    /// From its first word to its last.
    pub fn span(&self) -> Span {
        self.pieces.iter().copied().reduce(Span::hull).unwrap_or_default()
    }
}

/// A word of the running text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Its plain form.
    pub(super) hash: u32,
    pub(super) span: Span,
    /// Whether it stands between quotation marks.
    pub(super) is_quoted: bool,
    /// Whether the page gives it as what somebody said, without quotation marks.
    pub(super) is_indirect: bool,
    /// Whether it has a digit, or a capital where no sentence begins.
    pub(super) is_detail: bool,
}

impl Digest {
    /// The digest of a reading.
    pub fn of(id: &str, reading: &Reading) -> Digest {
        let article = &reading.article;
        let day = article.published.as_ref().and_then(day);
        let is_exact = article.published.as_ref().is_some_and(|date| date.precision >= Precision::Minute);
        let outlets = Outlets::of(reading);
        Digest {
            id: id.to_owned(),
            outlet: outlets.shown(),
            likely: outlets.likely(),
            urls: [&article.url, &article.canonical_url].into_iter().flatten().cloned().collect(),
            links: article.links.iter().map(|link| link.url.clone()).collect(),
            cites: outlets.cites(),
            unnamed: unnamed(reading),
            quotations: quotations(reading),
            manner: Manner::of(reading),
            words: words(reading),
            sketch: Sketch::of(&terms::words(article, &reading.tokens), day),
            day,
            until: day.map(|day| if is_exact { day } else { day + 1.0 }),
        }
    }

    /// The digest of a page of which only the words are kept, by hash in order, see [`words`](super::words()): it credits
    /// nobody and quotes nobody. A word's place is its number.
    pub fn of_words(id: &str, words: &[u32], day: Option<f64>) -> Digest {
        let word = |(at, &hash): (usize, &u32)| Word {
            hash,
            span: Span::new(at, at + 1),
            is_quoted: false,
            is_indirect: false,
            is_detail: false,
        };
        Digest {
            id: id.to_owned(),
            outlet: None,
            likely: None,
            urls: Vec::new(),
            links: Vec::new(),
            cites: Vec::new(),
            unnamed: Vec::new(),
            quotations: Vec::new(),
            manner: Manner::default(),
            words: words.iter().take(LONGEST).enumerate().map(word).collect(),
            sketch: Sketch::of(words, day),
            day,
            until: day,
        }
    }

    /// Its words with their lengths: equal only where the letters are, however words are spelt elsewhere.
    pub(super) fn as_written(&self) -> impl Iterator<Item = (u32, usize)> + '_ {
        self.words.iter().map(|word| (word.hash, word.span.range().len()))
    }

    /// Whether it may have been published no later than by a time at which another was: in days since 1970.
    pub fn may_precede(&self, until: f64) -> bool {
        self.day.is_some_and(|day| day < until) || self.until.is_some_and(|own| own <= until)
    }

    /// By when the page was published at the latest, in days since 1970.
    pub fn until(&self) -> Option<f64> {
        self.until
    }
}

/// People without a name who say something, in the order in which the text first speaks of them; those of whom it says no
/// more than `some` come last. What nobody knows for people is left out, unless it wishes not to be named.
fn unnamed(reading: &Reading) -> Vec<(String, u32)> {
    let speaks = |at: usize| {
        let is_it = |speaker: &Speaker| matches!(speaker, Speaker::Unnamed(id) if id.index() == at);
        reading.attributions.iter().any(|attribution| is_it(&attribution.speaker))
    };
    let is_person = |unnamed: &Unnamed| {
        unnamed.condition.is_some() || unnamed.role.as_deref().is_some_and(person::is_person_noun)
    };
    let speaking =
        reading.unnamed.iter().enumerate().filter(|(at, unnamed)| speaks(*at) && is_person(unnamed));
    let mut speaking: Vec<&Unnamed> = speaking.map(|(_, unnamed)| unnamed).collect();
    speaking.sort_by_key(|unnamed| (!is_telling(&unnamed.text), unnamed.mentions.iter().min().copied()));
    speaking.into_iter().map(|unnamed| (unnamed.text.clone(), unnamed.min)).collect()
}

/// Whether the words tell who they are, as far as two words can.
fn is_telling(text: &str) -> bool {
    text.split_whitespace().nth(1).is_some()
        || person::is_person_noun(text) && !EMPTY.contains(&text.to_lowercase().as_str())
}

/// Words that say no more than that it was somebody.
const EMPTY: [&str; 2] = ["people", "person"];

/// What stands between quotation marks, and who is quoted.
fn quotations(reading: &Reading) -> Vec<Quotation> {
    let statements = Statements::of(reading);
    let mut found: Vec<Quotation> = Vec::new();
    for block in blocks(reading) {
        // The statement of the piece before, in the same block.
        let mut before: Option<Option<usize>> = None;
        for quotation in quotation::quotations(&reading.article.text, &reading.tokens, block) {
            let end = quotation.close.unwrap_or(quotation.end);
            let Some(inside) =
                reading.tokens.get(quotation.open + 1..end).filter(|inside| !inside.is_empty())
            else {
                continue;
            };
            let span = inside[0].span.hull(inside[inside.len() - 1].span);
            let statement = statements.around(span);
            let last = found.last_mut().zip(before);
            match last.filter(|(last, of)| statements.go_on(last, *of, span, statement)) {
                Some((last, _)) => {
                    last.pieces.push(span);
                    last.text = format!("{}” “{}", last.text, &reading.article[span]);
                }
                None => found.push(Quotation {
                    pieces: vec![span],
                    text: reading.article[span].to_owned(),
                    speaker: statement.and_then(|at| speaker(reading, &reading.attributions[at].speaker)),
                }),
            }
            before = Some(statement);
        }
    }
    found
}

/// Where the statements of a reading stand.
struct Statements<'r> {
    reading: &'r Reading,
    /// Pieces of contents in order, each with its statement.
    contents: Vec<(Span, usize)>,
    /// Where cues begin, in order.
    cues: Vec<usize>,
}

impl Statements<'_> {
    fn of(reading: &Reading) -> Statements<'_> {
        let statements = reading.attributions.iter().enumerate();
        let pieces =
            statements.flat_map(|(at, statement)| statement.content.iter().map(move |&piece| (piece, at)));
        let mut contents: Vec<(Span, usize)> = pieces.collect();
        contents.sort_by_key(|(piece, _)| piece.start());
        let cues = reading.attributions.iter().flat_map(|statement| &statement.cue);
        let mut cues: Vec<usize> = cues.map(|cue| cue.start()).collect();
        cues.sort_unstable();
        Statements { reading, contents, cues }
    }

    /// The statement that a quotation is part of.
    fn around(&self, span: Span) -> Option<usize> {
        let end = self.contents.partition_point(|(piece, _)| piece.start() < span.end());
        let near = self.contents[end.saturating_sub(DEEPEST)..end].iter().rev();
        let around = near.filter(|(piece, _)| piece.overlaps(span)).max_by_key(|(piece, _)| piece.len());
        around.map(|(_, at)| *at)
    }

    /// Whether a quotation goes on with the next piece in marks: “A,” he said, “b.”
    fn go_on(&self, last: &Quotation, of: Option<usize>, next: Span, statement: Option<usize>) -> bool {
        let text = &self.reading.article.text;
        let end = last.span().end();
        let between = &text[end..next.start()];
        let has_cue =
            self.cues.get(self.cues.partition_point(|&cue| cue < end)).is_some_and(|&cue| cue < next.start());
        let pauses = last.text.ends_with(PAUSES) || between.trim_start_matches(is_mark).starts_with(',');
        let named = |at: usize| speaker(self.reading, &self.reading.attributions[at].speaker);
        let is_one =
            of.zip(statement).is_some_and(|(a, b)| a == b || named(a).is_some() && named(a) == named(b));
        between.len() <= BETWEEN && has_cue && pauses && is_one
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | '„')
}

/// What the first of two pieces ends in.
const PAUSES: [char; 6] = [',', '.', '?', '!', '—', '–'];
/// So many bytes may stand between two pieces of a quotation.
const BETWEEN: usize = 120;
/// Of attributions inside one another, so many are looked at.
const DEEPEST: usize = 8;

/// The name of a speaker, or the words that stand for one.
fn speaker(reading: &Reading, speaker: &Speaker) -> Option<String> {
    let words = |span: &Span| reading.article[*span].to_owned();
    Some(match speaker {
        Speaker::Person(id) => reading.people[id.index()].name.clone(),
        Speaker::People(ids) => {
            ids.iter().map(|id| reading.people[id.index()].name.as_str()).collect::<Vec<_>>().join(" and ")
        }
        Speaker::Outlet(id) => reading.outlets[id.index()].name.clone(),
        Speaker::Unnamed(id) => reading.unnamed[id.index()].text.clone(),
        Speaker::Organisation(span) | Speaker::Document(span, _) | Speaker::Generic(span) => words(span),
        Speaker::Unknown(_) => return None,
    })
}

/// The tokens of each block.
fn blocks(reading: &Reading) -> impl Iterator<Item = Range<usize>> {
    let tokens = &reading.tokens;
    let at = |byte: usize| tokens.partition_point(|token| token.span.start() < byte);
    let blocks = reading.article.blocks.iter();
    blocks.map(move |block| at(block.span.start())..at(block.span.end())).filter(|block| !block.is_empty())
}

/// The words of the running text, of its first [`LONGEST`].
fn words(reading: &Reading) -> Vec<Word> {
    let article = &reading.article;
    let (quoted, indirect) = (quotations_of_tokens(reading), indirect_tokens(reading));
    let mut starts = reading.sentences.iter().map(|sentence| sentence.start()).peekable();
    let mut words: Vec<Word> = Vec::new();
    for ((token, is_quoted), is_indirect) in reading.tokens.iter().zip(quoted).zip(indirect) {
        let text = &article[token.span];
        while starts.next_if(|&start| start < token.span.start()).is_some() {}
        let opens = starts.peek() == Some(&token.span.start());
        let is_detail = text.contains(|c: char| c.is_ascii_digit())
            || !opens && text.starts_with(|c: char| c.is_uppercase());
        terms::parts(text, |hash| {
            words.push(Word { hash, span: token.span, is_quoted, is_indirect, is_detail })
        });
        if words.len() >= LONGEST {
            break;
        }
    }
    words
}

/// Whether each token stands between quotation marks.
fn quotations_of_tokens(reading: &Reading) -> Vec<bool> {
    let mut quoted = vec![false; reading.tokens.len()];
    for block in blocks(reading) {
        for quotation in quotation::quotations(&reading.article.text, &reading.tokens, block) {
            quoted[quotation.open..quotation.end].fill(true);
        }
    }
    quoted
}

/// Whether each token is part of what somebody is said to have said, in words of the page.
fn indirect_tokens(reading: &Reading) -> Vec<bool> {
    let tokens = &reading.tokens;
    let mut indirect = vec![false; tokens.len()];
    let said = reading.attributions.iter().filter(|attribution| attribution.kind == Kind::Indirect);
    let mut pieces: Vec<Span> = said.flat_map(|attribution| &attribution.content).copied().collect();
    pieces.sort_by_key(|piece| (piece.start(), piece.end()));
    let mut done = 0;
    for piece in pieces {
        let start = tokens.partition_point(|token| token.span.start() < piece.start()).max(done);
        let end = tokens.partition_point(|token| token.span.end() <= piece.end());
        if start < end {
            indirect[start..end].fill(true);
            done = end;
        }
    }
    indirect
}

/// Longer texts are compared by so many words.
const LONGEST: usize = 8000;

/// Days since 1970.
fn day(published: &Published) -> Option<f64> {
    let date: jiff::civil::Date = published.value.get(..10)?.parse().ok()?;
    let days = date.since(jiff::civil::date(1970, 1, 1)).ok()?.get_days();
    let time = published.value.parse::<jiff::Timestamp>().ok();
    Some(time.map_or(f64::from(days), |time| time.as_second() as f64 / 86400.0))
}
