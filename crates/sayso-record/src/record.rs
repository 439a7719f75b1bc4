//! The wire form, field by field. Every key is always present; what is not known is `null` or `[]`.

use serde::{Deserialize, Serialize};

/// A piece of the text in Unicode code points: `[start, end)`.
pub type Piece = [u32; 2];

/// Everything read from one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Version of this form: [`SCHEMA_VERSION`](crate::SCHEMA_VERSION).
    pub schema: u32,
    /// The id that was given with the page, else its path or address as given.
    pub id: String,
    /// Where the page was found.
    pub url: Option<String>,
    /// The outlet's name as the page gives it.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The authors, one name each.
    pub byline: Vec<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// The day of publication.
    pub published: Option<Published>,
    /// The text of the article's region, debris included.
    pub text: String,
    /// SHA-256 of `text` in UTF-8, as 64 hexadecimal digits.
    pub text_sha256: String,
    /// The unit of every offset: `"codepoint"`.
    pub offsets: String,
    /// False where the text ends in mid-sentence or at a paywall.
    pub complete: bool,
    /// Paragraphs, captions, debris and so on, in order.
    pub blocks: Vec<Block>,
    /// Links in the text.
    pub links: Vec<Link>,
    /// Who said what.
    pub attributions: Vec<Attribution>,
    /// From this page to the deepest source, one for every statement that has a source.
    pub chains: Vec<Vec<Hop>>,
    /// People named.
    pub people: Vec<Person>,
    /// Sources without a name.
    pub unnamed: Vec<Unnamed>,
    /// Outlets named.
    pub outlets: Vec<Outlet>,
    /// Expressions of time.
    pub timexes: Vec<Timex>,
    /// What could not be done.
    pub notes: Vec<Note>,
}

/// A date of publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// RFC 3339 date or date and time.
    pub value: String,
    /// `year`, `month`, `day`, `minute` or `second`.
    pub precision: String,
    /// `json-ld`, `meta`, `time element`, `url`, `text` or `given`.
    pub from: String,
}

/// A paragraph-sized piece.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// `title`, `subhead`, `paragraph`, `quotation`, `list_item`, `caption`, `alt_text`, `credit` or `debris`.
    pub kind: String,
    /// Where it stands.
    pub span: Piece,
}

/// A link in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The words that carry it.
    pub span: Piece,
    /// Its target.
    pub url: String,
}

/// One statement and to whom it is attributed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// `a1`, `a2` and so on.
    pub id: String,
    /// `direct`, `mixed` or `indirect`.
    pub kind: String,
    /// The words that name the source.
    pub source: Vec<Piece>,
    /// The words that attribute.
    pub cue: Vec<Piece>,
    /// What is attributed.
    pub content: Vec<Piece>,
    /// To whom it was said.
    pub addressee: Vec<Piece>,
    /// Who the source is.
    pub speaker: Speaker,
    /// The id of the attribution whose content holds this one.
    pub within: Option<String>,
    /// Other hands that it passed through.
    pub via: Vec<Via>,
    /// `statement` or `attitude`.
    pub act: String,
    /// `asserted`, `denied`, `not_said` or `hypothetical`.
    pub stance: String,
    /// From 0 to 1.
    pub confidence: f64,
}

/// Who a source is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    /// `person`, `organisation`, `outlet`, `document`, `unnamed`, `generic` or `unknown`.
    pub kind: String,
    /// The id of the person, unnamed source or outlet.
    pub id: Option<String>,
    /// The fullest name or description.
    pub name: Option<String>,
    /// Each name, where the source is several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// The id of each of them, in the same order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<String>,
    /// The id of the outlet that a document is of, where the text shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// The words that show who it is.
    pub evidence: Option<Piece>,
    /// Who it may be, where unknown.
    pub candidates: Vec<Candidate>,
}

/// Someone who may be the speaker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The person's id.
    pub id: String,
    /// From 0 to 1.
    pub score: f64,
}

/// A hand that a statement passed through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Via {
    /// `told_to`, `citing`, `as_reported_by` or `document`.
    pub kind: String,
    /// The words that name it.
    pub span: Piece,
    /// Those words.
    pub name: String,
}

/// One link of a chain: the page itself, or the words that name a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Hop {
    /// `"page"`.
    Page(Page),
    /// The words that name the next source.
    Source(Piece),
}

/// The word `"page"`, which opens every chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Page {
    /// This page.
    #[serde(rename = "page")]
    Page,
}

/// A person named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// `p1`, `p2` and so on.
    pub id: String,
    /// The fullest name.
    pub name: String,
    /// The same for the same person in all records of a run; null where the text gives no full name.
    pub key: Option<String>,
    /// The age that the text gives.
    pub age: Option<u32>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Every mention.
    pub mentions: Vec<Piece>,
}

/// A source without a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unnamed {
    /// `u1`, `u2` and so on.
    pub id: String,
    /// The fullest description.
    pub text: String,
    /// The least number of people it can be.
    pub min: u32,
    /// The greatest, where the text bounds it.
    pub max: Option<u32>,
    /// What they are.
    pub role: Option<String>,
    /// Whom they belong to.
    pub affiliation: Option<String>,
    /// The stated reason for anonymity.
    pub condition: Option<String>,
    /// Every mention.
    pub mentions: Vec<Piece>,
}

/// An outlet named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlet {
    /// `o1`, `o2` and so on.
    pub id: String,
    /// Its full name.
    pub name: String,
    /// `newspaper`, `agency`, `broadcaster`, `magazine`, `site` or `programme`; null where no list has it.
    pub kind: Option<String>,
    /// Every mention.
    pub mentions: Vec<Piece>,
}

/// An expression of time (TIMEX3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timex {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    #[serde(rename = "type")]
    pub kind: String,
    /// TIMEX3 value.
    pub value: String,
    /// TIMEX3 modifier.
    #[serde(rename = "mod")]
    pub modifier: Option<String>,
    /// First and last moment.
    pub interval: Option<Interval>,
    /// The event that it is counted from.
    pub anchor: Option<serde_json::Value>,
}

/// First and last moment, RFC 3339.
pub type Interval = [String; 2];

/// Something that could not be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What kind of thing.
    pub kind: String,
    /// Where, if anywhere.
    pub span: Option<Piece>,
    /// A sentence for people.
    pub text: String,
}

impl Record {
    /// The record as one line of JSON, without the line feed.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a record has only string keys and finite numbers")
    }
}
