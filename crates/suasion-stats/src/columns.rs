//! A dense matrix by columns: one column a donor, one row a period.
//!
//! Shape: `n_rows × n_columns`, `values[column * n_rows + row]`. Assumption, checked once: at least one row
//! and one column, all values finite. Cost: one pass.

use crate::Error;

/// A dense matrix, column-major, complete.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    n_rows: usize,
    values: Vec<f64>,
}

impl Columns {
    /// A matrix of `n_rows` rows from its values, column by column.
    pub fn new(n_rows: usize, values: Vec<f64>) -> Result<Self, Error> {
        if n_rows == 0 || values.is_empty() || !values.len().is_multiple_of(n_rows) {
            let expected = n_rows.max(1) * (values.len() / n_rows.max(1)).max(1);
            return Err(Error::Shape { expected, found: values.len() });
        }
        match values.iter().position(|value| !value.is_finite()) {
            Some(at) => Err(Error::NotFinite { row: at % n_rows, column: Some(at / n_rows) }),
            None => Ok(Self { n_rows, values }),
        }
    }

    /// How many rows there are.
    pub fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// How many columns there are.
    pub fn n_columns(&self) -> usize {
        self.values.len() / self.n_rows
    }

    /// One column.
    ///
    /// # Panics
    /// If there is no such column.
    pub fn column(&self, column: usize) -> &[f64] {
        &self.values[column * self.n_rows..(column + 1) * self.n_rows]
    }
}
