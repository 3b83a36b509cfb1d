//! The tables that evidence fills: which columns they have, what each holds, and what makes a row the same row.
//!
//! A new table is one new file here and one line in [`of`].

mod flows;
mod interactions;
mod observations;

use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use suasion_model::strategy::words::TableKind;

/// The column that says which dataset a row belongs to. The tables are partitioned by it.
pub(crate) const DATASET: &str = "dataset";
/// The column that says which import a row came with.
pub(crate) const IMPORT: &str = "import";

/// A table and its columns.
#[derive(Debug)]
pub(crate) struct TableSpec {
    /// Its name in the store and in SQL.
    pub(crate) name: &'static str,
    /// The columns that a file fills.
    pub(crate) columns: &'static [ColumnSpec],
    /// Whether two rows with the same key columns are the same row. Events have no key: the same may happen twice.
    pub(crate) unique: bool,
}

/// A column that a file fills.
#[derive(Debug)]
pub(crate) struct ColumnSpec {
    /// Our name.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) holds: Holds,
    /// What happens where the file does not say it.
    pub(crate) need: Need,
    /// Whether it is part of the row's key.
    pub(crate) key: bool,
    /// Why a row is dropped where this is blank.
    pub(crate) blank: &'static str,
    /// Why a row is dropped where this cannot be read.
    pub(crate) bad: &'static str,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Text, without the ASCII white space around it.
    Text,
    /// A period as it was said; `<name>_start` has its first day.
    Period,
    /// A period or an instant as it was said; `<name>_start` has its first instant in UTC.
    Time,
    /// A finite number.
    Number,
}

/// What happens where a file does not say a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Need {
    /// The mapping must name it, and a row without it is dropped.
    Required,
    /// It is null.
    Optional,
    /// Where the mapping does not name it, every row has this number; a row that leaves it blank is dropped.
    Otherwise(f64),
    /// Where the mapping does not name it, the dataset's declared unit.
    DeclaredUnit,
}

/// The table of a kind; `None` where this version does not read it yet.
pub(crate) fn of(kind: TableKind) -> Option<&'static TableSpec> {
    match kind {
        TableKind::Observations => Some(&observations::OBSERVATIONS),
        TableKind::Flows => Some(&flows::FLOWS),
        TableKind::Interactions => Some(&interactions::INTERACTIONS),
        TableKind::Shares
        | TableKind::Statements
        | TableKind::Acts
        | TableKind::Ledger
        | TableKind::Actors => None,
    }
}

/// Every table that can be read, in the order in which they are listed.
pub(crate) fn all() -> [&'static TableSpec; 3] {
    [&flows::FLOWS, &interactions::INTERACTIONS, &observations::OBSERVATIONS]
}

impl TableSpec {
    /// The columns of a data file: all but the partition column, which the log says.
    pub(crate) fn file_schema(&self) -> SchemaRef {
        let mut fields = Vec::new();
        for column in self.columns {
            let nullable = matches!(column.need, Need::Optional | Need::DeclaredUnit);
            let (data_type, start) = match column.holds {
                Holds::Text => (DataType::Utf8, None),
                Holds::Number => (DataType::Float64, None),
                Holds::Period => (DataType::Utf8, Some(DataType::Date32)),
                Holds::Time => {
                    (DataType::Utf8, Some(DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))))
                }
            };
            fields.push(Field::new(column.name, data_type, nullable));
            if let Some(start) = start {
                fields.push(Field::new(format!("{}_start", column.name), start, nullable));
            }
        }
        fields.push(Field::new(IMPORT, DataType::Utf8, false));
        Arc::new(Schema::new(fields))
    }

    /// The columns of the table.
    pub(crate) fn table_schema(&self) -> SchemaRef {
        let mut fields: Vec<Field> =
            self.file_schema().fields().iter().map(|field| field.as_ref().clone()).collect();
        fields.insert(fields.len() - 1, Field::new(DATASET, DataType::Utf8, false));
        Arc::new(Schema::new(fields))
    }
}
