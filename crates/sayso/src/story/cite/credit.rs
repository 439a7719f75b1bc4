//! Outlets credited: the words around an outlet's name that make it a source of the text.
//!
//! `according to [the Courier]`, `[the Courier] reported`, `told [the Courier]`, `a report in [the Courier]`,
//! `(via [the Courier])`, and a line that holds the name alone.

use std::ops::Range;

use super::{
    CiteKind,
    alone::{alone, is_photo, is_picture},
    index::{Cues, Known},
    name::{self, Name, Trust},
    source::{By, Key, Place, Source},
    words::{ADVERB, JOB, LEAD, MADE, MODIFIER, PIECE, PRESS, REPORT, REPORTER, SPEAK, TELL, Words},
};
use crate::{Reading, Span};

/// An outlet with the ways in which the text credits it.
#[derive(Clone, Debug)]
pub(super) struct Credit {
    /// Its full name.
    pub(super) outlet: String,
    is_agency: bool,
    /// Its fullest name in the text.
    called: String,
    /// Every mention with how it is credited there.
    pub(super) mentions: Vec<Mention>,
}

/// One mention of an outlet.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// The words of the name.
    pub(super) words: Range<usize>,
    /// The phrase of the credit.
    pub(super) span: Span,
    /// How it is credited; none where it is only named.
    pub(super) way: Option<Way>,
    /// How sure it is that the name is an outlet's.
    pub(super) trust: Trust,
}

/// How the text credits an outlet, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// `according to X`, `via X`.
    Led,
    /// `X reported`.
    Reported,
    /// `published by X`, `appeared on X`.
    Made,
    /// `a report in X`, `X's report`.
    Piece,
    /// `[X]`, and a line of its own.
    Alone,
    /// `told X`.
    Told,
    /// The picture's agency, which sells the story with it.
    Picture,
}

impl Credit {
    /// Whether the text credits it at all.
    pub(super) fn is_credit(&self) -> bool {
        self.mentions.iter().any(|mention| mention.way.is_some())
    }

    /// Whether the text has only that somebody told it so.
    pub(super) fn is_told(&self) -> bool {
        self.mentions.iter().filter_map(|mention| mention.way).all(|way| way == Way::Told)
    }

    /// The mentions that credit it.
    pub(super) fn ways(&self) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(|mention| mention.way.is_some())
    }

    pub(super) fn into_source(self) -> Source {
        let place = |mention: &Mention| Place { span: mention.span, by: By::Mention(mention.clone()) };
        Source {
            kind: if self.is_agency { CiteKind::Agency } else { CiteKind::Outlet },
            is_told: self.is_told(),
            places: self.ways().map(place).collect(),
            key: Key::Outlet(self.outlet),
            name: self.called,
        }
    }
}

/// Every outlet named, with how the text credits it.
pub(super) fn credits(reading: &Reading, words: &Words) -> Vec<Credit> {
    let mut credits: Vec<Credit> = Vec::new();
    let mut known = Known::default();
    let cues = Cues::of(reading);
    for name in name::names(reading, words) {
        let (way, span) = match way(words, &name) {
            Some((way, phrase)) => (Some(way), phrase_span(&cues, words, &name, way, phrase)),
            None => (None, words.span(name.words.clone())),
        };
        if way.is_none() && name.trust < Trust::Named {
            continue;
        }
        let mention = Mention { words: name.words.clone(), span, way, trust: name.trust };
        let surface = &words.text[words.span(name.words.clone()).range()];
        match known.find(&name.outlet) {
            Some(number) => {
                let credit = &mut credits[number];
                credit.mentions.push(mention);
                credit.called = fuller(&credit.outlet, &credit.called, surface);
            }
            None => {
                known.add(&name.outlet, credits.len());
                credits.push(Credit {
                    called: fuller(&name.outlet, &name.outlet, surface),
                    outlet: name.outlet,
                    is_agency: name.is_agency,
                    mentions: vec![mention],
                });
            }
        }
    }
    credits
}

/// The name to show: as the text has it where the full name does not hold that, unless it is an abbreviation.
fn fuller(full: &str, called: &str, surface: &str) -> String {
    let parts = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).filter(|word| word != "the").collect()
    };
    let held = parts(full);
    let is_short = surface.chars().count() <= 5 && surface.chars().all(|c| c.is_uppercase() || c == '.');
    let is_held = parts(surface).iter().all(|part| held.contains(part));
    let chosen =
        if is_held || is_short || surface.len() <= called.len() && called != full { called } else { surface };
    chosen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How a mention is credited, and the words of the phrase.
