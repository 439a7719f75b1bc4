//! The terminal view: what the page is, who said what, who is in it. Fits 80 columns.

use std::fmt::Write;
use std::io::{IsTerminal, stdout};

use anstyle::{AnsiColor, Style};
use sayso::{AttributionId, Person, Reading, Span};
use textwrap::{Options, WordSplitter};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::wording::{self, Places};

pub(crate) const STRONG: Style = Style::new().bold();
pub(crate) const FAINT: Style = Style::new().dimmed();
pub(crate) const SPEAKER: Style = AnsiColor::Cyan.on_default().bold();
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const NOT_SAID: Style = AnsiColor::Red.on_default().bold();

/// Columns before a statement: two of margin, eight for its place, two between.
const GUTTER: usize = 12;

/// Columns of a content that is shown whole.
const LONG: usize = 560;

/// The columns to fill: those of the terminal, 40 to 100; 80 where there is none.
pub(crate) fn width() -> usize {
    let columns = stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    columns.map_or(80, |(width, _)| usize::from(width.0)).clamp(40, 100)
}

/// One reading, with styles as ANSI sequences.
pub(crate) fn view(id: &str, reading: &Reading, width: usize) -> String {
    let mut page = Page { reading, places: Places::new(&reading.article.blocks), width, out: String::new() };
    page.headline(id);
    page.notes();
    page.statements();
    page.people();
    page.unnamed();
    page.outlets();
    page.line("");
    page.out
}

struct Page<'r> {
    reading: &'r Reading,
    places: Places<'r>,
    width: usize,
    out: String,
}

