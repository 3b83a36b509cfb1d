//! Comma-separated values as RFC 4180 has them: a header, UTF-8 with or without a byte order mark, LF or CRLF.
//!
//! Empty lines are no rows. A row with more or fewer fields than the header, or with text behind a closing quote, is
//! given on as broken; a quote that is never closed makes the rest of the file meaningless, and is an error.

use ::csv::{ReaderBuilder, StringRecord};
use suasion_model::{Diagnostic, data_rules};

use super::{RawFile, RawRow, empty};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

pub(super) fn header(file: RawFile<'_>) -> Result<Vec<String>, Box<Diagnostic>> {
    let text = text(file)?;
    let mut record = StringRecord::new();
    let found = reader(text).read_record(&mut record).map_err(|error| unreadable(file, &error))?;
    if !found {
        return Err(empty(file));
    }
    Ok(record.iter().map(|name| name.trim_ascii().to_string()).collect())
}

pub(super) fn rows(
    file: RawFile<'_>,
    take: &mut dyn FnMut(RawRow<'_>) -> Result<(), Box<Diagnostic>>,
) -> Result<(), Box<Diagnostic>> {
    let text = text(file)?;
    let mut marks = Marks::new(text.as_bytes());
    let mut reader = reader(text);
    let mut record = StringRecord::new();
    let mut width = None;
    let mut ordinal = 0;
    while reader.read_record(&mut record).map_err(|error| unreadable(file, &error))? {
        let mark = marks.next();
        let Some(mark) = mark else {
            return Err(data_rules::BAD_CSV
                .in_file("the rows cannot be told apart", file.name, None)
                .hint("save the file as CSV with plain quotes and line ends, and report this")
                .into());
        };
        if mark.unclosed {
            return Err(unclosed(file, mark.quote_line));
        }
        let Some(width) = width else {
            width = Some(record.len());
            continue;
        };
        let broken = if mark.stray {
            Some(&data_rules::TEXT_AFTER_QUOTE)
        } else if record.len() == width {
            None
        } else {
            Some(&data_rules::WRONG_NUMBER_OF_FIELDS)
        };
        take(RawRow { ordinal, line: mark.line, fields: &record, broken })?;
        ordinal += 1;
    }
    Ok(())
}

/// The file's text without the byte order mark.
fn text(file: RawFile<'_>) -> Result<&str, Box<Diagnostic>> {
    let marked = file.bytes.starts_with(BYTE_ORDER_MARK);
    let bytes = file.bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(file.bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(empty(file));
    }
    let offset = if marked { BYTE_ORDER_MARK.len() } else { 0 };
    let bad = match std::str::from_utf8(bytes) {
        Ok(text) => match bytes.iter().position(|byte| *byte == 0) {
            None => return Ok(text),
            Some(at) => at,
        },
        Err(error) => error.valid_up_to(),
    };
    let line = bytes[..bad].split(|byte| *byte == b'\n').count() as u64;
    Err(data_rules::BAD_ENCODING
        .in_file(format!("{} is not UTF-8 text", file.name), file.name, Some(line))
        .label(format!("byte 0x{:02X} at offset {}", bytes[bad], bad + offset))
        .reason("letters of another encoding would be read as other letters")
        .hint("convert the file to UTF-8; from Excel, save it as “CSV UTF-8”")
        .into())
}

fn reader(text: &str) -> ::csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes())
}

fn unreadable(file: RawFile<'_>, error: &::csv::Error) -> Box<Diagnostic> {
    let line = error.position().map(::csv::Position::line);
    data_rules::BAD_CSV
        .in_file(format!("{} cannot be read as CSV", file.name), file.name, line)
        .label(error.to_string())
        .hint("save the file as CSV again")
        .into()
}

fn unclosed(file: RawFile<'_>, line: u64) -> Box<Diagnostic> {
    data_rules::UNCLOSED_QUOTE
        .in_file("a quoted field is never closed", file.name, Some(line))
        .label("the quote that opens it")
        .reason("everything behind it would be one field")
        .hint("close the quote, or write a quote inside a field twice")
        .into()
}

/// Where each record begins, and how its quotes stand: what the parser does not say. It splits the text by the
/// parser's own rules.
struct Marks<'t> {
    bytes: &'t [u8],
    at: usize,
    line: u64,
}

struct Mark {
    line: u64,
    quote_line: u64,
    stray: bool,
    unclosed: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    QuoteInQuoted,
}

impl<'t> Marks<'t> {
    fn new(bytes: &'t [u8]) -> Self {
        Self { bytes, at: 0, line: 1 }
    }

