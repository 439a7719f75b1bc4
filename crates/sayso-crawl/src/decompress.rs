//! Takes gzip and zstd off a stream, found by their magic numbers, within a bounded ratio.
//!
//! A stream may hold several members or frames one after the other, as `cat a.gz b.gz` makes them.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::error::Bomb;

/// Output that is always allowed, whatever the ratio: more than one page.
const FREE: u64 = 64 << 20;

/// Bytes out for one byte in. News text reaches 3 to 20, bombs 1,000 and more.
const RATIO: u64 = 256;

/// The most bytes that a zstd frame may look back: what `zstd --ultra -22` uses.
const WINDOW: u64 = 128 << 20;

/// A stream of bytes from anywhere.
pub(crate) type Source = Box<dyn Read + Send>;

/// The stream without its compression.
pub(crate) fn open(source: Source) -> io::Result<Source> {
    let (magic, source) = peek(source, 4)?;
    let taken = Arc::new(AtomicU64::new(0));
    let counted = BufReader::new(Counted { source, taken: taken.clone() });
    let open: Source = match magic.as_slice() {
        [0x1f, 0x8b, ..] => Box::new(MultiGzDecoder::new(counted)),
        [0x28, 0xb5, 0x2f, 0xfd] => Box::new(Zstd::new(counted)),
        _ => return Ok(Box::new(counted)),
    };
    Ok(Box::new(Bounded { open, taken, given: 0 }))
}

/// The first bytes of a stream, at most `length`, and the stream as if they had not been read.
pub(crate) fn peek(mut source: Source, length: usize) -> io::Result<(Vec<u8>, Source)> {
    let mut prefix = Vec::new();
    source.by_ref().take(length as u64).read_to_end(&mut prefix)?;
    Ok((prefix.clone(), Box::new(io::Cursor::new(prefix).chain(source))))
}

/// Counts what is read through it.
struct Counted {
    source: Source,
    taken: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.taken.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Fails once more has come out than the bytes taken in allow.
struct Bounded {
    open: Source,
    taken: Arc<AtomicU64>,
    given: u64,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.open.read(buffer)?;
        self.given += count as u64;
        let allowed = FREE + RATIO.saturating_mul(self.taken.load(Ordering::Relaxed));
        if self.given > allowed { Err(io::Error::other(Bomb)) } else { Ok(count) }
    }
}

/// Reads zstd frames one after the other, skippable ones passed over.
struct Zstd<R> {
    source: R,
    frame: FrameDecoder,
    inside: bool,
}

impl<R: BufRead> Zstd<R> {
    fn new(source: R) -> Zstd<R> {
        let mut frame = FrameDecoder::new();
        frame.set_max_window_size(WINDOW);
        Zstd { source, frame, inside: false }
    }

    /// Goes to the next frame with content; false at the end of the stream.
    fn next_frame(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.frame.init(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    io::copy(&mut self.source.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(damaged(error)),
            }
        }
        Ok(false)
    }

    /// Compares the frame's checksum, where it has one, with that of what came out.
    fn check(&self) -> io::Result<()> {
        match (self.frame.get_checksum_from_data(), self.frame.get_calculated_checksum()) {
            (Some(told), Some(found)) if told != found => Err(damaged("checksum differs")),
            _ => Ok(()),
        }
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.inside && !self.next_frame()? {
                return Ok(0);
            }
            self.inside = true;
            while self.frame.can_collect() == 0 && !self.frame.is_finished() {
                let step = BlockDecodingStrategy::UptoBlocks(1);
                self.frame.decode_blocks(&mut self.source, step).map_err(damaged)?;
            }
            let count = self.frame.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            self.check()?;
            self.inside = false;
        }
    }
}

fn damaged(error: impl std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("damaged zstd: {error}"))
}
