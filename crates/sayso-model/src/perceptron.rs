//! A multi-class averaged perceptron over hashed features (Collins 2002; the hashing after Weinberger et al. 2009).
//!
//! Every feature is a 64-bit hash. Its upper bits choose a set of three rows and its next 16 bits the row that is
//! its own, if one is: the features that matter least have none. A row holds one `i8` a class; a set of 16
//! classes is 48 bytes, on one cache line or two. All arithmetic is on integers, so that every machine gives the
//! same answer.

use std::collections::HashMap;

use crate::format::Error;

/// Rows in a set.
const WAYS: usize = 3;

/// Weights that lie in a model file: first the check of each row, `u16`, then the rows.
#[derive(Clone, Copy, Debug)]
pub struct Perceptron<'a, const CLASSES: usize> {
    checks: &'a [[[u8; 2]; WAYS]],
    rows: &'a [[[u8; CLASSES]; WAYS]],
    shift: u32,
}

impl<'a, const CLASSES: usize> Perceptron<'a, CLASSES> {
    /// Weights of a power of two of sets, at least two.
    pub fn open(section: &'a [u8]) -> Result<Self, Error> {
        let sets = section.len() / (WAYS * (2 + CLASSES));
        let (checks, rows) = section.split_at_checked(sets * WAYS * 2).ok_or(Error::Shape)?;
        let (checks, rows) = (checks.as_chunks().0.as_chunks().0, rows.as_chunks().0.as_chunks().0);
        if sets < 2 || !sets.is_power_of_two() || section.len() != sets * WAYS * (2 + CLASSES) {
            return Err(Error::Shape);
        }
        Ok(Perceptron { checks, rows, shift: u64::BITS - sets.ilog2() })
    }

    /// Adds the weights of a feature to the scores. Up to 256 features cannot overflow them.
    #[inline]
    pub fn add(&self, feature: u64, scores: &mut [i16; CLASSES]) {
        let set = (feature >> self.shift) as usize;
        let check = check(feature, self.shift).to_le_bytes();
        for way in 0..WAYS {
            if self.checks[set][way] == check {
                for (score, &weight) in scores.iter_mut().zip(&self.rows[set][way]) {
                    *score += i16::from(weight as i8);
                }
            }
        }
    }
}

/// What tells a feature from others of its set; zero marks an empty row.
#[inline]
fn check(feature: u64, shift: u32) -> u16 {
    ((feature >> (shift - 16)) as u16).max(1)
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
    ids: HashMap<u64, u32>,
    features: Vec<Trained<CLASSES>>,
    step: i64,
}

struct Trained<const CLASSES: usize> {
    weights: [i32; CLASSES],
    /// Each change times the step at which it was made.
    changes: [i64; CLASSES],
}

impl<const CLASSES: usize> Default for Trainer<CLASSES> {
    fn default() -> Self {
        Trainer { ids: HashMap::new(), features: Vec::new(), step: 1 }
    }
}

impl<const CLASSES: usize> Trainer<CLASSES> {
    /// The scores of a list of features.
    pub fn scores(&self, features: &[u64]) -> [i32; CLASSES] {
        let mut scores = [0; CLASSES];
        for id in features.iter().filter_map(|feature| self.ids.get(feature)) {
            let weights = &self.features[*id as usize].weights;
            scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += weight);
        }
        scores
    }

    /// Moves weights of `features` from class `guess` to class `truth`, and goes to the next step.
    pub fn learn(&mut self, features: &[u64], truth: usize, guess: usize) {
        if truth != guess {
            for &feature in features {
                let id = *self.ids.entry(feature).or_insert(self.features.len() as u32) as usize;
                if id == self.features.len() {
                    self.features.push(Trained { weights: [0; CLASSES], changes: [0; CLASSES] });
                }
                for (class, change) in [(truth, 1), (guess, -1)] {
                    self.features[id].weights[class] += change;
                    self.features[id].changes[class] += i64::from(change) * self.step;
                }
            }
        }
        self.step += 1;
    }

    /// The averaged weights of the features that matter most, as bytes for [`Perceptron::open`] of `2^bits` sets.
    /// They are scaled so that all but one in `clipped` of those other than zero fit.
    pub fn finish(&self, bits: u32, clipped: usize) -> Vec<u8> {
        let mut averages: Vec<(u64, [f64; CLASSES])> =
            self.ids.iter().map(|(&feature, &id)| (feature, self.average(id))).collect();
        let importance = |weights: &[f64; CLASSES]| weights.iter().map(|weight| weight * weight).sum::<f64>();
        averages.sort_by(|(left, of_left), (right, of_right)| {
            importance(of_right).total_cmp(&importance(of_left)).then(left.cmp(right))
        });
        let mut sizes: Vec<f64> = averages.iter().flat_map(|(_, weights)| weights.map(f64::abs)).collect();
        sizes.retain(|&size| size > 0.0);
        sizes.sort_by(f64::total_cmp);
        let largest = sizes.len().checked_sub(1 + sizes.len() / clipped).map_or(1.0, |at| sizes[at]);
        let quantised = |weight: f64| (weight / largest * 127.0).round().clamp(-127.0, 127.0) as i8 as u8;

        let (shift, rows) = (u64::BITS - bits, WAYS << bits);
        let mut checks = vec![0u16; rows];
        let mut weights = vec![[0; CLASSES]; rows];
        for (feature, average) in averages {
            let row = average.map(quantised);
            let ways = (feature >> shift) as usize * WAYS..;
            let free = ways.take(WAYS).find(|&at| checks[at] == 0 || checks[at] == check(feature, shift));
            if let Some(at) = free.filter(|&at| row != [0; CLASSES] && checks[at] == 0) {
                checks[at] = check(feature, shift);
                weights[at] = row;
            }
        }
        checks.iter().flat_map(|check| check.to_le_bytes()).chain(weights.into_iter().flatten()).collect()
    }

    fn average(&self, id: u32) -> [f64; CLASSES] {
        let Trained { weights, changes } = &self.features[id as usize];
        std::array::from_fn(|class| f64::from(weights[class]) - changes[class] as f64 / self.step as f64)
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
        let mut trainer = Trainer::<4>::default();
        for _ in 0..50 {
            for (values, truth) in examples {
                let guess = best(&trainer.scores(&features(values)));
                trainer.learn(&features(values), truth, guess);
            }
        }
        let bytes = trainer.finish(4, 1000);
        let perceptron = Perceptron::<4>::open(&bytes).unwrap();
        for (values, truth) in examples {
            let mut scores = [0; 4];
            features(values).into_iter().for_each(|feature| perceptron.add(feature, &mut scores));
            assert_eq!(best(&scores), truth);
        }
    }

    #[test]
    fn other_shapes_are_refused() {
        for length in [0, 18, 4, 37, 54] {
            assert!(Perceptron::<4>::open(&vec![0; length]).is_err(), "{length}");
        }
    }
}
