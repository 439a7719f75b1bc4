//! Stories at scale: constructed pages are read from disk, sketched, grouped, and read again story by story.
//!
//! Pass 1 keeps a sketch of each page in memory and no text. Pass 2 loads the words of each story of two pages or more
//! and finds out which of its pages derive from which.

use std::{
    collections::HashMap,
    fs,
    hint::black_box,
    io,
    time::{Duration, Instant},
};

use rayon::prelude::*;
use sayso::story::{self, Digest, Index, Sketch, Story};

use super::{
    Row,
    made_up::{Page, Vocabulary, places},
    shelf::{Reader, Shelf},
    status,
};

/// So many pages are measured where nothing else is asked for.
pub(super) const USUAL: usize = 20_000;
/// Numbers of pages that are measured on the way to the one that is asked for.
const STEPS: [usize; 2] = [10_000, 100_000];

/// Measures so many pages, and the steps below.
pub(super) fn rows(pages: usize) -> io::Result<Vec<Row>> {
    let mut sizes: Vec<usize> = STEPS.into_iter().filter(|&step| step < pages).collect();
    sizes.push(pages);
    let runs: Vec<Run> = sizes.into_iter().map(run).collect::<io::Result<_>>()?;
    let base = runs[0].each();
    Ok(runs.iter().map(|run| row(run, base)).collect())
}

/// What grouping so many pages took. Making the pages up is not counted.
struct Run {
    pages: usize,
    stories: usize,
    /// Reading and sketching, grouping, reading again story by story.
    sketching: Duration,
    grouping: Duration,
    again: Duration,
    /// Processor seconds of all threads, so that other load does not count.
    processor: Option<f64>,
    /// In MB, of the whole process.
    peak: Option<u64>,
    /// B-cubed F1 (Bagga & Baldwin 1998) against the stories as they were made up.
    found: f64,
}

impl Run {
    /// Pages a second from disk to their stories and lineages, by the wall.
    fn rate(&self) -> f64 {
        self.pages as f64 / (self.sketching + self.grouping + self.again).as_secs_f64()
    }

    /// Processor seconds a page.
    fn each(&self) -> Option<f64> {
        self.processor.map(|seconds| seconds / self.pages as f64)
    }
}

fn run(pages: usize) -> io::Result<Run> {
    let shelf = shelf(pages)?;
    // Writing 5 sets the peak back to what is held now (proc_pid_clear_refs(5)).
    let is_measured = fs::write("/proc/self/clear_refs", "5").is_ok();
    let (start, before) = (Instant::now(), processor_seconds());
    let (index, truth) = sketch(&shelf)?;
    let sketching = start.elapsed();
    let stories = index.stories();
    let grouping = start.elapsed() - sketching;
    drop(index);
    let told = told_by_several(&stories);
    each_story(&shelf, &told, |pages| drop(black_box(link(&pages))))?;
    let again = start.elapsed() - sketching - grouping;
    let processor = processor_seconds().zip(before).map(|(after, before)| after - before);
    let peak = if is_measured { Some(status("VmHWM:")? / 1024) } else { None };
    let count = stories.iter().enumerate().filter(|&(page, &story)| page == story).count();
    let found = b_cubed(&truth, &stories);
    Ok(Run { pages, stories: count, sketching, grouping, again, processor, peak, found })
}

/// Processor seconds of all threads so far, where Linux counts them.
fn processor_seconds() -> Option<f64> {
    let mut nanoseconds = 0;
    for thread in fs::read_dir("/proc/self/task").ok()? {
        let counts = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        nanoseconds += counts.split_whitespace().next()?.parse::<u64>().ok()?;
    }
    Some(nanoseconds as f64 / 1e9)
}

fn shelf(pages: usize) -> io::Result<Shelf> {
    let vocabulary = Vocabulary::new();
    let places = places(pages);
    let batches = places
        .chunks(BATCH)
        .flat_map(|batch| -> Vec<Page> { batch.par_iter().map(|&place| vocabulary.page(place)).collect() });
    let shelf = Shelf::write(batches)?;
    println!("bench: {pages} constructed pages, {:.0} MB", shelf.size() as f64 / 1e6);
    Ok(shelf)
}

