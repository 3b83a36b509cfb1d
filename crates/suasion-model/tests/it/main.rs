//! Tests of the shared words: the strategy language, its rules, periods, the lexicon and its electoral guard, and
//! the reference pages.

mod docs;
mod electoral;
mod finding;
mod lexicon;
mod mistakes;
mod number;
mod period;
mod rules;
mod strategy;
mod table;
mod theory;
