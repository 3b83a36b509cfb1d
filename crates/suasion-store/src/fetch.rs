//! From rows of a table to the plain columns that an analysis reads.
//!
//! What a request leaves open is never settled here: where a dataset holds several series, kinds or units and the
//! request names none, that is an error, for sums across them mean nothing.

use std::collections::BTreeSet;

use datafusion::arrow::array::{Array, AsArray, Float64Array, Int64Array, StringArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Float64Type, Int64Type};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::error::DataFusionError;
use suasion_model::Period;
use suasion_model::table::{
    Actor, Actors, Flow, Flows, Interaction, Interactions, Observation, Observations, Origin,
};

use crate::error::Error;
use crate::read::list;

/// The observations of one series, sorted by unit, then period.
pub(crate) fn observations(
    batches: &[RecordBatch],
    code: Option<&str>,
    origin: Origin,
) -> Result<Observations, Error> {
    let failed = |source| Error::ReadTable { table: origin.table.clone(), source };
    let mut series = BTreeSet::new();
    let mut rows = Vec::new();
    for batch in batches {
        let (indicator, unit) = (texts(batch, "indicator"), texts(batch, "unit"));
        let (indicator, unit) = (indicator.map_err(failed)?, unit.map_err(failed)?);
        let period = texts(batch, "period").map_err(failed)?;
        let value = numbers(batch, "value").map_err(failed)?;
        for at in 0..batch.num_rows() {
            let indicator = indicator.is_valid(at).then(|| indicator.value(at));
            series.insert(indicator.map(str::to_string));
            let row = Observation {
                unit: unit.value(at).to_string(),
                period: read_period(period.value(at)).map_err(failed)?,
                value: value.value(at),
            };
            rows.push((indicator.map(str::to_string), row));
        }
    }
    let named: Vec<&str> = series.iter().flatten().map(String::as_str).collect();
    match code {
        // A dataset without series has one, and it is the one meant.
        Some(code) if !named.is_empty() => rows.retain(|(indicator, _)| indicator.as_deref() == Some(code)),
        None if series.len() > 1 => return Err(ambiguous(&origin, "series", &named)),
        Some(_) | None => {}
    }
    let mut rows: Vec<Observation> = rows.into_iter().map(|(_, row)| row).collect();
    rows.sort_by(|a, b| (&a.unit, a.period).cmp(&(&b.unit, b.period)).then(a.value.total_cmp(&b.value)));
    let origin = Origin { rows: rows.len() as u64, ..origin };
    Ok(Observations { rows, origin })
}

/// The flows of one period and kind, sorted by origin, then destination.
pub(crate) fn flows(
    batches: &[RecordBatch],
    period: Period,
    kind: Option<&str>,
    origin: Origin,
) -> Result<Flows, Error> {
    let failed = |source| Error::ReadTable { table: origin.table.clone(), source };
    let (mut kinds, mut units) = (BTreeSet::new(), BTreeSet::new());
    let mut rows = Vec::new();
    for batch in batches {
        let said = texts(batch, "period").map_err(failed)?;
        let (from, to) = (texts(batch, "origin"), texts(batch, "destination"));
        let (from, to) = (from.map_err(failed)?, to.map_err(failed)?);
        let (of, unit) = (texts(batch, "kind"), texts(batch, "unit"));
        let (of, unit) = (of.map_err(failed)?, unit.map_err(failed)?);
        let value = numbers(batch, "value").map_err(failed)?;
        for at in 0..batch.num_rows() {
            if read_period(said.value(at)).map_err(failed)? != period {
                continue;
            }
            let this = of.is_valid(at).then(|| of.value(at));
            if kind.is_some() && this.is_some() && this != kind {
                kinds.insert(this.map(str::to_string));
                continue;
            }
            kinds.insert(this.map(str::to_string));
            units.insert(unit.is_valid(at).then(|| unit.value(at).to_string()));
            let row = Flow {
                origin: from.value(at).to_string(),
                destination: to.value(at).to_string(),
                value: value.value(at),
            };
            rows.push((this.is_some(), row));
        }
    }
    let named: Vec<&str> = kinds.iter().flatten().map(String::as_str).collect();
    if kind.is_none() && kinds.len() > 1 {
        return Err(ambiguous(&origin, "kinds of flow", &named));
    }
    if kind.is_some() && !named.is_empty() {
        rows.retain(|(has_kind, _)| *has_kind);
    }
    if units.len() > 1 {
        let units: Vec<&str> = units.iter().map(|unit| unit.as_deref().unwrap_or("none")).collect();
        return Err(ambiguous(&origin, "units of flows", &units));
    }
    let mut rows: Vec<Flow> = rows.into_iter().map(|(_, row)| row).collect();
    rows.sort_by(|a, b| {
        (&a.origin, &a.destination).cmp(&(&b.origin, &b.destination)).then(a.value.total_cmp(&b.value))
    });
    let origin = Origin { rows: rows.len() as u64, ..origin };
    Ok(Flows { rows, unit: units.pop_first().flatten(), origin })
}

