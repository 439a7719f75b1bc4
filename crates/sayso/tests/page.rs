//! The page layer against the constructed pages of `testdata/pages`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use sayso::Article;
use sayso::page::{Hints, plain, read};

fn pages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/pages")
}

/// The article as an expectation writes it: those `@` lines whose keys the expectation has, then the blocks.
fn shown(article: &Article, expect: &str) -> String {
    let mut out = String::new();
    let mut keys: Vec<&str> = expect.lines().filter_map(|l| l.strip_prefix('@')?.split(' ').next()).collect();
    keys.dedup();
    for key in keys {
        let value = match key {
            "title" => article.title.clone().unwrap_or_default(),
            "byline" => article.byline.join("; "),
            "outlet" => article.outlet.clone().unwrap_or_default(),
            "language" => article.language.clone().unwrap_or_default(),
            "complete" => article.complete.to_string(),
            "published" => {
                article.published.as_ref().map_or(String::new(), |p| format!("{} {:?}", p.value, p.from))
            }
            "note" => {
                let notes: Vec<String> = article.notes.iter().map(|n| format!("{:?}", n.kind)).collect();
                notes.join("\n@note ")
            }
            _ => panic!("unknown key @{key}"),
        };
        writeln!(out, "@{key} {value}").expect("writing to a string");
    }
    for block in &article.blocks {
        writeln!(out, "{:?}\t{}", block.kind, &article[block.span]).expect("writing to a string");
    }
    out
}

fn check(page: &Path) {
    let bytes = fs::read(page).expect("a page");
    let expect = fs::read_to_string(page.with_extension("expect")).expect("an expectation beside the page");
    let article = read(&bytes, &Hints::default());
    let found = shown(&article, &expect);
    assert!(found == expect, "{}:\n--- expected\n{expect}\n--- found\n{found}", page.display());
    whole(&article);
    if page.extension().is_some_and(|e| e == "txt") {
        assert_eq!(article.text.as_bytes(), bytes, "{}", page.display());
    }
}

/// What holds of every article: blocks in order, in bounds and on character boundaries, and nothing but white space
/// between them; links and notes in bounds.
fn whole(article: &Article) {
    let mut at = 0;
    for block in &article.blocks {
        assert!(block.span.start() >= at && !block.span.is_empty());
        assert!(article.text[at..block.span.start()].chars().all(char::is_whitespace));
        let text = &article[block.span];
        assert_eq!(text, text.trim());
        at = block.span.end();
    }
    assert!(article.text[at..].chars().all(char::is_whitespace));
    for link in &article.links {
        assert!(!article[link.span].is_empty());
    }
    for note in &article.notes {
        assert!(note.span.is_none_or(|span| span.end() <= article.text.len()));
    }
}

#[test]
fn constructed_pages() {
    let entries = fs::read_dir(pages()).expect("testdata");
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    entries.retain(|page| page.extension().is_some_and(|e| e == "html" || e == "txt"));
    entries.sort();
    entries.iter().for_each(|page| check(page));
    assert!(entries.len() >= 12, "only {} pages found", entries.len());
}

#[test]
fn links_keep_their_words() {
    let page = fs::read(pages().join("furniture.html")).expect("a page");
    let hints = Hints { url: Some("https://courier.example/news/quay".to_owned()), ..Hints::default() };
    let article = read(&page, &hints);
    let link =
        article.links.iter().find(|link| link.url == "https://courier.example/pier").expect("the link");
    assert_eq!(&article[link.span], "north pier");
}

#[test]
fn given_date_comes_first() {
    let page = fs::read(pages().join("furniture.html")).expect("a page");
    let hints = Hints { published: Some("2024-03-01".to_owned()), ..Hints::default() };
    let article = read(&page, &hints);
    assert_eq!(article.published.map(|p| p.value), Some("2024-03-01".to_owned()));
    assert_eq!(article.dates.len(), 2);
}

fn markup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<a href=/x>",
        "</a>",
        "<b>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<li>",
        "<figure><img><figcaption>",
        "</figure>",
        "<h1>",
        "</h1>",
        "<br>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<svg>",
        "<template>",
        "<blockquote>",
        "Credit: X",
        "wordA Word, and é more. ",
        "\u{a0}",
        "\u{200b}",
        "<",
        "&amp;",
    ]);
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_bytes_give_a_whole_article(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        whole(&read(&bytes, &Hints::default()));
    }

    #[test]
    fn any_markup_gives_a_whole_article(html in markup()) {
        let hints = Hints { content_type: Some("text/html".to_owned()), ..Hints::default() };
        let article = read(html.as_bytes(), &hints);
        whole(&article);
        prop_assert_eq!(article, read(html.as_bytes(), &hints));
    }

    #[test]
    fn plain_text_is_kept(text in "(?s).{0,400}", glued in "[A-Za-z ]{0,40}Credit: [A-Za-z0-9 ]{0,20}") {
        let text = format!("{text}\n{glued}");
        let article = plain(&text, &Hints::default());
        prop_assert_eq!(&article.text, &text);
        whole(&article);
    }
}
