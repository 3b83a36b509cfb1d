//! Before treatment, does the comparison miss by less than the effect that is looked for?

use suasion_model::finding::{Check, Consequence};

use super::{NO_SMALLEST, not_run, ran};
use crate::measure::comparison::Comparison;
use crate::measure::estimate::Estimates;

const ID: &str = "pre-fit";
const ASKS: &str = "Before it began, did the comparison follow the treated unit?";

/// Whether the fit before treatment is closer than the smallest effect that matters.
pub(crate) fn check(comparison: &Comparison, estimates: &Estimates) -> Check {
    let deciding = estimates.deciding();
    let missed = deciding.test.treated.pre_treatment_rmspe;
    let closer = deciding.test.placebos.iter().filter(|placebo| placebo.pre_treatment_rmspe < missed).count();
    let figure = format!(
        "missed by {} (root mean square); {closer} of {} placebos fit closer",
        deciding.effect_words(&comparison.unit, missed),
        deciding.test.placebos.len()
    );
    let Some(smallest) = deciding.smallest_either_way() else {
        return not_run(ID, ASKS, &figure, NO_SMALLEST, Consequence::Withholds);
    };
    ran(
        ID,
        ASKS,
        missed <= smallest,
        figure,
        format!(
            "at most the smallest effect that matters, {}",
            deciding.effect_words(&comparison.unit, smallest)
        ),
        Consequence::Withholds,
    )
}
