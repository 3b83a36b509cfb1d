//! Readers of files: one a format. Each gives a header and then rows of raw text, blank where there is nothing.

mod csv;
mod parquet;

use ::csv::StringRecord;
use bytes::Bytes;
use suasion_model::Diagnostic;
use suasion_model::data_rules::{self, DataRule};
use suasion_model::strategy::words::Format;

/// A file as it was given: its name for readers of messages, and its bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RawFile<'b> {
    /// The path as the strategy names it.
    pub(crate) name: &'b str,
    /// All its bytes.
    pub(crate) bytes: &'b Bytes,
}

/// A row as the file has it.
#[derive(Debug)]
pub(crate) struct RawRow<'r> {
    /// Its place among the rows, from 0.
    pub(crate) ordinal: u64,
    /// The line it begins in, from 1, the header counted; in Parquet, the number of the row, from 1.
    pub(crate) line: u64,
    /// Its fields, untrimmed.
    pub(crate) fields: &'r StringRecord,
    /// Why it is no row, if it is none.
    pub(crate) broken: Option<&'static DataRule>,
}

/// What workbooks begin with: those of today are zip archives, those of before 2007 compound files.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0"];

/// The names of a file's columns, trimmed.
pub(crate) fn header(format: Format, file: RawFile<'_>) -> Result<Vec<String>, Box<Diagnostic>> {
    if WORKBOOKS.iter().any(|magic| file.bytes.starts_with(magic)) {
        return Err(workbook(file));
    }
    let names = match format {
        Format::Csv => csv::header(file)?,
        Format::Parquet => parquet::header(file)?,
    };
    let mut sorted: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    sorted.sort_unstable();
    let mut twice: Vec<&str> =
        sorted.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    twice.dedup();
    if twice.is_empty() {
        return Ok(names);
    }
    let line = (format == Format::Csv).then_some(1);
    Err(data_rules::DUPLICATE_COLUMN
        .in_file(format!("{} has more than one column named {}", file.name, list(&twice)), file.name, line)
        .reason("nothing says which of them is meant")
        .hint("rename or remove the others")
        .into())
}

/// Gives every row to `take`, in the file's order.
pub(crate) fn rows(
    format: Format,
    file: RawFile<'_>,
    take: &mut dyn FnMut(RawRow<'_>) -> Result<(), Box<Diagnostic>>,
) -> Result<(), Box<Diagnostic>> {
    match format {
        Format::Csv => csv::rows(file, take),
        Format::Parquet => parquet::rows(file, take),
    }
}

/// Names in a sentence.
pub(crate) fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// A value as a message shows it: on one line, and cut where nobody would read on.
pub(crate) fn shown(value: &str) -> String {
    const MOST: usize = 60;
    let plain = |c: char| if c == '\t' { ' ' } else { '\u{fffd}' };
    let mut text: String =
        value.chars().take(MOST).map(|c| if c.is_control() { plain(c) } else { c }).collect();
    if value.chars().nth(MOST).is_some() {
        text.push('…');
    }
    format!("`{text}`")
}

fn workbook(file: RawFile<'_>) -> Box<Diagnostic> {
    data_rules::WORKBOOK
        .in_file(format!("{} is a workbook of a spreadsheet, not a table", file.name), file.name, None)
        .reason("a workbook has sheets and formulas, and nothing says which of them is meant")
        .hint("in the spreadsheet, save the sheet as “CSV UTF-8”, and say `format = \"csv\"` and the new `path`")
        .into()
}

/// A file without anything in it.
fn empty(file: RawFile<'_>) -> Box<Diagnostic> {
    data_rules::EMPTY_FILE
        .in_file(format!("{} is empty", file.name), file.name, None)
        .hint("a table has a header and at least one row: fetch the file again")
        .into()
}
