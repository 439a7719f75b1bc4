//! Training data of the attribution network: PolNeAR's articles as the network will see them.
//!
//! The training itself is `train/network.py`; it reads what is written here. Every file is a flat run of
//! little-endian 32-bit numbers.

use std::{collections::BTreeMap, fs, io, ops::Range, path::Path};

use sayso::{
    Article, Span,
    attribution::{
        feature::{Feature, Gate},
        training_runs, training_runs_within,
    },
    page::{self, Hints},
    text::{self, Text},
};
use serde_json::Value;

/// Writes `tokens` (eight numbers a token), `runs` (first token, end, document) and `attributions` (run, then the
/// number of tokens and the tokens of cue, source and content) of the training half, and the lexicon of cues. The contents of
/// the documents that `train/nested.jsonl` labels are runs of their own.
pub(crate) fn export(shared: &Path, into: &Path) -> io::Result<()> {
    let mut train = documents(&shared.join("bench/statements"), "polnear-train")?;
    add_nested(&mut train, Path::new("train/nested.jsonl"))?;
    export_documents(&train.iter().collect::<Vec<_>>(), into)
}

/// What the network learns from these documents.
pub(crate) fn export_documents(documents: &[&Document], into: &Path) -> io::Result<()> {
    fs::create_dir_all(into)?;
    let lexicon = cue_words(documents);
    let (keys, steps): (Vec<u32>, Vec<u32>) =
        lexicon.0.iter().map(|(&key, &step)| (key, u32::from(step))).unzip();
    write(into, "cue-keys", &keys)?;
    write(into, "cue-steps", &steps)?;
    export_runs(documents, &lexicon, into)
}

/// The documents of GUM, their attributions told apart into outermost and nested ones.
pub(crate) fn gum(shared: &Path) -> io::Result<Vec<Document>> {
    let mut documents = documents(&shared.join("bench/statements"), "gum")?;
    for document in &mut documents {
        let all = std::mem::take(&mut document.attributions);
        let is_held: Vec<bool> = all.iter().map(|inner| all.iter().any(|outer| outer.holds(inner))).collect();
        let (nested, outer): (Vec<_>, Vec<_>) =
            all.into_iter().zip(is_held).partition(|(_, is_held)| *is_held);
        document.attributions = outer.into_iter().map(|(roles, _)| roles).collect();
        document.nested = Some(nested.into_iter().map(|(roles, _)| roles).collect());
    }
    Ok(documents)
}

/// A labelled article.
pub(crate) struct Document {
    pub(crate) id: String,
    pub(crate) article: Article,
    pub(crate) text: Text,
    /// Code points to bytes.
    offsets: Vec<usize>,
    attributions: Vec<Roles>,
    /// The attributions in the contents of others, at any depth, where they are labelled.
    nested: Option<Vec<Roles>>,
}

/// Cue, source and content of a gold attribution.
struct Roles([Vec<Span>; 3]);

fn documents(folder: &Path, name: &str) -> io::Result<Vec<Document>> {
    let gold: BTreeMap<String, Value> = rows(&folder.join(format!("{name}.gold.jsonl")))?;
    let texts = rows(&folder.join(format!("{name}.text.jsonl")))?;
    let document = |(id, row): (&String, &Value)| {
        let raw = row["text"].as_str().unwrap_or_default();
        let article = page::plain(raw, &Hints::default());
        let text = text::read(&article);
        let offsets: Vec<usize> = raw.char_indices().map(|(at, _)| at).chain([raw.len()]).collect();
        let attributions = gold.get(id).and_then(|row| row["attributions"].as_array()).into_iter().flatten();
        let attributions = attributions
            .map(|row| Roles(["cue", "source", "content"].map(|role| spans(&row[role], &offsets))))
            .collect();
        Document { id: id.clone(), article, text, offsets, attributions, nested: None }
    };
    Ok(texts.iter().map(document).collect())
}

/// Adds our labels of attributions within the contents of others: stand-off, in code points.
fn add_nested(documents: &mut [Document], labels: &Path) -> io::Result<()> {
    let labels = rows(labels)?;
    for document in documents {
        let Some(row) = labels.get(&document.id) else { continue };
        let roles = |row: &Value| {
            Roles(["cue", "source", "content"].map(|role| spans(&row[role], &document.offsets)))
        };
        document.nested = row["attributions"].as_array().map(|rows| rows.iter().map(roles).collect());
    }
    Ok(())
}

fn rows(path: &Path) -> io::Result<BTreeMap<String, Value>> {
    let text = fs::read_to_string(path)?;
    text.lines()
        .map(|line| {
            let row: Value = serde_json::from_str(line)?;
            Ok((row["id"].as_str().unwrap_or_default().to_owned(), row))
        })
        .collect()
}

/// Spans in code points, as spans in bytes.
fn spans(pieces: &Value, offsets: &[usize]) -> Vec<Span> {
    let at = |value: &Value| offsets[(value.as_u64().unwrap_or(0) as usize).min(offsets.len() - 1)];
    pieces.as_array().into_iter().flatten().map(|piece| Span::new(at(&piece[0]), at(&piece[1]))).collect()
}

