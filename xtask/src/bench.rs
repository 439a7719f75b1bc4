//! Speed and size, stage by stage, in one run: what compares between machines is the ratio to html5ever's tokenizer.

mod made_up;
mod shelf;
mod stories;

use std::{
    fmt::Write as _,
    fs,
    hint::black_box,
    io::{self, Read},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use html5ever::{
    buffer_queue::BufferQueue,
    tendril::StrTendril,
    tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
};
use rayon::prelude::*;
use sayso::{
    Article, Attribution, attribution,
    page::{self, Hints},
    person, text,
};

use crate::{corpus, score::sheet};

/// Passes over a stage after one that warms it; the median counts.
const PASSES: usize = 5;
/// Starts of the binary.
const STARTS: usize = 20;
/// The section of SCORES.md that `--write` sets.
const SECTION: &str = "Speed";
const DEMO: &str = "testdata/stories/lower-marsk";

const HEAD: &str = "Written by `cargo xtask bench --write`: one run, each stage warm, the median of five passes,
in processor time on one core, by the wall on all cores and at the start.
*Of html5ever* is a stage's MB/s (of HTML, or of text) divided by those of html5ever's tokenizer alone in the same
run; it is what compares between machines.
";

/// Measures every stage; `write` keeps the table in SCORES.md. With `pages`, measures stories of so many alone.
pub(crate) fn bench(shared: &Path, write: bool, pages: Option<usize>) -> io::Result<()> {
    if let Some(pages) = pages {
        println!("{}", table(&stories::rows(pages)?, "constructed pages"));
        return Ok(());
    }
    let input = Input::read(shared)?;
    let mut rows = vec![memory(&input)?];
    rows.splice(0..0, stages(&input));
    rows.extend(stories::rows(stories::USUAL)?);
    rows.push(start()?);
    rows.push(size());
    let table = table(&rows, &input.name);
    println!("{table}");
    if write {
        let mut sheet = sheet::read()?;
        sheet.set(SECTION, table);
        fs::write(sheet::FILE, sheet.text())?;
    }
    Ok(())
}

/// What is read: pages, and texts of articles.
struct Input {
    name: String,
    pages: Vec<Vec<u8>>,
    texts: Vec<String>,
}

impl Input {
    /// The shared sets, or without them the demo's story.
    fn read(shared: &Path) -> io::Result<Input> {
        if !shared.join("bench").is_dir() {
            println!("bench: there is no {}; the demo's six pages are read instead", shared.display());
            return Input::demo();
        }
        let mut pages = corpus::pages(shared, "aeb")?;
        pages.extend(corpus::pages(shared, "ft")?);
        let articles = corpus::articles(shared, "polnear-dev")?;
        let name = format!("{} pages of aeb and ft, {} articles of PolNeAR dev", pages.len(), articles.len());
        let pages = pages.into_iter().map(|page| page.html).collect();
        Ok(Input { name, pages, texts: articles.into_iter().map(|(_, article)| article.text).collect() })
    }

    fn demo() -> io::Result<Input> {
        let mut files: Vec<PathBuf> = fs::read_dir(DEMO)?.flatten().map(|entry| entry.path()).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "html"));
        files.sort();
        let pages = files.iter().map(fs::read).collect::<io::Result<Vec<_>>>()?;
        let texts = pages.iter().map(|page| page::read(page, &Hints::default()).text).collect();
        Ok(Input { name: "the demo's pages (no corpora here)".to_owned(), pages, texts })
    }
}

/// A row of the table.
struct Row {
    stage: &'static str,
    figure: String,
    /// Bytes a second, of a stage that has them.
    rate: Option<f64>,
    target: &'static str,
    anchor: &'static str,
}

