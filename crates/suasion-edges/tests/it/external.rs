//! Graph files: equal to graphs built in memory, whatever the order, memory and threads; and refused if anything is amiss.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use suasion_edges::Error;
use suasion_edges::external::{BuildOptions, build_file, map_file};
use suasion_graph::mapped::{Column, Header, checksum};
use suasion_graph::{Direction, EdgeColumns, Graph, MapError};

use crate::files::{file, on_threads};

type Row = (u32, u32, f64);

fn columns(rows: &[Row], weighted: bool) -> EdgeColumns {
    EdgeColumns {
        sources: rows.iter().map(|row| row.0).collect(),
        targets: rows.iter().map(|row| row.1).collect(),
        weights: weighted.then(|| rows.iter().map(|row| row.2).collect()),
    }
}

fn options(direction: Direction, n_nodes: u32, is_weighted: bool, memory: usize) -> BuildOptions {
    BuildOptions { direction, n_nodes, is_weighted, memory }
}

/// Builds in chunks of `size`.
fn build(path: &Path, options: &BuildOptions, rows: &[Row], size: usize) -> Result<(), Error> {
    let chunks = rows.chunks(size).map(|chunk| Ok(columns(chunk, options.is_weighted)));
    build_file(path, options, chunks).map(|_| ())
}

