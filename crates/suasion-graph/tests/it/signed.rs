//! Signed networks.

use proptest::prelude::*;
use suasion_graph::{Direction, EdgeColumns, Error, Graph, Sign, SignedGraph};

use crate::random::drawn;

fn columns(edges: &[(u32, u32, f64)]) -> EdgeColumns {
    EdgeColumns {
        sources: edges.iter().map(|edge| edge.0).collect(),
        targets: edges.iter().map(|edge| edge.1).collect(),
        weights: Some(edges.iter().map(|edge| edge.2).collect()),
    }
}

#[test]
fn opposite_signs_do_not_cancel() {
    let edges = columns(&[(0, 1, 2.0), (0, 1, -3.0), (0, 1, -0.5), (1, 2, 0.0), (2, 0, -0.0)]);
    assert!(edges.has_negative());
    let signed = SignedGraph::from_columns(Direction::Directed, 3, edges.clone()).unwrap();
    let positive: Vec<_> = signed.positive.edges().collect();
    assert_eq!(positive, [(0, 1, 2.0), (1, 2, 0.0), (2, 0, 0.0)]);
    assert_eq!(signed.negative.edges().collect::<Vec<_>>(), [(0, 1, 3.5)]);
    let sizes = Graph::from_columns(Direction::Directed, 3, edges.of_sign(Sign::Ignore)).unwrap();
    assert_eq!(sizes.weight(0, 1), Some(5.5));
}

#[test]
fn without_weights_all_is_positive() {
    let edges = EdgeColumns { sources: vec![0], targets: vec![1], weights: None };
    let signed = SignedGraph::from_columns(Direction::Undirected, 2, edges).unwrap();
    assert_eq!((signed.positive.n_edges(), signed.negative.n_edges()), (1, 0));
    assert!(!signed.positive.is_weighted());
}

#[test]
fn what_is_no_weight_is_refused_where_it_stands() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let edges = columns(&[(0, 1, 1.0), (0, 1, -1.0), (1, 0, bad)]);
        let error = SignedGraph::from_columns(Direction::Directed, 2, edges.clone()).unwrap_err();
        assert!(matches!(error, Error::BadWeight { edge: 2, .. }), "{error}");
        for sign in [Sign::Positive, Sign::Negative, Sign::Ignore] {
            let is_gone = (bad == f64::INFINITY && sign == Sign::Negative)
                || (bad == f64::NEG_INFINITY && sign == Sign::Positive);
            let built = Graph::from_columns(Direction::Directed, 2, edges.clone().of_sign(sign));
            assert_eq!(built.is_ok(), is_gone);
        }
    }
    let error = SignedGraph::from_columns(Direction::Directed, 2, columns(&[(0, 1, -1.0), (0, 2, 1.0)]));
    assert_eq!(error.unwrap_err(), Error::NodeOutOfRange { edge: 1, node: 2, n_nodes: 2 });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The two graphs are those that the rows of either sign make, and whoever swaps the signs swaps the graphs.
    #[test]
    fn each_sign_has_the_graph_of_its_rows(drawn in drawn(), signs in prop::collection::vec(any::<bool>(), 60)) {
        prop_assume!(drawn.weighted);
        let direction = if drawn.directed { Direction::Directed } else { Direction::Undirected };
        let n_nodes = drawn.n_nodes as usize;
        let mut given = Vec::new();
        let mut swapped = Vec::new();
        let mut sides = [Vec::new(), Vec::new()];
        for (&(source, target, size), &negative) in drawn.edges.iter().zip(&signs) {
            let weight = if negative { -size } else { size };
            given.push((source, target, weight));
            swapped.push((source, target, if size == 0.0 { 0.0 } else { -weight }));
            sides[usize::from(weight < 0.0)].push((source, target, size));
        }
        let signed = SignedGraph::from_columns(direction, n_nodes, columns(&given)).unwrap();
        prop_assert_eq!(columns(&given).has_negative(), signed.negative.n_edges() > 0);
        let graph = |edges: &[_]| Graph::from_columns(direction, n_nodes, columns(edges)).unwrap();
        prop_assert_eq!(&signed.positive, &graph(&sides[0]));
        prop_assert_eq!(&signed.negative, &graph(&sides[1]));
        let swapped = SignedGraph::from_columns(direction, n_nodes, columns(&swapped)).unwrap();
        if given.iter().all(|edge| edge.2 != 0.0) {
            prop_assert_eq!((&swapped.positive, &swapped.negative), (&signed.negative, &signed.positive));
        }
    }
}
