//! The pictures of README, made from `sayso demo`: the terminal view as SVG, the HTML view as PNG.
//!
//! The second needs Chromium; without it that picture is left as it is, and that is said.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

/// Which page of the demo is shown: the tabloid, which has captions, credits and debris.
const PAGE: usize = 2;

/// Lines of the terminal view that are shown.
const LINES: usize = 46;

/// Where Chromium may be.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Writes `docs/terminal.svg`, `docs/reading.png` and `docs/reading-dark.png`.
pub(crate) fn pictures() -> io::Result<()> {
    fs::create_dir_all("docs")?;
    fs::write("docs/terminal.svg", terminal()?)?;
    let report = std::env::current_dir()?.join("target/demo.html");
    demo(&["--html", &report.to_string_lossy()])?;
    match BROWSERS.into_iter().find(|browser| Command::new(browser).arg("--version").output().is_ok()) {
        Some(browser) => {
            screenshot(browser, &report, "docs/reading.png", &[])?;
            screenshot(
                browser,
                &report,
                "docs/reading-dark.png",
                &["--blink-settings=preferredColorScheme=0"],
            )
        }
        None => {
            eprintln!("xtask: no Chromium here; docs/reading.png is left as it is");
            Ok(())
        }
    }
}

/// The terminal view of one page as SVG.
fn terminal() -> io::Result<String> {
    let views = String::from_utf8(demo(&[])?).map_err(io::Error::other)?;
    let begins = |line: &&str| line.contains("━━━");
    let start =
        views.lines().enumerate().filter(|(_, line)| begins(line)).nth(PAGE).map_or(0, |(start, _)| start);
    let lines: Vec<&str> =
        views.lines().skip(start + 1).take_while(|line| !begins(line)).take(LINES).collect();
    Ok(anstyle_svg::Term::new().min_width_px(760).render_svg(&lines.join("\n")))
}

/// What `sayso demo` prints, in colour.
fn demo(arguments: &[&str]) -> io::Result<Vec<u8>> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--release", "--quiet", "--package", "sayso-cli", "--", "demo"]).args(arguments);
    let output = command.env("CLICOLOR_FORCE", "1").env_remove("NO_COLOR").output()?;
    if output.status.success() { Ok(output.stdout) } else { Err(failed("sayso demo", &output.stderr)) }
}

/// One page of the report as the browser shows it, at two pixels a point.
fn screenshot(browser: &str, report: &Path, picture: &str, more: &[&str]) -> io::Result<()> {
    let mut command = Command::new(browser);
    command.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--window-size=1240,1180",
    ]);
    command.arg(format!("--screenshot={picture}")).args(more);
    let output = command.arg(format!("file://{}#r{PAGE}", report.display())).output()?;
    if output.status.success() { Ok(()) } else { Err(failed(browser, &output.stderr)) }
}

fn failed(command: &str, errors: &[u8]) -> io::Error {
    io::Error::other(format!("{command} failed: {}", String::from_utf8_lossy(errors)))
}
