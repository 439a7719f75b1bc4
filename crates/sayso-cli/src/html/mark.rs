//! Marks in the text of a block: which words are content, source and cue of which statement.
//!
//! Statements overlap and lie in one another, elements of HTML may not. So a block is cut at every start and end of a
//! piece, and each segment is one element with the classes of all pieces over it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use maud::{Markup, html};
use sayso::{Attribution, AttributionId, Kind, Reading, Span};

use super::{linked, shown, stance_class};
use crate::wording::{Places, anchor, clean};

/// Pieces over one segment that are shown; a bound against hostile nesting.
const OVER: usize = 12;

/// Blocks over which one piece is marked.
const BLOCKS: usize = 64;

/// The marks and cards of one block.
#[derive(Default)]
pub(super) struct Row {
    pub(super) pieces: Vec<Piece>,
    /// Statements whose cards stand beside the block, and their places among the row's statements.
    pub(super) cards: Vec<(AttributionId, usize)>,
    /// Mentions of people that start in the block: where, which person, which of the mentions.
    people: Vec<(Span, usize, usize)>,
    /// The row's statements; an index here ties marks and cards.
    statements: Vec<AttributionId>,
}

/// Part of a statement inside one block.
pub(super) struct Piece {
    span: Span,
    role: Role,
    statement: AttributionId,
    k: usize,
    /// Whether the card's link leads here.
    is_anchor: bool,
    /// Whether the statement's number follows.
    is_numbered: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Content,
    Source,
    Cue,
}

/// A row for every block, filled with the pieces and cards of all statements.
pub(super) fn rows(reading: &Reading, places: &Places) -> Vec<Row> {
    let mut rows: Vec<Row> = reading.article.blocks.iter().map(|_| Row::default()).collect();
    for (attribution, n) in reading.attributions.iter().zip(0..) {
        let id = AttributionId(n);
        let Some(at) = anchor(attribution) else { continue };
        let Some(home) = places.block(at) else { continue };
        for (role, spans) in roles(attribution) {
            spans.iter().for_each(|&span| add(&mut rows, reading, places, id, role, span));
        }
        let k = rows[home].k(id);
        rows[home].cards.push((id, k));
        if let Some(piece) = rows[home]
            .pieces
            .iter_mut()
            .rev()
            .find(|piece| piece.statement == id && piece.span.start() == at.start())
        {
            piece.is_anchor = true;
        }
    }
    for (person, at) in reading.people.iter().zip(0..) {
        for (number, &mention) in person.mentions.iter().enumerate() {
            if let Some(block) = places.block(mention) {
                rows[block].people.push((mention, at, number));
            }
        }
    }
    rows.iter_mut().for_each(|row| row.people.sort_by_key(|(span, ..)| (span.start(), Reverse(span.end()))));
    rows
}

fn roles(attribution: &Attribution) -> [(Role, &[Span]); 3] {
    [
        (Role::Source, &attribution.source),
        (Role::Cue, &attribution.cue),
        (Role::Content, &attribution.content),
    ]
}

/// Adds a piece to every block that it touches.
fn add(rows: &mut [Row], reading: &Reading, places: &Places, id: AttributionId, role: Role, span: Span) {
    let Some(first) = places.block(span) else { return };
    let blocks =
        reading.article.blocks[first..].iter().take(BLOCKS).take_while(|block| block.span.overlaps(span));
    for (row, block) in rows[first..].iter_mut().zip(blocks) {
        let inside = Span::new(span.start().max(block.span.start()), span.end().min(block.span.end()));
        let k = row.k(id);
        if role == Role::Content {
            let others = row.pieces.iter_mut().rev().take_while(|piece| piece.statement == id);
            others.for_each(|piece| piece.is_numbered = false);
        }
        let is_numbered = role == Role::Content;
        row.pieces.push(Piece { span: inside, role, statement: id, k, is_anchor: false, is_numbered });
    }
}

impl Row {
    /// The place of a statement among those of the row. Statements come one after the other.
    fn k(&mut self, id: AttributionId) -> usize {
        if self.statements.last() != Some(&id) {
            self.statements.push(id);
        }
        self.statements.len() - 1
    }
}

