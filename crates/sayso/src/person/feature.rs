//! What speaks for and against a mention standing for somebody.

use std::sync::LazyLock;

use sayso_model::{linear::Sink, perceptron::feature};

use super::{
    chain::{Entity, Link},
    describe::age,
    lexicon::{Class, PEOPLE, hash},
    mention::{Form, Mention, Pronoun},
    model::Choice,
    name::Source,
    page::Page,
    scene::Scene,
};
use crate::{Kind, text::Tag};

/// A mention of which it is asked whom it stands for.
pub(super) struct Asked<'s, 'a> {
    source: &'s Source<'a>,
    mentions: &'s [Mention],
    scene: &'s Scene,
    mention: &'s Mention,
    context: u32,
    is_source: bool,
    vector: Option<&'static [u8]>,
    /// The pronoun that the title before a name goes with: `Mrs. Lee`.
    title: Option<Pronoun>,
    /// Whether it is the first mention in its sentence.
    is_first: bool,
}

/// What is known when it is asked.
pub(super) struct State<'s> {
    pub(super) entities: &'s [Entity],
    pub(super) spoke: [Option<usize>; 2],
    pub(super) links: &'s [Link],
    pub(super) options: &'s [Choice],
}

impl<'s, 'a> Asked<'s, 'a> {
    pub(super) fn new(
        source: &'s Source<'a>,
        mentions: &'s [Mention],
        scene: &'s Scene,
        at: usize,
    ) -> Asked<'s, 'a> {
        let mention = &mentions[at];
        Asked {
            source,
            mentions,
            scene,
            mention,
            context: scene.context(mention.head),
            is_source: scene.spoken_by(at).is_some(),
            vector: mention.vector,
            title: match mention.form {
                Form::Name(_) if mention.tokens.start > 0 => {
                    title_pronoun(source.page.lower(mention.tokens.start - 1))
                }
                _ => None,
            },
            is_first: at == 0 || mentions[at - 1].sentence != mention.sentence,
        }
    }
}

/// The pronoun that goes with a title, by its hash.
pub(super) fn title_pronoun(title: u64) -> Option<Pronoun> {
    static TITLES: LazyLock<[Vec<u64>; 2]> = LazyLock::new(|| {
        [&["mr", "mr.", "sir", "lord"][..], &["mrs", "mrs.", "ms", "ms.", "miss", "lady", "dame"]]
            .map(|titles| titles.iter().map(|title| hash(title)).collect())
    });
    match TITLES.each_ref().map(|titles| titles.contains(&title)) {
        [true, _] => Some(Pronoun::He),
        [_, true] => Some(Pronoun::She),
        _ => None,
    }
}

/// Writes the features of one option.
pub(super) fn features(asked: &Asked, state: &State, option: usize, sink: &mut impl Sink) {
    match state.options[option] {
        Choice::Known(known) => pairing(asked, state, option, known, sink),
        Choice::New => alone(asked, state, 100, sink),
        Choice::Nobody => alone(asked, state, 130, sink),
    }
}

/// Features of nobody, or of somebody new.
fn alone(asked: &Asked, state: &State, base: u64, sink: &mut impl Sink) {
    let page = &asked.source.page;
    let mention = asked.mention;
    let form = mention.form.code();
    let mut put = |template: u64, value: u64| sink.sparse(feature(base + template, value));
    put(0, form);
    put(1, form * 16 + mention.function as u64);
    let in_words = asked.scene.contexts(mention.head).next().map_or(0, |at| 1 + asked.scene.kind(at) as u64);
    put(2, form * 8 + in_words);
    put(3, form * 2 + u64::from(asked.is_source));
    put(4, form * 16 + state.options.len().min(15) as u64);
    put(5, page.lower(mention.head) ^ form);
    let after = mention.tokens.end;
    if after < page.tokens.len() {
        put(6, page.lower(after) ^ mention.form.kind());
        put(7, page.tag(after) as u64 * 64 + form);
    }
    if let Some(before) = mention.tokens.start.checked_sub(1) {
        put(8, page.lower(before) ^ mention.form.kind());
        put(9, page.tag(before) as u64 * 64 + form);
    }
    let class = page.class(mention.head).bits();
    put(10, class * 64 + form);
    let matches = state
        .options
        .iter()
        .filter(|choice| matches!(choice, Choice::Known(known) if has_head(asked, &state.entities[*known])))
        .count();
    put(11, form * 4 + matches.min(3) as u64);
    put(12, form * 4 + u64::from(mention.sentence == 0) * 2 + u64::from(asked.is_first));
    if let Form::Noun { .. } = mention.form {
        let modifiers = (mention.tokens.start..mention.head)
            .filter(|&at| matches!(page.tag(at), Tag::Adj | Tag::Noun | Tag::Propn))
            .count();
        put(13, form * 4 + modifiers.min(3) as u64);
        put(14, form * 2 + u64::from(page.is_capital(mention.head)));
        let hangs = (mention.head + 1 < page.tokens.len())
            .then(|| page.is_one_of(mention.head + 1, &["of", "who", "from", "with", "in"]));
        put(15, form * 2 + u64::from(hangs == Some(true)));
    }
}

