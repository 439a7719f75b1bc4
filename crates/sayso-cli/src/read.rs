//! `sayso read`: inputs to pages to readings to views, on all cores, in the order of the inputs.
//!
//! One thread takes pages in and packs them into batches; the pages of a batch are read side by side, then written in
//! order. At most three batches are held at a time, whatever the inputs hold.

use std::io;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use rayon::prelude::*;
use sayso_crawl::{Error, Page};

use crate::Outcome;
use crate::cli::Read;
use crate::output::Output;
use crate::talk::Talk;

/// Pages of a batch at most.
const BATCH_PAGES: usize = 256;

/// Bytes of a batch at most, unless one page has more.
const BATCH_BYTES: usize = 16 << 20;

/// A batch of pages, and of inputs that gave none, in order.
pub(crate) type Batch = Vec<Result<Page, Error>>;

/// Reads the inputs and writes the views.
pub(crate) fn run(args: &Read, talk: Talk) -> io::Result<Outcome> {
    threads(args.threads)?;
    let mut output = Output::new(&args.form, talk)?;
    let views = output.views();
    for batch in batches(args.inputs.clone()) {
        let numbered = output.taken(batch).into_par_iter().enumerate();
        let seen = output.seen();
        let batch: Vec<_> = numbered.map(|(n, page)| page.map(|page| views.page(seen + n, &page))).collect();
        batch.into_iter().try_for_each(|view| output.write(view))?;
        output.flush()?;
    }
    output.finish()
}

/// Reads with so many threads, where a number is given.
pub(crate) fn threads(threads: Option<u16>) -> io::Result<()> {
    let Some(threads) = threads else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into());
    pool.build_global().map_err(io::Error::other)
}

/// Takes pages in on a thread of its own. The first batches are small, so that the first page is shown soon.
pub(crate) fn batches(inputs: Vec<String>) -> Receiver<Batch> {
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
