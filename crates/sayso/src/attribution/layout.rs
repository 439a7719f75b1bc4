//! Statements that the layout makes certain: headlines with a colon, questions and answers, names after a dash.
//!
//! `Mayor: Bridge to stay closed`, `‘It was a mistake’: ex-aide`, `Bridge is unsafe, minister says`;
//! `Q: When did you hear of it?`; `“We lost everything.” — Ann Lee, a nurse`.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::LazyLock,
};

use super::{
    Page,
    finding::Finding,
    quotation::{self, Quotation},
};
use crate::{
    Article, BlockKind,
    text::{Tag, Text},
};

/// Log-odds, in 256ths, of a statement by layout.
const CERTAIN: i32 = 512;
/// A label or a name has at most so many tokens.
const LONGEST: usize = 6;

/// Blocks that belong together: one that ends in a colon, with the block quotation, the list or the passage in marks
/// that it introduces. Each as its tokens.
pub(super) fn passages(article: &Article, text: &Text) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    for sentences in text.sentences.chunk_by(|a, b| a.block == b.block) {
        let tokens = sentences[0].tokens.start..sentences[sentences.len() - 1].tokens.end;
        let word = |at: usize| &article.text[text.tokens[at].span.range()];
        // In plain text a list has bullets and nothing else.
        let has_bullet = matches!(word(tokens.start), "-" | "•" | "*" | "·") && tokens.len() > 1;
        let kind = match article.blocks[sentences[0].block].kind {
            BlockKind::Paragraph if has_bullet => BlockKind::ListItem,
            kind => kind,
        };
        let is_introduced = |before: &Passage| {
            let ends_in_colon = word(before.introduction.end - 1) == ":" && before.introduction.len() > 2;
            let is_new = before.tokens == before.introduction;
            let in_marks =
                word(tokens.start).chars().all(crate::text::token::is_quote) && word(tokens.start) != "'";
            let goes_on = kind == before.last && kind != BlockKind::Paragraph;
            // What is not read may not lie in between.
            ends_in_colon
                && sentences[0].block == before.block + 1
                && matches!(kind, BlockKind::Quotation | BlockKind::ListItem | BlockKind::Paragraph)
                && tokens.end - before.introduction.start <= super::LONGEST_RUN
                && (if is_new { kind != BlockKind::Paragraph || in_marks } else { goes_on })
        };
        match passages.last_mut() {
            Some(before) if is_introduced(before) => {
                before.tokens.end = tokens.end;
                before.last = kind;
                before.block = sentences[0].block;
                match kind {
                    BlockKind::Quotation => before.quoted.push(tokens),
                    BlockKind::ListItem => before.items.push(tokens),
                    _ => {}
                }
            }
            _ => passages.push(Passage {
                introduction: tokens.clone(),
                tokens,
                kind,
                last: kind,
                block: sentences[0].block,
                quoted: Vec::new(),
                items: Vec::new(),
            }),
        }
    }
    passages
}

/// One block, or several that are read as one.
pub(super) struct Passage {
    pub(super) tokens: Range<usize>,
    /// The first block.
    introduction: Range<usize>,
    pub(super) kind: BlockKind,
    /// The kind of the last block.
    last: BlockKind,
    /// The last block, as an index into the article's.
    block: usize,
    /// Block quotations in it.
    quoted: Vec<Range<usize>>,
    /// Items of a list in it.
    items: Vec<Range<usize>>,
}

impl Passage {
    /// The quotations in it: between marks, and whole block quotations.
    pub(super) fn quotations(&self, page: &Page) -> Vec<Quotation> {
        let mut found = quotation::quotations(page.text, page.tokens, self.tokens.clone());
        for block in &self.quoted {
            found.retain(|quotation| quotation.end <= block.start || block.end <= quotation.open);
            found.push(Quotation { open: block.start, close: None, end: block.end });
        }
        found.sort_by_key(|quotation| quotation.open);
        found
    }
}

/// What the layout of an article as a whole says.
pub(super) struct Layout<'a> {
    page: &'a Page<'a>,
    /// Labels of who speaks, where the article is a conversation.
    speakers: BTreeSet<&'a str>,
    /// Surnames that the article spells out.
    surnames: OnceCell<BTreeSet<&'a str>>,
}

