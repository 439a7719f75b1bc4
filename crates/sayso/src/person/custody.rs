//! Through whose hands a statement came, beside its source.
//!
//! `told [Reuters]`, `in an interview with [the Gazette]`, `on [CNN]’s “State of the Union”`, `a study published by
//! [the Courier]`: outlets, by the words that lead to them. `citing [two port officials]`, `a Gazette analysis of
//! [court filings]`: what the source has it from. Only words outside the content, in the sentence of the cue, count.

use std::ops::Range;

use super::{page::Page, unnamed};
use crate::{Attribution, Span, Via, ViaKind, text::Tag};

/// The outlets that a statement came through, and whom its source cites, in order of the text.
/// `around` are the tokens to look at; `outlets` are the mentions of outlets among them.
pub(super) fn custody(
    page: &Page,
    around: Vec<usize>,
    outlets: &[Span],
    attribution: &Attribution,
) -> Vec<Via> {
    let inside: Vec<Range<usize>> = attribution.content.iter().map(|&piece| page.tokens_of(piece)).collect();
    let outside: Vec<usize> =
        around.into_iter().filter(|at| !inside.iter().any(|piece| piece.contains(at))).collect();
    let statement = Statement {
        outside,
        source: attribution.source.first().map(|&source| page.tokens_of(source)).unwrap_or_default(),
        cue: attribution.cue.first().map(|&cue| page.tokens_of(cue)).unwrap_or_default(),
    };
    let mut found: Vec<Via> = Vec::new();
    for &mention in outlets {
        let tokens = page.tokens_of(mention);
        if tokens.is_empty() || !tokens.clone().all(|at| statement.outside.contains(&at)) {
            continue;
        }
        let is_source = statement.source.contains(&tokens.start);
        // "CNN’s “State of the Union”" is one hand.
        let owner = found.last().map_or(0, |via| page.tokens_of(via.span).end);
        let is_owned =
            owner > 0 && owner <= tokens.start && (owner..tokens.start).all(|at| is_link(page, at));
        // What the source itself is comes through nobody.
        let is_head = is_source && tokens.start <= statement.source.start + 2;
        if let Some(kind) = lead(page, &statement, &tokens).filter(|_| !is_head && !is_owned) {
            found.push(Via { kind, span: mention });
        }
    }
    if found.is_empty()
        && let Some(show) = show(page, &statement)
    {
        found.push(Via { kind: ViaKind::ToldTo, span: page.span(show) });
    }
    found.extend(cited(page, &statement));
    found.sort_by_key(|via| via.span);
    found
}

/// An attribution in tokens: its source and cue, and what stands around them outside its content.
struct Statement {
    outside: Vec<usize>,
    source: Range<usize>,
    cue: Range<usize>,
}

/// How the words before an outlet's name lead to it.
fn lead(page: &Page, statement: &Statement, outlet: &Range<usize>) -> Option<ViaKind> {
    let before = statement.outside.iter().rev().copied().skip_while(|&at| at >= outlet.start).take(LONGEST);
    // "A tape the Courier unearthed"
    let is_article = page.word(outlet.start).eq_ignore_ascii_case("the");
    let made = outlet.start.checked_sub(1).filter(|&at| unnamed::is_document(page.word(at)) && is_article);
    if made.is_some() && page.tokens.get(outlet.end).is_some_and(|next| next.tag == Tag::Verb) {
        return Some(ViaKind::AsReportedBy);
    }
    let mut belongs = false;
    for at in before {
        let word = page.word(at).to_lowercase();
        match word.as_str() {
            "by" => return is_made(page, at).then_some(ViaKind::AsReportedBy),
            "told" | "tells" | "telling" | "tell" => {
                return statement.cue.contains(&at).then_some(ViaKind::ToldTo);
            }
            "on" | "in" if appears(page, at) && !is_once(page, at) => {
                let kind =
                    if statement.source.contains(&at) { ViaKind::AsReportedBy } else { ViaKind::ToldTo };
                return Some(kind);
            }
            "on" | "in" | "to" | "for" | "with" => {
                // In a source, only who is said to have spoken there: "a clerk who spoke to the Gazette".
                let is_source = statement.source.contains(&at);
                let is_near = match is_source {
                    true => word != "on" && word != "in",
                    // An interview is about all that its sentence says.
                    false => is_interview(page, at) || is_near(page, statement, at),
                };
                // "Who has never given an interview to the Gazette", "who once appeared there": another occasion, or none.
                let first = at.saturating_sub(OCCASION);
                let is_other = (first..at).any(|at| {
                    statement.outside.contains(&at)
                        && !statement.cue.contains(&at)
                        && ["never", "not", "n't", "n’t", "once", "without"]
                            .iter()
                            .any(|word| page.word(at).eq_ignore_ascii_case(word))
                });
                // "A report in the Gazette": the hand is that of the report.
                let is_noun_phrase = word == "in"
                    && at > 0
                    && page.tokens[at - 1].tag == Tag::Noun
                    && unnamed::is_document(page.word(at - 1))
                    && !statement.cue.contains(&(at - 1));
                if is_other || is_noun_phrase {
                    return None;
                }
                // "Pointed to a Gazette poll": what belongs to an outlet was not told.
                let owns = matches!(word.as_str(), "to" | "with")
                    && page.tokens.get(outlet.end).is_some_and(|next| next.tag == Tag::Noun)
                    && !unnamed::is_person(page.word(outlet.end));
                let leads = leads(page, statement, at, &word) && is_near && !owns;
                return leads.then_some(ViaKind::ToldTo);
            }
            // "The editorial board [of] the Post", "Ann Lee [of] Radio North".
            "of" if !belongs && is_staff(page, at) => belongs = true,
            _ if is_phrase(page, at) => {}
            _ => return None,
        }
    }
    None
}

