//! Who is who: mentions are taken one after the other, and each stands for one of the people spoken of last, for
//! somebody that the article names or describes so, for somebody new or for nobody. A model ranks these
//! (entity-mention ranking; Rahman & Ng 2009). Who speaks is understood before what is said.

use std::{cmp::Ordering, collections::HashMap};

use super::{
    describe::{Description, descriptions},
    feature::{self, Asked, State},
    lexicon::{self, Class},
    mention::{Form, Lead, Mention, Pronoun, phrase_start},
    model::{Choice, Judge},
    name::{Names, Source},
    scene::Scene,
};
use crate::Span;

/// The people of an article, and what each mention was taken for.
#[derive(Debug, Default)]
pub(super) struct Chains {
    pub(super) entities: Vec<Entity>,
    pub(super) links: Vec<Link>,
}

/// One of the people, or a group.
#[derive(Clone, Debug, Default)]
pub(super) struct Entity {
    /// Of [`Names::people`].
    pub(super) name: Option<usize>,
    /// In the order in which they were understood.
    pub(super) mentions: Vec<usize>,
    pub(super) description: Description,
    pub(super) is_several: Option<bool>,
    /// How often `he`, `she`, `they` stood for it.
    pub(super) pronouns: [u16; 3],
    /// Where it was `I`, `we`, `you` last: a context.
    pub(super) persons: [Option<u32>; 3],
    /// The vector of the noun that described it last.
    pub(super) vector: Option<&'static [u8]>,
    pub(super) name_vector: Option<&'static [u8]>,
    /// Words of the name.
    pub(super) name_words: usize,
    /// Hash of the first word of a name of several.
    pub(super) given: u64,
    /// Whether another one has taken its name over.
    is_gone: bool,
}

/// What a mention was taken for.
#[derive(Clone, Debug, Default)]
pub(super) struct Link {
    /// Of [`Chains::entities`].
    pub(super) entity: Option<usize>,
    /// How probable that is.
    pub(super) share: f32,
    /// Others that it may have been, with their probabilities, best first.
    pub(super) others: Vec<(usize, f32)>,
}

/// Links every mention.
pub(super) fn link(
    source: &Source,
    names: &Names,
    mentions: &[Mention],
    scene: &Scene,
    judge: &mut impl Judge,
) -> Chains {
    let descriptions = descriptions(&source.page, source.sentences, names);
    let (mut by_head, mut by_age) = (HashMap::new(), HashMap::new());
    for (name, description) in descriptions.iter().enumerate() {
        let add = |names: &mut Vec<usize>| names.push(name);
        let nations = description.modifiers.iter().filter(|&&word| lexicon::nation(word) == Some(word));
        let called = description.heads.iter().chain(nations);
        called.for_each(|&head| add(by_head.entry(head).or_default()));
        description.age.into_iter().for_each(|age| add(by_age.entry(age).or_default()));
    }
    let mut linker = Linker {
        source,
        names,
        mentions,
        scene,
        descriptions,
        by_head,
        by_age,
        by_name: vec![None; names.people.len()],
        chains: Chains { entities: Vec::new(), links: vec![Link::default(); mentions.len()] },
        recent: Vec::new(),
        spoke: [None; 2],
    };
    for at in scene.order(mentions) {
        linker.understand(at, judge);
    }
    linker.chains
}

struct Linker<'s, 'a> {
    source: &'s Source<'a>,
    names: &'s Names,
    mentions: &'s [Mention],
    scene: &'s Scene,
    descriptions: Vec<Description>,
    /// Names by the nouns, the nation and the age that the article gives them.
    by_head: HashMap<u64, Vec<usize>>,
    by_age: HashMap<u32, Vec<usize>>,
    /// Per name, the entity.
    by_name: Vec<Option<usize>>,
    chains: Chains,
    /// Entities, the one mentioned last at the end.
    recent: Vec<usize>,
    /// Who spoke last, and before.
    spoke: [Option<usize>; 2],
}

