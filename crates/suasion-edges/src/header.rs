//! What the columns of a file are called, and which one a name or number means.

use crate::error::Error;
use crate::input::Input;

/// The columns of a file.
#[derive(Debug, Default)]
pub(crate) struct Header {
    /// What columns are called; empty without a header.
    names: Vec<String>,
    /// How many fields a row has; 0 if there is no row.
    pub(crate) width: usize,
}

impl Header {
    /// Columns without names.
    pub(crate) fn numbered(width: usize) -> Self {
        Self { names: Vec::new(), width }
    }

    /// Columns with names.
    pub(crate) fn named(names: Vec<String>) -> Self {
        Self { width: names.len(), names }
    }

    /// Whether columns have names.
    pub(crate) fn has_names(&self) -> bool {
        !self.names.is_empty()
    }

    /// Whether a column is called by a number, as happens where a header is missing.
    pub(crate) fn is_number(&self, column: usize) -> bool {
        self.names.get(column).is_some_and(|name| name.trim().parse::<f64>().is_ok())
    }

    /// What a column is called: without a header, its number from 1.
    pub(crate) fn name(&self, column: usize) -> String {
        self.names.get(column).cloned().unwrap_or_else(|| (column + 1).to_string())
    }

    /// The first column of that name, in whatever case.
    pub(crate) fn any_case(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|column| column.trim().eq_ignore_ascii_case(name))
    }

    /// The column of that name or, if there is none, of that number, counted from 1.
    pub(crate) fn find(&self, input: &Input, name: &str) -> Result<usize, Error> {
        let path = || input.path().to_path_buf();
        let mut named = self.names.iter().enumerate().filter(|(_, column)| *column == name);
        if let Some((column, _)) = named.next() {
            if named.next().is_some() {
                let contradiction = "two columns have the same name; call them by their numbers, from 1";
                return Err(Error::Options { path: path(), contradiction });
            }
            return Ok(column);
        }
        let number: Option<usize> = name.parse().ok();
        if let Some(number) = number.filter(|number| (1..=self.width).contains(number)) {
            return Ok(number - 1);
        }
        let suggestion = self
            .names
            .iter()
            .map(|column| (strsim::osa_distance(&column.to_lowercase(), &name.to_lowercase()), column))
            .filter(|(distance, _)| *distance <= 1 + name.chars().count() / 4)
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, column)| column.clone());
        Err(Error::NoColumn { path: path(), column: name.to_string(), suggestion, there: self.there() })
    }

    /// Which columns there are, in words.
    pub(crate) fn there(&self) -> String {
        if self.names.is_empty() {
            format!("columns are 1 to {}", self.width)
        } else {
            format!("columns are {}", self.names.join(", "))
        }
    }
}
