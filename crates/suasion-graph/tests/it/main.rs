//! What the crate promises: hand-worked examples, agreement with slow textbook versions, and invariance.

mod approximate_betweenness;
mod bridges;
mod brokerage;
mod build;
mod centrality;
mod components;
mod concentration;
mod csr;
mod dependence;
mod hyperball;
mod invariance;
mod layers;
mod leiden;
mod mixing;
mod names;
mod pagerank;
mod partitions;
mod random;
mod reference;
mod renaming;
mod signed;
mod structural_holes;
mod structure;
mod textbook;
mod two_mode;
mod weighted_paths;
