//! Approximate betweenness: that intervals hold what is exact, as often as they say, on whatever graph.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use suasion_graph::{
    ApproximateBetweenness, Direction, Error, Graph, KadabraOptions, approximate_betweenness, betweenness,
    vertex_diameter_bound,
};

use crate::random::{drawn, graph, karate_club, on_threads};
use crate::structure::all_distances;

fn run(graph: &Graph, epsilon: f64, delta: f64, seed: u64) -> ApproximateBetweenness {
    let options = KadabraOptions { epsilon, delta, seed };
    approximate_betweenness(graph, options).expect("good options").expect("two nodes")
}

/// Betweenness as a share of n(n − 1) ordered pairs.
fn exact(graph: &Graph) -> Vec<f64> {
    let n = f64::from(graph.n_nodes());
    let ways = if graph.is_directed() { 1.0 } else { 2.0 };
    betweenness(graph).expect("countable paths").iter().map(|score| ways * score / (n * (n - 1.0))).collect()
}

/// Whether every interval holds what is exact.
fn holds(found: &ApproximateBetweenness, exact: &[f64]) -> bool {
    let within = |at: usize| found.lower[at] <= exact[at] + 1e-12 && exact[at] <= found.upper[at] + 1e-12;
    (0..exact.len()).all(within)
}

/// Pseudo-random edges; only a textbook's generator, so that these graphs stay what they are.
fn random_edges(n_nodes: u64, n_edges: usize) -> Vec<(u32, u32)> {
    let mut state = 12345_u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // The smaller of two: some nodes have many edges.
        ((state >> 33) % n_nodes).min((state >> 43) % n_nodes) as u32
    };
    (0..n_edges).map(|_| (draw(), draw())).collect()
}

fn grid(side: u32) -> Vec<(u32, u32)> {
    let right = (0..side * side).filter(|u| u % side + 1 < side).map(|u| (u, u + 1));
    let down = (0..side * (side - 1)).map(|u| (u, u + side));
    right.chain(down).collect()
}

/// Graphs of all kinds: hubs, many shortest paths, cycles in a row, parts apart, loops, isolates.
fn graphs() -> Vec<(&'static str, Graph)> {
    use Direction::{Directed, Undirected};
    let ring = |first: u32, n: u32| (0..n).map(move |u| (first + u, first + (u + 1) % n));
    let rings: Vec<(u32, u32)> =
        ring(0, 5).chain(ring(5, 7)).chain(ring(12, 4)).chain([(2, 6), (9, 13), (4, 15), (16, 0)]).collect();
    let parts: Vec<(u32, u32)> = ring(0, 6)
        .chain(grid(3).into_iter().map(|(u, v)| (u + 6, v + 6)))
        .chain([(3, 3), (16, 17)])
        .collect();
    let star: Vec<(u32, u32)> = (1..9).map(|leaf| (0, leaf)).collect();
    let layers: Vec<(u32, u32)> = (0..12_u32)
        .flat_map(|u| (0..4_u32).map(move |v| (u, (u / 4 + 1) * 4 + v)))
        .filter(|(u, v)| (u * 7 + v) % 3 > 0)
        .collect();
    vec![
        ("karate club", karate_club()),
        ("star", graph(Undirected, 9, &star)),
        ("grid", graph(Undirected, 25, &grid(5))),
        ("grid one way", graph(Directed, 25, &grid(5))),
        ("rings in a row", graph(Directed, 18, &rings)),
        ("parts apart", graph(Undirected, 20, &parts)),
        ("parts apart one way", graph(Directed, 20, &parts)),
        ("layers", graph(Directed, 16, &layers)),
        ("random", graph(Undirected, 60, &random_edges(60, 100))),
        ("random one way", graph(Directed, 60, &random_edges(60, 180))),
    ]
}

