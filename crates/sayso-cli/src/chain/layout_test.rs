//! Nothing in a drawing overlaps, whatever the story.

use proptest::prelude::*;

use super::layout::{Item, Layout, Rect, When};

fn overlaps(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/// Pages of some outlets, dated ones first and in order, each with parents anywhere; then credited sources.
fn story() -> impl Strategy<Value = Vec<Item>> {
    let page = (0..9usize, prop::option::weighted(0.7, 0..5000u32), prop::collection::vec(0..60usize, 0..3));
    let pages = prop::collection::vec(page, 3..=60);
    let sources = prop::collection::vec(prop::collection::vec(0..60usize, 1..4), 0..6);
    (pages, sources, 1..9usize).prop_map(|(mut pages, sources, outlets)| {
        pages.sort_by_key(|page| page.1.unwrap_or(u32::MAX));
        let count = pages.len();
        let item = |(outlet, minutes, parents): (usize, Option<u32>, Vec<usize>)| Item {
            lane: format!("Outlet {}", outlet % outlets),
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
