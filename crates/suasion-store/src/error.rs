//! What can go wrong that is not the evidence's fault. Each reads behind "failed to".

use std::io;
use std::path::PathBuf;

use datafusion::arrow::error::ArrowError;
use datafusion::error::DataFusionError;
use suasion_model::Diagnostic;

/// A failure of the store or of the machine.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder cannot be read.
    #[error("read {path}: check that it is there and that you may read it", path = .path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file or folder cannot be written.
    #[error("write {path}: check that you may write there and that the disk is not full", path = .path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Rows cannot be put in order.
    #[error("arrange the rows of {path}: this is a fault of ours, please report it")]
    Arrange {
        /// Of which file.
        path: String,
        /// Why.
        source: ArrowError,
    },
    /// Rows cannot be written as Parquet.
    #[error("write rows to {path}: check that the disk is not full", path = .path.display())]
    WriteRows {
        /// Where.
        path: PathBuf,
        /// Why.
        source: datafusion::parquet::errors::ParquetError,
    },
    /// A table's log does not say what it should.
    #[error("read the log {path}: it is damaged; nothing was changed, restore the file from a copy", path = .path.display())]
    DamagedLog {
        /// The entry.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// A table cannot be opened or changed.
    #[error(
        "use table `{table}`: its log may be damaged or its folder read-only; what was there is unchanged"
    )]
    Table {
        /// Which.
        table: String,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// An import was given up before its commit.
    #[error("finish the import: it was given up, and nothing of it is kept")]
    GivenUp,
    /// Rows of a table cannot be read.
    #[error("read table `{table}`: its files may be damaged, nothing was changed")]
    ReadTable {
        /// Which.
        table: String,
        /// Why.
        source: DataFusionError,
    },
    /// A request leaves open which of several series is meant.
    #[error("choose among the {what} of dataset `{dataset}`: name one of {there}")]
    Ambiguous {
        /// The dataset.
        dataset: String,
        /// What there are several of.
        what: &'static str,
        /// Which there are.
        there: String,
    },
    /// A dataset has no rows in the store.
    #[error("find dataset `{dataset}` in the store: run `suasion ingest` first")]
    NotImported {
        /// Which.
        dataset: String,
    },
    /// A dataset whose rows came into another table, as the strategy said when they did.
    #[error(
        "find dataset `{dataset}` in table `{needed}`: its rows came into `{there}` before; run `suasion ingest` again"
    )]
    OtherTable {
        /// The dataset.
        dataset: String,
        /// The table that is needed.
        needed: &'static str,
        /// The table that has its rows.
        there: &'static str,
    },
    /// The store's folder is none.
    #[error("use {path}: it is a file, and the evidence is kept in a folder of that name; move it away", path = .path.display())]
    NotAFolder {
        /// Where the folder should be.
        path: PathBuf,
    },
    /// A statement that is no question.
    #[error(
        "run this statement: only SELECT, EXPLAIN, SHOW and DESCRIBE are answered, one at a time, and nothing is changed"
    )]
    NotAQuestion(#[source] DataFusionError),
    /// A query that cannot be answered.
    #[error("answer the query: {what}; {tables}")]
    Query {
        /// Why.
        what: String,
        /// The tables that there are.
        tables: String,
    },
    /// An answer that cannot be printed.
    #[error("print the answer")]
    Print(#[source] ArrowError),
}

/// Why an import brought nothing in.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The dataset or its file is at fault, with everything that is wrong.
    #[error("import a dataset that has {} problems", .0.len())]
    Input(Vec<Diagnostic>),
    /// The store or the machine is.
    #[error(transparent)]
    Failure(#[from] Error),
}