impl Page<'_> {
    /// What the page says of itself.
    fn headline(&mut self, id: &str) {
        let article = &self.reading.article;
        self.rule('━');
        if let Some(outlet) = &article.outlet {
            self.styled(FAINT, "", &wording::clean(outlet));
        }
        self.styled(STRONG, "", &article.title.as_deref().map_or_else(|| wording::clean(id), wording::clean));
        let mut facts = Vec::new();
        match &article.published {
            Some(date) => {
                facts.push(format!("{} ({})", wording::date(date), wording::date_source(date.from)))
            }
            None => facts.push("no date".to_owned()),
        }
        if !article.byline.is_empty() {
            facts.push(format!("by {}", wording::clean(&article.byline.join(", "))));
        }
        self.plain("", &facts.join(" · "));
        let words = wording::count(wording::word_count(article), "word");
        let paragraphs = wording::count(self.places.paragraphs() as usize, "paragraph");
        let end = if article.complete { "complete" } else { "not complete" };
        self.plain("", &format!("{words} in {paragraphs} · {end}"));
        let place = article.url.as_deref().or(article.title.is_some().then_some(id));
        if let Some(place) = place {
            self.styled(FAINT, "", &wording::clean(place));
        }
    }

    /// What could not be done, in plain words.
    fn notes(&mut self) {
        for note in wording::notes(self.reading) {
            let (style, mark) = if wording::is_warning(note.kind) { (WARNING, "! ") } else { (FAINT, "· ") };
            self.styled(style, mark, &wording::clean(&note.text));
        }
    }

    /// Statements by speaker, in order of first appearance.
    fn statements(&mut self) {
        let groups = wording::by_speaker(self.reading);
        let total = self.reading.attributions.len();
        let of =
            if total == 0 { "no statement found".to_owned() } else { wording::count(total, "statement") };
        self.heading("Who said what", &of);
        for (n, group) in groups.iter().enumerate() {
            if n > 0 {
                self.line("");
            }
            self.speaker(group);
            group.iter().for_each(|&id| self.statement(id));
        }
    }

    /// The name above a group.
    fn speaker(&mut self, group: &[AttributionId]) {
        let first = &self.reading.attributions[group[0].index()];
        let name = wording::speaker(self.reading, first);
        match wording::speaker_kind(first) {
            Some(kind) if name.width() + kind.width() + 3 <= self.width => {
                self.line(&format!("{SPEAKER}{name}{SPEAKER:#} {FAINT}({kind}){FAINT:#}"));
            }
            _ => self.styled(SPEAKER, "", &name),
        }
    }

    /// One statement: its place and content, then how it is told and on whose word.
    fn statement(&mut self, id: AttributionId) {
        let attribution = &self.reading.attributions[id.index()];
        let article = &self.reading.article;
        let block = wording::anchor(attribution).and_then(|span| self.places.block(span));
        let place = block.map_or_else(String::new, |block| self.places.label(block));
        let content = match wording::pieces(article, &attribution.content) {
            content if content.is_empty() => "(what, is not told)".to_owned(),
            content => shorten(&content, LONG),
        };
        let possible = attribution.is_possible().then_some(wording::POSSIBLE);
        let labels: Vec<&str> = possible.into_iter().chain(wording::stance(attribution)).collect();
        self.content(&place, &labels.join(", "), &content);

        let mut facts = vec![wording::kind(attribution.kind).to_owned()];
        if !attribution.cue.is_empty() {
            facts.push(format!("“{}”", wording::pieces(article, &attribution.cue)));
        }
        facts.extend(wording::perhaps(self.reading, attribution));
        facts.extend(wording::circumstances(self.reading, attribution));
        let indent = " ".repeat(GUTTER);
        self.styled(FAINT, &indent, &facts.join(" · "));
        if let Some(others) = wording::on_the_word_of(self.reading, id) {
            self.plain(&indent, &format!("on the word of {others}"));
        }
    }

    /// A content beside its place; what is only possible, or not said, is labelled before it in capitals.
    fn content(&mut self, place: &str, label: &str, content: &str) {
        let style = if label == wording::POSSIBLE { WARNING } else { NOT_SAID };
        let label = if label.is_empty() { String::new() } else { label.to_uppercase() + ": " };
        let gutter = format!("  {place:<9} ");
        let indent = " ".repeat(GUTTER);
        let text = format!("{label}{content}");
        for (n, line) in wrap(&text, self.width - GUTTER).into_iter().enumerate() {
            match (n, line.strip_prefix(label.as_str())) {
                (0, Some(rest)) if !label.is_empty() => {
                    self.line(&format!("{FAINT}{gutter}{FAINT:#}{style}{label}{style:#}{rest}"));
                }
                (0, _) => self.line(&format!("{FAINT}{gutter}{FAINT:#}{line}")),
                _ => self.line(&format!("{indent}{line}")),
            }
        }
    }

    fn people(&mut self) {
        let people = &self.reading.people;
        if people.is_empty() {
            return;
        }
        self.heading("People", &people.len().to_string());
        for (person, said) in people.iter().zip(wording::statements_by_person(self.reading)) {
            let name = shorten(&wording::clean(&person.name), LONG);
            self.styled(SPEAKER, "  ", &name);
            self.styled(FAINT, "      ", &wording::person_facts(person, said.len()).join(" · "));
            self.mentions(person);
        }
    }

    /// Where a person is spoken of, and in which words.
    fn mentions(&mut self, person: &Person) {
        for (place, mentions) in wording::mentions_by_block(&self.places, person) {
            let words = mentions.iter().map(|&(_, mention)| wording::words(&self.reading.article, mention));
            let words = words.collect::<Vec<_>>().join(", ");
            self.hanging(&format!("      {place:<9} "), &shorten(&words, LONG));
        }
    }

    /// Text beside its place.
    fn hanging(&mut self, gutter: &str, text: &str) {
        let indent = " ".repeat(gutter.width());
        for (n, line) in wrap(text, self.width.saturating_sub(gutter.width())).into_iter().enumerate() {
            let gutter = if n == 0 { gutter } else { &indent };
            self.line(&format!("{FAINT}{gutter}{FAINT:#}{line}"));
        }
    }

    fn unnamed(&mut self) {
        let unnamed = &self.reading.unnamed;
        if unnamed.is_empty() {
            return;
        }
        self.heading("Sources without a name", &unnamed.len().to_string());
        for source in unnamed {
            let told = |label: &str, fact: &Option<String>| {
                fact.as_deref().map(|fact| format!("{label}{}", wording::clean(fact))).unwrap_or_default()
            };
            let facts = [
                wording::how_many(source),
                told("of ", &source.affiliation),
                told("why not named: ", &source.condition),
                mentions(&source.mentions),
            ];
            self.entry(&source.text, &facts);
        }
    }

    fn outlets(&mut self) {
        let outlets = &self.reading.outlets;
        if outlets.is_empty() {
            return;
        }
        self.heading("Outlets named", &outlets.len().to_string());
        for outlet in outlets {
            self.entry(&outlet.name, &[mentions(&outlet.mentions)]);
        }
    }

    /// A name and what is told of it.
    fn entry(&mut self, name: &str, facts: &[String]) {
        let name = shorten(&wording::clean(name), LONG);
        let facts: Vec<&str> = facts.iter().map(String::as_str).filter(|fact| !fact.is_empty()).collect();
        let facts = facts.join(" · ");
        if 2 + name.width() + 2 + facts.width() <= self.width {
            self.line(&format!("  {name}  {FAINT}{facts}{FAINT:#}"));
        } else {
            self.plain("  ", &name);
            self.styled(FAINT, "      ", &facts);
        }
    }

    /// A section's heading, with a rule to the right edge.
    fn heading(&mut self, title: &str, of: &str) {
        let used = title.width() + of.width() + 3;
        let rule = "─".repeat(self.width.saturating_sub(used));
        self.line("");
        self.line(&format!("{STRONG}{title}{STRONG:#} {FAINT}{rule} {of}{FAINT:#}"));
    }

    fn rule(&mut self, stroke: char) {
        let rule: String = std::iter::repeat_n(stroke, self.width).collect();
        self.line(&format!("{FAINT}{rule}{FAINT:#}"));
    }

    fn plain(&mut self, indent: &str, text: &str) {
        self.styled(Style::new(), indent, text);
    }

    /// Text wrapped to the width, every line in one style; what follows a mark is aligned behind it.
    fn styled(&mut self, style: Style, mark: &str, text: &str) {
        let hanging = " ".repeat(mark.width());
        for (n, line) in wrap(text, self.width - mark.width()).into_iter().enumerate() {
            let mark = if n == 0 { mark } else { &hanging };
            self.line(&format!("{style}{mark}{line}{style:#}"));
        }
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.out, "{}", line.trim_end());
    }
}

fn mentions(spans: &[Span]) -> String {
    if spans.is_empty() { String::new() } else { wording::count(spans.len(), "mention") }
}

pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    textwrap::wrap(text, Options::new(width).word_splitter(WordSplitter::NoHyphenation))
        .into_iter()
        .map(|line| line.into_owned())
        .collect()
}

/// The beginning of a text, of so many columns at most.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// Leaves out the middle of a text of more than `limit` characters.
fn shorten(text: &str, limit: usize) -> String {
    let count = text.chars().count();
    if count <= limit {
        return text.to_owned();
    }
    let (head, tail) = (limit * 2 / 3, limit / 3);
    let head: String = text.chars().take(head).collect();
    let tail: String = text.chars().skip(count - tail).collect();
    let (head, tail) = (whole_words(&head), tail.split_once(' ').map_or(tail.as_str(), |(_, rest)| rest));
    format!("{head} […] {tail}")
}

fn whole_words(text: &str) -> &str {
    text.rsplit_once(' ').map_or(text, |(whole, _)| whole)
}
