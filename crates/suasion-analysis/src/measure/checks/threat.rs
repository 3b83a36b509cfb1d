//! Did something else happen to one side of the comparison at the same time?
//!
//! A declared threat is concurrent if it began or ended between the last period before treatment and the last period
//! judged, and touches the treated or the donors but not everyone alike. No estimate can tell its effect from the
//! treatment's. Where the strategy says nothing of threats, nobody has looked, and the check is not run.

use suasion_model::Period;
use suasion_model::finding::{Check, Consequence};
use suasion_model::strategy::words::Hits;
use suasion_model::strategy::{Evaluation, Threat};

use super::{not_run, ran};
use crate::measure::comparison::Comparison;
use crate::text::all_of;

const ID: &str = "concurrent-threat";
const ASKS: &str = "Did nothing else happen to one side at the same time?";

/// Whether the strategy itself names another cause.
pub(crate) fn check(evaluation: &Evaluation, comparison: &Comparison) -> Check {
    if !evaluation.threats_declared {
        return not_run(
            ID,
            ASKS,
            "nobody has said",
            "`threats`, or `threats = []` if there were none",
            Consequence::LowersGrade,
        );
    }
    let concurrent = concurrent(evaluation, comparison);
    let figure = if concurrent.is_empty() {
        match evaluation.threats.len() {
            0 => "the strategy says that there was none".to_string(),
            1 => "one threat is declared, at another time or of everyone alike".to_string(),
            several => format!("{several} threats are declared, at other times or of everyone alike"),
        }
    } else {
        let named: Vec<String> = concurrent
            .iter()
            .map(|threat| {
                format!("{} ({}, {})", threat.what.value, threat.from.value, whom(threat.hits.value))
            })
            .collect();
        all_of(&named)
    };
    ran(
        ID,
        ASKS,
        concurrent.is_empty(),
        figure,
        "no declared threat that began or ended while it was judged",
        Consequence::Withholds,
    )
}

/// The declared threats that no estimate can tell from the treatment.
pub(crate) fn concurrent<'a>(evaluation: &'a Evaluation, comparison: &Comparison) -> Vec<&'a Threat> {
    let first = comparison.periods[comparison.n_pre - 1];
    let last = comparison.periods[comparison.n_pre + comparison.n_post - 1];
    let within = |period: Period| period >= first && (period <= last || last.contains(period));
    evaluation
        .threats
        .iter()
        .filter(|threat| threat.hits.value != Hits::Everyone)
        .filter(|threat| {
            within(threat.from.value) || threat.until.as_ref().is_some_and(|until| within(until.value))
        })
        .collect()
}

fn whom(hits: Hits) -> &'static str {
    match hits {
        Hits::Treated => "the treated",
        Hits::Donors => "the donors",
        Hits::Everyone => "everyone",
    }
}
