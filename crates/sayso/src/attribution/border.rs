//! Borders of roles that are certain by rule: marks, possessives, `to` after a refusal, the document it was said in.

use std::ops::Range;

use super::{Page, finding::Finding, quotation::Quotation, role};
use crate::text::Tag;

/// Moves the borders of a finding to where the rules have them. `first` is the first token that may belong to it.
///
/// The source first: what it wrongly has or lacks, the largest parts before the small ones; then cue and content, whose rules
/// look at where the source ends; marks last, for nothing moves a border that marks give.
pub(super) fn settle(page: &Page, first: usize, quotations: &[Quotation], finding: &mut Finding) {
    let is_heard = finding.cue.as_ref().is_some_and(|cue| role::is_heard(page, cue));
    finding
        .source
        .retain(|source| !is_heard && !is_target(page, source, &finding.cue) && !is_article(page, source));
    whole_source(page, first, finding);
    source_without_document(page, finding);
    source_out_of_cue(page, finding);
    source_with_clause(page, finding);
    without_titles(page, quotations, finding);
    source_without_relative(page, finding);
    source_before_clause(page, finding);
    source_without_day(page, finding);
    source_without_dateline(page, finding);
    source_with_aside(page, finding);
    neither(page, finding);
    refusal(page, finding);
    said_in_interview(page, finding);
    nominal(page, finding);
    before_main_clause(page, finding);
    role::split_addressee(page, finding);
    close_quotations(quotations, finding);
}

/// Whether the words before a passive cue are whom it is about: nobody is the source of an accusation against them.
fn is_target(page: &Page, source: &Range<usize>, cue: &Option<Range<usize>>) -> bool {
    cue.as_ref().is_some_and(|cue| source.end <= cue.start && role::is_passive(page, cue))
}

/// A source does not start at the possessive: `Lee [’s allies]` is `[Lee’s allies]`.
fn whole_source(page: &Page, first: usize, finding: &mut Finding) {
    let Some(source) = finding.source.first_mut() else { return };
    if !matches!(page.word(source.start), "'s" | "’s" | "‘s" | "'" | "’") {
        return;
    }
    while source.start > first
        && matches!(page.tokens[source.start - 1].tag, Tag::Propn | Tag::Noun | Tag::Pron)
    {
        source.start -= 1;
    }
}

/// Marks are certain borders: a piece that holds most of a quotation holds all of it.
fn close_quotations(quotations: &[Quotation], finding: &mut Finding) {
    let others: Vec<Range<usize>> = finding.source.iter().cloned().chain(finding.cue.clone()).collect();
    for piece in &mut finding.content {
        for quotation in quotations {
            let whole = quotation.open..quotation.end;
            let shared = piece.end.min(whole.end).saturating_sub(piece.start.max(whole.start));
            let free = others.iter().all(|other| other.end <= whole.start || whole.end <= other.start);
            if free && shared * 5 > whole.len() * 3 {
                piece.start = piece.start.min(whole.start);
                piece.end = piece.end.max(whole.end);
            }
        }
    }
    finding.content.sort_by_key(|piece| piece.start);
    finding.content.dedup_by(|next, piece| {
        let joins = next.start <= piece.end;
        if joins {
            piece.end = piece.end.max(next.end);
        }
        joins
    });
}

/// `[The ministry] [neither confirmed nor denied]`: `neither` is no part of the source.
fn neither(page: &Page, finding: &mut Finding) {
    let (Some(source), Some(cue)) = (finding.source.first_mut(), finding.cue.as_mut()) else { return };
    if source.len() > 1
        && source.end == cue.start
        && page.word(source.end - 1).eq_ignore_ascii_case("neither")
    {
        source.end -= 1;
        cue.start -= 1;
    }
}

/// `[declined] [to say who did]`: what is refused is the content, from its `to` on, as PolNeAR has it.
fn refusal(page: &Page, finding: &mut Finding) {
    let Some(cue) = finding.cue.as_mut() else { return };
    let Some(to) = (cue.start + 1..cue.end).find(|&at| page.word(at) == "to") else { return };
    if !role::is_refusing(page, to - 1) {
        return;
    }
    // "To say when Lee [first read it]": what stands in between belongs to it.
    let is_near = |piece: &&mut Range<usize>| {
        let gap = cue.end..piece.start;
        piece.start >= cue.end
            && gap.len() < SHORT_GAP
            && !gap.into_iter().any(|at| page.tokens[at].tag == Tag::Punct)
    };
    if let Some(content) = finding.content.iter_mut().find(is_near) {
        content.start = to;
        cue.end = to;
    }
}

/// Fewer tokens between a refusal and its content belong to the content.
const SHORT_GAP: usize = 5;

/// `[said] in an interview with …`: a document may be part of a cue, an interview is with somebody.
fn said_in_interview(page: &Page, finding: &mut Finding) {
    let Some(cue) = finding.cue.as_mut() else { return };
    let is_interview = |at: usize| page.word(at).to_lowercase().starts_with("interview");
    if (cue.start..(cue.end + 1).min(page.tokens.len())).any(is_interview)
        && let Some(lead) = (cue.start + 1..cue.end).find(|&at| matches!(page.word(at), "in" | "during"))
    {
        cue.end = lead;
    }
}

