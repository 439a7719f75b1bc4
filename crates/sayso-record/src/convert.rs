//! From a reading to its record.

use std::fmt::Write;

use sayso::{AttributionId, OutletId, PersonId, Reading, Span, UnnamedId};
use sha2::{Digest, Sha256};

use crate::name::{
    act_name, block_name, date_source_name, kind_name, note_name, precision_name, stance_name, via_name,
};
use crate::{CodePoints, SCHEMA_VERSION, chain, record::*};

impl Record {
    /// The record of a reading. `id` is the one given with the page, else the page's path or address.
    pub fn new(id: &str, reading: &Reading) -> Record {
        let article = &reading.article;
        let wire = Wire { reading, points: CodePoints::new(&article.text) };
        Record {
            schema: SCHEMA_VERSION,
            id: id.to_owned(),
            url: article.url.clone(),
            outlet: article.outlet.clone(),
            title: article.title.clone(),
            byline: article.byline.clone(),
            language: article.language.clone(),
            published: article.published.as_ref().map(published),
            text: article.text.clone(),
            text_sha256: sha256(article.text.as_bytes()),
            offsets: "codepoint".to_owned(),
            complete: article.complete,
            blocks: wire.blocks(),
            links: wire.links(),
            attributions: wire.attributions(),
            chains: wire.chains(),
            people: wire.people(),
            unnamed: wire.unnamed(),
            outlets: wire.outlets(),
            timexes: Vec::new(),
            notes: wire.notes(),
        }
    }
}

pub(crate) fn published(date: &sayso::Published) -> Published {
    Published {
        value: date.value.clone(),
        precision: precision_name(date.precision).to_owned(),
        from: date_source_name(date.from).to_owned(),
    }
}

pub(crate) fn note(note: &sayso::Note, points: &CodePoints) -> Note {
    Note {
        kind: note_name(note.kind).to_owned(),
        span: note.span.map(|span| points.span(span)),
        text: note.text.clone(),
    }
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// A reading on its way out, with the code points of its text.
struct Wire<'r> {
    reading: &'r Reading,
    points: CodePoints<'r>,
}

