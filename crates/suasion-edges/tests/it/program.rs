//! The program: what it prints, writes and returns.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::files::file;

pub(crate) fn suasion_graph(edges: &Path, algorithm: &str, options: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_suasion-graph"))
        .arg(algorithm)
        .arg(edges)
        .args(options)
        .output()
        .expect("a program")
}

pub(crate) fn json(edges: &Path, algorithm: &str, options: &[&str]) -> Value {
    let output = suasion_graph(edges, algorithm, &[options, &["--format", "json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

const TRIANGLE: &[u8] = b"# three and two\n1 2 1\n2 3 2\n3 1 0.5\n1 2 1\n10 11 3\n";

pub(crate) const ALGORITHMS: &[&str] = &[
    "assortativity",
    "betweenness",
    "betweenness-approximate",
    "bridges",
    "centralisation",
    "closeness",
    "clustering",
    "concentration",
    "core-numbers",
    "cut-points",
    "degree",
    "dependence",
    "harmonic",
    "harmonic-approximate",
    "layout",
    "leiden",
    "pagerank",
    "partner-concentration",
    "projection",
    "reciprocity",
    "resolution-scan",
    "stability",
    "strong-components",
    "structural-holes",
    "triangles",
    "two-mode",
    "weak-components",
];

/// Those that find no figures for each node.
pub(crate) const OF_THE_WHOLE: &[&str] =
    &["assortativity", "centralisation", "concentration", "reciprocity", "resolution-scan"];

/// A triangle of a, b and c, and d that hangs on c.
const TAIL: &[u8] = b"a b\nb c\nc a\nc d\n";

#[test]
fn every_algorithm_gives_its_figures() {
    let (folder, path) = file("e.txt", TAIL);
    let out = folder.path().join("out.csv");
    let undirected = |algorithm: &str| {
        let report = json(&path, algorithm, &["--undirected", "--out", out.to_str().unwrap()]);
        (report["summary"].clone(), std::fs::read_to_string(&out).unwrap())
    };
    assert_eq!(undirected("betweenness").1, "node,betweenness\na,0\nb,0\nc,2\nd,0\n");
    assert_eq!(undirected("closeness").1, "node,closeness\na,0.75\nb,0.75\nc,1\nd,0.6\n");
    let (summary, rows) = undirected("clustering");
    assert_eq!(rows, "node,clustering\na,1\nb,1\nc,0.3333333333333333\nd,\n");
    assert_eq!(summary["transitivity"], 0.6);
    assert_eq!(
        summary["top_clustering"].as_array().map(Vec::len),
        Some(3),
        "what is undefined is not listed"
    );
    assert_eq!(undirected("core-numbers").1, "node,core_number\na,2\nb,2\nc,2\nd,1\n");
    assert_eq!(undirected("harmonic").1, "node,harmonic\na,2.5\nb,2.5\nc,3\nd,2\n");
    let (summary, rows) = undirected("triangles");
    assert_eq!((&summary["triangles"], rows.as_str()), (&1.into(), "node,triangles\na,1\nb,1\nc,1\nd,0\n"));
    let strong = json(&path, "strong-components", &[]);
    assert_eq!(strong["summary"]["n_components"], 2);
    let answered = json(&path, "reciprocity", &[]);
    assert_eq!((&answered["summary"]["share"], &answered["summary"]["answered"]), (&0.0.into(), &0.into()));
    let ranks = json(&path, "pagerank", &[]);
    assert_eq!(ranks["summary"]["top_pagerank"][0]["node"], "c");
}

#[test]
fn components_in_json() {
    let (_folder, path) = file("e.txt", TRIANGLE);
    let report = json(&path, "weak-components", &["--threads", "2"]);
    assert_eq!((&report["n_nodes"], &report["n_edges"]), (&5.into(), &4.into()));
    assert_eq!((&report["parallel_edges_merged"], &report["receipt"]["edges"]), (&1.into(), &5.into()));
    assert_eq!(report["summary"]["n_components"], 2);
    assert_eq!(report["summary"]["largest"][0], serde_json::json!({"node": "1", "value": 3}));
    assert_eq!((&report["receipt"]["rows"], &report["receipt"]["comments"]), (&5.into(), &1.into()));
    for part in ["read", "build", "run", "summary"] {
        assert!(report["seconds"][part].is_f64());
    }
    assert_eq!(report["peak_bytes"].is_u64(), cfg!(target_os = "linux"));
}

#[test]
fn a_row_for_each_node() {
    let (folder, path) = file("e.txt", TRIANGLE);
    let out = folder.path().join("out.csv");
    let write = |options: &[&str]| {
        json(&path, options[0], &[&options[1..], &["--out", out.to_str().unwrap()]].concat());
        std::fs::read_to_string(&out).unwrap()
    };
    assert_eq!(write(&["weak-components"]), "node,component\n1,1\n2,1\n3,1\n10,10\n11,10\n");
    let directed = write(&["degree", "--weight", "3"]);
    assert_eq!(
        directed,
        "node,in_degree,out_degree,in_strength,out_strength\n1,1,1,0.5,2\n2,1,1,2,2\n3,1,1,2,0.5\n10,0,1,0,3\n11,1,0,3,0\n"
    );
    let undirected = write(&["degree", "--undirected"]);
    assert_eq!(undirected, "node,degree\n1,2\n2,2\n3,2\n10,1\n11,1\n");
    for threads in ["1", "2", "3", "8"] {
        assert_eq!(write(&["degree", "--weight", "3", "--threads", threads]), directed);
    }
}

#[test]
fn names_are_quoted_where_csv_needs_it() {
    let (folder, path) = file("e.csv", b"c1,n1,c2,n2\nParis,France,Paris,USA\n");
    let out = folder.path().join("out.csv");
    json(&path, "degree", &["--from", "c1,n1", "--to", "c2,n2", "--out", out.to_str().unwrap()]);
    let written = std::fs::read_to_string(&out).unwrap();
    assert_eq!(written, "node,in_degree,out_degree\n\"Paris,France\",0,1\n\"Paris,USA\",1,0\n");
}

#[test]
fn direction_is_what_the_file_declares_unless_said() {
    let (_folder, path) =
        file("e.csv", b"Source,Target,Type\n1,1,Undirected\n1,2,Undirected\n2,1,Undirected\n");
    let report = json(&path, "degree", &[]);
    assert_eq!((&report["directed"], &report["n_edges"]), (&false.into(), &2.into()));
    assert_eq!(json(&path, "degree", &["--directed"])["n_edges"], 3);
    let (_folder, path) = file("e.csv", b"Source,Target,Type\n1,2,Undirected\n2,1,Directed\n");
    let output = suasion_graph(&path, "degree", &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("directed and undirected edges"));
}

#[test]
fn exit_statuses() {
    let (folder, path) = file("e.txt", b"1 2\n1\n");
    let status = |edges: &Path, algorithm: &str, options: &[&str]| {
        let output = suasion_graph(edges, algorithm, options);
        assert!(output.stdout.is_empty());
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = status(&path, "degree", &[]);
    assert_eq!(code, Some(1));
    assert!(said.starts_with("error: ") && said.contains("e.txt:2: 1 field where 2 are expected"), "{said}");
    assert_eq!(status(&folder.path().join("none"), "degree", &[]).0, Some(2));
    assert_eq!(status(&path, "no-such-algorithm", &[]).0, Some(2));
    assert_eq!(status(&path, "degree", &["--directed", "--undirected"]).0, Some(2));
    let (code, said) = status(&path, "degree", &["--out", path.to_str().unwrap()]);
    assert_eq!(code, Some(2));
    assert!(said.contains("is the edge list itself"), "{said}");
    assert_eq!(std::fs::read(&path).unwrap(), b"1 2\n1\n");
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let (_folder, path) = file("e.txt", TRIANGLE);
    let mut child = Command::new(env!("CARGO_BIN_EXE_suasion-graph"))
        .args(["degree"])
        .arg(&path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn text_for_people() {
    let (_folder, path) = file("e.txt", TRIANGLE);
    let output = suasion_graph(&path, "weak-components", &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    let (results, seconds) = text.split_at(text.find("seconds: ").unwrap());
    assert_eq!(
        results,
        "5 nodes, 4 directed edges\ncolumns: from 1; to 2; 1 not used\n1 comment passed over\n1 parallel edge merged\ncomponents: 2\nof one node: 0\n\
         largest:\n             3  1\n             2  10\n"
    );
    assert_eq!(seconds.lines().count(), 1);
}

#[test]
fn what_columns_were_taken_for_is_said() {
    let text = |edges: &Path, options: &[&str]| {
        let output = suasion_graph(edges, "degree", options);
        let text = String::from_utf8(output.stdout).unwrap();
        text.split_inclusive('\n').take_while(|line| !line.starts_with("isolates")).collect::<String>()
    };
    let (_folder, path) = file("e.csv", b"who,whom,note,points\na,b,x,3\n");
    assert_eq!(
        text(&path, &["--from", "1", "--to", "2", "--weight", "points"]),
        "2 nodes, 1 directed edge\nheader: who, whom, note, points\ncolumns: from who; to whom; weight points; 1 not used\n"
    );
    let (_folder, path) = file("e.txt", b"a b 1 2\n");
    assert_eq!(text(&path, &[]), "2 nodes, 1 directed edge\ncolumns: from 1; to 2; 2 not used\n");
    assert_eq!(text(&path, &["--weight", "3", "--where", "4=2"]), "2 nodes, 1 directed edge\n");
    let wide = (0..40).map(|at| format!("c{at}")).collect::<Vec<_>>().join(",");
    let (_folder, path) = file("e.csv", format!("{wide}\n{wide}x\n").as_bytes());
    let said = text(&path, &["--from", "c0", "--to", "c1"]);
    assert!(said.contains(", c11 and 28 more\ncolumns: from c0; to c1; 38 not used\n"), "{said}");
}

#[test]
fn a_flag_that_an_algorithm_does_not_heed_is_refused() {
    let (_folder, path) = file("e.txt", TAIL);
    let output = suasion_graph(&path, "degree", &["--damping", "0.5"]);
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.starts_with("error: --damping says nothing to degree; leave it out\n"), "{error}");
    let output = suasion_graph(&path, "pagerank", &["--damping", "1"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("must be a number from 0 to below 1"));
    assert_eq!(json(&path, "pagerank", &["--damping", "0.5"])["summary"]["damping"], 0.5);
}
