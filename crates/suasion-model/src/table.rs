//! The shapes in which evidence reaches an analysis: plain columns, no Arrow.

use std::collections::{BTreeMap, BTreeSet};

use crate::period::Period;

/// Where a table's rows came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The dataset in the strategy.
    pub dataset: String,
    /// The Delta table, such as `observations`.
    pub table: String,
    /// The table's version that was read.
    pub version: u64,
    /// The SHA-256 digest of the file that the rows came from.
    pub digest: String,
    /// Rows read for this request.
    pub rows: u64,
}

/// An indicator's values.
#[derive(Debug, Clone, PartialEq)]
pub struct Observations {
    /// The values, in no particular order.
    pub rows: Vec<Observation>,
    /// Where they came from.
    pub origin: Origin,
}

/// An indicator's value for a unit in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// The unit, such as a country's ISO 3166 alpha-3 code.
    pub unit: String,
    /// The period.
    pub period: Period,
    /// The value, in the indicator's unit.
    pub value: f64,
}

/// Flows between places in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Flows {
    /// The flows, in no particular order.
    pub rows: Vec<Flow>,
    /// The unit of their values, where the data say one.
    pub unit: Option<String>,
    /// Where they came from.
    pub origin: Origin,
}

/// How much went from one place to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// From where.
    pub origin: String,
    /// To where.
    pub destination: String,
    /// How much.
    pub value: f64,
}

/// Who acted towards whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Interactions {
    /// The interactions, in no particular order.
    pub rows: Vec<Interaction>,
    /// Where they came from.
    pub origin: Origin,
}

/// An act of somebody, towards somebody else or nobody in particular.
#[derive(Debug, Clone, PartialEq)]
pub struct Interaction {
    /// When, in microseconds since 1970-01-01 UTC; of a period, its first instant.
    pub time: i64,
    /// Who acted.
    pub actor: String,
    /// What was done.
    pub verb: String,
    /// Towards whom.
    pub object_actor: Option<String>,
    /// What it was about, as keys that `|` separates.
    pub issue_keys: Option<String>,
    /// Its layer.
    pub layer: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// How much it weighs.
    pub weight: f64,
}

/// Who actors are.
#[derive(Debug, Clone, PartialEq)]
pub struct Actors {
    /// The actors, in no particular order.
    pub rows: Vec<Actor>,
    /// Where they came from.
    pub origin: Origin,
}

/// Who an actor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// What interactions call it.
    pub actor: String,
    /// What it is: `organisation`, `public-office`, or anything else.
    pub kind: Option<String>,
    /// What readers call it.
    pub name: Option<String>,
    /// How close to government it is.
    pub closeness: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// Where it is known from what it is.
    pub source: Option<String>,
}

/// Units by periods, with gaps where nothing was observed.
///
/// Units are sorted by name and periods by time, so a panel never depends on the order of the rows it was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Names of the units, sorted.
    pub units: Vec<String>,
    /// The periods, in order.
    pub periods: Vec<Period>,
    /// `values[unit][period]`.
    pub values: Vec<Vec<Option<f64>>>,
}

impl Panel {
    /// Arranges observations. A later row for the same unit and period replaces an earlier one; imports admit one only.
    pub fn new(rows: &[Observation]) -> Self {
        let units: BTreeSet<&str> = rows.iter().map(|row| row.unit.as_str()).collect();
        let periods: BTreeSet<Period> = rows.iter().map(|row| row.period).collect();
        let unit_index: BTreeMap<&str, usize> =
            units.iter().enumerate().map(|(i, unit)| (*unit, i)).collect();
        let period_index: BTreeMap<Period, usize> =
            periods.iter().enumerate().map(|(i, period)| (*period, i)).collect();
        let mut values = vec![vec![None; periods.len()]; units.len()];
        for row in rows {
            values[unit_index[row.unit.as_str()]][period_index[&row.period]] = Some(row.value);
        }
        Self {
            units: units.into_iter().map(str::to_string).collect(),
            periods: periods.into_iter().collect(),
            values,
        }
    }

    /// The index of a unit.
    pub fn unit(&self, name: &str) -> Option<usize> {
        self.units.binary_search_by(|unit| unit.as_str().cmp(name)).ok()
    }

    /// The value of a unit in a period.
    pub fn value(&self, unit: usize, period: Period) -> Option<f64> {
        self.periods.binary_search(&period).ok().and_then(|at| self.values[unit][at])
    }
}
