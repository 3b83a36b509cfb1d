//! Which rows of a file come in, and why the others do not.
//!
//! One pass reads the file into columns. The rows are then sorted by all that they say, so that neither what is kept
//! nor its order depends on the order of the file. Of rows with one key that agree in everything, the first is kept;
//! where they disagree, none is, for nothing says which is right.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, Date32Builder, Float64Builder, StringArray, StringBuilder, TimestampMicrosecondBuilder,
    UInt32Array,
};
use datafusion::arrow::compute::{SortColumn, lexsort_to_indices, partition, take};
use datafusion::arrow::record_batch::RecordBatch;
use suasion_model::data_rules::{self, DataRule};
use suasion_model::evidence::{ColumnSpec, Holds, TableSpec};
use suasion_model::strategy::words::Format;
use suasion_model::{Diagnostic, Period};

use crate::error::Error;
use crate::mapping::{Fill, Mapping};
use crate::read::{RawFile, RawRow, rows};
use crate::tables::file_schema;
use crate::value;

/// Text of a column beyond this cannot be held at once.
const LARGEST_COLUMN: usize = i32::MAX as usize;

/// No table has more columns than this.
const MOST_COLUMNS: usize = 16;

/// What came of a file.
#[derive(Debug)]
pub(crate) struct Admission {
    /// The rows that come in, sorted.
    pub(crate) batch: RecordBatch,
    /// The rows that were read.
    pub(crate) rows_read: u64,
    /// Why the others do not, by their place in the file.
    pub(crate) dropped: BTreeMap<u64, &'static DataRule>,
    /// The first row for each reason.
    pub(crate) firsts: BTreeMap<&'static str, First>,
}

/// The first row that is dropped for a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct First {
    /// Where it begins.
    pub(crate) line: u64,
    /// The value that cannot be read, where it is one value.
    pub(crate) value: Option<String>,
}

impl Admission {
    /// How many rows do not come in, by reason.
    pub(crate) fn by_reason(&self) -> BTreeMap<String, u64> {
        let mut counts = BTreeMap::new();
        for reason in self.dropped.values() {
            *counts.entry(reason.code.to_string()).or_insert(0) += 1;
        }
        counts
    }
}

/// Why a file gives nothing.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The file is at fault.
    Input(Box<Diagnostic>),
    /// We are.
    Failure(Error),
}

/// Reads a file into the rows that come in and the reasons why the others do not.
pub(crate) fn admit(
    format: Format,
    file: RawFile<'_>,
    spec: &TableSpec,
    mapping: &Mapping,
    import: &str,
) -> Result<Admission, Refusal> {
    let mut columns: Vec<Builder> = spec.columns.iter().map(|column| Builder::new(column.holds)).collect();
    let mut accepted = Vec::new();
    let mut rows_read = 0;
    let mut dropped = BTreeMap::new();
    let mut firsts = BTreeMap::new();
    rows(format, file, &mut |row| {
        rows_read += 1;
        match parse(spec, mapping, &row) {
            Ok(values) => {
                accepted.push((row.ordinal, row.line));
                for (column, value) in columns.iter_mut().zip(&values) {
                    if !column.push(value) {
                        return Err(too_large(file));
                    }
                }
            }
            Err(Unusable { reason, value }) => {
                dropped.insert(row.ordinal, reason);
                firsts
                    .entry(reason.code)
                    .or_insert_with(|| First { line: row.line, value: value.map(str::to_string) });
            }
        }
        Ok(())
    })
    .map_err(Refusal::Input)?;

    let failure = |source| Refusal::Failure(Error::Arrange { path: file.name.to_string(), source });
    let arrays: Vec<Vec<ArrayRef>> = columns.into_iter().map(Builder::finish).collect();
    let sorted = sort(spec, &arrays, accepted.len()).map_err(failure)?;
    let kept = if spec.unique {
        unique(spec, &sorted, &accepted, &mut dropped, &mut firsts).map_err(failure)?
    } else {
        (0..accepted.len() as u32).collect()
    };
    let kept = UInt32Array::from(kept);
    let mut arrays = Vec::new();
    for column in sorted.columns.iter().flatten() {
        arrays.push(take(column, &kept, None).map_err(failure)?);
    }
    arrays.push(Arc::new(StringArray::from_iter_values(std::iter::repeat_n(import, kept.len()))));
    let batch = RecordBatch::try_new(file_schema(spec), arrays).map_err(failure)?;
    Ok(Admission { batch, rows_read, dropped, firsts })
}

