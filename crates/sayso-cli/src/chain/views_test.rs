//! Snapshots of the chain of a constructed story, and graphs that other programs can read.

use std::collections::{BTreeMap, BTreeSet};

use sayso::Article;
use sayso::page::Hints;
use sayso::story::Digest;

use super::{Archive, Form, Graph, digested, view};

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

fn page((id, outlet, published, text): (&str, &str, Option<&str>, &str)) -> (Digest, Article) {
    let (outlet, published) = (Some(outlet.to_owned()), published.map(str::to_owned));
    digested(id, sayso::read(&sayso::page::plain(text, &Hints { outlet, published, ..Hints::default() })))
}

fn archive() -> Archive {
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

/// A name with what XML and DOT keep for themselves, and what neither can hold.
const HOSTILE: &str = "a<b>&\"c'\u{1}\u{fffe}\\";

/// The archive with a page of a hostile name, which retells another's and credits one that has no page here.
fn hostile() -> Archive {
    let mut pages = PAGES.map(page).to_vec();
    let text = format!("{} The call was first reported by Reuters.", PAGES[1].3);
    pages.push(page((HOSTILE, HOSTILE, Some("2031-03-06T11:40:00Z"), &text)));
    Archive::of(pages)
}

/// What XML can hold of a name.
fn kept(name: &str) -> String {
    name.replace('\u{1}', " ").replace('\u{fffe}', "")
}

/// What a graph's file says of one node or edge, by the names of the attributes.
type Facts = BTreeMap<String, String>;

/// A graph as another program finds it: ids and facts of nodes, ends and facts of edges.
struct Found {
    nodes: Vec<(String, Facts)>,
    edges: Vec<([String; 2], Facts)>,
}

/// Reads GEXF or GraphML: `declares` is the tag that names an attribute, and where; `carries` the one that has its value,
/// and where it says of which.
fn read(xml: &str, declares: [&str; 2], carries: [&str; 2]) -> Found {
    let file = roxmltree::Document::parse(xml).unwrap();
    let value = |node: roxmltree::Node, name: &str| node.attribute(name).unwrap().to_owned();
    let all = |name: &'static str| file.descendants().filter(move |node| node.has_tag_name(name));
    let named = file.descendants().filter(|node| node.has_tag_name(declares[0]));
    let names: Facts = named.map(|node| (value(node, "id"), value(node, declares[1]))).collect();
    let facts = |node: roxmltree::Node| -> Facts {
        let carriers = node.descendants().filter(|node| node.has_tag_name(carries[0]));
        let text = |of: roxmltree::Node| of.attribute("value").or(of.text()).unwrap_or_default().to_owned();
        carriers.map(|of| (names[&value(of, carries[1])].clone(), text(of))).collect()
    };
    let nodes = all("node").map(|node| (value(node, "id"), facts(node)));
    let edges = all("edge").map(|edge| (["source", "target"].map(|end| value(edge, end)), facts(edge)));
    Found { nodes: nodes.collect(), edges: edges.collect() }
}

#[test]
fn graphs_are_read_back_as_they_were() {
    let archive = hostile();
    let graph = Graph::of(&archive, archive.stories());
    assert!(graph.nodes.len() > PAGES.len() && graph.edges.len() > 2);
    let found = [
        read(&Form::Gexf.of(&archive), ["attribute", "title"], ["attvalue", "for"]),
        read(&Form::Graphml.of(&archive), ["key", "attr.name"], ["data", "key"]),
    ];
    for Found { nodes, edges } in found {
        let ids: BTreeSet<&String> = nodes.iter().map(|(id, _)| id).collect();
        assert_eq!(
            (nodes.len(), ids.len(), edges.len()),
            (graph.nodes.len(), nodes.len(), graph.edges.len())
        );
        for ((ends, facts), edge) in edges.iter().zip(&graph.edges) {
            assert!(ends.iter().all(|end| ids.contains(end)), "{ends:?}");
            assert_eq!(*ends, [edge.from, edge.to].map(|end| nodes[end].0.clone()));
            assert_eq!(
                (&facts["kind"], &facts["evidence"]),
                (&edge.kind.name().into(), &edge.why.join("; "))
            );
            assert!(!facts["evidence"].is_empty() && facts["score"].parse::<f64>().is_ok());
        }
        for ((_, facts), node) in nodes.iter().zip(&graph.nodes) {
            assert_eq!(facts["story"], kept(&node.story));
            assert_eq!(facts["kind"], if node.page.is_some() { "page" } else { "source" });
        }
        let names: Vec<&String> = nodes.iter().map(|(_, facts)| &facts["name"]).collect();
        assert!(names.contains(&&kept(HOSTILE)), "{names:?}");
    }
}

/// The strings of DOT, as Graphviz reads them.
fn strings(dot: &str) -> Vec<String> {
    let (mut strings, mut open) = (Vec::new(), None::<String>);
    let mut chars = dot.chars();
    while let Some(c) = chars.next() {
        match (&mut open, c) {
            (None, '"') => open = Some(String::new()),
            (None, _) => {}
            (Some(_), '"') => strings.extend(open.take()),
            (Some(text), '\\') => text.extend(chars.next()),
            (Some(text), c) => text.push(c),
        }
    }
    assert_eq!(open, None, "every string ends");
    strings
}

#[test]
fn dot_is_read_back_as_it_was() {
    let archive = hostile();
    let graph = Graph::of(&archive, archive.stories());
    let dot = Form::Dot.of(&archive);
    assert!(dot.starts_with("digraph chain {\n") && dot.ends_with("}\n"));
    let strings = strings(&dot);
    assert!(strings.contains(&"a<b>&\"c' \u{fffe}\\".to_owned()), "{strings:?}");
    for edge in &graph.edges {
        assert!(dot.contains(&format!("  {} -> {} [kind={}", edge.from, edge.to, edge.kind.name())));
        assert!(strings.contains(&edge.why.join("; ")));
    }
    assert_eq!(dot.matches(" -> ").count(), graph.edges.len());
}