/// The words of a block with their marks.
pub(super) fn marked(reading: &Reading, anchor: &str, block: Span, row: &Row) -> Markup {
    let mut by_start: Vec<&Piece> = row.pieces.iter().collect();
    by_start.sort_by_key(|piece| (piece.span.start(), Reverse(piece.span.end())));
    let mut coming = by_start.into_iter().peekable();
    let mut over: Vec<&Piece> = Vec::new();
    let mut people = row.people.iter().peekable();
    // The mention over the segment: of several, the one that starts last.
    let mut person: Option<(Span, usize)> = None;
    let mut parts = Vec::new();
    for (start, end) in segments(block, row) {
        let (ended, open): (Vec<_>, Vec<_>) = over.into_iter().partition(|piece| piece.span.end() <= start);
        parts.extend(ended.iter().rev().map(|piece| number(anchor, piece)));
        over = open;
        while let Some(piece) = coming.next_if(|piece| piece.span.start() <= start) {
            parts.push(target(anchor, piece));
            if over.len() < OVER && piece.span.end() > start {
                over.push(piece);
            }
        }
        person = person.filter(|(mention, _)| mention.end() > start);
        while let Some(&(mention, at, number)) = people.next_if(|(mention, ..)| mention.start() <= start) {
            parts.push(html! { span.at.m id={ (anchor) "m" (at + 1) "-" (number + 1) } {} });
            person = Some((mention, at));
        }
        parts.push(segment(reading, anchor, Span::new(start, end), &over, person.map(|(_, at)| at)));
    }
    parts.extend(over.iter().rev().map(|piece| number(anchor, piece)));
    html! { @for part in parts { (part) } }
}

/// The stretches of a block over which no piece starts or ends.
fn segments(block: Span, row: &Row) -> Vec<(usize, usize)> {
    let spans = row.pieces.iter().map(|piece| piece.span).chain(row.people.iter().map(|(span, ..)| *span));
    let ends = spans.flat_map(|span| [span.start(), span.end().min(block.end())]);
    let cuts: BTreeSet<usize> = ends.chain([block.start(), block.end()]).collect();
    cuts.iter().copied().zip(cuts.iter().copied().skip(1)).collect()
}

/// The place that a card leads to.
fn target(anchor: &str, piece: &Piece) -> Markup {
    html! {
        @if piece.is_anchor {
            span class={ "at" (linked(piece.k)) } id={ (anchor) "s" (piece.statement.0 + 1) } {}
        }
    }
}

/// The number that leads from the end of a content to its card.
fn number(anchor: &str, piece: &Piece) -> Markup {
    let number = piece.statement.0 + 1;
    html! {
        @if piece.is_numbered {
            sup { a class={ "n" (linked(piece.k)) } href={ "#" (anchor) "c" (number) } aria-label={ "Statement " (number) } { (number) } }
        }
    }
}

/// One stretch of words with the classes of everything over it. A mention of a person is a link to the person's card,
/// other content one to the card of the innermost statement.
fn segment(reading: &Reading, anchor: &str, span: Span, over: &[&Piece], person: Option<usize>) -> Markup {
    let words = shown(&reading.article, span);
    let content = over.iter().rev().find(|piece| piece.role == Role::Content);
    let classes = classes(reading, over);
    if let Some(person) = person {
        let name = clean(&reading.people[person].name);
        let classes = if over.is_empty() { "person".to_owned() } else { format!("person {classes}") };
        return html! { a class=(classes) tabindex="-1" title=(name) href={ "#" (anchor) "p" (person + 1) } { (words) } };
    }
    html! {
        @match (content, over.is_empty()) {
            (_, true) => (words),
            (Some(piece), _) => a class=(classes) tabindex="-1" href={ "#" (anchor) "c" (piece.statement.0 + 1) } { (words) },
            (None, _) => span class=(classes) { (words) },
        }
    }
}

fn classes(reading: &Reading, over: &[&Piece]) -> String {
    let mut classes = BTreeSet::new();
    for piece in over {
        let attribution = &reading.attributions[piece.statement.index()];
        classes.insert(match piece.role {
            Role::Source => "source",
            Role::Cue => "cue",
            Role::Content if attribution.kind == Kind::Indirect => "said indirect",
            Role::Content => "said",
        });
    }
    let contents = over.iter().filter(|piece| piece.role == Role::Content);
    let innermost = contents.clone().next_back();
    let mut list = classes.into_iter().collect::<Vec<_>>().join(" ");
    if let Some(piece) = innermost {
        list.push_str(stance_class(&reading.attributions[piece.statement.index()]));
    }
    if contents.count() > 1 {
        list.push_str(" deep");
    }
    let linked: BTreeSet<usize> = over.iter().map(|piece| piece.k).collect();
    linked.into_iter().for_each(|k| list.push_str(&super::linked(k)));
    list
}
