//! The estimate on the scale that decides, and beside it on every other scale that the data allow.
//!
//! Untreated units are read first: how widely their own placebo effects scatter says how small an effect could be seen,
//! and that does not depend on the treated unit's outcomes.

use suasion_model::number::value;
use suasion_model::strategy::words::{Better, ScaleName};
use suasion_stats::Error;
use suasion_stats::detectable_effect::{DetectableEffect, detectable_effect};
use suasion_stats::fit_checks::{HullCheck, OverfitCheck, hull_check, overfit_check};
use suasion_stats::leave_one_out::{LeaveOneOut, leave_one_donor_out};
use suasion_stats::panel::Panel;
use suasion_stats::placebo::{PlaceboInterval, PlaceboTest, in_space_placebos, placebo_interval};
use suasion_stats::synthetic_control::{Design, Scale};

use super::comparison::Comparison;
use super::smallest::Smallest;
use super::{ALPHA, POWER};
use crate::text::percent;

/// An effect this small, relative to the level or in log points, is rounding.
const ROUNDING: f64 = 1e-12;

/// Everything that was estimated.
pub(crate) struct Estimates {
    /// By scale, the one that decides first.
    pub(crate) scales: Vec<Scaled>,
    /// The deciding fit's freedom.
    pub(crate) overfit: OverfitCheck,
    /// The deciding fit without each donor.
    pub(crate) leave_one_out: LeaveOneOut,
}

/// The estimate on one scale.
pub(crate) struct Scaled {
    /// The scale.
    pub(crate) scale: ScaleName,
    /// The fit and its placebos.
    pub(crate) test: PlaceboTest,
    /// The fit against the donors' hull.
    pub(crate) hull: HullCheck,
    /// The effects that the placebo test does not reject.
    pub(crate) interval: PlaceboInterval,
    /// The least effect that could have been seen.
    pub(crate) power: DetectableEffect,
    /// The mean of the synthetic unit over the periods judged, in the indicator's unit.
    mean_expected: f64,
    /// The least effect that matters.
    smallest: Option<Smallest>,
    /// The direction wanted.
    better: Better,
}

