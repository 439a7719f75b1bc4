//! Numbers below a hundred in letters.

/// The value of `zero` to `nineteen`.
pub(crate) fn below_twenty(word: &str) -> Option<u32> {
    SMALL.iter().position(|name| *name == word).map(|at| at as u32)
}

/// The value of `twenty`, `thirty`, to `ninety`.
pub(crate) fn tens(word: &str) -> Option<u32> {
    TENS.iter().position(|name| *name == word).map(|at| at as u32 * 10 + 20)
}

const SMALL: [&str; 20] = [
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
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
