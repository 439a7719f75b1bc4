//! What speaks for and against that a text credits a source at a place.
//!
//! Outlets and speakers have signs of their own: an outlet named in words of credit is nearly always credited, of the
//! speakers a text credits one in six.

use super::{
    CiteKind,
    credit::{Mention, Way},
    name::Trust,
    source::{By, Key, Place, Source},
    words::{OFFICE, PLATFORM, POST, SPOKESMAN, STATEMENT, Words},
};
use crate::{Act, Attribution, Kind, Reading, Span, Speaker, ViaKind, person::is_pronoun};

/// A sign and how strong it is.
pub(super) type Sign = (&'static str, f64);

/// The signs of all places of a text.
pub(super) struct Signs<'a> {
    reading: &'a Reading,
    words: &'a Words<'a>,
    sources: &'a [Source],
    /// Where outlets are credited, in order.
    outlets: Vec<usize>,
    /// How many outlets are credited, and how many of them only as told.
    number: usize,
    told: usize,
    /// Where each speaker is first, in order.
    speakers: Vec<usize>,
    /// Sources and cues of attributions, in order.
    pieces: Vec<(Span, usize)>,
    body: Span,
}

impl<'a> Signs<'a> {
    pub(super) fn of(reading: &'a Reading, words: &'a Words, sources: &'a [Source]) -> Signs<'a> {
        let (outlets, speakers): (Vec<&Source>, Vec<&Source>) =
            sources.iter().partition(|source| source.is_outlet());
        let mut places: Vec<usize> =
            outlets.iter().flat_map(|source| &source.places).map(|place| place.span.start()).collect();
        places.sort_unstable();
        let attributions = reading.attributions.iter().enumerate();
        let pieces = attributions
            .flat_map(|(at, said)| said.source.iter().chain(&said.cue).map(move |&piece| (piece, at)));
        let mut pieces: Vec<(Span, usize)> = pieces.collect();
        pieces.sort_unstable();
        let sentences = &reading.sentences;
        Signs {
            reading,
            words,
            sources,
            outlets: places,
            number: outlets.len(),
            told: outlets.iter().filter(|source| source.is_told).count(),
            speakers: speakers.iter().map(|source| source.places[0].span.start()).collect(),
            pieces,
            body: sentences.iter().copied().reduce(Span::hull).unwrap_or_default(),
        }
    }

    /// The signs of every place of a source.
    pub(super) fn of_source(&self, number: usize) -> Vec<Vec<Sign>> {
        let source = &self.sources[number];
        let places = source.places.iter().enumerate();
        if source.is_outlet() {
            return places.map(|(at, place)| self.of_outlet(number, at, place)).collect();
        }
        let whole = self.of_speaker(number);
        places.map(|(at, place)| [self.of_saying(source, at, place), whole.clone()].concat()).collect()
    }

    fn of_outlet(&self, number: usize, at: usize, place: &Place) -> Vec<Sign> {
        let source = &self.sources[number];
        let mention = match &place.by {
            By::Mention(mention) => Some(mention),
            _ => None,
        };
        let is = |test: &dyn Fn(&Mention) -> bool| yes(mention.is_some_and(test));
        let way = |way: Way| is(&|mention| mention.way == Some(way));
        let said = self.said(place.span);
        let before = self.speakers.partition_point(|&start| start < place.span.start());
        vec![
            ("outlet", 1.0),
            ("outlet: first place", yes(at == 0)),
            ("outlet: place", ln(at)),
            ("outlet: sources before", ln(number)),
            ("outlet: no other outlet", yes(self.number == 1)),
            ("outlet: several were told", yes(way(Way::Told) > 0.0 && self.told > 1)),
            ("outlet: told after other speakers", way(Way::Told) * ln(before)),
            ("outlet: according to it", way(Way::Led)),
            ("outlet: surely one", is(&|mention| mention.trust == Trust::Named)),
            ("outlet: agency", yes(source.kind == CiteKind::Agency)),
            ("outlet: in the beginning", yes(self.offset(place.span) < BEGINNING)),
            ("outlet: opens a passage", yes(self.opens(place.span))),
            ("outlet: closes a sentence", yes(place.span.end() + 2 >= self.sentence(place.span).end())),
            ("outlet: has direct speech", yes(said.is_some_and(|said| said.kind == Kind::Direct))),
            ("outlet: has indirect speech", yes(said.is_some_and(|said| said.kind == Kind::Indirect))),
        ]
    }

    /// What a speaker has wherever it speaks.
    fn of_speaker(&self, number: usize) -> Vec<Sign> {
        let source = &self.sources[number];
        let said = |place: &Place| match place.by {
            By::Attribution(at) => Some(&self.reading.attributions[at]),
            _ => None,
        };
        let speaks = |said: &Attribution| {
            !said.addressee.is_empty() || said.via.iter().any(|via| via.kind == ViaKind::ToldTo)
        };
        let mentions = match source.key {
            Key::Person(id) => self.reading.people[id as usize].mentions.len(),
            _ => 0,
        };
        vec![
            ("speaker", 1.0),
            ("speaker: sources before", ln(number)),
            ("speaker: sources", ln(self.sources.len())),
            ("speaker: one place", yes(source.places.len() == 1)),
            ("speaker: outlets", ln(self.number)),
            ("speaker: without a name", yes(source.kind == CiteKind::Unnamed)),
            ("speaker: known by words", yes(matches!(source.key, Key::Words(_)))),
            ("speaker: mentions", ln(mentions)),
            ("speaker: speaks to somebody", yes(source.places.iter().filter_map(said).any(speaks))),
            (
                "speaker: spokesman somewhere",
                yes(source.places.iter().any(|place| self.has(place.span, SPOKESMAN))),
            ),
        ]
    }

    /// What a speaker has at one place.
    fn of_saying(&self, source: &Source, at: usize, place: &Place) -> Vec<Sign> {
        let (span, article) = (place.span, &self.reading.article);
        let said = match place.by {
            By::Attribution(at) => Some(&self.reading.attributions[at]),
            _ => None,
        };
        let is = |test: &dyn Fn(&Attribution) -> bool| yes(said.is_some_and(test));
        let sentence = self.sentence(span);
        let near = self.words.near(span);
        let content = said.map_or(0, |said| said.content.iter().map(|piece| piece.len()).sum());
        let has_one = |words: &[&str]| {
            let pieces = said.iter().flat_map(|said| &said.content);
            let mut inside = pieces.flat_map(|&piece| self.words.within(piece).take(NEAR));
            yes(inside.any(|at| self.words.is_one_of(at, words)))
        };
        let first = self.outlets.first();
        let outlet = self.outlets.partition_point(|&start| start < sentence.start());
        let opens = |pieces: &[Span]| pieces.first().map_or(usize::MAX, |piece| piece.start());
        let start = self.offset(span);
        vec![
            ("saying: place", ln(at)),
            // What stands under the last sentence is as late as that.
            ("saying: how late", (start as f64 / self.body.len().max(1) as f64).min(1.0)),
            ("saying: in the beginning", yes(start < BEGINNING)),
            ("saying: opens a passage", yes(self.opens(span))),
            ("saying: after an outlet", yes(first.is_some_and(|&first| first < span.start()))),
            (
                "saying: beside an outlet",
                yes(self.outlets.get(outlet).is_some_and(|&at| at < sentence.end())),
            ),
            ("saying: statement", yes(near.clone().any(|at| self.words.is(at, STATEMENT)))),
            ("saying: statement in the sentence", yes(self.has(sentence, STATEMENT))),
            ("saying: platform", yes(near.clone().any(|at| self.words.is(at, PLATFORM)))),
            ("saying: platform in the sentence", yes(self.has(sentence, PLATFORM) || self.tweets(sentence))),
            ("saying: spokesman", yes(self.has(span, SPOKESMAN))),
            ("saying: office", yes(self.has(span, OFFICE))),
            ("saying: told", is(&|said| said.via.iter().any(|via| via.kind == ViaKind::ToldTo))),
            ("saying: attitude", is(&|said| said.act == Act::Attitude)),
            ("saying: in what another says", is(&|said| said.within.is_some())),
            ("saying: pronoun", is(&|said| is_pronoun(&article[said.source[0]]))),
            ("saying: unknown", is(&|said| matches!(said.speaker, Speaker::Unknown(_)))),
            ("saying: indirect", is(&|said| said.kind == Kind::Indirect)),
            (
                "saying: according to",
                is(&|said| said.cue.iter().any(|&cue| starts_with(&article[cue], "according"))),
            ),
            ("saying: cue first", is(&|said| opens(&said.cue) < opens(&said.source))),
            (
                "saying: words of the source",
                ln(said.map_or(0, |said| self.words.within(said.source[0]).len())),
            ),
            ("saying: content", libm::log1p(content as f64 / CONTENT)),
            ("saying: of what was", has_one(&["was", "were", "had", "did"])),
            ("saying: of what will be", has_one(&["will", "would", "should", "could", "may", "might"])),
            ("saying: post", yes(matches!(source.key, Key::Post))),
        ]
    }

    /// The attribution whose source or cue a phrase holds.
    fn said(&self, span: Span) -> Option<&Attribution> {
        let at = self.pieces.partition_point(|(piece, _)| piece.start() < span.start());
        let near = &self.pieces[at.saturating_sub(LOOKED_BACK)..];
        let near = near.iter().take_while(|(piece, _)| piece.start() < span.end());
        let overlapping = near.filter(|(piece, _)| piece.overlaps(span)).map(|(_, at)| *at);
        overlapping.min().map(|at| &self.reading.attributions[at])
    }

    fn offset(&self, span: Span) -> usize {
        span.start().saturating_sub(self.body.start())
    }

    /// Whether a phrase is the first of its block.
    fn opens(&self, span: Span) -> bool {
        let first = self.words.within(span).start;
        first < self.words.len() && span.start() <= self.words.block(first).span.start() + 2
    }

    /// The sentence that a phrase begins in.
    fn sentence(&self, span: Span) -> Span {
        let sentences = &self.reading.sentences;
        let at = sentences.partition_point(|sentence| sentence.start() <= span.start());
        at.checked_sub(1).map_or(span, |at| sentences[at].hull(span))
    }

    /// Whether one of the first words of a span is of a class.
    fn has(&self, span: Span, classes: u32) -> bool {
        self.words.within(span).take(NEAR).any(|at| self.words.is(at, classes))
    }

    fn tweets(&self, span: Span) -> bool {
        let mut words = self.words.within(span).take(NEAR);
        words.any(|at| self.words.is(at, POST) && starts_with(self.words.word(at), "tweet"))
    }
}

/// Whether a text begins with a word, in any case.
fn starts_with(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn yes(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

/// The logarithm of a number and one.
fn ln(number: usize) -> f64 {
    libm::log1p(number as f64)
}

/// The beginning of an article, in bytes.
const BEGINNING: usize = 800;
/// A short content, in bytes.
const CONTENT: f64 = 50.0;
/// Of a long sentence or content so many words are looked at.
const NEAR: usize = 80;
/// Of pieces that begin before a phrase, so many are looked at.
const LOOKED_BACK: usize = 8;
