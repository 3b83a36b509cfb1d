//! The four sentences of a finding, in words that need no training.
//!
//! Each wording is tried from the fullest to the shortest, since names come from the strategy and may be long; every
//! last one is short whatever the names are.

use suasion_model::finding::{CheckOutcome, Plain, Verdict};
use suasion_model::number::{self, value};
use suasion_model::period::Precision;
use suasion_model::strategy::Measurement;
use suasion_stats::placebo::PlaceboInterval;

use super::checks::{power, single_period, threat};
use super::comparison::Comparison;
use super::estimate::Estimates;
use super::{ALPHA, Draft, stops};
use crate::text::{capitalised, count_word, in_sentence, percent, short_enough};

/// The four sentences.
pub(crate) fn plain(draft: &Draft<'_>, verdict: Verdict) -> Plain {
    let objective = draft.subject.objective;
    let decision = objective.decision.as_ref().unwrap_or(&draft.subject.strategy.head.decision);
    let [answer, confidence, to_know] = match (&draft.comparison, &draft.estimates) {
        (Some(comparison), Some(estimates)) => estimated(draft, verdict, comparison, estimates),
        (Some(comparison), None) => stopped(draft, comparison),
        (None, _) => nothing_to_compare(draft),
    };
    Plain { decision: decision.value.clone(), answer, confidence, to_know }
}

fn failed(draft: &Draft<'_>, id: &str) -> bool {
    draft.checks.iter().any(|check| check.id == id && check.outcome == CheckOutcome::Failed)
}

fn outcome(draft: &Draft<'_>) -> String {
    draft
        .subject
        .indicator
        .map_or_else(|| "it".to_string(), |indicator| in_sentence(indicator.label.as_str()))
}

fn nothing_to_compare(draft: &Draft<'_>) -> [String; 3] {
    let ask = draft.checks.iter().find(|check| stops(check)).map(|check| check.id.as_str());
    let (answer, to_know) = match ask {
        Some("evaluation") => (
            "Nobody can tell: the strategy does not say how this would be judged.",
            "A declared comparison: with whom, over which years, and how small an effect would matter.",
        ),
        Some("enough-donors") => (
            "Nobody can tell: there is nobody to compare with.",
            "The same figures for at least twenty places where nothing was done.",
        ),
        Some("treated-observed") => (
            "Nobody can tell: the place where it was done is not in the figures.",
            "Figures for that place, under the name that the strategy uses.",
        ),
        Some("one-treated") => (
            "Nobody can tell: this program compares one treated place with others, and the strategy names another number.",
            "An evaluation for each treated place by itself.",
        ),
        _ => (
            "Nobody can tell: the figures needed are missing.",
            "Figures for every year before and after, here and elsewhere.",
        ),
    };
    [answer.to_string(), "None: nothing was compared.".to_string(), to_know.to_string()]
}

fn stopped(draft: &Draft<'_>, comparison: &Comparison) -> [String; 3] {
    if let Some(spike) = single_period::spike(comparison) {
        let period = comparison.periods[spike.at];
        let one = match period.precision() {
            Precision::Year => "year",
            Precision::Month => "month",
            Precision::Day => "day",
        };
        let value = number::with_unit(spike.value, &comparison.unit);
        return [
            short_enough([
                format!("Nobody can tell: one {one}, {period}, with {value}, decides the whole average."),
                format!("Nobody can tell: one {one}, {period}, decides the whole average."),
            ]),
            short_enough([
                format!("None. A few large cases move {} more than any campaign could.", outcome(draft)),
                "None. A few large cases move it more than any campaign could.".to_string(),
            ]),
            "The cases one by one, with who decided and why, and many more years.".to_string(),
        ];
    }
    [
        "Nobody can tell: the comparison cannot be made with these figures.".to_string(),
        "None: nothing was compared.".to_string(),
        "Figures that allow the comparison which the strategy names.".to_string(),
    ]
}

