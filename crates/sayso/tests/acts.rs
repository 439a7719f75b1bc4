//! Statements and attitudes told apart, and readings without what is only possible. All texts are constructed.

use sayso::{Act, Reading, page};

fn read(text: &str) -> Reading {
    sayso::read(&page::plain(text, &page::Hints::default()))
}

fn act(text: &str) -> Act {
    read(text).attributions.last().expect("an attribution").act
}

#[test]
fn who_says_and_who_thinks() {
    assert_eq!(act("The keeper said that the lamp was lit."), Act::Statement);
    assert_eq!(act("The keeper believes that the lamp was lit."), Act::Attitude);
    assert_eq!(act("The keeper hopes that the lamp will be lit."), Act::Attitude);
    assert_eq!(act("The study shows that the lamp was lit."), Act::Statement);
}

#[test]
fn a_sure_reading_has_no_possible_part_and_no_broken_link() {
    let text = "The keeper said that a clerk had warned that the gate was broken. He thinks nobody read the letter, in \
                which the owner claimed that the lamp would be mended. The claim that it was mended is old.";
    let whole = read(text);
    let sure = whole.clone().sure();
    assert!(sure.attributions.iter().all(|attribution| !attribution.is_possible()));
    for attribution in &sure.attributions {
        let twin =
            whole.attributions.iter().find(|other| other.cue == attribution.cue).expect("the same cue");
        let holder = |reading: &Reading, within: Option<sayso::AttributionId>| {
            within.map(|id| reading.attributions[id.index()].cue.clone())
        };
        assert_eq!(holder(&sure, attribution.within), holder(&whole, twin.within));
    }
}
