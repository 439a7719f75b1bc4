//! What is found of a story: which of its pages derive from which, on what evidence, and how many sources are left.

use crate::{Probability, Span};

/// Pages that tell one story, and how they stand to one another. A page is told by its place in the list of digests that
/// was given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// Its pages: the earliest first, those without a date last, then by id.
    pub pages: Vec<usize>,
    /// Of each of those pages, in the same order, where its text comes from.
    pub lineages: Vec<Lineage>,
    /// How many sources are left when copies are taken away.
    pub independent: Independent,
}

/// Where the text of a page comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lineage {
    /// The pages that it derives from, the one that explains most first. None of an earliest page in this archive, and none
    /// where the archive has no source of it.
    pub parents: Vec<Parent>,
    /// Pages that it shares text with, where it does not show which had it first, or whether both had it from a third.
    pub undecided: Vec<Parent>,
    /// Where it comes from in the end: pages that derive from none here, and credited sources that this archive does not have.
    pub roots: Vec<Root>,
}

impl Lineage {
    /// Whether no source is claimed although text is shared.
    pub fn abstains(&self) -> bool {
        self.parents.is_empty() && !self.undecided.is_empty()
    }
}

/// A page that another may derive from.
#[derive(Clone, Debug, PartialEq)]
pub struct Parent {
    /// Which page.
    pub page: usize,
    /// How probable it is that the text came from there, directly or through a third.
    pub score: Probability,
    /// What speaks for it, the strongest first.
    pub evidence: Vec<Evidence>,
}

/// One sign that a text derives from another.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What it is.
    pub sign: Sign,
    /// Where it shows in the derived page.
    pub child: Option<Span>,
    /// Where it shows in the page that it derives from.
    pub parent: Option<Span>,
}

/// Signs of derivation and its direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The page credits the other's outlet by this name.
    Credit(String),
    /// The page credits an outlet by this name, which the other does not show but may be of.
    MayCredit(String),
    /// It links to the other.
    Link,
    /// So many words of it, of all its words, stand there in the same order.
    SharedText {
        /// Words shared.
        words: u32,
        /// Words of the page.
        of: u32,
    },
    /// It credits so many more sources.
    MoreCredits(u32),
    /// It was published so many minutes later.
    Later(u32),
    /// The other's wording stands in so many further pages where this one differs.
    DiffersAlone(u32),
}

/// Where a text comes from in the end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Root {
    /// A page that derives from none in this archive.
    Page(usize),
    /// A credited source that no page here is of.
    Source(String),
}

/// How many independent sources a story has: at least, and at most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Independent {
    /// So many are shown not to have it from one another.
    pub proved: u32,
    /// There may be so many.
    pub possible: u32,
    /// Why: which pages count as one, and on what each count rests.
    pub why: Vec<Reason>,
}

/// Why pages count as one source, or as several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// These pages derive from the first.
    Derived(Vec<usize>),
    /// These pages are one text, and it does not show who had it first.
    SameText(Vec<usize>),
    /// These pages rest on one credited source of this name.
    SameSource(String, Vec<usize>),
    /// These pages rest on one speaker of this name, who may have spoken to each.
    SameSpeaker(String, Vec<usize>),
    /// These pages answer what they derive from, and this person or body, whom that does not credit, speaks to them.
    Answer(String, Vec<usize>),
    /// Each of these pages shares text with another of them, and it does not show which had it from the other.
    SharedText(Vec<usize>),
    /// The page rests on people without a name, in these words, so many at least; it counts as one report, however many they
    /// are.
    Unnamed(usize, String, u32),
    /// The page reports for itself; nothing ties it to another.
    Alone(usize),
}
