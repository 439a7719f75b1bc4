//! Zones: what tag names, classes and ids say of a part of the page.
//!
//! `<div class="article-body__newsletterSignup">` says both `ARTICLE` and `NEWSLETTER`. A zone is a hint; how far it
//! holds is for [`body`](super::body) and [`debris`](super::debris) to say.

use std::collections::HashMap;
use std::ops::BitOr;
use std::sync::OnceLock;

use html5ever::{LocalName, local_name};

/// A set of zones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Zone(u32);

impl Zone {
    pub(super) const COMMENT: Zone = Zone(1);
    pub(super) const SHARE: Zone = Zone(1 << 1);
    pub(super) const RELATED: Zone = Zone(1 << 2);
    pub(super) const PROMO: Zone = Zone(1 << 3);
    pub(super) const NEWSLETTER: Zone = Zone(1 << 4);
    pub(super) const PAYWALL: Zone = Zone(1 << 5);
    pub(super) const NAV: Zone = Zone(1 << 6);
    pub(super) const TAGS: Zone = Zone(1 << 7);
    pub(super) const AUTHOR: Zone = Zone(1 << 8);
    pub(super) const DATE: Zone = Zone(1 << 9);
    pub(super) const CAPTION: Zone = Zone(1 << 10);
    pub(super) const CREDIT: Zone = Zone(1 << 11);
    pub(super) const NOTICE: Zone = Zone(1 << 12);
    pub(super) const STANDFIRST: Zone = Zone(1 << 13);
    pub(super) const GALLERY: Zone = Zone(1 << 14);
    pub(super) const MEDIA: Zone = Zone(1 << 15);
    pub(super) const EMBED: Zone = Zone(1 << 16);
    pub(super) const PULL: Zone = Zone(1 << 17);
    pub(super) const ARTICLE: Zone = Zone(1 << 18);
    pub(super) const HIDDEN: Zone = Zone(1 << 19);
    pub(super) const FIGURE: Zone = Zone(1 << 20);
    pub(super) const ASIDE: Zone = Zone(1 << 21);
    pub(super) const FORM: Zone = Zone(1 << 22);
    pub(super) const HEADER: Zone = Zone(1 << 23);
    /// Places that hold no article text, whatever the words in them look like.
    pub(super) const FURNITURE: Zone = Zone(
        Zone::COMMENT.0
            | Zone::SHARE.0
            | Zone::RELATED.0
            | Zone::PROMO.0
            | Zone::NEWSLETTER.0
            | Zone::NAV.0
            | Zone::NOTICE.0
            | Zone::ASIDE.0
            | Zone::FORM.0,
    );

    /// Everything but the article and what is hidden.
    pub(super) const ALL_BUT_ARTICLE: Zone = Zone(!(Zone::ARTICLE.0 | Zone::HIDDEN.0));

    /// Zones whose words also name cards, grids and other looks.
    pub(super) const DOUBTFUL: Zone = Zone(
        Zone::SHARE.0
            | Zone::RELATED.0
            | Zone::PROMO.0
            | Zone::NEWSLETTER.0
            | Zone::NOTICE.0
            | Zone::ASIDE.0
            | Zone::FORM.0,
    );
    /// What surrounds embedded posts.
    pub(super) const WIDGET: Zone = Zone(
        Zone::SHARE.0
            | Zone::MEDIA.0
            | Zone::GALLERY.0
            | Zone::FIGURE.0
            | Zone::NOTICE.0
            | Zone::FORM.0
            | Zone::PROMO.0,
    );
    /// Where no standfirst is.
    pub(super) const STANDFIRST_NEVER: Zone = Zone(
        Zone::CAPTION.0 | Zone::FIGURE.0 | Zone::NAV.0 | Zone::RELATED.0 | Zone::HIDDEN.0 | Zone::COMMENT.0,
    );

    /// Whether the two share a zone.
    pub(super) fn any(self, other: Zone) -> bool {
        self.0 & other.0 != 0
    }

    /// This set without `other`.
    pub(super) fn without(self, other: Zone) -> Zone {
        Zone(self.0 & !other.0)
    }

    /// What holds of an inline element: classes of links and spans often name looks, not places.
    pub(super) fn of_inline(self) -> Zone {
        Zone(self.0 & (Zone::CAPTION.0 | Zone::CREDIT.0 | Zone::HIDDEN.0 | Zone::SHARE.0 | Zone::AUTHOR.0))
    }

    /// Whether an inline element with this zone stands for itself, so that its text is a passage of its own.
    pub(super) fn splits(self) -> bool {
        self.any(Zone(Zone::CAPTION.0 | Zone::CREDIT.0))
    }
}

impl BitOr for Zone {
    type Output = Zone;

    fn bitor(self, other: Zone) -> Zone {
        Zone(self.0 | other.0)
    }
}

/// What kind of attribute a name is.
pub(super) enum Attribute {
    /// Its value is words that name zones.
    Words,
    /// It can hide the element.
    Hidden,
    Other,
}

