//! The least detectable effect: could this design have seen an effect of the size wanted?
//!
//! ```text
//! spread = √(Σ_i gap(i)² / J)                        gap(i): mean gap after treatment of placebo i, of J
//! least detectable effect = (t_{J, 1 − α/2} + t_{J, power}) × spread
//! ```
//!
//! Bloom (1995), Evaluation Review 19, 547–556, with the placebos as the sampling distribution. At α = 0.05
//! and a power of 0.80 the multiplier is 2.80 for many placebos and 2.88 for 38.
//!
//! *Which spread.* The root mean square around zero, not the standard deviation around the mean. Nothing
//! happened to the donors, so zero is where their gaps should be; a common drift away from it is an error of
//! the estimator that the treated unit is exposed to as well, and the placebo tests, which rank gaps by their
//! distance from zero, count it too. Taking the mean off would hide it. As no mean is estimated, the divisor
//! and the degrees of freedom are `J`. The standard deviation around the mean, with divisor `J − 1`, is
//! reported beside it.
//!
//! *By the ratio test.* The formula is that of a test on the mean gap. The test that decides ranks ratios, so its own
//! power is enumerated as well. Under exchangeable ratios the treated unit's gaps, in units of its own fit before treatment,
//! could have been any placebo's: placebo `i`'s gaps times `RMSPE_pre(treated) / RMSPE_pre(i)`. A constant effect of either
//! sign is added to each, and `by_ratio` is the least that the share of cases wanted rejects. With critical ratio `R*`
//! among the other placebos, an effect `s τ`, `s = ±1`, is rejected beyond the larger root of
//! `τ² + 2 s ḡ τ + mean g² = (R* × RMSPE_pre(treated))²`, `g` being the gaps so scaled.
//!
//! Assumptions: placebo gaps are a sample of what the treated unit's gap would be without an effect, roughly
//! normal and independent; they share donors, so the degrees of freedom are an upper bound. Units: working
//! scale. It can be computed before the outcome is known: [`crate::placebo::donor_placebos`] reads no
//! outcome of the treated unit, and its fit before treatment reads none after. Errors: no placebo; an α or a power that is not strictly between 0 and 1, or
//! a power below one half. Cost: O(J).

use crate::Error;
use crate::placebo::{critical_ratio, rejected_ranks};
use crate::quantile::{check_probability, student_quantile};
use crate::synthetic_control::{Fit, mean, root_mean_square};

/// What the placebos say about the smallest effect that could be told from none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DetectableEffect {
    /// The least detectable effect, working scale; its sign does not matter.
    pub least_detectable_effect: f64,
    /// What the spread was multiplied by.
    pub multiplier: f64,
    /// The root mean square of placebo mean gaps, around zero.
    pub root_mean_square: f64,
    /// The mean of placebo mean gaps: a common drift if it is far from zero.
    pub mean: f64,
    /// The standard deviation around the mean, divisor `J − 1`; none with one placebo.
    pub standard_deviation: Option<f64>,
    /// The degrees of freedom of the multiplier, `J`.
    pub degrees_of_freedom: usize,
    /// The least effect that the test by RMSPE ratio would find with this power, by enumeration, working scale; none if no
    /// effect would be found so often.
    pub by_ratio: Option<f64>,
}

/// The least effect that a two-sided test at `alpha` would find with this power, from
/// [`crate::placebo::donor_placebos`].
///
/// `pre_treatment_rmspe` is the treated unit's.
pub fn detectable_effect(
    placebos: &[Fit],
    pre_treatment_rmspe: f64,
    alpha: f64,
    power: f64,
) -> Result<DetectableEffect, Error> {
    check_probability(alpha)?;
    check_probability(power)?;
    if power < 0.5 {
        return Err(Error::NotAProbability { value: power });
    }
    let gaps: Vec<f64> = placebos.iter().map(|placebo| placebo.att).collect();
    let n = gaps.len();
    if n == 0 {
        return Err(Error::TooFewDonors { needed: 2, found: 0 });
    }
    let multiplier = student_quantile(1.0 - alpha / 2.0, n)? + student_quantile(power, n)?;
    let spread = root_mean_square(&gaps);
    let center = mean(&gaps);
    let squares: f64 = gaps.iter().map(|gap| (gap - center) * (gap - center)).sum();
    Ok(DetectableEffect {
        least_detectable_effect: multiplier * spread,
        multiplier,
        root_mean_square: spread,
        mean: center,
        standard_deviation: (n > 1).then(|| (squares / (n - 1) as f64).sqrt()),
        degrees_of_freedom: n,
        by_ratio: by_ratio(placebos, pre_treatment_rmspe, alpha, power),
    })
}

/// The least effect that the ratio test finds in the share `power` of all placebos and signs.
fn by_ratio(placebos: &[Fit], own: f64, alpha: f64, power: f64) -> Option<f64> {
    // Each placebo stands in for the treated unit, so there are J: itself and the J − 1 others.
    let most = rejected_ranks(alpha, placebos.len());
    if most == 0 {
        return None;
    }
    let mut needed = Vec::with_capacity(2 * placebos.len());
    for (i, placebo) in placebos.iter().enumerate() {
        let others = placebos.iter().enumerate().filter(|(other, _)| *other != i);
        let critical = critical_ratio(others.map(|(_, other)| other.rmspe_ratio), most);
        // An undefined critical ratio rejects nothing, and a placebo without a ratio has no scale to be given another.
        let Some((critical, ratio)) = critical.zip(placebo.rmspe_ratio) else {
            needed.extend([f64::INFINITY; 2]);
            continue;
        };
        let center = placebo.att / placebo.pre_treatment_rmspe;
        let discriminant = center * center + critical * critical - ratio * ratio;
        for sign in [1.0, -1.0] {
            let beyond =
                if discriminant < 0.0 { 0.0 } else { (discriminant.sqrt() - sign * center).max(0.0) };
            needed.push(own * beyond);
        }
    }
    needed.sort_by(f64::total_cmp);
    let enough = (power * needed.len() as f64 - 1e-9).ceil().max(1.0) as usize;
    needed.get(enough - 1).copied().filter(|effect| effect.is_finite())
}
