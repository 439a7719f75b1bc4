//! The words that both views use: who, where, how, on whose word.

use std::collections::HashMap;

use sayso::{
    Act, Article, Attribution, AttributionId, Block, BlockKind, DateSource, Kind, Note, NoteKind, Person,
    Published, Reading, Span, Speaker, Stance, Unnamed, ViaKind,
};
use sayso_record::{HandKind, hands};

/// Bytes looked at from each end of a long span.
const ENDS: usize = 4 << 10;

/// The words of a span on one line: white space made single, control characters left out.
/// Of a very long span the two ends.
pub(crate) fn words(article: &Article, span: Span) -> String {
    let text = &article[span];
    if text.len() <= 2 * ENDS {
        return clean(text);
    }
    let (head, tail) = (boundary(text, ENDS), boundary(text, text.len() - ENDS));
    format!("{} … {}", clean(&text[..head]), clean(&text[tail..]))
}

/// The last character boundary at or before a byte.
fn boundary(text: &str, byte: usize) -> usize {
    (0..=byte).rev().find(|byte| text.is_char_boundary(*byte)).unwrap_or(0)
}

/// As [`clean`], with a space at either end where there was white space.
pub(crate) fn spaced(text: &str) -> String {
    let space = |is: bool| if is { " " } else { "" };
    let clean = clean(text);
    if clean.is_empty() {
        return space(!text.is_empty()).to_owned();
    }
    let (before, after) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    format!("{}{clean}{}", space(before), space(after))
}

/// Text that is safe on a terminal: one line, no control or direction-changing characters.
pub(crate) fn clean(text: &str) -> String {
    let unsafe_char =
        |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') || c.is_control();
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|c| !unsafe_char(c)));
    }
    line
}

/// The words of a role that may be in pieces.
pub(crate) fn pieces(article: &Article, spans: &[Span]) -> String {
    spans.iter().map(|&span| words(article, span)).collect::<Vec<_>>().join(" … ")
}

/// Who the source of a statement is.
pub(crate) fn speaker(reading: &Reading, attribution: &Attribution) -> String {
    let article = &reading.article;
    let name = match &attribution.speaker {
        Speaker::Person(id) => reading.people.get(id.index()).map(|person| clean(&person.name)),
        Speaker::Outlet(id) => reading.outlets.get(id.index()).map(|outlet| clean(&outlet.name)),
        Speaker::Unnamed(id) => reading.unnamed.get(id.index()).map(|source| clean(&source.text)),
        Speaker::People(people) => {
            let names = people.iter().filter_map(|id| reading.people.get(id.index()));
            Some(names.map(|person| clean(&person.name)).collect::<Vec<_>>().join(" and "))
        }
        Speaker::Organisation(span) | Speaker::Document(span, _) | Speaker::Generic(span) => {
            Some(words(article, *span))
        }
        Speaker::Unknown(_) => None,
    };
    match name {
        Some(name) => name,
        None if attribution.source.is_empty() => "No one named".to_owned(),
        None => format!("“{}”", pieces(article, &attribution.source)),
    }
}

/// What is said of a speaker beside the name.
pub(crate) fn speaker_kind(attribution: &Attribution) -> Option<&'static str> {
    match &attribution.speaker {
        Speaker::Person(_) | Speaker::People(_) => None,
        Speaker::Organisation(_) => Some("organisation"),
        Speaker::Outlet(_) => Some("outlet"),
        Speaker::Document(..) => Some("document"),
        Speaker::Unnamed(_) => Some("not named"),
        Speaker::Generic(_) => Some("nobody in particular"),
        Speaker::Unknown(_) => Some("not known who"),
    }
}

/// The statements of a reading by speaker, in order of first appearance.
pub(crate) fn by_speaker(reading: &Reading) -> Vec<Vec<AttributionId>> {
    let mut groups: Vec<Vec<AttributionId>> = Vec::new();
    let mut known = HashMap::new();
    for (attribution, n) in reading.attributions.iter().zip(0..) {
        let kind = std::mem::discriminant(&attribution.speaker);
        let key = (kind, speaker(reading, attribution).to_lowercase());
        let group = *known.entry(key).or_insert(groups.len());
        if group == groups.len() {
            groups.push(Vec::new());
        }
        groups[group].push(AttributionId(n));
    }
    groups
}

/// How much of it stands in quotation marks.
pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Direct => "direct",
        Kind::Mixed => "partly quoted",
        Kind::Indirect => "indirect",
    }
}

/// A warning where the text does not say that it was said, or, of an attitude, that it is held.
pub(crate) fn stance(attribution: &Attribution) -> Option<&'static str> {
    match (attribution.stance, attribution.act) {
        (Stance::Asserted, _) => None,
        (Stance::Denied, _) => Some("denied"),
        (Stance::NotSaid, Act::Statement) => Some("not said"),
        (Stance::NotSaid, Act::Attitude) => Some("not held"),
        (Stance::Hypothetical, _) => Some("hypothetical"),
    }
}