#[test]
fn intervals_hold_what_is_exact_and_estimates_are_unbiased() {
    const N_SEEDS: u32 = 200;
    let (epsilon, delta) = (0.05, 0.1);
    for (name, graph) in graphs() {
        let exact = exact(&graph);
        let runs: Vec<_> = (0..N_SEEDS).map(|seed| run(&graph, epsilon, delta, seed.into())).collect();
        let misses = runs.iter().filter(|found| !holds(found, &exact)).count();
        assert!(misses as f64 <= delta * f64::from(N_SEEDS), "{name}: {misses} misses");
        for v in 0..exact.len() {
            let estimates = || runs.iter().map(|found| found.estimates[v]);
            let mean = estimates().sum::<f64>() / f64::from(N_SEEDS);
            let variance = estimates().map(|estimate| (estimate - mean).powi(2)).sum::<f64>()
                / (f64::from(N_SEEDS) * f64::from(N_SEEDS - 1));
            // Five standard errors, and a count of one for nodes that are hardly ever met.
            let tolerance = 5.0 * variance.sqrt() + 1e-5;
            // No more than all pairs of others is ever reported, so that the hub of a star is off by that.
            let is_most = exact[v] > 1.0 - 2.0 / exact.len() as f64 - 1e-9;
            assert!(
                is_most || (mean - exact[v]).abs() <= tolerance,
                "{name}, node {v}: {mean} for {}",
                exact[v]
            );
            for found in &runs {
                let (lower, estimate, upper) = (found.lower[v], found.estimates[v], found.upper[v]);
                assert!(0.0 <= lower && lower <= estimate && estimate <= upper && upper <= 1.0);
                let reach = epsilon + 1e-12;
                assert!(estimate - lower <= reach && upper - estimate <= reach);
            }
        }
    }
}

#[test]
fn intervals_hold_on_random_graphs() {
    const N_GRAPHS: usize = 400;
    let mut runner = TestRunner::deterministic();
    let (delta, mut misses, mut some) = (0.05, 0, 0);
    for seed in 0..N_GRAPHS {
        let drawn = drawn().new_tree(&mut runner).expect("a graph").current();
        if drawn.n_nodes >= 2 {
            let graph = drawn.graph();
            let found = run(&graph, 0.08, delta, seed as u64);
            misses += usize::from(!holds(&found, &exact(&graph)));
            some += usize::from(found.n_samples > 0);
        }
    }
    assert!(some > N_GRAPHS / 3 && misses as f64 <= delta * N_GRAPHS as f64, "{misses} misses of {some}");
}

#[test]
fn narrow_intervals_are_near() {
    let graph = karate_club();
    let exact = exact(&graph);
    let found = run(&graph, 0.004, 0.01, 7);
    assert!(holds(&found, &exact));
    // The first member lies between more than a third of all pairs; the two leaders are told from the rest.
    assert!((found.estimates[0] - exact[0]).abs() < 0.004 && exact[0] > 0.35);
    let (best, worst) = found.ranks();
    assert_eq!((best[0], worst[0], best[33], worst[33]), (1, 1, 2, 2));
    // Nobody is between others through one tie.
    assert_eq!((found.estimates[11], found.upper[11]), (0.0, 0.0));
}

#[test]
fn threads_change_no_byte() {
    for (name, graph) in graphs() {
        let one = on_threads(1, || run(&graph, 0.03, 0.1, 5));
        for threads in [2, 3, 8] {
            assert_eq!(one, on_threads(threads, || run(&graph, 0.03, 0.1, 5)), "{name}");
        }
        if one.n_samples > 0 {
            assert_ne!(one.estimates, run(&graph, 0.03, 0.1, 6).estimates, "{name}");
        }
    }
}

#[test]
fn tiny_graphs() {
    for direction in [Direction::Directed, Direction::Undirected] {
        for n_nodes in [0, 1] {
            let edges: &[(u32, u32)] = if n_nodes == 1 { &[(0, 0)] } else { &[] };
            let found = approximate_betweenness(&graph(direction, n_nodes, edges), KadabraOptions::default());
            assert_eq!(found, Ok(None));
        }
        for edges in [&[][..], &[(0, 1)], &[(0, 1), (1, 0), (1, 1)]] {
            let found = run(&graph(direction, 2, edges), 0.1, 0.1, 0);
            assert_eq!((found.n_samples, &found.estimates, &found.upper), (0, &vec![0.0; 2], &vec![0.0; 2]));
            assert_eq!(found.ranks(), (vec![1, 1], vec![2, 2]));
        }
        // Of three in a row, the middle is between two of six ordered pairs, or one.
        let found = run(&graph(direction, 3, &[(0, 1), (1, 2), (1, 1)]), 0.02, 0.1, 0);
        let expected = if direction == Direction::Directed { 1.0 / 6.0 } else { 1.0 / 3.0 };
        assert!(found.lower[1] <= expected && expected <= found.upper[1] && found.n_samples > 0);
        assert_eq!((found.upper[0], found.upper[2], found.vertex_diameter_bound), (0.0, 0.0, 3));
    }
}