/// Whether the article has called somebody by the noun of the mention.
fn has_head(asked: &Asked, entity: &Entity) -> bool {
    matches!(asked.mention.form, Form::Noun { .. })
        && entity.description.is_called(asked.source.page.lower(asked.mention.head))
}

/// Features of a mention with somebody known.
fn pairing(asked: &Asked, state: &State, option: usize, known: usize, sink: &mut impl Sink) {
    let page = &asked.source.page;
    let (mention, entity) = (asked.mention, &state.entities[known]);
    let last = entity.mentions.last().map(|&last| &asked.mentions[last]);
    let form = mention.form.code();
    let kind = mention.form.kind();
    let last_kind = last.map_or(15, |last| last.form.kind());
    let far = last.map_or(9, |last| distance(last, mention));
    let rank = state.options[..option].iter().filter(|choice| matches!(choice, Choice::Known(_))).count();
    let rank = bucket(rank);
    let count = bucket(entity.mentions.len());
    let named = match entity.name {
        None => 0,
        Some(_) => entity.name_words.min(2) as u64,
    };
    let function = mention.function as u64;
    let last_function = last.map_or(15, |last| last.function as u64);
    let spoke = match (state.spoke[0] == Some(known), state.spoke[1] == Some(known)) {
        (true, _) => 1,
        (_, true) => 2,
        _ => 0,
    };
    let speaks = speaks(asked, state, known);
    let context = same_context(asked, last);
    let number = match entity.is_several {
        None => 0,
        Some(false) => 1,
        Some(true) => 2,
    };
    let is_source = u64::from(asked.is_source);
    let gender = agreement(mention.form, entity);
    {
        let mut put = |template: u64, value: u64| sink.sparse(feature(template, value));
        put(0, form * 16 + far);
        put(1, (kind * 16 + far) * 16 + last_kind);
        put(2, (form * 8 + rank) * 4 + named);
        put(3, (kind * 16 + function) * 16 + last_function);
        put(4, ((kind * 16 + function) * 16 + last_function) * 16 + far);
        put(5, (form * 8 + count) * 4 + named);
        put(6, (kind * 8 + gender) * 4 + number);
        put(7, ((kind * 4 + spoke) * 2 + is_source) * 8 + context);
        put(8, ((form * 8 + speaks) * 8 + context) * 4 + named);
        put(9, (form * 8 + context) * 16 + far);
        put(10, ((kind * 8 + rank) * 8 + gender) * 16 + far.min(3));
        put(11, ((kind * 4 + spoke) * 16 + far) * 4 + named);
        put(12, (form * 4 + number) * 4 + named);
        put(13, (kind * 8 + rank) * 16 + last_kind);
        put(14, (((kind * 16 + function) * 16 + last_function) * 8 + rank) * 2 + u64::from(asked.is_first));
        put(15, ((kind * 8 + speaks) * 2 + is_source) * 4 + spoke);
        let lead = entity.mentions.first().is_some_and(|&first| asked.mentions[first].sentence == 0);
        put(16, (kind * 2 + u64::from(lead)) * 8 + count);
        if let Some(last) = last {
            let (near, verbs, joined) = between(page, last, mention);
            put(17, (form * 16 + near) * 16 + last_kind);
            put(18, (((kind * 4 + verbs) * 16 + function) * 16 + last_function) * 2 + u64::from(far == 0));
            put(19, ((form * 4 + verbs) * 2 + joined) * 16 + far.min(2));
            let before = entity.mentions.last().and_then(|last| asked.mentions.get(last.checked_sub(1)?));
            let is_top = before.is_none_or(|before| before.sentence != last.sentence);
            put(20, ((kind * 2 + u64::from(is_top)) * 16 + last_function) * 16 + far);
            let nests = nests(mention, last);
            put(21, form * 4 + nests);
        }
        let persons = persons(asked, entity);
        put(22, form * 128 + persons);
    }
    if let Form::Pronoun { pronoun, .. } = mention.form {
        agree(pronoun, entity, sink);
    } else if let Some(pronoun) = asked.title {
        agree(pronoun, entity, sink);
    } else {
        describes(asked, state, entity, sink);
    }
}

