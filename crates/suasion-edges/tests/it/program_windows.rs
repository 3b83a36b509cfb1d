//! The program: windows of time.

use std::path::Path;

use serde_json::{Value, json};

use crate::files::{columns, file, message, read_as};
use crate::program::{json as run, suasion_graph};
use suasion_edges::{Options, TimeScale, Times};

/// Everybody in a group is tied to everybody else in a year.
fn group(year: u32, members: &[&str]) -> String {
    let mut rows = String::new();
    for (at, a) in members.iter().enumerate() {
        for b in &members[..at] {
            rows += &format!("{a},{b},{year}\n");
        }
    }
    rows
}

/// Six split in two in 2001, are gone in 2002, and are together again in 2003; x and y join them.
fn story() -> String {
    let years = [
        group(2000, &["a", "b", "c", "d", "e", "f"]),
        group(2001, &["a", "b", "c"]),
        group(2001, &["d", "e", "f"]),
        group(2001, &["x", "y"]),
        group(2003, &["a", "b", "c"]),
        group(2004, &["a", "b", "c", "x"]),
    ];
    format!("who,whom,year\n{}", years.concat())
}

const NAMED: [&str; 5] = ["--undirected", "--from", "who", "--to", "whom"];

fn summary(path: &Path, options: &[&str]) -> Value {
    run(path, "windows", &[&NAMED, options].concat())["summary"].clone()
}

#[test]
fn a_story_by_year() {
    let (folder, path) = file("e.csv", story().as_bytes());
    let out = folder.path().join("out.csv");
    let options = ["--time-column", "year", "--window", "1-year", "--out", out.to_str().unwrap()];
    let found = summary(&path, &options);
    assert_eq!((&found["n_windows"], &found["times_count"]), (&5.into(), &"seconds".into()));
    assert_eq!((&found["window"], &found["threshold"]), (&"1-year".into(), &0.3.into()));
    let window = |at: usize| &found["windows"][at];
    assert_eq!((&window(0)["from"], &window(0)["to"]), (&"2000-01-01".into(), &"2001-01-01".into()));
    assert_eq!((&window(4)["from"], &window(4)["to"]), (&"2004-01-01".into(), &"2005-01-01".into()));
    for name in ["entrants", "entrant_rate", "entrant_strength_share", "departures", "events"] {
        assert_eq!(window(0)[name], Value::Null, "{name}");
        assert!(window(0)[format!("{name}_reason")].is_string(), "{name}");
    }
    assert_eq!((&window(0)["n_nodes"], &window(0)["n_edges"]), (&6.into(), &15.into()));
    assert_eq!(window(0)["communities"], 1);
    let effective = window(0)["effective_number"].as_f64().expect("a number");
    assert!((effective - 6.0).abs() < 1e-12, "all are as active as one another");
    assert_eq!((&window(1)["entrants"], &window(1)["entrant_rate"]), (&2.into(), &0.25.into()));
    // Of 14 ends of edges x and y have one each.
    assert_eq!(window(1)["entrant_strength_share"], 2.0 / 14.0);
    let events = &window(1)["events"];
    assert_eq!(events["births"], json!({"n": 1, "largest": [{"node": "x", "n_nodes": 2, "timeline": 3}]}));
    let before = json!({"node": "a", "n_nodes": 6, "timeline": 1});
    let part = |node: &str, timeline: u32| {
        let community = json!({"node": node, "n_nodes": 3, "timeline": timeline});
        json!({"community": community, "shared": 3, "jaccard": 0.5, "same_timeline": timeline == 1})
    };
    let split = json!({"before": before, "after": [part("a", 1), part("d", 2)]});
    assert_eq!(events["splits"], json!({"n": 1, "largest": [split]}));
    // Nobody is there in 2002: the window is kept, and has no rate.
    assert_eq!((&window(2)["n_nodes"], &window(2)["departures"]), (&0.into(), &8.into()));
    assert_eq!((&window(2)["entrants"], &window(2)["entrant_rate"]), (&0.into(), &Value::Null));
    assert_eq!(window(2)["events"]["deaths"]["n"], 3);
    assert_eq!((&window(3)["returning"], &window(3)["entrants"]), (&3.into(), &0.into()));
    assert_eq!(window(3)["events"]["births"]["n"], 1);
    let continuation = &window(4)["events"]["continuations"]["largest"][0];
    assert_eq!((&continuation["jaccard"], &continuation["shared"]), (&0.75.into(), &3.into()));
    assert_eq!(
        (&continuation["before"]["n_nodes"], &continuation["after"]["n_nodes"]),
        (&3.into(), &4.into())
    );
    let rows = std::fs::read_to_string(&out).unwrap();
    let of = |node: &str| rows.lines().filter(|line| line.starts_with(node)).collect::<Vec<_>>();
    assert_eq!(rows.lines().next(), Some("node,window,community,timeline,entrant,strength"));
    assert_eq!(of("d,"), ["d,1,a,1,,5", "d,2,d,2,0,2"]);
    assert_eq!(of("x,"), ["x,2,x,3,1,1", "x,5,a,4,0,3"]);
    assert_eq!(rows.lines().count(), 1 + 6 + 8 + 3 + 4);
}

