//! Fitted on the first periods before treatment, does the comparison predict the rest of them?

use suasion_model::finding::{Check, Consequence};

use super::{NO_SMALLEST, not_run, ran};
use crate::measure::comparison::Comparison;
use crate::measure::estimate::Estimates;

const ID: &str = "held-out";
const ASKS: &str = "Does the comparison predict untreated periods it has not seen?";

/// Whether the error in periods held out is smaller than the smallest effect that matters.
pub(crate) fn check(comparison: &Comparison, estimates: &Estimates) -> Check {
    let deciding = estimates.deciding();
    let Some(held_out) = estimates.overfit.held_out else {
        return not_run(
            ID,
            ASKS,
            "too few periods to hold any out",
            "three periods before treatment",
            Consequence::CannotTell,
        );
    };
    let figure = format!(
        "missed {} held-out periods by {}, and the {} fitted by {}",
        held_out.n_held_out,
        deciding.effect_words(&comparison.unit, held_out.held_out_rmspe),
        held_out.n_fitted,
        deciding.effect_words(&comparison.unit, held_out.fitted_rmspe),
    );
    let Some(smallest) = deciding.smallest_either_way() else {
        return not_run(ID, ASKS, &figure, NO_SMALLEST, Consequence::CannotTell);
    };
    ran(
        ID,
        ASKS,
        held_out.held_out_rmspe <= smallest,
        figure,
        format!(
            "at most the smallest effect that matters, {}",
            deciding.effect_words(&comparison.unit, smallest)
        ),
        Consequence::CannotTell,
    )
}
