fn main() {
    let t = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    if std::env::args().nth(2).is_some() {
        for l in t.lines() {
            let v: serde_json::Value = serde_json::from_str(l).unwrap();
            let a = sayso::page::plain(v["text"].as_str().unwrap(), &Default::default());
            for b in &a.blocks {
                if b.kind != sayso::BlockKind::Paragraph {
                    println!("{:?}\t{}", b.kind, &a[b.span]);
                }
            }
            if !a.complete {
                println!("INCOMPLETE {:?}", a.blocks.last().map(|b| &a[b.span]));
            }
            if a.language.as_deref() != Some("en") {
                println!("LANG {:?}", a.language);
            }
        }
        return;
    }
    let a = sayso::page::read(t.as_bytes(), &Default::default());
    for b in &a.blocks {
        println!("{:?}\t{}", b.kind, &a[b.span]);
    }
    println!("{:?} {} {:?} same {}", a.title, a.complete, a.notes, a.text == t);
}
