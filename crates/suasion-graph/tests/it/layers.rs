//! Layers, verbs and times, and views of them.

use std::collections::BTreeMap;

use proptest::prelude::*;
use suasion_graph::{Direction, EdgeColumns, Error, Graph, Layered, TieColumns};

use crate::random::on_threads;

/// Source, target, weight, layer, verb, time.
type Row = (u32, u32, f64, u32, u32, i64);

fn columns(rows: &[Row]) -> TieColumns {
    TieColumns {
        edges: edges(rows.iter().map(|row| (row.0, row.1, row.2))),
        layers: Some(rows.iter().map(|row| row.3).collect()),
        verbs: Some(rows.iter().map(|row| row.4).collect()),
        times: Some(rows.iter().map(|row| row.5).collect()),
    }
}

fn edges(rows: impl Iterator<Item = (u32, u32, f64)> + Clone) -> EdgeColumns {
    EdgeColumns {
        sources: rows.clone().map(|row| row.0).collect(),
        targets: rows.clone().map(|row| row.1).collect(),
        weights: Some(rows.map(|row| row.2).collect()),
    }
}

const ROWS: [Row; 6] = [
    (0, 1, 1.0, 0, 0, 10),
    (0, 1, 2.0, 0, 0, 10),
    (0, 1, 4.0, 1, 0, 10),
    (1, 2, 8.0, 0, 1, 20),
    (2, 0, 16.0, 1, 1, 30),
    (0, 1, 32.0, 0, 0, 11),
];

#[test]
fn rows_that_agree_in_everything_are_one_tie() {
    let network = Layered::from_columns(Direction::Directed, 4, &columns(&ROWS)).unwrap();
    assert_eq!((network.n_nodes(), network.n_ties()), (4, 5));
    let ties: Vec<_> =
        network.view().ties().map(|tie| (tie.target, tie.weight, tie.layer, tie.time)).collect();
    assert_eq!(ties, [(1, 3.0, 0, 10), (1, 32.0, 0, 11), (1, 4.0, 1, 10), (2, 8.0, 0, 20), (0, 16.0, 1, 30)]);
    let graph = network.view().graph().unwrap();
    assert_eq!(graph.edges().collect::<Vec<_>>(), [(0, 1, 39.0), (1, 2, 8.0), (2, 0, 16.0)]);
}

#[test]
fn views_choose_and_combine() {
    let network = Layered::from_columns(Direction::Directed, 4, &columns(&ROWS)).unwrap();
    let edges = |view: suasion_graph::View| view.graph().unwrap().edges().collect::<Vec<_>>();
    let all = network.view();
    assert_eq!(edges(all.clone().layers(&[1])), [(0, 1, 4.0), (2, 0, 16.0)]);
    assert_eq!(edges(all.clone().verbs(&[1])), [(1, 2, 8.0), (2, 0, 16.0)]);
    assert_eq!(edges(all.clone().from(11).until(30)), [(0, 1, 32.0), (1, 2, 8.0)]);
    assert_eq!(edges(all.clone().layers(&[0]).until(11)), [(0, 1, 3.0)]);
    assert_eq!(edges(all.clone().nodes(&[2, 0])), [(2, 0, 16.0)]);
    assert_eq!(all.clone().nodes(&[2, 0]).graph().unwrap().n_nodes(), 4);
    let (graph, nodes) = all.clone().nodes(&[3, 2, 1]).subgraph().unwrap();
    assert_eq!((graph.n_nodes(), nodes), (3, vec![1, 2, 3]));
    assert_eq!(graph.edges().collect::<Vec<_>>(), [(0, 1, 8.0)]);
    assert_eq!((all.clone().layers(&[]).n_ties(), all.n_ties()), (0, 5));
}

#[test]
fn signs_are_ties_apart_and_missing_columns_count_as_zero() {
    let rows = TieColumns {
        edges: edges([(0, 1, 1.0), (0, 1, -1.0), (1, 0, 2.0)].into_iter()),
        ..TieColumns::default()
    };
    let network = Layered::from_columns(Direction::Undirected, 2, &rows).unwrap();
    assert_eq!(network.n_ties(), 2);
    let columns = network.view().layers(&[0]).columns();
    assert_eq!(columns.weights, Some(vec![3.0, -1.0]));
    assert!(matches!(network.view().graph(), Err(Error::BadWeight { edge: 1, .. })));
    assert_eq!(network.view().from(1).n_ties(), 0);
}

#[test]
fn bad_columns_are_refused() {
    let mut rows = columns(&ROWS);
    rows.times = Some(vec![1]);
    let error = Layered::from_columns(Direction::Directed, 3, &rows).unwrap_err();
    assert_eq!(error, Error::RaggedAttribute { column: "times", length: 1, n_rows: 6 });
    let error = Layered::from_columns(Direction::Directed, 2, &columns(&ROWS)).unwrap_err();
    assert_eq!(error, Error::NodeOutOfRange { edge: 3, node: 2, n_nodes: 2 });
    let empty = Layered::from_columns(Direction::Directed, 0, &TieColumns::default()).unwrap();
    assert_eq!((empty.n_ties(), empty.view().graph().unwrap().n_nodes()), (0, 0));
}

