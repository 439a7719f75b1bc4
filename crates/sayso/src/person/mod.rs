//! Who is who: names, unnamed sources, outlets; gives every attribution its speaker.
//!
//! Precision first: a name is given where the source holds it, in full or as a surname that the article spells out
//! elsewhere. Pronouns and bare roles stay [`Speaker::Unknown`].

mod anonymity;
mod count;
mod custody;
mod name;
mod outlet;
mod unnamed;

use self::unnamed::Reference;
use crate::{
    Article, Attribution, Outlet, OutletId, Person, PersonId, Reading, Span, Speaker, Token, Unnamed,
    UnnamedId,
    text::{Sentence, Tag, Text},
};

/// Puts names to sources and closes the reading.
pub fn read(article: &Article, text: Text, attributions: Vec<Attribution>) -> Reading {
    let page = Page { text: &article.text, tokens: &text.tokens };
    let outlets = outlet::outlets(&page, &text.sentences);
    let people = name::people(&page, &text.sentences, &outlets);
    let named = Named::of(&people, &outlets);
    let mut cast = Cast {
        page,
        sentences: &text.sentences,
        named,
        contents: Vec::new(),
        people,
        outlets,
        unnamed: Vec::new(),
    };
    let attributions = give_speakers(&mut cast, attributions);
    cast.add_conditions();
    let Cast { people, outlets, unnamed, .. } = cast;
    Reading {
        article: article.clone(),
        sentences: text.sentences.iter().map(|sentence| sentence.span).collect(),
        tokens: text.tokens,
        attributions,
        people,
        unnamed,
        outlets,
        notes: article.notes.clone(),
    }
}

/// The text and its tokens.
#[derive(Clone, Copy)]
struct Page<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl<'a> Page<'a> {
    fn word(&self, at: usize) -> &'a str {
        &self.text[self.tokens[at].span.range()]
    }

    /// The tokens that a span touches.
    fn tokens_of(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.tokens.partition_point(|token| token.span.end() <= span.start());
        let end = self.tokens.partition_point(|token| token.span.start() < span.end());
        start..end.max(start)
    }

    fn span(&self, tokens: std::ops::Range<usize>) -> Span {
        self.tokens[tokens.start].span.hull(self.tokens[tokens.end - 1].span)
    }
}

/// Everybody found in the article.
struct Cast<'a> {
    page: Page<'a>,
    sentences: &'a [Sentence],
    named: Named,
    /// Every content, in order.
    contents: Vec<Span>,
    people: Vec<Person>,
    outlets: Vec<Outlet>,
    unnamed: Vec<Unnamed>,
}

/// Where people and outlets are named: mentions in order, each with whom it names.
struct Named {
    people: Vec<(Span, usize)>,
    outlets: Vec<(Span, usize)>,
}

impl Named {
    fn of(people: &[Person], outlets: &[Outlet]) -> Named {
        let sorted = |mentions: &mut dyn Iterator<Item = (Span, usize)>| {
            let mut mentions: Vec<_> = mentions.collect();
            mentions.sort();
            mentions
        };
        let people = people.iter().enumerate();
        let outlets = outlets.iter().enumerate();
        Named {
            people: sorted(
                &mut people.flat_map(|(i, person)| person.mentions.iter().map(move |&span| (span, i))),
            ),
            outlets: sorted(
                &mut outlets.flat_map(|(i, outlet)| outlet.mentions.iter().map(move |&span| (span, i))),
            ),
        }
    }

    fn people_in(&self, span: Span) -> &[(Span, usize)] {
        touching(&self.people, span)
    }

    fn outlets_in(&self, span: Span) -> &[(Span, usize)] {
        touching(&self.outlets, span)
    }
}

/// Those of the sorted mentions that touch a span. Mentions do not overlap each other.
fn touching(mentions: &[(Span, usize)], span: Span) -> &[(Span, usize)] {
    let start = mentions.partition_point(|(mention, _)| mention.end() <= span.start());
    let end = mentions.partition_point(|(mention, _)| mention.start() < span.end());
    &mentions[start..end.max(start)]
}

