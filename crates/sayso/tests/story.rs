//! Stories: made-up pages in any order.

use proptest::prelude::*;
use sayso::{
    page::{Hints, plain},
    story::{Descent, Digest, Index, Sketch, Utterance, link, stories, utterances, variants, variants_by},
};

/// Constructed reports of three events.
const EVENTS: [&[&str]; 3] = [
    &[
        "A storm tore the roof off the ferry terminal at Lower Marsk on Sunday night. Nobody was hurt, the harbour master said.",
        "Ferries to Lower Marsk were cancelled on Monday after a storm took the roof of the terminal, the harbour master said.",
        "The roof of the Lower Marsk ferry terminal lay in the harbour on Monday. The storm had come from the west.",
    ],
    &[
        "The central bank of Norland kept its interest rate at four per cent and warned that prices would rise in spring.",
        "Prices will rise in spring, the Norland central bank warned as it left the interest rate at four per cent.",
    ],
    &[
        "A goalkeeper scored from his own half in the last minute of the cup final and then could not say how.",
    ],
];

fn pages(published: Option<&str>) -> Vec<(usize, Digest)> {
    let hints = Hints { published: published.map(str::to_owned), ..Hints::default() };
    let told = EVENTS.iter().enumerate().flat_map(|(event, told)| told.iter().map(move |text| (event, text)));
    told.enumerate()
        .map(|(number, (event, text))| {
            (event, Digest::of(&format!("page {number}"), &sayso::read(&plain(text, &hints))))
        })
        .collect()
}

#[test]
fn pages_of_one_event_are_one_story() {
    let (events, pages): (Vec<usize>, Vec<Digest>) = pages(Some("2024-03-04")).into_iter().unzip();
    let stories = stories(&pages);
    for a in 0..pages.len() {
        for b in 0..pages.len() {
            assert_eq!(
                events[a] == events[b],
                stories[a] == stories[b],
                "{} and {}",
                pages[a].id,
                pages[b].id
            );
        }
    }
}

#[test]
fn the_same_words_a_year_later_are_another_story() {
    let mut both: Vec<Digest> = pages(Some("2024-03-04")).into_iter().take(3).map(|(_, page)| page).collect();
    for (_, mut page) in pages(Some("2025-03-04")).into_iter().take(3) {
        page.id += " of 2025";
        both.push(page);
    }
    assert_eq!(stories(&both), [0, 0, 0, 3, 3, 3]);
}

#[test]
fn no_pages_no_stories() {
    assert_eq!(stories(&[]), Vec::<usize>::new());
    let empty = Digest::of("empty", &sayso::read(&plain("", &Hints::default())));
    assert_eq!(stories(&[empty.clone(), empty]), [0, 1]);
}

proptest! {
    /// Which pages are together does not hang on the order in which they come.
    #[test]
    fn order_does_not_matter(order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle()) {
        let pages: Vec<Digest> = pages(None).into_iter().map(|(_, page)| page).collect();
        let story = stories(&pages);
        let shuffled: Vec<Digest> = order.iter().map(|&at| pages[at].clone()).collect();
        for (at, first) in stories(&shuffled).into_iter().enumerate() {
            prop_assert_eq!(story[order[at]], order[first]);
        }
    }
}

/// Constructed pages with their ids: so many in equal words over some weeks, and three each of thirty other stories.
fn archive(equal: usize) -> Vec<(String, Sketch)> {
    let words = |first: u32| (first..first + 20).collect::<Vec<u32>>();
    let same = (0..equal).map(|page| {
        let day = 19_000.0 + (page % 20) as f64;
        (format!("equal {page:04}"), Sketch::of(&words(1000), Some(day)))
    });
    let other = |page: u32| {
        let both = [words(10_000 + page / 3 * 100), words(50_000 + page * 100)].concat();
        (format!("other {page:02}"), Sketch::of(&both, Some(19_000.0)))
    };
    same.chain((0..90).map(other)).collect()
}

