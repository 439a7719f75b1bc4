//! The learners of sayso: a hashed averaged perceptron, a log-linear chooser and a small integer network.

pub mod format;
mod hash;
pub mod linear;
pub mod network;
pub mod perceptron;

pub use hash::hash;
