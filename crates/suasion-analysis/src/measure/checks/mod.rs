//! The assumptions that are tested, one file each.
//!
//! Each check says what it asked, what it measured, what it held that against, and what follows if it fails. The
//! thresholds come from the strategy (the smallest effect that would change the decision) or from the method; none
//! knows a case.

pub(crate) mod agreement;
pub(crate) mod certified;
pub(crate) mod comparison;
pub(crate) mod declared;
pub(crate) mod held_out;
pub(crate) mod hull;
pub(crate) mod one_donor;
pub(crate) mod overfit;
pub(crate) mod placebos;
pub(crate) mod power;
pub(crate) mod pre_fit;
pub(crate) mod single_period;
pub(crate) mod threat;

use suasion_model::finding::{Check, CheckOutcome, Consequence};

use super::comparison::Comparison;
use super::estimate::Estimates;

/// The checks of what was estimated, in the order in which they are read.
pub(crate) fn of_estimates(comparison: &Comparison, estimates: &Estimates) -> Vec<Check> {
    vec![
        certified::check(estimates),
        power::check(comparison, estimates),
        hull::check(estimates),
        pre_fit::check(comparison, estimates),
        overfit::check(estimates),
        held_out::check(comparison, estimates),
        one_donor::check(comparison, estimates),
        agreement::check(comparison, estimates),
    ]
}

/// A check that ran.
pub(crate) fn ran(
    id: &str,
    asks: &str,
    stands: bool,
    figure: String,
    threshold: impl Into<String>,
    consequence: Consequence,
) -> Check {
    Check {
        id: id.to_string(),
        asks: asks.to_string(),
        outcome: if stands { CheckOutcome::Passed } else { CheckOutcome::Failed },
        figure,
        threshold: threshold.into(),
        consequence,
    }
}

/// A check that failed.
pub(crate) fn failed(
    id: &str,
    asks: &str,
    figure: String,
    threshold: &str,
    consequence: Consequence,
) -> Check {
    ran(id, asks, false, figure, threshold, consequence)
}

/// A check that could not be run. It never counts as passed.
pub(crate) fn not_run(id: &str, asks: &str, why: &str, threshold: &str, consequence: Consequence) -> Check {
    Check { outcome: CheckOutcome::NotRun, ..ran(id, asks, false, why.to_string(), threshold, consequence) }
}

/// What a check is held against where the strategy names no smallest effect.
pub(crate) const NO_SMALLEST: &str = "the objective names no smallest_effect";
