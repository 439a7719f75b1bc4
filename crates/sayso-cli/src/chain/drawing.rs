//! The drawing of a story as SVG, laid out here: a lane an outlet, a circle a page, a line from where a text comes from
//! to where it went. The names of the lanes are a drawing of their own, which stays in view while the other scrolls.

use maud::{Markup, html};

use super::archive::Archive;
use super::graph::{Edge, EdgeKind, Graph, Node};
use super::layout::{Item, LABEL, Layout, RADIUS, Rect, When};
use super::text::cut;
use crate::wording;

/// The drawing of one story's graph; `anchor` begins the ids of its pages and lines in the file.
pub(super) fn drawing(archive: &Archive, graph: &Graph, anchor: &str) -> Markup {
    let layout = Layout::of(&items(archive, graph));
    html! {
        div.lanes tabindex="0" role="group" aria-label="Drawing of the story; it scrolls sideways" {
            (names(&layout))
            svg.drawing width=(layout.width) height=(layout.height) viewBox={ "0 0 " (layout.width) " " (layout.height) } role="img" aria-label="Pages by outlet and time, and what derives from what" {
                (heads(anchor))
                @for (n, (_, top, height)) in layout.lanes.iter().enumerate() {
                    rect.lane.even[n % 2 == 0] x="0" y=(top) width=(layout.width) height=(height) {}
                }
                @if let Some(x) = layout.undated { line.undated x1=(x) y1="0" x2=(x) y2=(layout.height) {} }
                @for (tick, day) in &layout.ticks { (words(*tick, "tick", std::slice::from_ref(day))) }
                @for (n, edge) in drawn(graph) { (self::edge(&layout, graph, n, edge, anchor)) }
                @for (n, node) in graph.nodes.iter().enumerate() { (self::node(archive, &layout, n, node, anchor)) }
            }
        }
    }
}

/// What is placed: pages by outlet and time, then the sources that have no page.
fn items(archive: &Archive, graph: &Graph) -> Vec<Item> {
    let to = |node: usize| graph.edges.iter().filter(move |edge| edge.to == node);
    let item = |(at, node): (usize, &Node)| match node.page {
        Some(page) => Item {
            lane: archive.outlet(page).unwrap_or_else(|| "no outlet".to_owned()),
            when: match archive.digest(page).until() {
                Some(days) => When::At(days * 24.0, day(archive, page)),
                None => When::Undated,
            },
            parents: to(at).filter(|edge| edge.kind == EdgeKind::Derived).map(|edge| edge.from).collect(),
        },
        None => Item {
            lane: "no page here".to_owned(),
            when: When::Credited(
                graph.edges.iter().filter(|edge| edge.from == at).map(|edge| edge.to).collect(),
            ),
            parents: Vec::new(),
        },
    };
    graph.nodes.iter().enumerate().map(item).collect()
}

/// “4 March 2031”.
fn day(archive: &Archive, page: usize) -> String {
    archive.date(page).split(',').next().unwrap_or_default().to_owned()
}

/// “07:12”, where the time of day is known.
fn clock(archive: &Archive, page: usize) -> String {
    let date = archive.date(page);
    let time = date.split_once(", ").map_or("", |(_, time)| time);
    time.split(' ').next().unwrap_or_default().to_owned()
}

/// The names of the lanes.
fn names(layout: &Layout) -> Markup {
    html! {
        svg.names width=(NAMES) height=(layout.height) viewBox={ "0 0 " (NAMES) " " (layout.height) } aria-hidden="true" {
            @for (n, (name, top, height)) in layout.lanes.iter().enumerate() {
                rect.lane.even[n % 2 == 0] x="0" y=(top) width=(NAMES) height=(height) {}
                (words(Rect { x: 8, y: *top + height / 2 - 16, width: NAMES - 12, height: 32 }, "name", &folded(name)))
            }
        }
    }
}

/// A name in two lines at most.
fn folded(name: &str) -> Vec<String> {
    let lines = textwrap::wrap(name, NAME_COLUMNS);
    match lines.as_slice() {
        [one] => vec![one.to_string()],
        [first, rest @ ..] => vec![first.to_string(), cut(&rest.join(" "), NAME_COLUMNS)],
        [] => Vec::new(),
    }
}

/// The heads of lines.
fn heads(anchor: &str) -> Markup {
    html! {
        defs {
            @for kind in ["derived", "credits"] {
                marker id={ (anchor) (kind) } class={ "head " (kind) } viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto" {
                    path d="M0 0.5 L8 4 L0 7.5 z" {}
                }
            }
        }
    }
}

