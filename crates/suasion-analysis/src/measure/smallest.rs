//! The least effect that would change the decision, in every unit that it is compared in.
//!
//! A share is of what would have been: of the comparison's mean over the periods judged, on every scale. On scales of
//! logs an increase by the share e is ln(1 + e), a decrease by it −ln(1 − e). What may go either way (a miss, a shift, a
//! scatter) is held against the smaller of the two, ln(1 + e); an effect is held against the one in the direction wanted.

use suasion_model::strategy::Effect;
use suasion_model::strategy::words::{Better, ScaleName};

/// The least effect that matters, and the direction wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Smallest {
    /// As the strategy says it.
    pub(crate) effect: Effect,
    /// The direction wanted.
    pub(crate) better: Better,
}

impl Smallest {
    /// In the indicator's unit, where `base` would have been; none if a share is of nothing.
    pub(crate) fn units(self, base: f64) -> Option<f64> {
        match self.effect {
            Effect::Relative(share) => (base != 0.0).then(|| share * base.abs()),
            Effect::Absolute(number) => Some(number),
        }
    }

    /// As a share of `base`; none if that is nothing.
    pub(crate) fn share(self, base: f64) -> Option<f64> {
        match self.effect {
            Effect::Relative(share) => Some(share),
            Effect::Absolute(number) => (base != 0.0).then(|| number / base.abs()),
        }
    }

    /// On a scale of comparison, in either direction.
    pub(crate) fn either_way(self, scale: ScaleName, base: f64) -> Option<f64> {
        match scale {
            ScaleName::Levels | ScaleName::Demeaned => self.units(base),
            ScaleName::Logs | ScaleName::DemeanedLogs => self.share(base).map(f64::ln_1p),
        }
    }

    /// On a scale of comparison, in the direction wanted; none if nothing can fall so far.
    pub(crate) fn wanted(self, scale: ScaleName, base: f64) -> Option<f64> {
        match (scale, self.better) {
            (ScaleName::Logs | ScaleName::DemeanedLogs, Better::Lower) => {
                self.share(base).filter(|share| *share < 1.0).map(|share| -(-share).ln_1p())
            }
            _ => self.either_way(scale, base),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Better, Effect, ScaleName, Smallest};

    fn check(
        effect: Effect,
        better: Better,
        scale: ScaleName,
        base: f64,
        either: Option<f64>,
        wanted: Option<f64>,
    ) {
        let smallest = Smallest { effect, better };
        let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-12,
            (a, b) => a == b,
        };
        assert!(near(smallest.either_way(scale, base), either), "{smallest:?} {scale:?} {base}");
        assert!(near(smallest.wanted(scale, base), wanted), "{smallest:?} {scale:?} {base}");
    }

    #[test]
    fn shares_and_numbers_on_every_scale() {
        let (up, down) = (1.5_f64.ln(), 2.0_f64.ln());
        check(Effect::Relative(0.5), Better::Higher, ScaleName::Logs, 10.0, Some(up), Some(up));
        check(Effect::Relative(0.5), Better::Lower, ScaleName::Logs, 10.0, Some(up), Some(down));
        check(Effect::Relative(1.0), Better::Lower, ScaleName::DemeanedLogs, 10.0, Some(down), None);
        check(Effect::Absolute(5.0), Better::Lower, ScaleName::Logs, 10.0, Some(up), Some(down));
        check(Effect::Relative(0.1), Better::Higher, ScaleName::Levels, -20.0, Some(2.0), Some(2.0));
        check(Effect::Absolute(5.0), Better::Lower, ScaleName::Demeaned, 0.0, Some(5.0), Some(5.0));
        check(Effect::Relative(0.1), Better::Higher, ScaleName::Levels, 0.0, None, None);
        check(Effect::Absolute(5.0), Better::Higher, ScaleName::Logs, 0.0, None, None);
    }
}