/// A value as it goes into a column.
#[derive(Clone, Copy)]
enum Value<'r> {
    Null,
    Text(&'r str),
    Period(&'r str, i32),
    Time(&'r str, i64),
    Number(f64),
}

/// Why a row has no values.
struct Unusable<'r> {
    reason: &'static DataRule,
    /// The value that cannot be read.
    value: Option<&'r str>,
}

/// A row's values, or the first reason why it has none.
fn parse<'r>(
    spec: &TableSpec,
    mapping: &'r Mapping,
    row: &RawRow<'r>,
) -> Result<[Value<'r>; MOST_COLUMNS], Unusable<'r>> {
    if let Some(reason) = row.broken {
        return Err(Unusable { reason, value: None });
    }
    let mut values = [Value::Null; MOST_COLUMNS];
    for ((value, column), fill) in values.iter_mut().zip(spec.columns).zip(&mapping.sources) {
        *value = match fill {
            Fill::Null => Value::Null,
            Fill::Number(number) => Value::Number(*number),
            Fill::Text(text) => Value::Text(text),
            Fill::Field(at) => field(column, row.fields.get(*at).unwrap_or("").trim_ascii())?,
        };
    }
    Ok(values)
}

fn field<'r>(column: &ColumnSpec, text: &'r str) -> Result<Value<'r>, Unusable<'r>> {
    if text.is_empty() {
        return column.blank.map_or(Ok(Value::Null), |reason| Err(Unusable { reason, value: None }));
    }
    let (value, reason) = match column.holds {
        Holds::Text => return Ok(Value::Text(text)),
        Holds::Period => (
            Period::parse(text).map(|period| Value::Period(text, period.days_since_epoch())),
            &data_rules::NOT_A_PERIOD,
        ),
        Holds::Time => (value::time(text).map(|time| Value::Time(text, time)), &data_rules::NOT_A_TIME),
        Holds::Number => (value::number(text).map(Value::Number), &data_rules::NOT_A_NUMBER),
    };
    value.ok_or(Unusable { reason, value: Some(text) })
}

enum Builder {
    Text(StringBuilder),
    Period(StringBuilder, Date32Builder),
    Time(StringBuilder, TimestampMicrosecondBuilder),
    Number(Float64Builder),
}

impl Builder {
    fn new(holds: Holds) -> Self {
        match holds {
            Holds::Text => Self::Text(StringBuilder::new()),
            Holds::Period => Self::Period(StringBuilder::new(), Date32Builder::new()),
            Holds::Time => {
                Self::Time(StringBuilder::new(), TimestampMicrosecondBuilder::new().with_timezone("UTC"))
            }
            Holds::Number => Self::Number(Float64Builder::new()),
        }
    }

    /// Adds a value; false where the column would become too large.
    fn push(&mut self, value: &Value<'_>) -> bool {
        let text = |builder: &mut StringBuilder, text: &str| {
            let fits = builder.values_slice().len() + text.len() <= LARGEST_COLUMN;
            if fits {
                builder.append_value(text);
            }
            fits
        };
        match (self, value) {
            (Self::Text(builder), Value::Text(value)) => return text(builder, value),
            (Self::Period(said, start), Value::Period(value, day)) => {
                start.append_value(*day);
                return text(said, value);
            }
            (Self::Time(said, start), Value::Time(value, instant)) => {
                start.append_value(*instant);
                return text(said, value);
            }
            (Self::Number(builder), Value::Number(number)) => builder.append_value(*number),
            (Self::Text(builder), _) => builder.append_null(),
            (Self::Number(builder), _) => builder.append_null(),
            (Self::Period(said, start), _) => {
                said.append_null();
                start.append_null();
            }
            (Self::Time(said, start), _) => {
                said.append_null();
                start.append_null();
            }
        }
        true
    }

    fn finish(self) -> Vec<ArrayRef> {
        match self {
            Self::Text(mut builder) => vec![Arc::new(builder.finish())],
            Self::Number(mut builder) => vec![Arc::new(builder.finish())],
            Self::Period(mut said, mut start) => vec![Arc::new(said.finish()), Arc::new(start.finish())],
            Self::Time(mut said, mut start) => vec![Arc::new(said.finish()), Arc::new(start.finish())],
        }
    }
}

/// Columns of rows, sorted by key, then by all else that they say, then by their order in the file.
struct Sorted {
    columns: Vec<Vec<ArrayRef>>,
    /// Where each row was before.
    before: UInt32Array,
}

type ArrowError = datafusion::arrow::error::ArrowError;