/// Estimates on every scale that the data allow.
pub(crate) fn estimate(comparison: &Comparison) -> Result<Estimates, Error> {
    let all = [ScaleName::Levels, ScaleName::Logs, ScaleName::Demeaned, ScaleName::DemeanedLogs];
    let deciding = scaled(comparison, comparison.scale)?;
    let mut scales = vec![deciding];
    for scale in all.into_iter().filter(|scale| *scale != comparison.scale) {
        match scaled(comparison, scale) {
            Ok(scaled) => scales.push(scaled),
            // Logs of what is not positive do not exist; the other scales stand without them.
            Err(Error::NotPositive { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    let (panel, design) = problem(comparison, comparison.scale)?;
    let fit = &scales[0].test.treated;
    Ok(Estimates {
        overfit: overfit_check(&panel, &design, fit)?,
        leave_one_out: leave_one_donor_out(&panel, &design, fit)?,
        scales,
    })
}

/// The panel and design of a scale. Demeaned logs are the demeaned scale on a panel of logs.
fn problem(comparison: &Comparison, scale: ScaleName) -> Result<(Panel, Design), Error> {
    let panel = match scale {
        ScaleName::DemeanedLogs => logs(&comparison.panel)?,
        _ => comparison.panel.clone(),
    };
    let design = Design {
        treated: 0,
        donors: (1..=comparison.donors.len()).collect(),
        n_pre: comparison.n_pre,
        n_post: Some(comparison.n_post),
        scale: match scale {
            ScaleName::Levels => Scale::Levels,
            ScaleName::Logs => Scale::Logs,
            ScaleName::Demeaned | ScaleName::DemeanedLogs => Scale::Demeaned,
        },
    };
    Ok((panel, design))
}

fn logs(panel: &Panel) -> Result<Panel, Error> {
    let mut values = Vec::with_capacity(panel.n_units() * panel.n_periods());
    for unit in 0..panel.n_units() {
        for (period, &value) in panel.unit(unit).iter().enumerate() {
            if value <= 0.0 {
                return Err(Error::NotPositive { unit, period, value });
            }
            values.push(value.ln());
        }
    }
    Panel::new(panel.n_units(), panel.n_periods(), values)
}

fn scaled(comparison: &Comparison, scale: ScaleName) -> Result<Scaled, Error> {
    let (panel, design) = problem(comparison, scale)?;
    let test = in_space_placebos(&panel, &design)?;
    let judged = &test.treated.synthetic_levels[comparison.n_pre..];
    // On demeaned logs the fit's own levels are logs still.
    let expected = |value: f64| if scale == ScaleName::DemeanedLogs { value.exp() } else { value };
    let mean_expected = judged.iter().map(|value| expected(*value)).sum::<f64>() / judged.len() as f64;
    Ok(Scaled {
        scale,
        hull: hull_check(&panel, &design, &test.treated)?,
        interval: placebo_interval(&test, 1.0 - ALPHA)?,
        power: detectable_effect(&test.placebos, test.treated.pre_treatment_rmspe, ALPHA, POWER)?,
        mean_expected,
        smallest: comparison.smallest,
        better: comparison.better,
        test,
    })
}

impl Estimates {
    /// The estimate on the scale that decides.
    pub(crate) fn deciding(&self) -> &Scaled {
        &self.scales[0]
    }
}

impl Scaled {
    /// The mean gap over the periods judged, on this scale.
    pub(crate) fn effect(&self) -> f64 {
        self.test.treated.att
    }

    /// The least effect that the test which decides would have found, on this scale; none if it would find none.
    pub(crate) fn detectable(&self) -> Option<f64> {
        self.power.by_ratio.filter(|effect| self.is_believable(*effect))
    }

    /// Whether an effect on this scale is less than a thousandfold change. Beyond that a number only misleads.
    pub(crate) fn is_believable(&self, effect: f64) -> bool {
        !self.is_logs() || effect.abs() < 1000_f64.ln()
    }

    /// The least effect that matters, on this scale, in either direction.
    pub(crate) fn smallest_either_way(&self) -> Option<f64> {
        self.smallest?.either_way(self.scale, self.mean_expected)
    }

    /// The least effect that matters, on this scale, in the direction wanted.
    pub(crate) fn smallest_wanted(&self) -> Option<f64> {
        self.smallest?.wanted(self.scale, self.mean_expected)
    }

    /// The least effect that matters, as a share of what would have been.
    pub(crate) fn smallest_share(&self) -> Option<f64> {
        self.smallest?.share(self.mean_expected)
    }

    /// Whether the effect goes the way that was wanted.
    pub(crate) fn goes_as_wanted(&self) -> bool {
        match self.better {
            Better::Higher => self.effect() > 0.0,
            Better::Lower => self.effect() < 0.0,
        }
    }

    /// The ends of the interval, the nearer to no wanted effect first and the farther second, both counted in the
    /// direction wanted; none where there is no interval.
    pub(crate) fn wanted_ends(&self) -> Option<(f64, f64)> {
        match (self.interval, self.better) {
            (PlaceboInterval::Interval { lower, upper, .. }, Better::Higher) => Some((lower, upper)),
            (PlaceboInterval::Interval { lower, upper, .. }, Better::Lower) => Some((-upper, -lower)),
            _ => None,
        }
    }

    /// The size of an effect in the direction wanted, as readers see it: on scales of logs a fall by x log points is
    /// less than a rise by as many.
    pub(crate) fn readable_size(&self, size: f64) -> f64 {
        match self.better {
            Better::Higher => self.readable(size),
            Better::Lower => -self.readable(-size),
        }
    }

    /// The size of an effect in the direction wanted, in words.
    pub(crate) fn size_words(&self, unit: &str, size: f64) -> String {
        if self.is_logs() {
            percent(self.readable_size(size) / 100.0)
        } else {
            format!("{} {unit}", value(size))
        }
    }

    /// The size of an effect in the direction wanted, as a share of what would have been.
    pub(crate) fn share_of_size(&self, size: f64) -> Option<f64> {
        match self.better {
            Better::Higher => self.share(size),
            Better::Lower => self.share(-size).map(|share| -share),
        }
    }

    /// The permutation p by RMSPE ratio; none if the fit before treatment is perfect.
    pub(crate) fn p_value(&self) -> Option<f64> {
        self.test.rmspe_ratio.map(suasion_stats::placebo::PermutationRank::p_value)
    }

    /// Whether effects on this scale are log points.
    pub(crate) fn is_logs(&self) -> bool {
        matches!(self.scale, ScaleName::Logs | ScaleName::DemeanedLogs)
    }

    /// An effect on this scale as readers see it: per cent on scales of logs, the indicator's unit on others.
    pub(crate) fn readable(&self, effect: f64) -> f64 {
        // What is left of a perfect agreement is rounding, relative to the values on this scale.
        let level = if self.is_logs() { 1.0 } else { self.mean_expected.abs() };
        if effect.abs() < ROUNDING * level {
            return 0.0;
        }
        if self.is_logs() { 100.0 * effect.exp_m1() } else { effect }
    }

    /// An effect on this scale as a share of what would have been.
    pub(crate) fn share(&self, effect: f64) -> Option<f64> {
        if self.is_logs() {
            return Some(effect.exp_m1());
        }
        let expected = self.mean_expected.abs();
        (expected > 0.0).then(|| effect / expected)
    }

    /// An effect on this scale in words, with its unit.
    pub(crate) fn effect_words(&self, unit: &str, effect: f64) -> String {
        if self.is_logs() { percent(effect.exp_m1()) } else { format!("{} {unit}", value(effect)) }
    }

    /// The synthetic unit's path in the indicator's unit.
    pub(crate) fn expected(&self) -> Vec<f64> {
        let levels = self.test.treated.synthetic_levels.iter();
        if self.scale == ScaleName::DemeanedLogs {
            levels.map(|value| value.exp()).collect()
        } else {
            levels.copied().collect()
        }
    }
}

/// A scale in words.
pub(crate) fn scale_words(scale: ScaleName) -> &'static str {
    match scale {
        ScaleName::Levels => "levels",
        ScaleName::Logs => "logs",
        ScaleName::Demeaned => "demeaned levels",
        ScaleName::DemeanedLogs => "demeaned logs",
    }
}
