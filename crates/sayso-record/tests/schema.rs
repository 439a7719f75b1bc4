//! Every record satisfies the schema that ships with it, and the schema refuses what is not a record.

use sayso::page::Hints;
use sayso::*;
use sayso_record::{Hop, Record, SCHEMA};
use serde_json::{Value, json};

/// “Ça ira” puts a two-byte character and three-byte marks before everything else.
const TEXT: &str = "“Ça ira,” the mayor, Ana Ruiz, told the Courier.\n\nThe Courier, citing two aides, said she had not resigned.";

fn span(words: &str) -> Span {
    let start = TEXT.find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
    Span::new(start, start + words.len())
}

fn statement(source: &str, cue: &str, content: &str) -> Attribution {
    Attribution {
        source: vec![span(source)],
        cue: vec![span(cue)],
        content: vec![span(content)],
        addressee: Vec::new(),
        kind: Kind::Direct,
        act: Act::Statement,
        stance: Stance::Asserted,
        speaker: Speaker::Unknown(Vec::new()),
        via: Vec::new(),
        within: None,
        confidence: Probability::from_thousandths(900),
    }
}

/// A reading with every kind of finding in it.
fn reading() -> Reading {
    let mut article = page::plain(TEXT, &Hints::default());
    article.published =
        Some(Published { value: "2031-03-04".into(), precision: Precision::Day, from: DateSource::Meta });
    article.links.push(Link { span: span("Courier"), url: "https://courier.example/".into() });
    let told = Attribution {
        speaker: Speaker::Person(PersonId(0)),
        via: vec![Via { kind: ViaKind::ToldTo, span: span("the Courier") }],
        ..statement("the mayor, Ana Ruiz,", "told", "“Ça ira,”")
    };
    let reported = Attribution {
        kind: Kind::Indirect,
        speaker: Speaker::Outlet(OutletId(0)),
        via: vec![Via { kind: ViaKind::Citing, span: span("two aides") }],
        ..statement("The Courier", "said", "she had not resigned")
    };
    let resigned = Attribution {
        kind: Kind::Indirect,
        act: Act::Attitude,
        stance: Stance::NotSaid,
        speaker: Speaker::Unknown(vec![(PersonId(0), Probability::from_thousandths(700))]),
        within: Some(AttributionId(1)),
        ..statement("she", "had not", "resigned")
    };
    Reading {
        notes: vec![Note { kind: NoteKind::Charset, span: None, text: "Read as UTF-8.".into() }],
        article,
        attributions: vec![told, reported, resigned],
        people: vec![Person {
            name: "Ana Ruiz".into(),
            key: None,
            age: None,
            aliases: vec![],
            mentions: vec![span("Ana Ruiz")],
        }],
        unnamed: vec![Unnamed {
            text: "two aides".into(),
            min: 2,
            max: Some(2),
            role: Some("aide".into()),
            affiliation: None,
            condition: None,
            mentions: vec![span("two aides")],
        }],
        outlets: vec![Outlet {
            kind: None,
            name: "The Courier".into(),
            mentions: vec![span("the Courier"), span("The Courier")],
        }],
        ..Reading::default()
    }
}

/// What the schema holds against a value.
fn faults(value: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn wire() -> Value {
    serde_json::from_str(&Record::new("mayor.txt", &reading()).to_json()).unwrap()
}

#[test]
fn schema_is_a_schema() {
    jsonschema::meta::validate(&serde_json::from_str(SCHEMA).unwrap()).unwrap();
}

#[test]
fn records_satisfy_the_schema() {
    assert_eq!(faults(&wire()), [""; 0]);
    let empty = Record::new("", &Reading::default()).to_json();
    assert_eq!(faults(&serde_json::from_str(&empty).unwrap()), [""; 0]);
}

#[test]
fn the_schema_refuses_what_is_no_record() {
    let refuses = |path: &str, value: Value| {
        let mut record = wire();
        *record.pointer_mut(path).unwrap() = value;
        assert_ne!(faults(&record), [""; 0], "{path} was accepted");
    };
    refuses("/schema", json!(2));
    refuses("/offsets", json!("byte"));
    refuses("/text_sha256", json!("abc"));
    refuses("/attributions/0/source", Value::Null);
    refuses("/attributions/0/stance", json!("said"));
    refuses("/attributions/0/confidence", json!(1.5));
    refuses("/attributions/0/content/0", json!([3]));
    refuses("/chains/0/0", json!("paper"));
    refuses("/published/from", json!("guess"));
    for key in wire().as_object().unwrap().keys() {
        let mut record = wire();
        record.as_object_mut().unwrap().remove(key);
        assert_ne!(faults(&record), [""; 0], "a record without {key:?} was accepted");
    }
}

#[test]
fn offsets_count_code_points() {
    let record = Record::new("mayor.txt", &reading());
    let chars: Vec<char> = record.text.chars().collect();
    let words = |[start, end]: [u32; 2]| chars[start as usize..end as usize].iter().collect::<String>();
    assert_eq!(words(record.attributions[0].content[0]), "“Ça ira,”");
    assert_eq!(words(record.attributions[0].cue[0]), "told");
    assert_eq!(words(record.people[0].mentions[0]), "Ana Ruiz");
    assert_eq!(record.attributions[0].via[0].name, "the Courier");
    assert_eq!(record.text_sha256.len(), 64);
}

#[test]
fn chains_run_from_the_page_to_the_deepest_source() {
    let record = Record::new("mayor.txt", &reading());
    let chars: Vec<char> = record.text.chars().collect();
    let name = |hop: &Hop| match hop {
        Hop::Page(_) => "page".to_owned(),
        Hop::Source([start, end]) => chars[*start as usize..*end as usize].iter().collect(),
    };
    let chains: Vec<Vec<String>> =
        record.chains.iter().map(|chain| chain.iter().map(name).collect()).collect();
    assert_eq!(
        chains,
        [
            vec!["page", "the Courier", "the mayor, Ana Ruiz,"],
            vec!["page", "The Courier", "two aides"],
            vec!["page", "The Courier", "two aides", "she"],
        ]
    );
}

#[test]
fn a_circle_of_within_ends() {
    let mut circle = reading();
    circle.attributions[1].within = Some(AttributionId(2));
    assert!(Record::new("circle", &circle).chains.iter().all(|chain| chain.len() < 1000));
}

#[test]
fn records_read_back() {
    let record = Record::new("mayor.txt", &reading());
    let back: Record = serde_json::from_str(&record.to_json()).unwrap();
    assert_eq!(back, record);
}
