//! Which of the people, groups, outlets, bodies and documents of an article each attribution has for its speaker.

mod nameless;
mod thing;

use std::{
    collections::{BTreeMap, HashSet},
    ops::Range,
};

use super::{
    Company, anonymity, custody, lexicon,
    mention::{Form, Lead},
    model, outlet,
    page::Page,
    scene::{self, names_the_source},
    unnamed::{self, Reference},
};
use crate::{
    Attribution, Kind, Outlet, OutletId, PersonId, Probability, Span, Speaker, Unnamed, UnnamedId,
    text::{Sentence, Tag},
};

/// Everybody found in the article.
struct Cast<'a> {
    page: Page<'a>,
    sentences: &'a [Sentence],
    company: &'a Company,
    /// Per entity, which of the people it is.
    person: &'a [Option<PersonId>],
    named: Named,
    /// Every content, in order.
    contents: Vec<Span>,
    outlets: Vec<Outlet>,
    unnamed: Vec<Unnamed>,
    /// The unnamed sources that entities are.
    nameless: BTreeMap<usize, UnnamedId>,
    /// The body, outlet or document that spoke last, and where.
    thing: Option<(usize, Speaker)>,
}

/// Where people and outlets are named: mentions in order, each with whom it names.
struct Named {
    people: Vec<(Span, usize)>,
    outlets: Vec<(Span, usize)>,
    /// The nouns that describe somebody with a name.
    nouns: HashSet<u64>,
}

