//! Import receipts: every row of a file is accounted for.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What became of one file of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Receipt {
    /// The dataset in the strategy.
    pub dataset: String,
    /// The Delta table that holds its rows.
    pub table: String,
    /// The file, as the strategy names it.
    pub path: String,
    /// SHA-256 of the file's bytes, in hex.
    pub digest: String,
    /// Who published it, as the strategy says.
    pub source: String,
    /// The licence it is used under, as the strategy says.
    pub licence: String,
    /// Rows in the file, the header not counted.
    pub rows_read: u64,
    /// Rows in the table.
    pub rows_kept: u64,
    /// Rows that are not in the table, by reason. Read = kept + dropped.
    pub rows_dropped: BTreeMap<String, u64>,
    /// The file that holds the dropped rows, relative to the workspace; absent where none was dropped.
    pub dropped_file: Option<String>,
    /// The program that read it, with its version.
    pub program: String,
}

impl Receipt {
    /// All rows dropped, whatever the reason.
    pub fn dropped(&self) -> u64 {
        self.rows_dropped.values().sum()
    }

    /// Whether every row is accounted for.
    pub fn balances(&self) -> bool {
        self.rows_read == self.rows_kept + self.dropped()
    }
}
