//! What must hold of any input: the checks that fuzzing runs too, on inputs made to look like pages and stories.

mod invariants;

use std::{fs, sync::LazyLock, thread};

use proptest::{prelude::*, sample::Index};
use sayso::page::{self, Hints};

use invariants::{check_article, check_reading};

/// The pages of the constructed story.
static STORY: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/stories/lower-marsk");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the story is there").flatten().map(|file| file.path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).expect("a page of the story")).collect()
});

/// Pieces that news texts are made of, with everything that comes in pairs and everything that is often broken.
const PIECES: [&str; 40] = [
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "„",
    "«",
    "»",
    "(",
    ")",
    " said",
    " told",
    " the minister",
    " Ann Lee",
    " Lee",
    " he",
    ", ",
    ". ",
    ".",
    "…",
    " — ",
    ": ",
    "\n",
    "\n\n",
    "\u{2028}",
    "\u{ad}",
    "\0",
    "\u{202e}",
    "é",
    "東京",
    "👩‍👩‍👧",
    " that",
    " according to",
    " three officials",
    " The Herald reported",
    "Credit: Herald",
    " no",
    " word",
    "Mr. ",
    "U.S. ",
];

/// Tags, whole and broken.
const TAGS: [&str; 32] = [
    "<p>",
    "</p>",
    "<div class=related>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<table><td>",
    "</table>",
    "<a href='x'>",
    "</a>",
    "<figure><figcaption>",
    "</figure>",
    "<blockquote>",
    "<li>",
    "<h1>",
    "<h2>",
    "<script>",
    "</script>",
    "<style>",
    "<!--",
    "-->",
    "<title>",
    "<meta name=author content=",
    "<svg>",
    "<math>",
    "<template>",
    "<select>",
    "<time datetime=2031-03-04>",
    "&amp;",
    "&#0;",
    "<",
];

fn story_like() -> impl Strategy<Value = String> {
    let piece =
        prop_oneof![8 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

fn page_like() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => prop::sample::select(&TAGS[..]).prop_map(|tag| tag.as_bytes().to_vec()),
        4 => prop::sample::select(&PIECES[..]).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ];
    prop::collection::vec(piece, 0..150).prop_map(|pieces| [b"<html>".to_vec(), pieces.concat()].concat())
}

/// A page of the story with some bytes replaced, and some parts repeated or cut.
fn mangled_page() -> impl Strategy<Value = Vec<u8>> {
    let edit = (any::<Index>(), any::<Index>(), any::<u8>(), 0..3u8);
    (0..STORY.len(), prop::collection::vec(edit, 0..12)).prop_map(|(page, edits)| {
        let mut bytes = STORY[page].clone();
        for (at, other, byte, kind) in edits {
            let (at, other) = (at.index(bytes.len().max(1)), other.index(bytes.len().max(1)));
            match kind {
                0 if at < bytes.len() => bytes[at] = byte,
                1 => bytes.truncate(at.max(1)),
                _ => {
                    let part = bytes[at.min(other)..at.max(other)].to_vec();
                    bytes.splice(at..at, part);
                }
            }
            bytes.truncate(60_000);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_give_an_article(bytes in prop_oneof![
        prop::collection::vec(any::<u8>(), 0..400),
        page_like(),
        mangled_page(),
    ]) {
        check_article(&page::read(&bytes, &Hints::default()));
    }

    #[test]
    fn any_text_gives_a_reading(text in story_like()) {
        let article = page::plain(&text, &Hints::default());
        prop_assert_eq!(&article.text, &text);
        check_reading(&sayso::read(&article));
    }

    #[test]
    fn any_page_gives_a_reading(bytes in prop_oneof![page_like(), mangled_page()]) {
        check_reading(&sayso::read(&page::read(&bytes, &Hints::default())));
    }
}

#[test]
fn threads_and_order_change_nothing() {
    let read = |page: &Vec<u8>| sayso::read(&page::read(page, &Hints::default()));
    let alone: Vec<_> = STORY.iter().map(read).collect();
    assert!(alone.iter().any(|reading| !reading.attributions.is_empty()), "the story has statements");
    thread::scope(|scope| {
        let backwards = || STORY.iter().rev().map(read).collect::<Vec<_>>();
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(backwards)).collect();
        for thread in threads {
            let mut readings = thread.join().expect("reading does not panic");
            readings.reverse();
            assert_eq!(readings, alone);
        }
    });
}
