//! The chain for the terminal: story by story, page by page in order of time, then what stands apart.

use std::fmt::Write;

use anstyle::Style;
use sayso::story::Parent;
use sayso_record::{UtteranceRow, independent_text};
use unicode_width::UnicodeWidthStr;

use super::archive::Archive;
use super::told::Told;
use crate::terminal::{FAINT, SPEAKER, STRONG, WARNING, wrap};
use crate::{variants, wording};

/// The stories of an archive, with styles as ANSI sequences.
pub(crate) fn view(archive: &Archive, width: usize) -> String {
    let mut view = View { archive, width, out: String::new() };
    archive.warnings().into_iter().for_each(|note| view.styled(WARNING, "! ", &wording::clean(&note.text)));
    archive.told_twice().for_each(|story| view.story(Told { archive, story }));
    view.apart();
    view.out
}

struct View<'a> {
    archive: &'a Archive,
    width: usize,
    out: String,
}

impl View<'_> {
    fn story(&mut self, told: Told) {
        let story = told.story;
        self.rule();
        self.styled(STRONG, "", &self.archive.story_title(story));
        let pages = wording::count(story.pages.len(), "page");
        self.styled(FAINT, "", &format!("{pages} · {}", self.archive.story_dates(story)));
        // How many sources, who was first, what was changed: the rest of the view shows on what that rests.
        let mut rows = variants::of_story(self.archive, 0, story, false);
        self.plain("", &told.first());
        if let Some(changed) = variants::changed(&rows) {
            self.plain("", &changed);
        }
        self.independent(&told);
        for at in 0..story.pages.len() {
            self.line("");
            self.page(&told, at);
        }
        rows.sort_by_key(variants::gravity);
        self.wordings(&rows);
        self.line("");
    }

    /// What was changed inside quotation marks.
    fn wordings(&mut self, rows: &[UtteranceRow]) {
        if rows.is_empty() {
            return;
        }
        let title = "Words that differ in quotation marks";
        let rule = "─".repeat(self.width.saturating_sub(title.width() + 1));
        self.line("");
        self.line(&format!("{STRONG}{title}{STRONG:#} {FAINT}{rule}{FAINT:#}"));
        for row in rows.iter().take(WORDINGS) {
            variants::utterance(&mut self.out, self.archive, row, self.width);
        }
        if rows.len() > WORDINGS {
            let more = wording::count(rows.len() - WORDINGS, "further utterance");
            self.plain("  · ", &format!("{more}: see `sayso variants`"));
        }
    }

    /// One page: what it is, where it comes from, on what evidence.
    fn page(&mut self, told: &Told, at: usize) {
        let (page, lineage) = (told.story.pages[at], &told.story.lineages[at]);
        self.headline(at + 1, page);
        self.archive.notes(page).for_each(|note| self.styled(FAINT, INDENT, &note));
        if let Some(none) = told.without_source(at) {
            self.styled(FAINT, INDENT, none);
        }
        for parent in &lineage.parents {
            self.plain(INDENT, &told.derives(parent));
            self.evidence(told, page, parent);
        }
        if let Some(undecided) = told.undecided(lineage) {
            self.styled(WARNING, INDENT, &undecided);
        }
        if let Some(absent) = told.absent(page, lineage) {
            self.plain(INDENT, &absent);
        }
        if let Some(roots) = told.roots(page, lineage) {
            self.plain(INDENT, &roots);
        }
    }

    /// Number, time and outlet, then the title.
    fn headline(&mut self, number: usize, page: usize) {
        let date = self.archive.date(page);
        let outlet = self.archive.name(page);
        let outlet = outlet.split(' ').map(|word| format!("{SPEAKER}{word}{SPEAKER:#}")).collect::<Vec<_>>();
        let id = self.archive.own_id(page).map(|id| format!(" · {id}")).unwrap_or_default();
        self.plain(&format!("{number:>4}  "), &format!("{date} · {}{id}", outlet.join(" ")));
        self.styled(STRONG, INDENT, &self.archive.title(page));
    }

    fn evidence(&mut self, told: &Told, child: usize, parent: &Parent) {
        told.evidence(child, parent).iter().for_each(|sign| self.styled(FAINT, SIGN, sign));
    }

    /// The range and what it rests on.
    fn independent(&mut self, told: &Told) {
        let range = independent_text(&told.story.independent);
        let rule = "─".repeat(self.width.saturating_sub(range.width() + 1));
        self.line("");
        self.line(&format!("{STRONG}{range}{STRONG:#} {FAINT}{rule}{FAINT:#}"));
        told.reasons().iter().for_each(|reason| self.plain("  · ", reason));
    }

    /// Pages that no other page tells the story of, one line each.
    fn apart(&mut self) {
        let apart: Vec<usize> = self.archive.apart().collect();
        if apart.is_empty() {
            return;
        }
        self.rule();
        let count = wording::count(apart.len(), "page");
        let verb = if apart.len() == 1 { "stands" } else { "stand" };
        self.styled(STRONG, "", &format!("{count} {verb} apart"));
        for page in apart {
            let mut facts = vec![self.archive.date(page), self.archive.name(page), self.archive.title(page)];
            facts.extend(self.archive.own_id(page));
            self.plain("  · ", &facts.join(" · "));
            self.archive.notes(page).for_each(|note| self.styled(FAINT, "    ", &note));
        }
        self.line("");
    }

    fn rule(&mut self) {
        let rule = "━".repeat(self.width);
        self.line(&format!("{FAINT}{rule}{FAINT:#}"));
    }

    fn plain(&mut self, mark: &str, text: &str) {
        self.styled(Style::new(), mark, text);
    }

    /// Text wrapped to the width; what follows the mark is aligned behind it.
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

/// Before what is told of a page, and before each sign.
const INDENT: &str = "      ";
const SIGN: &str = "        · ";

/// Of utterances so many are shown.
const WORDINGS: usize = 12;