fn give_speakers(cast: &mut Cast, mut attributions: Vec<Attribution>) -> Vec<Attribution> {
    let mut running = Speaker::Unknown(Vec::new());
    cast.contents = attributions.iter().flat_map(|attribution| &attribution.content).copied().collect();
    cast.contents.sort();
    // The group that spoke last, with its last mention; one of them speaking does not end that.
    let mut group: Option<(Span, UnnamedId)> = None;
    for attribution in &mut attributions {
        attribution.speaker = match attribution.source.first() {
            Some(&source) => cast.same_unnamed(source, group).unwrap_or_else(|| cast.speaker(source)),
            // A quotation that goes on without a cue.
            None if attribution.cue.is_empty() => running.clone(),
            None => Speaker::Unknown(Vec::new()),
        };
        if attribution.within.is_none() && attribution.kind != crate::Kind::Indirect {
            running = attribution.speaker.clone();
        }
        if let Some(&source) = attribution.source.first() {
            let is_one = |id: UnnamedId| cast.unnamed[id.index()].max == Some(1);
            group = match attribution.speaker {
                Speaker::Unnamed(id) if !is_one(id) => Some((source, id)),
                Speaker::Unnamed(_) if cast.is_one_of_them(source) => group.map(|(_, id)| (source, id)),
                // "One of them, who asked not to be named": an aside.
                _ if attribution.within.is_some() || cast.is_relative(source) => group,
                _ => None,
            };
        }
    }
    add_custody(cast, &mut attributions);
    attributions
}

/// `[said] [Ann Lee] on Radio North`: the outlet at the end is no part of the source.
fn source_without_outlet(cast: &Cast, mentions: &[Span], attribution: &mut Attribution) {
    let Some(source) = attribution.source.first_mut() else { return };
    let tokens = cast.page.tokens_of(*source);
    let last = mentions.iter().rfind(|mention| source.contains(**mention));
    let Some(outlet) = last.map(|mention| cast.page.tokens_of(*mention)) else { return };
    let ends = outlet.end == tokens.end;
    // "In a meeting with the editors of the Post Lee said": a comma is missing.
    let follows = outlet.end < tokens.end
        && outlet.start > tokens.start + 2
        && cast.page.tokens[outlet.start - 1].tag == Tag::Adp
        && cast.page.tokens[outlet.end].tag == Tag::Propn;
    if follows {
        *source = cast.page.span(outlet.end..tokens.end);
        return;
    }
    let led = outlet.start > tokens.start + 1 && matches!(cast.page.word(outlet.start - 1), "on" | "in");
    if ends && led && !matches!(cast.page.word(outlet.start - 2), "appeared" | "published" | "printed") {
        *source = cast.page.span(tokens.start..outlet.start - 1);
    }
}

/// Adds the hands that the words around each statement name: those of its sentence, or, of a statement within another,
/// of the other's content.
fn add_custody(cast: &Cast, attributions: &mut [Attribution]) {
    let mut mentions: Vec<Span> = cast.outlets.iter().flat_map(|outlet| &outlet.mentions).copied().collect();
    mentions.sort();
    for at in 0..attributions.len() {
        source_without_outlet(cast, &mentions, &mut attributions[at]);
        let attribution = &attributions[at];
        let Some(cue) = attribution.cue.first().or(attribution.source.first()) else { continue };
        // A sentence has no end in some pages.
        let cue = cast.page.tokens_of(*cue);
        let sentence = cast.sentence(cue.start);
        let sentence = sentence.start.max(cue.start.saturating_sub(REACH))..sentence.end.min(cue.end + REACH);
        let bounds = cast.page.span(sentence.clone());
        let holder = attribution.within.map(|id| attributions[id.index()].content.clone());
        let around = sentence.filter(|&token| {
            let span = cast.page.tokens[token].span;
            holder.as_ref().is_none_or(|pieces| pieces.iter().any(|piece| piece.contains(span)))
        });
        let first = mentions.partition_point(|mention| mention.start() < bounds.start());
        let near = mentions[first..].iter().take_while(|mention| mention.start() < bounds.end()).copied();
        let found = custody::custody(&cast.page, around.collect(), &near.collect::<Vec<_>>(), attribution);
        attributions[at].via.extend(found);
    }
}

