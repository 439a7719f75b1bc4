//! Statements that two pages give to different people.
//!
//! The words are nearly the same, and those who say them are certainly two. No difference is one person under two names, a
//! description where the other page has a name, who may be the same, and an outlet that is credited where the other has its
//! source. Whom a pronoun stands for is not sure enough to hold against another page.

use sayso::story::likeness;
use sayso::{Attribution, Reading, Speaker, person};
use sayso_record::AttributionDiff;

use crate::wording;

/// The statements of the first page that the second gives to others.
pub(crate) fn otherwise(a: &Reading, b: &Reading) -> Vec<AttributionDiff> {
    let (of_a, of_b) = (statements(a), statements(b));
    let like: Vec<Vec<f64>> =
        of_a.iter().map(|x| of_b.iter().map(|y| likeness(&x.words, &y.words)).collect()).collect();
    let mut rows = Vec::new();
    for (n, said) in of_a.iter().enumerate() {
        let near = (0..of_b.len()).filter(|&m| like[n][m] >= ALIKE);
        let Some(m) = near.clone().max_by(|&x, &y| like[n][x].total_cmp(&like[n][y])) else { continue };
        let other = &of_b[m];
        let is_told = near.clone().any(|m| !said.differs(&of_b[m]));
        let is_known = (0..of_a.len()).any(|n| like[n][m] >= ALIKE && !of_a[n].differs(other));
        if !is_told && !is_known {
            rows.push(AttributionDiff {
                a: said.id(),
                b: other.id(),
                from: wording::speaker(a, said.attribution),
                to: wording::speaker(b, other.attribution),
                content: wording::pieces(&a.article, &said.attribution.content),
            });
        }
    }
    rows
}

/// A statement that can be compared.
struct Statement<'r> {
    reading: &'r Reading,
    attribution: &'r Attribution,
    number: usize,
    /// The beginning of what is said.
    words: String,
}

/// The statements of a page that say enough to be known again.
fn statements<'r>(reading: &'r Reading) -> Vec<Statement<'r>> {
    let statement = |(number, attribution): (usize, &'r Attribution)| {
        let words: String =
            wording::pieces(&reading.article, &attribution.content).chars().take(LONG).collect();
        Statement { reading, attribution, number, words }
    };
    let all = reading.attributions.iter().enumerate().take(COMPARED).map(statement);
    all.filter(|statement| statement.words.split_whitespace().count() >= SHORT).collect()
}

impl Statement<'_> {
    fn id(&self) -> String {
        format!("a{}", self.number + 1)
    }

    /// Whether another is certainly said by somebody else.
    fn differs(&self, other: &Statement) -> bool {
        match (self.said_by(), other.said_by()) {
            (SaidBy::People(a), SaidBy::People(b)) => {
                !a.iter().flatten().any(|a| b.iter().flatten().any(|b| person::may_be_one(a, b)))
            }
            (SaidBy::Organisation(a), SaidBy::Organisation(b)) => !is_called(&a, &b) && !is_called(&b, &a),
            (SaidBy::People(people), SaidBy::Unnamed(min, _))
            | (SaidBy::Unnamed(min, _), SaidBy::People(people)) => min as usize > people.len(),
            (SaidBy::Unnamed(min, max), SaidBy::Unnamed(other_min, other_max)) => {
                max.is_some_and(|max| max < other_min) || other_max.is_some_and(|max| max < min)
            }
            // Somebody speaks for an organisation.
            _ => false,
        }
    }

    fn said_by(&self) -> SaidBy {
        let (reading, article) = (self.reading, &self.reading.article);
        let source = wording::pieces(article, &self.attribution.source);
        if source.split_whitespace().all(person::is_pronoun) && !source.is_empty() {
            return SaidBy::Other;
        }
        let names = |id: &sayso::PersonId| {
            let person = &reading.people[id.index()];
            person.aliases.iter().cloned().chain([person.name.clone()]).collect::<Vec<_>>()
        };
        match &self.attribution.speaker {
            Speaker::Person(id) => SaidBy::People(vec![names(id)]),
            Speaker::People(ids) => SaidBy::People(ids.iter().map(names).collect()),
            Speaker::Organisation(span) => SaidBy::Organisation(wording::words(article, *span)),
            Speaker::Unnamed(id) => {
                let unnamed = &reading.unnamed[id.index()];
                SaidBy::Unnamed(unnamed.min, unnamed.max)
            }
            Speaker::Outlet(_) | Speaker::Document(..) | Speaker::Generic(_) | Speaker::Unknown(_) => {
                SaidBy::Other
            }
        }
    }
}