    fn next(&mut self) -> Option<Mark> {
        while let Some(byte @ (b'\n' | b'\r')) = self.bytes.get(self.at) {
            self.end_of_line(*byte);
        }
        self.bytes.get(self.at)?;
        let mut mark = Mark { line: self.line, quote_line: self.line, stray: false, unclosed: false };
        let mut state = State::FieldStart;
        while let Some(byte) = self.bytes.get(self.at) {
            state = match (state, byte) {
                (State::FieldStart | State::Plain | State::QuoteInQuoted, b'\n' | b'\r') => {
                    self.end_of_line(*byte);
                    return Some(mark);
                }
                (State::FieldStart, b'"') => {
                    mark.quote_line = self.line;
                    State::Quoted
                }
                (State::QuoteInQuoted, b'"') => State::Quoted,
                (State::FieldStart | State::Plain | State::QuoteInQuoted, b',') => State::FieldStart,
                (State::QuoteInQuoted, _) => {
                    mark.stray = true;
                    State::Plain
                }
                (State::FieldStart | State::Plain, _) => State::Plain,
                (State::Quoted, b'"') => State::QuoteInQuoted,
                (State::Quoted, byte) => {
                    if *byte == b'\n' {
                        self.line += 1;
                    }
                    State::Quoted
                }
            };
            self.at += 1;
        }
        mark.unclosed = state == State::Quoted;
        Some(mark)
    }

    /// Steps over one line end, which is LF, CRLF or a lone CR.
    fn end_of_line(&mut self, byte: u8) {
        let crlf = byte == b'\r' && self.bytes.get(self.at + 1) == Some(&b'\n');
        self.at += if crlf { 2 } else { 1 };
        self.line += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{RawFile, header, rows};
    use suasion_model::strategy::words::Format;
    use suasion_model::{Diagnostic, Place};

    type Row = (u64, Vec<String>, Option<&'static str>);

    fn read(bytes: &[u8]) -> Result<(Vec<String>, Vec<Row>), Box<Diagnostic>> {
        let bytes = bytes::Bytes::copy_from_slice(bytes);
        let file = RawFile { name: "x.csv", bytes: &bytes };
        let names = header(Format::Csv, file)?;
        let mut all = Vec::new();
        rows(Format::Csv, file, &mut |row| {
            all.push((
                row.line,
                row.fields.iter().map(str::to_string).collect(),
                row.broken.map(|rule| rule.code),
            ));
            Ok(())
        })?;
        Ok((names, all))
    }

    fn refused(bytes: &[u8]) -> (&'static str, Option<u64>, String) {
        let diagnostic = read(bytes).expect_err("it is refused");
        let line = match diagnostic.place {
            Place::File { line, .. } => line,
            Place::Strategy(_) => panic!("in the file"),
        };
        (diagnostic.code, line, diagnostic.label)
    }

    #[test]
    fn line_ends_and_byte_order_marks_make_no_difference() {
        let plain = read(b"a,b\n1,2\n3,4\n").expect("plain");
        assert_eq!(plain.0, ["a", "b"]);
        assert_eq!(plain.1.iter().map(|row| row.0).collect::<Vec<_>>(), [2, 3]);
        for other in [
            &b"a,b\r\n1,2\r\n3,4\r\n"[..],
            b"\xEF\xBB\xBFa,b\n1,2\n3,4",
            b" a , b\n1,2\n3,4\n",
            b"\"a\",\"b\"\n\"1\",2\n3,\"4\"\n",
        ] {
            assert_eq!(read(other).expect("the same"), plain, "{other:?}");
        }
    }

    #[test]
    fn lines_are_counted_through_quotes_and_empty_lines() {
        let (_, all) = read(b"a,b\r\n\r\n\"x\r\ny\",1\r\n\r\nz,2\r\n").expect("read");
        assert_eq!(all.iter().map(|row| row.0).collect::<Vec<_>>(), [3, 6]);
        assert_eq!(all[0].1[0], "x\r\ny");
    }

    #[test]
    fn ragged_rows_and_stray_text_are_broken_and_the_others_are_not() {
        let (_, all) = read(b"a,b\n1\n1,2,3\n\"x\"y,2\n\"x\"\"y\",2\nx\"y,2\n").expect("read");
        let broken: Vec<_> = all.iter().map(|row| row.2).collect();
        let ragged = Some("wrong-number-of-fields");
        assert_eq!(broken, [ragged, ragged, Some("text-after-quote"), None, None]);
        assert_eq!(all[3].1[0], "x\"y");
        assert_eq!(all[4].1[0], "x\"y");
    }

    #[test]
    fn what_cannot_be_read_is_refused_where_it_stands() {
        assert_eq!(refused(b"").0, "empty-file");
        assert_eq!(refused(b"\xEF\xBB\xBF\n\n").0, "empty-file");
        assert_eq!(
            refused(b"a,b\n1,2\n\xE9,3\n"),
            ("bad-encoding", Some(3), "byte 0xE9 at offset 8".to_string())
        );
        assert_eq!(refused(b"\xEF\xBB\xBFa\n\xFF\n").2, "byte 0xFF at offset 5");
        assert_eq!(refused(b"\xFF\xFEa\0,\0").0, "bad-encoding");
        assert_eq!(refused(b"a\0,\0b\0\n\0").0, "bad-encoding");
        let (code, line, _) = refused(b"a,b\n1,2\n3,\"4\n5,6\n");
        assert_eq!((code, line), ("unclosed-quote", Some(3)));
        assert_eq!(refused(b"a, a\n1,2\n").0, "duplicate-column");
    }
}
