//! Who is who: people, unnamed sources, outlets; gives every attribution its speaker.
//!
//! Names ([`name`]), mentions ([`mention`]) and what the article says of those it names ([`describe`]); then every
//! mention is linked to somebody ([`chain`], by [`feature`]s). Precision first: a statement gets a name where the link
//! is probable enough, else it stays [`Unknown`](crate::Speaker::Unknown) with those who it may be.

mod anonymity;
mod chain;
mod count;
mod custody;
mod describe;
mod feature;
mod function;
mod lexicon;
mod mention;
mod model;
mod name;
mod outlet;
mod page;
mod scene;
mod speaker;
mod unnamed;

pub use self::function::{BITS as FUNCTION_BITS, Function};
pub(crate) use self::lexicon::is_person_noun;
pub use self::lexicon::is_pronoun;
pub use self::model::{Choice, Judge, Model, Question, Trained};
pub use self::name::may_be_one;
use self::{
    chain::Chains,
    mention::{Form, Mention},
    name::{Names, Source},
    page::Page,
    scene::Scene,
};
use crate::{
    Article, Attribution, Outlet, Person, PersonId, Reading, Span,
    text::{Sentence, Text},
};

/// Puts names to sources and closes the reading.
pub fn read(article: &Article, text: Text, attributions: Vec<Attribution>) -> Reading {
    read_with(article, text, attributions, Model::builtin())
}

/// As [`read`], by another model.
pub fn read_with(article: &Article, text: Text, attributions: Vec<Attribution>, model: &Model) -> Reading {
    let looks = page::looks(&article.text, &text.tokens);
    let page = Page { text: &article.text, tokens: &text.tokens, looks: &looks };
    let outlets = outlet::outlets(&page, &text.sentences);
    let company =
        Company::of(article, &page, &text.sentences, &outlets, &attributions, &[], &mut Trained(model));
    let (people, person) = company.people(&page);
    let (attributions, unnamed, outlets) =
        speaker::give(page, &text.sentences, &company, &person, outlets, attributions);
    Reading {
        article: article.clone(),
        sentences: text.sentences.iter().map(|sentence| sentence.span).collect(),
        tokens: text.tokens,
        attributions,
        people,
        unnamed,
        outlets,
        notes: article.notes.clone(),
    }
}

/// Everybody whom an article speaks of, named or not: the mentions of each, in order. `given` are spans known to be
/// names of people. For measuring and for training; [`read`] keeps those who have a name.
pub fn chains(
    article: &Article,
    text: &Text,
    attributions: &[Attribution],
    given: &[Span],
    judge: &mut impl Judge,
) -> Vec<Vec<Span>> {
    let looks = page::looks(&article.text, &text.tokens);
    let page = Page { text: &article.text, tokens: &text.tokens, looks: &looks };
    let outlets = outlet::outlets(&page, &text.sentences);
    let company = Company::of(article, &page, &text.sentences, &outlets, attributions, given, judge);
    let spans = |mentions: &[usize]| {
        let mut spans: Vec<Span> =
            mentions.iter().map(|&at| page.span(company.mentions[at].tokens.clone())).collect();
        spans.sort();
        spans
    };
    let entities = company.chains.entities.iter().filter(|entity| !entity.mentions.is_empty());
    entities.map(|entity| spans(&entity.mentions)).collect()
}

/// The people of an article by their mentions.
struct Company {
    names: Names,
    mentions: Vec<Mention>,
    scene: Scene,
    chains: Chains,
}

impl Company {
    fn of(
        article: &Article,
        page: &Page,
        sentences: &[Sentence],
        outlets: &[Outlet],
        attributions: &[Attribution],
        given: &[Span],
        judge: &mut impl Judge,
    ) -> Company {
        let roles = scene::roles(page, attributions);
        let source = Source { page: *page, article, sentences, outlets, given, roles: &roles };
        let names = name::names(&source, judge);
        let mentions = mention::mentions(&source, &names, judge);
        let scene = Scene::of(page, attributions, &mentions);
        let chains = chain::link(&source, &names, &mentions, &scene, judge);
        Company { names, mentions, scene, chains }
    }

    /// Those with a name, in order of their first mention, and which of them each entity is.
    fn people(&self, page: &Page) -> (Vec<Person>, Vec<Option<PersonId>>) {
        let mut people: Vec<(Person, usize)> = Vec::new();
        for (number, entity) in self.chains.entities.iter().enumerate() {
            let Some(name) = entity.name.filter(|_| !entity.mentions.is_empty()) else { continue };
            let named = &self.names.people[name];
            let (key, age, name) = (name::key(&named.parts), entity.description.age, named.written.clone());
            let mut mentions: Vec<usize> = entity.mentions.clone();
            mentions.sort_unstable();
            let mut aliases: Vec<String> = Vec::new();
            for &at in &mentions {
                let mention = &self.mentions[at];
                let alias = name::words(page, mention.tokens.clone()).join(" ");
                if matches!(mention.form, Form::Name(_)) && alias != name && !aliases.contains(&alias) {
                    aliases.push(alias);
                }
            }
            let mentions =
                mentions.into_iter().map(|at| page.span(self.mentions[at].tokens.clone())).collect();
            people.push((Person { name, key, age, aliases, mentions }, number));
        }
        people.sort_by_key(|(person, _)| person.mentions.first().copied());
        let mut person = vec![None; self.chains.entities.len()];
        people.iter().zip(0..).for_each(|((_, entity), id)| person[*entity] = Some(PersonId(id)));
        (people.into_iter().map(|(person, _)| person).collect(), person)
    }
}
