//! The program: projections and the disparity filter, which write a row for each tie.

use std::path::Path;

use serde_json::{Value, json};

use crate::files::file;
use crate::program::{json as run, suasion_graph};

/// Who was where: two at each of three small meetings, and all five in one crowd.
const ATTENDED: &[u8] =
    b"who,what\nbea,m1\nann,m1\nann,m2\nbea,m2\nann,m3\nbea,m3\n\"c, d\",m4\nann,all\nbea,all\n\"c, d\",all\neve,all\nfay,all\n";

/// The summary, and what is written.
fn with(path: &Path, algorithm: &str, options: &[&str]) -> (Value, String) {
    let out = path.with_file_name("out.csv");
    let summary = run(path, algorithm, &[options, &["--out", out.to_str().expect("a path")]].concat());
    (summary["summary"].clone(), std::fs::read_to_string(&out).expect("what was written"))
}

fn refused(path: &Path, algorithm: &str, options: &[&str]) -> (Option<i32>, String) {
    let output = suasion_graph(path, algorithm, options);
    assert!(output.stdout.is_empty());
    (output.status.code(), String::from_utf8(output.stderr).expect("text"))
}

#[test]
fn projections_by_number_and_by_newman() {
    let (_folder, path) = file("e.csv", ATTENDED);
    let ends = ["--from", "who", "--to", "what"];
    let (summary, rows) = with(&path, "projection", &ends);
    assert_eq!((&summary["mode"], &summary["weights"]), (&"actors".into(), &"shared".into()));
    assert_eq!((&summary["n_ties"], &summary["total_weight"]), (&10.into(), &13.0.into()));
    assert_eq!(summary["top_ties"][0], json!({"from": "ann", "to": "bea", "value": 4.0}));
    let first = "source,target,type,weight\nann,bea,Undirected,4\nann,\"c, d\",Undirected,1\n";
    assert!(rows.starts_with(first) && rows.ends_with("\neve,fay,Undirected,1\n"), "{rows}");
    assert_eq!(rows.lines().count(), 11);
    let (summary, rows) = with(&path, "projection", &[&ends[..], &["--weights", "newman"]].concat());
    assert!(rows.contains("\nann,bea,Undirected,3.25\n") && rows.contains("\neve,fay,Undirected,0.25\n"));
    assert_eq!(summary["total_weight"], 3.25 + 9.0 * 0.25);
    let (summary, rows) = with(&path, "projection", &[&ends[..], &["--mode", "events"]].concat());
    assert_eq!((&summary["n_actors"], &summary["n_events"]), (&5.into(), &5.into()));
    assert!(rows.contains("\nall,m1,Undirected,2\n") && rows.contains("\nall,m4,Undirected,1\n"), "{rows}");
    let text = String::from_utf8(suasion_graph(&path, "projection", &ends).stdout).unwrap();
    assert!(text.contains("\ntop ties:\n             4  ann – bea\n             1  ann – c, d\n"), "{text}");
}

