//! Networks: who is tied to whom, how strongly, and how much one side needs the other.
//!
//! Kernels see only numbers: nodes are `u32` from 0, weights are `f64`, and there is one graph type, [`Graph`]. What
//! the nodes are called is kept apart, in [`Names`], which numbers them in an order that depends on the names alone.
//!
//! What holds throughout the crate:
//!
//! - *Same in, same out.* Row order never changes a byte of a result. Renaming the nodes is another input: integer
//!   results permute with it, and floats agree to 1e-9, because sums run in node order.
//! - There is no input, output, clock, randomness or hash order here.
//! - What is undefined is `None`, never zero. A zero is a measured zero.
//! - A node id that is not below [`Graph::n_nodes`] is a bug of the caller, and panics.

pub mod components;
pub mod csr;
pub mod dependence;
mod error;
pub mod names;

pub use components::{ComponentSize, Components, weak_components};
pub use csr::Graph;
pub use dependence::{Concentration, Dependence, Partner};
pub use error::Error;
pub use names::Names;
