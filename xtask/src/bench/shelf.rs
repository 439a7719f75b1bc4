//! Pages in a file: written once, read in a row, and again one by one. Texts are never all in memory.

use std::{
    env, fs,
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::PathBuf,
    process,
};

use super::made_up::Page;

/// A temporary file of pages, removed when it is dropped.
pub(super) struct Shelf {
    file: PathBuf,
    /// Where each page begins, in bytes, and where the last ends.
    starts: Vec<u64>,
}

impl Shelf {
    /// Writes pages in their order.
    pub(super) fn write(pages: impl Iterator<Item = Page>) -> io::Result<Shelf> {
        let file = env::temp_dir().join(format!("sayso-bench-{}.pages", process::id()));
        let mut shelf = Shelf { file, starts: vec![0] };
        let mut out = BufWriter::with_capacity(BUFFER, fs::File::create(&shelf.file)?);
        let mut at = 0;
        for page in pages {
            let bytes = bytes(&page);
            at += bytes.len() as u64;
            out.write_all(&bytes)?;
            shelf.starts.push(at);
        }
        out.flush()?;
        Ok(shelf)
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Bytes in the file.
    pub(super) fn size(&self) -> u64 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// Reads all pages in a row.
    pub(super) fn pages(&self) -> io::Result<impl Iterator<Item = io::Result<Page>>> {
        let mut input = BufReader::with_capacity(BUFFER, fs::File::open(&self.file)?);
        Ok(self.starts.windows(2).map(move |ends| page(&mut input, ends[1] - ends[0])))
    }

    /// A reader of pages by their numbers.
    pub(super) fn reader(&self) -> io::Result<Reader<'_>> {
        Ok(Reader { shelf: self, input: fs::File::open(&self.file)? })
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.file);
    }
}

/// Reads pages by their numbers.
pub(super) struct Reader<'a> {
    shelf: &'a Shelf,
    input: fs::File,
}

impl Reader<'_> {
    pub(super) fn page(&mut self, number: usize) -> io::Result<Page> {
        let (start, end) = (self.shelf.starts[number], self.shelf.starts[number + 1]);
        self.input.seek(SeekFrom::Start(start))?;
        page(&mut self.input, end - start)
    }
}

/// Story, day, number of words, words, statements; four bytes each, the day eight.
fn bytes(page: &Page) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(16 + 4 * page.words.len() + 12 * page.statements.len());
    bytes.extend(page.story.to_le_bytes());
    bytes.extend(page.day.to_le_bytes());
    bytes.extend((page.words.len() as u32).to_le_bytes());
    let numbers = page.words.iter().chain(page.statements.iter().flatten());
    bytes.extend(numbers.flat_map(|number| number.to_le_bytes()));
    bytes
}

fn page(input: &mut impl Read, length: u64) -> io::Result<Page> {
    let mut bytes = vec![0; length as usize];
    input.read_exact(&mut bytes)?;
    let short = || io::Error::other("a page of the temporary file is short");
    let (head, rest) = bytes.split_first_chunk::<16>().ok_or_else(short)?;
    let [a, b, c, d, day @ .., e, f, g, h] = *head;
    let numbers: Vec<u32> = rest.as_chunks().0.iter().map(|&four| u32::from_le_bytes(four)).collect();
    let words = u32::from_le_bytes([e, f, g, h]) as usize;
    let (words, statements) = numbers.split_at_checked(words).ok_or_else(short)?;
    Ok(Page {
        story: u32::from_le_bytes([a, b, c, d]),
        day: f64::from_le_bytes(day),
        words: words.to_vec(),
        statements: statements.as_chunks().0.to_vec(),
    })
}

const BUFFER: usize = 1 << 20;
