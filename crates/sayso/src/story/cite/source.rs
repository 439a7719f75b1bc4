//! Whom the matter of a text may come from: outlets credited, and the speakers, documents, posts and rumours beside
//! them, each with every place that credits it.

use std::collections::BTreeMap;

use super::{
    CiteKind,
    credit::{Credit, Mention, Way},
    words::{PLATFORM, POST, Words},
};
use crate::{Attribution, Reading, Span, Speaker, person::is_pronoun};

/// A source that a text may have its matter from.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) name: String,
    pub(super) kind: CiteKind,
    /// Whether the text has only that somebody told the source so.
    pub(super) is_told: bool,
    /// What it is known by.
    pub(super) key: Key,
    /// Where the text has it, in order.
    pub(super) places: Vec<Place>,
}

impl Source {
    pub(super) fn is_outlet(&self) -> bool {
        matches!(self.key, Key::Outlet(_))
    }
}

/// One place where a text has a source.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The source and the words that credit it.
    pub(super) span: Span,
    pub(super) by: By,
}

/// What shows a place.
#[derive(Clone, Debug)]
pub(super) enum By {
    /// An outlet's name in words of credit.
    Mention(Mention),
    /// An attribution, by its number.
    Attribution(usize),
    /// Words of posts and rumours.
    Pattern,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Person(u32),
    Unnamed(u32),
    Words(String),
    Reports,
    Post,
    Outlet(String),
}

/// The sources, by where each is first credited.
pub(super) fn sources(reading: &Reading, words: &Words, credits: Vec<Credit>) -> Vec<Source> {
    let mut groups: BTreeMap<Key, Source> = BTreeMap::new();
    let mut add = |key: Key, name: String, kind: CiteKind, place: Place| {
        let source = Source { name, kind, is_told: false, key: key.clone(), places: Vec::new() };
        groups.entry(key).or_insert(source).places.push(place);
    };
    // Who told an outlet may stand for the statement as well as the outlet.
    let firm = |mention: &&Mention| mention.way < Some(Way::Told) || mention.way == Some(Way::Picture);
    let credited = Spans::of(credits.iter().flat_map(Credit::ways).filter(firm).map(|mention| mention.span));
    let mut said: Vec<Span> = Vec::new();
    for (at, attribution) in reading.attributions.iter().enumerate() {
        let Some((key, name, kind)) = source(reading, attribution) else { continue };
        let Some(span) = phrase(attribution).filter(|span| !credited.overlap(*span)) else { continue };
        said.push(span);
        add(key, name, kind, Place { span, by: By::Attribution(at) });
    }
    let said = Spans::of(said.into_iter());
    for (key, name, kind, span) in posts(words).into_iter().chain(rumours(words)) {
        if !said.overlap(span) && !credited.overlap(span) {
            add(key, name, kind, Place { span, by: By::Pattern });
        }
    }
    let mut found: Vec<Source> = groups.into_values().collect();
    found.extend(credits.into_iter().map(Credit::into_source));
    found.iter_mut().for_each(|source| source.places.sort_by_key(|place| place.span));
    found.sort_by(|a, b| (a.places[0].span, &a.key).cmp(&(b.places[0].span, &b.key)));
    found
}

/// Spans that do not overlap, in order.
pub(super) struct Spans(Vec<Span>);

impl Spans {
    pub(super) fn of(spans: impl Iterator<Item = Span>) -> Spans {
        let mut spans: Vec<Span> = spans.collect();
        spans.sort_unstable();
        let mut whole: Vec<Span> = Vec::new();
        for span in spans {
            match whole.last_mut().filter(|last| last.overlaps(span)) {
                Some(last) => *last = last.hull(span),
                None => whole.push(span),
            }
        }
        Spans(whole)
    }

    pub(super) fn overlap(&self, span: Span) -> bool {
        let at = self.0.partition_point(|other| other.end() <= span.start());
        self.0.get(at).is_some_and(|other| other.overlaps(span))
    }
}

