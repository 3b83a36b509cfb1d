//! What the evidence covers: which units and periods there are figures for, and none of the figures.
//!
//! The store makes it from what was brought in, so that a strategy can be checked against its data before anything is
//! estimated.

use std::collections::{BTreeMap, BTreeSet};

use crate::period::Period;
use crate::table::Observations;

/// What the evidence of a strategy covers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    series: BTreeMap<String, SeriesCoverage>,
}

/// What the figures of one indicator cover.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeriesCoverage {
    /// The periods of each unit.
    pub units: BTreeMap<String, BTreeSet<Period>>,
}

impl Coverage {
    /// Summarises the observations of an indicator.
    pub fn insert(&mut self, indicator: &str, observations: &Observations) {
        let series = self.series.entry(indicator.to_string()).or_default();
        for row in &observations.rows {
            series.units.entry(row.unit.clone()).or_default().insert(row.period);
        }
    }

    /// What the figures of an indicator cover; nothing where none were brought in.
    pub fn series(&self, indicator: &str) -> Option<&SeriesCoverage> {
        self.series.get(indicator)
    }
}

impl SeriesCoverage {
    /// The last period of any unit.
    pub fn last(&self) -> Option<Period> {
        self.units.values().filter_map(|periods| periods.last().copied()).max()
    }

    /// How many periods of a unit end before another begins.
    pub fn periods_before(&self, unit: &str, from: Period) -> usize {
        let before = |period: &&Period| **period < from && !period.contains(from);
        self.units.get(unit).map_or(0, |periods| periods.iter().filter(before).count())
    }
}
