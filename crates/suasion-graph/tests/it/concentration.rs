//! Gini, the effective number and Freeman's centralisation, against definitions and all small graphs.

use proptest::prelude::*;
use suasion_graph::{
    DegreeKind::{In, Out},
    Direction, EdgeColumns, Graph, betweenness_centralisation, closeness_centralisation,
    degree_centralisation, effective_number, gini, herfindahl,
};

use crate::random::{drawn, on_threads};
use crate::structure::all_distances;

fn near(a: Option<f64>, b: f64) -> bool {
    a.is_some_and(|a| (a - b).abs() < 1e-12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn agree_with_all_pairs(
        (amounts, shuffled) in prop::collection::vec(prop_oneof![Just(0.0), 0.0..1e3, Just(1e12)], 0..20)
            .prop_flat_map(|amounts| (Just(amounts.clone()), Just(amounts).prop_shuffle())),
    ) {
        let n = amounts.len() as f64;
        let total: f64 = amounts.iter().sum();
        if total > 0.0 {
            let gaps: f64 = amounts.iter().flat_map(|a| amounts.iter().map(move |b| (a - b).abs())).sum();
            prop_assert!(near(gini(&amounts), gaps / (2.0 * n * total)));
            let hhi: f64 = amounts.iter().map(|a| (a / total) * (a / total)).sum();
            prop_assert!(near(herfindahl(&amounts), hhi));
            prop_assert_eq!(effective_number(&amounts), herfindahl(&amounts).map(|hhi| 1.0 / hhi));
        } else {
            prop_assert_eq!((gini(&amounts), herfindahl(&amounts)), (None, None));
        }
        let bits = |amounts: &[f64]| (gini(amounts).map(f64::to_bits), herfindahl(amounts).map(f64::to_bits));
        prop_assert_eq!(bits(&amounts), bits(&shuffled));
    }

    #[test]
    fn centralisation_agrees_with_its_definition(drawn in drawn(), threads in 1..4_usize) {
        let (graph, mut matrix) = (drawn.graph(), drawn.matrix());
        let n = matrix.len();
        for (u, row) in matrix.iter_mut().enumerate() {
            row[u] = false;
        }
        let sum = |scores: &[f64]| {
            let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            scores.iter().map(|score| largest - score).sum::<f64>()
        };
        // The maxima are those of stars, built here.
        let star = |n: usize, into: bool, out: bool| {
            let mut star = vec![vec![false; n]; n];
            star.iter_mut().skip(1).for_each(|row| row[0] = into);
            star.iter_mut().take(1).for_each(|row| row[1..].fill(out));
            star
        };
        let part = |score: &dyn Fn(&[Vec<bool>]) -> Vec<f64>, star: Vec<Vec<bool>>| {
            let maximum = if n == 0 { 0.0 } else { sum(&score(&star)) };
            (maximum > 0.0).then(|| sum(&score(&matrix)) / maximum)
        };
        let same = |a: Option<f64>, b: Option<f64>| a.is_some() == b.is_some() && a.zip(b).is_none_or(|(a, b)| (a - b).abs() < 1e-9);
        let (of_in, of_out) = if drawn.directed { ((true, false), (false, true)) } else { ((true, true), (true, true)) };
        let in_degrees = |matrix: &[Vec<bool>]| -> Vec<f64> {
            (0..matrix.len()).map(|u| matrix.iter().filter(|row| row[u]).count() as f64).collect()
        };
        let out_degrees = |matrix: &[Vec<bool>]| -> Vec<f64> {
            matrix.iter().map(|row| row.iter().filter(|&&edge| edge).count() as f64).collect()
        };
        let near = |matrix: &[Vec<bool>]| -> Vec<f64> {
            let distances = all_distances(matrix);
            let of = |v: usize| {
                let d: Vec<u32> = (0..matrix.len()).filter(|&u| u != v).filter_map(|u| distances[u][v]).collect();
                let (r, total) = (d.len() as f64, f64::from(d.iter().sum::<u32>()));
                if d.is_empty() { 0.0 } else { r / (matrix.len() as f64 - 1.0) * r / total }
            };
            (0..matrix.len()).map(of).collect()
        };
        let star_of = |(into, out)| star(n, into, out);
        prop_assert!(same(degree_centralisation(&graph, In), part(&in_degrees, star_of(of_in))));
        prop_assert!(same(degree_centralisation(&graph, Out), part(&out_degrees, star_of(of_out))));
        let connected = n > 0 && all_distances(&matrix)[0].iter().all(Option::is_some);
        let expected = part(&near, star_of(of_in)).filter(|_| drawn.directed || connected);
        prop_assert!(same(on_threads(threads, || closeness_centralisation(&graph)), expected));
        let scores = suasion_graph::betweenness(&graph).expect("countable paths");
        // The middle of a star lies between every other two, once a direction.
        let others = n.saturating_sub(1) as f64;
        let maximum = others * others * (others - 1.0) / if drawn.directed { 1.0 } else { 2.0 };
        let expected = (n > 2).then(|| sum(&scores) / maximum);
        prop_assert!(same(on_threads(threads, || betweenness_centralisation(&graph).expect("countable paths")), expected));
    }
}

/// Every graph of n nodes without self-loops.
fn all_graphs(direction: Direction, n: u32) -> impl Iterator<Item = Graph> {
    let pairs: Vec<(u32, u32)> = (0..n)
        .flat_map(|u| (0..n).map(move |v| (u, v)))
        .filter(|(u, v)| if direction == Direction::Directed { u != v } else { u < v })
        .collect();
    (0..1_u32 << pairs.len()).map(move |set| {
        let edges =
            || pairs.iter().enumerate().filter(move |(i, _)| set >> i & 1 == 1).map(|(_, pair)| *pair);
        let columns = EdgeColumns {
            sources: edges().map(|pair| pair.0).collect(),
            targets: edges().map(|pair| pair.1).collect(),
            weights: None,
        };
        Graph::from_columns(direction, n as usize, columns).expect("good edges")
    })
}

#[test]
fn the_maxima_are_maxima_over_all_graphs() {
    for (direction, sizes) in [(Direction::Undirected, 3..6), (Direction::Directed, 3..5)] {
        for n in sizes {
            let mut largest = [0.0_f64; 4];
            for graph in all_graphs(direction, n) {
                let measures = [
                    degree_centralisation(&graph, In),
                    degree_centralisation(&graph, Out),
                    betweenness_centralisation(&graph).expect("countable paths"),
                    closeness_centralisation(&graph),
                ];
                for (largest, measure) in largest.iter_mut().zip(measures) {
                    *largest = largest.max(measure.unwrap_or(0.0));
                }
            }
            // Each is capped at 1, so that one below it would show, and one above it in the test with random graphs.
            assert!(
                largest.iter().all(|largest| (largest - 1.0).abs() < 1e-12),
                "{direction:?} {n} {largest:?}"
            );
        }
    }
}

#[test]
fn by_hand() {
    assert_eq!(gini(&[1.0, 1.0, 1.0, 1.0]), Some(0.0));
    assert_eq!(gini(&[0.0, 0.0, 0.0, 5.0]), Some(0.75));
    assert_eq!(gini(&[1.0, 3.0]), Some(0.25));
    assert_eq!(effective_number(&[2.0, 0.0, 2.0]), Some(2.0));
    assert_eq!((gini(&[]), gini(&[0.0]), effective_number(&[0.0])), (None, None, None));
    assert_eq!(gini(&[f64::MAX, f64::MAX]), Some(0.0));
    assert_eq!(effective_number(&[f64::MAX, f64::MAX, f64::MAX, f64::MAX]), Some(4.0));
    let loops = Graph::from_edges(1, &[(0, 0, 1.0)]).expect("good edges");
    assert_eq!((degree_centralisation(&loops, In), closeness_centralisation(&loops)), (None, None));
}

#[test]
#[should_panic(expected = "an amount is -1")]
fn a_negative_amount_is_a_bug() {
    gini(&[1.0, -1.0]);
}
