//! The words that every part of Suasion shares: source text and spans, diagnostics, the strategy language,
//! the shapes of tables, and findings.
//!
//! Nothing here reads a file, a clock or the environment, and nothing here knows Arrow. Text comes in as
//! [`Source`], and goes out as values or as [`Diagnostic`]s.

pub mod coverage;
pub mod data_rules;
pub mod diagnostic;
pub mod docs;
pub mod evidence;
pub mod finding;
pub mod lexicon;
pub mod number;
pub mod period;
pub mod places;
pub mod plan;
pub mod receipt;
pub mod rules;
pub mod source;
pub mod standing;
pub mod strategy;
pub mod table;
pub mod theory;

pub use coverage::Coverage;
pub use diagnostic::{Diagnostic, Label, Place, Severity};
pub use period::Period;
pub use rules::check;
pub use source::{Source, Span, Spanned};
pub use standing::Standing;
pub use strategy::Strategy;
pub use theory::Theory;
