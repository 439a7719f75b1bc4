//! The JSON record of sayso and its schema: one object a page, the same wherever it is printed, stored or returned.
//!
//! [`Record::new`] turns a [`Reading`](sayso::Reading) into the wire form. Inside the engine a span is bytes;
//! in the record it is Unicode code points into `text`, `[start, end)`, and the record says so (`offsets`)
//! and carries the SHA-256 of the text that they count in. An absent role is an empty list.
//! [`SCHEMA`] is the JSON Schema that every record satisfies.
//!
//! ```
//! let article = sayso::page::plain("“We won,” the mayor said.", &Default::default());
//! let record = sayso_record::Record::new("mayor.txt", &sayso::read(&article));
//! assert_eq!(record.offsets, "codepoint");
//! println!("{}", record.to_json());
//! ```
//!
//! Of several pages, [`Pages`] turns a [`Story`](sayso::story::Story) into rows: where each page's text comes from, and
//! how many independent sources the story has. [`CHAIN_SCHEMA`] is their schema. [`UtteranceRow`] has the wordings of one
//! utterance, [`DiffRow`] what differs between two pages; [`WORDING_SCHEMA`] is theirs.

mod chain;
mod codepoint;
mod convert;
mod lineage;
mod name;
mod plain;
mod record;
mod rows;
mod wording;

pub use chain::{Hand, HandKind, hands};
pub use codepoint::CodePoints;
pub use convert::sha256;
pub use lineage::{CiteRow, EvidenceRow, PageRow, ParentRow, ReasonRow, StoryRow};
pub use plain::{evidence_text, independent_text, reason_text, reasons_text, sign_text};
pub use record::{
    Attribution, Block, Candidate, Hop, Interval, Link, Note, Outlet, Page, Person, Piece, Published, Record,
    Speaker, Timex, Unnamed, Via,
};
pub use rows::{Pages, cite_name};
pub use wording::{
    AttributionDiff, DiffRow, EditRow, PlaceRow, QuotationDiff, UnmarkedRow, UtteranceRow, WordingRow,
    edit_name, edit_rows, marks_name, shown_name,
};

/// The version of the record's form; `schema` in every record.
pub const SCHEMA_VERSION: u32 = 1;

/// The JSON Schema (draft 2020-12) of one record.
pub const SCHEMA: &str = include_str!("../schema/record.v1.json");

/// The JSON Schema (draft 2020-12) of one row of a chain.
pub const CHAIN_SCHEMA: &str = include_str!("../schema/chain.v1.json");

/// The JSON Schema (draft 2020-12) of one row of wordings: an utterance, or what differs between two pages.
pub const WORDING_SCHEMA: &str = include_str!("../schema/wording.v1.json");
