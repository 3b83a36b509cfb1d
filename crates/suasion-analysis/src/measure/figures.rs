//! What is drawn of a finding.

use suasion_model::finding::{Bar, Figure, FigureData, Line, Mark};
use suasion_model::number::value;

use super::Draft;
use super::checks::single_period;
use super::comparison::Comparison;
use super::estimate::{Estimates, scale_words};
use crate::text::{capitalised, percent, place, the_place};

/// Weights below this are not drawn.
const SMALLEST_WEIGHT: f64 = 0.0005;

/// The figures of a draft: its path and, where there is an estimate, its gaps and donors.
pub(crate) fn figures(draft: &Draft<'_>) -> Vec<Figure> {
    let Some(comparison) = &draft.comparison else { return Vec::new() };
    let label = draft
        .subject
        .indicator
        .map_or_else(|| "Outcome".to_string(), |indicator| indicator.label.value.clone());
    let mut figures = vec![path(comparison, draft.estimates.as_ref(), &label)];
    if let Some(estimates) = &draft.estimates {
        figures.push(gaps(comparison, estimates));
        figures.push(donors(comparison, estimates));
    }
    figures
}

fn some(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

fn path(comparison: &Comparison, estimates: Option<&Estimates>, label: &str) -> Figure {
    let name = place(&comparison.treated);
    let own = comparison.own();
    let from = comparison.periods[comparison.n_pre];
    let last = comparison.periods.len() - 1;
    let mut lines = vec![Line { name: name.clone(), values: some(own) }];
    let mut summary = format!(
        "{} went from {} in {} to {} in {}.",
        capitalised(&the_place(&comparison.treated)),
        value(own[0]),
        comparison.periods[0],
        value(own[last]),
        comparison.periods[last]
    );
    let mut title = format!("{label}: {name}");
    if let Some(estimates) = estimates {
        let expected = estimates.deciding().expected();
        summary.push_str(&format!(
            " Its comparison, made of other places, stood at {} in {} and {} in {}.",
            value(expected[comparison.n_pre - 1]),
            comparison.periods[comparison.n_pre - 1],
            value(expected[last]),
            comparison.periods[last]
        ));
        lines.push(Line { name: "Its comparison".to_string(), values: some(&expected) });
        title.push_str(" and its comparison");
    }
    let mark = single_period::spike(comparison).map(|spike| Mark {
        period: comparison.periods[spike.at],
        text: format!("{} in {}", value(spike.value), comparison.periods[spike.at]),
    });
    if let Some(mark) = &mark {
        summary.push_str(&format!(" One value stands apart: {}.", mark.text));
    }
    Figure {
        id: "path".to_string(),
        title,
        summary,
        unit: comparison.unit.clone(),
        data: FigureData::Path { periods: comparison.periods.clone(), from, lines, mark },
    }
}

fn gaps(comparison: &Comparison, estimates: &Estimates) -> Figure {
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
    let rank = deciding.test.absolute_mean_gap;
    Figure {
        id: "gaps".to_string(),
        title: format!("Gap to the comparison: {name} and {} places where nothing was done", placebos.len()),
        summary: format!(
            "The mean gap of {} is {}; {} of {} other places have a mean gap at least as large.",
            the_place(&comparison.treated),
            deciding.effect_words(&comparison.unit, deciding.effect()),
            rank.rank - 1,
            rank.n_units - 1
        ),
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
    let first =
        bars.first().map_or_else(String::new, |bar| format!("{} has {}", bar.name, percent(bar.share)));
    Figure {
        id: "donors".to_string(),
        title: format!("What the comparison is made of, in {}", scale_words(deciding.scale)),
        summary: format!("{first}; {} of {} places have a share.", bars.len(), comparison.donors.len()),
        unit: "share of the comparison".to_string(),
        data: FigureData::Shares { bars },
    }
}
