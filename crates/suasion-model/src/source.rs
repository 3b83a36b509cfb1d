//! Source text and the places in it.
//!
//! A [`Span`] is a half-open range of byte offsets into one [`Source`]. Lines and columns are made from it only
//! when a person or an editor is to read them: both count from 1, columns in characters. A byte order mark is no
//! character of the first line, and a line ends at `\n`, with or without a `\r` before it.

use std::ops::Range;

/// A named text, usually `strategy.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
    /// The offset of each line's first byte.
    line_starts: Vec<usize>,
    /// How many characters stand before each multiple of [`STRIDE`] bytes, so that a column in a line of megabytes
    /// costs no more than one in a short line.
    characters: Vec<usize>,
}

/// A half-open range of byte offsets into a [`Source`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The offset of the first byte.
    pub start: usize,
    /// The offset behind the last byte.
    pub end: usize,
}

/// A value and where it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

/// Bytes between two counts of characters.
const STRIDE: usize = 256;

/// What some editors put before a text to say that it is UTF-8.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

impl Source {
    /// Names a text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (name, text) = (name.into(), text.into());
        let bytes = text.as_bytes();
        let breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(breaks).collect();
        let mut characters = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut count = 0;
        for chunk in bytes.chunks(STRIDE) {
            characters.push(count);
            count += first_bytes(chunk);
        }
        Self { name, text, line_starts, characters }
    }

    /// The name as the user knows it: a path.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset, both from 1, the column in characters. Cost: logarithmic in the lines.
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let offset = self.boundary(offset);
        // Between the two characters of a line break is its beginning.
        let within = self.text[..offset].ends_with('\r') && self.text[offset..].starts_with('\n');
        let offset = offset - usize::from(within);
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts[line - 1];
        let hidden = usize::from(start == 0 && offset > 0 && self.text.starts_with(BYTE_ORDER_MARK));
        (line, self.characters_before(offset) - self.characters_before(start) - hidden + 1)
    }

    /// The bytes of a line, counted from 1, without its line break. Nothing where there is no such line.
    pub fn line(&self, line: usize) -> Option<Span> {
        let start = *self.line_starts.get(line.checked_sub(1)?)?;
        let end = self.line_starts.get(line).map_or(self.text.len(), |next| next - 1);
        let end = if self.text[start..end].ends_with('\r') { end - 1 } else { end };
        Some(Span { start, end })
    }

    /// How many lines there are; the one behind the last line break counts.
    pub fn lines(&self) -> usize {
        self.line_starts.len()
    }

    /// The nearest character boundary at or before an offset.
    pub fn boundary(&self, offset: usize) -> usize {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn characters_before(&self, offset: usize) -> usize {
        let counted = (offset / STRIDE).min(self.characters.len().saturating_sub(1));
        let before = self.characters.get(counted).copied().unwrap_or(0);
        before + first_bytes(&self.text.as_bytes()[counted * STRIDE..offset])
    }
}

/// How many characters begin in these bytes of a text.
fn first_bytes(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

impl Span {
    /// The place where nothing was written: the start of the text.
    pub const START: Self = Self { start: 0, end: 0 };

    /// From one span's start to the other's end.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span in a text of which this one is a part that starts at `offset`.
    #[must_use]
    pub fn behind(self, offset: usize) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }

    /// Whether the spans share a byte or touch.
    pub fn touches(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// Whether an offset lies within the span, or at its end.
    pub fn holds(self, offset: usize) -> bool {
        self.start <= offset && offset <= self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

impl<T> Spanned<T> {
    /// A value at a place.
    pub fn new(value: T, span: impl Into<Span>) -> Self {
        Self { value, span: span.into() }
    }
}

impl Spanned<String> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.value
    }
}
