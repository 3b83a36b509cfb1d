//! The program on graph files.

use std::fs;
use std::process::Command;

use crate::files::file;
use crate::program::{json, suasion_graph};

const PAIRS: [(u32, u32); 5] = [(0, 1), (1, 2), (2, 0), (2, 0), (4, 4)];

fn raw() -> Vec<u8> {
    PAIRS.iter().flat_map(|(u, v)| [u.to_le_bytes(), v.to_le_bytes()].concat()).collect()
}

#[test]
fn a_graph_file_gives_the_figures_of_its_edge_list() {
    let (folder, path) = file("e.bin", &raw());
    let text = PAIRS.map(|(u, v)| format!("{u} {v}\n")).concat();
    let (_text_folder, text) = file("e.txt", text.as_bytes());
    let (graph, again) = (folder.path().join("g.csr"), folder.path().join("h.csr"));
    let (ours, theirs) = (folder.path().join("a.csv"), folder.path().join("b.csv"));
    for direction in ["--directed", "--undirected"] {
        let built = json(&path, "build", &[direction, "--out", graph.to_str().unwrap(), "--memory", "1"]);
        assert_eq!((&built["n_nodes"], &built["receipt"]["rows"]), (&5.into(), &5.into()));
        assert_eq!(built["summary"]["file_bytes"], fs::metadata(&graph).unwrap().len());
        json(&text, "build", &[direction, "--nodes", "5", "--out", again.to_str().unwrap()]);
        assert_eq!(fs::read(&graph).unwrap(), fs::read(&again).unwrap());
        for algorithm in ["pagerank", "weak-components", "triangles", "degree"] {
            let mapped = json(&graph, algorithm, &["--out", ours.to_str().unwrap()]);
            let read = json(&path, algorithm, &[direction, "--out", theirs.to_str().unwrap()]);
            assert_eq!(mapped["summary"], read["summary"]);
            assert_eq!((&mapped["n_edges"], &mapped["directed"]), (&read["n_edges"], &read["directed"]));
            assert_eq!(fs::read(&ours).unwrap(), fs::read(&theirs).unwrap());
        }
    }
}

#[cfg(unix)]
#[test]
fn raw_pairs_come_through_a_pipe_if_the_nodes_are_counted() {
    let (folder, path) = file("e.bin", &raw());
    let pipe = folder.path().join("pipe.bin");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let graph = folder.path().join("g.csr");
    let bytes = raw();
    let built = std::thread::scope(|scope| {
        scope.spawn(|| fs::write(&pipe, &bytes));
        json(&pipe, "build", &["--nodes", "5", "--out", graph.to_str().unwrap()])
    });
    assert_eq!((&built["n_edges"], &built["receipt"]["bytes"]), (&4.into(), &40.into()));
    let again = folder.path().join("h.csr");
    json(&path, "build", &["--out", again.to_str().unwrap()]);
    assert_eq!(fs::read(&graph).unwrap(), fs::read(&again).unwrap());
}

#[test]
fn what_cannot_be_built_or_mapped_is_said() {
    let (folder, path) = file("e.bin", &raw());
    let (_text_folder, text) = file("e.txt", b"a b\n");
    let graph = folder.path().join("g.csr");
    let out = ["--out", graph.to_str().unwrap()];
    let said = |path: &std::path::Path, algorithm: &str, options: &[&str], code: i32, expect: &str| {
        let output = suasion_graph(path, algorithm, options);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{error}");
        assert!(error.contains(expect), "{error}");
    };
    said(&path, "build", &[], 2, "with the ending .csr");
    said(&text, "build", &out, 1, "names its nodes");
    said(&path, "build", &[&out[..], &["--nodes", "3"]].concat(), 1, "node 4 is not among the 3 nodes");
    assert!(!graph.exists());
    json(&path, "build", &out);
    said(&graph, "degree", &["--undirected"], 1, "is built the other way");
    said(&graph, "degree", &["--nodes", "9"], 1, "has no rows to choose from");
    let mut bytes = fs::read(&graph).unwrap();
    bytes[70] ^= 1;
    fs::write(&graph, bytes).unwrap();
    said(
        &graph,
        "degree",
        &[],
        1,
        "g.csr: cannot be mapped: it is damaged (offsets); copy or build it again",
    );
}

/// A file that may not grow stands in for a full disk.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_leaves_nothing() {
    let pairs: Vec<u8> = (0..40_000_u32).flat_map(|at| (at * 7919 % 5000).to_le_bytes()).collect();
    let (folder, path) = file("e.bin", &pairs);
    let graph = folder.path().join("g.csr");
    let output = Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 16; exec \"$@\"",
            "sh",
            env!("CARGO_BIN_EXE_suasion-graph"),
            "build",
        ])
        .arg(&path)
        .args(["--out", graph.to_str().unwrap()])
        .output()
        .unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains("g.csr: cannot be built: "), "{error}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