/// Tells attributes apart.
pub(super) fn attribute(name: &LocalName) -> Attribute {
    match *name {
        local_name!("class") | local_name!("id") | local_name!("itemprop") | local_name!("role") => {
            Attribute::Words
        }
        local_name!("hidden") | local_name!("style") | local_name!("aria-hidden") => Attribute::Hidden,
        _ if matches!(
            &**name,
            "data-testid" | "data-component" | "data-module" | "data-type" | "data-name" | "data-qa"
        ) =>
        {
            Attribute::Words
        }
        _ => Attribute::Other,
    }
}

/// The zone that a tag name says.
pub(super) fn of_tag(name: &LocalName) -> Zone {
    match *name {
        local_name!("nav") | local_name!("footer") | local_name!("menu") => Zone::NAV,
        local_name!("aside") => Zone::ASIDE,
        local_name!("form") => Zone::FORM,
        local_name!("figure") => Zone::FIGURE,
        local_name!("figcaption") => Zone::CAPTION,
        local_name!("header") => Zone::HEADER,
        local_name!("dialog") => Zone::NOTICE,
        _ => Zone::default(),
    }
}

/// Whether an attribute hides its element.
pub(super) fn of_hidden(name: &LocalName, value: &str) -> Zone {
    let hides = match *name {
        local_name!("hidden") => true,
        local_name!("style") => {
            let style: String = value.chars().take(400).filter(|c| !c.is_whitespace()).collect();
            style.to_ascii_lowercase().contains("display:none")
        }
        _ => false,
    };
    if hides { Zone::HIDDEN } else { Zone::default() }
}

/// How much of an attribute's value is looked at.
const WINDOW: usize = 600;

/// The zones that the words of a class, id or data attribute name.
pub(super) fn of_words(value: &str) -> Zone {
    let lexicon = lexicon();
    let mut zone = Zone::default();
    let mut pair = String::new();
    for token in super::prefix(value, WINDOW).split_ascii_whitespace() {
        pair.clear();
        for word in words(token) {
            let before = pair.len();
            if before > 0 {
                pair.push(' ');
            }
            let at = pair.len();
            pair.extend(word.chars().map(|c| c.to_ascii_lowercase()));
            if let Some(&found) = lexicon.get(&pair[at..]) {
                zone = zone | found;
            }
            if let Some(&found) = lexicon.get(pair.as_str()) {
                zone = zone | found;
            }
            pair.drain(..at);
        }
    }
    zone
}

/// The words of `articleBody__newsletter-signUp`: article, Body, newsletter, sign, Up.
fn words(token: &str) -> impl Iterator<Item = &str> {
    token.split(|c: char| !c.is_ascii_alphanumeric()).flat_map(humps).filter(|word| !word.is_empty())
}

/// Cuts before each capital that follows a small letter.
fn humps(part: &str) -> impl Iterator<Item = &str> {
    let mut rest = part;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let bytes = rest.as_bytes();
        let cut = (1..bytes.len())
            .find(|&i| bytes[i].is_ascii_uppercase() && bytes[i - 1].is_ascii_lowercase())
            .unwrap_or(rest.len());
        let (head, tail) = rest.split_at(cut);
        rest = tail;
        Some(head)
    })
}

fn lexicon() -> &'static HashMap<&'static str, Zone> {
    static LEXICON: OnceLock<HashMap<&'static str, Zone>> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let mut map: HashMap<&str, Zone> = HashMap::new();
        for line in sayso_data::PAGE_ZONES.lines().filter(|line| !line.starts_with('#')) {
            if let Some((zone, word)) = line.split_once('\t') {
                let entry = map.entry(word).or_default();
                *entry = *entry | named(zone);
            }
        }
        map
    })
}

fn named(zone: &str) -> Zone {
    match zone {
        "comment" => Zone::COMMENT,
        "share" => Zone::SHARE,
        "related" => Zone::RELATED,
        "promo" => Zone::PROMO,
        "newsletter" => Zone::NEWSLETTER,
        "paywall" => Zone::PAYWALL,
        "nav" => Zone::NAV,
        "tags" => Zone::TAGS,
        "author" => Zone::AUTHOR,
        "date" => Zone::DATE,
        "caption" => Zone::CAPTION,
        "credit" => Zone::CREDIT,
        "notice" => Zone::NOTICE,
        "standfirst" => Zone::STANDFIRST,
        "gallery" => Zone::GALLERY,
        "media" => Zone::MEDIA,
        "embed" => Zone::EMBED,
        "pull" => Zone::PULL,
        "article" => Zone::ARTICLE,
        _ => Zone::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Zone, of_words};

    #[test]
    fn words_name_zones() {
        let check = |value: &str, zone: Zone| assert_eq!(of_words(value), zone, "{value}");
        check("articleBody__newsletter-signUp", Zone::ARTICLE | Zone::NEWSLETTER);
        check("col-md-6 pt-2", Zone::default());
        check("sharebar", Zone::SHARE);
        check("adaptive shadow", Zone::default());
        check("entry-content", Zone::ARTICLE);
    }
}
