//! One hash of short strings, the same on every machine and in the training code.

/// FNV-1a over `template` and `word` (Fowler, Noll, Vo), its bits mixed so that any of them may choose a row.
pub fn hash(template: &[u8], word: &str) -> u32 {
    let mut state: u32 = 0x811c_9dc5;
    for &byte in template.iter().chain(word.as_bytes()) {
        state = (state ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    state ^= state >> 15;
    state = state.wrapping_mul(0x2c1b_3c6d);
    state ^= state >> 12;
    state = state.wrapping_mul(0x297a_2d39);
    state ^ state >> 15
}

#[cfg(test)]
mod tests {
    #[test]
    fn known_values_stay() {
        assert_eq!(super::hash(b"w", "said"), super::hash(b"ws", "aid"));
        assert_ne!(super::hash(b"w", "said"), super::hash(b"w", "says"));
    }
}
