//! What the page says of itself: JSON-LD, `<meta>`, the headline element, `<time>`, the address. The best source
//! that speaks wins; every date is kept with its source.

use html5ever::local_name;
use serde_json::Value;

use super::debris::same_words;
use super::dom::{Dom, NodeId, ROOT};
use super::{dates, names};
use crate::{DateSource, Published};

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) byline: Vec<String>,
    pub(super) outlet: Option<String>,
    pub(super) dates: Vec<Published>,
    pub(super) canonical_url: Option<String>,
    pub(super) language: Option<String>,
    /// What the page gives as its summary.
    pub(super) descriptions: Vec<String>,
    /// `isAccessibleForFree` is false.
    pub(super) paid: bool,
    /// A JSON-LD block that is no JSON.
    pub(super) broken: bool,
}

/// JSON-LD blocks longer than this are not read.
const MAX_JSON: usize = 4 << 20;

/// Reads the metadata. `headings` are the page's `<h1>` texts in order.
pub(super) fn read(dom: &Dom, headings: &[&str]) -> Metadata {
    let mut found = Found::default();
    for node in dom.descendants(ROOT) {
        match dom.name(node) {
            local_name!("meta") => meta(dom, node, &mut found),
            local_name!("title") if found.page_title.is_none() => {
                found.page_title = Some(dom.text_below(node))
            }
            local_name!("link") => link(dom, node, &mut found),
            local_name!("html") => found.lang = dom.attribute(node, &local_name!("lang")).map(str::to_owned),
            local_name!("time") => time(dom, node, &mut found),
            local_name!("script") if dom.is_linked_data(node) => linked_data(dom, node, &mut found),
            local_name!("a") | local_name!("span") | local_name!("div") | local_name!("p") => {
                author(dom, node, &mut found)
            }
            _ => {}
        }
    }
    found.decide(headings)
}

#[derive(Default)]
struct Found {
    ld_title: Option<String>,
    ld_authors: Vec<String>,
    ld_dates: Vec<Published>,
    ld_outlet: Option<String>,
    ld_language: Option<String>,
    paid: bool,
    broken: bool,
    meta_title: Option<String>,
    meta_authors: Vec<String>,
    meta_dates: Vec<(u8, Published)>,
    meta_outlet: Option<String>,
    time_dates: Vec<Published>,
    shown_authors: Vec<String>,
    bylines_seen: usize,
    page_title: Option<String>,
    canonical: Option<String>,
    og_url: Option<String>,
    lang: Option<String>,
    descriptions: Vec<String>,
}

impl Found {
    fn decide(self, headings: &[&str]) -> Metadata {
        let outlet = self.ld_outlet.or(self.meta_outlet);
        let title = title(self.ld_title, self.meta_title, self.page_title, headings, outlet.as_deref());
        let byline = byline([self.ld_authors, self.meta_authors, self.shown_authors], outlet.as_deref());
        let mut meta_dates = self.meta_dates;
        meta_dates.sort_by_key(|(rank, _)| *rank);
        let mut dates = self.ld_dates;
        dates.extend(meta_dates.into_iter().map(|(_, date)| date));
        dates.extend(self.time_dates.into_iter().take(1));
        Metadata {
            title,
            byline,
            outlet,
            dates,
            canonical_url: self.canonical.or(self.og_url),
            language: self.lang.or(self.ld_language),
            descriptions: self.descriptions,
            paid: self.paid,
            broken: self.broken,
        }
    }
}

/// The first source of authors that names somebody else than the outlet itself.
fn byline(sources: [Vec<String>; 3], outlet: Option<&str>) -> Vec<String> {
    let mut house = Vec::new();
    for source in sources {
        let names = names::byline(&source);
        let (own, people): (Vec<String>, Vec<String>) =
            names.into_iter().partition(|name| outlet.is_some_and(|outlet| is_house(name, outlet)));
        if !people.is_empty() {
            return people;
        }
        if house.is_empty() {
            house = own;
        }
    }
    house
}

