//! The HTML view: one file that needs nothing else, no script either. The article as it reads, its statements marked
//! in it, and a card beside each paragraph for every statement.
//!
//! A mark and its card find each other by anchors both ways, and by `:has()` on hover, focus and target: within a row
//! (a paragraph and its cards) the marks and the card of one statement share a class `k0`, `k1` …, for which the style
//! sheet holds one rule each.

mod mark;

use std::collections::BTreeMap;
use std::fmt::Write;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sayso::{Article, Attribution, AttributionId, BlockKind, Reading, Span, Stance};

use crate::wording::{self, Places};
use mark::{Row, rows};

const STYLE: &str = include_str!("style.css");
const CHAIN_STYLE: &str = include_str!("chain.css");

/// Statements of one row that light up together with their cards.
const LINKED: usize = 48;

/// One page of the file, rendered.
pub(crate) struct Section {
    anchor: String,
    title: String,
    outlet: Option<String>,
    statements: usize,
    /// Key, name and card of those that other pages may speak of, too.
    people: Vec<(String, String, String)>,
    body: Markup,
}

impl Section {
    /// The section of a reading; `number` tells it from the others of the file.
    pub(crate) fn new(number: usize, id: &str, reading: &Reading) -> Section {
        let anchor = format!("r{number}");
        let title = reading.article.title.as_deref().map_or_else(|| wording::clean(id), wording::clean);
        let page = Page { reading, anchor: &anchor, places: Places::new(&reading.article.blocks) };
        let body = page.section(&title);
        let outlet = reading.article.outlet.as_deref().map(wording::clean);
        let people = reading.people.iter().zip(1..).filter_map(|(person, n)| {
            Some((person.key.clone()?, wording::clean(&person.name), format!("{anchor}p{n}")))
        });
        let people = people.collect();
        Section { people, title, outlet, statements: reading.attributions.len(), body, anchor }
    }
}

/// The whole file; of several pages perhaps with what they tell together.
pub(crate) fn page(sections: &[Section], chain: Option<Markup>) -> String {
    let title = match sections {
        [one] => one.title.clone(),
        _ => format!("{} read", wording::count(sections.len(), "page")),
    };
    let body = html! {
        @if sections.len() > 1 { (index(sections)) (shared(sections)) }
        main #main {
            @if let Some(chain) = chain { (chain) }
            @for section in sections { (section.body) }
        }
    };
    whole(&title, "who said what, on whose word", &body)
}

/// A file of what pages tell together.
pub(crate) fn file(title: &str, what: &str, main: &Markup) -> String {
    whole(title, what, &html! { main #main { (main) } })
}

fn whole(title: &str, what: &str, body: &Markup) -> String {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(concat!("sayso ", env!("CARGO_PKG_VERSION")));
                title { (title) " · sayso" }
                style { (PreEscaped(STYLE)) (PreEscaped(CHAIN_STYLE)) (PreEscaped(pairing())) }
            }
            body {
                a.skip href="#main" { "To the text" }
                header.mast { strong { "sayso" } span { (what) } }
                (body)
                footer {
                    p { "Made by sayso " (env!("CARGO_PKG_VERSION")) ". It shows who is said to have said what, on whose word, \
                        and which text has it from which; whether it is so, it does not say." }
                }
            }
        }
    };
    markup.into_string()
}

/// The rules by which marks and card of one statement light up together.
fn pairing() -> String {
    let mut rules = String::new();
    for k in 0..LINKED {
        let _ = write!(rules, ".row:has(.k{k}:is(:hover,:focus-visible,:target)) .k{k}{{--on:var(--hot)}}");
    }
    rules
}

fn index(sections: &[Section]) -> Markup {
    html! {
        nav.index aria-label="Pages" {
            ol {
                @for section in sections {
                    li {
                        a href={ "#" (section.anchor) } { (section.title) }
                        small {
                            @if let Some(outlet) = &section.outlet { (outlet) " · " }
                            (wording::count(section.statements, "statement"))
                        }
                    }
                }
            }
        }
    }
}

/// Those of whom several pages speak, with the pages that do.
fn shared(sections: &[Section]) -> Markup {
    // By key: the longest name, and the pages with their cards.
    type Shared<'s> = (&'s str, Vec<(usize, &'s str)>);
    let mut people: BTreeMap<&str, Shared> = BTreeMap::new();
    for (number, section) in sections.iter().enumerate() {
        for (key, name, card) in &section.people {
            let (longest, cards) = people.entry(key).or_insert((name, Vec::new()));
            if (name.len(), name.as_str()) > (longest.len(), *longest) {
                *longest = name;
            }
            cards.push((number + 1, card));
        }
    }
    people.retain(|_, (_, cards)| cards.len() > 1);
    html! {
        @if !people.is_empty() {
            nav.index.shared aria-label="People in several pages" {
                h2 { "People in several pages" }
                ul {
                    @for (name, cards) in people.values() {
                        li { b { (name) } " " @for (number, card) in cards { " " a href={ "#" (card) } aria-label={ "Page " (number) } { (number) } } }
                    }
                }
            }
        }
    }
}

struct Page<'r> {
    reading: &'r Reading,
    anchor: &'r str,
    places: Places<'r>,
}

