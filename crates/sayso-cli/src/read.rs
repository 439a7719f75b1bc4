//! `sayso read`: inputs to pages to readings to views, on all cores, in the order of the inputs.
//!
//! One thread takes pages in and packs them into batches; the pages of a batch are read side by side, then written in
//! order. At most three batches are held at a time, whatever the inputs hold.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use rayon::prelude::*;
use sayso::Reading;
use sayso_crawl::{Error, Page};
use sayso_record::Record;

use crate::cli::{Form, Read};
use crate::html::{self, Section};
use crate::talk::{Progress, Talk};
use crate::{Outcome, terminal};

/// Pages of a batch at most.
const BATCH_PAGES: usize = 256;

/// Bytes of a batch at most, unless one page has more.
const BATCH_BYTES: usize = 16 << 20;

/// A batch of pages, and of inputs that gave none, in order.
type Batch = Vec<Result<Page, Error>>;

/// Reads the inputs and writes the views.
pub(crate) fn run(args: &Read, talk: Talk) -> io::Result<Outcome> {
    if let Some(threads) = args.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into());
        pool.build_global().map_err(io::Error::other)?;
    }
    let mut writer = Writer::new(&args.form, talk)?;
    for batch in batches(args.inputs.clone()) {
        let (form, seen) = (&writer.form, writer.seen);
        let numbered = batch.into_par_iter().enumerate();
        let views: Vec<_> = numbered.map(|(n, page)| page.map(|page| form.view(seen + n, &page))).collect();
        for view in views {
            writer.write(view)?;
        }
        writer.flush()?;
    }
    writer.finish()
}

/// Takes pages in on a thread of its own. The first batches are small, so that the first page is shown soon.
fn batches(inputs: Vec<String>) -> Receiver<Batch> {
    let (sender, receiver) = sync_channel(1);
    thread::spawn(move || {
        let mut pages = inputs.iter().flat_map(|input| sayso_crawl::pages(input)).peekable();
        let mut limit = 1;
        while pages.peek().is_some() {
            if sender.send(batch(&mut pages, limit)).is_err() {
                return;
            }
            limit = (limit * 4).min(BATCH_PAGES);
        }
    });
    receiver
}

/// The next batch: at most `limit` pages.
fn batch(pages: &mut impl Iterator<Item = Result<Page, Error>>, limit: usize) -> Batch {
    let (mut batch, mut bytes) = (Batch::new(), 0);
    while batch.len() < limit && bytes < BATCH_BYTES {
        let Some(page) = pages.next() else { break };
        bytes += page.as_ref().map_or(0, Page::len);
        batch.push(page);
    }
    batch
}

/// What is shown of one page.
pub(crate) struct View {
    /// For standard output.
    print: String,
    /// For the HTML file.
    section: Option<Section>,
}

/// How pages are shown.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    json: bool,
    html: bool,
    width: usize,
}

impl Shown {
    fn view(&self, number: usize, page: &Page) -> View {
        self.reading(number, &page.id, &sayso::read(&page.article()))
    }

    /// The views of a reading; `number` tells it from the others of the run.
    pub(crate) fn reading(&self, number: usize, id: &str, reading: &Reading) -> View {
        let print = match (self.json, self.html) {
            (true, _) => Record::new(id, reading).to_json() + "\n",
            (false, true) => String::new(),
            (false, false) => terminal::view(id, reading, self.width),
        };
        View { print, section: self.html.then(|| Section::new(number, id, reading)) }
    }
}

/// Writes views in order.
pub(crate) struct Writer {
    pub(crate) form: Shown,
    print: Box<dyn Write>,
    file: Option<Box<dyn Write>>,
    sections: Vec<Section>,
    /// Pages, and inputs that gave none, so far.
    seen: usize,
    progress: Progress,
}

impl Writer {
    /// Opens what is written to, so that a file that cannot be written is known before anything is read.
    pub(crate) fn new(form: &Form, talk: Talk) -> io::Result<Writer> {
        let shown = Shown { json: form.json, html: form.html.is_some(), width: terminal::width() };
        let print: Box<dyn Write> =
            if form.json { Box::new(BufWriter::new(io::stdout())) } else { Box::new(anstream::stdout()) };
        let file = form.html.as_deref().map(create).transpose()?;
        let progress = Progress::new(talk, form.json || form.html.is_none());
        Ok(Writer { form: shown, print, file, sections: Vec::new(), seen: 0, progress })
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

    fn flush(&mut self) -> io::Result<()> {
        self.print.flush()
    }

    /// Writes the HTML file and ends the run.
    pub(crate) fn finish(mut self) -> io::Result<Outcome> {
        self.flush()?;
        if let Some(file) = &mut self.file {
            file.write_all(html::page(&self.sections).as_bytes())?;
            file.flush()?;
        }
        Ok(self.progress.finish())
    }
}

fn create(path: &Path) -> io::Result<Box<dyn Write>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdout()));
    }
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    Ok(Box::new(BufWriter::new(File::create(path).map_err(named)?)))
}
