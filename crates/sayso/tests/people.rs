//! The cases of `testdata/people/*.md`: who is who.
//!
//! `[1 Ann Lee]` marks a mention of the person with number 1: a name without titles, a description, a pronoun. All
//! mentions of people who have a name are marked. Lines at the end give the fullest name of each (`=> 1 Ann Lee`) and,
//! of words that occur once, who says them (`=> speaker of "over": person Ann Lee`).
//! A phrase may be marked with more or less of what hangs on it; a pronoun is marked as it is.

mod cases;

use std::{cmp::Reverse, collections::BTreeSet};

use sayso::{Reading, Span, Speaker};

/// The least number of cases that are read as they should be.
const LEAST: usize = 80;

#[test]
fn the_specification_is_met() {
    cases::run(&cases::cases("people"), LEAST, |case| Literal::parse(&case.body, &case.name).check());
}

/// A marked text.
struct Literal {
    text: String,
    /// Number and span of each mark.
    marks: Vec<(usize, Span)>,
    names: Vec<(usize, String)>,
    /// Words, and who says them.
    speakers: Vec<(String, String)>,
}

impl Literal {
    fn parse(body: &str, name: &str) -> Literal {
        let (marked, lines) = body.split_at(body.find("\n=> ").unwrap_or(body.len()));
        let (mut text, mut marks, mut open) = (String::new(), Vec::new(), Vec::new());
        let mut rest = marked;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            let label =
                rest.split_once(' ').and_then(|(label, _)| Some((label.parse().ok()?, label.len() + 1)));
            match (c, label) {
                ('[', Some((number, length))) => {
                    open.push(Some((number, text.len())));
                    rest = &rest[length..];
                    continue;
                }
                ('[', None) => open.push(None),
                (']', _) => {
                    let opened =
                        open.pop().unwrap_or_else(|| panic!("{name}: a bracket closes that none opened"));
                    if let Some((number, start)) = opened {
                        marks.push((number, Span::new(start, text.len())));
                        continue;
                    }
                }
                _ => {}
            }
            text.push(c);
        }
        let (mut names, mut speakers) = (Vec::new(), Vec::new());
        for line in lines.lines().filter_map(|line| line.strip_prefix("=> ")) {
            match line.strip_prefix("speaker of \"").and_then(|line| line.split_once("\": ")) {
                Some((words, speaker)) => {
                    assert_eq!(text.matches(words).count(), 1, "{name}: {words:?}");
                    speakers.push((words.to_owned(), speaker.to_owned()));
                }
                None => {
                    let (number, person) = line.split_once(' ').unwrap_or_else(|| panic!("{name}: {line:?}"));
                    names.push((number.parse().expect(name), person.to_owned()));
                }
            }
        }
        Literal { text, marks, names, speakers }
    }

    fn check(&self) -> Result<(), String> {
        let reading = sayso::read(&sayso::page::plain(&self.text, &sayso::page::Hints::default()));
        let mut wrong = Vec::new();
        let mut found = BTreeSet::new();
        for (number, name) in &self.names {
            let marks: Vec<Span> =
                self.marks.iter().filter(|mark| mark.0 == *number).map(|mark| mark.1).collect();
            let agree = |mention: &Span| marks.iter().any(|mark| self.agree(*mark, *mention));
            // The person that shares most mentions.
            let shared =
                |at: &usize| reading.people[*at].mentions.iter().filter(|&mention| agree(mention)).count();
            let person = (0..reading.people.len()).rev().max_by_key(shared).filter(|at| shared(at) > 0);
            let Some(person) = person.filter(|person| found.insert(*person)) else {
                wrong.push(format!("{number} {name}: not found"));
                continue;
            };
            let person = &reading.people[person];
            let missed = marks
                .iter()
                .filter(|mark| !person.mentions.iter().any(|mention| self.agree(**mark, *mention)));
            wrong.extend(missed.map(|mark| format!("{number} {name}: without {}", self.show(*mark))));
            let foreign = person.mentions.iter().filter(|mention| !agree(mention));
            wrong.extend(foreign.map(|mention| format!("{number} {name}: with {}", self.show(*mention))));
            if person.name != *name {
                wrong.push(format!("{number} {name}: called {}", person.name));
            }
        }
        for at in (0..reading.people.len()).filter(|at| !found.contains(at)) {
            wrong.push(format!("somebody called {}", reading.people[at].name));
        }
        for (words, speaker) in &self.speakers {
            let said = self.speaker(&reading, words);
            if !same_speaker(&said, speaker) {
                wrong.push(format!("speaker of \"{words}\": {said} instead of {speaker}"));
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(format!("{}\n  {}\n", self.text, wrong.join("\n  "))) }
    }

    /// Whether a mark and a mention are the same: of phrases, one may hold the other.
    fn agree(&self, mark: Span, mention: Span) -> bool {
        let is_word = |span: Span| !self.text[span.range()].contains(' ');
        mark == mention
            || (mark.contains(mention) || mention.contains(mark))
                && !(is_pronoun(&self.text[mark.range()]) || is_pronoun(&self.text[mention.range()]))
                && (mark.start() == mention.start()
                    || mark.end() == mention.end()
                    || is_word(mark)
                    || is_word(mention))
    }

    fn show(&self, span: Span) -> String {
        let before = self.text.floor_char_boundary(span.start().saturating_sub(20));
        let after = self.text.ceil_char_boundary((span.end() + 12).min(self.text.len()));
        format!(
            "{}[{}]{}",
            &self.text[before..span.start()],
            &self.text[span.range()],
            &self.text[span.end()..after]
        )
        .replace('\n', " ")
    }

    /// Who says the words: the speaker of the narrowest statement that holds most of them.
    fn speaker(&self, reading: &Reading, words: &str) -> String {
        let start = self.text.find(words).expect("words of the text");
        let span = Span::new(start, start + words.len());
        let held =
            |content: &Span| content.end().min(span.end()).saturating_sub(content.start().max(span.start()));
        let sizes = reading.attributions.iter().map(|attribution| {
            let sum = |size: &dyn Fn(&Span) -> usize| attribution.content.iter().map(size).sum::<usize>();
            (sum(&held), Reverse(sum(&|piece| piece.len())), attribution)
        });
        let widest = sizes.max_by_key(|&(held, size, _)| (held, size));
        let Some((1.., _, attribution)) = widest else { return "nobody".to_owned() };
        match &attribution.speaker {
            Speaker::Person(id) => format!("person {}", reading.people[id.index()].name),
            Speaker::People(people) => {
                let names = people.iter().map(|id| reading.people[id.index()].name.as_str());
                format!("people {}", names.collect::<Vec<_>>().join(" & "))
            }
            Speaker::Organisation(span) => format!("organisation {}", &reading.article[*span]),
            Speaker::Outlet(id) => format!("outlet {}", reading.outlets[id.index()].name),
            Speaker::Document(span, _) => format!("document {}", &reading.article[*span]),
            Speaker::Unnamed(id) => format!("unnamed {}", reading.unnamed[id.index()].text),
            Speaker::Generic(span) => format!("generic {}", &reading.article[*span]),
            Speaker::Unknown(_) => "unknown".to_owned(),
        }
    }
}

/// Whether two speakers are the same; one without a name may be told in more or in fewer words.
fn same_speaker(said: &str, expect: &str) -> bool {
    let (said, expect) = (said.to_lowercase(), expect.to_lowercase());
    let wordy = ["organisation", "document", "unnamed", "generic"];
    match (said.split_once(' '), expect.split_once(' ')) {
        (Some((a, words)), Some((b, others))) if a == b && wordy.contains(&a) => {
            let plain = |words: &str| words.trim_start_matches("the ").to_owned();
            let (words, others) = (plain(words), plain(others));
            words.contains(&others) || others.contains(&words)
        }
        _ => said == expect,
    }
}

/// Personal pronouns, from a list apart from that of the code under test.
fn is_pronoun(word: &str) -> bool {
    const PRONOUNS: &str = "he him his himself she her hers herself they them their theirs themselves \
                            i me my mine myself you your yours yourself we us our ours ourselves";
    PRONOUNS.split(' ').any(|pronoun| pronoun.eq_ignore_ascii_case(word))
}
