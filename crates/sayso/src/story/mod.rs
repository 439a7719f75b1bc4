//! Many readings: which pages tell the same story, and which wordings of one utterance they have.
//!
//! A [`Digest`] is what is kept of a page. Stories are a function of the set of digests alone: neither their order nor
//! how they arrived matters.
//!
//! ```
//! use sayso::story::{Digest, stories};
//!
//! let read = |text| sayso::read(&sayso::page::plain(text, &sayso::page::Hints::default()));
//! let storm = "A storm tore the roof off the ferry terminal at Lower Marsk on Sunday, the harbour master said.";
//! let again = "The roof of the ferry terminal at Lower Marsk was torn off by a storm, its harbour master said.";
//! let other = "The central bank kept interest rates where they were and warned of rising prices.";
//! let pages: Vec<Digest> =
//!     [storm, again, other].iter().zip(["a", "b", "c"]).map(|(text, id)| Digest::of(id, &read(text))).collect();
//! assert_eq!(stories(&pages), [0, 0, 2]);
//! ```

mod background;
mod cluster;
mod terms;
mod variant;

pub use self::background::encode as encode_background;
pub use self::terms::words;
pub use self::variant::{Utterance, Wording, variants};

use crate::{Precision, Published, Reading};

/// What the story layer keeps of a page.
#[derive(Clone, Debug)]
pub struct Digest {
    /// Tells pages apart, and which of two equal ones comes first.
    pub id: String,
    /// Words by hash, in ascending order, each with how much the page is about it.
    terms: Vec<(u32, f32)>,
    /// When it was published, in days, and by when at the latest.
    day: Option<f64>,
    until: Option<f64>,
}

impl Digest {
    /// The digest of a reading.
    pub fn of(id: &str, reading: &Reading) -> Digest {
        let words = terms::words(&reading.article, &reading.tokens);
        let published = reading.article.published.as_ref();
        let day = published.and_then(day);
        let is_exact = published.is_some_and(|published| published.precision >= Precision::Minute);
        let until = day.map(|day| if is_exact { day } else { day + 1.0 });
        Digest { id: id.to_owned(), terms: terms::terms(&words), day, until }
    }

    /// By when the page was published at the latest, in days since 1970.
    pub fn until(&self) -> Option<f64> {
        self.until
    }
}

/// The story of each page, told by the place of that of its pages whose id comes first.
pub fn stories(pages: &[Digest]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..pages.len()).collect();
    order.sort_by(|&a, &b| pages[a].id.cmp(&pages[b].id).then(a.cmp(&b)));
    let sorted: Vec<&Digest> = order.iter().map(|&at| &pages[at]).collect();
    let mut story = vec![0; pages.len()];
    for (at, first) in cluster::clusters(&sorted).into_iter().enumerate() {
        story[order[at]] = order[first];
    }
    story
}

/// Days since 1970.
fn day(published: &Published) -> Option<f64> {
    let date: jiff::civil::Date = published.value.get(..10)?.parse().ok()?;
    let days = date.since(jiff::civil::date(1970, 1, 1)).ok()?.get_days();
    let time = published.value.parse::<jiff::Timestamp>().ok();
    Some(time.map_or(f64::from(days), |time| time.as_second() as f64 / 86400.0))
}