/// The id of each page with that of the first page of its story, by threads of this number, in order of ids. Stories
/// are found after each batch.
fn told(pages: &[(String, Sketch)], batch: usize, threads: usize) -> Vec<(String, String)> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
    let (mut index, mut stories) = (Index::default(), Vec::new());
    for batch in pages.chunks(batch) {
        batch.iter().for_each(|(id, sketch)| index.add(id, sketch.clone()));
        stories = pool.install(|| index.stories());
    }
    let mut told: Vec<(String, String)> =
        stories.iter().zip(pages).map(|(&first, (id, _))| (id.clone(), pages[first].0.clone())).collect();
    told.sort();
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    /// Words that every page has tell nothing, but where pages have no others.
    #[test]
    fn a_thousand_equal_pages_are_one_story(
        pages in (1000..1300_usize).prop_flat_map(|equal| Just(archive(equal)).prop_shuffle()),
        batch in 400..1400_usize,
        threads in 2..4_usize,
    ) {
        let stories = told(&pages, batch, threads);
        prop_assert_eq!(&stories, &told(&pages, pages.len(), 1));
        for (id, first) in stories {
            let expected = match id.strip_prefix("other ").map(|page| page.parse::<u32>()) {
                Some(Ok(page)) => format!("other {:02}", page / 3 * 3),
                _ => "equal 0000".to_owned(),
            };
            prop_assert_eq!(first, expected, "{}", id);
        }
    }
}

#[test]
fn all_pages_of_an_archive_may_be_equal() {
    let equal = archive(2000)[..2000].to_vec();
    assert!(told(&equal, 2000, 2).iter().all(|(_, first)| first == "equal 0000"));
}

/// A page without a date is near to those of every day, though it stands behind all of them.
#[test]
fn a_page_without_a_date_may_be_of_any_day() {
    let words = |story: u32| (story * 100..story * 100 + 30).collect::<Vec<u32>>();
    let page = |at: u32| {
        let (story, day) = (at / 5, 19_000.0 + f64::from(at / 5 * 20 % 700));
        (format!("page {at:04}"), Sketch::of(&words(story), (at % 5 > 1).then_some(day)))
    };
    let pages: Vec<(String, Sketch)> = (0..600).map(page).collect();
    let backwards: Vec<(String, Sketch)> = pages.iter().rev().cloned().collect();
    let stories = told(&pages, pages.len(), 1);
    assert_eq!(stories, told(&backwards, 70, 2));
    for (at, (id, first)) in stories.iter().enumerate() {
        assert_eq!(*first, format!("page {:04}", at / 5 * 5), "{id}");
    }
}

/// A quotation on a page of its own; hours are of one day.
fn quotation(number: usize, hour: f64, text: &str) -> Utterance {
    let (id, page) = (format!("q{number}"), format!("page {number}"));
    Utterance { id, story: 0, page, text: text.to_owned(), until: Some(hour / 24.0) }
}

#[test]
fn an_altered_word_differs_from_the_earliest_wording() {
    let quotations = [
        quotation(0, 9.0, "I was prepared to lose my post rather than sign"),
        quotation(1, 8.0, "I was ready to lose my post rather than sign."),
        quotation(2, 10.0, "ready to lose my post"),
        quotation(3, 7.0, "The dykes will hold until the spring tide"),
    ];
    let wordings = variants(&quotations);
    assert_eq!(wordings.iter().map(|wording| wording.utterance).collect::<Vec<_>>(), [0, 0, 0, 3]);
    assert!(wordings[..3].iter().all(|wording| wording.against == 1));
    assert_eq!(
        wordings.iter().map(|wording| wording.differs).collect::<Vec<_>>(),
        [true, false, true, false]
    );
}

#[test]
fn marks_and_capitals_are_no_other_words() {
    let quotations =
        [quotation(0, 1.0, "It is, he said, \"a clock\""), quotation(1, 2.0, "it is he said a clock.")];
    assert!(variants(&quotations).iter().all(|wording| wording.utterance == 0 && !wording.differs));
}

