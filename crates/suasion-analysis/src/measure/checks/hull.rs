//! Does the treated unit lie among its donors?
//!
//! A weighted mean of donors cannot leave their range. Where the treated unit is above or below every donor in more than
//! half of the periods before treatment, no weights can follow it, and a gap afterwards is the old gap (King and Zeng
//! 2006, *Political Analysis* 14, 131–159, on extrapolation beyond the convex hull).

use suasion_model::finding::{Check, Consequence};
use suasion_model::number::value;

use suasion_stats::fit_checks::HullCheck;

use super::ran;
use crate::measure::estimate::{Estimates, scale_words};

/// Whether the treated unit lies among its donors on the scale that decides.
pub(crate) fn check(estimates: &Estimates) -> Check {
    let hull = &estimates.deciding().hull;
    let outside = hull.periods_outside_range.len();
    ran(
        "hull",
        "Does the treated unit lie among those it is compared with?",
        within(hull),
        format!(
            "beyond every donor in {outside} of {} periods; distance {} in {}",
            hull.n_pre,
            value(hull.distance),
            scale_words(estimates.deciding().scale)
        ),
        "beyond every donor in at most half of the periods",
        Consequence::Withholds,
    )
}

/// Whether the treated unit is within its donors' range in at least half of the periods before treatment.
pub(crate) fn within(hull: &HullCheck) -> bool {
    2 * hull.periods_outside_range.len() <= hull.n_pre
}
