//! Pages to stories: each page digested, pages grouped, each story's pages linked.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::io;

use rayon::prelude::*;
use sayso::story::{self, CiteKind, Digest, Lineage, Root, Sign, Story};
use sayso::{Article, Note, NoteKind, Reading};
use sayso_record::Pages;

use crate::read;
use crate::talk::{Progress, Talk};
use crate::wording;

/// All pages of a run and what they tell together.
pub(crate) struct Archive {
    digests: Vec<Digest>,
    articles: Vec<Article>,
    /// The largest first, then by the id.
    stories: Vec<Story>,
    /// The outlets that have pages here, as names are compared: whole, and as they are called.
    outlets: BTreeSet<String>,
    /// Pages by their ids.
    numbers: HashMap<String, usize>,
    /// How many pages are called by one outlet and date.
    named: HashMap<String, u32>,
}

impl Archive {
    /// Reads the inputs on all cores. Also returns the count of what was read and what was not.
    pub(crate) fn read(inputs: &[String], talk: Talk) -> io::Result<(Archive, Progress)> {
        let mut progress = Progress::new(talk, false);
        let mut pages = Vec::new();
        for batch in read::batches(inputs.to_vec()) {
            let read = |page: sayso_crawl::Page| digested(&page.id, sayso::read(&page.article()));
            let batch = progress.taken(batch);
            let batch: Vec<_> = batch.into_par_iter().map(|page| page.map(read)).collect();
            for page in batch {
                match page {
                    Ok(page) => {
                        progress.read();
                        pages.push(page);
                    }
                    Err(error) => progress.failed(&error),
                }
            }
        }
        Ok((Archive::of(pages), progress))
    }

    /// The stories of pages, each of which has an id of its own.
    pub(crate) fn of(pages: Vec<(Digest, Article)>) -> Archive {
        let (digests, articles): (Vec<Digest>, Vec<Article>) = pages.into_iter().unzip();
        let mut groups: HashMap<usize, Vec<usize>> = HashMap::new();
        for (page, first) in story::stories(&digests).into_iter().enumerate() {
            groups.entry(first).or_default().push(page);
        }
        let mut groups: Vec<(usize, Vec<usize>)> = groups.into_iter().collect();
        groups.sort_by(|(a, of_a), (b, of_b)| {
            (Reverse(of_a.len()), &digests[*a].id).cmp(&(Reverse(of_b.len()), &digests[*b].id))
        });
        let stories = groups.par_iter().map(|(_, pages)| story::link(&digests, pages)).collect();
        let outlets = digests.iter().filter_map(|digest| digest.outlet.as_deref()).map(plain);
        let outlets = outlets.flat_map(|name| called(&name)).collect();
        let numbers = digests.iter().enumerate().map(|(page, digest)| (digest.id.clone(), page)).collect();
        let mut archive = Archive { digests, articles, stories, outlets, numbers, named: HashMap::new() };
        for name in (0..archive.len()).map(|page| archive.dated(page)).collect::<Vec<_>>() {
            *archive.named.entry(name).or_default() += 1;
        }
        archive
    }

