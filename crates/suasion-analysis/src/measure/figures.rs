//! What is drawn of a finding.

use suasion_model::finding::{Bar, Figure, FigureData, Line, Mark, Verdict};
use suasion_model::number::{self, value};

use super::Draft;
use super::checks::single_period;
use super::comparison::Comparison;
use super::estimate::Estimates;
use super::plain::observed_ends;
use crate::text::{capitalised, percent, place, rough, the_place};

/// Weights below this are not drawn.
const SMALLEST_WEIGHT: f64 = 0.0005;

/// The figures of a draft: its path and, where there is an estimate, its gaps and donors.
pub(crate) fn figures(draft: &Draft<'_>, verdict: Verdict) -> Vec<Figure> {
    let Some(comparison) = &draft.comparison else { return Vec::new() };
    let label = draft
        .subject
        .indicator
        .map_or_else(|| "Outcome".to_string(), |indicator| indicator.label.value.clone());
    let mut figures = vec![path(draft, comparison, &label)];
    if let Some(estimates) = &draft.estimates {
        figures.push(gaps(comparison, estimates, verdict));
        figures.push(donors(comparison, estimates));
    }
    figures
}

fn some(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

fn path(draft: &Draft<'_>, comparison: &Comparison, label: &str) -> Figure {
    let name = place(&comparison.treated);
    let own = comparison.own();
    let (begins, ends) = observed_ends(draft, comparison);
    let stood = |values: &[f64], write: fn(f64) -> String| {
        let at = |period: usize| {
            let figure = number::join_unit(&write(values[period]), &comparison.unit);
            format!("{figure} in {}", comparison.periods[period])
        };
        format!("stood at {} and {}", at(begins), at(ends))
    };
    let mut lines = vec![Line { name: name.clone(), values: some(own) }];
    let mut summary = format!("{} {}.", capitalised(&the_place(&comparison.treated)), stood(own, value));
    let mut title = format!("{label}: {name}");
    if let Some(estimates) = &draft.estimates {
        let expected = estimates.deciding().expected();
        summary.push_str(&format!(" A comparison made of other places {}.", stood(&expected, rough)));
        lines.push(Line { name: "Made of other places".to_string(), values: some(&expected) });
        title.push_str(" against a comparison made of other places");
    }
    let mark = single_period::spike(comparison).map(|spike| Mark {
        period: comparison.periods[spike.at],
        text: number::with_unit(spike.value, &comparison.unit),
    });
    if let Some(mark) = &mark {
        summary.push_str(&format!(" One value stands apart: {} in {}.", mark.text, mark.period));
    }
    Figure {
        id: "path".to_string(),
        title,
        summary,
        unit: comparison.unit.clone(),
        data: FigureData::Path {
            periods: comparison.periods.clone(),
            from: comparison.periods[comparison.n_pre],
            lines,
            mark,
        },
    }
}

fn gaps(comparison: &Comparison, estimates: &Estimates, verdict: Verdict) -> Figure {
    let deciding = estimates.deciding();
    let readable =
        |gaps: &[f64]| gaps.iter().map(|gap| Some(deciding.readable(*gap))).collect::<Vec<Option<f64>>>();
    let placebos: Vec<Line> = comparison
        .donors
        .iter()
        .zip(&deciding.test.placebos)
        .map(|(name, placebo)| Line { name: place(name), values: readable(&placebo.gaps) })
        .collect();
    let name = place(&comparison.treated);
    // The same measure as in the plain sentences; where a perfect fit leaves it undefined, the mean gap itself.
    let rank = deciding.test.rmspe_ratio.unwrap_or(deciding.test.absolute_mean_gap);
    let others = format!(
        "{} of {} other places strayed as far, allowing for how well each was followed before.",
        rank.rank - 1,
        rank.n_units - 1
    );
    let summary = if verdict == Verdict::Withheld {
        capitalised(&others)
    } else {
        let effect = deciding.effect_words(&comparison.unit, deciding.effect());
        format!("The mean gap of {} is {effect}; {others}", the_place(&comparison.treated))
    };
    Figure {
        id: "gaps".to_string(),
        title: format!("Gap to the comparison: {name} and {} places where nothing was done", placebos.len()),
        summary,
        unit: if deciding.is_logs() { "% of the comparison".to_string() } else { comparison.unit.clone() },
        data: FigureData::Gaps {
            periods: comparison.periods.clone(),
            from: comparison.periods[comparison.n_pre],
            treated: Line { name, values: readable(&deciding.test.treated.gaps) },
            placebos,
        },
    }
}

fn donors(comparison: &Comparison, estimates: &Estimates) -> Figure {
    let deciding = estimates.deciding();
    let mut bars: Vec<Bar> = comparison
        .donors
        .iter()
        .zip(&deciding.test.treated.weights)
        .filter(|(_, donor)| donor.weight >= SMALLEST_WEIGHT)
        .map(|(name, donor)| Bar { name: place(name), share: donor.weight })
        .collect();
    bars.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.name.cmp(&b.name)));
    let without = comparison.donors.len() - bars.len();
    let summary = match bars.as_slice() {
        [one] => format!("{} alone; {without} others have no share.", one.name),
        [first, rest @ ..] => format!(
            "{} has {}; {} more have a share, {without} have none.",
            first.name,
            percent(first.share),
            rest.len()
        ),
        [] => String::new(),
    };
    Figure {
        id: "donors".to_string(),
        title: "What the comparison is made of".to_string(),
        summary,
        unit: "share of the comparison".to_string(),
        data: FigureData::Shares { bars },
    }
}
