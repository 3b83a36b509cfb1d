//! Does what the strategy says agree with the data?

use suasion_model::finding::{Check, Consequence};
use suasion_model::number;
use suasion_model::strategy::Objective;

use super::{not_run, ran};
use crate::measure::comparison::Comparison;
use crate::text::{all_of, percent, place};

/// A baseline may differ from the data by this share, for having been rounded.
const ROUNDED: f64 = 0.01;

/// Whether the baseline is what the data say of the treated unit.
pub(crate) fn baseline(objective: &Objective, comparison: &Comparison) -> Check {
    const ID: &str = "baseline-agrees";
    const ASKS: &str = "Is the baseline what the data say?";
    let threshold = format!("within {}", percent(ROUNDED));
    let found = objective.baseline.as_ref().and_then(|baseline| {
        let at = comparison.periods.iter().position(|period| *period == baseline.period.value)?;
        Some((baseline, comparison.own()[at]))
    });
    let Some((baseline, value)) = found else {
        return not_run(
            ID,
            ASKS,
            "the data have no value for its period",
            &threshold,
            Consequence::LowersGrade,
        );
    };
    let with_unit = |figure: f64| number::with_unit(figure, &comparison.unit);
    ran(
        ID,
        ASKS,
        (baseline.value - value).abs() <= ROUNDED * value.abs(),
        format!(
            "the strategy says {} in {}, the data {}",
            with_unit(baseline.value),
            baseline.period.value,
            with_unit(value)
        ),
        threshold,
        Consequence::LowersGrade,
    )
}

/// Whether every donor that the strategy names is in the data.
pub(crate) fn donors(comparison: &Comparison) -> Check {
    let all = comparison.periods.len();
    let unknown: Vec<String> = comparison
        .left_out
        .iter()
        .filter(|(_, lacking)| *lacking == all)
        .map(|(name, _)| place(name))
        .collect();
    ran(
        "donors-known",
        "Is everyone to be compared with in the data?",
        unknown.is_empty(),
        if unknown.is_empty() {
            "all of them".to_string()
        } else {
            format!("not in the data: {}", all_of(&unknown))
        },
        "every name in the data",
        Consequence::LowersGrade,
    )
}
