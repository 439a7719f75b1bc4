//! Who is who: speakers of gold sources, pronouns of GAP.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use sayso::{
    Article, Reading, Span, attribution,
    person::{self, Choice, Judge, Model, Question},
    text,
};
use sayso_record::Record;
use serde_json::{Value, json};

use super::{
    figure::{Figure, Target},
    scorer::{number, run_json, write_rows},
};
use crate::{
    people::{gap_article, gap_rows},
    train::Random,
};

const DEV: &str = "PolNeAR dev, gold sources";
const OWN: &str = "PolNeAR train, our labels, gold sources";
const GAP: &str = "GAP development";

/// Figures of people that need no other figures.
pub(super) fn figures(shared: &Path, model: &Model) -> io::Result<Vec<Figure>> {
    let mut figures = speakers(shared, model)?;
    figures.extend(own(shared, model)?);
    figures.extend(gap(shared, model)?);
    Ok(figures)
}

fn figure(
    name: &'static str,
    on: &'static str,
    from: &Value,
    field: &str,
    target: Target,
    anchor: &str,
) -> io::Result<Figure> {
    let (anchor, model) = (anchor.to_owned(), "people.bin");
    Ok(Figure { noise: 0.01, anchor, model, target, ..Figure::new(name, on, number(from, field)?) })
}

fn speakers(shared: &Path, model: &Model) -> io::Result<Vec<Figure>> {
    use Target::{AtLeast, Report};
    let system = with_gold_sources(shared, "polnear-dev", model)?;
    let gold = std::fs::read_to_string(shared.join("bench/people/polnear-dev.speakers.jsonl"))?;
    let tally = Tally::of(shared, &gold, &system)?;
    let figure =
        |name, kind, share, target, anchor: &str| tally.figure(name, DEV, kind, share, target, anchor);
    let others = "CoreNLP .70, with the speaker-before rule .755, neuralcoref .57";
    let precise = "CoreNLP .83, with the speaker-before rule .90, neuralcoref .86";
    Ok(vec![
        figure("speakers (persons), full name", "person", FULL, AtLeast(0.85), others),
        figure("speakers (persons), precision", "person", PRECISION, AtLeast(0.93), precise),
        figure(
            "speakers (persons), right minus wrong",
            "person",
            NET,
            AtLeast(0.82),
            "CoreNLP .64, with the speaker-before rule .76",
        ),
        figure("speakers (persons) by pronoun, right", "person by pronoun", RIGHT, AtLeast(0.80), ".71"),
        figure("speakers (persons) by pronoun, precision", "person by pronoun", PRECISION, AtLeast(0.87), ""),
        figure("speakers (persons) by nominal, right", "person by nominal", RIGHT, AtLeast(0.50), ".08–.44"),
        figure("speakers (persons) by nominal, precision", "person by nominal", PRECISION, AtLeast(0.75), ""),
        figure("speakers of all kinds, right", "all", RIGHT, AtLeast(0.88), ""),
        figure("speakers of all kinds, precision", "all", PRECISION, AtLeast(0.93), ""),
        figure("speakers (organisations), right", "organisation", RIGHT, Report, ""),
        figure("speakers (outlets), right", "outlet", RIGHT, Report, ""),
    ])
}

/// The articles of `train/people.jsonl` that training leaves out.
fn own(shared: &Path, model: &Model) -> io::Result<Vec<Figure>> {
    let labels = crate::people::speaker_labels(shared)?;
    let system = with_gold_sources(shared, "polnear-train", model)?;
    let tally = Tally::of(shared, &labels.join("\n"), &system)?;
    let figure = |name, kind, share| tally.figure(name, OWN, kind, share, Target::Report, "");
    Ok(vec![
        figure("speakers (persons), full name", "person", FULL),
        figure("speakers (persons), precision", "person", PRECISION),
        figure("speakers (persons) by pronoun, right", "person by pronoun", RIGHT),
        figure("speakers (persons) by pronoun, precision", "person by pronoun", PRECISION),
        figure("speakers (persons) by nominal, right", "person by nominal", RIGHT),
        figure("speakers (persons) by nominal, precision", "person by nominal", PRECISION),
        figure("speakers of all kinds, right", "all", RIGHT),
        figure("speakers of all kinds, precision", "all", PRECISION),
    ])
}

/// Answers of a kind: all, right ones, those in full among them, wrong ones.
#[derive(Clone, Copy, Default)]
struct Counts {
    all: f64,
    right: f64,
    full: f64,
    wrong: f64,
}

