//! Names of outlets, wherever they stand: listed ones, web addresses, call signs, and what the words around a name
//! call an outlet.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use super::{
    source::Spans,
    words::{JOB, LEAD, MODIFIER, NOBODY, PRESS, SPOKESMAN, TELL, Words},
};
use crate::{BlockKind, Reading, Span, text::token};

/// A name that may be an outlet's.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Its words.
    pub(super) words: Range<usize>,
    /// The outlet: its full name where it is listed, else the name itself.
    pub(super) outlet: String,
    pub(super) is_agency: bool,
    /// How sure it is that this is an outlet's name, before what the words around it do.
    pub(super) trust: Trust,
}

/// How a name is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// Capitals where an outlet may stand.
    Guessed,
    /// A common word, or an address, which only a credit makes an outlet.
    Short,
    /// An outlet's name, by its words or as the text calls it.
    Named,
}

/// The names that may be outlets', in order. They do not overlap.
pub(super) fn names(reading: &Reading, words: &Words) -> Vec<Name> {
    let people = Spans::of(reading.people.iter().flat_map(|person| person.mentions.iter().copied()));
    let mentions = mentions(reading, words);
    let mut names: Vec<Name> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let found = listed(words, at)
            .into_iter()
            .chain(mentions.get(&at).cloned())
            .max_by_key(|name| name.words.end)
            .or_else(|| address(words, at))
            .or_else(|| call_sign(words, at))
            .or_else(|| called(words, at, &people));
        at = found.as_ref().map_or(at + 1, |name| name.words.end);
        let from = names.last().map_or(0, |name| name.words.end);
        names.extend(found.map(|name| whole(words, name, from)));
    }
    resolve(words, &mut names);
    names
}

/// A name with the capitals before it, from a word on, that make it another's: `[Moor] Guardian`.
fn whole(words: &Words, name: Name, from: usize) -> Name {
    let end = name.words.end;
    if name.words.len() > 1 {
        return name;
    }
    // "But Reuters", "When CNN": what opens a sentence has a capital anyway. "Moor Guardian" may open one, too.
    let is_acronym = !words.word(name.words.start).chars().any(char::is_lowercase);
    let stands_alone = name.trust == Trust::Named && (name.is_agency || is_acronym);
    let mut start = name.words.start;
    while start > from
        && end - start < LONGEST
        && words.same_block(start - 1, start)
        && is_name_part(words, start - 1)
        && !(stands_alone && words.opens_sentence(start - 1))
    {
        start -= 1;
    }
    if start == name.words.start {
        return name;
    }
    let outlet = words.text[words.span(start..end).range()].split_whitespace().collect::<Vec<_>>().join(" ");
    Name { words: start..end, outlet, is_agency: false, trust: Trust::Short }
}

/// What a last word stands for that several outlets have, `the Post`: the one that the text names in full, else itself.
fn resolve(words: &Words, names: &mut [Name]) {
    let last = |name: &str| name.rsplit(' ').next().unwrap_or_default().to_owned();
    let mut full: HashMap<String, (String, bool)> = HashMap::new();
    for name in names.iter().filter(|name| name.words.len() > 1) {
        full.entry(last(&name.outlet)).or_insert((name.outlet.clone(), name.is_agency));
    }
    for name in names.iter_mut().filter(|name| name.words.len() == 1) {
        let word = words.word(name.words.start);
        if name.trust == Trust::Short && LIST.lasts.get(word).is_some_and(|&outlets| outlets > 1) {
            let alone = || (word.to_owned(), false);
            (name.outlet, name.is_agency) = full.get(word).cloned().unwrap_or_else(alone);
        }
    }
}

/// The outlet at a host, or of one above it: `www.thesun.co.uk`.
pub(super) fn at_host(host: &str) -> Option<&'static str> {
    let host = host.trim_start_matches("www.").to_lowercase();
    let mut rest = host.as_str();
    loop {
        if let Some(entry) = LIST.hosts.get(rest) {
            return Some(LIST.rows[*entry].0);
        }
        rest = rest.split_once('.')?.1;
    }
}

/// The full name of a listed outlet.
pub(super) fn full(name: &str) -> Option<&'static str> {
    let first = first_word(name)?;
    let forms = LIST.forms.get(first)?;
    forms
        .iter()
        .find(|form| form.words == name && form.trust == Trust::Named)
        .map(|form| LIST.rows[form.entry].0)
}

