//! Runs the command and makes inputs.
#![allow(dead_code, reason = "each test file uses its part")]

pub(crate) mod pages;

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// A run that is over.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A run to come.
pub(crate) struct Sayso {
    command: Command,
    input: Vec<u8>,
}

/// The command with arguments, in an environment without proxies and wishes about colour.
pub(crate) fn sayso(args: &[&str]) -> Sayso {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for name in ["http_proxy", "https_proxy", "all_proxy", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name).env_remove(name.to_uppercase());
    }
    Sayso { command, input: Vec::new() }
}

impl Sayso {
    pub(crate) fn input(mut self, bytes: &[u8]) -> Sayso {
        self.input = bytes.to_vec();
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Sayso {
        self.command.env(name, value);
        self
    }

    pub(crate) fn run(mut self) -> Run {
        let mut child = self.command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let writer = thread::spawn(move || drop(stdin.write_all(&self.input)));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Run {
            code: output.status.code().expect("the command was not killed"),
            out: String::from_utf8(output.stdout).expect("output is UTF-8"),
            err: String::from_utf8(output.stderr).expect("errors are UTF-8"),
        }
    }

    /// Reads a few bytes of the output and closes it.
    pub(crate) fn run_and_close_output(mut self) -> Run {
        let mut child = self.command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let writer = thread::spawn(move || drop(stdin.write_all(&self.input)));
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut [0; 10]).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        Run { code: output.status.code().expect("the command was not killed"), out: String::new(), err }
    }
}

/// An empty folder of this name.
pub(crate) fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// One byte over and over, compressed as much as gzip can.
pub(crate) fn gzip_repeated(byte: &[u8; 1], count: usize) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let chunk = byte.repeat(1 << 20);
    (0..count >> 20).for_each(|_| encoder.write_all(&chunk).unwrap());
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}
