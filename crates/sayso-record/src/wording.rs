//! The wire form of utterances and of differences. Offsets on a page are code points into the text of its record; those of an
//! edit are code points into the two wordings.

use sayso::story::{Edit, EditKind, Marks, Shown};
use serde::{Deserialize, Serialize};

use crate::{CodePoints, Piece};

/// One utterance and its wordings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UtteranceRow {
    /// Version of this form: [`SCHEMA_VERSION`](crate::SCHEMA_VERSION).
    pub schema: u32,
    /// The story: the id of one of its pages.
    pub story: String,
    /// The wording that the others are held against.
    pub utterance: String,
    /// Who is quoted, as a page names them.
    pub speaker: Option<String>,
    /// Each wording, that one first.
    pub wordings: Vec<WordingRow>,
    /// Pages that have these words without quotation marks alone.
    pub unmarked: Vec<UnmarkedRow>,
}

/// One wording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordingRow {
    /// What stands between the marks.
    pub text: String,
    /// Where it stands: a quotation with “he said” inside in several pieces.
    pub pages: Vec<PlaceRow>,
    /// Whether one of these pages is the earliest with a date.
    pub earliest: bool,
    /// Whether its words differ from the utterance's.
    pub differs: bool,
    /// What differs, in order.
    pub edits: Vec<EditRow>,
}

/// A place on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceRow {
    /// The page's id.
    pub id: String,
    /// Where on it.
    pub span: Piece,
}

/// A change between two wordings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditRow {
    /// `punctuation_or_case`, `spelling`, `masked`, `ellipsis`, `restored`, `bracket`, `negation`, `number`, `truncation`,
    /// `extension`, `splice`, `omission`, `insertion` or `substitution`.
    pub kind: String,
    /// In the first wording.
    pub from: Piece,
    /// In the second.
    pub to: Piece,
    /// The words there.
    pub old: String,
    /// The words here.
    pub new: String,
}

/// Words of a quotation that a page has without quotation marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnmarkedRow {
    /// The page’s id.
    pub id: String,
    /// Where they stand.
    pub span: Piece,
    /// The words there.
    pub text: String,
    /// The pieces of the quotation that they are held against.
    pub quotation: Vec<PlaceRow>,
    /// `marks_added`, `marks_dropped` or `marks_differ` of prose; `indirect_made_direct`, `direct_made_indirect` or
    /// `direct_and_indirect` of indirect speech. The third of each where it does not show which changed.
    pub kind: String,
    /// What shows it: `derivation` of one page from the other, or `dates`, where this page is earlier than all with marks.
    pub shown_by: Option<String>,
    /// What differs in the words, from the quotation to these.
    pub edits: Vec<EditRow>,
}

/// What differs between two pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiffRow {
    /// Version of this form: [`SCHEMA_VERSION`](crate::SCHEMA_VERSION).
    pub schema: u32,
    /// The ids of the two pages.
    pub pages: [String; 2],
    /// Quotations that both have, in the same words or others, and those that one alone has.
    pub quotations: Vec<QuotationDiff>,
    /// Statements that both have and tell otherwise.
    pub attributions: Vec<AttributionDiff>,
    /// What differs in the whole text.
    pub edits: Vec<EditRow>,
}

/// A quotation on two pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotationDiff {
    /// Where it stands on the first page, from its first word to its last.
    pub a: Option<Piece>,
    /// Where it stands on the second.
    pub b: Option<Piece>,
    /// Its words there.
    pub old: Option<String>,
    /// Its words here.
    pub new: Option<String>,
    /// Where one of the two has the words without quotation marks: the kind, as in [`UnmarkedRow`].
    pub marks: Option<String>,
    /// What differs.
    pub edits: Vec<EditRow>,
}

/// A statement that two pages tell otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributionDiff {
    /// Its id in the record of the first page.
    pub a: String,
    /// Its id in the record of the second.
    pub b: String,
    /// Who says it there.
    pub from: String,
    /// Who says it here.
    pub to: String,
    /// What is said, as the first page has it.
    pub content: String,
}

impl UtteranceRow {
    /// The row as one line of JSON, without the line feed.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a row has only string keys and numbers")
    }
}

impl DiffRow {
    /// The row as one line of JSON, without the line feed.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a row has only string keys and numbers")
    }
}

/// The wire form of changes between two wordings.
pub fn edit_rows(from: &str, to: &str, edits: &[Edit]) -> Vec<EditRow> {
    let points = [CodePoints::new(from), CodePoints::new(to)];
    let row = |edit: &Edit| EditRow {
        kind: edit_name(edit.kind).to_owned(),
        from: points[0].span(edit.from),
        to: points[1].span(edit.to),
        old: from[edit.from.range()].to_owned(),
        new: to[edit.to.range()].to_owned(),
    };
    edits.iter().map(row).collect()
}

/// What rows call a kind of change.
pub fn edit_name(kind: EditKind) -> &'static str {
    match kind {
        EditKind::PunctuationOrCase => "punctuation_or_case",
        EditKind::Spelling => "spelling",
        EditKind::Masked => "masked",
        EditKind::Ellipsis => "ellipsis",
        EditKind::Restored => "restored",
        EditKind::Bracket => "bracket",
        EditKind::Negation => "negation",
        EditKind::Number => "number",
        EditKind::Truncation => "truncation",
        EditKind::Extension => "extension",
        EditKind::Splice => "splice",
        EditKind::Omission => "omission",
        EditKind::Insertion => "insertion",
        EditKind::Substitution => "substitution",
    }
}

/// What rows call a change of quotation marks.
pub fn marks_name(marks: Marks) -> &'static str {
    match marks {
        Marks::Added => "marks_added",
        Marks::Dropped => "marks_dropped",
        Marks::Differ => "marks_differ",
        Marks::IndirectMadeDirect => "indirect_made_direct",
        Marks::DirectMadeIndirect => "direct_made_indirect",
        Marks::DirectAndIndirect => "direct_and_indirect",
    }
}

/// What rows call that which shows the way of a change.
pub fn shown_name(shown: Shown) -> &'static str {
    match shown {
        Shown::Derivation => "derivation",
        Shown::Dates => "dates",
    }
}
