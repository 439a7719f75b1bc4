//! Trains what reads people: the model that tells people from other names and nouns, and the one that links mentions.
//!
//! Gold are the chains of GUM, the labels of `train/people.jsonl` on texts of PolNeAR, and the validation part of GAP.
//! GUM is read by taggers that have not learned from the document, five of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use sayso::{
    Article, Attribution, Span, attribution,
    page::{self, Hints},
    person::{self, Choice, Function, Judge, Model, Question, Trained},
    text::{self, Text},
};
use sayso_model::{
    format,
    linear::{Features, ONE, Trainer},
};
use serde_json::{Value, json};

use crate::{
    score::{scorer, sheet, short},
    train::{self, Random},
    treebank,
};

const FOLDS: usize = 5;
const EPOCHS: usize = 8;
const PERSON_BITS: u32 = 16;
const LINK_BITS: u32 = 17;
const PERSON_RATE: f32 = 0.1;
const PERSON_DECAY: f32 = 0.0005;
const LINK_RATE: f32 = 0.05;
const LINK_DECAY: f32 = 0.02;
/// The first pass after which the weights count for the average.
const FIRST: usize = 3;
/// Per cent of choices that are the model's even where gold says, after the first two passes: mentions are then linked
/// to such people as it makes itself (after Ross et al. 2011).
const OWN: u64 = 50;
const SEED: u64 = 1;
/// Rows of dense weights.
const PERSON_ROWS: usize = 5;
const LINK_ROWS: usize = 4;
/// A text of GAP has one labelled link.
const GAP_WEIGHT: usize = 4;
/// Log-odds of what gold says.
const SURE: i32 = 100 * ONE;
/// Our labels.
const LABELS: &str = "train/people.jsonl";

/// Trains the model on everything and returns its bytes.
pub(crate) fn model(shared: &Path) -> io::Result<Vec<u8>> {
    let mut documents = gum(shared)?;
    documents.extend(news(shared)?.into_iter().filter(|document| !document.is_held));
    documents.extend(gap(shared, "gap-validation")?);
    Ok(trained(&documents.iter().collect::<Vec<_>>()))
}

/// Measures on GUM by folds; keeps the figures in SCORES.md.
pub(crate) fn folds(shared: &Path) -> io::Result<()> {
    let gum = gum(shared)?;
    let mut others = news(shared)?;
    others.retain(|document| !document.is_held);
    others.extend(gap(shared, "gap-validation")?);
    let models: Vec<Vec<u8>> = (0..FOLDS)
        .into_par_iter()
        .map(|fold| {
            let numbered = gum.iter().enumerate();
            let learnt = numbered.filter(|(number, _)| number % FOLDS != fold).map(|(_, document)| document);
            trained(&learnt.chain(&others).collect::<Vec<_>>())
        })
        .collect();
    let mut rows = Vec::new();
    for (fold, model) in models.iter().enumerate() {
        let model = Model::open(model).map_err(io::Error::other)?;
        let held = gum.iter().enumerate().filter(|(number, _)| number % FOLDS == fold);
        rows.extend(held.map(|(_, document)| document.row(&model)));
    }
    let system = scorer::write_rows("gum-chains.jsonl", &rows)?;
    let gold = shared.join("bench/people/gum.chains.jsonl");
    let mut sheet = sheet::read()?;
    sheet.set(SECTION, section(shared, &gold, &system, gum.len())?);
    fs::write(sheet::FILE, sheet.text())
}

const SECTION: &str = "People by folds";

