//! What can be wrong with an edge list. Each message says what to do.

use std::io;
use std::path::PathBuf;

/// Why an edge list could not be read. Of several faults in a file, the one that comes first.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The operating system would not open or read the file.
    #[error("{}: cannot be read: {cause}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The file's length or time of modification is another than when it was opened.
    #[error("{}: changed while it was read; read it again when nobody writes to it", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// There is not one byte, and nothing says how many nodes there are.
    #[error("{}: is empty; if that is right, say how many nodes there are (--nodes)", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// A compressed file ends too early.
    #[error("{}: the {compression} data are cut short; copy the file again", path.display())]
    CutShort {
        /// The file.
        path: PathBuf,
        /// `gzip` or `zstd`.
        compression: &'static str,
    },
    /// A compressed file cannot be decompressed.
    #[error("{}: the {compression} data are damaged ({cause}); copy the file again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// `gzip` or `zstd`.
        compression: &'static str,
        /// What the decompressor said.
        cause: io::Error,
    },
    /// The file starts like another kind of file.
    #[error("{}: is {found}, no edge list; {hint}", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it is.
        found: &'static str,
        /// What to do.
        hint: &'static str,
    },
    /// Raw pairs end within a pair.
    #[error(
        "{}: has {bytes} bytes, no multiple of 8, so that the last pair is incomplete; copy the file again, or, if it \
         is text, rename it",
        path.display()
    )]
    HalfPair {
        /// The file.
        path: PathBuf,
        /// Its length.
        bytes: u64,
    },
    /// Raw pairs name a node that does not exist.
    #[error("{}: pair {pair} (counted from 0): node {node} is not among the {n_nodes} nodes", path.display())]
    NoSuchNode {
        /// The file.
        path: PathBuf,
        /// The position of the pair, from 0.
        pair: u64,
        /// The end that is no node; the source, if both are not.
        node: u32,
        /// How many nodes there are.
        n_nodes: u32,
    },
    /// One line is at fault.
    #[error("{}:{line}: {fault}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1; of a record of several lines, the first.
        line: u64,
        /// What is wrong with it.
        fault: Fault,
    },
    /// One row of a table is at fault.
    #[error("{}: row {row}: {fault}", path.display())]
    Row {
        /// The file.
        path: PathBuf,
        /// The row, from 1.
        row: u64,
        /// What is wrong with it.
        fault: Fault,
    },
    /// A column that was asked for is not there.
    #[error("{}: there is no column `{column}`{}; {there}", path.display(), did_you_mean(suggestion.as_deref()))]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// What was asked for.
        column: String,
        /// The column whose name is most alike.
        suggestion: Option<String>,
        /// Which columns there are.
        there: String,
    },
    /// A number is the position of one column, and the name of another.
    #[error(
        "{}: `{number}` is column {number}, called `{called}`, and also the name of column {position}; call either by \
         the other of its names",
        path.display()
    )]
    Ambiguous {
        /// The file.
        path: PathBuf,
        /// What was asked for.
        number: String,
        /// What the column at that position is called.
        called: String,
        /// The position of the column of that name, from 1.
        position: usize,
    },
    /// Nothing says which column names the ends of edges, and none has the usual name.
    #[error("{}: there is no column `{column}`; say which names the {end} ({flags}); {there}", path.display())]
    NoEnd {
        /// The file.
        path: PathBuf,
        /// What it is called otherwise.
        column: &'static str,
        /// Which end.
        end: &'static str,
        /// The flags that name it, and the other end if need be.
        flags: &'static str,
        /// Which columns there are.
        there: String,
    },
    /// Every row is filtered out.
    #[error("{}: none of the {rows} rows fulfils {filters}; {advice}", path.display())]
    NothingLeft {
        /// The file.
        path: PathBuf,
        /// How many rows there are.
        rows: u64,
        /// What rows were to fulfil.
        filters: String,
        /// What to do about it.
        advice: &'static str,
    },
    /// A table of nodes has not even a header.
    #[error("{}: is empty; a node table has a header, and a row for each node", path.display())]
    NoNodeTable {
        /// The file.
        path: PathBuf,
    },
    /// Nothing says which column names the nodes.
    #[error("{}: there is no column `Id` or `node`; say which names the nodes (--node-id); {there}", path.display())]
    NoNodeId {
        /// The file.
        path: PathBuf,
        /// Which columns there are.
        there: String,
    },
    /// Numbers are asked for, and an attribute holds something else.
    #[error(
        "the attribute `{attribute}` holds `{value}`, which is no finite number; leave it empty where there is none"
    )]
    NotNumeric {
        /// The attribute.
        attribute: String,
        /// The first value that is no number.
        value: String,
    },
    /// Options that contradict each other or the file.
    #[error("{}: {contradiction}", path.display())]
    Options {
        /// The file.
        path: PathBuf,
        /// What contradicts what.
        contradiction: &'static str,
    },
    /// A graph file cannot be written.
    #[error("{}: cannot be built: {cause}", path.display())]
    NotBuilt {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// Edges are no graph.
    #[error("{}: cannot {cause}", path.display())]
    Graph {
        /// The file that was to be built.
        path: PathBuf,
        /// What is wrong with them.
        cause: suasion_graph::Error,
    },
    /// A graph file cannot be mapped.
    #[error("{}: cannot be mapped: {cause}", path.display())]
    NotMapped {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: suasion_graph::MapError,
    },
    /// There are more nodes than a `u32` counts.
    #[error("{}: has more than {} nodes; split or aggregate the network", path.display(), u32::MAX)]
    TooManyNodes {
        /// The file.
        path: PathBuf,
    },
}