#[test]
fn merges_and_thresholds() {
    let rows =
        [group(1, &["a", "b", "c"]), group(1, &["d", "e", "f"]), group(2, &["a", "b", "c", "d", "e", "f"])];
    let (_folder, path) = file("e.csv", format!("who,whom,wave\n{}", rows.concat()).as_bytes());
    let of = |threshold: &str| {
        let options = ["--time-column", "wave", "--window", "2", "--threshold", threshold];
        let found = summary(&path, &options);
        assert_eq!(found["times_count"], "numbers");
        assert_eq!((&found["windows"][1]["from"], &found["windows"][1]["to"]), (&"2".into(), &"3".into()));
        found["windows"][1]["events"].clone()
    };
    let merge = &of("0.4")["merges"]["largest"][0];
    assert_eq!((&merge["after"]["node"], &merge["after"]["timeline"]), (&"a".into(), &1.into()));
    assert_eq!(merge["before"].as_array().map(Vec::len), Some(2));
    let events = of("0.5");
    assert_eq!((&events["merges"]["n"], &events["deaths"]["n"]), (&0.into(), &2.into()));
}

#[test]
fn years_are_counted_by_value_and_dates_by_second() {
    let (_folder, path) = file("e.txt", b"a b 1975\nb c 2018\n");
    let found = run(&path, "windows", &["--time-column", "3", "--window", "4"])["summary"].clone();
    assert_eq!(found["times_count"], "years");
    let from: Vec<_> = (0..4).map(|at| found["windows"][at]["from"].clone()).collect();
    assert_eq!(from, ["1975", "1986", "1997", "2008"]);
    let (_folder, path) = file("e.txt", b"a b 20120701\nb c 2012-07-02T12:00:00+02:00\n");
    let found = run(&path, "windows", &["--time-column", "3", "--window", "12-hours"])["summary"].clone();
    let from: Vec<_> = (0..3).map(|at| found["windows"][at]["from"].clone()).collect();
    assert_eq!(from, ["2012-07-01", "2012-07-01T12:00:00Z", "2012-07-02"]);
}