/// Who says something, as far as two of them can be told apart.
enum SaidBy {
    /// People, each with all their names.
    People(Vec<Vec<String>>),
    /// An organisation.
    Organisation(String),
    /// People without a name: how many at least and at most.
    Unnamed(u32, Option<u32>),
    /// Somebody who cannot be told from others.
    Other,
}

/// Whether an organisation may be called by another name: it has the last word of that (`the office of the premier`, `the
/// premier`), or its initials (`the Marsk Office of Rivers and Dykes`, `MORD`).
fn is_called(name: &str, other: &str) -> bool {
    let lower = name.to_lowercase();
    let initials: String = name
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .collect();
    let Some(last) = other.split_whitespace().next_back() else { return false };
    let short = last.replace('.', "").to_uppercase();
    lower.split_whitespace().any(|word| word == last.to_lowercase())
        || short.chars().count() >= INITIALS && initials.contains(&short)
}

/// So many letters are a short name.
const INITIALS: usize = 3;

/// So many statements of each page are compared,
const COMPARED: usize = 300;
/// by so many characters,
const LONG: usize = 300;
/// of so many words at least,
const SHORT: usize = 5;
/// and are one where they share so much.
const ALIKE: f64 = 0.65;

#[cfg(test)]
mod tests {
    use super::*;

    /// Two speakers of one statement, and whether they are certainly two.
    #[track_caller]
    fn check(a: &str, b: &str, differs: bool) {
        let said = "that the order to flood the marsh had never been signed";
        let page = |speaker: &str| {
            let text = format!(
                "{speaker} said on Monday {said}. The river fell by morning, and the ferry ran again."
            );
            sayso::read(&sayso::page::plain(&text, &Default::default()))
        };
        let rows = otherwise(&page(a), &page(b));
        let told: Vec<(&str, &str)> = rows.iter().map(|row| (row.from.as_str(), row.to.as_str())).collect();
        assert_eq!(!told.is_empty(), differs, "{a} / {b}: {told:?}");
    }

    #[test]
    fn two_people_are_told_apart() {
        check("Jori Talven", "Hedda Vorlik", true);
        check("Anna Marrow", "Piet Marrow", true);
        check("Three officials", "Jori Talven", true);
        check("Three officials", "Five officials", true);
    }

    #[test]
    fn one_person_under_two_names_is_no_difference() {
        check("Jori Talven", "Jori Talven", false);
        check("Jori Talven", "Jory Talven", false);
        check("Jori Talven", "Talven", false);
        check("Deputy cabinet secretary Jori Talven", "Mr. Talven", false);
        check("William Marsh", "Bill Marsh", false);
        check("J. Talven", "Jori Talven", false);
        check("Dmitri Kosak", "Dmitry Kozak", true);
    }

    #[test]
    fn a_description_or_a_credit_is_no_difference() {
        check("An aide", "Jori Talven", false);
        check("Three officials", "Officials", false);
        check("The premier’s office", "Anton Riehl, its spokesman,", false);
        check("Sarn Wire", "Three officials", false);
        check("The Marsk Office of Rivers and Dykes", "The MORD", false);
        check("The Marsk Office of Rivers and Dykes", "The Ministry of Health", true);
    }
}