/// Whether a byline is the outlet: its name, or its address.
fn is_house(name: &str, outlet: &str) -> bool {
    let plain = |s: &str| -> String {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (name, outlet) = (plain(name), plain(outlet));
    !outlet.is_empty() && (name == outlet || name.starts_with(&outlet) || outlet.starts_with(&name))
}

/// The headline: what most of JSON-LD, meta and the `<h1>`s say; where each says something else, in that order.
fn title(
    ld: Option<String>,
    meta: Option<String>,
    page: Option<String>,
    headings: &[&str],
    outlet: Option<&str>,
) -> Option<String> {
    let clean = |s: String, sure: bool| without_outlet(&s, outlet, sure).to_owned();
    let mut ballots: Vec<String> = [ld, meta].into_iter().flatten().map(|s| clean(s, true)).collect();
    ballots.extend(
        headings.iter().filter(|h| outlet.is_none_or(|o| !same_words(h, o))).map(|h| (*h).to_owned()),
    );
    ballots.extend(page.map(|s| clean(s, false)));
    ballots.retain(|ballot| !ballot.is_empty());
    let votes = |ballot: &String| ballots.iter().filter(|other| same_words(ballot, other)).count().min(2);
    let most = ballots.iter().map(votes).max()?;
    ballots.iter().find(|ballot| votes(ballot) == most).cloned()
}

/// "Mayor resigns - The Herald" without the outlet; a short end that is not known to be the outlet goes too, unless
/// only what is `sure` shall.
fn without_outlet<'a>(title: &'a str, outlet: Option<&str>, sure: bool) -> &'a str {
    for separator in [" | ", " - ", " – ", " — ", " • ", " :: ", " « "] {
        if let Some((head, tail)) = title.rsplit_once(separator) {
            let named = outlet.is_some_and(|outlet| same_words(outlet, tail));
            let short_tail = tail.split_whitespace().count() <= 4 && head.split_whitespace().count() >= 4;
            if named || (!sure && short_tail && separator != " – " && separator != " — ") {
                return head.trim();
            }
        }
    }
    title.trim()
}

fn meta(dom: &Dom, node: NodeId, found: &mut Found) {
    let key = ["property", "name", "itemprop"].iter().find_map(|key| {
        dom.attributes(node)
            .find(|(name, _)| &***name == *key)
            .map(|(_, value)| value.trim().to_ascii_lowercase())
    });
    let (Some(key), Some(content)) = (key, dom.attribute(node, &local_name!("content"))) else { return };
    let content = content.trim();
    if content.is_empty() {
        return;
    }
    let first = |slot: &mut Option<String>| {
        slot.get_or_insert_with(|| content.to_owned());
    };
    let mut date = |rank: u8| {
        if let Some(date) = dates::parse(content, DateSource::Meta) {
            found.meta_dates.push((rank, date));
            found.meta_dates.truncate(MOST);
        }
    };
    // Templates spell the same key with different marks: `article:published_time`, `article.publishedTime`.
    let plain: String = key.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    match plain.as_str() {
        "articlepublishedtime" | "ogarticlepublishedtime" | "ogpublishedtime" => date(0),
        "datepublished" | "parselypubdate" | "sailthrudate" | "publishdate" | "pubdate"
        | "articlepublished" | "publishedat" | "publicationdate" | "publishedtime" | "publishedtimestamp" => {
            date(1)
        }
        "date"
        | "dcdate"
        | "dcdateissued"
        | "dctermscreated"
        | "dctermsdate"
        | "citationpublicationdate"
        | "prismpublicationdate"
        | "cxenseparserecspublishtime"
        | "dcdatecreated"
        | "displaydate"
        | "created" => date(2),
        "ogtitle" => first(&mut found.meta_title),
        "author"
        | "articleauthor"
        | "parselyauthor"
        | "sailthruauthor"
        | "dccreator"
        | "byl"
        | "cxenseparseauthor"
        | "articleauthorname"
        | "citationauthor"
        | "authors"
        | "twittermiscwrittenby" => keep(&mut found.meta_authors, content),
        "description" | "ogdescription" | "twitterdescription" => keep(&mut found.descriptions, content),
        "ogsitename" => first(&mut found.meta_outlet),
        "ogurl" => first(&mut found.og_url),
        _ => {}
    }
}

/// Values of one kind beyond this many are not kept.
const MOST: usize = 24;

fn keep(values: &mut Vec<String>, value: &str) {
    if values.len() < MOST {
        values.push(value.to_owned());
    }
}

fn link(dom: &Dom, node: NodeId, found: &mut Found) {
    if dom.attribute(node, &local_name!("rel")).is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
        found.canonical =
            dom.attribute(node, &local_name!("href")).map(str::to_owned).or(found.canonical.take());
    }
}

