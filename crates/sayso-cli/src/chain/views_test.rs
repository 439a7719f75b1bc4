//! Snapshots of the chain of a constructed story, and graphs that other programs can read.

use sayso::page::Hints;

use super::{Archive, Form, digested, view};

/// An agency's report, a rewrite that credits it, a page of its own, and another story. Constructed.
const PAGES: [(&str, &str, Option<&str>, &str); 4] = [
    (
        "wire",
        "Sarn Wire",
        Some("2031-03-04T07:12:00Z"),
        "SARN (Sarn Wire) - The dykes at Lower Marsk were to be opened on the second night of the flood, three officials \
         told Sarn Wire. “He said that he would not sign,” one of the three said on Monday. The premier’s office did not \
         answer questions about the order, the telephone call or the log of the flood room.",
    ),
    (
        "copy",
        "Daily <Lantern> & Sons",
        Some("2031-03-05T11:40:00Z"),
        "The dykes at Lower Marsk were to be opened on the second night of the flood, Sarn Wire reported. “He said he would \
         never sign,” an official said. The premier’s office did not answer questions about the order.",
    ),
    (
        "own",
        "Northern Post",
        None,
        "A page of the log of the flood room at Lower Marsk, which the Northern Post has seen, says that the order to open \
         the dykes was refused. Marta Quill, an engineer, said she had stood by the loudspeaker.",
    ),
    (
        "bell",
        "Harbour Weekly",
        Some("2031-03-05"),
        "The bell of the ferry Halcyon came home by post after ninety years. Nell Ostrander said the dog left the kitchen.",
    ),
];

fn archive() -> Archive {
    let page = |(id, outlet, published, text): (&str, &str, Option<&str>, &str)| {
        let (outlet, published) = (Some(outlet.to_owned()), published.map(str::to_owned));
        digested(id, sayso::read(&sayso::page::plain(text, &Hints { outlet, published, ..Hints::default() })))
    };
    Archive::of(PAGES.map(page).into())
}

#[test]
fn terminal_view() {
    insta::assert_snapshot!(anstream::adapter::strip_str(&view(&archive(), 80)).to_string());
}

#[test]
fn html_names_what_it_draws() {
    let html = Form::Html.of(&archive());
    assert!(html.contains("Daily &lt;Lantern&gt; &amp; Sons") && !html.contains("<Lantern>"));
    assert!(html.contains("<svg") && html.contains("derives from") && !html.contains("<script"));
    for word in ["original", "fake", "plagiar", "falsif"] {
        assert!(!html.to_lowercase().contains(word), "{word}");
    }
}

/// Names and values of tags, as far as a test needs them: every tag closes, every `<` is one.
fn tags(xml: &str) -> Vec<&str> {
    let mut open = Vec::new();
    let mut tags = Vec::new();
    for tag in xml.split('<').skip(1).map(|rest| rest.split_once('>').expect("a tag ends").0) {
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        match tag {
            _ if tag.starts_with('?') || tag.ends_with('/') => {}
            _ if tag.starts_with('/') => assert_eq!(open.pop(), Some(name)),
            _ => open.push(name),
        }
        tags.push(tag);
    }
    assert!(open.is_empty(), "{open:?}");
    tags
}

fn value<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.split_once(&format!("{name}=\""))?.1.split_once('"').map(|(value, _)| value)
}

#[test]
fn graphs_are_well_formed() {
    for form in [Form::Gexf, Form::Graphml] {
        let xml = form.of(&archive());
        let tags = tags(&xml);
        let of = |kind: &str| tags.iter().filter(|tag| tag.starts_with(kind)).copied().collect::<Vec<_>>();
        let nodes: Vec<&str> = of("node ").iter().filter_map(|tag| value(tag, "id")).collect();
        assert!(nodes.len() >= PAGES.len());
        assert!(nodes.iter().enumerate().all(|(n, id)| !nodes[..n].contains(id)));
        let edges = of("edge ");
        assert!(!edges.is_empty());
        for edge in edges {
            for end in ["source", "target"] {
                assert!(value(edge, end).is_some_and(|id| nodes.contains(&id)), "{edge}");
            }
        }
    }
    let dot = Form::Dot.of(&archive());
    assert!(dot.starts_with("digraph") && dot.contains("->") && dot.trim_end().ends_with('}'));
}
