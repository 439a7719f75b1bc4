//! Signs of derivation: what speaks for or against the text of one page having come from another.
//!
//! Each sign is a number. Their weights are trained (`models/derive.tsv`); the weighted sum is the log-odds of derivation
//! against neither text having come from the other.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
};

use super::{
    Digest, background,
    cite::{Cite, CiteKind},
    digest::Word,
    lineage::{Evidence, Sign},
    reuse::{self, ByGram, Index, Run},
};
use crate::Span;

/// The pages of one story, ready to be compared.
pub(super) struct Scene<'d> {
    pub(super) pages: Vec<&'d Digest>,
    indexes: Vec<Index>,
    /// How many pages have each three words in a row.
    spread: ByGram<u32>,
    /// Of each page in order, each three words in a row that further pages have; none of others.
    spread_of: Vec<Vec<Option<u64>>>,
    /// The names and figures of each page.
    details: Vec<HashSet<u32>>,
    /// The outlet of each page, by its words.
    outlets: Vec<Vec<u32>>,
    /// Of each page, the pages whose outlets it names, with the words that do; by the place of the first page of that outlet.
    named: Vec<BTreeMap<usize, Named>>,
    /// Of each page, how it credits others: 2 as its source, 1 as told, or named in passing; by page.
    credits: Vec<BTreeMap<usize, (u32, Span)>>,
    /// The names of what each page credits, by their words.
    cites: Vec<Vec<Vec<u32>>>,
    /// Of each page, the outlets that it credits, by the words of their names, each with where the words around the credit
    /// stand.
    credited: Vec<Vec<(Vec<u32>, Range<usize>)>>,
}

/// What two pages have in common. Numbers in pairs are of `a`, then of `b`.
pub(super) struct Pair {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) runs: Vec<Run>,
    /// Shared words.
    pub(super) shared: [usize; 2],
    /// Those outside quotation marks on both.
    pub(super) prose: usize,
    longest: usize,
    /// Changed places where further pages have the wording of one alone.
    pub(super) votes: [u32; 2],
    /// How rare the words of each are where they differ, on average.
    rarity: [f64; 2],
    /// Three words in a row that no further page has.
    private: u32,
    /// The longest run of them.
    private_run: u32,
    /// Shared words that one alone has between quotation marks, and the longest run of them.
    marked: [u32; 2],
    marked_run: [u32; 2],
}

impl Pair {
    /// Where the shared words of one of the two stand.
    pub(super) fn runs_of(&self, page: usize) -> impl Iterator<Item = Range<usize>> {
        self.runs.iter().map(move |run| if page == self.b { run.in_b() } else { run.in_a() })
    }

    /// Whether the two are one text.
    pub(super) fn is_one_text(&self, scene: &Scene) -> bool {
        scene.pages[self.a].as_written().eq(scene.pages[self.b].as_written())
    }

    /// The words of the shorter page.
    pub(super) fn shorter(&self, scene: &Scene) -> f64 {
        let words = [self.a, self.b].map(|page| scene.pages[page].words.len());
        words[0].min(words[1]).max(1) as f64
    }
}

/// How much of each page others have.
pub(super) struct Shares {
    /// Of each page, the others with their shares of its words.
    of: Vec<HashMap<usize, f64>>,
    /// The most that any has, who, and the most but one.
    most: Vec<(f64, usize, f64)>,
}

impl Shares {
    pub(super) fn of_pairs(scene: &Scene, pairs: &[Pair]) -> Shares {
        let mut of = vec![HashMap::new(); scene.pages.len()];
        let mut most = vec![(0.0, usize::MAX, 0.0); scene.pages.len()];
        for pair in pairs {
            for (side, (page, other)) in [(pair.a, pair.b), (pair.b, pair.a)].into_iter().enumerate() {
                let share = pair.shared[side] as f64 / scene.pages[page].words.len().max(1) as f64;
                of[page].insert(other, share);
                let most = &mut most[page];
                if share > most.0 {
                    *most = (share, other, most.0);
                } else {
                    most.2 = most.2.max(share);
                }
            }
        }
        Shares { of, most }
    }

    fn of(&self, page: usize, other: usize) -> f64 {
        self.of[page].get(&other).copied().unwrap_or_default()
    }

