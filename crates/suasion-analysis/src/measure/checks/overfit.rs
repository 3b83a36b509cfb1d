//! Was the fit before treatment earned, or bought with freedom?
//!
//! A fit that uses more than half of its periods as degrees of freedom, or that is perfect, or that many weights reach
//! equally well, says nothing about the periods that follow (degrees of freedom of projections onto polyhedra: see
//! `suasion_stats::fit_checks`).

use suasion_model::finding::{Check, Consequence};
use suasion_model::number::value;

use super::ran;
use crate::measure::estimate::Estimates;

/// Whether the fit on the scale that decides has periods to spare.
pub(crate) fn check(estimates: &Estimates) -> Check {
    let overfit = &estimates.overfit;
    let n_pre = overfit.degrees_of_freedom + overfit.residual_degrees_of_freedom;
    let mut figure = format!("degrees of freedom used: {} of {n_pre} periods", overfit.degrees_of_freedom);
    if overfit.perfect_fit {
        figure.push_str("; the fit is perfect");
    }
    if !overfit.unique {
        let range = estimates.deciding().test.treated.att_range;
        let end = |effect| value(estimates.deciding().readable(effect));
        figure.push_str(&format!(
            "; many weights fit equally well, with effects from {} to {}",
            end(range.lower),
            end(range.upper)
        ));
    }
    ran(
        "overfit",
        "Does the fit leave periods to spare?",
        !overfit.perfect_fit && overfit.unique && 2 * overfit.degrees_of_freedom <= n_pre,
        figure,
        "at most half of the periods used, one best fit, and not perfect",
        Consequence::Withholds,
    )
}