/// The mentions that the reading has, by their first word.
fn mentions(reading: &Reading, words: &Words) -> HashMap<usize, Name> {
    let mut mentions = HashMap::new();
    for outlet in &reading.outlets {
        for &mention in &outlet.mentions {
            let mut range = words.within(mention);
            if words.is_one_of(range.start, &["the"]) {
                range.start += 1;
            }
            // "South Korean television" is none.
            if range.clone().all(|at| words.is_of_nation(at) || words.is(at, PRESS | MODIFIER)) {
                continue;
            }
            let name = Name {
                words: range.clone(),
                outlet: outlet.name.trim_start_matches("The ").trim_start_matches("the ").to_owned(),
                is_agency: outlet.kind == Some("agency"),
                trust: Trust::Named,
            };
            let listed = full(&outlet.name).map(str::to_owned);
            mentions
                .insert(range.start, Name { outlet: listed.unwrap_or_else(|| name.outlet.clone()), ..name });
        }
    }
    mentions
}

struct Form {
    words: &'static str,
    entry: usize,
    trust: Trust,
}

struct List {
    /// Name and kind.
    rows: Vec<(&'static str, &'static str)>,
    forms: HashMap<&'static str, Vec<Form>>,
    hosts: HashMap<&'static str, usize>,
    /// Of each last word, how many outlets have it.
    lasts: HashMap<&'static str, usize>,
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    let mut list =
        List { rows: Vec::new(), forms: HashMap::new(), hosts: HashMap::new(), lasts: HashMap::new() };
    let mut entries = HashMap::new();
    for row in sayso_data::rows(sayso_data::OUTLETS) {
        let columns: Vec<&str> = row.split('\t').collect();
        let entry = list.rows.len();
        list.rows.push((columns[0], columns[1]));
        entries.insert(columns[0], entry);
        *list.lasts.entry(columns[0].rsplit(' ').next().unwrap_or_default()).or_default() += 1;
        for form in columns[2].split('|').chain([columns[0]]).filter(|form| !form.is_empty()) {
            let trust =
                if form.starts_with("the ") || COMMON.contains(&form) { Trust::Short } else { Trust::Named };
            list.add(form, entry, trust);
        }
        if let Some(host) = columns.get(3).filter(|host| !host.is_empty()) {
            list.hosts.entry(host).or_insert(entry);
        }
    }
    for row in sayso_data::rows(sayso_data::CREDITS) {
        let columns: Vec<&str> = row.split('\t').collect();
        if let ["name", form, name] = columns[..]
            && let Some(&entry) = entries.get(name)
        {
            list.add(form, entry, Trust::Short);
        }
    }
    list
});

/// Listed names that are words of their own.
const COMMON: &[&str] =
    &["Time", "TIME", "Wired", "Slate", "Salon", "Dawn", "Vox", "Forbes", "Digg", "Guardian", "Fox"];

impl List {
    fn add(&mut self, form: &'static str, entry: usize, trust: Trust) {
        let words = form.trim_start_matches("the ").trim_start_matches("The ");
        if let Some(first) = first_word(words) {
            self.forms.entry(first).or_default().push(Form { words, entry, trust });
        }
    }
}

fn first_word(name: &str) -> Option<&str> {
    let mut spans = Vec::new();
    token::tokenize(name, Span::new(0, name.len()), &mut spans);
    spans.first().map(|span| &name[span.range()])
}

/// The longest listed name that starts at a word.
fn listed(words: &Words, at: usize) -> Option<Name> {
    let start = words.span(at..at + 1).start();
    let fits = |form: &&Form| {
        let rest = words.text[start..].strip_prefix(form.words);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
    };
    let forms = LIST.forms.get(words.word(at))?;
    // Of two with one name, the surer; the text's own list has "the Times" of the paper that it names in full.
    let form = forms.iter().filter(fits).max_by_key(|form| (form.words.len(), form.trust))?;
    let range = words.within(Span::new(start, start + form.words.len()));
    let goes_on = form.trust < Trust::Named && words.is_capital(range.end) && !words.is(range.end, PRESS);
    let led =
        at > 0 && form.trust < Trust::Named && words.same_block(at - 1, at) && is_name_part(words, at - 1);
    (!goes_on && !led || form.words.contains(' ')).then(|| {
        let (name, kind) = LIST.rows[form.entry];
        Name { words: range, outlet: name.to_owned(), is_agency: kind == "agency", trust: form.trust }
    })
}

/// Whether a word may be part of a longer name before a common word: `Vicente [Fox]`.
fn is_name_part(words: &Words, at: usize) -> bool {
    let word = words.word(at);
    words.is_capital(at)
        && word.chars().any(char::is_lowercase)
        && (!words.is(at, MODIFIER | TELL | LEAD) || words.is(at, PRESS))
        && !NO_NAMES.contains(&word.to_lowercase().as_str())
        && (!words.is_of_nation(at) || words.is_one_of(at, &["north", "south"]))
        && !words.is_one_of(
            at,
            &["as", "to", "in", "on", "by", "from", "per", "via", "according", "source", "sources"],
        )
}

