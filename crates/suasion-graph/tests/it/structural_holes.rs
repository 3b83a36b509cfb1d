//! Burt's measures against sums over all nodes.

use proptest::prelude::*;
use suasion_graph::{Direction, Graph, StructuralHoles, structural_holes};

use crate::random::{drawn, graph, karate_club, on_threads};

/// Constraint, effective size and hierarchy of each node, by sums over all others.
fn by_matrix(graph: &Graph) -> Vec<[Option<f64>; 3]> {
    let n = graph.n_nodes();
    let a = |u, v| if u == v { 0.0 } else { graph.weight(u, v).unwrap_or(0.0) };
    let w = |u, v| a(u, v) + a(v, u);
    let of_node = |u: u32| {
        let around: Vec<u32> = (0..n).filter(|&v| w(u, v) > 0.0).collect();
        if around.is_empty() {
            return [None; 3];
        }
        let p = |u, v| w(u, v) / (0..n).map(|q| w(u, q)).sum::<f64>();
        let m = |u, v| w(u, v) / (0..n).map(|q| w(u, q)).fold(0.0, f64::max);
        let others = |v: u32| around.iter().copied().filter(move |&q| q != v);
        let part = |&v: &u32| (p(u, v) + others(v).map(|q| p(u, q) * p(q, v)).sum::<f64>()).powi(2);
        let parts: Vec<f64> = around.iter().map(part).collect();
        let constraint: f64 = parts.iter().sum();
        let size: f64 = around.iter().map(|&v| 1.0 - others(v).map(|q| p(u, q) * m(v, q)).sum::<f64>()).sum();
        let n = parts.len() as f64;
        let ratios = parts.iter().map(|part| part * n / constraint).filter(|&ratio| ratio > 0.0);
        let hierarchy = (n > 1.0).then(|| ratios.map(|ratio| ratio * ratio.ln()).sum::<f64>() / (n * n.ln()));
        [Some(constraint), Some(size), hierarchy]
    };
    (0..n).map(of_node).collect()
}

fn close(a: Option<f64>, b: Option<f64>) -> bool {
    a.is_some() == b.is_some() && a.zip(b).is_none_or(|(a, b)| (a - b).abs() <= 1e-9 * b.abs().max(1.0))
}

fn bits(holes: &StructuralHoles) -> Vec<Option<u64>> {
    let StructuralHoles { constraint, effective_size, efficiency, hierarchy } = holes;
    let all = [constraint, effective_size, efficiency, hierarchy].into_iter().flatten();
    all.map(|figure| figure.map(f64::to_bits)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn agree_with_their_definitions(drawn in drawn(), threads in 1..4_usize) {
        let graph = drawn.graph();
        let found = on_threads(threads, || structural_holes(&graph)).expect("small weights");
        for (u, expected) in by_matrix(&graph).into_iter().enumerate() {
            prop_assert!(close(found.constraint[u], expected[0]), "{:?}, {expected:?}", found.constraint[u]);
            prop_assert!(close(found.effective_size[u], expected[1]), "{:?}", found.effective_size[u]);
            prop_assert!(close(found.hierarchy[u], expected[2]), "{:?}", found.hierarchy[u]);
            let degree = (0..graph.n_nodes()).filter(|&v| {
                let weight = |u, v| graph.weight(u, v).unwrap_or(0.0);
                v != u as u32 && weight(u as u32, v) + weight(v, u as u32) > 0.0
            });
            let efficiency = expected[1].map(|size| size / degree.count() as f64);
            prop_assert!(close(found.efficiency[u], efficiency), "{:?}", found.efficiency[u]);
        }
        prop_assert_eq!(bits(&structural_holes(&graph).expect("small weights")), bits(&found));
    }
}

#[test]
fn by_hand() {
    // The middle of a star bridges between all; its leaves reach others through it alone.
    let star = graph(Direction::Undirected, 5, &[(0, 1), (0, 2), (0, 3)]);
    let found = structural_holes(&star).expect("no weights");
    assert_eq!(found.constraint, [Some(1.0 / 9.0 * 3.0), Some(1.0), Some(1.0), Some(1.0), None]);
    assert_eq!(found.effective_size, [Some(3.0), Some(1.0), Some(1.0), Some(1.0), None]);
    assert_eq!(found.efficiency, [Some(1.0), Some(1.0), Some(1.0), Some(1.0), None]);
    assert_eq!(found.hierarchy, [Some(0.0), None, None, None, None]);
    // Everybody is tied to everybody: 4 · (1/4 + 3/16)², and one tie would do.
    let ends: Vec<(u32, u32)> = (0..5).flat_map(|u| (0..u).map(move |v| (u, v))).collect();
    let found = structural_holes(&graph(Direction::Directed, 5, &ends)).expect("no weights");
    for u in 0..5 {
        assert!(close(found.constraint[u], Some(4.0 * (7.0_f64 / 16.0).powi(2))));
        assert!(close(found.effective_size[u], Some(1.0)) && close(found.hierarchy[u], Some(0.0)));
    }
}

#[test]
fn hubs_are_searched_rather_than_read() {
    // Two hubs with thousands of leaves each, of which they share some, and a tie.
    let ends: Vec<(u32, u32)> = [(0, 1)].into_iter().chain((2..5000).map(|v| (v % 2, v))).collect();
    let shared = (2..5000).filter(|v| v % 50 == 0).flat_map(|v| [(0, v), (1, v), (v, v + 1)]);
    let graph = graph(Direction::Undirected, 5002, &[ends, shared.collect()].concat());
    let found = structural_holes(&graph).expect("no weights");
    for u in [0, 1, 50, 51, 52, 100] {
        let expected = of_one(&graph, u);
        assert!(close(found.constraint[u as usize], Some(expected)), "{u}: {expected}");
    }
    assert!(bits(&on_threads(3, || structural_holes(&graph)).expect("no weights")) == bits(&found));
}

/// The constraint of one node of a graph without weights, by looking up ties.
fn of_one(graph: &Graph, u: u32) -> f64 {
    let degree = |u: u32| graph.out_neighbors(u).len() as f64;
    let through = |v: u32| {
        let others = graph.out_neighbors(u).iter().filter(|&&q| graph.weight(q, v).is_some());
        others.map(|&q| 1.0 / degree(q)).sum::<f64>()
    };
    graph.out_neighbors(u).iter().map(|&v| ((1.0 + through(v)) / degree(u)).powi(2)).sum()
}

#[test]
fn the_leader_of_the_karate_club_is_the_least_constrained() {
    let found = structural_holes(&karate_club()).expect("no weights");
    let least = found.constraint.iter().map(|constraint| constraint.expect("no isolates"));
    assert_eq!(least.enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).map(|least| least.0), Some(0));
}
