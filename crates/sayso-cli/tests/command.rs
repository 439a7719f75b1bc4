//! The command from outside: inputs, outputs, exit codes.

mod common;

use std::fs;
use std::io::Write;

use common::{Run, folder, gzip, gzip_repeated, sayso, zstd};
use serde_json::Value;

const PAGE: &str = "<!doctype html><title>Mayor resigns</title><article><h1>Mayor resigns</h1>\
    <p>“I am tired of bridges,” the mayor of Tarn said on Monday.</p></article>";
const TEXT: &str = "“I am tired of bridges,” the mayor of Tarn said on Monday.\n";

/// The ids of the records on standard output, in order.
fn ids(run: &Run) -> Vec<String> {
    records(run).iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
}

fn records(run: &Run) -> Vec<Value> {
    run.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

#[test]
fn forms_are_told_by_content() {
    let dir = folder("forms");
    let row = format!("{}\n", serde_json::json!({"id": "row", "text": TEXT}));
    for (name, bytes) in [
        ("page.html", PAGE.into()),
        ("page.bin", PAGE.into()),
        ("text.txt", TEXT.into()),
        ("rows.txt", row.clone().into_bytes()),
        ("rows.jsonl.gz", gzip(row.as_bytes())),
        ("page.zst", zstd(PAGE.as_bytes())),
        ("no-extension", gzip(TEXT.as_bytes())),
    ] {
        fs::write(dir.join(name), bytes as Vec<u8>).unwrap();
        let run = sayso(&["read", "--json", dir.join(name).to_str().unwrap()]).run();
        assert_eq!(run.code, 0, "{name}: {}", run.err);
        let records = records(&run);
        assert_eq!(records.len(), 1, "{name}");
        assert!(records[0]["text"].as_str().unwrap().contains("tired of bridges"), "{name}");
        assert!(!records[0]["text"].as_str().unwrap().contains(['<', '{']), "{name}: {}", records[0]["text"]);
    }
}

#[test]
fn several_members_and_frames_are_read_whole() {
    let dir = folder("members");
    let row = |id: &str| format!("{}\n", serde_json::json!({"id": id, "text": TEXT})).into_bytes();
    let skippable = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
    fs::write(dir.join("two.gz"), [gzip(&row("a")), gzip(&row("b"))].concat()).unwrap();
    fs::write(dir.join("two.zst"), [zstd(&row("c")), skippable, zstd(&row("d"))].concat()).unwrap();
    let (gz, zst) = (dir.join("two.gz"), dir.join("two.zst"));
    let run = sayso(&["read", "--json", gz.to_str().unwrap(), zst.to_str().unwrap()]).run();
    assert_eq!((run.code, ids(&run)), (0, ["a", "b", "c", "d"].map(String::from).to_vec()), "{}", run.err);
}

#[test]
fn text_of_rows_is_kept_exactly() {
    let text = " “Ça va,”\r\n\r\nthe mayor\u{a0}said.\t\n\n🦉 ";
    let row = serde_json::json!({"id": 7, "text": text, "outlet": "The Bell", "published": "2031-03-04", "title": "T"});
    let run = sayso(&["read", "--json", "-"]).input(row.to_string().as_bytes()).run();
    let record = &records(&run)[0];
    assert_eq!(record["text"], text);
    assert_eq!(
        (&record["id"], &record["outlet"], &record["title"]),
        (&"7".into(), &"The Bell".into(), &"T".into())
    );
}

#[test]
fn broken_rows_are_skipped_and_told() {
    let dir = folder("rows");
    let path = dir.join("rows.jsonl");
    let rows = "{\"id\":\"a\",\"text\":\"He said yes.\"}\n{\"id\":\"b\",\"text\":\n\n[1]\n{\"id\":\"c\"}\n\
        {\"id\":\"d\",\"text\":\"\u{fffd}\"}\n{\"text\":\"No id.\"}\n";
    fs::write(&path, rows).unwrap();
    let run = sayso(&["read", "--json", path.to_str().unwrap()]).run();
    assert_eq!(run.code, 3, "{}", run.err);
    assert_eq!(ids(&run), ["a".to_owned(), "d".to_owned(), format!("{}:7", path.display())]);
    for line in [2, 4, 5] {
        assert!(run.err.contains(&format!("rows.jsonl:{line}: ")), "line {line} in {}", run.err);
    }
    assert!(run.err.contains("3 pages read, 3 failed"), "{}", run.err);
}

#[test]
fn a_folder_is_read_in_order() {
    let dir = folder("tree");
    fs::create_dir_all(dir.join("b/c")).unwrap();
    fs::create_dir_all(dir.join(".hidden")).unwrap();
    for name in ["z.txt", "a.txt", "b/2.txt", "b/c/1.txt", ".hidden/x.txt", "b/.y.txt"] {
        fs::write(dir.join(name), TEXT).unwrap();
    }
    fs::write(dir.join("b/picture.png"), b"\x89PNG").unwrap();
    let run = sayso(&["read", "--json", dir.to_str().unwrap()]).run();
    let wanted = ["a.txt", "b/2.txt", "b/c/1.txt", "z.txt"].map(|name| dir.join(name).display().to_string());
    assert_eq!((run.code, ids(&run)), (0, wanted.to_vec()), "{}", run.err);
}

#[test]
fn order_and_output_do_not_depend_on_threads() {
    let mut rows = Vec::new();
    for n in 0..600 {
        let text = format!("The mayor said {n} times that she would stay. {}", "It rained. ".repeat(n % 40));
        writeln!(rows, "{}", serde_json::json!({"id": format!("p{n}"), "text": text})).unwrap();
    }
    let one = sayso(&["read", "--json", "--threads", "1", "-"]).input(&rows).run();
    let many = sayso(&["read", "--json", "--threads", "7", "-"]).input(&rows).run();
    assert_eq!(ids(&one), (0..600).map(|n| format!("p{n}")).collect::<Vec<_>>());
    assert!(one.out == many.out, "output differs with the number of threads");
}

#[test]
fn exit_codes() {
    let dir = folder("codes");
    let page = dir.join("page.html");
    fs::write(&page, PAGE).unwrap();
    fs::write(dir.join("empty.html"), "").unwrap();
    let (page, empty) = (page.to_str().unwrap(), dir.join("empty.html").display().to_string());
    for (args, code) in [
        (&["read", page][..], 0),
        (&["read", "no/such/file"], 1),
        (&["read", &empty], 1),
        (&["read", page, "no/such/file", &empty], 3),
        (&["read"], 2),
        (&["reed"], 2),
        (&["read", "--threads", "0", page], 2),
        (&["read", "-q", "-v", page], 2),
        (&["read", page, "--html", "no/such/folder/report.html"], 1),
        (&["--version"], 0),
        (&["--help"], 0),
    ] {
        let run = sayso(args).run();
        assert_eq!(run.code, code, "{args:?}: {}{}", run.out, run.err);
    }
}

#[test]
fn what_is_no_page_is_named() {
    let dir = folder("binaries");
    let check = |name: &str, bytes: &[u8], why: &str| {
        fs::write(dir.join(name), bytes).unwrap();
        let run = sayso(&["read", dir.join(name).to_str().unwrap()]).run();
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{name}");
        assert!(run.err.contains(why), "{name}: {}", run.err);
    };
    check("empty.txt", b"", "nothing in it");
    check("empty.gz", &gzip(b""), "nothing in it");
    check("paper.pdf", b"%PDF-1.7 ...", "a PDF file");
    check("saved.html", b"PK\x03\x04....", "a ZIP archive");
    check("noise.html", &[7; 999], "binary data");
    check("twice.gz", &gzip(&gzip(TEXT.as_bytes())), "compressed twice");
    check("cut.gz", &gzip(PAGE.as_bytes())[..40], "cut.gz: ");
    check("cut.zst", &zstd(PAGE.as_bytes())[..40], "cut.zst: ");
}

#[test]
fn bombs_are_bounded() {
    let dir = folder("bombs");
    let large = vec![b'a'; sayso_crawl::MAX_PAGE + 1];
    let row = b"{\"id\":\"a\",\"text\":\"He said yes.\"}\n";
    for (name, bytes, why) in [
        ("large.txt", large.clone(), "larger than 50 MiB"),
        ("large.gz", gzip(&large), "larger than 50 MiB"),
        ("large.zst", zstd(&large), "larger than 50 MiB"),
        ("blank.jsonl.gz", [gzip(row), gzip_repeated(b"\n", 400 << 20)].concat(), "grows too much"),
    ] {
        fs::write(dir.join(name), bytes).unwrap();
        let run = sayso(&["read", "--json", dir.join(name).to_str().unwrap()]).run();
        assert!(run.err.contains(why), "{name}: {}", run.err);
        assert_ne!(run.code, 0, "{name}");
    }
}

#[test]
fn a_lying_gzip_length_is_an_error() {
    let dir = folder("lies");
    let mut bytes = gzip(PAGE.as_bytes());
    let length = bytes.len() - 4;
    bytes[length] ^= 0xff;
    fs::write(dir.join("lie.gz"), bytes).unwrap();
    let run = sayso(&["read", dir.join("lie.gz").to_str().unwrap()]).run();
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
}

#[test]
fn colour_only_where_wanted() {
    let plain = sayso(&["demo"]).run();
    assert!(!plain.out.contains('\u{1b}'), "a pipe gets no colour");
    let forced = sayso(&["demo"]).env("CLICOLOR_FORCE", "1").run();
    assert!(forced.out.contains('\u{1b}'), "colour can be asked for");
    let never = sayso(&["demo"]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").run();
    assert!(!never.out.contains('\u{1b}'), "NO_COLOR is kept to");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut rows = Vec::new();
    for n in 0..3000 {
        writeln!(rows, "{}", serde_json::json!({"id": n, "text": "It rained. ".repeat(50)})).unwrap();
    }
    let run = sayso(&["read", "--json", "-"]).input(&rows).run_and_close_output();
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}

#[test]
fn quiet_says_only_errors_and_verbose_more() {
    let row = b"{\"id\":\"a\",\"text\":\"He said yes.\"}\nbroken\n";
    let said = |flag: &str| {
        sayso(&["read", "--json", flag, "-"]).input(&[&b"{\"html\":\"<p>x\"}\n"[..], row].concat()).run().err
    };
    assert_eq!(said("-q").lines().count(), 1, "{}", said("-q"));
    assert!(said("-q").contains("standard input:3"), "{}", said("-q"));
    assert!(said("-v").contains("2 pages read, 1 failed, in"), "{}", said("-v"));
}

#[test]
fn html_is_one_file() {
    let dir = folder("html");
    let (page, report) = (dir.join("page.html"), dir.join("report.html"));
    fs::write(&page, PAGE).unwrap();
    let run = sayso(&["read", page.to_str().unwrap(), "--html", report.to_str().unwrap()]).run();
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    let html = fs::read_to_string(report).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>"));
    for outside in ["<script", "<link", "<img", "@import", "url("] {
        assert!(!html.contains(outside), "{outside} in the report");
    }
}

#[test]
fn a_report_may_lie_in_the_folder_that_is_read() {
    let dir = folder("report");
    fs::write(dir.join("page.html"), PAGE).unwrap();
    let (path, report) = (dir.display().to_string(), dir.join("report.html").display().to_string());
    let run = sayso(&["read", &path, "--html", &report]).run();
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let files: Vec<_> = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files.len(), 2, "{files:?}");
}

#[test]
fn the_demo_says_that_it_is_constructed() {
    let view = sayso(&["demo"]).run().out;
    // Six pages, and what they tell together.
    assert_eq!(view.matches("! A constructed example").count(), 7, "{view}");
    let json = sayso(&["demo", "--json"]).run();
    let is_constructed = |record: &Value| record["notes"][0]["kind"] == "constructed";
    assert_eq!(records(&json).iter().filter(|record| is_constructed(record)).count(), 6);
    let html = sayso(&["demo", "--html", "-"]).run().out;
    assert_eq!(html.matches("A constructed example: its people").count(), 7);
}

#[test]
fn the_demo_fits_80_columns() {
    let run = sayso(&["demo"]).run();
    assert!(run.out.lines().all(|line| line.chars().count() <= 80), "{}", run.out);
}

#[test]
fn doctor_completions_and_manual() {
    let doctor = sayso(&["doctor"]).run().out;
    for fact in ["sayso ", "record ", "model ", "sha256 ", "cores ", "offline "] {
        assert!(doctor.contains(fact), "{fact} in {doctor}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(sayso(&["completions", shell]).run().out.contains("sayso"), "{shell}");
    }
    assert!(sayso(&["man"]).run().out.contains(".TH sayso 1"));
    assert!(sayso(&["man", "read"]).run().out.contains(".TH sayso-read 1"));
}
