//! Brokerage against the listing of all triples, and chance against all graphs of few nodes.

use proptest::prelude::*;
use suasion_graph::{Brokerage, BrokerageRole, Direction, Graph, brokerage, permuted_brokerage};

use crate::random::{Drawn, drawn, graph, on_threads};

fn role(i: u32, j: u32, k: u32) -> BrokerageRole {
    if i == j && j == k {
        BrokerageRole::Coordinator
    } else if i == k {
        BrokerageRole::Consultant
    } else if i == j {
        BrokerageRole::Representative
    } else if j == k {
        BrokerageRole::Gatekeeper
    } else {
        BrokerageRole::Liaison
    }
}

/// By all triples of nodes.
fn by_triples(matrix: &[Vec<bool>], groups: &[Option<u32>]) -> Vec<Option<[u64; 5]>> {
    let n = matrix.len();
    let of_node = |j: usize| {
        let own = groups[j]?;
        let mut counts = [0; 5];
        for (i, k) in (0..n).flat_map(|i| (0..n).map(move |k| (i, k))) {
            if let (Some(from), Some(to)) = (groups[i], groups[k])
                && i != j
                && j != k
                && i != k
                && matrix[i][j]
                && matrix[j][k]
                && !matrix[i][k]
            {
                counts[role(from, own, to) as usize] += 1;
            }
        }
        Some(counts)
    };
    (0..n).map(of_node).collect()
}

