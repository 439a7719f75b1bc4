//! Statements, and who stands behind them, on the development half of PolNeAR.

use std::{
    io,
    path::{Path, PathBuf},
};

use sayso_record::Record;
use serde_json::Value;

use super::{
    calibration::Calibration,
    figure::{Figure, Target},
    scorer::{number, run, run_json, write_rows},
};
use crate::corpus;

const SET: &str = "PolNeAR dev";

/// Figures of attribution and of people, by the records of the 84 articles.
/// With `draw`, the picture of calibration is drawn.
pub(super) fn figures(shared: &Path, draw: bool) -> io::Result<Vec<Figure>> {
    let records = records(shared, "polnear-dev")?;
    let rows: Vec<String> = records.iter().map(Record::to_json).collect();
    let system = write_rows("polnear-dev.jsonl", &rows)?;
    let mut figures = statements(shared, &system)?;
    let calibration = Calibration::of(&records, &shared.join("bench/statements/polnear-dev.gold.jsonl"))?;
    if draw {
        calibration.draw(Path::new(PICTURE))?;
    }
    figures.push(Figure {
        target: Target::AtMost(0.05),
        model: "network.bin",
        ..Figure::new("statements, calibration error", SET, calibration.error())
    });
    figures.extend(hand_labels(shared, &system)?);
    Ok(figures)
}

/// The picture of calibration.
const PICTURE: &str = "docs/calibration.svg";

fn records(shared: &Path, set: &str) -> io::Result<Vec<Record>> {
    let articles = corpus::articles(shared, set)?;
    Ok(articles.iter().map(|(id, article)| Record::new(id, &sayso::read(article))).collect())
}

fn statements(shared: &Path, system: &Path) -> io::Result<Vec<Figure>> {
    let all = score(shared, system, &[])?;
    let words = shared.join("bench/statements/speech_cues.txt");
    let speech = score(shared, system, &["--cue-words".into(), words])?;
    let figure = |name, table: &str, row: &str, target, anchor: &str| -> io::Result<Figure> {
        let (value, interval) = table_row(table, row)?;
        let (anchor, model) = (anchor.to_owned(), "network.bin");
        Ok(Figure {
            interval: Some(interval),
            target,
            noise: 0.005,
            anchor,
            model,
            ..Figure::new(name, SET, value)
        })
    };
    let dice = "LINK triple dice>=.5";
    let others = "prototype .678, perceptron .614, GenderGapTracker .399; people .719";
    let speakers = "prototype .850, perceptron .781, GenderGapTracker .654; people .877";
    Ok(vec![
        figure("statements, triple", &all, dice, Target::AtLeast(0.69), others)?,
        figure("statements, speech", &speech, dice, Target::AtLeast(0.855), speakers)?,
        figure(
            "statements, exact*",
            &all,
            "LINK triple exact*",
            Target::AtLeast(0.47),
            "prototype .439; people .598",
        )?,
        figure("direct statements, triple", &all, "KIND direct triple dice>=.5", Target::Report, "")?,
        figure("mixed statements, triple", &all, "KIND mixed triple dice>=.5", Target::Report, "")?,
        figure("indirect statements, triple", &all, "KIND indirect triple dice>=.5", Target::Report, "")?,
    ])
}

fn score(shared: &Path, system: &Path, more: &[PathBuf]) -> io::Result<String> {
    let folder = shared.join("bench/statements");
    let mut arguments = vec![folder.join("polnear-dev.gold.jsonl"), system.into()];
    arguments.extend(["--text".into(), folder.join("polnear-dev.text.jsonl"), "--flatten".into()]);
    arguments.extend(["--bootstrap".into(), "200".into()]);
    arguments.extend_from_slice(more);
    run(shared, "score_statements.py", &arguments)
}

/// F1 in a row of the scorer's table, with or without intervals.
pub(crate) fn table_value(table: &str, row: &str) -> io::Result<f64> {
    let value =
        || table.lines().find_map(|line| line.strip_prefix(row))?.split_whitespace().nth(2)?.parse().ok();
    value().ok_or_else(|| io::Error::other(format!("the scorer printed no row \"{row}\"")))
}

/// F1 and its interval in a row of the scorer's table: name, P, R, F1, two counts, interval.
fn table_row(table: &str, row: &str) -> io::Result<(f64, [f64; 2])> {
    let value = table_value(table, row)?;
    let parsed = || {
        let cells = table.lines().find_map(|line| line.strip_prefix(row))?.split_whitespace();
        let (low, high) = cells.last()?.split_once('-')?;
        Some((value, [low.parse().ok()?, high.parse().ok()?]))
    };
    parsed().ok_or_else(|| io::Error::other(format!("the scorer printed no row \"{row}\"")))
}

