//! A small network on integers: the same input gives the same output on every processor.
//!
//! Activations are 16-bit fixed-point numbers with [`FRACTION`] fractional bits, kept within ±[`LIMIT`];
//! weights are 16-bit within ±[`WEIGHT_LIMIT`], with a shift of their own per matrix. A matrix whose sums could
//! overflow 32 bits is refused, so the order of additions does not matter and vector and scalar code agree to the
//! last bit.

/// Fractional bits of an activation: 256 stands for 1.0.
pub const FRACTION: u32 = 8;
/// Largest magnitude of an activation.
pub const LIMIT: i32 = 4095;
/// Largest magnitude of a weight.
pub const WEIGHT_LIMIT: i16 = 1023;

/// Rows of zeros kept on both sides of [`Rows`], so that a convolution may look past the ends.
const MARGIN: usize = 8;
/// Outputs computed at once; the widths of rows are rounded up to it.
const LANES: usize = 8;

/// A sequence of activation vectors of one width.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    width: usize,
    len: usize,
    data: Vec<i16>,
}

impl Rows {
    /// `len` rows of `width` zeros. Widths are rounded up to a multiple of eight.
    pub fn new(len: usize, width: usize) -> Rows {
        let mut rows = Rows::default();
        rows.reset(len, width);
        rows
    }

    /// Makes room for `len` rows of `width`, keeping the memory. The margins are zeros, the rows anything.
    fn reset(&mut self, len: usize, width: usize) {
        self.width = width.next_multiple_of(LANES);
        self.len = len;
        self.data.resize((len + 2 * MARGIN) * self.width, 0);
        let margin = MARGIN * self.width;
        self.data[..margin].fill(0);
        self.data[margin + len * self.width..].fill(0);
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Row `at`.
    pub fn row(&self, at: usize) -> &[i16] {
        let start = (at + MARGIN) * self.width;
        &self.data[start..start + self.width]
    }

    /// Row `at`, to write.
    pub fn row_mut(&mut self, at: usize) -> &mut [i16] {
        let start = (at + MARGIN) * self.width;
        &mut self.data[start..start + self.width]
    }

    /// Adds `other`, row by row, within the limits.
    pub fn add(&mut self, other: &Rows) {
        for (to, from) in self.data.iter_mut().zip(&other.data) {
            *to = (*to + *from).clamp(-LIMIT as i16, LIMIT as i16);
        }
    }
}

/// What follows a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// Nothing.
    Linear,
    /// Negative values become zero.
    Relu,
}

/// A matrix with a bias, laid out for use.
#[derive(Clone, Debug)]
pub struct Layer {
    inputs: usize,
    outputs: usize,
    /// Fractional bits of the weights.
    shift: u32,
    bias: Vec<i32>,
    /// `[output group][input pair][output in group][input in pair]`
    weights: Vec<i16>,
}

impl Layer {
    /// From weights `[input][output]` with `shift` fractional bits, and a bias with [`FRACTION`] + `shift`.
    ///
    /// `None` where the shapes disagree, a weight is out of bounds or the sum could overflow.
    pub fn new(inputs: usize, weights: &[i16], bias: &[i32], shift: u32) -> Option<Layer> {
        let outputs = bias.len();
        let fits = inputs > 0
            && weights.len() == inputs * outputs
            && (1..=16).contains(&shift)
            && weights.iter().all(|w| (-WEIGHT_LIMIT..=WEIGHT_LIMIT).contains(w))
            && bias.iter().enumerate().all(|(output, bias)| {
                let weights = weights.iter().skip(output).step_by(outputs);
                let largest: i64 = weights.map(|w| i64::from(w.unsigned_abs()) * i64::from(LIMIT)).sum();
                largest + i64::from(bias.unsigned_abs()) + (1 << shift) <= i64::from(i32::MAX)
            });
        if !fits {
            return None;
        }
        let (pairs, groups) = (inputs.next_multiple_of(LANES) / 2, outputs.div_ceil(LANES));
        let mut packed = vec![0; groups * pairs * LANES * 2];
        for input in 0..inputs {
            for output in 0..outputs {
                let at = ((output / LANES * pairs + input / 2) * LANES + output % LANES) * 2 + input % 2;
                packed[at] = weights[input * outputs + output];
            }
        }
        let mut padded = bias.to_vec();
        padded.resize(groups * LANES, 0);
        Some(Layer { inputs, outputs, shift, bias: padded, weights: packed })
    }

    /// Width of the output.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Applies the matrix to each row of `input`.
    pub fn apply(&self, input: &Rows, activation: Activation, output: &mut Rows) {
        self.convolve(input, &[0], activation, output);
    }

