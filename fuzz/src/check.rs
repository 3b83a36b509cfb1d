//! The fuzz target of the strategy checker: what holds of every text, asked of texts that reach new code.
//!
//! From this folder, on stable Rust, with a C++ compiler:
//!
//! ```text
//! mkdir -p found
//! cargo run --release -- found ../crates/suasion-model/tests/it/corpus -dict=strategy.dict -max_total_time=600
//! ```
//!
//! A text that something does not hold of is written to `crash-…` here. Cut it down by hand or with
//! `cargo run --release -- -minimize_crash=1 -max_total_time=60 crash-…`, and keep it in the corpus, which
//! `cargo test -p suasion-model` reads.
#![no_main]

#[path = "../../crates/suasion-model/tests/it/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::hold(bytes));
