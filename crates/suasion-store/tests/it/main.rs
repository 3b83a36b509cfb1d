//! The store through its public face: imports, receipts, answers, and what a fault leaves behind.

mod examples;
mod faults;
mod imports;
mod questions;
mod support;