fn way(words: &Words, name: &Name) -> Option<(Way, Range<usize>)> {
    let left = left(words, name.words.start);
    let (right, owns) = right(words, name.words.end);
    let start = |from: usize| from..name.words.end;
    if is_job(words, name, left, right) {
        return None;
    }
    if let Some((way, from)) = led(words, left, name) {
        return Some((way, start(from)));
    }
    let is_apposed = name.words.start > left && words.word(name.words.start - 1) == ",";
    if let Some(end) = reports(words, right, name.trust, is_apposed) {
        return Some((Way::Reported, left..end));
    }
    if owns || !words.is_possessive(name.words.end) {
        let at = right;
        // "An NBC source" is somebody at NBC.
        let is_piece = words.is(at, PIECE) && (owns || !words.is_one_of(at, &["source", "sources"]));
        if is_piece && words.same_block(at, name.words.start) && name.trust > Trust::Guessed {
            return Some((Way::Piece, left..at + 1));
        }
    }
    // "Point to the Courier as the first source".
    if name.trust > Trust::Guessed
        && words.is_one_of(right, &["as"])
        && words.is_one_of(right + 1, &["the", "its", "their"])
    {
        let source = (right + 2..right + 5).find(|&at| words.is_one_of(at, &["source"]));
        if let Some(source) = source.filter(|&at| words.same_block(at, name.words.start)) {
            return Some((Way::Led, left..source + 1));
        }
    }
    alone(words, name).map(|way| (way, start(name.words.start)))
}

/// The first word of the noun phrase whose last is an outlet's name: `[the Lebanese newspaper] As-Safir`.
fn left(words: &Words, name: usize) -> usize {
    let mut at = name;
    while at > 0 && name - at < LONGEST && words.same_block(at - 1, name) {
        let before = at - 1;
        let part = words.is(before, MODIFIER | PRESS)
            || words.is_of_nation(before)
            || words.is_mark(before)
            || words.is_possessive(before) && words.is_capital(before.saturating_sub(1))
            || words.is_possessive(at) && words.is_capital(before);
        if !part {
            break;
        }
        at = before;
    }
    at
}

/// Longest phrase before a name, in words.
const LONGEST: usize = 8;

/// Past what hangs on an outlet's name: `[’s Josh Rogin]`, `[newspaper]`, and whether that is owned.
fn right(words: &Words, end: usize) -> (usize, bool) {
    let mut at = end;
    let owns = words.is_possessive(at);
    at += usize::from(owns);
    while at < end + LONGEST && words.same_block(at, end - 1) {
        let is_place = words.is_one_of(at, &["of", "in"]) && words.is_capital(at + 1) && !owns;
        let is_press = words.is(at, PRESS) || words.is_one_of(at, &["news"]) && words.is(at + 1, PRESS);
        let part = is_press || words.is_mark(at) || owns && words.is_capital(at) || is_place;
        let part = part && !words.is(at, REPORT) || owns && words.is(at, MODIFIER);
        match part {
            true if is_place => {
                at += 2;
                while words.is_capital(at) && at < end + LONGEST && words.same_block(at, end - 1) {
                    at += 1;
                }
            }
            true => at += 1,
            false => break,
        }
    }
    (at, owns)
}

/// What leads to a name from the left, and where that starts.
fn led(words: &Words, left: usize, name: &Name) -> Option<(Way, usize)> {
    let at = left.checked_sub(1).filter(|&at| words.same_block(at, name.words.start))?;
    let is_named = name.trust > Trust::Guessed;
    if let Some(from) = hat_tip(words, if words.word(at) == ":" { at.wrapping_sub(1) } else { at }) {
        return Some((Way::Led, from));
    }
    // "From: the Courier", "Source: the Courier".
    if words.word(at) == ":" && at > 0 {
        let led =
            words.is(at - 1, LEAD) || words.is_one_of(at - 1, &["from", "credit", "tip", "by"]) && is_named;
        return (led && !is_picture(words, at)).then_some((Way::Led, at - 1));
    }
    if words.is_one_of(at, &["to"]) && words.is_one_of(at.wrapping_sub(1), &["according"]) {
        return Some((Way::Led, at - 1));
    }
    if words.is(at, LEAD) && is_named && !words.is_one_of(at, &["sources", "source"]) {
        return (!is_picture(words, at)).then_some((Way::Led, at));
    }
    if words.is(at, TELL) {
        return Some((Way::Told, at));
    }
    let before = at.wrapping_sub(1);
    let after = |classes: u32| {
        (1..=3).find(|&back| at >= back && words.same_block(at - back, at) && words.is(at - back, classes))
    };
    match words.word(at).to_lowercase().as_str() {
        "to" | "with" if after(SPEAK).is_some() && is_named => Some((Way::Told, at - after(SPEAK)?)),
        "in" if words.is_one_of(before, &["saying"]) && is_named => Some((Way::Made, before)),
        "by" | "in" | "on" | "at" | "with" if words.is(before, MADE) || adverb_made(words, before) => {
            let told = words.is(before, TELL);
            (is_named || words.word(at) == "by").then_some((if told { Way::Told } else { Way::Made }, before))
        }
        "from"
            if is_named && words.is_one_of(before, &["came", "comes", "obtained", "taken", "originated"]) =>
        {
            Some((Way::Made, before))
        }
        // "From the Courier:" above what it wrote.
        "from" if is_named && words.opens_line(at) && words.word(name.words.end) == ":" => {
            Some((Way::Led, at))
        }
        "in" | "by" | "from" | "on" | "at" | "with" | "of" | "for" if words.is(before, PIECE) && is_named => {
            (!is_photo(words, before)).then_some((Way::Piece, before))
        }
        // "Reports the Courier." at the end of what it reports.
        "reports" | "reported" | "writes" | "reveals" | "notes"
            if is_named && ends(words, name.words.end) =>
        {
            Some((Way::Reported, at))
        }
        _ => None,
    }
}

