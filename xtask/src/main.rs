//! Trains, scores, measures and checks sayso.

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
    /// Measures sentences, tags and their speed on texts that no model was trained on.
    ScoreText,
    /// Makes the pictures of README from the demo.
    Pictures,
}

fn main() -> ExitCode {
    let Arguments { task, shared } = Arguments::parse();
    let done = match task {
        Task::Train { model } => train::train(&model, &shared),
        Task::ScoreText => score::text(&shared),
        Task::Pictures => pictures::pictures(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
