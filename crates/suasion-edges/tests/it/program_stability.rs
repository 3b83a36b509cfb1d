//! The program: which communities would be found again.

use crate::files::file;
use crate::program::{json, suasion_graph};

/// Four groups of 12 in which everybody has seven ties, and a ring between the groups.
fn groups() -> String {
    let mut rows = String::from("# four groups\n");
    for group in 0..4 {
        for u in 0..12 {
            for step in 1..=3 {
                rows += &format!("{} {}\n", group * 12 + u, group * 12 + (u + step) % 12);
            }
            rows += &format!("{} {}\n", group * 12 + u, group * 12 + (u + 6) % 12);
        }
        rows += &format!("{} {}\n", group * 12, (group * 12 + 12) % 48);
    }
    rows
}

#[test]
fn planted_groups_are_found() {
    let (folder, path) = file("e.txt", groups().as_bytes());
    let out = folder.path().join("out.csv");
    for census in [&[][..], &["--census"]] {
        let options = ["--undirected", "--seed", "2", "--out", out.to_str().expect("a path")];
        let found = json(&path, "stability", &[&options[..], census].concat());
        let summary = &found["summary"];
        assert_eq!((&summary["n_found"], &summary["n_communities_of_10_or_more"]), (&4.into(), &4.into()));
        assert_eq!((&summary["resamples"], &summary["rewirings"]), (&100.into(), &20.into()));
        assert_eq!(summary["share_left_out"].is_number(), !census.is_empty());
        let first = &summary["largest"][0];
        assert!(first["score"].as_f64() > first["by_chance"].as_f64(), "{first}");
        let text = std::fs::read_to_string(&out).expect("rows");
        assert!(text.starts_with("node,community,score,by_chance,p,found\n0,0,"), "{text}");
        assert!(text.lines().skip(1).all(|row| row.ends_with(",1")) && text.lines().count() == 49);
    }
}

#[test]
fn without_rewirings_nothing_is_found() {
    let (_folder, path) = file("e.txt", groups().as_bytes());
    let found = json(&path, "stability", &["--undirected", "--rewirings", "0", "--resamples", "3"]);
    let summary = &found["summary"];
    assert_eq!((&summary["n_found"], &summary["communities_compared_with"]), (&0.into(), &0.into()));
    assert!(summary["largest"][0]["p"].is_null() && summary["largest"][0]["p_reason"].is_string());
    let text = suasion_graph(&path, "stability", &["--undirected", "--rewirings", "0", "--resamples", "3"]);
    let text = String::from_utf8(text.stdout).expect("text");
    assert!(text.contains("  found  nodes"), "{text}");
}

#[test]
fn a_graph_file_has_no_rows() {
    let (folder, path) = file("e.txt", groups().as_bytes());
    let built = folder.path().join("e.csr");
    let output = suasion_graph(&path, "build", &["--undirected", "--out", built.to_str().expect("a path")]);
    assert!(output.status.success());
    let output = suasion_graph(&built, "stability", &[]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).expect("text");
    assert!(said.contains("the edge list that it was built from"), "{said}");
}
