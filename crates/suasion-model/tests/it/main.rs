//! Tests of the shared words: the strategy language, its rules, periods, and the reference pages.

mod docs;
mod finding;
mod number;
mod period;
mod rules;
mod strategy;
mod table;
