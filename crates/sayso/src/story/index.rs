//! Pages as they come, and the stories that they are in.

use std::collections::HashMap;

use super::{
    cluster,
    holdings::{Holdings, Page},
    sketch::Sketch,
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
    ids: Vec<Box<str>>,
    holdings: Holdings,
}

impl Index {
    /// Adds a page.
    pub fn add(&mut self, id: &str, sketch: Sketch) {
        self.holdings.add(&sketch);
        self.ids.push(id.into());
    }

    /// So many pages were added.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether no page was added.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The story of each page in the order in which they were added, told by the place of that of its pages whose id
    /// comes first.
    pub fn stories(&self) -> Vec<usize> {
        let ids: Vec<&str> = self.ids.iter().map(|id| &**id).collect();
        stories(&ids, &self.holdings)
    }
}

/// The story of each page, told by the place of that of its pages whose id comes first.
pub(super) fn stories(ids: &[&str], holdings: &Holdings) -> Vec<usize> {
    let order = order(ids, holdings);
    let sorted: Vec<Page> = order.iter().map(|&at| holdings.page(at as usize)).collect();
    let groups = cluster::clusters(&sorted, holdings);
    let mut first: HashMap<u32, usize> = HashMap::new();
    for (&at, &group) in order.iter().zip(&groups) {
        let at = at as usize;
        let first = first.entry(group).or_insert(at);
        if (ids[at], at) < (ids[*first], *first) {
            *first = at;
        }
    }
    let mut stories = vec![0; ids.len()];
    order.iter().zip(&groups).for_each(|(&at, group)| stories[at as usize] = first[group]);
    stories
}

/// Places of pages in order of time, equal ones by id, then by what they say.
fn order(ids: &[&str], holdings: &Holdings) -> Vec<u32> {
    let mut order: Vec<u32> = (0..ids.len() as u32).collect();
    order.sort_by(|&a, &b| {
        let (first, second) = (ids[a as usize], ids[b as usize]);
        let (a, b) = (holdings.page(a as usize), holdings.page(b as usize));
        a.day.total_cmp(&b.day).then_with(|| first.cmp(second)).then_with(|| holdings.compare(a, b))
    });
    order
}
