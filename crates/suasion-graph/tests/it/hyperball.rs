//! HyperBall against exact distances.

use proptest::prelude::*;
use suasion_graph::{
    Direction, EdgeColumns, Graph, HyperBall, HyperBallOptions, closeness, distance_sums, hyperball,
};

use crate::random::{drawn, on_threads};
use crate::structure::all_distances;

fn run(graph: &Graph, log2m: u32, seed: u64) -> HyperBall {
    hyperball(graph, HyperBallOptions { log2m, seed })
}

/// So many registers that nodes hardly ever share one; the middle of five seeds, for those that do.
fn middle(runs: &[HyperBall], of: impl Fn(&HyperBall) -> f64) -> f64 {
    let mut values: Vec<f64> = runs.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 2e-3 * b.abs()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn many_registers_count_small_balls_right(drawn in drawn(), threads in 1..4_usize) {
        let graph = drawn.graph();
        let runs: Vec<HyperBall> = on_threads(threads, || (0..5).map(|seed| run(&graph, 16, seed)).collect());
        let distances = all_distances(&drawn.matrix());
        let n = distances.len();
        for (v, near) in closeness(&graph).into_iter().enumerate() {
            let reaching = || (0..n).filter(|&u| u != v).filter_map(|u| distances[u][v]);
            prop_assert!(close(middle(&runs, |run| run.harmonic[v]), reaching().map(|d| 1.0 / f64::from(d)).sum()));
            prop_assert!(close(middle(&runs, |run| run.n_reaching[v]), reaching().count() as f64));
            prop_assert!(close(middle(&runs, |run| run.totals[v]), f64::from(reaching().sum::<u32>())));
            prop_assert!(runs.iter().all(|run| run.closeness()[v].is_some() == near.is_some()));
        }
        let longest = distances.iter().flatten().flatten().max().copied().unwrap_or(0);
        for radius in 0..=longest {
            let pairs = distances.iter().flatten().flatten().filter(|&&d| d <= radius).count() as f64;
            let said = |run: &HyperBall| {
                run.neighborhood.get(radius as usize).or(run.neighborhood.last()).copied().unwrap_or(-1.0)
            };
            prop_assert!(close(middle(&runs, said), pairs));
        }
    }
}

/// 2,000 nodes in a core that others lead to and are led to by.
fn network() -> Graph {
    let mut state = 7_u64;
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % below) as u32
    };
    let (sources, targets) = (0..8_000).map(|_| (draw(2_500), 300 + draw(2_500))).unzip();
    let columns = EdgeColumns { sources, targets, weights: None };
    Graph::from_columns(Direction::Directed, 2_800, columns).expect("good edges")
}

#[test]
fn errors_are_as_large_as_stated() {
    let graph = network();
    let nodes: Vec<u32> = (0..graph.n_nodes()).collect();
    let exact = distance_sums(&graph, &nodes);
    for log2m in [4, 6, 8, 10] {
        let mut squares = (0.0, 0.0);
        let mut count = 0.0;
        let mut bound = 0.0;
        for seed in 0..10 {
            let found = run(&graph, log2m, seed);
            bound = found.standard_error;
            for (v, exact) in exact.iter().enumerate().filter(|(_, exact)| exact.n_reaching > 0) {
                squares.0 += (found.harmonic[v] / exact.harmonic - 1.0).powi(2);
                squares.1 += (found.n_reaching[v] / f64::from(exact.n_reaching) - 1.0).powi(2);
                count += 1.0;
            }
        }
        assert_eq!(bound, 1.04 / f64::from(1 << log2m).sqrt());
        for square in [squares.0, squares.1] {
            let error = f64::sqrt(square / count);
            assert!(error > 0.05 * bound && error < bound, "{error} where {bound} is stated");
        }
    }
}

#[test]
fn threads_and_the_order_of_rows_change_no_bit() {
    let graph = network();
    let expected = on_threads(1, || run(&graph, 5, 3));
    for threads in [2, 3, 8] {
        assert_eq!(on_threads(threads, || run(&graph, 5, 3)), expected);
    }
    let mut edges: Vec<(u32, u32, f64)> = graph.edges().collect();
    edges.reverse();
    let shuffled = Graph::from_edges(2_800, &edges).expect("good edges");
    assert_eq!(run(&shuffled, 5, 3), expected);
    assert_ne!(run(&graph, 5, 4), expected);
}

#[test]
fn what_is_near_is_counted_exactly() {
    // A star, inwards: the ball of the middle is its row.
    let edges: Vec<(u32, u32, f64)> = (1..1_000).map(|u| (u, 0, 1.0)).collect();
    let star = Graph::from_edges(1_001, &edges).expect("good edges");
    let found = run(&star, 4, 0);
    assert_eq!((found.harmonic[0], found.n_reaching[0], found.totals[0]), (999.0, 999.0, 999.0));
    assert_eq!((found.harmonic[1], found.closeness()[1], found.closeness()[1_000]), (0.0, None, None));
    assert_eq!(found.neighborhood, [1_001.0, 2_000.0]);
    let ring: Vec<(u32, u32, f64)> = (0..500).map(|u| (u, (u + 1) % 500, 1.0)).collect();
    let ring = Graph::from_edges(500, &ring).expect("good edges");
    let found = run(&ring, 4, 0);
    assert!(found.n_reaching.iter().all(|&reaching| reaching == 499.0), "the size of the core is known");
    let nobody = Graph::from_edges(0, &[]).expect("good edges");
    assert_eq!(run(&nobody, 4, 0).neighborhood, [0.0]);
}
