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

// A module uses only those above it.
mod background;
mod terms;
mod sketch;
mod holdings;
mod weigh;
mod tally;
mod postings;
mod near;
mod linkage;
mod cluster;
mod index;
mod cite;
mod manner;
mod digest;
mod reuse;
mod lineage;
mod scene;
mod pair;
mod sign;
mod candidate;
mod independent;
mod derive;
mod descent;
mod spelling;
mod edit;
mod align;
mod variant;
mod unmarked;

pub use self::background::encode as encode_background;
pub use self::candidate::{Candidate, Choice, Signs, sign_names, weigh_candidates};
pub use self::cite::{
    Cite, CiteChoice, CiteKind, CitePlace, CiteWeights, chosen_cites, cite_choices, cites, own_outlet,
};
pub use self::derive::{Weights, link, link_with, training_choices};
pub use self::descent::Descent;
pub use self::digest::{Digest, Quotation};
pub use self::edit::{Edit, EditKind, compared, edits, plain};
pub use self::index::Index;
pub use self::lineage::{Evidence, Independent, Lineage, Parent, Reason, Root, Sign, Story};
pub use self::sketch::Sketch;
pub use self::terms::words;
pub use self::unmarked::{Marks, Shown, Unmarked, unmarked};
pub use self::variant::{Utterance, Wording, likeness, utterances, variants, variants_by};

/// The story of each page, told by the place of that of its pages whose id comes first.
pub fn stories(pages: &[Digest]) -> Vec<usize> {
    let mut holdings = holdings::Holdings::default();
    pages.iter().for_each(|page| holdings.add(&page.sketch));
    let ids: Vec<&str> = pages.iter().map(|page| page.id.as_str()).collect();
    index::stories(&ids, &holdings)
}