impl Linker<'_, '_> {
    fn understand(&mut self, at: usize, judge: &mut impl Judge) {
        let mention = &self.mentions[at];
        let head = self.source.page.tokens[mention.head].span;
        let mut options = self.options(at, judge);
        if options.len() > 1
            && let Some(holder) = self.owned_by(at)
        {
            options.retain(|choice| *choice != Choice::Known(holder));
        }
        let link = match options[..] {
            [Choice::Known(only)] => Link { entity: Some(only), share: 1.0, others: Vec::new() },
            _ => self.choose(at, head, &options, judge),
        };
        if let Some(entity) = link.entity {
            judge.settle(head, entity);
            self.add(at, entity);
        }
        self.chains.links[at] = link;
    }

    /// Whom a mention may stand for.
    fn options(&mut self, at: usize, judge: &mut impl Judge) -> Vec<Choice> {
        let mention = &self.mentions[at];
        match mention.form {
            Form::Name(naming) => {
                let whom = self.names.mentions[naming].whom.clone();
                if let [only] = whom[..] {
                    if let Some(known) = self.by_name[only]
                        && !self.chains.entities[known].mentions.is_empty()
                    {
                        return vec![Choice::Known(known)];
                    }
                    let mut options = self.nameless(at);
                    if options.is_empty() {
                        return vec![Choice::Known(self.entity_of(only, judge))];
                    }
                    options.push(Choice::Known(self.entity_of(only, judge)));
                    return options;
                }
                let whom = self.generation(at, &whom).map_or(whom, |only| vec![only]);
                let all: Vec<usize> = whom.into_iter().map(|whom| self.entity_of(whom, judge)).collect();
                let fits = |&known: &usize| {
                    self.title(at).is_none_or(|pronoun| !self.contradicts(pronoun, known, 1))
                };
                let fitting: Vec<usize> = all.iter().copied().filter(fits).collect();
                let those = if fitting.is_empty() { all } else { fitting };
                those.into_iter().map(Choice::Known).collect()
            }
            Form::Noun { lead, .. } => {
                if let Some(name) = self.apposition(at) {
                    return vec![Choice::Known(self.entity_of(name, judge))];
                }
                if let [only] = self.of_age(at)[..] {
                    return vec![Choice::Known(only)];
                }
                let mut options = self.recent(RECENT);
                // "His lawyer" is not just anybody of before.
                if lead == Lead::Owner && self.source.page.class(mention.head).has(Class::RELATION) {
                    let noun = self.source.page.lower(mention.head);
                    options.retain(|choice| {
                        let Choice::Known(known) = choice else { return true };
                        self.chains.entities[*known].description.heads.contains(&noun)
                    });
                }
                if lead != Lead::A {
                    for whom in self.described(at) {
                        let known = Choice::Known(self.entity_of(whom, judge));
                        if !options.contains(&known) {
                            options.push(known);
                        }
                    }
                }
                options.push(Choice::New);
                options
            }
            Form::Pronoun { pronoun: Pronoun::I | Pronoun::We | Pronoun::You, .. } => {
                let mut options = self.speakers(at);
                options.extend([Choice::New, Choice::Nobody]);
                options
            }
            Form::Pronoun { pronoun, .. } => {
                let mut options = self.recent(RECENT);
                options.retain(|choice| match choice {
                    Choice::Known(known) => !self.contradicts(pronoun, *known, 2),
                    _ => true,
                });
                options.extend([Choice::New, Choice::Nobody]);
                options
            }
        }
    }

