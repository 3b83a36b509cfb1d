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
    /// Datasets of indicators that are declared otherwise now than when they were ingested, by indicator.
    redeclared: BTreeMap<String, String>,
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

    /// Remembers that the dataset of an indicator was ingested under another declaration: what its figures cover now,
    /// nobody knows.
    pub fn insert_redeclared(&mut self, indicator: &str, dataset: &str) {
        self.redeclared.insert(indicator.to_string(), dataset.to_string());
    }

    /// What the figures of an indicator cover; nothing where none were brought in.
    pub fn series(&self, indicator: &str) -> Option<&SeriesCoverage> {
        self.series.get(indicator)
    }
}

/// The figures of an indicator as what a check lacks, and why where more is known than that nobody ingested them.
pub(crate) fn figures_of(coverage: Option<&Coverage>, indicator: &str) -> String {
    let figures = format!("figures of `{indicator}` that have been brought in");
    match coverage.and_then(|coverage| coverage.redeclared.get(indicator)) {
        Some(dataset) => {
            format!("{figures} (`{dataset}` was ingested under another declaration; ingest it again)")
        }
        None => figures,
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