fn section(shared: &Path, gold: &Path, system: &Path, documents: usize) -> io::Result<String> {
    let arguments = [gold.to_owned(), system.to_owned(), "--json".into()];
    let score = scorer::run_json(shared, "score_people.py", &arguments)?;
    let number = |pointer: &str| scorer::number(&score, pointer);
    let link = |form: &str| -> io::Result<f64> {
        let [gold, put, right] =
            ["gold", "put", "right"].map(|count| number(&format!("/link/{form}/{count}")));
        Ok(2.0 * right? / (gold? + put?))
    };
    let rows = [
        (
            "chains of people, CoNLL mean",
            number("/scores/head, all/conll/2")?,
            ".66",
            ".51 rules with recency; .692 with treebank parses",
        ),
        ("the same without singletons", number("/scores/head, no singletons/conll/2")?, ".63", ".55; .660"),
        ("links of names, F1", link("name")?, ".80", ".51"),
        ("links of nominals, F1", link("nominal")?, ".48", ".00"),
        ("links of he, she, they, F1", link("pronoun 3rd")?, ".80", ".56"),
    ];
    let rows = rows.map(|(name, value, target, anchor)| {
        format!("| {name} | GUM, five folds, heads | {} | ≥ {target} | {anchor} |\n", short(value))
    });
    Ok(format!(
        "Written by `cargo xtask train people --folds`: five models, each without a fifth of the {documents} documents, \
         read these, on tags that have not seen them either.\n\n\
         | figure | on | value | target | anchor |\n|---|---|---|---|---|\n{}",
        rows.concat()
    ))
}

/// An article with what is known of its people.
struct Document {
    id: String,
    article: Article,
    text: Text,
    attributions: Vec<Attribution>,
    /// Spans given as names of people.
    given: Vec<Span>,
    gold: Gold,
    /// How often its links are learned from, each time that it is read.
    weight: usize,
    /// Whether it is for measuring.
    is_held: bool,
}

impl Document {
    fn row(&self, model: &Model) -> String {
        let chains =
            person::chains(&self.article, &self.text, &self.attributions, &self.given, &mut Trained(model));
        people_row(&self.id, &self.article, &chains)
    }
}

/// The row that the scorers of chains read.
fn people_row(id: &str, article: &Article, chains: &[Vec<Span>]) -> String {
    let points = sayso_record::CodePoints::new(&article.text);
    let people: Vec<Value> = chains
        .iter()
        .map(|chain| json!({ "mentions": chain.iter().map(|&span| points.span(span)).collect::<Vec<_>>() }))
        .collect();
    json!({ "id": id, "people": people }).to_string()
}

/// What is known of mentions, by the first byte of the head.
#[derive(Default)]
struct Gold {
    heads: BTreeMap<usize, Label>,
    /// First to last byte of names of people.
    names: BTreeSet<(usize, usize)>,
    /// Names of people wherever they stand.
    forms: BTreeMap<String, String>,
    /// The function of words, by their first byte.
    functions: BTreeMap<usize, Function>,
    /// Whether what has no label is no mention of a person.
    is_complete: bool,
    /// Whether all names of people are known.
    has_names: bool,
}

/// Whom a mention stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    Somebody(String),
    Nobody,
    /// Anybody but these.
    Not(Vec<String>),
}

/// Trains on documents.
fn trained(documents: &[&Document]) -> Vec<u8> {
    let mut person = Trainer::new(PERSON_BITS, PERSON_ROWS, PERSON_RATE, PERSON_DECAY);
    let mut function = Trainer::new(person::FUNCTION_BITS, 0, PERSON_RATE, PERSON_DECAY);
    let mut link = Trainer::new(LINK_BITS, LINK_ROWS, LINK_RATE, LINK_DECAY);
    let mut random = Random(SEED);
    let mut order: Vec<&Document> = documents.to_vec();
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        for document in &order {
            let mut teacher = Teacher::new(document, [&person, &function, &link], epoch);
            person::chains(
                &document.article,
                &document.text,
                &document.attributions,
                &document.given,
                &mut teacher,
            );
            let Teacher { people, functions, links, .. } = teacher;
            for (features, is_person) in people {
                person.learn(&[features, Features::default()], &[is_person, !is_person]);
            }
            for (options, right) in functions {
                function.learn(&options, &right);
            }
            for (options, right) in links {
                (0..document.weight).for_each(|_| link.learn(&options, &right));
            }
        }
        if epoch >= FIRST {
            person.snapshot();
            function.snapshot();
            link.snapshot();
        }
    }
    format::write(&[("person", &person.finish()), ("function", &function.finish()), ("link", &link.finish())])
}

