//! The model file: named sections in one run of bytes, read where they lie.
//!
//! ```text
//! 0   magic "sayso/m1"
//! 8   length of the whole file, u32
//! 12  number of sections, u32
//! 16  per section: name, 8 bytes padded with zeros; offset, u32; length, u32
//!     the sections, each on a multiple of 64 bytes (a cache line)
//! ```
//! Integers are little-endian. Opening a file reads its head alone; whether the bytes are the ones that were
//! trained is for the SHA-256 in the manifest, which a test and `sayso doctor` check.

use std::fmt;

const MAGIC: &[u8; 8] = b"sayso/m1";
const LINE: usize = 64;

/// Sections of a model file.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    bytes: &'a [u8],
    sections: &'a [[u8; 16]],
}

impl<'a> Model<'a> {
    /// Opens a model file. Fails where the head is not that of a whole model file of this version.
    pub fn open(bytes: &'a [u8]) -> Result<Model<'a>, Error> {
        let (head, rest) = bytes.split_at_checked(16).ok_or(Error::Short)?;
        if !head.starts_with(MAGIC) {
            return Err(Error::Magic);
        }
        if number(&head[8..]) != bytes.len() {
            return Err(Error::Short);
        }
        let (entries, _) = rest.as_chunks();
        let sections = entries.get(..number(&head[12..])).ok_or(Error::Short)?;
        Ok(Model { bytes, sections })
    }

    /// The bytes of the section called `name`.
    pub fn section(&self, name: &str) -> Result<&'a [u8], Error> {
        let found = self.sections.iter().find(|entry| entry[..8] == padded(name));
        let entry = found.ok_or_else(|| Error::Section(name.to_owned()))?;
        let start = number(&entry[8..]);
        self.bytes.get(start..start.saturating_add(number(&entry[12..]))).ok_or(Error::Short)
    }
}

/// A model file of the sections given by name (at most eight bytes) and content.
pub fn write(sections: &[(&str, &[u8])]) -> Vec<u8> {
    let mut head = Vec::new();
    let mut offset = (16 + 16 * sections.len()).next_multiple_of(LINE);
    for (name, content) in sections {
        head.extend(padded(name));
        head.extend((offset as u32).to_le_bytes());
        head.extend((content.len() as u32).to_le_bytes());
        offset = (offset + content.len()).next_multiple_of(LINE);
    }
    let mut bytes = MAGIC.to_vec();
    bytes.extend((offset as u32).to_le_bytes());
    bytes.extend((sections.len() as u32).to_le_bytes());
    bytes.extend(head);
    for (_, content) in sections {
        bytes.resize(bytes.len().next_multiple_of(LINE), 0);
        bytes.extend(*content);
    }
    bytes.resize(offset, 0);
    bytes
}

fn padded(name: &str) -> [u8; 8] {
    let mut bytes = [0; 8];
    bytes[..name.len().min(8)].copy_from_slice(&name.as_bytes()[..name.len().min(8)]);
    bytes
}

/// The little-endian number that `bytes`, four or more, start with.
fn number(bytes: &[u8]) -> usize {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize
}

/// Why a model cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The bytes do not start as a model file of this version.
    Magic,
    /// The file is cut off, or a section lies outside it.
    Short,
    /// There is no section of this name.
    Section(String),
    /// A section has not the shape that its reader needs.
    Shape,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Magic => write!(f, "not a model file of this version"),
            Error::Short => write!(f, "model file cut off"),
            Error::Section(name) => write!(f, "model file without a section {name:?}"),
            Error::Shape => write!(f, "model section of another shape"),
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let file = write(&[("one", b"abc"), ("other", &[7; 100])]);
        let model = Model::open(&file).unwrap();
        assert_eq!(model.section("one"), Ok(&b"abc"[..]));
        assert_eq!(model.section("other"), Ok(&[7; 100][..]));
        assert_eq!(model.section("none"), Err(Error::Section("none".to_owned())));
    }

    #[test]
    fn a_damaged_file_is_refused_and_never_panics() {
        let file = write(&[("one", b"abc")]);
        for cut in 0..file.len() {
            assert!(Model::open(&file[..cut]).is_err());
        }
        for at in 0..file.len() {
            let mut damaged = file.clone();
            damaged[at] ^= 0xff;
            if let Ok(model) = Model::open(&damaged) {
                let _ = model.section("one");
            }
        }
    }
}
