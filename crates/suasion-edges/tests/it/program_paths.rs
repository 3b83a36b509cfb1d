//! The program: lengths, distances and shortest paths.

use std::path::Path;

use crate::files::file;
use crate::program::{json, suasion_graph};

/// From a to d: 1 + 1 over b, or 2 at once; as strengths, 1 / 2 over c.
const ROADS: &[u8] = b"Source,Target,w\na,b,1\nb,d,1\na,d,2\na,c,4\nc,d,4\n";

fn refused(path: &Path, algorithm: &str, options: &[&str]) -> (Option<i32>, String) {
    let output = suasion_graph(path, algorithm, options);
    assert!(output.stdout.is_empty());
    (output.status.code(), String::from_utf8(output.stderr).expect("text"))
}

#[test]
fn a_weight_is_a_length_only_if_it_is_said_how() {
    let (_folder, path) = file("e.csv", ROADS);
    for algorithm in ["betweenness", "closeness", "distances", "harmonic", "shortest-path"] {
        let (code, said) = refused(&path, algorithm, &["--weight", "w"]);
        assert_eq!(code, Some(1));
        assert!(said.contains("--weight-as strength") && said.contains("--weight-as cost"), "{said}");
        let columns = ["--weight-as", "cost"];
        let (code, said) = refused(&path, algorithm, &columns);
        assert_eq!(code, Some(1));
        assert!(said.contains("has no weights that --weight-as could explain"), "{said}");
    }
    let (code, said) = refused(&path, "harmonic-approximate", &["--weight", "w"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("--weight says nothing to harmonic-approximate, which goes by edges"), "{said}");
    let (code, said) = refused(&path, "degree", &["--weight", "w", "--weight-as", "cost"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("--weight-as says nothing to degree"), "{said}");
}

#[test]
fn costs_and_strengths() {
    let (folder, path) = file("e.csv", ROADS);
    let out = folder.path().join("out.csv");
    let write = |algorithm: &str, meaning: &str, more: &[&str]| {
        let options = ["--weight", "w", "--weight-as", meaning, "--out", out.to_str().unwrap()];
        let report = json(&path, algorithm, &[&options, more].concat());
        (report["summary"].clone(), std::fs::read_to_string(&out).unwrap())
    };
    assert_eq!(write("betweenness", "cost", &[]).1, "node,betweenness\na,0\nb,0.5\nc,0\nd,0\n");
    assert_eq!(write("betweenness", "strength", &[]).1, "node,betweenness\na,0\nb,0\nc,0.5\nd,0\n");
    // To d: 1 from b, 2 from a and 4 from c.
    assert_eq!(write("harmonic", "cost", &[]).1, "node,harmonic\na,0\nb,1\nc,0.25\nd,1.75\n");
    assert_eq!(write("closeness", "strength", &[]).1.lines().nth(3), Some("c,1.3333333333333333"));
    let from_a = ["--source", "a"];
    let (summary, rows) = write("distances", "cost", &from_a);
    assert_eq!(rows, "node,distance,n_paths\na,0,1\nb,1,1\nc,4,1\nd,2,2\n");
    assert_eq!(summary["reached"], 4);
    assert_eq!(write("distances", "cost", &["--source", "d"]).1.lines().nth(1), Some("a,,0"));
    let (summary, _) = write("shortest-path", "cost", &["--source", "a", "--target", "d"]);
    assert_eq!((&summary["length"], &summary["n_paths"]), (&2.0.into(), &2.0.into()));
    let on_path = |at: usize| (summary["path"][at]["node"].as_str(), summary["path"][at]["value"].as_f64());
    assert_eq!((on_path(0), on_path(1)), ((Some("a"), Some(0.0)), (Some("d"), Some(2.0))));
    let (summary, _) = write("shortest-path", "strength", &["--source", "d", "--target", "a"]);
    assert!(summary["length"].is_null() && summary["path"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn without_weights_paths_count_steps() {
    let (_folder, path) = file("e.txt", b"1 2\n2 3\n3 4\n1 5\n5 3\n");
    let found = json(&path, "shortest-path", &["--source", "1", "--target", "4"]);
    assert_eq!((&found["summary"]["length"], &found["summary"]["n_paths"]), (&3.0.into(), &2.0.into()));
    assert_eq!(found["summary"]["path"][1]["node"], "2");
}

#[test]
fn of_parallel_rows_the_smallest_cost_counts_and_the_sum_of_strengths() {
    let (_folder, path) = file("e.csv", b"Source,Target,w\na,b,5\na,b,3\nb,a,2\nb,b,4\n");
    let length = |meaning: &str, direction: &str| {
        let flags = ["--weight", "w", "--weight-as", meaning, direction, "--source", "a", "--target", "b"];
        json(&path, "shortest-path", &flags)["summary"]["length"].as_f64()
    };
    assert_eq!(length("cost", "--directed"), Some(3.0));
    assert_eq!(length("cost", "--undirected"), Some(2.0));
    assert_eq!(length("strength", "--directed"), Some(0.125));
    assert_eq!(length("strength", "--undirected"), Some(0.1));
}

#[test]
fn faults_say_what_to_do() {
    let (_folder, path) = file("e.csv", b"Source,Target,w\nx,y,0\ny,z,1\n");
    let costs = ["--weight", "w", "--weight-as", "cost"];
    let (code, said) = refused(&path, "betweenness", &costs);
    assert_eq!(code, Some(1));
    assert!(said.contains("the edge from x to y has cost 0"), "{said}");
    let strengths = ["--weight", "w", "--weight-as", "strength"];
    assert_eq!(json(&path, "betweenness", &strengths)["receipt"]["zero_weights_dropped"], 1);
    let (code, said) = refused(&path, "distances", &costs);
    assert_eq!((code, said.as_str()), (Some(2), "error: distances needs a node; name it (--source NODE)\n"));
    let (code, said) = refused(&path, "distances", &[&costs[..], &["--source", "q"]].concat());
    assert_eq!(code, Some(1));
    assert!(said.contains("--source: no node is called `q`"), "{said}");
    let (code, said) = refused(&path, "harmonic-approximate", &["--log2m", "3"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("4..=16"), "{said}");
}

#[test]
fn approximate_harmonic_states_its_error() {
    let (folder, path) = file("e.txt", b"1 2\n2 3\n3 1\n3 4\n5 5\n");
    let out = folder.path().join("out.csv");
    let run = |options: &[&str]| {
        let report =
            json(&path, "harmonic-approximate", &[options, &["--out", out.to_str().unwrap()]].concat());
        (report["summary"].clone(), std::fs::read_to_string(&out).unwrap())
    };
    let (summary, rows) = run(&[]);
    assert_eq!(summary["relative_standard_error_of_a_count"], 0.065);
    assert_eq!((&summary["log2m"], &summary["seed"]), (&8.into(), &0.into()));
    // Every ball of the core is known.
    assert!(rows.starts_with("node,harmonic,closeness,n_reaching\n1,1.5,"), "{rows}");
    assert!(rows.ends_with("\n5,0,,0\n"), "{rows}");
    assert_eq!(run(&["--seed", "7", "--threads", "1"]), run(&["--seed", "7", "--threads", "3"]));
    assert_eq!(run(&["--log2m", "4"]).0["relative_standard_error_of_a_count"], 0.26);
    let output = suasion_graph(&path, "harmonic-approximate", &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("pairs within each distance: 5 9 "), "{text}");
}

#[test]
fn threads_and_the_order_of_rows_change_no_byte() {
    let (folder, path) = file("e.csv", ROADS);
    let (_other_folder, other) = file("e.csv", b"Source,Target,w\nc,d,4\na,c,4\na,d,2\nb,d,1\na,b,1\n");
    let out = folder.path().join("out.csv");
    for (algorithm, more) in [
        ("betweenness", &[][..]),
        ("closeness", &[]),
        ("distances", &["--source", "a"]),
        ("harmonic", &[]),
        ("shortest-path", &["--source", "a", "--target", "d"]),
    ] {
        let mut written = std::collections::BTreeSet::new();
        for path in [&path, &other] {
            for threads in ["1", "2", "3", "8"] {
                let options = ["--weight", "w", "--weight-as", "cost", "--threads", threads];
                let out = ["--out", out.to_str().unwrap()];
                let summary =
                    json(path, algorithm, &[&options[..], &out, more].concat())["summary"].to_string();
                written.insert((summary, std::fs::read_to_string(out[1]).unwrap()));
            }
        }
        assert_eq!(written.len(), 1, "{algorithm}");
    }
}
