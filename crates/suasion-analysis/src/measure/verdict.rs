//! From checks to a verdict, by one rule for every case.
//!
//! 1. A check that failed and stops before an estimate: `cannot-tell`.
//! 2. A check that failed and withholds (the comparison does not hold): `withheld`, whatever else is so.
//! 3. A corrected p at or below the level, and no failed check but detectability, with an effect at least as large as
//!    could have been seen: `supported` if the direction is the one wanted and the effect is as large as matters,
//!    `not-supported` otherwise.
//! 4. Any other check that failed, or whose failure would forbid a verdict and that could not be run: `cannot-tell`.
//! 5. Otherwise an effect of the size that matters could have been seen and was not: `not-supported` if the interval
//!    excludes it, `cannot-tell` if not.

use suasion_model::finding::{Check, CheckOutcome, Consequence, Verdict};
use suasion_stats::placebo::PlaceboInterval;

use super::checks::power;
use super::comparison::wanted;
use super::{ALPHA, Draft, stops};

/// The verdict on a draft.
pub(crate) fn verdict(draft: &Draft<'_>, p_adjusted: Option<f64>) -> Verdict {
    let checks = &draft.checks;
    let fails = |check: &Check, consequence| {
        check.outcome == CheckOutcome::Failed && check.consequence == consequence
    };
    let (Some(comparison), Some(estimates)) = (&draft.comparison, &draft.estimates) else {
        return if checks.iter().any(|check| fails(check, Consequence::Withholds)) && !checks.iter().any(stops)
        {
            Verdict::Withheld
        } else {
            Verdict::CannotTell
        };
    };
    if checks.iter().any(|check| fails(check, Consequence::Withholds)) {
        return Verdict::Withheld;
    }
    let deciding = estimates.deciding();
    let effect = deciding.effect();
    let other_failures = checks.iter().any(|check| check.id != power::ID && blocks(check));
    let seen = p_adjusted.is_some_and(|p| p <= ALPHA) && effect.abs() >= deciding.detectable();
    let smallest = comparison.smallest_on(deciding.scale);
    if seen && !other_failures {
        let matters = smallest.is_some_and(|smallest| effect.abs() >= smallest);
        return if wanted(draft.subject.indicator, effect) && matters {
            Verdict::Supported
        } else {
            Verdict::NotSupported
        };
    }
    if checks.iter().any(blocks) {
        return Verdict::CannotTell;
    }
    let Some(smallest) = smallest else { return Verdict::CannotTell };
    // The interval, in the direction wanted, must end before the smallest effect that matters.
    match deciding.interval {
        PlaceboInterval::Interval { lower, upper, .. } => {
            let best = if wanted(draft.subject.indicator, 1.0) { upper } else { -lower };
            if best < smallest { Verdict::NotSupported } else { Verdict::CannotTell }
        }
        PlaceboInterval::TooFewPlacebos { .. } => Verdict::CannotTell,
    }
}

/// Whether a check forbids a verdict: it failed, or it could not be run and its failure would forbid one.
fn blocks(check: &Check) -> bool {
    match check.consequence {
        Consequence::LowersGrade => false,
        Consequence::StopsBeforeEstimate | Consequence::Withholds | Consequence::CannotTell => {
            check.outcome != CheckOutcome::Passed
        }
    }
}
