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

mod credit;
mod name;
mod origin;
mod own;
mod words;

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
    let words = Words::of(reading);
    let credits = credit::credits(reading, &words);
    let own = own::own(reading, &words, &credits);
    // "The Courier", on a page of the Calven Courier.
    let is_own = |credit: &Credit| {
        let own = own.as_deref().unwrap_or_default().to_lowercase();
        let mut words = credit.outlet.split_whitespace().map(str::to_lowercase).filter(|word| word != "the");
        !own.is_empty() && words.all(|word| own.split_whitespace().any(|own| own == word))
    };
    let credits: Vec<Credit> =
        credits.into_iter().filter(|credit| !is_own(credit) && credit.is_credit()).collect();
    let mut cites = origin::origins(reading, &words, &credits, own.as_deref());
    cites.extend(credits.into_iter().map(Credit::into_cite));
    cites.sort_by_key(|cite| cite.span);
    cites
}

/// The outlet that the page is of, by its full name, where the page shows it: by what it says of itself, by its
/// address, or by how the text speaks of its own reporting.
///
/// ```
/// let text = "LOWER MARSK (Reuters) - The harbour is closed, its master told Reuters on Monday.";
/// let reading = sayso::read(&sayso::page::plain(text, &sayso::page::Hints::default()));
/// assert_eq!(sayso::story::own_outlet(&reading).as_deref(), Some("Reuters"));
/// ```
pub fn own_outlet(reading: &Reading) -> Option<String> {
    let words = Words::of(reading);
    own::own(reading, &words, &credit::credits(reading, &words))
}
