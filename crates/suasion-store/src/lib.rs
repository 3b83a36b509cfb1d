//! The evidence store: readers of files, Delta tables, receipts, and answers to requests and to SQL.
//!
//! What comes in is accounted for row by row, what is there is never half there, and every row says which import it
//! came with. Nothing above this crate knows Arrow, DataFusion or Delta.

mod admit;
mod delta;
mod error;
pub mod exchange;
mod fetch;
mod files;
mod lock;
mod log;
mod mapping;
mod read;
mod sql;
mod store;
mod sweep;
mod tables;
#[cfg(test)]
mod testing;
mod value;

pub use error::{Error, IngestError};
pub use sql::QueryResult;
pub use store::{Ingested, Progress, Store};
