//! Betweenness, closeness and harmonic closeness against all shortest paths.

use proptest::prelude::*;
use suasion_graph::{
    Direction, EdgeColumns, Graph, PathWeights, betweenness, betweenness_from, closeness, distance_sums,
    harmonic_closeness,
};

use crate::random::{drawn, karate_club, on_threads};
use crate::structure::all_distances;

/// How many shortest paths lead from each node to each, by distance.
fn path_counts(matrix: &[Vec<bool>], distances: &[Vec<Option<u32>>]) -> Vec<Vec<f64>> {
    let n = matrix.len();
    let mut counts = vec![vec![0.0; n]; n];
    for s in 0..n {
        counts[s][s] = 1.0;
        for distance in 1..n as u32 {
            for t in (0..n).filter(|&t| distances[s][t] == Some(distance)) {
                counts[s][t] = (0..n)
                    .filter(|&v| matrix[v][t] && distances[s][v] == Some(distance - 1))
                    .map(|v| counts[s][v])
                    .sum();
            }
        }
    }
    counts
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn agree_with_all_shortest_paths(drawn in drawn(), threads in 1..4_usize) {
        let (graph, matrix) = (drawn.graph(), drawn.matrix());
        let distances = all_distances(&matrix);
        let counts = path_counts(&matrix, &distances);
        let n = matrix.len();
        let share = |s: usize, v: usize, t: usize| {
            let through = s != v && v != t && s != t
                && distances[s][v].zip(distances[v][t]).is_some_and(|(a, b)| distances[s][t] == Some(a + b));
            if through { counts[s][v] * counts[v][t] / counts[s][t] } else { 0.0 }
        };
        let from = |s: usize, v: usize| (0..n).map(|t| share(s, v, t)).sum::<f64>();
        let all = on_threads(threads, || betweenness(&graph).expect("countable paths"));
        for (v, &found) in all.iter().enumerate() {
            let expected: f64 = (0..n).map(|s| from(s, v)).sum();
            let expected = if drawn.directed { expected } else { expected / 2.0 };
            prop_assert!(close(found, expected));
        }
        let sources: Vec<u32> = (0..drawn.n_nodes).rev().step_by(3).collect();
        let some = on_threads(threads, || betweenness_from(&graph, &sources, PathWeights::Steps).expect("steps"));
        for (v, &found) in some.iter().enumerate() {
            prop_assert!(close(found, sources.iter().map(|&s| from(s as usize, v)).sum()));
        }

        let (near, harmonic) = (closeness(&graph), harmonic_closeness(&graph));
        for v in 0..n {
            let reaching = || (0..n).filter(|&u| u != v).filter_map(|u| distances[u][v]);
            let (n_reaching, total) = (reaching().count() as f64, f64::from(reaching().sum::<u32>()));
            prop_assert!(close(harmonic[v], reaching().map(|d| 1.0 / f64::from(d)).sum()));
            prop_assert_eq!(near[v].is_some(), n_reaching > 0.0);
            if let Some(near) = near[v] {
                prop_assert!(close(near, n_reaching / total * n_reaching / (n as f64 - 1.0)));
            }
        }
    }
}

#[test]
fn by_hand() {
    // On a path of five, the middle lies between 2 × 2 pairs, its neighbours between 1 × 3.
    let ends = EdgeColumns { sources: vec![0, 1, 2, 3], targets: vec![1, 2, 3, 4], weights: None };
    let path = Graph::from_columns(Direction::Undirected, 5, ends).expect("good edges");
    assert_eq!(betweenness(&path).expect("countable paths"), [0.0, 3.0, 4.0, 3.0, 0.0]);
    assert_eq!(closeness(&path)[2], Some(4.0 / 6.0));
    assert_eq!(harmonic_closeness(&path)[2], 3.0);
    let isolate = Graph::from_edges(1, &[(0, 0, 1.0)]).expect("good edges");
    assert_eq!(
        (closeness(&isolate), harmonic_closeness(&isolate), betweenness(&isolate).expect("countable paths")),
        (vec![None], vec![0.0], vec![0.0])
    );
}

#[test]
fn threads_change_no_bit() {
    let n = 300_u32;
    let ends =
        |salt: u32| (0..1_000_u32).map(move |row| (row.wrapping_mul(salt) >> 5) % n).collect::<Vec<_>>();
    let columns = EdgeColumns { sources: ends(2_654_435_761), targets: ends(0x85EB_CA6B), weights: None };
    let graph = Graph::from_columns(Direction::Directed, n as usize, columns).expect("good edges");
    let run =
        || format!("{:?} {:?}", betweenness(&graph).expect("countable paths"), harmonic_closeness(&graph));
    let expected = on_threads(1, run);
    for threads in [2, 3, 8] {
        assert_eq!(on_threads(threads, run), expected);
    }
    // More targets than a word has bits, and one of them twice.
    let sums = distance_sums(&graph, &[5, 7, 5]);
    assert_eq!(sums[0], sums[2]);
    assert_eq!(sums[1].harmonic, harmonic_closeness(&graph)[7]);
}

#[test]
fn the_leader_of_the_karate_club_is_the_most_between() {
    let scores = betweenness(&karate_club()).expect("countable paths");
    assert!(scores.iter().all(|&score| score <= scores[0]));
}
