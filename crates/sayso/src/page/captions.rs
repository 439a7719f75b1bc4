//! Captions and credits: the words under a picture and who made it.

use std::sync::OnceLock;

use regex::Regex;

use super::flow::{Flow, Passage, Shape};
use super::zone::Zone;
use crate::BlockKind;

/// Caption or credit, if the passage is either.
pub(super) fn kind(zone: Zone, passage: &Passage, text: &str) -> Option<BlockKind> {
    let pictured = zone.any(Zone::CAPTION | Zone::FIGURE) || passage.shape == Shape::Caption;
    let short = passage.chars < 400;
    let credited = zone.any(Zone::CREDIT) && short;
    let near = zone.any(Zone::GALLERY | Zone::MEDIA) && passage.chars < 300;
    if !(pictured || credited || near) {
        return is_credit_line(text).then_some(BlockKind::Credit);
    }
    if (zone.any(Zone::CREDIT) && passage.chars < 150) || is_credit_line(text) {
        return Some(BlockKind::Credit);
    }
    // Some pages set quotations and tables as figures: long text there is no caption.
    if pictured && (short || zone.any(Zone::CAPTION)) || zone.any(Zone::GALLERY | Zone::MEDIA) {
        return Some(BlockKind::Caption);
    }
    None
}

/// Whether a passage is short text that shares a small box with a picture and nothing else.
pub(super) fn under_picture(flow: &Flow, passage: &Passage) -> bool {
    if passage.shape != Shape::Bare || passage.chars > 300 {
        return false;
    }
    let mut at = passage.parent;
    for _ in 0..4 {
        let element = &flow.boxes[at];
        if element.passages.len() > 3 {
            return false;
        }
        if element.images > 0 {
            return flow.passages[element.passages.clone()]
                .iter()
                .all(|p| p.shape == Shape::Bare && p.chars < 300);
        }
        at = element.parent;
    }
    false
}

/// Whether a line says only who made a picture.
pub(super) fn is_credit_line(text: &str) -> bool {
    text.len() < 160 && credit_line().is_match(text)
}

fn credit_line() -> &'static Regex {
    static LINE: OnceLock<Regex> = OnceLock::new();
    LINE.get_or_init(|| {
        Regex::new(
            r"^\s*(?:(?i:(?:image|photo|picture|video|illustration)?\s*(?:credit|source|courtesy)s?\s*:)\s*\S.{0,100}|(?i:(?:photo|photograph|image|picture|illustration|foto|bild|imagen)s?)\s*(?i:by|:|von|de|/)\s*\S[^.!?]{0,80}|©.{0,100}|\(?(?:Getty Images|AP Photo|Reuters|AFP|Shutterstock)\b[^.!?]{0,60}|[^.!?]{0,60}(?:/\s*|via )(?:Getty(?: Images)?|AP|AFP|Reuters|Shutterstock|EPA|dpa|Bloomberg)\)?)$",
        )
        .expect("a constant pattern")
    })
}

#[cfg(test)]
mod tests {
    use super::is_credit_line;

    #[test]
    fn credit_lines() {
        for line in [
            "Credit: Ann Smith",
            "Photo by Ann Smith",
            "© 2024 The Herald",
            "Ann Smith/Getty Images",
            "Foto: dpa",
        ] {
            assert!(is_credit_line(line), "{line}");
        }
        for line in [
            "Credit is due to the crew.",
            "Photographs of the quay were shown to the jury.",
            "Reuters reported it first.",
        ] {
            assert!(!is_credit_line(line), "{line}");
        }
    }
}
