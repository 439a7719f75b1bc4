//! Texts with their attributions marked.
//!
//! `[source The minister] [cue said] [content “We won.”]` marks the roles of one attribution. Of several, each role
//! carries its attribution's number, counted by first appearance: `[source1 ..]`; a role that two share carries both:
//! `[source1,2 ..]`. `[via ..]` marks the other hands that it passed through. Other square brackets are text. An attribution whose cue (or, without one, content) is written
//! inside the content of another is within the innermost such; where a reading says otherwise, a line tells.
//!
//! Lines at the end may add kind, stance and speaker: `=> direct, asserted`, of several
//! `=> 2 direct, asserted, person Ann Smith`. What the literal leaves out is not compared.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use sayso::{Attribution, AttributionId, Kind, Reading, Span, Speaker, Stance};

const ROLES: [&str; 5] = ["source", "cue", "content", "addressee", "via"];

/// A marked text as written.
pub(crate) struct Literal {
    /// As it stands in the file.
    pub(crate) written: String,
    /// Without marks.
    pub(crate) text: String,
    /// The lines at its end.
    pub(crate) details: Vec<Detail>,
    marks: Vec<Mark>,
}

/// A line at the end of a literal: which attribution, counted from 1, and what is said of it.
pub(crate) struct Detail {
    number: usize,
    parts: Vec<String>,
}

/// One role of some attributions, at one place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    start: usize,
    end: Reverse<usize>,
    numbers: Vec<usize>,
    role: usize,
}

impl Literal {
    /// Parses a literal; `name` says in panics where it stands.
    pub(crate) fn parse(written: &str, name: &str) -> Literal {
        let (body, lines) = written.split_at(written.find("\n=> ").unwrap_or(written.len()));
        let details =
            lines.lines().filter(|line| !line.is_empty()).map(|line| Detail::parse(line, name)).collect();
        let (text, marks) = strip(body, name);
        Literal { written: written.to_owned(), text, details, marks }
    }

    /// What marking the literal's own marks gives: the literal, if it is written as it should be.
    pub(crate) fn marked_again(&self) -> String {
        let mut out = bracket(&self.text, self.marks.clone());
        for detail in &self.details {
            out += &detail.line(self.count(), &detail.parts.join(", "));
        }
        out
    }

    fn count(&self) -> usize {
        self.marks.iter().flat_map(|mark| &mark.numbers).copied().max().unwrap_or(0)
    }
}

impl Detail {
    fn parse(line: &str, name: &str) -> Detail {
        let line = line.strip_prefix("=> ").unwrap_or_else(|| panic!("{name}: {line:?} is no detail"));
        let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number = if digits == 0 { 1 } else { line[..digits].parse().expect("digits") };
        Detail { number, parts: line[digits..].trim_start().splitn(3, ", ").map(str::to_owned).collect() }
    }

    fn line(&self, count: usize, words: &str) -> String {
        if count > 1 { format!("\n=> {} {words}", self.number) } else { format!("\n=> {words}") }
    }
}

/// Takes the marks out of a literal.
fn strip(body: &str, name: &str) -> (String, Vec<Mark>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    // Per open bracket: role and numbers with the start, or nothing for a bracket of the text.
    let mut open: Vec<Option<(usize, Vec<usize>, usize)>> = Vec::new();
    let mut rest = body;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '[' => match label(rest) {
                Some((role, numbers, length)) => {
                    open.push(Some((role, numbers, text.len())));
                    rest = &rest[length..];
                    continue;
                }
                None => open.push(None),
            },
            ']' => {
                let opened =
                    open.pop().unwrap_or_else(|| panic!("{name}: a bracket closes that none opened"));
                if let Some((role, numbers, start)) = opened {
                    marks.push(Mark { start, end: Reverse(text.len()), numbers, role });
                    continue;
                }
            }
            _ => {}
        }
        text.push(c);
    }
    assert!(open.is_empty(), "{name}: a bracket is left open");
    (text, marks)
}

/// The label after an opening bracket: role, numbers, length with its space.
fn label(rest: &str) -> Option<(usize, Vec<usize>, usize)> {
    let (label, _) = rest.split_once(' ')?;
    let word = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    let role = ROLES.iter().position(|role| *role == word)?;
    let digits = &label[word.len()..];
    let numbers = if digits.is_empty() {
        vec![1]
    } else {
        digits.split(',').map(str::parse).collect::<Result<_, _>>().ok()?
    };
    Some((role, numbers, label.len() + 1))
}

