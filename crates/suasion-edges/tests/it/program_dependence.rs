//! The program: who needs whom more, on how few partners, and which are new.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::files::file;
use crate::program::{json as run, suasion_graph};

/// The figures of the whole, and each row by its name or names.
fn with(path: &Path, algorithm: &str, options: &[&str]) -> (Value, BTreeMap<String, Vec<String>>) {
    let out = path.with_file_name("out.csv");
    let summary = run(path, algorithm, &[options, &["--out", out.to_str().expect("a path")]].concat());
    let text = std::fs::read_to_string(out).expect("what was written");
    let rows = text.lines().skip(1).map(|line| {
        let fields: Vec<String> = line.split(',').map(str::to_owned).collect();
        let n_names = if algorithm == "dependence" { 2 } else { 1 };
        (fields[..n_names].join(" "), fields[n_names..].to_vec())
    });
    let rows = rows.map(|(name, fields)| match algorithm {
        "partner-turnover" => (format!("{name} {}", fields[0]), fields),
        _ => (name, fields),
    });
    (summary["summary"].clone(), rows.collect())
}

fn error(path: &Path, algorithm: &str, options: &[&str]) -> String {
    let output = suasion_graph(path, algorithm, options);
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8(output.stderr).expect("text")
}

/// The small one sends all to the centre, for which that is a third of what comes in.
const STUDENTS: &str = "source,target,n,year\nsmall,centre,20,2001\nlarge,centre,40,2001\nlarge,far,120,2001\n\
                        centre,small,10,2001\ncentre,centre,99,2001\n";

#[test]
fn each_flow_is_a_share_at_either_end() {
    let (_folder, path) = file("e.csv", STUDENTS.as_bytes());
    let (summary, rows) = with(&path, "dependence", &["--weight", "n"]);
    assert_eq!((&summary["n_flows"], &summary["asymmetry_undefined"]), (&4.into(), &1.into()));
    assert_eq!(summary["top_ties"][0]["value"], 120.0);
    // Kind, flow, both shares, asymmetry.
    assert_eq!(rows["small centre"][1..], ["20", "1", "0.3333333333333333", "0"]);
    assert_eq!(rows["large centre"][1..], ["40", "0.25", "0.6666666666666666", "0.25"]);
    assert_eq!(rows["large far"][1..], ["120", "0.75", "1", ""], "nothing leaves the far one");
    assert_eq!(rows["centre small"][1..], ["10", "1", "1", "0"]);
    assert_eq!(rows.len(), 4, "a flow home is none");
}

#[test]
fn concentration_is_undefined_where_nothing_flows() {
    let (_folder, path) = file("e.csv", STUDENTS.as_bytes());
    let (summary, rows) = with(&path, "partner-concentration", &["--weight", "n"]);
    assert_eq!((&summary["nodes_without_outflow"], &summary["nodes_without_inflow"]), (&1.into(), &1.into()));
    assert_eq!(rows["large"], ["160", "2", "0.625", "1.6", "0", "0", "", ""]);
    assert_eq!(rows["far"], ["0", "0", "", "", "120", "1", "1", "1"]);
}

#[test]
fn partners_are_new_or_lost_from_window_to_window() {
    let later = "small,centre,5,2002\nsmall,far,15,2002\nlarge,far,7,2002\n";
    let (_folder, path) = file("e.csv", format!("{STUDENTS}{later}").as_bytes());
    let options = ["--weight", "n", "--time-column", "year", "--window", "1-year"];
    let (summary, rows) = with(&path, "partner-turnover", &options);
    assert_eq!(summary["n_windows"], 2);
    let window = &summary["windows"][0];
    assert_eq!((&window["window"], &window["n_flows"]), (&2.into(), &3.into()));
    assert_eq!(window["share_of_new"], 15.0 / 27.0);
    // Window; new, lost, kept and both shares, out and in.
    assert_eq!(rows["small 2"], ["2", "1", "0", "1", "0.75", "0", "0", "1", "0", "", ""]);
    assert_eq!(rows["large 2"], ["2", "0", "1", "1", "0", "0.25", "0", "0", "0", "", ""]);
    assert_eq!(rows["centre 2"][1..4], ["0", "1", "0"], "what it lost, though nothing leaves it now");
    let undirected = [&options[..], &["--undirected"]].concat();
    let (_, rows) = with(&path, "partner-turnover", &undirected);
    assert_eq!(rows["small 2"].len(), 6, "in and out are the same");
    let alone = error(&path, "partner-turnover", &["--weight", "n"]);
    assert!(alone.contains("--window"), "{alone}");
}

#[test]
fn resolutions_are_scanned_in_their_order() {
    let (_folder, path) = file("e.txt", b"a b\nb c\nc a\nc d\nd e\ne f\nf d\n");
    let summary = run(&path, "resolution-scan", &["--undirected", "--resolutions", "1,.1,1"]);
    let rows = summary["summary"]["resolutions"].as_array().expect("rows").clone();
    assert_eq!((rows.len(), &rows[0]["resolution"]), (2, &0.1.into()));
    assert_eq!((&rows[0]["n_communities"], &rows[1]["n_communities"]), (&1.into(), &2.into()));
    assert_eq!((&rows[1]["largest"], &rows[1]["of_10_or_more"]), (&3.into(), &0.into()));
    assert_eq!(rows[1]["similarity_to_next_reason"], "there is no larger resolution");
    for wrong in ["0", "1,,2", "x", "-1"] {
        let said = error(&path, "resolution-scan", &[&format!("--resolutions={wrong}")]);
        assert!(said.contains("above 0"), "{said}");
    }
}
