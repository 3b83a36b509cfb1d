//! Is there anything to compare: an evaluation, data, a treated unit that is observed?

use suasion_model::finding::{Check, Consequence};
use suasion_model::strategy::Indicator;
use suasion_stats::Error;

use super::{failed, ran};
use crate::measure::comparison::Comparison;

/// The objective has no evaluation.
pub(crate) fn no_evaluation() -> Check {
    failed(
        "evaluation",
        "Does the strategy say how it will be judged?",
        "no evaluation is declared".to_string(),
        "an `[[evaluation]]` of the objective",
        Consequence::StopsBeforeEstimate,
    )
}

/// The outcome has no data.
pub(crate) fn no_data(indicator: Option<&Indicator>) -> Check {
    let figure = match indicator {
        Some(indicator) => format!("`{}` names no dataset", indicator.id.value),
        None => "the objective names no outcome".to_string(),
    };
    failed(
        "outcome-observed",
        "Is the outcome in the data?",
        figure,
        "an indicator with a dataset",
        Consequence::StopsBeforeEstimate,
    )
}

/// Every period is there for the treated unit and for its donors.
pub(crate) fn complete(comparison: &Comparison) -> Check {
    ran(
        "complete",
        "Is every period observed?",
        true,
        format!(
            "{} periods for the treated unit and {} donors; {} left out",
            comparison.periods.len(),
            comparison.donors.len(),
            comparison.left_out.len()
        ),
        "every period; two donors or more",
        Consequence::StopsBeforeEstimate,
    )
}

/// The estimator refused.
pub(crate) fn not_estimated(error: &Error) -> Check {
    failed(
        "estimable",
        "Can the design be estimated on these data?",
        error.to_string(),
        "data that the design and its scale allow",
        Consequence::StopsBeforeEstimate,
    )
}
