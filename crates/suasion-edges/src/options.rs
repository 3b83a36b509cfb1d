//! What a caller can say about an edge list.

use std::path::Path;

use crate::filter::Filter;

/// How an edge list is to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// How the file is laid out; by default what its name says, see [`Layout::of`].
    pub layout: Option<Layout>,
    /// The columns whose values together name the source, each by its number from 1 or its name. Empty: the first
    /// column of text, `Source` of a CSV file.
    pub from: Vec<String>,
    /// The columns whose values together name the target. Empty: the second column of text, `Target` of a CSV file.
    pub to: Vec<String>,
    /// The column of weights. `None`: no weights, except those of Gephi's column `Weight`.
    pub weight: Option<String>,
    /// The column of times. `None`: no times.
    pub time: Option<String>,
    /// What rows must fulfil, all of it; others are passed over as though they were not there, and counted.
    pub filters: Vec<Filter>,
    /// Nodes are `0..nodes`, mentioned or not, and every other name is an error.
    pub nodes: Option<u32>,
    /// Whether an edge of weight zero is an edge. Otherwise it is dropped and counted; its ends remain nodes.
    pub keep_zero: bool,
    /// What a negative weight is.
    pub negatives: Negatives,
    /// How many bytes one task parses at a time. It changes the speed and never the result.
    pub chunk_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            layout: None,
            from: Vec::new(),
            to: Vec::new(),
            weight: None,
            time: None,
            filters: Vec::new(),
            nodes: None,
            keep_zero: false,
            negatives: Negatives::default(),
            chunk_bytes: 1 << 20,
        }
    }
}

/// How an edge list is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// An edge a line. What parts the fields is what the first row shows: tabs if it holds one, else commas if it holds
    /// one, else blanks; blanks around a field are no part of it, those within are. Lines that start with `#` are
    /// comments. A header is there if, and only if, the options call a column by a name.
    Text,
    /// A header and an edge a record, parted by the comma, tab or semicolon that the header uses; quotes as in RFC
    /// 4180.
    Csv,
    /// A Parquet file, which the caller has turned into CSV: see [`Input::of_table`](crate::Input::of_table).
    Parquet,
    /// Pairs of little-endian `u32` and nothing else; nodes are `0` to the largest, or as [`Options::nodes`] says.
    Binary,
    /// A graph file, which is mapped and not read: see [`external`](crate::external).
    Csr,
}

impl Layout {
    /// Whether rows are records of CSV under a header.
    pub(crate) fn is_table(self) -> bool {
        matches!(self, Self::Csv | Self::Parquet)
    }

    /// What a file's name says: `.bin` is binary, `.csv` and `.tsv` are CSV, `.parquet` and `.pq` are
    /// Parquet, `.csr` is a graph file, everything else is text. A last `.gz`,
    /// `.zst` or `.zstd` is passed over.
    pub fn of(path: &Path) -> Self {
        let extension =
            |path: &Path| path.extension().map(|text| text.to_string_lossy().to_ascii_lowercase());
        let last = match extension(path).as_deref() {
            Some("gz" | "zst" | "zstd") => path.file_stem().and_then(|stem| extension(Path::new(stem))),
            _ => extension(path),
        };
        match last.as_deref() {
            Some("bin") => Self::Binary,
            Some("csr") => Self::Csr,
            Some("csv" | "tsv") => Self::Csv,
            Some("parquet" | "pq") => Self::Parquet,
            _ => Self::Text,
        }
    }
}

/// What a negative weight is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Negatives {
    /// An error.
    #[default]
    Refuse,
    /// A weight like any other, for networks with signs.
    Keep,
}
