//! What was read out of an article: every finding carries its span.

use crate::{Article, Note, Span, Token};

/// One article with everything found in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The article, as it was given.
    pub article: Article,
    /// Sentences in order; with the white space between them they partition the blocks.
    pub sentences: Vec<Span>,
    /// Tokens in order.
    pub tokens: Vec<Token>,
    /// Who said what, ordered by the first byte of content or cue. An [`AttributionId`] is an index here.
    pub attributions: Vec<Attribution>,
    /// People named. A [`PersonId`] is an index here.
    pub people: Vec<Person>,
    /// Unnamed sources. An [`UnnamedId`] is an index here.
    pub unnamed: Vec<Unnamed>,
    /// News outlets named. An [`OutletId`] is an index here.
    pub outlets: Vec<Outlet>,
    /// What could not be done, the article's notes first.
    pub notes: Vec<Note>,
}

impl Reading {
    /// Without the attributions that are only possible, and without what stands inside those: on whose word it stood would
    /// be lost.
    pub fn sure(mut self) -> Reading {
        let mut kept: Vec<Option<u32>> = vec![None; self.attributions.len()];
        let is_kept = |mut at: usize| {
            // Contents shrink on the way in, so the way out ends.
            while !self.attributions[at].is_possible() {
                match self.attributions[at].within {
                    Some(outer) => at = outer.index(),
                    None => return true,
                }
            }
            false
        };
        let sure = (0..kept.len()).filter(|&at| is_kept(at));
        sure.zip(0..).for_each(|(at, number)| kept[at] = Some(number));
        let attributions = std::mem::take(&mut self.attributions).into_iter().zip(&kept);
        let renumbered = |attribution: Attribution| {
            let within = attribution.within.and_then(|outer| kept[outer.index()]).map(AttributionId);
            Attribution { within, ..attribution }
        };
        self.attributions =
            attributions.filter(|(_, number)| number.is_some()).map(|(kept, _)| renumbered(kept)).collect();
        self
    }
}

/// One statement, attitude or silence that the text attributes to a source
/// (source, cue and content as in PolNeAR, Newell et al. 2018). Each role is a list of pieces; an empty list is an absent role.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The words that name the source.
    pub source: Vec<Span>,
    /// The words that attribute.
    pub cue: Vec<Span>,
    /// What is attributed.
    pub content: Vec<Span>,
    /// To whom it was said.
    pub addressee: Vec<Span>,
    /// How much of the content stands in quotation marks.
    pub kind: Kind,
    /// Whether somebody says, or thinks.
    pub act: Act,
    /// Whether it is said to have been said.
    pub stance: Stance,
    /// Who the source is.
    pub speaker: Speaker,
    /// Hands that it passed through.
    pub via: Vec<Via>,
    /// The attribution whose content holds this one.
    pub within: Option<AttributionId>,
    /// How sure the reading is that all three roles are right.
    pub confidence: Probability,
}

impl Attribution {
    /// Whether it is likelier that a role is wrong than that all are right: to be shown as possible, if at all.
    pub fn is_possible(&self) -> bool {
        self.confidence < Probability::from_thousandths(500)
    }
}

/// How much of a content stands in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// All of it (nine tenths of its characters or more).
    Direct,
    /// Part of it.
    Mixed,
    /// None of it.
    Indirect,
}

/// What the source does: an assertion or a belief, in the terms of the Penn Discourse Treebank (Prasad et al. 2007).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Says, writes, asks, shows.
    Statement,
    /// Thinks, wants, hopes, knows, supports.
    Attitude,
}

/// What the text says of the saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stance {
    /// It was said.
    Asserted,
    /// It was said not to be so.
    Denied,
    /// It was not said.
    NotSaid,
    /// It may be, or would be, said.
    Hypothetical,
}

/// Who a source is.
#[derive(Clone, Debug, PartialEq)]
pub enum Speaker {
    /// A person with a name.
    Person(PersonId),
    /// Several people with names, who speak as one: `Lee and Hart said`.
    People(Vec<PersonId>),
    /// An organisation, by the words that name it best.
    Organisation(Span),
    /// A news outlet.
    Outlet(OutletId),
    /// A document, by the words that name it best, and the outlet that it is of: `the report`, where that is an outlet's.
    Document(Span, Option<OutletId>),
    /// People without a name.
    Unnamed(UnnamedId),
    /// A class of people ("many voters").
    Generic(Span),
    /// Not known; the people it may be, with scores.
    Unknown(Vec<(PersonId, Probability)>),
}

/// Another hand that a statement passed through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Via {
    /// How.
    pub kind: ViaKind,
    /// The words that name it.
    pub span: Span,
}

/// How a statement reached the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ViaKind {
    /// "told Reuters".
    ToldTo,
    /// "citing three people".
    Citing,
    /// "as first reported by".
    AsReportedBy,
    /// "in a statement on Telegram", "court documents show".
    Document,
}

/// A person with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The fullest name in the text.
    pub name: String,
    /// By what the same person is known across articles ([`person::key`](crate::person::key)); none of a surname alone.
    pub key: Option<String>,
    /// The age that the text gives, in years.
    pub age: Option<u32>,
    /// Other names in the text, in order of appearance.
    pub aliases: Vec<String>,
    /// Every mention found, in order: names without titles, descriptions, pronouns.
    pub mentions: Vec<Span>,
}

/// A source without a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unnamed {
    /// The fullest description.
    pub text: String,
    /// The least number of people it can be.
    pub min: u32,
    /// The greatest number, where the text bounds it.
    pub max: Option<u32>,
    /// What they are ("official").
    pub role: Option<String>,
    /// Whom they belong to ("the Kremlin").
    pub affiliation: Option<String>,
    /// The stated reason for anonymity.
    pub condition: Option<String>,
    /// Every mention found, in order.
    pub mentions: Vec<Span>,
}

/// A news outlet or agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlet {
    /// Its full name.
    pub name: String,
    /// What it is, where the list of outlets has it: `newspaper`, `agency`, `broadcaster`, `magazine`, `site`, `programme`.
    pub kind: Option<&'static str>,
    /// Every mention found, in order.
    pub mentions: Vec<Span>,
}

macro_rules! id {
    ($(#[$doc:meta] $name:ident)*) => {$(
        #[$doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// As an index into the reading's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

id! {
    /// Which of [`Reading::attributions`].
    AttributionId
    /// Which of [`Reading::people`].
    PersonId
    /// Which of [`Reading::unnamed`].
    UnnamedId
    /// Which of [`Reading::outlets`].
    OutletId
}

/// A probability in thousandths, so that equal readings compare equal on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Probability(u16);

impl Probability {
    /// From thousandths; more than 1000 counts as 1000.
    pub fn from_thousandths(thousandths: u16) -> Probability {
        Probability(thousandths.min(1000))
    }

    /// In thousandths, 0 to 1000.
    pub fn thousandths(self) -> u16 {
        self.0
    }

    /// As a number from 0 to 1.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}
