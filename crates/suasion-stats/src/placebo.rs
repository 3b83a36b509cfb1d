//! In-space placebos: what the estimator reports where nothing happened.
//!
//! Each donor in turn is treated as if it had been treated, with the other donors as its pool. The unit that
//! was treated is never in a placebo's pool: its outcomes after treatment contain the effect, and a placebo
//! that used them would inherit it (Abadie, Diamond & Hainmueller 2010, JASA 105, section 3.4; Abadie 2021,
//! JEL 59, section 3.5).
//!
//! ```text
//! statistic of unit i:  RMSPE_post(i) / RMSPE_pre(i)        p = #{i : statistic(i) ≥ statistic(treated)} / (J + 1)
//! ```
//!
//! with the treated unit itself among the `J + 1`, and ties, up to a relative 1e-9, counted against it.
//!
//! *Perfect fits.* Where the fit before treatment is perfect up to rounding, the ratio is undefined. A
//! placebo with an undefined ratio counts as at least as extreme as the treated unit. If the treated unit's
//! own ratio is undefined there is no ratio test, and `rmspe_ratio` is `None`; the ranking by the numerator
//! alone, `post_treatment_rmspe`, and that by the absolute mean gap, are always given.
//!
//! *Interval.* The same test, inverted for a constant effect `τ` (Firpo & Possebom 2018, Journal of Causal Inference
//! 6(2), section 4, with the RMSPE statistic). With `m = ⌊(1 − level)(J + 1)⌋` and `R*` the `m`-th largest placebo ratio,
//!
//! ```text
//! τ is not rejected  ⇔  mean_post (gap − τ)² ≤ (R* × RMSPE_pre)²  ⇔  (att − τ)² ≤ (R* × RMSPE_pre)² − var_post(gap)
//! ```
//!
//! with the variance's divisor `n_post`. So p at or below `1 − level` and an interval without zero are one statement.
//! If the right side is negative no constant effect fits, which is a result and not an interval. There is none either
//! if `m` is zero (at 0.95, with fewer than 19 placebos), or if `R*` or the treated unit's own ratio is undefined.
//!
//! Assumptions: exchangeability of units under no effect, which placebos that fit much worse than the treated
//! unit put in doubt: compare `pre_treatment_rmspe`. Shapes: one [`Fit`] a donor, in the order of the design.
//! Units: working scale. Errors: a malformed design, or fewer than two donors. Cost: `J` fits on `J − 1`
//! donors.

use crate::Error;
use crate::panel::Panel;
use crate::quantile::check_probability;
use crate::synthetic_control::{Design, Fit, check_design, synthetic_control};

/// Two statistics this close, relatively, are tied.
const TIE: f64 = 1e-9;

/// The treated unit among its placebos.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceboTest {
    /// The treated unit's own fit.
    pub treated: Fit,
    /// Each donor's fit as if it had been treated, in the order of the design.
    pub placebos: Vec<Fit>,
    /// The rank by the ratio of RMSPE after to before; none if the treated unit's fit before treatment is
    /// perfect.
    pub rmspe_ratio: Option<PermutationRank>,
    /// The rank by RMSPE after treatment.
    pub post_treatment_rmspe: PermutationRank,
    /// The rank by the absolute mean gap after treatment.
    pub absolute_mean_gap: PermutationRank,
    /// How many placebos have no ratio, and so count against the treated unit.
    pub n_undefined_ratios: usize,
    /// How many placebos have weights that are not certified optimal.
    pub n_inexact: usize,
}

/// The treated unit's rank, from the most extreme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PermutationRank {
    /// How many units are at least as extreme as the treated one, itself included.
    pub rank: usize,
    /// How many units there are, the treated one included.
    pub n_units: usize,
}

impl PermutationRank {
    /// The permutation p-value.
    pub fn p_value(self) -> f64 {
        self.rank as f64 / self.n_units as f64
    }
}

/// An interval for a constant effect, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlaceboInterval {
    /// The effects that the placebo test does not reject.
    Interval {
        /// The lower end, working scale.
        lower: f64,
        /// The upper end, working scale.
        upper: f64,
        /// The level reached, `1 − m / (J + 1)`.
        achieved_level: f64,
    },
    /// Every constant effect is rejected: the gaps change too much over the periods judged.
    NoConstantEffect,
    /// With so few placebos nothing is ever rejected.
    TooFewPlacebos {
        /// How many there are.
        n_placebos: usize,
        /// How many it takes.
        needed: usize,
    },
    /// A fit before treatment that is perfect leaves a ratio undefined.
    UndefinedRatio,
}

