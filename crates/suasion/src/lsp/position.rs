//! Places as editors count them: lines from 0, and within a line UTF-16 units or bytes, as was agreed.
//!
//! A line ends at `\n`, at `\r\n`, and, other than on a terminal, at a `\r` alone. A position behind the end of its line
//! is the end of that line, and one within a character is that character's beginning: so the protocol wants it, and so
//! nothing that a client sends is out of bounds.

use gen_lsp_types::{Position, Range};
use suasion_model::Span;

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16: what every client understands.
    Utf16,
}

/// Where the lines of a text begin, and what its columns are.
#[derive(Debug, Clone)]
pub(crate) struct Lines {
    encoding: Encoding,
    /// The bytes of each line without its break, in order.
    extents: Vec<Span>,
    /// How many units stand before each multiple of [`STRIDE`] bytes, so that a column in a line of megabytes costs no
    /// more than one in a short line. Empty where units are bytes.
    units: Vec<usize>,
}

/// Bytes between two counts of units.
const STRIDE: usize = 1024;

impl Lines {
    /// Finds the lines of a text. Linear in its length.
    pub(crate) fn new(text: &str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let mut extents = Vec::new();
        let mut start = 0;
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                // The line ended at the `\r` already.
                b'\n' if at > 0 && bytes[at - 1] == b'\r' => start = at + 1,
                b'\n' | b'\r' => {
                    extents.push(Span { start, end: at });
                    start = at + 1;
                }
                _ => {}
            }
        }
        extents.push(Span { start, end: bytes.len() });
        let units = match encoding {
            Encoding::Utf8 => Vec::new(),
            Encoding::Utf16 => counts(bytes),
        };
        Self { encoding, extents, units }
    }

    /// The position of a byte offset into the text that the lines are of.
    pub(crate) fn position(&self, text: &str, offset: usize) -> Position {
        let offset = boundary(text, offset);
        let line = self.extents.partition_point(|line| line.start <= offset).saturating_sub(1);
        let Span { start, end } = self.extents[line];
        // An offset between `\r` and `\n` is the end of the line.
        let offset = offset.min(end);
        let column = match self.encoding {
            Encoding::Utf8 => offset - start,
            Encoding::Utf16 if offset - start <= STRIDE => units(&text.as_bytes()[start..offset]),
            Encoding::Utf16 => self.units_before(text, offset) - self.units_before(text, start),
        };
        Position::new(to_u32(line), to_u32(column))
    }

    /// The range of a span.
    pub(crate) fn range(&self, text: &str, span: Span) -> Range {
        Range::new(self.position(text, span.start), self.position(text, span.end.max(span.start)))
    }

    /// The byte offset of a position; the nearest that there is where there is no such position.
    pub(crate) fn offset(&self, text: &str, position: Position) -> usize {
        let Some(line) = self.extents.get(position.line as usize) else { return text.len() };
        let column = position.character as usize;
        match self.encoding {
            Encoding::Utf8 => boundary(text, line.start.saturating_add(column).min(line.end)),
            Encoding::Utf16 => self.offset_of_unit(text, *line, column),
        }
    }

    /// The span of a range, turned around where it ends before it begins.
    pub(crate) fn span(&self, text: &str, range: Range) -> Span {
        let (start, end) = (self.offset(text, range.start), self.offset(text, range.end));
        Span { start: start.min(end), end: start.max(end) }
    }

    fn units_before(&self, text: &str, offset: usize) -> usize {
        let counted = offset / STRIDE;
        let before = self.units.get(counted).copied().unwrap_or(0);
        before + units(&text.as_bytes()[counted * STRIDE..offset])
    }

    fn offset_of_unit(&self, text: &str, line: Span, column: usize) -> usize {
        let wanted = self.units_before(text, line.start).saturating_add(column);
        let counted = self.units.partition_point(|units| *units <= wanted).saturating_sub(1);
        let from = (counted * STRIDE).max(line.start);
        let mut left = wanted - self.units_before(text, from);
        // A multiple of the stride may lie within a character; its unit was counted with its first byte.
        let mut at = from;
        while !text.is_char_boundary(at) {
            at += 1;
        }
        for character in text[at..line.end.max(at)].chars() {
            if left < character.len_utf16() {
                break;
            }
            left -= character.len_utf16();
            at += character.len_utf8();
        }
        at.min(line.end)
    }
}

