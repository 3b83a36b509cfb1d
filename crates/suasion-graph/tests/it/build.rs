//! Building from columns: both directions, with and without weights, against a map of pairs; threads and row order.

use std::collections::BTreeMap;

use proptest::prelude::*;
use suasion_graph::{Direction, EdgeColumns, Error, Graph};

use crate::random::{Drawn, drawn, on_threads};

/// The weights of each pair: ordered if the graph is directed, the smaller end first if not.
fn pairs(drawn: &Drawn) -> BTreeMap<(u32, u32), f64> {
    let mut parts: BTreeMap<(u32, u32), Vec<f64>> = BTreeMap::new();
    for &(u, v, weight) in &drawn.edges {
        let pair = if drawn.directed { (u, v) } else { (u.min(v), u.max(v)) };
        parts.entry(pair).or_default().push(weight);
    }
    let weight = |mut weights: Vec<f64>| {
        weights.sort_by(f64::total_cmp);
        if drawn.weighted { weights.iter().fold(0.0, |total, weight| total + weight) } else { 1.0 }
    };
    parts.into_iter().map(|(pair, weights)| (pair, weight(weights))).collect()
}

/// The bits of everything a graph gives out.
fn bytes(graph: &Graph) -> String {
    format!("{graph:?} {:?}", graph.edges().map(|(u, v, w)| (u, v, w.to_bits())).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn agrees_with_a_map_of_pairs(drawn in drawn()) {
        let (graph, pairs) = (drawn.graph(), pairs(&drawn));
        let expected: Vec<_> = pairs.iter().map(|(&(u, v), &w)| (u, v, w)).collect();
        prop_assert_eq!(graph.edges().collect::<Vec<_>>(), expected);
        prop_assert_eq!((graph.n_nodes(), graph.n_edges()), (drawn.n_nodes, pairs.len()));
        prop_assert_eq!((graph.is_directed(), graph.is_weighted()), (drawn.directed, drawn.weighted));
        prop_assert_eq!(graph.n_self_loops(), pairs.keys().filter(|pair| pair.0 == pair.1).count());
        let total: f64 = pairs.values().sum();
        prop_assert!((graph.total_weight() - total).abs() <= 1e-12 * total);
        for u in 0..drawn.n_nodes {
            let to = |&(&(a, b), &w): &(&(u32, u32), &f64)| {
                if a == u { Some((b, w)) } else if b == u && !drawn.directed { Some((a, w)) } else { None }
            };
            let from = |pair: &(&(u32, u32), &f64)| {
                if drawn.directed { (pair.0.1 == u).then_some((pair.0.0, *pair.1)) } else { to(pair) }
            };
            let mut sent: Vec<_> = pairs.iter().filter_map(|pair| to(&pair)).collect();
            let mut received: Vec<_> = pairs.iter().filter_map(|pair| from(&pair)).collect();
            sent.sort_by_key(|&(v, _)| v);
            received.sort_by_key(|&(v, _)| v);
            prop_assert_eq!(graph.out_edges(u).collect::<Vec<_>>(), sent);
            prop_assert_eq!(graph.in_edges(u).collect::<Vec<_>>(), received);
            for v in 0..drawn.n_nodes {
                let pair = if drawn.directed { (u, v) } else { (u.min(v), u.max(v)) };
                prop_assert_eq!(graph.weight(u, v), pairs.get(&pair).copied());
            }
        }
    }

    #[test]
    fn threads_and_the_order_of_rows_change_no_byte(
        (drawn, shuffled) in drawn().prop_flat_map(|drawn| {
            let rows = drawn.edges.clone();
            (Just(drawn), Just(rows).prop_shuffle())
        })
    ) {
        let expected = bytes(&drawn.graph());
        let mut ascending = drawn.clone();
        ascending.edges.sort_by_key(|&(u, v, _)| (u, v));
        prop_assert_eq!(&bytes(&ascending.graph()), &expected);
        let shuffled = Drawn { edges: shuffled, ..drawn };
        for threads in [1, 2, 3, 8] {
            prop_assert_eq!(&bytes(&on_threads(threads, || shuffled.graph())), &expected);
        }
    }
}

#[test]
fn many_chunks_on_any_threads() {
    // More rows than a chunk, more nodes than buckets, a hub whose row spans chunks, and parallel rows.
    let n_rows = 700_000_u32;
    let end =
        |row: u32, salt: u32| (row.wrapping_mul(2_654_435_761) ^ salt).wrapping_mul(0x9E37_79B1) % 5_000;
    let source = |row: u32| if row.is_multiple_of(2) { 17 } else { end(row, 1) };
    let target = |row: u32| if row.is_multiple_of(3) { end(row, 2) % 9 } else { end(row, 3) };
    for (direction, weighted) in
        [(Direction::Directed, true), (Direction::Directed, false), (Direction::Undirected, true)]
    {
        let columns = |order: &dyn Fn(u32) -> u32| EdgeColumns {
            sources: (0..n_rows).map(|row| source(order(row))).collect(),
            targets: (0..n_rows).map(|row| target(order(row))).collect(),
            weights: weighted.then(|| (0..n_rows).map(|row| f64::from(order(row) % 1_000) / 7.0).collect()),
        };
        let build = |columns| Graph::from_columns(direction, 5_000, columns).expect("good edges");
        let graph = on_threads(1, || build(columns(&|row| row)));
        let mut expected = BTreeMap::new();
        for row in 0..n_rows {
            let (u, v) = (source(row), target(row));
            let pair = if graph.is_directed() { (u, v) } else { (u.min(v), u.max(v)) };
            expected.entry(pair).or_insert_with(Vec::new).push(f64::from(row % 1_000) / 7.0);
        }
        assert!(expected.len() < n_rows as usize / 2);
        let found: Vec<_> = graph.edges().map(|(u, v, w)| (u, v, w.to_bits())).collect();
        let expected: Vec<_> = expected
            .into_iter()
            .map(|((u, v), mut weights)| {
                weights.sort_by(f64::total_cmp);
                let total = weights.iter().fold(0.0, |total, weight| total + weight);
                (u, v, if weighted { total } else { 1.0 }.to_bits())
            })
            .collect();
        assert!(found == expected, "{direction:?} {weighted}");
        for threads in [2, 3, 8] {
            assert!(on_threads(threads, || build(columns(&|row| n_rows - 1 - row))) == graph);
        }
    }
}

#[test]
fn columns_have_one_length() {
    let columns = |n_sources, n_targets, n_weights: Option<usize>| EdgeColumns {
        sources: vec![0; n_sources],
        targets: vec![0; n_targets],
        weights: n_weights.map(|n| vec![1.0; n]),
    };
    for (n_sources, n_targets, n_weights) in [(1, 2, None), (2, 1, Some(2)), (2, 2, Some(1))] {
        assert_eq!(
            Graph::from_columns(Direction::Directed, 1, columns(n_sources, n_targets, n_weights)),
            Err(Error::RaggedColumns { n_sources, n_targets, n_weights })
        );
    }
    assert_eq!(
        Error::RaggedColumns { n_sources: 1, n_targets: 2, n_weights: Some(3) }.to_string(),
        "pair the columns: 1 sources, 2 targets, 3 weights; give one of each for every edge"
    );
}
