//! The graph as GEXF, GraphML and DOT. Edges lead from where a text comes from to where it went.

use std::fmt::Write;

use super::archive::Archive;
use super::graph::{Edge, EdgeKind, Graph, Node};
use crate::wording;

/// What is told of a node beside its label; the names of attributes in every form.
const NODE_FACTS: [&str; 6] = ["kind", "name", "outlet", "title", "published", "story"];

/// GEXF 1.2, as Gephi and networkx read it.
pub(crate) fn gexf(archive: &Archive, graph: &Graph) -> String {
    let mut out = String::from(DECLARATION);
    out.push_str("<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n");
    out.push_str("<meta><creator>sayso</creator>");
    if let Some(note) = note(archive) {
        let _ = write!(out, "<description>{}</description>", escaped(&note));
    }
    out.push_str("</meta>\n<graph mode=\"static\" defaultedgetype=\"directed\">\n");
    out.push_str("<attributes class=\"node\">\n");
    for (n, fact) in NODE_FACTS.iter().enumerate() {
        let _ = writeln!(out, "<attribute id=\"n{n}\" title=\"{fact}\" type=\"string\"/>");
    }
    out.push_str("</attributes>\n<attributes class=\"edge\">\n");
    for (n, (fact, of)) in
        [("kind", "string"), ("score", "double"), ("evidence", "string")].iter().enumerate()
    {
        let _ = writeln!(out, "<attribute id=\"e{n}\" title=\"{fact}\" type=\"{of}\"/>");
    }
    out.push_str("</attributes>\n<nodes>\n");
    for (id, node) in graph.nodes.iter().enumerate() {
        let _ = write!(out, "<node id=\"{id}\" label=\"{}\"><attvalues>", escaped(&node.label));
        for (n, fact) in node_facts(archive, node).iter().enumerate() {
            let _ = write!(out, "<attvalue for=\"n{n}\" value=\"{}\"/>", escaped(fact));
        }
        out.push_str("</attvalues></node>\n");
    }
    out.push_str("</nodes>\n<edges>\n");
    for (id, edge) in graph.edges.iter().enumerate() {
        let Edge { from, to, score, kind, .. } = edge;
        let _ = write!(
            out,
            "<edge id=\"{id}\" source=\"{from}\" target=\"{to}\" weight=\"{score:.3}\"><attvalues>"
        );
        let facts = [kind.name().to_owned(), format!("{score:.3}"), edge.why.join("; ")];
        for (n, fact) in facts.iter().enumerate() {
            let _ = write!(out, "<attvalue for=\"e{n}\" value=\"{}\"/>", escaped(fact));
        }
        out.push_str("</attvalues></edge>\n");
    }
    out.push_str("</edges>\n</graph>\n</gexf>\n");
    out
}

/// GraphML.
pub(crate) fn graphml(archive: &Archive, graph: &Graph) -> String {
    let mut out = String::from(DECLARATION);
    out.push_str("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    let of_graph = [("note", "graph", "string")];
    let of_nodes = ["label"].into_iter().chain(NODE_FACTS).map(|fact| (fact, "node", "string"));
    let of_edges = [("kind", "edge", "string"), ("score", "edge", "double"), ("evidence", "edge", "string")];
    for (fact, of, form) in of_graph.into_iter().chain(of_nodes).chain(of_edges) {
        let key = format!("id=\"{of}-{fact}\" for=\"{of}\" attr.name=\"{fact}\" attr.type=\"{form}\"");
        let _ = writeln!(out, "<key {key}/>");
    }
    out.push_str("<graph edgedefault=\"directed\">\n");
    if let Some(note) = note(archive) {
        let _ = writeln!(out, "<data key=\"graph-note\">{}</data>", escaped(&note));
    }
    for (id, node) in graph.nodes.iter().enumerate() {
        let _ = write!(out, "<node id=\"{id}\"><data key=\"node-label\">{}</data>", escaped(&node.label));
        for (name, fact) in NODE_FACTS.iter().zip(node_facts(archive, node)) {
            let _ = write!(out, "<data key=\"node-{name}\">{}</data>", escaped(&fact));
        }
        out.push_str("</node>\n");
    }
    for (id, edge) in graph.edges.iter().enumerate() {
        let Edge { from, to, score, kind, .. } = edge;
        let _ = write!(out, "<edge id=\"{id}\" source=\"{from}\" target=\"{to}\">");
        let _ = write!(out, "<data key=\"edge-kind\">{}</data>", kind.name());
        let _ = write!(out, "<data key=\"edge-score\">{score:.3}</data>");
        let _ = writeln!(out, "<data key=\"edge-evidence\">{}</data></edge>", escaped(&edge.why.join("; ")));
    }
    out.push_str("</graph>\n</graphml>\n");
    out
}

/// DOT, as Graphviz draws it: sources without a page dashed, undecided edges dashed and without a head.
pub(crate) fn dot(archive: &Archive, graph: &Graph) -> String {
    let mut out = String::from("digraph chain {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n");
    if let Some(note) = note(archive) {
        let _ = writeln!(out, "  label={}; labelloc=t;", quoted(&note));
    }
    for (id, node) in graph.nodes.iter().enumerate() {
        let style = if node.page.is_some() { "" } else { ", shape=ellipse, style=dashed" };
        let facts = NODE_FACTS.iter().zip(node_facts(archive, node));
        let facts = facts.map(|(name, fact)| format!(", {name}={}", quoted(&fact))).collect::<String>();
        let _ = writeln!(out, "  {id} [label={}{style}{facts}];", quoted(&node.label));
    }
    for edge in &graph.edges {
        let style = match edge.kind {
            EdgeKind::Derived => "",
            EdgeKind::Undecided => ", style=dashed, dir=none",
            EdgeKind::Credits => ", style=dotted",
        };
        let Edge { from, to, score, kind, .. } = edge;
        let why = quoted(&edge.why.join("; "));
        let _ = writeln!(
            out,
            "  {from} -> {to} [kind={}, score={score:.3}, evidence={why}{style}];",
            kind.name()
        );
    }
    out.push_str("}\n");
    out
}

/// What is to be known of the graph before all else: that it is of constructed pages.
fn note(archive: &Archive) -> Option<String> {
    archive.warnings().first().map(|note| wording::clean(&note.text))
}

fn node_facts(archive: &Archive, node: &Node) -> [String; 6] {
    let kind = if node.page.is_some() { "page" } else { "source" };
    let of_page = |fact: &dyn Fn(usize) -> String| node.page.map(fact).unwrap_or_default();
    let published = |page: usize| {
        let published = archive.article(page).published.as_ref();
        published.map(|date| date.value.clone()).unwrap_or_default()
    };
    [
        kind.to_owned(),
        node.name.clone(),
        of_page(&|page| archive.outlet(page).unwrap_or_default()),
        of_page(&|page| archive.title(page)),
        of_page(&published),
        node.story.clone(),
    ]
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Text that XML may hold, in an attribute or between tags.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML has no form for these.
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A string of DOT.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