/// Edges that repeat, some often, with weights whose sums depend on their order.
fn rows() -> impl Strategy<Value = (u32, Vec<Row>)> {
    let weight = prop_oneof![Just(0.0), Just(-0.0), Just(1e16), Just(1.0), 0.0..3.0, Just(0.1)];
    (1..2000_u32, 1..2000_u32).prop_flat_map(move |(n_nodes, few)| {
        let few = few.min(n_nodes);
        let end = prop_oneof![0..few.min(3), 0..few, 0..n_nodes];
        let row = (end.clone(), end, weight.clone());
        let few = prop::collection::vec(row.clone(), 0..30);
        (Just(n_nodes), prop_oneof![few, prop::collection::vec(row, 30..600)])
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_mapped_graph_is_the_graph((n_nodes, rows) in rows(), directed: bool, weighted: bool, size in 1..500_usize) {
        let direction = if directed { Direction::Directed } else { Direction::Undirected };
        let graph = Graph::from_columns(direction, n_nodes as usize, columns(&rows, weighted)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("g.csr");
        let mut files = std::collections::BTreeSet::new();
        let mut reversed = rows.clone();
        reversed.reverse();
        // From everything at once down to a few edges at a time, or one, which parts buckets to the last bit of the key.
        let least = if rows.len() < 30 { 0 } else { 512 };
        for (at, memory) in [1 << 20, 8192, 2048, least].into_iter().enumerate() {
            let threads = [1, 2, 3, 8][at];
            let rows = if at % 2 == 0 { &rows } else { &reversed };
            let options = options(direction, n_nodes, weighted, memory);
            on_threads(threads, || build(&path, &options, rows, size)).unwrap();
            files.insert(fs::read(&path).unwrap());
            let mapped = on_threads(threads, || map_file(&path)).unwrap();
            prop_assert_eq!(&mapped, &graph);
        }
        prop_assert_eq!(files.len(), 1);
        prop_assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

#[test]
fn kernels_run_on_a_mapped_graph() {
    let rows: Vec<Row> = (0..500).map(|at| (at * at % 311, at * 7 % 311, f64::from(at % 5))).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("g.csr");
    for direction in [Direction::Directed, Direction::Undirected] {
        build(&path, &options(direction, 400, true, 4096), &rows, 100).unwrap();
        let graph = Graph::from_columns(direction, 400, columns(&rows, true)).unwrap();
        let mapped = map_file(&path).unwrap();
        let options = suasion_graph::PageRankOptions::default();
        assert_eq!(suasion_graph::pagerank(&mapped, options), suasion_graph::pagerank(&graph, options));
        assert_eq!(suasion_graph::weak_components(&mapped), suasion_graph::weak_components(&graph));
        assert_eq!(suasion_graph::core_numbers(&mapped), suasion_graph::core_numbers(&graph));
        assert_eq!(suasion_graph::betweenness(&mapped), suasion_graph::betweenness(&graph));
        assert_eq!(mapped.clone().out_neighbors(0), graph.out_neighbors(0));
    }
}

#[test]
fn graphs_without_nodes_or_edges_are_graphs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("g.csr");
    for direction in [Direction::Directed, Direction::Undirected] {
        for n_nodes in [0, 1, 2, 1000] {
            for weighted in [false, true] {
                build(&path, &options(direction, n_nodes, weighted, 1 << 16), &[], 1).unwrap();
                let graph = Graph::from_columns(direction, n_nodes as usize, columns(&[], weighted)).unwrap();
                assert_eq!(map_file(&path).unwrap(), graph);
            }
        }
    }
}

/// The bytes of a small file of this kind.
fn small(direction: Direction, weighted: bool) -> Vec<u8> {
    let rows = [(0, 1, 1.5), (1, 2, 2.0), (2, 0, 0.5), (2, 2, 1.0), (3, 1, 4.0)];
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("g.csr");
    build(&path, &options(direction, 5, weighted, 1 << 16), &rows, 2).expect("a graph");
    fs::read(path).expect("a file")
}

/// Why a file of these bytes is not mapped.
fn refusal(bytes: &[u8]) -> MapError {
    let (_folder, path) = file("g.csr", bytes);
    match map_file(&path) {
        Err(Error::NotMapped { cause, .. }) => cause,
        other => panic!("{other:?}"),
    }
}

const KINDS: [(Direction, bool); 4] = [
    (Direction::Directed, false),
    (Direction::Directed, true),
    (Direction::Undirected, false),
    (Direction::Undirected, true),
];

#[test]
fn every_flipped_bit_is_found() {
    for (direction, weighted) in KINDS {
        let good = small(direction, weighted);
        for at in 0..good.len() * 8 {
            let mut bytes = good.clone();
            bytes[at / 8] ^= 1 << (at % 8);
            refusal(&bytes);
        }
    }
}

#[test]
fn every_other_length_is_found() {
    for (direction, weighted) in KINDS {
        let good = small(direction, weighted);
        for length in 0..good.len() {
            let cause = refusal(&good[..length]);
            let is_start = length < 8;
            assert_eq!(matches!(cause, MapError::Foreign), is_start, "{length}: {cause}");
            assert_eq!(matches!(cause, MapError::Length { .. }), !is_start, "{length}: {cause}");
        }
        assert!(matches!(refusal(&[&good[..], &[0]].concat()), MapError::Length { .. }));
    }
}

#[test]
fn other_files_versions_and_byte_orders_are_called_by_their_names() {
    let good = small(Direction::Directed, false);
    assert!(matches!(refusal(b"1 2\n2 3\n"), MapError::Foreign));
    let with = |range: std::ops::Range<usize>, new: &[u8]| {
        let mut bytes = good.clone();
        bytes[range].copy_from_slice(new);
        refusal(&bytes)
    };
    let swapped: Vec<u8> = good[8..12].iter().rev().copied().collect();
    assert!(matches!(with(8..12, &swapped), MapError::ByteOrder));
    assert!(matches!(with(12..16, &7_u32.to_ne_bytes()), MapError::Version { found: 7 }));
}

/// A file whose checksums are right, whatever it holds.
fn forged(mut header: Header, halves: &[(&[u64], &[u32], &[f64])]) -> MapError {
    let mut bytes = Vec::new();
    header.checksum = 0;
    for (at, (offsets, nodes, weights)) in halves.iter().enumerate() {
        let mut add = |column, values: Vec<u64>| {
            header.checksum = header.checksum.wrapping_add(checksum(at, column, 0, values.into_iter()));
        };
        add(Column::Offsets, offsets.to_vec());
        add(Column::Nodes, nodes.iter().map(|&node| node.into()).collect());
        add(Column::Weights, weights.iter().map(|weight| weight.to_bits()).collect());
        bytes.extend(offsets.iter().flat_map(|offset| offset.to_ne_bytes()));
        bytes.extend(nodes.iter().flat_map(|node| node.to_ne_bytes()));
        bytes.resize(bytes.len().next_multiple_of(8), 0);
        bytes.extend(weights.iter().flat_map(|weight| weight.to_ne_bytes()));
    }
    refusal(&[&header.to_bytes()[..], &bytes].concat())
}

#[test]
fn what_is_no_graph_is_found_although_its_checksums_are_right() {
    let header = |direction, is_weighted, n_entries, n_self_loops| Header {
        direction,
        is_weighted,
        n_nodes: 2,
        n_entries,
        n_self_loops,
        checksum: 0,
    };
    let directed = |n_entries| header(Direction::Directed, false, n_entries, 0);
    let undirected = |is_weighted, loops| header(Direction::Undirected, is_weighted, 2, loops);
    let check = |found: MapError, expect: &str| {
        assert!(matches!(found, MapError::Damaged { what } if what == expect), "{found}, not {expect}");
    };
    let none: &[f64] = &[];
    check(forged(directed(1), &[(&[0, 2, 1], &[1], none), (&[0, 0, 1], &[0], none)]), "offsets");
    check(forged(directed(1), &[(&[0, 1, 2], &[1], none), (&[0, 0, 1], &[0], none)]), "offsets");
    check(forged(directed(1), &[(&[1, 1, 1], &[1], none), (&[0, 0, 1], &[0], none)]), "offsets");
    check(forged(directed(1), &[(&[0, 1, 1], &[2], none), (&[0, 0, 1], &[0], none)]), "rows");
    check(forged(directed(2), &[(&[0, 2, 2], &[1, 0], none), (&[0, 1, 2], &[0, 0], none)]), "rows");
    check(forged(directed(2), &[(&[0, 2, 2], &[1, 1], none), (&[0, 0, 2], &[0, 0], none)]), "rows");
    check(forged(directed(1), &[(&[0, 1, 1], &[1], none), (&[0, 1, 1], &[1], none)]), "halves");
    check(forged(undirected(false, 0), &[(&[0, 2, 2], &[0, 1], none)]), "halves");
    check(forged(undirected(true, 0), &[(&[0, 1, 2], &[1, 0], &[1.0, 2.0])]), "halves");
    check(forged(undirected(false, 1), &[(&[0, 1, 2], &[1, 0], none)]), "self-loops");
    for bad in [f64::NAN, f64::INFINITY, -1.0, -0.0] {
        check(forged(undirected(true, 0), &[(&[0, 1, 2], &[1, 0], &[bad, bad])]), "rows");
    }
    let large = f64::MAX / 1.5;
    check(forged(undirected(true, 0), &[(&[0, 1, 2], &[1, 0], &[large, large])]), "weights");
}

#[test]
fn what_stops_a_build_leaves_no_file_and_spares_the_one_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("g.csr");
    fs::write(&path, "mine").unwrap();
    let refused = |rows: &[Row], weighted: bool| {
        let error = build(&path, &options(Direction::Directed, 3, weighted, 4096), rows, 2).unwrap_err();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(fs::read(&path).unwrap(), b"mine");
        match error {
            Error::Graph { cause, .. } => {
                let in_memory = Graph::from_columns(Direction::Directed, 3, columns(rows, weighted));
                assert_eq!(in_memory.unwrap_err().to_string(), cause.to_string());
            }
            other => panic!("{other}"),
        }
    };
    let good: Row = (0, 1, 1.0);
    refused(&[good, good, good, (2, 3, 1.0), (7, 0, 1.0)], false);
    refused(&[good, (2, 1, f64::NAN), (7, 0, 1.0)], true);
    refused(&[good, good, (2, 1, -1.0)], true);
    refused(&[(0, 1, f64::MAX / 3.0), (0, 2, f64::MAX / 3.0)], true);
    let chunks = [Ok(columns(&[good], false)), Err(Error::Changed { path: path.clone() })];
    let options = options(Direction::Directed, 3, false, 4096);
    assert!(matches!(build_file(&path, &options, chunks), Err(Error::Changed { .. })));
    let missing = folder.path().join("none").join("g.csr");
    assert!(matches!(build(&missing, &options, &[good], 1), Err(Error::NotBuilt { .. })));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
