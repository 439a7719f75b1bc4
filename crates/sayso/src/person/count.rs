//! How many people a description speaks of: `three sources` 3, `several officials` 3 or more, `an aide` 1.

/// At least and at most how many: by the words before the head noun (in lower case), else by its number.
///
/// `Several`, `many`, `a number of` and `a handful of` are three or more, any other plural is two or more.
pub(super) fn count(lead: &[String], is_plural: bool) -> (u32, Option<u32>) {
    let has = |words: &[&str]| lead.windows(words.len()).any(|window| window == words);
    let (over, open) = match () {
        () if has(&["more", "than"]) || has(&["over"]) => (1, true),
        () if has(&["at", "least"]) || has(&["upwards", "of"]) || has(&["or", "more"]) => (0, true),
        () => (0, false),
    };
    let exact = |number: u32| (number.saturating_add(over), (!open).then_some(number));
    let half = has(&["half-dozen"]) || has(&["half", "dozen"]) || has(&["half", "a", "dozen"]);
    for word in lead {
        match (word.as_str(), number(word)) {
            (_, Some(number)) if number > 0 => return exact(number),
            ("half" | "half-dozen", _) if half => return exact(6),
            ("dozen", _) => return exact(12),
            ("both" | "couple" | "pair", _) => return exact(2),
            ("dozens", _) => return (24, None),
            ("scores", _) => return (40, None),
            ("hundreds", _) => return (200, None),
            ("several" | "many" | "handful" | "number" | "chorus" | "series" | "few" | "all", _) => {
                return (3, None);
            }
            _ => {}
        }
    }
    if is_plural { (2, None) } else { (1, Some(1)) }
}

/// A whole number in words or digits.
fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let spelled = WORDS.iter().position(|name| *name == word).map(|number| number as u32);
    spelled.or_else(|| word.replace(',', "").parse().ok())
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn words_of_number() {
        let check = |lead: &str, is_plural, expect| {
            let lead: Vec<String> = lead.split_whitespace().map(str::to_owned).collect();
            assert_eq!(count(&lead, is_plural), expect, "{lead:?}");
        };
        check("three", true, (3, Some(3)));
        check("at least a dozen", true, (12, None));
        check("more than a half-dozen", true, (7, None));
        check("more than 20", true, (21, None));
        check("one of the two", true, (1, Some(1)));
        check("at least one", false, (1, None));
        check("several former", true, (3, None));
        check("a couple of", true, (2, Some(2)));
        check("multiple", true, (2, None));
        check("some", true, (2, None));
        check("an", false, (1, Some(1)));
        check("", true, (2, None));
    }
}