    /// The name that a noun stands in apposition to: `her lawyer, Bo Hart,`; `Ann Lee, a teacher,`.
    fn apposition(&self, at: usize) -> Option<usize> {
        let page = &self.source.page;
        let mention = &self.mentions[at];
        let Form::Noun { lead, is_several: false } = mention.form else { return None };
        let sentence = &self.source.sentences[mention.sentence].tokens;
        let is_comma = |at: usize| sentence.contains(&at) && matches!(page.word(at), "," | "—" | "–" | "(");
        let ends = |at: usize| {
            at >= sentence.end
                || matches!(page.word(at), "," | "." | ";" | ")" | ":" | "—" | "–" | "”" | "\"" | "?" | "!")
        };
        let name = |mention: &Mention| match mention.form {
            Form::Name(naming) => match self.names.mentions[naming].whom[..] {
                [only] => Some(only),
                _ => None,
            },
            _ => None,
        };
        // "A spokesman for the mayor, Bo Hart,", where the mayor has another name.
        let end = self.beyond(at).unwrap_or(mention.tokens.end);
        if end == mention.tokens.end && self.is_told(at) {
            return None;
        }
        if is_comma(end) && matches!(lead, Lead::The | Lead::Owner | Lead::A) {
            let next = self.mentions[at + 1..].iter().take_while(|next| next.tokens.start <= end + TITLES);
            // "Her neighbour, retired dentist Bo Hart,".
            let starts = |next: &Mention| {
                phrase_start(page, &self.source.sentences[mention.sentence], next.tokens.start) == end + 1
            };
            let found = next
                .filter(|next| next.tokens.start > end && starts(next) && ends(next.tokens.end))
                .find_map(name);
            let is_listed = mention.tokens.start > sentence.start && is_comma(mention.tokens.start - 1);
            if found.is_some() && (lead == Lead::Owner || !is_listed) {
                return found;
            }
        }
        let start = mention.tokens.start;
        if start > sentence.start
            && is_comma(start - 1)
            && (ends(end) || page.is_one_of(end, &["who", "from", "at", "in", "with", "whose"]))
            && lead != Lead::Amount
        {
            let before = self.mentions[..at].iter().rev().take(6);
            return before.filter(|before| before.tokens.end == start - 1).find_map(name);
        }
        None
    }

    /// Whether a noun that something hangs on is the office of one whom the article names elsewhere.
    fn is_told(&self, at: usize) -> bool {
        let page = &self.source.page;
        let mention = &self.mentions[at];
        let led = mention.tokens.start.checked_sub(1);
        let hangs = led.is_some_and(|led| page.is_one_of(led, &["for", "of"]));
        hangs && self.by_head.contains_key(&page.lower(mention.head))
    }

    /// The comma after what hangs on a noun by `for`, where that is somebody with a name.
    fn beyond(&self, at: usize) -> Option<usize> {
        let page = &self.source.page;
        let mention = &self.mentions[at];
        let link = mention.tokens.end;
        let inner = self.mentions.get(at + 1)?;
        let is_led = link < page.tokens.len() && page.is_one_of(link, &["for"]);
        let is_known = matches!(inner.form, Form::Name(_)) || self.is_told(at + 1);
        (is_led && is_known && inner.tokens.start <= link + 3 && inner.sentence == mention.sentence)
            .then_some(inner.tokens.end)
    }

    /// Of two of one surname the one that `the younger`, `the elder` tell, by `Jr.` and `Sr.` or by age.
    fn generation(&self, at: usize, whom: &[usize]) -> Option<usize> {
        let page = &self.source.page;
        let before = self.mentions[at].tokens.start.checked_sub(1)?;
        let is_younger = page.is_one_of(before, &["younger", "junior"]);
        let &[a, b] = whom else { return None };
        if !is_younger && !page.is_one_of(before, &["elder", "older", "senior"]) {
            return None;
        }
        let rank = |name: usize| match self.names.people[name].parts.last().map(String::as_str) {
            Some("Jr." | "Jr") => -1,
            Some("Sr." | "Sr") => 1,
            _ => 0,
        };
        let age = |name: usize| self.descriptions[name].age.unwrap_or_default();
        let order = match rank(a).cmp(&rank(b)) {
            Ordering::Equal if age(a) > 0 && age(b) > 0 => age(a).cmp(&age(b)),
            order => order,
        };
        match order {
            Ordering::Equal => None,
            Ordering::Less => Some(if is_younger { a } else { b }),
            Ordering::Greater => Some(if is_younger { b } else { a }),
        }
    }

    /// The pronoun that goes with the title before a name: `Mrs Lee`.
    fn title(&self, at: usize) -> Option<Pronoun> {
        let before = self.mentions[at].tokens.start.checked_sub(1)?;
        feature::title_pronoun(self.source.page.lower(before))
    }

    /// Whom the owner in an apposition is not: `Ann Lee, [the mayor]'s choice`.
    fn owned_by(&self, at: usize) -> Option<usize> {
        let page = &self.source.page;
        let mention = &self.mentions[at];
        let after = mention.head + 1;
        let is_owner = matches!(mention.form, Form::Noun { .. })
            && after < page.tokens.len()
            && page.is_possessive(after);
        let comma = mention.tokens.start.checked_sub(1).filter(|&comma| page.word(comma) == ",")?;
        let name = |before: &usize| {
            let before = &self.mentions[*before];
            before.tokens.end == comma && matches!(before.form, Form::Name(_))
        };
        let before = (at.saturating_sub(4)..at).rev().find(name).filter(|_| is_owner)?;
        self.chains.links[before].entity
    }

