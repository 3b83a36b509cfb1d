//! The graph: both halves against a map of pairs, merging, and what is refused.

use suasion_graph::{Error, Graph};

use crate::textbook::{merge, shapes};

#[test]
fn agrees_with_a_map_of_pairs() {
    for shape in shapes() {
        let graph = Graph::from_edges(shape.n_nodes as usize, &shape.edges).expect("good edges");
        let pairs = merge(&shape.edges);
        let name = &shape.name;
        assert_eq!(graph.n_nodes(), shape.n_nodes, "{name}");
        assert_eq!(graph.n_edges(), pairs.len(), "{name}");
        let bits = |(u, v, weight): (u32, u32, f64)| (u, v, weight.to_bits());
        let expected: Vec<_> = pairs.iter().map(|(&(u, v), &weight)| bits((u, v, weight))).collect();
        assert_eq!(graph.edges().map(bits).collect::<Vec<_>>(), expected, "{name}");
        let mut total = 0.0;
        for u in 0..shape.n_nodes {
            let sent: Vec<_> = pairs
                .iter()
                .filter(|(pair, _)| pair.0 == u)
                .map(|(pair, &weight)| (pair.1, weight))
                .collect();
            let received: Vec<_> = pairs
                .iter()
                .filter(|(pair, _)| pair.1 == u)
                .map(|(pair, &weight)| (pair.0, weight))
                .collect();
            assert_eq!(graph.out_edges(u).collect::<Vec<_>>(), sent, "{name}");
            assert_eq!(graph.in_edges(u).collect::<Vec<_>>(), received, "{name}");
            assert_eq!(Some(graph.out_neighbors(u).len()), graph.out_weights(u).map(<[f64]>::len), "{name}");
            assert_eq!(Some(graph.in_neighbors(u).len()), graph.in_weights(u).map(<[f64]>::len), "{name}");
            let strength = |row: &[(u32, f64)]| row.iter().fold(0.0, |sum, (_, weight)| sum + weight);
            assert_eq!(graph.out_strength(u).to_bits(), strength(&sent).to_bits(), "{name}");
            assert_eq!(graph.in_strength(u).to_bits(), strength(&received).to_bits(), "{name}");
            for v in 0..shape.n_nodes {
                assert_eq!(graph.weight(u, v), pairs.get(&(u, v)).copied(), "{name}");
            }
            total += graph.in_strength(u);
        }
        assert!((total - graph.total_weight()).abs() <= 1e-12 * total, "{name}");
    }
}

#[test]
fn names_and_edges_by_hand() {
    let rows =
        [("MA", "FR", 2.0), ("FR", "MA", 5.0), ("DE", "DE", 7.0), ("MA", "FR", 3.0), ("FR", "DE", 1.0)];
    let (names, graph) = Graph::from_named_edges(rows).expect("good edges");
    assert_eq!(names.iter().collect::<Vec<_>>(), ["DE", "FR", "MA"]);
    assert_eq!(graph.edges().collect::<Vec<_>>(), [(0, 0, 7.0), (1, 0, 1.0), (1, 2, 5.0), (2, 1, 5.0)]);
    assert_eq!(graph.in_neighbors(0), [0, 1]);
    assert_eq!(graph.in_weights(0), Some(&[7.0, 1.0][..]));
    assert_eq!((graph.out_strength(1), graph.in_strength(0), graph.total_weight()), (6.0, 8.0, 18.0));
    let by_id = [(2, 1, 2.0), (1, 2, 5.0), (0, 0, 7.0), (2, 1, 3.0), (1, 0, 1.0)];
    assert_eq!(Graph::from_edges(3, &by_id), Ok(graph));
}

#[test]
fn parallel_weights_are_added_from_the_smallest() {
    // From the largest: 1e16 + 1 rounds back to 1e16, twice. From the smallest: 1 + 1 = 2, and 1e16 + 2 is exact.
    for weights in [[1e16, 1.0, 1.0], [1.0, 1e16, 1.0], [1.0, 1.0, 1e16]] {
        let graph = Graph::from_edges(2, &weights.map(|weight| (0, 1, weight))).expect("good edges");
        assert_eq!(graph.weight(0, 1), Some(1e16 + 2.0));
        assert_eq!(graph.n_edges(), 1);
    }
}

#[test]
fn nothing_sums_to_positive_zero() {
    let graph = Graph::from_edges(2, &[(0, 0, -0.0)]).expect("good edges");
    for zero in [graph.out_strength(0), graph.out_strength(1), graph.in_strength(1), graph.total_weight()] {
        assert_eq!(zero.to_bits(), 0);
    }
    assert_eq!(graph.weight(0, 0).map(f64::to_bits), Some(0));
}

#[test]
fn the_empty_graph() {
    let (names, graph) = Graph::from_named_edges([]).expect("no edges");
    assert_eq!((names.len(), graph.n_nodes(), graph.n_edges()), (0, 0, 0));
    assert_eq!(Graph::from_edges(0, &[]), Ok(graph));
}

#[test]
fn bad_weights_name_the_first_edge() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, -5e-324] {
        let error = Graph::from_edges(2, &[(0, 1, 1.0), (1, 0, bad), (0, 0, bad)]).expect_err("a bad weight");
        let named = Graph::from_named_edges([("a", "b", 1.0), ("b", "a", bad)]).expect_err("a bad weight");
        for error in [error, named] {
            assert!(
                matches!(error, Error::BadWeight { edge: 1, weight } if weight.to_bits() == bad.to_bits()),
                "{error:?}"
            );
        }
    }
    assert_eq!(
        Error::BadWeight { edge: 4, weight: -2.0 }.to_string(),
        "accept edge 4 (counted from 0): its weight is -2; drop the row or give a finite weight of at least 0"
    );
}

#[test]
fn ends_must_be_nodes() {
    let error = |edges: &[(u32, u32, f64)]| Graph::from_edges(2, edges).expect_err("not a node");
    assert_eq!(error(&[(0, 1, 1.0), (1, 2, 1.0)]), Error::NodeOutOfRange { edge: 1, node: 2, n_nodes: 2 });
    assert_eq!(error(&[(9, 3, f64::NAN)]), Error::NodeOutOfRange { edge: 0, node: 9, n_nodes: 2 });
}

#[cfg(target_pointer_width = "64")]
#[test]
fn nodes_must_fit_a_u32() {
    let n_nodes = u32::MAX as usize + 1;
    assert_eq!(Graph::from_edges(n_nodes, &[]), Err(Error::TooManyNodes { n_nodes }));
}

#[test]
fn the_total_must_leave_room() {
    let (huge, error) = (f64::MAX, Err(Error::TotalTooLarge));
    assert_eq!(Graph::from_edges(1, &[(0, 0, huge)]), error);
    assert_eq!(Graph::from_edges(2, &[(0, 1, huge), (0, 1, huge)]), error);
    assert_eq!(Graph::from_edges(2, &[(0, 1, huge / 3.0), (1, 0, huge / 3.0)]), error);
    assert!(Graph::from_edges(2, &[(0, 1, huge / 4.0), (1, 0, huge / 4.0)]).is_ok());
}

#[test]
#[should_panic(expected = "node 2 is not among the 2 nodes")]
fn asking_for_the_weight_to_no_node_panics() {
    let graph = Graph::from_edges(2, &[]).expect("no edges");
    graph.weight(0, 2);
}
