//! From checks to a verdict, by one rule for every case.
//!
//! 1. A check that failed and stops before an estimate: `cannot-tell`.
//! 2. A check that failed and withholds (the comparison does not hold): `withheld`, whatever else is so.
//! 3. Another check failed, or could not be run: `cannot-tell`. Detectability and the number of placebos are
//!    weighed below.
//! 4. The corrected p is at or below the level, the effect goes the way that was wanted and is at least as large as matters:
//!    `supported`. Where an effect as small as matters could not have been seen, the whole interval must lie beyond it, so
//!    that luck with a blunt instrument is not taken for proof.
//! 5. An effect of the size that matters could have been seen, and the interval excludes it: `not-supported`. That includes
//!    effects in the direction that was not wanted.
//! 6. Without an interval (no constant effect fits, or a ratio is undefined) neither is given.
//! 7. Otherwise `cannot-tell`.

use suasion_model::finding::{Check, CheckOutcome, Consequence, Verdict};

use super::checks::{placebos, power};
use super::{ALPHA, Draft, stops};

/// The verdict on a draft.
pub(crate) fn verdict(draft: &Draft<'_>, p_adjusted: Option<f64>) -> Verdict {
    let checks = &draft.checks;
    let fails = |check: &Check, consequence| {
        check.outcome == CheckOutcome::Failed && check.consequence == consequence
    };
    let Some(estimates) = &draft.estimates else {
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
    let weighed = [power::ID, placebos::ID];
    if checks.iter().any(|check| !weighed.contains(&check.id.as_str()) && blocks(check)) {
        return Verdict::CannotTell;
    }
    let deciding = estimates.deciding();
    let Some(smallest) = deciding.smallest_wanted() else { return Verdict::CannotTell };
    let passed = |id| checks.iter().any(|check| check.id == id && check.outcome == CheckOutcome::Passed);
    let sharp = passed(power::ID);
    // Where no constant effect fits, the gaps vary more than before, and the sign of their mean may be luck.
    let Some((near, far)) = deciding.wanted_ends() else { return Verdict::CannotTell };
    let seen = p_adjusted.is_some_and(|p| p <= ALPHA);
    let large = deciding.goes_as_wanted() && deciding.effect().abs() >= smallest;
    if seen && large && passed(placebos::ID) && (sharp || near >= smallest) {
        return Verdict::Supported;
    }
    if sharp && far < smallest {
        return Verdict::NotSupported;
    }
    Verdict::CannotTell
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