impl Page<'_> {
    fn section(&self, title: &str) -> Markup {
        let article = &self.reading.article;
        let heading = format!("{}h", self.anchor);
        let rows = rows(self.reading, &self.places);
        html! {
            article.page id=(self.anchor) aria-labelledby=(heading) {
                (self.head(title, &heading))
                div.text lang=[article.language.as_deref()] {
                    @for (block, row) in rows.iter().enumerate() { (self.row(block, row)) }
                }
                (self.cast())
            }
        }
    }

    /// Outlet, headline, date, author, length, and what could not be done.
    fn head(&self, title: &str, heading: &str) -> Markup {
        let article = &self.reading.article;
        let words = wording::count(wording::word_count(article), "word");
        let statements = wording::count(self.reading.attributions.len(), "statement");
        let web =
            article.url.as_deref().filter(|url| url.starts_with("http://") || url.starts_with("https://"));
        html! {
            header.head {
                @if let Some(outlet) = &article.outlet { p.outlet { (wording::clean(outlet)) } }
                h1 id=(heading) { (title) }
                p.facts {
                    @if let Some(date) = &article.published {
                        time { (wording::date(date)) } " " span.from { "(" (wording::date_source(date.from)) ")" }
                    } @else { "No date" }
                    @if !article.byline.is_empty() { " · by " (wording::clean(&article.byline.join(", "))) }
                    " · " (words) " · " (statements) " · "
                    @if article.complete { "complete" } @else { strong { "not complete" } }
                }
                @if let Some(url) = web { p.facts { a.url href=(url) rel="noreferrer nofollow" { (wording::clean(url)) } } }
                @if !self.reading.notes.is_empty() {
                    ul.notes {
                        @for note in wording::notes(self.reading) {
                            li.warning[wording::is_warning(note.kind)] { (wording::clean(&note.text)) }
                        }
                    }
                }
            }
        }
    }

    /// A block and the cards of the statements that begin in it.
    fn row(&self, block: usize, row: &Row) -> Markup {
        let kind = self.reading.article.blocks[block].kind;
        let span = self.reading.article.blocks[block].span;
        if kind == BlockKind::Title && row.pieces.is_empty() && self.is_headline(span) {
            return Markup::default();
        }
        let text = mark::marked(self.reading, self.anchor, span, row);
        let label = self.places.label(block);
        html! {
            div class={ "row " (class(kind)) } {
                div.block {
                    @if let Some(tag) = tag(kind) { span.tag { (tag) } " " }
                    @if label.starts_with('¶') { span.number aria-hidden="true" { (label) } }
                    @match kind {
                        BlockKind::Title | BlockKind::Subhead => h2 { (text) },
                        BlockKind::Quotation => blockquote { p { (text) } },
                        _ => p { (text) },
                    }
                }
                @if !row.cards.is_empty() {
                    aside.cards aria-label={ "Statements in " (label) } {
                        @for &(id, k) in &row.cards { (self.card(id, k)) }
                    }
                }
            }
        }
    }

    /// Whether a title block only repeats the headline above.
    fn is_headline(&self, span: Span) -> bool {
        let article = &self.reading.article;
        article.title.as_deref().is_some_and(|title| wording::clean(title) == wording::words(article, span))
    }

    /// What is told of one statement.
    fn card(&self, id: AttributionId, k: usize) -> Markup {
        let attribution = &self.reading.attributions[id.index()];
        let article = &self.reading.article;
        let number = id.0 + 1;
        let stance = wording::stance(attribution);
        let cue = wording::pieces(article, &attribution.cue);
        html! {
            div class={ "card" (linked(k)) @if attribution.within.is_some() { " inner" } }
                id={ (self.anchor) "c" (number) } {
                p.who {
                    a.go href={ "#" (self.anchor) "s" (number) } aria-label={ "Statement " (number) ", to the text" } { (number) }
                    b { (wording::speaker(self.reading, attribution)) }
                    @if !cue.is_empty() { " " i { (cue) } }
                    @if attribution.is_possible() { " " strong.possible { (wording::POSSIBLE) } }
                    @if let Some(stance) = stance { " " strong.stance { (stance) } }
                }
                p.how {
                    (wording::kind(attribution.kind))
                    @if let Some(kind) = wording::speaker_kind(attribution) { " · " (kind) }
                    @if let Some(perhaps) = wording::perhaps(self.reading, attribution) { " · " (perhaps) }
                    @for told in wording::circumstances(self.reading, attribution) { " · " (told) }
                }
                @if let Some(others) = wording::on_the_word_of(self.reading, id) {
                    p.word { "on the word of " (others) }
                }
            }
        }
    }

    /// Who speaks, who is named, after the text.
    fn cast(&self) -> Markup {
        let Reading { people, unnamed, outlets, attributions, .. } = self.reading;
        html! {
            @if !attributions.is_empty() || !people.is_empty() || !unnamed.is_empty() || !outlets.is_empty() {
                div.cast {
                    @if !attributions.is_empty() { (self.speakers()) }
                    @if !people.is_empty() { (self.people()) }
                    @if !unnamed.is_empty() {
                        section { h2 { "Sources without a name" } ul { @for source in unnamed { li {
                            b { (wording::clean(&source.text)) } " " (wording::how_many(source))
                            @if let Some(of) = &source.affiliation { ", of " (wording::clean(of)) }
                            @if let Some(why) = &source.condition { "; why not named: " (wording::clean(why)) }
                            (mentions(&source.mentions))
                        } } } }
                    }
                    @if !outlets.is_empty() {
                        section { h2 { "Outlets named" } ul { @for outlet in outlets { li {
                            b { (wording::clean(&outlet.name)) } (mentions(&outlet.mentions))
                        } } } }
                    }
                }
            }
        }
    }

    /// A card for every person: what the text calls them, what they say, every mention.
    fn people(&self) -> Markup {
        html! {
            section.people {
                h2 { "People" }
                ul {
                    @for ((n, person), said) in self.reading.people.iter().enumerate().zip(wording::statements_by_person(self.reading)) {
                        li id={ (self.anchor) "p" (n + 1) } {
                            b { (wording::clean(&person.name)) } " "
                            small { (wording::person_facts(person, said.len()).join(" · ")) }
                            @if !said.is_empty() {
                                span.refs { @for id in said { " " a href={ "#" (self.anchor) "c" (id.0 + 1) } aria-label={ "Statement " (id.0 + 1) } { (id.0 + 1) } } }
                            }
                            ul.mentions {
                                @for (place, mentions) in wording::mentions_by_block(&self.places, person) {
                                    li {
                                        small { (place) }
                                        @for (number, mention) in mentions {
                                            " " a href={ "#" (self.anchor) "m" (n + 1) "-" (number + 1) } { (wording::words(&self.reading.article, mention)) }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Every speaker with the numbers of the statements.
    fn speakers(&self) -> Markup {
        html! {
            section {
                h2 { "Who speaks" }
                ul {
                    @for group in wording::by_speaker(self.reading) {
                        @let first = &self.reading.attributions[group[0].index()];
                        li {
                            b { (wording::speaker(self.reading, first)) }
                            @if let Some(kind) = wording::speaker_kind(first) { " " small { (kind) } }
                            span.refs {
                                @for id in &group { " " a href={ "#" (self.anchor) "c" (id.0 + 1) } { (id.0 + 1) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The class that ties a card and its marks, where the row has rules for it.
fn linked(k: usize) -> String {
    if k < LINKED { format!(" k{k}") } else { String::new() }
}

fn mentions(spans: &[Span]) -> Markup {
    html! { @if !spans.is_empty() { " " small { (wording::count(spans.len(), "mention")) } } }
}

fn class(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Subhead => "subhead",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Quotation => "quotation",
        BlockKind::ListItem => "item",
        BlockKind::Caption => "caption",
        BlockKind::AltText => "aside alt",
        BlockKind::Credit => "aside credit",
        BlockKind::Debris => "aside debris",
    }
}

/// What stands above a block that is no running text.
fn tag(kind: BlockKind) -> Option<&'static str> {
    match kind {
        BlockKind::Caption => Some("Caption"),
        BlockKind::AltText => Some("Picture’s text"),
        BlockKind::Credit => Some("Credit"),
        BlockKind::Debris => Some("Page furniture"),
        _ => None,
    }
}

/// The class of a mark, by what the text says of the saying and how sure the reading is.
fn stance_class(attribution: &Attribution) -> &'static str {
    match attribution.stance {
        Stance::Denied | Stance::NotSaid | Stance::Hypothetical => " unsaid",
        Stance::Asserted if attribution.is_possible() => " maybe",
        Stance::Asserted => "",
    }
}

/// The article's words, without characters that no page may show.
fn shown(article: &Article, span: Span) -> String {
    let hidden = |c: &char| {
        c.is_control() && !c.is_whitespace() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    article[span].chars().filter(|c| !hidden(c)).collect()
}
