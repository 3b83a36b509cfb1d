//! Fields of a line of text and of a record of CSV.

use memchr::{memchr, memchr3};

use crate::error::Fault;

/// Where a field's value lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether quotes in it are doubled.
    pub(crate) doubled: bool,
}

impl Field {
    /// The value; `scratch` holds it where quotes have to be undoubled.
    pub(crate) fn value<'a>(self, bytes: &'a [u8], scratch: &'a mut Vec<u8>) -> &'a [u8] {
        let raw = &bytes[self.start..self.end];
        if !self.doubled {
            return raw;
        }
        scratch.clear();
        let mut rest = raw;
        while let Some(quote) = memchr(b'"', rest) {
            scratch.extend_from_slice(&rest[..=quote]);
            rest = &rest[quote + 2..];
        }
        scratch.extend_from_slice(rest);
        scratch
    }
}

/// Makes a name of the fields that hold it: one as it stands, several joined as a record of CSV.
#[derive(Default)]
pub(crate) struct Joiner {
    scratch: Vec<u8>,
    joined: Vec<u8>,
}

impl Joiner {
    /// The name that these columns make; `None` if all are empty.
    pub(crate) fn name<'a>(
        &'a mut self,
        bytes: &'a [u8],
        fields: &[Field],
        columns: &[usize],
    ) -> Option<&'a [u8]> {
        let Self { scratch, joined } = self;
        if let &[column] = columns {
            let name = fields[column].value(bytes, scratch);
            return (!name.is_empty()).then_some(name);
        }
        joined.clear();
        let mut is_empty = true;
        for (position, &column) in columns.iter().enumerate() {
            let value = fields[column].value(bytes, scratch);
            is_empty &= value.is_empty();
            if position > 0 {
                joined.push(b',');
            }
            push_quoted(joined, value);
        }
        (!is_empty).then_some(joined.as_slice())
    }
}

/// Appends a field of CSV, in quotes if it needs them.
fn push_quoted(line: &mut Vec<u8>, value: &[u8]) {
    if memchr3(b',', b'"', b'\n', value).is_none() && !value.contains(&b'\r') {
        line.extend_from_slice(value);
        return;
    }
    line.push(b'"');
    for &byte in value {
        if byte == b'"' {
            line.push(b'"');
        }
        line.push(byte);
    }
    line.push(b'"');
}

pub(crate) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// The end of the line that starts at `start`, without a carriage return, and where the next line starts. There must be
/// a line end.
pub(crate) fn line(bytes: &[u8], start: usize) -> (usize, usize) {
    let end = memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |end| start + end);
    let next = end + 1;
    if end > start && bytes[end - 1] == b'\r' { (end - 1, next) } else { (end, next) }
}

/// Splits a line of text at blanks and commas.
pub(crate) fn split_text(
    bytes: &[u8],
    start: usize,
    end: usize,
    fields: &mut Vec<Field>,
) -> Result<(), Fault> {
    fields.clear();
    let skip_blanks = |mut position: usize| {
        while position < end && is_blank(bytes[position]) {
            position += 1;
        }
        position
    };
    let mut position = skip_blanks(start);
    loop {
        let start = position;
        while position < end && !is_blank(bytes[position]) && bytes[position] != b',' {
            position += 1;
        }
        if position == start {
            return Err(Fault::EmptyField);
        }
        fields.push(Field { start, end: position, doubled: false });
        position = skip_blanks(position);
        if position == end {
            return Ok(());
        }
        if bytes[position] == b',' {
            position = skip_blanks(position + 1);
        }
    }
}

/// Splits the record of CSV that starts at `position`; where the next one starts. There must be a line end behind it.
pub(crate) fn split_csv(
    bytes: &[u8],
    mut position: usize,
    delimiter: u8,
    fields: &mut Vec<Field>,
) -> Result<usize, Fault> {
    fields.clear();
    loop {
        if bytes[position] == b'"' {
            let start = position + 1;
            let mut doubled = false;
            position = start;
            let end = loop {
                position += memchr(b'"', &bytes[position..]).ok_or(Fault::OpenQuote)?;
                if bytes.get(position + 1) != Some(&b'"') {
                    break position;
                }
                doubled = true;
                position += 2;
            };
            fields.push(Field { start, end, doubled });
            position = end + 1;
            match &bytes[position..] {
                [b'\r', b'\n', ..] => return Ok(position + 2),
                [b'\n', ..] => return Ok(position + 1),
                [byte, ..] if *byte == delimiter => position += 1,
                _ => return Err(Fault::StrayQuote),
            }
        } else {
            let start = position;
            let found = memchr3(delimiter, b'\n', b'"', &bytes[start..]);
            position = found.map_or(bytes.len(), |found| start + found);
            match bytes.get(position) {
                Some(b'"') => return Err(Fault::StrayQuote),
                Some(&byte) if byte == delimiter => {
                    fields.push(Field { start, end: position, doubled: false });
                    position += 1;
                }
                _ => {
                    let return_before = position > start && bytes[position - 1] == b'\r';
                    fields.push(Field { start, end: position - usize::from(return_before), doubled: false });
                    return Ok(position + 1);
                }
            }
        }
    }
}
