//! Gold as the judge of who is who, and what is learned from its answers.

use std::collections::BTreeMap;

use sayso::{
    Span,
    person::{Choice, Function, Judge, Question},
};
use sayso_model::linear::{Features, ONE, Trainer};

use super::gold::{Document, Label};
use crate::train::Random;

/// Gold as judge; where it does not say, the model so far.
pub(super) struct Teacher<'t> {
    pub(super) document: &'t Document,
    pub(super) person: &'t Trainer,
    pub(super) function: &'t Trainer,
    pub(super) link: &'t Trainer,
    /// Per number, the labels of its mentions.
    pub(super) labels: Vec<BTreeMap<String, usize>>,
    pub(super) settled: Vec<usize>,
    /// What was asked of names and nouns, with the answer.
    pub(super) people: Vec<(Features, bool)>,
    /// Functions of mentions, and which is right.
    pub(super) functions: Vec<(Vec<Features>, Vec<bool>)>,
    /// Options of mentions, and which are right.
    pub(super) links: Vec<(Vec<Features>, Vec<bool>)>,
    pub(super) random: Random,
    /// Per cent of choices that are the model's even where gold says.
    pub(super) own: u64,
}

impl<'t> Teacher<'t> {
    pub(super) fn new(
        document: &'t Document,
        [person, function, link]: [&'t Trainer; 3],
        epoch: usize,
    ) -> Self {
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

/// Per cent of choices that are the model's even where gold says, after the first two passes: mentions are then linked
/// to such people as it makes itself (after Ross et al. 2011).
const OWN: u64 = 50;
/// Log-odds of what gold says.
const SURE: i32 = 100 * ONE;
