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
    let (least, scatter) = (deciding.detectable(), deciding.power.root_mean_square);
    let size = if deciding.is_logs() {
        let log_points = |effect: f64| format!("{} log points", value(effect));
        format!("{}, {}; placebo scatter {}", log_points(least), percent(least.exp_m1()), log_points(scatter))
    } else {
        format!("{} {unit}; placebo scatter {} {unit}", value(least), value(scatter), unit = comparison.unit)
    };
    let figure = format!(
        "the least effect that could be seen is {size} (level {}, power {})",
        percent(ALPHA),
        percent(POWER),
    );
    let Some(smallest) = comparison.smallest_on(deciding.scale) else {
        return not_run(ID, ASKS, &figure, NO_SMALLEST, Consequence::CannotTell);
    };
    ran(
        ID,
        ASKS,
        deciding.detectable() <= smallest,
        figure,
        format!("at most {}", deciding.effect_words(&comparison.unit, smallest)),
        Consequence::CannotTell,
    )
}
