//! Signs of derivation and reasons for a count, in words for people.

use sayso::story::{Evidence, Independent, Reason, Sign};
use sayso::{Article, Span};

/// What a sign says of the derived page; “there” and “it” are the page that it derives from.
///
/// ```
/// use sayso::story::Sign;
///
/// assert_eq!(sayso_record::sign_text(&Sign::Later(312)), "published 5 h 12 min later");
/// ```
pub fn sign_text(sign: &Sign) -> String {
    match sign {
        Sign::Credit(name) => format!("credits {}", line(name)),
        Sign::MayCredit(name) => format!("credits {}, whose page the other may be", line(name)),
        Sign::Link => "links to it".to_owned(),
        Sign::SharedText { words, of } => {
            format!("{words} of its {} there in the same order", counted(*of, "word stands", "words stand"))
        }
        Sign::MoreCredits(n) => format!("credits {} more", counted(*n, "source", "sources")),
        Sign::Later(minutes) => format!("published {}", later(*minutes)),
        Sign::DiffersAlone(n) => {
            format!(
                "where the two differ, {} the wording of its source",
                counted(*n, "further page has", "further pages have")
            )
        }
    }
}

/// A sign and the words of the derived page that show it.
pub fn evidence_text(evidence: &Evidence, child: &Article) -> String {
    let text = sign_text(&evidence.sign);
    match (&evidence.sign, evidence.child) {
        (Sign::Credit(_) | Sign::MayCredit(_), Some(span)) => format!("{text}: “{}”", excerpt(child, span)),
        (Sign::Link, Some(span)) if !span.is_empty() => format!("{text}: “{}”", excerpt(child, span)),
        _ => text,
    }
}

/// Why pages count as one source or several, given what to call a page.
pub fn reason_text(reason: &Reason, name: impl Fn(usize) -> String) -> String {
    told(reason, &name, usize::MAX)
}

/// All reasons of a count, for reading: what is said of one page each is said of them together, and of many pages a few are
/// named.
pub fn reasons_text(why: &[Reason], name: impl Fn(usize) -> String) -> Vec<String> {
    use Reason::{Alone, Unnamed};
    let are_alike =
        |a: &Reason, b: &Reason| matches!((a, b), (Alone(_), Alone(_)) | (Unnamed(..), Unnamed(..)));
    let called = |reason: &Reason| match reason {
        Alone(page) => Some(name(*page)),
        Unnamed(page, text, _) => Some(format!("{} (“{}”)", name(*page), line(text))),
        _ => None,
    };
    let text = |reasons: &[Reason]| {
        let pages = || list(&reasons.iter().filter_map(called).collect::<Vec<_>>(), NAMED);
        match reasons {
            [one] => told(one, &name, NAMED),
            [Alone(_), ..] => format!("{} report each for themselves; nothing ties them to another", pages()),
            _ => format!("{} rest on people without a name, and count as one report each", pages()),
        }
    };
    why.chunk_by(are_alike).map(text).collect()
}

/// A reason that names so many pages at most.
fn told(reason: &Reason, name: &impl Fn(usize) -> String, most: usize) -> String {
    let list = |pages: &[usize]| list(&pages.iter().map(|&page| name(page)).collect::<Vec<_>>(), most);
    match reason {
        Reason::Derived(pages) => match pages.split_first() {
            Some((first, rest)) if !rest.is_empty() => {
                let derive = if rest.len() == 1 { "derives" } else { "derive" };
                format!("{} {derive} from {}: together one source", list(rest), name(*first))
            }
            _ => format!("{}: one source", list(pages)),
        },
        Reason::SameText(pages) => format!("{} are one text: together one source", list(pages)),
        Reason::Answer(speaker, pages) => {
            let answer = if pages.len() == 1 { "answers" } else { "answer" };
            format!("{} {answer} with {}: a further source", list(pages), line(speaker))
        }
        Reason::SameSpeaker(speaker, pages) => format!(
            "{} rest on {}, who may have spoken to each: one source or more",
            list(pages),
            line(speaker)
        ),
        Reason::SameSource(source, pages) if pages.len() == 1 => {
            format!("{} rests on {}, which has no page here", list(pages), line(source))
        }
        Reason::SameSource(source, pages) => {
            format!("{} rest on one credited source, {}: together one", list(pages), line(source))
        }
        Reason::SharedText(pages) => {
            format!(
                "{} share text, and it does not show who had it from whom: one source or more",
                list(pages)
            )
        }
        Reason::Unnamed(page, text, min) => format!(
            "{} rests on {} without a name (“{}”), and counts as one report",
            name(*page),
            if *min > 1 { format!("at least {min} people") } else { "people".to_owned() },
            line(text)
        ),
        Reason::Alone(page) => format!("{} reports for itself; nothing ties it to another", name(*page)),
    }
}