/// Sentences between two mentions, in steps; 8 where the mention comes before.
fn distance(last: &Mention, mention: &Mention) -> u64 {
    if last.sentence > mention.sentence {
        return 8;
    }
    match mention.sentence - last.sentence {
        far @ 0..=3 => far as u64,
        4..=5 => 4,
        6..=9 => 5,
        10..=19 => 6,
        _ => 7,
    }
}

fn bucket(count: usize) -> u64 {
    match count {
        0..=3 => count as u64,
        4..=5 => 4,
        6..=8 => 5,
        9..=14 => 6,
        _ => 7,
    }
}

/// Whether somebody speaks the words around a mention: 1 to 3 directly, by kind; 4 further out; 5 is spoken to.
fn speaks(asked: &Asked, state: &State, known: usize) -> u64 {
    for (depth, attribution) in asked.scene.contexts(asked.mention.head).enumerate() {
        let is = |role: Option<usize>| role.is_some_and(|mention| state.links[mention].entity == Some(known));
        if is(asked.scene.source[attribution]) {
            return match (depth, asked.scene.kind(attribution)) {
                (0, Kind::Direct) => 1,
                (0, Kind::Mixed) => 2,
                (0, Kind::Indirect) => 3,
                _ => 4,
            };
        }
        if is(asked.scene.addressee[attribution]) {
            return 5;
        }
    }
    0
}

/// 0 both in the page's own words, 1 both in one's words, 2 and 3 one of them, 4 in different ones.
fn same_context(asked: &Asked, last: Option<&Mention>) -> u64 {
    let Some(last) = last else { return 5 };
    match (asked.context, asked.scene.context(last.head)) {
        (0, 0) => 0,
        (_, 0) => 2,
        (0, _) => 3,
        (a, b) if a == b => 1,
        _ => 4,
    }
}

/// What pronouns have stood for somebody: 1 this one alone, 2 others alone, 3 both, 0 none.
fn agreement(form: Form, entity: &Entity) -> u64 {
    let Form::Pronoun { pronoun, .. } = form else { return 4 };
    let this = match pronoun {
        Pronoun::He => 0,
        Pronoun::She => 1,
        Pronoun::They => 2,
        _ => return 5,
    };
    let other = (0..3).any(|at| at != this && entity.pronouns[at] > 0);
    u64::from(entity.pronouns[this] > 0) + 2 * u64::from(other)
}

/// How two mentions stand to each other (next to each other, with a comma, with `is`), the verbs between them, up to
/// three, and whether `and` alone is.
fn between(page: &Page, last: &Mention, mention: &Mention) -> (u64, u64, u64) {
    let (first, second) =
        if last.tokens.start <= mention.tokens.start { (last, mention) } else { (mention, last) };
    let order = 8 * u64::from(first.tokens.start == mention.tokens.start);
    if second.tokens.start < first.tokens.end || last.sentence != mention.sentence {
        return (order, 0, 0);
    }
    let gap = first.tokens.end..second.tokens.start;
    let verbs = gap.clone().take(60).filter(|&at| page.tag(at) == Tag::Verb).count().min(3) as u64;
    let is_be = |at: usize| page.is_one_of(at, &["is", "was", "are", "were", "be", "became", "'s", "’s"]);
    let near = match gap.len() {
        0 => 1,
        1 if page.word(gap.start) == "," => 2,
        1 if matches!(page.word(gap.start), "(" | "—" | "–" | "-" | ":") => 3,
        1 if is_be(gap.start) => 4,
        2 if is_be(gap.start) && page.tag(gap.start + 1) == Tag::Adv => 4,
        1 if page.is_one_of(gap.start, &["as"]) => 5,
        1 if page.is_one_of(gap.start, &["and", "or"]) => 6,
        3 if page.word(gap.start) == "," && page.tag(gap.start + 1) == Tag::Num => 2,
        _ => 0,
    };
    let joined = u64::from(gap.len() <= 4 && gap.clone().any(|at| page.is_one_of(at, &["and"])));
    (near + order, verbs, joined)
}

/// Whether one phrase holds the other.
fn nests(mention: &Mention, last: &Mention) -> u64 {
    let holds = |outer: &Mention, inner: &Mention| {
        outer.tokens.start <= inner.tokens.start && inner.tokens.end <= outer.tokens.end
    };
    u64::from(holds(mention, last)) + 2 * u64::from(holds(last, mention))
}

/// For the first and second person: what of them somebody was, and whether in the same words.
fn persons(asked: &Asked, entity: &Entity) -> u64 {
    let mut all = 0;
    for was in entity.persons {
        all = all * 4
            + match was {
                None => 0,
                Some(context) if context == asked.context => 1 + u64::from(context == 0),
                Some(_) => 3,
            };
    }
    all * 2 + u64::from(asked.context > 0)
}

