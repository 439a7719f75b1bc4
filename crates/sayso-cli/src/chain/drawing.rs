//! The drawing of a story as SVG, laid out here: a lane an outlet, a circle a page, a line from where a text comes from
//! to where it went. The names of the lanes are a drawing of their own, which stays in view while the other scrolls.

use std::fmt::Write;

use maud::{Markup, html};

use super::archive::Archive;
use super::graph::{Edge, EdgeKind, Graph, Node};
use super::layout::{Item, Layout, Point, RADIUS, Rect, When};
use super::told::derives;
use crate::terminal::{cut, wrap};
use crate::wording;

/// The drawing of one story's graph; `anchor` begins the ids of its pages and lines in the file.
pub(super) fn drawing(archive: &Archive, graph: &Graph, anchor: &str) -> Markup {
    let layout = Layout::of(&items(archive, graph));
    html! {
        div.lanes tabindex="0" role="group" aria-label="Drawing of the story; it scrolls sideways" {
            (names(&layout))
            svg.drawing width=(layout.width) height=(layout.height) role="img" aria-label="Pages by outlet and time, and what derives from what" {
                (heads(anchor))
                @for (n, (_, top, height)) in layout.lanes.iter().enumerate() {
                    rect.lane.even[n % 2 == 0] x="0" y=(top) width="100%" height=(height) {}
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
    let mut parents: Vec<Vec<usize>> = vec![Vec::new(); graph.nodes.len()];
    let mut credited_by = parents.clone();
    for edge in &graph.edges {
        match edge.kind {
            EdgeKind::Derived => parents[edge.to].push(edge.from),
            EdgeKind::Credits => credited_by[edge.from].push(edge.to),
            EdgeKind::Undecided => {}
        }
    }
    let item = |(at, node): (usize, &Node)| match node.page {
        Some(page) => Item {
            lane: archive.outlet(page).unwrap_or_else(|| "no outlet".to_owned()),
            when: match archive.digest(page).until() {
                Some(days) => When::At(days * 24.0, day(archive, page)),
                None => When::Undated,
            },
            parents: parents[at].clone(),
        },
        None => Item {
            lane: "no page here".to_owned(),
            when: When::Credited(credited_by[at].clone()),
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
        svg.names width=(NAMES) height=(layout.height) aria-hidden="true" {
            @for (n, (name, top, height)) in layout.lanes.iter().enumerate() {
                rect.lane.even[n % 2 == 0] x="0" y=(top) width=(NAMES) height=(height) {}
                g {
                    title { (name) }
                    (words(Rect { x: 8, y: *top + height / 2 - 24, width: NAMES - 12, height: 48 }, "name", &folded(name)))
                }
            }
        }
    }
}

/// A name in so many lines at most as a lane has room for.
fn folded(name: &str) -> Vec<String> {
    let mut lines = wrap(name, NAME_COLUMNS);
    if lines.len() > NAME_LINES {
        let rest = lines.split_off(NAME_LINES - 1).join(" ");
        lines.push(cut(&rest, NAME_COLUMNS));
    }
    lines
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

/// The lines that are drawn, with their numbers, the weightiest on top: of a page's undecided ones the strongest.
fn drawn(graph: &Graph) -> Vec<(usize, &Edge)> {
    let mut undecided = vec![0; graph.nodes.len()];
    let edges = graph.edges.iter().enumerate();
    let is_drawn = |(_, edge): &(usize, &Edge)| {
        let count = &mut undecided[edge.to];
        *count += usize::from(edge.kind == EdgeKind::Undecided);
        edge.kind != EdgeKind::Undecided || *count <= UNDECIDED
    };
    let mut drawn: Vec<(usize, &Edge)> = edges.filter(is_drawn).collect();
    drawn.sort_by_key(|(_, edge)| match edge.kind {
        EdgeKind::Credits => 0,
        EdgeKind::Undecided => 1,
        EdgeKind::Derived => 2,
    });
    drawn
}

/// A line and a broader one that is not seen, for the hand.
fn edge(layout: &Layout, graph: &Graph, number: usize, edge: &Edge, anchor: &str) -> Markup {
    let shift = match edge.kind {
        EdgeKind::Derived => 0,
        EdgeKind::Undecided => -2,
        EdgeKind::Credits => 2,
    };
    let way = layout.way(edge.from, edge.to, shift);
    let path = rounded(&way);
    let is_far = length(&way) > FAR;
    let kind = edge.kind.name();
    let (from, to) = (&graph.nodes[edge.from].label, &graph.nodes[edge.to].label);
    let what = match edge.kind {
        EdgeKind::Derived => {
            format!("{to}\n{}\n{from}\n· {}", derives(edge.score), edge.why.join("\n· "))
        }
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
            path class={ "edge " (kind) @if is_far { " far" } } d=(path) marker-end=[head] {}
        }
    }
}

/// A path along corners, which it rounds.
fn rounded(way: &[Point]) -> String {
    let mut path = String::new();
    for (n, &(x, y)) in way.iter().enumerate() {
        let _ = match (n, way.get(n.wrapping_sub(1)), way.get(n + 1)) {
            (0, ..) => write!(path, "M{x} {y}"),
            (_, Some(&before), Some(&after)) => {
                let ((x1, y1), (x2, y2)) = (toward((x, y), before), toward((x, y), after));
                write!(path, "L{x1} {y1}Q{x} {y} {x2} {y2}")
            }
            _ => write!(path, "L{x} {y}"),
        };
    }
    path
}

/// The point where a turn at a corner begins, on the way to another; at most half of it away.
fn toward((x, y): Point, (to_x, to_y): Point) -> Point {
    let step = |from: i32, to: i32| (to - from).signum() * TURN.min((to - from).abs() / 2);
    (x + step(x, to_x), y + step(y, to_y))
}

fn length(way: &[Point]) -> i32 {
    way.windows(2).map(|ends| (ends[0].0 - ends[1].0).abs() + (ends[0].1 - ends[1].1).abs()).sum()
}

/// A page or a source: its circle, and beside it its number, time and title.
fn node(archive: &Archive, layout: &Layout, at: usize, node: &Node, anchor: &str) -> Markup {
    let (x, y) = layout.nodes[at];
    let label = layout.label(at);
    let columns = (label.width / LETTER - 1) as usize;
    match node.page {
        Some(page) => {
            let first = format!("{} {}", at + 1, clock(archive, page));
            let lines = [first.trim().to_owned(), cut(&archive.title(page), columns)];
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
                (words(label, "label", &["credited".to_owned(), cut(&wording::clean(&node.label), columns)]))
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

/// Width of a letter, of the names of lanes, and how many columns and lines of bold letters fit there.
const LETTER: i32 = 6;
const NAMES: i32 = 124;
const NAME_COLUMNS: usize = 14;
const NAME_LINES: usize = 3;
/// From line to line of text.
const LINE: i32 = 14;
/// Lines turn with this radius; one that is longer than so many pixels is drawn more quietly.
const TURN: i32 = 6;
const FAR: i32 = 420;
/// So many undecided lines of a page are drawn.
const UNDECIDED: usize = 2;
