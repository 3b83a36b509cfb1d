//! Same in, same out, byte for byte: whatever the threads and the order of rows.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::files::file;
use crate::program::{ALGORITHMS, OF_THE_WHOLE, json};

/// SplitMix64: a number for each place.
fn number(place: u64) -> u64 {
    let mut x = place.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// One of `n`, the small ones more often.
fn end(place: u64, n: u64) -> u64 {
    let share = (number(place) >> 11) as f64 / (1_u64 << 53) as f64;
    (share * share * n as f64) as u64
}

/// The same rows in their order and in another.
struct Files {
    _folder: tempfile::TempDir,
    paths: [PathBuf; 2],
    folder: PathBuf,
}

impl Files {
    fn of(rows: &[String]) -> Self {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_unstable_by_key(|&row| number(row as u64 + (1 << 40)));
        let shuffled: Vec<&str> = order.iter().map(|&row| rows[row].as_str()).collect();
        let (folder, path) = file("e.txt", rows.concat().as_bytes());
        let other = folder.path().join("other.txt");
        std::fs::write(&other, shuffled.concat()).expect("a file");
        Self { folder: folder.path().to_path_buf(), _folder: folder, paths: [path, other] }
    }

    /// Whether one run gives the summary and the rows of every other.
    fn give_one_answer(&self, algorithm: &str, options: &[&str], threads: &[&str]) {
        let is_of_nodes = !OF_THE_WHOLE.contains(&algorithm);
        let mut answers = BTreeSet::new();
        for path in &self.paths {
            for threads in threads {
                let out = self.folder.join(format!("{algorithm}-{}.csv", options.len()));
                let mut words = [options, &["--threads", threads]].concat();
                if is_of_nodes {
                    words.extend(["--out", out.to_str().expect("a path")]);
                }
                let summary = json(path, algorithm, &words)["summary"].to_string();
                answers.insert((summary, is_of_nodes.then(|| read(&out))));
            }
        }
        assert_eq!(answers.len(), 1, "{algorithm} {options:?}");
    }
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("what was written")
}

#[test]
fn threads_and_the_order_of_rows_change_no_byte() {
    let files = Files::of(
        &["1 2\n", "2 3\n", "3 1\n", "3 4\n", "4 5\n", "5 3\n", "6 6\n", "7 8\n"].map(String::from),
    );
    for algorithm in ALGORITHMS {
        files.give_one_answer(algorithm, &[], &["1", "2", "3", "8"]);
    }
}

/// Names that are not in order, of many lengths, and weights whose sum depends on the order in which they are added.
#[test]
fn nor_of_named_nodes_with_weights() {
    const N_NAMES: u64 = 300;
    let name = |node: u64| {
        format!("{}{}é{node}", ["Å", "z", "M", "a"][(number(node) % 4) as usize], number(node) % 997)
    };
    let weight = |row: u64| ["0.1", "1e9", "3.3", "7", "0.0625"][(number(row + (1 << 33)) % 5) as usize];
    let rows: Vec<String> = (0..1500)
        .map(|row| {
            let (source, target) = (name(end(2 * row, N_NAMES)), name(end(2 * row + 1, N_NAMES)));
            format!("{source}\t{target}\t{}\t2012-0{}-03\n", weight(row), 1 + number(row + (1 << 34)) % 9)
        })
        .collect();
    let files = Files::of(&rows);
    let row = |node: u64| format!("{},{},{}\n", name(node), node % 3, node * 7 % 11);
    let table: Vec<String> = (0..N_NAMES).map(row).collect();
    let nodes = files.folder.join("nodes.csv");
    std::fs::write(&nodes, format!("Id,kind,size\n{}", table.concat())).expect("a file");
    let nodes = nodes.to_str().expect("a path");
    let (first, second) = (name(end(0, N_NAMES)), name(end(1, N_NAMES)));
    let several: [(&str, &[&str]); 46] = [
        ("assortativity", &["--weight", "3"]),
        ("assortativity", &["--node-table", nodes, "--attribute", "size"]),
        ("betweenness", &[]),
        ("betweenness", &["--weight", "3", "--weight-as", "strength"]),
        ("betweenness-approximate", &["--epsilon", "0.1"]),
        ("bridges", &[]),
        ("brokerage", &["--node-table", nodes, "--attribute", "kind", "--permutations", "100"]),
        ("centralisation", &["--of", "betweenness"]),
        ("closeness", &["--weight", "3", "--weight-as", "cost"]),
        ("clustering", &[]),
        ("concentration", &["--weight", "3"]),
        ("core-numbers", &[]),
        ("cut-points", &[]),
        ("degree", &["--weight", "3"]),
        ("dependence", &["--weight", "3"]),
        ("disparity-filter", &["--weight", "3", "--alpha", ".3"]),
        ("distances", &["--source", &first]),
        ("distances", &["--source", &first, "--weight", "3", "--weight-as", "cost"]),
        ("ei-index", &["--node-table", nodes, "--attribute", "kind"]),
        ("harmonic", &[]),
        ("harmonic", &["--weight", "3", "--weight-as", "strength"]),
        ("harmonic-approximate", &[]),
        ("layout", &["--weight", "3", "--weight-influence", "0.5", "--iterations", "20"]),
        ("layout", &["--attraction", "linear", "--strong-gravity", "--iterations", "20"]),
        ("leiden", &["--weight", "3"]),
        ("pagerank", &["--weight", "3"]),
        ("pagerank", &["--precision", "f32"]),
        ("partner-concentration", &["--weight", "3"]),
        ("partner-turnover", &["--weight", "3", "--time-column", "4", "--window", "3"]),
        ("projection", &[]),
        ("projection", &["--weights", "newman", "--mode", "events"]),
        ("projection", &["--weights", "validated", "--fdr", "1"]),
        ("projection", &["--weights", "validated", "--events", "by-degree", "--fdr", "1"]),
        ("projection", &["--weights", "validated", "--bonferroni", "1"]),
        ("reciprocity", &[]),
        ("resolution-scan", &["--weight", "3", "--resolutions", "2,.5,1"]),
        ("shortest-path", &["--source", &first, "--target", &second]),
        ("stability", &["--weight", "3", "--resamples", "5", "--rewirings", "2"]),
        ("stability", &["--census", "--resamples", "5", "--rewirings", "2"]),
        ("strong-components", &[]),
        ("structural-holes", &["--weight", "3"]),
        ("triangles", &[]),
        ("two-mode", &[]),
        ("weak-components", &[]),
        ("windows", &["--weight", "3", "--time-column", "4", "--window", "5", "--seed", "3"]),
        ("windows", &["--time-column", "4", "--window", "1-month", "--threshold", "0.1"]),
    ];
    let named: BTreeSet<&str> = several.iter().map(|(algorithm, _)| *algorithm).collect();
    assert!(ALGORITHMS.iter().all(|algorithm| named.contains(algorithm)), "all are tried");
    std::thread::scope(|scope| {
        for half in several.chunks(several.len().div_ceil(2)) {
            let files = &files;
            scope.spawn(move || {
                for (algorithm, options) in half {
                    files.give_one_answer(algorithm, options, &["1", "2", "3", "8"]);
                    if !["projection", "two-mode"].contains(algorithm) {
                        files.give_one_answer(
                            algorithm,
                            &[options, &["--undirected"][..]].concat(),
                            &["1", "3"],
                        );
                    }
                }
            });
        }
    });
}

/// More rows and nodes than one thread takes at a time.
#[test]
fn nor_of_work_in_several_blocks() {
    const N_NODES: u64 = 70_000;
    let row = |row: u64| {
        let (source, target) = (end(2 * row, N_NODES), end(2 * row + 1, N_NODES));
        format!("{source} {target} {} {}\n", number(row) % 1000, row % 100_000)
    };
    let files = Files::of(&(0..280_000).map(row).collect::<Vec<_>>());
    for (algorithm, options) in [
        ("assortativity", &[][..]),
        ("clustering", &[]),
        ("concentration", &["--weight", "3"]),
        ("core-numbers", &[]),
        ("degree", &["--weight", "3"]),
        ("disparity-filter", &["--weight", "3"]),
        ("harmonic-approximate", &["--log2m", "4"]),
        ("layout", &["--iterations", "2"]),
        ("leiden", &["--iterations", "1"]),
        ("pagerank", &["--weight", "3", "--iterations", "5"]),
        ("strong-components", &[]),
        ("structural-holes", &["--weight", "3"]),
        ("triangles", &[]),
        ("weak-components", &[]),
        ("windows", &["--time-column", "4", "--window", "2", "--iterations", "1"]),
    ] {
        files.give_one_answer(algorithm, options, &["1", "3"]);
    }
}
