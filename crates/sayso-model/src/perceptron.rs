//! A multi-class averaged perceptron over hashed features (Collins 2002; the hashing after Weinberger et al. 2009).
//!
//! Every feature is a 64-bit hash. Its upper bits choose a row of weights, one `i8` a class; features that share
//! a row share weights. A row of 16 classes is a quarter of a cache line, and all arithmetic is on integers,
//! so that every machine gives the same answer.

use crate::format::Error;

/// Weights that lie in a model file.
#[derive(Clone, Copy, Debug)]
pub struct Perceptron<'a, const CLASSES: usize> {
    rows: &'a [[u8; CLASSES]],
    shift: u32,
}

impl<'a, const CLASSES: usize> Perceptron<'a, CLASSES> {
    /// Weights of a power of two of rows, at least two.
    pub fn open(section: &'a [u8]) -> Result<Self, Error> {
        match section.as_chunks() {
            (rows, []) if rows.len() > 1 && rows.len().is_power_of_two() => {
                Ok(Perceptron { rows, shift: u64::BITS - rows.len().ilog2() })
            }
            _ => Err(Error::Shape),
        }
    }

    /// Adds the weights of a feature to the scores. Up to 256 features cannot overflow them.
    #[inline]
    pub fn add(&self, feature: u64, scores: &mut [i16; CLASSES]) {
        let row = &self.rows[(feature >> self.shift) as usize];
        for (score, &weight) in scores.iter_mut().zip(row) {
            *score += i16::from(weight as i8);
        }
    }
}

/// The class of the highest score, the first of equals.
#[inline]
pub fn best<Score: PartialOrd, const CLASSES: usize>(scores: &[Score; CLASSES]) -> usize {
    let mut best = 0;
    for class in 1..CLASSES {
        if scores[class] > scores[best] {
            best = class;
        }
    }
    best
}

/// Weights in training: the current ones, and the sum of all that were (kept lazily).
pub struct Trainer<const CLASSES: usize> {
    weights: Vec<[i32; CLASSES]>,
    /// Each change times the step at which it was made.
    changes: Vec<[i64; CLASSES]>,
    step: i64,
    shift: u32,
}

impl<const CLASSES: usize> Trainer<CLASSES> {
    /// Zero weights in `2^bits` rows.
    pub fn new(bits: u32) -> Self {
        let rows = 1 << bits;
        Trainer {
            weights: vec![[0; CLASSES]; rows],
            changes: vec![[0; CLASSES]; rows],
            step: 1,
            shift: u64::BITS - bits,
        }
    }

    /// The scores of a list of features.
    pub fn scores(&self, features: &[u64]) -> [i32; CLASSES] {
        let mut scores = [0; CLASSES];
        for feature in features {
            let row = &self.weights[(feature >> self.shift) as usize];
            scores.iter_mut().zip(row).for_each(|(score, weight)| *score += weight);
        }
        scores
    }

    /// Moves weights of `features` from class `guess` to class `truth`, and goes to the next step.
    pub fn learn(&mut self, features: &[u64], truth: usize, guess: usize) {
        if truth != guess {
            for feature in features {
                let row = (feature >> self.shift) as usize;
                for (class, change) in [(truth, 1), (guess, -1)] {
                    self.weights[row][class] += change;
                    self.changes[row][class] += i64::from(change) * self.step;
                }
            }
        }
        self.step += 1;
    }

    /// The averaged weights as bytes for [`Perceptron::open`], scaled so that all but the largest
    /// `1 / clipped` of the weights other than zero fit.
    pub fn finish(&self, clipped: usize) -> Vec<u8> {
        let averages: Vec<f64> = self
            .weights
            .iter()
            .flatten()
            .zip(self.changes.iter().flatten())
            .map(|(&weight, &change)| f64::from(weight) - change as f64 / self.step as f64)
            .collect();
        let mut sizes: Vec<f64> =
            averages.iter().map(|weight| weight.abs()).filter(|&size| size > 0.0).collect();
        sizes.sort_by(f64::total_cmp);
        let largest = sizes.len().checked_sub(1 + sizes.len() / clipped).map_or(1.0, |at| sizes[at]);
        averages
            .iter()
            .map(|weight| (weight / largest * 127.0).round().clamp(-127.0, 127.0) as i8 as u8)
            .collect()
    }
}

/// A feature's hash: `value` seen through template number `template`.
#[inline]
pub fn feature(template: u64, value: u64) -> u64 {
    mix(value ^ template.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// Joins two values into one.
#[inline]
pub fn pair(left: u64, right: u64) -> u64 {
    mix(left).wrapping_add(right)
}

/// The multiplications of SplitMix64 (Steele et al. 2014).
#[inline]
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 32)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (x ^ (x >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_what_can_be_learned() {
        let examples = [([1, 10], 0), ([1, 11], 1), ([2, 10], 2), ([2, 11], 3)];
        let features = |[a, b]: [u64; 2]| [feature(0, pair(a, b))];
        let mut trainer = Trainer::<4>::new(10);
        for _ in 0..50 {
            for (values, truth) in examples {
                let guess = best(&trainer.scores(&features(values)));
                trainer.learn(&features(values), truth, guess);
            }
        }
        let bytes = trainer.finish(1000);
        let perceptron = Perceptron::<4>::open(&bytes).unwrap();
        for (values, truth) in examples {
            let mut scores = [0; 4];
            features(values).into_iter().for_each(|feature| perceptron.add(feature, &mut scores));
            assert_eq!(best(&scores), truth);
        }
    }

    #[test]
    fn other_shapes_are_refused() {
        for length in [0, 4, 12, 17] {
            assert!(Perceptron::<4>::open(&vec![0; length]).is_err(), "{length}");
        }
    }
}
