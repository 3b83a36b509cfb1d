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

    /// What a column is called: without a header, its number from 1.
    pub(crate) fn name(&self, column: usize) -> String {
        self.names.get(column).cloned().unwrap_or_else(|| (column + 1).to_string())
    }

    /// The first column of that name, in whatever case.
    pub(crate) fn any_case(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|column| column.trim().eq_ignore_ascii_case(name))
    }

    /// The column of that number, counted from 1, or of that name; blanks at its ends are passed over where no other
    /// name is the same. Fails where a number means one column and names another.
    pub(crate) fn find(&self, input: &Input, name: &str) -> Result<usize, Error> {
        let path = || input.path().to_path_buf();
        let named = |is_it: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let columns = self.names.iter().enumerate().filter(|(_, column)| is_it(column));
            columns.map(|(column, _)| column).collect()
        };
        let mut columns = named(&|column| column == name);
        if columns.is_empty() {
            columns = named(&|column| column.trim() == name.trim());
        }
        let position = self.position(name);
        match (position, columns.as_slice()) {
            (Some(position), []) => return Ok(position),
            (None, &[column]) => return Ok(column),
            (Some(position), &[column]) if position == column => return Ok(column),
            (Some(position), &[column, ..]) => {
                let (number, called) = (name.to_string(), self.name(position));
                return Err(Error::Ambiguous { path: path(), number, called, position: column + 1 });
            }
            (None, [_, _, ..]) => {
                let contradiction = "two columns have the same name; call them by their numbers, from 1";
                return Err(Error::Options { path: path(), contradiction });
            }
            (None, []) => {}
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

    /// The column of that number, counted from 1.
    pub(crate) fn position(&self, number: &str) -> Option<usize> {
        let number: usize = number.parse().ok()?;
        (1..=self.width).contains(&number).then(|| number - 1)
    }

    /// What all columns are called; empty without a header.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The header as it stands, cut where it is long.
    pub(crate) fn row(&self) -> String {
        let row = self.names.join(",");
        match row.char_indices().nth(60) {
            Some((at, _)) => format!("{}…", &row[..at]),
            None => row,
        }
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

/// Whether what should be the name of a column is a number, as happens where a header is missing.
pub(crate) fn is_number(name: &str) -> bool {
    name.trim().parse().is_ok_and(f64::is_finite)
}
