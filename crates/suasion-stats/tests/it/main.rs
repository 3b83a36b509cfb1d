//! Every estimator against published numbers, a slow textbook version, and its properties.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod detectable_effect;
mod fit_checks;
mod leave_one_out;
mod optimal_set;
mod panel;
mod placebo;
mod properties;
mod proposition_99;
mod quantile;
mod shared;
mod simplex_qp;
mod synthetic_control;
