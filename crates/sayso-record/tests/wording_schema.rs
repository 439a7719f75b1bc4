//! Every row of wordings satisfies the schema that ships with it, and the schema refuses what is no row.

use sayso::story::{EditKind, edits};
use sayso_record::{
    AttributionDiff, DiffRow, PlaceRow, QuotationDiff, SCHEMA_VERSION, UnmarkedRow, UtteranceRow,
    WORDING_SCHEMA, WordingRow, edit_name, edit_rows,
};
use serde_json::{Value, json};

/// Multi-byte marks stand before what differs.
const OLD: &str = "“Ça ira,” I was ready to lose my post";
const NEW: &str = "“Ça ira,” I was prepared to lose my post";

fn utterance() -> UtteranceRow {
    let wording = |text: &str, differs: bool| WordingRow {
        text: text.to_owned(),
        pages: vec![PlaceRow { id: "wire".into(), span: [3, 40] }],
        earliest: !differs,
        differs,
        edits: edit_rows(OLD, text, &edits(OLD, text)),
    };
    UtteranceRow {
        schema: SCHEMA_VERSION,
        story: "wire".into(),
        utterance: OLD.into(),
        speaker: Some("Marta Quill".into()),
        wordings: vec![wording(OLD, false), wording(NEW, true)],
        unmarked: vec![UnmarkedRow { id: "copy".into(), span: [0, 9], kind: "marks_added".into() }],
    }
}

fn diff() -> DiffRow {
    let alone = |is_first: bool| QuotationDiff {
        a: is_first.then_some([0, 4]),
        b: (!is_first).then_some([0, 4]),
        old: is_first.then(|| "Yes".into()),
        new: (!is_first).then(|| "No".into()),
        edits: Vec::new(),
    };
    let told = AttributionDiff {
        a: "a1".into(),
        b: "a2".into(),
        from: "Quill".into(),
        to: "Riehl".into(),
        content: OLD.into(),
    };
    DiffRow {
        schema: SCHEMA_VERSION,
        pages: ["wire".into(), "copy".into()],
        quotations: vec![alone(true), alone(false)],
        attributions: vec![told],
        edits: edit_rows(OLD, NEW, &edits(OLD, NEW)),
    }
}

fn rows() -> [Value; 2] {
    [utterance().to_json(), diff().to_json()].map(|row| serde_json::from_str(&row).unwrap())
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
fn every_kind_of_edit_is_in_the_schema() {
    use EditKind::*;
    for kind in [
        PunctuationOrCase,
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
    ] {
        let mut row = rows()[1].clone();
        row["edits"][0]["kind"] = edit_name(kind).into();
        assert!(is_row(&row), "{row:#}");
    }
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
    refuses(0, "/wordings/1/edits/0/kind", json!("lie"));
    refuses(0, "/wordings/0/pages/0/span", json!([3]));
    refuses(0, "/unmarked/0/kind", json!("stolen"));
    refuses(1, "/pages", json!(["wire"]));
    refuses(1, "/edits/0/from", json!([-1, 2]));
    refuses(1, "/quotations/0/a", json!("there"));
    for row in rows() {
        for key in row.as_object().unwrap().keys() {
            let mut less = row.clone();
            less.as_object_mut().unwrap().remove(key);
            assert!(!is_row(&less), "a row without {key:?} was accepted");
        }
    }
}

#[test]
fn offsets_of_an_edit_count_code_points_of_its_wordings() {
    let edit = &rows()[0]["wordings"][1]["edits"][0];
    let words = |text: &str, span: &Value| {
        let at = |n: usize| span[n].as_u64().unwrap() as usize;
        text.chars().skip(at(0)).take(at(1) - at(0)).collect::<String>()
    };
    assert_eq!((words(OLD, &edit["from"]), words(NEW, &edit["to"])), ("ready".into(), "prepared".into()));
    assert_eq!((&edit["old"], &edit["new"]), (&"ready".into(), &"prepared".into()));
}

#[test]
fn rows_read_back() {
    let [utterance_row, diff_row] = rows();
    assert_eq!(serde_json::from_value::<UtteranceRow>(utterance_row).unwrap(), utterance());
    assert_eq!(serde_json::from_value::<DiffRow>(diff_row).unwrap(), diff());
}
