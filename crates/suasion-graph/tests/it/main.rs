//! What the crate promises: hand-worked examples, agreement with slow textbook versions, and invariance.

mod components;
mod csr;
mod dependence;
mod invariance;
mod names;
mod textbook;
