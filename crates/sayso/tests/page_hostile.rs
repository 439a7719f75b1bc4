//! Pages made to break a reader: each is read, nothing panics, and what was cut is said.

use sayso::page::{Hints, read};
use sayso::{Article, NoteKind};

const STORY: &str =
    "<p>The harbour quay will close in May, the council said, after cracks were found in its wall.</p>\n";

fn page(body: &str) -> Article {
    read(format!("<!doctype html><body>{body}").as_bytes(), &Hints::default())
}

fn check(body: &str, cut: bool) {
    let article = page(body);
    let noted = article.notes.iter().any(|note| note.kind == NoteKind::Cut);
    assert_eq!(noted, cut, "{}", &body[..60]);
    assert!(article.text.contains("harbour quay"), "{}", &body[..60]);
}

#[test]
fn deep() {
    let story = STORY.repeat(5);
    for tag in
        ["<div>", "<b>", "<span>", "<table><tr><td>", "<ul><li>", "<svg><g>", "<template>", "<blockquote>"]
    {
        check(&format!("<article>{story}</article>{}x", tag.repeat(5_000)), true);
    }
    check(&format!("{}{story}", "<div>".repeat(5_000)), true);
}

#[test]
fn unclosed_and_misnested() {
    let story = STORY.repeat(5);
    for piece in ["<p><b><i><u>", "<b><p>x</b>", "<a href=/x><p>x</a>", "<p><font color=a>"] {
        let article = page(&format!("{}{story}", piece.repeat(3_000)));
        assert!(article.text.contains("harbour quay"), "{piece}");
    }
}

#[test]
fn wide() {
    check(&format!("<article>{}</article>", STORY.repeat(2_000)), false);
    check(&format!("<table>{}</table>{}", "<tr><td>x".repeat(3_000), STORY.repeat(5)), false);
}

#[test]
fn many_attributes() {
    let attributes: String = (0..60_000).map(|i| format!(" a{i}")).collect();
    check(&format!("<div{attributes}>{}</div>", STORY.repeat(5)), true);
}

#[test]
fn linked_data() {
    let story = STORY.repeat(5);
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    check(&format!("<script type=application/ld+json>{deep}</script>{story}"), false);
    let odd = r#"{"@type":"NewsArticle","headline":["a",1,null],"author":[[{"name":5}],null,"x"],"datePublished":123"#;
    let article = page(&format!("<script type=application/ld+json>{odd}</script>{story}"));
    assert!(article.notes.iter().any(|note| note.kind == NoteKind::Metadata));
}

#[test]
fn no_pages() {
    for bytes in [&b""[..], b"<!doctype html>", b"<frameset><frame src=a></frameset>"] {
        let article = read(bytes, &Hints::default());
        assert!(article.blocks.is_empty());
        assert!(article.notes.iter().any(|note| note.kind == NoteKind::NoArticle));
    }
    read(&[0; 5_000], &Hints::default());
    let broken = read(
        &[0xff; 5_000],
        &Hints { content_type: Some("text/html; charset=utf-8".into()), ..Hints::default() },
    );
    assert!(broken.notes.iter().any(|note| note.kind == NoteKind::Charset));
}
