//! Every row of wordings satisfies the schema that ships with it, and the schema refuses what is no row.

use sayso::story::{EditKind, Marks, Shown, edits};
use sayso_record::{
    AttributionDiff, DiffRow, PlaceRow, QuotationDiff, SCHEMA_VERSION, UnmarkedRow, UtteranceRow,
    WORDING_SCHEMA, WordingRow, edit_name, edit_rows, marks_name, shown_name,
};
use serde_json::{Value, json};

const SAID: &str = "I will not sign it";
const TOLD: &str = "he would never sign it";

fn rows() -> [Value; 2] {
    let changes = || edit_rows(SAID, TOLD, &edits(SAID, TOLD));
    let place = || PlaceRow { id: "wire".into(), span: [4, 22] };
    let wording = WordingRow {
        text: SAID.into(),
        pages: vec![place()],
        earliest: true,
        differs: false,
        edits: changes(),
    };
    let unmarked = UnmarkedRow {
        id: "copy".into(),
        span: [1, 23],
        text: TOLD.into(),
        quotation: vec![place()],
        kind: marks_name(Marks::DirectMadeIndirect).into(),
        shown_by: Some(shown_name(Shown::Derivation).into()),
        edits: changes(),
    };
    let utterance = UtteranceRow {
        schema: SCHEMA_VERSION,
        story: "wire".into(),
        utterance: SAID.into(),
        speaker: None,
        wordings: vec![wording],
        unmarked: vec![unmarked],
    };
    let quotation = QuotationDiff {
        a: Some([4, 22]),
        b: None,
        old: Some(SAID.into()),
        new: None,
        marks: Some(marks_name(Marks::Differ).into()),
        edits: changes(),
    };
    let told = AttributionDiff {
        a: "a1".into(),
        b: "a2".into(),
        from: "Talven".into(),
        to: "Vorlik".into(),
        content: SAID.into(),
    };
    let diff = DiffRow {
        schema: SCHEMA_VERSION,
        pages: ["wire".into(), "copy".into()],
        quotations: vec![quotation],
        attributions: vec![told],
        edits: changes(),
    };
    [utterance.to_json(), diff.to_json()].map(|row| serde_json::from_str(&row).unwrap())
}

fn is_row(value: &Value) -> bool {
    let schema: Value = serde_json::from_str(WORDING_SCHEMA).unwrap();
    jsonschema::draft202012::new(&schema).unwrap().is_valid(value)
}

#[test]
fn schema_is_a_schema() {
    jsonschema::meta::validate(&serde_json::from_str(WORDING_SCHEMA).unwrap()).unwrap();
}

#[test]
fn rows_satisfy_the_schema() {
    for row in rows() {
        assert!(is_row(&row), "{row:#}");
    }
}

#[test]
fn the_schema_knows_every_kind() {
    let schema: Value = serde_json::from_str(WORDING_SCHEMA).unwrap();
    let names = |kinds: &str| schema["$defs"][kinds]["enum"].as_array().unwrap().clone();
    use EditKind::*;
    let kinds = [
        PunctuationOrCase,
        Spelling,
        Masked,
        Ellipsis,
        Restored,
        Bracket,
        Negation,
        Number,
        Truncation,
        Extension,
        Splice,
        Omission,
        Insertion,
        Substitution,
    ];
    assert_eq!(names("kind").len(), kinds.len());
    assert!(kinds.iter().all(|&kind| names("kind").contains(&json!(edit_name(kind)))));
    use Marks::*;
    let marks = [Added, Dropped, Differ, IndirectMadeDirect, DirectMadeIndirect, DirectAndIndirect];
    assert_eq!(names("marks").len(), marks.len());
    assert!(marks.iter().all(|&kind| names("marks").contains(&json!(marks_name(kind)))));
}

#[test]
fn the_schema_refuses_what_is_no_row() {
    let refuses = |row: usize, path: &str, value: Value| {
        let mut row = rows()[row].clone();
        *row.pointer_mut(path).unwrap() = value;
        assert!(!is_row(&row), "{path} was accepted");
    };
    refuses(0, "/schema", json!(2));
    refuses(0, "/wordings", json!([]));
    refuses(0, "/wordings/0/edits/0/kind", json!("smell"));
    refuses(0, "/unmarked/0/kind", json!("lie"));
    refuses(0, "/unmarked/0/shown_by", json!("guess"));
    refuses(0, "/unmarked/0/quotation/0/span", json!([3]));
    refuses(1, "/pages", json!(["wire"]));
    refuses(1, "/quotations/0/marks", json!("lie"));
    for row in rows() {
        for key in row.as_object().unwrap().keys() {
            let mut less = row.clone();
            less.as_object_mut().unwrap().remove(key);
            assert!(!is_row(&less), "a row without {key:?} was accepted");
        }
    }
}

#[test]
fn rows_read_back() {
    let [utterance, diff] = rows();
    let read: UtteranceRow = serde_json::from_value(utterance.clone()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), utterance);
    let read: DiffRow = serde_json::from_value(diff.clone()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), diff);
}
