//! Whom a text credits: the outlets that it has its matter from, and the people, bodies and posts that said it first.
//!
//! In “[The harbour was closed, *the Courier reported*.]” the text credits the Courier; in “*Ann Lee told the Courier*”
//! too, unless the Courier is the page's own outlet: then it credits Ann Lee.
//!
//! ```
//! use sayso::story::{CiteKind, cites};
//!
//! let text = "The harbour of Lower Marsk is closed, the Marsk Courier reported on Monday.";
//! let cites = cites(&sayso::read(&sayso::page::plain(text, &sayso::page::Hints::default())));
//! assert_eq!((cites[0].name.as_str(), cites[0].kind), ("Marsk Courier", CiteKind::Outlet));
//! ```

mod alone;
mod choice;
mod credit;
mod index;
mod name;
mod own;
mod sign;
mod source;
mod words;

pub use self::choice::{CiteChoice, CitePlace, CiteWeights, chosen_cites};
use self::{credit::Credit, words::Words};
use crate::{Reading, Span};

/// A source that a text credits for its matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cite {
    /// Its fullest name in the text, or the words that describe it.
    pub name: String,
    /// What it is.
    pub kind: CiteKind,
    /// The phrase of the credit: the source and the words that credit it.
    pub span: Span,
    /// Whether the text has only that somebody told the source so, which the source itself writes, too.
    pub is_told: bool,
}

/// What a credited source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CiteKind {
    /// A newspaper, broadcaster, magazine or site.
    Outlet,
    /// An agency, which sells its text to others.
    Agency,
    /// A person with a name.
    Person,
    /// A body with a name.
    Organisation,
    /// A document.
    Document,
    /// People or reports without a name.
    Unnamed,
    /// A post, a video, a page of the web.
    Site,
}

/// The sources that a text credits, one a source, in the order of their credits.
pub fn cites(reading: &Reading) -> Vec<Cite> {
    Outlets::of(reading).cites()
}

/// The sources that a text may credit, with what speaks for each: what training learns from.
pub fn cite_choices(reading: &Reading) -> Vec<CiteChoice> {
    Outlets::of(reading).choices()
}

/// The outlet that the page is of, by its full name, where the page shows it: by what it says of itself, by its
/// address, by a dateline, a mark of copyright or the names of its staff.
///
/// ```
/// let text = "LOWER MARSK (Reuters) - The harbour is closed, its master told Reuters on Monday.";
/// let reading = sayso::read(&sayso::page::plain(text, &sayso::page::Hints::default()));
/// assert_eq!(sayso::story::own_outlet(&reading).as_deref(), Some("Reuters"));
/// ```
pub fn own_outlet(reading: &Reading) -> Option<String> {
    Outlets::of(reading).shown()
}

/// The outlets that a text names in words of credit, its own among them.
pub(super) struct Outlets<'r> {
    reading: &'r Reading,
    words: Words<'r>,
    credits: Vec<Credit>,
}

impl<'r> Outlets<'r> {
    pub(super) fn of(reading: &'r Reading) -> Outlets<'r> {
        let words = Words::of(reading);
        let credits = credit::credits(reading, &words);
        Outlets { reading, words, credits }
    }

    /// See [`own_outlet`].
    pub(super) fn shown(&self) -> Option<String> {
        own::shown(self.reading, &self.words, &self.credits)
    }

    /// The outlet that the page is likely to be of: the same, or the one that its text seems to report for.
    pub(super) fn likely(&self) -> Option<String> {
        own::likely(self.reading, &self.words, &self.credits)
    }

    /// See [`cites`].
    pub(super) fn cites(self) -> Vec<Cite> {
        chosen_cites(&self.choices(), &choice::WEIGHTS)
    }

    fn choices(self) -> Vec<CiteChoice> {
        let own = self.likely();
        // "The Courier", on a page of the Calven Courier.
        let is_own = |credit: &Credit| {
            let own = own.as_deref().unwrap_or_default().to_lowercase();
            let mut words =
                credit.outlet.split_whitespace().map(str::to_lowercase).filter(|word| word != "the");
            !own.is_empty() && words.all(|word| own.split_whitespace().any(|own| own == word))
        };
        let credits =
            self.credits.into_iter().filter(|credit| !is_own(credit) && credit.is_credit()).collect();
        let sources = source::sources(self.reading, &self.words, credits);
        choice::choices(self.reading, &self.words, sources)
    }
}
