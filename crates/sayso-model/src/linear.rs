//! A linear model over hashed and dense features that scores options: the trained form is a log-linear model of the
//! choice between them (maximum entropy; Berger et al. 1996), fitted by AdaGrad (Duchi et al. 2011).
//!
//! A sparse feature is a 64-bit hash whose upper bits choose its weight. A dense feature is a run of numbers, such as a
//! word's vector, that is multiplied with one of several rows of weights. Scores are log-odds in 256ths.

use crate::format::Error;

/// Numbers in a dense feature.
pub const WIDTH: usize = 50;
/// One in the numbers of a dense feature.
const DENSE_ONE: f32 = 64.0;
/// One in a score and in a weight.
pub const ONE: i32 = 256;

/// A feature of one of at most sixteen options, for weights of `2^bits`: those of all options lie side by side.
#[inline]
pub fn of_option(feature: u64, option: u64, bits: u32) -> u64 {
    let option_at = u64::BITS - bits;
    (feature & !(15 << option_at)) | (option << option_at)
}

/// Where features go.
pub trait Sink {
    /// A feature that is there.
    fn sparse(&mut self, feature: u64);
    /// `sign` times the numbers of a dense feature, for row `row` of the weights.
    fn dense(&mut self, row: usize, numbers: &[u8], sign: i32);
}

/// Weights that lie in a model file: the number of dense rows (u32), those rows, then a power of two of sparse weights,
/// all of them `i16`.
#[derive(Clone, Debug)]
pub struct Linear {
    dense: Vec<[i16; WIDTH]>,
    sparse: Vec<i16>,
    shift: u32,
}

impl Linear {
    /// Reads the weights.
    pub fn open(section: &[u8]) -> Result<Linear, Error> {
        let (rows, rest) = section.split_first_chunk().ok_or(Error::Shape)?;
        let bytes = (u32::from_le_bytes(*rows) as usize).checked_mul(2 * WIDTH).ok_or(Error::Shape)?;
        let (dense, sparse) = rest.split_at_checked(bytes).ok_or(Error::Shape)?;
        let numbers =
            |bytes: &[u8]| bytes.as_chunks().0.iter().map(|&pair| i16::from_le_bytes(pair)).collect();
        let sparse: Vec<i16> = numbers(sparse);
        let dense: Vec<i16> = numbers(dense);
        // Padding of the file may follow.
        let len = if sparse.is_empty() { 0 } else { 1 << sparse.len().ilog2() };
        if len < 2 {
            return Err(Error::Shape);
        }
        Ok(Linear {
            dense: dense.as_chunks().0.to_vec(),
            sparse: sparse[..len].to_vec(),
            shift: u64::BITS - len.ilog2(),
        })
    }

    /// A sum to put features in.
    pub fn score(&self) -> Score<'_> {
        Score { model: self, sum: 0 }
    }
}

/// The sum of the weights of some features.
#[derive(Clone, Debug)]
pub struct Score<'m> {
    model: &'m Linear,
    /// In 256ths.
    pub sum: i32,
}

impl Sink for Score<'_> {
    #[inline]
    fn sparse(&mut self, feature: u64) {
        self.sum += i32::from(self.model.sparse[(feature >> self.model.shift) as usize]);
    }

    fn dense(&mut self, row: usize, numbers: &[u8], sign: i32) {
        let Some(weights) = self.model.dense.get(row) else { return };
        let products =
            numbers.iter().zip(weights).map(|(&number, &weight)| i32::from(number as i8) * i32::from(weight));
        self.sum += sign * (products.sum::<i32>() >> 6);
    }
}

/// The features of one option, kept.
#[derive(Clone, Debug, Default)]
pub struct Features {
    sparse: Vec<u64>,
    dense: Vec<(usize, Vec<u8>, i32)>,
}

impl Sink for Features {
    fn sparse(&mut self, feature: u64) {
        self.sparse.push(feature);
    }

    fn dense(&mut self, row: usize, numbers: &[u8], sign: i32) {
        self.dense.push((row, numbers.to_vec(), sign));
    }
}

/// Weights in training.
#[derive(Clone, Debug)]
pub struct Trainer {
    sparse: Vec<Weight>,
    dense: Vec<[Weight; WIDTH]>,
    shift: u32,
    rate: f32,
    decay: f32,
    snapshots: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    value: f32,
    /// Its values at the snapshots, summed up.
    sum: f32,
    /// The squares of its gradients, summed up.
    squares: f32,
}

impl Weight {
    fn learn(&mut self, gradient: f32, rate: f32, decay: f32) {
        let gradient = gradient - decay * self.value;
        self.squares += gradient * gradient;
        self.value += rate * gradient / (self.squares.sqrt() + 1e-4);
    }
}