/// “2 to 3 independent sources”.
pub fn independent_text(independent: &Independent) -> String {
    let Independent { proved, possible, .. } = *independent;
    let sources = if possible == 1 { "source" } else { "sources" };
    if proved == possible {
        format!("{proved} independent {sources}")
    } else {
        format!("{proved} to {possible} independent {sources}")
    }
}

/// “less than an hour”, in the units that a reader would use.
fn later(minutes: u32) -> String {
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let days_text = counted(days, "day", "days");
    match (days, hours, rest) {
        (0, 0, 0) => "in the same minute".to_owned(),
        (0, 0, _) => format!("{rest} min later"),
        (0, _, 0) => format!("{hours} h later"),
        (0, ..) => format!("{hours} h {rest} min later"),
        (_, 0, _) => format!("{days_text} later"),
        _ => format!("{days_text} {hours} h later"),
    }
}

/// “A, B and C”; of more than so many “A, B and 4 more”.
fn list(names: &[String], most: usize) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        _ if names.len() > most => {
            let named = &names[..most.saturating_sub(1)];
            format!("{} and {} more", named.join(", "), names.len() - named.len())
        }
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn counted(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The words of a span on one line, of a long one its beginning.
fn excerpt(article: &Article, span: Span) -> String {
    let words = line(&article[span]);
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => {
            let cut = &words[..end];
            format!("{} …", cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole))
        }
        None => words,
    }
}

/// White space made single, characters left out that no line may show.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let hidden = |c: &char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    words.join(" ").chars().filter(|c| !hidden(c)).collect()
}

/// Pages that a reason names for reading.
const NAMED: usize = 8;
/// Characters of an excerpt.
const LONGEST: usize = 120;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_in_words() {
        let check = |sign, expect: &str| assert_eq!(sign_text(&sign), expect);
        check(Sign::Credit("the\nSarn Wire".into()), "credits the Sarn Wire");
        check(Sign::MayCredit("Sarn Wire".into()), "credits Sarn Wire, whose page the other may be");
        check(Sign::SharedText { words: 312, of: 400 }, "312 of its 400 words stand there in the same order");
        check(Sign::Later(0), "published in the same minute");
        check(Sign::Later(60), "published 1 h later");
        check(Sign::Later(1440 * 3 + 125), "published 3 days 2 h later");
        check(Sign::DiffersAlone(2), "where the two differ, 2 further pages have the wording of its source");
    }

    #[test]
    fn reasons_in_words() {
        let name = |page: usize| ["A", "B", "C"][page].to_owned();
        let check = |reason, expect: &str| assert_eq!(reason_text(&reason, name), expect);
        check(Reason::Derived(vec![0, 1, 2]), "B and C derive from A: together one source");
        check(Reason::Derived(vec![0]), "A: one source");
        check(
            Reason::SameSource("Sarn Wire".into(), vec![1, 2]),
            "B and C rest on one credited source, Sarn Wire: together one",
        );
        check(Reason::Alone(2), "C reports for itself; nothing ties it to another");
        check(
            Reason::Unnamed(0, "three people".into(), 3),
            "A rests on at least 3 people without a name (“three people”), and counts as one report",
        );
    }

    #[test]
    fn reasons_of_one_kind_are_told_together() {
        let name = |page: usize| format!("P{page}");
        let unnamed = |page, text: &str| Reason::Unnamed(page, text.into(), 2);
        let why = [
            Reason::Derived((0..12).collect()),
            Reason::Alone(12),
            Reason::Alone(13),
            unnamed(0, "two engineers"),
            unnamed(13, "nurses"),
        ];
        assert_eq!(
            reasons_text(&why, name),
            [
                "P1, P2, P3, P4, P5, P6, P7 and 4 more derive from P0: together one source",
                "P12 and P13 report each for themselves; nothing ties them to another",
                "P0 (“two engineers”) and P13 (“nurses”) rest on people without a name, and count as one report each",
            ]
        );
        assert_eq!(reasons_text(&why[1..2], name), ["P12 reports for itself; nothing ties it to another"]);
    }

    #[test]
    fn ranges_in_words() {
        let check = |proved, possible, expect: &str| {
            assert_eq!(independent_text(&Independent { proved, possible, why: Vec::new() }), expect);
        };
        check(1, 1, "1 independent source");
        check(2, 3, "2 to 3 independent sources");
        check(2, 2, "2 independent sources");
    }
}
