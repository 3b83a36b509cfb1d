//! The outcome-only synthetic control.
//!
//! ```text
//! w   = argmin Σ_{t < n_pre} (y[treated, t] − Σ_j w[j] y[j, t])²    subject to w ≥ 0, Σ w = 1
//! gap = y[treated, t] − Σ_j w[j] y[j, t]          att = mean gap over the n_post periods after treatment
//! ```
//!
//! Abadie, Diamond & Hainmueller (2010), JASA 105, 493–505, equations 2 and 6, with the pre-treatment
//! outcomes as the only predictors and equal weight on each period (so there is no `V` to choose). On
//! [`Scale::Demeaned`], each unit is taken less its own mean before treatment: Ferman & Pinto (2021),
//! Quantitative Economics 12, 1197–1221, equation 9; the treated unit's mean is added back in levels.
//!
//! Assumptions: donors are not treated and not affected by the treatment; the treated unit would have gone on
//! as the weighted donors did; nobody anticipated the treatment. [`crate::placebo`], [`crate::leave_one_out`]
//! and [`crate::fit_checks`] probe them; nothing can prove them.
//!
//! Shapes: the first `n_pre` periods of the panel are before treatment, the next `n_post` are evaluated, and
//! later ones are not read. Paths have `n_pre + n_post` entries. Units: the *working scale* is the outcome's
//! own unit for levels and demeaned data, log points for logs.
//!
//! Stopping rule and cost: those of [`crate::simplex_qp`]. If many weights fit equally well, the shortest are
//! used and [`Fit::att_range`] says how far apart the effects they imply are. Errors: a malformed design, and
//! logs of values that are not positive.

use crate::Error;
use crate::columns::Columns;
use crate::optimal_set::{FunctionalRange, range_over_optimal_weights};
use crate::panel::Panel;
use crate::simplex_qp::{Certificate, simplex_least_squares_of};

/// The scale on which units are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// The outcome as it is.
    Levels,
    /// Its natural logarithm; gaps are log points. Refuses values that are not positive.
    Logs,
    /// The outcome less the unit's own mean before treatment.
    Demeaned,
}

/// Who was treated, who may stand in, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Design {
    /// The treated unit.
    pub treated: usize,
    /// The units that may receive weight.
    pub donors: Vec<usize>,
    /// How many periods are before treatment.
    pub n_pre: usize,
    /// How many periods after treatment to evaluate; all if none is given.
    pub n_post: Option<usize>,
    /// The scale.
    pub scale: Scale,
}

/// One donor's share of the synthetic unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DonorWeight {
    /// The donor.
    pub unit: usize,
    /// Its weight.
    pub weight: f64,
}

/// A synthetic control and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The treated unit.
    pub treated: usize,
    /// Periods before treatment.
    pub n_pre: usize,
    /// Periods evaluated after treatment.
    pub n_post: usize,
    /// The working scale.
    pub scale: Scale,
    /// Every donor's weight, in the order of the design.
    pub weights: Vec<DonorWeight>,
    /// The treated unit, working scale.
    pub observed: Vec<f64>,
    /// The synthetic unit, working scale.
    pub synthetic: Vec<f64>,
    /// The synthetic unit in the outcome's own unit (the exponential of `synthetic` for logs).
    pub synthetic_levels: Vec<f64>,
    /// Observed less synthetic, working scale.
    pub gaps: Vec<f64>,
    /// The root mean square of the gaps before treatment.
    pub pre_treatment_rmspe: f64,
    /// The root mean square of the gaps after treatment.
    pub post_treatment_rmspe: f64,
    /// After over before; none if the fit before treatment is perfect up to rounding, where the ratio says
    /// nothing.
    pub rmspe_ratio: Option<f64>,
    /// The mean gap after treatment.
    pub att: f64,
    /// The mean gaps after treatment that equally good weights imply; both ends are `att` if the weights are
    /// unique.
    pub att_range: FunctionalRange,
    /// `1 / Σ w²`: how many donors of equal weight would be as concentrated.
    pub effective_donors: f64,
    /// The largest weight.
    pub largest_weight: f64,
    /// The evidence that the weights are optimal.
    pub certificate: Certificate,
}

impl Fit {
    /// The gaps after treatment.
    pub fn post_treatment_gaps(&self) -> &[f64] {
        &self.gaps[self.n_pre..]
    }
}

