//! What is known of people: the chains of GUM, our labels on texts of PolNeAR, and GAP.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use sayso::{
    Article, Attribution, Span, attribution,
    page::{self, Hints},
    person::{self, Function, Model, Trained},
    text::{self, Text},
};
use serde_json::{Value, json};

use super::FOLDS;
use crate::{train, treebank};

/// A text of GAP has one labelled link.
const GAP_WEIGHT: usize = 4;
/// Our labels.
const LABELS: &str = "train/people.jsonl";

/// An article with what is known of its people.
pub(super) struct Document {
    pub(super) id: String,
    pub(super) article: Article,
    pub(super) text: Text,
    pub(super) attributions: Vec<Attribution>,
    /// Spans given as names of people.
    pub(super) given: Vec<Span>,
    pub(super) gold: Gold,
    /// How often its links are learned from, each time that it is read.
    pub(super) weight: usize,
    /// Whether it is for measuring.
    pub(super) is_held: bool,
}

impl Document {
    /// One of the corpus, to be learned from once.
    fn of(row: &Value, article: Article, text: Text, gold: Gold) -> Document {
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
    }

    pub(super) fn row(&self, model: &Model) -> String {
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
pub(super) struct Gold {
    pub(super) heads: BTreeMap<usize, Label>,
    /// First to last byte of names of people.
    pub(super) names: BTreeSet<(usize, usize)>,
    /// Names of people wherever they stand.
    pub(super) forms: BTreeMap<String, String>,
    /// The function of words, by their first byte.
    pub(super) functions: BTreeMap<usize, Function>,
    /// Whether what has no label is no mention of a person.
    pub(super) is_complete: bool,
    /// Whether all names of people are known.
    pub(super) has_names: bool,
}

/// Whom a mention stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    Somebody(String),
    Nobody,
    /// Anybody but these.
    Not(Vec<String>),
}

/// The documents of GUM with their chains.
pub(super) fn gum(shared: &Path) -> io::Result<Vec<Document>> {
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
        Document::of(row, article, text, gold)
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
pub(super) fn news(shared: &Path) -> io::Result<Vec<Document>> {
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
        Ok(Document { is_held: row["held"] == true, ..Document::of(row, article, text, gold) })
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

pub(super) fn gap(shared: &Path, set: &str) -> io::Result<Vec<Document>> {
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
        Document { given: names.to_vec(), weight: GAP_WEIGHT, ..Document::of(row, article, text, gold) }
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
