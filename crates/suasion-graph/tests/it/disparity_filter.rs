//! The disparity filter against its integral, by hand, and against netbone.

use proptest::prelude::*;
use suasion_graph::{Direction, EdgeColumns, Graph, disparity_filter};

use crate::random::{drawn, graph, on_threads};

/// What netbone says of graphs everyone knows: see tests/reference/README.md.
const DISPARITY: &str = include_str!("../reference/disparity.tsv");
const EDGES: &str = include_str!("../reference/edges.tsv");

fn weighted(direction: Direction, n_nodes: usize, edges: &[(u32, u32, f64)]) -> Graph {
    let columns = EdgeColumns {
        sources: edges.iter().map(|edge| edge.0).collect(),
        targets: edges.iter().map(|edge| edge.1).collect(),
        weights: Some(edges.iter().map(|edge| edge.2).collect()),
    };
    Graph::from_columns(direction, n_nodes, columns).expect("good edges")
}

/// 1 − (k − 1) ∫₀^p (1 − x)^(k − 2) dx, with the integral by its antiderivative as a sum of powers of p.
fn by_integral(p: f64, degree: usize) -> f64 {
    let n = degree as i32 - 2;
    let mut choose = 1.0;
    let mut integral = 0.0;
    for power in 0..=n {
        integral += choose * (-1_f64).powi(power) * p.powi(power + 1) / f64::from(power + 1);
        choose *= f64::from(n - power) / f64::from(power + 1);
    }
    1.0 - (degree as f64 - 1.0) * integral
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn agrees_with_its_integral(drawn in drawn(), threads in 1..4_usize) {
        let graph = drawn.graph();
        let found = on_threads(threads, || disparity_filter(&graph));
        let edges: Vec<(u32, u32, f64)> =
            graph.edges().filter(|&(u, v, weight)| u != v && weight > 0.0).collect();
        let rows: Vec<(u32, u32, f64)> = found.iter().map(|tie| (tie.source, tie.target, tie.weight)).collect();
        prop_assert_eq!(&rows, &edges);
        for tie in &found {
            let ends = [(tie.at_source, tie.source, 0), (tie.at_target, tie.target, 1)];
            for (found, node, end) in ends {
                let of_node = |edge: &&(u32, u32, f64)| match (drawn.directed, end) {
                    (true, 0) => edge.0 == node,
                    (true, _) => edge.1 == node,
                    (false, _) => edge.0 == node || edge.1 == node,
                };
                let weights: Vec<f64> = edges.iter().filter(of_node).map(|edge| edge.2).collect();
                prop_assert_eq!(found.is_some(), weights.len() > 1);
                if let Some(found) = found {
                    let expected = by_integral(tie.weight / weights.iter().sum::<f64>(), weights.len());
                    prop_assert!((0.0..=1.0).contains(&found) && (found - expected).abs() < 1e-9, "{found}, {expected}");
                }
            }
            prop_assert_eq!(tie.is_kept(0.3), [tie.at_source, tie.at_target].into_iter().flatten().any(|a| a < 0.3));
        }
        prop_assert_eq!(disparity_filter(&graph), found);
    }
}

#[test]
fn by_hand() {
    // Of the hub's 10 the leaves have 7, 1, 1 and 1; a pair hangs apart.
    let edges =
        [(0, 1, 7.0), (0, 2, 1.0), (0, 3, 1.0), (0, 4, 1.0), (5, 6, 100.0), (0, 0, 50.0), (1, 7, 0.0)];
    let found = disparity_filter(&weighted(Direction::Undirected, 8, &edges));
    assert_eq!(found.len(), 5, "no self-loop, and nothing of weight zero");
    assert!((found[0].at_source.unwrap() - 0.3_f64.powi(3)).abs() < 1e-15);
    assert!((found[1].at_source.unwrap() - 0.9_f64.powi(3)).abs() < 1e-15);
    assert_eq!(found[0].at_target, None, "a leaf has one tie");
    assert_eq!((found[4].alpha(), found[4].is_kept(1.0)), (None, false), "a pair has nothing else");
    assert!(found[0].is_kept(0.05) && !found[0].is_kept(found[0].at_source.unwrap()));
    // Directed: what leaves the source, and what reaches the target.
    let edges = [(0, 1, 3.0), (0, 2, 1.0), (3, 1, 1.0), (4, 1, 4.0), (1, 0, 9.0)];
    let found = disparity_filter(&weighted(Direction::Directed, 5, &edges));
    assert_eq!((found[0].at_source, found[0].at_target), (Some(0.25), Some((5.0_f64 / 8.0).powi(2))));
    assert_eq!((found[1].at_source, found[1].at_target), (Some(0.75), None));
    assert_eq!((found[2].at_source, found[2].at_target), (None, None));
    // Without weights nothing takes more than its share.
    let star = graph(Direction::Undirected, 6, &[(0, 1), (0, 2), (0, 3), (0, 4), (0, 5)]);
    assert!(disparity_filter(&star).iter().all(|tie| tie.alpha().unwrap() > (-1.0_f64).exp()));
}

#[test]
fn small_ones_keep_their_digits() {
    // One of a thousand has half of all: 2^−999. Beside 1e16, a share of 1 is not none, and what is left is not zero.
    let mut edges: Vec<(u32, u32, f64)> = (1..1000).map(|v| (0, v, 1.0)).collect();
    edges.push((0, 1000, 999.0));
    let found = disparity_filter(&weighted(Direction::Undirected, 1001, &edges));
    let alpha = found[999].at_source.unwrap();
    assert!((alpha * 2.0_f64.powi(999) - 1.0).abs() < 1e-12, "{alpha}");
    let found =
        disparity_filter(&weighted(Direction::Directed, 4, &[(0, 1, 1e16), (0, 2, 1.0), (0, 3, 1.0)]));
    let alpha = found[0].at_source.unwrap();
    assert!((alpha / 4e-32 - 1.0).abs() < 1e-12, "{alpha}");
}

#[test]
fn netbone_agrees() {
    let mut n_compared = 0;
    for name in ["karate", "davis-women"] {
        let rows = |text: &'static str| {
            let rows = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
            rows.filter(move |row| row[0] == name).map(|row| {
                (
                    row[1].parse::<u32>().unwrap(),
                    row[2].parse::<u32>().unwrap(),
                    row[3].parse::<f64>().unwrap(),
                )
            })
        };
        let edges: Vec<_> = rows(EDGES).collect();
        let found = disparity_filter(&weighted(Direction::Undirected, 34, &edges));
        for (u, v, expected) in rows(DISPARITY) {
            let tie = found.iter().find(|tie| (tie.source, tie.target) == (u, v)).expect("a tie");
            let alpha = tie.alpha().expect("no pairs apart");
            assert!((alpha / expected - 1.0).abs() < 1e-12, "{name}, {tie:?}: {expected}");
            n_compared += 1;
        }
    }
    assert_eq!(n_compared, 78 + 139);
}
