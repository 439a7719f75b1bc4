//! The outlet that a page is of.

use super::{
    credit::{Credit, Mention, Way, has_reporter},
    name,
    words::{ADVERB, WANTED, Words},
};
use crate::Reading;

/// The page's own outlet, by its full name, where the page shows it.
pub(super) fn shown(reading: &Reading, words: &Words, credits: &[Credit]) -> Option<String> {
    let article = &reading.article;
    let given = article.outlet.as_deref().map(|name| name::full(name).unwrap_or(name).to_owned());
    let addresses = [&article.canonical_url, &article.url];
    let hosts = addresses.into_iter().flatten().filter_map(|address| host(address));
    let by_address = || hosts.into_iter().find_map(name::at_host).map(str::to_owned);
    given.or_else(by_address).or_else(|| by(credits, |mention| is_signed(words, mention)))
}

/// The same, or the outlet that is likely to be the page's own by how the text speaks of it: no credit, but too little to
/// say so.
pub(super) fn likely(reading: &Reading, words: &Words, credits: &[Credit]) -> Option<String> {
    let acts = || by(credits, |mention| does(words, mention.words.end));
    shown(reading, words, credits).or_else(acts).or_else(|| by_its_ear(credits))
}

fn host(address: &str) -> Option<&str> {
    address.split_once("://")?.1.split(['/', ':', '?', '#']).next()
}

/// The first outlet that is mentioned so.
fn by(credits: &[Credit], test: impl Fn(&Mention) -> bool) -> Option<String> {
    credits.iter().find(|credit| credit.mentions.iter().any(&test)).map(|credit| credit.outlet.clone())
}

/// By that it alone was told, more than once, and nobody says what it reports.
fn by_its_ear(credits: &[Credit]) -> Option<String> {
    let told = |credit: &&Credit| credit.is_credit() && credit.is_told();
    let own = credits.iter().find(told)?;
    let times = own.mentions.iter().filter(|mention| mention.way == Some(Way::Told)).count();
    let is_alone = credits.iter().filter(|credit| credit.is_credit()).count() == 1;
    (times > 1 && is_alone).then(|| own.outlet.clone())
}

/// `PORT (X) -`, `© 2014 X`, `X's Ann Lee contributed to this report`.
fn is_signed(words: &Words, mention: &Mention) -> bool {
    let (start, end) = (mention.words.start, mention.words.end);
    let is_dateline = start <= DATELINE
        && words.before(start, 1) == "("
        && words.word(end) == ")"
        && words.word(end + 1).chars().all(|c| matches!(c, '-' | '–' | '—'))
        && end + 1 < words.len();
    let is_copyright = (1..=3)
        .any(|back| start >= back && matches!(words.word(start - back), "©" | "Copyright" | "copyright"));
    is_dateline || is_copyright || has_staff(words, mention)
}

/// A dateline stands within so many words.
const DATELINE: usize = 12;

/// What an outlet says that it did itself: `has learned`, `understands`, `can reveal`, `has contacted the council`.
fn does(words: &Words, end: usize) -> bool {
    let mut at = end;
    while words.is(at, ADVERB) && at < end + 3 {
        at += 1;
    }
    let has = at > end && (words.is_one_of(at, &["learned", "learnt", "seen"]) || words.is(at, WANTED));
    has || words.is_one_of(end, &["understands"])
        || words.is_one_of(end, &["can"]) && words.is_one_of(at + 1, &["reveal", "exclusively", "confirm"])
}

/// `Fox News' Ann Lee contributed to this report`.
fn has_staff(words: &Words, mention: &Mention) -> bool {
    let end = mention.words.end;
    let owns = words.is_possessive(end) || has_reporter(words, mention);
    owns && (end..end + 8).any(|at| {
        words.is_one_of(at, &["contributed"]) && words.same_block(end, at) && words.is_one_of(at + 1, &["to"])
    })
}