impl Named {
    fn of(company: &Company, person: &[Option<PersonId>], page: &Page, outlets: &[Outlet]) -> Named {
        let names = company.mentions.iter().zip(&company.chains.links);
        let names = names.filter(|(mention, _)| matches!(mention.form, Form::Name(_)));
        let mut people: Vec<_> = names
            .filter_map(|(mention, link)| {
                Some((page.span(mention.tokens.clone()), person[link.entity?]?.index()))
            })
            .collect();
        people.sort();
        let outlets = outlets.iter().enumerate();
        let outlets = outlets.flat_map(|(i, outlet)| outlet.mentions.iter().map(move |&span| (span, i)));
        let mut outlets: Vec<_> = outlets.collect();
        outlets.sort();
        let entities = company.chains.entities.iter().zip(person).filter(|(_, person)| person.is_some());
        let nouns = entities.flat_map(|(entity, _)| entity.description.heads.iter().copied()).collect();
        Named { people, outlets, nouns }
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

/// Gives every attribution its speaker; returns the sources without a name and the outlets, too.
pub(super) fn give(
    page: Page,
    sentences: &[Sentence],
    company: &Company,
    person: &[Option<PersonId>],
    outlets: Vec<Outlet>,
    attributions: Vec<Attribution>,
) -> (Vec<Attribution>, Vec<Unnamed>, Vec<Outlet>) {
    let named = Named::of(company, person, &page, &outlets);
    let (contents, unnamed) = (Vec::new(), Vec::new());
    let (nameless, thing) = (BTreeMap::new(), None);
    let mut cast =
        Cast { page, sentences, company, person, named, contents, outlets, unnamed, nameless, thing };
    let attributions = give_speakers(&mut cast, attributions);
    cast.add_conditions();
    (attributions, cast.unnamed, cast.outlets)
}

fn give_speakers(cast: &mut Cast, mut attributions: Vec<Attribution>) -> Vec<Attribution> {
    let mut running = Speaker::Unknown(Vec::new());
    cast.contents = attributions.iter().flat_map(|attribution| &attribution.content).copied().collect();
    cast.contents.sort();
    // The group that spoke last, with its last mention; one of them speaking does not end that.
    let mut group: Option<(Span, UnnamedId)> = None;
    for (number, attribution) in attributions.iter_mut().enumerate() {
        attribution.speaker = match attribution.source.first() {
            Some(&source) => cast.same_unnamed(source, group).unwrap_or_else(|| cast.speaker(source, number)),
            // A quotation that goes on without a cue.
            None if attribution.cue.is_empty() => running.clone(),
            None => Speaker::Unknown(Vec::new()),
        };
        if let (Some(source), Speaker::Organisation(_) | Speaker::Outlet(_) | Speaker::Document(..)) =
            (attribution.source.first(), &attribution.speaker)
        {
            cast.thing = Some((source.end(), attribution.speaker.clone()));
        }
        if let (Some(entity), Speaker::Unnamed(id)) = (cast.entity(number), &attribution.speaker) {
            cast.nameless.entry(entity).or_insert(*id);
        }
        if attribution.within.is_none() && attribution.kind != Kind::Indirect {
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
    /// Who the words of the source of an attribution stand for.
    fn speaker(&mut self, words: Span, attribution: usize) -> Speaker {
        let tokens = self.page.tokens_of(words);
        if let Some(several) = self.several(&tokens) {
            return Speaker::People(several);
        }
        let candidates = match self.linked(attribution) {
            Ok(person) => return Speaker::Person(person),
            Err(candidates) => candidates,
        };
        if let Some(id) = self.same_nameless(words, attribution) {
            return Speaker::Unnamed(id);
        }
        // "Officials, who said": what the pronoun stands for.
        let (source, tokens) = match self.antecedent(&tokens) {
            Some(phrase) => (self.page.span(phrase.clone()), phrase),
            None => (words, tokens),
        };
        if tokens.len() == 1 && self.page.is_one_of(tokens.start, &["it", "which", "that", "its"]) {
            return self.thing_before(tokens.start).unwrap_or(Speaker::Unknown(candidates));
        }
        let is_about = |found: &&(Span, usize)| {
            source.contains(found.0) && names_the_source(&self.page, &tokens, self.page.tokens_of(found.0))
        };
        let outlet = self.named.outlets_in(source).iter().find(is_about).copied();
        if let Some(found) = unnamed::unnamed(&self.page, tokens.clone()) {
            // "A spokesman for the mayor, Ann Lee": who has the name is open, but it is not nobody.
            if self.follows_a_mark(&tokens) {
                return Speaker::Unknown(candidates);
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
        if let Some((_, outlet)) = outlet {
            return Speaker::Outlet(OutletId(outlet as u32));
        }
        if let Some(outlet) = self.outlet_called(&tokens) {
            return Speaker::Outlet(outlet);
        }
        match self.other(source, tokens.clone()) {
            Speaker::Unknown(_) => self.somebody(attribution, &tokens, candidates),
            other => other,
        }
    }

    /// Several people with names, joined by `and`; or those whom `both men`, `the two leaders` stand for: the two people
    /// named right before.
    fn several(&self, source: &Range<usize>) -> Option<Vec<PersonId>> {
        let page = &self.page;
        let distinct = |found: &mut dyn Iterator<Item = usize>| {
            let mut people: Vec<PersonId> = Vec::new();
            for person in found {
                let person = PersonId(person as u32);
                if !people.contains(&person) {
                    people.push(person);
                }
            }
            people
        };
        let inside = self.named.people_in(page.span(source.clone()));
        let places: Vec<(Range<usize>, usize)> =
            inside.iter().map(|&(span, person)| (page.tokens_of(span), person)).collect();
        let are_joined = places.windows(2).all(|pair| {
            let between = pair[0].0.end..pair[1].0.start;
            let joins = |at: usize| page.word(at) == "," || page.is_one_of(at, &["and"]);
            between.clone().any(joins)
                && between
                    .into_iter()
                    .all(|at| joins(at) || page.tag(at) != Tag::Adp && page.tag(at) != Tag::Verb)
        });
        let ends_with_and = places
            .last()
            .is_some_and(|(last, _)| (places[0].0.end..last.start).any(|at| page.is_one_of(at, &["and"])));
        if places.len() > 1 && are_joined && ends_with_and {
            let about = places.iter().filter(|(tokens, _)| names_the_source(page, source, tokens.clone()));
            let people = distinct(&mut about.map(|(_, person)| *person));
            return (people.len() > 1).then_some(people);
        }
        if !places.is_empty() || !self.is_pair(source) {
            return None;
        }
        let sentence = self.sentence(source.start);
        let before = self
            .sentences
            .partition_point(|sentence| sentence.tokens.end <= source.start)
            .saturating_sub(PAIR);
        let start = self.sentences.get(before).map_or(sentence.start, |sentence| sentence.tokens.start);
        if start >= source.start {
            return None;
        }
        let near = self.named.people_in(page.span(start..source.start));
        let near = &near[near.len().saturating_sub(NAMES)..];
        let people = distinct(&mut near.iter().map(|(_, person)| *person));
        (people.len() == 2).then_some(people)
    }

    /// `both men`, `the two leaders`, `the couple`.
    fn is_pair(&self, source: &Range<usize>) -> bool {
        let page = &self.page;
        let Some(head) = unnamed::head(page, source.clone()) else { return false };
        let leads = |words: &[&str]| (source.start..head).any(|at| page.is_one_of(at, words));
        let is_several = page.class(head).has(lexicon::Class::SEVERAL);
        leads(&["both", "two"]) && is_several && !leads(&["of"])
            || page.is_one_of(source.start, &["the"])
                && head == source.start + 1
                && page.is_one_of(head, &["couple", "pair", "duo"])
            || source.len() == 1 && page.is_one_of(source.start, &["both"])
    }

    /// The phrase that a relative pronoun stands for: the mention, or the noun phrase, that ends right before it.
    fn antecedent(&self, source: &Range<usize>) -> Option<Range<usize>> {
        let page = &self.page;
        let is_person = !source.is_empty() && page.is_one_of(source.start, &["who", "whom"]);
        if !is_person && (source.len() != 1 || !page.is_one_of(source.start, &["which", "that"])) {
            return None;
        }
        let end =
            source.start.checked_sub(usize::from(source.start > 0 && page.word(source.start - 1) == ","))?;
        let head = end.checked_sub(1)?;
        if let Some(mention) = scene::ending_at(&self.company.mentions, end) {
            return Some(self.company.mentions[mention].tokens.clone());
        }
        if !matches!(page.tag(head), Tag::Noun | Tag::Propn) {
            return None;
        }
        let found = self.sentences.partition_point(|sentence| sentence.tokens.end <= head);
        Some(super::mention::phrase_start(page, self.sentences.get(found)?, head)..end)
    }

    /// Somebody without a name, or a class of people, by a noun that no list has; else unknown.
    fn somebody(
        &mut self,
        attribution: usize,
        source: &Range<usize>,
        candidates: Vec<(PersonId, Probability)>,
    ) -> Speaker {
        let Some(mention) = self.company.scene.source[attribution] else {
            return Speaker::Unknown(candidates);
        };
        let words = self.page.span(source.clone());
        match self.company.mentions[mention].form {
            Form::Noun { is_several: true, .. } => Speaker::Generic(words),
            // "The mayor of Marsk": somebody whom the article does not name.
            Form::Noun { lead: Lead::The | Lead::Owner, .. }
                if self.is_new(mention, source)
                    && candidates.iter().all(|(_, share)| share.value() < MAY_BE) =>
            {
                match unnamed::by_role(&self.page, source.clone()).and_then(|found| self.add_unnamed(found)) {
                    Some(id) => Speaker::Unnamed(id),
                    None => Speaker::Unknown(candidates),
                }
            }
            Form::Noun { lead: Lead::A | Lead::Amount, .. }
                if candidates.iter().all(|(_, share)| share.value() < MAY_BE) =>
            {
                match unnamed::by_wish(&self.page, source.clone()).and_then(|found| self.add_unnamed(found)) {
                    Some(id) => Speaker::Unnamed(id),
                    None => Speaker::Unknown(candidates),
                }
            }
            _ => Speaker::Unknown(candidates),
        }
    }

    /// Whom the mention that is the source of an attribution stands for, where that is probable enough; else those who
    /// it may be.
    fn linked(&self, attribution: usize) -> Result<PersonId, Vec<(PersonId, Probability)>> {
        let Some(mention) = self.company.scene.source[attribution] else { return Err(Vec::new()) };
        let link = &self.company.chains.links[mention];
        let least = match self.company.mentions[mention].form {
            Form::Name(naming) if self.company.names.mentions[naming].whom.len() == 1 => 0.0,
            Form::Name(_) => NAME,
            Form::Noun { lead: Lead::A | Lead::Amount, .. } => NEW_NOUN,
            Form::Noun { .. } => NOUN,
            Form::Pronoun { .. } => PRONOUN,
        };
        let person = |entity: usize| self.person[entity];
        match link.entity.and_then(person) {
            Some(found) if link.share >= least => Ok(found),
            found => {
                let first = found.map(|found| (found, model::probability(link.share)));
                let others = link
                    .others
                    .iter()
                    .filter_map(|&(entity, share)| Some((person(entity)?, model::probability(share))));
                Err(first.into_iter().chain(others).collect())
            }
        }
    }

    /// Whether a mention stands for somebody whom the article does not name, and nobody whom it names is described by
    /// that noun.
    fn is_new(&self, mention: usize, source: &Range<usize>) -> bool {
        let Some(head) = unnamed::head(&self.page, source.clone()) else { return false };
        let entity = self.company.chains.links[mention].entity;
        entity.is_some_and(|entity| self.person[entity].is_none())
            && !self.named.nouns.contains(&self.page.lower(head))
    }

    /// The entity that the source of an attribution was taken for.
    fn entity(&self, attribution: usize) -> Option<usize> {
        self.company.chains.links[self.company.scene.source[attribution]?].entity
    }

    /// Whether a person's name stands in the source right after a comma or a bracket.
    fn follows_a_mark(&self, source: &Range<usize>) -> bool {
        let inside = self.named.people_in(self.page.span(source.clone()));
        let starts = inside.iter().map(|(mention, _)| self.page.tokens_of(*mention).start);
        starts.filter(|start| source.contains(start)).any(|start| {
            start > source.start && matches!(self.page.word(start - 1), "," | "(" | ")" | "—" | "–")
        })
    }

    /// The tokens of the sentence that holds a token.
    fn sentence(&self, at: usize) -> Range<usize> {
        let found = self.sentences.partition_point(|sentence| sentence.tokens.end <= at);
        self.sentences.get(found).map_or(at..self.page.tokens.len(), |sentence| sentence.tokens.clone())
    }
}

/// Hands are looked for within so many tokens of a cue.
const REACH: usize = 120;
/// The least probability at which a pronoun, or a noun, gives a statement its speaker.
const PRONOUN: f32 = 0.5;
/// The same for a name that several have.
const NAME: f32 = 0.6;
const NOUN: f32 = 0.5;
/// The same for `a strategist`, `one man`, who are seldom somebody of before.
const NEW_NOUN: f32 = 0.8;
/// So many names before a pronoun or a pair are looked at.
const NAMES: usize = 32;
/// Somebody with a name who is less probable than this is not meant by a noun.
const MAY_BE: f64 = 0.2;
/// `Both men` are named at most so many sentences before.
const PAIR: usize = 2;
/// A pronoun stands for an unnamed source at most so many bytes before it.
const FAR: usize = 500;
