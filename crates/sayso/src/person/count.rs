//! How many people a description speaks of: `three sources` 3, `several officials` 3 or more, `an aide` 1.

use crate::text::numeral::{below_twenty, tens};

/// At least and at most how many: by the words before the head noun (in lower case), else by its number.
///
/// `Several`, `many`, `a number of` and `a handful of` are three or more, any other plural is two or more. A number that the
/// text only comes near (`nearly 20`, `up to three`, `some 300`) bounds one side alone, or is kept as a least of two.
pub(super) fn count(lead: &[String], is_plural: bool) -> (u32, Option<u32>) {
    let has = |words: &[&str]| lead.windows(words.len()).any(|window| window == words);
    let plural = if is_plural { (2, None) } else { (1, Some(1)) };
    // "One in five doctors" is a share, "the 2019 officials" a year.
    let word = |at: usize| lead.get(at).map_or("", String::as_str);
    let Some((at, number)) = first_number(lead) else { return in_words(lead).unwrap_or(plural) };
    if word(at + 1) == "in" || number > 1900 && number < 2100 && matches!(word(0), "the" | "these" | "those")
    {
        return plural;
    }
    let last = (at..lead.len()).take_while(|&at| is_part(word(at))).last().unwrap_or(at) + 1;
    let second = if has(&["between"]) && word(last) == "and" || word(last) == "to" || word(last) == "or" {
        lead.get(last + 1).and_then(|word| digits(word))
    } else {
        None
    };
    match () {
        () if second.is_some() => (number, second),
        () if has(&["more", "than"]) || has(&["over"]) => (number.saturating_add(1), None),
        () if has(&["at", "least"]) || has(&["upwards", "of"]) || has(&["or", "more"]) => (number, None),
        () if has(&["up", "to"]) || has(&["at", "most"]) => (1, Some(number)),
        () if has(&["fewer", "than"]) || has(&["less", "than"]) => (1, Some(number.saturating_sub(1).max(1))),
        () if has(&["nearly"]) || has(&["almost"]) => (2, Some(number)),
        () if ["about", "around", "roughly", "some", "approximately"].iter().any(|word| has(&[word])) => {
            (2, None)
        }
        () => (number, Some(number)),
    }
}

/// Words of number that give no number.
fn in_words(lead: &[String]) -> Option<(u32, Option<u32>)> {
    lead.iter().find_map(|word| match word.as_str() {
        "both" | "couple" | "pair" => Some((2, Some(2))),
        "trio" => Some((3, Some(3))),
        "dozens" => Some((24, None)),
        "scores" => Some((40, None)),
        "hundreds" => Some((200, None)),
        "thousands" => Some((2000, None)),
        "several" | "many" | "handful" | "number" | "chorus" | "series" | "few" | "all" => Some((3, None)),
        _ => None,
    })
}

/// The first number of a description, with the place of its first word: `two hundred`, `half a dozen`, `a dozen`, `20`.
fn first_number(lead: &[String]) -> Option<(usize, u32)> {
    let at = lead.iter().position(|word| digits(word).is_some_and(|number| number > 0) || is_unit(word))?;
    let is_half = lead[..at].iter().any(|word| word == "half") || lead[at].starts_with("half-");
    let first = digits(&lead[at]).unwrap_or(1);
    let times = |number: u32, word: &String| number.saturating_mul(unit(word).unwrap_or(1));
    let number = lead[at..].iter().take_while(|word| is_part(word)).fold(first, times);
    Some((at, if is_half { number.div_ceil(2) } else { number }))
}

fn is_part(word: &str) -> bool {
    digits(word).is_some() || is_unit(word)
}

fn is_unit(word: &str) -> bool {
    unit(word).is_some()
}

fn unit(word: &str) -> Option<u32> {
    match word {
        "dozen" | "half-dozen" => Some(12),
        "hundred" => Some(100),
        "thousand" => Some(1000),
        "million" => Some(1_000_000),
        _ => None,
    }
}

/// A whole number below a hundred in words, or any in digits.
fn digits(word: &str) -> Option<u32> {
    if let Some(number) = below_twenty(word).or_else(|| word.replace(',', "").parse().ok()) {
        return Some(number);
    }
    match word.split_once('-') {
        Some((of_tens, ones)) => Some(tens(of_tens)? + below_twenty(ones).filter(|ones| *ones < 10)?),
        None => tens(word),
    }
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
        check("twenty-five", true, (25, Some(25)));
        check("two dozen", true, (24, Some(24)));
        check("two hundred", true, (200, Some(200)));
        check("half a dozen", true, (6, Some(6)));
        check("at least a dozen", true, (12, None));
        check("more than a half-dozen", true, (7, None));
        check("more than 20", true, (21, None));
        check("between two and four", true, (2, Some(4)));
        check("two or three", true, (2, Some(3)));
        check("up to three", true, (1, Some(3)));
        check("fewer than five", true, (1, Some(4)));
        check("nearly 20", true, (2, Some(20)));
        check("some 300", true, (2, None));
        check("one of the two", true, (1, Some(1)));
        check("one in five", true, (2, None));
        check("the 2019", true, (2, None));
        check("at least one", false, (1, None));
        check("several former", true, (3, None));
        check("a couple of", true, (2, Some(2)));
        check("multiple", true, (2, None));
        check("some", true, (2, None));
        check("an", false, (1, Some(1)));
        check("", true, (2, None));
    }
}
