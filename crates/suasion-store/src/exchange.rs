//! Parquet for commands that work outside a workspace: a file as CSV, and columns as a file.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use datafusion::arrow::array::{ArrayRef, Float64Array, StringArray, UInt32Array, UInt64Array};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::errors::ParquetError;
use datafusion::parquet::file::properties::WriterProperties;
use suasion_model::Diagnostic;
use suasion_model::strategy::words::Format;

use crate::read::{self, RawFile};

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Text.
    Texts(Vec<String>),
    /// Counts.
    Counts(Vec<u32>),
    /// Counts that may exceed 2³².
    Large(Vec<u64>),
    /// Numbers, `None` where there is none.
    Numbers(Vec<Option<f64>>),
}

/// A Parquet file as CSV, columns and rows in its order: every value as its shortest text, null as an empty field.
///
/// Fails as an import of the file does, with what is wrong and what to do.
pub fn parquet_as_csv(path: &Path) -> Result<Vec<u8>, Box<Diagnostic>> {
    let name = path.display().to_string();
    let unreadable = |cause: std::io::Error| {
        suasion_model::data_rules::DAMAGED_FILE
            .in_file(format!("{name} cannot be read"), &name, None)
            .label(cause.to_string())
    };
    let bytes = Bytes::from(std::fs::read(path).map_err(unreadable)?);
    let file = RawFile { name: &name, bytes: &bytes };
    let header = read::header(Format::Parquet, file)?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let unwritten = |cause: csv::Error| Box::new(unreadable(cause.into()));
    writer.write_record(&header).map_err(unwritten)?;
    read::rows(Format::Parquet, file, &mut |row| writer.write_record(row.fields).map_err(unwritten))?;
    writer.into_inner().map_err(|error| Box::new(unreadable(error.into_error())))
}

/// Writes columns of one length as a Parquet file, compressed with Zstandard.
pub fn write_parquet(file: File, columns: Vec<(&str, Values)>) -> Result<(), ParquetError> {
    let arrays = columns.into_iter().map(|(name, values)| {
        let array: ArrayRef = match values {
            Values::Texts(values) => Arc::new(StringArray::from(values)),
            Values::Counts(values) => Arc::new(UInt32Array::from(values)),
            Values::Large(values) => Arc::new(UInt64Array::from(values)),
            Values::Numbers(values) => Arc::new(Float64Array::from(values)),
        };
        (name, array)
    });
    let batch = RecordBatch::try_from_iter(arrays)?;
    let properties =
        WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
    let mut writer = ArrowWriter::try_new(BufWriter::new(file), batch.schema(), Some(properties))?;
    writer.write(&batch)?;
    writer.close()?;
    Ok(())
}