/// Nested statements, unnamed sources, chains and speakers.
fn hand_labels(shared: &Path, system: &Path) -> io::Result<Vec<Figure>> {
    let bench = shared.join("bench");
    let text = bench.join("statements/polnear-dev.text.jsonl");
    let label = |scorer: &str, gold: &str, more: &[PathBuf]| -> io::Result<Value> {
        let mut arguments = vec![bench.join(gold), system.into(), "--json".into()];
        arguments.extend_from_slice(more);
        run_json(shared, scorer, &arguments)
    };
    let with_text = ["--text".into(), text];
    let words = ["--cue-words".into(), bench.join("statements/speech_cues.txt")];
    let with_words: Vec<PathBuf> = with_text.iter().chain(&words).cloned().collect();
    let nested = label("score_nested.py", "statements/polnear-dev.nested.jsonl", &with_text)?;
    let nested_words = label("score_nested.py", "statements/polnear-dev.nested.jsonl", &with_words)?;
    let unnamed = label("score_unnamed.py", "statements/polnear-dev.unnamed.jsonl", &[])?;
    let chains = label("score_chains.py", "statements/polnear-dev.chains.jsonl", &[])?;
    let speakers = label("score_speakers.py", "people/polnear-dev.speakers.jsonl", &with_text)?;
    let figure = |name, from: &Value, field: &str, target, anchor: &str| -> io::Result<Figure> {
        let (anchor, model) = (anchor.to_owned(), "network.bin");
        let value = number(from, field)?;
        Ok(Figure { noise: 0.02, anchor, model, target, ..Figure::new(name, LABELS, value) })
    };
    use Target::{AtLeast, Report};
    let mut figures = vec![
        figure("nested statements F1", &nested, "/nested/f1", AtLeast(0.50), "lexicon floor .44")?,
        figure(
            "nested statements with source F1",
            &nested,
            "/triple/f1",
            AtLeast(0.42),
            "lexicon floor .33",
        )?,
        figure(
            "nested statements by reporting words F1",
            &nested_words,
            "/nested/f1",
            AtLeast(0.65),
            "lexicon floor .64",
        )?,
        figure("nested statements, within right", &nested, "/within_acc", AtLeast(0.90), "")?,
        figure(
            "nested statements, recall of statements",
            &nested,
            "/recall_by_kind/statement/0",
            Report,
            "",
        )?,
        figure("nested statements, recall of attitudes", &nested, "/recall_by_kind/attitude/0", Report, "")?,
        figure("unnamed sources F1", &unnamed, "/span/f1", AtLeast(0.70), "lexicon floor .44")?,
        figure("unnamed sources, links right", &unnamed, "/same_recall", AtLeast(0.60), "")?,
        figure("unnamed sources, count right", &unnamed, "/count_acc", AtLeast(0.90), "")?,
        figure("chains exact", &chains, "/exact", AtLeast(0.65), "lexicon floor .46")?,
        figure(
            "chains of two links, exact",
            &chains,
            "/by_links/2/exact",
            AtLeast(0.65),
            "lexicon floor .28",
        )?,
        figure("chains, deepest source right", &chains, "/deepest", AtLeast(0.75), "lexicon floor .51")?,
        figure(
            "speakers (persons), full name",
            &speakers,
            "/person/full_accuracy",
            Report,
            "CoreNLP .70, with the speaker-before rule .755, neuralcoref .57",
        )?,
        figure(
            "speakers (persons), precision",
            &speakers,
            "/person/precision",
            Report,
            "CoreNLP .83, with the speaker-before rule .90, neuralcoref .86",
        )?,
    ];
    let merged = number(&unnamed, "/merged")? / number(&unnamed, "/span/gold")?;
    let name = "unnamed sources, merged beyond gold for each gold mention";
    figures.push(Figure {
        target: Target::AtMost(MERGED),
        noise: 0.02,
        model: "network.bin",
        ..Figure::new(name, LABELS, merged)
    });
    figures.push(numbered(shared)?);
    Ok(figures)
}

const LABELS: &str = "PolNeAR dev, hand labels";
/// Twenty pairs of mentions that are one source in the reading and two in gold, of 169 mentions.
const MERGED: f64 = 0.118;

/// Counts of unnamed sources with a number or a reason for anonymity, on training texts.
fn numbered(shared: &Path) -> io::Result<Figure> {
    let gold = shared.join("bench/statements/polnear-train.unnamed-hard.jsonl");
    let labelled = std::fs::read_to_string(&gold)?;
    let mut articles = corpus::articles(shared, "polnear-train")?;
    articles.retain(|(id, _)| labelled.contains(&format!("\"{id}\"")));
    let rows: Vec<String> =
        articles.iter().map(|(id, article)| Record::new(id, &sayso::read(article)).to_json()).collect();
    let system = write_rows("unnamed-hard.jsonl", &rows)?;
    let score = run_json(shared, "score_unnamed.py", &[gold, system, "--json".into()])?;
    let value = number(&score, "/count_acc")?;
    Ok(Figure {
        target: Target::AtLeast(0.90),
        noise: 0.02,
        model: "network.bin",
        ..Figure::new("numbered unnamed sources, count right", "PolNeAR train, hand labels", value)
    })
}

#[cfg(test)]
mod tests {
    use super::table_row;

    #[test]
    fn a_row_of_the_table() {
        let table = "                P       R      F1   n_pred   n_gold   95% CI of F1\n\
                     LINK triple dice>=.5              0.7000  0.6000  0.6462      100      120   0.610-0.680\n";
        assert_eq!(table_row(table, "LINK triple dice>=.5").unwrap(), (0.6462, [0.61, 0.68]));
        assert!(table_row(table, "LINK triple exact*").is_err());
    }
}
