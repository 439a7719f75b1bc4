//! A page in HTML, from text to [`Article`].

use html5ever::local_name;

use super::debris::Context;
use super::dom::{self, Dom};
use super::flow::{Flow, Passage, Shape};
use super::metadata::Metadata;
use super::zone::Zone;
use super::{Hints, body, dates, debris, finish, flow, links, metadata, note};
use crate::{Article, Block, BlockKind, DateSource, Link, NoteKind, Span};

/// Reads a page.
pub(super) fn read(html: &str, hints: &Hints) -> Article {
    let dom = dom::parse(html);
    let flow = flow::flow(&dom);
    let zones = body::zones(&flow);
    let about = metadata::read(&dom, &headings(&flow));
    let context = Context { flow: &flow, zones: &zones, title: about.title.as_deref() };
    let mut parts = parts(&flow, &context, &about.descriptions);
    if is_hollow(&flow, &parts) {
        // The words in its classes call the article itself furniture: they mean something else here.
        let zones: Vec<Zone> = zones.iter().map(|zone| zone.without(Zone::DOUBTFUL)).collect();
        let context = Context { flow: &flow, zones: &zones, title: about.title.as_deref() };
        parts = self::parts(&flow, &context, &about.descriptions);
    }
    let mut article = write(&dom, &flow, &parts, about.title.as_deref(), hints);
    describe(&mut article, &context, &about, hints);
    if dom.cut_depth {
        note(
            &mut article,
            NoteKind::Cut,
            format!("Elements nested deeper than {} were unwrapped.", dom::MAX_DEPTH),
        );
    }
    if dom.cut_tag {
        note(&mut article, NoteKind::Cut, "A tag was too long and was ended early.");
    }
    if dom.cut_nodes {
        note(&mut article, NoteKind::Cut, "The page has too many parts; the last were not read.");
    }
    article
}

/// The page's first few main headings.
fn headings(flow: &Flow) -> Vec<&str> {
    flow.passages
        .iter()
        .filter(|p| p.shape == Shape::Heading(1))
        .map(|p| &flow.text[p.span.clone()])
        .take(8)
        .collect()
}

/// The passages that make the article, with their kinds.
fn parts<'a>(flow: &'a Flow, context: &Context, descriptions: &[String]) -> Vec<(&'a Passage, BlockKind)> {
    let Some(region) = body::region(flow, context.zones) else { return Vec::new() };
    let inside = flow.boxes[region.root].passages.clone();
    let mut parts: Vec<(&Passage, BlockKind)> = Vec::new();
    let mut standfirsts = Standfirsts { descriptions, found: 0 };
    for (i, passage) in flow.passages.iter().enumerate().take(inside.end) {
        let zone = context.zones[passage.parent] | passage.zone;
        let standfirst = parts.len() < 12 && standfirsts.has(context, passage, zone);
        // Comments and menus are not the article's, wherever they stand.
        if standfirst {
            parts.push((passage, BlockKind::Paragraph));
        } else if inside.contains(&i) && !zone.any(Zone::COMMENT | Zone::NAV) {
            parts.push((passage, debris::kind(context, passage)));
        }
    }
    body::trim(flow, &mut parts);
    parts
}

/// Whether most prose of the region was taken for furniture.
fn is_hollow(flow: &Flow, parts: &[(&Passage, BlockKind)]) -> bool {
    let mass = |debris: bool| -> f64 {
        let side = parts.iter().filter(|(_, kind)| (*kind == BlockKind::Debris) == debris);
        side.map(|(passage, _)| body::mass(flow, passage)).sum()
    };
    mass(true) > 2.0 * mass(false)
}

/// Recognises standfirsts, which often stand outside the body's container: by the page's own summary.
struct Standfirsts<'a> {
    descriptions: &'a [String],
    found: usize,
}

impl Standfirsts<'_> {
    fn has(&mut self, context: &Context, passage: &Passage, zone: Zone) -> bool {
        let text = &context.flow.text[passage.span.clone()];
        if self.found > 1
            || passage.chars < 30
            || passage.linked * 2 > passage.chars
            || zone.any(Zone::STANDFIRST_NEVER)
        {
            return false;
        }
        let told = self.descriptions.iter().any(|d| debris::same_words(d, text));
        self.found += usize::from(told);
        told
    }
}

/// Writes the article's text, block after block.
fn write(
    dom: &Dom,
    flow: &Flow,
    parts: &[(&Passage, BlockKind)],
    title: Option<&str>,
    hints: &Hints,
) -> Article {
    let base = hints.url.as_deref().and_then(|url| url::Url::parse(url).ok());
    let mut article = Article::default();
    if !parts.iter().any(|(_, kind)| *kind == BlockKind::Title)
        && let Some(title) = title
    {
        push(&mut article, title, BlockKind::Title);
    }
    for (passage, kind) in parts {
        let text = &flow.text[passage.span.clone()];
        let start = push(&mut article, text, *kind);
        for anchor in &flow.anchors[passage.anchors.clone()] {
            let span = anchor.span.start.max(passage.span.start)..anchor.span.end.min(passage.span.end);
            let href = dom.attribute(anchor.node, &local_name!("href"));
            if span.start < span.end
                && let Some(url) = href.and_then(|href| links::absolute(base.as_ref(), href))
            {
                let at = |i: usize| i - passage.span.start + start;
                article.links.push(Link { span: Span::new(at(span.start), at(span.end)), url });
            }
        }
    }
    article
}

/// Adds a block; gives where it starts.
fn push(article: &mut Article, text: &str, kind: BlockKind) -> usize {
    if !article.text.is_empty() {
        article.text.push_str("\n\n");
    }
    let start = article.text.len();
    article.text.push_str(text);
    article.blocks.push(Block { span: Span::new(start, article.text.len()), kind });
    start
}

/// Sets what the page says of itself.
fn describe(article: &mut Article, context: &Context, about: &Metadata, hints: &Hints) {
    article.title.clone_from(&about.title);
    article.byline.clone_from(&about.byline);
    article.outlet.clone_from(&about.outlet);
    article.dates.clone_from(&about.dates);
    let base = hints.url.as_deref().and_then(|url| url::Url::parse(url).ok());
    article.canonical_url =
        about.canonical_url.as_deref().and_then(|url| links::absolute(base.as_ref(), url));
    let address = hints.url.as_deref().or(about.canonical_url.as_deref());
    article.dates.extend(address.and_then(dates::of_url));
    article.dates.extend(shown_date(context));
    if about.broken {
        note(article, NoteKind::Metadata, "A JSON-LD block of the page could not be read.");
    }
    finish(article, hints, about.language.as_deref());
    let length: usize = article.blocks.iter().filter(|b| b.kind.is_body()).map(|b| b.span.len()).sum();
    if about.paid && (length < 1500 || !article.complete) {
        article.complete = false;
        note(article, NoteKind::Paywall, "The text ends at a paywall.");
    }
}

/// A date shown in a place that the page marks as a date.
fn shown_date(context: &Context) -> Option<crate::Published> {
    let flow = context.flow;
    let marked =
        flow.passages.iter().take(400).filter(|p| p.chars < 80 && context.zones[p.parent].any(Zone::DATE));
    marked.into_iter().find_map(|p| dates::parse(&flow.text[p.span.clone()], DateSource::Text))
}
