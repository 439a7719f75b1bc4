//! Where things stand in the drawing of a story: one lane an outlet, time from left to right.
//!
//! Each dated page has a column of its own. Pages without a date stand in columns at the right, each right of those it
//! derives from. Inside a lane a page goes to the first row where its label has room. Lines run in the strips between rows.
//! So nothing overlaps, however many pages there are.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A node that is to be placed.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Its lane.
    pub(super) lane: String,
    pub(super) when: When,
    /// The places of those that it derives from.
    pub(super) parents: Vec<usize>,
}

/// When a node stands.
#[derive(Clone, Debug)]
pub(super) enum When {
    /// In hours, and the day as it is shown.
    At(f64, String),
    /// A page without a date.
    Undated,
    /// A source known only by credit: before the first that credits it.
    Credited(Vec<usize>),
}

/// A box in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rect {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// The drawing, without its lines.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) width: i32,
    pub(super) height: i32,
    /// The lanes from above: name, top, height.
    pub(super) lanes: Vec<(String, i32, i32)>,
    /// The centre of each node.
    pub(super) nodes: Vec<(i32, i32)>,
    /// The days, and where “no date” begins: where and what.
    pub(super) ticks: Vec<(Rect, String)>,
    /// Where the columns of pages without a date begin.
    pub(super) undated: Option<i32>,
    /// The width of a label.
    label: i32,
    /// Columns in which several nodes stand.
    shared: HashSet<i32>,
}

/// A point in pixels.
pub(super) type Point = (i32, i32);

impl Layout {
    /// Places nodes; those with a date in order of time, sources behind all pages.
    pub(super) fn of(items: &[Item]) -> Layout {
        let label = if items.len() <= FEW { WIDE } else { NARROW };
        let mut columns: Vec<i32> = vec![LEFT; items.len()];
        let dated = dated(items, &mut columns).map_or(LEFT, |x| x + label + GAP);
        let undated = undated(items, &mut columns, dated, label);
        credited(items, &mut columns);
        let mut layout = Layout { undated, label, ..Layout::default() };
        layout.rows(items, &columns);
        layout.ticks = ticks(items, &columns, undated);
        let right = layout.nodes.iter().map(|node| node.0 + RADIUS + PAD + label);
        let ticks = layout.ticks.iter().map(|(tick, _)| tick.x + tick.width);
        layout.width = right.chain(ticks).max().unwrap_or(LEFT) + PAD;
        layout
    }

    /// The box of a node's circle.
    #[cfg(test)]
    pub(super) fn circle(&self, node: usize) -> Rect {
        let (x, y) = self.nodes[node];
        Rect { x: x - RADIUS, y: y - RADIUS, width: 2 * RADIUS, height: 2 * RADIUS }
    }

    /// The box of a node's label.
    pub(super) fn label(&self, node: usize) -> Rect {
        let (x, y) = self.nodes[node];
        Rect { x: x + RADIUS + PAD, y: y - TEXT / 2, width: self.label, height: TEXT }
    }

    /// The corners of a line from one node to another, from rim to rim: away from the first beside its column, along the
    /// free strip beside the row of the second, and into that. So it runs over no circle and along no label. `shift` is
    /// -2, 0 or 2 and keeps lines of different kinds apart.
    pub(super) fn way(&self, from: usize, to: usize, shift: i32) -> Vec<Point> {
        let ((x1, y1), (x2, y2)) = (self.nodes[from], self.nodes[to]);
        let side = if y1 > y2 { 1 } else { -1 };
        let strip = y2 + side * (STRIP + shift);
        let end = [(x2, strip), (x2, y2 + side * (RADIUS + 2))];
        if self.shared.contains(&x1) {
            // Others stand above or below: past them between circles and labels.
            let beside = x1 + RADIUS + PAD / 2 + shift / 2;
            [[(x1 + RADIUS, y1), (beside, y1)].as_slice(), &[(beside, strip)], &end].concat()
        } else {
            let rim = y1 + (strip - y1).signum() * RADIUS;
            [[(x1 + shift, rim), (x1 + shift, strip)], end].concat()
        }
    }

    /// Gives every node a row, and every lane the height of its rows.
    fn rows(&mut self, items: &[Item], columns: &[i32]) {
        let lanes = lanes(items);
        let mut ends: Vec<Vec<i32>> = vec![Vec::new(); lanes.len()];
        let mut rows = vec![0; items.len()];
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.sort_by_key(|&at| (columns[at], at));
        for at in order {
            let ends = &mut ends[lanes[&items[at].lane]];
            let free = ends.iter().position(|&end| end <= columns[at] - RADIUS - PAD);
            rows[at] = free.unwrap_or(ends.len());
            if free.is_none() {
                ends.push(0);
            }
            ends[rows[at]] = columns[at] + RADIUS + PAD + self.label;
        }
        let mut top = HEAD;
        for (name, lane) in in_order(&lanes) {
            let height = ends[lane].len() as i32 * ROW + 2 * PAD;
            self.lanes.push((name.to_owned(), top, height));
            top += height;
        }
        self.height = top;
        let place = |(at, item): (usize, &Item)| {
            (columns[at], self.lanes[lanes[&item.lane]].1 + PAD + rows[at] as i32 * ROW + ROW / 2)
        };
        self.nodes = items.iter().enumerate().map(place).collect();
        let mut seen = HashSet::new();
        self.shared = columns.iter().copied().filter(|&column| !seen.insert(column)).collect();
    }
}

/// Columns of pages with a date, at least [`STEP`] apart, further after a pause. Returns the last.
fn dated(items: &[Item], columns: &mut [i32]) -> Option<i32> {
    let mut last: Option<(i32, f64)> = None;
    for (at, item) in items.iter().enumerate() {
        let When::At(hours, _) = item.when else { continue };
        columns[at] = match last {
            None => LEFT + STEP / 2,
            Some((x, before)) => x + STEP + pause(hours - before),
        };
        last = Some((columns[at], hours));
    }
    last.map(|(x, _)| x)
}