#[test]
fn quotations_of_two_stories_are_two_utterances() {
    let mut quotations =
        [quotation(0, 1.0, "we will see you in court"), quotation(1, 2.0, "we will see you in court")];
    quotations[1].story = 1;
    assert_eq!(variants(&quotations).iter().map(|wording| wording.utterance).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn words_lying_scattered_are_no_form_of_a_quotation() {
    let quotations = [
        quotation(
            0,
            1.0,
            "I put the seal into the river, and the keys of the tower went after the seal that night",
        ),
        quotation(1, 2.0, "the keys went after the seal into the river"),
        quotation(2, 3.0, "the tower of the river"),
    ];
    assert_eq!(variants(&quotations).iter().map(|wording| wording.utterance).collect::<Vec<_>>(), [0, 0, 2]);
}

#[test]
fn pieces_speak_for_the_wording_that_has_them() {
    let quotations = [
        quotation(0, 1.0, "the dykes will break before the morning"),
        quotation(1, 2.0, "the dykes will hold until the morning and no longer"),
        quotation(2, 3.0, "the dykes will hold until the morning"),
    ];
    let wordings = variants(&quotations);
    assert!(wordings.iter().all(|wording| wording.utterance == 0 && wording.against == 1));
    assert_eq!(wordings.iter().map(|wording| wording.differs).collect::<Vec<_>>(), [true, false, true]);
}

#[test]
fn copies_speak_for_a_wording_no_more_than_the_page_that_they_have_it_from() {
    let said = "the dykes will hold until the morning and no longer";
    let changed = "the dykes will not hold until the morning and no longer";
    let lead = "The dykes at Lower Marsk were to be opened on the second night of the flood";
    let rest = "The premier’s office did not answer questions about the order.";
    let pages = [
        (
            "page 0",
            "Sarn Wire",
            "2031-03-04T07:00Z",
            format!("SARN (Sarn Wire) - {lead}. “{said},” Marta Quill said. {rest}"),
        ),
        (
            "page 1",
            "Daily Lantern",
            "2031-03-04T09:00Z",
            format!("{lead}, Sarn Wire reported. “{changed},” Marta Quill said. {rest}"),
        ),
        (
            "page 2",
            "Evening Bell",
            "2031-03-04T11:00Z",
            format!("{lead}, Sarn Wire reported. “{changed},” Marta Quill said. {rest}"),
        ),
    ];
    let digests = pages.map(|(id, outlet, published, text)| {
        let (outlet, published) = (Some(outlet.to_owned()), Some(published.to_owned()));
        let hints = sayso::page::Hints { outlet, published, ..Default::default() };
        Digest::of(id, &sayso::read(&sayso::page::plain(&text, &hints)))
    });
    let story = link(&digests, &[0, 1, 2]);
    let quotations: Vec<Utterance> =
        utterances(&digests, 0, &story.pages).into_iter().map(|(utterance, ..)| utterance).collect();
    let against = |wordings: Vec<sayso::story::Wording>| {
        wordings.iter().map(|wording| wording.against).collect::<Vec<_>>()
    };
    assert_eq!(against(variants(&quotations)), [1, 1, 1], "by the number of pages");
    assert_eq!(
        against(variants_by(&Descent::of(&digests, [&story]), &quotations)),
        [0, 0, 0],
        "by derivation"
    );
}

#[test]
fn of_pages_that_derive_from_none_the_earliest_has_the_reference() {
    let mut quotations = [
        quotation(0, 1.0, "the dykes will not hold until the morning"),
        quotation(1, 2.0, "the dykes will hold until the morning"),
        quotation(2, 3.0, "the dykes will hold until the morning"),
    ];
    let against = |quotations: &[Utterance]| variants_by(&Descent::default(), quotations)[0].against;
    assert_eq!(against(&quotations), 0);
    // Without its date, nothing shows that it was first.
    quotations[0].until = None;
    assert_eq!(against(&quotations), 1);
}

/// Quotations made to cost much: all are done in seconds.
#[test]
fn hostile_quotations() {
    let made = |texts: Vec<String>| {
        texts.iter().enumerate().map(|(number, text)| quotation(number, 1.0, text)).collect::<Vec<_>>()
    };
    let equal = made(vec!["we will hold the dykes".to_owned(); 20_000]);
    assert!(variants(&equal).iter().all(|wording| wording.utterance == 0));
    let nearly_equal = made((0..10_000).map(|n| format!("we will hold the dykes of field {n}")).collect());
    assert_eq!(variants(&nearly_equal).len(), 10_000);
    let word = |n: usize| ["dyke ", "river ", "field ", "night "][(n * n / 7 + n / 3) % 4];
    let long = made((0..500).map(|n| (n..n + 400).map(word).collect()).collect());
    assert_eq!(variants(&long).len(), 500);
    let huge = made(vec!["the river rose ".repeat(70_000), "x".repeat(1 << 20), "the river rose".to_owned()]);
    assert_eq!(variants(&huge).iter().map(|wording| wording.utterance).collect::<Vec<_>>(), [0, 1, 0]);
}
