//! Are there enough untreated units for a permutation test to reach its level?
//!
//! With J placebos the smallest p is 1 / (J + 1); below twenty it cannot fall to .05.

use suasion_model::finding::{Check, Consequence};

use super::ran;
use crate::measure::comparison::Comparison;

/// The fewest placebos that a verdict of "supported" may rest on.
const ENOUGH: usize = 20;

/// Whether there are enough placebos.
pub(crate) fn check(comparison: &Comparison) -> Check {
    ran(
        "enough-placebos",
        "Are there enough untreated units for a test?",
        comparison.donors.len() >= ENOUGH,
        format!("{} placebos", comparison.donors.len()),
        format!("at least {ENOUGH}"),
        Consequence::CannotTell,
    )
}