/// Gold as judge; where it does not say, the model so far.
struct Teacher<'t> {
    document: &'t Document,
    person: &'t Trainer,
    function: &'t Trainer,
    link: &'t Trainer,
    /// Per number, the labels of its mentions.
    labels: Vec<BTreeMap<String, usize>>,
    settled: Vec<usize>,
    /// What was asked of names and nouns, with the answer.
    people: Vec<(Features, bool)>,
    /// Functions of mentions, and which is right.
    functions: Vec<(Vec<Features>, Vec<bool>)>,
    /// Options of mentions, and which are right.
    links: Vec<(Vec<Features>, Vec<bool>)>,
    random: Random,
    /// Per cent of choices that are the model's even where gold says.
    own: u64,
}

impl<'t> Teacher<'t> {
    fn new(document: &'t Document, [person, function, link]: [&'t Trainer; 3], epoch: usize) -> Self {
        Teacher {
            document,
            person,
            function,
            link,
            labels: Vec::new(),
            settled: Vec::new(),
            people: Vec::new(),
            functions: Vec::new(),
            links: Vec::new(),
            random: Random(document.article.text.len() as u64 + epoch as u64),
            own: if epoch < 2 { 0 } else { OWN },
        }
    }

    fn label_of(&self, known: usize) -> Option<&String> {
        let labels = self.labels.get(known)?;
        labels
            .iter()
            .max_by_key(|(label, count)| (**count, std::cmp::Reverse(*label)))
            .map(|(label, _)| label)
    }

    fn label_at(&self, head: Span) -> Option<&Label> {
        self.document.gold.heads.range(head.start()..head.end()).next().map(|(_, label)| label)
    }

    fn note(&mut self, known: usize, label: String) {
        if self.labels.len() <= known {
            self.labels.resize(known + 1, BTreeMap::new());
        }
        *self.labels[known].entry(label).or_default() += 1;
    }

    /// Which options are right, where gold says.
    fn right(&self, head: Span, options: &[Choice]) -> Option<Vec<bool>> {
        let gold = &self.document.gold;
        let is = |test: &dyn Fn(&Choice) -> bool| options.iter().map(test).collect::<Vec<bool>>();
        match self.label_at(head) {
            Some(Label::Nobody) => Some(is(&|choice| *choice == Choice::Nobody)),
            Some(Label::Not(names)) => Some(is(&|choice| match choice {
                Choice::Known(known) => self.label_of(*known).is_none_or(|label| !names.contains(label)),
                _ => true,
            })),
            Some(Label::Somebody(name)) => {
                let has = |known: usize| self.label_of(known) == Some(name);
                let met = |known: usize| self.settled.get(known).is_some_and(|&count| count > 0);
                let right =
                    is(&|choice| matches!(choice, Choice::Known(known) if has(*known) && met(*known)));
                if right.contains(&true) {
                    return Some(right);
                }
                let right = is(&|choice| matches!(choice, Choice::Known(known) if has(*known)));
                if right.contains(&true) {
                    return Some(right);
                }
                // Labels of news are not of every mention: whoever has none may be meant.
                gold.is_complete.then(|| is(&|choice| *choice == Choice::New))
            }
            None if gold.is_complete => Some(if options.contains(&Choice::Nobody) {
                is(&|choice| *choice == Choice::Nobody)
            } else {
                is(&|choice| *choice == Choice::New)
            }),
            None => None,
        }
    }
}

