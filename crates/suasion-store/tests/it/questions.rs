//! What the store answers: requests of a plan, and SQL.

use suasion_model::Period;
use suasion_model::plan::{Select, TableRequest};
use suasion_store::Error;

use crate::support::{Workspace, dataset, observations};

#[tokio::test]
async fn requests_are_answered_with_their_origin() {
    let workspace = Workspace::new();
    workspace.write("x.csv", "u,p,v\nB,2011,2\nA,2012,1\n");
    workspace.write("f.csv", "p,o,d,v\n2011,A,B,1\n2012,A,B,5\n");
    let receipt = workspace.new_receipt(&observations("x", "x.csv")).await;
    let flows = "period = \"p\", origin = \"o\", destination = \"d\", value = \"v\"";
    workspace.new_receipt(&dataset("f", "flows", "f.csv", flows, "unit = \"people\"")).await;
    let series =
        TableRequest { dataset: "x".into(), select: Select::Observations { code: Some("S".into()) } };
    let period = Period::year(2011).expect("a year");
    let year = TableRequest { dataset: "f".into(), select: Select::Flows { period, kind: None } };
    let inputs = workspace.store().await.fetch(&[series.clone(), year.clone()]).await.expect("fetched");
    let observed = inputs.observations(&series).expect("observations");
    let said: Vec<_> = observed.rows.iter().map(|row| (row.unit.as_str(), row.value)).collect();
    assert_eq!(said, [("A", 1.0), ("B", 2.0)]);
    let origin = &observed.origin;
    assert_eq!((origin.table.as_str(), origin.version, origin.rows), ("observations", 0, 2));
    assert_eq!(origin.digest, receipt.digest);
    let flowed = inputs.flows(&year).expect("flows");
    assert_eq!((flowed.rows.len(), flowed.unit.as_deref()), (1, Some("people")));
}

#[tokio::test]
async fn what_was_not_imported_is_not_answered() {
    let workspace = Workspace::new();
    let request = TableRequest { dataset: "x".into(), select: Select::Observations { code: None } };
    let store = workspace.store().await;
    let error = store.fetch(std::slice::from_ref(&request)).await.expect_err("no table");
    assert!(error.to_string().contains("run `suasion ingest`"), "{error}");
    workspace.write("y.csv", "u,p,v\nA,2011,9\n");
    workspace.new_receipt(&observations("y", "y.csv")).await;
    let error = store.fetch(&[request]).await.expect_err("no dataset");
    assert!(matches!(error, Error::NotImported { .. }));
    let period = Period::year(2011).expect("a year");
    let elsewhere = TableRequest { dataset: "y".into(), select: Select::Flows { period, kind: None } };
    let error = store.fetch(&[elsewhere]).await.expect_err("in another table");
    assert!(matches!(error, Error::OtherTable { needed: "flows", there: "observations", .. }), "{error}");
}

#[tokio::test]
async fn sql_reads_and_never_writes() {
    let workspace = Workspace::new();
    workspace.write("x.csv", "u,p,v\nA,2011,9\n");
    workspace.new_receipt(&observations("x", "x.csv")).await;
    let before = workspace.files();
    let store = workspace.store().await;
    for query in [
        "insert into observations select * from observations",
        "delete from observations",
        "drop table observations",
        "copy observations to 'out.csv'",
        "select * from '/etc/passwd'",
    ] {
        assert!(store.sql(query).await.is_err(), "{query}");
    }
    assert_eq!(workspace.files(), before);
    assert_eq!(workspace.json("select count(*) as n from observations").await, r#"[{"n":1}]"#);
}
