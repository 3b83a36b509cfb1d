//! Could an effect of the size that matters have been seen at all?
//!
//! The least detectable effect comes from how widely untreated units' placebo effects scatter
//! (`suasion_stats::detectable_effect`); the treated unit's outcomes are not read for it.

use suasion_model::finding::{Check, Consequence};
use suasion_model::number::value;

use super::{NO_SMALLEST, not_run, ran};
use crate::measure::comparison::Comparison;
use crate::measure::estimate::Estimates;
use crate::measure::{ALPHA, POWER};
use crate::text::percent;

/// The id of the check, which the verdict looks for.
pub(crate) const ID: &str = "detectable";
const ASKS: &str = "Could the smallest effect that matters have been seen?";

/// Whether the smallest effect that matters could have been seen.
pub(crate) fn check(comparison: &Comparison, estimates: &Estimates) -> Check {
    let deciding = estimates.deciding();
    let size = |size: f64| {
        let words = deciding.size_words(&comparison.unit, size);
        if deciding.is_logs() { format!("{words}, {} log points", value(size)) } else { words }
    };
    let least = deciding.detectable().map_or_else(
        || "no effect of a believable size would be found so often".to_string(),
        |least| format!("the least effect that would be found is {}", size(least)),
    );
    let figure = format!(
        "{least} (level {}, power {}); placebo effects scatter by {}, so that a test on the mean gap would need {}",
        percent(ALPHA),
        percent(POWER),
        size(deciding.power.root_mean_square),
        size(deciding.power.least_detectable_effect),
    );
    let Some(smallest) = deciding.smallest_wanted() else {
        return not_run(ID, ASKS, &figure, NO_SMALLEST, Consequence::CannotTell);
    };
    ran(
        ID,
        ASKS,
        deciding.detectable().is_some_and(|least| least <= smallest),
        figure,
        format!("at most {}", deciding.size_words(&comparison.unit, smallest)),
        Consequence::CannotTell,
    )
}
