//! Edge lists: files of edges read in parallel into columns, and the `suasion-graph` program that works on them.
//!
//! ```no_run
//! # use std::path::Path;
//! # use suasion_edges::{Options, read};
//! let edges = read(Path::new("edges.txt"), &Options::default())?;
//! # Ok::<(), suasion_edges::Error>(())
//! ```
//!
//! What holds throughout the crate:
//!
//! - *Same in, same out.* The number of threads changes no byte of a result, nor which of several faults is reported:
//!   it is the first in the file. The order of rows changes only the order of edges: nodes are numbered by name, as
//!   [`suasion_graph::Names`] has it.
//! - *Nothing is guessed or lost in silence.* What is read, passed over or dropped is counted in the [`Receipt`]; what
//!   cannot be read is an error that names the line.
//! - A name is its text. The parts of one that several columns make are joined as a record of CSV joins them:
//!   `Berat,Albania`.
//!
//! **Cost.** Two columns of integers are read at more than 1 GB/s on two cores, in 16 bytes an edge at the peak, of
//! which 8 are the result; integers that lie far apart, and texts, take a table of the distinct ones besides.

mod binary;
mod chunks;
pub mod cli;
mod error;
pub mod external;
mod fields;
mod filter;
mod header;
mod input;
mod interner;
mod merge;
mod moment;
mod names;
mod node_table;
mod number;
mod options;
mod plan;
mod read;
mod receipt;
mod relabel;
mod rows;
mod times;

pub use error::{Error, Fault};
pub use filter::Filter;
pub use input::Input;
pub use names::NodeNames;
pub use node_table::{Attribute, NodeTable, NodeTableOptions, NodeTableReceipt, read_node_table};
pub use options::{Layout, Negatives, Options};
pub use read::{Edges, read};
pub use receipt::{Counts, Receipt};
pub use times::{TimeScale, Times};