/// The lines that are drawn, with their numbers: of a page's undecided ones the strongest.
fn drawn(graph: &Graph) -> Vec<(usize, &Edge)> {
    let mut undecided = vec![0; graph.nodes.len()];
    let edges = graph.edges.iter().enumerate();
    let is_drawn = |(_, edge): &(usize, &Edge)| {
        let count = &mut undecided[edge.to];
        *count += usize::from(edge.kind == EdgeKind::Undecided);
        edge.kind != EdgeKind::Undecided || *count <= UNDECIDED
    };
    edges.filter(is_drawn).collect()
}

/// A line and a broader one that is not seen, for the hand.
fn edge(layout: &Layout, graph: &Graph, number: usize, edge: &Edge, anchor: &str) -> Markup {
    let path = path(layout.nodes[edge.from], layout.nodes[edge.to]);
    let kind = edge.kind.name();
    let (from, to) = (&graph.nodes[edge.from].label, &graph.nodes[edge.to].label);
    let what = match edge.kind {
        EdgeKind::Derived => format!("{to}\nderives from\n{from}\n· {}", edge.why.join("\n· ")),
        EdgeKind::Undecided => {
            format!(
                "{to}\nshares text with\n{from}\nwhich had it first does not show\n· {}",
                edge.why.join("\n· ")
            )
        }
        EdgeKind::Credits => format!("{to}\ncredits {from}, which has no page here"),
    };
    let head = (edge.kind != EdgeKind::Undecided).then(|| format!("url(#{anchor}{kind})"));
    html! {
        a href={ "#" (anchor) "e" (number + 1) } tabindex="-1" {
            title { (what) }
            path.hand d=(path) {}
            path class={ "edge " (kind) } d=(path) marker-end=[head] {}
        }
    }
}

/// From one circle's rim to the other's: along the lane of the first, then into that of the second.
fn path((x1, y1): (i32, i32), (x2, y2): (i32, i32)) -> String {
    let side = if x2 >= x1 { 1 } else { -1 };
    let end = x2 - side * (RADIUS + 2);
    if y1 == y2 {
        let (above, middle) = (y1 - 17, i32::midpoint(x1, x2));
        return format!("M{x1} {} Q{middle} {above} {} {}", y1 - RADIUS, end, y2 - 3);
    }
    let down = if y2 > y1 { RADIUS } else { -RADIUS };
    let bend = (x2 - x1).abs().min(60) * side;
    format!("M{x1} {} C{x1} {y2} {} {y2} {end} {y2}", y1 + down, end - bend)
}

/// A page or a source: its circle, and beside it its number, time and title.
fn node(archive: &Archive, layout: &Layout, at: usize, node: &Node, anchor: &str) -> Markup {
    let (x, y) = layout.nodes[at];
    let label = layout.label(at);
    match node.page {
        Some(page) => {
            let first = format!("{} {}", at + 1, clock(archive, page));
            let lines = [first.trim().to_owned(), cut(&archive.title(page), COLUMNS)];
            html! {
                a.node href={ "#" (anchor) "p" (at + 1) } {
                    title { (node.label) "\n" (archive.date(page)) }
                    circle cx=(x) cy=(y) r=(RADIUS) {}
                    (words(label, "label", &lines))
                }
            }
        }
        None => html! {
            g.node.absent {
                title { (node.label) ": credited, no page of it in this archive" }
                circle cx=(x) cy=(y) r=(RADIUS - 1) {}
                (words(label, "label", &["credited".to_owned(), cut(&wording::clean(&node.label), COLUMNS)]))
            }
        },
    }
}

/// Lines of text in a box that they cannot leave.
fn words(at: Rect, class: &str, lines: &[String]) -> Markup {
    let first = at.height / 2 - (lines.len() as i32 - 1) * LINE / 2 + 4;
    html! {
        svg class=(class) x=(at.x) y=(at.y) width=(at.width) height=(at.height) overflow="hidden" {
            @for (line, y) in lines.iter().zip((0..).map(|n| first + n * LINE)) {
                text x="1" y=(y) { (line) }
            }
        }
    }
}

/// Width of the names of lanes, and columns of letters that fit there and into a label.
const NAMES: i32 = 104;
const NAME_COLUMNS: usize = 15;
const COLUMNS: usize = (LABEL / 6 - 1) as usize;
/// From line to line of text.
const LINE: i32 = 14;
/// So many undecided lines of a page are drawn.
const UNDECIDED: usize = 2;
