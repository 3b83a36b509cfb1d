//! Raw pairs of `u32`.

use proptest::prelude::*;
use suasion_edges::{NodeNames, Options};

use crate::files::{columns, message, on_threads, read_as};

fn raw(pairs: &[(u32, u32)]) -> Vec<u8> {
    pairs.iter().flat_map(|pair| [pair.0.to_le_bytes(), pair.1.to_le_bytes()]).flatten().collect()
}

#[test]
fn nodes_reach_to_the_largest() {
    let edges = read_as("e.bin", &raw(&[(5, 1), (1, 1)]), &Options::default()).unwrap();
    assert_eq!(edges.names, NodeNames::Range(6));
    assert_eq!((edges.sources, edges.targets), (vec![5, 1], vec![1, 1]));
    assert_eq!((edges.receipt.counts.self_loops, edges.receipt.counts.rows), (1, 2));
}

#[test]
fn faults_of_raw_pairs() {
    let pairs = raw(&[(5, 1), (1, 7), (9, 9)]);
    let read = |bytes: &[u8], options: Options| message(read_as("e.bin", bytes, &options));
    let few = Options { nodes: Some(7), ..Options::default() };
    assert_eq!(read(&pairs, few), "e.bin: pair 1 (counted from 0): node 7 is not among the 7 nodes");
    let half = read(&pairs[..21], Options::default());
    assert!(half.starts_with("e.bin: has 21 bytes, no multiple of 8"), "{half}");
    let named = Options { from: columns(&["a"]), ..Options::default() };
    assert_eq!(read(&pairs, named), "e.bin: raw pairs have no columns to choose from");
    let many = read(&raw(&[(u32::MAX, 0)]), Options::default());
    assert_eq!(many, "e.bin: has more than 4294967295 nodes; split or aggregate the network");
    assert!(read(b"", Options::default()).starts_with("e.bin: is empty"));
}

proptest! {
    #[test]
    fn pairs_come_back(pairs in prop::collection::vec((0_u32..99, 0_u32..99), 1..99), chunk_bytes in 1_usize..99) {
        let options = Options { chunk_bytes, nodes: Some(99), ..Options::default() };
        let edges = on_threads(2, || read_as("e.bin", &raw(&pairs), &options)).unwrap();
        let found: Vec<(u32, u32)> = edges.sources.into_iter().zip(edges.targets).collect();
        prop_assert_eq!(found, pairs);
        prop_assert_eq!(edges.names, NodeNames::Range(99));
    }
}