/// `[His] [claim] [that the horse was drugged] has never been tested`: the content of a noun ends before the verb that the
/// noun is the subject of.
fn nominal(page: &Page, finding: &mut Finding) {
    let Some(cue) = &finding.cue else { return };
    let first = finding.source.iter().map(|source| source.start).chain([cue.start]).min();
    let is_noun = cue.clone().any(|at| page.tokens[at].tag == Tag::Noun);
    if !is_noun || first != Some(page.sentence_start(cue.start)) {
        return;
    }
    let after = finding.source.iter().map(|source| source.end).max().unwrap_or(0).max(cue.end);
    let Some(content) = finding.content.iter_mut().find(|piece| piece.start == after) else { return };
    let is_clause = usize::from(page.word(content.start) == "that");
    let is = |at: usize, tags: &[Tag]| tags.contains(&page.tokens[at].tag);
    // A verb opens a group of verbs unless the one before it goes on: "had been drugged".
    let opens = |at: usize| is(at, &[Tag::Verb, Tag::Aux]) && !is(at - 1, &[Tag::Aux, Tag::Adv, Tag::Part]);
    let mut groups = 0;
    for at in content.start + 1..content.end {
        let links = is(at, &[Tag::Cconj, Tag::Sconj, Tag::Punct])
            || matches!(page.word(at), "who" | "which" | "that" | "what" | "when" | "where");
        if links && groups == is_clause {
            return;
        }
        if opens(at) && groups == is_clause {
            content.end = at;
            return;
        }
        groups += usize::from(opens(at));
    }
}

/// `[shouted] [the timekeeper], and the runners came to a halt`: a source holds no clause of its own after `and`.
fn source_before_clause(page: &Page, finding: &mut Finding) {
    let Some(source) = finding.source.first_mut() else { return };
    let joins =
        |at: &usize| page.word(*at) == "," && matches!(page.word(at + 1), "and" | "but" | "while" | "as");
    let has_verb =
        |from: usize| (from..source.end).any(|at| matches!(page.tokens[at].tag, Tag::Verb | Tag::Aux));
    if let Some(comma) =
        (source.start + 1..source.end.saturating_sub(2)).find(joins).filter(|&at| has_verb(at))
    {
        source.end = comma;
    }
}

/// `[reported] [Reuters]`: a name at the end of a cue is its source.
fn source_out_of_cue(page: &Page, finding: &mut Finding) {
    let Some(cue) = finding.cue.as_mut().filter(|_| finding.source.is_empty()) else { return };
    let name = (cue.start + 1..cue.end).rev().take_while(|&at| page.tokens[at].tag == Tag::Propn).last();
    if let Some(name) = name.filter(|&name| page.tokens[name - 1].tag == Tag::Verb) {
        finding.source.push(name..cue.end);
        cue.end = name;
    }
}

/// `On “Face the Nation,” [the senator] [said] …`: a title in marks after a preposition is no content.
fn without_titles(page: &Page, quotations: &[Quotation], finding: &mut Finding) {
    let is_title = |piece: &Range<usize>| {
        let is_marked =
            quotations.iter().any(|quotation| quotation.open == piece.start && quotation.end == piece.end);
        let led = piece.start > 0 && matches!(page.word(piece.start - 1), "On" | "on" | "In" | "in");
        let is_name = |at: usize| {
            let word = page.word(at);
            !word.starts_with(char::is_lowercase)
                || matches!(word, "the" | "of" | "and" | "a" | "to" | "in" | "for")
        };
        is_marked && led && piece.len() < LONGEST_TITLE && piece.clone().all(is_name)
    };
    if finding.content.len() > 1 {
        let kept: Vec<_> = finding.content.iter().filter(|piece| !is_title(piece)).cloned().collect();
        if !kept.is_empty() {
            finding.content = kept;
        }
    }
}

/// A title in marks has fewer tokens, with its marks.
const LONGEST_TITLE: usize = 10;

/// `[The] [claim]`: an article is nobody.
fn is_article(page: &Page, source: &Range<usize>) -> bool {
    source.len() == 1 && matches!(page.word(source.start).to_lowercase().as_str(), "the" | "a" | "an")
}

/// `According to [the Courier, which first had the story], [prosecutors …]`: the clause between commas belongs to the source.
fn source_with_clause(page: &Page, finding: &mut Finding) {
    let (Some(source), Some(cue)) = (finding.source.first_mut(), &finding.cue) else { return };
    let is_led = page.word(cue.start).eq_ignore_ascii_case("according") && cue.end == source.start;
    // "According to the chief [of the police of Sarn, 14 people] …": so does what hangs on it.
    let hangs = |piece: &Range<usize>| {
        let comma = piece.clone().find(|&at| page.word(at) == ",").filter(|comma| comma + 1 < piece.end)?;
        let is_phrase = (piece.start..comma).all(|at| !matches!(page.tokens[at].tag, Tag::Verb | Tag::Aux));
        (is_phrase && page.tokens[piece.start].tag == Tag::Adp).then_some(comma)
    };
    if let Some(content) = finding.content.iter_mut().find(|piece| is_led && piece.start == source.end)
        && let Some(comma) = hangs(content)
    {
        source.end = comma;
        content.start = comma + 1;
        return;
    }
    let follows = |piece: &&mut Range<usize>| {
        matches!(page.word(piece.start), "which" | "who")
            && piece.start == source.end + 1
            && page.word(source.end) == ","
    };
    let Some(content) = finding.content.iter_mut().find(follows).filter(|_| is_led) else { return };
    if let Some(comma) =
        content.clone().find(|&at| page.word(at) == ",").filter(|comma| comma + 1 < content.end)
    {
        source.end = comma;
        content.start = comma + 1;
    }
}