fn estimated(
    draft: &Draft<'_>,
    verdict: Verdict,
    comparison: &Comparison,
    estimates: &Estimates,
) -> [String; 3] {
    match verdict {
        Verdict::Withheld => withheld(draft, comparison),
        Verdict::Supported | Verdict::NotSupported => told(draft, verdict, comparison, estimates),
        Verdict::CannotTell | Verdict::Descriptive => cannot_tell(draft, comparison, estimates),
    }
}

fn withheld(draft: &Draft<'_>, comparison: &Comparison) -> [String; 3] {
    let cause = draft.subject.evaluation.and_then(|evaluation| {
        threat::concurrent(evaluation, comparison).first().map(|threat| threat.what.value.clone())
    });
    let turns = failed(draft, "scales-agree");
    let no_match = failed(draft, "hull") || failed(draft, "pre-fit") || failed(draft, "overfit");
    let answer = match (&cause, no_match) {
        (Some(cause), true) => short_enough([
            format!("No figure can be trusted: no other place is a fair match, and at the same time {}.", in_sentence(cause)),
            "No figure can be trusted: no other place is a fair match, and something else happened at the same time.".to_string(),
        ]),
        (Some(cause), false) => short_enough([
            format!("No figure can be trusted: at the same time {}.", in_sentence(cause)),
            "No figure can be trusted: something else happened at the same time.".to_string(),
        ]),
        (None, true) => "No figure can be trusted: no other place, or mix of places, is a fair match.".to_string(),
        (None, false) => "No figure can be trusted: the answer changes with the way of counting.".to_string(),
    };
    let confidence = match (turns, cause.is_some()) {
        (true, _) => "None in any figure: counted one way it rose because of us, counted another it fell.",
        (false, true) => "None in any figure: two causes came together, and nothing tells them apart.",
        (false, false) => "None in any figure: the comparison was wrong before anything was done.",
    };
    let to_know = if cause.is_some() {
        "The same figures for groups that the other change did not touch, before and after."
    } else {
        "Places that resembled this one for years before, or groups within it that were left out."
    };
    [answer, confidence.to_string(), to_know.to_string()]
}

fn cannot_tell(draft: &Draft<'_>, comparison: &Comparison, estimates: &Estimates) -> [String; 3] {
    if comparison.smallest.is_none() {
        return [
            "Nobody can tell: the strategy does not say how small an effect would matter.".to_string(),
            "None can be given without it.".to_string(),
            "The smallest effect that would change the decision.".to_string(),
        ];
    }
    if failed(draft, "horizon-covered") {
        let last = comparison.periods[comparison.periods.len() - 1];
        return [
            format!(
                "Nobody can tell yet: the figures end in {last}, and it is judged to {}.",
                comparison.until
            ),
            "None before the figures are there.".to_string(),
            format!("Figures up to {}.", comparison.until),
        ];
    }
    if matches!(estimates.deciding().interval, PlaceboInterval::NoConstantEffect) && !failed(draft, power::ID)
    {
        return [
            "Nobody can tell: whatever happened was not the same in every year.".to_string(),
            "Little: the difference comes and goes, so that its mean says little.".to_string(),
            "More years, and what changed from one to the next.".to_string(),
        ];
    }
    let deciding = estimates.deciding();
    let rose = change_words(draft, comparison);
    let (begins, ends) = observed_ends(draft, comparison);
    let when = format!("from {} to {}", comparison.periods[begins], comparison.periods[ends]);
    let label = outcome(draft);
    let answer = if failed(draft, power::ID) {
        let Some(least) = deciding.detectable() else {
            return [
                "Nobody can tell: no effect of a believable size would show in these figures.".to_string(),
                "None: there are too few places to compare with, or they are too unlike.".to_string(),
                "The same figures for many more places where nothing was done.".to_string(),
            ];
        };
        let detectable = deciding
            .share_of_size(least)
            .map_or_else(|| format!("{} {}", value(least), comparison.unit), percent);
        short_enough([
            format!(
                "Nobody can tell. {} {rose} {when}; in these figures only an effect above {detectable} would show.",
                capitalised(&label)
            ),
            format!(
                "Nobody can tell. {} {rose}; in these figures only an effect above {detectable} would show.",
                capitalised(&label)
            ),
            format!("Nobody can tell: in these figures only an effect above {detectable} would show."),
        ])
    } else {
        short_enough([
            format!(
                "Nobody can tell. {} {rose}, and the comparison is too shaky to say why.",
                capitalised(&label)
            ),
            "Nobody can tell: the comparison is too shaky.".to_string(),
        ])
    };
    let confidence = deciding.test.rmspe_ratio.map_or_else(
        || "None: the comparison fits too well to be believed.".to_string(),
        |rank| {
            let others = rank.rank - 1;
            let all = rank.n_units - 1;
            if others == 0 {
                format!("Little: none of {all} places where nothing was done strayed as far from its own comparison.")
            } else {
                format!(
                    "None: of {all} places where nothing was done, {} strayed as far from their own comparison.",
                    count_word(others)
                )
            }
        },
    );
    [
        answer,
        confidence,
        "Figures by place of origin and month, and some places left out on purpose to compare with."
            .to_string(),
    ]
}

