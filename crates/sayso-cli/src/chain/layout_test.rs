//! Nothing in a drawing overlaps, whatever the story.

use proptest::prelude::*;

use super::layout::{Item, Layout, Point, RADIUS, Rect, When};

fn overlaps(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/// Pages of some outlets, dated ones first and in order, each with parents anywhere; then credited sources.
fn story() -> impl Strategy<Value = Vec<Item>> {
    let page = (0..9usize, prop::option::weighted(0.7, 0..5000u32), prop::collection::vec(0..60usize, 0..3));
    let pages = prop::collection::vec(page, 3..=60);
    let sources = prop::collection::vec(prop::collection::vec(0..60usize, 1..4), 0..6);
    (pages, sources, 1..9usize, 1..5000u32).prop_map(|(mut pages, sources, outlets, within)| {
        // Within a few minutes many stand at the same one.
        pages.iter_mut().for_each(|page| page.1 = page.1.map(|minutes| minutes % within));
        pages.sort_by_key(|page| page.1.unwrap_or(u32::MAX));
        let count = pages.len();
        let item = |(outlet, minutes, parents): (usize, Option<u32>, Vec<usize>)| Item {
            lane: format!("The Long and Winding Name of an Outlet, number {}", outlet % outlets),
            when: minutes.map_or(When::Undated, |minutes| {
                When::At(f64::from(minutes) / 60.0, format!("{} March 2031", 1 + minutes / 1440))
            }),
            parents: parents.into_iter().map(|parent| parent % count).collect(),
        };
        let mut items: Vec<Item> = pages.into_iter().map(item).collect();
        items.extend(sources.into_iter().map(|by| Item {
            lane: "no page here".to_owned(),
            when: When::Credited(by.into_iter().map(|page| page % count).collect()),
            parents: Vec::new(),
        }));
        items
    })
}

/// What is drawn between nodes: from parents, from sources to those that credit them, and undecided ones either way.
fn lines(items: &[Item]) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    for (at, item) in items.iter().enumerate() {
        lines.extend(item.parents.iter().map(|&parent| (parent, at)));
        lines.extend(item.parents.iter().map(|&parent| (at, parent)));
        if let When::Credited(by) = &item.when {
            lines.extend(by.iter().map(|&page| (at, page)));
        }
    }
    lines.retain(|(from, to)| from != to);
    lines
}

/// A straight line of two pixels.
fn segment((x1, y1): Point, (x2, y2): Point) -> Rect {
    let (x, y) = (x1.min(x2), y1.min(y2));
    Rect { x: x - 1, y: y - 1, width: (x1 - x2).abs() + 2, height: (y1 - y2).abs() + 2 }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn nothing_overlaps(items in story()) {
        let layout = Layout::of(&items);
        let mut boxes: Vec<(String, Rect)> = Vec::new();
        for node in 0..items.len() {
            boxes.push((format!("circle {node}"), layout.circle(node)));
            boxes.push((format!("label {node}"), layout.label(node)));
        }
        boxes.extend(layout.ticks.iter().map(|(tick, day)| (day.clone(), *tick)));
        for (n, (a, of_a)) in boxes.iter().enumerate() {
            for (b, of_b) in &boxes[n + 1..] {
                prop_assert!(!overlaps(*of_a, *of_b), "{} {:?} and {} {:?}", a, of_a, b, of_b);
            }
            let inside = of_a.x >= 0 && of_a.y >= 0
                && of_a.x + of_a.width <= layout.width && of_a.y + of_a.height <= layout.height;
            prop_assert!(inside, "{} {:?} in {} by {}", a, of_a, layout.width, layout.height);
        }
    }

    #[test]
    fn lines_run_over_no_circle_and_along_no_label(items in story()) {
        let layout = Layout::of(&items);
        for (from, to) in lines(&items) {
            for shift in [-2, 0, 2] {
                let way = layout.way(from, to, shift);
                for ends in way.windows(2) {
                    let line = segment(ends[0], ends[1]);
                    for node in 0..items.len() {
                        let is_end = node == from || node == to;
                        prop_assert!(is_end || !overlaps(line, layout.circle(node)), "{from} to {to} over {node}: {way:?}");
                        let runs_along = line.width > line.height && overlaps(line, layout.label(node));
                        prop_assert!(!runs_along, "{from} to {to} along the label of {node}: {way:?}");
                    }
                    let inside = line.x >= 0 && line.y >= 0
                        && line.x + line.width <= layout.width && line.y + line.height <= layout.height;
                    prop_assert!(inside, "{from} to {to}: {way:?}");
                }
                let rim = |(x, y): Point, node: usize| {
                    let (a, b) = layout.nodes[node];
                    (x - a).abs().max((y - b).abs()) <= RADIUS + 2
                };
                prop_assert!(rim(way[0], from) && rim(way[way.len() - 1], to), "{from} to {to}: {way:?}");
            }
        }
    }

    #[test]
    fn nodes_stand_in_their_lanes_in_order_of_time(items in story()) {
        let layout = Layout::of(&items);
        let (mut last, undated) = (0, layout.undated.unwrap_or(i32::MAX));
        for (node, item) in items.iter().enumerate() {
            let (x, y) = layout.nodes[node];
            let (_, top, height) = layout.lanes.iter().find(|lane| lane.0 == item.lane).unwrap();
            prop_assert!((*top..top + height).contains(&y));
            match item.when {
                When::At(..) => {
                    prop_assert!(x > last && x < undated);
                    last = x;
                }
                When::Undated => prop_assert!(x > undated),
                When::Credited(_) => {}
            }
        }
    }
}
