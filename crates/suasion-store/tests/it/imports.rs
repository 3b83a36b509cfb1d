//! What comes in, once, and what replaces what.

use suasion_model::receipt::Receipt;
use suasion_store::Ingested;

use crate::support::{Workspace, dataset, observations};

const ALL: &str = "select dataset, unit, period, value from observations order by 1, 2, 3";

#[tokio::test]
async fn an_import_comes_in_with_its_receipt() {
    let workspace = Workspace::new();
    workspace.write("x.csv", "u,p,v\nA,2011,1\nB,2011,nothing\n");
    let receipt = workspace.new_receipt(&observations("x", "x.csv")).await;
    assert_eq!((receipt.rows_read, receipt.rows_kept, receipt.dropped()), (2, 1, 1));
    assert_eq!(receipt.rows_dropped.into_iter().collect::<Vec<_>>(), [("not-a-number".to_string(), 1)]);
    let dropped = std::fs::read_to_string(workspace.path(&receipt.dropped_file.expect("one"))).expect("read");
    assert_eq!(dropped, "line,reason,u,p,v\n3,not-a-number,B,2011,nothing\n");
    assert_eq!(workspace.json(ALL).await, r#"[{"dataset":"x","unit":"A","period":"2011","value":1.0}]"#);
}

#[tokio::test]
async fn the_same_again_changes_nothing() {
    let workspace = Workspace::new();
    workspace.write("x.csv", "u,p,v\nA,2011,1\n,2011,1\n");
    let receipt = workspace.new_receipt(&observations("x", "x.csv")).await;
    let before = workspace.files();
    let again = workspace.ingest(&observations("x", "x.csv")).await.expect("there");
    assert_eq!(again, Ingested::AlreadyThere(receipt));
    assert_eq!(workspace.files(), before);
}

#[tokio::test]
async fn a_changed_file_replaces_its_dataset_and_no_other() {
    let workspace = Workspace::new();
    workspace.write("x.csv", "u,p,v\nA,2011,1\nB,2011,2\n");
    workspace.write("y.csv", "u,p,v\nA,2011,9\n");
    workspace.new_receipt(&observations("x", "x.csv")).await;
    workspace.new_receipt(&observations("y", "y.csv")).await;
    workspace.write("x.csv", "u,p,v\nA,2011,3\n");
    workspace.new_receipt(&observations("x", "x.csv")).await;
    let expected = r#"[{"dataset":"x","unit":"A","period":"2011","value":3.0},{"dataset":"y","unit":"A","period":"2011","value":9.0}]"#;
    assert_eq!(workspace.json(ALL).await, expected);
    let receipts: Vec<Receipt> = workspace.store().await.receipts().await.expect("read");
    let said: Vec<_> = receipts.iter().map(|one| (one.dataset.as_str(), one.rows_kept)).collect();
    assert_eq!(said, [("x", 1), ("y", 1)]);
}

#[tokio::test]
async fn what_was_replaced_can_come_back() {
    let workspace = Workspace::new();
    let (a, b) = ("u,p,v\nA,2011,1\nA,2011,1\n", "u,p,v\nA,2011,2\n");
    let mut said = Vec::new();
    for text in [a, b, a] {
        workspace.write("x.csv", text);
        workspace.new_receipt(&observations("x", "x.csv")).await;
        said.push(workspace.json("select value from observations").await);
    }
    assert_eq!(said, [r#"[{"value":1.0}]"#, r#"[{"value":2.0}]"#, r#"[{"value":1.0}]"#]);
}

#[tokio::test]
async fn another_mapping_of_the_same_file_is_another_import() {
    let workspace = Workspace::new();
    workspace.write("x.csv", "u,p,v,w\nA,2011,1,2\n");
    workspace.new_receipt(&observations("x", "x.csv")).await;
    let other = dataset("x", "observations", "x.csv", "unit = \"u\", period = \"p\", value = \"w\"", "");
    workspace.new_receipt(&other).await;
    assert_eq!(workspace.json("select value from observations").await, r#"[{"value":2.0}]"#);
}

#[tokio::test]
async fn every_table_comes_in() {
    let workspace = Workspace::new();
    workspace.write("f.csv", "p,o,d,v\n2011,A,B,1\n");
    workspace.write("i.csv", "t,a,v\n2011-01-01T10:00Z,X,asks\n");
    let flows = "period = \"p\", origin = \"o\", destination = \"d\", value = \"v\"";
    workspace.new_receipt(&dataset("f", "flows", "f.csv", flows, "unit = \"people\"")).await;
    let events = "time = \"t\", actor = \"a\", verb = \"v\"";
    workspace.new_receipt(&dataset("i", "interactions", "i.csv", events, "")).await;
    workspace.write("w.csv", "a,k\nX,organisation\nY,\n");
    workspace.new_receipt(&dataset("w", "actors", "w.csv", "actor = \"a\", kind = \"k\"", "")).await;
    let who = workspace.json("select actor, kind from actors order by 1").await;
    assert_eq!(who, r#"[{"actor":"X","kind":"organisation"},{"actor":"Y"}]"#);
    assert_eq!(workspace.json("select origin, unit from flows").await, r#"[{"origin":"A","unit":"people"}]"#);
    let said = workspace.json("select actor, weight, time_start from interactions").await;
    assert_eq!(said, r#"[{"actor":"X","weight":1.0,"time_start":"2011-01-01T10:00:00Z"}]"#);
}

#[tokio::test]
async fn wrong_input_is_refused_and_makes_nothing() {
    let workspace = Workspace::new();
    workspace.write("x.csv", "u,p,w\nA,2011,1\n");
    workspace.write("bad.csv", "u,p,v\n,2011,1\nB,noon,1\n");
    workspace.write("open.csv", "u,p,v\n\"A,2011,1\n");
    workspace.write("latin.csv", b"u,p,v\n\xC9,2011,1\n");
    workspace.write("none.csv", "u,p,v\n");
    let personal = "personal = true\npurpose = \"p\"\nlawful_basis = \"b\"\nretention = \"P1Y\"";
    let columns = "unit = \"u\", period = \"p\", value = \"v\"";
    for (dataset, code) in [
        (observations("x", "x.csv"), "missing-column"),
        (observations("x", "gone.csv"), "missing-file"),
        (observations("x", "bad.csv"), "no-usable-rows"),
        (observations("x", "open.csv"), "unclosed-quote"),
        (observations("x", "latin.csv"), "bad-encoding"),
        (observations("x", "none.csv"), "empty-file"),
        (dataset("x", "observations", "x.csv", columns, personal), "no-privacy-gate"),
        (dataset("x", "ledger", "x.csv", columns, ""), "table-not-read"),
    ] {
        assert_eq!(workspace.codes(&dataset).await, [code]);
    }
    assert!(!workspace.path(".suasion").exists(), "nothing was made");
}
