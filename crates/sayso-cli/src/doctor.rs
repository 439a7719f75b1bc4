//! `sayso doctor`: versions, models, and what works here.

use std::io::{self, IsTerminal, Write, stdin};
use std::thread::available_parallelism;

use crate::Outcome;

/// The models that are inside the program.
const MODELS: [(&str, &[u8]); 5] = [
    ("text.bin", sayso_data::TEXT_MODEL),
    ("network.bin", sayso_data::NETWORK_MODEL),
    ("people.bin", sayso_data::PEOPLE_MODEL),
    ("vectors.bin", sayso_data::WORD_VECTORS),
    ("words.bin", sayso_data::WORD_SHARES),
];

pub(crate) fn run() -> io::Result<Outcome> {
    let mut out = io::stdout().lock();
    let cores = available_parallelism().map_or_else(|error| error.to_string(), |cores| cores.to_string());
    writeln!(out, "sayso      {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "record     version {}", sayso_record::SCHEMA_VERSION)?;
    for (name, bytes) in MODELS {
        let size = bytes.len() as f64 / 1e6;
        writeln!(out, "model      {name}, {size:.1} MB, sha256 {}", sayso_record::sha256(bytes))?;
    }
    writeln!(out, "system     {} on {}", std::env::consts::OS, std::env::consts::ARCH)?;
    writeln!(out, "cores      {cores}")?;
    writeln!(out, "terminal   {}", terminals())?;
    writeln!(out, "colour     {}", colour())?;
    writeln!(out, "offline    everything but http and https inputs; the models are inside the program")?;
    writeln!(out, "network    one GET for each http or https input, as \"{}\"", sayso_crawl::USER_AGENT)?;
    Ok(Outcome::Whole)
}

/// Which of the standard streams are a terminal.
fn terminals() -> String {
    let streams = [
        ("input", stdin().is_terminal()),
        ("output", io::stdout().is_terminal()),
        ("errors", io::stderr().is_terminal()),
    ];
    let named: Vec<&str> =
        streams.iter().filter(|(_, is_terminal)| *is_terminal).map(|(name, _)| *name).collect();
    if named.is_empty() { "none of the standard streams".to_owned() } else { named.join(", ") }
}

fn colour() -> &'static str {
    match anstream::AutoStream::choice(&io::stdout()) {
        anstream::ColorChoice::Never => "off",
        _ => "on",
    }
}
