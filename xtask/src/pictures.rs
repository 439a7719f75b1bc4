//! The pictures of README, made from `sayso demo`: the terminal view as SVG, the HTML views as PNG.
//!
//! The latter need Chromium; without it those pictures are left as they are, and that is said.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use anstyle::{Color, RgbColor};

/// Which page of the demo is shown in the terminal: the paper that credits an agency and adds a voice of its own.
const PAGE: usize = 1;

/// Lines of the terminal view that are shown.
const LINES: usize = 46;

/// SVG fades dimmed text beyond reading; a grey takes its place.
const DIMMED: &str = "\u{1b}[2m";
const GREY: &str = "\u{1b}[38;2;165;160;150m";

/// Where Chromium may be.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// The pictures that a browser makes: the demo's options, the name in `docs`, the size of the window.
const VIEWS: [(&[&str], &str, &str); 2] =
    [(&["--chain", "--html"], "chain", "1120,800"), (&["--html"], "reading", "1240,1180")];

/// Of all pages the first is to be seen: what stands above it is left out of the picture.
const FIRST_PAGE: &str = "<style>nav.index, main > .chain, main > .notes { display: none }</style></head>";

/// Writes `docs/terminal.svg`, and `chain` and `reading` there as PNG, light and dark.
pub(crate) fn pictures() -> io::Result<()> {
    fs::create_dir_all("docs")?;
    fs::write("docs/terminal.svg", terminal()?)?;
    let Some(browser) = BROWSERS.into_iter().find(|browser| is_here(browser)) else {
        eprintln!("xtask: no Chromium here; the PNG files of docs are left as they are");
        return Ok(());
    };
    for (options, name, size) in VIEWS {
        let report = std::env::current_dir()?.join(format!("target/{name}.html"));
        demo(&[options, &[&*report.to_string_lossy()]].concat())?;
        if name == "reading" {
            fs::write(&report, fs::read_to_string(&report)?.replacen("</head>", FIRST_PAGE, 1))?;
        }
        screenshot(browser, &report, size, &format!("docs/{name}.png"), &[])?;
        let dark = ["--blink-settings=preferredColorScheme=0"];
        screenshot(browser, &report, size, &format!("docs/{name}-dark.png"), &dark)?;
    }
    Ok(())
}

fn is_here(browser: &str) -> bool {
    Command::new(browser).arg("--version").output().is_ok()
}

/// The terminal view of one page as SVG.
fn terminal() -> io::Result<String> {
    let views = String::from_utf8(demo(&[])?).map_err(io::Error::other)?;
    let begins = |line: &&str| line.contains("━━━");
    let start =
        views.lines().enumerate().filter(|(_, line)| begins(line)).nth(PAGE).map_or(0, |(start, _)| start);
    let lines: Vec<&str> =
        views.lines().skip(start + 1).take_while(|line| !begins(line)).take(LINES).collect();
    let paper = Color::Rgb(RgbColor(0x1d, 0x1f, 0x24));
    let ink = Color::Rgb(RgbColor(0xe8, 0xe4, 0xdc));
    let term = anstyle_svg::Term::new()
        .palette(anstyle_svg::WIN10_CONSOLE)
        .fg_color(ink)
        .bg_color(paper)
        .min_width_px(760);
    Ok(term.render_svg(&lines.join("\n").replace(DIMMED, GREY)))
}

/// What `sayso demo` prints, in colour.
fn demo(arguments: &[&str]) -> io::Result<Vec<u8>> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--release", "--quiet", "--package", "sayso-cli", "--", "demo"]).args(arguments);
    let output = command.env("CLICOLOR_FORCE", "1").env_remove("NO_COLOR").output()?;
    if output.status.success() { Ok(output.stdout) } else { Err(failed("sayso demo", &output.stderr)) }
}

/// The top of the report as the browser shows it.
fn screenshot(browser: &str, report: &Path, size: &str, picture: &str, more: &[&str]) -> io::Result<()> {
    let mut command = Command::new(browser);
    command.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-prefers-reduced-motion",
    ]);
    command.args([format!("--window-size={size}"), format!("--screenshot={picture}")]).args(more);
    let output = command.arg(format!("file://{}", report.display())).output()?;
    if output.status.success() { Ok(()) } else { Err(failed(browser, &output.stderr)) }
}

fn failed(command: &str, errors: &[u8]) -> io::Error {
    io::Error::other(format!("{command} failed: {}", String::from_utf8_lossy(errors)))
}
