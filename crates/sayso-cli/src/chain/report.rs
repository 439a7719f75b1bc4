//! The chain as HTML: of each story the drawing, a table of its pages, the evidence, and what stands apart.
//! Everything finds its counterpart by anchors: a circle its row, a line its evidence, a row its sources.

use maud::{Markup, html};
use sayso::story::Story;
use sayso_record::{UtteranceRow, independent_text};

use super::archive::Archive;
use super::drawing::drawing;
use super::graph::{Edge, EdgeKind, Graph};
use super::told::{Told, derives, probability};
use crate::{variants, wording};

/// All stories of an archive.
pub(crate) fn chain(archive: &Archive) -> Markup {
    let stories: Vec<&Story> = archive.told_twice().collect();
    html! {
        @for note in archive.warnings() { ul.notes { li.warning { (wording::clean(&note.text)) } } }
        @if stories.len() > 1 { (index(archive, &stories)) }
        @for (n, story) in stories.iter().enumerate() { (self::story(Told { archive, story }, n)) }
        (apart(archive))
    }
}

fn index(archive: &Archive, stories: &[&Story]) -> Markup {
    html! {
        nav.index.inset aria-label="Stories" {
            ol {
                @for (n, story) in stories.iter().enumerate() {
                    li {
                        a href={ "#c" (n) } { (archive.story_title(story)) }
                        small { (wording::count(story.pages.len(), "page")) " · " (independent_text(&story.independent)) }
                    }
                }
            }
        }
    }
}

/// One story; `number` tells it from the others of the file.
fn story(told: Told, number: usize) -> Markup {
    let Told { archive, story } = told;
    let anchor = format!("c{number}");
    let graph = Graph::of(archive, [story]);
    let mut rows = variants::of_story(archive, 0, story, false);
    rows.sort_by_key(variants::gravity);
    html! {
        section.chain id=(anchor) aria-labelledby={ (anchor) "h" } {
            header.head {
                h2 id={ (anchor) "h" } { (archive.story_title(story)) }
                p.facts {
                    (wording::count(story.pages.len(), "page")) " · " (archive.story_dates(story))
                }
                p.facts { (told.first()) }
                @if let Some(changed) = variants::changed(&rows) { p.facts { (changed) } }
                (independent(&told))
            }
            (drawing(archive, &graph, &anchor))
            (legend())
            (pages(&told, &graph, &anchor))
            div.cast { (evidence(&told, &graph, &anchor)) }
            (wordings(archive, &rows))
        }
    }
}

/// What was changed inside quotation marks.
fn wordings(archive: &Archive, rows: &[UtteranceRow]) -> Markup {
    html! {
        @if !rows.is_empty() {
            section {
                h2.wording { "Words that differ in quotation marks" }
                ul.wordings { @for row in rows { (variants::markup(archive, row)) } }
            }
        }
    }
}

fn legend() -> Markup {
    html! {
        p.legend {
            span { svg width="34" height="12" aria-hidden="true" { path.edge.derived d="M2 6 H24" {} path.tip d="M24 2.5 L32 6 L24 9.5 z" {} } "to a page that derives from it" }
            span { svg width="34" height="12" aria-hidden="true" { path.edge.undecided d="M2 6 H32" {} } "shared text; which was first does not show" }
            span { svg width="34" height="12" aria-hidden="true" { circle.hollow cx="6" cy="6" r="5" {} path.edge.credits d="M12 6 H25" {} path.tip.credits d="M25 2.5 L33 6 L25 9.5 z" {} } "credited, no page here" }
            span { "Time runs to the right, not to scale." }
        }
    }
}

