//! Who said what, on whose word.

mod article;
pub mod attribution;
pub mod page;
pub mod person;
mod reading;
mod span;
pub mod text;

pub use article::{Article, Block, BlockKind, DateSource, Link, Note, NoteKind, Precision, Published};
pub use reading::{
    Attribution, AttributionId, Kind, Outlet, OutletId, Person, PersonId, Probability, Reading, Speaker,
    Stance, Token, Unnamed, UnnamedId, Via, ViaKind,
};
pub use span::Span;

/// Reads an article: sentences, words, statements, people.
///
/// Reading cannot fail; what could not be done is said in [`Reading::notes`].
pub fn read(article: &Article) -> Reading {
    let text = text::read(article);
    let attributions = attribution::read(article, &text);
    person::read(article, text, attributions)
}
