//! Training data of the attribution network: PolNeAR's articles as the network will see them.
//!
//! The training itself is `train/network.py`; it reads what is written here. Every file is a flat run of
//! little-endian 32-bit numbers.

use std::{collections::BTreeMap, fs, io, path::Path};

use sayso::{
    Article, Span,
    attribution::{
        feature::{Feature, Gate},
        training_runs,
    },
    page::{self, Hints},
    text::{self, Text},
};
use serde_json::Value;

/// Writes `tokens` (eight numbers a token), `runs` (first token, end, document) and `attributions` (run, then the
/// number of tokens and the tokens of cue, source and content) of both halves, and the lexicon of cues.
pub(crate) fn export(shared: &Path, into: &Path) -> io::Result<()> {
    fs::create_dir_all(into)?;
    let train = documents(&shared.join("bench/statements"), "polnear-train")?;
    let lexicon = cue_words(&train);
    let (keys, steps): (Vec<u32>, Vec<u32>) =
        lexicon.0.iter().map(|(&key, &step)| (key, u32::from(step))).unzip();
    write(into, "cue-keys", &keys)?;
    write(into, "cue-steps", &steps)?;
    export_half(&train, &lexicon, into, "train")?;
    let development = documents(&shared.join("bench/statements"), "polnear-dev")?;
    export_half(&development, &lexicon, into, "dev")
}

struct Document {
    article: Article,
    text: Text,
    attributions: Vec<Roles>,
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
        Document { article, text, attributions }
    };
    Ok(texts.iter().map(document).collect())
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

fn cue_words(documents: &[Document]) -> CueWords {
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

fn export_half(documents: &[Document], lexicon: &CueWords, into: &Path, half: &str) -> io::Result<()> {
    let (mut tokens, mut runs, mut attributions) = (Vec::new(), Vec::new(), Vec::new());
    for (number, document) in documents.iter().enumerate() {
        for (run, features) in training_runs(&document.article, &document.text, lexicon) {
            let index = runs.len() as u32 / 3;
            let start = tokens.len() as u32 / 8;
            runs.extend([start, start + run.len() as u32, number as u32]);
            tokens.extend(features.iter().flat_map(numbers));
            let inside = |pieces: &[Span]| -> Vec<u32> {
                let held =
                    |at: &usize| pieces.iter().any(|piece| piece.overlaps(document.text.tokens[*at].span));
                run.clone().filter(held).map(|at| (at - run.start) as u32).collect()
            };
            for Roles(roles) in &document.attributions {
                let roles = roles.each_ref().map(|pieces| inside(pieces));
                if roles[0].is_empty() {
                    continue;
                }
                attributions.push(index);
                roles.iter().for_each(|role| attributions.push(role.len() as u32));
                roles.iter().for_each(|role| attributions.extend(role));
            }
        }
    }
    write(into, &format!("{half}-tokens"), &tokens)?;
    write(into, &format!("{half}-runs"), &runs)?;
    write(into, &format!("{half}-attributions"), &attributions)
}

fn numbers(feature: &Feature) -> [u32; 8] {
    let rows = feature.rows.map(u32::from);
    [feature.key, rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6]]
}

fn write(folder: &Path, name: &str, numbers: &[u32]) -> io::Result<()> {
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    fs::write(folder.join(name), bytes)
}
