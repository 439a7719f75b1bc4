//! Who is who: names, unnamed sources, outlets; gives every attribution its speaker.
//!
//! Precision first: a name is given where the source holds it, in full or as a surname that the article spells out
//! elsewhere. Pronouns and bare roles stay [`Speaker::Unknown`].

mod name;
mod outlet;
mod unnamed;

use crate::{
    Article, Attribution, Outlet, OutletId, Person, PersonId, Reading, Span, Speaker, Token, Unnamed,
    UnnamedId, Via, ViaKind,
    text::{Tag, Text},
};

/// Puts names to sources and closes the reading.
pub fn read(article: &Article, text: Text, attributions: Vec<Attribution>) -> Reading {
    let page = Page { text: &article.text, tokens: &text.tokens };
    let outlets = outlet::outlets(&page);
    let people = name::people(&page, &text.sentences, &outlets);
    let mut cast = Cast { page, people, outlets, unnamed: Vec::new() };
    let attributions = give_speakers(&mut cast, attributions);
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
    people: Vec<Person>,
    outlets: Vec<Outlet>,
    unnamed: Vec<Unnamed>,
}

fn give_speakers(cast: &mut Cast, mut attributions: Vec<Attribution>) -> Vec<Attribution> {
    let mut running = Speaker::Unknown(Vec::new());
    for attribution in &mut attributions {
        attribution.speaker = match attribution.source.first() {
            Some(&source) => cast.speaker(source),
            // A quotation that goes on without a cue.
            None if attribution.cue.is_empty() => running.clone(),
            None => Speaker::Unknown(Vec::new()),
        };
        if attribution.within.is_none() && attribution.kind != crate::Kind::Indirect {
            running = attribution.speaker.clone();
        }
        told_to_outlet(cast, attribution);
    }
    attributions
}

/// An outlet that was told is a hand that the statement passed through.
fn told_to_outlet(cast: &Cast, attribution: &mut Attribution) {
    let Some(&told) = attribution.addressee.first() else { return };
    if let Some(mention) =
        cast.outlets.iter().flat_map(|outlet| &outlet.mentions).find(|mention| told.overlaps(**mention))
    {
        attribution.via.insert(0, Via { kind: ViaKind::ToldTo, span: *mention });
    }
}

impl Cast<'_> {
    /// Who the words of a source name.
    fn speaker(&mut self, source: Span) -> Speaker {
        let tokens = self.page.tokens_of(source);
        let names = |mention: &Span| source.contains(*mention) && self.names_the_source(&tokens, *mention);
        let first_inside = |mentions: &[Span]| mentions.iter().copied().find(|mention| names(mention));
        let person =
            self.people.iter().enumerate().filter_map(|(i, p)| Some((first_inside(&p.mentions)?, i))).min();
        let outlet =
            self.outlets.iter().enumerate().filter_map(|(i, o)| Some((first_inside(&o.mentions)?, i))).min();
        if let Some((_, person)) = person {
            return Speaker::Person(PersonId(person as u32));
        }
        if let Some(found) = unnamed::unnamed(&self.page, tokens.clone()) {
            // "A spokesman for the mayor, Ann Lee": who has the name is open, but it is not nobody.
            let is_open = self.follows_a_mark(&tokens);
            return if is_open {
                Speaker::Unknown(Vec::new())
            } else {
                Speaker::Unnamed(self.add_unnamed(found))
            };
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
        let starts = self
            .people
            .iter()
            .flat_map(|person| &person.mentions)
            .map(|mention| self.page.tokens_of(*mention).start);
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
        self.people.iter().flat_map(|person| &person.mentions).any(|mention| source.overlaps(*mention))
    }

    /// `The sources` are the sources of before; `the person` is not the three people of before.
    fn add_unnamed(&mut self, found: unnamed::Found) -> UnnamedId {
        if found.is_definite
            && let Some(known) = self.unnamed.iter().rposition(|known| {
                known.role == found.unnamed.role && (known.min > 1) == (found.unnamed.min > 1)
            })
        {
            self.unnamed[known].mentions.extend(found.unnamed.mentions);
            return UnnamedId(known as u32);
        }
        self.unnamed.push(found.unnamed);
        UnnamedId(self.unnamed.len() as u32 - 1)
    }
}
