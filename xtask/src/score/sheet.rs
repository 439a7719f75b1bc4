//! SCORES.md: tables that are written, and a section that people write.

use std::{collections::BTreeMap, io};

use super::figure::{Figure, short};
use crate::train::sha256;

/// The file.
pub(crate) const FILE: &str = "SCORES.md";
/// The section that is kept by hand.
pub(super) const WHY: &str = "Why figures changed";

const HEAD: &str = "# Scores

Written by `cargo xtask score`, checked by `cargo xtask score --check`; no figure here is set by hand.
Shares between 0 and 1. *95 %* is the interval from documents drawn again 200 times. *Anchor* is what others
reach with the same scorer on the same set. *Model* is the file behind the figure with the first digits of its SHA-256.
The sets are not in the repository; where they are absent, scoring says that it is skipped.
";
const WHY_HEAD: &str =
    "Where a figure falls by more than noise, a line here names it with its new value and says why.\n";

/// The sections of SCORES.md by heading; what stands above the first heading has the empty one.
pub(crate) struct Sheet(Vec<(String, String)>);

impl Sheet {
    /// Takes a file's text apart.
    pub(crate) fn parse(text: &str) -> Sheet {
        let mut sections = vec![(String::new(), String::new())];
        for line in text.lines() {
            if let Some(heading) = line.strip_prefix("## ") {
                sections.push((heading.to_owned(), String::new()));
            } else if let Some((_, body)) = sections.last_mut() {
                body.push_str(line);
                body.push('\n');
            }
        }
        Sheet(sections)
    }

    /// The text of a section.
    pub(crate) fn section(&self, heading: &str) -> &str {
        self.0.iter().find(|(name, _)| name == heading).map_or("", |(_, body)| body)
    }

    /// Replaces a section, or adds it at the end.
    pub(crate) fn set(&mut self, heading: &str, body: String) {
        match self.0.iter_mut().find(|(name, _)| name == heading) {
            Some(section) => section.1 = body,
            None => self.0.push((heading.to_owned(), body)),
        }
    }

    /// Puts the figures in.
    pub(super) fn set_figures(&mut self, figures: &[Figure]) {
        let mut top = format!(
            "{HEAD}\n| figure | on | value | 95 % | target | anchor | model |\n|---|---|---|---|---|---|---|\n"
        );
        figures.iter().for_each(|figure| top.push_str(&row(figure)));
        self.set("", top);
        if self.section(WHY).is_empty() {
            self.set(WHY, format!("\n{WHY_HEAD}"));
        }
    }

    /// The written figures by key.
    pub(super) fn written(&self) -> BTreeMap<String, f64> {
        let rows = self.section("").lines().filter(|line| line.starts_with("| "));
        rows.filter_map(|line| {
            let mut cells = line.trim_matches('|').split('|').map(str::trim);
            let key = format!("{}, {}", cells.next()?, cells.next()?);
            Some((key, cells.next()?.parse().ok()?))
        })
        .collect()
    }

    /// Whether the section kept by hand says why a figure has this value or, within noise, a lower one.
    /// The value is the first number after the figure's name in its line.
    pub(super) fn explains(&self, figure: &Figure) -> bool {
        let key = figure.key();
        let values = self.section(WHY).lines().filter_map(|line| {
            let after = line.split_once(&key)?.1;
            let digits = |c: char| c.is_ascii_digit() || c == '.';
            let number = &after[after.find(digits)?..];
            number[..number.find(|c| !digits(c)).unwrap_or(number.len())].trim_end_matches('.').parse().ok()
        });
        values.into_iter().any(|value: f64| !figure.fell_below(value))
    }

    /// The file's text.
    pub(crate) fn text(&self) -> String {
        let section = |(heading, body): &(String, String)| match heading.as_str() {
            "" => format!("{}\n", body.trim_end()),
            _ => format!("## {heading}\n\n{}\n", body.trim()),
        };
        self.0.iter().map(section).collect::<Vec<_>>().join("\n")
    }
}

/// SCORES.md as it is, or empty.
pub(crate) fn read() -> io::Result<Sheet> {
    match std::fs::read_to_string(FILE) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Sheet::parse("")),
        text => Ok(Sheet::parse(&text?)),
    }
}

fn row(figure: &Figure) -> String {
    let interval =
        figure.interval.map_or_else(String::new, |[low, high]| format!("{}–{}", short(low), short(high)));
    let model = match figure.model {
        "text.bin" => version("text.bin", sayso_data::TEXT_MODEL),
        "people.bin" => version("people.bin", sayso_data::PEOPLE_MODEL),
        "network.bin" => version("network.bin", sayso_data::NETWORK_MODEL),
        _ => String::new(),
    };
    let (name, on, value) = (figure.name, figure.on, short(figure.value));
    format!(
        "| {name} | {on} | {value} | {interval} | {} | {} | {model} |\n",
        figure.target_cell(),
        figure.anchor
    )
}

fn version(name: &str, model: &[u8]) -> String {
    format!("{name} {}", &sha256(model)[..8])
}

#[cfg(test)]
mod tests {
    use super::{Figure, Sheet, WHY};

    fn sheet() -> Sheet {
        let mut sheet = Sheet::parse("");
        sheet.set_figures(&[Figure::new("body F1", "made up", 0.9)]);
        sheet.set(WHY, "- `body F1, made up` .880: a stricter scorer.".to_owned());
        Sheet::parse(&sheet.text())
    }

    #[test]
    fn what_is_written_is_read_again() {
        let sheet = sheet();
        assert_eq!(sheet.written().get("body F1, made up"), Some(&0.9));
        assert_eq!(Sheet::parse(&sheet.text()).text(), sheet.text());
    }

    #[test]
    fn new_figures_keep_the_section_kept_by_hand() {
        let mut sheet = sheet();
        sheet.set_figures(&[Figure::new("body F1", "made up", 0.88)]);
        assert!(sheet.section(WHY).contains("a stricter scorer"));
        assert_eq!(sheet.written().get("body F1, made up"), Some(&0.88));
    }

    #[test]
    fn an_explanation_is_for_one_value() {
        let sheet = sheet();
        assert!(sheet.explains(&Figure::new("body F1", "made up", 0.875)));
        assert!(sheet.explains(&Figure::new("body F1", "made up", 0.88)));
        assert!(!sheet.explains(&Figure::new("body F1", "made up", 0.85)));
        assert!(!sheet.explains(&Figure::new("body F1", "another", 0.88)));
    }
}