impl Wire<'_> {
    fn blocks(&self) -> Vec<Block> {
        let blocks = self.reading.article.blocks.iter();
        blocks
            .map(|b| Block { kind: block_name(b.kind).to_owned(), span: self.points.span(b.span) })
            .collect()
    }

    fn links(&self) -> Vec<Link> {
        let links = self.reading.article.links.iter();
        links.map(|link| Link { span: self.points.span(link.span), url: link.url.clone() }).collect()
    }

    fn attributions(&self) -> Vec<Attribution> {
        let attributions = self.reading.attributions.iter();
        attributions.zip(0..).map(|(a, n)| self.attribution(AttributionId(n), a)).collect()
    }

    fn attribution(&self, id: AttributionId, a: &sayso::Attribution) -> Attribution {
        Attribution {
            id: attribution_id(id),
            kind: kind_name(a.kind).to_owned(),
            source: self.pieces(&a.source),
            cue: self.pieces(&a.cue),
            content: self.pieces(&a.content),
            addressee: self.pieces(&a.addressee),
            speaker: self.speaker(a),
            within: a.within.map(attribution_id),
            via: a.via.iter().map(|via| self.via(via)).collect(),
            act: act_name(a.act).to_owned(),
            stance: stance_name(a.stance).to_owned(),
            confidence: a.confidence.value(),
        }
    }

    fn via(&self, via: &sayso::Via) -> Via {
        Via {
            kind: via_name(via.kind).to_owned(),
            span: self.points.span(via.span),
            name: self.words(via.span),
        }
    }

    fn speaker(&self, a: &sayso::Attribution) -> Speaker {
        use sayso::Speaker as S;
        let (kind, id, name) = match &a.speaker {
            S::Person(id) => ("person", Some(person_id(*id)), self.person_name(*id)),
            S::Organisation(span) => ("organisation", None, Some(self.words(*span))),
            S::Outlet(id) => ("outlet", Some(outlet_id(*id)), self.outlet_name(*id)),
            S::People(people) => ("person", None, Some(self.names(people).join(" and "))),
            S::Document(span, _) => ("document", None, Some(self.words(*span))),
            S::Unnamed(id) => ("unnamed", Some(unnamed_id(*id)), self.unnamed_text(*id)),
            S::Generic(span) => ("generic", None, Some(self.words(*span))),
            S::Unknown(_) => ("unknown", None, None),
        };
        let candidates = match &a.speaker {
            S::Unknown(candidates) => candidates.as_slice(),
            _ => &[],
        };
        Speaker {
            kind: kind.to_owned(),
            id,
            name,
            names: match &a.speaker {
                S::People(people) => self.names(people),
                _ => Vec::new(),
            },
            ids: match &a.speaker {
                S::People(people) => people.iter().copied().map(person_id).collect(),
                _ => Vec::new(),
            },
            outlet: match a.speaker {
                S::Document(_, outlet) => outlet.map(outlet_id),
                _ => None,
            },
            evidence: self.evidence(a).map(|span| self.points.span(span)),
            candidates: candidates.iter().map(|&(id, p)| candidate(id, p)).collect(),
        }
    }

    /// The words that show who speaks: those that name an organisation or document, else the source,
    /// else, for a quotation without a source, the speaker's last mention before it.
    fn evidence(&self, a: &sayso::Attribution) -> Option<Span> {
        use sayso::Speaker as S;
        if let S::Organisation(span) | S::Document(span, _) | S::Generic(span) = a.speaker {
            return Some(span);
        }
        if let Some(&source) = a.source.first() {
            return Some(source);
        }
        let mentions = match a.speaker {
            S::Person(id) => &self.reading.people.get(id.index())?.mentions,
            S::Unnamed(id) => &self.reading.unnamed.get(id.index())?.mentions,
            S::Outlet(id) => &self.reading.outlets.get(id.index())?.mentions,
            _ => return None,
        };
        let start = a.content.first().or(a.cue.first())?.start();
        mentions[..mentions.partition_point(|mention| mention.start() < start)].last().copied()
    }

    fn chains(&self) -> Vec<Vec<Hop>> {
        let with_source = self.reading.attributions.iter().zip(0..).filter(|(a, _)| !a.source.is_empty());
        with_source.map(|(_, n)| self.chain(AttributionId(n))).collect()
    }

    fn chain(&self, id: AttributionId) -> Vec<Hop> {
        let hands = chain::hands(self.reading, id);
        let sources = hands.iter().map(|hand| Hop::Source(self.points.span(hand.span)));
        std::iter::once(Hop::Page(Page::Page)).chain(sources).collect()
    }

    fn people(&self) -> Vec<Person> {
        let people = self.reading.people.iter().zip(0..);
        let person = |(person, n): (&sayso::Person, u32)| Person {
            id: person_id(PersonId(n)),
            name: person.name.clone(),
            key: person.key.clone(),
            age: person.age,
            aliases: person.aliases.clone(),
            mentions: self.pieces(&person.mentions),
        };
        people.map(person).collect()
    }

    fn unnamed(&self) -> Vec<Unnamed> {
        let unnamed = self.reading.unnamed.iter().zip(0..);
        let source = |(source, n): (&sayso::Unnamed, u32)| Unnamed {
            id: unnamed_id(UnnamedId(n)),
            text: source.text.clone(),
            min: source.min,
            max: source.max,
            role: source.role.clone(),
            affiliation: source.affiliation.clone(),
            condition: source.condition.clone(),
            mentions: self.pieces(&source.mentions),
        };
        unnamed.map(source).collect()
    }

    fn outlets(&self) -> Vec<Outlet> {
        let outlets = self.reading.outlets.iter().zip(0..);
        let outlet = |(outlet, n): (&sayso::Outlet, u32)| Outlet {
            id: outlet_id(OutletId(n)),
            name: outlet.name.clone(),
            kind: outlet.kind.map(str::to_owned),
            mentions: self.pieces(&outlet.mentions),
        };
        outlets.map(outlet).collect()
    }

    fn notes(&self) -> Vec<Note> {
        self.reading.notes.iter().map(|note| self::note(note, &self.points)).collect()
    }

    fn pieces(&self, spans: &[Span]) -> Vec<Piece> {
        spans.iter().map(|&span| self.points.span(span)).collect()
    }

    /// The words of a span, white space made single.
    fn words(&self, span: Span) -> String {
        self.reading.article[span].split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn person_name(&self, id: PersonId) -> Option<String> {
        self.reading.people.get(id.index()).map(|person| person.name.clone())
    }

    fn names(&self, people: &[PersonId]) -> Vec<String> {
        people.iter().filter_map(|&id| self.person_name(id)).collect()
    }

    fn outlet_name(&self, id: OutletId) -> Option<String> {
        self.reading.outlets.get(id.index()).map(|outlet| outlet.name.clone())
    }

    fn unnamed_text(&self, id: UnnamedId) -> Option<String> {
        self.reading.unnamed.get(id.index()).map(|source| source.text.clone())
    }
}

fn candidate(id: PersonId, score: sayso::Probability) -> Candidate {
    Candidate { id: person_id(id), score: score.value() }
}

fn attribution_id(id: AttributionId) -> String {
    format!("a{}", id.0 + 1)
}

fn person_id(id: PersonId) -> String {
    format!("p{}", id.0 + 1)
}

fn unnamed_id(id: UnnamedId) -> String {
    format!("u{}", id.0 + 1)
}

fn outlet_id(id: OutletId) -> String {
    format!("o{}", id.0 + 1)
}