fn time(dom: &Dom, node: NodeId, found: &mut Found) {
    if found.time_dates.len() < 4
        && let Some(value) = dom.attribute(node, &local_name!("datetime"))
        && let Some(date) = dates::parse(value, DateSource::TimeElement)
    {
        found.time_dates.push(date);
    }
}

/// Authors as shown: `rel=author`, `itemprop=author`, a class that says byline.
fn author(dom: &Dom, node: NodeId, found: &mut Found) {
    if found.shown_authors.len() >= 4 || found.bylines_seen >= 16 {
        return;
    }
    let says = dom.attributes(node).any(|(name, value)| match &**name {
        "rel" => value.eq_ignore_ascii_case("author"),
        "itemprop" => value.eq_ignore_ascii_case("author"),
        "class" => value.split_ascii_whitespace().any(|c| {
            matches!(
                c.to_ascii_lowercase().as_str(),
                "author" | "byline" | "author-name" | "byline__name" | "article-author"
            )
        }),
        _ => false,
    });
    if says {
        found.bylines_seen += 1;
        let text = dom.text_below(node);
        if text.chars().count() < 80 {
            found.shown_authors.push(text);
        }
    }
}

fn linked_data(dom: &Dom, node: NodeId, found: &mut Found) {
    let source: String = dom.children(node).filter_map(|child| dom.text(child)).collect();
    let source = source.trim();
    if source.is_empty() || source.len() > MAX_JSON {
        return;
    }
    // serde_json bounds the depth itself. Raw line breaks inside strings are a common fault; spaces mend it.
    let value = serde_json::from_str::<Value>(source)
        .or_else(|_| serde_json::from_str::<Value>(&source.replace(|c: char| c.is_control(), " ")));
    match value {
        Ok(value) => things(&value, 0, found),
        Err(_) => found.broken = true,
    }
}

/// Goes through lists and graphs to the articles in them.
fn things(value: &Value, depth: usize, found: &mut Found) {
    if depth > 4 {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| things(item, depth + 1, found)),
        Value::Object(object) => {
            if is_article(&object.get("@type").cloned().unwrap_or_default()) {
                article(value, found);
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(key) {
                    things(inner, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(kind) => {
            kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report" || kind == "Review"
        }
        Value::Array(kinds) => kinds.iter().any(is_article),
        _ => false,
    }
}

fn article(value: &Value, found: &mut Found) {
    if found.ld_title.is_none() {
        found.ld_title =
            value["headline"].as_str().or(value["name"].as_str()).map(unescape).filter(|s| !s.is_empty());
    }
    if let Some(date) = value["datePublished"].as_str().and_then(|s| dates::parse(s, DateSource::JsonLd))
        && found.ld_dates.is_empty()
    {
        found.ld_dates.push(date);
    }
    if found.ld_authors.is_empty() {
        let mut authors = Vec::new();
        name_list(&value["author"], 0, &mut authors);
        if authors.is_empty() {
            name_list(&value["creator"], 0, &mut authors);
        }
        found.ld_authors = authors;
    }
    if let Some(description) = value["description"].as_str()
        && found.descriptions.len() < MOST
    {
        found.descriptions.push(unescape(description));
    }
    if found.ld_outlet.is_none() {
        found.ld_outlet = value["publisher"]["name"].as_str().map(unescape).filter(|s| !s.is_empty());
    }
    if found.ld_language.is_none() {
        found.ld_language = value["inLanguage"].as_str().map(str::to_owned);
    }
    found.paid |= match &value["isAccessibleForFree"] {
        Value::Bool(free) => !free,
        Value::String(free) => free.eq_ignore_ascii_case("false"),
        _ => false,
    };
}

fn name_list(value: &Value, depth: usize, out: &mut Vec<String>) {
    match value {
        _ if out.len() >= MOST => {}
        Value::String(name) => out.push(unescape(name)),
        Value::Array(items) if depth < 3 => items.iter().for_each(|item| name_list(item, depth + 1, out)),
        Value::Object(object) => {
            if let Some(name) = object.get("name") {
                name_list(name, depth + 1, out);
            }
        }
        _ => {}
    }
}

/// Resolves the character references that pages leave in their JSON.
fn unescape(text: &str) -> String {
    if !text.contains('&') && !text.contains('<') {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    super::dom::parse(text).text_below(ROOT)
}