#[test]
fn projections_against_chance() {
    let (_folder, path) = file("e.csv", ATTENDED);
    let options =
        |more: &[&'static str]| [&["--from", "who", "--to", "what", "--weights", "validated"], more].concat();
    // Four of five and four of five, all the same: 1 of C(5, 4), the smallest of ten tests.
    let (summary, rows) = with(&path, "projection", &options(&["--fdr", "1"]));
    assert_eq!(
        (&summary["n_tests"], &summary["n_ties"], &summary["n_kept"]),
        (&10.into(), &10.into(), &10.into())
    );
    let head = "source,target,type,weight,expected,p,q\n";
    let row = rows.lines().nth(1).unwrap();
    let figures: Vec<f64> = row.split(',').skip(3).map(|figure| figure.parse().unwrap()).collect();
    assert!(rows.starts_with(head) && row.starts_with("ann,bea,Undirected,4,3.2,"), "{rows}");
    assert!((figures[2] - 0.2).abs() < 1e-12, "{row}");
    // Eve and Fay share the one event that each was at: as small, so that both stand for two of ten tests.
    let last = rows.lines().last().unwrap();
    assert!(last.starts_with("eve,fay,Undirected,1,0.2,0.2"), "{last}");
    assert!((figures[3] - 1.0).abs() < 1e-12, "{row}");
    let (summary, rows) = with(&path, "projection", &options(&[]));
    assert_eq!((&summary["n_kept"], &summary["largest_p_kept"]), (&0.into(), &Value::Null));
    assert_eq!((&summary["largest_p_kept_reason"], rows.as_str()), (&"no tie is kept".into(), head));
    assert_eq!((&summary["correction"], &summary["level"]), (&"fdr".into(), &0.05.into()));
    let (summary, _) = with(&path, "projection", &options(&["--events", "by-degree", "--bonferroni", "1"]));
    // Events of two are one class with a pair, that of five another with ten; m4 is nobody's to share.
    assert_eq!((&summary["classes_of_events"], &summary["n_tests"]), (&2.into(), &11.into()));
    assert_eq!((&summary["correction"], &summary["n_kept"]), (&"bonferroni".into(), &10.into()));
}

#[test]
fn the_filter_keeps_what_stands_out() {
    let rows = b"Source,Target,value\nhub,a,7\nhub,b,1\nhub,c,1\nd,hub,1\nx,y,5\nhub,hub,9\n";
    let (_folder, path) = file("e.csv", rows);
    let (summary, rows) = with(&path, "disparity-filter", &["--undirected", "--weight", "value"]);
    assert_eq!(
        (&summary["n_ties"], &summary["n_undefined"], &summary["n_kept"]),
        (&5.into(), &1.into(), &1.into())
    );
    assert_eq!(
        (&summary["nodes_with_a_tie_kept"], &summary["share_of_weight_kept"]),
        (&2.into(), &(7.0 / 15.0).into())
    );
    assert_eq!(summary["top_ties"], json!([{"from": "a", "to": "hub", "value": 7.0}]));
    let (head, row) = rows.split_once('\n').unwrap();
    assert_eq!(head, "source,target,type,weight,alpha,alpha_at_source,alpha_at_target");
    let figures: Vec<&str> = row.trim_end().split(',').collect();
    assert_eq!((&figures[..4], figures[5]), (&["a", "hub", "Undirected", "7"][..], ""));
    assert!((figures[4].parse::<f64>().unwrap() - 0.027).abs() < 1e-12 && figures[4] == figures[6]);
    // Of what leaves the hub alone, (2 / 9)².
    let (summary, rows) = with(&path, "disparity-filter", &["--weight", "value", "--alpha", "0.04"]);
    assert_eq!((&summary["n_kept"], rows.lines().count()), (&0.into(), 1));
    let (_, rows) = with(&path, "disparity-filter", &["--weight", "value"]);
    assert!(rows.contains("\nhub,a,Directed,7,0.0493827"), "{rows}");
}

#[test]
fn what_is_written_is_an_edge_list() {
    let (folder, path) = file("e.csv", ATTENDED);
    let ties = folder.path().join("ties.csv");
    run(&path, "projection", &["--from", "who", "--to", "what", "--out", ties.to_str().unwrap()]);
    let report = run(&ties, "degree", &[]);
    assert_eq!(
        (&report["directed"], &report["n_nodes"], &report["n_edges"]),
        (&false.into(), &5.into(), &10.into())
    );
    assert_eq!(report["summary"]["top_strength"][0], json!({"node": "ann", "value": 7.0}));
    let backbone = folder.path().join("backbone.csv");
    let kept = run(&ties, "disparity-filter", &["--alpha", ".3", "--out", backbone.to_str().unwrap()]);
    assert_eq!(kept["summary"]["n_kept"], 1, "{kept}");
    assert_eq!(
        run(&backbone, "degree", &[])["summary"]["top_strength"][1],
        json!({"node": "bea", "value": 4.0})
    );
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let (_folder, path) = file("e.csv", ATTENDED);
    let ends = ["--from", "who", "--to", "what"];
    let said = |algorithm: &str, more: &[&str]| refused(&path, algorithm, &[&ends[..], more].concat());
    let (code, error) = said("projection", &["--undirected"]);
    assert_eq!(code, Some(1));
    assert!(error.contains("projection takes sources for actors and targets for events;"), "{error}");
    let (code, error) = said("projection", &["--fdr", ".1"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("--fdr says nothing to shares that are not tested;"), "{error}");
    for level in ["0", "1.5", "x"] {
        let (code, error) = said("projection", &["--weights", "validated", "--fdr", level]);
        assert!(code == Some(2) && error.contains("must be a number above 0 and at most 1"), "{error}");
    }
    assert_eq!(
        said("projection", &["--weights", "validated", "--fdr", ".1", "--bonferroni", ".1"]).0,
        Some(2)
    );
    let (code, error) = said("disparity-filter", &[]);
    assert_eq!(code, Some(1));
    assert!(error.contains("compares weights, and there are none; name their column (--weight)"), "{error}");
    assert_eq!(said("two-mode", &["--undirected"]).1.matches("two-mode takes sources").count(), 1);
}

#[test]
fn a_crowd_too_large_is_named() {
    let rows: Vec<String> = (0..93_000).map(|actor| format!("{actor}\tthe crowd\n")).collect();
    let (_folder, path) = file("e.tsv", format!("Source\tTarget\n0\tx\n{}", rows.concat()).as_bytes());
    let (code, error) = refused(&path, "projection", &["--weights", "newman"]);
    assert_eq!(code, Some(1), "{error}");
    assert!(
        error.contains("4324453500 pairs share something, counted once for each thing that they share, and at most 4294967296")
            && error.contains("the largest is `the crowd`, with 93000 ties: leave it out (--where 'COL!=the crowd')"),
        "{error}"
    );
    assert_eq!(run(&path, "projection", &["--mode", "events"])["summary"]["n_ties"], 1);
}