/// Pass 1: a sketch of each page; and the stories as they were made up.
fn sketch(shelf: &Shelf) -> io::Result<(Index, Vec<u32>)> {
    let (mut index, mut truth) = (Index::default(), Vec::with_capacity(shelf.len()));
    let mut pages = shelf.pages()?;
    loop {
        let batch: Vec<Page> = pages.by_ref().take(BATCH).collect::<io::Result<_>>()?;
        if batch.is_empty() {
            return Ok((index, truth));
        }
        let sketches: Vec<Sketch> =
            batch.par_iter().map(|page| Sketch::of(&page.words, Some(page.day))).collect();
        for (page, sketch) in batch.iter().zip(sketches) {
            index.add(&format!("page {:08}", truth.len()), sketch);
            truth.push(page.story);
        }
    }
}

/// Which of a story's pages derive from which.
fn link(pages: &[Page]) -> Story {
    let digest = |(number, page): (usize, &Page)| {
        Digest::of_words(&format!("{number:08}"), &page.words, Some(page.day))
    };
    let digests: Vec<Digest> = pages.iter().enumerate().map(digest).collect();
    let all: Vec<usize> = (0..digests.len()).collect();
    story::link(&digests, &all)
}

/// The pages of each story that two pages or more tell.
fn told_by_several(stories: &[usize]) -> Vec<Vec<usize>> {
    let mut told: HashMap<usize, Vec<usize>> = HashMap::new();
    stories.iter().enumerate().for_each(|(page, &story)| told.entry(story).or_default().push(page));
    let mut told: Vec<Vec<usize>> = told.into_values().filter(|pages| pages.len() > 1).collect();
    told.sort_unstable();
    told
}

/// Pass 2: loads each story's pages and hands them on, on all cores.
fn each_story(shelf: &Shelf, told: &[Vec<usize>], read: impl Fn(Vec<Page>) + Sync) -> io::Result<()> {
    let story = |reader: &mut io::Result<Reader>, pages: &Vec<usize>| -> io::Result<()> {
        let reader = reader.as_mut().map_err(|error| io::Error::from(error.kind()))?;
        read(pages.iter().map(|&page| reader.page(page)).collect::<io::Result<_>>()?);
        Ok(())
    };
    told.par_iter().with_min_len(64).map_init(|| shelf.reader(), story).collect()
}

/// How well groups agree with the truth, page by page.
fn b_cubed(truth: &[u32], stories: &[usize]) -> f64 {
    let mut sizes: HashMap<(Option<u32>, Option<usize>), f64> = HashMap::new();
    for (&truth, &story) in truth.iter().zip(stories) {
        for key in [(Some(truth), None), (None, Some(story)), (Some(truth), Some(story))] {
            *sizes.entry(key).or_default() += 1.0;
        }
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (&truth, &story) in truth.iter().zip(stories) {
        let both = sizes[&(Some(truth), Some(story))];
        precision += both / sizes[&(None, Some(story))];
        recall += both / sizes[&(Some(truth), None)];
    }
    2.0 * precision * recall / (precision + recall) / truth.len() as f64
}

fn row(run: &Run, base: Option<f64>) -> Row {
    let Run { pages, stories, sketching, grouping, again, peak, found, .. } = run;
    let peak = peak.map_or("not measured".to_owned(), |peak| format!("{peak} MB"));
    let each = run.each().zip(base).map_or("not measured".to_owned(), |(each, base)| {
        format!("{:.0} µs ({:.2} times that of the fewest)", each * 1e6, each / base)
    });
    let figure = format!(
        "{pages} pages, {stories} stories: {:.0} pages/s, processor time a page {each}, peak {peak}; \
         sketches {:.1} s, groups {:.1} s, lineages {:.1} s; B-cubed F1 {found:.3}",
        run.rate(),
        sketching.as_secs_f64(),
        grouping.as_secs_f64(),
        again.as_secs_f64(),
    );
    let stage = "words to stories and lineages, constructed, all cores";
    Row { stage, figure, rate: None, target: "3,000 pages/s, 2 GB at 1,000,000", anchor: "" }
}

/// So many pages are in memory at once.
const BATCH: usize = 4096;
