//! Leave one donor out: does one donor carry the result?
//!
//! For each donor of positive weight, the synthetic control is fitted again without it (Abadie, Diamond &
//! Hainmueller 2015, AJPS 59, 495–510, section 4.3). Donors of no weight need no refit: without them the
//! optimum is the same (the same weights satisfy the same conditions of optimality), if the weights are
//! unique.
//!
//! Assumptions: none beyond those of [`crate::synthetic_control`]. Units: working scale. With one donor there
//! is nothing to leave out: the result is then empty, and says so. Errors: a malformed design. Cost: one fit
//! a donor of positive weight.

use crate::Error;
use crate::panel::Panel;
use crate::synthetic_control::{Design, Fit, synthetic_control};

/// The effect without each donor that carries weight.
#[derive(Clone, Debug, PartialEq)]
pub struct LeaveOneOut {
    /// One refit for each donor of positive weight, in the order of the design; empty if there is only one
    /// donor.
    pub refits: Vec<Refit>,
    /// The smallest effect with or without any one donor.
    pub att_min: f64,
    /// The largest.
    pub att_max: f64,
    /// The place in `refits` of the donor that moves the effect most; the first of equals.
    pub most_influential: Option<usize>,
    /// Whether leaving out some donor turns the effect's sign, or makes it zero.
    pub sign_changes: bool,
}

/// The fit without one donor.
#[derive(Clone, Debug, PartialEq)]
pub struct Refit {
    /// The donor left out.
    pub donor: usize,
    /// The weight it had.
    pub weight: f64,
    /// The new effect less the old one.
    pub shift: f64,
    /// The fit without it.
    pub fit: Fit,
}

/// Refits without each donor of positive weight. `fit` is the fit of the same panel and design.
pub fn leave_one_donor_out(panel: &Panel, design: &Design, fit: &Fit) -> Result<LeaveOneOut, Error> {
    let carrying = if design.donors.len() > 1 { fit.weights.as_slice() } else { &[] };
    let refits = carrying
        .iter()
        .filter(|donor| donor.weight > 0.0)
        .map(|left_out| {
            let donors = design.donors.iter().copied().filter(|&donor| donor != left_out.unit).collect();
            let refit = synthetic_control(panel, &Design { donors, ..design.clone() })?;
            Ok(Refit {
                donor: left_out.unit,
                weight: left_out.weight,
                shift: refit.att - fit.att,
                fit: refit,
            })
        })
        .collect::<Result<Vec<Refit>, Error>>()?;
    let atts = || refits.iter().map(|refit| refit.fit.att).chain([fit.att]);
    // `max_by` would take the last of equals.
    let most_influential =
        (0..refits.len()).rev().max_by(|&a, &b| refits[a].shift.abs().total_cmp(&refits[b].shift.abs()));
    Ok(LeaveOneOut {
        att_min: atts().fold(f64::INFINITY, f64::min),
        att_max: atts().fold(f64::NEG_INFINITY, f64::max),
        most_influential,
        sign_changes: atts().any(|att| att * fit.att <= 0.0),
        refits,
    })
}