fn sort(spec: &TableSpec, columns: &[Vec<ArrayRef>], n_rows: usize) -> Result<Sorted, ArrowError> {
    let order: ArrayRef = Arc::new(UInt32Array::from_iter_values(0..n_rows as u32));
    let by: Vec<SortColumn> = keys_first(spec, columns)
        .into_iter()
        .chain([order])
        .map(|values| SortColumn { values, options: None })
        .collect();
    let before = lexsort_to_indices(&by, None)?;
    let columns = columns
        .iter()
        .map(|column| column.iter().map(|array| take(array, &before, None)).collect())
        .collect::<Result<_, _>>()?;
    Ok(Sorted { columns, before })
}

/// The arrays that say what a row says: its key's, then the others'. Starts follow from what was said.
fn keys_first(spec: &TableSpec, columns: &[Vec<ArrayRef>]) -> Vec<ArrayRef> {
    let of = |key: bool| {
        let chosen = spec.columns.iter().zip(columns).filter(move |(column, _)| column.key == key);
        chosen.map(|(_, arrays)| arrays[0].clone())
    };
    of(true).chain(of(false)).collect()
}

/// The rows to keep, by their place among the sorted; why the others are dropped goes into `dropped`.
fn unique(
    spec: &TableSpec,
    sorted: &Sorted,
    accepted: &[(u64, u64)],
    dropped: &mut BTreeMap<u64, &'static DataRule>,
    firsts: &mut BTreeMap<&'static str, First>,
) -> Result<Vec<u32>, ArrowError> {
    if sorted.before.is_empty() {
        return Ok(Vec::new());
    }
    let all = keys_first(spec, &sorted.columns);
    let n_key = spec.columns.iter().filter(|column| column.key).count();
    let same_key = partition(&all[..n_key])?.ranges();
    let same_row = partition(&all)?.ranges();
    let mut kept = Vec::with_capacity(same_key.len());
    let mut rows = same_row.into_iter().peekable();
    for key in same_key {
        let agree = rows.peek().is_some_and(|row| *row == key);
        while rows.next_if(|row| row.end <= key.end).is_some() {}
        let (reason, from) = if agree {
            (&data_rules::REPEATED, key.start + 1)
        } else {
            (&data_rules::CONTRADICTED, key.start)
        };
        if agree {
            kept.push(key.start as u32);
        }
        for at in from..key.end {
            let (ordinal, line) = accepted[sorted.before.value(at) as usize];
            dropped.insert(ordinal, reason);
            let first = firsts.entry(reason.code).or_insert(First { line, value: None });
            first.line = first.line.min(line);
        }
    }
    Ok(kept)
}