impl Judge for Teacher<'_> {
    type Sink = Features;

    fn person(&mut self, kind: Question, spans: &[Span], write: impl FnOnce(&mut Features)) -> i32 {
        let mut features = Features::default();
        write(&mut features);
        let own = (self.person.score(&features) * ONE as f32) as i32;
        let gold = &self.document.gold;
        let text = &self.document.article.text;
        let answer = match kind {
            Question::Name if gold.has_names => {
                let named = |span: &&Span| {
                    let name: Vec<&str> = text[span.range()].split_whitespace().collect();
                    gold.forms.contains_key(&name.join(" ").to_lowercase())
                        || gold.names.iter().any(|&(start, end)| {
                            start < span.end() && span.end() <= end + 2 && end > span.start()
                        })
                };
                Some(spans.iter().filter(named).count() * 2 >= spans.len())
            }
            Question::Noun if gold.is_complete => {
                Some(spans.iter().any(|span| gold.heads.range(span.start()..span.end()).next().is_some()))
            }
            _ => None,
        };
        if let Some(answer) = answer {
            self.people.push((features, answer));
            if self.random.next() % 100 >= self.own {
                return if answer { SURE } else { -SURE };
            }
        }
        own
    }

    fn choose(
        &mut self,
        head: Span,
        options: &[Choice],
        mut write: impl FnMut(usize, &mut Features),
    ) -> (usize, Vec<f32>) {
        let all: Vec<Features> = (0..options.len())
            .map(|option| {
                let mut features = Features::default();
                write(option, &mut features);
                features
            })
            .collect();
        let shares = self.link.probabilities(&all);
        let best = |allowed: &dyn Fn(usize) -> bool| {
            let mut best = None;
            for at in (0..options.len()).filter(|&at| allowed(at)) {
                best = match best {
                    Some(before) if shares[before] >= shares[at] => Some(before),
                    _ => Some(at),
                };
            }
            best.unwrap_or(0)
        };
        let mut chosen = best(&|_| true);
        if let Some(right) = self.right(head, options) {
            let own = self.random.next() % 100 < self.own;
            if right.contains(&true) {
                if !own {
                    chosen = best(&|at| right[at]);
                }
                self.links.push((all, right));
            }
        }
        (chosen, shares)
    }

    fn function(&mut self, head: Span, options: usize, mut write: impl FnMut(usize, &mut Features)) -> usize {
        let mut all = vec![Features::default(); options];
        all.iter_mut().enumerate().for_each(|(option, features)| write(option, features));
        let shares = self.function.probabilities(&all);
        let best = (1..options).fold(0, |best, at| if shares[at] > shares[best] { at } else { best });
        if let Some(right) = self.document.gold.functions.get(&head.start()) {
            let right = Function::ALL.iter().map(|function| function == right).collect();
            self.functions.push((all, right));
        }
        best
    }

    fn settle(&mut self, head: Span, known: usize) {
        if let Some(Label::Somebody(name)) = self.label_at(head) {
            let name = name.clone();
            self.note(known, name);
        }
        if self.settled.len() <= known {
            self.settled.resize(known + 1, 0);
        }
        self.settled[known] += 1;
    }

    fn introduce(&mut self, known: usize, names: &[Span]) {
        for &name in names {
            if let Some(Label::Somebody(label)) = self.label_at(name) {
                let label = label.clone();
                self.note(known, label);
            }
        }
    }
}

