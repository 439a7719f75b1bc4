//! Which pages tell the same story, which quotations are one utterance, which text derives from which, and how many
//! independent sources are left.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
};

use sayso::story::{self, Root, Story};
use serde_json::{Value, json};

use super::{
    figure::{Figure, Target},
    scorer::{number, run_json, write_rows},
};
use crate::{
    credit,
    derive::{LABELS, School, Set, rows},
};

/// Figures of stories.
pub(super) fn figures(shared: &Path) -> io::Result<Vec<Figure>> {
    let lineage = shared.join("bench/lineage");
    let mut fnc = Set::read(&lineage.join("fnc-train.clusters.jsonl"))?;
    let credits = credit::School::open(shared)?;
    credits.cite_by_folds(&mut fnc.digests);
    let wn = Set::read(&lineage.join("wn.docs.jsonl"))?;
    let judged: Vec<String> = rows(&lineage.join("fnc-train.cites.jsonl"))?
        .iter()
        .filter_map(|row| row["id"].as_str().map(str::to_owned))
        .collect();
    let mut few = Set::read_some(&lineage.join("fnc-train.clusters.jsonl"), |id| {
        judged.iter().any(|judged| judged == id)
    })?;
    credits.cite_by_folds(&mut few.digests);
    let mut figures = same_story(shared, &fnc, &wn, &few)?;
    let school = School::open(shared, &fnc, &wn)?;
    let linked = wn.link_by_folds(&school);
    figures.extend(wordings(shared, &wn, &linked)?);
    figures.extend(parents(shared, &wn, &linked)?);
    figures.extend(directions(shared, &fnc, &fnc.link_by_folds(&school))?);
    figures.extend(cites(shared, &fnc)?);
    figures.extend(independent(shared, &few)?);
    Ok(figures)
}

fn figure(
    (name, on): (&'static str, &'static str),
    from: &Value,
    field: &str,
    target: Target,
    anchor: &str,
) -> io::Result<Figure> {
    Ok(Figure { anchor: anchor.to_owned(), target, ..Figure::new(name, on, number(from, field)?) })
}

/// Pages grouped into stories.
fn same_story(shared: &Path, fnc: &Set, wn: &Set, few: &Set) -> io::Result<Vec<Figure>> {
    let lineage = shared.join("bench/lineage");
    let scored = |set: &Set, name: &str, gold: PathBuf| {
        let row = |story: &Vec<usize>| {
            let first = &set.digests[story[0]].id;
            let row = |&page: &usize| json!({"id": set.digests[page].id, "cluster": first}).to_string();
            story.iter().map(row).collect::<Vec<_>>()
        };
        let rows: Vec<String> = set.stories.iter().flat_map(row).collect();
        run_json(shared, "score_cluster.py", &[gold, write_rows(name, &rows)?])
    };
    let of_fnc = scored(fnc, "fnc-train.stories.jsonl", lineage.join("fnc-train.clusters.jsonl"))?;
    let of_wn = scored(wn, "wn.stories.jsonl", lineage.join("wn.gold.jsonl"))?;
    let clusters = rows_of_clusters(&lineage.join("fnc-train.clusters.jsonl"), "cluster", |id| few.has(id))?;
    let of_few = scored(few, "few.stories.jsonl", write_rows("few.gold.jsonl", &clusters)?)?;
    let of_both = together(shared, fnc, wn)?;
    let others = "TF-IDF, average link .909, single pass .856 (FNC test)";
    let average = "TF-IDF, average link .945 (FNC test)";
    let (ari, bcubed) = ("same story, ARI", "same story, B-cubed F1");
    let figures = [
        figure((ari, "fnc-train"), &of_fnc, "/ari", Target::AtLeast(0.94), others)?,
        figure((bcubed, "fnc-train"), &of_fnc, "/bcubed/f1", Target::AtLeast(0.96), average)?,
        figure((ari, "wn"), &of_wn, "/ari", Target::Report, "")?,
        figure((bcubed, "wn"), &of_wn, "/bcubed/f1", Target::Report, "")?,
        figure((ari, "199 pages of fnc-train"), &of_few, "/ari", Target::Report, "")?,
        figure((ari, "both in one archive"), &of_both, "/ari", Target::Report, "")?,
    ];
    Ok(figures.into_iter().map(|figure| Figure { model: "words.bin", ..figure }).collect())
}

/// What the scorer says of both sets in one archive.
fn together(shared: &Path, fnc: &Set, wn: &Set) -> io::Result<Value> {
    let digests: Vec<&story::Digest> = fnc.digests.iter().chain(&wn.digests).collect();
    let mut archive = story::Index::default();
    digests.iter().for_each(|digest| archive.add(&digest.id, digest.sketch.clone()));
    let row = |(page, story): (&&story::Digest, usize)| json!({"id": page.id, "cluster": digests[story].id});
    let rows = digests.iter().zip(archive.stories()).map(row);
    let system: Vec<String> = rows.map(|row| row.to_string()).collect();
    let lineage = shared.join("bench/lineage");
    let mut gold = rows_of_clusters(&lineage.join("fnc-train.clusters.jsonl"), "cluster", |_| true)?;
    gold.extend(rows_of_clusters(&lineage.join("wn.gold.jsonl"), "story", |_| true)?);
    let files = [write_rows("both.gold.jsonl", &gold)?, write_rows("both.stories.jsonl", &system)?];
    run_json(shared, "score_cluster.py", &files)
}