    /// The most that any page but one has of a page.
    fn of_others(&self, page: usize, but: usize) -> f64 {
        let (most, by, second) = self.most[page];
        if by == but { second } else { most }
    }
}

impl<'d> Scene<'d> {
    pub(super) fn of(pages: Vec<&'d Digest>) -> Scene<'d> {
        let indexes: Vec<Index> = pages.iter().map(|page| Index::of(&page.words)).collect();
        let mut spread: ByGram<u32> = ByGram::default();
        indexes.iter().flat_map(Index::grams).for_each(|gram| *spread.entry(gram).or_default() += 1);
        let spread_of = pages.iter().map(|page| {
            let grams = reuse::grams(&page.words);
            grams.map(|gram| Some(gram).filter(|gram| spread[gram] > 1)).collect()
        });
        let spread_of = spread_of.collect();
        let details = pages
            .iter()
            .map(|page| page.words.iter().filter(|word| word.is_detail).map(|word| word.hash).collect());
        let outlets = pages.iter().map(|page| page.likely.as_deref().map(name).unwrap_or_default());
        let cites = pages.iter().map(|page| page.cites.iter().map(|cite| name(&cite.name)).collect());
        let mut scene = Scene {
            details: details.collect(),
            outlets: outlets.collect(),
            cites: cites.collect(),
            named: named(&pages),
            credits: Vec::new(),
            credited: pages.iter().map(|page| credited(page)).collect(),
            indexes,
            spread,
            spread_of,
            pages,
        };
        scene.credits = (0..scene.pages.len()).map(|page| scene.credits_of(page)).collect();
        scene
    }

    /// The pairs of pages to be compared, the first before the second: all of a small story, else those that share sampled
    /// words in a row (Manber 1994) or of which one credits the other.
    pub(super) fn candidates(&self) -> Vec<(usize, usize)> {
        let count = self.pages.len();
        if count <= SMALL {
            return (0..count).flat_map(|b| (0..b).map(move |a| (a, b))).collect();
        }
        let mut holders: ByGram<Vec<usize>> = ByGram::default();
        for (page, index) in self.indexes.iter().enumerate() {
            for gram in index.grams().filter(|gram| gram % SAMPLED == 0) {
                holders.entry(gram).or_default().push(page);
            }
        }
        let mut pairs = HashSet::new();
        for page in 0..count {
            let mut shared: HashMap<usize, u32> = HashMap::new();
            for gram in self.indexes[page].grams().filter(|gram| gram % SAMPLED == 0) {
                let around = near(&holders[&gram], page);
                around
                    .iter()
                    .filter(|&&other| other != page)
                    .for_each(|&o| *shared.entry(o).or_default() += 1);
            }
            let mut most: Vec<(usize, u32)> = shared.into_iter().collect();
            most.sort_by_key(|&(other, grams)| (std::cmp::Reverse(grams), other));
            pairs
                .extend(most.into_iter().take(COMPARED).map(|(other, _)| (page.min(other), page.max(other))));
        }
        let mut pairs: Vec<(usize, usize)> = pairs.into_iter().collect();
        pairs.sort_unstable();
        pairs
    }

    /// What two pages have in common.
    pub(super) fn pair(&self, a: usize, b: usize) -> Pair {
        let (in_a, in_b) = (&self.pages[a].words, &self.pages[b].words);
        let runs = reuse::runs(in_a, &self.indexes[a], in_b);
        let mut pair = Pair {
            a,
            b,
            shared: [0, runs.iter().map(|run| run.len).sum()],
            prose: 0,
            longest: 0,
            votes: [0; 2],
            rarity: [0.0; 2],
            marked: [0; 2],
            marked_run: [0; 2],
            private: 0,
            private_run: 0,
            runs,
        };
        let mut seen = vec![false; in_a.len()];
        let mut prose_in_a_row = 0;
        for run in &pair.runs {
            let mut marked_in_a_row = [0; 2];
            for (at_a, at_b) in run.in_a().zip(run.in_b()) {
                seen[at_a] = true;
                let quoted = [in_a[at_a].is_quoted, in_b[at_b].is_quoted];
                for side in [0, 1] {
                    let is_marked = quoted[side] && !quoted[1 - side];
                    pair.marked[side] += u32::from(is_marked);
                    marked_in_a_row[side] = if is_marked { marked_in_a_row[side] + 1 } else { 0 };
                    pair.marked_run[side] = pair.marked_run[side].max(marked_in_a_row[side]);
                }
                if quoted == [false; 2] {
                    pair.prose += 1;
                    prose_in_a_row += 1;
                    pair.longest = pair.longest.max(prose_in_a_row);
                } else {
                    prose_in_a_row = 0;
                }
            }
            prose_in_a_row = 0;
            let mut in_a_row = 0;
            for words in in_b[run.in_b()].windows(3) {
                if self.spread.get(&reuse::gram(words)) == Some(&2) && !self.is_credit(b, words) {
                    pair.private += 1;
                    in_a_row += 1;
                    pair.private_run = pair.private_run.max(in_a_row);
                } else {
                    in_a_row = 0;
                }
            }
        }
        pair.shared[0] = seen.into_iter().filter(|&seen| seen).count();
        self.changes(&mut pair);
        pair
    }

    /// What the changed places between runs of one passage tell.
    fn changes(&self, pair: &mut Pair) {
        let (in_a, in_b) = (&self.pages[pair.a].words, &self.pages[pair.b].words);
        let mut rarity = [(0.0, 0.0); 2];
        for two in pair.runs.windows(2).filter(|two| two[1].goes_on) {
            let gap_a = two[0].a + two[0].len..two[1].a;
            let gap_b = two[0].b + two[0].len..two[1].b;
            if gap_a.start > gap_a.end {
                continue;
            }
            // One more word on either side.
            let variants = [&in_a[gap_a.start - 1..gap_a.end + 1], &in_b[gap_b.start - 1..gap_b.end + 1]];
            let has_others = variants.map(|words| self.is_elsewhere(words));
            if has_others[0] != has_others[1] {
                pair.votes[usize::from(has_others[1])] += 1;
            }
            for (sum, words) in rarity.iter_mut().zip([&in_a[gap_a], &in_b[gap_b]]) {
                for word in words {
                    sum.0 -= libm::log(background::share(word.hash) + RAREST);
                    sum.1 += 1.0;
                }
            }
        }
        pair.rarity = rarity.map(|(sum, count)| if count > 0.0 { sum / count } else { 0.0 });
    }

    /// Whether words stand in or at a credit.
    fn is_credit(&self, page: usize, words: &[Word]) -> bool {
        let around = words[0].span.hull(words[words.len() - 1].span);
        self.pages[page].cites.iter().any(|cite| cite.span.overlaps(around))
    }

    /// Whether further pages have these words in a row.
    fn is_elsewhere(&self, words: &[Word]) -> bool {
        let mut grams = reuse::grams(words).peekable();
        grams.peek().is_some() && grams.all(|gram| self.spread.get(&gram).is_some_and(|&pages| pages > 1))
    }

    /// The other pages that a page credits by their outlets.
    fn credits_of(&self, child: usize) -> BTreeMap<usize, (u32, Span)> {
        let of = |parent: usize| {
            let outlet = &self.outlets[parent];
            if outlet.is_empty() || same_name(outlet, &self.outlets[child]) {
                return None;
            }
            let cites = self.pages[child].cites.iter().zip(&self.cites[child]);
            let credits = cites.filter(|(_, name)| same_name(name, outlet)).map(|(cite, _)| cite);
            let credit = credits.min_by_key(|cite| cite.is_told);
            let credit = credit.map(|cite| (if cite.is_told { 1 } else { 2 }, cite.span));
            let named =
                || self.named[child].get(&parent).map(|named| (1 + u32::from(named.reports), named.span));
            Some((parent, credit.filter(|credit| credit.0 == 2).or_else(named).or(credit)?))
        };
        (0..self.pages.len()).filter_map(of).collect()
    }

    /// How a page credits another: 2 as its source, 1 as one that was told, or that is named in passing; 0 not at all.
    fn credit(&self, child: usize, parent: usize) -> u32 {
        self.credits[child].get(&parent).map_or(0, |credit| credit.0)
    }

    /// Whether a page names its own outlet.
    fn names_itself(&self, page: usize) -> bool {
        self.named[page].contains_key(&page)
    }

    /// Whether a page credits as its source an outlet that another says it told something, as that outlet itself writes.
    fn credits_teller(&self, child: usize, parent: usize) -> bool {
        let of = |page: usize, is_told: bool| {
            let cites = self.pages[page].cites.iter().zip(&self.cites[page]);
            cites.filter(move |(cite, _)| cite.is_told == is_told).map(|(_, name)| name)
        };
        of(child, false).any(|name| of(parent, true).any(|told| same_name(name, told)))
    }

    /// Whether two pages both credit a third one that is here.
    fn share_a_credit(&self, child: usize, other: usize) -> bool {
        self.credits[child].keys().any(|&page| page != other && self.credits[other].contains_key(&page))
    }

    /// Whether the credit that a page has of another also stands on a third that has more of its words.
    fn is_handed_on(&self, child: usize, parent: usize, shares: &Shares) -> bool {
        let share = shares.of(child, parent);
        self.credit(child, parent) > 0
            && (0..self.pages.len()).any(|other| {
                other != child && self.credit(other, parent) > 0 && shares.of(child, other) > share
            })
    }

    /// Whether a page links to another.
    fn links(&self, child: usize, parent: usize) -> bool {
        let plain = |url: &str| {
            let url = url.split(['?', '#']).next().unwrap_or_default();
            url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned()
        };
        let urls: Vec<String> = self.pages[parent].urls.iter().map(|url| plain(url)).collect();
        self.pages[child].links.iter().any(|link| urls.contains(&plain(link)))
    }

    /// The names of the outlets that a page credits, beside its own and that of another.
    fn thirds(&self, page: usize, other: usize) -> impl Iterator<Item = &Vec<u32>> {
        let is_outlet =
            |cite: &Cite| matches!(cite.kind, CiteKind::Outlet | CiteKind::Agency | CiteKind::Site);
        let cites = self.pages[page].cites.iter().zip(&self.cites[page]);
        let outlets = cites.filter(move |(cite, _)| is_outlet(cite) && !cite.is_told).map(|(_, name)| name);
        outlets.filter(move |name| [page, other].iter().all(|&page| !same_name(name, &self.outlets[page])))
    }

    /// How much more of the signs of derivation there is; see [`SIGNS`].
    pub(super) fn signs(&self, pair: &Pair, shares: &Shares, b_is_child: bool) -> [f64; SIGNS.len()] {
        let (c, p) = if b_is_child { (1, 0) } else { (0, 1) };
        let pages = [pair.a, pair.b];
        let (child, parent) = (pages[c], pages[p]);
        let words = pages.map(|page| self.pages[page].words.len().max(1) as f64);
        let share = [0, 1].map(|side| pair.shared[side] as f64 / words[side]);
        let (credit, credited) = (self.credit(child, parent), self.credit(parent, child));
        let is = |yes: bool| f64::from(u8::from(yes));
        let sides = [child, parent]
            .map(|page| self.thirds(page, if page == child { parent } else { child }).collect::<Vec<_>>());
        let has = |names: &[&Vec<u32>], name: &Vec<u32>| names.iter().any(|other| same_name(other, name));
        let common = sides[0].iter().filter(|name| has(&sides[1], name)).count();
        let only = [0, 1].map(|side| {
            let names = sides[side].iter().filter(|name| !has(&sides[1 - side], name));
            names.count() as f64
        });
        let times = [child, parent].map(|page| (self.pages[page].day, self.pages[page].until));
        let later = match times {
            [(Some(from), Some(until)), (Some(other_from), Some(other_until))] => {
                if other_until <= from && other_from < from {
                    1.0
                } else if until <= other_from && from < other_from {
                    -1.0
                } else {
                    0.0
                }
            }
            _ => 0.0,
        };
        let detail = self.detail(child, parent);
        let [lacks, longest_lack] = self.lacks(child, parent);
        let prose = pair.prose as f64 / words[0].min(words[1]);
        let others = shares.of_others(child, parent);
        let log = |count: f64| libm::log1p(count);
        let more = |count: &dyn Fn(&Digest) -> usize| {
            log(count(self.pages[child]) as f64) - log(count(self.pages[parent]) as f64)
        };
        [
            1.0,
            is(credit == 2),
            is(credit == 1),
            is(credited == 2),
            is(credited == 1),
            is(self.credits_teller(child, parent)),
            is(self.credits_teller(parent, child)),
            is(only[1] == 0.0 && common == 0 && only[0] > 0.0),
            is(only[0] == 0.0 && common == 0 && only[1] > 0.0),
            is(self.is_handed_on(child, parent, shares)),
            is(self.share_a_credit(child, parent)),
            is(self.links(child, parent)),
            is(self.links(parent, child)),
            is(common > 0 && credit < 2 && credited < 2),
            is(common > 0),
            log(only[0]),
            log(only[1]),
            is(only[0] > only[1]) - is(only[1] > only[0]),
            is(!self.outlets[parent].is_empty()),
            is(!self.outlets[child].is_empty()),
            is(self.names_itself(parent)),
            is(self.names_itself(child)),
            is(self.outlets[child] == self.outlets[parent] && !self.outlets[child].is_empty()),
            later,
            libm::sqrt(share[c]),
            libm::sqrt(share[p]),
            share[c] - share[p],
            libm::sqrt(prose),
            log(pair.longest as f64),
            is(pair.prose < 12),
            libm::sqrt(share[c]) - libm::sqrt(others),
            is(share[c] >= others),
            libm::log((words[c] * (1.0 - others) + 3.0) / (words[c] * (1.0 - share[c]) + 3.0)),
            if self.pages.len() > 2 { log(f64::from(pair.private)) } else { 0.0 },
            if self.pages.len() > 2 { f64::from(pair.private) / pair.shared[1].max(1) as f64 } else { 0.0 },
            libm::log(words[p] / words[c]),
            log(f64::from(pair.votes[p])),
            log(f64::from(pair.votes[c])),
            log(lacks),
            log(longest_lack),
            log(f64::from(pair.private_run)),
            pair.rarity[c] - pair.rarity[p],
            log(f64::from(pair.marked[c])) - log(f64::from(pair.marked[p])),
            log(f64::from(pair.marked_run[c])),
            log(f64::from(pair.marked_run[p])),
            log(self.credited_words(pair, child, parent) as f64),
            log(self.credited_words(pair, parent, child) as f64),
            detail[0],
            detail[1],
            more(&|page| page.manner.doubts as usize),
            more(&|page| page.manner.hedges as usize),
            more(&|page| page.manner.reports as usize),
            more(&|page| page.quotations.len()),
        ]
    }

    /// How many of the words around one of its credits a page shares with another, which may be of the outlet that is
    /// credited there: it does not credit that itself.
    fn credited_words(&self, pair: &Pair, page: usize, other: usize) -> usize {
        let outlet = &self.outlets[other];
        let may_be = |name: &Vec<u32>| {
            let cites = self.pages[other].cites.iter().zip(&self.cites[other]);
            let credits = cites.filter(|(cite, _)| !cite.is_told).any(|(_, cited)| same_name(cited, name));
            !credits
                && !same_name(name, &self.outlets[page])
                && (outlet.is_empty() || same_name(name, outlet))
        };
        let shared = |around: &Range<usize>| -> usize {
            let both = pair.runs_of(page).map(|run| run.start.max(around.start)..run.end.min(around.end));
            both.map(|both| both.len()).sum()
        };
        let credits = self.credited[page].iter().filter(|(name, _)| may_be(name));
        credits.map(|(_, around)| shared(around)).max().unwrap_or_default()
    }

    /// How many three words in a row a page has with further pages that a parent lacks, and the longest run of them.
    fn lacks(&self, child: usize, parent: usize) -> [f64; 2] {
        let has = &self.indexes[parent];
        let (mut all, mut longest, mut in_a_row) = (0, 0, 0);
        for gram in &self.spread_of[child] {
            let lacks = gram.is_some_and(|gram| !has.has(gram));
            all += u32::from(lacks);
            in_a_row = if lacks { in_a_row + 1 } else { 0 };
            longest = longest.max(in_a_row);
        }
        [f64::from(all), f64::from(longest)]
    }

    /// Outlets that a page credits and that no page of the story is of, by their names.
    pub(super) fn absent(&self, page: usize) -> Vec<String> {
        let cites = self.pages[page].cites.iter().zip(&self.cites[page]);
        let is_outlet = |cite: &Cite| matches!(cite.kind, CiteKind::Outlet | CiteKind::Agency);
        let absent = cites.filter(|(cite, name)| {
            is_outlet(cite) && !cite.is_told && !self.outlets.iter().any(|outlet| same_name(name, outlet))
        });
        absent.map(|(cite, _)| cite.name.clone()).collect()
    }

    /// A source that two pages credit, by name, which one of them credits before all others; and whether it is one that
    /// gives both the same: an outlet or a document, no speaker.
    pub(super) fn main_source(&self, a: usize, b: usize) -> Option<(&str, bool)> {
        let has = |page: usize, name: &Vec<u32>| self.cites[page].iter().any(|other| same_name(name, other));
        let is_firm = |cite: &Cite| {
            matches!(cite.kind, CiteKind::Outlet | CiteKind::Agency | CiteKind::Site | CiteKind::Document)
        };
        let rests = |page: usize, on: usize| {
            let cites = &self.pages[page].cites;
            // A speaker credited before may be heard by each; an outlet or a document is one.
            let at = cites.iter().position(is_firm).unwrap_or_default();
            let first = cites.get(at)?;
            // Who hears people without a name reports by itself.
            let is_heard = is_firm(first) || self.pages[page].unnamed.is_empty();
            (is_heard && has(on, &self.cites[page][at])).then(|| (first.name.as_str(), is_firm(first)))
        };
        rests(a, b).or_else(|| rests(b, a))
    }

    /// Pages with one text.
    pub(super) fn equal_texts(&self) -> Vec<Vec<usize>> {
        let mut texts: BTreeMap<Vec<(u32, usize)>, Vec<usize>> = BTreeMap::new();
        for (page, digest) in self.pages.iter().enumerate().filter(|(_, digest)| !digest.words.is_empty()) {
            texts.entry(digest.as_written().collect()).or_default().push(page);
        }
        let mut equal: Vec<Vec<usize>> = texts.into_values().filter(|pages| pages.len() > 1).collect();
        equal.sort_unstable();
        equal
    }

    /// What speaks for a page deriving from the other of a pair, the strongest first.
    pub(super) fn evidence(&self, pair: &Pair, child: usize) -> Vec<Evidence> {
        let parent = if child == pair.a { pair.b } else { pair.a };
        let (c, p) = if child == pair.b { (1, 0) } else { (0, 1) };
        let mut evidence = Vec::new();
        let mut add = |sign, child, parent| evidence.push(Evidence { sign, child, parent });
        if let Some(&(_, span)) = self.credits[child].get(&parent) {
            add(Sign::Credit(self.pages[parent].likely.clone().unwrap_or_default()), Some(span), None);
        }
        if self.links(child, parent) {
            add(Sign::Link, None, None);
        }
        if let Some(longest) = pair.runs.iter().max_by_key(|run| (run.len, std::cmp::Reverse(run.b))) {
            let span = |page: usize, words: Range<usize>| {
                let words = &self.pages[page].words[words];
                words[0].span.hull(words[words.len() - 1].span)
            };
            let [in_a, in_b] = [span(pair.a, longest.in_a()), span(pair.b, longest.in_b())];
            let [of, there] = if c == 1 { [in_b, in_a] } else { [in_a, in_b] };
            let of_words = self.pages[child].words.len() as u32;
            add(Sign::SharedText { words: pair.shared[c] as u32, of: of_words }, Some(of), Some(there));
        }
        let more = self.thirds(child, parent).count().saturating_sub(self.thirds(parent, child).count());
        if more > 0 {
            add(Sign::MoreCredits(more as u32), None, None);
        }
        if let Some(minutes) = self.minutes_later(child, parent) {
            add(Sign::Later(minutes), None, None);
        }
        if pair.votes[p] > pair.votes[c] {
            add(Sign::DiffersAlone(pair.votes[p] - pair.votes[c]), None, None);
        }
        evidence
    }

    /// How much later a page was published than another, if it was: whole days where its hour is not known.
    fn minutes_later(&self, child: usize, parent: usize) -> Option<u32> {
        let [child, parent] = [child, parent].map(|page| self.pages[page]);
        let later = child.day? - parent.until?;
        let later = if child.until == child.day { later } else { later.floor() };
        (later > 0.0).then(|| (later * 1440.0).round() as u32)
    }

    /// Shares of the names and figures of either page that the other lacks.
    fn detail(&self, child: usize, parent: usize) -> [f64; 2] {
        let lacks = |of: usize, other: usize| {
            let details = &self.details[of];
            let lacking = details.iter().filter(|detail| !self.details[other].contains(detail)).count();
            lacking as f64 / details.len().max(1) as f64
        };
        [lacks(child, parent), lacks(parent, child)]
    }
}

/// What is measured of a candidate for a parent, and how else it is looked at.
pub(super) struct Measure {
    /// Its name.
    pub(super) name: &'static str,
    /// Whether it says more beside that of the other candidates.
    pub(super) is_beside: bool,
    /// Whether it says more where the outlets of both pages are known.
    pub(super) is_known: bool,
}

impl Measure {
    const fn plain(name: &'static str) -> Measure {
        Measure { name, is_beside: false, is_known: false }
    }

