//! Rewiring against what it has to keep, and against all networks that it may draw.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use suasion_graph::{Direction, Graph, degrees, in_degrees, out_degrees, rewired};

use crate::random::{drawn, graph, on_threads};

/// For each node and group, how many edges lead there and come from there.
fn by_group(graph: &Graph, groups: &[u32]) -> BTreeMap<(u32, u32), (u32, u32)> {
    let mut counts = BTreeMap::new();
    for (u, v, _) in graph.edges() {
        let mut add = |node, other: u32, out, into| {
            let count: &mut (u32, u32) = counts.entry((node, groups[other as usize])).or_default();
            *count = (count.0 + out, count.1 + into);
        };
        if graph.is_directed() {
            add(u, v, 1, 0);
            add(v, u, 0, 1);
        } else {
            add(u, v, 1, 0);
            add(v, u, 1, 0);
        }
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn degrees_loops_and_weights_stay(drawn in drawn(), seed in any::<u64>()) {
        let before = drawn.graph();
        let after = rewired(&before, None, seed).expect("a graph");
        prop_assert_eq!(after.n_edges(), before.n_edges());
        prop_assert_eq!(after.is_directed(), before.is_directed());
        prop_assert_eq!(degrees(&after), degrees(&before));
        prop_assert_eq!(out_degrees(&after), out_degrees(&before));
        prop_assert_eq!(in_degrees(&after), in_degrees(&before));
        let loops = |graph: &Graph| {
            graph.edges().filter(|edge| edge.0 == edge.1).map(|edge| (edge.0, edge.2.to_bits())).collect::<Vec<_>>()
        };
        prop_assert_eq!(loops(&after), loops(&before));
        let weights = |graph: &Graph| {
            let mut weights: Vec<u64> = graph.edges().map(|edge| edge.2.to_bits()).collect();
            weights.sort_unstable();
            weights
        };
        prop_assert_eq!(weights(&after), weights(&before));
        prop_assert_eq!(&rewired(&before, None, seed).expect("a graph"), &after);
    }

    #[test]
    fn so_do_ties_to_each_group(drawn in drawn(), seed in any::<u64>()) {
        let before = drawn.graph();
        let groups: Vec<u32> = (0..before.n_nodes()).map(|u| u % 3).collect();
        let after = rewired(&before, Some(&groups), seed).expect("a graph");
        prop_assert_eq!(by_group(&after, &groups), by_group(&before, &groups));
    }
}

/// All networks of a degree sequence are drawn as often as one another.
fn is_uniform(direction: Direction, ends: &[(u32, u32)], groups: Option<&[u32]>, n_networks: usize) {
    let n_nodes = 1 + ends.iter().map(|&(u, v)| u.max(v)).max().expect("edges") as usize;
    let start = graph(direction, n_nodes, ends);
    let n_draws = 400 * n_networks as u64;
    let mut counts: BTreeMap<Vec<(u32, u32)>, f64> = BTreeMap::new();
    for seed in 0..n_draws {
        let drawn = rewired(&start, groups, seed).expect("a graph");
        *counts.entry(drawn.edges().map(|edge| (edge.0, edge.1)).collect()).or_default() += 1.0;
    }
    assert_eq!(counts.len(), n_networks);
    let expected = n_draws as f64 / n_networks as f64;
    let chi_squared: f64 = counts.values().map(|count| (count - expected).powi(2) / expected).sum();
    // Its mean is n − 1 and its variance twice that.
    let freedom = n_networks as f64 - 1.0;
    assert!(chi_squared < freedom + 5.0 * (2.0 * freedom).sqrt(), "{chi_squared} of {freedom}");
}

#[test]
fn every_network_is_as_likely() {
    // A ring of six: all 2-regular graphs on six nodes, 60 rings of six and 10 pairs of triangles.
    is_uniform(Direction::Undirected, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 0)], None, 70);
    // A directed ring of four: permutations without a fixed point.
    is_uniform(Direction::Directed, &[(0, 1), (1, 2), (2, 3), (3, 0)], None, 9);
    // Two groups of three, each of the one tied to one of the other: permutations of three.
    let groups = [0, 0, 0, 1, 1, 1];
    is_uniform(Direction::Undirected, &[(0, 3), (4, 1), (2, 5)], Some(&groups), 6);
}

#[test]
fn what_has_no_other_comes_back() {
    let star = graph(Direction::Undirected, 5, &[(0, 1), (0, 2), (0, 3), (0, 4)]);
    assert_eq!(rewired(&star, None, 7), Ok(star));
    let empty = graph(Direction::Directed, 3, &[]);
    assert_eq!(rewired(&empty, None, 7), Ok(empty));
}

#[test]
fn a_large_network_is_mixed() {
    // A ring of 5,000: hardly any edge is where it was, on any threads.
    let ends: Vec<(u32, u32)> = (0..5000).map(|u| (u, (u + 1) % 5000)).collect();
    let ring = graph(Direction::Undirected, 5000, &ends);
    let after = on_threads(1, || rewired(&ring, None, 3)).expect("a graph");
    assert_eq!(on_threads(4, || rewired(&ring, None, 3)).expect("a graph"), after);
    let set = |graph: &Graph| graph.edges().map(|edge| (edge.0, edge.1)).collect::<BTreeSet<_>>();
    assert!(set(&ring).intersection(&set(&after)).count() < 20);
}
