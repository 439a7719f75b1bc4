//! What is told of a page and a story, in words; the terminal and the HTML view have them from here.

use sayso::story::{Lineage, Parent, Root, Story};
use sayso_record::{evidence_text, reason_text};

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
        format!("{what} {}, probability {}", self.numbered(parent.page), score(parent))
    }

    /// “shares text with 3 Bell; which had it first does not show”.
    pub(crate) fn undecided(&self, other: &Parent) -> String {
        format!("shares text with {}; which had it first does not show", self.numbered(other.page))
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
        let until = |at: usize| self.story.pages.get(at).and_then(|&page| self.archive.digest(page).until());
        // Of several at one time none is the earliest.
        let is_dated = until(at).is_some() && until(at) != until(at + 1);
        match (lineage.parents.is_empty(), lineage.undecided.is_empty()) {
            (true, _) if at == 0 && is_dated => Some("earliest in this archive"),
            (true, true) => Some("no source in this archive"),
            _ => None,
        }
    }

    /// “comes in the end from 1 Sarn Wire and Delta Pictures (no page here)”, where that is not the page itself.
    pub(crate) fn roots(&self, page: usize, lineage: &Lineage) -> Option<String> {
        let name = |root: &Root| match root {
            Root::Page(page) => self.numbered(*page),
            Root::Source(name) => format!("{} (no page here)", wording::clean(name)),
        };
        let names: Vec<String> = lineage.roots.iter().map(name).collect();
        let itself = lineage.roots.iter().all(|root| *root == Root::Page(page));
        (!itself).then(|| format!("comes in the end from {}", list(&names)))
    }

    /// Why so many sources are independent, one reason each.
    pub(crate) fn reasons(&self) -> Vec<String> {
        let why = &self.story.independent.why;
        why.iter().map(|reason| wording::clean(&reason_text(reason, |page| self.numbered(page)))).collect()
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

/// A probability with two digits.
pub(crate) fn score(parent: &Parent) -> String {
    format!("{:.2}", parent.score.value())
}
