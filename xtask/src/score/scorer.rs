//! The shared scorers: Python 3, standard library only.

use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

/// Why nothing can be scored here, if so.
pub(crate) fn missing(shared: &Path) -> Option<String> {
    if !shared.join("score").is_dir() {
        return Some(format!("there is no {}", shared.join("score").display()));
    }
    let python =
        Command::new("python3").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    (!python.is_ok_and(|status| status.success())).then(|| "python3 does not run".to_owned())
}

/// What a scorer prints.
pub(crate) fn run<S: AsRef<OsStr>>(shared: &Path, scorer: &str, arguments: &[S]) -> io::Result<String> {
    let script = shared.join("score").join(scorer);
    let output = Command::new("python3").arg(&script).args(arguments).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(io::Error::other(format!("{}: {}", script.display(), output.status)));
    }
    String::from_utf8(output.stdout).map_err(io::Error::other)
}

/// What a scorer prints, as JSON.
pub(crate) fn run_json<S: AsRef<OsStr>>(shared: &Path, scorer: &str, arguments: &[S]) -> io::Result<Value> {
    Ok(serde_json::from_str(&run(shared, scorer, arguments)?)?)
}

/// Writes rows where scorers find them.
pub(crate) fn write_rows(name: &str, rows: &[String]) -> io::Result<PathBuf> {
    let folder = Path::new("target/score");
    fs::create_dir_all(folder)?;
    let path = folder.join(name);
    fs::write(&path, rows.join("\n") + "\n")?;
    Ok(path)
}

/// A number inside a scorer's JSON.
pub(crate) fn number(value: &Value, pointer: &str) -> io::Result<f64> {
    let number = value.pointer(pointer).and_then(Value::as_f64);
    number.ok_or_else(|| io::Error::other(format!("the scorer printed no number at {pointer}")))
}
