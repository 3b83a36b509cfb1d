//! What was read, and what became of it.

use serde::Serialize;

use crate::options::Layout;

/// What was read, and what became of it: `rows = edges + zero_weights_dropped + rows_filtered`, and, except for raw
/// pairs, every line is in a row or counted as comment, blank or header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The file's length.
    pub bytes: u64,
    /// `gzip` or `zstd`.
    pub compression: Option<&'static str>,
    /// The length of what is compressed; otherwise the file's.
    pub text_bytes: u64,
    /// How the file was read.
    pub layout: Layout,
    /// The columns that named the source.
    pub from: Vec<String>,
    /// The columns that named the target.
    pub to: Vec<String>,
    /// The column that gave weights.
    pub weight: Option<String>,
    /// The column that gave times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// Columns that were not used.
    pub columns_ignored: usize,
    /// What the header calls the columns; empty without a header.
    pub header: Vec<String>,
    /// Lines of a header: 1 or, where a quoted name is broken, more.
    pub header_lines: u64,
    /// What was counted while reading.
    #[serde(flatten)]
    pub counts: Counts,
    /// Edges that were kept, self-loops and parallel edges included.
    pub edges: u64,
}

/// What is counted while reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Lines, all told; zero for raw pairs.
    pub lines: u64,
    /// Rows, that is edges as they stand in the file.
    pub rows: u64,
    /// Rows that did not fulfil a filter: passed over as though they were not there.
    pub rows_filtered: u64,
    /// Lines that start with `#`; text only.
    pub comments: u64,
    /// Lines with nothing or only blanks on them.
    pub blank_lines: u64,
    /// Edges kept whose ends are one node.
    pub self_loops: u64,
    /// Rows of weight zero that were dropped; their ends are nodes all the same.
    pub zero_weights_dropped: u64,
    /// Edges kept whose weights are negative.
    pub negative_weights: u64,
    /// Rows that Gephi's column `Type` declares directed.
    pub declared_directed: u64,
    /// Rows that Gephi's column `Type` declares undirected.
    pub declared_undirected: u64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.lines += more.lines;
        self.rows += more.rows;
        self.rows_filtered += more.rows_filtered;
        self.comments += more.comments;
        self.blank_lines += more.blank_lines;
        self.self_loops += more.self_loops;
        self.zero_weights_dropped += more.zero_weights_dropped;
        self.negative_weights += more.negative_weights;
        self.declared_directed += more.declared_directed;
        self.declared_undirected += more.declared_undirected;
    }
}
