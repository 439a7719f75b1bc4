use std::io::Read;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let mut total = 0usize;
    let mut max = 0.0f64;
    let mut time = 0.0;
    let mut n = 0;
    for path in &args[1..] {
        let raw = std::fs::read(path).unwrap();
        let mut bytes = Vec::new();
        if path.ends_with(".gz") {
            flate2::read::GzDecoder::new(&raw[..]).read_to_end(&mut bytes).unwrap();
        } else {
            bytes = raw;
        }
        let t = std::time::Instant::now();
        let a = sayso::page::read(&bytes, &sayso::page::Hints::default());
        let dt = t.elapsed().as_secs_f64();
        if std::env::var("SLOW").is_ok() {
            eprintln!(
                "{dt:.3} {path} {:?} blocks {}",
                a.notes.iter().map(|n| n.text.as_str()).collect::<Vec<_>>(),
                a.blocks.len()
            );
        }
        total += bytes.len();
        time += dt;
        max = max.max(dt);
        n += 1;
        if std::env::var("DUMP").is_ok() {
            for b in &a.blocks {
                println!("{:?}\t{}", b.kind, &a[b.span]);
            }
            println!(
                "{:?} {:?} {:?} {:?} {:?} {} {:?}",
                a.title, a.byline, a.dates, a.outlet, a.language, a.complete, a.notes
            );
            continue;
        }
        let id = std::path::Path::new(path).file_name().unwrap().to_str().unwrap().replace(".html.gz", "");
        let text: Vec<&str> = a.blocks.iter().filter(|b| b.kind.is_body()).map(|b| &a[b.span]).collect();
        println!(
            "{}",
            serde_json::json!({"id": id, "text": text.join("\n"), "title": a.title, "byline": a.byline, "published": a.published.as_ref().map(|p| serde_json::json!({"value": p.value}))})
        );
    }
    eprintln!(
        "{n} pages {:.1} MB {:.3} s {:.1} MB/s max {:.1} ms",
        total as f64 / 1e6,
        time,
        total as f64 / 1e6 / time,
        max * 1e3
    );
}
