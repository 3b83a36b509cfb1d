//! Estimators, one file each, with the evidence that each of them did what it claims.
//!
//! The crate holds no I/O, no clock, no environment and no randomness: the same input gives the same bytes.
//! Units and periods are numbered from 0; names belong to the caller. "Not unique", "did not converge" and
//! "too few placebos" are results with evidence; an [`Error`] means that the question itself was malformed.
//!
//! - [`panel`]: a complete panel of one outcome.
//! - [`simplex_qp`]: least squares on the simplex, exact and certified, on [`columns`].
//! - [`optimal_set`]: what can and cannot be said when many weights fit equally well.
//! - [`synthetic_control`]: the outcome-only synthetic control.
//! - [`placebo`], [`leave_one_out`], [`detectable_effect`], [`fit_checks`]: whether to believe it.
//! - [`quantile`]: the normal and Student quantiles these need.

pub mod columns;
pub mod detectable_effect;
pub mod error;
pub mod fit_checks;
pub mod leave_one_out;
pub mod optimal_set;
pub mod panel;
pub mod placebo;
pub mod quantile;
pub mod simplex_qp;
pub mod synthetic_control;

mod active_set;
mod dense;
mod interior_point;
mod min_norm_point;

pub use error::Error;
