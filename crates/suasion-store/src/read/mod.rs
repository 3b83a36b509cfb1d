//! Readers of files: one a format. Each gives a header and then rows of raw text, blank where there is nothing.

mod csv;
mod parquet;

use ::csv::StringRecord;
use bytes::Bytes;
use suasion_model::Diagnostic;
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
    pub(crate) broken: Option<&'static str>,
}

/// The names of a file's columns, trimmed.
pub(crate) fn header(format: Format, file: RawFile<'_>) -> Result<Vec<String>, Box<Diagnostic>> {
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
    Err(Diagnostic::in_file(
        "duplicate-column",
        format!("{} has more than one column named {}", file.name, list(&twice)),
        file.name,
        line,
    )
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

/// A file without anything in it.
fn empty(file: RawFile<'_>) -> Box<Diagnostic> {
    Diagnostic::in_file("empty-file", format!("{} is empty", file.name), file.name, None)
        .hint("a table has a header and at least one row: fetch the file again")
        .into()
}