/// All interactions, sorted by all that they say.
pub(crate) fn interactions(batches: &[RecordBatch], origin: Origin) -> Result<Interactions, Error> {
    let failed = |source| Error::ReadTable { table: origin.table.clone(), source };
    let mut rows = Vec::new();
    for batch in batches {
        let time = instants(batch, "time_start").map_err(failed)?;
        let (actor, verb) = (texts(batch, "actor"), texts(batch, "verb"));
        let (actor, verb) = (actor.map_err(failed)?, verb.map_err(failed)?);
        let object_actor = texts(batch, "object_actor").map_err(failed)?;
        let issue_keys = texts(batch, "issue_keys").map_err(failed)?;
        let layer = texts(batch, "layer").map_err(failed)?;
        let language = texts_if_there(batch, "language").map_err(failed)?;
        let weight = numbers(batch, "weight").map_err(failed)?;
        for at in 0..batch.num_rows() {
            rows.push(Interaction {
                time: time.value(at),
                actor: actor.value(at).to_string(),
                verb: verb.value(at).to_string(),
                object_actor: text(&object_actor, at),
                issue_keys: text(&issue_keys, at),
                layer: text(&layer, at),
                language: language.as_ref().and_then(|language| text(language, at)),
                weight: weight.value(at),
            });
        }
    }
    rows.sort_by(|a, b| said(a).cmp(&said(b)).then(a.weight.total_cmp(&b.weight)));
    let origin = Origin { rows: rows.len() as u64, ..origin };
    Ok(Interactions { rows, origin })
}

/// What an interaction says, but for its weight.
fn said(row: &Interaction) -> impl Ord + '_ {
    (row.time, &row.actor, &row.object_actor, &row.verb, &row.layer, &row.issue_keys, &row.language)
}

/// All actors, sorted.
pub(crate) fn actors(batches: &[RecordBatch], origin: Origin) -> Result<Actors, Error> {
    let failed = |source| Error::ReadTable { table: origin.table.clone(), source };
    let mut rows = Vec::new();
    for batch in batches {
        let actor = texts(batch, "actor").map_err(failed)?;
        let (kind, name) = (texts(batch, "kind"), texts(batch, "name"));
        let (kind, name) = (kind.map_err(failed)?, name.map_err(failed)?);
        let (closeness, source) = (texts(batch, "closeness"), texts(batch, "source"));
        let (closeness, source) = (closeness.map_err(failed)?, source.map_err(failed)?);
        let (language, country) = (texts(batch, "language"), texts(batch, "country"));
        let (language, country) = (language.map_err(failed)?, country.map_err(failed)?);
        rows.extend((0..batch.num_rows()).map(|at| Actor {
            actor: actor.value(at).to_string(),
            kind: text(&kind, at),
            name: text(&name, at),
            closeness: text(&closeness, at),
            language: text(&language, at),
            country: text(&country, at),
            source: text(&source, at),
        }));
    }
    rows.sort_by(|a, b| a.actor.cmp(&b.actor));
    let origin = Origin { rows: rows.len() as u64, ..origin };
    Ok(Actors { rows, origin })
}

fn ambiguous(origin: &Origin, what: &'static str, there: &[&str]) -> Error {
    Error::Ambiguous { dataset: origin.dataset.clone(), what, there: list(there) }
}

fn texts(batch: &RecordBatch, name: &str) -> Result<StringArray, DataFusionError> {
    Ok(cast(column(batch, name)?, &DataType::Utf8)?.as_string::<i32>().clone())
}

/// The same of a column that tables may lack which were written before there was one.
fn texts_if_there(batch: &RecordBatch, name: &str) -> Result<Option<StringArray>, DataFusionError> {
    batch.column_by_name(name).map(|_| texts(batch, name)).transpose()
}

fn text(column: &StringArray, at: usize) -> Option<String> {
    column.is_valid(at).then(|| column.value(at).to_string())
}

/// Microseconds since 1970-01-01 UTC.
fn instants(batch: &RecordBatch, name: &str) -> Result<Int64Array, DataFusionError> {
    Ok(cast(column(batch, name)?, &DataType::Int64)?.as_primitive::<Int64Type>().clone())
}

fn numbers(batch: &RecordBatch, name: &str) -> Result<Float64Array, DataFusionError> {
    Ok(cast(column(batch, name)?, &DataType::Float64)?.as_primitive::<Float64Type>().clone())
}

fn column<'b>(
    batch: &'b RecordBatch,
    name: &str,
) -> Result<&'b datafusion::arrow::array::ArrayRef, DataFusionError> {
    batch
        .column_by_name(name)
        .ok_or_else(|| DataFusionError::Execution(format!("the table has no column `{name}`")))
}