    /// A convolution over three rows, `dilation` apart (at most 8): the matrix applies to
    /// row `t - dilation`, `t` and `t + dilation`, one after the other; rows past the ends are zeros.
    pub fn apply_dilated(&self, input: &Rows, dilation: usize, activation: Activation, output: &mut Rows) {
        let dilation = dilation.min(MARGIN) as isize;
        self.convolve(input, &[-dilation, 0, dilation], activation, output);
    }

    fn convolve(&self, input: &Rows, taps: &[isize], activation: Activation, output: &mut Rows) {
        assert_eq!(self.inputs.next_multiple_of(LANES), input.width * taps.len(), "width of the input");
        output.reset(input.len, self.outputs);
        let job = Job { layer: self, input, taps, activation };
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2.
            unsafe { avx2::run(&job, output) };
            return;
        }
        job.run(output);
    }
}

/// One application of a layer.
struct Job<'a> {
    layer: &'a Layer,
    input: &'a Rows,
    taps: &'a [isize],
    activation: Activation,
}

impl Job<'_> {
    /// The scalar path, in the same integers as the vector path.
    fn run(&self, output: &mut Rows) {
        for at in 0..self.input.len {
            for group in 0..self.layer.bias.len() / LANES {
                let mut sums = [0i32; LANES];
                let mut weights = self.group(group).chunks_exact(2 * LANES);
                for &tap in self.taps {
                    for (pair, weights) in self.tap(at, tap).chunks_exact(2).zip(&mut weights) {
                        for (sum, weight) in sums.iter_mut().zip(weights.chunks_exact(2)) {
                            *sum += i32::from(pair[0]) * i32::from(weight[0])
                                + i32::from(pair[1]) * i32::from(weight[1]);
                        }
                    }
                }
                self.finish(at, group, &sums, output);
            }
        }
    }

    /// The packed weights of one group of outputs.
    fn group(&self, group: usize) -> &[i16] {
        let size = self.layer.inputs.next_multiple_of(LANES) * LANES;
        &self.layer.weights[group * size..(group + 1) * size]
    }

    /// The row that a tap sees; the margin holds zeros.
    fn tap(&self, at: usize, tap: isize) -> &[i16] {
        let start = ((at + MARGIN) as isize + tap) as usize * self.input.width;
        &self.input.data[start..start + self.input.width]
    }

    /// Bias, rounding, activation and limits.
    fn finish(&self, at: usize, group: usize, sums: &[i32; LANES], output: &mut Rows) {
        let shift = self.layer.shift;
        let bias = &self.layer.bias[group * LANES..][..LANES];
        for ((to, sum), bias) in output.row_mut(at)[group * LANES..].iter_mut().zip(sums).zip(bias) {
            let value = (sum + bias + (1 << (shift - 1))) >> shift;
            *to = value.clamp(self.least(), LIMIT) as i16;
        }
    }

    /// The least value that the activation lets through.
    fn least(&self) -> i32 {
        if self.activation == Activation::Relu { 0 } else { -LIMIT }
    }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::*;

    use super::{Job, LANES, LIMIT, Rows};

    /// Rows and groups of outputs held in registers at once: eight sums, two weights, one input and what is added. More
    /// would not fit the sixteen registers.
    const ROWS: usize = 4;
    const GROUPS: usize = 2;

    #[target_feature(enable = "avx2")]
    pub(super) fn run(job: &Job, output: &mut Rows) {
        let groups = job.layer.bias.len() / LANES;
        let mut group = 0;
        while group < groups {
            match groups - group {
                1 => columns::<1>(job, group, output),
                _ => columns::<GROUPS>(job, group, output),
            }
            group += GROUPS;
        }
    }

    #[target_feature(enable = "avx2")]
    fn columns<const G: usize>(job: &Job, group: usize, output: &mut Rows) {
        let mut at = 0;
        while at + ROWS <= job.input.len {
            tile::<ROWS, G>(job, at, group, output);
            at += ROWS;
        }
        while at < job.input.len {
            tile::<1, G>(job, at, group, output);
            at += 1;
        }
    }

    /// `R` rows by `G` groups of outputs.
    // Plain loops: a closure would be compiled without the feature, and not inlined.
    #[allow(clippy::needless_range_loop)]
    #[target_feature(enable = "avx2")]
    fn tile<const R: usize, const G: usize>(job: &Job, at: usize, group: usize, output: &mut Rows) {
        let mut sums = [[_mm256_setzero_si256(); G]; R];
        let pairs = job.input.width / 2;
        let mut weights: [&[i16]; G] = [&[]; G];
        for g in 0..G {
            weights[g] = job.group(group + g);
        }
        let mut first = 0;
        for &tap in job.taps {
            let mut rows: [&[i16]; R] = [&[]; R];
            for r in 0..R {
                rows[r] = job.tap(at + r, tap);
                // The loads below stay within these slices.
                assert!(rows[r].len() >= pairs * 2);
            }
            for g in 0..G {
                assert!(weights[g].len() >= (first + pairs) * 2 * LANES);
            }
            for pair in 0..pairs {
                let mut weight = [_mm256_setzero_si256(); G];
                for g in 0..G {
                    // SAFETY: each group holds `(first + pairs) * 2 * LANES` numbers and more.
                    weight[g] = unsafe {
                        _mm256_loadu_si256(weights[g].as_ptr().add((first + pair) * 2 * LANES).cast())
                    };
                }
                for r in 0..R {
                    // SAFETY: `pair < pairs`, and each row holds `2 * pairs` numbers.
                    let both = unsafe { rows[r].as_ptr().add(2 * pair).cast::<i32>().read_unaligned() };
                    let input = _mm256_set1_epi32(both);
                    for g in 0..G {
                        sums[r][g] = _mm256_add_epi32(sums[r][g], _mm256_madd_epi16(input, weight[g]));
                    }
                }
            }
            first += pairs;
        }
        for r in 0..R {
            for g in 0..G {
                finish(job, at + r, group + g, sums[r][g], output);
            }
        }
    }

    /// The same as [`Job::finish`].
    #[target_feature(enable = "avx2")]
    fn finish(job: &Job, at: usize, group: usize, sums: __m256i, output: &mut Rows) {
        let shift = job.layer.shift;
        let bias = &job.layer.bias[group * LANES..][..LANES];
        let to = &mut output.row_mut(at)[group * LANES..][..LANES];
        // SAFETY: `bias` is eight numbers of 32 bits.
        let bias = unsafe { _mm256_loadu_si256(bias.as_ptr().cast()) };
        let sums = _mm256_add_epi32(_mm256_add_epi32(sums, bias), _mm256_set1_epi32(1 << (shift - 1)));
        let values = _mm256_sra_epi32(sums, _mm_cvtsi32_si128(shift as i32));
        let values = _mm256_max_epi32(values, _mm256_set1_epi32(job.least()));
        let values = _mm256_min_epi32(values, _mm256_set1_epi32(LIMIT));
        let packed = _mm_packs_epi32(_mm256_castsi256_si128(values), _mm256_extracti128_si256::<1>(values));
        // SAFETY: `to` is eight numbers of 16 bits.
        unsafe { _mm_storeu_si128(to.as_mut_ptr().cast(), packed) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cheap sequence of numbers within ±bound.
    fn numbers(seed: u32, len: usize, bound: i32) -> Vec<i16> {
        let mut state = seed;
        let next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((state >> 8) as i32 % (2 * bound + 1) - bound) as i16
        };
        std::iter::repeat_with(next).take(len).collect()
    }

    fn rows(seed: u32, len: usize, width: usize) -> Rows {
        let mut rows = Rows::new(len, width);
        for at in 0..len {
            let from = numbers(seed + at as u32, width, LIMIT);
            rows.row_mut(at)[..width].copy_from_slice(&from);
        }
        rows
    }

    #[test]
    fn vector_and_scalar_paths_agree_at_the_limits() {
        for (len, width, outputs) in [(1, 8, 1), (5, 96, 24), (9, 64, 6), (4, 168, 17)] {
            let inputs = width * 3;
            let weights = numbers(7, inputs * outputs, i32::from(WEIGHT_LIMIT));
            let bias: Vec<i32> = numbers(9, outputs, 30_000).into_iter().map(i32::from).collect();
            let layer = Layer::new(inputs, &weights, &bias, 9).unwrap();
            let input = rows(3, len, width);
            let mut fast = Rows::default();
            layer.apply_dilated(&input, 2, Activation::Linear, &mut fast);
            let mut slow = Rows::new(len, outputs);
            Job { layer: &layer, input: &input, taps: &[-2, 0, 2], activation: Activation::Linear }
                .run(&mut slow);
            assert_eq!(fast.data, slow.data);
        }
    }

    #[test]
    fn a_matrix_multiplies() {
        let layer = Layer::new(2, &[256, 0, 0, 512], &[0, 1 << 16], 8).unwrap();
        let mut input = Rows::new(1, 2);
        input.row_mut(0)[..2].copy_from_slice(&[256, -256]);
        let mut output = Rows::default();
        layer.apply(&input, Activation::Linear, &mut output);
        assert_eq!(output.row(0)[..2], [256, -256]);
        layer.apply(&input, Activation::Relu, &mut output);
        assert_eq!(output.row(0)[..2], [256, 0]);
    }

    #[test]
    fn what_could_overflow_is_refused() {
        assert!(Layer::new(600, &[1023; 600], &[0], 8).is_none());
        assert!(Layer::new(1, &[1024], &[0], 8).is_none());
        assert!(Layer::new(2, &[1], &[0], 8).is_none());
    }
}