/// The stages in the order of the pipeline, html5ever first.
fn stages(input: &Input) -> Vec<Row> {
    let hints = Hints::default();
    let html: usize = input.pages.iter().map(Vec::len).sum();
    let plain: usize = input.texts.iter().map(String::len).sum();
    let (pages, texts) = (input.pages.len() as f64, input.texts.len() as f64);
    let decoded: Vec<_> = input.pages.iter().map(|page| String::from_utf8_lossy(page)).collect();
    let articles: Vec<Article> = input.texts.iter().map(|text| page::plain(text, &hints)).collect();
    let words: usize = articles.iter().map(|article| text::read(article).tokens.len()).sum();
    let longest = input.pages.iter().map(|page| seconds(|| page::read(page, &hints))).fold(0.0, f64::max);

    let tokens = median(|| decoded.iter().for_each(|page| tokenize(page)));
    let article = median(|| input.pages.iter().for_each(|page| drop(black_box(page::read(page, &hints)))));
    let text = median(|| articles.iter().for_each(|article| drop(black_box(text::read(article)))));
    let texts_read: Vec<(&Article, text::Text, Vec<Attribution>)> = articles
        .iter()
        .map(|article| {
            let text = text::read(article);
            let attributions = attribution::read(article, &text);
            (article, text, attributions)
        })
        .collect();
    // The layer takes its input; the copies are counted apart and taken off.
    let copies =
        median(|| texts_read.iter().for_each(|read| drop(black_box((read.1.clone(), read.2.clone())))));
    let people = median(|| {
        texts_read.iter().for_each(|(article, text, attributions)| {
            drop(black_box(person::read(article, text.clone(), attributions.clone())))
        })
    });
    let people = people - copies;
    let read_text = |text: &String| drop(black_box(sayso::read(&page::plain(text, &hints))));
    let reading = median(|| input.texts.iter().for_each(read_text));
    let read_page = |page: &Vec<u8>| drop(black_box(sayso::read(&page::read(page, &hints))));
    let whole = median(|| input.pages.iter().for_each(read_page));
    let cores = median_by_the_wall(|| input.pages.par_iter().for_each(read_page));

    let row = |stage, figure, bytes: usize, seconds: f64| Row {
        stage,
        figure,
        rate: Some(bytes as f64 / seconds),
        target: "",
        anchor: "",
    };
    let a_second = |count: f64, unit: &str, seconds: f64| format!("{:.0} {unit}/s", count / seconds);
    vec![
        row("HTML tokens, html5ever alone", a_second(pages, "pages", tokens), html, tokens),
        Row {
            target: "80 MB/s, ≤ 50 ms a page",
            anchor: "dom_smoothie 111, rust-trafilatura 62, trafilatura 13 MB/s",
            ..row("HTML to Article, one core", format!("longest page {:.0} ms", longest * 1e3), html, article)
        },
        Row {
            target: "300,000 words/s",
            anchor: "prototype 150,000–240,000; spaCy sm with parser 5,000–10,000 words/s",
            ..row("sentences, tokens, tags, one core", a_second(words as f64, "words", text), plain, text)
        },
        Row {
            target: "5 MB/s",
            anchor: "CoreNLP 2–8 s an article",
            ..row("people and speakers alone, one core", a_second(texts, "articles", people), plain, people)
        },
        Row {
            target: "0.5 MB/s (100 articles/s)",
            anchor: "spaCy sm with textacy 5–10 articles/s",
            ..row("text to Reading, one core", a_second(texts, "articles", reading), plain, reading)
        },
        Row {
            target: "80 pages/s",
            anchor: "trafilatura and spaCy 4 pages/s",
            ..row("HTML to Reading, one core", a_second(pages, "pages", whole), html, whole)
        },
        row(
            "HTML to Reading, all cores",
            format!("{}, {} cores", a_second(pages, "pages", cores), rayon::current_num_threads()),
            html,
            cores,
        ),
    ]
}

/// Median processor seconds of a stage on this thread, warm.
fn median(mut pass: impl FnMut()) -> f64 {
    pass();
    middle((0..PASSES).map(|_| seconds(&mut pass)).collect())
}

/// Median seconds by the wall of a stage on all cores, warm.
fn median_by_the_wall(mut pass: impl FnMut()) -> f64 {
    pass();
    let time = |_| {
        let start = Instant::now();
        pass();
        start.elapsed().as_secs_f64()
    };
    middle((0..PASSES).map(time).collect())
}

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Processor seconds that work takes on this thread, so that other load does not count.
fn seconds<T>(work: impl FnOnce() -> T) -> f64 {
    let (start, before) = (Instant::now(), processor_seconds());
    black_box(work());
    match (before, processor_seconds()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed().as_secs_f64(),
    }
}

/// Linux counts the nanoseconds that a thread has run; elsewhere the wall must do.
fn processor_seconds() -> Option<f64> {
    let counts = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    counts.split_whitespace().next()?.parse().ok().map(|nanoseconds: f64| nanoseconds / 1e9)
}