/// Who an attribution's source is, with the words to show.
fn source(reading: &Reading, attribution: &Attribution) -> Option<(Key, String, CiteKind)> {
    let article = &reading.article;
    let first = *attribution.source.first()?;
    let plain = |span: Span| article[span].split_whitespace().collect::<Vec<_>>().join(" ");
    let by_words = |span: Span| Key::Words(plain(span).to_lowercase().trim_start_matches("the ").to_owned());
    Some(match &attribution.speaker {
        Speaker::Person(id) => (Key::Person(id.0), reading.people[id.index()].name.clone(), CiteKind::Person),
        Speaker::People(ids) => (Key::Person(ids.first()?.0), plain(first), CiteKind::Person),
        Speaker::Organisation(span) => (by_words(*span), plain(*span), CiteKind::Organisation),
        Speaker::Document(span, _) => (by_words(*span), plain(*span), CiteKind::Document),
        Speaker::Unnamed(id) => {
            (Key::Unnamed(id.0), reading.unnamed[id.index()].text.clone(), CiteKind::Unnamed)
        }
        Speaker::Outlet(_) => return None,
        Speaker::Generic(span) => (by_words(*span), plain(*span), CiteKind::Unnamed),
        Speaker::Unknown(_) if is_pronoun(&article[first]) => return None,
        Speaker::Unknown(_) => (by_words(first), plain(first), CiteKind::Unnamed),
    })
}

/// The source and the cue, where they stand together; else the source.
fn phrase(attribution: &Attribution) -> Option<Span> {
    let source = *attribution.source.first()?;
    let pieces = attribution.source.iter().chain(&attribution.cue).copied();
    let all = pieces.fold(source, Span::hull);
    Some(if all.len() <= LONGEST { all } else { source })
}

/// Longest phrase of source and cue, in bytes.
const LONGEST: usize = 160;

/// Posts and videos: `in a video uploaded to YouTube`, `posted on Reddit by`.
fn posts(words: &Words) -> Vec<(Key, String, CiteKind, Span)> {
    let mut found = Vec::new();
    for at in 0..words.len() {
        let near = (at..(at + 5).min(words.len()))
            .find(|&near| words.same_block(at, near) && words.is(near, PLATFORM));
        let Some(platform) = near.filter(|&near| near > at && words.is(at, POST)) else { continue };
        let start = (at.saturating_sub(4)..at).find(|&start| {
            words.same_block(start, at)
                && words.is_one_of(
                    start,
                    &[
                        "video", "footage", "picture", "photo", "image", "clip", "photos", "images",
                        "pictures",
                    ],
                )
        });
        let end = platform + 1;
        let first = start.unwrap_or(at);
        let thing = if words.is_one_of(first, &["video", "footage", "clip"]) { " video" } else { "" };
        found.push((
            Key::Post,
            format!("{}{thing}", words.word(platform)),
            CiteKind::Site,
            words.span(first..end),
        ));
    }
    for at in 1..words.len() {
        if words.is(at - 1, PLATFORM) && words.is_one_of(at, &["video", "user", "users", "post"]) {
            let name = format!("{} {}", words.word(at - 1), words.word(at));
            found.push((Key::Post, name, CiteKind::Site, words.span(at - 1..at + 1)));
        }
    }
    found
}

/// Reports of nobody: `reports say`, `it was gathered that`.
fn rumours(words: &Words) -> Vec<(Key, String, CiteKind, Span)> {
    let mut found = Vec::new();
    for at in 0..words.len() {
        let is_report = words.is_one_of(at, &["reports", "rumors", "rumours", "media"]);
        let says = is_report
            && words.is_one_of(
                at + 1,
                &[
                    "say",
                    "said",
                    "claim",
                    "claimed",
                    "suggest",
                    "suggested",
                    "indicate",
                    "indicated",
                    "emerged",
                ],
            );
        let gathered = words.is_one_of(at, &["it"])
            && words.is_one_of(at + 1, &["was", "has"])
            && (words.is_one_of(at + 2, &["gathered", "reported", "learnt"])
                || words.is_one_of(at + 3, &["gathered", "reported", "learnt"]));
        if says || gathered {
            let end = if says { at + 2 } else { at + 3 };
            found.push((Key::Reports, "unnamed reports".to_owned(), CiteKind::Unnamed, words.span(at..end)));
        }
    }
    found
}