/// The first word of `h/t`, the last of which stands at a place.
fn hat_tip(words: &Words, at: usize) -> Option<usize> {
    let from = at.checked_sub(2)?;
    let is_tip = words.is_one_of(from, &["h"]) && words.word(at - 1) == "/" && words.is_one_of(at, &["t"]);
    is_tip.then_some(from)
}

/// `published Monday by`, `first reported on Monday by`.
fn adverb_made(words: &Words, at: usize) -> bool {
    let is_day = |at: usize| words.is(at, ADVERB) || words.is_capital(at);
    (1..=3)
        .take_while(|&back| at >= back && is_day(at + 1 - back))
        .any(|back| words.same_block(at - back, at) && words.is(at - back, MADE))
}

/// Whether a clause ends before a word.
fn ends(words: &Words, at: usize) -> bool {
    at >= words.len()
        || !words.same_block(at - 1, at)
        || matches!(words.word(at), "." | "," | ";" | ")" | "”" | "\"")
}

/// Where the report ends that the words after a name make: `[X] reported`, `[X], citing officials, said`.
fn reports(words: &Words, right: usize, trust: Trust, is_apposed: bool) -> Option<usize> {
    let mut at = right;
    // "The Courier, which broke the story," and "the Courier, a paper in Marsk, reported".
    if words.word(at) == "," && trust > Trust::Guessed {
        at += 1;
        let is_clause = words.is_one_of(at, &["which", "who", "citing", "quoting"]);
        let close = (at..at + APPOSITION).find(|&at| words.word(at) == ",");
        match close {
            _ if is_clause => {}
            Some(close)
                if words.is_one_of(at, &["a", "an", "the"]) && words.is(close + 1, REPORT | ADVERB) =>
            {
                at = close + 1
            }
            // "A site, Marsk.example, reported".
            _ if is_apposed && words.is(at, REPORT) => {}
            _ => return None,
        }
    }
    if words.is_one_of(at, &["is", "was", "are", "were"]) && words.is_one_of(at + 1, &["reporting"]) {
        at += 1;
    }
    let first = at;
    while words.is(at, ADVERB) && at < first + 4 && words.same_block(right.saturating_sub(1), at) {
        at += 1;
    }
    let is_here = |at: usize| words.same_block(right.saturating_sub(1), at);
    // "Snopes also has a write-up".
    if at > first && words.is_one_of(at - 1, &["has", "had"]) && trust > Trust::Guessed {
        let piece = at + usize::from(words.is_one_of(at, &["a", "an", "the", "some", "more"]));
        if (piece..piece + 2).any(|at| words.is(at, PIECE) && is_here(at)) {
            return Some(piece + 1);
        }
    }
    let is_report = words.is(at, REPORT) && is_here(at);
    // A guess needs a plain word.
    let is_plain = words.is_one_of(at, &["reports", "reported"]);
    (is_report && (trust > Trust::Guessed || is_plain)).then_some(at + 1)
}

/// Longest apposition between a name and its verb, in words.
const APPOSITION: usize = 12;

/// `editor of X`, `X editor Ann Lee`: somebody's work.
fn is_job(words: &Words, name: &Name, left: usize, right: usize) -> bool {
    let at = left.wrapping_sub(1);
    let before = words.is_one_of(at, &["of", "for", "at", "with"])
        && (1..=3).any(|back| words.is(at.wrapping_sub(back), JOB));
    let after = words.is(right, JOB) || words.is(name.words.end, JOB);
    before || after || words.is_one_of(at, &["former"])
}

/// The phrase of a credit: with who told and how, where a statement of the reading has that.
fn phrase_span(cues: &Cues, words: &Words, name: &Name, way: Way, phrase: Range<usize>) -> Span {
    // Marks that close what stands before are no part of it.
    let is_word = |&at: &usize| words.word(at).contains(char::is_alphanumeric);
    let start = (phrase.start..name.words.start).find(is_word).unwrap_or(phrase.start);
    let own = words.span(start..phrase.end.max(name.words.end).min(words.len()));
    if way != Way::Told {
        return own;
    }
    let pieces = cues.on(own).flat_map(|attribution| attribution.source.iter().chain(&attribution.cue));
    pieces.copied().filter(|piece| gap(*piece, own) < 60).fold(own, Span::hull)
}

/// The bytes between two spans.
fn gap(a: Span, b: Span) -> usize {
    a.start().max(b.start()).saturating_sub(a.end().min(b.end()))
}

/// Whether an outlet's reporter is named with it: `Courier reporter Ann Lee`.
pub(super) fn has_reporter(words: &Words, mention: &Mention) -> bool {
    (0..2).any(|step| words.is(mention.words.end + step, REPORTER))
}