/// The word for a statement of which a part is more likely wrong than not.
pub(crate) const POSSIBLE: &str = "possible";

/// On whose word a statement stands, beside its speaker: “the Courier, from three officials”.
pub(crate) fn on_the_word_of(reading: &Reading, id: AttributionId) -> Option<String> {
    let hands = hands(reading, id);
    let others = hands.iter().filter(|hand| hand.kind != HandKind::Said(id) && hand.kind != HandKind::Cited);
    let names: Vec<String> = others
        .map(|hand| match hand.kind {
            HandKind::Said(outer) => speaker(reading, &reading.attributions[outer.index()]),
            _ => words(&reading.article, hand.span),
        })
        .collect();
    (!names.is_empty()).then(|| names.join(", from "))
}

/// What else is told of how a statement came: to whom, in what, citing whom.
pub(crate) fn circumstances(reading: &Reading, attribution: &Attribution) -> Vec<String> {
    let article = &reading.article;
    let mut told = Vec::new();
    if attribution.act == Act::Attitude {
        told.push("attitude".to_owned());
    }
    if !attribution.addressee.is_empty() {
        told.push(format!("to {}", pieces(article, &attribution.addressee)));
    }
    for via in &attribution.via {
        match via.kind {
            ViaKind::Document => told.push(format!("by way of {}", words(article, via.span))),
            ViaKind::Citing => told.push(format!("citing {}", words(article, via.span))),
            ViaKind::ToldTo | ViaKind::AsReportedBy => {}
        }
    }
    told
}

/// Who a speaker that is not known may be: “perhaps Ann Lee or Bo Hart”.
pub(crate) fn perhaps(reading: &Reading, attribution: &Attribution) -> Option<String> {
    let Speaker::Unknown(candidates) = &attribution.speaker else { return None };
    let names = candidates.iter().take(PERHAPS).filter_map(|(id, _)| reading.people.get(id.index()));
    let names: Vec<String> = names.map(|person| clean(&person.name)).collect();
    (!names.is_empty()).then(|| format!("perhaps {}", names.join(" or ")))
}

/// So many candidates are shown.
const PERHAPS: usize = 2;

/// What a card tells of a person beside the name: age, further names, how often.
pub(crate) fn person_facts(person: &Person, statements: usize) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(age) = person.age {
        facts.push(format!("age {age}"));
    }
    if !person.aliases.is_empty() {
        facts.push(format!("also {}", clean(&person.aliases.join(", "))));
    }
    facts.push(count(person.mentions.len(), "mention"));
    if statements > 0 {
        facts.push(count(statements, "statement"));
    }
    facts
}

/// Per person, the statements made alone or with others.
pub(crate) fn statements_by_person(reading: &Reading) -> Vec<Vec<AttributionId>> {
    let mut statements = vec![Vec::new(); reading.people.len()];
    for (attribution, n) in reading.attributions.iter().zip(0..) {
        let speakers = match &attribution.speaker {
            Speaker::Person(speaker) => std::slice::from_ref(speaker),
            Speaker::People(speakers) => speakers,
            _ => &[],
        };
        for speaker in speakers {
            statements[speaker.index()].push(AttributionId(n));
        }
    }
    statements
}

/// The mentions of a person by block: its label, and each mention with its number in the list.
pub(crate) fn mentions_by_block(places: &Places, person: &Person) -> Vec<(String, Vec<(usize, Span)>)> {
    let mut blocks: Vec<(usize, Vec<(usize, Span)>)> = Vec::new();
    for (number, &mention) in person.mentions.iter().enumerate() {
        let Some(block) = places.block(mention) else { continue };
        match blocks.last_mut().filter(|(last, _)| *last == block) {
            Some((_, mentions)) => mentions.push((number, mention)),
            None => blocks.push((block, vec![(number, mention)])),
        }
    }
    blocks.into_iter().map(|(block, mentions)| (places.label(block), mentions)).collect()
}

/// Where in the article each block stands, in words for people.
pub(crate) struct Places<'a> {
    blocks: &'a [Block],
    /// The paragraph's number, where the block is a paragraph.
    numbers: Vec<Option<u32>>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(blocks: &'a [Block]) -> Places<'a> {
        let mut last = 0;
        let number = |block: &Block| {
            let counted =
                matches!(block.kind, BlockKind::Paragraph | BlockKind::Quotation | BlockKind::ListItem);
            last += u32::from(counted);
            counted.then_some(last)
        };
        Places { blocks, numbers: blocks.iter().map(number).collect() }
    }

    /// How many paragraphs there are.
    pub(crate) fn paragraphs(&self) -> u32 {
        self.numbers.iter().rev().find_map(|number| *number).unwrap_or(0)
    }

    /// The index of the block that holds the first byte of a span.
    pub(crate) fn block(&self, span: Span) -> Option<usize> {
        let after = self.blocks.partition_point(|block| block.span.start() <= span.start());
        after.checked_sub(1).filter(|index| self.blocks[*index].span.end() > span.start())
    }

    /// `¶3`, `caption`, `headline`.
    pub(crate) fn label(&self, block: usize) -> String {
        match (self.numbers[block], self.blocks[block].kind) {
            (Some(number), _) => format!("¶{number}"),
            (None, BlockKind::Title) => "headline".to_owned(),
            (None, BlockKind::Subhead) => "subhead".to_owned(),
            (None, BlockKind::Caption) => "caption".to_owned(),
            (None, _) => String::new(),
        }
    }
}