    /// Whether somebody has been told by the other pronoun alone, so often at least, or by a title that goes with it.
    fn contradicts(&self, pronoun: Pronoun, known: usize, least: u16) -> bool {
        let entity = &self.chains.entities[known];
        let (this, other) = match pronoun {
            Pronoun::He => (0, 1),
            Pronoun::She => (1, 0),
            _ => return false,
        };
        let other_title = if other == 1 { Pronoun::She } else { Pronoun::He };
        entity.pronouns[this] == 0 && entity.pronouns[other] >= least
            || entity
                .description
                .titles
                .iter()
                .any(|&title| feature::title_pronoun(title) == Some(other_title))
    }

    /// Those of whom the article gives the age that a noun gives: `the 66-year-old`.
    fn of_age(&self, at: usize) -> Vec<usize> {
        let Some(age) = super::describe::age(self.source.page.word(self.mentions[at].head)) else {
            return Vec::new();
        };
        let entities = self.chains.entities.iter().enumerate();
        entities
            .filter(|(_, entity)| !entity.is_gone && entity.description.age == Some(age))
            .map(|(known, _)| known)
            .take(2)
            .collect()
    }

    /// Those mentioned last, the last one first.
    fn recent(&self, most: usize) -> Vec<Choice> {
        self.recent.iter().rev().take(most).map(|&known| Choice::Known(known)).collect()
    }

    /// Those without a name that were mentioned right before a name.
    fn nameless(&self, at: usize) -> Vec<Choice> {
        let mention = &self.mentions[at];
        let is_near = |known: &usize| {
            let entity = &self.chains.entities[*known];
            let last = &self.mentions[entity.mentions[entity.mentions.len() - 1]];
            entity.name.is_none()
                && entity.is_several != Some(true)
                && last.sentence.abs_diff(mention.sentence) <= 1
        };
        self.recent
            .iter()
            .rev()
            .take(4)
            .filter(|known| is_near(known))
            .map(|&known| Choice::Known(known))
            .collect()
    }

    /// Those whom the article names and describes by the noun of a phrase, or by the age, wherever it does so.
    fn described(&self, at: usize) -> Vec<usize> {
        let page = &self.source.page;
        let head = self.mentions[at].head;
        let by_age = super::describe::age(page.word(head)).and_then(|age| self.by_age.get(&age));
        let of_nation = lexicon::nation(page.lower(head)).and_then(|nation| self.by_head.get(&nation));
        let found = self.by_head.get(&page.lower(head)).into_iter().chain(of_nation).chain(by_age).flatten();
        found.take(DESCRIBED).copied().collect()
    }

    /// Those whom the first and the second person may stand for.
    fn speakers(&self, at: usize) -> Vec<Choice> {
        let mention = &self.mentions[at];
        let mut found: Vec<usize> = Vec::new();
        let mut add = |known: Option<usize>| {
            if let Some(known) = known
                && !found.contains(&known)
            {
                found.push(known);
            }
        };
        for attribution in self.scene.contexts(mention.head) {
            for role in [self.scene.source[attribution], self.scene.addressee[attribution]] {
                add(role.and_then(|mention| self.chains.links[mention].entity));
            }
        }
        self.spoke.into_iter().for_each(&mut add);
        let is_person = |known: &&usize| self.chains.entities[**known].persons.iter().any(Option::is_some);
        self.recent
            .iter()
            .rev()
            .take(4 * RECENT)
            .filter(is_person)
            .take(4)
            .for_each(|&known| add(Some(known)));
        self.recent.iter().rev().take(3).for_each(|&known| add(Some(known)));
        found.into_iter().map(Choice::Known).collect()
    }

    /// The entity of somebody named, made where there is none yet.
    fn entity_of(&mut self, name: usize, judge: &mut impl Judge) -> usize {
        if let Some(known) = self.by_name[name] {
            return known;
        }
        let known = self.chains.entities.len();
        self.chains.entities.push(Entity::default());
        self.take_name(known, name);
        let ends = &self.names.people[name].ends;
        let spans: Vec<Span> = ends.iter().map(|&end| self.source.page.tokens[end].span).collect();
        judge.introduce(known, &spans);
        known
    }