/// `the law, [which] [critics] [say] [harms schools]`: the relative pronoun is part of the content.
fn source_without_relative(page: &Page, finding: &mut Finding) {
    let (Some(source), Some(cue)) = (finding.source.first_mut(), &finding.cue) else { return };
    let is_relative = source.len() > 1 && matches!(page.word(source.start), "which" | "what" | "whom");
    let names =
        |at: usize| matches!(page.tokens[at].tag, Tag::Det | Tag::Noun | Tag::Propn | Tag::Pron | Tag::Adj);
    if is_relative
        && source.end <= cue.start
        && names(source.start + 1)
        && page.word(source.start + 1) != "'s"
    {
        finding.content.push(source.start..source.start + 1);
        finding.content.sort_by_key(|piece| piece.start);
        source.start += 1;
    }
}

/// `13:20 [The harbour master] [said]`, `KIRRIN — [Engineers] [warned]`: what a line starts with is no part of the source.
fn source_without_dateline(page: &Page, finding: &mut Finding) {
    let Some(source) = finding.source.first_mut() else { return };
    let is_dash = |at: &usize| matches!(page.word(*at), "—" | "–" | "--");
    if let Some(dash) = source.clone().find(is_dash).filter(|dash| dash + 1 < source.end)
        && source
            .clone()
            .take_while(|&at| at < dash)
            .all(|at| page.word(at).chars().all(|c| !c.is_lowercase()))
    {
        source.start = dash + 1;
    }
    let is_clock = |word: &str| word.contains(':') && word.chars().all(|c| c.is_ascii_digit() || c == ':');
    while source.len() > 1
        && (is_clock(page.word(source.start)) || matches!(page.word(source.start), "a.m." | "p.m." | ":"))
    {
        source.start += 1;
    }
}

/// `If [Lee] [says] [that it is safe], people will stay`: the content of a condition ends with it.
fn before_main_clause(page: &Page, finding: &mut Finding) {
    let Some(cue) = &finding.cue else { return };
    let first = page.sentence_start(cue.start);
    let opens = matches!(page.word(first), "If" | "Unless") && finding.first() == first + 1;
    let Some(content) = finding.content.iter_mut().find(|piece| opens && piece.start == cue.end) else {
        return;
    };
    if let Some(comma) = (content.start + 1..content.end).find(|&at| page.word(at) == ",") {
        content.end = comma;
    }
}

/// `[Lee] on Tuesday [said]`: the day is no part of the source.
fn source_without_day(page: &Page, finding: &mut Finding) {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let Some(source) = finding.source.first_mut() else { return };
    if source.len() > 1 && DAYS.contains(&page.word(source.end - 1)) {
        let led = source.len() > 2
            && matches!(page.word(source.end - 2), "on" | "last" | "late" | "early" | "this");
        source.end -= 1 + usize::from(led);
    }
}

/// `[The two officials, who were not authorised to speak,] [said]`: a source does not end in the middle of its clause.
fn source_with_aside(page: &Page, finding: &mut Finding) {
    let (Some(source), Some(cue)) = (finding.source.first_mut(), &finding.cue) else { return };
    let is_cut = source.len() > 1 && matches!(page.tokens[source.end - 1].tag, Tag::Aux | Tag::Part);
    let closes =
        cue.start > source.end && cue.start - source.end <= LONGEST_ASIDE && page.word(cue.start - 1) == ",";
    let is_free = finding.content.iter().all(|piece| piece.end <= source.end || cue.start <= piece.start);
    let is_owner = matches!(page.word(source.end - 1), "'s" | "’s" | "'" | "’");
    if is_cut && closes && is_free && !is_owner {
        source.end = cue.start;
    }
}

/// Most tokens between a source and its cue that belong to the source.
const LONGEST_ASIDE: usize = 14;

/// `[said] [a spokeswoman for the airline] in an email`: the document is no part of the source.
fn source_without_document(page: &Page, finding: &mut Finding) {
    let Some(source) = finding.source.first_mut() else { return };
    let leads = |at: &usize| role::leads_to_document(page, *at, source.end);
    if let Some(at) = (source.start + 1..source.end).find(leads) {
        source.end = at;
        let is_comma = source.len() > 1 && page.word(source.end - 1) == ",";
        let opens = source.clone().filter(|&at| page.word(at) == ",").count() % 2 == 1;
        if is_comma && opens {
            source.end -= 1;
        }
    }
}