/// Whether a pronoun agrees with a name or a noun: learned.
fn agree(pronoun: Pronoun, entity: &Entity, sink: &mut impl Sink) {
    let which = pronoun as u64;
    let sign = match pronoun {
        Pronoun::He => 1,
        Pronoun::She => -1,
        _ => 0,
    };
    if sign != 0 {
        if let Some(numbers) = entity.name_vector {
            sink.dense(if entity.name_words > 1 { 0 } else { 1 }, numbers, sign);
        }
        if let Some(numbers) = entity.vector {
            sink.dense(2, numbers, sign);
        }
        if entity.given != 0 {
            sink.sparse(feature(41, entity.given ^ which));
        }
    } else if pronoun == Pronoun::They
        && let Some(numbers) = entity.vector
    {
        sink.dense(3, numbers, 1);
    }
    for &title in &entity.description.titles {
        sink.sparse(feature(42, title ^ which));
    }
    for &head in entity.description.heads.iter().take(8) {
        sink.sparse(feature(43, head ^ which));
    }
}

/// Whether a noun fits what the article has said of somebody.
fn describes(asked: &Asked, state: &State, entity: &Entity, sink: &mut impl Sink) {
    let page = &asked.source.page;
    let Form::Noun { lead, is_several } = asked.mention.form else { return };
    let mention = asked.mention;
    let lead = lead as u64 * 2 + u64::from(is_several);
    let named = u64::from(entity.name.is_some());
    let same = u64::from(has_head(asked, entity));
    // How many are called so: others than this one, too.
    let called = state.options.iter().filter(|choice| match choice {
        Choice::Known(known) => has_head(asked, &state.entities[*known]),
        _ => false,
    });
    let called = called.count().min(3) as u64;
    let (mut shared, mut foreign) = (0u64, 0u64);
    for at in mention.tokens.clone().filter(|&at| at != mention.head) {
        if !matches!(page.tag(at), Tag::Noun | Tag::Propn | Tag::Adj) {
            continue;
        }
        let word = page.lower(at);
        let fits = entity.description.modifiers.contains(&word) || entity.description.heads.contains(&word);
        shared += u64::from(fits);
        foreign += u64::from(!fits);
    }
    let (shared, foreign) = (shared.min(2), foreign.min(2));
    let years = match (age(page.word(mention.head)), entity.description.age) {
        (None, _) => 0,
        (Some(_), None) => 1,
        (Some(a), Some(b)) if a == b => 2,
        _ => 3,
    };
    let alike = match (asked.vector, entity.vector) {
        (Some(a), Some(b)) => cosine(a, b),
        _ => 9,
    };
    let number = match entity.is_several {
        None => 0,
        Some(several) => 1 + u64::from(several == is_several),
    };
    let unseen = u64::from(entity.mentions.is_empty());
    let relation = u64::from(page.class(mention.head).has(Class::RELATION));
    let mut put = |template: u64, value: u64| sink.sparse(feature(50 + template, value));
    put(0, ((lead * 2 + same) * 4 + called) * 2 + named);
    put(1, (((same * 3 + shared) * 3 + foreign) * 2 + named) * 16 + lead);
    put(2, years * 16 + lead);
    put(3, ((alike * 16 + lead) * 2 + same) * 4 + called);
    put(9, (((same * 4 + called) * 3 + shared) * 3 + foreign) * 2 + named);
    put(10, same * 4 + called);
    put(4, (number * 2 + same) * 16 + lead);
    put(5, (((unseen * 2 + same) * 3 + shared) * 3 + foreign) * 16 + lead);
    put(6, (relation * 2 + same) * 16 + lead);
    put(7, page.lower(mention.head) ^ (same * 2 + named));
    put(8, page.class(mention.head).has(PEOPLE) as u64 * 64 + same * 32 + lead);
}

/// How near two vectors are, in eight steps.
fn cosine(a: &[u8], b: &[u8]) -> u64 {
    let dot = |a: &[u8], b: &[u8]| -> i64 {
        a.iter().zip(b).map(|(&a, &b)| i64::from(a as i8) * i64::from(b as i8)).sum()
    };
    let product = dot(a, b);
    if product <= 0 {
        return 0;
    }
    let square = (product * product * 64) / (dot(a, a) * dot(b, b)).max(1);
    // Squares of the cosine: .35, .5, .6, .7, .8, .9.
    [8, 16, 23, 31, 41, 52, 63].partition_point(|&step| step <= square) as u64
}
