//! The program: what is undefined, not converged, not counted or not used is said, with the reason.

use serde_json::{Value, json};

use crate::files::file;
use crate::program::{json as run, suasion_graph};

fn text(edges: &std::path::Path, algorithm: &str, options: &[&str]) -> String {
    let output = suasion_graph(edges, algorithm, options);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// Every null in a summary has a reason beside it, and every reason a null, or a false, to explain.
fn has_reasons(summary: &Value) {
    let Some(parts) = summary.as_object() else { return };
    for (name, value) in parts {
        if value.is_null() {
            assert!(parts.get(&format!("{name}_reason")).is_some_and(Value::is_string), "{name}: {summary}");
        }
        if let Some(explained) = name.strip_suffix("_reason") {
            assert!(parts[explained].is_null() || parts[explained] == false, "{name}: {summary}");
        }
        has_reasons(value);
    }
}

#[test]
fn whatever_is_undefined_has_a_reason() {
    let algorithms = [
        "assortativity",
        "betweenness-approximate",
        "centralisation",
        "closeness",
        "clustering",
        "concentration",
        "core-numbers",
        "degree",
        "harmonic-approximate",
        "pagerank",
        "projection",
        "reciprocity",
        "structural-holes",
        "triangles",
        "two-mode",
    ];
    for rows in [&b"# none\n"[..], b"a a\n", b"a b\n", b"a b\nb a\n", b"a b\nc d\n"] {
        let (folder, path) = file("e.txt", rows);
        let table = folder.path().join("n.csv");
        std::fs::write(&table, "Id,side\na,left\n").expect("a table");
        for direction in ["--directed", "--undirected"] {
            for algorithm in algorithms {
                if direction == "--directed" || !["projection", "two-mode"].contains(&algorithm) {
                    has_reasons(&run(&path, algorithm, &[direction])["summary"]);
                }
            }
            for of in ["betweenness", "closeness"] {
                has_reasons(&run(&path, "centralisation", &[direction, "--of", of])["summary"]);
            }
            for algorithm in ["assortativity", "brokerage", "ei-index"] {
                let nodes = ["--node-table", table.to_str().unwrap(), "--attribute", "side", direction];
                has_reasons(&run(&path, algorithm, &nodes)["summary"]);
            }
        }
    }
    let (_folder, path) = file("e.txt", b"a b\n");
    has_reasons(&run(&path, "pagerank", &["--iterations", "0"])["summary"]);
    let none = run(&path, "shortest-path", &["--source", "b", "--target", "a"])["summary"].clone();
    assert_eq!(none["length_reason"], "no path leads there");
    assert!(text(&path, "shortest-path", &["--source", "b", "--target", "a"]).contains("\npath: none\n"));
}

#[test]
fn undirected_edges_have_no_answers() {
    let (_folder, path) = file("e.txt", b"a b\n");
    let summary = run(&path, "reciprocity", &["--undirected"])["summary"].clone();
    assert!(summary["share"].is_null() && summary.get("answered").is_none(), "{summary}");
    let said = text(&path, "reciprocity", &["--undirected"]);
    assert!(said.contains("\nshare: undefined (the edges are undirected, "), "{said}");
}

#[test]
fn what_has_not_converged_says_so() {
    let (_folder, path) = file("e.txt", b"a b\nb c\nc a\nc d\n");
    let summary = |options: &[&str]| run(&path, "pagerank", options)["summary"].clone();
    assert_eq!(summary(&[])["converged"], true);
    let few = ["--iterations", "3", "--tolerance", "1e-9"];
    assert_eq!(summary(&few)["converged"], false);
    let said = text(&path, "pagerank", &few);
    assert!(
        said.contains("\nconverged: no (the last change exceeds the tolerance; allow more iterations"),
        "{said}"
    );
    assert!(text(&path, "pagerank", &[]).contains("\nconverged: yes\n"));
    assert!(summary(&["--iterations", "3"]).get("converged").is_none(), "so many, and no more");
}

/// Each diamond doubles the number of paths.
#[test]
fn more_paths_than_can_be_counted() {
    let diamond =
        |at: u32| format!("a{at} b{at}\na{at} c{at}\nb{at} a{next}\nc{at} a{next}\n", next = at + 1);
    let (folder, path) = file("e.txt", (0..1_030).map(diamond).collect::<String>().as_bytes());
    for options in [&["betweenness", "--sources", "a0"][..], &["centralisation", "--of", "betweenness"]] {
        let output = suasion_graph(&path, options[0], &options[1..]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains("more shortest paths than can be counted")
                && said.contains("betweenness-approximate"),
            "{said}"
        );
    }
    let out = folder.path().join("out.csv");
    let found = run(&path, "distances", &["--source", "a0", "--out", out.to_str().unwrap()]);
    assert_eq!(found["summary"]["reached"], 3 * 1_030 + 1);
    assert_eq!(found["summary"]["nodes_with_too_many_paths_to_count"], 3 * 1_030 + 1 - 3 * 1_024);
    let rows = std::fs::read_to_string(&out).unwrap();
    assert!(rows.contains("\na1030,2060,\n") && rows.contains("\na1,2,2\n"), "{rows}");
    let found = run(&path, "shortest-path", &["--source", "a0", "--target", "a1030"])["summary"].clone();
    assert_eq!(
        (&found["length"], &found["n_paths_reason"]),
        (&json!(2060.0), &json!("there are more than can be counted, above 1.8e308"))
    );
}

#[test]
fn weights_that_say_nothing_are_refused_or_said() {
    let rows = b"Source,Target,Weight,side\na,b,2,x\nb,c,1,x\nc,a,-1,x\n";
    let (folder, path) = file("e.csv", rows);
    for algorithm in ["triangles", "two-mode", "ei-index", "reciprocity", "weak-components", "centralisation"]
    {
        let output = suasion_graph(&path, algorithm, &["--weight", "Weight"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(
            said.contains(&format!("--weight says nothing to {algorithm}, which goes by edges")),
            "{said}"
        );
    }
    // Gephi's weights, and signs.
    let report = run(&path, "triangles", &["--sign", "ignore"]);
    assert_eq!((&report["weights_not_used"], &report["summary"]["triangles"]), (&json!(true), &json!(1)));
    let signed = ["--weight", "Weight", "--sign", "positive"];
    assert!(
        text(&path, "triangles", &signed)
            .contains("weights not used: triangles goes by edges, whatever they weigh\n")
    );
    assert!(run(&path, "degree", &signed).get("weights_not_used").is_none());

    let (graph, numbers) = (folder.path().join("g.csr"), folder.path().join("n.txt"));
    std::fs::write(&numbers, "0 1 2\n0 1 3\n1 2 1\n").unwrap();
    run(&numbers, "build", &["--weight", "3", "--out", graph.to_str().unwrap()]);
    let output = suasion_graph(&graph, "closeness", &["--weight-as", "cost"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said.contains("has the weights of parallel edges added up") && said.contains("edge list"),
        "{said}"
    );
    run(&graph, "closeness", &["--weight-as", "strength"]);
    assert_eq!(run(&graph, "harmonic-approximate", &[])["weights_not_used"], true);
}

#[test]
fn groups_are_a_table_for_people() {
    let (folder, path) = file("e.csv", b"Source,Target\na,b\nb,c\n");
    let table = folder.path().join("nodes.csv");
    std::fs::write(&table, "Id,side\na,left\nb,left\nc,right\nd,far\n").unwrap();
    let said = text(
        &path,
        "ei-index",
        &["--undirected", "--node-table", table.to_str().unwrap(), "--attribute", "side"],
    );
    let expected = "\ngroups:\n      expected      external         index      internal\n             1             0     undefined             0  far\n";
    assert!(said.contains(expected), "{said}");
    assert!(said.contains("\n           0.6             1             0             1  left\n"), "{said}");
}

#[test]
fn numbers_in_a_row_are_rounded() {
    let (_folder, path) = file("e.txt", b"1 2\n2 3\n3 4\n4 5\n");
    let said = text(&path, "harmonic-approximate", &["--log2m", "4"]);
    let line = said.lines().find(|line| line.starts_with("pairs within")).expect("a line");
    assert!(line.split(' ').all(|word| word.len() <= 9), "{line}");
}