/// A share of answers.
type Share = fn(&Counts) -> f64;
const RIGHT: Share = |counts| counts.right / counts.all;
const FULL: Share = |counts| counts.full / counts.all;
const PRECISION: Share = |counts| counts.right / (counts.right + counts.wrong).max(1.0);
const NET: Share = |counts| (counts.right - counts.wrong) / counts.all;

/// Counts by article and kind, so that articles can be drawn again.
struct Tally(Vec<BTreeMap<String, Counts>>);

/// So many answers more or less are noise.
const HANDFUL: f64 = 3.0;
/// How often articles are drawn again.
const DRAWS: usize = 200;

impl Tally {
    /// Scores every article by itself.
    fn of(shared: &Path, gold: &str, system: &Path) -> io::Result<Tally> {
        let mut articles: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in gold.lines() {
            let row: Value = serde_json::from_str(line)?;
            articles
                .entry(row["id"].as_str().unwrap_or_default().to_owned())
                .or_default()
                .push(line.to_owned());
        }
        let score = |(number, lines): (usize, &Vec<String>)| -> io::Result<BTreeMap<String, Counts>> {
            let gold = write_rows(&format!("speakers.{number}.jsonl"), lines)?;
            let score =
                run_json(shared, "score_speakers.py", &[gold.clone(), system.to_owned(), "--json".into()])?;
            std::fs::remove_file(gold)?;
            let kinds =
                score.as_object().into_iter().flatten().filter(|(_, counts)| counts["full"].is_number());
            kinds
                .map(|(kind, counts)| {
                    let [all, right, full, wrong] =
                        ["n", "right", "full", "wrong"].map(|field| counts[field].as_f64().unwrap_or(0.0));
                    Ok((kind.clone(), Counts { all, right, full, wrong }))
                })
                .collect()
        };
        let articles: Vec<Vec<String>> = articles.into_values().collect();
        Ok(Tally(articles.iter().enumerate().map(score).collect::<io::Result<_>>()?))
    }

    fn sum(&self, kind: &str, drawn: impl Iterator<Item = usize>) -> Counts {
        drawn.filter_map(|at| self.0[at].get(kind)).fold(Counts::default(), |sum, counts| Counts {
            all: sum.all + counts.all,
            right: sum.right + counts.right,
            full: sum.full + counts.full,
            wrong: sum.wrong + counts.wrong,
        })
    }

    fn figure(
        &self,
        name: &'static str,
        on: &'static str,
        kind: &str,
        share: Share,
        target: Target,
        anchor: &str,
    ) -> Figure {
        let mut random = Random(1);
        let mut draws: Vec<f64> = (0..DRAWS)
            .map(|_| {
                let drawn: Vec<usize> =
                    self.0.iter().map(|_| (random.next() % self.0.len() as u64) as usize).collect();
                share(&self.sum(kind, drawn.into_iter()))
            })
            .filter(|share| share.is_finite())
            .collect();
        draws.sort_by(f64::total_cmp);
        let at = |share: f64| draws[((draws.len() - 1) as f64 * share) as usize];
        let interval = (!draws.is_empty()).then(|| [at(0.025), at(0.975)]);
        let counts = self.sum(kind, 0..self.0.len());
        let (value, noise) = (share(&counts), (HANDFUL / counts.all).max(0.01));
        let (anchor, model) = (anchor.to_owned(), "people.bin");
        Figure { interval, noise, anchor, model, target, ..Figure::new(name, on, value) }
    }
}

/// Records of a set's articles in which the sources, cues and contents are those of gold.
fn with_gold_sources(shared: &Path, set: &str, model: &Model) -> io::Result<PathBuf> {
    let gold = crate::people::rows(&shared.join(format!("bench/statements/{set}.gold.jsonl")))?;
    let mut roles: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for row in &gold {
        let id = row["id"].as_str().unwrap_or_default();
        roles.entry(id).or_default().extend(row["attributions"].as_array().into_iter().flatten());
    }
    let articles = crate::corpus::articles(shared, set)?;
    let rows: Vec<String> = articles
        .par_iter()
        .map(|(id, article)| {
            let gold = roles.get(id.as_str()).map_or(&[][..], Vec::as_slice);
            Record::new(id, &read_given(article, gold, model)).to_json()
        })
        .collect();
    write_rows(&format!("{set}.gold-sources.jsonl"), &rows)
}

