//! The two learners of sayso: a hashed averaged perceptron and a small integer network.

pub mod format;
mod hash;
pub mod network;
pub mod perceptron;

pub use hash::hash;
