//! Everything that must pass before a change goes in. Each step says what it runs and how long it took.

use std::{
    ffi::OsStr,
    io,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

/// README's second command.
pub(crate) const TEST: &str = "cargo test --workspace --release";
/// How long each fuzz target runs, in seconds.
const FUZZ_SECONDS: &str = "60";
/// Bins of `fuzz/Cargo.toml`.
const FUZZ_TARGETS: [&str; 2] = ["page", "reading"];

/// Runs all steps; the first that fails ends it.
pub(crate) fn ci(shared: &Path) -> io::Result<()> {
    step("cargo fmt --all --check")?;
    step("cargo clippy --workspace --all-targets --quiet -- -D warnings")?;
    step(TEST)?;
    timed("cargo xtask score --check", || crate::score::score(shared, true))?;
    fuzz()
}

/// The fuzz targets for a bounded time. They need the nightly toolchain and cargo-fuzz; the same checks have run as
/// property tests in any case.
fn fuzz() -> io::Result<()> {
    let runs = |arguments: &[&str]| quiet("cargo", arguments);
    if !runs(&["+nightly", "--version"]) || !runs(&["fuzz", "--version"]) {
        println!(
            "ci: fuzzing SKIPPED: no nightly toolchain with cargo-fuzz; its checks ran as property tests"
        );
        return Ok(());
    }
    for target in FUZZ_TARGETS {
        step(&format!(
            "cargo +nightly fuzz run {target} -- -max_total_time={FUZZ_SECONDS} -timeout=10 -max_len=65536"
        ))?;
    }
    Ok(())
}

fn step(command: &str) -> io::Result<()> {
    timed(command, || {
        let mut words = command.split_whitespace();
        let status = Command::new(words.next().unwrap_or_default()).args(words).status()?;
        if status.success() { Ok(()) } else { Err(io::Error::other(format!("{command}: {status}"))) }
    })
}

fn timed(name: &str, work: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    println!("ci: {name}");
    let start = Instant::now();
    work()?;
    println!("ci: {name}: {} s", start.elapsed().as_secs());
    Ok(())
}

/// Whether a command runs at all.
fn quiet<S: AsRef<OsStr>>(program: &str, arguments: &[S]) -> bool {
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::{FUZZ_TARGETS, TEST};

    #[test]
    fn the_test_command_is_that_of_the_readme() {
        assert!(include_str!("../../README.md").lines().any(|line| line.trim() == TEST));
    }

    #[test]
    fn every_fuzz_target_is_run() {
        let manifest = include_str!("../../fuzz/Cargo.toml");
        assert_eq!(manifest.matches("[[bin]]").count(), FUZZ_TARGETS.len());
        for target in FUZZ_TARGETS {
            assert!(manifest.contains(&format!("name = \"{target}\"")), "{target}");
        }
    }
}
