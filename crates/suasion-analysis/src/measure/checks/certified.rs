//! Are the weights certified optimal, the treated unit's and every placebo's?

use suasion_model::finding::{Check, Consequence};
use suasion_model::number::value;
use suasion_stats::simplex_qp::Status;

use super::ran;
use crate::measure::estimate::Estimates;

/// Whether every fit on the scale that decides reached its optimum.
pub(crate) fn check(estimates: &Estimates) -> Check {
    let test = &estimates.deciding().test;
    let certificate = &test.treated.certificate;
    ran(
        "certified",
        "Are the fits certified to be the best there are?",
        certificate.status == Status::Optimal && test.n_inexact == 0,
        format!(
            "duality gap {}; {} of {} placebos not certified",
            value(certificate.duality_gap),
            test.n_inexact,
            test.placebos.len()
        ),
        "every fit certified",
        Consequence::CannotTell,
    )
}
