//! Universal Dependencies treebanks (CoNLL-U) as running text with gold sentences, words and tags.

use std::{collections::BTreeMap, fs, io, path::Path};

use sayso::text::Tag;

/// A paragraph as it was printed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paragraph {
    /// Its document.
    pub(crate) document: String,
    /// Its text.
    pub(crate) text: String,
    /// Byte offsets at which its sentences start.
    pub(crate) starts: Vec<usize>,
    /// Its words, in order; those of one contraction lie side by side.
    pub(crate) words: Vec<GoldWord>,
}

/// A syntactic word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GoldWord {
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// Its tag.
    pub(crate) tag: Tag,
}

/// The paragraphs of a treebank file.
pub(crate) fn read(file: &Path) -> io::Result<Vec<Paragraph>> {
    let content = fs::read_to_string(file)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", file.display())))?;
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut document = String::new();
    for sentence in content.split("\n\n").filter(|sentence| !sentence.trim().is_empty()) {
        let mut starts_paragraph = paragraphs.is_empty();
        for comment in sentence.lines().filter_map(|line| line.strip_prefix("# ")) {
            if let Some(name) = comment.strip_prefix("newdoc id = ") {
                document = name.to_owned();
                starts_paragraph = true;
            }
            starts_paragraph |= comment.starts_with("newpar");
        }
        if starts_paragraph {
            paragraphs.push(Paragraph { document: document.clone(), ..Paragraph::default() });
        }
        if let Some(paragraph) = paragraphs.last_mut() {
            paragraph.add_sentence(sentence);
        }
    }
    Ok(paragraphs)
}

impl Paragraph {
    fn add_sentence(&mut self, sentence: &str) {
        self.starts.push(self.text.len());
        // The words of a contraction are printed once, by its own line; they share its letters.
        let mut contraction: Option<(usize, usize, usize)> = None;
        for line in sentence.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [id, form, _, tag, .., misc] = fields[..] else { continue };
            let space = if misc.split('|').any(|note| note == "SpaceAfter=No") { "" } else { " " };
            if let Some((first, last)) = id.split_once('-') {
                let numbers = first.parse().ok().zip(last.parse().ok());
                contraction = numbers.map(|(first, last): (usize, usize)| (first, last, self.text.len()));
                self.text.push_str(form);
                self.text.push_str(space);
                continue;
            }
            let Ok(number) = id.parse::<usize>() else { continue };
            let Some(tag) = parse_tag(tag) else { continue };
            let start = match contraction {
                Some((first, last, at)) if (first..=last).contains(&number) => {
                    let end = (at + form.len()).min(self.text.trim_end().len());
                    contraction = Some((first, last, end));
                    at.min(end)
                }
                _ => {
                    let at = self.text.len();
                    self.text.push_str(form);
                    self.text.push_str(space);
                    at
                }
            };
            self.words.push(GoldWord {
                start,
                end: (start + form.len()).min(self.text.trim_end().len()),
                tag,
            });
        }
    }

    /// The words of each sentence.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = &[GoldWord]> {
        self.words.chunk_by(|left, right| {
            !self.starts.iter().any(|&start| left.start < start && start <= right.start)
        })
    }
}

/// A word of a treebank and its relation to its governor.
pub(crate) struct Relation {
    pub(crate) form: String,
    pub(crate) relation: String,
    /// Whether its governor heads a clause inside another.
    pub(crate) is_inner: bool,
}

/// The words of each document of a treebank file, in order.
pub(crate) fn relations(file: &Path) -> io::Result<BTreeMap<String, Vec<Relation>>> {
    let content = fs::read_to_string(file)?;
    let mut documents: BTreeMap<String, Vec<Relation>> = BTreeMap::new();
    let mut document = String::new();
    for sentence in content.split("\n\n") {
        let name = sentence.lines().find_map(|line| line.strip_prefix("# newdoc id = "));
        document = name.map_or(document, str::to_owned);
        let lines = sentence.lines().filter(|line| !line.starts_with('#'));
        let rows: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
        let rows: Vec<&Vec<&str>> =
            rows.iter().filter(|row| row.len() == 10 && row[0].parse::<usize>().is_ok()).collect();
        let governor =
            |row: &Vec<&str>| row[6].parse::<usize>().ok().and_then(|head| rows.get(head.checked_sub(1)?));
        let is_inner = |row: &Vec<&str>| {
            governor(row).is_some_and(|head| !matches!(head[7], "root" | "parataxis" | "conj" | "ccomp"))
        };
        let words = rows.iter().map(|row| Relation {
            form: row[1].to_owned(),
            relation: row[7].to_owned(),
            is_inner: is_inner(row),
        });
        documents.entry(document.clone()).or_default().extend(words);
    }
    Ok(documents)
}

fn parse_tag(tag: &str) -> Option<Tag> {
    use Tag::*;
    Some(match tag {
        "ADJ" => Adj,
        "ADP" => Adp,
        "ADV" => Adv,
        "AUX" => Aux,
        "CCONJ" => Cconj,
        "DET" => Det,
        "INTJ" => Intj,
        "NOUN" => Noun,
        "NUM" => Num,
        "PART" => Part,
        "PRON" => Pron,
        "PROPN" => Propn,
        "PUNCT" => Punct,
        "SCONJ" => Sconj,
        "SYM" => Sym,
        "VERB" => Verb,
        "X" => X,
        _ => return None,
    })
}
