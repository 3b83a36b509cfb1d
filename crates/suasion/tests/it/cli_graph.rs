//! `suasion graph`: that it is there, and Parquet in and out. What it computes is tested in suasion-edges.

use serde_json::Value;

use crate::cli_support::Workspace;

/// A triangle of a, b and c, and d that hangs on c.
const TAIL: &str = "Source,Target\na,b\nb,c\nc,a\nc,d\n";

#[test]
fn it_is_a_command_like_others() {
    let workspace = Workspace::empty();
    let all = workspace.run(&["--help"]).exits(0);
    assert!(all.out.contains("\n  graph "), "{}", all.out);
    let help = workspace.run(&["graph", "--help"]).exits(0).out;
    assert!(help.contains("\n      suasion graph pagerank edges.txt"), "{help}");
    let unheeded = workspace.run(&["graph", "degree", "e.csv", "--damping", "0.5"]).exits(2);
    assert!(unheeded.err.contains("--damping says nothing to degree"), "{}", unheeded.err);
}

#[test]
fn parquet_comes_back_as_it_was_written() {
    let workspace = Workspace::empty();
    workspace.write("e.csv", TAIL);
    workspace.run(&["graph", "degree", "e.csv", "--out", "d.parquet"]).exits(0);
    // A node and its number of out-edges, read as an edge list.
    let read = ["graph", "degree", "d.parquet", "--from", "node", "--to", "out_degree", "--format", "json"];
    let report: Value = serde_json::from_str(&workspace.run(&read).exits(0).out).expect("JSON");
    assert_eq!(report["n_nodes"], 7, "a, b, c, d and 0, 1, 2");
    assert_eq!(report["n_edges"], 4);
    assert_eq!(report["receipt"]["layout"], "parquet");
    assert_eq!(report["receipt"]["rows"], 4);
    let top = &report["summary"]["top_in_degree"][0];
    assert_eq!((top["node"].as_str(), top["value"].as_u64()), (Some("1"), Some(2)), "a and b have one each");
}

#[test]
fn what_is_undefined_is_null_and_said_by_row() {
    let workspace = Workspace::empty();
    workspace.write("e.csv", TAIL);
    workspace.run(&["graph", "clustering", "e.csv", "--undirected", "--out", "c.parquet"]).exits(0);
    let ran =
        workspace.run(&["graph", "degree", "c.parquet", "--from", "node", "--to", "clustering"]).exits(1);
    let advice = "give it one, or drop the row (--where 'clustering!=' drops all that have none)";
    assert_eq!(ran.err, format!("error: c.parquet: row 4: the target has no name; {advice}\n"));
}

#[test]
fn faults_of_parquet_files_are_said() {
    let workspace = Workspace::empty();
    workspace.write("e.csv", TAIL);
    workspace.write("no.parquet", TAIL);
    let damaged = workspace.run(&["graph", "degree", "no.parquet"]).exits(1);
    assert!(damaged.err.starts_with("error: no.parquet cannot be read as Parquet"), "{}", damaged.err);
    let missing = workspace.run(&["graph", "degree", "not-there.parquet"]).exits(2);
    assert!(missing.err.starts_with("error: not-there.parquet: cannot be read"), "{}", missing.err);
    let unwritable = workspace.run(&["graph", "degree", "e.csv", "--out", "no/d.parquet"]).exits(2);
    assert!(unwritable.err.contains("no/d.parquet"), "{}", unwritable.err);
}
