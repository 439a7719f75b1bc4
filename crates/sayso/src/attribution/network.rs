//! The network: a trunk over a run of tokens that scores cues, and a stack that, for one cue, scores the tokens
//! of its source and its content. Dilated convolutions (Strubell et al. 2017) on the integers of
//! [`sayso_model::network`]; trained by `cargo xtask train network`.

use std::{ops::Range, sync::LazyLock};

use sayso_model::{
    format::{Error, Model},
    network::{Activation, FRACTION, Layer, Rows},
};

use super::{
    decode::{Cue, CueScores, RoleScores},
    feature::{Feature, Gate},
};
use crate::text::vector::Vectors;

/// Distance between the three rows of each convolution of the trunk.
const TRUNK: [usize; 4] = [1, 2, 4, 1];
/// The same for the stack.
const STACK: [usize; 5] = [1, 2, 4, 8, 1];
/// Feature tables, in the order of [`Feature::rows`].
const TABLES: [&str; 7] = ["word", "suffix", "prefix", "shape", "marks", "gate", "tag"];

/// The network that is built in.
pub(super) fn builtin() -> &'static Network {
    static NETWORK: LazyLock<Network> = LazyLock::new(|| {
        Network::open(sayso_data::NETWORK_MODEL, sayso_data::WORD_VECTORS)
            .expect("the models that are built in are whole")
    });
    &NETWORK
}

/// The weights.
#[derive(Debug)]
pub struct Network {
    vectors: Vectors,
    cue_words: CueWords,
    tables: Vec<Table>,
    /// Stands for a word without a vector.
    unknown: Vec<i16>,
    input: Layer,
    trunk: Vec<(Layer, Layer)>,
    cue: Layer,
    project: Layer,
    context: Layer,
    distance: Table,
    other_cue: Table,
    stack: Vec<Layer>,
    roles: Layer,
    valid: Layer,
}

/// What the trunk knows of a run of tokens.
#[derive(Debug)]
pub(super) struct Trunk {
    /// Scores of each token as part of a cue.
    pub(super) cues: Vec<CueScores>,
    hidden: Rows,
    projected: Rows,
}

/// What the stack says of one cue.
#[derive(Debug, Default)]
pub(super) struct Roles {
    /// Scores of each token of the window as part of the source.
    pub(super) source: Vec<RoleScores>,
    /// The same for the content.
    pub(super) content: Vec<RoleScores>,
    /// Log-odds, in 256ths, that this is a cue at all.
    pub(super) valid: i32,
}

impl Network {
    /// From the network's and the vectors' model files.
    pub fn open(network: &'static [u8], vectors: &'static [u8]) -> Result<Network, Error> {
        let model = Model::open(network)?;
        let layer = |name: &str| layer(&model, name);
        let pairs = |i: usize| Ok((layer(&format!("t{i}"))?, layer(&format!("u{i}"))?));
        Ok(Network {
            vectors: Vectors::open(vectors)?,
            cue_words: CueWords::open(&model)?,
            tables: TABLES.iter().map(|name| table(&model, name)).collect::<Result<_, Error>>()?,
            unknown: numbers(model.section("unknown")?),
            input: layer("input")?,
            trunk: (0..TRUNK.len()).map(pairs).collect::<Result<_, Error>>()?,
            cue: layer("cue")?,
            project: layer("project")?,
            context: layer("context")?,
            distance: table(&model, "distance")?,
            other_cue: table(&model, "other")?,
            stack: (0..STACK.len()).map(|i| layer(&format!("s{i}"))).collect::<Result<_, Error>>()?,
            roles: layer("roles")?,
            valid: layer("valid")?,
        })
    }

    /// How often a word is part of a cue: 0 hardly ever, 7 nearly always.
    pub(super) fn gate(&self, word: &str) -> u8 {
        self.step(sayso_model::hash(b"w", &word.to_lowercase()))
    }

    /// Runs the trunk.
    pub(super) fn trunk(&self, features: &[Feature]) -> Trunk {
        let mut hidden = Rows::default();
        self.input.apply(&self.embed(features), Activation::Relu, &mut hidden);
        let (mut inner, mut outer) = (Rows::default(), Rows::default());
        for ((convolution, mix), dilation) in self.trunk.iter().zip(TRUNK) {
            convolution.apply_dilated(&hidden, dilation, Activation::Relu, &mut inner);
            mix.apply(&inner, Activation::Linear, &mut outer);
            hidden.add(&outer);
        }
        let mut scores = Rows::default();
        self.cue.apply(&hidden, Activation::Linear, &mut scores);
        let cues =
            (0..scores.len()).map(|at| [scores.row(at)[0], scores.row(at)[1], scores.row(at)[2]]).collect();
        let mut projected = Rows::default();
        self.project.apply(&hidden, Activation::Linear, &mut projected);
        Trunk { cues, hidden, projected }
    }

