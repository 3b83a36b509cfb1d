//! The pieces that tasks parse: of fixed size, whatever the number of threads, and cut at line ends.
//!
//! A chunk owns the lines that start within its range of bytes, and reads on to the end of the last of them. In CSV a
//! line end within quotes is none: the quotes before a chunk are counted first, so that every chunk knows whether it
//! starts within some.

use memchr::{memchr, memchr_iter, memchr2_iter};
use rayon::prelude::*;

use crate::error::{Error, Fault};
use crate::input::Input;

/// The longest line that is read.
pub(crate) const LONGEST_LINE: usize = 16 << 20;

/// Bytes after the last line of a buffer, so that eight can be loaded at every position of it.
const PADDING: usize = 16;

/// An input cut into chunks.
pub(crate) struct Chunks<'a> {
    input: &'a Input,
    start: u64,
    size: u64,
    /// Whether each chunk starts within quotes. Empty where quotes mean nothing.
    quoted: Vec<bool>,
}

/// Why a chunk could not be loaded.
pub(crate) enum Unloaded {
    /// The input cannot be read.
    Input(Error),
    /// A line, counted from 0 within the chunk, does not end.
    Line(u64, Fault),
}

impl<'a> Chunks<'a> {
    /// Cuts what follows `start`, which must be the start of a line.
    pub(crate) fn new(input: &'a Input, start: u64, size: usize, quotes: bool) -> Result<Self, Error> {
        let mut chunks = Self { input, start, size: size.max(1) as u64, quoted: Vec::new() };
        if quotes {
            let counts: Result<Vec<usize>, Error> = (0..chunks.len())
                .into_par_iter()
                .map_init(Vec::new, |buffer: &mut Vec<u8>, chunk| {
                    let (from, to) = (chunks.offset(chunk), chunks.offset(chunk + 1));
                    buffer.resize((to - from) as usize, 0);
                    input.read_at(from, buffer)?;
                    Ok(memchr_iter(b'"', buffer).count())
                })
                .collect();
            let mut within = false;
            for count in counts? {
                chunks.quoted.push(within);
                within ^= count % 2 == 1;
            }
            chunks.quoted.push(within);
        }
        Ok(chunks)
    }

    /// How many chunks there are.
    pub(crate) fn len(&self) -> usize {
        (self.input.len() - self.start).div_ceil(self.size) as usize
    }

    /// Where the bytes of a chunk start: at the byte before its range, which may be the line end before its first line.
    fn offset(&self, chunk: usize) -> u64 {
        let offset = self.start + chunk as u64 * self.size;
        if chunk == 0 { offset } else { (offset - 1).min(self.input.len()) }
    }

    /// Loads the lines that a chunk owns; the range of them in the buffer, which is padded behind them.
    pub(crate) fn load(
        &self,
        chunk: usize,
        buffer: &mut Vec<u8>,
    ) -> Result<std::ops::Range<usize>, Unloaded> {
        let (from, to) = (self.offset(chunk), self.offset(chunk + 1));
        let last = chunk + 1 == self.len();
        let to = if last { self.input.len() } else { to };
        let mut filled = (to - from) as usize;
        self.fill(buffer, 0, from, filled)?;
        let within = |chunk: usize| self.quoted.get(chunk).copied();
        let start = match chunk {
            0 => 0,
            _ => match line_end(&buffer[..filled], 0, &mut within(chunk)) {
                Some(end) => end + 1,
                // An earlier chunk's line covers this one.
                None => return Ok(0..0),
            },
        };
        let mut end = filled;
        if !last {
            let mut quoted = within(chunk + 1);
            let mut searched = filled;
            let mut more = 1 << 10;
            loop {
                if let Some(found) = line_end(&buffer[..filled], searched, &mut quoted) {
                    end = found + 1;
                    break;
                }
                searched = filled;
                let left = (self.input.len() - from) as usize - filled;
                if left == 0 {
                    end = filled;
                    break;
                }
                if filled - (to - from) as usize > LONGEST_LINE {
                    if quoted == Some(true) {
                        // Within the chunk is the quote that is not closed, and its line is found where it is read.
                        end = filled;
                        break;
                    }
                    let lines = memchr_iter(b'\n', &buffer[start..filled]).count() as u64;
                    return Err(Unloaded::Line(lines, Fault::LongLine { limit: LONGEST_LINE }));
                }
                let added = left.min(more);
                self.fill(buffer, filled, from + filled as u64, added)?;
                filled += added;
                more *= 2;
            }
        }
        // A last line without an end is given one, and what follows is no digit.
        buffer.truncate(end);
        buffer.resize(end + PADDING, b'\n');
        Ok(start..end)
    }

    fn fill(&self, buffer: &mut Vec<u8>, at: usize, offset: u64, len: usize) -> Result<(), Unloaded> {
        buffer.truncate(at.max(buffer.len().min(at + len)));
        buffer.resize(at + len, 0);
        self.input.read_at(offset, &mut buffer[at..]).map_err(Unloaded::Input)
    }
}

/// The first line end at or after `from` that is not within quotes. `quoted` says whether `from` is, if quotes count,
/// and whether the end of the bytes is, when there is no line end.
fn line_end(bytes: &[u8], from: usize, quoted: &mut Option<bool>) -> Option<usize> {
    let Some(within) = quoted else { return memchr(b'\n', &bytes[from..]).map(|end| from + end) };
    for position in memchr2_iter(b'"', b'\n', &bytes[from..]) {
        if bytes[from + position] == b'"' {
            *within = !*within;
        } else if !*within {
            return Some(from + position);
        }
    }
    None
}
