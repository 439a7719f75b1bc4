//! Where results go: records or the terminal view to standard output, the HTML view to its file.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use sayso::Reading;
use sayso_crawl::{Error, Page};
use sayso_record::Record;

use crate::chain::{self, Archive};
use crate::cli::{self, Form};
use crate::html::{self, Section};
use crate::read::Batch;
use crate::talk::{Progress, Talk};
use crate::{Outcome, terminal};

/// Which views are made, and how wide.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Views {
    json: bool,
    html: bool,
    sure: bool,
    width: usize,
}

/// The views of one reading.
pub(crate) struct View {
    /// For standard output.
    print: String,
    /// For the HTML file.
    section: Option<Section>,
}

impl Views {
    /// Reads a page and makes its views; `number` tells it from the others of the run.
    pub(crate) fn page(&self, number: usize, page: &Page) -> View {
        self.reading(number, &page.id, sayso::read(&page.article()))
    }

    /// The views of a reading.
    pub(crate) fn reading(&self, number: usize, id: &str, reading: Reading) -> View {
        let reading = &if self.sure { reading.sure() } else { reading };
        let print = match (self.json, self.html) {
            (true, _) => Record::new(id, reading).to_json() + "\n",
            (false, true) => String::new(),
            (false, false) => terminal::view(id, reading, self.width),
        };
        View { print, section: self.html.then(|| Section::new(number, id, reading)) }
    }
}

/// Takes views in order and writes them.
pub(crate) struct Output {
    views: Views,
    print: Box<dyn Write>,
    report: Option<Report>,
    sections: Vec<Section>,
    /// Pages, and inputs that gave none, so far.
    seen: usize,
    progress: Progress,
}

impl Output {
    /// Opens what is written to, so that a file that cannot be written is known before anything is read.
    pub(crate) fn new(form: &Form, talk: Talk) -> io::Result<Output> {
        let views =
            Views { json: form.json, html: form.html.is_some(), sure: form.sure, width: terminal::width() };
        let print: Box<dyn Write> =
            if form.json { Box::new(BufWriter::new(io::stdout())) } else { Box::new(anstream::stdout()) };
        let report = html_file(form.json, form.html.as_deref())?;
        let progress = Progress::new(talk, form.json || form.html.is_none());
        Ok(Output { views, print, report, sections: Vec::new(), seen: 0, progress })
    }

    /// Which views are wanted.
    pub(crate) fn views(&self) -> Views {
        self.views
    }

    /// How many pages, and inputs that gave none, there were so far.
    pub(crate) fn seen(&self) -> usize {
        self.seen
    }

    /// Pages as they came in, each given an id of its own.
    pub(crate) fn taken(&mut self, batch: Batch) -> Batch {
        self.progress.taken(batch)
    }

    /// Writes one view, or says why there is none.
    pub(crate) fn write(&mut self, view: Result<View, Error>) -> io::Result<()> {
        self.seen += 1;
        match view {
            Ok(view) => {
                self.progress.read();
                self.print.write_all(view.print.as_bytes())?;
                self.sections.extend(view.section);
            }
            Err(error) => self.progress.failed(&error),
        }
        Ok(())
    }

    /// Lets what was written be seen.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.print.flush()
    }

    /// Writes the HTML file and ends the run.
    pub(crate) fn finish(self) -> io::Result<Outcome> {
        self.finish_with(None)
    }

    /// As [`Output::finish`], with what the pages tell together.
    pub(crate) fn finish_with(mut self, archive: Option<&Archive>) -> io::Result<Outcome> {
        if let Some(archive) = archive.filter(|_| !self.views.json && !self.views.html) {
            self.print.write_all(chain::view(archive, self.views.width).as_bytes())?;
        }
        self.flush()?;
        if let Some(report) = self.report {
            report.write(&html::page(&self.sections, archive.map(chain::markup)))?;
        }
        Ok(self.progress.finish())
    }
}

/// Ends the run as one of wrong usage where two forms go to one place: none could be told from the other there.
pub(crate) fn in_different_places(json: bool, files: &[(&str, Option<&Path>)]) {
    let printed = json.then_some(("--json", Path::new("-")));
    let files = files.iter().filter_map(|&(form, path)| Some((form, path?)));
    let mut places: BTreeMap<&Path, &str> = BTreeMap::new();
    for (form, place) in printed.into_iter().chain(files) {
        if let Some(other) = places.insert(place, form) {
            let is_printed = place == Path::new("-");
            let place = if is_printed { "standard output".to_owned() } else { place.display().to_string() };
            let message = format!("{other} and {form} would both go to {place}: give one a file of its own");
            cli::misused(ErrorKind::ArgumentConflict, &message);
        }
    }
}

/// The HTML file, where one is wanted beside or instead of rows.
pub(crate) fn html_file(json: bool, path: Option<&Path>) -> io::Result<Option<Report>> {
    in_different_places(json, &[("--html", path)]);
    path.map(Report::create).transpose()
}

/// The HTML file. Until it is whole it has a hidden name beside its own, which a reading of the folder passes over.
pub(crate) struct Report {
    file: Box<dyn Write>,
    rename: Option<(PathBuf, PathBuf)>,
}

impl Report {
    pub(crate) fn create(path: &Path) -> io::Result<Report> {
        if path == Path::new("-") {
            return Ok(Report { file: Box::new(io::stdout()), rename: None });
        }
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        let part = part(path).filter(|_| path.is_file() || !path.exists());
        let file = File::create(part.as_deref().unwrap_or(path)).map_err(named)?;
        Ok(Report { file: Box::new(BufWriter::new(file)), rename: part.map(|part| (part, path.to_owned())) })
    }

    pub(crate) fn write(mut self, page: &str) -> io::Result<()> {
        self.file.write_all(page.as_bytes())?;
        self.file.flush()?;
        self.rename.take().map_or(Ok(()), |(part, path)| fs::rename(part, path))
    }
}

impl Drop for Report {
    /// Leaves nothing behind where there was nothing to write.
    fn drop(&mut self) {
        if let Some((part, _)) = self.rename.take() {
            let _ = fs::remove_file(part);
        }
    }
}

/// Writes a text and lets it be seen.
pub(crate) fn write_to(out: &mut dyn Write, text: &str) -> io::Result<()> {
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// The hidden name of a file that is not yet whole.
fn part(path: &Path) -> Option<PathBuf> {
    Some(path.with_file_name(format!(".{}.part", path.file_name()?.to_string_lossy())))
}