/// Marks a reading's attributions in its text, and adds the details asked for.
pub(crate) fn mark(reading: &Reading, details: &[Detail]) -> String {
    let order = order(reading);
    let number =
        |id: usize| order.iter().position(|&at| at == id).expect("every attribution has a number") + 1;
    let mut places: BTreeSet<(Span, usize, usize)> = BTreeSet::new();
    for (id, attribution) in reading.attributions.iter().enumerate() {
        for (role, spans) in roles(attribution).into_iter().enumerate() {
            places.extend(spans.iter().map(|&span| (span, role, number(id))));
        }
    }
    let mut marks: Vec<Mark> = Vec::new();
    for (span, role, number) in places {
        match marks.last_mut() {
            Some(last) if last.role == role && (last.start, last.end.0) == (span.start(), span.end()) => {
                last.numbers.push(number)
            }
            _ => marks.push(Mark {
                start: span.start(),
                end: Reverse(span.end()),
                numbers: vec![number],
                role,
            }),
        }
    }
    let mut out = bracket(&reading.article.text, marks);
    for detail in details {
        let attribution = order.get(detail.number - 1).map(|&at| &reading.attributions[at]);
        let words =
            attribution.map_or("absent".to_owned(), |found| describe(reading, found, detail.parts.len()));
        out += &detail.line(order.len(), &words);
    }
    for &id in &order {
        let (says, lies) = (reading.attributions[id].within, holder(reading, id));
        if says != lies {
            let name =
                |id: Option<AttributionId>| id.map_or("none".to_owned(), |id| number(id.index()).to_string());
            out += &format!("\n=> {} within {}, lies in {}", number(id), name(says), name(lies));
        }
    }
    out
}

fn roles(attribution: &Attribution) -> [Vec<Span>; 5] {
    let Attribution { source, cue, content, addressee, via, .. } = attribution;
    let via = via.iter().map(|via| via.span).collect();
    [source.clone(), cue.clone(), content.clone(), addressee.clone(), via]
}

/// The attributions in the order in which their first marks open.
fn order(reading: &Reading) -> Vec<usize> {
    let mut order: Vec<usize> = (0..reading.attributions.len()).collect();
    order.sort_by_key(|&id| {
        let attribution = &reading.attributions[id];
        let first =
            roles(attribution).into_iter().flatten().map(|span| (span.start(), Reverse(span.end()))).min();
        (first, attribution.cue.first().copied(), attribution.content.first().copied())
    });
    order
}

/// The attribution whose content most narrowly holds this one's cue, or its content where it has no cue.
fn holder(reading: &Reading, id: usize) -> Option<AttributionId> {
    let attribution = &reading.attributions[id];
    let inner = *attribution.cue.first().or(attribution.content.first())?;
    let pieces = |(at, outer): (usize, &Attribution)| -> Vec<(usize, usize)> {
        let holds = |span: &&Span| at != id && span.contains(inner) && **span != inner;
        outer.content.iter().filter(holds).map(|span| (span.len(), at)).collect()
    };
    let (_, at) = reading.attributions.iter().enumerate().flat_map(pieces).min()?;
    Some(AttributionId(at as u32))
}

/// Writes marks into a text as nested brackets. A mark that crosses another is written in two pieces.
fn bracket(text: &str, marks: Vec<Mark>) -> String {
    let count = marks.iter().flat_map(|mark| &mark.numbers).copied().max().unwrap_or(0);
    let mut pending: BTreeSet<Mark> = marks.into_iter().collect();
    let (mut out, mut at, mut ends) = (String::new(), 0, Vec::new());
    while let Some(mut mark) = pending.pop_first() {
        close(text, &mut out, &mut at, &mut ends, mark.start);
        if let Some(&end) = ends.last().filter(|&&end| end < mark.end.0) {
            pending.insert(Mark { start: end, ..mark.clone() });
            mark.end = Reverse(end);
        }
        out += &text[at..mark.start];
        at = mark.start;
        ends.push(mark.end.0);
        let numbers: Vec<String> = mark.numbers.iter().map(usize::to_string).collect();
        let numbers = if count > 1 { numbers.join(",") } else { String::new() };
        out += &format!("[{}{numbers} ", ROLES[mark.role]);
    }
    close(text, &mut out, &mut at, &mut ends, text.len());
    out + &text[at..]
}

/// Closes the open brackets that end at or before `until`.
fn close(text: &str, out: &mut String, at: &mut usize, ends: &mut Vec<usize>, until: usize) {
    while let Some(end) = ends.pop_if(|end| *end <= until) {
        *out += &text[*at..end];
        *at = end;
        out.push(']');
    }
}

/// Kind, stance and speaker, as many of them as asked for.
fn describe(reading: &Reading, attribution: &Attribution, parts: usize) -> String {
    let kind = match attribution.kind {
        Kind::Direct => "direct",
        Kind::Mixed => "mixed",
        Kind::Indirect => "indirect",
    };
    let stance = match attribution.stance {
        Stance::Asserted => "asserted",
        Stance::Denied => "denied",
        Stance::NotSaid => "not_said",
        Stance::Hypothetical => "hypothetical",
    };
    let speaker = match &attribution.speaker {
        Speaker::Person(id) => format!("person {}", reading.people[id.index()].name),
        Speaker::Organisation(span) => format!("organisation {}", &reading.article[*span]),
        Speaker::Outlet(id) => format!("outlet {}", reading.outlets[id.index()].name),
        Speaker::People(people) => {
            let names = people.iter().map(|id| reading.people[id.index()].name.as_str());
            format!("people {}", names.collect::<Vec<_>>().join(" & "))
        }
        Speaker::Document(span, _) => format!("document {}", &reading.article[*span]),
        Speaker::Unnamed(id) => format!("unnamed {}", reading.unnamed[id.index()].text),
        Speaker::Generic(span) => format!("generic {}", &reading.article[*span]),
        Speaker::Unknown(_) => "unknown".to_owned(),
    };
    [kind, stance, &speaker][..parts.min(3)].join(", ")
}
