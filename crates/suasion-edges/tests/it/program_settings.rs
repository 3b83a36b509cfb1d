//! The flags that some algorithms heed.

use std::path::Path;

use serde_json::Value;

use crate::files::file;
use crate::program::{json, suasion_graph};

/// 2 is dangling.
const PATH: &[u8] = b"1 2\n3 1\n";

fn summary(edges: &Path, algorithm: &str, options: &[&str]) -> Value {
    json(edges, algorithm, options)["summary"].clone()
}

#[test]
fn so_many_iterations_of_pagerank() {
    let (_folder, path) = file("e.txt", PATH);
    let one = summary(&path, "pagerank", &["--iterations", "1", "--dangling", "drop"]);
    assert_eq!((&one["iterations"], &one["tolerance"]), (&Value::from(1), &Value::from(0.0)));
    // x_1 = .05 + .85 / 3; node 3 gets the base alone.
    let top: Vec<f64> = scores(&one);
    assert!((top[0] - 1.0 / 3.0).abs() < 1e-15 && (top[2] - 0.05).abs() < 1e-15, "{top:?}");
    let kept = summary(&path, "pagerank", &["--iterations", "1", "--dangling", "keep"]);
    assert!((scores(&kept).iter().sum::<f64>() - 1.0).abs() < 1e-15);
    let told = summary(&path, "pagerank", &["--iterations", "50", "--tolerance", "1"]);
    assert_eq!(told["iterations"], 1, "a tolerance that is given is heeded");
    assert_eq!((&told["converged"], one.get("converged")), (&true.into(), None));
    let short = summary(&path, "pagerank", &["--iterations", "2", "--tolerance", "1e-12"]);
    assert_eq!(short["converged"], false);
}

#[test]
fn single_precision_is_near_double() {
    let (_folder, path) = file("e.txt", PATH);
    let double = summary(&path, "pagerank", &["--iterations", "3"]);
    let single = summary(&path, "pagerank", &["--iterations", "3", "--precision", "f32"]);
    assert_eq!((&single["precision"], &double["precision"]), (&Value::from("f32"), &Value::from("f64")));
    for (a, b) in scores(&single).iter().zip(scores(&double)) {
        assert!((a - b).abs() < 1e-6 && *a != b, "{a} and {b}");
    }
}

#[test]
fn single_precision_converges_to_what_it_can_hold() {
    let (_folder, path) = file("e.txt", b"1 2\n2 3\n3 1\n3 4\n4 5\n5 3\n6 6\n7 8\n");
    let single = summary(&path, "pagerank", &["--precision", "f32"]);
    assert_eq!((&single["converged"], &single["tolerance"]), (&true.into(), &1e-6.into()));
    let told = ["--precision", "f32", "--tolerance", "1e-300", "--iterations", "3"];
    let said = summary(&path, "pagerank", &told)["converged_reason"].to_string();
    assert!(said.contains("leave --precision f32 out"), "{said}");
}

#[test]
fn betweenness_from_sources_by_name() {
    let (_folder, path) = file("e.txt", b"a b\nb c\nc d\n");
    let from = |sources: &str| summary(&path, "betweenness", &["--undirected", "--sources", sources]);
    let found = from("a");
    assert_eq!(found["n_sources"], 1);
    assert_eq!(found["top_betweenness"][0], serde_json::json!({"node": "b", "value": 2.0}));
    assert_eq!(from("a,d")["top_betweenness"][1]["value"], 3.0);
    let again = from("a,d,a");
    assert_eq!((&again["n_sources"], &again["sources_given_again"]), (&2.into(), &1.into()));
    assert_eq!(again["top_betweenness"], from("d,a")["top_betweenness"]);
    let unknown = suasion_graph(&path, "betweenness", &["--sources", "a,e"]);
    assert_eq!(unknown.status.code(), Some(1));
    let said = String::from_utf8_lossy(&unknown.stderr);
    assert!(said.contains("no node is called `e`"), "{said}");
}

#[test]
fn a_name_with_a_comma_stands_in_quotes() {
    let (_folder, path) = file(
        "e.csv",
        b"who,\"whom, and where\",kind\n\"Smith, J\",b,\"visit, state\"\nb,c,summit\nb,d,call\n",
    );
    let columns = ["--from", "who", "--to", "\"whom, and where\""];
    let more = ["--undirected", "--sources", "\"Smith, J\", c", "--sources", "d"];
    let found = summary(&path, "betweenness", &[&columns[..], &more].concat());
    assert_eq!((&found["n_sources"], &found["top_betweenness"][0]["value"]), (&3.into(), &6.0.into()));
    let layer = ["--layer", "kind=\"visit, state\",summit"];
    let report = json(&path, "degree", &[&columns[..], &layer].concat());
    assert_eq!((&report["n_edges"], &report["receipt"]["rows_filtered"]), (&2.into(), &1.into()));
    for (bad, says) in [
        ("\"a", "a quote is opened in `\"a` and never closed"),
        ("\"a\"b", "a comma is missing after a quote"),
    ] {
        let output = suasion_graph(&path, "betweenness", &[&columns[..], &["--sources", bad]].concat());
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(says), "{said}");
    }
}

