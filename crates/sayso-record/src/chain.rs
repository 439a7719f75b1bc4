//! The chain of custody of a statement: from the page, through every hand, to the deepest source.
//!
//! In “The Courier reported, citing three officials, that the mayor had resigned” the page has it from the Courier,
//! and the Courier from three officials. A statement inside another's content continues that one's chain:
//! page → the hands of the outer statement → the hands of the inner.

use sayso::{Attribution, AttributionId, Reading, Span, ViaKind};

/// Deeper than any text nests; a guard against a circle of `within`.
const MAX_DEPTH: usize = 64;

/// One hand that a statement passed through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hand {
    /// The words that name it.
    pub span: Span,
    /// What it did.
    pub kind: HandKind,
}

/// What a hand did with the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandKind {
    /// Said it: the source of this attribution of the reading.
    Said(AttributionId),
    /// Passed it on: the outlet that was told, or that reported it first.
    Reported,
    /// Is named by the source as its own source.
    Cited,
}

/// The hands between the page and the deepest source of a statement, the page's nearest first.
/// Empty where the text names nobody.
pub fn hands(reading: &Reading, id: AttributionId) -> Vec<Hand> {
    let mut path = vec![id];
    while let Some(outer) = path.last().and_then(|id| reading.attributions.get(id.index())?.within) {
        if path.len() == MAX_DEPTH {
            break;
        }
        path.push(outer);
    }
    let mut hands = Vec::new();
    for &id in path.iter().rev() {
        if let Some(attribution) = reading.attributions.get(id.index()) {
            add(&mut hands, id, attribution);
        }
    }
    hands
}

/// Adds one attribution's own hands: who passed it on, who said it, whom they cite.
fn add(hands: &mut Vec<Hand>, id: AttributionId, attribution: &Attribution) {
    let via = |wanted: &'static [ViaKind], kind| {
        let named = attribution.via.iter().filter(move |via| wanted.contains(&via.kind));
        named.map(move |via| Hand { span: via.span, kind })
    };
    hands.extend(via(&[ViaKind::ToldTo, ViaKind::AsReportedBy], HandKind::Reported));
    hands.extend(attribution.source.first().map(|&span| Hand { span, kind: HandKind::Said(id) }));
    hands.extend(via(&[ViaKind::Citing], HandKind::Cited));
}
