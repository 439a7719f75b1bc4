//! What must hold of the views whatever is in a reading.

use proptest::prelude::*;
use sayso::{
    Act, Article, Attribution, AttributionId, Block, BlockKind, Kind, Probability, Reading, Span, Speaker,
    Stance,
};
use unicode_width::UnicodeWidthStr;

use crate::changes::{self, Part};
use crate::html::{self, Section};
use crate::terminal;
use crate::whole::Whole;

/// Text with what is hard: wide and combining characters, markup, controls, line ends.
fn text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-c “”‘<>&\"'\u{0}\u{1b}\u{202e}é洪🦉\u{301}\n]{0,80}").unwrap()
}

/// Words that are compared in ways of their own: contractions, numbers, masks, dots, brackets, marks.
fn words_to_compare() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "we",
        "We’re",
        "we're",
        "are",
        "don't",
        "do",
        "not",
        "ten",
        "10",
        "twenty-one",
        "…",
        "...",
        ". . .",
        "***",
        "s***",
        "[I]f",
        "[the",
        "dyke]",
        "dyke.",
        "“dyke,”",
        "100%",
        "percent",
        "colour",
        "color",
        "A.B.",
        "\n\n",
        "-",
        "",
        "洪水",
    ]);
    prop::collection::vec(word, 0..24).prop_map(|words| words.join(" "))
}

/// A span of a text, by two numbers.
fn span(text: &str, (a, b): (usize, usize)) -> Span {
    let boundary =
        |at: usize| (0..=at % (text.len() + 1)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (a, b) = (boundary(a), boundary(b));
    Span::new(a.min(b), a.max(b))
}

type Ends = (usize, usize);

/// Blocks of text, and statements that lie anywhere in them, in any order and over one another.
fn reading(paragraphs: &[String], statements: &[([Ends; 3], u32)]) -> Reading {
    let (mut text, mut blocks) = (String::new(), Vec::new());
    for paragraph in paragraphs {
        let start = text.len();
        text.push_str(paragraph);
        blocks.push(Block { span: Span::new(start, text.len()), kind: BlockKind::Paragraph });
        text.push('\n');
    }
    let statement = |(ends, within): &([Ends; 3], u32)| Attribution {
        source: vec![span(&text, ends[0])],
        cue: vec![span(&text, ends[1])],
        content: vec![span(&text, ends[2]), span(&text, ends[0])],
        addressee: Vec::new(),
        kind: Kind::Mixed,
        act: Act::Attitude,
        stance: Stance::Hypothetical,
        speaker: Speaker::Unknown(Vec::new()),
        via: Vec::new(),
        within: Some(AttributionId(*within)),
        confidence: Probability::from_thousandths(900),
    };
    let attributions = statements.iter().map(statement).collect();
    Reading { article: Article { text, blocks, ..Article::default() }, attributions, ..Reading::default() }
}

/// The words of the article's part of a page: no tags, numbers, cards.
fn words(page: &str) -> String {
    let (_, body) = page.split_once("<div class=\"text\">").unwrap();
    let body = body.split_once("<div class=\"cast\">").map_or(body, |(body, _)| body);
    let mut kept = String::new();
    let mut rest = body.split_once("<footer>").map_or(body, |(body, _)| body);
    while let Some((words, tag)) = rest.split_once('<') {
        kept.push_str(words);
        let skipped =
            ["sup", "aside", "span class=\"number\""].into_iter().find(|name| tag.starts_with(name));
        let end = skipped.map(|name| format!("</{}>", name.split(' ').next().unwrap()));
        rest = match end {
            Some(end) => tag.split_once(&end).unwrap().1,
            None => tag.split_once('>').unwrap().1,
        };
    }
    kept.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn marks_keep_every_word(
        paragraphs in prop::collection::vec(text(), 0..4),
        statements in prop::collection::vec((any::<[Ends; 3]>(), 0..9u32), 0..8),
    ) {
        let reading = reading(&paragraphs, &statements);
        let page = html::page(&[Section::new(0, "x", &reading)], None);
        let expected: String = paragraphs.concat().chars().filter(|c| !"\u{0}\u{1b}\u{202e}".contains(*c)).collect();
        prop_assert_eq!(words(&page), expected);
    }

    #[test]
    fn changes_keep_the_second_text(from in words_to_compare(), to in words_to_compare()) {
        let edits = sayso::story::edits(&from, &to);
        let parts = changes::parts(&from, &to, &edits);
        let kept = |part: &Part| match *part {
            Part::Same(text) | Part::New(text) => text.to_owned(),
            Part::Old(_) | Part::Cut => String::new(),
        };
        prop_assert_eq!(parts.iter().map(kept).collect::<String>(), to.clone());
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        if let Whole::Changed(paragraphs) = Whole::of(&from, &to, &edits) {
            let shown: String = paragraphs.iter().flatten().map(kept).collect();
            prop_assert_eq!(squeezed(&shown), squeezed(&to));
        }
    }

    #[test]
    fn terminal_lines_fit(
        paragraphs in prop::collection::vec(text(), 0..4),
        statements in prop::collection::vec((any::<[Ends; 3]>(), 0..9u32), 0..8),
        width in 40..100usize,
    ) {
        let view = terminal::view("x", &reading(&paragraphs, &statements), width);
        let view = anstream::adapter::strip_str(&view).to_string();
        for line in view.lines() {
            prop_assert!(line.width() <= width, "{}", line);
        }
    }
}