impl<'a> Layout<'a> {
    pub(super) fn of(page: &'a Page<'a>, passages: &[Passage]) -> Layout<'a> {
        Layout { page, speakers: speakers(page, passages), surnames: OnceCell::new() }
    }

    /// Whether a line starts with somebody who speaks.
    fn speaks(&self, tokens: &Range<usize>) -> bool {
        !self.speakers.is_empty()
            && label(self.page, tokens)
                .is_some_and(|label| self.speakers.contains(&self.page.text[self.page.span(&label).range()]))
    }

    /// `Welk` is Ann Welk where the article says so.
    fn spells_out(&self, name: &str) -> bool {
        let page = self.page;
        let spelled = || {
            let is_surname = |&at: &usize| page.tokens[at].tag == Tag::Propn && is_given(page.word(at - 1));
            (1..page.tokens.len()).filter(is_surname).map(|at| page.word(at)).collect()
        };
        self.surnames.get_or_init(spelled).contains(name)
    }
}

/// Labels of the lines of a conversation: of a line that starts with who speaks. An article is one where `Q:` and `A:` come,
/// or where two labels that come again, or a question and its answer, make most of its labelled lines; the lines of a fact box
/// are many labels, each of one line.
fn speakers<'a>(page: &'a Page<'a>, passages: &[Passage]) -> BTreeSet<&'a str> {
    let labels: Vec<Option<&str>> = passages
        .iter()
        .map(|passage| Some(&page.text[page.span(&label(page, &passage.tokens)?).range()]))
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    labels.iter().flatten().for_each(|label| *counts.entry(label).or_default() += 1);
    let asks = |label: &str| ASKS.contains(&label.to_lowercase().as_str());
    let mut speakers: BTreeSet<&str> =
        counts.iter().filter(|&(label, &count)| count > 1 || asks(label)).map(|(&label, _)| label).collect();
    for (at, pair) in labels.windows(2).enumerate() {
        let &[Some(one), Some(other)] = pair else { continue };
        let is_question = page.word(passages[at].tokens.end - 1) == "?";
        if one != other && is_question {
            speakers.extend([one, other]);
        }
    }
    // Somebody speaks a whole sentence now and then; a fact box does not.
    let lines = |speaks: bool| {
        let count = |label: &&&str| speakers.contains(**label) == speaks;
        labels.iter().flatten().filter(count).count()
    };
    let says = |passage: &&Passage| {
        let is_sentence = matches!(page.word(passage.tokens.end - 1), "." | "?" | "!")
            && passage.tokens.len() > SHORTEST_LINE;
        is_sentence && label(page, &passage.tokens).is_some()
    };
    let is_conversation = speakers.len() > 1
        && lines(true) > 2 * lines(false)
        && 2 * passages.iter().filter(says).count() >= lines(true);
    if is_conversation { speakers } else { BTreeSet::new() }
}

/// A line with its label, where a sentence is spoken, has more tokens.
const SHORTEST_LINE: usize = 6;

/// Labels of who asks and who answers.
const ASKS: &[&str] = &["q", "a", "question", "answer", "interviewer", "moderator", "reporter", "host"];

/// Adds what the layout of a passage says, where nothing is found at the same place.
pub(super) fn find(layout: &Layout, passage: &Passage, findings: &mut Vec<Finding>) {
    let (page, tokens) = (layout.page, &passage.tokens);
    let found = match passage.kind {
        _ if !passage.items.is_empty() => list(page, passage),
        _ if layout.speaks(tokens) => spoken(page, tokens),
        BlockKind::Title | BlockKind::Subhead => headline(layout, tokens),
        _ => after_a_dash(page, tokens),
    };
    let Some(found) = found else { return };
    let same = |known: &Finding| {
        known.cue.as_ref().is_some_and(|cue| found.cue.as_ref() == Some(cue) && !known.source.is_empty())
    };
    let is_list = !passage.items.is_empty();
    if is_list || !findings.iter().any(same) {
        let parts: Vec<Range<usize>> = found.source.iter().chain(&found.cue).cloned().collect();
        let crosses = |known: &Finding| {
            parts.iter().any(|part| known.anchor().start < part.end && part.start < known.anchor().end)
        };
        // What was found in the items is left to the reading of the content.
        let lies_in = |known: &Finding| {
            is_list && found.content.iter().any(|item| item.contains(&known.anchor().start))
        };
        findings.retain(|known| !crosses(known) && !lies_in(known));
        findings.push(found);
    }
}