impl Trainer {
    /// Weights of zero: `2^bits` sparse ones and `rows` dense rows.
    pub fn new(bits: u32, rows: usize, rate: f32, decay: f32) -> Trainer {
        let sparse = vec![Weight::default(); 1 << bits];
        Trainer {
            sparse,
            dense: vec![[Weight::default(); WIDTH]; rows],
            shift: u64::BITS - bits,
            rate,
            decay,
            snapshots: 0,
        }
    }

    /// The log-odds of an option.
    pub fn score(&self, features: &Features) -> f32 {
        let sparse =
            features.sparse.iter().map(|&feature| self.sparse[(feature >> self.shift) as usize].value);
        let dense = features.dense.iter().map(|(row, numbers, sign)| {
            let products = numbers
                .iter()
                .zip(&self.dense[*row])
                .map(|(&number, weight)| f32::from(number as i8) * weight.value);
            *sign as f32 * products.sum::<f32>() / DENSE_ONE
        });
        sparse.sum::<f32>() + dense.sum::<f32>()
    }

    /// The probability of each of some options.
    pub fn probabilities(&self, options: &[Features]) -> Vec<f32> {
        let scores: Vec<f32> = options.iter().map(|option| self.score(option)).collect();
        softmax(&scores)
    }

    /// Moves the weights towards the options that are right (any of them will do).
    /// Nothing is learned where none or all of them are.
    pub fn learn(&mut self, options: &[Features], is_right: &[bool]) {
        let all = self.probabilities(options);
        let right: f32 = all.iter().zip(is_right).filter(|(_, right)| **right).map(|(p, _)| p).sum();
        if !is_right.contains(&true) || !is_right.contains(&false) {
            return;
        }
        for ((option, &p), &is_right) in options.iter().zip(&all).zip(is_right) {
            let target = if is_right { p / right.max(1e-9) } else { 0.0 };
            let gradient = target - p;
            if gradient.abs() < 1e-5 {
                continue;
            }
            for &feature in &option.sparse {
                self.sparse[(feature >> self.shift) as usize].learn(gradient, self.rate, self.decay);
            }
            for (row, numbers, sign) in &option.dense {
                for (&number, to) in numbers.iter().zip(&mut self.dense[*row]) {
                    let number = *sign as f32 * f32::from(number as i8) / DENSE_ONE;
                    to.learn(gradient * number, self.rate, self.decay);
                }
            }
        }
    }

    /// Keeps the weights as they are for the average that [`finish`](Self::finish) gives.
    pub fn snapshot(&mut self) {
        self.snapshots += 1;
        let all = self.dense.as_flattened_mut().iter_mut().chain(&mut self.sparse);
        all.for_each(|weight| weight.sum += weight.value);
    }

    /// The weights for [`Linear::open`]: the average of the snapshots, or the last ones where none was taken.
    pub fn finish(&self) -> Vec<u8> {
        let value = |weight: &Weight| match self.snapshots {
            0 => weight.value,
            count => weight.sum / count as f32,
        };
        let number = |weight: &Weight| (value(weight) * ONE as f32).round().clamp(-32767.0, 32767.0) as i16;
        let rows = (self.dense.len() as u32).to_le_bytes();
        let weights = self.dense.as_flattened().iter().chain(&self.sparse);
        rows.into_iter().chain(weights.flat_map(|weight| number(weight).to_le_bytes())).collect()
    }
}

/// Probabilities from log-odds.
pub fn softmax(scores: &[f32]) -> Vec<f32> {
    let greatest = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f32> = scores.iter().map(|score| libm::expf(score - greatest)).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_which_option_is_right() {
        let option = |feature: u64, number: i8| {
            let mut features = Features::default();
            features.sparse(crate::perceptron::feature(0, feature));
            features.dense(0, &[number as u8; WIDTH], 1);
            features
        };
        // The second is right by its feature, then the first by its numbers.
        let examples =
            [([option(1, 0), option(2, 0)], [false, true]), ([option(1, 9), option(1, -9)], [true, false])];
        let mut trainer = Trainer::new(8, 1, 0.1, 0.0);
        for _ in 0..50 {
            examples.iter().for_each(|(options, right)| trainer.learn(options, right));
        }
        let model = Linear::open(&trainer.finish()).unwrap();
        for (options, right) in examples {
            let sums = options.map(|option| {
                let mut score = model.score();
                option.sparse.iter().for_each(|&feature| score.sparse(feature));
                option.dense.iter().for_each(|(row, numbers, sign)| score.dense(*row, numbers, *sign));
                score.sum
            });
            assert_eq!(sums[0] > sums[1], right[0]);
        }
    }

    #[test]
    fn other_shapes_are_refused() {
        for bytes in [&[][..], &[0; 3], &[1, 0, 0, 0, 7], &[0, 0, 0, 0], &[255; 40]] {
            assert!(Linear::open(bytes).is_err(), "{bytes:?}");
        }
    }
}
