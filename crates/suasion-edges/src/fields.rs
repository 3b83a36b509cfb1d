//! Fields of a line of text and of a record of CSV.

use std::borrow::Cow;

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

/// Values with commas between them; one that starts with a quote ends with one, and its quotes are doubled. Blanks
/// around values are no part of them.
pub(crate) fn list(text: &str) -> Result<Vec<String>, String> {
    let mut values = Vec::new();
    let mut rest = text;
    loop {
        let Some(quoted) = rest.trim_start().strip_prefix('"') else {
            let (value, more) =
                rest.split_once(',').map_or((rest, None), |(value, more)| (value, Some(more)));
            values.push(value.trim().to_string());
            match more {
                Some(more) => rest = more,
                None => return Ok(values),
            }
            continue;
        };
        let mut value = String::new();
        let mut after = quoted;
        loop {
            let Some((part, more)) = after.split_once('"') else {
                return Err(format!("a quote is opened in `{text}` and never closed"));
            };
            value += part;
            after = more;
            match more.strip_prefix('"') {
                Some(more) => after = more,
                None => break,
            }
            value.push('"');
        }
        values.push(value);
        match after.trim_start().strip_prefix(',') {
            Some(more) => rest = more,
            None if after.trim().is_empty() => return Ok(values),
            None => return Err(format!("in `{text}` a comma is missing after a quote")),
        }
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

/// The name that these parts make.
pub(crate) fn record(parts: &[&str]) -> String {
    if let [name] = parts {
        return (*name).to_string();
    }
    let parts: Vec<Cow<str>> = parts.iter().copied().map(quoted).collect();
    parts.join(",")
}

/// A field of CSV, in quotes if it needs them.
pub(crate) fn quoted(value: &str) -> Cow<'_, str> {
    if value.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", value.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(value)
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

/// What to do about a record of CSV with too many or too few fields.
pub(crate) const RECORD_ADVICE: &str = "the header says how many; add what is missing, and put a field that holds the \
                                        delimiter or a line end in quotes";

/// What parts the fields of a line of text: a tab if it holds one, else a comma if it holds one, else blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Separator {
    Tab,
    Comma,
    Blanks,
}

impl Separator {
    /// That of a line.
    pub(crate) fn of(line: &[u8]) -> Self {
        let line = line.trim_ascii();
        if memchr(b'\t', line).is_some() {
            Self::Tab
        } else if memchr(b',', line).is_some() {
            Self::Comma
        } else {
            Self::Blanks
        }
    }

    pub(crate) fn byte(self) -> u8 {
        match self {
            Self::Tab => b'\t',
            Self::Comma => b',',
            Self::Blanks => b' ',
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Tab => "tabs",
            Self::Comma => "commas",
            Self::Blanks => "blanks",
        }
    }

    /// What to do about a line with too many or too few fields.
    pub(crate) fn advice(self) -> &'static str {
        match self {
            Self::Tab => {
                "tabs part them here, as in the first row: one between two fields, and none within a name"
            }
            Self::Comma => {
                "commas part them here, as in the first row; a name that holds one needs tabs between the fields, or a \
                 CSV file and quotes"
            }
            Self::Blanks => {
                "blanks part them here, as in the first row; names that hold blanks need tabs or commas between the \
                 fields, or a CSV file and quotes"
            }
        }
    }
}

/// Splits the line of text from `start` to `end`. Blanks at the ends of a field are no part of it.
///
/// Fails on a line that is parted otherwise; `first_line` is the one that showed how.
pub(crate) fn split_text(
    bytes: &[u8],
    (start, end): (usize, usize),
    separator: Separator,
    first_line: u64,
    fields: &mut Vec<Field>,
) -> Result<(), Fault> {
    fields.clear();
    let found = Separator::of(&bytes[start..end]);
    // One without any is too short, which is said elsewhere.
    if found != separator && found != Separator::Blanks {
        let (found, expected) = (found.name(), separator.name());
        return Err(Fault::Separator { found, expected, first_line });
    }
    let field = |mut start: usize, mut end: usize| {
        while start < end && is_blank(bytes[start]) {
            start += 1;
        }
        while start < end && is_blank(bytes[end - 1]) {
            end -= 1;
        }
        Field { start, end, doubled: false }
    };
    let mut position = start;
    while position < end {
        if separator == Separator::Blanks {
            while position < end && is_blank(bytes[position]) {
                position += 1;
            }
            if position == end {
                break;
            }
        }
        let part = memchr(separator.byte(), &bytes[position..end]).map_or(end, |at| position + at);
        fields.push(field(position, part));
        if part == end {
            return Ok(());
        }
        position = part + 1;
    }
    if separator != Separator::Blanks {
        // After the last separator.
        fields.push(field(end, end));
    }
    Ok(())
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