fn statement(page: &Page, source: Range<usize>, cue: Range<usize>, content: Range<usize>) -> Option<Finding> {
    // A full stop ends the line, not the content; other marks belong to it.
    let stops = content.len() > 1 && page.word(content.end - 1) == ".";
    let content = content.start..content.end - usize::from(stops);
    let quotations = quotation::quotations(page.text, page.tokens, content.clone());
    let kind = super::finding::kind(page, &quotations, std::slice::from_ref(&content));
    (!source.is_empty() && !content.is_empty()).then(|| Finding {
        source: vec![source],
        cue: Some(cue),
        content: vec![content],
        kind,
        score: CERTAIN,
    })
}

/// The words before a colon at the start of a line, where they may say who speaks.
fn label(page: &Page, tokens: &Range<usize>) -> Option<Range<usize>> {
    let colon = (tokens.start..tokens.end.min(tokens.start + LONGEST)).find(|&at| page.word(at) == ":")?;
    let label = tokens.start..colon;
    let is_name = |at: usize| {
        page.word(at).starts_with(char::is_uppercase)
            || matches!(page.word(at), "." | "of" | "the" | "van" | "de")
    };
    let is_furniture = FURNITURE.contains(&page.word(tokens.start).to_lowercase().as_str());
    let fits = !label.is_empty() && label.clone().all(is_name) && colon + 2 < tokens.end && !is_furniture;
    fits.then_some(label)
}

/// Labels of what is no speech.
const FURNITURE: &[&str] = &[
    "photo",
    "photos",
    "picture",
    "image",
    "video",
    "credit",
    "source",
    "sources",
    "related",
    "read",
    "more",
    "see",
    "note",
    "update",
    "updated",
    "correction",
    "when",
    "where",
    "what",
    "who",
    "why",
    "how",
    "price",
    "date",
    "time",
    "location",
    "tags",
    "topics",
    "contact",
    "tickets",
    "admission",
    "by",
    "editor",
    "watch",
    "listen",
];

/// `Q: When did you hear of it?`
fn spoken(page: &Page, tokens: &Range<usize>) -> Option<Finding> {
    let label = label(page, tokens)?;
    let colon = label.end;
    statement(page, label, colon..colon + 1, colon + 1..tokens.end)
}

fn headline(layout: &Layout, tokens: &Range<usize>) -> Option<Finding> {
    let page = layout.page;
    let colon = tokens.clone().find(|&at| page.word(at) == ":");
    if let Some(colon) = colon {
        let (before, after) = (tokens.start..colon, colon + 1..tokens.end);
        let is_mark = |at: usize| page.word(at).chars().all(crate::text::token::is_quote);
        // A rubric, or a name that a noun phrase describes, says nothing: something is said with a verb, or in marks.
        let says = |words: &Range<usize>| {
            words.clone().any(|at| matches!(page.tokens[at].tag, Tag::Verb | Tag::Aux) || is_mark(at))
        };
        if names_a_source(layout, &before) && says(&after) && !is_rubric(page, &before) {
            return statement(page, before, colon..colon + 1, after);
        }
        let is_quoted = before.len() > 2 && is_mark(before.start) && is_mark(before.end - 1);
        let is_said = says(&before) && before.len() > 2;
        // "Ex-coach on the night that ended it": who comes first.
        let stop = after.clone().skip(1).find(|&at| page.tokens[at].tag == Tag::Adp).unwrap_or(after.end);
        let who = after.start..stop;
        if is_quoted && is_said && who.end < after.end && names_a_source(layout, &who) {
            return statement(page, who, colon..colon + 1, before);
        }
        if is_said && names_a_source(layout, &after) && !is_rubric(page, &after) {
            return statement(page, after, colon..colon + 1, before);
        }
        return None;
    }
    // "Bridge to close – union"
    if let Some(dash) = tokens.clone().rev().take(LONGEST).find(|&at| is_dash(page, at)) {
        return Some(dash + 1..tokens.end)
            .filter(|source| {
                names_a_source(layout, source) && !is_rubric(page, source) && dash > tokens.start + 2
            })
            .and_then(|source| statement(page, source, dash..dash + 1, tokens.start..dash));
    }
    // "Bridge is unsafe, minister says"
    let says = tokens
        .end
        .checked_sub(1)
        .filter(|&at| at > tokens.start && SAYS.contains(page.word(at).to_lowercase().as_str()))?;
    let comma = (tokens.start..says).rev().take(LONGEST).find(|&at| page.word(at) == ",")?;
    statement(page, comma + 1..says, says..says + 1, tokens.start..comma)
}

