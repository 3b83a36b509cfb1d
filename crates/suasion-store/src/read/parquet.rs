//! Apache Parquet, as text: every value is written as it would stand in a CSV file, and null is blank, so that both
//! formats go through the same checks and mean the same.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ::csv::StringRecord;
use bytes::Bytes;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, StringArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Float32Type, Float64Type};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use suasion_model::{Diagnostic, data_rules};

use super::{RawFile, RawRow, empty};

pub(super) fn header(file: RawFile<'_>) -> Result<Vec<String>, Box<Diagnostic>> {
    let builder = open(file)?;
    Ok(builder.schema().fields().iter().map(|field| field.name().trim_ascii().to_string()).collect())
}

pub(super) fn rows(
    file: RawFile<'_>,
    take: &mut dyn FnMut(RawRow<'_>) -> Result<(), Box<Diagnostic>>,
) -> Result<(), Box<Diagnostic>> {
    let mut reader = open(file)?.build().map_err(|error| damaged(file, &error.to_string()))?;
    let mut ordinal = 0;
    while let Some(batch) = guarded(file, || reader.next())? {
        let batch = batch.map_err(|error| damaged(file, &error.to_string()))?;
        let columns = guarded(file, || texts(&batch))?.map_err(|error| damaged(file, &error))?;
        let mut fields = StringRecord::new();
        for row in 0..batch.num_rows() {
            fields.clear();
            for column in &columns {
                fields.push_field(if column.is_null(row) { "" } else { column.value(row) });
            }
            take(RawRow { ordinal, line: ordinal + 1, fields: &fields, broken: None })?;
            ordinal += 1;
        }
    }
    Ok(())
}

fn open(file: RawFile<'_>) -> Result<ParquetRecordBatchReaderBuilder<Bytes>, Box<Diagnostic>> {
    if file.bytes.is_empty() {
        return Err(empty(file));
    }
    guarded(file, || ParquetRecordBatchReaderBuilder::try_new(file.bytes.clone()))?
        .map_err(|error| damaged(file, &error.to_string()))
}

/// Decoders have been known to panic on damaged pages: a damaged file is the user's to mend, not ours to die of.
fn guarded<T>(file: RawFile<'_>, decode: impl FnOnce() -> T) -> Result<T, Box<Diagnostic>> {
    catch_unwind(AssertUnwindSafe(decode)).map_err(|_| damaged(file, "a page cannot be decoded"))
}

fn damaged(file: RawFile<'_>, what: &str) -> Box<Diagnostic> {
    data_rules::DAMAGED_FILE
        .in_file(format!("{} cannot be read as Parquet", file.name), file.name, None)
        .label(what)
        .reason("it is cut short, damaged, or of another format")
        .hint("fetch the file again, or say its `format`")
        .into()
}

fn texts(batch: &RecordBatch) -> Result<Vec<StringArray>, String> {
    batch.columns().iter().map(text).collect()
}

/// A column as text. Floats are written as shortly as reads back the same, so that 2012.0 is the year `2012`.
fn text(column: &ArrayRef) -> Result<StringArray, String> {
    let failed = |error: datafusion::arrow::error::ArrowError| error.to_string();
    Ok(match column.data_type() {
        DataType::Dictionary(_, values) => text(&cast(column, values).map_err(failed)?)?,
        DataType::Float32 => {
            column.as_primitive::<Float32Type>().iter().map(|value| value.map(|v| v.to_string())).collect()
        }
        DataType::Float64 => {
            column.as_primitive::<Float64Type>().iter().map(|value| value.map(|v| v.to_string())).collect()
        }
        _ => cast(column, &DataType::Utf8).map_err(failed)?.as_string::<i32>().clone(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use datafusion::arrow::array::{
        ArrayRef, Date32Array, DictionaryArray, Float64Array, Int32Array, Int64Array, StringArray,
    };
    use datafusion::arrow::datatypes::Int8Type;
    use datafusion::arrow::record_batch::RecordBatch;
    use datafusion::parquet::arrow::ArrowWriter;

    use crate::testing::{admitted, dataset, observations, try_admit};

    const COLUMNS: &str = "unit = \"u\", period = \"p\", value = \"v\"";

    fn parquet(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
        let batch = RecordBatch::try_from_iter_with_nullable(
            columns.into_iter().map(|(name, array)| (name, array, true)),
        )
        .expect("a batch");
        let mut bytes = Vec::new();
        let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).expect("a writer");
        writer.write(&batch).expect("written");
        writer.close().expect("closed");
        bytes
    }

    fn units() -> ArrayRef {
        let units: DictionaryArray<Int8Type> =
            [Some("A"), Some("B"), None, Some("A"), Some("C")].into_iter().collect();
        Arc::new(units)
    }

    fn values() -> ArrayRef {
        Arc::new(Float64Array::from(vec![Some(1.5), None, Some(1.0), Some(0.1), Some(f64::NAN)]))
    }

    #[test]
    fn parquet_and_csv_mean_the_same() {
        let csv = b"u,p,v\nA,2011,1.5\nB,2011,\n,2012,1\nA,2012,0.1\nC,2012,NaN\n";
        let expected = admitted(&observations(), csv);
        assert_eq!((expected.batch.num_rows(), expected.dropped.len()), (2, 3));
        let years: [ArrayRef; 4] = [
            Arc::new(Int32Array::from(vec![2011, 2011, 2012, 2012, 2012])),
            Arc::new(Int64Array::from(vec![2011, 2011, 2012, 2012, 2012])),
            Arc::new(Float64Array::from(vec![2011.0, 2011.0, 2012.0, 2012.0, 2012.0])),
            Arc::new(StringArray::from(vec!["2011", "2011", "2012", "2012", "2012"])),
        ];
        let dataset = dataset("observations", "x.parquet", COLUMNS, "");
        for years in years {
            let bytes = parquet(vec![("u", units()), ("p", years), ("v", values())]);
            let admission = admitted(&dataset, &bytes);
            assert_eq!(admission.batch, expected.batch);
            assert_eq!(admission.dropped, expected.dropped);
        }
    }

    #[test]
    fn dates_are_days() {
        let days: ArrayRef = Arc::new(Date32Array::from(vec![15_000; 5]));
        let bytes = parquet(vec![("u", units()), ("p", days), ("v", values())]);
        let admission = admitted(&dataset("observations", "x.parquet", COLUMNS, ""), &bytes);
        assert_eq!(
            admission.by_reason().into_keys().collect::<Vec<_>>(),
            ["contradicted", "no-unit", "no-value", "not-a-number"]
        );
    }

    #[test]
    fn a_damaged_file_is_refused_wherever_it_is_cut() {
        let years: ArrayRef = Arc::new(Int32Array::from(vec![2011, 2011, 2012, 2012, 2012]));
        let bytes = parquet(vec![("u", units()), ("p", years), ("v", values())]);
        let dataset = dataset("observations", "x.parquet", COLUMNS, "");
        for length in 1..bytes.len() {
            let found = try_admit(&dataset, &bytes[..length]).expect_err("it is cut short");
            assert_eq!(found, ["damaged-file"], "{length}");
        }
        assert_eq!(try_admit(&dataset, b"").expect_err("empty"), ["empty-file"]);
        assert_eq!(try_admit(&dataset, b"u,p,v\nA,2011,1\n").expect_err("CSV"), ["damaged-file"]);
    }
}
