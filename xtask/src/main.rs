//! Trains, scores, measures and checks sayso.

fn main() {}
