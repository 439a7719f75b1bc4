//! The two learners of sayso: a hashed averaged perceptron and a small integer network.

pub mod format;
pub mod network;
pub mod perceptron;
