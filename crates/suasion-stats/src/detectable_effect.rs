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
//! Assumptions: placebo gaps are a sample of what the treated unit's gap would be without an effect, roughly
//! normal and independent; they share donors, so the degrees of freedom are an upper bound. Units: working
//! scale. It can be computed before the outcome is known, as [`crate::placebo::donor_placebos`] reads no
//! outcome of the treated unit. Errors: no placebo; an α or a power that is not strictly between 0 and 1, or
//! a power below one half. Cost: O(J).

use crate::Error;
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
}

/// The least effect that a two-sided test at `alpha` would find with this power, from
/// [`crate::placebo::donor_placebos`].
pub fn detectable_effect(placebos: &[Fit], alpha: f64, power: f64) -> Result<DetectableEffect, Error> {
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
    })
}