/// The documents of GUM with their chains.
fn gum(shared: &Path) -> io::Result<Vec<Document>> {
    let rows = rows(&shared.join("bench/people/gum.chains.jsonl"))?;
    let models = taggers(shared)?;
    let relations = treebank::relations(&shared.join("treebank/en_gumfree-ud-train.conllu"))?;
    let documents = rows.par_iter().enumerate().map(|(number, row)| {
        let article = article(row);
        let text = text::read_with(&article, &models[number % FOLDS]);
        let offsets = offsets(&article.text);
        let words = relations.get(row["id"].as_str().unwrap_or_default()).map_or(&[][..], Vec::as_slice);
        let functions = functions(&article.text, words);
        let mut gold = Gold { functions, is_complete: true, has_names: true, ..Gold::default() };
        for chain in array(&row["chains"]).filter(|chain| chain["type"] == "person") {
            let label = Label::Somebody(chain["id"].as_str().unwrap_or_default().to_owned());
            for mention in array(&chain["mentions"]) {
                let [start, end] =
                    [0, 1].map(|at| offsets[mention["head"][at].as_u64().unwrap_or(0) as usize]);
                for (at, _) in article.text[start..end].char_indices() {
                    gold.heads.insert(start + at, label.clone());
                }
                if mention["form"] == "name" {
                    gold.names.insert((start, end));
                }
            }
        }
        Document {
            id: row["id"].as_str().unwrap_or_default().to_owned(),
            attributions: attribution::read(&article, &text),
            article,
            text,
            given: Vec::new(),
            gold,
            weight: 1,
            is_held: false,
        }
    });
    Ok(documents.collect())
}

/// The functions of words, found in the text one after the other.
fn functions(text: &str, words: &[treebank::Relation]) -> BTreeMap<usize, Function> {
    let mut functions = BTreeMap::new();
    let mut from = 0;
    for word in words {
        let Some(at) = text[from..].find(&word.form).map(|at| at + from) else { continue };
        functions.insert(at, function(word));
        from = at + word.form.len();
    }
    functions
}

fn function(word: &treebank::Relation) -> Function {
    match word.relation.as_str() {
        "nsubj" | "nsubj:pass" | "nsubj:outer" | "csubj" | "csubj:pass" if word.is_inner => {
            Function::InnerSubject
        }
        "nsubj" | "nsubj:pass" | "nsubj:outer" | "csubj" | "csubj:pass" => Function::Subject,
        "obj" | "iobj" => Function::Object,
        "nmod:poss" => Function::Possessor,
        "appos" => Function::Apposition,
        "conj" => Function::Conjunct,
        relation if relation.starts_with("obl") => Function::Oblique,
        relation if relation.starts_with("nmod") => Function::Modifier,
        _ => Function::Other,
    }
}

/// Taggers and splitters that have not seen a fifth of GUM each; kept between runs.
fn taggers(shared: &Path) -> io::Result<Vec<text::Model<'static>>> {
    let ids: Vec<String> = rows(&shared.join("bench/people/gum.chains.jsonl"))?
        .iter()
        .map(|row| row["id"].as_str().unwrap_or_default().to_owned())
        .collect();
    let bytes: Vec<Vec<u8>> = (0..FOLDS)
        .into_par_iter()
        .map(|fold| {
            let file = PathBuf::from(format!("train/work/tagger{fold}.bin"));
            if let Ok(bytes) = fs::read(&file) {
                return Ok(bytes);
            }
            let held: BTreeSet<&str> = ids
                .iter()
                .enumerate()
                .filter(|(number, _)| number % FOLDS == fold)
                .map(|(_, id)| id.as_str())
                .collect();
            let mut paragraphs = train::paragraphs(shared)?;
            paragraphs.retain(|paragraph: &treebank::Paragraph| !held.contains(paragraph.document.as_str()));
            let bytes = train::text_model(&paragraphs);
            fs::create_dir_all("train/work")?;
            fs::write(&file, &bytes)?;
            Ok(bytes)
        })
        .collect::<io::Result<_>>()?;
    bytes.into_iter().map(|bytes| text::Model::open(bytes.leak()).map_err(io::Error::other)).collect()
}

/// Articles of PolNeAR with our labels.
fn news(shared: &Path) -> io::Result<Vec<Document>> {
    let labels = rows(Path::new(LABELS))?;
    let texts = rows(&shared.join("bench/statements/polnear-train.text.jsonl"))?;
    let texts: BTreeMap<&str, &Value> =
        texts.iter().map(|row| (row["id"].as_str().unwrap_or_default(), row)).collect();
    let documents = labels.par_iter().map(|row| {
        let id = row["id"].as_str().unwrap_or_default();
        let article =
            article(texts.get(id).ok_or_else(|| io::Error::other(format!("{LABELS}: no text {id}")))?);
        let text = text::read(&article);
        let gold = news_gold(row, &article, &text);
        Ok(Document {
            id: id.to_owned(),
            attributions: attribution::read(&article, &text),
            article,
            text,
            given: Vec::new(),
            gold,
            weight: 1,
            is_held: row["held"] == true,
        })
    });
    documents.collect()
}

