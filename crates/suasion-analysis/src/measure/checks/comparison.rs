//! Is there anything to compare: an evaluation, data, a treated unit that is observed?

use suasion_model::finding::{Check, Consequence};
use suasion_model::number;
use suasion_model::strategy::Indicator;
use suasion_stats::Error;

use super::{failed, ran};
use crate::measure::comparison::{Comparison, Missing};
use crate::text::{all_of, place};

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

/// What a comparison lacks.
pub(crate) fn missing(missing: &Missing) -> Check {
    let (id, asks, figure, threshold) = match missing {
        Missing::OneTreated(count) => (
            "one-treated",
            "Is one unit treated?",
            if *count == 0 { "none is named".to_string() } else { format!("{count} are named") },
            "one: this version estimates no other number",
        ),
        Missing::Treated(treated) => (
            "treated-observed",
            "Is the treated unit in the data?",
            format!("{} has no values", place(treated)),
            "values before and after",
        ),
        Missing::Periods { n_pre, n_post, from } => (
            "enough-periods",
            "Are there periods before and after?",
            format!("{n_pre} periods before {from}, {n_post} judged"),
            "two before, one after",
        ),
        Missing::Skipped { after, before } => (
            "no-period-skipped",
            "Is there a figure for every period?",
            format!("nobody has one between {after} and {before}"),
            "every period from the first to the last",
        ),
        Missing::Values { treated, periods } => {
            let periods: Vec<String> = periods.iter().map(ToString::to_string).collect();
            (
                "treated-complete",
                "Is the treated unit observed throughout?",
                format!("{} has no value in {}", place(treated), all_of(&periods)),
                "a value in every period",
            )
        }
        Missing::Donors { complete, left_out } => (
            "enough-donors",
            "Is there anyone to compare with?",
            format!("{complete} have every period, {left_out} do not"),
            "two units with every period",
        ),
        Missing::Panel(error) => return not_estimated(error, None),
    };
    failed(id, asks, figure, threshold, Consequence::StopsBeforeEstimate)
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

/// The figures reach the end of what was to be judged.
pub(crate) fn horizon(comparison: &Comparison) -> Check {
    let last = comparison.periods[comparison.periods.len() - 1];
    ran(
        "horizon-covered",
        "Do the figures reach the end of what is judged?",
        last >= comparison.until || comparison.until.contains(last),
        format!("the last figure is of {last}"),
        format!("figures to {}", comparison.until),
        Consequence::CannotTell,
    )
}

/// The estimator refused.
pub(crate) fn not_estimated(error: &Error, comparison: Option<&Comparison>) -> Check {
    let figure = match (error, comparison) {
        // Units are numbered as the comparison has them: the treated one, then the donors.
        (Error::NotPositive { unit, period, value }, Some(comparison)) => {
            let name = unit.checked_sub(1).map_or(&comparison.treated, |donor| &comparison.donors[donor]);
            let (place, period) = (place(name), comparison.periods[*period]);
            format!("{place} is {} in {period}, which has no logarithm", number::value(*value))
        }
        (Error::NotFinite { .. }, Some(_)) => {
            "values are too large to be reckoned with on this scale".to_string()
        }
        _ => error.to_string(),
    };
    failed(
        "estimable",
        "Can the design be estimated on these data?",
        figure,
        "values that the scale allows: logs need all above zero, levels do not",
        Consequence::StopsBeforeEstimate,
    )
}
