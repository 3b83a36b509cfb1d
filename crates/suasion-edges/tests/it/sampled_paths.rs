//! Approximate betweenness from the shell.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::files::file;

fn run(edges: &Path, options: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_suasion-graph"))
        .arg("betweenness-approximate")
        .arg(edges)
        .args(options)
        .output()
        .expect("a program")
}

fn report(edges: &Path, options: &[&str]) -> Value {
    let output = run(edges, &[options, &["--format", "json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Two stars with joined hubs, a and b.
const STARS: &[u8] = b"a 1\na 2\na 3\na b\nb 4\nb 5\n";

#[test]
fn gives_intervals_and_tied_ranks() {
    let (folder, path) = file("e.txt", STARS);
    let out = |name: &str| folder.path().join(name);
    let rows = |name: &str, options: &[&str]| {
        let out = out(name);
        let all = [&["--undirected", "--epsilon", "0.02", "--out", out.to_str().unwrap()], options].concat();
        let summary = report(&path, &all)["summary"].clone();
        (summary, std::fs::read_to_string(&out).expect("rows"))
    };
    let (summary, text) = rows("a.csv", &["--seed", "9"]);
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("node,estimate,lower,upper,rank_low,rank_high"));
    let line = |node: &str| -> Vec<f64> {
        let line = text.lines().find(|line| line.starts_with(&format!("{node},"))).expect("a row");
        line.split(',').skip(1).map(|field| field.parse().expect("a number")).collect()
    };
    // Of 7 × 6 ordered pairs, a is between 2 × (3 + 9) and b between 2 × (1 + 8).
    for (node, expected, rank) in [("a", 24.0 / 42.0, 1.0), ("b", 18.0 / 42.0, 2.0)] {
        let row = line(node);
        assert!(row[1] <= expected && expected <= row[2] && row[1] <= row[0] && row[0] <= row[2], "{row:?}");
        assert_eq!(row[3..], [rank, rank]);
    }
    assert_eq!(line("4"), [0.0, 0.0, 0.0, 3.0, 7.0]);
    assert_eq!(
        (&summary["epsilon"], &summary["delta"], &summary["seed"]),
        (&0.02.into(), &0.1.into(), &9.into())
    );
    assert_eq!(summary["vertex_diameter_bound"], 5);
    assert_eq!(summary["top_estimate"][0]["node"], "a");
    assert!(summary["pairs_drawn"].as_u64() <= summary["omega"].as_u64());

    assert_eq!(text, rows("b.csv", &["--seed", "9", "--threads", "3"]).1);
    assert_ne!(text, rows("c.csv", &["--seed", "10"]).1);
}

#[test]
fn says_what_is_undefined_and_refuses_what_makes_no_sense() {
    let (folder, path) = file("e.txt", b"a a\n");
    let out = folder.path().join("out.csv");
    report(&path, &["--out", out.to_str().unwrap()]);
    assert_eq!(
        std::fs::read_to_string(&out).expect("rows"),
        "node,estimate,lower,upper,rank_low,rank_high\na,,,,,\n"
    );
    for options in
        [["--epsilon", "0"], ["--epsilon", "1"], ["--delta", "-1"], ["--delta", "x"], ["--seed", "-1"]]
    {
        assert_eq!(run(&path, &options).status.code(), Some(2), "{options:?}");
    }
}
