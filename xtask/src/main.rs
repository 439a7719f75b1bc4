//! Trains, scores, measures and checks sayso.

mod corpus;
mod network;
mod pictures;
mod score;
mod train;
mod treebank;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

/// Trains, scores, measures and checks sayso.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
    /// Where the corpora are.
    #[arg(long, global = true, default_value = "../shared")]
    shared: PathBuf,
}

#[derive(Subcommand)]
enum Task {
    /// Trains a model and writes it where it belongs.
    Train {
        /// Which.
        #[command(subcommand)]
        model: train::Target,
    },
    /// Makes the pictures of README from the demo.
    Pictures,
    /// Measures against gold and writes SCORES.md. Needs the corpora and Python 3.
    Score {
        /// Compares with SCORES.md instead: fails where a figure fell by more than noise without a reason.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let Arguments { task, shared } = Arguments::parse();
    let done = match task {
        Task::Train { model } => train::train(&model, &shared),
        Task::Pictures => pictures::pictures(),
        Task::Score { check } => score::score(&shared, check),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
