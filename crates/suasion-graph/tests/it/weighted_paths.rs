//! Paths by length against the definitions in whole numbers, where ties are exact.

use std::collections::BTreeMap;

use proptest::prelude::*;
use suasion_graph::{
    Direction, EdgeColumns, Error, Graph, PathWeights, betweenness, betweenness_by, closeness, closeness_by,
    harmonic_closeness, harmonic_closeness_by, shortest_paths,
};

use crate::random::{Drawn, drawn, on_threads};

/// A common multiple of 1 to 40.
const UNIT: u64 = 5_342_931_457_063_200;

/// The length of each ordered pair with an edge, in whole parts of `unit`.
struct Exact {
    graph: Graph,
    lengths: BTreeMap<(usize, usize), u64>,
    unit: f64,
}

/// The drawn edges with weights whose lengths are whole: tenths as costs, small integers as strengths.
fn exact(drawn: &Drawn, weights: PathWeights) -> Option<Exact> {
    let wholes: Vec<u64> =
        drawn.edges.iter().map(|edge| [1, 2, 3, 4][edge.2.to_bits() as usize % 4]).collect();
    let mut sums: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    for (&(u, v, _), whole) in drawn.edges.iter().zip(&wholes) {
        let (u, v) = if drawn.directed { (u, v) } else { (u.min(v), u.max(v)) };
        *sums.entry((u as usize, v as usize)).or_default() += whole;
    }
    let strong = weights == PathWeights::Strength;
    let mut lengths = BTreeMap::new();
    for ((u, v), sum) in sums {
        let length = if strong { UNIT / sum } else { sum };
        if strong && !UNIT.is_multiple_of(sum) {
            return None;
        }
        lengths.insert((u, v), length);
        if !drawn.directed {
            lengths.insert((v, u), length);
        }
    }
    let per = if strong { 1.0 } else { 10.0 };
    let columns = EdgeColumns {
        sources: drawn.edges.iter().map(|edge| edge.0).collect(),
        targets: drawn.edges.iter().map(|edge| edge.1).collect(),
        weights: Some(wholes.iter().map(|&whole| whole as f64 / per).collect()),
    };
    let direction = if drawn.directed { Direction::Directed } else { Direction::Undirected };
    let graph = Graph::from_columns(direction, drawn.n_nodes as usize, columns).expect("good edges");
    Some(Exact { graph, lengths, unit: if strong { UNIT as f64 } else { 10.0 } })
}