/// `“We lost everything.” — Ann Lee, a nurse`, or a post with its handle.
fn after_a_dash(page: &Page, tokens: &Range<usize>) -> Option<Finding> {
    let bullet = usize::from(is_bullet(page, tokens.start));
    let content = tokens.start + bullet;
    let dash = (content + 2..tokens.end).rev().take(LONGEST_SIGNATURE).find(|&at| is_dash(page, at))?;
    let is_mark = |at: usize| page.word(at).chars().all(crate::text::token::is_quote);
    let is_quoted = is_mark(dash - 1) && is_mark(content);
    let handle = (dash + 1..tokens.end).find(|&at| page.word(at).starts_with('@'));
    let is_stop = |at: &usize| matches!(page.word(*at), "." | ";");
    // The handle belongs to the source; the day of a post does not.
    let end = match handle {
        Some(handle) => (handle + 1 + usize::from(handle + 1 < tokens.end && page.word(handle + 1) == ")"))
            .min(tokens.end),
        None => (dash + 1..tokens.end).find(is_stop).unwrap_or(tokens.end),
    };
    let is_name = dash + 1 < tokens.end && page.word(dash + 1).starts_with(char::is_uppercase);
    // A title in marks, or "Follow us – @paper", is no speech.
    let is_speech = is_sentence(page, content..dash) || handle.is_some() && is_quoted;
    let fits = is_name && is_speech && (is_quoted || handle.is_some());
    fits.then(|| statement(page, dash + 1..end, dash..dash + 1, content..dash)).flatten()
}

/// `— Ann Lee, a nurse`, a line of its own under a quotation.
pub(super) fn signature(page: &Page, quotation: &Passage, line: &Passage) -> Option<Finding> {
    let (quoted, line) = (&quotation.tokens, &line.tokens);
    let is_mark = |at: usize| page.word(at).chars().all(crate::text::token::is_quote);
    let is_quoted =
        quotation.kind == BlockKind::Quotation || is_mark(quoted.start) && is_mark(quoted.end - 1);
    let is_signed = is_dash(page, line.start)
        && (2..=LONGEST_SIGNATURE).contains(&line.len())
        && page.word(line.start + 1).starts_with(char::is_uppercase);
    let stops = usize::from(page.word(line.end - 1) == ".");
    (is_quoted && is_signed && is_sentence(page, quoted.clone()))
        .then(|| {
            statement(page, line.start + 1..line.end - stops, line.start..line.start + 1, quoted.clone())
        })
        .flatten()
}

/// Longest name under a quotation, with what follows it.
const LONGEST_SIGNATURE: usize = 20;

/// Whether words, in marks or not, are a sentence: they end like one, or hold a verb and are not few.
fn is_sentence(page: &Page, words: Range<usize>) -> bool {
    let ends = words
        .clone()
        .rev()
        .take(2)
        .any(|at| matches!(page.word(at).chars().next_back(), Some('.' | '!' | '?' | '…')));
    let has_verb = words.clone().any(|at| matches!(page.tokens[at].tag, Tag::Verb | Tag::Aux));
    ends && words.len() > 3 || has_verb && words.len() > SHORTEST_LINE
}

fn is_bullet(page: &Page, at: usize) -> bool {
    matches!(page.word(at), "-" | "•" | "*" | "·" | "–")
}