/// How often a word is part of a cue, in steps, by the word's hash.
struct CueWords(BTreeMap<u32, u8>);

impl Gate for CueWords {
    fn step(&self, key: u32) -> u8 {
        self.0.get(&key).copied().unwrap_or(0)
    }
}

fn cue_words(documents: &[&Document]) -> CueWords {
    const STEPS: [f64; 7] = [0.004, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8];
    let mut counts: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for document in documents {
        let cues: Vec<Span> = document.attributions.iter().flat_map(|roles| roles.0[0].clone()).collect();
        for (run, features) in training_runs(&document.article, &document.text, &CueWords(BTreeMap::new())) {
            for (at, feature) in run.zip(features) {
                let count = counts.entry(feature.key).or_default();
                count.1 += 1;
                count.0 += u32::from(cues.iter().any(|cue| cue.overlaps(document.text.tokens[at].span)));
            }
        }
    }
    let step = |(cue, all): (u32, u32)| {
        let share = f64::from(cue) / f64::from(all + 2);
        STEPS.iter().filter(|&&step| cue > 0 && share >= step).count() as u8
    };
    CueWords(
        counts.into_iter().map(|(key, count)| (key, step(count))).filter(|&(_, step)| step > 0).collect(),
    )
}

fn export_runs(documents: &[&Document], lexicon: &CueWords, into: &Path) -> io::Result<()> {
    let mut sheet = Sheet::default();
    for (number, document) in documents.iter().enumerate() {
        let all: Vec<&Roles> = document.attributions.iter().collect();
        for (run, features) in training_runs(&document.article, &document.text, lexicon) {
            sheet.add(document, number, run, &features, &all);
        }
        if let Some(nested) = &document.nested {
            let nested: Vec<&Roles> = nested.iter().collect();
            export_within(&mut sheet, document, number, lexicon, &all, &nested);
        }
    }
    write(into, "tokens", &sheet.tokens)?;
    write(into, "runs", &sheet.runs)?;
    write(into, "attributions", &sheet.attributions)
}

/// The contents of attributions as runs, each with those of the `nested` that stand straight inside it; and so on.
fn export_within(
    sheet: &mut Sheet,
    document: &Document,
    number: usize,
    lexicon: &CueWords,
    outer: &[&Roles],
    nested: &[&Roles],
) {
    for holder in outer {
        let inside: Vec<&Roles> = nested.iter().copied().filter(|inner| holder.holds(inner)).collect();
        let straight = |inner: &&Roles| !inside.iter().any(|other| other.holds(inner));
        let straight: Vec<&Roles> = inside.iter().copied().filter(straight).collect();
        for &content in &holder.0[2] {
            for (run, features) in training_runs_within(&document.article, &document.text, content, lexicon) {
                sheet.add(document, number, run, &features, &straight);
            }
        }
        export_within(sheet, document, number, lexicon, &straight, &inside);
    }
}

impl Roles {
    /// Whether the cue of another stands in the content, and the other's content is the smaller one.
    fn holds(&self, other: &Roles) -> bool {
        let size = |roles: &Roles| roles.0[2].iter().map(|span| span.len()).sum::<usize>();
        let holds = |cue: &Span| self.0[2].iter().any(|content| content.contains(*cue));
        !other.0[0].is_empty() && other.0[0].iter().all(holds) && size(other) < size(self)
    }
}

/// What is written of one half.
#[derive(Default)]
struct Sheet {
    tokens: Vec<u32>,
    runs: Vec<u32>,
    attributions: Vec<u32>,
}

impl Sheet {
    fn add(
        &mut self,
        document: &Document,
        number: usize,
        run: Range<usize>,
        features: &[Feature],
        attributions: &[&Roles],
    ) {
        let index = self.runs.len() as u32 / 3;
        let start = self.tokens.len() as u32 / 8;
        self.runs.extend([start, start + run.len() as u32, number as u32]);
        self.tokens.extend(features.iter().flat_map(numbers));
        let inside = |pieces: &[Span]| -> Vec<u32> {
            let held = |at: &usize| pieces.iter().any(|piece| piece.overlaps(document.text.tokens[*at].span));
            run.clone().filter(held).map(|at| (at - run.start) as u32).collect()
        };
        for Roles(roles) in attributions {
            let roles = roles.each_ref().map(|pieces| inside(pieces));
            if roles[0].is_empty() {
                continue;
            }
            self.attributions.push(index);
            roles.iter().for_each(|role| self.attributions.push(role.len() as u32));
            roles.iter().for_each(|role| self.attributions.extend(role));
        }
    }
}

fn numbers(feature: &Feature) -> [u32; 8] {
    let rows = feature.rows.map(u32::from);
    [feature.key, rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6]]
}

fn write(folder: &Path, name: &str, numbers: &[u32]) -> io::Result<()> {
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    fs::write(folder.join(name), bytes)
}