/// A row a page: when, where, what, and where it comes from.
fn pages(told: &Told, graph: &Graph, anchor: &str) -> Markup {
    let Told { archive, story } = *told;
    html! {
        table.pages {
            thead { tr { th { "Page" } th { "Published" } th { "Outlet" } th { "Where it comes from" } } }
            tbody {
                @for (at, (&page, lineage)) in story.pages.iter().zip(&story.lineages).enumerate() {
                    tr id={ (anchor) "p" (at + 1) } {
                        td.title {
                            span.no { (at + 1) } " " (self::title(archive, page))
                            " " small.from { (wording::clean(archive.id(page))) }
                        }
                        td.when { (archive.date(page)) }
                        td.outlet-name { @match archive.outlet(page) { Some(outlet) => (outlet), None => span.from { "no outlet" } } }
                        td.sources {
                            @for note in archive.notes(page) { p.from { (note) } }
                            @if let Some(none) = told.without_source(at) { p.from { (none) } }
                            @let edges = |kind| graph.edges.iter().enumerate().filter(move |(_, edge)| edge.to == at && edge.kind == kind);
                            @for (n, edge) in edges(EdgeKind::Derived) {
                                p { (derives(edge.score)) " " (source(told, graph, edge, anchor, n)) }
                            }
                            @if edges(EdgeKind::Undecided).next().is_some() {
                                p {
                                    "shares text with "
                                    @for (n, edge) in edges(EdgeKind::Undecided) { (source(told, graph, edge, anchor, n)) "; " }
                                    "which had it first does not show"
                                }
                            }
                            @if let Some(absent) = told.absent(page, lineage) { p { (absent) } }
                            @if let Some(roots) = told.roots(page, lineage) { p.from { (roots) } }
                        }
                    }
                }
            }
        }
    }
}

/// The title, as a link where the page is on the web.
fn title(archive: &Archive, page: usize) -> Markup {
    let url = archive.article(page).url.as_deref();
    let url = url.filter(|url| url.starts_with("http://") || url.starts_with("https://"));
    html! {
        @match url {
            Some(url) => a href=(url) rel="noreferrer nofollow" { (archive.title(page)) },
            None => (archive.title(page)),
        }
    }
}

/// “1 Sarn Wire, why”: a link to its row, and one to the evidence.
fn source(told: &Told, graph: &Graph, edge: &Edge, anchor: &str, number: usize) -> Markup {
    html! {
        (page_link(told, graph, edge.from, anchor)) ", " a.go-to href={ "#" (anchor) "e" (number + 1) } { "why" }
    }
}

fn page_link(told: &Told, graph: &Graph, node: usize, anchor: &str) -> Markup {
    html! {
        @match graph.nodes[node].page {
            Some(page) => a href={ "#" (anchor) "p" (node + 1) } { (told.numbered(page)) },
            None => b { (graph.nodes[node].label) },
        }
    }
}

/// The range and what it rests on.
fn independent(told: &Told) -> Markup {
    html! {
        div.why {
            h3 { (independent_text(&told.story.independent)) }
            ul { @for reason in told.reasons() { li { (reason) } } }
        }
    }
}

/// The signs of each line.
fn evidence(told: &Told, graph: &Graph, anchor: &str) -> Markup {
    html! {
        section.evidence {
            h2 { "Evidence" }
            ul {
                @for (n, edge) in graph.edges.iter().enumerate() {
                    li id={ (anchor) "e" (n + 1) } {
                        (page_link(told, graph, edge.to, anchor)) " "
                        @match edge.kind {
                            EdgeKind::Derived => { (derives(edge.score)) " " (page_link(told, graph, edge.from, anchor)) " " small { (probability(edge.score)) } },
                            EdgeKind::Undecided => { "shares text with " (page_link(told, graph, edge.from, anchor)) " " small { "which had it first does not show" } },
                            EdgeKind::Credits => { "credits " (page_link(told, graph, edge.from, anchor)) " " small { "no page of it in this archive" } },
                        }
                        @if edge.kind != EdgeKind::Credits { ul.signs { @for sign in &edge.why { li { (sign) } } } }
                    }
                }
            }
        }
    }
}

/// Pages that no other page tells the story of.
fn apart(archive: &Archive) -> Markup {
    let pages: Vec<usize> = archive.apart().collect();
    let verb = if pages.len() == 1 { "stands" } else { "stand" };
    html! {
        @if !pages.is_empty() {
            section.chain.apart {
                h2 { (wording::count(pages.len(), "page")) " " (verb) " apart" }
                ul {
                    @for page in pages {
                        li {
                            small { (archive.date(page)) " · " (archive.name(page)) } " " (title(archive, page))
                            @if let Some(id) = archive.own_id(page) { " " small { (id) } }
                            @for note in archive.notes(page) { br; small { (note) } }
                        }
                    }
                }
            }
        }
    }
}