/// The room that a pause gets: some, whatever it is.
fn pause(hours: f64) -> i32 {
    let hours = if hours.is_finite() { hours.max(0.0) } else { 0.0 };
    ((1.0 + hours).ln() * 10.0).min(60.0) as i32
}

/// Columns of pages without a date: each right of those it derives from, at most [`STACK`] of a lane in one.
fn undated(items: &[Item], columns: &mut [i32], start: i32, label: i32) -> Option<i32> {
    let order = parents_first(items);
    if order.is_empty() {
        return None;
    }
    let start = start + STEP / 2;
    let mut column: HashMap<usize, i32> = HashMap::new();
    let mut filled: HashMap<(&str, i32), usize> = HashMap::new();
    for at in order {
        let after = items[at].parents.iter().filter_map(|parent| column.get(parent)).max();
        let mut here = after.map_or(0, |column| column + 1);
        while filled.get(&(items[at].lane.as_str(), here)).is_some_and(|&count| count >= STACK) {
            here += 1;
        }
        *filled.entry((&items[at].lane, here)).or_default() += 1;
        column.insert(at, here);
        columns[at] = start + here * (label + GAP);
    }
    Some(start - STEP / 2)
}

/// Pages without a date, each behind those that it derives from. Where all wait for one another the first goes first.
fn parents_first(items: &[Item]) -> Vec<usize> {
    let is_undated = |at: &usize| matches!(items[*at].when, When::Undated);
    let mut open: BTreeSet<usize> = (0..items.len()).filter(is_undated).collect();
    let mut children: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut waits: HashMap<usize, usize> = HashMap::new();
    for &at in &open {
        let parents = items[at].parents.iter().copied();
        let parents: BTreeSet<usize> =
            parents.filter(|parent| *parent != at && open.contains(parent)).collect();
        waits.insert(at, parents.len());
        parents.into_iter().for_each(|parent| children.entry(parent).or_default().push(at));
    }
    let mut ready: BTreeSet<usize> = open.iter().copied().filter(|at| waits[at] == 0).collect();
    let mut order = Vec::with_capacity(open.len());
    while let Some(at) = ready.pop_first().or_else(|| open.first().copied()) {
        open.remove(&at);
        order.push(at);
        for child in children.remove(&at).unwrap_or_default() {
            let left = waits.entry(child).or_default();
            *left = left.saturating_sub(1);
            if *left == 0 && open.contains(&child) {
                ready.insert(child);
            }
        }
    }
    order
}

/// Columns of credited sources: just before the first that credits them.
fn credited(items: &[Item], columns: &mut [i32]) {
    for at in 0..items.len() {
        if let When::Credited(by) = &items[at].when {
            let first = by.iter().map(|&page| columns[page]).min().unwrap_or(LEFT + STEP);
            columns[at] = (first - STEP / 2).max(LEFT);
        }
    }
}

/// Lanes by name, in order of first appearance; that of credited sources above all.
fn lanes(items: &[Item]) -> BTreeMap<String, usize> {
    let is_credited = |item: &&Item| matches!(item.when, When::Credited(_));
    let mut lanes = BTreeMap::new();
    for item in items.iter().filter(is_credited).chain(items) {
        let next = lanes.len();
        lanes.entry(item.lane.clone()).or_insert(next);
    }
    lanes
}

fn in_order(lanes: &BTreeMap<String, usize>) -> Vec<(&str, usize)> {
    let mut order: Vec<(&str, usize)> = lanes.iter().map(|(name, &lane)| (name.as_str(), lane)).collect();
    order.sort_by_key(|(_, lane)| *lane);
    order
}

/// Each day above its first page, where there is room.
fn ticks(items: &[Item], columns: &[i32], undated: Option<i32>) -> Vec<(Rect, String)> {
    let mut ticks: Vec<(Rect, String)> = Vec::new();
    let mut last = "";
    for (at, item) in items.iter().enumerate() {
        let When::At(_, day) = &item.when else { continue };
        let tick = Rect { x: columns[at] - RADIUS, y: 0, width: TICK, height: HEAD - PAD };
        let is_free = ticks.last().is_none_or(|(before, _)| before.x + before.width + PAD <= tick.x);
        if day != last && is_free {
            ticks.push((tick, day.clone()));
            last = day;
        }
    }
    if let Some(x) = undated {
        let tick = Rect { x: x + STEP / 2 - RADIUS, y: 0, width: TICK, height: HEAD - PAD };
        ticks.push((tick, "no date".to_owned()));
    }
    ticks
}

/// The radius of a circle, and how far things are kept from one another.
pub(super) const RADIUS: i32 = 6;
pub(super) const PAD: i32 = 6;
/// Width of a label where there are few nodes, and where there are more than [`FEW`]; its height.
const WIDE: i32 = 226;
const NARROW: i32 = 136;
const FEW: usize = 9;
const TEXT: i32 = 30;
/// From the middle of a row to the strip beside it, which no label touches.
const STRIP: i32 = ROW / 2 - 1;
/// Height of a row; the part above the lanes; width of a day above them.
const ROW: i32 = 40;
pub(super) const HEAD: i32 = 26;
const TICK: i32 = 118;
/// Where columns begin, how far those of dated pages are apart at least, and what those of pages without a date need beside
/// the label.
const LEFT: i32 = 12;
const STEP: i32 = 36;
const GAP: i32 = 2 * RADIUS + 3 * PAD + 14;
/// So many pages of one lane without a date stand in one column.
const STACK: usize = 8;
