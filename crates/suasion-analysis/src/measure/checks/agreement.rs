//! Do the scales of comparison agree on the direction?
//!
//! Levels, logs and demeaned values ask slightly different questions of the same data. Where two of them give opposite
//! signs and lie farther apart than the smallest effect that matters, the answer is the analyst's choice of scale. The
//! scale that decides is held against every other on which the treated unit lies among its donors and is followed as
//! closely as matters; one that fails there itself is shown, and has no say.

use suasion_model::finding::{Check, Consequence};

use super::{NO_SMALLEST, hull, not_run, ran};
use crate::measure::comparison::Comparison;
use crate::measure::estimate::{Estimates, Scaled, scale_words};
use crate::text::{all_of, percent};

/// The id of the check, which reads outcomes after treatment, as no other that withholds does.
pub(crate) const ID: &str = "scales-agree";
const ASKS: &str = "Is the direction the same on every scale?";

/// Whether the sign turns on the choice of scale.
pub(crate) fn check(comparison: &Comparison, estimates: &Estimates) -> Check {
    let has_a_say = |scaled: &Scaled| {
        let followed = scaled
            .smallest_either_way()
            .is_some_and(|smallest| scaled.test.treated.pre_treatment_rmspe <= smallest);
        scaled.scale == comparison.scale || (hull::within(&scaled.hull) && followed)
    };
    let shares: Vec<f64> = estimates
        .scales
        .iter()
        .filter(|scaled| has_a_say(scaled))
        .filter_map(|scaled| scaled.share(scaled.effect()))
        .collect();
    let figure = all_of(
        &estimates
            .scales
            .iter()
            .filter_map(|scaled| {
                let share = percent(scaled.share(scaled.effect())?);
                let perfect =
                    if scaled.test.treated.certificate.perfect_fit { " (a perfect fit)" } else { "" };
                Some(format!("{share} in {}{perfect}", scale_words(scaled.scale)))
            })
            .collect::<Vec<_>>(),
    );
    let Some(smallest) = estimates.deciding().smallest_share() else {
        return not_run(ID, ASKS, &figure, NO_SMALLEST, Consequence::Withholds);
    };
    let low = shares.iter().copied().fold(f64::INFINITY, f64::min);
    let high = shares.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    ran(
        ID,
        ASKS,
        !(low < 0.0 && high > 0.0 && high - low > smallest),
        figure,
        format!("one sign, or within {} of each other", percent(smallest)),
        Consequence::Withholds,
    )
}
