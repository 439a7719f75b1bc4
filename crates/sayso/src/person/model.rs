//! What decides, where words leave it open: whether a name or noun is a person's, and whom a mention stands for.

use std::sync::LazyLock;

use sayso_model::{
    format::{Error, Model as File},
    linear::{Linear, Score, Sink},
};

use crate::{Probability, Span};

/// One of those that a mention may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Somebody of before, by the number that [`Judge::settle`] gave.
    Known(usize),
    /// Somebody new.
    New,
    /// Nobody: `they` of things, `you` of anybody.
    Nobody,
}

/// Answers the open questions of reading people. The models do; so does gold, in training.
pub trait Judge {
    /// Where the features of one option go.
    type Sink: Sink;

    /// The log-odds, in 256ths, that what stands at `spans` (all of one name; one noun) is a person's.
    fn person(&mut self, kind: Question, spans: &[Span], features: impl FnOnce(&mut Self::Sink)) -> i32;

    /// Which of the options the mention with this head stands for, and the probability of each. Features are written by option.
    fn choose(
        &mut self,
        head: Span,
        options: &[Choice],
        features: impl FnMut(usize, &mut Self::Sink),
    ) -> (usize, Vec<f32>);

    /// Which of [`Function::ALL`] the mention with this head has. Features are written by option.
    fn function(&mut self, head: Span, options: usize, features: impl FnMut(usize, &mut Self::Sink))
    -> usize;

    /// Says for whom a mention was taken in the end, by number.
    fn settle(&mut self, _head: Span, _known: usize) {}

    /// Says that a number stands for somebody whose names end at these tokens.
    fn introduce(&mut self, _known: usize, _names: &[Span]) {}
}

/// What is asked of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether a capitalised name is a person's.
    Name,
    /// Whether a noun speaks of people.
    Noun,
}

/// The weights.
#[derive(Debug)]
pub struct Model {
    person: Linear,
    function: Linear,
    link: Linear,
}

impl Model {
    /// Opens a model file.
    pub fn open(bytes: &[u8]) -> Result<Model, Error> {
        let file = File::open(bytes)?;
        let linear = |name: &str| Linear::open(file.section(name)?);
        Ok(Model { person: linear("person")?, function: linear("function")?, link: linear("link")? })
    }

    /// The one that is built in.
    pub fn builtin() -> &'static Model {
        static MODEL: LazyLock<Model> = LazyLock::new(|| {
            Model::open(sayso_data::PEOPLE_MODEL).expect("the models that are built in are whole")
        });
        &MODEL
    }
}

/// The models as judge.
#[derive(Clone, Copy, Debug)]
pub struct Trained<'m>(pub &'m Model);

impl<'m> Judge for Trained<'m> {
    type Sink = Score<'m>;

    fn person(&mut self, kind: Question, _: &[Span], features: impl FnOnce(&mut Score<'m>)) -> i32 {
        let mut score = self.0.person.score();
        features(&mut score);
        score.sum
            + match kind {
                Question::Name => NAME,
                Question::Noun => NOUN,
            }
    }

    fn choose(
        &mut self,
        _: Span,
        options: &[Choice],
        mut features: impl FnMut(usize, &mut Score<'m>),
    ) -> (usize, Vec<f32>) {
        let mut scores = Vec::with_capacity(options.len());
        for (option, choice) in options.iter().enumerate() {
            let mut score = self.0.link.score();
            features(option, &mut score);
            if *choice == Choice::Nobody {
                score.sum -= NOBODY;
            }
            scores.push(score.sum as f32 / sayso_model::linear::ONE as f32);
        }
        let mut best = 0;
        (1..scores.len()).for_each(|at| best = if scores[at] > scores[best] { at } else { best });
        (best, sayso_model::linear::softmax(&scores))
    }

    fn function(
        &mut self,
        _: Span,
        options: usize,
        mut features: impl FnMut(usize, &mut Score<'m>),
    ) -> usize {
        let mut best = (i32::MIN, 0);
        for option in 0..options {
            let mut score = self.0.function.score();
            features(option, &mut score);
            best = if score.sum > best.0 { (score.sum, option) } else { best };
        }
        best.1
    }
}

/// Added to the log-odds of names and of nouns: who is not found is found by no statement, and who is no person is
/// seldom taken for one by the links.
const NAME: i32 = 512;
const NOUN: i32 = 256;
/// Taken off the log-odds of nobody: of `they` in talk the training knows more nobodies than there are.
const NOBODY: i32 = 256;

/// A share as a probability.
pub(super) fn probability(share: f32) -> Probability {
    Probability::from_thousandths((share * 1000.0).round() as u16)
}
