//! The program: bridges, cut points, assortativity, centralisation and concentration.

use serde_json::{Value, json};

use crate::files::file;
use crate::program::{json as run, suasion_graph};

/// A triangle of a, b and c, and d that hangs on c.
const TAIL: &[u8] = b"a b 1\nb c 1\nc a 1\nc d 3\n";

fn near(value: &Value, expected: f64) -> bool {
    value.as_f64().is_some_and(|value| (value - expected).abs() < 1e-12)
}

#[test]
fn where_it_falls_apart() {
    let (folder, path) = file("e.txt", TAIL);
    let out = folder.path().join("out.csv");
    let with = |algorithm: &str| {
        let summary = run(&path, algorithm, &["--out", out.to_str().unwrap()])["summary"].clone();
        (summary, std::fs::read_to_string(&out).unwrap())
    };
    let (summary, rows) = with("bridges");
    assert_eq!((&summary["n_bridges"], &summary["n_two_edge_components"]), (&1.into(), &2.into()));
    assert_eq!(summary["first_bridges"], json!([{"from": "c", "to": "d"}]));
    assert_eq!(rows, "node,bridges,two_edge_component\na,0,a\nb,0,a\nc,1,a\nd,1,d\n");
    let (summary, rows) = with("cut-points");
    assert_eq!(summary["n_cut_points"], 1);
    assert_eq!(rows, "node,parts_without\na,1\nb,1\nc,2\nd,1\n");
    let text = String::from_utf8(suasion_graph(&path, "bridges", &[]).stdout).unwrap();
    assert!(text.contains("\nbridges: 1\nfirst bridges:\n  c – d\ntwo edge components: 2\n"), "{text}");
}

#[test]
fn who_is_tied_to_whom() {
    let (_folder, path) = file("e.txt", TAIL);
    // Ends (2, 2), (2, 3), (3, 2) and (3, 1), both ways: mean 9/4, covariance −5/2 against variance 7/2, times 8.
    let summary = run(&path, "assortativity", &["--undirected"])["summary"].clone();
    assert!(near(&summary["degree"], -5.0 / 7.0), "{summary}");
    assert!(summary.get("degree_by_weight").is_none());
    let summary = run(&path, "assortativity", &["--weight", "3"])["summary"].clone();
    for name in ["out_in", "in_in", "out_out", "in_out", "out_in_by_weight"] {
        assert!(summary.get(name).is_some(), "{name}: {summary}");
    }
    assert_eq!(summary["in_in"], Value::Null, "all have one edge in");
}

#[test]
fn how_much_hangs_on_a_few() {
    let (_folder, path) = file("e.txt", TAIL);
    let of = |options: &[&str]| run(&path, "centralisation", options)["summary"].clone();
    // Degrees 2, 2, 3 and 1: 1 + 1 + 0 + 2 of at most 3 × 2.
    assert!(near(&of(&["--undirected"])["degree"], 4.0 / 6.0));
    // Betweenness 0, 0, 2 and 0: 6 of at most 9.
    assert!(near(&of(&["--undirected", "--of", "betweenness"])["betweenness"], 6.0 / 9.0));
    // Closeness .75, .75, 1 and .6: .9 of at most 6 / 5.
    assert!(near(&of(&["--undirected", "--of", "closeness"])["closeness"], 0.75));
    // In-degrees 1 each; out-degrees 1, 1, 2 and 0: 4 of at most 9.
    let directed = of(&[]);
    assert!(near(&directed["in_degree"], 0.0) && near(&directed["out_degree"], 4.0 / 9.0));

    let summary = run(&path, "concentration", &["--weight", "3"])["summary"].clone();
    assert!(near(&summary["in_degree_gini"], 0.0) && near(&summary["in_degree_effective_number"], 4.0));
    // Out-strengths 0, 1, 1 and 4: (−3 × 0 − 1 + 1 + 3 × 4) / (4 × 6), and 36 / 18.
    assert!(near(&summary["out_strength_gini"], 0.5) && near(&summary["out_strength_effective_number"], 2.0));
    assert_eq!(suasion_graph(&path, "degree", &["--of", "closeness"]).status.code(), Some(2));
    assert_eq!(suasion_graph(&path, "centralisation", &["--of", "beauty"]).status.code(), Some(2));
}

#[test]
fn whether_like_is_tied_to_like() {
    let (folder, path) = file("e.txt", TAIL);
    let table = folder.path().join("nodes.csv");
    std::fs::write(&table, "id,side,age\na,left,1\nb,left,1\nc,right,2\nd,right,4\n").unwrap();
    let out = folder.path().join("out.csv");
    let nodes = ["--undirected", "--node-table", table.to_str().unwrap(), "--node-id", "id", "--attribute"];
    let of = |algorithm: &str, rest: &[&str]| {
        run(&path, algorithm, &[&nodes[..], rest].concat())["summary"].clone()
    };

    // One tie within each side and two across: a trace of 1/2 where chance gives 1/2.
    let summary = of("assortativity", &["side"]);
    assert!(near(&summary["side_as_category"], 0.0), "{summary}");
    assert!(summary.get("side_as_number").is_none(), "words are no numbers");
    assert_eq!(summary["side_edges_left_out"], 0);
    // Ends 1–1, 1–2, 2–1 and 2–4, both ways.
    let ends: [(f64, f64); 4] = [(1.0, 1.0), (1.0, 2.0), (2.0, 1.0), (2.0, 4.0)];
    let both: Vec<(f64, f64)> = ends.iter().flat_map(|&(a, b)| [(a, b), (b, a)]).collect();
    let mean = both.iter().map(|end| end.0).sum::<f64>() / 8.0;
    let covariance: f64 = both.iter().map(|end| (end.0 - mean) * (end.1 - mean)).sum();
    let variance: f64 = both.iter().map(|end| (end.0 - mean).powi(2)).sum();
    assert!(near(&of("assortativity", &["age"])["age_as_number"], covariance / variance));

    let summary = of("ei-index", &["side", "--out", out.to_str().unwrap()]);
    assert_eq!(summary["ei_index"], 0.0);
    assert_eq!((&summary["external_ties"], &summary["internal_ties"]), (&2.into(), &2.into()));
    assert!(near(&summary["groups"]["left"]["index"], 1.0 / 3.0), "{summary}");
    let rows = std::fs::read_to_string(&out).unwrap();
    assert_eq!(
        rows,
        "node,external,internal,ei_index\na,1,1,0\nb,1,1,0\nc,2,1,0.3333333333333333\nd,0,1,-1\n"
    );

    let without = suasion_graph(&path, "ei-index", &[]);
    assert_eq!(without.status.code(), Some(1));
    assert!(String::from_utf8(without.stderr).unwrap().contains("name it (--node-table, --attribute)"));
}
