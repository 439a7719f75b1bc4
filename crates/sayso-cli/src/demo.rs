//! `sayso demo`: a constructed story of six pages, read as any others are.

use std::io;

use sayso::page::Hints;
use sayso::{Article, Note, NoteKind, Reading};
use sayso_crawl::{Content, Page};

use crate::Outcome;
use crate::chain::{self, Archive};
use crate::cli::Demo;
use crate::output::Output;
use crate::talk::Talk;

/// What every view of the demo says first.
const CONSTRUCTED: &str = "A constructed example: its people, places and outlets are made up.";

macro_rules! story {
    ($($file:literal at $address:literal)*) => {
        [$(($file, $address, include_str!(concat!("../../../testdata/stories/lower-marsk/", $file)))),*]
    };
}

/// The pages: name, address, content.
const STORY: [(&str, &str, &str); 6] = story! {
    "wire.html" at "https://sarnwire.example/politics/talven-order"
    "paper.html" at "https://calvencourier.example/national/talven-profile"
    "tabloid.html" at "https://dailylantern.example/news/he-said-no"
    "rewrite.txt" at "https://newsbarrow.example/top-aide-told-premier"
    "confirmation.html" at "https://northernpost.example/log-of-the-flood-room"
    "unrelated.html" at "https://harbourweekly.example/2031/03/05/ferry-bell"
};

/// Reads the story and writes the views of its pages, then of their chain.
pub(crate) fn run(args: &Demo, talk: Talk) -> io::Result<Outcome> {
    let readings: Vec<(String, Reading)> = STORY.map(read).into();
    let digested = |(id, reading): &(String, Reading)| chain::digested(id, reading.clone());
    let archive = Archive::of(readings.iter().map(digested).collect());
    let graphs = chain::Views { json: args.form.json, html: args.form.html.as_deref(), graphs: &args.graphs };
    if args.chain || args.graphs.are_wanted() {
        graphs.write(&archive, graphs.open()?)?;
        return Ok(Outcome::Whole);
    }
    let mut output = Output::new(&args.form, talk)?;
    for (number, (id, reading)) in readings.into_iter().enumerate() {
        let view = output.views().reading(number, &id, reading);
        output.write(Ok(view))?;
    }
    output.finish_with(Some(&archive))
}

fn read((file, address, content): (&str, &str, &str)) -> (String, Reading) {
    (format!("demo/{file}"), sayso::read(&article(file, address, content)))
}

/// One page as an article that says of itself that it is constructed.
fn article(file: &str, address: &str, content: &str) -> Article {
    let (content, outlet) = match file {
        "rewrite.txt" => (Content::Text(content.to_owned()), Some("Newsbarrow".to_owned())),
        _ => (Content::Bytes(content.as_bytes().to_vec()), None),
    };
    let hints = Hints { url: Some(address.to_owned()), outlet, ..Hints::default() };
    let mut article = Page { id: file.to_owned(), content, hints, unread: Vec::new() }.article();
    let note = Note { kind: NoteKind::Constructed, span: None, text: CONSTRUCTED.to_owned() };
    article.notes.insert(0, note);
    article
}