/// Fits a synthetic control.
pub fn synthetic_control(panel: &Panel, design: &Design) -> Result<Fit, Error> {
    let n_post = check_design(panel, design)?;
    let n_pre = design.n_pre;
    let series = |unit: usize| working_series(panel, unit, n_pre, n_post, design.scale);
    let observed = series(design.treated)?;
    let donors = design.donors.iter().map(|&donor| series(donor)).collect::<Result<Vec<_>, _>>()?;

    let target = &observed[..n_pre];
    let columns = Columns::new(n_pre, donors.iter().flat_map(|donor| donor[..n_pre].to_vec()).collect())?;
    let solution = simplex_least_squares_of(target, &columns, largest_datum(panel, design))?;

    let mut synthetic = vec![0.0; n_pre + n_post];
    for (donor, weight) in donors.iter().zip(&solution.weights) {
        for (total, value) in synthetic.iter_mut().zip(donor) {
            *total += weight * value;
        }
    }
    let gaps: Vec<f64> = observed.iter().zip(&synthetic).map(|(seen, expected)| seen - expected).collect();
    let att = mean(&gaps[n_pre..]);
    let att_range = if solution.certificate.is_unique() {
        FunctionalRange::point(att)
    } else {
        // The effect is the treated mean less Σ w[j] (donor j's mean): linear in the weights.
        let donor_means: Vec<f64> = donors.iter().map(|donor| mean(&donor[n_pre..])).collect();
        let range = range_over_optimal_weights(target, &columns, &solution, &donor_means)?;
        let treated_mean = mean(&observed[n_pre..]);
        FunctionalRange {
            lower: (treated_mean - range.upper).min(att),
            upper: (treated_mean - range.lower).max(att),
            converged: range.converged,
        }
    };
    let pre_treatment_rmspe = root_mean_square(&gaps[..n_pre]);
    let post_treatment_rmspe = root_mean_square(&gaps[n_pre..]);
    Ok(Fit {
        treated: design.treated,
        n_pre,
        n_post,
        scale: design.scale,
        synthetic_levels: in_levels(&synthetic, panel, design),
        rmspe_ratio: (!solution.certificate.perfect_fit).then(|| post_treatment_rmspe / pre_treatment_rmspe),
        effective_donors: 1.0 / solution.weights.iter().map(|weight| weight * weight).sum::<f64>(),
        largest_weight: solution.weights.iter().copied().fold(0.0, f64::max),
        weights: design
            .donors
            .iter()
            .zip(&solution.weights)
            .map(|(&unit, &weight)| DonorWeight { unit, weight })
            .collect(),
        observed,
        synthetic,
        gaps,
        pre_treatment_rmspe,
        post_treatment_rmspe,
        att,
        att_range,
        certificate: solution.certificate,
    })
}

/// Checks a design against a panel and gives the number of periods to evaluate.
pub(crate) fn check_design(panel: &Panel, design: &Design) -> Result<usize, Error> {
    let (n_units, n_periods) = (panel.n_units(), panel.n_periods());
    let n_post = design.n_post.unwrap_or(n_periods.saturating_sub(design.n_pre));
    if design.n_pre == 0 || n_post == 0 || design.n_pre.saturating_add(n_post) > n_periods {
        return Err(Error::Window { n_pre: design.n_pre, n_post, n_periods });
    }
    if let Some(&unit) = design.donors.iter().chain([&design.treated]).find(|&&unit| unit >= n_units) {
        return Err(Error::NoSuchUnit { unit, n_units });
    }
    if design.donors.is_empty() {
        return Err(Error::TooFewDonors { needed: 1, found: 0 });
    }
    if design.donors.contains(&design.treated) {
        return Err(Error::TreatedIsDonor { unit: design.treated });
    }
    let mut sorted = design.donors.clone();
    sorted.sort_unstable();
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Error::RepeatedDonor { unit: pair[0] }),
        None => Ok(n_post),
    }
}

/// One unit's periods before and after treatment, on the working scale.
pub(crate) fn working_series(
    panel: &Panel,
    unit: usize,
    n_pre: usize,
    n_post: usize,
    scale: Scale,
) -> Result<Vec<f64>, Error> {
    let values = &panel.unit(unit)[..n_pre + n_post];
    match scale {
        Scale::Levels => Ok(values.to_vec()),
        Scale::Demeaned => {
            let level = mean(&values[..n_pre]);
            Ok(values.iter().map(|value| value - level).collect())
        }
        Scale::Logs => match values.iter().position(|&value| value <= 0.0) {
            Some(period) => Err(Error::NotPositive { unit, period, value: values[period] }),
            None => Ok(values.iter().map(|value| value.ln()).collect()),
        },
    }
}

/// The largest outcome that differences were taken of, before the fit saw them: none but for demeaned data.
fn largest_datum(panel: &Panel, design: &Design) -> f64 {
    if design.scale != Scale::Demeaned {
        return 0.0;
    }
    let units = design.donors.iter().chain([&design.treated]);
    units.flat_map(|&unit| &panel.unit(unit)[..design.n_pre]).fold(0.0, |most, value| most.max(value.abs()))
}

fn in_levels(synthetic: &[f64], panel: &Panel, design: &Design) -> Vec<f64> {
    match design.scale {
        Scale::Levels => synthetic.to_vec(),
        Scale::Logs => synthetic.iter().map(|value| value.exp()).collect(),
        Scale::Demeaned => {
            let level = mean(&panel.unit(design.treated)[..design.n_pre]);
            synthetic.iter().map(|value| value + level).collect()
        }
    }
}

/// The mean, in two passes: exact to about one rounding, whatever the length.
pub(crate) fn mean(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let first = values.iter().sum::<f64>() / n;
    first + values.iter().map(|value| value - first).sum::<f64>() / n
}

pub(crate) fn root_mean_square(values: &[f64]) -> f64 {
    (values.iter().map(|value| value * value).sum::<f64>() / values.len() as f64).sqrt()
}
