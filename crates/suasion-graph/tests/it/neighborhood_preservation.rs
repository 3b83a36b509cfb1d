//! Neighbourhood preservation against the sorting of all distances.

use proptest::prelude::*;
use suasion_graph::{Direction, Graph, neighborhood_preservation};

use crate::random::{Drawn, drawn, graph, on_threads};

fn by_sorting(drawn: &Drawn, positions: &[[f64; 2]]) -> Option<f64> {
    let ties = drawn.ties();
    let of_node = |u: usize| {
        let neighbors: Vec<usize> = (0..ties.len()).filter(|&v| ties[u][v]).collect();
        let square = |v: usize| {
            let [dx, dy] = [0, 1].map(|axis| positions[v][axis] - positions[u][axis]);
            dx * dx + dy * dy
        };
        let mut others: Vec<usize> = (0..ties.len()).filter(|&v| v != u).collect();
        others.sort_by(|&a, &b| square(a).total_cmp(&square(b)).then(a.cmp(&b)));
        let shared = others[..neighbors.len()].iter().filter(|v| neighbors.contains(v)).count();
        (!neighbors.is_empty()).then(|| shared as f64 / (2 * neighbors.len() - shared) as f64)
    };
    let indices: Vec<f64> = (0..ties.len()).filter_map(of_node).collect();
    (!indices.is_empty()).then(|| indices.iter().sum::<f64>() / indices.len() as f64)
}

/// On a lattice, where many are equally distant or in one place, or anywhere.
fn placed() -> impl Strategy<Value = (Drawn, Vec<[f64; 2]>)> {
    drawn().prop_flat_map(|drawn| {
        let n = drawn.n_nodes as usize;
        let at = prop_oneof![-9.0..9.0, (-1..2_i8).prop_map(f64::from)];
        (Just(drawn), prop::collection::vec([at.clone(), at], n))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn agrees_with_sorting((drawn, positions) in placed(), threads in 1..4_usize) {
        let found = on_threads(threads, || neighborhood_preservation(&drawn.graph(), &positions));
        let expected = by_sorting(&drawn, &positions);
        prop_assert_eq!(found.is_some(), expected.is_some());
        if let (Some(found), Some(expected)) = (found, expected) {
            prop_assert!((found - expected).abs() < 1e-12, "{found}, {expected}");
        }
    }
}

/// More nodes than a leaf or a task has, many of them in one place.
#[test]
fn of_many_nodes() {
    let n = 1500_u32;
    let ends: Vec<(u32, u32)> = (0..n).flat_map(|u| [(u, (u + 1) % n), (u, u * 7 % n)]).collect();
    let edges = ends.iter().map(|&(u, v)| (u, v, 1.0)).collect();
    let drawn = Drawn { directed: false, weighted: false, n_nodes: n, edges };
    let positions: Vec<[f64; 2]> = (0..n).map(|u| [f64::from(u % 40), f64::from(u / 100)]).collect();
    let found = neighborhood_preservation(&drawn.graph(), &positions).expect("ties");
    assert!((found - by_sorting(&drawn, &positions).expect("ties")).abs() < 1e-12);
}

#[test]
fn by_hand() {
    // A path in a line: the ends have their neighbour next to them, the middle ones both.
    let path = graph(Direction::Undirected, 4, &[(0, 1), (1, 2), (2, 3)]);
    let line = [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 0.0]];
    assert_eq!(neighborhood_preservation(&path, &line), Some(1.0));
    // 1 and 2 change places: nobody's nearest is at the end of its tie but for one of two of the middle ones.
    let other = [line[0], line[2], line[1], line[3]];
    assert_eq!(neighborhood_preservation(&path, &other), Some((0.0 + 1.0 / 3.0 + 1.0 / 3.0 + 0.0) / 4.0));
    let isolates = Graph::from_edges(2, &[(0, 0, 1.0)]).expect("good edges");
    assert_eq!(neighborhood_preservation(&isolates, &[[0.0; 2]; 2]), None);
}
