//! Many readings: which pages tell the same story, and which wordings of one utterance they have.
//!
//! A [`Digest`] is what is kept of a page. Stories are a function of the set of digests alone: neither their order nor
//! how they arrived matters.
//!
//! ```
//! use sayso::story::{Digest, stories};
//!
//! let read = |text| sayso::read(&sayso::page::plain(text, &sayso::page::Hints::default()));
//! let storm = "A storm tore the roof off the ferry terminal at Lower Marsk on Sunday, the harbour master said.";
//! let again = "The roof of the ferry terminal at Lower Marsk was torn off by a storm, its harbour master said.";
//! let other = "The central bank kept interest rates where they were and warned of rising prices.";
//! let pages: Vec<Digest> =
//!     [storm, again, other].iter().zip(["a", "b", "c"]).map(|(text, id)| Digest::of(id, &read(text))).collect();
//! assert_eq!(stories(&pages), [0, 0, 2]);
//! ```

mod background;
mod cite;
mod cluster;
mod derive;
mod digest;
mod edit;
mod independent;
mod lineage;
mod near;
mod reuse;
mod sign;
mod sketch;
mod terms;
mod variant;

pub use self::background::encode as encode_background;
pub use self::cite::{Cite, CiteKind, cites};
pub use self::derive::{Signs, Weights, link, link_with, sign_names, training_options};
pub use self::digest::{Digest, Quotation};
pub use self::edit::{Edit, EditKind, edits};
pub use self::lineage::{Evidence, Independent, Lineage, Parent, Reason, Root, Sign, Story};
pub use self::sketch::Sketch;
pub use self::terms::words;
pub use self::variant::{Utterance, Wording, unmarked, utterances, variants};

/// The story of each page, told by the place of its first page: the earliest, or of those without a date the one whose id
/// comes first.
pub fn stories(pages: &[Digest]) -> Vec<usize> {
    let sketches: Vec<&Sketch> = pages.iter().map(|page| &page.sketch).collect();
    stories_of(&sketches)
}

/// As [`stories`], of sketches alone: of an archive whose texts are not in memory.
pub fn stories_of(pages: &[&Sketch]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..pages.len()).collect();
    let rank = |page: &Sketch| page.day.map_or(i64::MAX, |day| (day * 86400.0) as i64);
    order.sort_by(|&a, &b| {
        rank(pages[a]).cmp(&rank(pages[b])).then_with(|| pages[a].id.cmp(&pages[b].id)).then(a.cmp(&b))
    });
    let sorted: Vec<&Sketch> = order.iter().map(|&at| pages[at]).collect();
    let mut story = vec![0; pages.len()];
    for (at, first) in cluster::clusters(&sorted).into_iter().enumerate() {
        story[order[at]] = order[first];
    }
    story
}
