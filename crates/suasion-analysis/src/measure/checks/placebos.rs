//! Are there enough untreated units for a permutation test to reach its level?
//!
//! With J placebos the smallest p is 1 / (J + 1). Corrected for m judgements it may be as large as m / (J + 1), so a finding
//! can stand alone only if that is no more than the level. Twenty is the least in any case: a convention, one more than the
//! nineteen at which p can just reach .05.

use suasion_model::finding::{Check, Consequence};

use super::ran;
use crate::measure::ALPHA;
use crate::measure::comparison::Comparison;

/// The id of the check, which the verdict looks for: it stands in the way of "supported" alone.
pub(crate) const ID: &str = "enough-placebos";

/// The fewest placebos that a verdict of "supported" may rest on.
const ENOUGH: usize = 20;

/// Whether there are enough placebos.
pub(crate) fn check(comparison: &Comparison, judgements: usize) -> Check {
    let needed = ((judgements as f64 / ALPHA).ceil() as usize).saturating_sub(1).max(ENOUGH);
    ran(
        ID,
        "Are there enough untreated units for a test?",
        comparison.donors.len() >= needed,
        format!("{} placebos for {judgements} judged together", comparison.donors.len()),
        format!("at least {needed}"),
        Consequence::CannotTell,
    )
}
