//! Does one period decide what is judged?
//!
//! A mean over the periods judged is that of one period if leaving it out moves the mean by more than the smallest effect
//! that matters, and if that period stands farther from its nearest neighbour in value than all the others lie apart:
//! Dixon's ratio r₁₀ above one half (Dixon 1950, *Annals of Mathematical Statistics* 21, 488–506). The second condition
//! keeps steady growth from being taken for a spike. Only the raw series is read: nothing is estimated.

use suasion_model::finding::{Check, Consequence};
use suasion_model::number;
use suasion_model::strategy::Effect;
use suasion_stats::fit_checks::{SinglePeriodInfluence, single_period_influence};

use super::{NO_SMALLEST, not_run, ran};
use crate::measure::comparison::Comparison;

const ID: &str = "single-period";
const ASKS: &str = "Does the answer rest on more than one period?";
use crate::text::percent;

/// A period that decides a window's mean.
pub(crate) struct Spike {
    /// Its place in the comparison's periods.
    pub(crate) at: usize,
    /// Its value.
    pub(crate) value: f64,
}

/// Whether one of the periods judged decides their mean.
pub(crate) fn check(comparison: &Comparison) -> Check {
    let window = &comparison.own()[comparison.n_pre..];
    let Some(influence) = single_period_influence(window) else {
        return not_run(
            ID,
            ASKS,
            "only one period is judged",
            "two periods judged or more",
            Consequence::LowersGrade,
        );
    };
    if window.len() < 3 {
        let why = "of two periods neither stands apart";
        return not_run(ID, ASKS, why, "three periods judged or more", Consequence::LowersGrade);
    }
    let Some(smallest) = comparison.smallest else {
        return not_run(ID, ASKS, "nothing to hold it against", NO_SMALLEST, Consequence::LowersGrade);
    };
    let period = comparison.periods[comparison.n_pre + influence.period];
    let moved = (influence.mean_without - influence.mean).abs();
    let with_unit = |figure: f64| number::with_unit(figure, &comparison.unit);
    // In the terms in which the strategy says what matters.
    let (by, smallest) = match smallest.effect {
        Effect::Relative(share) => {
            let change = influence.relative_change.map_or_else(|| with_unit(moved), percent);
            (change, percent(share))
        }
        Effect::Absolute(size) => (with_unit(moved), with_unit(size)),
    };
    ran(
        ID,
        ASKS,
        spike(comparison).is_none(),
        format!(
            "without {period} ({}) the mean of the periods judged moves by {by}",
            with_unit(window[influence.period])
        ),
        format!("less than the smallest effect that matters ({smallest}), or a value near another"),
        Consequence::StopsBeforeEstimate,
    )
}

/// The period that decides the mean of the periods judged, where one does.
pub(crate) fn spike(comparison: &Comparison) -> Option<Spike> {
    let window = &comparison.own()[comparison.n_pre..];
    if window.len() < 3 {
        return None;
    }
    let influence = single_period_influence(window)?;
    let moves_too_far = moved_share(&influence, comparison)?;
    (moves_too_far && stands_apart(window, influence.period))
        .then(|| Spike { at: comparison.n_pre + influence.period, value: window[influence.period] })
}

/// Whether leaving the period out moves the mean by more than the smallest effect that matters.
fn moved_share(influence: &SinglePeriodInfluence, comparison: &Comparison) -> Option<bool> {
    // What would have been is not known yet: the last value before treatment stands in for it.
    let smallest = comparison.smallest?.units(comparison.own()[comparison.n_pre - 1])?;
    Some((influence.mean_without - influence.mean).abs() > smallest)
}

/// Whether a value is farther from its nearest neighbour than all the others lie apart.
fn stands_apart(window: &[f64], at: usize) -> bool {
    let others = || window.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, value)| *value);
    let nearest = others().map(|value| (value - window[at]).abs()).fold(f64::INFINITY, f64::min);
    let low = others().fold(f64::INFINITY, f64::min);
    let high = others().fold(f64::NEG_INFINITY, f64::max);
    nearest > high - low
}

#[cfg(test)]
mod tests {
    use super::stands_apart;

    #[test]
    fn a_spike_stands_apart_and_a_trend_does_not() {
        assert!(stands_apart(&[1.7, 2.0, 1.9, 1.5, 12.1], 4));
        assert!(!stands_apart(&[32.0, 34.0, 35.0, 37.0, 39.0], 4));
        assert!(!stands_apart(&[1.0, 1.0, 1.0], 0));
    }
}