/// A web address: `inserbia.info`.
fn address(words: &Words, at: usize) -> Option<Name> {
    let word = words.word(at);
    let (head, end) = word.rsplit_once('.')?;
    let is_host = head.len() > 2
        && ENDS.contains(&end.to_lowercase().as_str())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        && head.starts_with(|c: char| c.is_ascii_alphanumeric());
    is_host.then(|| {
        let listed = at_host(word).map(str::to_owned);
        Name {
            words: at..at + 1,
            outlet: listed.unwrap_or_else(|| word.to_owned()),
            is_agency: false,
            trust: Trust::Short,
        }
    })
}

/// Ends of the hosts of outlets.
const ENDS: &[&str] = &[
    "com", "net", "org", "uk", "au", "info", "es", "ca", "tv", "us", "ie", "de", "ru", "in", "ng", "mx",
    "fr", "it", "nz", "za", "il", "me", "io", "co",
];

/// An American station: `WTOP`, `KHOU 11`, `KLAS-TV`.
fn call_sign(words: &Words, at: usize) -> Option<Name> {
    let word = words.word(at);
    let letters = word.strip_suffix("-TV").or_else(|| word.strip_suffix("-FM")).unwrap_or(word);
    let is_sign = (letters.len() == 4 || letters.len() < word.len() && letters.len() == 3)
        && letters.starts_with(['K', 'W'])
        && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    is_sign.then(|| Name {
        words: at..at + 1,
        outlet: letters.to_owned(),
        is_agency: false,
        trust: Trust::Short,
    })
}

/// Capitals that the words around call an outlet: `the newspaper Nuevo Diario`, `Nuevo Diario newspaper`, and
/// `told Nuevo Diario`, where that is no person.
fn called(words: &Words, at: usize, people: &Spans) -> Option<Name> {
    if !words.word(at).starts_with(char::is_uppercase)
        || words.is(at, NOBODY | MODIFIER | SPOKESMAN | JOB)
        || NO_NAMES.contains(&words.word(at).to_lowercase().as_str())
        || words.word(at).ends_with("-language")
        || words.is_of_nation(at) && !words.is_capital(at + 1)
        || matches!(words.block(at).kind, BlockKind::Title | BlockKind::Subhead)
    {
        return None;
    }
    let end = run(words, at);
    let span = words.span(at..end);
    let before = at.checked_sub(1 + usize::from(at > 0 && words.is_mark(at - 1)));
    let is_led = before.is_some_and(|before| words.same_block(before, at) && words.is(before, PRESS));
    if (at..end).all(|at| words.is_of_nation(at)) {
        return None;
    }
    // "A Roman newspaper" and "the Roman newspaper Il Faro" name no outlet there, "the NASA website" none at all.
    let is_acronym = words.word(at).len() > 1 && !words.word(at).contains(char::is_lowercase);
    let is_adjective = end == at + 1
        && (words.before(at, 1).eq_ignore_ascii_case("a") || words.before(at, 1).eq_ignore_ascii_case("an"))
        || words.is_capital(end + 1) && words.same_block(at, end + 1);
    let is_page =
        is_acronym && words.is_one_of(end, &["website", "websites", "site", "sites", "blog", "channel"]);
    let is_followed = words.is(end, PRESS)
        && !words.is_capital(end)
        && words.same_block(at, end)
        && !is_adjective
        && !is_page;
    let is_told = before.is_some_and(|before| words.is(before, TELL) && words.same_block(before, at));
    let is_person = people.overlap(span);
    let trust = match () {
        _ if is_led || is_followed && !is_person => Trust::Short,
        _ if is_told && !is_person => Trust::Guessed,
        _ => return None,
    };
    let outlet = words.text[span.range()].split_whitespace().collect::<Vec<_>>().join(" ");
    let is_agency = before.is_some_and(|before| words.is_one_of(before, &["agency"]))
        || words.is_one_of(end, &["agency"]);
    Some(Name { words: at..end, outlet, is_agency, trust })
}

/// Words with a capital that begin no outlet's name, unless it is listed.
const NO_NAMES: &[&str] = &[
    "director",
    "media",
    "news",
    "web",
    "several",
    "two",
    "three",
    "many",
    "some",
    "other",
    "party",
    "new",
    "fake",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// One past the capitals from a word on, with the small words between them: `Voice of Marsk`.
fn run(words: &Words, at: usize) -> usize {
    const SMALL: &[&str] = &["of", "de", "el", "la"];
    let mut end = at + 1;
    while end < at + LONGEST && words.same_block(at, end) {
        match words.word(end) {
            _ if words.is_capital(end) && !words.is_of_nation(end) => end += 1,
            small if SMALL.contains(&small) && words.is_capital(end + 1) && words.same_block(at, end + 1) => {
                end += 2
            }
            _ => break,
        }
    }
    end
}

/// Longest guessed name, in words.
const LONGEST: usize = 6;