fn read_given(article: &Article, gold: &[&Value], model: &Model) -> Reading {
    let text = text::read(article);
    let offsets = crate::people::offsets(&article.text);
    let at = |value: &Value| offsets[(value.as_u64().unwrap_or(0) as usize).min(offsets.len() - 1)];
    let spans = |pieces: &Value| -> Vec<Span> {
        pieces.as_array().into_iter().flatten().map(|piece| Span::new(at(&piece[0]), at(&piece[1]))).collect()
    };
    let roles: Vec<[Vec<Span>; 3]> =
        gold.iter().map(|row| ["source", "cue", "content"].map(|role| spans(&row[role]))).collect();
    let attributions = attribution::given(article, &text, &roles);
    person::read_with(article, text, attributions, model)
}

fn gap(shared: &Path, model: &Model) -> io::Result<Vec<Figure>> {
    let system = gap_system(shared, "gap-development", model)?;
    let gold = shared.join("bench/people/gap-development.jsonl");
    let score = run_json(shared, "score_gap.py", &[gold, system, "--json".into()])?;
    let figure = |name, field, target, anchor| figure(name, GAP, &score, field, target, anchor);
    Ok(vec![
        figure(
            "ambiguous pronouns F1",
            "/O/f1",
            Target::AtLeast(0.71),
            "nearest .45; parallelism .67–.71 published",
        )?,
        figure("ambiguous pronouns, rows right", "/O/rows_right", Target::AtLeast(0.68), "nearest .42")?,
        figure(
            "ambiguous pronouns, feminine to masculine",
            "/B",
            Target::AtLeast(0.95),
            "1 is even; above 1.05 is as uneven",
        )?,
    ])
}

/// Answers by the probability of either name, as the task gives the two (gold-two-mention; Webster et al. 2018).
fn gap_system(shared: &Path, set: &str, model: &Model) -> io::Result<PathBuf> {
    let rows = gap_rows(shared, set)?;
    let rows: Vec<String> = rows
        .par_iter()
        .map(|row| {
            let (article, text, names, pronoun) = gap_article(row);
            let attributions = attribution::read(&article, &text);
            let mut watch =
                Watch { model: person::Trained(model), pronoun, names, who: [None; 2], options: Vec::new() };
            person::chains(&article, &text, &attributions, &names, &mut watch);
            let [a, b] = watch.who.map(|who| who.map_or(0.0, |who| watch.share(who)));
            let is_same = watch.who[0].is_some() && watch.who[0] == watch.who[1];
            let answer = |this: f32, other: f32| this >= LEAST && (this > other || is_same);
            json!({ "id": row["id"], "a": answer(a, b), "b": answer(b, a) }).to_string()
        })
        .collect();
    write_rows(&format!("{set}.jsonl"), &rows)
}

/// A name less probable than this is not meant.
const LEAST: f32 = 0.1;

/// The model as judge, and what it says of one pronoun and two names.
struct Watch<'m> {
    model: person::Trained<'m>,
    pronoun: Span,
    names: [Span; 2],
    /// Whom the names stand for.
    who: [Option<usize>; 2],
    /// Whom the pronoun may stand for.
    options: Vec<(Choice, f32)>,
}

impl Watch<'_> {
    fn share(&self, who: usize) -> f32 {
        let found = self.options.iter().find(|(choice, _)| *choice == Choice::Known(who));
        found.map_or(0.0, |(_, share)| *share)
    }
}

impl<'m> Judge for Watch<'m> {
    type Sink = <person::Trained<'m> as Judge>::Sink;

    fn person(&mut self, kind: Question, spans: &[Span], features: impl FnOnce(&mut Self::Sink)) -> i32 {
        self.model.person(kind, spans, features)
    }

    fn choose(
        &mut self,
        head: Span,
        options: &[Choice],
        features: impl FnMut(usize, &mut Self::Sink),
    ) -> (usize, Vec<f32>) {
        let (best, shares) = self.model.choose(head, options, features);
        if head == self.pronoun {
            self.options = options.iter().copied().zip(shares.iter().copied()).collect();
        }
        (best, shares)
    }

    fn function(
        &mut self,
        head: Span,
        options: usize,
        features: impl FnMut(usize, &mut Self::Sink),
    ) -> usize {
        self.model.function(head, options, features)
    }

    fn settle(&mut self, head: Span, known: usize) {
        for (name, who) in self.names.iter().zip(&mut self.who) {
            if name.contains(head) {
                *who = Some(known);
            }
        }
    }
}