    /// Runs the stack for one of `cues` over the tokens of `window`, which holds it.
    pub(super) fn stack(&self, trunk: &Trunk, cues: &[Cue], cue: &Cue, window: Range<usize>) -> Roles {
        let context = self.cue_context(trunk, &cue.tokens);
        let width = self.project.outputs();
        let mut state = Rows::new(window.len(), width);
        let others = places_of_cues(cues, &window);
        for (at, (token, other)) in window.clone().zip(others).enumerate() {
            let parts = [
                trunk.projected.row(token),
                &context,
                self.distance.row(distance(token, &cue.tokens)),
                self.other_cue.row(other),
            ];
            for (i, value) in state.row_mut(at).iter_mut().enumerate() {
                let sum: i32 = parts.iter().map(|part| i32::from(part[i])).sum();
                *value = sum.clamp(0, sayso_model::network::LIMIT) as i16;
            }
        }
        let mut inner = Rows::default();
        for (layer, dilation) in self.stack.iter().zip(STACK) {
            layer.apply_dilated(&state, dilation, Activation::Relu, &mut inner);
            state.add(&inner);
        }
        let mut scores = Rows::default();
        self.roles.apply(&state, Activation::Linear, &mut scores);
        let role = |first: usize| {
            let scores = &scores;
            (0..scores.len()).map(move |at| std::array::from_fn(|i| scores.row(at)[first + i])).collect()
        };
        Roles {
            source: role(0),
            content: role(3),
            valid: self.validity(&state, cue.tokens.start - window.start),
        }
    }

    fn embed(&self, features: &[Feature]) -> Rows {
        let width = self.unknown.len() + self.tables.iter().map(|table| table.width).sum::<usize>();
        let mut rows = Rows::new(features.len(), width);
        for (at, feature) in features.iter().enumerate() {
            let row = rows.row_mut(at);
            let (vector, mut rest) = row.split_at_mut(self.unknown.len());
            match self.vectors.row(feature.key) {
                // A vector's unit is a 64th.
                Some(found) => vector
                    .iter_mut()
                    .zip(found)
                    .for_each(|(to, &from)| *to = i16::from(from as i8) << (FRACTION - 6)),
                None => vector.copy_from_slice(&self.unknown),
            }
            for (table, &index) in self.tables.iter().zip(&feature.rows) {
                let (part, next) = rest.split_at_mut(table.width);
                part.copy_from_slice(table.row(index.into()));
                rest = next;
            }
        }
        rows
    }

    /// First, last and mean row of the cue, projected.
    fn cue_context(&self, trunk: &Trunk, cue: &Range<usize>) -> Vec<i16> {
        let width = trunk.hidden.row(cue.start).len();
        let mut rows = Rows::new(1, 3 * width);
        let (first, rest) = rows.row_mut(0).split_at_mut(width);
        let (last, mean) = rest.split_at_mut(width);
        first.copy_from_slice(trunk.hidden.row(cue.start));
        last.copy_from_slice(trunk.hidden.row(cue.end - 1));
        for (i, value) in mean.iter_mut().enumerate() {
            let sum: i32 = cue.clone().map(|at| i32::from(trunk.hidden.row(at)[i])).sum();
            *value = sum.div_euclid(cue.len() as i32) as i16;
        }
        let mut context = Rows::default();
        self.context.apply(&rows, Activation::Linear, &mut context);
        context.row(0).to_vec()
    }

    /// From the row of the cue and the greatest values of all rows.
    fn validity(&self, state: &Rows, cue: usize) -> i32 {
        let width = self.project.outputs();
        let mut rows = Rows::new(1, 2 * width);
        let (at_cue, greatest) = rows.row_mut(0).split_at_mut(width);
        at_cue.copy_from_slice(state.row(cue));
        for at in 0..state.len() {
            greatest.iter_mut().zip(state.row(at)).for_each(|(to, &from)| *to = (*to).max(from));
        }
        let mut score = Rows::default();
        self.valid.apply(&rows, Activation::Linear, &mut score);
        score.row(0)[0].into()
    }
}

