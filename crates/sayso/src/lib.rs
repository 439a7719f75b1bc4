//! Who said what, on whose word.

// A module uses only those above it.
mod span;
mod article;
pub mod page;
pub mod text;
mod reading;
pub mod attribution;
pub mod person;
pub mod story;

pub use article::{Article, Block, BlockKind, DateSource, Link, Note, NoteKind, Precision, Published};
pub use reading::{
    Act, Attribution, AttributionId, Kind, Outlet, OutletId, Person, PersonId, Probability, Reading, Speaker,
    Stance, Unnamed, UnnamedId, Via, ViaKind,
};
pub use span::Span;
pub use text::Token;

/// Reads an article: sentences, words, statements, people.
///
/// Reading cannot fail; what could not be done is said in [`Reading::notes`].
pub fn read(article: &Article) -> Reading {
    let text = text::read(article);
    let attributions = attribution::read(article, &text);
    let mut reading = person::read(article, text, attributions);
    reading.notes.extend(text::note(article));
    reading
}
