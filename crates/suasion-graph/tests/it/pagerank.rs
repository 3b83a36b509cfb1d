//! PageRank against the matrix, known answers, dangling mass, and threads.

use proptest::prelude::*;
use suasion_graph::{Dangling, Direction, EdgeColumns, Graph, PageRankOptions, Precision, pagerank};

use crate::random::{drawn, karate_club, on_threads};

const FIXED: PageRankOptions = PageRankOptions {
    damping: 0.85,
    max_iterations: 20,
    tolerance: 0.0,
    dangling: Dangling::Keep,
    precision: Precision::Double,
};

/// So many steps with the matrix of transition probabilities.
fn by_matrix(graph: &Graph, options: PageRankOptions) -> Vec<f64> {
    let n = graph.n_nodes() as usize;
    let weight = |u: usize, v: usize| graph.weight(u as u32, v as u32).unwrap_or(0.0);
    let probability = |u: usize, v: usize| {
        let total: f64 = (0..n).map(|v| weight(u, v)).sum();
        match options.dangling {
            _ if total > 0.0 => weight(u, v) / total,
            Dangling::Keep => 1.0 / n as f64,
            Dangling::Drop => 0.0,
        }
    };
    let mut scores = vec![1.0 / n as f64; n];
    for _ in 0..options.max_iterations {
        let next = |v: usize| {
            let received: f64 = (0..n).map(|u| scores[u] * probability(u, v)).sum();
            (1.0 - options.damping) / n as f64 + options.damping * received
        };
        scores = (0..n).map(next).collect();
    }
    scores
}

fn close(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-9 * b.abs())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn agrees_with_the_matrix(drawn in drawn(), keep in any::<bool>(), damping in 0.0..0.99) {
        let graph = drawn.graph();
        let dangling = if keep { Dangling::Keep } else { Dangling::Drop };
        let options = PageRankOptions { damping, dangling, ..FIXED };
        let found = pagerank(&graph, options);
        let as_many = PageRankOptions { max_iterations: found.n_iterations, ..options };
        prop_assert!(close(&found.scores, &by_matrix(&graph, as_many)));
        if keep && drawn.n_nodes > 0 {
            prop_assert!((found.scores.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
        let single = pagerank(&graph, PageRankOptions { precision: Precision::Single, ..as_many });
        let near = |(a, b): (&f64, &f64)| (a - b).abs() <= 4e-6 * b;
        prop_assert!(single.scores.iter().zip(&found.scores).all(near), "{:?}", single.scores);
        let converged = pagerank(&graph, PageRankOptions { max_iterations: 5_000, tolerance: 1e-13, ..options });
        prop_assert!(converged.n_iterations < 5_000);
        prop_assert!(converged.change.is_none_or(|change| change <= 1e-13));
    }
}

#[test]
fn by_hand() {
    // Node 1 is dangling: x_0 = .075 + .425 x_1 and x_0 + x_1 = 1.
    let graph = Graph::from_edges(2, &[(0, 1, 3.0), (1, 0, 0.0)]).expect("good edges");
    let scores = pagerank(&graph, PageRankOptions::default()).scores;
    assert!(close(&scores, &[0.5 / 1.425, 0.925 / 1.425]), "{scores:?}");
    // Dropped: x_0 = .075, x_1 = .075 + .85 x_0.
    let dropped = pagerank(&graph, PageRankOptions { dangling: Dangling::Drop, ..FIXED }).scores;
    assert!(close(&dropped, &[0.075, 0.13875]), "{dropped:?}");
    let none = Graph::from_edges(0, &[]).expect("no edges");
    assert_eq!((pagerank(&none, FIXED).scores, pagerank(&none, FIXED).change), (vec![], None));
}

#[test]
fn single_precision_is_good_at_hubs_too() {
    // Everybody sends to the first, who sends to everybody.
    let n: u32 = 200_000;
    let columns = EdgeColumns {
        sources: (1..n).chain((1..n).map(|_| 0)).collect(),
        targets: (1..n).map(|_| 0).chain(1..n).collect(),
        weights: None,
    };
    let graph = Graph::from_columns(Direction::Directed, n as usize, columns).expect("good edges");
    let scores = |precision| pagerank(&graph, PageRankOptions { precision, ..FIXED }).scores;
    let (single, double) = (scores(Precision::Single), scores(Precision::Double));
    let off = single.iter().zip(&double).map(|(a, b)| (a - b).abs() / b).fold(0.0, f64::max);
    assert!(off < 1e-6, "{off}");
}

#[test]
fn a_symmetric_walk_is_proportional_to_degree_without_restarts() {
    let club = karate_club();
    let options = PageRankOptions { damping: 1.0 - 1e-9, max_iterations: 10_000, tolerance: 0.0, ..FIXED };
    let scores = pagerank(&club, options).scores;
    for (u, score) in (0..).zip(scores) {
        assert!((score - club.out_neighbors(u).len() as f64 / 156.0).abs() < 1e-6);
    }
}

#[test]
fn threads_change_no_bit() {
    let n = 100_000_u32;
    let columns = || EdgeColumns {
        sources: (0..4 * n).map(|row| row.wrapping_mul(2_654_435_761) % n).collect(),
        targets: (0..4 * n).map(|row| (row.wrapping_mul(0x9E37_79B1) >> 7) % (n / 3)).collect(),
        weights: None,
    };
    for precision in [Precision::Double, Precision::Single] {
        let run = || {
            let graph = Graph::from_columns(Direction::Directed, n as usize, columns()).expect("good edges");
            let found = pagerank(&graph, PageRankOptions { precision, ..FIXED });
            (found.scores.iter().map(|score| score.to_bits()).collect::<Vec<_>>(), found.change)
        };
        let expected = on_threads(1, run);
        for threads in [2, 3, 8] {
            assert!(on_threads(threads, run) == expected);
        }
    }
}

#[test]
#[should_panic(expected = "damping is 1, not from 0 to below 1")]
fn damping_is_below_one() {
    pagerank(&karate_club(), PageRankOptions { damping: 1.0, ..FIXED });
}