#[test]
fn columns_of_times_are_read() {
    let times = |rows: &[u8]| {
        let options = Options { time: Some("3".to_string()), ..Options::default() };
        read_as("e.txt", rows, &options).map(|edges| (edges.receipt.time.clone(), edges.times))
    };
    let (column, found) = times(b"1 2 5\n2 3 -4\n").expect("good times");
    assert_eq!(column, Some("3".to_string()));
    assert_eq!(found, Some(Times { scale: TimeScale::Numbers, values: vec![5, -4] }));
    let bad = |rows: &[u8]| {
        message(read_as("e.txt", rows, &Options { time: Some("3".into()), ..Options::default() }))
    };
    assert!(bad(b"1 2 5\n2 3 soon\n").contains("e.txt:2: the time `soon` is no year"));
    assert!(bad(b"1,2,5\n2,3,\n").contains("e.txt:2: the time is empty"));
    // Rows that are dropped have no time either.
    let options = Options {
        from: columns(&["1"]),
        to: columns(&["2"]),
        weight: Some("3".into()),
        time: Some("4".into()),
        ..Options::default()
    };
    let edges = read_as("e.txt", b"1 2 0 1999\n2 3 1 2001\n", &options).expect("good rows");
    assert_eq!(edges.times.map(|times| times.values), Some(vec![2001]));
    let raw = read_as("e.bin", &[0; 8], &Options { time: Some("3".into()), ..Options::default() });
    assert!(message(raw).contains("raw pairs have no columns"));
}

#[test]
fn signs_choose_times_as_well() {
    let (_folder, path) = file("e.txt", b"a b -1 2000\nb c 2 2001\nc d -3 2002\n");
    let options = ["--weight", "3", "--time-column", "4", "--window", "1-year", "--sign"];
    let of = |sign: &str| {
        let found = run(&path, "windows", &[&options[..], &[sign]].concat())["summary"]["windows"].clone();
        let windows = found.as_array().cloned().unwrap_or_default();
        windows.iter().map(|window| window["n_edges"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(of("negative"), [1, 0, 1]);
    assert_eq!(of("positive"), [1]);
    assert_eq!(of("ignore"), [1, 1, 1]);
}

#[test]
fn what_is_missing_is_said() {
    let (_folder, path) = file("e.txt", b"1 2 1341100972000\n2 3 1341100972001\n");
    let said = |options: &[&str], status: i32| {
        let output = suasion_graph(&path, "windows", options);
        assert_eq!(output.status.code(), Some(status), "{options:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let time = ["--time-column", "3"];
    assert!(said(&[], 2).contains("--window 1-year"));
    assert!(said(&["--window", "2"], 2).contains("--time-column COL"));
    let of = |span: &str, status: i32| said(&[&time[..], &["--window", span]].concat(), status);
    assert!(of("1-day", 1).contains("divide by 1000"));
    assert!(of("3", 1).contains("cut a time of 2 into 3 windows"));
    assert!(of("0", 2).contains("must be a number of windows"));
    assert!(of("1-day ago", 2).contains("must be a number of windows"));
    assert!(said(&[&time[..], &["--window", "200000"]].concat(), 1).contains("more than 100000 windows"));
    let output = suasion_graph(&path, "degree", &time);
    assert!(String::from_utf8_lossy(&output.stderr).contains("--time-column says nothing to degree"));
}

#[test]
fn windows_for_people() {
    let (_folder, path) = file("e.csv", story().as_bytes());
    let options = [&NAMED[..], &["--time-column", "year", "--window", "1-year"]].concat();
    let text = String::from_utf8(suasion_graph(&path, "windows", &options).stdout).unwrap();
    let (_, table) = text.split_once("windows: 5\nwindows:\n").expect("a table");
    let lines: Vec<&str> = table.lines().take(4).collect();
    assert_eq!(
        lines,
        [
            "  nodes  edges  effective number  entrant rate  departures  communities     births     deaths     splits     merges  from",
            "      6     15                 6     undefined   undefined            1  undefined  undefined  undefined  undefined  2000-01-01",
            "      8      7           7.53846          0.25           0            3          1          0          1          0  2001-01-01",
            "      0      0         undefined     undefined           8            0          0          3          0          0  2002-01-01",
        ]
    );
    assert!(text.contains("columns: from who; to whom; time year\n"), "{text}");
}
