//! Which of the people, groups, outlets, bodies and documents of an article each attribution has for its speaker.

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

    /// What `it` stands for: the body or outlet that is the subject of its sentence, or else the body, outlet or document
    /// that spoke last, if it did so shortly before.
    fn thing_before(&self, at: usize) -> Option<Speaker> {
        let page = &self.page;
        let is_subject = |end: usize| end < at && matches!(page.tag(end), Tag::Verb | Tag::Aux);
        let before = page.span(self.sentence(at).start..at + 1);
        let outlets = self.named.outlets_in(before).iter();
        let outlet = outlets.rev().take(NAMES).find(|(mention, _)| is_subject(page.tokens_of(*mention).end));
        if let Some((_, outlet)) = outlet {
            return Some(Speaker::Outlet(OutletId(*outlet as u32)));
        }
        let others = &self.company.names.others;
        let last = others.partition_point(|other| other.end <= at);
        let others = others[..last]
            .iter()
            .rev()
            .take(NAMES)
            .take_while(|other| other.start >= self.sentence(at).start);
        if let Some(body) = others.clone().find(|other| is_subject(other.end)) {
            return Some(Speaker::Organisation(page.span(body.clone())));
        }
        let (end, thing) = self.thing.as_ref()?;
        let start = self.page.tokens[at].span.start();
        (*end <= start && start - end < FAR).then(|| thing.clone())
    }

    /// The outlet that `the paper`, `the agency` stand for: the last one of that kind.
    fn outlet_called(&self, source: &Range<usize>) -> Option<OutletId> {
        let page = &self.page;
        let head = unnamed::head(page, source.clone())?;
        if !page.is_one_of(source.start, &["the", "that", "this"])
            || head + 1 != source.end
            || head > source.start + 2
        {
            return None;
        }
        let kinds = outlet::kinds(page.word(head))?;
        let before = page.tokens[source.start].span.start();
        let last = self.named.outlets.partition_point(|(mention, _)| mention.end() <= before);
        let fits = |outlet: &Outlet| outlet.kind.is_none_or(|kind| kinds.contains(&kind));
        let found =
            self.named.outlets[..last].iter().rev().take(8).find(|(_, outlet)| fits(&self.outlets[*outlet]));
        found.map(|(_, outlet)| OutletId(*outlet as u32))
    }

    /// The body that `the party`, `the court` stand for: the last one before whose name has that noun in it.
    fn body_called(&self, source: &Range<usize>, head: usize) -> Option<Span> {
        let page = &self.page;
        if source.len() != 2 || head != source.start + 1 || !page.is_one_of(source.start, &["the"]) {
            return None;
        }
        let others = &self.company.names.others;
        let last = others.partition_point(|other| other.end <= source.start);
        let mut near = others[..last].iter().rev().take(BODIES).filter(|body| body.len() > 1);
        let is_called = |body: &&Range<usize>| (**body).clone().any(|at| page.lower(at) == page.lower(head));
        let body = match near.clone().find(is_called) {
            Some(body) => body,
            // "Marsk Logistics will close, the company said."
            None if page.is_one_of(head, FIRMS) => near.find(|body| {
                page.class(body.end - 1).has(lexicon::Class::NEVER)
                    && source.start - body.end < FIRM
                    && matches!(page.tag(body.end), Tag::Verb | Tag::Aux | Tag::Punct | Tag::Part)
            })?,
            None => return None,
        };
        Some(page.span(body.clone()))
    }

    /// The outlet that a report is of: the last one named before it, where no other document came between.
    fn outlet_of(&self, source: &Range<usize>, head: usize) -> Option<OutletId> {
        let page = &self.page;
        if !page.is_one_of(head, PRESS) || !page.is_one_of(source.start, &["the", "that", "this", "its"]) {
            return None;
        }
        let sentence = self.sentences.partition_point(|sentence| sentence.tokens.end <= source.start);
        let start = self.sentences.get(sentence.saturating_sub(REPORT))?.tokens.start;
        let bounds = page.tokens[start].span.start();
        let before = page.tokens[source.start].span.start();
        let last = self.named.outlets.partition_point(|(mention, _)| mention.end() <= before);
        let &(mention, outlet) =
            self.named.outlets[..last].last().filter(|(mention, _)| mention.start() >= bounds)?;
        let between = page.tokens_of(mention).end..source.start;
        // "A report by the inspector": another one.
        let is_another = |at: usize| {
            page.is_one_of(at, &["a", "an"])
                && at + 3 < page.tokens.len()
                && (at + 1..at + 3).any(|at| page.class(at).has(lexicon::Class::DOCUMENT))
        };
        (between.len() < REACH && !between.into_iter().any(is_another)).then_some(OutletId(outlet as u32))
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

    /// The unnamed source of before that a pronoun stands for: `A spokeswoman ... she added`.
    fn same_nameless(&mut self, words: Span, attribution: usize) -> Option<UnnamedId> {
        let mention = self.company.scene.source[attribution]?;
        let is_pronoun = matches!(self.company.mentions[mention].form, Form::Pronoun { .. });
        let link = &self.company.chains.links[mention];
        let id = *self.nameless.get(&link.entity?)?;
        if !is_pronoun || link.share < NAMELESS {
            return None;
        }
        self.unnamed[id.index()].mentions.push(words);
        Some(id)
    }

    /// Whether a person's name stands in the source right after a comma or a bracket.
    fn follows_a_mark(&self, source: &Range<usize>) -> bool {
        let inside = self.named.people_in(self.page.span(source.clone()));
        let starts = inside.iter().map(|(mention, _)| self.page.tokens_of(*mention).start);
        starts.filter(|start| source.contains(start)).any(|start| {
            start > source.start && matches!(self.page.word(start - 1), "," | "(" | ")" | "—" | "–")
        })
    }

    fn other(&self, source: Span, tokens: Range<usize>) -> Speaker {
        let head = unnamed::head(&self.page, tokens.clone());
        const ANYBODY: &[&str] =
            &["everyone", "everybody", "anyone", "anybody", "nobody", "many", "most", "others", "few"];
        if tokens.len() < 3 && tokens.clone().last().is_some_and(|last| self.page.is_one_of(last, ANYBODY)) {
            return Speaker::Generic(source);
        }
        let is_pronoun = tokens.len() == 1 && self.page.tokens[tokens.start].tag == Tag::Pron;
        match head {
            _ if is_pronoun => Speaker::Unknown(Vec::new()),
            // "The Northern Post" is no post.
            Some(head)
                if unnamed::is_document(self.page.word(head)) && self.page.tokens[head].tag != Tag::Propn =>
            {
                Speaker::Document(source, self.outlet_of(&tokens, head))
            }
            Some(head) if unnamed::is_organisation(self.page.word(head)) => {
                Speaker::Organisation(self.body_called(&tokens, head).unwrap_or(source))
            }
            Some(head) if unnamed::is_class(&self.page, &tokens, head) => Speaker::Generic(source),
            Some(head) if self.names_an_organisation(&tokens, head) && !self.names_a_person(source) => {
                Speaker::Organisation(source)
            }
            _ => Speaker::Unknown(Vec::new()),
        }
    }

    /// `the Sarn Trust`, `NATO`, `Norland University`. A bare name may be anybody's.
    fn names_an_organisation(&self, source: &Range<usize>, head: usize) -> bool {
        let word = self.page.word(head);
        let led = self.page.word(source.start).eq_ignore_ascii_case("the");
        let is_acronym = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
        let is_place_or_body = source.clone().any(|at| self.page.class(at).has(lexicon::Class::NEVER));
        let ends = head + 1 == source.end || matches!(self.page.tokens[head + 1].tag, Tag::Punct | Tag::Adp);
        let is_name =
            self.page.tokens[head].tag == Tag::Propn && word.starts_with(char::is_uppercase) && ends;
        let is_other = self.company.names.others.binary_search_by(|other| {
            if other.end <= head {
                std::cmp::Ordering::Less
            } else if other.start > head {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        });
        // "Aide", in a headline.
        let is_somebody = source.len() == 1 && self.page.class(head).has(lexicon::Class::ONE);
        is_name && !is_somebody && (led || is_acronym || is_place_or_body || is_other.is_ok())
    }

    fn names_a_person(&self, source: Span) -> bool {
        let tokens = self.page.tokens_of(source);
        let people = self.named.people_in(source).iter();
        people
            .map(|(span, _)| self.page.tokens_of(*span))
            .any(|name| names_the_source(&self.page, &tokens, name))
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
        let found = anonymity::anonymity(
            &self.page,
            tokens.start..self.sentence(tokens.start).end.min(tokens.end + WISH),
            |_| false,
        );
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
    fn sentence(&self, at: usize) -> Range<usize> {
        let found = self.sentences.partition_point(|sentence| sentence.tokens.end <= at);
        self.sentences.get(found).map_or(at..self.page.tokens.len(), |sentence| sentence.tokens.clone())
    }
}

/// The words that state a wish for anonymity start at most so many tokens after the source.
const NEAR: usize = 3;
/// The words of a wish for anonymity are looked for in so many tokens after the source.
const WISH: usize = 40;
/// Of the contents that start before a token, so many may hold it.
const HOLDERS: usize = 8;
/// Hands are looked for within so many tokens of a cue.
const REACH: usize = 120;
/// The least probability at which a pronoun, or a noun, gives a statement its speaker.
const PRONOUN: f32 = 0.5;
/// The same for a pronoun that stands for an unnamed source.
const NAMELESS: f32 = 0.7;
/// The same for a name that several have.
const NAME: f32 = 0.6;
const NOUN: f32 = 0.5;
/// The same for `a strategist`, `one man`, who are seldom somebody of before.
const NEW_NOUN: f32 = 0.8;
/// So many names before a pronoun or a pair are looked at.
const NAMES: usize = 32;
/// So many bodies named before `the party` are looked at.
const BODIES: usize = 16;
/// What only firms are called by.
const FIRMS: &[&str] =
    &["company", "firm", "group", "carrier", "airline", "bank", "manufacturer", "maker", "retailer"];
/// So many words before `the company` its name is looked for.
const FIRM: usize = 80;
/// Somebody with a name who is less probable than this is not meant by a noun.
const MAY_BE: f64 = 0.2;
/// `Both men` are named at most so many sentences before.
const PAIR: usize = 2;
/// `The report` is of an outlet named at most so many sentences before.
const REPORT: usize = 4;
/// Documents that may be an outlet's own.
const PRESS: &[&str] = &["report", "article", "story", "piece", "editorial", "column", "dispatch", "account"];
/// A pronoun stands for an unnamed source at most so many bytes before it.
const FAR: usize = 500;