fn grouped() -> impl Strategy<Value = (Drawn, Vec<Option<u32>>)> {
    drawn().prop_flat_map(|drawn| {
        let n = drawn.n_nodes as usize;
        (Just(drawn), prop::collection::vec(prop::option::weighted(0.8, 0..4_u32), n))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn agrees_with_all_triples((drawn, groups) in grouped(), threads in 1..4_usize) {
        let graph = drawn.graph();
        let expected = by_triples(&drawn.matrix(), &groups);
        let found = on_threads(threads, || brokerage(&graph, &groups));
        prop_assert_eq!(&found.counts, &expected);
        let permuted = permuted_brokerage(&graph, &groups, 70, 1);
        for (permuted, counts) in permuted.iter().zip(&expected) {
            let counted = permuted.map(|roles| roles.map(|role| role.count));
            prop_assert_eq!(&counted, counts);
            for role in permuted.iter().flatten() {
                prop_assert!(role.at_least + role.at_most >= 1.0 && role.at_least > 0.0 && role.at_most > 0.0);
                prop_assert!(role.expected.standard_deviation >= 0.0 && role.expected.mean >= -1e-9);
            }
        }
        prop_assert_eq!(permuted, on_threads(threads, || permuted_brokerage(&graph, &groups, 70, 1)));
    }
}

/// The mean and the variance of counts over all graphs with these groups and so many edges' worth of density: each graph
/// as probable as independent edges make it.
fn over_all_graphs(groups: &[Option<u32>], is_directed: bool, density: f64) -> Vec<[(f64, f64); 5]> {
    let n = groups.len();
    let pairs: Vec<(usize, usize)> = (0..n)
        .flat_map(|u| (0..n).map(move |v| (u, v)))
        .filter(|&(u, v)| if is_directed { u != v } else { u < v })
        .collect();
    let mut moments = vec![[(0.0, 0.0); 5]; n];
    for graph in 0..1_u32 << pairs.len() {
        let mut matrix = vec![vec![false; n]; n];
        for (bit, &(u, v)) in pairs.iter().enumerate() {
            let is_edge = graph >> bit & 1 == 1;
            matrix[u][v] |= is_edge;
            if !is_directed {
                matrix[v][u] |= is_edge;
            }
        }
        let n_edges = graph.count_ones() as i32;
        let probability = density.powi(n_edges) * (1.0 - density).powi(pairs.len() as i32 - n_edges);
        for (moments, counts) in moments.iter_mut().zip(by_triples(&matrix, groups)) {
            for (moments, count) in moments.iter_mut().zip(counts.expect("a group")) {
                moments.0 += probability * count as f64;
                moments.1 += probability * (count * count) as f64;
            }
        }
    }
    moments
}

#[test]
fn chance_is_that_of_all_graphs() {
    for (direction, groups, ends) in [
        (Direction::Directed, vec![0, 0, 1, 2], vec![(0, 1), (1, 2), (2, 0), (3, 1)]),
        (Direction::Directed, vec![0, 0, 0, 1], vec![(0, 1), (1, 0), (2, 0), (2, 1), (2, 3), (3, 0)]),
        (Direction::Undirected, vec![0, 0, 0, 1, 1, 2], vec![(0, 1), (1, 2), (2, 3), (4, 5), (0, 5)]),
        (Direction::Undirected, vec![0, 1, 1, 2, 2, 3], vec![(0, 1), (1, 2), (2, 3), (4, 5), (0, 5), (1, 5)]),
    ] {
        let n = groups.len();
        let groups: Vec<Option<u32>> = groups.into_iter().map(Some).collect();
        let graph = graph(direction, n, &ends);
        let n_pairs = if graph.is_directed() { n * (n - 1) } else { n * (n - 1) / 2 };
        let moments = over_all_graphs(&groups, graph.is_directed(), ends.len() as f64 / n_pairs as f64);
        let found = brokerage(&graph, &groups).by_chance;
        for (group, moments) in groups.iter().zip(moments) {
            let expected = found[group.expect("a group") as usize].expect("nodes");
            for ((mean, square), expected) in moments.into_iter().zip(expected) {
                let variance = square - mean * mean;
                assert!((expected.mean - mean).abs() < 1e-9, "{direction:?}: {mean}, {expected:?}");
                assert!(
                    (expected.standard_deviation.powi(2) - variance).abs() < 1e-9,
                    "{variance}, {expected:?}"
                );
            }
        }
    }
}

#[test]
fn by_hand() {
    // 0 → 1 → 2 → 3, and a way past 2; groups a a b c.
    let path = graph(Direction::Directed, 5, &[(0, 1), (1, 2), (2, 3), (1, 3), (4, 1)]);
    let groups = [Some(0), Some(0), Some(1), Some(2), None];
    let Brokerage { counts, .. } = brokerage(&path, &groups);
    // 0 → 1 → 2 and 0 → 1 → 3, from its own group to others; what comes from 4, of no group, does not count.
    let expected = [Some([0; 5]), Some([0, 0, 2, 0, 0]), Some([0; 5]), Some([0; 5]), None];
    assert_eq!(counts, expected);
    let none = brokerage(&Graph::from_edges(2, &[]).expect("no edges"), &[None, Some(1)]);
    assert_eq!(none.counts, [None, Some([0; 5])]);
    assert_eq!(none.by_chance, [None, None], "one node has no pairs");
}

#[test]
fn groups_that_follow_ties_stand_out() {
    // Two rings of twenty nodes of one group each, and one node that all of one reach the other through.
    let mut ends = Vec::new();
    for ring in [0, 20] {
        ends.extend((0..20).flat_map(|u| [(ring + u, ring + (u + 1) % 20), (ring + u, ring + (u + 2) % 20)]));
    }
    ends.extend((0..5).flat_map(|u| [(u, 40), (40, 20 + u)]));
    let groups: Vec<Option<u32>> = (0..41).map(|u| Some(u32::from((20..40).contains(&u)))).collect();
    let found = permuted_brokerage(&graph(Direction::Directed, 41, &ends), &groups, 999, 7);
    let [_, _, representative, gatekeeper, _] = found[40].expect("a group");
    assert_eq!((representative.count, gatekeeper.count), (25, 0));
    assert!(representative.at_least <= 0.01, "{representative:?}");
    assert!(representative.expected.mean < 10.0);
}
