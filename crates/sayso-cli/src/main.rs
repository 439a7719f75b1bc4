//! The `sayso` command: reads news pages and shows who said what, on whose word.

mod chain;
mod changes;
mod cli;
mod demo;
mod diff;
mod doctor;
mod html;
mod ids;
#[cfg(test)]
mod marked;
mod otherwise;
mod output;
mod read;
mod talk;
mod terminal;
mod variants;
#[cfg(test)]
mod views_property_test;
#[cfg(test)]
mod views_test;
#[cfg(test)]
mod width_test;
mod whole;
mod wording;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use cli::{Cli, Command};

fn main() -> ExitCode {
    match run(&Cli::parse()) {
        Ok(outcome) => outcome.into(),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            talk::error(&error);
            Outcome::Failed.into()
        }
    }
}

/// Runs one command. An error is one of writing: of what was read, the outcome tells.
fn run(cli: &Cli) -> io::Result<Outcome> {
    match &cli.command {
        Command::Read(read) => read::run(read, cli.talk()),
        Command::Chain(chain) => chain::run(chain, cli.talk()),
        Command::Check(check) => chain::check(check, cli.talk()),
        Command::Variants(variants) => variants::run(variants, cli.talk()),
        Command::Diff(diff) => diff::run(diff, cli.talk()),
        Command::Demo(demo) => demo::run(demo, cli.talk()),
        Command::Doctor => doctor::run(),
        Command::Completions { shell } => completions(*shell),
        Command::Man { command } => man(command.as_deref()),
    }
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All inputs were read.
    Whole,
    /// None was.
    Failed,
    /// Some were.
    Partial,
    /// A policy is not met.
    Unmet,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Whole => 0,
            Outcome::Failed => 1,
            Outcome::Partial => 3,
            Outcome::Unmet => 4,
        })
    }
}

fn completions(shell: clap_complete::Shell) -> io::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "sayso", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Outcome::Whole)
}

fn man(command: Option<&str>) -> io::Result<Outcome> {
    let mut sayso = Cli::command();
    sayso.build();
    let command = command.and_then(|name| sayso.find_subcommand(name)).unwrap_or(&sayso);
    let name = command.get_display_name().unwrap_or("sayso").to_owned();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone().name(name)).render(&mut page)?;
    io::stdout().write_all(&page)?;
    Ok(Outcome::Whole)
}
