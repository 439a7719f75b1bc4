//! `sayso chain` and `sayso check`: inputs to pages to stories, and the views of what derives from what.

mod archive;
mod check;
mod drawing;
mod export;
mod graph;
mod layout;
#[cfg(test)]
mod layout_test;
mod report;
mod text;
mod told;
#[cfg(test)]
mod views_test;

use std::io::{self, Write};
use std::path::Path;

use crate::cli::{Chain, Graphs};
use crate::output::{Report, in_different_places, write_to};
use crate::talk::Talk;
use crate::{Outcome, html, read, terminal};

pub(crate) use archive::{Archive, digested};
pub(crate) use check::run as check;
use graph::Graph;
pub(crate) use report::chain as markup;
pub(crate) use text::view;

/// Reads the inputs and writes the views of their stories.
pub(crate) fn run(args: &Chain, talk: Talk) -> io::Result<Outcome> {
    read::threads(args.threads)?;
    let views = Views { json: args.json, html: args.html.as_deref(), graphs: &args.graphs };
    let files = views.open()?;
    let (archive, progress) = Archive::read(&args.inputs, talk)?;
    let outcome = progress.finish();
    if outcome != Outcome::Failed {
        views.write(&archive, files)?;
    }
    Ok(outcome)
}

/// Which views are wanted. With none, the one for a terminal.
pub(crate) struct Views<'a> {
    pub(crate) json: bool,
    pub(crate) html: Option<&'a Path>,
    pub(crate) graphs: &'a Graphs,
}

impl Views<'_> {
    /// Opens the files, so that one that cannot be written is known before anything is read.
    pub(crate) fn open(&self) -> io::Result<Vec<(Form, Report)>> {
        let Graphs { gexf, graphml, dot } = self.graphs;
        let forms = [
            (Form::Html, self.html),
            (Form::Gexf, gexf.as_deref()),
            (Form::Graphml, graphml.as_deref()),
            (Form::Dot, dot.as_deref()),
        ];
        in_different_places(self.json, &forms.map(|(form, path)| (form.option(), path)));
        let wanted = forms.into_iter().filter_map(|(form, path)| Some((form, path?)));
        wanted.map(|(form, path)| Ok((form, Report::create(path)?))).collect()
    }

    /// Writes all that is wanted.
    pub(crate) fn write(&self, archive: &Archive, files: Vec<(Form, Report)>) -> io::Result<()> {
        if self.json {
            rows(archive, &mut io::stdout().lock())?;
        } else if files.is_empty() {
            write_to(&mut anstream::stdout(), &view(archive, terminal::width()))?;
        }
        files.into_iter().try_for_each(|(form, file)| file.write(&form.of(archive)))
    }
}

/// Forms of a file.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    Html,
    Gexf,
    Graphml,
    Dot,
}

impl Form {
    fn option(self) -> &'static str {
        match self {
            Form::Html => "--html",
            Form::Gexf => "--gexf",
            Form::Graphml => "--graphml",
            Form::Dot => "--dot",
        }
    }

    fn of(self, archive: &Archive) -> String {
        let graph = || Graph::of(archive, archive.stories());
        match self {
            Form::Html => html::file("Chain of custody", "which page has it from where", &markup(archive)),
            Form::Gexf => export::gexf(archive, &graph()),
            Form::Graphml => export::graphml(archive, &graph()),
            Form::Dot => export::dot(archive, &graph()),
        }
    }
}

/// One JSON object a page, then one a story.
fn rows(archive: &Archive, out: &mut dyn Write) -> io::Result<()> {
    let pages = archive.pages();
    let mut rows: Vec<(usize, String)> = Vec::with_capacity(archive.len());
    for story in archive.stories() {
        let of_story = story.pages.iter().enumerate();
        rows.extend(of_story.map(|(at, &page)| (page, pages.page_row(story, at).to_json())));
    }
    // In the order of the inputs.
    rows.sort_by_key(|(page, _)| *page);
    rows.iter().try_for_each(|(_, row)| writeln!(out, "{row}"))?;
    archive.stories().iter().try_for_each(|story| writeln!(out, "{}", pages.story_row(story).to_json()))?;
    out.flush()
}
