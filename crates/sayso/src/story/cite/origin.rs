//! Whom the matter of a text comes from, beside outlets: the few speakers, documents and posts that it rests on.
//!
//! A text quotes many; it rests on the one that issues the statement, speaks first or posts the picture. What tells
//! them apart is weighed: [`WEIGHTS`].

use std::collections::BTreeMap;

use super::{
    Cite, CiteKind,
    credit::Credit,
    words::{MANY, PLATFORM, POST, SPOKESMAN, STATEMENT, VAGUE, Words},
};
use crate::{Act, Attribution, Kind, Reading, Span, Speaker, Stance, person::is_pronoun};

/// The origins, in no order; none stands in the phrase of an outlet's credit.
pub(super) fn origins(reading: &Reading, words: &Words, credits: &[Credit], own: Option<&str>) -> Vec<Cite> {
    let mut found = candidates(reading, words, credits);
    weigh(reading, words, &mut found, credits.len(), own);
    found.retain(|candidate| candidate.weight() >= 0.0);
    let mut cites: Vec<Cite> = Vec::new();
    found.sort_by(|a, b| b.weight().total_cmp(&a.weight()));
    for candidate in found {
        let cite = candidate.into_cite();
        if !cites.iter().any(|known| known.span.overlaps(cite.span)) {
            cites.push(cite);
        }
    }
    cites
}

/// A source that may be an origin.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) name: String,
    kind: CiteKind,
    /// What it is known by.
    key: Key,
    /// Where it speaks.
    said: Vec<Said>,
    /// What speaks for and against it.
    pub(super) signs: Vec<Sign>,
}

/// One place where a source speaks.
#[derive(Debug)]
struct Said {
    span: Span,
    attribution: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Person(u32),
    Unnamed(u32),
    Words(String),
    Reports,
    Post,
}

impl Candidate {
    fn weight(&self) -> f64 {
        BIAS + self.signs.iter().map(|&sign| WEIGHTS[sign as usize].1).sum::<f64>()
    }

    pub(super) fn span(&self) -> Span {
        self.said[0].span
    }

    fn into_cite(self) -> Cite {
        Cite { span: self.span(), name: self.name, kind: self.kind, is_told: false }
    }
}