/// The piece by which a statement is placed: its content, else its cue, else its source.
pub(crate) fn anchor(attribution: &Attribution) -> Option<Span> {
    attribution.content.first().or(attribution.cue.first()).or(attribution.source.first()).copied()
}

/// How many people an unnamed source is: “3 people”, “at least 2 people”, “1 to 4 people”.
pub(crate) fn how_many(source: &Unnamed) -> String {
    match (source.min, source.max) {
        (1, Some(1)) => "1 person".to_owned(),
        (min, Some(max)) if min == max => format!("{min} people"),
        (min, Some(max)) => format!("{min} to {max} people"),
        (1, None) => "1 person or more".to_owned(),
        (min, None) => format!("at least {min} people"),
    }
}

/// “3 mentions”.
pub(crate) fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// Where a date was found.
pub(crate) fn date_source(from: DateSource) -> &'static str {
    match from {
        DateSource::Given => "as given",
        DateSource::JsonLd => "from the page’s JSON-LD",
        DateSource::Meta => "from the page’s metadata",
        DateSource::TimeElement => "from a time on the page",
        DateSource::Url => "from the address",
        DateSource::Text => "from the text",
    }
}

/// A date in words: “4 March 2031, 07:12 +01:00”; as it stands where it is none.
pub(crate) fn date(published: &Published) -> String {
    in_words(&published.value).unwrap_or_else(|| clean(&published.value))
}

fn in_words(value: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (date, time) = value.split_once(['T', ' ']).map_or((value, None), |(date, time)| (date, Some(time)));
    let mut parts = date.splitn(3, '-');
    let year = parts.next().filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))?;
    let Some(month) = parts.next() else { return Some(year.to_owned()) };
    let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    let Some(day) = parts.next() else { return Some(format!("{month} {year}")) };
    let day: u8 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let time = time.map(clock).unwrap_or_default();
    Some(format!("{day} {month} {year}{time}"))
}

/// “, 07:12 +01:00” of a time with seconds and offset.
fn clock(time: &str) -> String {
    let minute = time.get(..5).unwrap_or(time);
    let offset =
        time.get(5..).and_then(|rest| rest.find(['Z', '+', '-']).map(|at| &rest[at..])).unwrap_or("");
    let offset = if offset == "Z" { "UTC" } else { offset };
    format!(", {} {}", clean(minute), clean(offset)).trim_end().to_owned()
}

/// Whether a note goes above everything else.
pub(crate) fn is_warning(note: NoteKind) -> bool {
    matches!(note, NoteKind::Constructed | NoteKind::Incomplete | NoteKind::Paywall | NoteKind::Language)
}

/// The notes, those first that change how all the rest is read.
pub(crate) fn notes(reading: &Reading) -> Vec<&Note> {
    let (mut warnings, others): (Vec<&Note>, Vec<&Note>) =
        reading.notes.iter().partition(|note| is_warning(note.kind));
    warnings.extend(others);
    warnings
}

/// Words in the blocks of the body.
pub(crate) fn word_count(article: &Article) -> usize {
    let body = article.blocks.iter().filter(|block| block.kind.is_body());
    body.map(|block| article[block.span].split_whitespace().count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso::Precision;

    #[test]
    fn dates_read_as_dates() {
        let check = |value: &str, expect: &str| {
            let value = value.to_owned();
            assert_eq!(date(&Published { value, precision: Precision::Day, from: DateSource::Meta }), expect);
        };
        check("2031-03-04", "4 March 2031");
        check("2031-03", "March 2031");
        check("2031", "2031");
        check("2031-03-04T07:12:30+01:00", "4 March 2031, 07:12 +01:00");
        check("2031-03-04T07:12Z", "4 March 2031, 07:12 UTC");
        check("2031-13-04", "2031-13-04");
        check("2031-03-04T7é", "4 March 2031, 7é");
        check("last \u{1b}[31mweek", "last [31mweek");
    }

    #[test]
    fn counts_of_people() {
        let check = |min, max, expect: &str| {
            let source = Unnamed {
                text: String::new(),
                min,
                max,
                role: None,
                affiliation: None,
                condition: None,
                mentions: Vec::new(),
            };
            assert_eq!(how_many(&source), expect);
        };
        check(1, Some(1), "1 person");
        check(3, Some(3), "3 people");
        check(2, None, "at least 2 people");
        check(1, Some(4), "1 to 4 people");
    }
}
