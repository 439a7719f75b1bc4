//! Figures against gold: pages, text, statements. Written to SCORES.md, and held to what stands there.

mod calibration;
mod figure;
mod pages;
mod people;
pub(crate) mod scorer;
pub(crate) mod sheet;
mod statements;
mod stories;
mod text;

use std::{fs, io, path::Path};

use self::figure::Figure;
pub(crate) use self::{figure::short, statements::table_value as table_row, text::Shares};

/// Measures everything; writes SCORES.md, or with `check` compares with it. A figure that fell by more than noise
/// is an error in both cases, unless SCORES.md says why.
pub(crate) fn score(shared: &Path, check: bool) -> io::Result<()> {
    if let Some(reason) = scorer::missing(shared) {
        println!("score: SKIPPED, nothing was measured: {reason}");
        return Ok(());
    }
    let mut figures = pages::figures(shared)?;
    figures.extend(text::figures(shared)?);
    figures.extend(statements::figures(shared, !check)?);
    figures.extend(people::figures(shared, sayso::person::Model::builtin())?);
    figures.extend(stories::figures(shared)?);
    let mut sheet = sheet::read()?;
    let fallen = compare(&figures, &sheet);
    if !fallen.is_empty() {
        let lines = fallen.join("\n  ");
        return Err(io::Error::other(format!(
            "figures fell; say why under \"{}\" in {}:\n  {lines}",
            sheet::WHY,
            sheet::FILE
        )));
    }
    if !check {
        sheet.set_figures(&figures);
        fs::write(sheet::FILE, sheet.text())?;
    }
    Ok(())
}

/// Measures stories alone, beside what is written.
pub(crate) fn stories(shared: &Path) -> io::Result<()> {
    compare(&stories::figures(shared)?, &sheet::read()?);
    Ok(())
}

/// Measures a model of people that is not built in, beside what is written.
pub(crate) fn people(shared: &Path, model: &[u8]) -> io::Result<()> {
    let model = sayso::person::Model::open(model).map_err(io::Error::other)?;
    compare(&people::figures(shared, &model)?, &sheet::read()?);
    Ok(())
}

/// Prints every figure beside the written one; returns a line for each that fell without a reason.
fn compare(figures: &[Figure], sheet: &sheet::Sheet) -> Vec<String> {
    let written = sheet.written();
    let mut fallen = Vec::new();
    for figure in figures {
        let (key, value) = (figure.key(), short(figure.value));
        let before = written.get(&key).copied();
        let then = before.map_or_else(|| "new".to_owned(), |before| format!("was {}", short(before)));
        println!("{key:<56} {value:>6}  {then:<10}  {}", figure.target_cell());
        if before.is_some_and(|before| figure.fell_below(before)) && !sheet.explains(figure) {
            fallen.push(format!("{key} {value} ({then})"));
        }
    }
    fallen
}