macro_rules! signs {
    ($($(#[$doc:meta])* $name:ident $weight:literal)*) => {
        /// What speaks for or against a candidate.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Sign { $($(#[$doc])* $name),* }
        /// How much, in natural logarithms of odds.
        const WEIGHTS: &[(Sign, f64)] = &[$((Sign::$name, $weight)),*];
    };
}

/// Fitted, with the weights, by logistic regression on labelled articles; shifted to where precision meets recall.
const BIAS: f64 = 0.18;

signs! {
    /// It is a person with a name,
    IsPerson -0.73
    /// a body,
    IsOrganisation -0.60
    /// a document,
    IsDocument -0.86
    /// people without a name,
    IsUnnamed -0.69
    /// or it does not show what.
    IsUnknown -1.44
    /// No outlet is credited.
    Alone 0.44
    /// Two or more are.
    AfterMany -1.18
    /// It speaks first,
    First -0.27
    /// or after three others.
    Late -0.47
    /// It issues a statement or release,
    Statement 0.92
    /// or posts.
    Post 1.11
    /// It is a spokesman.
    Spokesman 1.10
    /// It is named vaguely,
    Vague 0.33
    /// or as many.
    Many -0.83
    /// It is named by pronouns alone.
    Pronoun -0.97
    /// It only thinks.
    Attitude -1.22
    /// It speaks in what others say.
    Within -0.95
    /// It is not said to have said it.
    Unasserted -1.50
    /// It is quoted.
    Quoted 0.31
    /// It speaks most,
    Most -0.13
    /// or more than twice.
    Often -0.43
    /// The statements are unsure.
    Unsure -0.60
    /// It told the page's own outlet.
    ToldOwn 1.07
    /// No statement has it.
    Pattern -0.11
    /// It is described.
    Described 0.30
    /// Hardly anybody else speaks.
    Few 0.26
    /// The text has it according to it.
    Cited 1.23
    /// It is of the police, an official, a source.
    Police 0.48
    /// It stands at the beginning.
    Early -0.20
}

/// Every speaker with where it speaks, in order, and the posts and rumours that no statement has.
pub(super) fn candidates(reading: &Reading, words: &Words, credits: &[Credit]) -> Vec<Candidate> {
    let is_credit = |span: Span| {
        credits.iter().any(|credit| {
            credit.span().overlaps(span)
                || credit.mentions.iter().any(|mention| mention.way.is_some() && mention.span.overlaps(span))
        })
    };
    let mut groups: BTreeMap<Key, Candidate> = BTreeMap::new();
    for (at, attribution) in reading.attributions.iter().enumerate() {
        let Some((key, name, kind)) = source(reading, attribution) else { continue };
        let Some(span) = phrase(attribution) else { continue };
        let group = groups.entry(key.clone());
        let candidate =
            group.or_insert_with(|| Candidate { name, kind, key, said: Vec::new(), signs: Vec::new() });
        candidate.said.push(Said { span, attribution: Some(at) });
    }
    let taken: Vec<Span> =
        groups.values().flat_map(|group| group.said.iter().map(|said| said.span)).collect();
    for (key, name, kind, span) in posts(words).into_iter().chain(rumours(words)) {
        if !taken.iter().any(|other| other.overlaps(span)) {
            let group = groups.entry(key.clone());
            let candidate =
                group.or_insert_with(|| Candidate { name, kind, key, said: Vec::new(), signs: Vec::new() });
            candidate.said.push(Said { span, attribution: None });
        }
    }
    let mut found: Vec<Candidate> = groups.into_values().collect();
    for candidate in &mut found {
        candidate.said.retain(|said| !is_credit(said.span));
        candidate.said.sort_by_key(|said| (rank(reading, words, said), said.span));
    }
    found.retain(|candidate| !candidate.said.is_empty());
    found.sort_by_key(|candidate| candidate.said.iter().map(|said| said.span).min());
    found
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

/// Which place shows a source best: a statement, a name, no pronoun.
fn rank(reading: &Reading, words: &Words, said: &Said) -> i32 {
    let Some(at) = said.attribution else { return 0 };
    let attribution = &reading.attributions[at];
    let source = &reading.article[attribution.source[0]];
    let plus = |yes: bool, by: i32| if yes { by } else { 0 };
    -plus(has_near(words, said.span, STATEMENT), 2) - plus(attribution.confidence.thousandths() > 600, 1)
        + plus(is_pronoun(source), 2)
        + plus(attribution.within.is_some(), 1)
}

/// Whether a phrase, or the few words after it, have a word of a class.
fn has_near(words: &Words, span: Span, classes: u32) -> bool {
    let range = words.within(span);
    (range.start..range.end + AFTER).any(|at| words.is(at, classes) && words.same_block(range.start, at))
}

/// How many words after a phrase still belong to it: `said [in a written statement]`.
const AFTER: usize = 5;

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

/// Gives every candidate its signs.
pub(super) fn weigh(
    reading: &Reading,
    words: &Words,
    found: &mut [Candidate],
    outlets: usize,
    own: Option<&str>,
) {
    let most = found.iter().map(|candidate| candidate.said.len()).max().unwrap_or_default();
    let number = found.len();
    for (place, candidate) in found.iter_mut().enumerate() {
        let mut signs = Vec::new();
        let mut add = |yes: bool, sign: Sign| signs.extend(yes.then_some(sign));
        let kind = candidate.kind;
        add(kind == CiteKind::Person, Sign::IsPerson);
        add(kind == CiteKind::Organisation, Sign::IsOrganisation);
        add(kind == CiteKind::Document, Sign::IsDocument);
        add(matches!(candidate.key, Key::Unnamed(_)), Sign::IsUnnamed);
        add(kind == CiteKind::Unnamed && matches!(candidate.key, Key::Words(_)), Sign::IsUnknown);
        add(outlets == 0, Sign::Alone);
        add(outlets > 1, Sign::AfterMany);
        add(place == 0, Sign::First);
        add(place > 2, Sign::Late);
        add(number <= 2, Sign::Few);
        add(candidate.said.iter().any(|said| has_near(words, said.span, STATEMENT)), Sign::Statement);
        add(
            candidate
                .said
                .iter()
                .any(|said| has_near(words, said.span, PLATFORM) || tweets(words, said.span)),
            Sign::Post,
        );
        let name = |classes: u32| candidate.said.iter().any(|said| has_word(words, said.span, classes));
        add(name(SPOKESMAN), Sign::Spokesman);
        add(name(VAGUE), Sign::Vague);
        add(has_word(words, candidate.span(), MANY), Sign::Many);
        add(
            has_one_of(
                words,
                candidate.span(),
                &["police", "sheriff", "officer", "official", "officials", "source", "sources"],
            ),
            Sign::Police,
        );
        add(candidate.span().start() < 350, Sign::Early);
        add(candidate.said.len() == most, Sign::Most);
        add(candidate.said.len() > 2, Sign::Often);
        let of = |said: &Said| said.attribution.map(|at| &reading.attributions[at]);
        let all = |test: &dyn Fn(&Attribution) -> bool| {
            let mut known = candidate.said.iter().filter_map(of).peekable();
            known.peek().is_some() && known.all(test)
        };
        add(all(&|attribution| attribution.act == Act::Attitude), Sign::Attitude);
        add(all(&|attribution| attribution.within.is_some()), Sign::Within);
        add(all(&|attribution| attribution.stance != Stance::Asserted), Sign::Unasserted);
        add(all(&|attribution| attribution.confidence.thousandths() < 500), Sign::Unsure);
        add(all(&|attribution| is_pronoun(&reading.article[attribution.source[0]])), Sign::Pronoun);
        add(
            candidate.said.iter().filter_map(of).any(|attribution| attribution.kind != Kind::Indirect),
            Sign::Quoted,
        );
        add(
            candidate
                .said
                .iter()
                .filter_map(of)
                .any(|attribution| words.within(attribution.source[0]).len() > 3),
            Sign::Described,
        );
        let tells = |attribution: &Attribution| {
            own.is_some()
                && attribution.cue.iter().any(|cue| matches!(&reading.article[*cue], "told" | "tells"))
        };
        add(candidate.said.iter().filter_map(of).any(tells), Sign::ToldOwn);
        add(
            candidate.said.iter().filter_map(of).any(|attribution| {
                attribution
                    .cue
                    .iter()
                    .any(|cue| reading.article[*cue].to_lowercase().starts_with("according"))
            }),
            Sign::Cited,
        );
        add(candidate.said.iter().all(|said| said.attribution.is_none()), Sign::Pattern);
        candidate.signs = signs;
    }
}

fn has_word(words: &Words, span: Span, classes: u32) -> bool {
    words.within(span).any(|at| words.is(at, classes))
}

fn has_one_of(words: &Words, span: Span, of: &[&str]) -> bool {
    words.within(span).any(|at| words.is_one_of(at, of))
}

fn tweets(words: &Words, span: Span) -> bool {
    has_one_of(words, span, &["tweeted", "tweets", "tweeting", "posted"])
        || words.text[span.range()].contains('@')
}