/// All distances (Floyd and Warshall) and numbers of shortest paths.
fn all_paths(n: usize, lengths: &BTreeMap<(usize, usize), u64>) -> (Vec<Vec<Option<u64>>>, Vec<Vec<f64>>) {
    let mut distances: Vec<Vec<Option<u64>>> = (0..n)
        .map(|u| (0..n).map(|v| if u == v { Some(0) } else { lengths.get(&(u, v)).copied() }).collect())
        .collect();
    for via in 0..n {
        for u in 0..n {
            for v in 0..n {
                if let Some((a, b)) = distances[u][via].zip(distances[via][v]) {
                    distances[u][v] = Some(distances[u][v].map_or(a + b, |old| old.min(a + b)));
                }
            }
        }
    }
    let counts = (0..n)
        .map(|s| {
            let mut order: Vec<usize> = (0..n).filter(|&v| distances[s][v].is_some()).collect();
            order.sort_by_key(|&v| distances[s][v]);
            let mut counts = vec![0.0; n];
            counts[s] = 1.0;
            for &t in order.iter().filter(|&&t| t != s) {
                counts[t] = (0..n)
                    .filter(|&u| u != t)
                    .filter(|&u| {
                        let edge = lengths.get(&(u, t)).zip(distances[s][u]);
                        edge.is_some_and(|(length, distance)| Some(distance + length) == distances[s][t])
                    })
                    .map(|u| counts[u])
                    .sum();
            }
            counts
        })
        .collect();
    (distances, counts)
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn agree_with_all_shortest_paths(
        drawn in drawn(),
        threads in 1..4_usize,
        weights in prop_oneof![Just(PathWeights::Cost), Just(PathWeights::Strength)],
    ) {
        let Some(Exact { graph, lengths, unit }) = exact(&drawn, weights) else { return Ok(()) };
        let n = drawn.n_nodes as usize;
        let (distances, counts) = all_paths(n, &lengths);

        for s in 0..n {
            let found = shortest_paths(&graph, s as u32, weights).expect("no length of zero");
            for t in 0..n {
                prop_assert_eq!(found.distances[t].is_some(), distances[s][t].is_some());
                prop_assert_eq!(found.n_paths[t], Some(counts[s][t]));
                prop_assert_eq!(found.to(t as u32).is_some(), distances[s][t].is_some());
                if let (Some(distance), Some(exact)) = (found.distances[t], distances[s][t]) {
                    prop_assert!(close(distance, exact as f64 / unit));
                    let path = found.to(t as u32).expect("a path");
                    prop_assert_eq!((path[0] as usize, path[path.len() - 1] as usize), (s, t));
                    let walked = path.windows(2).map(|pair| lengths[&(pair[0] as usize, pair[1] as usize)]);
                    prop_assert_eq!(walked.sum::<u64>(), exact);
                }
            }
        }

        let between = on_threads(threads, || betweenness_by(&graph, weights)).expect("no length of zero");
        for (v, &found) in between.iter().enumerate() {
            let mut expected = 0.0;
            for s in 0..n {
                for t in 0..n {
                    let through = s != v && v != t && s != t
                        && distances[s][v].zip(distances[v][t]).is_some_and(|(a, b)| distances[s][t] == Some(a + b));
                    expected += if through { counts[s][v] * counts[v][t] / counts[s][t] } else { 0.0 };
                }
            }
            let expected = if drawn.directed { expected } else { expected / 2.0 };
            prop_assert!(close(found, expected));
        }

        let near = on_threads(threads, || closeness_by(&graph, weights)).expect("no length of zero");
        let harmonic = on_threads(threads, || harmonic_closeness_by(&graph, weights)).expect("no length of zero");
        for v in 0..n {
            let reaching: Vec<f64> =
                (0..n).filter(|&u| u != v).filter_map(|u| distances[u][v]).map(|d| d as f64 / unit).collect();
            prop_assert!(close(harmonic[v], reaching.iter().map(|d| 1.0 / d).sum()));
            let (count, total) = (reaching.len() as f64, reaching.iter().sum::<f64>());
            prop_assert_eq!(near[v].is_some(), count > 0.0);
            prop_assert!(near[v].is_none_or(|near| close(near, count / (n as f64 - 1.0) * count / total)));
        }
    }

    #[test]
    fn equal_lengths_are_steps(drawn in drawn(), source in 0..13_u32) {
        let edges: Vec<(u32, u32, f64)> = drawn.edges.clone();
        let mut weighted = Drawn { weighted: true, edges, ..drawn };
        // Parallel edges add up, so each pair is kept once.
        weighted.edges.sort_by_key(|edge| (edge.0.min(edge.1), edge.0.max(edge.1)));
        weighted.edges.dedup_by_key(|edge| (edge.0.min(edge.1), edge.0.max(edge.1)));
        for edge in &mut weighted.edges {
            edge.2 = 0.3;
        }
        let graph = weighted.graph();
        let all = betweenness_by(&graph, PathWeights::Cost).expect("no length of zero");
        prop_assert!(all.iter().zip(betweenness(&graph).expect("countable paths")).all(|(&a, b)| close(a, b)));
        prop_assert_eq!(betweenness_by(&graph, PathWeights::Steps), betweenness(&graph));
        prop_assert_eq!(closeness_by(&graph, PathWeights::Steps).expect("steps"), closeness(&graph));
        prop_assert_eq!(harmonic_closeness_by(&graph, PathWeights::Steps).expect("steps"), harmonic_closeness(&graph));
        if source < graph.n_nodes() {
            let steps = shortest_paths(&graph, source, PathWeights::Steps).expect("steps");
            let costs = shortest_paths(&graph, source, PathWeights::Cost).expect("no length of zero");
            prop_assert_eq!(steps.n_paths, costs.n_paths);
            prop_assert_eq!(steps.predecessors, costs.predecessors);
            for (steps, cost) in steps.distances.iter().zip(costs.distances) {
                prop_assert!(steps.zip(cost).is_none_or(|(steps, cost)| close(cost, 0.3 * steps)));
            }
        }
    }
}