fn rows_of_clusters(file: &Path, key: &str, keep: impl Fn(&str) -> bool) -> io::Result<Vec<String>> {
    let row = |row: &Value| json!({"id": row["id"], "cluster": row[key]}).to_string();
    Ok(rows(file)?.iter().filter(|row| row["id"].as_str().is_some_and(&keep)).map(row).collect())
}

/// Quotations of wn, in the stories of its pages, with what is known of their derivation and without, and of the sample of
/// MemeTracker, of which nothing is known.
fn wordings(shared: &Path, wn: &Set, linked: &[Story]) -> io::Result<Vec<Figure>> {
    let lineage = shared.join("bench/lineage");
    let of_page = |(story, pages): (usize, &Vec<usize>)| {
        let known = |&page: &usize| (wn.digests[page].id.as_str(), (story, wn.digests[page].until()));
        pages.iter().map(known).collect::<Vec<_>>()
    };
    let known: HashMap<&str, (usize, Option<f64>)> =
        wn.stories.iter().enumerate().flat_map(of_page).collect();
    let descent = story::Descent::of(&wn.digests, linked);
    let scored = |set: &str, descent: Option<&story::Descent>| {
        let file = lineage.join(format!("{set}.quotes.jsonl"));
        let quotation = |row: &Value| {
            let (story, until) = row["doc"].as_str().map_or((0, None), |page| known[page]);
            let string = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            story::Utterance { id: string("qid"), story, page: string("doc"), text: string("text"), until }
        };
        let quotations: Vec<story::Utterance> = rows(&file)?.iter().map(quotation).collect();
        let wordings = match descent {
            Some(descent) => story::variants_by(descent, &quotations),
            None => story::variants(&quotations),
        };
        let row = |(quotation, wording): (&story::Utterance, story::Wording)| {
            let cluster = &quotations[wording.utterance].id;
            json!({"qid": quotation.id, "cluster": cluster, "altered": wording.differs}).to_string()
        };
        let rows: Vec<String> = quotations.iter().zip(wordings).map(row).collect();
        run_json(shared, "score_quotes.py", &[file, write_rows(&format!("{set}.quotes.jsonl"), &rows)?])
    };
    let (of_wn, of_memes) = (scored("wn", None)?, scored("memetracker-sample", None)?);
    let by_descent = scored("wn", Some(&descent))?;
    let ari = "quotation variants, ARI";
    let exact = "exact match .868; 3-grams and longest common subsequence .957";
    let memes = "exact match .006; 3-grams and longest common subsequence .861";
    Ok(vec![
        figure((ari, "wn"), &of_wn, "/cluster/ari", Target::AtLeast(0.97), exact)?,
        figure(("altered quotations, F1", "wn"), &of_wn, "/altered/f1", Target::AtLeast(0.90), "")?,
        figure(
            ("altered quotations, F1", "wn, by folds"),
            &by_descent,
            "/altered/f1",
            Target::AtLeast(0.90),
            "held against most pages .907",
        )?,
        figure((ari, "MemeTracker sample"), &of_memes, "/cluster/ari", Target::AtLeast(0.95), memes)?,
    ])
}

/// The rows of pages: what each derives from, and whom it credits.
fn page_rows(set: &Set, stories: &[Story]) -> Vec<String> {
    let id = |page: usize| &set.digests[page].id;
    let row = |(&page, lineage): (&usize, &story::Lineage)| {
        let parents = lineage.parents.iter();
        let parents: Vec<Value> =
            parents.map(|parent| json!({"id": id(parent.page), "score": parent.score.value()})).collect();
        let via: Vec<&str> = set.digests[page].cites.iter().map(|cite| cite.name.as_str()).collect();
        let roots = lineage.roots.iter().map(|root| match root {
            Root::Page(page) => id(*page),
            Root::Source(name) => name,
        });
        let roots: Vec<&String> = roots.collect();
        json!({"id": id(page), "parents": parents, "abstain": lineage.abstains(), "via": via, "roots": roots})
            .to_string()
    };
    stories.iter().flat_map(|story| story.pages.iter().zip(&story.lineages).map(row)).collect()
}

/// Parents of generated pages.
fn parents(shared: &Path, wn: &Set, stories: &[Story]) -> io::Result<Vec<Figure>> {
    let gold = shared.join("bench/lineage/wn.gold.jsonl");
    let system = write_rows("wn.lineage.jsonl", &page_rows(wn, stories))?;
    let scored = run_json(shared, "score_lineage.py", &[gold, system])?;
    let on = "wn, by folds";
    let figures = [
        figure(
            ("parents, F1", on),
            &scored,
            "/parent/f1",
            Target::AtLeast(0.85),
            "credit, then time .628; Passim .610",
        )?,
        figure(
            ("origins of derived pages", on),
            &scored,
            "/origin_acc_derived",
            Target::AtLeast(0.85),
            "credit, then time .515; Passim .455",
        )?,
        figure(
            ("direction of links", on),
            &scored,
            "/direction/acc",
            Target::AtLeast(0.95),
            "credit, then time .869",
        )?,
    ];
    Ok(figures.into_iter().map(|figure| Figure { model: "derive.tsv", ..figure }).collect())
}