    /// What the places in a story point at, for rows.
    pub(crate) fn pages(&self) -> Pages<'_> {
        Pages::new(&self.digests, &self.articles)
    }

    pub(crate) fn len(&self) -> usize {
        self.articles.len()
    }

    /// The largest first.
    pub(crate) fn stories(&self) -> &[Story] {
        &self.stories
    }

    /// Stories that at least two pages tell.
    pub(crate) fn told_twice(&self) -> impl Iterator<Item = &Story> {
        self.stories.iter().filter(|story| story.pages.len() > 1)
    }

    /// Pages that tell a story alone.
    pub(crate) fn apart(&self) -> impl Iterator<Item = usize> {
        self.stories.iter().filter(|story| story.pages.len() == 1).map(|story| story.pages[0])
    }

    pub(crate) fn id(&self, page: usize) -> &str {
        &self.digests[page].id
    }

    /// The id in words, of a page that is called by its outlet.
    pub(crate) fn own_id(&self, page: usize) -> Option<String> {
        self.outlet(page).map(|_| wording::clean(self.id(page)))
    }

    pub(crate) fn digests(&self) -> &[Digest] {
        &self.digests
    }

    /// Outlet and date of the page with an id; the id, too, where further pages are of that outlet and date.
    pub(crate) fn called(&self, id: &str) -> String {
        let Some(&page) = self.numbers.get(id) else { return wording::clean(id) };
        let name = self.dated(page);
        let is_one = self.named.get(&name).is_none_or(|&pages| pages < 2);
        if is_one || self.outlet(page).is_none() { name } else { format!("{name} ({})", wording::clean(id)) }
    }

    /// “Sarn Wire, 4 March 2031”.
    fn dated(&self, page: usize) -> String {
        let date = self.articles[page].published.as_ref().map(wording::date);
        [Some(self.name(page)), date].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn digest(&self, page: usize) -> &Digest {
        &self.digests[page]
    }

    pub(crate) fn article(&self, page: usize) -> &Article {
        &self.articles[page]
    }

    pub(crate) fn outlet(&self, page: usize) -> Option<String> {
        self.digests[page].outlet.as_deref().map(wording::clean).filter(|outlet| !outlet.is_empty())
    }

    /// The headline; of a page without one its first words.
    pub(crate) fn title(&self, page: usize) -> String {
        let article = &self.articles[page];
        let title = article.title.as_deref().map(wording::clean).filter(|title| !title.is_empty());
        title.or_else(|| beginning(article)).unwrap_or_else(|| wording::clean(self.id(page)))
    }

    /// What a page is called in a sentence: its outlet, else its id.
    pub(crate) fn name(&self, page: usize) -> String {
        self.outlet(page).unwrap_or_else(|| wording::clean(self.id(page)))
    }

    /// When it was published, in words.
    pub(crate) fn date(&self, page: usize) -> String {
        self.articles[page].published.as_ref().map_or_else(|| "no date".to_owned(), wording::date)
    }

    /// The title of a story is that of its first page.
    pub(crate) fn story_title(&self, story: &Story) -> String {
        story.pages.first().map(|&page| self.title(page)).unwrap_or_default()
    }

    /// From when to when its pages were published.
    pub(crate) fn story_dates(&self, story: &Story) -> String {
        let dated = |&&page: &&usize| self.digests[page].until().is_some();
        let (first, last) = (story.pages.iter().find(dated), story.pages.iter().rfind(dated));
        match (first, last) {
            (Some(&first), Some(&last)) if self.date(first) != self.date(last) => {
                format!("{} to {}", self.date(first), self.date(last))
            }
            (Some(&first), _) => self.date(first),
            _ => "no date".to_owned(),
        }
    }

    /// Credited outlets, agencies and sites that have no page here. What a page rests on in the end is its own credit only where it
    /// derives from no other.
    pub(crate) fn absent(&self, page: usize, lineage: &Lineage) -> Vec<String> {
        let evidence = lineage.parents.iter().flat_map(|parent| &parent.evidence);
        let may_be_here: Vec<&String> = evidence
            .filter_map(|evidence| match &evidence.sign {
                Sign::MayCredit(name) => Some(name),
                _ => None,
            })
            .collect();
        let cites = self.digests[page].cites.iter().filter(|cite| {
            let is_outlet = matches!(cite.kind, CiteKind::Outlet | CiteKind::Agency | CiteKind::Site);
            let is_here = self.outlets.contains(&plain(&cite.name)) || may_be_here.contains(&&cite.name);
            is_outlet && !cite.is_told && !is_here
        });
        let roots = lineage.roots.iter().filter_map(|root| match root {
            Root::Source(name) if lineage.parents.is_empty() => Some(name),
            _ => None,
        });
        let mut names: Vec<String> = Vec::new();
        for name in roots.chain(cites.map(|cite| &cite.name)) {
            if !names.iter().any(|known| plain(known) == plain(name)) {
                names.push(wording::clean(name));
            }
        }
        names
    }

    /// What is to be known of a page beside what all of them have: that it is cut off, in another language, or without a date
    /// or an article that could be read.
    pub(crate) fn notes(&self, page: usize) -> impl Iterator<Item = String> + '_ {
        let is_told = |note: &&Note| match note.kind {
            NoteKind::Constructed => false,
            NoteKind::NoArticle | NoteKind::Metadata => true,
            kind => wording::is_warning(kind),
        };
        self.articles[page].notes.iter().filter(is_told).map(|note| wording::clean(&note.text))
    }

    /// What is to be said before everything else: that pages are constructed.
    pub(crate) fn warnings(&self) -> Vec<&Note> {
        let notes = self.articles.iter().flat_map(|article| &article.notes);
        notes.filter(|note| note.kind == NoteKind::Constructed).take(1).collect()
    }
}

/// A page as the stories need it.
pub(crate) fn digested(id: &str, reading: Reading) -> (Digest, Article) {
    (Digest::of(id, &reading), reading.article)
}

/// A name as it is compared.
pub(crate) fn plain(name: &str) -> String {
    let name = wording::clean(name).to_lowercase();
    name.strip_prefix("the ").map_or_else(|| name.clone(), str::to_owned)
}

/// What an outlet may be called: its name, the end of it (the Lantern), two words or more of its beginning (the Evening
/// Herald, of Lower Marsk).
fn called(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split(' ').take(LONGEST).collect();
    let ends = (0..words.len()).map(|start| words[start..].join(" "));
    let beginnings = (2..words.len()).map(|end| words[..end].join(" "));
    [name.to_owned()].into_iter().chain(ends).chain(beginnings).collect()
}

/// Words of an outlet's name at most.
const LONGEST: usize = 12;

/// The first words of a text.
fn beginning(article: &Article) -> Option<String> {
    let block = article.blocks.iter().find(|block| block.kind.is_body() && !block.span.is_empty())?;
    let words = wording::words(article, block.span);
    let words = words.split(' ').scan(0, |length, word| {
        *length += word.chars().count() + 1;
        (*length <= BEGINNING).then_some(word)
    });
    Some(words.collect::<Vec<_>>().join(" ")).filter(|words| !words.is_empty()).map(|words| words + " …")
}

/// Characters of the first words.
const BEGINNING: usize = 72;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_are_called_by_less_than_their_name() {
        assert_eq!(called("lantern"), ["lantern", "lantern"]);
        let names = called("evening herald of marsk");
        assert!(
            ["evening herald", "evening herald of", "marsk"]
                .iter()
                .all(|name| names.contains(&(*name).to_owned()))
        );
        assert!(!names.contains(&"evening".to_owned()));
    }
}
