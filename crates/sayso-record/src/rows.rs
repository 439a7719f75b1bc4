//! From a story to its rows.

use std::collections::BTreeSet;

use sayso::story::{Cite, CiteKind, Digest, Evidence, Lineage, Parent, Reason, Root, Sign, Story};
use sayso::{Article, NoteKind};

use crate::convert::{note, published};
use crate::lineage::{CiteRow, EvidenceRow, PageRow, ParentRow, ReasonRow, StoryRow};
use crate::name::note_name;
use crate::{CodePoints, Note, SCHEMA_VERSION, plain};

/// The digests and articles of many pages, in the same order: what the places in a [`Story`] point at.
#[derive(Clone, Copy, Debug)]
pub struct Pages<'a> {
    digests: &'a [Digest],
    articles: &'a [Article],
}

impl<'a> Pages<'a> {
    /// Pages by their digests and articles.
    ///
    /// # Panics
    ///
    /// Where one has more than the other.
    pub fn new(digests: &'a [Digest], articles: &'a [Article]) -> Pages<'a> {
        assert_eq!(digests.len(), articles.len(), "every page has a digest and an article");
        Pages { digests, articles }
    }

    /// The row of a story's page, told by its place in the story.
    pub fn page_row(&self, story: &Story, at: usize) -> PageRow {
        let (page, lineage) = (story.pages[at], &story.lineages[at]);
        let article = &self.articles[page];
        let cites = &self.digests[page].cites;
        PageRow {
            schema: SCHEMA_VERSION,
            id: self.id(page),
            story: self.story_id(story),
            outlet: self.digests[page].outlet.clone(),
            title: article.title.clone(),
            published: article.published.as_ref().map(published),
            parents: self.parents(page, &lineage.parents),
            undecided: self.parents(page, &lineage.undecided),
            abstain: lineage.abstains(),
            cites: self.cites(page),
            via: names(cites),
            roots: self.roots(lineage),
            notes: self.notes(page),
        }
    }

    /// The row of a story.
    pub fn story_row(&self, story: &Story) -> StoryRow {
        let independent = &story.independent;
        StoryRow {
            schema: SCHEMA_VERSION,
            story: self.story_id(story),
            pages: story.pages.iter().map(|&page| self.id(page)).collect(),
            independent: [independent.proved, independent.possible],
            why: independent.why.iter().map(|reason| self.reason(reason)).collect(),
            notes: self.constructed(story),
        }
    }

    /// What a story is called: the least id of its pages.
    pub fn story_id(&self, story: &Story) -> String {
        story.pages.iter().map(|&page| self.id(page)).min().unwrap_or_default()
    }

    fn id(&self, page: usize) -> String {
        self.digests[page].id.clone()
    }

    fn parents(&self, child: usize, parents: &[Parent]) -> Vec<ParentRow> {
        let points = CodePoints::new(&self.articles[child].text);
        let row = |parent: &Parent| {
            let other = CodePoints::new(&self.articles[parent.page].text);
            let evidence = parent.evidence.iter();
            let evidence = evidence.map(|sign| self.evidence(child, sign, &points, &other)).collect();
            ParentRow { id: self.id(parent.page), score: parent.score.value(), evidence }
        };
        parents.iter().map(row).collect()
    }

    fn evidence(
        &self,
        child: usize,
        evidence: &Evidence,
        points: &CodePoints,
        other: &CodePoints,
    ) -> EvidenceRow {
        let (sign, count) = sign(&evidence.sign);
        EvidenceRow {
            sign: sign.to_owned(),
            text: plain::evidence_text(evidence, &self.articles[child]),
            count,
            child: evidence.child.map(|span| points.span(span)),
            parent: evidence.parent.map(|span| other.span(span)),
        }
    }

    fn cites(&self, page: usize) -> Vec<CiteRow> {
        let points = CodePoints::new(&self.articles[page].text);
        let row = |cite: &Cite| CiteRow {
            name: cite.name.clone(),
            kind: cite_name(cite.kind).to_owned(),
            span: points.span(cite.span),
        };
        self.digests[page].cites.iter().map(row).collect()
    }

    fn roots(&self, lineage: &Lineage) -> Vec<String> {
        let name = |root: &Root| match root {
            Root::Page(page) => self.id(*page),
            Root::Source(name) => name.clone(),
        };
        lineage.roots.iter().map(name).collect()
    }

    fn notes(&self, page: usize) -> Vec<Note> {
        let points = CodePoints::new(&self.articles[page].text);
        self.articles[page].notes.iter().map(|said| note(said, &points)).collect()
    }

    /// What its pages say of being constructed, each text once.
    fn constructed(&self, story: &Story) -> Vec<Note> {
        let said = story.pages.iter().flat_map(|&page| &self.articles[page].notes);
        let constructed = said.filter(|said| said.kind == NoteKind::Constructed);
        let texts: BTreeSet<&str> = constructed.map(|said| said.text.as_str()).collect();
        let kind = note_name(NoteKind::Constructed);
        let note = |text: &str| Note { kind: kind.to_owned(), span: None, text: text.to_owned() };
        texts.into_iter().map(note).collect()
    }

    fn reason(&self, reason: &Reason) -> ReasonRow {
        let (kind, pages, name, min) = match reason {
            Reason::Derived(pages) => ("derived", pages.as_slice(), None, None),
            Reason::SameSource(name, pages) => ("same_source", pages.as_slice(), Some(name), None),
            Reason::SameText(pages) => ("same_text", pages.as_slice(), None, None),
            Reason::Answer(name, pages) => ("answer", pages.as_slice(), Some(name), None),
            Reason::SameSpeaker(name, pages) => ("same_speaker", pages.as_slice(), Some(name), None),
            Reason::SharedText(pages) => ("shared_text", pages.as_slice(), None, None),
            Reason::Unnamed(page, text, min) => {
                ("unnamed", std::slice::from_ref(page), Some(text), Some(*min))
            }
            Reason::Alone(page) => ("alone", std::slice::from_ref(page), None, None),
        };
        ReasonRow {
            kind: kind.to_owned(),
            text: plain::reason_text(reason, |page| self.id(page)),
            pages: pages.iter().map(|&page| self.id(page)).collect(),
            name: name.cloned(),
            min,
        }
    }
}

/// The name of a sign, and what it counts.
fn sign(sign: &Sign) -> (&'static str, Option<u32>) {
    match *sign {
        Sign::Credit(_) => ("credit", None),
        Sign::MayCredit(_) => ("may_credit", None),
        Sign::Link => ("link", None),
        Sign::SharedText { words, .. } => ("shared_text", Some(words)),
        Sign::MoreCredits(n) => ("more_credits", Some(n)),
        Sign::Later(minutes) => ("later", Some(minutes)),
        Sign::DiffersAlone(n) => ("differs_alone", Some(n)),
    }
}

/// What the record calls a kind of credited source.
pub fn cite_name(kind: CiteKind) -> &'static str {
    match kind {
        CiteKind::Outlet => "outlet",
        CiteKind::Agency => "agency",
        CiteKind::Person => "person",
        CiteKind::Organisation => "organisation",
        CiteKind::Document => "document",
        CiteKind::Unnamed => "unnamed",
        CiteKind::Site => "site",
    }
}

/// Each name once, in order.
fn names(cites: &[Cite]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for cite in cites {
        if !names.contains(&cite.name) {
            names.push(cite.name.clone());
        }
    }
    names
}
