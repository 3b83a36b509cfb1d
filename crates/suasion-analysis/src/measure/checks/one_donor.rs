//! Does one donor carry the answer?

use suasion_model::finding::{Check, Consequence};

use super::{NO_SMALLEST, not_run, ran};
use crate::measure::comparison::Comparison;
use crate::measure::estimate::Estimates;
use crate::text::{percent, place};

const ID: &str = "one-donor";
const ASKS: &str = "Does the answer survive without any one donor?";

/// Whether leaving out any one donor moves the effect by less than the smallest that matters.
pub(crate) fn check(comparison: &Comparison, estimates: &Estimates) -> Check {
    let deciding = estimates.deciding();
    let words = |effect: f64| deciding.effect_words(&comparison.unit, effect);
    let refits = &estimates.leave_one_out;
    let Some(most) = refits.most_influential.map(|at| &refits.refits[at]) else {
        return not_run(ID, ASKS, "there is only one donor", "two donors or more", Consequence::CannotTell);
    };
    let figure = format!(
        "from {} to {}; {} (a share of {}) moves it most",
        words(refits.att_min),
        words(refits.att_max),
        place(&comparison.donors[most.donor - 1]),
        percent(most.weight)
    );
    let Some(smallest) = deciding.smallest_either_way() else {
        return not_run(ID, ASKS, &figure, NO_SMALLEST, Consequence::CannotTell);
    };
    // An effect far beyond what matters may move further, as long as it stays beyond.
    let stays_large = refits.att_min.signum() == refits.att_max.signum()
        && refits.att_min.abs().min(refits.att_max.abs()) >= smallest;
    ran(
        ID,
        ASKS,
        most.shift.abs() <= smallest || stays_large,
        figure,
        format!("moved by at most {}, or never less than that", words(smallest)),
        Consequence::CannotTell,
    )
}
