//! Every row of wordings satisfies the schema that ships with it, and the schema refuses what is no row.

use sayso::story::{EditKind, Marks, Shown, edits};
use sayso_record::{
    AttributionDiff, DiffRow, EditRow, PlaceRow, QuotationDiff, SCHEMA_VERSION, UnmarkedRow, UtteranceRow,
    WORDING_SCHEMA, WordingRow, edit_name, edit_rows, marks_name, shown_name,
};
use serde_json::{Value, json};

/// Multi-byte marks stand before what differs.
const OLD: &str = "“Ça ira,” I was ready to lose my post";
const NEW: &str = "“Ça ira,” I was prepared to lose my post";
const TOLD: &str = "she was ready to lose her post";

fn changes(to: &str) -> Vec<EditRow> {
    edit_rows(OLD, to, &edits(OLD, to))
}

fn place() -> PlaceRow {
    PlaceRow { id: "wire".into(), span: [3, 40] }
}

fn utterance() -> UtteranceRow {
    let wording = |text: &str, differs: bool| WordingRow {
        text: text.to_owned(),
        pages: vec![place()],
        earliest: !differs,
        differs,
        edits: changes(text),
    };
    let unmarked = |marks: Marks, shown: Option<Shown>| UnmarkedRow {
        id: "copy".into(),
        span: [0, 9],
        text: TOLD.into(),
        quotation: vec![place()],
        kind: marks_name(marks).into(),
        shown_by: shown.map(|shown| shown_name(shown).into()),
        edits: changes(TOLD),
    };
    UtteranceRow {
        schema: SCHEMA_VERSION,
        story: "wire".into(),
        utterance: OLD.into(),
        speaker: Some("Marta Quill".into()),
        wordings: vec![wording(OLD, false), wording(NEW, true)],
        unmarked: vec![
            unmarked(Marks::DirectMadeIndirect, Some(Shown::Derivation)),
            unmarked(Marks::IndirectMadeDirect, Some(Shown::Dates)),
            unmarked(Marks::Differ, None),
        ],
    }
}

fn diff() -> DiffRow {
    let alone = |is_first: bool| QuotationDiff {
        a: is_first.then_some([0, 4]),
        b: (!is_first).then_some([0, 4]),
        old: is_first.then(|| "Yes".into()),
        new: (!is_first).then(|| "No".into()),
        marks: None,
        edits: Vec::new(),
    };
    let both = QuotationDiff {
        a: Some([3, 40]),
        b: Some([0, 9]),
        old: Some(OLD.into()),
        new: Some(TOLD.into()),
        marks: Some(marks_name(Marks::DirectAndIndirect).into()),
        edits: changes(TOLD),
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
        quotations: vec![both, alone(true), alone(false)],
        attributions: vec![told],
        edits: changes(NEW),
    }
}

fn rows() -> [Value; 2] {
    [utterance().to_json(), diff().to_json()].map(|row| serde_json::from_str(&row).unwrap())
}

fn schema() -> Value {
    serde_json::from_str(WORDING_SCHEMA).unwrap()
}

fn is_row(value: &Value) -> bool {
    jsonschema::draft202012::new(&schema()).unwrap().is_valid(value)
}

#[test]
fn schema_is_a_schema() {
    jsonschema::meta::validate(&schema()).unwrap();
}

#[test]
fn rows_satisfy_the_schema() {
    for row in rows() {
        assert!(is_row(&row), "{row:#}");
    }
}

/// The schema has these names for the kinds and no more, and accepts a row with each at the place.
#[track_caller]
fn check_kinds(def: &str, row: &Value, path: &str, names: &[&str]) {
    assert_eq!(schema()["$defs"][def]["enum"].as_array().unwrap().len(), names.len());
    for name in names {
        let mut row = row.clone();
        *row.pointer_mut(path).unwrap() = json!(name);
        assert!(is_row(&row), "{row:#}");
    }
}

#[test]
fn the_schema_knows_every_kind() {
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
    let [utterance, diff] = rows();
    check_kinds("kind", &diff, "/edits/0/kind", &kinds.map(edit_name));
    use Marks::*;
    let marks = [Added, Dropped, Differ, IndirectMadeDirect, DirectMadeIndirect, DirectAndIndirect];
    check_kinds("marks", &utterance, "/unmarked/0/kind", &marks.map(marks_name));
    check_kinds("marks", &diff, "/quotations/0/marks", &marks.map(marks_name));
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
    refuses(0, "/unmarked/0/shown_by", json!("guess"));
    refuses(0, "/unmarked/0/quotation", json!([]));
    refuses(0, "/unmarked/0/quotation/0/span", json!([3]));
    refuses(1, "/pages", json!(["wire"]));
    refuses(1, "/edits/0/from", json!([-1, 2]));
    refuses(1, "/quotations/0/a", json!("there"));
    refuses(1, "/quotations/0/marks", json!("lie"));
}

#[test]
fn the_schema_wants_every_field() {
    let [utterance, diff] = rows();
    let places = [
        (&utterance, ["", "/wordings/0", "/wordings/0/pages/0", "/wordings/1/edits/0", "/unmarked/0"]),
        (&diff, ["", "/quotations/0", "/quotations/1", "/attributions/0", "/edits/0"]),
    ];
    for (row, at) in places.iter().flat_map(|(row, paths)| paths.map(|path| (*row, path))) {
        for key in row.pointer(at).unwrap().as_object().unwrap().keys() {
            let mut less = row.clone();
            less.pointer_mut(at).unwrap().as_object_mut().unwrap().remove(key);
            assert!(!is_row(&less), "a row without {at}/{key} was accepted");
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
