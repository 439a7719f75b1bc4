//! Dates as pages write them, to RFC 3339 with their precision.

use std::sync::OnceLock;

use regex::{Captures, Regex};

use crate::{DateSource, Precision, Published};

/// Reads a date: ISO 8601 in its usual shapes, `20240131`, RFC 2822, `January 31, 2024`, `31 January 2024`.
pub(super) fn parse(text: &str, from: DateSource) -> Option<Published> {
    let text = text.trim();
    let text = super::prefix(text, 80);
    iso(text, from).or_else(|| worded(text, from))
}

/// The date in an address: `/2024/01/31/` or `/2024-01-31-`.
pub(super) fn of_url(url: &str) -> Option<Published> {
    static PATH: OnceLock<Regex> = OnceLock::new();
    let path = PATH.get_or_init(|| {
        Regex::new(r"[/_-]((?:19|20)\d\d)[/_-]?(\d\d?)[/_-]?(\d\d?)(?:[/_.-]|$)").expect("a constant pattern")
    });
    let found = path.captures(url)?;
    day(number(&found, 1)?, number(&found, 2)?, number(&found, 3)?, DateSource::Url)
}

fn iso(text: &str, from: DateSource) -> Option<Published> {
    static ISO: OnceLock<Regex> = OnceLock::new();
    let iso = ISO.get_or_init(|| {
        Regex::new(r"^(\d{4})[-/.]?(\d\d)(?:[-/.]?(\d\d)(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?)?")
            .expect("a constant pattern")
    });
    let found = iso.captures(text)?;
    let (year, month) = (number(&found, 1)?, number(&found, 2)?);
    let Some(day_of_month) = number(&found, 3) else {
        return ((1..=12).contains(&month) && (1900..2200).contains(&year)).then(|| Published {
            value: format!("{year:04}-{month:02}"),
            precision: Precision::Month,
            from,
        });
    };
    let mut date = day(year, month, day_of_month, from)?;
    if let (Some(hour), Some(minute)) = (number(&found, 4), number(&found, 5))
        && hour < 24
        && minute < 60
        && let Some(offset) = found.get(7)
    {
        let second = number(&found, 6).filter(|s| *s < 60);
        date.precision = if second.is_some() { Precision::Second } else { Precision::Minute };
        date.value +=
            &format!("T{hour:02}:{minute:02}:{:02}{}", second.unwrap_or(0), offset_form(offset.as_str()));
    }
    Some(date)
}

/// `+0100` as `+01:00`.
fn offset_form(offset: &str) -> String {
    match offset.len() {
        3 => format!("{offset}:00"),
        5 => format!("{}:{}", &offset[..3], &offset[3..]),
        _ => offset.to_owned(),
    }
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn worded(text: &str, from: DateSource) -> Option<Published> {
    static WORDED: OnceLock<Regex> = OnceLock::new();
    let worded = WORDED.get_or_init(|| {
        let month = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?";
        Regex::new(&format!(r"(?i)\b(?:{month}\s+(\d\d?)(?:st|nd|rd|th)?,?\s+(\d{{4}})|(\d\d?)(?:st|nd|rd|th)?[\s.-]+{month}[,\s-]+(\d{{4}}))\b"))
            .expect("a constant pattern")
    });
    let found = worded.captures(text)?;
    let month = found.get(1).or(found.get(5))?.as_str().to_ascii_lowercase();
    let month = MONTHS.iter().position(|m| *m == month)? as u32 + 1;
    let day_of_month = number(&found, 2).or_else(|| number(&found, 4))?;
    day(number(&found, 3).or_else(|| number(&found, 6))?, month, day_of_month, from)
}

fn number(found: &Captures, group: usize) -> Option<u32> {
    found.get(group)?.as_str().parse().ok()
}

fn day(year: u32, month: u32, day: u32, from: DateSource) -> Option<Published> {
    let valid = (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    valid.then(|| Published {
        value: format!("{year:04}-{month:02}-{day:02}"),
        precision: Precision::Day,
        from,
    })
}

#[cfg(test)]
mod tests {
    use super::{of_url, parse};
    use crate::{DateSource, Precision};

    fn check(text: &str, value: &str, precision: Precision) {
        let date = parse(text, DateSource::Meta).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((date.value.as_str(), date.precision), (value, precision), "{text}");
    }

    #[test]
    fn shapes() {
        check("2024-01-31", "2024-01-31", Precision::Day);
        check("2024-01-31T10:20:30.123+0100", "2024-01-31T10:20:30+01:00", Precision::Second);
        check("2024-01-31T10:20Z", "2024-01-31T10:20:00Z", Precision::Minute);
        check("20240131", "2024-01-31", Precision::Day);
        check("2024-01", "2024-01", Precision::Month);
        check("January 31, 2024", "2024-01-31", Precision::Day);
        check("Wed, 31 Jan 2024 10:20:30 GMT", "2024-01-31", Precision::Day);
        assert!(parse("soon", DateSource::Meta).is_none());
        assert!(parse("2024-13-45", DateSource::Meta).is_none());
        assert_eq!(
            of_url("https://h.example/2024/1/31/mayor").map(|d| d.value),
            Some("2024-01-31".to_owned())
        );
        assert_eq!(of_url("https://h.example/story-123456"), None);
    }
}