fn read_period(text: &str) -> Result<Period, DataFusionError> {
    Period::parse(text).ok_or_else(|| DataFusionError::Execution(format!("`{text}` is not a period")))
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::record_batch::RecordBatch;
    use suasion_model::Period;
    use suasion_model::table::Origin;

    use super::{actors, flows, interactions, observations};
    use crate::error::Error;
    use crate::testing::{admitted, dataset};

    fn origin() -> Origin {
        Origin { dataset: "d".into(), table: "t".into(), version: 3, digest: "x".into(), rows: 0 }
    }

    fn observed(text: &str) -> [RecordBatch; 1] {
        let columns = "indicator = \"i\", unit = \"u\", period = \"p\", value = \"v\"";
        [admitted(&dataset("observations", "x.csv", columns, ""), text.as_bytes()).batch]
    }

    fn flowed(text: &str) -> [RecordBatch; 1] {
        let columns =
            "period = \"p\", origin = \"o\", destination = \"d\", kind = \"k\", value = \"v\", unit = \"n\"";
        [admitted(&dataset("flows", "x.csv", columns, ""), text.as_bytes()).batch]
    }

    #[test]
    fn one_series_is_read_and_several_are_asked_about() {
        let two = observed("i,u,p,v\nX,B,2011,2\nX,A,2012,1\nX,A,2011,3\nY,A,2011,9\n");
        let x = observations(&two, Some("X"), origin()).expect("X");
        let said: Vec<_> = x.rows.iter().map(|row| (row.unit.as_str(), row.value)).collect();
        assert_eq!(said, [("A", 3.0), ("A", 1.0), ("B", 2.0)]);
        assert_eq!((x.origin.rows, x.origin.version), (3, 3));
        assert!(observations(&two, Some("Z"), origin()).expect("none").rows.is_empty());
        assert!(matches!(observations(&two, None, origin()), Err(Error::Ambiguous { .. })));
        let one = observed("i,u,p,v\n,A,2011,3\n");
        assert_eq!(observations(&one, Some("X"), origin()).expect("the one").rows.len(), 1);
        assert_eq!(observations(&one, None, origin()).expect("the one").rows.len(), 1);
    }

    #[test]
    fn flows_of_one_period_and_kind() {
        let all = flowed("p,o,d,k,v,n\n2011,B,A,x,1,p\n2011,A,B,x,2,p\n2012,A,B,x,3,p\n2011,A,B,y,4,p\n");
        let year = Period::year(2011).expect("a year");
        let x = flows(&all, year, Some("x"), origin()).expect("x");
        assert_eq!(x.rows.iter().map(|row| row.value).collect::<Vec<_>>(), [2.0, 1.0]);
        assert_eq!((x.unit.as_deref(), x.origin.rows), (Some("p"), 2));
        assert!(matches!(flows(&all, year, None, origin()), Err(Error::Ambiguous { .. })));
        let next = Period::year(2012).expect("a year");
        assert_eq!(flows(&all, next, None, origin()).expect("one kind").rows.len(), 1);
        let units = flowed("p,o,d,k,v,n\n2011,B,A,,1,p\n2011,A,B,,2,q\n");
        assert!(matches!(flows(&units, year, None, origin()), Err(Error::Ambiguous { .. })));
    }

    #[test]
    fn interactions_are_read_whatever_their_order() {
        let columns = "time = \"t\", actor = \"a\", verb = \"v\", object_actor = \"o\", language = \"l\"";
        let read = |text: &str| {
            let batch = admitted(&dataset("interactions", "x.csv", columns, ""), text.as_bytes()).batch;
            interactions(&[batch], origin()).expect("interactions")
        };
        let two = read("t,a,v,o,l\n2012-01-02,B,likes,A,fr\n2012-01-01T12:00,A,says,,\n");
        assert_eq!(two, read("t,a,v,o,l\n2012-01-01T12:00,A,says,,\n2012-01-02,B,likes,A,fr\n"));
        let said =
            |at: usize| (two.rows[at].actor.as_str(), two.rows[at].language.as_deref(), two.rows[at].weight);
        assert_eq!((said(0), said(1)), (("A", None, 1.0), ("B", Some("fr"), 1.0)));
        assert_eq!((two.rows[0].time, two.origin.rows), (1_325_419_200_000_000, 2));
        assert_eq!(two.rows[0].object_actor, None);
    }

    #[test]
    fn interactions_of_tables_without_a_language_have_none() {
        let columns = "time = \"t\", actor = \"a\", verb = \"v\", language = \"l\"";
        let batch =
            admitted(&dataset("interactions", "x.csv", columns, ""), b"t,a,v,l\n2012,A,says,fr\n").batch;
        let kept: Vec<usize> =
            (0..batch.num_columns()).filter(|at| batch.schema().field(*at).name() != "language").collect();
        let before = batch.project(&kept).expect("fewer columns");
        assert_eq!(interactions(&[before], origin()).expect("interactions").rows[0].language, None);
    }

    #[test]
    fn actors_have_what_their_rows_say() {
        let columns = "actor = \"a\", kind = \"k\", source = \"s\"";
        let batch =
            admitted(&dataset("actors", "x.csv", columns, ""), b"a,k,s\nB,organisation,register\nA,,\n")
                .batch;
        let both = actors(&[batch], origin()).expect("actors");
        let said: Vec<_> = both.rows.iter().map(|row| (row.actor.as_str(), row.source.as_deref())).collect();
        assert_eq!(said, [("A", None), ("B", Some("register"))]);
    }
}