fn scores(summary: &Value) -> Vec<f64> {
    let top = summary["top_pagerank"].as_array().expect("a list");
    top.iter().map(|row| row["value"].as_f64().expect("a number")).collect()
}

#[test]
fn communities_by_quality_and_resolution() {
    // Two triangles and a tie between them.
    let (folder, path) = file("e.txt", b"a b\nb c\nc a\nd e\ne f\nf d\nc d\n");
    let out = folder.path().join("out.csv");
    let found = |options: &[&str]| {
        let told = [options, &["--undirected", "--out", out.to_str().unwrap()]].concat();
        (summary(&path, "leiden", &told), std::fs::read_to_string(&out).unwrap())
    };
    let (two, rows) = found(&[]);
    assert_eq!(rows, "node,community\na,a\nb,a\nc,a\nd,d\ne,d\nf,d\n");
    // 6 of 7 ties inside; each side has half of the ends.
    assert_eq!((&two["n_communities"], &two["coverage"]), (&2.into(), &(6.0 / 7.0).into()));
    assert!((two["modularity"].as_f64().unwrap() - (6.0 / 7.0 - 0.5)).abs() < 1e-12, "{two}");
    let (one, _) = found(&["--quality", "cpm", "--resolution", "0.05"]);
    assert_eq!((&one["n_communities"], &one["quality"]), (&1.into(), &"cpm".into()));
    assert_eq!(found(&["--quality", "cpm", "--resolution", "1.5"]).0["of_one_node"], 6);
    let output = suasion_graph(&path, "leiden", &["--resolution", "0"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("must be a number above 0"));
}

#[test]
fn layout_by_its_forces() {
    let (folder, path) = file("e.txt", b"a b 2\nb a 2\n");
    let out = folder.path().join("out.csv");
    let found = |options: &[&str]| {
        let still = ["--gravity", "0", "--iterations", "2000", "--out", out.to_str().unwrap()];
        let summary = summary(&path, "layout", &[&still[..], options].concat());
        let rows = std::fs::read_to_string(&out).unwrap();
        let mut lines = rows.lines();
        assert_eq!(lines.next(), Some("node,x,y"));
        let at: Vec<Vec<f64>> =
            lines.map(|line| line.split(',').skip(1).map(|at| at.parse().unwrap()).collect()).collect();
        (summary, (at[0][0] - at[1][0]).hypot(at[0][1] - at[1][1]))
    };
    // w d = k 2 · 2 / d, where w adds up both ways.
    for (options, expected) in [
        (&["--weight", "3", "--attraction", "linear"][..], 2.0_f64.sqrt()),
        (&["--weight", "3", "--attraction", "linear", "--weight-influence", "0"], 8.0_f64.sqrt()),
        (
            &[
                "--weight",
                "3",
                "--attraction",
                "linear",
                "--scaling",
                "8",
                "--theta",
                "0",
                "--tolerance",
                "0.5",
            ],
            8.0_f64.sqrt(),
        ),
    ] {
        let (summary, distance) = found(options);
        assert!((distance / expected - 1.0).abs() < 0.01, "{distance}, {expected}");
        assert_eq!((&summary["n_levels"], &summary["iterations"]), (&1.into(), &2000.into()));
        assert_eq!(summary["neighborhood_preservation"], 1.0);
        let extent = summary["width"].as_f64().unwrap().hypot(summary["height"].as_f64().unwrap());
        assert!((extent / distance - 1.0).abs() < 1e-12, "{summary}");
    }
    let (logarithmic, distance) = found(&["--weight", "3"]);
    assert!((distance * distance.ln_1p() / 2.0 - 1.0).abs() < 0.01, "{distance}");
    assert_eq!(logarithmic["attraction"], "logarithmic");
    let none = summary(&path, "layout", &["--iterations", "0"]);
    assert_eq!(none["swinging_reason"], "there was no iteration");
    let output = suasion_graph(&path, "layout", &["--tolerance", "0"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("the tolerance = 0: give a number above 0"));
}