/// What joins an outlet and its programme: a possessive, a mark.
fn is_link(page: &Page, at: usize) -> bool {
    matches!(page.word(at), "'s" | "’s" | "‘s" | "'" | "’")
        || page.word(at).chars().all(crate::text::token::is_quote)
}

/// Words that place an interview on another occasion stand at most so many tokens before it.
const OCCASION: usize = 6;

/// Longest way from the word that leads to an outlet to its name, in tokens.
const LONGEST: usize = 8;

/// Words of a noun phrase.
fn is_phrase(page: &Page, at: usize) -> bool {
    use Tag::*;
    matches!(page.tokens[at].tag, Det | Adj | Noun | Propn | Num | Part)
        || matches!(page.word(at), "'s" | "’s" | "his" | "her" | "\"" | "“")
}

/// `published by`, `as first reported by`.
fn is_made(page: &Page, by: usize) -> bool {
    const MADE: &[&str] = &[
        "published",
        "reported",
        "obtained",
        "reviewed",
        "seen",
        "unearthed",
        "leaked",
        "released",
        "broadcast",
        "posted",
        "provided",
        "through",
        "conducted",
        "revealed",
        "quoted",
        "viewed",
        "recorded",
        "aired",
        "compiled",
    ];
    by > 0 && MADE.iter().any(|word| page.word(by - 1).eq_ignore_ascii_case(word))
}

/// `a study that appeared in`, `then appeared on`.
fn appears(page: &Page, at: usize) -> bool {
    const APPEARS: &[&str] =
        &["appeared", "appears", "appearing", "published", "printed", "aired", "written"];
    at > 0 && APPEARS.iter().any(|word| page.word(at - 1).eq_ignore_ascii_case(word))
}

/// `in a telephone interview with`
fn is_interview(page: &Page, with: usize) -> bool {
    page.word(with) == "with" && with > 0 && page.word(with - 1).to_lowercase().starts_with("interview")
}

/// Whether the appearance was on another occasion: `who once appeared on`.
fn is_once(page: &Page, at: usize) -> bool {
    (at.saturating_sub(4)..at).any(|at| ["once", "never", "often", "regularly"].contains(&page.word(at)))
}

/// Whether `of` after a token joins people to their outlet: `the editorial board of`, `Ann Lee of`.
fn is_staff(page: &Page, of: usize) -> bool {
    const STAFF: &[&str] = &[
        "board",
        "editor",
        "host",
        "reporter",
        "correspondent",
        "anchor",
        "staff",
        "columnist",
        "issue",
        "edition",
        "episode",
        "broadcast",
        "pages",
    ];
    of > 0
        && (page.tokens[of - 1].tag == Tag::Propn
            || STAFF.iter().any(|word| page.word(of - 1).eq_ignore_ascii_case(word)))
}

/// Whether a phrase belongs to the statement: it opens the sentence, or no verb stands between it and the cue.
fn is_near(page: &Page, statement: &Statement, at: usize) -> bool {
    let is_verb = |at: &&usize| {
        page.tokens[**at].tag == Tag::Verb
            && !statement.cue.contains(*at)
            && !["speaking", "writing", "based", "recorded", "including"]
                .iter()
                .any(|word| page.word(**at).eq_ignore_ascii_case(word))
    };
    let between =
        |range: Range<usize>| statement.outside.iter().filter(|at| range.contains(at)).any(|at| is_verb(&at));
    let opening = statement.outside.first().is_some_and(|&first| !between(first..at));
    opening && at < statement.cue.start || !between(at.min(statement.cue.end)..at.max(statement.cue.start))
}