fn news_gold(row: &Value, article: &Article, text: &Text) -> Gold {
    let offsets = offsets(&article.text);
    let mut gold = Gold { has_names: true, ..Gold::default() };
    let mut shared = BTreeSet::new();
    for person in array(&row["people"]) {
        let name = person[0].as_str().unwrap_or_default();
        for form in array(&person[1]).filter_map(Value::as_str).chain([name]) {
            let form = form.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            if gold.forms.insert(form.clone(), name.to_owned()).is_some_and(|before| before != name) {
                shared.insert(form);
            }
        }
    }
    // Names say who they are wherever they stand, where one person alone has them.
    let sole = gold.forms.iter().filter(|(form, _)| !shared.contains(*form));
    let sole: Vec<(&String, &String)> = sole.collect();
    let tokens = &text.tokens;
    for at in 0..tokens.len() {
        for size in 1..=4.min(tokens.len() - at) {
            let span = tokens[at].span.hull(tokens[at + size - 1].span);
            let words =
                article.text[span.range()].split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            if let Some((_, name)) = sole.iter().find(|(form, _)| **form == words) {
                for (offset, _) in article.text[span.range()].char_indices() {
                    gold.heads.insert(span.start() + offset, Label::Somebody((*name).clone()));
                }
            }
        }
    }
    for mark in array(&row["marks"]) {
        let [start, end] = [0, 1].map(|at| offsets[mark[at].as_u64().unwrap_or(0) as usize]);
        let value = mark[2].as_str().unwrap_or_default();
        // The head of a marked phrase is its last word.
        let inside = tokens.iter().filter(|token| token.span.start() >= start && token.span.end() <= end);
        let inside: Vec<_> = inside.collect();
        let is_pronoun = inside.len() == 1;
        let Some(head) = inside.last().filter(|head| head.tag != text::Tag::Punct) else { continue };
        let label = match value.split_once(':').map_or(value, |(kind, _)| kind) {
            "?" => continue,
            "x" | "o" | "m" | "d" if is_pronoun => Label::Nobody,
            "x" | "o" | "m" | "d" => continue,
            _ => Label::Somebody(value.to_owned()),
        };
        gold.heads.insert(head.span.start(), label);
    }
    gold
}

