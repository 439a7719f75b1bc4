//! The wire form of a chain: one row a page, one a story. Offsets are code points into the text of the page's record.

use serde::{Deserialize, Serialize};

use crate::{Note, Piece, Published};

/// Where the text of a page comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageRow {
    /// Version of this form: [`SCHEMA_VERSION`](crate::SCHEMA_VERSION).
    pub schema: u32,
    /// The page's id.
    pub id: String,
    /// The story that it tells: the id of one of its pages.
    pub story: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Pages that it derives from, the one that explains most first.
    pub parents: Vec<ParentRow>,
    /// Pages that it shares text with, where it does not show which had it first.
    pub undecided: Vec<ParentRow>,
    /// Whether no parent is named although text is shared.
    pub abstain: bool,
    /// Whom its text credits.
    pub cites: Vec<CiteRow>,
    /// The names of those, each once.
    pub via: Vec<String>,
    /// Where it comes from in the end: ids of pages, and names of credited sources that have no page here.
    pub roots: Vec<String>,
    /// Notes on the page as it was taken in, as in its record.
    pub notes: Vec<Note>,
}

/// A page that another derives from, or may.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParentRow {
    /// The page's id.
    pub id: String,
    /// From 0 to 1.
    pub score: f64,
    /// What speaks for it, the strongest first.
    pub evidence: Vec<EvidenceRow>,
}

/// One sign of derivation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceRow {
    /// `credit`, `may_credit`, `link`, `shared_text`, `more_credits`, `later` or `differs_alone`.
    pub sign: String,
    /// The same in words for people.
    pub text: String,
    /// Words, quotations, sources, minutes, pages or details: what the sign counts.
    pub count: Option<u32>,
    /// Where it shows in the derived page.
    pub child: Option<Piece>,
    /// Where it shows in the page that it derives from.
    pub parent: Option<Piece>,
}

/// A source that a text credits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CiteRow {
    /// Its fullest name.
    pub name: String,
    /// `outlet`, `agency`, `person`, `organisation`, `document`, `unnamed` or `site`.
    pub kind: String,
    /// The words of the credit.
    pub span: Piece,
}

/// What is known of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryRow {
    /// Version of this form: [`SCHEMA_VERSION`](crate::SCHEMA_VERSION).
    pub schema: u32,
    /// The story: the id of one of its pages.
    pub story: String,
    /// Its pages: the earliest first, those without a date last.
    pub pages: Vec<String>,
    /// Independent sources: so many at least, so many at most.
    pub independent: [u32; 2],
    /// Why so many.
    pub why: Vec<ReasonRow>,
    /// What is to be known before all else: that pages of it are constructed.
    pub notes: Vec<Note>,
}

/// Why pages count as one source, or as several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonRow {
    /// `derived`, `same_text`, `same_source`, `same_speaker`, `answer`, `shared_text`, `unnamed` or `alone`.
    pub kind: String,
    /// The same in words for people.
    pub text: String,
    /// The pages; of `derived` the first is the one that the others derive from.
    pub pages: Vec<String>,
    /// The credited source, or the words for people without a name.
    pub name: Option<String>,
    /// Of `unnamed`: so many people at least.
    pub min: Option<u32>,
}

impl PageRow {
    /// The row as one line of JSON, without the line feed.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a row has only string keys and finite numbers")
    }
}

impl StoryRow {
    /// The row as one line of JSON, without the line feed.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a row has only string keys and numbers")
    }
}