/// Direction of real copying, on labelled pairs of the corpus and on those that training adds.
fn directions(shared: &Path, fnc: &Set, stories: &[Story]) -> io::Result<Vec<Figure>> {
    let gold = shared.join("bench/lineage/fnc-train.pairs.jsonl");
    let system = write_rows("fnc-train.lineage.jsonl", &page_rows(fnc, stories))?;
    let on = "fnc-train.pairs, by folds";
    let floor = "credit, else shorter .64 at coverage .93";
    let least = |value| Target::AtLeast(value);
    let rows = [
        ("direction, accuracy", "/direction/accuracy", least(0.93), floor),
        ("direction, coverage", "/direction/coverage", least(0.70), ""),
        (
            "common sources not called a copy",
            "/common_source/not_direct",
            least(0.85),
            "credit, else shorter .15",
        ),
        (
            "independent pages called copies",
            "/independent/rate",
            Target::AtMost(1.0 / 22.0),
            "credit, else shorter .09",
        ),
    ];
    let of = |on: &'static str, gold: PathBuf| -> io::Result<Vec<Figure>> {
        let scored = run_json(shared, "score_pairs.py", &[gold, system.clone()])?;
        let bounds = |at: usize| scored.pointer(&format!("/direction/ci95/{at}")).and_then(Value::as_f64);
        let interval = bounds(0).zip(bounds(1)).map(|(low, high)| [low, high]);
        let of = |&(name, field, target, anchor): &(&'static str, &str, Target, &str)| {
            let interval = interval.filter(|_| field.ends_with("accuracy"));
            let noise = if field.starts_with("/direction") { 0.03 } else { 0.01 };
            Ok(Figure {
                interval,
                noise,
                model: "derive.tsv",
                ..figure((name, on), &scored, field, target, anchor)?
            })
        };
        rows.iter().map(of).collect()
    };
    let mut figures = of(on, gold)?;
    let further = of("train/derivation.jsonl, by folds", PathBuf::from(LABELS))?;
    let report = |figure| Figure { target: Target::Report, anchor: String::new(), ..figure };
    figures.extend(further.into_iter().map(report));
    Ok(figures)
}

/// Sources that a text credits.
fn cites(shared: &Path, fnc: &Set) -> io::Result<Vec<Figure>> {
    let row = |(digest, text): (&story::Digest, &String)| {
        let points = sayso_record::CodePoints::new(text);
        let cites =
            digest.cites.iter().map(|cite| json!({"name": cite.name, "span": points.span(cite.span)}));
        json!({"id": digest.id, "cites": cites.collect::<Vec<_>>()}).to_string()
    };
    let rows: Vec<String> = fnc.digests.iter().zip(&fnc.texts).map(row).collect();
    let gold = shared.join("bench/lineage/fnc-train.cites.jsonl");
    let scored = run_json(shared, "score_cites.py", &[gold, write_rows("fnc-train.cites.jsonl", &rows)?])?;
    let on = "fnc-train.cites, by folds";
    let third = "names of outlets alone: about a third";
    let figures = [
        figure(("credited sources, span P", on), &scored, "/span/p", Target::AtLeast(0.85), "")?,
        figure(("credited sources, span R", on), &scored, "/span/r", Target::AtLeast(0.80), third)?,
        figure(("credited sources, name", on), &scored, "/name", Target::AtLeast(0.95), "")?,
    ];
    Ok(figures.into_iter().map(|figure| Figure { model: "cite.tsv", ..figure }).collect())
}

/// Independent sources of the labelled stories, whose texts alone are given.
fn independent(shared: &Path, set: &Set) -> io::Result<Vec<Figure>> {
    let lineage = shared.join("bench/lineage");
    let [gold, cites, clusters] =
        ["stories", "cites", "clusters"].map(|name| lineage.join(format!("fnc-train.{name}.jsonl")));
    let row = |story: &Vec<usize>| {
        let story = story::link(&set.digests, story);
        let pages: Vec<&String> = story.pages.iter().map(|&page| &set.digests[page].id).collect();
        let independent = &story.independent;
        json!({"pages": pages, "independent": [independent.proved, independent.possible]}).to_string()
    };
    let rows: Vec<String> = set.stories.iter().map(row).collect();
    let system = write_rows("fnc-train.independent.jsonl", &rows)?;
    let scored = run_json(shared, "score_stories.py", &[gold, cites, clusters, system])?;
    let (inside, exact) = ("independent sources, both ends inside", "independent sources, exact");
    Ok(vec![
        figure((inside, "fnc-train.stories"), &scored, "/inside", Target::AtLeast(0.85), "always 2: .64")?,
        figure((exact, "fnc-train.stories"), &scored, "/exact", Target::AtLeast(0.50), "always 2: .13")?,
    ])
}
