//! What a passage inside the article's region is: text of the article, caption, credit or furniture.

use std::sync::OnceLock;

use html5ever::local_name;
use regex::{Regex, RegexBuilder};

use super::captions;
use super::flow::{Flow, Passage, Shape};
use super::zone::Zone;
use crate::BlockKind;

/// What is known of the article when its passages are judged.
pub(super) struct Context<'a> {
    pub(super) flow: &'a Flow,
    pub(super) zones: &'a [Zone],
    pub(super) title: Option<&'a str>,
}

/// The kind of one passage.
pub(super) fn kind(context: &Context, passage: &Passage) -> BlockKind {
    let zone = context.zones[passage.parent] | passage.zone;
    let text = &context.flow.text[passage.span.clone()];
    if passage.shape == Shape::Heading(1) || context.title.is_some_and(|title| same_words(title, text)) {
        return BlockKind::Title;
    }
    if let Some(kind) = captions::kind(zone, passage, text) {
        return kind;
    }
    if captions::under_picture(context.flow, passage) {
        return BlockKind::Caption;
    }
    if is_furniture(zone, passage, text) {
        return BlockKind::Debris;
    }
    let quoted = ancestors(context.flow, passage).any(|name| name == local_name!("blockquote"));
    if !quoted && zone.any(Zone::EMBED) && passage.shape == Shape::Bare && passage.chars < 80 {
        return BlockKind::Debris;
    }
    match passage.shape {
        Shape::Heading(_) => BlockKind::Subhead,
        Shape::Item => BlockKind::ListItem,
        Shape::Quotation => BlockKind::Quotation,
        _ if quoted => BlockKind::Quotation,
        _ => BlockKind::Paragraph,
    }
}

fn ancestors<'a>(flow: &'a Flow, passage: &Passage) -> impl Iterator<Item = html5ever::LocalName> + use<'a> {
    let mut at = Some(passage.parent);
    std::iter::from_fn(move || {
        let here = at?;
        let element = &flow.boxes[here];
        at = (here != 0).then_some(element.parent);
        Some(element.name.clone())
    })
    // A quotation is near its mark; the bound keeps deep pages linear.
    .take(4)
}

/// Furniture by place, by links or by wording.
fn is_furniture(zone: Zone, passage: &Passage, text: &str) -> bool {
    let short = passage.chars < 200;
    let places = Zone::TAGS | Zone::AUTHOR | Zone::DATE | Zone::PAYWALL | Zone::HIDDEN;
    if zone.any(Zone::FURNITURE) || (short && zone.any(places)) {
        return true;
    }
    // A line that is a link, or names separated by bars, is a pointer elsewhere.
    let linked = passage.linked as f64 / passage.chars.max(1) as f64;
    if linked > 0.8 && !(passage.shape == Shape::Item && passage.chars > 200) {
        return true;
    }
    if !text.chars().any(char::is_alphanumeric) {
        return true;
    }
    short && pattern().is_match(text)
}

/// Wording of furniture that stands alone in a short passage.
pub(super) fn pattern() -> &'static Regex {
    static PATTERN: OnceLock<Regex> = OnceLock::new();
    PATTERN.get_or_init(|| {
        let alternatives: Vec<&str> = sayso_data::PAGE_DEBRIS
            .lines()
            .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
            .collect();
        let source = format!("^(?:{})", alternatives.join("|"));
        // The list is embedded and tested; a pattern that matches nothing stands for a broken one.
        RegexBuilder::new(&source)
            .case_insensitive(true)
            .build()
            .unwrap_or_else(|_| Regex::new("$^").expect("a constant pattern"))
    })
}

/// Whether two texts have the same words, whatever their marks and spaces.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    let words = |s: &str| -> Vec<String> {
        s.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    if a.len() > 2 * b.len() + 16 || b.len() > 2 * a.len() + 16 {
        return false;
    }
    let words_a = words(a);
    !words_a.is_empty() && words_a == words(b)
}

#[cfg(test)]
mod tests {
    use super::{pattern, same_words};

    #[test]
    fn wording() {
        for debris in
            ["Table of Contents", "Advertisement", "Read more: The mayor resigns", "Share this article"]
        {
            assert!(pattern().is_match(debris), "{debris}");
        }
        for text in ["Advertisements were banned in the town.", "Sharecroppers left.", "More than 100 came."]
        {
            assert!(!pattern().is_match(text), "{text}");
        }
        assert!(same_words("The Mayor’s gone", "The mayor's  gone."));
        assert!(!same_words("", "…"));
    }
}
