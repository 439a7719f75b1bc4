//! Readings from marked literals, for tests of the views.
//!
//! Blocks are separated by an empty line; `caption| …` sets a kind. Marks nest and are numbered:
//! `[source1 [person1 The minister]] [cue1 said] [content1 “We won.”]`. The marks of roles are `source`, `cue`,
//! `content`, `to`; of other hands `told`, `reported`, `citing`, `document`; of mentions `person`, `unnamed`, `outlet`.
//! Kind, speaker and `within` follow from the marks: a speaker is the first mention inside the source.

use std::collections::BTreeMap;

use sayso::{
    Act, Article, Attribution, AttributionId, Block, BlockKind, Kind, Outlet, OutletId, Person, PersonId,
    Probability, Reading, Span, Speaker, Stance, Unnamed, UnnamedId, Via, ViaKind,
};

/// A mark: its name, its number and what it covers.
type Mark<'m> = (&'m str, usize, Span);

/// The reading that a marked literal describes.
pub(crate) fn reading(marked: &str) -> Reading {
    let (text, blocks, marks) = strip(marked);
    let article = Article { text, blocks, complete: true, ..Article::default() };
    let mut reading = Reading { article, ..Reading::default() };
    mentions(&mut reading, &marks);
    reading.attributions = attributions(&reading, &marks);
    reading
}

fn strip(marked: &str) -> (String, Vec<Block>, Vec<Mark<'_>>) {
    let (mut text, mut blocks, mut marks) = (String::new(), Vec::new(), Vec::new());
    for block in marked.split("\n\n").map(str::trim) {
        let (kind, mut rest) =
            block.split_once("| ").map_or((BlockKind::Paragraph, block), |(k, rest)| (kind(k), rest));
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        let mut open = Vec::new();
        while let Some(at) = rest.find(['[', ']']) {
            text.push_str(&rest[..at]);
            if rest[at..].starts_with('[') {
                let (mark, after) = rest[at + 1..].split_once(' ').expect("a mark has a name and words");
                let digits = mark.find(|c: char| c.is_ascii_digit()).expect("a mark has a number");
                open.push((&mark[..digits], mark[digits..].parse().unwrap(), text.len()));
                rest = after;
            } else {
                let (name, number, start) = open.pop().expect("a mark is opened before it is closed");
                marks.push((name, number, Span::new(start, text.len())));
                rest = &rest[at + 1..];
            }
        }
        text.push_str(rest);
        blocks.push(Block { span: Span::new(start, text.len()), kind });
    }
    marks.sort_by_key(|mark| mark.2);
    (text, blocks, marks)
}

fn kind(name: &str) -> BlockKind {
    match name {
        "title" => BlockKind::Title,
        "subhead" => BlockKind::Subhead,
        "quotation" => BlockKind::Quotation,
        "item" => BlockKind::ListItem,
        "caption" => BlockKind::Caption,
        "alt" => BlockKind::AltText,
        "credit" => BlockKind::Credit,
        "debris" => BlockKind::Debris,
        other => panic!("no kind of block is called {other:?}"),
    }
}

/// The spans of one mark, by number.
fn spans<'m>(marks: &'m [Mark], name: &'m str, number: usize) -> impl Iterator<Item = Span> + 'm {
    marks.iter().filter(move |mark| mark.0 == name && mark.1 == number).map(|mark| mark.2)
}

fn numbers(marks: &[Mark], name: &str) -> Vec<usize> {
    let by_number: BTreeMap<usize, ()> =
        marks.iter().filter(|mark| mark.0 == name).map(|mark| (mark.1, ())).collect();
    by_number.into_keys().collect()
}

/// Mentions become people, unnamed sources and outlets, named by their longest mention.
fn mentions(reading: &mut Reading, marks: &[Mark]) {
    let all = |name, number| {
        let mentions: Vec<Span> = spans(marks, name, number).collect();
        let mut names: Vec<String> = Vec::new();
        for name in mentions.iter().map(|&span| reading.article[span].to_owned()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        (names.remove(0), names, mentions)
    };
    let people = numbers(marks, "person").into_iter().map(|number| {
        let (name, aliases, mentions) = all("person", number);
        Person { name, key: None, age: None, aliases, mentions }
    });
    let unnamed = numbers(marks, "unnamed").into_iter().map(|number| {
        let (text, _, mentions) = all("unnamed", number);
        let count = if text.to_lowercase().starts_with("three") { 3 } else { 1 };
        Unnamed {
            text,
            min: count,
            max: Some(count),
            role: None,
            affiliation: None,
            condition: None,
            mentions,
        }
    });
    let outlets = numbers(marks, "outlet").into_iter().map(|number| {
        let (name, _, mentions) = all("outlet", number);
        Outlet { name, kind: None, mentions }
    });
    (reading.people, reading.unnamed, reading.outlets) =
        (people.collect(), unnamed.collect(), outlets.collect());
}

fn attributions(reading: &Reading, marks: &[Mark]) -> Vec<Attribution> {
    numbers(marks, "cue").into_iter().map(|number| attribution(reading, marks, number)).collect()
}

fn attribution(reading: &Reading, marks: &[Mark], number: usize) -> Attribution {
    let role = |name| spans(marks, name, number).collect::<Vec<Span>>();
    let via = |name, kind| spans(marks, name, number).map(move |span| Via { kind, span });
    let content = role("content");
    let source = role("source");
    Attribution {
        kind: quoted(reading, &content),
        act: Act::Statement,
        stance: Stance::Asserted,
        speaker: speaker(marks, &source),
        via: via("told", ViaKind::ToldTo)
            .chain(via("reported", ViaKind::AsReportedBy))
            .chain(via("citing", ViaKind::Citing))
            .chain(via("document", ViaKind::Document))
            .collect(),
        within: within(marks, role("cue")[0], number),
        confidence: Probability::from_thousandths(900),
        addressee: role("to"),
        cue: role("cue"),
        content,
        source,
    }
}

fn quoted(reading: &Reading, content: &[Span]) -> Kind {
    let quoted =
        |span: &Span| reading.article[*span].starts_with('“') && reading.article[*span].ends_with('”');
    match content {
        all if !all.is_empty() && all.iter().all(quoted) => Kind::Direct,
        all if all.iter().any(|span| reading.article[*span].contains('“')) => Kind::Mixed,
        _ => Kind::Indirect,
    }
}

fn speaker(marks: &[Mark], source: &[Span]) -> Speaker {
    let inside = |span: Span| source.iter().any(|source| source.contains(span));
    let index =
        |name: &str, number: usize| numbers(marks, name).iter().position(|n| *n == number).unwrap() as u32;
    let mention =
        marks.iter().find(|mark| ["person", "unnamed", "outlet"].contains(&mark.0) && inside(mark.2));
    match mention {
        Some((name @ "person", number, _)) => Speaker::Person(PersonId(index(name, *number))),
        Some((name @ "unnamed", number, _)) => Speaker::Unnamed(UnnamedId(index(name, *number))),
        Some((name, number, _)) => Speaker::Outlet(OutletId(index(name, *number))),
        None => Speaker::Unknown(Vec::new()),
    }
}

/// The innermost other statement whose content holds this cue.
fn within(marks: &[Mark], cue: Span, number: usize) -> Option<AttributionId> {
    let holds = |mark: &&Mark| mark.0 == "content" && mark.1 != number && mark.2.contains(cue);
    let outer = marks.iter().filter(holds).min_by_key(|mark| mark.2.len())?;
    let index = numbers(marks, "cue").iter().position(|n| *n == outer.1)?;
    Some(AttributionId(index as u32))
}
