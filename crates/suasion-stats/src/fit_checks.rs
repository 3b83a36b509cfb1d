//! Whether the fit before treatment is good, and whether it is too good.
//!
//! *Hull.* A synthetic control interpolates: it can match the treated unit only inside the donors' convex
//! hull. Being inside their range in every period is necessary, not sufficient; the certified fit gives the
//! exact distance, which is its `pre_treatment_rmspe` (Abadie, Diamond & Hainmueller 2010, section 2.3).
//!
//! *Over-fit.* The fitted point is the projection of `n_pre` numbers onto a polytope. Its degrees of freedom
//! are the expected dimension of the face it falls on (Kato 2009, Journal of Multivariate Analysis 100,
//! 1338–1352; Chen, Lin & Sen 2020, JASA 115, 173–186), estimated without bias by the dimension found:
//!
//! ```text
//! degrees_of_freedom = n_active − 1   (+ 1 for the mean taken off, when demeaned),  at most n_pre
//! ```
//!
//! for `n_active` affinely independent columns, which they are if the weights are unique; otherwise their
//! affine rank takes the place of `n_active`. *Held out.* The last third of the periods before treatment, at
//! least two, is predicted from a fit on those before it; an over-fitted control predicts much worse than it
//! fits. No outcome after treatment is read.
//!
//! *One period.* How much of a window's mean rests on one of its periods.
//!
//! Units: working scale. Errors: a malformed design. Too few periods are a result, not an error. Cost: one fit.

use crate::Error;
use crate::dense::rank;
use crate::panel::Panel;
use crate::simplex_qp::Status;
use crate::synthetic_control::{Design, Fit, Scale, check_design, mean, synthetic_control, working_series};

/// The treated unit and the donors' hull, before treatment.
#[derive(Clone, Debug, PartialEq)]
pub struct HullCheck {
    /// The periods in which the treated unit is above every donor or below every donor.
    pub periods_outside_range: Vec<usize>,
    /// How many periods there are before treatment.
    pub n_pre: usize,
    /// The root mean square distance to the hull, which no weights can reduce; working scale.
    pub distance: f64,
    /// Whether that distance is certified.
    pub status: Status,
}

/// How much freedom the fit had, and how it does where it was not fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct OverfitCheck {
    /// The degrees of freedom used.
    pub degrees_of_freedom: usize,
    /// Those left: `n_pre − degrees_of_freedom`.
    pub residual_degrees_of_freedom: usize,
    /// Whether the fit before treatment is perfect up to rounding.
    pub perfect_fit: bool,
    /// Whether the weights are the only optimal ones.
    pub unique: bool,
    /// The fit on the first part of the periods before treatment; none if there are fewer than three.
    pub held_out: Option<HeldOut>,
}

/// Prediction of periods that the weights have not seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeldOut {
    /// How many periods were fitted.
    pub n_fitted: usize,
    /// How many were held out.
    pub n_held_out: usize,
    /// The root mean square error where fitted.
    pub fitted_rmspe: f64,
    /// The root mean square error where held out.
    pub held_out_rmspe: f64,
}

/// The period that a window's mean depends on most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SinglePeriodInfluence {
    /// The period, counted from the start of the window; the first of equals.
    pub period: usize,
    /// The mean of the window.
    pub mean: f64,
    /// The mean without the period.
    pub mean_without: f64,
    /// `|mean_without − mean| / |mean|`; none if the mean is zero.
    pub relative_change: Option<f64>,
}

/// Where the treated unit lies relative to the donors. `fit` is the fit of the same panel and design.
pub fn hull_check(panel: &Panel, design: &Design, fit: &Fit) -> Result<HullCheck, Error> {
    let donors = donor_series(panel, design, fit)?;
    let outside = |&period: &usize| {
        let value = fit.observed[period];
        let at = |donor: &Vec<f64>| donor[period];
        donors.iter().all(|donor| at(donor) < value) || donors.iter().all(|donor| at(donor) > value)
    };
    Ok(HullCheck {
        periods_outside_range: (0..fit.n_pre).filter(outside).collect(),
        n_pre: fit.n_pre,
        distance: fit.pre_treatment_rmspe,
        status: fit.certificate.status,
    })
}

/// The freedom of the fit, and its error out of sample. `fit` is the fit of the same panel and design.
pub fn overfit_check(panel: &Panel, design: &Design, fit: &Fit) -> Result<OverfitCheck, Error> {
    let active =
        fit.weights.iter().zip(donor_series(panel, design, fit)?).filter(|(donor, _)| donor.weight > 0.0);
    let columns: Vec<Vec<f64>> = active.map(|(_, series)| series[..fit.n_pre].to_vec()).collect();
    let face = if fit.certificate.is_unique() { columns.len() - 1 } else { affine_dimension(&columns) };
    let intercept = usize::from(design.scale == Scale::Demeaned);
    let degrees_of_freedom = (face + intercept).min(fit.n_pre);
    Ok(OverfitCheck {
        degrees_of_freedom,
        residual_degrees_of_freedom: fit.n_pre - degrees_of_freedom,
        perfect_fit: fit.certificate.perfect_fit,
        unique: fit.certificate.is_unique(),
        held_out: held_out(panel, design)?,
    })
}

/// The period whose absence changes the mean of a window most; none for a window of fewer than two periods.
pub fn single_period_influence(window: &[f64]) -> Option<SinglePeriodInfluence> {
    if window.len() < 2 {
        return None;
    }
    let all = mean(window);
    // The mean without t differs from the mean by (mean − value) / (n − 1). Reversed: `max_by` takes the last of equals.
    let change = |t: usize| (all - window[t]) / (window.len() - 1) as f64;
    let period = (0..window.len()).rev().max_by(|&a, &b| change(a).abs().total_cmp(&change(b).abs()))?;
    Some(SinglePeriodInfluence {
        period,
        mean: all,
        mean_without: all + change(period),
        relative_change: (all != 0.0).then(|| (change(period) / all).abs()),
    })
}

fn held_out(panel: &Panel, design: &Design) -> Result<Option<HeldOut>, Error> {
    let n_held_out = (design.n_pre / 3).max(2);
    let Some(n_fitted) = design.n_pre.checked_sub(n_held_out).filter(|&n| n > 0) else { return Ok(None) };
    let shorter = Design { n_pre: n_fitted, n_post: Some(n_held_out), ..design.clone() };
    let fit = synthetic_control(panel, &shorter)?;
    Ok(Some(HeldOut {
        n_fitted,
        n_held_out,
        fitted_rmspe: fit.pre_treatment_rmspe,
        held_out_rmspe: fit.post_treatment_rmspe,
    }))
}

fn donor_series(panel: &Panel, design: &Design, fit: &Fit) -> Result<Vec<Vec<f64>>, Error> {
    check_design(panel, design)?;
    design.donors.iter().map(|&d| working_series(panel, d, fit.n_pre, fit.n_post, design.scale)).collect()
}

/// The dimension of the affine hull of some columns.
fn affine_dimension(columns: &[Vec<f64>]) -> usize {
    let Some((first, rest)) = columns.split_first() else { return 0 };
    let differences: Vec<Vec<f64>> =
        rest.iter().map(|column| column.iter().zip(first).map(|(a, b)| a - b).collect()).collect();
    rank(first.len(), &differences).unwrap_or(rest.len())
}