/// More rows than are sorted at a time, most of them parallel to others.
#[test]
fn many_rows_are_sorted_whole() {
    let row = |at: u32| {
        let drawn = at.wrapping_mul(2_654_435_761);
        let weight = f64::from(drawn % 7) / 8.0 - 0.25;
        (drawn >> 24, at % 300, weight, drawn % 3, at % 2, i64::from(drawn >> 8) % 5 - 2)
    };
    let mut rows: Vec<Row> = (0..600_000).map(row).collect();
    let mut cells: BTreeMap<_, Vec<f64>> = BTreeMap::new();
    for &(source, target, weight, layer, verb, time) in &rows {
        cells.entry((source, target, layer, verb, time, weight < 0.0)).or_default().push(weight);
    }
    let sum = |weights: &Vec<f64>| weights.iter().sum::<f64>();
    let expected: Vec<_> = cells.iter().map(|(&cell, weights)| (cell, sum(weights))).collect();
    for threads in [1, 2, 3, 8] {
        let network =
            on_threads(threads, || Layered::from_columns(Direction::Directed, 300, &columns(&rows))).unwrap();
        let cell = |tie: suasion_graph::Tie| {
            ((tie.source, tie.target, tie.layer, tie.verb, tie.time, tie.weight < 0.0), tie.weight)
        };
        assert!(network.view().ties().map(cell).eq(expected.iter().copied()), "{threads} threads");
        // Backwards, then in order.
        if threads == 1 {
            rows.reverse();
        } else {
            rows.sort_by_key(|row| (row.0, row.1));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The graph of a view is that of the rows chosen, whatever their order and the number of threads; ties are the
    /// distinct cells, and weigh what their rows do.
    #[test]
    fn a_view_is_the_graph_of_its_rows(
        rows in prop::collection::vec(
            (0..6_u32, 0..6_u32, (1..9_u8).prop_map(f64::from), 0..3_u32, 0..2_u32, -3..4_i64), 0..40,
        ),
        directed in any::<bool>(),
        layers in prop::option::of(prop::collection::vec(0..3_u32, 0..3)),
        verbs in prop::option::of(prop::collection::vec(0..2_u32, 0..2)),
        (from, until) in (prop::option::of(-4..4_i64), prop::option::of(-4..5_i64)),
        nodes in prop::option::of(prop::collection::vec(0..6_u32, 0..6)),
    ) {
        let direction = if directed { Direction::Directed } else { Direction::Undirected };
        let chosen = |row: &&Row| {
            layers.as_ref().is_none_or(|layers| layers.contains(&row.3))
                && verbs.as_ref().is_none_or(|verbs| verbs.contains(&row.4))
                && from.is_none_or(|from| row.5 >= from)
                && until.is_none_or(|until| row.5 < until)
                && nodes.as_ref().is_none_or(|nodes| nodes.contains(&row.0) && nodes.contains(&row.1))
        };
        let mut cells: BTreeMap<_, f64> = BTreeMap::new();
        for &(source, target, weight, layer, verb, time) in rows.iter().filter(chosen) {
            let ends = if directed { (source, target) } else { (source.min(target), source.max(target)) };
            *cells.entry((ends, layer, verb, time)).or_default() += weight;
        }
        let chosen = rows.iter().filter(chosen).map(|row| (row.0, row.1, row.2));
        let expected = Graph::from_columns(direction, 6, edges(chosen)).unwrap();
        let backwards: Vec<Row> = rows.iter().rev().copied().collect();
        for (threads, rows) in [(1, &rows), (3, &backwards)] {
            let network = on_threads(threads, || Layered::from_columns(direction, 6, &columns(rows))).unwrap();
            let mut view = network.view();
            if let Some(layers) = &layers {
                view = view.layers(layers);
            }
            if let Some(verbs) = &verbs {
                view = view.verbs(verbs);
            }
            if let Some(from) = from {
                view = view.from(from);
            }
            if let Some(until) = until {
                view = view.until(until);
            }
            if let Some(nodes) = &nodes {
                view = view.nodes(nodes);
            }
            let ties: Vec<_> = view
                .ties()
                .map(|tie| (((tie.source, tie.target), tie.layer, tie.verb, tie.time), tie.weight))
                .collect();
            prop_assert_eq!(&ties, &cells.clone().into_iter().collect::<Vec<_>>());
            prop_assert_eq!(view.n_ties(), cells.len());
            prop_assert_eq!(&on_threads(threads, || view.graph()).unwrap(), &expected);
            let (part, kept) = view.subgraph().unwrap();
            let back = |node: u32| kept[node as usize];
            let edges: Vec<_> = part.edges().map(|(u, v, weight)| (back(u), back(v), weight)).collect();
            prop_assert_eq!(edges, expected.edges().collect::<Vec<_>>());
        }
    }
}