/// Whether a preposition leads to a hand: `on` and `in` do; `to`, `with` and `for` after speaking or writing.
fn leads(page: &Page, statement: &Statement, at: usize, word: &str) -> bool {
    let after = |words: &[&str]| {
        (at.saturating_sub(4)..at)
            .any(|before| words.iter().any(|word| page.word(before).eq_ignore_ascii_case(word)))
    };
    match word {
        "to" if statement.cue.end == at => true,
        "to" => after(&[
            "spoke",
            "speaking",
            "talking",
            "talked",
            "said",
            "statement",
            "interview",
            "letter",
            "email",
            "e-mail",
            "comments",
            "comment",
            "remarks",
            "confirmed",
            "message",
            "explained",
            "testified",
            "wrote",
        ]),
        "for" => after(&["writing", "wrote", "column", "essay", "op-ed", "interview"]),
        "with" => after(&[
            "interview",
            "interviews",
            "spoke",
            "speaking",
            "conversation",
            "talk",
            "talking",
            "chat",
            "discussion",
            "meeting",
            "appearance",
            "q&a",
            "call",
            "down",
            "shared",
            "podcast",
            "session",
        ]),
        _ => true,
    }
}

/// A programme named in marks: `on “Face the Nation”`.
fn show(page: &Page, statement: &Statement) -> Option<Range<usize>> {
    let outside = &statement.outside;
    let word = |i: usize| outside.get(i).map_or("", |&at| page.word(at));
    let leads = |i: usize| {
        let before = i.checked_sub(1).map(|i| outside[i]);
        let is_broadcast = before.is_some_and(|at| page.word(at) == "broadcast");
        let is_free = before.is_none_or(|at| {
            page.tokens[at].tag != Tag::Noun
                || ["interview", "appearance", "broadcast", "remarks", "edition"].contains(&page.word(at))
        });
        word(i).eq_ignore_ascii_case("on") && is_free || word(i).eq_ignore_ascii_case("of") && is_broadcast
    };
    let starts = (0..outside.len()).find(|&i| {
        leads(i) && matches!(word(i + 1), "\"" | "“" | "''") && is_near(page, statement, outside[i])
    })?;
    let close =
        (starts + 2..(starts + 9).min(outside.len())).find(|&i| matches!(word(i), "\"" | "”" | "''"))?;
    let first = outside[starts + 2];
    // The closing mark may hold a comma before it.
    let last = outside[close - 1] - usize::from(matches!(page.word(outside[close - 1]), "," | "."));
    let named = page.word(first).starts_with(char::is_uppercase) && last >= first;
    named.then_some(first..last + 1)
}

/// Whom or what the source cites: `citing two officials`, `a Gazette survey of voter rolls`.
fn cited(page: &Page, statement: &Statement) -> Option<Via> {
    let is = |at: usize, words: &[&str]| words.iter().any(|word| page.word(at).eq_ignore_ascii_case(word));
    let cites = |at: &usize| is(*at, &["citing", "quoting"]);
    let draws = |at: &usize| {
        *at > statement.source.start
            && statement.source.contains(at)
            && is(*at, &["of", "with"])
            && is(at - 1, &["analysis", "survey", "review", "examination", "interviews", "study"])
    };
    let outside = &statement.outside;
    let at = outside.iter().copied().find(cites).or_else(|| outside.iter().copied().find(draws))?;
    let phrase = phrase(page, outside, at + 1);
    // "Citing her work" names no source.
    let is_source = |at: usize| {
        unnamed::is_person(page.word(at))
            || unnamed::is_document(page.word(at))
            || unnamed::is_organisation(page.word(at))
    };
    let head = phrase.clone().rev().find(|&at| is_source(at));
    let is_name = page.tokens.get(phrase.start).is_some_and(|token| token.tag == Tag::Propn);
    let end = head.map_or(phrase.end, |head| head + 1);
    (!phrase.is_empty() && (head.is_some() || is_name))
        .then(|| Via { kind: ViaKind::Citing, span: page.span(phrase.start..end) })
}

/// The noun phrase that starts at a token, with what hangs on it up to a mark, `that` or a verb.
fn phrase(page: &Page, outside: &[usize], start: usize) -> Range<usize> {
    use Tag::*;
    let part = |at: &usize| {
        // "Newly filed reports": a participle before its noun.
        let modifies = page.tokens[*at].tag == Verb
            && page.tokens.get(at + 1).is_some_and(|next| matches!(next.tag, Noun | Propn | Adj));
        let tag = page.tokens[*at].tag;
        let goes_on =
            modifies || matches!(tag, Det | Adj | Noun | Propn | Num | Part | Adp | Pron | Cconj | Adv);
        goes_on && !page.word(*at).eq_ignore_ascii_case("that") || matches!(page.word(*at), "'s" | "’s" | "-")
    };
    let last = (start..start + 2 * LONGEST).take_while(|at| outside.contains(at)).take_while(part).last();
    last.map_or(start..start, |last| start..last + 1)
}
