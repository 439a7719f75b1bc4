//! The licence-clean figure: attribution by networks that are trained on GUM alone.
//!
//! Five networks, each on four fifths of the documents; each reads the others. GUM annotates spoken and scholarly text
//! after its own rules (relations of attribution in RST), and has a twentieth of PolNeAR's attributions.

use std::{fs, io, path::Path};

use sayso::{attribution, person, text::Text};
use sayso_record::Record;

use crate::{
    network::{self, Document},
    score::{self, scorer, sheet},
    train::network_py,
};

const FOLDS: usize = 5;
/// As many passes as give about a fifth of the steps that PolNeAR has.
const EPOCHS: &str = "20";
const SECTION: &str = "By folds";

/// Trains, reads and measures; keeps the figure in SCORES.md.
pub(crate) fn folds(shared: &Path) -> io::Result<()> {
    let documents = network::gum(shared)?;
    let mut rows = Vec::new();
    for fold in 0..FOLDS {
        let network = trained_without(&documents, fold)?;
        let held = documents.iter().enumerate().filter(|(number, _)| number % FOLDS == fold);
        rows.extend(held.map(|(_, document)| row(document, &network)));
    }
    let system = scorer::write_rows("gum.jsonl", &rows)?;
    let folder = shared.join("bench/statements");
    let arguments = [folder.join("gum.gold.jsonl"), system, "--text".into(), folder.join("gum.text.jsonl")];
    let table = scorer::run(shared, "score_statements.py", &arguments)?;
    print!("{table}");
    let value = score::table_row(&table, "LINK triple dice>=.5")?;
    let mut sheet = sheet::read()?;
    sheet.set(SECTION, section(value, documents.len()));
    fs::write(sheet::FILE, sheet.text())
}

fn trained_without(documents: &[Document], fold: usize) -> io::Result<attribution::Network> {
    let folder = format!("train/work/fold{fold}");
    let learnt = documents.iter().enumerate().filter(|(number, _)| number % FOLDS != fold);
    network::export_documents(&learnt.map(|(_, document)| document).collect::<Vec<_>>(), Path::new(&folder))?;
    network_py(&["--work", &folder, "--models", &folder, "--left-out", "0", "--epochs", EPOCHS])?;
    let bytes = fs::read(Path::new(&folder).join("network.bin"))?.leak();
    attribution::Network::open(bytes, sayso_data::WORD_VECTORS).map_err(io::Error::other)
}

fn row(document: &Document, network: &attribution::Network) -> String {
    let Document { id, article, text, .. } = document;
    let text: &Text = text;
    let attributions = attribution::read_with(article, text, network);
    Record::new(id, &person::read(article, text.clone(), attributions)).to_json()
}

fn section(value: f64, documents: usize) -> String {
    format!(
        "Written by `cargo xtask train network --folds`: five networks trained on GUM alone (no licence in doubt), each on \
         four fifths of its {documents} documents, read the others.\nNested attributions are included on both sides.\n\n\
         | figure | on | value |\n|---|---|---|\n| statements, triple, trained on GUM alone | GUM, five folds | {} |\n",
        score::short(value)
    )
}
