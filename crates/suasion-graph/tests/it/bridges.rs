//! Bridges and cut points: what is left when each is taken away.

use proptest::prelude::*;
use suasion_graph::{Direction, cuts};

use crate::random::{drawn, graph, on_threads};
use crate::structure::all_distances;

/// How many components the nodes of `among` are in.
fn n_components(ties: &[Vec<bool>], among: &[usize]) -> usize {
    let distances = all_distances(ties);
    let first = |&&u: &&usize| among.iter().all(|&v| v >= u || distances[u][v].is_none());
    among.iter().filter(first).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn are_what_removal_separates(drawn in drawn(), threads in 1..4_usize) {
        let ties = drawn.ties();
        let n = ties.len();
        let found = on_threads(threads, || cuts(&drawn.graph()));
        let all: Vec<usize> = (0..n).collect();
        let whole = n_components(&ties, &all);
        let mut bridges = Vec::new();
        let mut cut_points = Vec::new();
        for u in 0..n {
            for v in u + 1..n {
                let mut without = ties.clone();
                (without[u][v], without[v][u]) = (false, false);
                if ties[u][v] && n_components(&without, &all) > whole {
                    bridges.push((u as u32, v as u32));
                }
            }
            let mut without = ties.clone();
            without[u].fill(false);
            for row in &mut without {
                row[u] = false;
            }
            let rest: Vec<usize> = all.iter().copied().filter(|&v| v != u).collect();
            // The component of u is gone, and its parts are there.
            prop_assert_eq!(found.parts[u] as usize, n_components(&without, &rest) + 1 - whole);
            if n_components(&without, &rest) > whole {
                cut_points.push(u as u32);
            }
        }
        prop_assert_eq!(&found.bridges, &bridges);
        prop_assert_eq!(found.cut_points(), cut_points);
        let mut without = ties.clone();
        for &(u, v) in &bridges {
            (without[u as usize][v as usize], without[v as usize][u as usize]) = (false, false);
        }
        let left = all_distances(&without);
        let label = |u: usize| (0..n).find(|&v| left[u][v].is_some()).map(|v| v as u32);
        prop_assert_eq!(found.two_edge_components.iter().copied().map(Some).collect::<Vec<_>>(), (0..n).map(label).collect::<Vec<_>>());
        let ends = |u: u32| bridges.iter().filter(|&&(a, b)| a == u || b == u).count() as u32;
        prop_assert_eq!(found.n_bridges(), (0..n as u32).map(ends).collect::<Vec<_>>());
    }
}

#[test]
fn by_hand() {
    // Two triangles held together by a tie, one of them said both ways, a tail and an isolate.
    let ends = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 2), (3, 4), (4, 5), (5, 3), (6, 5)];
    let found = cuts(&graph(Direction::Directed, 8, &ends));
    assert_eq!(found.bridges, [(2, 3), (5, 6)]);
    assert_eq!(found.cut_points(), [2, 3, 5]);
    assert_eq!(found.parts, [1, 1, 2, 2, 1, 2, 1, 0]);
    assert_eq!(found.two_edge_components, [0, 0, 0, 3, 3, 3, 6, 7]);
    assert_eq!(cuts(&graph(Direction::Undirected, 0, &[])).parts, [0; 0]);
}

#[test]
fn long_paths_need_no_stack() {
    let n = 200_000_u32;
    let path: Vec<_> = (1..n).map(|u| (u - 1, u)).collect();
    let found = cuts(&graph(Direction::Directed, n as usize, &path));
    assert_eq!((found.bridges.len(), found.cut_points().len()), (n as usize - 1, n as usize - 2));
    let ring: Vec<_> = (0..n).map(|u| (u, (u + 1) % n)).collect();
    let found = cuts(&graph(Direction::Undirected, n as usize, &ring));
    assert_eq!((found.bridges.len(), found.cut_points().len()), (0, 0));
}
