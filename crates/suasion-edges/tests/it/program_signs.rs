//! The program on networks with signs, and on those of two modes.

use crate::files::file;
use crate::program::{json, suasion_graph};

const SIGNED: &[u8] = b"a b 2\na b -3\nb c -0.5\nc a 0\nd a 1\n";

#[test]
fn degree_tells_signs_apart_and_others_are_told_which_to_take() {
    let (folder, path) = file("e.txt", SIGNED);
    let out = folder.path().join("out.csv");
    let write = |algorithm: &str, options: &[&str]| {
        let out = ["--weight", "3", "--out", out.to_str().unwrap()];
        let report = json(&path, algorithm, &[&out[..], options].concat());
        (report, std::fs::read_to_string(out[3]).unwrap())
    };
    let (report, written) = write("degree", &[]);
    assert_eq!(
        written,
        "node,in_degree,out_degree,in_positive_strength,in_negative_strength,out_positive_strength,out_negative_strength\n\
         a,1,1,1,0,2,3\nb,1,1,2,3,0,0.5\nc,1,0,0,0.5,0,0\nd,0,1,0,0,1,0\n"
    );
    assert_eq!((&report["n_edges"], &report["receipt"]["negative_weights"]), (&3.into(), &2.into()));
    let (_, written) = write("degree", &["--undirected"]);
    assert_eq!(
        written,
        "node,degree,positive_strength,negative_strength\na,2,3,3\nb,2,2,3.5\nc,1,0,0.5\nd,1,1,0\n"
    );
    let (report, written) = write("degree", &["--sign", "negative"]);
    assert_eq!(
        written,
        "node,in_degree,out_degree,in_strength,out_strength\na,0,1,0,3\nb,1,1,3,0.5\nc,1,0,0.5,0\nd,0,0,0,0\n"
    );
    assert_eq!(report["rows_of_other_sign"], 2);
    let (report, _) = write("pagerank", &["--sign", "ignore"]);
    assert_eq!((&report["rows_of_other_sign"], &report["n_edges"]), (&0.into(), &3.into()));
    let (report, _) = write("weak-components", &["--sign", "positive", "--keep-zero"]);
    assert_eq!((&report["rows_of_other_sign"], &report["n_edges"]), (&2.into(), &3.into()));
    let text = suasion_graph(&path, "degree", &["--weight", "3", "--sign", "positive"]).stdout;
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("2 negative weights\n2 rows of the other sign left out\n"), "{text}");
    assert!(!text.contains("merged"), "{text}");
}

#[test]
fn signs_that_are_not_there() {
    let (_folder, path) = file("e.txt", SIGNED);
    let said = |algorithm: &str, options: &[&str]| {
        let output = suasion_graph(&path, algorithm, options);
        assert!(output.stdout.is_empty());
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, error) = said("pagerank", &["--weight", "3"]);
    assert_eq!(code, Some(1));
    assert!(
        error.contains("e.txt:2: the weight `-3` is negative; say which signs to take (--sign)"),
        "{error}"
    );
    let (code, error) = said("degree", &["--sign", "positive"]);
    assert_eq!(code, Some(1));
    assert!(error.contains("has no weights, hence no signs"), "{error}");
    let (code, error) = said("degree", &["--weight", "3", "--where", "1=d", "--sign", "negative"]);
    assert_eq!(code, Some(1));
    assert!(error.contains("no edge has a weight of that sign"), "{error}");
}

#[test]
fn two_modes() {
    let (folder, path) = file("e.csv", b"who,what\nann,x\nann,y\nbea,x\nx,y\nann,x\n");
    let out = folder.path().join("out.csv");
    let columns = ["--from", "who", "--to", "what", "--out", out.to_str().unwrap()];
    let summary = json(&path, "two-mode", &columns)["summary"].clone();
    assert_eq!((&summary["n_actors"], &summary["n_events"]), (&3.into(), &2.into()));
    assert_eq!((&summary["n_ties"], &summary["names_in_both_modes"]), (&4.into(), &1.into()));
    assert_eq!(summary["density"], 4.0 / 6.0);
    assert_eq!(
        summary["top_events"],
        serde_json::json!([
            {"node": "ann", "value": 2}, {"node": "bea", "value": 1}, {"node": "x", "value": 1},
        ])
    );
    let written = std::fs::read_to_string(&out).unwrap();
    assert_eq!(written, "node,events,actors\nann,2,\nbea,1,\nx,1,2\ny,,2\n");
    let output = suasion_graph(&path, "two-mode", &[&columns[..4], &["--undirected"]].concat());
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("read the edges as directed (--directed)"));
}
