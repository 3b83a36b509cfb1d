//! Every figure of a finding, with its unit and how far off it may be.

use suasion_model::finding::{Interval, Number, Verdict};
use suasion_model::number::fixed;
use suasion_stats::placebo::PlaceboInterval;

use super::Draft;
use super::comparison::Comparison;
use super::estimate::{Scaled, scale_words};
use super::plain::observed_ends;

/// The figures, the main one first.
pub(crate) fn numbers(draft: &Draft<'_>, verdict: Verdict) -> Vec<Number> {
    let Some(comparison) = &draft.comparison else { return Vec::new() };
    let mut numbers = Vec::new();
    if let Some(estimates) = &draft.estimates {
        let deciding = estimates.deciding();
        numbers.push(effect(comparison, deciding, verdict, "effect"));
        numbers.push(Number {
            id: "leave-one-out".to_string(),
            label: format!("The same, leaving out the donor that moves it most{}", standing(verdict)),
            value: deciding.readable(
                estimates
                    .leave_one_out
                    .most_influential
                    .map_or(deciding.effect(), |at| estimates.leave_one_out.refits[at].fit.att),
            ),
            unit: unit_of_effect(comparison, deciding),
            interval: Interval::Range {
                low: deciding.readable(estimates.leave_one_out.att_min),
                high: deciding.readable(estimates.leave_one_out.att_max),
                level: None,
                method: "the least and the largest, leaving out one donor at a time".to_string(),
            },
        });
        numbers.extend(deciding.detectable().map(|least| {
            let why = "a bound: found in four of five placebos to which it was added".to_string();
            detectable(comparison, deciding, "detectable", "The least effect that would be found", least, why)
        }));
        let multiplier = fixed(deciding.power.multiplier, 2);
        let why = format!(
            "a bound: {multiplier} times the scatter of {} placebo effects",
            deciding.test.placebos.len()
        );
        let least = deciding.power.least_detectable_effect;
        let label = "The least effect that a test on the mean gap would find";
        numbers.push(detectable(comparison, deciding, "detectable-mean-gap", label, least, why));
        numbers.extend(p_value(deciding, "p"));
        for scaled in &estimates.scales[1..] {
            let id = format!("effect-{}", scaled.scale.word());
            numbers.push(effect(comparison, scaled, verdict, &id));
            numbers.extend(p_value(scaled, &format!("p-{}", scaled.scale.word())));
        }
        let several = estimates.scales.iter().filter(|scaled| !scaled.test.treated.certificate.is_unique());
        numbers.extend(several.map(|scaled| equally_good(comparison, scaled, verdict)));
    }
    let [before, after] = observed(draft, comparison);
    // Without an estimate, what was reached is the main figure.
    numbers.extend(if draft.estimates.is_some() { [before, after] } else { [after, before] });
    numbers
}

/// What every estimate of a withheld finding says of itself.
fn standing(verdict: Verdict) -> &'static str {
    if verdict == Verdict::Withheld { " (withheld: not to be quoted)" } else { "" }
}

fn p_value(scaled: &Scaled, id: &str) -> Option<Number> {
    Some(Number {
        id: id.to_string(),
        label: format!("How often chance alone shows as much: placebo p in {}", scale_words(scaled.scale)),
        value: scaled.p_value()?,
        unit: "probability".to_string(),
        interval: Interval::None { why: "exact: every placebo was computed".to_string() },
    })
}

fn unit_of_effect(comparison: &Comparison, scaled: &Scaled) -> String {
    if scaled.is_logs() { "% of what would have been".to_string() } else { comparison.unit.clone() }
}

fn effect(comparison: &Comparison, scaled: &Scaled, verdict: Verdict, id: &str) -> Number {
    let standing = standing(verdict);
    Number {
        id: id.to_string(),
        label: format!("Mean effect, compared in {}{standing}", scale_words(scaled.scale)),
        value: scaled.readable(scaled.effect()),
        unit: unit_of_effect(comparison, scaled),
        interval: match scaled.interval {
            PlaceboInterval::Interval { lower, upper, .. }
                if !(scaled.is_believable(lower) && scaled.is_believable(upper)) =>
            {
                Interval::None { why: "the placebo test rejects hardly any effect".to_string() }
            }
            PlaceboInterval::Interval { lower, upper, achieved_level } => Interval::Range {
                low: scaled.readable(lower),
                high: scaled.readable(upper),
                level: Some(achieved_level),
                method: "the constant effects that the placebo test does not reject".to_string(),
            },
            PlaceboInterval::NoConstantEffect => Interval::None {
                why: "no constant effect fits: the gap changes too much over the periods judged".to_string(),
            },
            PlaceboInterval::TooFewPlacebos { n_placebos, needed } => Interval::None {
                why: format!("{n_placebos} placebos cannot reach the level; it takes {needed}"),
            },
            PlaceboInterval::UndefinedRatio => Interval::None {
                why: "a perfect fit before treatment leaves the placebo test undefined".to_string(),
            },
        },
    }
}

fn detectable(
    comparison: &Comparison,
    scaled: &Scaled,
    id: &str,
    label: &str,
    size: f64,
    why: String,
) -> Number {
    Number {
        id: id.to_string(),
        label: label.to_string(),
        value: scaled.readable_size(size),
        unit: unit_of_effect(comparison, scaled),
        interval: Interval::None { why },
    }
}

fn equally_good(comparison: &Comparison, scaled: &Scaled, verdict: Verdict) -> Number {
    let range = scaled.test.treated.att_range;
    Number {
        id: format!("equally-good-{}", scaled.scale.word()),
        label: format!(
            "Mean effects of comparisons in {} that fit equally well{}",
            scale_words(scaled.scale),
            standing(verdict)
        ),
        value: scaled.readable(scaled.effect()),
        unit: unit_of_effect(comparison, scaled),
        interval: Interval::Range {
            low: scaled.readable(range.lower),
            high: scaled.readable(range.upper),
            level: None,
            method: "the least and the largest over all optimal weights".to_string(),
        },
    }
}

/// The values as published at both ends of the raw change.
fn observed(draft: &Draft<'_>, comparison: &Comparison) -> [Number; 2] {
    let (from, to) = observed_ends(draft, comparison);
    [("observed-before", from), ("observed-after", to)].map(|(id, at)| Number {
        id: id.to_string(),
        label: format!("Observed in {}, whatever its cause", comparison.periods[at]),
        value: comparison.own()[at],
        unit: comparison.unit.clone(),
        interval: Interval::None { why: "as published; the source states no error".to_string() },
    })
}