/// `The strikers demand:` and a list: each item is a piece of the content, without its bullet and its full stop.
fn list(page: &Page, passage: &Passage) -> Option<Finding> {
    if passage.items.is_empty() {
        return None;
    }
    let colon = passage.introduction.end - 1;
    let cue = colon.checked_sub(1).filter(|&at| page.network.gate(page.word(at)) >= OFTEN)?;
    let start = page.sentence_start(colon);
    let source = start..(start..cue).find(|&at| page.tokens[at].tag == Tag::Aux).unwrap_or(cue);
    let tag = |at: usize| page.tokens[at].tag;
    // "The strikers demand" may be tagged as a noun; "latest reports" is one.
    let is_verb = tag(cue) == Tag::Verb
        || tag(source.start) == Tag::Det
            && source.len() > 1
            && matches!(tag(source.end - 1), Tag::Noun | Tag::Propn);
    let is_named = source.clone().any(|at| matches!(tag(at), Tag::Noun | Tag::Propn | Tag::Pron))
        && !matches!(page.word(source.start), "What" | "Here" | "This" | "Things" | "How" | "Why");
    let is_clause = |at: usize| matches!(tag(at), Tag::Verb | Tag::Punct | Tag::Sconj | Tag::Part);
    let is_phrase = is_verb && is_named && !source.clone().any(is_clause);
    let item = |tokens: &Range<usize>| {
        let start = tokens.start + usize::from(is_bullet(page, tokens.start));
        start..tokens.end - usize::from(page.word(tokens.end - 1) == ".")
    };
    let content: Vec<Range<usize>> = passage.items.iter().map(item).filter(|item| !item.is_empty()).collect();
    let glued = page.tokens[cue].span.end() == page.tokens[colon].span.start();
    (is_phrase && !source.is_empty() && !content.is_empty()).then(|| Finding {
        source: vec![source.clone()],
        cue: Some(source.end..cue + 1 + usize::from(glued)),
        content,
        kind: crate::Kind::Indirect,
        score: CERTAIN,
    })
}

/// A word that introduces a list of what is said is part of a cue so often, as a step of the lexicon.
const OFTEN: u8 = 3;

fn is_dash(page: &Page, at: usize) -> bool {
    matches!(page.word(at), "—" | "–" | "--" | "―")
}

/// Whether a few words name who may say something: an office or a document, or somebody whose name the article spells out.
fn names_a_source(layout: &Layout, words: &Range<usize>) -> bool {
    let page = layout.page;
    if words.is_empty() || words.len() > LONGEST {
        return false;
    }
    let head = page.word(words.end - 1);
    let has_verb = words.clone().any(|at| page.tokens[at].tag == Tag::Verb);
    let led = words.len() > 1 && words.len() < 4 && is_given(page.word(words.start));
    let is_role = SOURCES.contains(head.to_lowercase().as_str()) && !has_verb;
    is_role || led || words.len() == 1 && layout.spells_out(head)
}

/// Whether the words name a kind of text, not who wrote it: `Interview: …`, `… – match report`.
fn is_rubric(page: &Page, words: &Range<usize>) -> bool {
    const RUBRICS: &[&str] = &[
        "interview",
        "letter",
        "letters",
        "analysis",
        "statement",
        "obituary",
        "profile",
        "story",
        "review",
        "essay",
        "blog",
        "diary",
        "transcript",
        "account",
        "book",
        "film",
        "video",
        "quote",
        "quotes",
    ];
    let head = page.word(words.end - 1).to_lowercase();
    RUBRICS.contains(&head.as_str()) || words.len() > 1 && head == "report" && page.word(words.start) != "The"
}

/// Whether a name or a title that only people have.
fn is_given(word: &str) -> bool {
    GIVEN.contains(word) || PERSONAL.contains(word)
}

/// Words for people, offices and documents.
static SOURCES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let people = sayso_data::rows(sayso_data::UNNAMED).flat_map(|row| row.split('\t'));
    let nouns = ["office", "document", "organisation"]
        .into_iter()
        .flat_map(|class| sayso_data::class(sayso_data::NOUNS, class));
    people
        .chain(nouns)
        .filter(|word| !matches!(*word, "video" | "editorial" | "column" | "tape" | "review"))
        .collect()
});
static GIVEN: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| sayso_data::rows(sayso_data::GIVEN_NAMES).collect());
static PERSONAL: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| sayso_data::class(sayso_data::TITLES, "personal"));
/// Verbs that end a headline after their source.
static SAYS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    [
        "says", "say", "said", "finds", "find", "shows", "show", "warns", "warn", "claims", "claim",
        "suggests", "suggest", "reports", "report", "reveals", "argues", "admits", "insists",
    ]
    .into()
});
