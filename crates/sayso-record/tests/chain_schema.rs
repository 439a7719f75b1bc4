//! Every row of a chain satisfies the schema that ships with it, and the schema refuses what is no row.

use sayso::Article;
use sayso::page::{self, Hints};
use sayso::story::{Digest, Evidence, Independent, Lineage, Parent, Reason, Root, Sign, Story};
use sayso::{Note, NoteKind, Probability, Span};
use sayso_record::{CHAIN_SCHEMA, PageRow, Pages, StoryRow};
use serde_json::{Value, json};

/// Multi-byte marks stand before everything that is pointed at.
const WIRE: &str = "“Ça ira,” the mayor, Ana Ruiz, told Reuters on Monday.";
const COPY: &str = "“Ça ira,” the mayor said, Reuters reported.";

fn pages() -> (Vec<Digest>, Vec<Article>) {
    let read = |text: &str, outlet: &str, published: &str| {
        let hints = Hints {
            outlet: Some(outlet.to_owned()),
            published: Some(published.to_owned()),
            ..Hints::default()
        };
        sayso::read(&page::plain(text, &hints))
    };
    let mut readings = [read(WIRE, "Reuters", "2031-03-04T07:12:00Z"), read(COPY, "The Bell", "2031-03-05")];
    let constructed = Note { kind: NoteKind::Constructed, span: None, text: "A constructed example.".into() };
    readings.iter_mut().for_each(|reading| reading.article.notes.push(constructed.clone()));
    let digests =
        readings.iter().zip(["wire", "copy"]).map(|(reading, id)| Digest::of(id, reading)).collect();
    (digests, readings.into_iter().map(|reading| reading.article).collect())
}

/// A story with every kind of sign, root and reason in it.
fn story() -> Story {
    let place = COPY.find("Reuters reported").unwrap();
    let credit = Span::new(place, place + "Reuters reported".len());
    let signs = [
        Sign::Credit("Reuters".into()),
        Sign::MayCredit("Reuters".into()),
        Sign::Link,
        Sign::SharedText { words: 4, of: 6 },
        Sign::MoreCredits(1),
        Sign::Later(312),
        Sign::DiffersAlone(2),
    ];
    let evidence = signs.map(|sign| Evidence { sign, child: Some(credit), parent: Some(Span::new(0, 4)) });
    let parent = Parent { page: 0, score: Probability::from_thousandths(930), evidence: evidence.to_vec() };
    let copy = Lineage {
        parents: vec![parent.clone()],
        undecided: vec![parent],
        roots: vec![Root::Page(0), Root::Source("Delta Pictures".into())],
    };
    let why = vec![
        Reason::Derived(vec![0, 1]),
        Reason::SameText(vec![0, 1]),
        Reason::SameSource("Delta Pictures".into(), vec![0, 1]),
        Reason::SameSpeaker("Ann Lee".into(), vec![0, 1]),
        Reason::Answer("Ann Lee".into(), vec![1]),
        Reason::SharedText(vec![0, 1]),
        Reason::Unnamed(1, "two aides".into(), 2),
        Reason::Alone(0),
    ];
    Story {
        pages: vec![0, 1],
        lineages: vec![Lineage { roots: vec![Root::Page(0)], ..Lineage::default() }, copy],
        independent: Independent { proved: 1, possible: 2, why },
    }
}

fn rows() -> Vec<Value> {
    let (digests, articles) = pages();
    let pages = Pages::new(&digests, &articles);
    let story = story();
    let rows = [
        pages.page_row(&story, 0).to_json(),
        pages.page_row(&story, 1).to_json(),
        pages.story_row(&story).to_json(),
    ];
    rows.iter().map(|row| serde_json::from_str(row).unwrap()).collect()
}

fn is_row(value: &Value) -> bool {
    let schema: Value = serde_json::from_str(CHAIN_SCHEMA).unwrap();
    jsonschema::draft202012::new(&schema).unwrap().is_valid(value)
}

#[test]
fn schema_is_a_schema() {
    jsonschema::meta::validate(&serde_json::from_str(CHAIN_SCHEMA).unwrap()).unwrap();
}

#[test]
fn rows_satisfy_the_schema() {
    for row in rows() {
        assert!(is_row(&row), "{row:#}");
    }
}

#[test]
fn the_schema_refuses_what_is_no_row() {
    let refuses = |row: usize, path: &str, value: Value| {
        let mut row = rows().remove(row);
        *row.pointer_mut(path).unwrap() = value;
        assert!(!is_row(&row), "{path} was accepted");
    };
    refuses(1, "/schema", json!(2));
    refuses(1, "/abstain", json!("no"));
    refuses(1, "/parents/0/score", json!(1.5));
    refuses(1, "/parents/0/evidence/0/sign", json!("smell"));
    refuses(1, "/parents/0/evidence/0/child", json!([3]));
    refuses(2, "/independent", json!([1]));
    refuses(2, "/why/0/kind", json!("guess"));
    refuses(2, "/pages", json!([]));
    refuses(0, "/notes/0/kind", json!("rumour"));
    refuses(2, "/notes/0/span", json!([3]));
    for row in rows() {
        for key in row.as_object().unwrap().keys() {
            let mut less = row.clone();
            less.as_object_mut().unwrap().remove(key);
            assert!(!is_row(&less), "a row without {key:?} was accepted");
        }
    }
}

#[test]
fn offsets_count_code_points() {
    let row = &rows()[1];
    let words = |span: &Value| {
        let at = |n: usize| span[n].as_u64().unwrap() as usize;
        COPY.chars().skip(at(0)).take(at(1) - at(0)).collect::<String>()
    };
    assert_eq!(words(&row["parents"][0]["evidence"][0]["child"]), "Reuters reported");
    assert_eq!(row["parents"][0]["evidence"][0]["parent"], json!([0, 2]));
    assert_eq!(row["parents"][0]["evidence"][0]["text"], "credits Reuters: “Reuters reported”");
    for cite in row["cites"].as_array().unwrap() {
        assert!(words(&cite["span"]).contains("Reuters"), "{cite}");
    }
}

#[test]
fn rows_name_pages_by_id_and_sources_by_name() {
    let rows = rows();
    assert_eq!(rows[1]["roots"], json!(["wire", "Delta Pictures"]));
    assert_eq!(rows[2]["pages"], json!(["wire", "copy"]));
    assert_eq!((&rows[0]["story"], &rows[2]["story"]), (&json!("copy"), &json!("copy")));
    assert_eq!(rows[2]["why"][0]["text"], "copy derives from wire: together one source");
}

#[test]
fn rows_say_that_pages_are_constructed() {
    let note = json!([{"kind": "constructed", "span": null, "text": "A constructed example."}]);
    assert!(rows().iter().all(|row| row["notes"] == note), "once in the row of a story, too");
}

#[test]
fn rows_read_back() {
    let rows = rows();
    let page: PageRow = serde_json::from_value(rows[1].clone()).unwrap();
    let story: StoryRow = serde_json::from_value(rows[2].clone()).unwrap();
    assert_eq!(serde_json::to_value(page).unwrap(), rows[1]);
    assert_eq!(serde_json::to_value(story).unwrap(), rows[2]);
}