impl Cast<'_> {
    /// Who the words of a source name.
    fn speaker(&mut self, source: Span) -> Speaker {
        let tokens = self.page.tokens_of(source);
        let names =
            |found: &&(Span, usize)| source.contains(found.0) && self.names_the_source(&tokens, found.0);
        let person = self.named.people_in(source).iter().find(names).copied();
        let outlet = self.named.outlets_in(source).iter().find(names).copied();
        if let Some((_, person)) = person {
            return Speaker::Person(PersonId(person as u32));
        }
        if let Some(found) = unnamed::unnamed(&self.page, tokens.clone()) {
            // "A spokesman for the mayor, Ann Lee": who has the name is open, but it is not nobody.
            if self.follows_a_mark(&tokens) {
                return Speaker::Unknown(Vec::new());
            }
            if let Some(id) = self.add_unnamed(found) {
                return Speaker::Unnamed(id);
            }
        }
        // "Two radiographers, who asked not to be named": no list has every calling.
        if outlet.is_none()
            && self.wishes_anonymity(source)
            && let Some(found) = unnamed::by_wish(&self.page, tokens.clone())
            && let Some(id) = self.add_unnamed(found)
        {
            return Speaker::Unnamed(id);
        }
        match outlet {
            Some((_, outlet)) => Speaker::Outlet(OutletId(outlet as u32)),
            None => self.other(source, tokens),
        }
    }

    /// Whether the mention is what the source is about, not something it belongs to
    /// (`Lee`, `Mayor Ann Lee`, `Lee, a teacher`; not `Lee's lawyer`, `allies of Lee`, `Lee ally Bo Hart`).
    fn names_the_source(&self, source: &std::ops::Range<usize>, mention: Span) -> bool {
        let mention = self.page.tokens_of(mention);
        let is_owner =
            mention.end < source.end && matches!(self.page.word(mention.end), "'s" | "’s" | "‘s" | "'" | "’");
        let led_in = (source.start..mention.start)
            .rev()
            .take_while(|&at| self.page.word(at) != ")")
            .any(|at| matches!(self.page.tokens[at].tag, Tag::Adp | Tag::Verb | Tag::Sconj));
        // A name right before another word of the phrase belongs to it, whatever its tag.
        let stands_alone = |at: usize| {
            use Tag::*;
            matches!(self.page.tokens[at].tag, Punct | Cconj | Pron | Adp | Num | Sconj)
        };
        let modifies = mention.end < source.end && !stands_alone(mention.end);
        !is_owner && !led_in && !modifies
    }

    /// Whether a person's name stands in the source right after a comma or a bracket.
    fn follows_a_mark(&self, source: &std::ops::Range<usize>) -> bool {
        let inside = self.named.people_in(self.page.span(source.clone()));
        let starts = inside.iter().map(|(mention, _)| self.page.tokens_of(*mention).start);
        starts.filter(|start| source.contains(start)).any(|start| {
            start > source.start && matches!(self.page.word(start - 1), "," | "(" | ")" | "—" | "–")
        })
    }

    fn other(&self, source: Span, tokens: std::ops::Range<usize>) -> Speaker {
        let head = unnamed::head(&self.page, tokens.clone());
        let is_pronoun = tokens.len() == 1 && self.page.tokens[tokens.start].tag == Tag::Pron;
        match head {
            _ if is_pronoun => Speaker::Unknown(Vec::new()),
            // "The Northern Post" is no post.
            Some(head)
                if unnamed::is_document(self.page.word(head)) && self.page.tokens[head].tag != Tag::Propn =>
            {
                Speaker::Document(source)
            }
            Some(head) if unnamed::is_organisation(self.page.word(head)) => Speaker::Organisation(source),
            Some(head) if unnamed::is_class(&self.page, &tokens, head) => Speaker::Generic(source),
            Some(head) if self.names_an_organisation(&tokens, head) && !self.names_a_person(source) => {
                Speaker::Organisation(source)
            }
            _ => Speaker::Unknown(Vec::new()),
        }
    }

    /// `the Sarn Trust`, `NATO`, `Norland University`. A bare name may be anybody's.
    fn names_an_organisation(&self, source: &std::ops::Range<usize>, head: usize) -> bool {
        let word = self.page.word(head);
        let led = self.page.word(source.start).eq_ignore_ascii_case("the");
        let is_acronym = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
        let is_place_or_body = source.clone().any(|at| name::is_not_a_person(self.page.word(at)));
        let ends = head + 1 == source.end || matches!(self.page.tokens[head + 1].tag, Tag::Punct | Tag::Adp);
        let is_name =
            self.page.tokens[head].tag == Tag::Propn && word.starts_with(char::is_uppercase) && ends;
        is_name && (led || is_acronym || is_place_or_body)
    }

    fn names_a_person(&self, source: Span) -> bool {
        !self.named.people_in(source).is_empty()
    }

    /// `The sources` are the sources of before; `the person` is not the three people of before. Nobody, where the words
    /// may speak of somebody with a name.
    fn add_unnamed(&mut self, found: unnamed::Found) -> Option<UnnamedId> {
        let alike = |known: &Unnamed| {
            known.role == found.unnamed.role && (known.max == Some(1)) == (found.unnamed.max == Some(1))
        };
        if found.reference != Reference::New
            && let Some(known) = self.unnamed.iter().rposition(alike)
        {
            self.unnamed[known].mentions.extend(found.unnamed.mentions);
            return Some(UnnamedId(known as u32));
        }
        if found.reference == Reference::OnlyKnown && !self.wishes_anonymity(found.unnamed.mentions[0]) {
            return None;
        }
        self.unnamed.push(found.unnamed);
        Some(UnnamedId(self.unnamed.len() as u32 - 1))
    }

    /// Whether a wish for anonymity stands in the source or right after it.
    fn wishes_anonymity(&self, source: Span) -> bool {
        let tokens = self.page.tokens_of(source);
        let found =
            anonymity::anonymity(&self.page, tokens.start..self.sentence(tokens.start).end, |_| false);
        found.is_some_and(|found| found.start <= tokens.end + NEAR)
    }

    /// The group that spoke last, or one of it, where the words stand for it: `they`, `one of them`.
    fn same_unnamed(&mut self, source: Span, group: Option<(Span, UnnamedId)>) -> Option<Speaker> {
        let (mention, id) = group?;
        if mention.start() >= source.start() || source.start() - mention.end() > FAR {
            return None;
        }
        if self.is_one_of_them(source) {
            let (text, known) = (self.page.text[source.range()].to_owned(), &self.unnamed[id.index()]);
            let (min, max, condition, mentions) = (1, Some(1), None, vec![source]);
            self.unnamed.push(Unnamed { text, min, max, condition, mentions, ..known.clone() });
            return Some(Speaker::Unnamed(UnnamedId(self.unnamed.len() as u32 - 1)));
        }
        let tokens = self.page.tokens_of(source);
        // "The residents fled, and they said": of several groups, none.
        let between = self.page.tokens_of(mention).end..tokens.start;
        let is_other = |at: usize| unnamed::is_several(self.page.word(at)) && !self.is_told(at);
        let is_only = !between.into_iter().any(is_other);
        (is_only && unnamed::is_they(&self.page, &tokens)).then(|| {
            self.unnamed[id.index()].mentions.push(source);
            Speaker::Unnamed(id)
        })
    }

    /// Whether a token stands in a content, among somebody's words.
    fn is_told(&self, at: usize) -> bool {
        let span = self.page.tokens[at].span;
        let after = self.contents.partition_point(|content| content.start() <= span.start());
        self.contents[after.saturating_sub(HOLDERS)..after].iter().any(|content| content.contains(span))
    }

    fn is_relative(&self, source: Span) -> bool {
        matches!(&self.page.text[source.range()], "who" | "which" | "that")
    }

    fn is_one_of_them(&self, source: Span) -> bool {
        unnamed::is_one_of_them(&self.page, &self.page.tokens_of(source))
    }

    /// Gives every unnamed source the reason for its anonymity that a sentence about it states.
    fn add_conditions(&mut self) {
        let mentions = self.unnamed.iter().enumerate();
        let mentions =
            mentions.flat_map(|(i, unnamed)| unnamed.mentions.iter().map(move |&mention| (mention, i)));
        let mut mentions: Vec<(Span, usize)> = mentions.collect();
        mentions.retain(|(mention, _)| !self.is_told(self.page.tokens_of(*mention).start));
        mentions.sort();
        for sentence in self.sentences {
            let first = mentions.partition_point(|(mention, _)| mention.end() <= sentence.span.start());
            let inside =
                mentions[first..].iter().take_while(|(mention, _)| mention.start() < sentence.span.end());
            let Some(found) =
                anonymity::anonymity(&self.page, sentence.tokens.clone(), |at| self.is_told(at))
            else {
                continue;
            };
            let stated = self.page.tokens[found.start].span.start();
            // The last one before the words that state it, else the first one after them.
            let far = |mention: &Span| (mention.start() >= stated, mention.start().abs_diff(stated));
            if let Some((_, i)) = inside.min_by_key(|(mention, _)| far(mention))
                && self.unnamed[*i].condition.is_none()
            {
                self.unnamed[*i].condition = Some(self.page.text[found.condition.range()].to_owned());
            }
        }
    }

    /// The tokens of the sentence that holds a token.
    fn sentence(&self, at: usize) -> std::ops::Range<usize> {
        let found = self.sentences.partition_point(|sentence| sentence.tokens.end <= at);
        self.sentences.get(found).map_or(at..self.page.tokens.len(), |sentence| sentence.tokens.clone())
    }
}

/// The words that state a wish for anonymity start at most so many tokens after the source.
const NEAR: usize = 3;
/// Of the contents that start before a token, so many may hold it.
const HOLDERS: usize = 8;
/// Hands are looked for within so many tokens of a cue.
const REACH: usize = 120;
/// A pronoun stands for an unnamed source at most so many bytes before it.
const FAR: usize = 500;
