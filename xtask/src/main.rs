//! Trains, scores, measures and checks sayso.

mod bench;
mod ci;
mod corpus;
mod credit;
mod derive;
mod folds;
mod network;
mod newton;
mod people;
mod pictures;
mod score;
mod train;
mod treebank;
mod words;

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
    /// Measures against gold and writes SCORES.md. Needs the corpora and Python 3.
    Score {
        /// Compares with SCORES.md instead: fails where a figure fell by more than noise without a reason.
        #[arg(long)]
        check: bool,
        /// Measures stories alone and writes nothing.
        #[arg(long, conflicts_with = "check")]
        stories: bool,
    },
    /// Measures speed, memory and size, stage by stage.
    Bench {
        /// Keeps the table in SCORES.md.
        #[arg(long)]
        write: bool,
        /// Measures instead how fast so many constructed pages are put into stories, and in how much memory.
        #[arg(long, value_name = "PAGES", conflicts_with = "write", value_parser = clap::value_parser!(u32).range(1..))]
        stories: Option<u32>,
    },
    /// Runs all that must pass: formatting, lints, tests, scores, fuzzing.
    Ci,
    /// Makes the pictures of README from the demo.
    Pictures,
}

fn main() -> ExitCode {
    let Arguments { task, shared } = Arguments::parse();
    let done = match task {
        Task::Train { model } => train::train(&model, &shared),
        Task::Score { stories: true, .. } => score::stories(&shared),
        Task::Score { check, .. } => score::score(&shared, check),
        Task::Bench { write, stories } => bench::bench(&shared, write, stories.map(|pages| pages as usize)),
        Task::Ci => ci::ci(&shared),
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