    fn take_name(&mut self, entity: usize, name: usize) {
        if let Some(before) = self.by_name[name].replace(entity) {
            self.chains.entities[before].is_gone = true;
        }
        let named = &self.names.people[name];
        let entity = &mut self.chains.entities[entity];
        entity.name = Some(name);
        entity.name_vector = named.vector;
        entity.name_words = named.parts.len();
        entity.given = if named.parts.len() > 1 { lexicon::hash(&named.parts[0]) } else { 0 };
        let said = &self.descriptions[name];
        said.heads.iter().for_each(|&head| entity.description.add_head(head));
        said.modifiers.iter().for_each(|&modifier| entity.description.add_modifier(modifier));
        entity.description.age = entity.description.age.or(said.age);
        entity.description.titles.clone_from(&said.titles);
        entity.is_several = Some(false);
    }

    fn choose(&mut self, at: usize, head: Span, options: &[Choice], judge: &mut impl Judge) -> Link {
        let asked = Asked::new(self.source, self.mentions, self.scene, at);
        let state =
            State { entities: &self.chains.entities, spoke: self.spoke, links: &self.chains.links, options };
        let (best, shares) = judge.choose(head, options, |option, sink| {
            feature::features(&asked, &state, option, sink);
        });
        let mut others: Vec<(usize, f32)> = options
            .iter()
            .zip(&shares)
            .enumerate()
            .filter(|(option, _)| *option != best)
            .filter_map(|(_, (choice, &share))| match choice {
                Choice::Known(known) if share >= LEAST => Some((*known, share)),
                _ => None,
            })
            .collect();
        others.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        others.truncate(3);
        let entity = match options[best] {
            Choice::Known(known) => Some(known),
            Choice::New => {
                self.chains.entities.push(Entity::default());
                Some(self.chains.entities.len() - 1)
            }
            Choice::Nobody => None,
        };
        Link { entity, share: shares[best], others }
    }

    /// A mention joins an entity.
    fn add(&mut self, at: usize, known: usize) {
        let mention = &self.mentions[at];
        let page = &self.source.page;
        if let Form::Name(naming) = mention.form
            && let [name] = self.names.mentions[naming].whom[..]
            && self.chains.entities[known].name != Some(name)
        {
            self.take_name(known, name);
        }
        let context = self.scene.context(mention.head);
        let is_titled = self.title(at).is_some();
        let entity = &mut self.chains.entities[known];
        entity.mentions.push(at);
        match mention.form {
            Form::Name(_) if is_titled => entity.description.add_title(page.lower(mention.tokens.start - 1)),
            Form::Name(_) => {}
            Form::Noun { is_several, .. } => {
                entity.is_several.get_or_insert(is_several);
                entity.description.add_phrase(page, mention.tokens.start..mention.head + 1, mention.head);
                entity.vector = mention.vector.or(entity.vector);
            }
            Form::Pronoun { pronoun, .. } => match pronoun {
                Pronoun::I => entity.persons[0] = Some(context),
                Pronoun::We => entity.persons[1] = Some(context),
                Pronoun::You => entity.persons[2] = Some(context),
                Pronoun::He => entity.pronouns[0] += 1,
                Pronoun::She => entity.pronouns[1] += 1,
                Pronoun::They => entity.pronouns[2] += 1,
            },
        }
        self.recent.retain(|&other| other != known && !self.chains.entities[other].is_gone);
        self.recent.push(known);
        if self.recent.len() > KEPT {
            self.recent.remove(0);
        }
        if self.scene.spoken_by(at).is_some()
            && self.scene.context(mention.head) == 0
            && self.spoke[0] != Some(known)
        {
            self.spoke = [Some(known), self.spoke[0]];
        }
    }
}

/// Between a comma and the name in apposition stand fewer words than this.
const TITLES: usize = 6;
/// So many of those mentioned last may be meant.
const RECENT: usize = 11;
/// So many of those described by a noun may be.
const DESCRIBED: usize = 4;
/// So many are remembered.
const KEPT: usize = 64;
/// Others less probable are not kept.
const LEAST: f32 = 0.05;