/// Fits the treated unit and every placebo, and ranks the treated unit.
pub fn in_space_placebos(panel: &Panel, design: &Design) -> Result<PlaceboTest, Error> {
    let treated = synthetic_control(panel, design)?;
    let placebos = donor_placebos(panel, design)?;
    let rmspe_ratio = treated.rmspe_ratio.map(|own| {
        rank_among(own, placebos.iter().map(|placebo| placebo.rmspe_ratio.unwrap_or(f64::INFINITY)))
    });
    let post_treatment_rmspe =
        rank_among(treated.post_treatment_rmspe, placebos.iter().map(|placebo| placebo.post_treatment_rmspe));
    let absolute_mean_gap = rank_among(treated.att.abs(), placebos.iter().map(|placebo| placebo.att.abs()));
    let n_undefined_ratios = placebos.iter().filter(|placebo| placebo.rmspe_ratio.is_none()).count();
    let n_inexact = placebos
        .iter()
        .filter(|placebo| placebo.certificate.status == crate::simplex_qp::Status::Inexact)
        .count();
    Ok(PlaceboTest {
        treated,
        placebos,
        rmspe_ratio,
        post_treatment_rmspe,
        absolute_mean_gap,
        n_undefined_ratios,
        n_inexact,
    })
}

/// Every donor as if it had been treated, from the other donors. The treated unit's outcomes are not read.
pub fn donor_placebos(panel: &Panel, design: &Design) -> Result<Vec<Fit>, Error> {
    check_design(panel, design)?;
    if design.donors.len() < 2 {
        return Err(Error::TooFewDonors { needed: 2, found: design.donors.len() });
    }
    let placebo = |&donor: &usize| {
        let donors = design.donors.iter().copied().filter(|&other| other != donor).collect();
        synthetic_control(panel, &Design { treated: donor, donors, ..design.clone() })
    };
    design.donors.iter().map(placebo).collect()
}

/// The interval that inverts the placebo test by RMSPE ratio.
pub fn placebo_interval(test: &PlaceboTest, level: f64) -> Result<PlaceboInterval, Error> {
    check_probability(level)?;
    let n_placebos = test.placebos.len();
    let most = rejected_ranks(1.0 - level, n_placebos + 1);
    if most == 0 {
        let needed = (level / (1.0 - level) - SPECK).ceil().max(1.0) as usize;
        return Ok(PlaceboInterval::TooFewPlacebos { n_placebos, needed });
    }
    let critical = critical_ratio(test.placebos.iter().map(|placebo| placebo.rmspe_ratio), most);
    let (Some(critical), Some(_)) = (critical, test.treated.rmspe_ratio) else {
        return Ok(PlaceboInterval::UndefinedRatio);
    };
    let treated = &test.treated;
    let variance = treated.post_treatment_rmspe * treated.post_treatment_rmspe - treated.att * treated.att;
    let reach = critical * treated.pre_treatment_rmspe;
    let room = reach * reach - variance.max(0.0);
    if room < 0.0 {
        return Ok(PlaceboInterval::NoConstantEffect);
    }
    Ok(PlaceboInterval::Interval {
        lower: treated.att - room.sqrt(),
        upper: treated.att + room.sqrt(),
        achieved_level: 1.0 - most as f64 / (n_placebos + 1) as f64,
    })
}

/// A speck, so that 0.05 × 20 is 1 and 0.95 × 20 is 19.
const SPECK: f64 = 1e-9;

/// The largest rank, from the most extreme, that a test at `alpha` among so many units rejects; zero if it never does.
pub(crate) fn rejected_ranks(alpha: f64, n_units: usize) -> usize {
    (alpha * n_units as f64 + SPECK).floor() as usize
}

/// The `most`-th largest ratio, from 1; none if it is undefined. Undefined ratios are the largest.
pub(crate) fn critical_ratio(ratios: impl Iterator<Item = Option<f64>>, most: usize) -> Option<f64> {
    let mut ratios: Vec<f64> = ratios.map(|ratio| ratio.unwrap_or(f64::INFINITY)).collect();
    ratios.sort_by(|a, b| b.total_cmp(a));
    ratios.get(most - 1).copied().filter(|ratio| ratio.is_finite())
}

fn rank_among(own: f64, others: impl ExactSizeIterator<Item = f64>) -> PermutationRank {
    let n_units = others.len() + 1;
    let at_least = others.filter(|&other| other >= own - TIE * own.abs()).count();
    PermutationRank { rank: at_least + 1, n_units }
}