#[test]
fn rounding_breaks_no_tie() {
    // 0.1 + 0.2 is 0.30000000000000004.
    let edges = [(0, 1, 0.1), (1, 3, 0.2), (0, 3, 0.3), (0, 2, 0.2), (2, 3, 0.1)];
    let graph = Graph::from_edges(4, &edges).expect("good edges");
    let found = shortest_paths(&graph, 0, PathWeights::Cost).expect("no length of zero");
    assert_eq!((found.distances[3], found.n_paths[3]), (Some(0.3), Some(3.0)));
    assert_eq!(found.to(3), Some(vec![0, 3]));
    let thirds = 1.0 / 3.0;
    assert_eq!(betweenness_by(&graph, PathWeights::Cost), Ok(vec![0.0, thirds, thirds, 0.0]));
    // A difference above the tolerance is one.
    let edges = [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 2.0 + 1e-11)];
    let graph = Graph::from_edges(3, &edges).expect("good edges");
    assert_eq!(betweenness_by(&graph, PathWeights::Cost), Ok(vec![0.0, 1.0, 0.0]));
}

#[test]
fn zero_is_no_length_and_no_strength() {
    let edges = [(0, 0, 0.0), (2, 1, 0.0), (0, 2, 1.0), (0, 1, 4.0)];
    let graph = Graph::from_edges(3, &edges).expect("good edges");
    let error = Error::ZeroLength { source_node: 2, target_node: 1 };
    assert_eq!(betweenness_by(&graph, PathWeights::Cost), Err(error.clone()));
    assert_eq!(closeness_by(&graph, PathWeights::Cost), Err(error.clone()));
    assert_eq!(harmonic_closeness_by(&graph, PathWeights::Cost), Err(error.clone()));
    assert_eq!(shortest_paths(&graph, 0, PathWeights::Cost), Err(error));
    assert_eq!(harmonic_closeness_by(&graph, PathWeights::Strength), Ok(vec![0.0, 4.0, 1.0]));
    assert_eq!(closeness_by(&graph, PathWeights::Strength), Ok(vec![None, Some(2.0), Some(0.5)]));
    // A self-loop of cost 0 is on no shortest path; a strength whose inverse overflows is none.
    let graph = Graph::from_edges(3, &[(0, 0, 0.0), (0, 1, 5e-324)]).expect("good edges");
    assert_eq!(harmonic_closeness_by(&graph, PathWeights::Strength), Ok(vec![0.0; 3]));
    assert_eq!(
        shortest_paths(&graph, 0, PathWeights::Cost).expect("no length").n_paths,
        [1.0, 1.0, 0.0].map(Some)
    );
}

#[test]
fn threads_change_no_bit() {
    let draw = |row: u32, salt: u32| (row.wrapping_mul(salt) >> 5) % 300;
    let edges: Vec<(u32, u32, f64)> = (0..1_500_u32)
        .map(|row| (draw(row, 2_654_435_761), draw(row, 0x85EB_CA6B), f64::from(row % 17 + 1) / 7.0))
        .collect();
    let graph = Graph::from_edges(300, &edges).expect("good edges");
    let run = || {
        let weights = PathWeights::Strength;
        format!(
            "{:?} {:?} {:?}",
            betweenness_by(&graph, weights),
            closeness_by(&graph, weights),
            harmonic_closeness_by(&graph, weights)
        )
    };
    let expected = on_threads(1, run);
    for threads in [2, 3, 8] {
        assert_eq!(on_threads(threads, run), expected);
    }
}

#[test]
fn more_paths_than_floats_count_are_an_error_and_no_panic() {
    // Each diamond doubles the paths: 2¹¹⁰⁰ of them, above 1.8e308.
    let edges: Vec<(u32, u32, f64)> = (0..1_100)
        .flat_map(|at| {
            [(3 * at, 3 * at + 1), (3 * at, 3 * at + 2), (3 * at + 1, 3 * at + 3), (3 * at + 2, 3 * at + 3)]
        })
        .map(|(u, v)| (u, v, 1.0))
        .collect();
    let graph = Graph::from_edges(3_301, &edges).expect("good edges");
    for weights in [PathWeights::Steps, PathWeights::Cost] {
        assert_eq!(betweenness_by(&graph, weights), Err(Error::TooManyPaths));
        let found = shortest_paths(&graph, 0, weights).expect("no length is zero");
        assert_eq!((found.distances[3_300], found.n_paths[3_300]), (Some(2_200.0), None));
        assert_eq!((found.distances[30], found.n_paths[30]), (Some(20.0), Some(1_024.0)));
    }
}
