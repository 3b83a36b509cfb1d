//! Tests of the shared words: the strategy language, its rules, periods, the lexicon and its electoral guard, and
//! the reference pages.

mod docs;
mod electoral;
mod finding;
mod fuzz;
mod hostile;
mod invariants;
mod lexicon;
mod mutation;
mod number;
mod period;
mod rules;
mod spans;
mod strategy;
mod table;
mod theory;
