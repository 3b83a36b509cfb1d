//! A complete panel of one outcome: every unit in every period, unit-major.
//!
//! Shape: `n_units × n_periods`, `values[unit * n_periods + period]`, in the unit of the outcome. Assumption,
//! checked once here so that no estimator has to: every value is finite. Errors: a shape that does not match,
//! and the first value (by unit, then period) that is missing. Cost: one pass.

use crate::Error;

/// A complete panel. Units and periods are numbered from 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    n_units: usize,
    n_periods: usize,
    values: Vec<f64>,
}

impl Panel {
    /// A panel from its values, unit by unit: all periods of unit 0, then of unit 1, and so on.
    ///
    /// A missing value is NaN; it is refused with its unit and period.
    pub fn new(n_units: usize, n_periods: usize, values: Vec<f64>) -> Result<Self, Error> {
        let expected = n_units.saturating_mul(n_periods);
        if expected == 0 || values.len() != expected {
            return Err(Error::Shape { expected: expected.max(1), found: values.len() });
        }
        match values.iter().position(|value| !value.is_finite()) {
            Some(at) => Err(Error::MissingValue { unit: at / n_periods, period: at % n_periods }),
            None => Ok(Self { n_units, n_periods, values }),
        }
    }

    /// How many units there are.
    pub fn n_units(&self) -> usize {
        self.n_units
    }

    /// How many periods there are.
    pub fn n_periods(&self) -> usize {
        self.n_periods
    }

    /// One unit's outcomes, in the order of periods.
    ///
    /// # Panics
    /// If there is no such unit.
    pub fn unit(&self, unit: usize) -> &[f64] {
        &self.values[unit * self.n_periods..(unit + 1) * self.n_periods]
    }
}