fn told(draft: &Draft<'_>, verdict: Verdict, comparison: &Comparison, estimates: &Estimates) -> [String; 3] {
    let deciding = estimates.deciding();
    let effect = deciding.share(deciding.effect()).map_or_else(
        || format!("{} {}", value(deciding.effect().abs()), comparison.unit),
        |share| percent(share.abs()),
    );
    let direction = if deciding.effect() > 0.0 { "higher" } else { "lower" };
    let label = capitalised(&outcome(draft));
    let rank = deciding.test.rmspe_ratio;
    let as_far = rank.map_or(0, |rank| rank.rank - 1);
    let all = comparison.donors.len();
    let strayed = if as_far == 0 { "none".to_string() } else { count_word(as_far) };
    let answer = if verdict == Verdict::Supported {
        short_enough([
            format!("Yes. {label}: about {effect} {direction} than without it."),
            format!("Yes: about {effect} {direction} than without it."),
        ])
    } else if deciding.p_value().is_some_and(|p| p <= ALPHA) && !deciding.goes_as_wanted() {
        short_enough([
            format!("No, the other way. {label}: about {effect} {direction} than without it."),
            format!("No, the other way: about {effect} {direction} than without it."),
        ])
    } else {
        "No: an effect large enough to matter would have shown, and did not.".to_string()
    };
    [
        answer,
        format!(
            "Good: of {all} places where nothing was done, {strayed} strayed as far from its own comparison."
        ),
        if verdict == Verdict::Supported {
            "Nothing more for this decision; whether it lasts shows in the years that follow.".to_string()
        } else {
            "Nothing more for this decision; a smaller effect would need finer figures.".to_string()
        },
    ]
}

/// `rose 15 %`, `fell 3 %` or `hardly moved`, between the ends of the observed change.
fn change_words(draft: &Draft<'_>, comparison: &Comparison) -> String {
    let (from, to) = observed_ends(draft, comparison);
    let (before, after) = (comparison.own()[from], comparison.own()[to]);
    if before == 0.0 {
        return "changed".to_string();
    }
    let change = (after - before) / before.abs();
    if change.abs() < 0.005 {
        return "hardly moved".to_string();
    }
    format!("{} {}", if change > 0.0 { "rose" } else { "fell" }, percent(change.abs()))
}

/// Where the observed change begins and ends, in the comparison's periods: at the baseline's period and the target's;
/// without them, at the last period before treatment and the last judged.
pub(crate) fn observed_ends(draft: &Draft<'_>, comparison: &Comparison) -> (usize, usize) {
    let at = |measurement: Option<&Measurement>| {
        let period = measurement?.period.value;
        comparison.periods.iter().position(|known| *known == period)
    };
    let objective = draft.subject.objective;
    (
        at(objective.baseline.as_ref()).unwrap_or(comparison.n_pre - 1),
        at(objective.target.as_ref()).unwrap_or(comparison.n_pre + comparison.n_post - 1),
    )
}
