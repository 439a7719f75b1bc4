//! Sources that a text credits for its matter.

use crate::{Reading, Span};

/// A source that a text credits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cite {
    /// Its fullest name.
    pub name: String,
    /// What it is.
    pub kind: CiteKind,
    /// The words of the credit.
    pub span: Span,
    /// Whether the text only says that somebody told it something, as it would also write of itself.
    pub is_told: bool,
}

/// Kinds of credited sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum CiteKind {
    Outlet,
    Agency,
    Person,
    Organisation,
    Document,
    Unnamed,
    Site,
}

/// The sources that a text credits, in order.
pub fn cites(reading: &Reading) -> Vec<Cite> {
    let cite = |outlet: &crate::Outlet| Cite {
        name: outlet.name.clone(),
        kind: if outlet.kind == Some("agency") { CiteKind::Agency } else { CiteKind::Outlet },
        span: outlet.mentions[0],
        is_told: false,
    };
    let own = own_outlet(reading);
    let others = reading.outlets.iter().filter(|outlet| own.as_ref() != Some(&outlet.name));
    others.map(cite).collect()
}

/// The page's own outlet.
pub(super) fn own_outlet(reading: &Reading) -> Option<String> {
    reading.article.outlet.clone()
}
