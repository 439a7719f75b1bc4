//! What holds of every article and every reading, whatever the input: checked by property tests and by fuzzing.

use sayso::{Article, Attribution, BlockKind, Reading, Span, Speaker};

/// Spans lie in the text and on character boundaries; blocks follow one another with only white space between.
pub(crate) fn check_article(article: &Article) {
    let text = &article.text;
    let mut at = 0;
    for block in &article.blocks {
        check_span(text, block.span);
        assert!(!block.span.is_empty(), "an empty block: {block:?}");
        assert!(block.span.start() >= at, "blocks overlap at {at}: {block:?}");
        assert!(
            is_blank(&text[at..block.span.start()]),
            "text outside blocks: {:?}",
            &text[at..block.span.start()]
        );
        at = block.span.end();
    }
    assert!(is_blank(&text[at..]), "text after the last block: {:?}", &text[at..]);
    article.links.iter().for_each(|link| check_span(text, link.span));
    article.notes.iter().filter_map(|note| note.span).for_each(|span| check_span(text, span));
    assert_eq!(article.published.as_ref(), article.dates.first());
}

/// Sentences partition what is read, tokens lie inside them, and every finding stands in text that is read.
pub(crate) fn check_reading(reading: &Reading) {
    let text = &reading.article.text;
    check_article(&reading.article);
    check_sentences(reading);
    for (number, attribution) in reading.attributions.iter().enumerate() {
        check_attribution(reading, number, attribution);
    }
    let people = reading.people.iter().map(|person| &person.mentions);
    let unnamed = reading.unnamed.iter().map(|source| &source.mentions);
    let outlets = reading.outlets.iter().map(|outlet| &outlet.mentions);
    for mentions in people.chain(unnamed).chain(outlets) {
        mentions.iter().for_each(|&mention| check_finding(reading, mention));
    }
    for source in &reading.unnamed {
        assert!(source.max.is_none_or(|max| source.min <= max), "more at least than at most: {source:?}");
    }
    reading.notes.iter().filter_map(|note| note.span).for_each(|span| check_span(text, span));
    assert!(reading.notes.starts_with(&reading.article.notes));
}

fn check_sentences(reading: &Reading) {
    let text = &reading.article.text;
    let mut tokens = reading.tokens.iter().peekable();
    let mut sentences = reading.sentences.iter().peekable();
    for block in reading.article.blocks.iter().filter(|block| block.kind.is_read()) {
        let mut at = block.span.start();
        while let Some(&sentence) = sentences.next_if(|sentence| block.span.contains(**sentence)) {
            check_span(text, sentence);
            assert!(at <= sentence.start() && !sentence.is_empty(), "sentences overlap: {sentence:?}");
            assert!(shows_nothing(&text[at..sentence.start()]), "text between sentences: {sentence:?}");
            at = sentence.end();
            let mut inside = sentence.start();
            while let Some(token) = tokens.next_if(|token| sentence.contains(token.span)) {
                check_span(text, token.span);
                assert!(!token.span.is_empty() && inside <= token.span.start(), "tokens overlap: {token:?}");
                assert!(shows_nothing(&text[inside..token.span.start()]), "text between tokens: {token:?}");
                inside = token.span.end();
            }
            assert_eq!(inside, sentence.end(), "a sentence ends behind its last token");
        }
        assert!(shows_nothing(&text[at..block.span.end()]), "text after the last sentence of {block:?}");
    }
    assert!(
        tokens.next().is_none() && sentences.next().is_none(),
        "a sentence or token outside what is read"
    );
}

fn check_attribution(reading: &Reading, number: usize, attribution: &Attribution) {
    let Attribution { source, cue, content, addressee, .. } = attribution;
    for pieces in [source, cue, content, addressee] {
        pieces.iter().for_each(|&piece| check_finding(reading, piece));
        assert!(pieces.is_sorted_by(|a, b| a.end() <= b.start()), "pieces overlap: {attribution:?}");
    }
    assert!(!content.is_empty(), "nothing is attributed: {attribution:?}");
    attribution.via.iter().for_each(|via| check_finding(reading, via.span));
    match &attribution.speaker {
        Speaker::Person(id) => assert!(id.index() < reading.people.len()),
        Speaker::Outlet(id) => assert!(id.index() < reading.outlets.len()),
        Speaker::Unnamed(id) => assert!(id.index() < reading.unnamed.len()),
        Speaker::People(people) => assert!(people.iter().all(|id| id.index() < reading.people.len())),
        Speaker::Organisation(span) | Speaker::Document(span, _) | Speaker::Generic(span) => {
            check_finding(reading, *span)
        }
        Speaker::Unknown(candidates) => {
            assert!(candidates.iter().all(|(id, _)| id.index() < reading.people.len()));
        }
    }
    // Climbing to the outermost attribution ends.
    let (mut climbed, mut within) = (0, attribution.within);
    while let Some(id) = within {
        climbed += 1;
        assert!(climbed < reading.attributions.len(), "attribution {number} lies within itself");
        within = reading.attributions[id.index()].within;
    }
}

/// A finding holds text, and text that is read.
fn check_finding(reading: &Reading, span: Span) {
    check_span(&reading.article.text, span);
    assert!(!span.is_empty(), "an empty finding at {}", span.start());
    for block in &reading.article.blocks {
        let unread = matches!(block.kind, BlockKind::Credit | BlockKind::AltText | BlockKind::Debris);
        assert!(!(unread && block.span.overlaps(span)), "found in {block:?}: {span:?}");
    }
}

fn check_span(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} is no piece of {} bytes of text", text.len());
}

fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// White space, and characters that show nothing.
fn shows_nothing(text: &str) -> bool {
    text.chars().all(sayso::text::token::is_space)
}
