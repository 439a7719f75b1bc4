//! Pages as they come, and the stories that they are in.

use std::collections::HashMap;

use super::{
    cluster,
    sketch::Sketch,
    weigh::{self, Counts},
};

/// The sketches of an archive's pages, by which it is told which pages tell the same story.
///
/// What it says is a function of the set of pages: it does not matter in what order, in how many parts or on how many
/// threads they were added. A new page changes how rare words are, for all pages; so stories are found anew each time,
/// from the sketches, and only these and the counts of words are kept between.
///
/// ```
/// use sayso::story::{Index, Sketch};
///
/// let mut index = Index::default();
/// for (id, words) in [("a", [1, 2, 3]), ("b", [7, 8, 9]), ("c", [1, 2, 3])] {
///     index.add(id, Sketch::of(&words, Some(19_000.0)));
/// }
/// assert_eq!(index.stories(), [0, 1, 0]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Index {
    pages: Vec<(Box<str>, Sketch)>,
    /// In how many pages each word is.
    counts: Counts,
}

impl Index {
    /// Adds a page.
    pub fn add(&mut self, id: &str, sketch: Sketch) {
        weigh::count(&sketch, &mut self.counts);
        self.pages.push((id.into(), sketch));
    }

    /// So many pages were added.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether no page was added.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// The story of each page in the order in which they were added, told by the place of that of its pages whose id
    /// comes first.
    pub fn stories(&self) -> Vec<usize> {
        let pages: Vec<(&str, &Sketch)> = self.pages.iter().map(|(id, sketch)| (&**id, sketch)).collect();
        stories(&pages, &self.counts)
    }
}

/// The story of each page, told by the place of that of its pages whose id comes first.
pub(super) fn stories(pages: &[(&str, &Sketch)], counts: &Counts) -> Vec<usize> {
    let order = order(pages);
    let sorted: Vec<&Sketch> = order.iter().map(|&at| pages[at as usize].1).collect();
    let groups = cluster::clusters(&sorted, counts);
    let mut first: HashMap<u32, usize> = HashMap::new();
    for (&at, &group) in order.iter().zip(&groups) {
        let at = at as usize;
        let first = first.entry(group).or_insert(at);
        if (pages[at].0, at) < (pages[*first].0, *first) {
            *first = at;
        }
    }
    let mut stories = vec![0; pages.len()];
    order.iter().zip(&groups).for_each(|(&at, group)| stories[at as usize] = first[group]);
    stories
}

/// Places of pages in order of time, equal ones by id, then by what they say.
fn order(pages: &[(&str, &Sketch)]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..pages.len() as u32).collect();
    order.sort_by(|&a, &b| {
        let ((first, a), (second, b)) = (pages[a as usize], pages[b as usize]);
        a.compare_days(b).then_with(|| first.cmp(second)).then_with(|| a.compare_words(b))
    });
    order
}