/// How many units stand before each multiple of [`STRIDE`] bytes.
fn counts(bytes: &[u8]) -> Vec<usize> {
    let mut count = 0;
    let mut counts = Vec::with_capacity(bytes.len() / STRIDE + 1);
    for chunk in bytes.chunks(STRIDE) {
        counts.push(count);
        count += units(chunk);
    }
    counts
}

/// How many UTF-16 units the characters have that begin in these bytes: two where UTF-8 takes four bytes, else one.
fn units(bytes: &[u8]) -> usize {
    bytes.iter().map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(*byte >= 0xF0)).sum()
}

/// The nearest character boundary at or before an offset.
fn boundary(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}

fn to_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::Position;
    use suasion_model::Span;

    use super::{Encoding, Lines, STRIDE};

    const NASTY: &str = "\u{feff}a = \"é\"\r\nعربي = '🏳️‍🌈'\n\r\r\n東京\ne\u{301}\u{10FFFF}\u{0}\u{2028}x";

    /// What the protocol says of an offset, read character by character.
    fn slow_position(text: &str, offset: usize, encoding: Encoding) -> Position {
        let before = &text[..offset];
        let normal = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
        let within_break = before.ends_with('\r') && text[offset..].starts_with('\n');
        let before = normal(if within_break { &before[..before.len() - 1] } else { before });
        let line = before.matches('\n').count();
        let column = before.rsplit('\n').next().unwrap_or_default();
        let column = match encoding {
            Encoding::Utf8 => column.len(),
            Encoding::Utf16 => column.encode_utf16().count(),
        };
        Position::new(line as u32, column as u32)
    }

    fn round_trips(text: &str) {
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            let lines = Lines::new(text, encoding);
            for offset in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let position = lines.position(text, offset);
                assert_eq!(position, slow_position(text, offset, encoding), "{encoding:?} at {offset}");
                let within_break = text[..offset].ends_with('\r') && text[offset..].starts_with('\n');
                assert_eq!(lines.offset(text, position), offset - usize::from(within_break), "{position:?}");
            }
        }
    }

    #[test]
    fn every_character_boundary_round_trips() {
        round_trips("");
        round_trips(NASTY);
        round_trips(&NASTY.repeat(100));
        for pad in 0..6 {
            // Characters of every width lie across the strides.
            round_trips(&("x".repeat(STRIDE - pad) + "🎉é東🎉" + &"é".repeat(STRIDE) + NASTY));
        }
    }

    #[test]
    fn positions_that_are_not_there_are_the_nearest_that_are() {
        let text = "a🎉\r\nb";
        let lines = Lines::new(text, Encoding::Utf16);
        for (line, character, offset) in
            [(0, 2, 1), (0, 3, 5), (0, 4, 5), (0, u32::MAX, 5), (1, 9, 8), (7, 0, 8)]
        {
            assert_eq!(lines.offset(text, Position::new(line, character)), offset, "{line}:{character}");
        }
        let lines = Lines::new(text, Encoding::Utf8);
        for (line, character, offset) in [(0, 2, 1), (0, 4, 1), (0, 5, 5), (0, 6, 5), (0, u32::MAX, 5)] {
            assert_eq!(lines.offset(text, Position::new(line, character)), offset, "{line}:{character}");
        }
        assert_eq!(lines.position(text, 3), Position::new(0, 1), "within a character");
        assert_eq!(lines.position(text, 99), Position::new(1, 1), "behind the text");
    }

    #[test]
    fn a_range_that_is_turned_around_is_turned_back() {
        let text = "ab\ncd";
        let lines = Lines::new(text, Encoding::Utf16);
        let range = gen_lsp_types::Range::new(Position::new(1, 1), Position::new(0, 1));
        assert_eq!(lines.span(text, range), Span { start: 1, end: 4 });
    }
}
