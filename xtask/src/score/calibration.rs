//! Whether a confidence of .8 is right eight times in ten: expected calibration error, and its picture.
//!
//! Ten bins of equal count (Naeini et al. 2015, with equal counts); an attribution is right where some gold one agrees in
//! all three roles with a Dice of .5 or more. Outermost attributions only, as the gold has.

use std::{collections::BTreeMap, error::Error, fs, io, path::Path};

use plotters::prelude::*;
use sayso_record::{Piece, Record};
use serde_json::Value;

const BINS: usize = 10;

/// Mean confidence and share right of each bin, in order of confidence.
pub(super) struct Calibration {
    bins: Vec<[f64; 2]>,
}

impl Calibration {
    /// From the records of articles and their gold.
    pub(super) fn of(records: &[Record], gold: &Path) -> io::Result<Calibration> {
        let gold = gold_rows(gold)?;
        let mut judged: Vec<(f64, bool)> = records
            .iter()
            .filter_map(|record| Some(judge(record, gold.get(&record.id)?)))
            .flatten()
            .collect();
        judged.sort_by(|a, b| a.0.total_cmp(&b.0));
        let bin = |number: usize| &judged[number * judged.len() / BINS..(number + 1) * judged.len() / BINS];
        let mean = |bin: &[(f64, bool)]| {
            let count = bin.len().max(1) as f64;
            let right = bin.iter().filter(|(_, is_right)| *is_right).count() as f64;
            [bin.iter().map(|(confidence, _)| confidence).sum::<f64>() / count, right / count]
        };
        Ok(Calibration { bins: (0..BINS).map(|number| mean(bin(number))).collect() })
    }

    /// Expected calibration error: the mean distance of confidence and share right.
    pub(super) fn error(&self) -> f64 {
        self.bins.iter().map(|[confidence, right]| (confidence - right).abs()).sum::<f64>() / BINS as f64
    }

    /// Draws share right over confidence.
    pub(super) fn draw(&self, file: &Path) -> io::Result<()> {
        self.try_draw(file).map_err(|error| io::Error::other(error.to_string()))
    }

    fn try_draw(&self, file: &Path) -> Result<(), Box<dyn Error + '_>> {
        let (ink, faint) = (RGBColor(31, 78, 121), RGBColor(150, 150, 150));
        let area = SVGBackend::new(file, (420, 420)).into_drawing_area();
        area.fill(&WHITE)?;
        let mut chart = ChartBuilder::on(&area)
            .margin(16)
            .x_label_area_size(36)
            .y_label_area_size(44)
            .build_cartesian_2d(0.3..1.0, 0.3..1.0)?;
        chart
            .configure_mesh()
            .disable_mesh()
            .x_labels(8)
            .y_labels(8)
            .x_desc("confidence")
            .y_desc("share with all three roles right")
            .draw()?;
        chart.draw_series(LineSeries::new([(0.3, 0.3), (1.0, 1.0)], faint.stroke_width(1)))?;
        let points: Vec<(f64, f64)> =
            self.bins.iter().map(|&[confidence, right]| (confidence, right)).collect();
        chart.draw_series(LineSeries::new(points.clone(), ink.stroke_width(2)))?;
        chart.draw_series(points.into_iter().map(|point| Circle::new(point, 4, ink.filled())))?;
        area.present()?;
        Ok(())
    }
}

/// The three roles of a gold attribution.
type Roles = [Vec<Piece>; 3];

fn gold_rows(path: &Path) -> io::Result<BTreeMap<String, Vec<Roles>>> {
    let mut rows = BTreeMap::new();
    for line in fs::read_to_string(path)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let roles = |attribution: &Value| {
            ["source", "cue", "content"]
                .map(|role| serde_json::from_value(attribution[role].clone()).unwrap_or_default())
        };
        let attributions = row["attributions"].as_array().into_iter().flatten().map(roles).collect();
        rows.insert(row["id"].as_str().unwrap_or_default().to_owned(), attributions);
    }
    Ok(rows)
}

/// The confidence of each outermost attribution of a record, and whether it is right.
fn judge(record: &Record, gold: &[Roles]) -> Vec<(f64, bool)> {
    let ink: Vec<bool> = record.text.chars().map(|c| !c.is_whitespace()).collect();
    let outermost = record.attributions.iter().filter(|attribution| attribution.within.is_none());
    outermost
        .map(|found| {
            let found_roles = [&found.source, &found.cue, &found.content];
            let agrees = |gold: &Roles| {
                gold.iter().zip(found_roles).all(|(gold, found)| dice(gold, found, &ink) >= 0.5)
            };
            (found.confidence, gold.iter().any(agrees))
        })
        .collect()
}

/// Dice's coefficient over code points that are not white space; two absent roles agree.
fn dice(a: &[Piece], b: &[Piece], ink: &[bool]) -> f64 {
    let points = |pieces: &[Piece]| -> Vec<usize> {
        let all = pieces.iter().flat_map(|&[start, end]| start as usize..end as usize);
        all.filter(|&at| ink.get(at) == Some(&true)).collect()
    };
    let (a, b) = (points(a), points(b));
    let shared = a.iter().filter(|at| b.contains(at)).count();
    let total = a.len() + b.len();
    if total == 0 { 1.0 } else { 2.0 * shared as f64 / total as f64 }
}

#[cfg(test)]
mod tests {
    use super::{Calibration, dice};

    #[test]
    fn dice_counts_ink() {
        let ink = [true, true, false, true];
        assert_eq!(dice(&[[0, 2]], &[[0, 4]], &ink), 0.8);
        assert_eq!(dice(&[], &[], &ink), 1.0);
        assert_eq!(dice(&[[0, 2]], &[], &ink), 0.0);
    }

    #[test]
    fn the_error_is_the_mean_distance() {
        let calibration = Calibration { bins: vec![[0.6, 0.7]; 10] };
        assert!((calibration.error() - 0.1).abs() < 1e-9);
    }
}
