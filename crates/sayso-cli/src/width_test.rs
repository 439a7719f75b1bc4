//! No line of the views of stories is wider than asked, and nothing of a name is left out.

use sayso::page::Hints;
use sayso::{Article, Reading};
use unicode_width::UnicodeWidthStr;

use crate::chain::{self, Archive};
use crate::{diff, variants};

/// Constructed pages with names that no line has room for.
fn pages() -> [(String, Reading); 3] {
    let outlet =
        "The Intercontinental Herald and Evening Advertiser of Lower Marsk, Upper Marsk and the Fens";
    let wide = "洪水".repeat(60);
    let long = format!("saved/{}.html", "flood-room".repeat(20));
    let page = |id: &str, outlet: &str, published: Option<&str>, text: &str| {
        let (outlet, published) = (Some(outlet.to_owned()), published.map(str::to_owned));
        let hints = Hints { outlet, published, title: Some(wide.clone()), ..Hints::default() };
        (id.to_owned(), sayso::read(&sayso::page::plain(text, &hints)))
    };
    [
        page(
            &long,
            outlet,
            Some("2031-03-04T07:12:00Z"),
            "The dykes at Lower Marsk were to be opened on the second night. “I was ready to lose my post rather than sign \
             what nobody had read,” said Marta Quill, the second deputy engineer of the flood room of Lower Marsk.",
        ),
        page(
            "copy",
            &wide,
            Some("2031-03-05T07:12:00Z"),
            "The dykes at Lower Marsk were to be opened on the second night, the Intercontinental Herald reported. “I was \
             prepared, as ever, to lose my post rather than sign what nobody had read,” Marta Quill said.",
        ),
        page("apart", outlet, None, "The bell of the ferry Halcyon came home by post."),
    ]
}

fn archive() -> Archive {
    let digested = |(id, reading): (String, Reading)| chain::digested(&id, reading);
    Archive::of(pages().map(digested).into())
}

/// The lines of every view, without colour.
fn views(width: usize) -> Vec<String> {
    let archive = archive();
    let [a, b, _] = pages();
    let compared = [a, b];
    let views = [
        chain::view(&archive, width),
        variants::view(&archive, &variants::told(&archive, true), width),
        diff::Comparison::of(&compared).view(width),
    ];
    views.map(|view| anstream::adapter::strip_str(&view).to_string()).into()
}

#[test]
fn no_line_is_wider_than_asked() {
    for width in [40, 60, 80, 100] {
        for line in views(width).iter().flat_map(|view| view.lines()) {
            assert!(line.width() <= width, "{width} columns: {line}");
        }
    }
}

#[test]
fn no_name_is_cut() {
    let names: Vec<String> = pages()
        .iter()
        .flat_map(|(id, Reading { article: Article { outlet, .. }, .. })| [Some(id.clone()), outlet.clone()])
        .flatten()
        .collect();
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let all = plain(&views(80).concat());
    for name in names.iter().filter(|name| *name != "apart" && *name != "copy") {
        assert!(all.contains(&plain(name)), "{name} in {all}");
    }
}
