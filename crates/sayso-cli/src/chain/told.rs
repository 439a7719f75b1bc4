//! What is told of a page and a story, in words; the terminal and the HTML view have them from here.

use sayso::story::{Lineage, Parent, Root, Sign, Story};
use sayso_record::{evidence_text, reasons_text};

use super::archive::Archive;
use crate::wording;

/// A story and its pages by number, the earliest is 1.
#[derive(Clone, Copy)]
pub(crate) struct Told<'a> {
    pub(crate) archive: &'a Archive,
    pub(crate) story: &'a Story,
}

impl Told<'_> {
    /// “2 Calven Courier”.
    pub(crate) fn numbered(&self, page: usize) -> String {
        match self.number(page) {
            Some(number) => format!("{number} {}", self.archive.name(page)),
            None => self.archive.name(page),
        }
    }

    /// The number of a page in its story.
    pub(crate) fn number(&self, page: usize) -> Option<usize> {
        self.story.pages.iter().position(|&other| other == page).map(|at| at + 1)
    }

    /// “derives from 1 Sarn Wire”.
    pub(crate) fn derives(&self, parent: &Parent) -> String {
        let what = derives(parent.score.value());
        format!("{what} {}, {}", self.numbered(parent.page), probability(parent.score.value()))
    }

    /// “undecided: shares text with 3 Bell (24 words) and 4 Post (15 words); which had it first does not show”.
    pub(crate) fn undecided(&self, lineage: &Lineage) -> Option<String> {
        let shared = |other: &Parent| {
            other.evidence.iter().find_map(|evidence| match evidence.sign {
                Sign::SharedText { words, .. } => {
                    Some(format!(" ({})", wording::count(words as usize, "word")))
                }
                _ => None,
            })
        };
        let name = |other: &Parent| self.numbered(other.page) + &shared(other).unwrap_or_default();
        let names: Vec<String> = lineage.undecided.iter().map(name).collect();
        let told =
            || format!("undecided: shares text with {}; which had it first does not show", list(&names));
        (!names.is_empty()).then(told)
    }

    /// Which page was first, as far as dates show it.
    pub(crate) fn first(&self) -> String {
        let pages = &self.story.pages;
        let undated = pages.iter().filter(|&&page| self.archive.digest(page).until().is_none()).count();
        let of_dated = match undated {
            0 => String::new(),
            _ => format!("; {} without a date", wording::count(undated, "page")),
        };
        let Some((&first, lineage)) = pages.first().zip(self.story.lineages.first()) else {
            return String::new();
        };
        if undated == pages.len() {
            return "earliest in this archive: does not show, no page has a date".to_owned();
        }
        let earliest = format!("{}, {}", self.numbered(first), self.archive.date(first));
        match lineage.parents.first() {
            _ if !self.is_earliest(0) => {
                let is_one =
                    pages.iter().skip(1).any(|&page| self.archive.date(page) == self.archive.date(first));
                match is_one {
                    true => format!(
                        "earliest in this archive: does not show, several pages are of {}",
                        self.archive.date(first)
                    ),
                    false => "earliest in this archive: does not show, dates are not exact enough".to_owned(),
                }
            }
            Some(parent) => {
                format!("earliest date: {earliest}; it derives from {}{of_dated}", self.numbered(parent.page))
            }
            None => format!("earliest in this archive: {earliest}{of_dated}"),
        }
    }

    /// Whether a page has a date, and every other that has one a later.
    fn is_earliest(&self, at: usize) -> bool {
        let Some((&first, others)) = self.story.pages.split_first().filter(|_| at == 0) else { return false };
        let until = self.archive.digest(first).until();
        until.is_some_and(|until| !others.iter().any(|&page| self.archive.digest(page).may_precede(until)))
    }

    /// “credits BBC: no page of it in this archive”.
    pub(crate) fn absent(&self, page: usize, lineage: &Lineage) -> Option<String> {
        let absent = self.archive.absent(page, lineage);
        let what = if absent.len() == 1 { "it" } else { "them" };
        (!absent.is_empty()).then(|| format!("credits {}: no page of {what} in this archive", list(&absent)))
    }

    /// The signs of a derivation.
    pub(crate) fn evidence(&self, child: usize, parent: &Parent) -> Vec<String> {
        if parent.evidence.is_empty() {
            return vec!["no single sign of it stands out".to_owned()];
        }
        let article = self.archive.article(child);
        parent.evidence.iter().map(|sign| wording::clean(&evidence_text(sign, article))).collect()
    }

    /// What is told of a page for which no source is named: “earliest in this archive”.
    pub(crate) fn without_source(&self, at: usize) -> Option<&'static str> {
        let lineage = &self.story.lineages[at];
        match (lineage.parents.is_empty(), lineage.undecided.is_empty()) {
            // Of several at one time none is the earliest.
            (true, _) if self.is_earliest(at) => Some("earliest in this archive"),
            (true, true) => Some("no source in this archive"),
            _ => None,
        }
    }

    /// “comes in the end from 1 Sarn Wire and Delta Pictures (no page here)”, where that is not what was told of the page already:
    /// itself, whom it derives from, whom it credits.
    pub(crate) fn roots(&self, page: usize, lineage: &Lineage) -> Option<String> {
        let name = |root: &Root| match root {
            Root::Page(page) => self.numbered(*page),
            Root::Source(name) => format!("{} (no page here)", wording::clean(name)),
        };
        let names: Vec<String> = lineage.roots.iter().map(name).collect();
        let absent = self.archive.absent(page, lineage);
        let is_told = |root: &Root| match root {
            Root::Page(root) => *root == page || lineage.parents.iter().any(|parent| parent.page == *root),
            Root::Source(name) => absent.contains(&wording::clean(name)),
        };
        let told = || format!("comes in the end from {}", list(&names));
        (!lineage.roots.iter().all(is_told)).then(told)
    }

    /// Why so many sources are independent, one reason each.
    pub(crate) fn reasons(&self) -> Vec<String> {
        let reasons = reasons_text(&self.story.independent.why, |page| self.numbered(page));
        reasons.iter().map(|reason| wording::clean(reason)).collect()
    }
}

/// “A, B and C”.
pub(crate) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// “derives from”; “may derive from” where it is less likely than not.
pub(crate) fn derives(score: f64) -> &'static str {
    if score < 0.5 { "may derive from" } else { "derives from" }
}

/// “probability 0.87”; none is so high that it would read as certain.
pub(crate) fn probability(score: f64) -> String {
    format!("probability {:.2}", score.min(0.99))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reads_as_certain() {
        assert_eq!([probability(0.866), probability(0.998)], ["probability 0.87", "probability 0.99"]);
    }
}
