//! From bytes to Unicode code points.
//!
//! The text is walked once; a count is kept for every [`STRIDE`] bytes, so that any offset is found
//! by looking at fewer than [`STRIDE`] bytes after the nearest count.

use sayso::Span;

/// How many bytes lie between two kept counts.
const STRIDE: usize = 64;

/// The code points of one text, counted. Building it is linear in the text, each look-up constant.
///
/// ```
/// let text = "“Oui,” dit-il.";
/// let points = sayso_record::CodePoints::new(text);
/// assert_eq!(points.at(text.find("dit").unwrap()), 7);
/// ```
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t [u8],
    /// Code points that start before byte `i * STRIDE`.
    before: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    /// Counts the text.
    pub fn new(text: &'t str) -> CodePoints<'t> {
        let text = text.as_bytes();
        let mut seen = 0;
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        before.push(0);
        for stride in text.chunks_exact(STRIDE) {
            seen += count(stride);
            before.push(seen);
        }
        CodePoints { text, before }
    }

    /// How many code points start before `byte`. A byte past the end counts as the end.
    pub fn at(&self, byte: usize) -> u32 {
        let byte = byte.min(self.text.len());
        let stride = byte / STRIDE;
        self.before[stride] + count(&self.text[stride * STRIDE..byte])
    }

    /// A span in code points, `[start, end]`.
    pub fn span(&self, span: Span) -> [u32; 2] {
        [self.at(span.start()), self.at(span.end())]
    }
}

/// How many code points start in `bytes`: every byte that does not continue one.
fn count(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(byte & 0b1100_0000 != 0b1000_0000)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_chars_at_every_boundary() {
        for text in ["", "plain ascii", "“Ça va?” — «Да», 中文 🦉 é", &"ä🦉x".repeat(200), &"a".repeat(64)]
        {
            let points = CodePoints::new(text);
            let boundaries = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
            for (expected, byte) in boundaries.enumerate() {
                assert_eq!(points.at(byte) as usize, expected, "byte {byte} of {text:?}");
            }
            assert_eq!(points.at(text.len() + 9), points.at(text.len()));
        }
    }
}
