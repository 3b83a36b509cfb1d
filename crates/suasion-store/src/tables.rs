//! The tables of the store as Arrow has them.

use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use suasion_model::evidence::{Holds, Need, TableSpec};

/// The column that says which dataset a row belongs to. The tables are partitioned by it.
pub(crate) const DATASET: &str = "dataset";
/// The column that says which import a row came with.
pub(crate) const IMPORT: &str = "import";

/// The columns of a data file: all but the partition column, which the log says.
pub(crate) fn file_schema(spec: &TableSpec) -> SchemaRef {
    let mut fields = Vec::new();
    for column in spec.columns {
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
pub(crate) fn table_schema(spec: &TableSpec) -> SchemaRef {
    let mut fields: Vec<Field> =
        file_schema(spec).fields().iter().map(|field| field.as_ref().clone()).collect();
    fields.insert(fields.len() - 1, Field::new(DATASET, DataType::Utf8, false));
    Arc::new(Schema::new(fields))
}