/// Our labels of the articles that training leaves out, for those attributions of gold whose source is marked, as rows
/// for the scorer of speakers.
pub(crate) fn speaker_labels(shared: &Path) -> io::Result<Vec<String>> {
    let gold = rows(&shared.join("bench/statements/polnear-train.gold.jsonl"))?;
    let texts = rows(&shared.join("bench/statements/polnear-train.text.jsonl"))?;
    let text_of = |id: &Value| texts.iter().find(|row| row["id"] == *id).and_then(|row| row["text"].as_str());
    let mut out = Vec::new();
    for row in rows(Path::new(LABELS))?.iter().filter(|row| row["held"] == true) {
        let text: Vec<char> = text_of(&row["id"]).unwrap_or_default().chars().collect();
        let attributions = gold.iter().filter(|gold| gold["id"] == row["id"]).take(1);
        for attribution in attributions.flat_map(|gold| array(&gold["attributions"])) {
            let source = &attribution["source"][0];
            let Some(mark) = array(&row["marks"]).find(|mark| mark[0] == source[0] && mark[1] == source[1])
            else {
                continue;
            };
            let value = mark[2].as_str().unwrap_or_default();
            let (kind, name) = match value.split_once(':') {
                Some(("o", name)) => ("organisation", name),
                Some(("m", name)) => ("outlet", name),
                Some(("d", name)) => ("document", name),
                Some(("u", name)) => ("unnamed", name),
                Some(("g", name)) => ("generic", name),
                _ if matches!(value, "x" | "?" | "") => continue,
                _ => ("person", value),
            };
            let [start, end] = [0, 1].map(|at| source[at].as_u64().unwrap_or(0) as usize);
            let words: String = text[start..end].iter().collect();
            let is_pronoun = PRONOUNS.contains(&words.to_lowercase().as_str());
            let last = name.rsplit(' ').next().unwrap_or_default();
            let form = match () {
                () if is_pronoun => "pronoun",
                () if kind == "person" && words.contains(last) => "name",
                () if kind != "person"
                    && words.chars().any(char::is_uppercase)
                    && matches!(kind, "organisation" | "outlet") =>
                {
                    "name"
                }
                () => "nominal",
            };
            let names: Vec<&str> = name.split(" & ").collect();
            let mut speaker = json!({ "kind": kind, "name": names.join(" and "), "evidence": source });
            if names.len() > 1 {
                speaker["names"] = json!(names);
            }
            out.push(json!({ "id": row["id"], "attribution": attribution["id"], "source": attribution["source"], "form": form, "speaker": speaker }).to_string());
        }
    }
    Ok(out)
}

const PRONOUNS: &[&str] = &[
    "he", "she", "they", "it", "i", "we", "you", "who", "which", "that", "him", "her", "them", "his", "their",
];

/// Rows of GAP: a pronoun and two names.
pub(crate) fn gap_rows(shared: &Path, set: &str) -> io::Result<Vec<Value>> {
    rows(&shared.join("bench/people").join(format!("{set}.jsonl")))
}

/// The article, the text, the two names and the pronoun of a row of GAP.
pub(crate) fn gap_article(row: &Value) -> (Article, Text, [Span; 2], Span) {
    let article = article(row);
    let text = text::read(&article);
    let offsets = offsets(&article.text);
    let span = |value: &Value| {
        let [start, end] = [0, 1].map(|at| offsets[value[at].as_u64().unwrap_or(0) as usize]);
        Span::new(start, end)
    };
    let names = ["a", "b"].map(|name| span(&row[name]["span"]));
    let pronoun = span(&row["pronoun"]);
    (article, text, names, pronoun)
}

fn gap(shared: &Path, set: &str) -> io::Result<Vec<Document>> {
    let rows = gap_rows(shared, set)?;
    let documents = rows.par_iter().map(|row| {
        let (article, text, names, pronoun) = gap_article(row);
        let mut gold = Gold::default();
        let mut right = None;
        for (name, span) in ["a", "b"].into_iter().zip(names) {
            for (at, _) in article.text[span.range()].char_indices() {
                gold.heads.insert(span.start() + at, Label::Somebody(name.to_owned()));
            }
            if row[name]["coref"] == true {
                right = Some(name);
            }
        }
        let label = match right {
            Some(name) => Label::Somebody(name.to_owned()),
            None => Label::Not(vec!["a".to_owned(), "b".to_owned()]),
        };
        gold.heads.insert(pronoun.start(), label);
        Document {
            id: row["id"].as_str().unwrap_or_default().to_owned(),
            attributions: attribution::read(&article, &text),
            article,
            text,
            given: names.to_vec(),
            gold,
            weight: GAP_WEIGHT,
            is_held: false,
        }
    });
    Ok(documents.collect())
}

fn article(row: &Value) -> Article {
    page::plain(row["text"].as_str().unwrap_or_default(), &Hints::default())
}

pub(crate) fn rows(path: &Path) -> io::Result<Vec<Value>> {
    let text = fs::read_to_string(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    text.lines().map(|line| serde_json::from_str(line).map_err(io::Error::from)).collect()
}

fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Code points to bytes.
pub(crate) fn offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}