/// html5ever's tokenizer into nothing.
fn tokenize(page: &str) {
    struct Nothing;

    impl TokenSink for Nothing {
        type Handle = ();

        fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
            black_box(&token);
            TokenSinkResult::Continue
        }
    }

    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(page));
    let tokenizer = Tokenizer::new(Nothing, TokenizerOpts::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
}

/// What reading takes of memory beyond the pages themselves. Runs first, before anything else has grown the heap.
fn memory(input: &Input) -> io::Result<Row> {
    let mut row = Row {
        stage: "peak memory of HTML to Reading",
        figure: "not measured: no /proc here".to_owned(),
        rate: None,
        target: "",
        anchor: "",
    };
    // Writing 5 sets the peak back to what is held now (proc_pid_clear_refs(5)).
    if fs::write("/proc/self/clear_refs", "5").is_err() {
        return Ok(row);
    }
    let before = status("VmRSS:")?;
    input.pages.iter().for_each(|page| drop(black_box(sayso::read(&page::read(page, &Hints::default())))));
    let largest = input.pages.iter().map(Vec::len).max().unwrap_or(0);
    row.figure = format!(
        "{:.0} MB beyond the inputs; largest page {:.1} MB",
        status("VmHWM:")?.saturating_sub(before) as f64 / 1024.0,
        largest as f64 / 1e6
    );
    Ok(row)
}

/// A line of the process's own status, in KiB.
fn status(key: &str) -> io::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().map_err(io::Error::other)
}

/// The binary to look at: the one that is shipped, where it was built.
fn binary() -> Option<(PathBuf, bool)> {
    let shipped = PathBuf::from("target/dist/sayso");
    let built = PathBuf::from("target/release/sayso");
    if shipped.is_file() { Some((shipped, true)) } else { built.is_file().then_some((built, false)) }
}

const NOT_BUILT: &str = "not measured: build it with `cargo build --profile dist`";

/// From start to the first byte of output on a small page.
fn start() -> io::Result<Row> {
    let figure = match binary() {
        None => NOT_BUILT.to_owned(),
        Some((binary, _)) => {
            let times = (0..STARTS).map(|_| first_output(&binary)).collect::<io::Result<Vec<_>>>()?;
            format!("{:.0} ms", middle(times) * 1e3)
        }
    };
    Ok(Row {
        stage: "start to first output, small page", figure, rate: None, target: "≤ 50 ms", anchor: ""
    })
}

fn first_output(binary: &Path) -> io::Result<f64> {
    let page = Path::new(DEMO).join("wire.html");
    let start = Instant::now();
    let mut child = Command::new(binary)
        .args(["--quiet", "read"])
        .arg(page)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut output = child.stdout.take().ok_or_else(|| io::Error::other("no pipe"))?;
    output.read_exact(&mut [0])?;
    let seconds = start.elapsed().as_secs_f64();
    io::copy(&mut output, &mut io::sink())?;
    child.wait()?;
    Ok(seconds)
}

/// The size of the shipped binary.
fn size() -> Row {
    let shipped = binary().filter(|(_, stripped)| *stripped).and_then(|(path, _)| fs::metadata(path).ok());
    let figure = shipped.map_or(NOT_BUILT.to_owned(), |file| format!("{:.1} MB", file.len() as f64 / 1e6));
    Row { stage: "binary, stripped, with models", figure, rate: None, target: "≤ 30 MB", anchor: "" }
}

fn table(rows: &[Row], input: &str) -> String {
    let mut table = format!(
        "{HEAD}Read: {input}.\n\n| stage | figure | MB/s | of html5ever | target | anchor |\n|---|---|---|---|---|---|\n"
    );
    let base = rows.iter().find_map(|row| row.rate).unwrap_or(1.0);
    for row in rows {
        let rate = row.rate.map_or(String::new(), |rate| format!("{:.2}", rate / 1e6));
        let ratio = row.rate.map_or(String::new(), |rate| format!("{:.4}", rate / base));
        let _ = writeln!(
            table,
            "| {} | {} | {rate} | {ratio} | {} | {} |",
            row.stage, row.figure, row.target, row.anchor
        );
    }
    table
}