impl Error {
    /// Whether the system failed, rather than that something is wrong with the input.
    pub fn is_failure(&self) -> bool {
        matches!(
            self,
            Self::Io { .. }
                | Self::NotBuilt { .. }
                | Self::NotMapped { cause: suasion_graph::MapError::Io(_), .. }
        )
    }
}

fn did_you_mean(suggestion: Option<&str>) -> String {
    suggestion.map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"))
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// It has more or fewer fields than the first.
    #[error("{found} field{} where {expected} are expected; {advice}", if *.found == 1 { "" } else { "s" })]
    Ragged {
        /// How many fields the header or the first row has.
        expected: usize,
        /// How many this line has.
        found: usize,
        /// What to do.
        advice: &'static str,
    },
    /// A line of text is parted otherwise than the first.
    #[error(
        "{found} part the fields of this line, and {expected} those of line {first_line}; part all lines alike, or save \
         the file as CSV with names in quotes"
    )]
    Separator {
        /// What parts this line.
        found: &'static str,
        /// What parts the first.
        expected: &'static str,
        /// The first.
        first_line: u64,
    },
    /// All columns of a name are empty.
    #[error(
        "the {end} has no name; give it one, or drop the row{}",
        column.as_ref().map_or_else(String::new, |column| format!(" (--where '{column}!=' drops all that have none)"))
    )]
    EmptyName {
        /// `source` or `target`, or `node` in a table of nodes.
        end: &'static str,
        /// The column, or the first of several, of an edge list.
        column: Option<String>,
    },
    /// What stands where a header is expected looks like a row.
    #[error("the first row (`{row}`) is taken for the header, and {why}; {advice}")]
    NoHeader {
        /// The first row.
        row: String,
        /// Why it looks like a row.
        why: String,
        /// What to do.
        advice: &'static str,
    },
    /// In a table of nodes, a node has two rows.
    #[error("the node `{name}` has a row already, on line {first}; drop one of them")]
    Duplicate {
        /// The node's name.
        name: String,
        /// The line of its first row.
        first: u64,
    },
    /// A name is not UTF-8.
    #[error("a name is not UTF-8; save the file as UTF-8")]
    NotUtf8,
    /// There is a zero byte.
    #[error(
        "there is a zero byte: this is a binary file; if it holds pairs of u32, it needs the ending .bin"
    )]
    ZeroByte,
    /// Names must be node numbers, and one is not.
    #[error("`{name}` is no node: {}", if *.n_nodes == 0 {
        "there are to be none (--nodes 0)".to_string()
    } else {
        format!("nodes are 0 to {} here", n_nodes - 1)
    })]
    NoNode {
        /// The name.
        name: String,
        /// How many nodes there are.
        n_nodes: u32,
    },
    /// A weight is missing.
    #[error("the weight is empty; drop the row or give it a weight")]
    NoWeight,
    /// A weight is no number.
    #[error("the weight `{text}` is no number{}", if *.first { "; if this line is a header, call columns by their names" } else { "" })]
    BadWeight {
        /// The weight as it stands there.
        text: String,
        /// Whether this is the first row of a file without a header.
        first: bool,
    },
    /// A field is to be compared as a number, and is none.
    #[error(
        "`{text}` is compared with a number and is none; leave it empty, or compare it as text (= or !=)"
    )]
    NoNumber {
        /// What it holds.
        text: String,
    },
    /// A field is to be compared as a moment, and is none.
    #[error("the time `{text}` is no year, date of ISO 8601 or integer that can be compared with the window")]
    NoMoment {
        /// What it holds.
        text: String,
    },
    /// A time is missing.
    #[error(
        "the time is empty; drop the row or give it a time (--where '{column}!=' drops all that have none)"
    )]
    NoTime {
        /// The column.
        column: String,
    },
    /// A time is none.
    #[error(
        "the time `{text}` is no year, date of ISO 8601 or integer below 2⁶¹; drop the row or write it as one"
    )]
    BadTime {
        /// What it holds.
        text: String,
    },
    /// A weight is NaN or infinite.
    #[error("the weight `{text}` is not finite; drop the row or give it a finite weight")]
    NotFinite {
        /// The weight as it stands there.
        text: String,
    },
    /// A weight is negative.
    #[error("the weight `{text}` is negative; say which signs to take (--sign), or leave the weights out")]
    Negative {
        /// The weight as it stands there.
        text: String,
    },
    /// A first line of text that names columns rather than nodes.
    #[error(
        "this looks like a header (`{text}`); start it with #, or call columns by their names (--from, --to)"
    )]
    Header {
        /// The two names in it.
        text: String,
    },
    /// Quotes are not as RFC 4180 has them.
    #[error("a quote stands within a field; put the field in quotes and double the quotes in it")]
    StrayQuote,
    /// A quoted field does not end.
    #[error("a quote is opened and never closed")]
    OpenQuote,
    /// A line does not end.
    #[error("the line is longer than {limit} bytes; is this an edge list?")]
    LongLine {
        /// The longest that is read.
        limit: usize,
    },
    /// Gephi's column `Type` holds something else.
    #[error("the type `{text}` is neither Directed nor Undirected")]
    BadType {
        /// What it holds.
        text: String,
    },
}