    const fn beside(name: &'static str) -> Measure {
        Measure { is_beside: true, ..Measure::plain(name) }
    }

    const fn known(name: &'static str) -> Measure {
        Measure { is_known: true, ..Measure::plain(name) }
    }

    const fn both(name: &'static str) -> Measure {
        Measure { name, is_beside: true, is_known: true }
    }
}

/// The measures, in the order in which [`Scene::signs`] gives them.
pub(super) const SIGNS: [Measure; 53] = [
    Measure::known("any"),
    Measure::both("credits it"),
    Measure::both("names it"),
    Measure::known("is credited by it"),
    Measure::known("is named by it"),
    Measure::plain("credits whom it has as told"),
    Measure::plain("has as told whom it credits"),
    Measure::known("credits outlets, and it none"),
    Measure::known("credits no outlet, and it some"),
    Measure::plain("credits it as a closer page does"),
    Measure::plain("credits a page here that it credits"),
    Measure::plain("links to it"),
    Measure::plain("is linked by it"),
    Measure::known("both credit a third"),
    Measure::plain("both credit a third, or one of the two"),
    Measure::known("credits that it lacks"),
    Measure::known("credits that it alone has"),
    Measure::both("more credits"),
    Measure::plain("its outlet is known"),
    Measure::plain("own outlet is known"),
    Measure::known("it names itself"),
    Measure::known("the page names itself"),
    Measure::plain("one outlet"),
    Measure::both("later"),
    Measure::plain("share of own words"),
    Measure::plain("share of its words"),
    Measure::plain("more of own words"),
    Measure::beside("prose"),
    Measure::beside("longest run of prose"),
    Measure::plain("hardly any prose"),
    Measure::plain("more than any other page explains"),
    Measure::plain("no page explains more"),
    Measure::plain("leaves less unexplained than any other page"),
    Measure::beside("words that no further page has"),
    Measure::beside("share of words that no further page has"),
    Measure::beside("shorter"),
    Measure::beside("further pages agree with it"),
    Measure::beside("further pages agree with the page"),
    Measure::beside("lacks what the page has from elsewhere"),
    Measure::beside("lacks a passage that the page has from elsewhere"),
    Measure::beside("a passage that no further page has"),
    Measure::beside("rarer words"),
    Measure::plain("quotation marks added"),
    Measure::beside("a passage that the page quotes of it"),
    Measure::plain("a passage that it quotes of the page"),
    Measure::beside("words credited to an outlet that it may be of"),
    Measure::beside("words that it credits to an outlet that the page may be of"),
    Measure::beside("details that it lacks"),
    Measure::beside("details that it alone has"),
    Measure::known("more words of doubt"),
    Measure::known("more hedges"),
    Measure::known("more words of reporting"),
    Measure::known("more quotations"),
];

/// Which of the measures has a name.
pub(super) const fn place(name: &str) -> usize {
    let mut at = 0;
    while !is_same(SIGNS[at].name, name) {
        at += 1;
    }
    at
}

const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// The outlets that a page credits, by the words of their names, and where the words around each credit stand.
fn credited(page: &Digest) -> Vec<(Vec<u32>, Range<usize>)> {
    let is_outlet = |cite: &&Cite| matches!(cite.kind, CiteKind::Outlet | CiteKind::Agency | CiteKind::Site);
    let around = |cite: &Cite| {
        let start = page.words.partition_point(|word| word.span.end() <= cite.span.start());
        let end = page.words.partition_point(|word| word.span.start() < cite.span.end());
        (name(&cite.name), start.saturating_sub(AROUND)..(end + AROUND).min(page.words.len()))
    };
    page.cites.iter().filter(is_outlet).map(around).collect()
}

/// Where a page names an outlet.
#[derive(Clone, Copy, Debug)]
struct Named {
    span: Span,
    /// Whether it is said to have reported: `X first reported`, `as reported by X`, `according to X`.
    reports: bool,
}

/// Of each page, the pages whose outlets it names, itself among them.
fn named(pages: &[&Digest]) -> Vec<BTreeMap<usize, Named>> {
    let hashes = |words: &[&str]| {
        let mut hashes = Vec::new();
        words.iter().for_each(|word| super::terms::parts(word, |hash| hashes.push(hash)));
        hashes
    };
    let (after, before) = (hashes(AFTER), hashes(BEFORE));
    let mut outlets: HashMap<u32, Vec<(usize, Vec<u32>)>> = HashMap::new();
    for (page, digest) in pages.iter().enumerate() {
        let words = digest.likely.as_deref().map(all_words).unwrap_or_default();
        if let Some(&first) = words.first() {
            outlets.entry(first).or_default().push((page, words));
        }
    }
    let of_page = |digest: &&Digest| {
        let mut named = BTreeMap::new();
        for at in 0..digest.words.len() {
            for (page, outlet) in outlets.get(&digest.words[at].hash).into_iter().flatten() {
                let Some(words) = digest.words.get(at..at + outlet.len()) else { continue };
                let is_same = words.iter().zip(outlet).all(|(word, &name)| word.hash == name);
                if is_same && words.iter().any(|word| word.is_detail) {
                    let word = |at: usize| digest.words.get(at).map_or(0, |word| word.hash);
                    // An article may stand between.
                    let led = (1..=2).any(|back| at >= back && before.contains(&word(at - back)));
                    let reports = led || after.contains(&word(at + outlet.len()));
                    let span = words[0].span.hull(words[words.len() - 1].span);
                    let known = named.entry(*page).or_insert(Named { span, reports });
                    if reports && !known.reports {
                        *known = Named { span, reports };
                    }
                }
            }
        }
        named
    };
    pages.iter().map(of_page).collect()
}

/// Words after and before an outlet's name that make it the source.
const AFTER: &[&str] = &["reported", "reports", "first", "writes", "wrote", "revealed"];
const BEFORE: &[&str] = &["by", "according", "via", "citing", "cited"];

/// The words of a name without an article.
fn all_words(name: &str) -> Vec<u32> {
    let mut hashes = Vec::new();
    let words = name.split_whitespace().skip_while(|word| word.eq_ignore_ascii_case("the"));
    words.for_each(|word| super::terms::parts(word, |hash| hashes.push(hash)));
    hashes
}

/// The words of a name that tell it.
fn name(name: &str) -> Vec<u32> {
    let is_telling =
        |word: &&str| !matches!(*word, "the" | "com" | "co" | "uk" | "www" | "news" | "org" | "net");
    let lower = name.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let telling: Vec<&str> = words.iter().copied().filter(is_telling).collect();
    let kept = if telling.is_empty() { words } else { telling };
    let mut hashes = Vec::new();
    kept.iter().for_each(|word| super::terms::parts(word, |hash| hashes.push(hash)));
    hashes
}

/// Whether one of two names holds the words of the other: "the Mail", "Daily Mail".
fn same_name(a: &[u32], b: &[u32]) -> bool {
    let holds = |a: &[u32], b: &[u32]| a.iter().all(|word| b.contains(word));
    !a.is_empty() && !b.is_empty() && (holds(a, b) || holds(b, a))
}

/// Of pages in order, those around one.
fn near(pages: &[usize], page: usize) -> &[usize] {
    let at = pages.partition_point(|&other| other < page);
    &pages[at.saturating_sub(CROWD)..(at + CROWD).min(pages.len())]
}

/// In a story of more pages, not all pairs are compared;
const SMALL: usize = 48;
/// of three words in a row, one in so many is looked up,
const SAMPLED: u64 = 8;
/// in so many pages before and after,
const CROWD: usize = 64;
/// and each page is compared with so many that share most.
const COMPARED: usize = 24;
/// So many words before and after a credit may be what is credited.
const AROUND: usize = 40;
/// The share of articles of a word that none of the background has.
const RAREST: f64 = 0.0005;
