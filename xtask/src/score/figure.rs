//! A measured figure with what it is held against.

/// One measured figure, a share between 0 and 1.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// What was measured.
    pub(crate) name: &'static str,
    /// The set that it was measured on.
    pub(crate) on: &'static str,
    /// The figure.
    pub(crate) value: f64,
    /// 95 % interval, from resampled documents.
    pub(crate) interval: Option<[f64; 2]>,
    /// What we want of it.
    pub(crate) target: Target,
    /// What others reach with the same scorer.
    pub(crate) anchor: String,
    /// Falls up to this much are noise: about one page or a handful of statements.
    pub(crate) noise: f64,
    /// The model that it rests on, a file of `sayso-data/models`; empty where no model takes part.
    pub(crate) model: &'static str,
}

/// What is wanted of a figure.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    /// At least this.
    AtLeast(f64),
    /// At most this; the lower, the better.
    AtMost(f64),
    /// Nothing yet.
    Report,
}

impl Figure {
    /// A figure without a target.
    pub(crate) fn new(name: &'static str, on: &'static str, value: f64) -> Figure {
        let anchor = String::new();
        Figure { name, on, value, interval: None, target: Target::Report, anchor, noise: 0.01, model: "" }
    }

    /// Its name in full, as a line of explanation gives it.
    pub(crate) fn key(&self) -> String {
        format!("{}, {}", self.name, self.on)
    }

    /// Whether it is worse than `written` by more than noise.
    pub(crate) fn fell_below(&self, written: f64) -> bool {
        // Written figures have three digits; half of the last one is rounding.
        let worse = match self.target {
            Target::AtMost(_) => self.value - written,
            Target::AtLeast(_) | Target::Report => written - self.value,
        };
        worse > self.noise + 0.000_5
    }

    /// Its target in words, and whether it is missed.
    pub(crate) fn target_cell(&self) -> String {
        let (sign, target, met) = match self.target {
            Target::AtLeast(target) => ("≥", target, self.value + 0.000_5 >= target),
            Target::AtMost(target) => ("≤", target, self.value <= target + 0.000_5),
            Target::Report => return "report".to_owned(),
        };
        format!("{sign} {}{}", short(target), if met { "" } else { ", missed" })
    }
}

/// A share as it is written: three digits, no leading zero.
pub(crate) fn short(share: f64) -> String {
    let digits = format!("{share:.3}");
    digits.strip_prefix('0').map_or(digits.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{Figure, Target, short};

    #[test]
    fn falls_beyond_noise() {
        let figure =
            |value, target| Figure { noise: 0.01, target, ..Figure::new("body F1", "made up", value) };
        assert!(figure(0.94, Target::Report).fell_below(0.96));
        assert!(!figure(0.955, Target::AtLeast(0.9)).fell_below(0.96));
        assert!(!figure(0.99, Target::AtLeast(0.9)).fell_below(0.96));
        assert!(figure(0.05, Target::AtMost(0.1)).fell_below(0.03));
        assert!(!figure(0.01, Target::AtMost(0.1)).fell_below(0.03));
    }

    #[test]
    fn written_forms() {
        assert_eq!(short(0.96), ".960");
        assert_eq!(short(1.0), "1.000");
        let figure = Figure { target: Target::AtMost(0.03), ..Figure::new("leak", "made up", 0.04) };
        assert_eq!(figure.target_cell(), "≤ .030, missed");
    }
}
