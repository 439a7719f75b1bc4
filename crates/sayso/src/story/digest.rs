//! What the story layer keeps of a page.

use std::ops::Range;

use super::{
    cite::{self, Cite},
    sketch::Sketch,
    terms,
};
use crate::{Kind, Precision, Published, Reading, Span, Speaker, attribution::quotation};

/// What the story layer keeps of a page.
#[derive(Clone, Debug)]
pub struct Digest {
    /// Tells pages apart, and which of two equal ones comes first.
    pub id: String,
    /// Its own outlet, as it says or shows.
    pub outlet: Option<String>,
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
    /// Its words in order.
    pub(super) words: Vec<Word>,
    /// What it is about.
    pub sketch: Sketch,
    /// When it was published, in days since 1970, and by when at the latest.
    pub(super) day: Option<f64>,
    pub(super) until: Option<f64>,
}

/// A passage between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Where it stands, without the marks.
    pub span: Span,
    /// Its words.
    pub text: String,
    /// Who is quoted: a name, or the words that stand for one.
    pub speaker: Option<String>,
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
        Digest {
            id: id.to_owned(),
            outlet: cite::own_outlet(reading),
            urls: [&article.url, &article.canonical_url].into_iter().flatten().cloned().collect(),
            links: article.links.iter().map(|link| link.url.clone()).collect(),
            cites: cite::cites(reading),
            unnamed: unnamed(reading),
            quotations: quotations(reading),
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
            urls: Vec::new(),
            links: Vec::new(),
            cites: Vec::new(),
            unnamed: Vec::new(),
            quotations: Vec::new(),
            words: words.iter().take(LONGEST).enumerate().map(word).collect(),
            sketch: Sketch::of(words, day),
            day,
            until: day,
        }
    }

    /// By when the page was published at the latest, in days since 1970.
    pub fn until(&self) -> Option<f64> {
        self.until
    }
}

/// People without a name who say something.
fn unnamed(reading: &Reading) -> Vec<(String, u32)> {
    let speaks = |at: usize| {
        let is_it = |speaker: &Speaker| matches!(speaker, Speaker::Unnamed(id) if id.index() == at);
        reading.attributions.iter().any(|attribution| is_it(&attribution.speaker))
    };
    let speaking = reading.unnamed.iter().enumerate().filter(|(at, _)| speaks(*at));
    speaking.map(|(_, unnamed)| (unnamed.text.clone(), unnamed.min)).collect()
}

/// What stands between quotation marks, and who is quoted.
fn quotations(reading: &Reading) -> Vec<Quotation> {
    let article = &reading.article;
    let mut contents: Vec<(Span, usize)> = Vec::new();
    for (at, attribution) in reading.attributions.iter().enumerate() {
        contents.extend(attribution.content.iter().map(|&piece| (piece, at)));
    }
    contents.sort_by_key(|(piece, _)| piece.start());
    let speaker = |span: Span| {
        let end = contents.partition_point(|(piece, _)| piece.start() < span.end());
        let near = contents[end.saturating_sub(DEEPEST)..end].iter().rev();
        let around = near.filter(|(piece, _)| piece.overlaps(span)).max_by_key(|(piece, _)| piece.len())?;
        speaker(reading, &reading.attributions[around.1].speaker)
    };
    let mut found = Vec::new();
    for block in blocks(reading) {
        for quotation in quotation::quotations(&article.text, &reading.tokens, block) {
            let end = quotation.close.unwrap_or(quotation.end);
            let Some(inside) =
                reading.tokens.get(quotation.open + 1..end).filter(|inside| !inside.is_empty())
            else {
                continue;
            };
            let span = inside[0].span.hull(inside[inside.len() - 1].span);
            found.push(Quotation { span, text: article[span].to_owned(), speaker: speaker(span) });
        }
    }
    found
}

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
