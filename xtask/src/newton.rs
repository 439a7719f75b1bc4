//! Log-linear choices, fitted by Newton's method.

/// A choice between candidates, of which one is right; none of them is the candidate 0.
pub(crate) struct Lesson {
    /// The signs of each.
    pub(crate) candidates: Vec<Vec<f64>>,
    pub(crate) right: usize,
    pub(crate) weight: f64,
}

/// The weights of so many signs that lessons teach: a log-linear model of the choice with a Gaussian prior.
pub(crate) fn fit(lessons: &[&Lesson], signs: usize) -> Vec<f64> {
    let mut weights = vec![0.0; signs];
    for _ in 0..STEPS {
        let (slope, mut curve) = slope(lessons, &weights);
        let step = solve(&mut curve, slope);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight += step);
    }
    weights
}

/// The slope of the log-likelihood, and how it curves down.
fn slope(lessons: &[&Lesson], weights: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let number = weights.len();
    let (mut slope, mut curve) = (vec![0.0; number], vec![vec![0.0; number]; number]);
    for Lesson { candidates, right, weight } in lessons {
        let odds =
            |signs: &Vec<f64>| weights.iter().zip(signs).map(|(weight, sign)| weight * sign).sum::<f64>();
        let odds: Vec<f64> = candidates.iter().map(odds).collect();
        let most = odds.iter().copied().fold(0.0, f64::max);
        let all = (-most).exp() + odds.iter().map(|odds| (odds - most).exp()).sum::<f64>();
        let mut mean = vec![0.0; number];
        for (place, (signs, odds)) in candidates.iter().zip(odds).enumerate() {
            let share = (odds - most).exp() / all;
            let is_right = f64::from(u8::from(place + 1 == *right));
            for at in (0..number).filter(|&at| signs[at] != 0.0) {
                mean[at] += share * signs[at];
                slope[at] += weight * (is_right - share) * signs[at];
                (0..=at).for_each(|other| curve[at][other] += weight * share * signs[at] * signs[other]);
            }
        }
        for at in (0..number).filter(|&at| mean[at] != 0.0) {
            (0..=at).for_each(|other| curve[at][other] -= weight * mean[at] * mean[other]);
        }
    }
    let prior = PRIOR * lessons.iter().map(|lesson| lesson.weight).sum::<f64>();
    for at in 0..number {
        // Whether anything is right at all is free; a hair keeps the matrix definite.
        let prior = if at == 0 { 1e-6 } else { prior };
        slope[at] -= prior * weights[at];
        curve[at][at] += prior;
    }
    (slope, curve)
}

/// Solves a system whose symmetric matrix is given below its diagonal, by Cholesky's method.
fn solve(matrix: &mut [Vec<f64>], mut right: Vec<f64>) -> Vec<f64> {
    let number = right.len();
    for at in 0..number {
        for before in 0..=at {
            let known: f64 = (0..before).map(|step| matrix[at][step] * matrix[before][step]).sum();
            let rest = matrix[at][before] - known;
            matrix[at][before] =
                if before == at { rest.max(f64::MIN_POSITIVE).sqrt() } else { rest / matrix[before][before] };
        }
    }
    for at in 0..number {
        let known: f64 = (0..at).map(|step| matrix[at][step] * right[step]).sum();
        right[at] = (right[at] - known) / matrix[at][at];
    }
    for at in (0..number).rev() {
        let known: f64 = (at + 1..number).map(|step| matrix[step][at] * right[step]).sum();
        right[at] = (right[at] - known) / matrix[at][at];
    }
    right
}

/// The prior of each weight, for each lesson.
const PRIOR: f64 = 0.004;
/// Newton's steps: some ten are enough.
const STEPS: usize = 12;
