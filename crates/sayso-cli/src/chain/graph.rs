//! The graph of stories: pages and credited sources, what derives from what.

use std::collections::{BTreeMap, HashMap, HashSet};

use sayso::story::Story;

use super::archive::{Archive, plain};
use super::told::Told;

/// Pages and sources, and what ties them. An edge leads from where a text comes from to where it went.
pub(crate) struct Graph {
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
}

/// A page, or a source that is known only by credit.
pub(crate) struct Node {
    /// The page, by its place in the archive.
    pub(crate) page: Option<usize>,
    /// The page's id, or the source's name.
    pub(crate) name: String,
    /// What is shown: the outlet and the title, or the source's name.
    pub(crate) label: String,
    /// The id of the story.
    pub(crate) story: String,
}

/// What ties two nodes.
pub(crate) struct Edge {
    /// Where the text comes from.
    pub(crate) from: usize,
    /// Where it went.
    pub(crate) to: usize,
    pub(crate) kind: EdgeKind,
    /// From 0 to 1.
    pub(crate) score: f64,
    /// The signs, the strongest first.
    pub(crate) why: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EdgeKind {
    Derived,
    Undecided,
    Credits,
}

impl EdgeKind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            EdgeKind::Derived => "derived",
            EdgeKind::Undecided => "undecided",
            EdgeKind::Credits => "credits",
        }
    }
}

impl Graph {
    /// The graph of some stories: of each its pages in order, then the sources that have no page here.
    pub(crate) fn of<'a>(archive: &Archive, stories: impl IntoIterator<Item = &'a Story>) -> Graph {
        let mut graph = Graph { nodes: Vec::new(), edges: Vec::new() };
        stories.into_iter().for_each(|story| graph.add(archive, story));
        graph
    }

    fn add(&mut self, archive: &Archive, story: &Story) {
        let id = archive.pages().story_id(story);
        let first = self.nodes.len();
        self.nodes.extend(story.pages.iter().map(|&page| Node {
            page: Some(page),
            name: archive.id(page).to_owned(),
            label: format!("{}: {}", archive.name(page), archive.title(page)),
            story: id.clone(),
        }));
        self.add_derivations(Told { archive, story }, first);
        self.add_sources(archive, story, &id, first);
    }

    fn add_derivations(&mut self, told: Told, first: usize) {
        // Each pair once: two pages may each be undecided about the other.
        let mut tied = HashSet::new();
        let numbers: HashMap<usize, usize> = told.story.pages.iter().copied().zip(first..).collect();
        for kind in [EdgeKind::Derived, EdgeKind::Undecided] {
            for (&page, lineage) in told.story.pages.iter().zip(&told.story.lineages) {
                let parents = if kind == EdgeKind::Derived { &lineage.parents } else { &lineage.undecided };
                for parent in parents {
                    let Some(&from) = numbers.get(&parent.page) else { continue };
                    let to = numbers[&page];
                    if from != to && tied.insert((from.min(to), from.max(to))) {
                        let why = told.evidence(page, parent);
                        self.edges.push(Edge { from, to, kind, score: parent.score.value(), why });
                    }
                }
            }
        }
    }

    /// Sources that are known only by credit, each once in a story.
    fn add_sources(&mut self, archive: &Archive, story: &Story, id: &str, first: usize) {
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for (at, (&page, lineage)) in story.pages.iter().zip(&story.lineages).enumerate() {
            for name in archive.absent(page, lineage) {
                let from = *known.entry(plain(&name)).or_insert_with(|| {
                    let (label, name, story) = (name.clone(), name.clone(), id.to_owned());
                    self.nodes.push(Node { page: None, name, label, story });
                    self.nodes.len() - 1
                });
                let why = vec![format!("credits {name}")];
                self.edges.push(Edge { from, to: first + at, kind: EdgeKind::Credits, score: 1.0, why });
            }
        }
    }
}
