//! Who is compared with whom, over which periods: settled from the strategy and from which cells are filled, before
//! any value is looked at.
//!
//! A donor that lacks a value in any period is left out and named; nothing is interpolated.

use suasion_model::Period;
use suasion_model::strategy::words::{Better, ScaleName};
use suasion_model::strategy::{Evaluation, Indicator, Objective};
use suasion_model::table::{Observations, Panel};
use suasion_stats::panel::Panel as Complete;

use super::smallest::Smallest;
use crate::text::{all_of, place};

/// A complete panel: one treated unit, then its donors.
pub(crate) struct Comparison {
    /// The treated unit.
    pub(crate) treated: String,
    /// The unit of the values.
    pub(crate) unit: String,
    /// The donors, sorted by name.
    pub(crate) donors: Vec<String>,
    /// Donors left out, with how many periods each lacks.
    pub(crate) left_out: Vec<(String, usize)>,
    /// The periods, before treatment and judged.
    pub(crate) periods: Vec<Period>,
    /// Periods before treatment.
    pub(crate) n_pre: usize,
    /// Periods judged.
    pub(crate) n_post: usize,
    /// The last period that was to be judged.
    pub(crate) until: Period,
    /// The values in the indicator's unit: the treated unit first, then the donors.
    pub(crate) panel: Complete,
    /// The scale that decides.
    pub(crate) scale: ScaleName,
    /// The least effect that would change the decision.
    pub(crate) smallest: Option<Smallest>,
    /// The direction wanted.
    pub(crate) better: Better,
}

/// Why nothing can be compared.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Missing {
    /// Not one unit is named as treated, but so many.
    OneTreated(usize),
    /// The treated unit is not in the data.
    Treated(String),
    /// Too few periods before treatment or under it.
    Periods {
        /// Periods before treatment.
        n_pre: usize,
        /// Periods judged.
        n_post: usize,
        /// The first period under treatment.
        from: Period,
    },
    /// Nobody has a value for a period between two others.
    Skipped {
        /// The period before the gap.
        after: Period,
        /// The period behind it.
        before: Period,
    },
    /// The treated unit lacks values.
    Values {
        /// The treated unit.
        treated: String,
        /// The periods without one.
        periods: Vec<Period>,
    },
    /// Too few units have every period.
    Donors {
        /// Units with every period.
        complete: usize,
        /// Units without.
        left_out: usize,
    },
    /// The values cannot be arranged.
    Panel(suasion_stats::Error),
}

/// Arranges what an evaluation compares, or says what is missing.
pub(crate) fn prepare(
    objective: &Objective,
    evaluation: &Evaluation,
    indicator: Option<&Indicator>,
    observations: &Observations,
) -> Result<Comparison, Missing> {
    let better = indicator.map_or(Better::Higher, |indicator| indicator.better);
    let [treated] = evaluation.treated.as_slice() else {
        return Err(Missing::OneTreated(evaluation.treated.len()));
    };
    let treated = treated.value.as_str();
    let panel = Panel::new(&observations.rows);
    let row = panel.unit(treated).ok_or_else(|| Missing::Treated(treated.to_string()))?;
    let from = evaluation.from.value;
    let until = evaluation
        .until
        .or(objective.horizon)
        .map_or_else(|| panel.periods.last().copied().unwrap_or(from), |until| until.value);
    let window = window(&panel, row, until);
    // A period that the treatment began in is judged, not counted as before it.
    let n_pre = window.iter().filter(|period| **period < from && !period.contains(from)).count();
    let n_post = window.len() - n_pre;
    if n_pre < 2 || n_post == 0 {
        return Err(Missing::Periods { n_pre, n_post, from });
    }
    let skips = |pair: &&[Period]| pair[0].next().is_some_and(|next| next != pair[1]);
    if let Some(pair) = window.windows(2).find(skips) {
        return Err(Missing::Skipped { after: pair[0], before: pair[1] });
    }
    let values = |unit: usize| -> Vec<Option<f64>> {
        window.iter().map(|period| panel.value(unit, *period)).collect()
    };
    let own = values(row);
    let gaps = window.iter().zip(&own).filter(|(_, value)| value.is_none());
    let periods: Vec<Period> = gaps.map(|(period, _)| *period).collect();
    if !periods.is_empty() {
        return Err(Missing::Values { treated: treated.to_string(), periods });
    }
    let mut donors = Vec::new();
    let mut left_out = Vec::new();
    let mut cells: Vec<f64> = own.into_iter().flatten().collect();
    for name in candidates(&panel, evaluation, treated) {
        let values = panel.unit(name).map(values).unwrap_or_default();
        let filled: Vec<f64> = values.iter().copied().flatten().collect();
        if filled.len() == window.len() {
            donors.push(name.to_string());
            cells.extend(filled);
        } else {
            left_out.push((name.to_string(), window.len() - filled.len()));
        }
    }
    if donors.len() < 2 {
        return Err(Missing::Donors { complete: donors.len(), left_out: left_out.len() });
    }
    let panel = Complete::new(donors.len() + 1, window.len(), cells).map_err(Missing::Panel)?;
    Ok(Comparison {
        treated: treated.to_string(),
        unit: indicator.map_or_else(|| "units".to_string(), |indicator| indicator.unit.value.clone()),
        donors,
        left_out,
        periods: window,
        n_pre,
        n_post,
        until,
        panel,
        scale: evaluation.scale,
        smallest: objective.smallest_effect.map(|effect| Smallest { effect: effect.value, better }),
        better,
    })
}

/// The periods from the treated unit's first value to the last that is judged.
fn window(panel: &Panel, treated: usize, until: Period) -> Vec<Period> {
    let first = panel.values[treated].iter().position(Option::is_some).unwrap_or(0);
    let within = |period: &Period| *period <= until || until.contains(*period);
    panel.periods[first..].iter().copied().filter(within).collect()
}

/// The units to compare with, sorted by name: those that the strategy names, or every other.
fn candidates<'a>(panel: &'a Panel, evaluation: &'a Evaluation, treated: &str) -> Vec<&'a str> {
    let mut names: Vec<&str> = if evaluation.donors.is_empty() {
        panel.units.iter().map(String::as_str).collect()
    } else {
        evaluation.donors.iter().map(|donor| donor.value.as_str()).collect()
    };
    names.retain(|unit| *unit != treated);
    names.sort_unstable();
    names.dedup();
    names
}

impl Comparison {
    /// The treated unit's values.
    pub(crate) fn own(&self) -> &[f64] {
        self.panel.unit(0)
    }

    /// What a reader must know of who was left out.
    pub(crate) fn caveats(&self) -> Vec<String> {
        if self.left_out.is_empty() {
            return Vec::new();
        }
        let names: Vec<String> = self
            .left_out
            .iter()
            .map(|(name, lacking)| match self.periods.len() {
                all if all == *lacking => format!("{} (not in the data)", place(name)),
                all => format!("{} ({lacking} of {all} periods)", place(name)),
            })
            .collect();
        vec![format!(
            "Left out of the comparison for values that are missing: {}. Nothing was interpolated.",
            all_of(&names)
        )]
    }
}
