//! Universal Dependencies treebanks (CoNLL-U) as running text with gold sentences, words and tags.

use std::{fs, io, path::Path};

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
