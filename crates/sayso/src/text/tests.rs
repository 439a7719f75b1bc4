//! Marked texts, and what must hold of any text.

use proptest::prelude::*;

use super::*;
use crate::BlockKind;

fn article(text: &str, kind: BlockKind) -> Article {
    let block = Block { span: Span::new(0, text.len()), kind };
    Article { text: text.to_owned(), blocks: vec![block], ..Article::default() }
}

/// A file of texts, one a line, `\\n` for a line's end; each is stripped of its marks, read, and marked again.
fn check(file: &str, again: impl Fn(&str) -> String) {
    let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    let lines = lines.map(|line| line.replace("\\n", "\n"));
    let wrong: Vec<_> =
        lines.map(|line| (again(&line.replace('|', "")), line)).filter(|(got, line)| line != got).collect();
    assert!(wrong.is_empty(), "got, wanted: {wrong:#?}");
}

#[test]
fn tokens_as_marked() {
    check(include_str!("testdata/tokens.txt"), |text| {
        let mut tokens = Vec::new();
        token::tokenize(text, Span::new(0, text.len()), &mut tokens);
        let mut marked = String::new();
        let mut at = 0;
        for span in &tokens {
            let gap = &text[at..span.start()];
            marked.push_str(if gap.is_empty() && at > 0 { "|" } else { gap });
            marked.push_str(&text[span.range()]);
            at = span.end();
        }
        marked + &text[at..]
    });
}

#[test]
fn sentences_as_marked() {
    check(include_str!("testdata/sentences.txt"), mark_sentences);
}

#[test]
fn sentences_known_to_be_wrong_still_are() {
    let known = include_str!("testdata/sentences_known.txt");
    for line in known.lines().filter(|line| !line.starts_with("# ")) {
        assert_ne!(mark_sentences(&line.replace('|', "")), line, "right now: move it to sentences.txt");
    }
}

fn mark_sentences(text: &str) -> String {
    let mut marked = text.to_owned();
    let sentences = read(&article(text, BlockKind::Paragraph)).sentences;
    for sentence in sentences[..sentences.len() - 1].iter().rev() {
        marked.insert(sentence.span.end(), '|');
    }
    marked
}

#[test]
fn tags_as_marked() {
    check(include_str!("testdata/tags.txt"), |marked| {
        let text: Vec<&str> =
            marked.split(' ').filter_map(|word| word.rsplit_once('_')).map(|(word, _)| word).collect();
        let article = article(&text.join(" "), BlockKind::Paragraph);
        let tokens = read(&article).tokens;
        let words: Vec<String> =
            tokens.iter().map(|token| format!("{}_{:?}", &article[token.span], token.tag)).collect();
        words.join(" ")
    });
}

#[test]
fn credits_and_debris_are_not_read() {
    for kind in [BlockKind::AltText, BlockKind::Credit, BlockKind::Debris] {
        assert_eq!(read(&article("He left. She stayed.", kind)), Text::default());
    }
    assert_eq!(read(&article("He left. She stayed.", BlockKind::Caption)).sentences.len(), 2);
}

/// Checks that tokens lie in order within sentences, and these within blocks, with nothing but space between.
fn check_layers(article: &Article) {
    let text = read(article);
    assert_eq!(text.sentences.iter().flat_map(|sentence| sentence.tokens.clone()).count(), text.tokens.len());
    let blank = |start, end| article.text[start..end].chars().all(token::is_space);
    let mut next = 0;
    for (index, block) in article.blocks.iter().enumerate() {
        let mut at = block.span.start();
        for sentence in text.sentences.iter().filter(|sentence| sentence.block == index) {
            assert_eq!(sentence.tokens.start, next);
            for token in &text.tokens[sentence.tokens.clone()] {
                assert!(
                    at <= token.span.start() && !token.span.is_empty() && sentence.span.contains(token.span)
                );
                assert!(blank(at, token.span.start()));
                assert!(article[token.span].chars().count() <= token::LONGEST);
                at = token.span.end();
            }
            assert_eq!(sentence.span.end(), at);
            next = sentence.tokens.end;
        }
        let end = block.span.end().min(article.text.floor_char_boundary(LONGEST));
        assert!(!block.kind.is_read() || at >= end || blank(at, end));
    }
    assert_eq!(next, text.tokens.len());
}

proptest! {
    #[test]
    fn layers_partition_any_text(text in "\\PC{0,200}") {
        check_layers(&article(&text, BlockKind::Paragraph));
    }

    #[test]
    fn layers_partition_text_of_marks(text in "([A-Za-z]{1,6}|[0-9]{1,4}|[ \n.,:;?!'’‘“”\"„«»()@#$%&/-]|https://|n't|U\\.S\\.|é|\u{301}|\u{200b}|[.]com){0,80}") {
        check_layers(&article(&text, BlockKind::Paragraph));
        check_layers(&crate::page::plain(&text, &crate::page::Hints::default()));
    }
}

#[test]
fn long_runs_are_cut_in_linear_time() {
    for unit in
        ["a", ".", "-", "a.", "a@", "'s", "\"", "1,000", "www.", "a-", "é\u{301}", " ", "\n", "x.com/"]
    {
        check_layers(&article(&unit.repeat(100_000), BlockKind::Paragraph));
    }
}

#[test]
fn what_is_longer_than_any_article_is_read_in_part_and_said_so() {
    let short = article("He left. She stayed.", BlockKind::Paragraph);
    assert_eq!(note(&short), None);
    let long = article(&"Sie blieb in der Küche. ".repeat(30_000), BlockKind::Paragraph);
    let cut = note(&long).and_then(|note| note.span).expect("a note");
    assert_eq!(cut.end(), long.text.len());
    assert!(read(&long).tokens.iter().all(|token| token.span.end() <= cut.start()));
}
