//! The program: who is between others.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::files::file;
use crate::program::{json as run, suasion_graph};

/// Ann passes on from her own group to another; e has no group.
const TIES: &[u8] = b"Source,Target\nbea,ann\nann,cid\nann,dan\nbea,dan\ne,ann\n";
const TABLE: &str = "Id,side\nann,left\nbea,left\ncid,right\ndan,right\nfay,far\n";

fn ties_and_table() -> (TempDir, PathBuf, String) {
    let (folder, path) = file("ties.csv", TIES);
    let table = folder.path().join("people.csv");
    std::fs::write(&table, TABLE).expect("a table");
    let table = table.to_str().expect("a path").to_string();
    (folder, path, table)
}

fn rows(folder: &TempDir, edges: &Path, algorithm: &str, options: &[&str]) -> (Value, String) {
    let out = folder.path().join("out.csv");
    let report = run(edges, algorithm, &[options, &["--out", out.to_str().expect("a path")]].concat());
    (report["summary"].clone(), std::fs::read_to_string(out).expect("what was written"))
}

#[test]
fn roles_are_counted_by_group() {
    let (folder, path, table) = ties_and_table();
    let nodes = ["--node-table", table.as_str(), "--attribute", "side"];
    let (summary, written) = rows(&folder, &path, "brokerage", &nodes);
    let counts: Vec<Vec<&str>> = written
        .lines()
        .map(|line| {
            line.split(',').enumerate().filter(|(at, _)| at % 2 == 1 || *at == 0).map(|cell| cell.1).collect()
        })
        .collect();
    assert_eq!(counts[0], ["node", "coordinator", "consultant", "representative", "gatekeeper", "liaison"]);
    assert_eq!(counts[1], ["ann", "0", "0", "1", "0", "0"], "bea reaches dan without her");
    assert_eq!(counts[5], ["e", "", "", "", "", ""], "it has no group");
    assert_eq!(counts[6], ["fay", "0", "0", "0", "0", "0"]);
    assert_eq!(
        (&summary["nodes_without_group"], &summary["groups"]["left"]["nodes"]),
        (&1.into(), &2.into())
    );
    assert_eq!(summary["groups"]["left"]["representative"], 1);
    assert_eq!(summary["top_representative"][0], json!({"node": "ann", "value": 1}));
    // Four edges among five nodes of known groups: .2² · .8, for one i and three k.
    let mean = &summary["mean_by_chance"]["left"]["representative"];
    assert!((mean.as_f64().expect("a number") - 3.0 * 0.032).abs() < 1e-12, "{mean}");
    assert!(summary.get("permutations").is_none());
}

#[test]
fn permutations_add_their_columns() {
    let (folder, path, table) = ties_and_table();
    let nodes = ["--node-table", table.as_str(), "--attribute", "side", "--permutations", "200"];
    let (summary, written) = rows(&folder, &path, "brokerage", &nodes);
    assert_eq!((&summary["permutations"], &summary["seed"]), (&200.into(), &0.into()));
    let header: Vec<&str> = written.lines().next().expect("a header").split(',').collect();
    assert_eq!(header.len(), 31);
    assert_eq!(
        header[1..7],
        [
            "coordinator",
            "coordinator_z",
            "coordinator_permuted_mean",
            "coordinator_permuted_deviation",
            "coordinator_at_least",
            "coordinator_at_most",
        ]
    );
    let (_, other) = rows(&folder, &path, "brokerage", &[&nodes[..], &["--seed", "1"]].concat());
    assert_ne!(written, other, "another seed is another draw");
}

#[test]
fn brokerage_asks_for_groups() {
    let (_folder, path, table) = ties_and_table();
    for options in [&[][..], &["--node-table", &table]] {
        let output = suasion_graph(&path, "brokerage", options);
        assert_eq!(output.status.code(), Some(1));
        let error = String::from_utf8(output.stderr).expect("text");
        assert!(error.contains("brokerage compares the groups of one attribute; name it"), "{error}");
    }
}

#[test]
fn structural_holes_of_a_star_and_an_isolate() {
    let (folder, path) = file("star.txt", b"hub a\nhub b\nc hub\nalone alone\n");
    let (summary, written) = rows(&folder, &path, "structural-holes", &[]);
    assert_eq!(
        written,
        "node,constraint,effective_size,efficiency,hierarchy\na,1,1,1,\nalone,,,,\nb,1,1,1,\nc,1,1,1,\n\
         hub,0.3333333333333333,3,1,0\n"
    );
    assert_eq!(summary["nodes_without_ties"], 1);
    assert_eq!(summary["least_constraint"][0]["node"], "hub");
    assert_eq!(
        summary["least_constraint"].as_array().map(Vec::len),
        Some(4),
        "what is undefined is not listed"
    );
    assert_eq!(summary["top_effective_size"][0], json!({"node": "hub", "value": 3.0}));
}