impl Gate for Network {
    fn step(&self, key: u32) -> u8 {
        self.cue_words.keys.binary_search(&key).map_or(0, |at| self.cue_words.steps[at])
    }
}

/// 0 outside, 1 at the first token of any cue, 2 at its other tokens.
fn places_of_cues(cues: &[Cue], window: &Range<usize>) -> Vec<usize> {
    let mut places = vec![0; window.len()];
    for token in cues
        .iter()
        .flat_map(|cue| cue.tokens.clone().map(|at| (at, if at == cue.tokens.start { 1 } else { 2 })))
    {
        if window.contains(&token.0) {
            places[token.0 - window.start] = token.1;
        }
    }
    places
}

/// Which row of the distance table: 0 in the cue, 1 to 19 before it, 20 to 39 after it; exact up to 7 tokens,
/// then three steps for every doubling.
fn distance(token: usize, cue: &Range<usize>) -> usize {
    const STEPS: [usize; 12] = [8, 11, 13, 16, 21, 26, 32, 41, 51, 64, 81, 102];
    let bucket = |far: usize| if far < 8 { far } else { 7 + STEPS.partition_point(|&step| step <= far) };
    if token < cue.start {
        bucket(cue.start - token)
    } else if token >= cue.end {
        20 + bucket(token + 1 - cue.end)
    } else {
        0
    }
}

/// Rows of numbers, looked up by index.
#[derive(Debug)]
struct Table {
    width: usize,
    data: Vec<i16>,
}

impl Table {
    /// Row `index`; past the end, the last one.
    fn row(&self, index: usize) -> &[i16] {
        let start = (index * self.width).min(self.data.len() - self.width);
        &self.data[start..start + self.width]
    }
}

/// Words that are part of cues in the training texts: hashes in ascending order, and how often (1 to 7).
#[derive(Debug)]
struct CueWords {
    keys: Vec<u32>,
    steps: &'static [u8],
}

impl CueWords {
    fn open(model: &Model<'static>) -> Result<CueWords, Error> {
        let (keys, _) = model.section("cuekeys")?.as_chunks();
        let keys: Vec<u32> = keys.iter().map(|&bytes| u32::from_le_bytes(bytes)).collect();
        let steps = model.section("cuesteps")?;
        (keys.len() == steps.len()).then_some(CueWords { keys, steps }).ok_or(Error::Shape)
    }
}

/// Section `name`: inputs, outputs and shift (u32 each), biases (i32), weights `[input][output]` (i16).
fn layer(model: &Model, name: &str) -> Result<Layer, Error> {
    let (head, rest) = model.section(name)?.split_at_checked(12).ok_or(Error::Shape)?;
    let (head, _) = head.as_chunks::<4>();
    let [inputs, outputs, shift] = [0, 1, 2].map(|at| u32::from_le_bytes(head[at]));
    let (bias, weights) = rest.split_at_checked(4 * outputs as usize).ok_or(Error::Shape)?;
    let bias: Vec<i32> = bias.as_chunks().0.iter().map(|&bytes| i32::from_le_bytes(bytes)).collect();
    Layer::new(inputs as usize, &numbers(weights), &bias, shift).ok_or(Error::Shape)
}

/// Section `name`: width (u32), then rows (i16).
fn table(model: &Model, name: &str) -> Result<Table, Error> {
    let (width, data) = model.section(name)?.split_first_chunk().ok_or(Error::Shape)?;
    let table = Table { width: u32::from_le_bytes(*width) as usize, data: numbers(data) };
    (table.width > 0 && table.data.len() >= table.width).then_some(table).ok_or(Error::Shape)
}

fn numbers(bytes: &[u8]) -> Vec<i16> {
    bytes.as_chunks().0.iter().map(|&pair| i16::from_le_bytes(pair)).collect()
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances_fall_into_ever_wider_steps() {
        let cue = 200..202;
        assert_eq!(
            [200, 201, 199, 193, 192, 202, 209, 210].map(|token| distance(token, &cue)),
            [0, 0, 1, 7, 8, 21, 28, 28]
        );
        assert_eq!([0, 97, 98, 400].map(|token| distance(token, &cue)), [19, 19, 19, 39]);
    }
}
