//! The program, given a table of nodes.

use crate::files::file;
use crate::program::{json, suasion_graph};

#[test]
fn a_node_table_adds_isolates_and_says_what_it_lacks() {
    let (folder, path) = file("e.csv", b"Source,Target\nb,a\nc,a\n");
    let table = folder.path().join("nodes.csv");
    std::fs::write(&table, "Id,party\na,left\nd,right\nb,left\n").unwrap();
    let (table, out) = (table.to_str().unwrap(), folder.path().join("out.csv"));
    let options = ["--node-table", table, "--out", out.to_str().unwrap()];
    let report = json(&path, "degree", &options);
    assert_eq!(report["n_nodes"], 4);
    assert_eq!(report["summary"]["isolates"], 1);
    let told = &report["node_table"];
    assert_eq!((&told["rows"], &told["nodes_only_in_table"]), (&3.into(), &1.into()));
    assert_eq!((&told["nodes_not_in_table"], &told["columns_ignored"]), (&1.into(), &1.into()));
    let written = std::fs::read_to_string(&out).unwrap();
    assert_eq!(written, "node,in_degree,out_degree\na,2,0\nb,0,1\nc,0,1\nd,0,0\n");
    let text = String::from_utf8(suasion_graph(&path, "degree", &options[..2]).stdout).unwrap();
    assert!(text.contains("1 node only in the node table\n1 node not in the node table\n"), "{text}");
    assert!(json(&path, "degree", &[]).get("node_table").is_none());
    // What is written can be read as a table of nodes.
    let again = json(&path, "degree", &["--node-table", out.to_str().unwrap()]);
    assert_eq!(again["node_table"]["nodes_only_in_table"], 1);
}

#[test]
fn a_node_is_no_header() {
    let (folder, path) = file("e.csv", b"Source,Target\n1,2\n");
    let table = folder.path().join("nodes.csv");
    let read = |rows: &str| {
        std::fs::write(&table, rows).unwrap();
        suasion_graph(&path, "degree", &["--node-table", table.to_str().unwrap(), "--node-id", "1"])
    };
    let output = read("\n7,x\n8,y\n");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(
        "nodes.csv:2: the first row (`7,x`) is taken for the header, and what names its node is a number"
    ));
    assert!(read("who,x\n7,x\n").status.success());
}

#[test]
fn a_node_table_that_is_amiss_stops_the_program() {
    let (folder, path) = file("e.csv", b"Source,Target\nb,a\n");
    let table = folder.path().join("nodes.csv");
    std::fs::write(&table, "name,party\na,left\na,right\n").unwrap();
    let said = |options: &[&str]| {
        let output = suasion_graph(&path, "degree", options);
        assert!(output.stdout.is_empty());
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let table = table.to_str().unwrap();
    let (code, error) = said(&["--node-table", table]);
    assert_eq!(code, Some(1));
    assert!(error.contains("say which names the nodes (--node-id); columns are name, party"), "{error}");
    let (code, error) = said(&["--node-table", table, "--node-id", "name"]);
    assert_eq!(code, Some(1));
    assert!(error.contains("nodes.csv:3: the node `a` has a row already, on line 2"), "{error}");
    let (code, error) = said(&["--node-table", table, "--out", table]);
    assert_eq!(code, Some(2));
    assert!(error.contains("is the node table itself"), "{error}");
    assert_eq!(said(&["--node-table", "none.csv"]).0, Some(2));
    assert_eq!(said(&["--node-id", "name"]).0, Some(2), "there is no table");
    let (code, error) = said(&["--node-table", table, "--attribute", "party"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("--attribute says nothing to degree"), "{error}");
}