#[test]
fn more_paths_than_floats_count() {
    // 1,200 diamonds in a row: 2^1200 shortest paths from end to end.
    let n_diamonds = 1200_u32;
    let edges: Vec<(u32, u32)> = (0..n_diamonds)
        .flat_map(|d| {
            [(3 * d, 3 * d + 1), (3 * d, 3 * d + 2), (3 * d + 1, 3 * d + 3), (3 * d + 2, 3 * d + 3)]
        })
        .collect();
    let n = f64::from(3 * n_diamonds + 1);
    for direction in [Direction::Directed, Direction::Undirected] {
        let found = run(&graph(direction, n as usize, &edges), 0.05, 0.01, 3);
        let ways = if direction == Direction::Directed { 1.0 } else { 2.0 };
        for d in 1..n_diamonds {
            let before = f64::from(3 * d);
            let expected = ways * before * (n - 1.0 - before) / (n * (n - 1.0));
            let at = 3 * d as usize;
            assert!(found.lower[at] <= expected && expected <= found.upper[at], "{d}");
        }
    }
}

#[test]
fn ranks_are_tied_where_intervals_overlap() {
    let found = ApproximateBetweenness {
        estimates: vec![0.5, 0.1, 0.3, 0.0, 0.25],
        lower: vec![0.4, 0.05, 0.28, 0.0, 0.2],
        upper: vec![0.6, 0.15, 0.35, 0.0, 0.3],
        n_samples: 1,
        n_paths: 1,
        n_pilot: 1,
        omega: 1,
        vertex_diameter_bound: 3,
    };
    assert_eq!(found.ranks(), (vec![1, 4, 2, 5, 2], vec![1, 4, 3, 5, 3]));
}

#[test]
fn refuses_what_is_no_share() {
    let graph = karate_club();
    for value in [0.0, 1.0, -0.1, f64::NAN, f64::INFINITY] {
        let epsilon = KadabraOptions { epsilon: value, ..KadabraOptions::default() };
        let delta = KadabraOptions { delta: value, ..KadabraOptions::default() };
        let name = |options| match approximate_betweenness(&graph, options) {
            Err(Error::NotAShare { name, .. }) => name,
            other => panic!("{other:?}"),
        };
        assert_eq!((name(epsilon), name(delta)), ("epsilon", "delta"));
    }
}

#[test]
fn vertex_diameters_by_hand() {
    let by_hand = |name: &str| {
        let (_, graph) = graphs().into_iter().find(|graph| graph.0 == name).expect("a graph");
        vertex_diameter_bound(&graph)
    };
    assert_eq!(by_hand("star"), 3);
    // From a corner to the other, one way: nine nodes, each a strong component.
    assert_eq!(by_hand("grid one way"), 9);
    // An entrance, then rings of 5 and 7 nodes and one of 4, of which no more can be on one path.
    assert_eq!(by_hand("rings in a row"), 1 + 5 + 7 + 4);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_shortest_path_has_more_nodes_than_the_bound(drawn in drawn()) {
        let distances = all_distances(&drawn.matrix());
        let most = distances.iter().flatten().flatten().map(|distance| distance + 1).max().unwrap_or(0);
        let bound = vertex_diameter_bound(&drawn.graph());
        prop_assert!(most <= bound && bound <= drawn.n_nodes, "{} nodes, bound {}", most, bound);
        if !drawn.directed {
            prop_assert!(bound <= (2 * most).saturating_sub(1));
        }
    }
}
