//! What a word looks like to the two learners: hashes of its letters, ends and shape.

/// The look of one token. Digits count as one digit, so that numbers of the same form look the same.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// Hash of the word as written.
    pub form: u64,
    /// Hash of the word in small letters.
    pub lower: u64,
    /// Its last eight small letters (bytes), the last one lowest.
    pub end: u64,
    /// Its first eight small letters (bytes), the first one lowest.
    pub start: u64,
    /// Its shape: `Xx` for a capitalised word, `d` for a number, runs taken as one; at most eight signs, one a byte.
    pub shape: u64,
    /// Length in bytes.
    pub len: usize,
}

impl Word {
    /// Looks at a token.
    pub fn new(token: &str) -> Word {
        let mut word = Word { form: SEED, lower: SEED, len: token.len(), ..Word::default() };
        let mut seen = 0;
        if token.is_ascii() {
            token.bytes().for_each(|byte| {
                word.push(byte, byte.to_ascii_lowercase(), sign(char::from(byte)), &mut seen)
            });
            return word;
        }
        let mut buffer = [0; 4];
        for c in token.chars() {
            let c = straight(c);
            let lower = c.to_lowercase().next().unwrap_or(c);
            let sign = sign(c);
            for byte in lower.encode_utf8(&mut buffer).bytes() {
                let written = if lower == c { byte } else { byte ^ 0x20 };
                word.push(written, byte, sign, &mut seen);
            }
        }
        word
    }

    fn push(&mut self, written: u8, lower: u8, sign: u8, seen: &mut u32) {
        let (written, lower) = if written.is_ascii_digit() { (b'0', b'0') } else { (written, lower) };
        self.form = (self.form ^ u64::from(written)).wrapping_mul(PRIME);
        self.lower = (self.lower ^ u64::from(lower)).wrapping_mul(PRIME);
        self.end = self.end << 8 | u64::from(lower);
        if *seen < 8 {
            self.start |= u64::from(lower) << (8 * *seen);
            *seen += 1;
        }
        if self.shape as u8 != sign {
            self.shape = self.shape << 8 | u64::from(sign);
        }
    }

    /// Its last `count` bytes, at most seven.
    #[inline]
    pub fn suffix(self, count: u32) -> u64 {
        self.end & ((1 << (8 * count)) - 1)
    }

    /// Its first `count` bytes, at most seven.
    #[inline]
    pub fn prefix(self, count: u32) -> u64 {
        self.start & ((1 << (8 * count)) - 1)
    }

    /// Whether it holds a letter or digit.
    pub fn has_letters(self) -> bool {
        self.shape.to_be_bytes().iter().any(|sign| matches!(sign, b'x' | b'X' | b'd'))
    }

    /// Whether it starts with a capital.
    pub fn is_capitalised(self) -> bool {
        self.shape != 0 && self.shape.to_be_bytes()[self.shape.leading_zeros() as usize / 8] == b'X'
    }
}

// FNV-1a.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The sign of a character in a word's shape.
fn sign(c: char) -> u8 {
    match c {
        'a'..='z' => b'x',
        'A'..='Z' => b'X',
        '0'..='9' => b'd',
        '\0'..='\x7f' => c as u8,
        _ if c.is_uppercase() => b'X',
        _ if c.is_alphabetic() => b'x',
        _ => b'?',
    }
}

/// The plain form of typographic marks, for the treebanks hold mostly these.
fn straight(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '´' | '‚' | '‛' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '＂' => '"',
        '‐' | '‑' => '-',
        '–' | '—' | '―' => '–',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks() {
        assert_eq!(Word::new("Said").lower, Word::new("said").form);
        assert_eq!(Word::new("1916").form, Word::new("2016").form);
        assert_eq!(Word::new("’s").form, Word::new("'s").form);
        assert_eq!(Word::new("talked").suffix(2), Word::new("Élevé-ed").suffix(2));
        assert_eq!(Word::new("talked").prefix(3), Word::new("TALk").prefix(3));
        assert!(Word::new("Él").is_capitalised() && !Word::new("iPad").is_capitalised());
    }
}