fn too_large(file: RawFile<'_>) -> Box<Diagnostic> {
    data_rules::FILE_TOO_LARGE
        .in_file(format!("{} is too large to read at once", file.name), file.name, None)
        .reason("one of its columns holds more than 2 GiB of text")
        .hint("split the file into several datasets")
        .into()
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::util::pretty::pretty_format_batches;

    use crate::testing::{admitted, dataset, observations, try_admit};

    fn counts(text: &str) -> Vec<(String, u64)> {
        admitted(&observations(), text.as_bytes()).by_reason().into_iter().collect()
    }

    fn one(reason: &str, n: u64) -> Vec<(String, u64)> {
        vec![(reason.to_string(), n)]
    }

    #[test]
    fn good_rows_come_in_sorted_and_trimmed() {
        let admission = admitted(&observations(), b"p,u,v,extra\n2012-02, B ,2,x\n2011,A,1.50,y\n");
        assert!(admission.dropped.is_empty());
        let text = pretty_format_batches(&[admission.batch]).expect("printed").to_string();
        let expected = [
            "+-----------+------+---------+--------------+-------+--------+--------+",
            "| indicator | unit | period  | period_start | value | status | import |",
            "+-----------+------+---------+--------------+-------+--------+--------+",
            "|           | A    | 2011    | 2011-01-01   | 1.5   |        | import |",
            "|           | B    | 2012-02 | 2012-02-01   | 2.0   |        | import |",
            "+-----------+------+---------+--------------+-------+--------+--------+",
        ];
        assert_eq!(text, expected.join("\n"));
    }

    #[test]
    fn each_bad_row_is_dropped_for_its_reason() {
        let good = "u,p,v\nA,2011,1\n";
        for (row, reason) in [
            ("B,2011", "wrong-number-of-fields"),
            ("\"B\"x,2011,1", "text-after-quote"),
            (" ,2011,1", "no-unit"),
            ("B,,1", "no-period"),
            ("B,12/2011,1", "not-a-period"),
            ("B,2011-02-30,1", "not-a-period"),
            ("B,2011,", "no-value"),
            ("B,2011,\"1,234\"", "not-a-number"),
            ("B,2011,12 %", "not-a-number"),
            ("B,2011,NaN", "not-a-number"),
            ("A,2011,1", "repeated"),
        ] {
            assert_eq!(counts(&format!("{good}{row}\n")), one(reason, 1), "{row}");
        }
        assert_eq!(counts(&format!("{good}A,2011,2\n")), one("contradicted", 2));
    }

    #[test]
    fn contradictions_do_not_depend_on_the_order_of_rows() {
        let rows = ["A,2011,1", "A,2011,2", "A,2011,1", "B,2011,5", "B,2011,5.0", "C,2011,9"];
        let mut batches = Vec::new();
        for turn in 0..rows.len() {
            for reverse in [false, true] {
                let mut rows = rows;
                rows.rotate_left(turn);
                if reverse {
                    rows.reverse();
                }
                let admission = admitted(&observations(), format!("u,p,v\n{}\n", rows.join("\n")).as_bytes());
                let counts: Vec<_> = admission.by_reason().into_iter().collect();
                assert_eq!(counts, [("contradicted".to_string(), 3), ("repeated".to_string(), 1)]);
                batches.push(admission.batch);
            }
        }
        assert!(batches.iter().all(|batch| *batch == batches[0]), "the same rows in the same order");
        assert_eq!(batches[0].num_rows(), 2);
    }

    #[test]
    fn a_status_or_unit_that_differs_is_a_contradiction_too() {
        let columns = "unit = \"u\", period = \"p\", value = \"v\", status = \"s\"";
        let of = |text: &str| admitted(&dataset("observations", "x.csv", columns, ""), text.as_bytes());
        assert_eq!(of("u,p,v,s\nA,2011,1,final\nA,2011,1,draft\nB,2011,1,\n").by_reason().len(), 1);
        assert_eq!(of("u,p,v,s\nA,2011,1,final\nA,2011,1,draft\nB,2011,1,\n").batch.num_rows(), 1);
    }

    #[test]
    fn the_first_line_of_each_reason_is_known() {
        let admission = admitted(&observations(), b"u,p,v\nA,2011,1\nA,2011,2\n,2011,1\nB,x,1\nB,y,1\n");
        assert_eq!(admission.firsts["not-a-period"].value.as_deref(), Some("x"));
        let lines: Vec<_> = admission.firsts.into_iter().map(|(code, first)| (code, first.line)).collect();
        assert_eq!(lines, [("contradicted", 2), ("no-unit", 4), ("not-a-period", 5)]);
    }

    #[test]
    fn flows_have_their_declared_unit_and_their_kind_as_key() {
        let columns = "period = \"p\", origin = \"o\", destination = \"d\", value = \"v\", kind = \"k\"";
        let flows = dataset("flows", "x.csv", columns, "unit = \"people\"");
        let admission =
            admitted(&flows, b"p,o,d,v,k\n2011,A,B,1,x\n2011,A,B,2,y\n2011,,B,1,x\n2011,A,,1,x\n");
        assert_eq!(admission.by_reason().into_keys().collect::<Vec<_>>(), ["no-destination", "no-origin"]);
        let text = pretty_format_batches(&[admission.batch]).expect("printed").to_string();
        assert_eq!(text.matches("people").count(), 2, "{text}");
    }

    #[test]
    fn equal_interactions_are_two_events_of_weight_one() {
        let columns = "time = \"t\", actor = \"a\", verb = \"v\"";
        let events = dataset("interactions", "x.csv", columns, "");
        let admission =
            admitted(&events, b"t,a,v\n2011-01-01T10:00Z,X,asks\n2011-01-01T10:00Z,X,asks\nnoon,X,asks\n");
        assert_eq!(admission.by_reason().into_iter().collect::<Vec<_>>(), one("not-a-time", 1));
        let text = pretty_format_batches(&[admission.batch]).expect("printed").to_string();
        assert_eq!(text.matches("| 1.0    | import |").count(), 2, "{text}");
    }

    #[test]
    fn a_file_without_rows_has_none() {
        assert_eq!(admitted(&observations(), b"u,p,v\n").rows_read, 0);
        assert_eq!(try_admit(&observations(), b"").expect_err("empty"), ["empty-file"]);
    }
}
