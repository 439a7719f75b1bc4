//! What two pages of a story have in common.

use std::{collections::HashMap, ops::Range};

use super::{
    background,
    digest::Word,
    reuse::{self, Run},
    scene::Scene,
};

/// What two pages have in common. Numbers in pairs are of `a`, then of `b`.
pub(super) struct Pair {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) runs: Vec<Run>,
    /// Shared words.
    pub(super) shared: [usize; 2],
    /// Those outside quotation marks on both.
    pub(super) prose: usize,
    pub(super) longest: usize,
    /// Changed places where further pages have the wording of one alone.
    pub(super) votes: [u32; 2],
    /// How rare the words of each are where they differ, on average.
    pub(super) rarity: [f64; 2],
    /// Three words in a row that no further page has.
    pub(super) private: u32,
    /// The longest run of them.
    pub(super) private_run: u32,
    /// Shared words that one alone has between quotation marks, and the longest run of them.
    pub(super) marked: [u32; 2],
    pub(super) marked_run: [u32; 2],
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

    pub(super) fn of(&self, page: usize, other: usize) -> f64 {
        self.of[page].get(&other).copied().unwrap_or_default()
    }

    /// The most that any page but one has of a page.
    pub(super) fn of_others(&self, page: usize, but: usize) -> f64 {
        let (most, by, second) = self.most[page];
        if by == but { second } else { most }
    }
}

impl Scene<'_> {
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
}

/// The share of articles of a word that none of the background has.
const RAREST: f64 = 0.0005;
