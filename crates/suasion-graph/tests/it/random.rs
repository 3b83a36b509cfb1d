//! Random small graphs of every kind, pools of threads, and a graph everyone knows.

use proptest::prelude::*;
use suasion_graph::{Direction, EdgeColumns, Graph};

/// What a random graph is built from.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    pub(crate) directed: bool,
    pub(crate) weighted: bool,
    pub(crate) n_nodes: u32,
    pub(crate) edges: Vec<(u32, u32, f64)>,
}

/// A graph without weights.
pub(crate) fn graph(direction: Direction, n_nodes: usize, ends: &[(u32, u32)]) -> Graph {
    let columns = EdgeColumns {
        sources: ends.iter().map(|ends| ends.0).collect(),
        targets: ends.iter().map(|ends| ends.1).collect(),
        weights: None,
    };
    Graph::from_columns(direction, n_nodes, columns).expect("good edges")
}

impl Drawn {
    pub(crate) fn graph(&self) -> Graph {
        let columns = EdgeColumns {
            sources: self.edges.iter().map(|edge| edge.0).collect(),
            targets: self.edges.iter().map(|edge| edge.1).collect(),
            weights: self.weighted.then(|| self.edges.iter().map(|edge| edge.2).collect()),
        };
        let direction = if self.directed { Direction::Directed } else { Direction::Undirected };
        Graph::from_columns(direction, self.n_nodes as usize, columns).expect("good edges")
    }

    /// Whether u has an edge to v.
    pub(crate) fn matrix(&self) -> Vec<Vec<bool>> {
        let n = self.n_nodes as usize;
        let mut matrix = vec![vec![false; n]; n];
        for &(u, v, _) in &self.edges {
            matrix[u as usize][v as usize] = true;
            if !self.directed {
                matrix[v as usize][u as usize] = true;
            }
        }
        matrix
    }

    /// Whether u and v are tied: direction and self-loops are ignored.
    pub(crate) fn ties(&self) -> Vec<Vec<bool>> {
        let matrix = self.matrix();
        let tied = |u: usize, v: usize| u != v && (matrix[u][v] || matrix[v][u]);
        (0..matrix.len()).map(|u| (0..matrix.len()).map(|v| tied(u, v)).collect()).collect()
    }
}

/// Graphs of 0 to 12 nodes, sparse to dense, with self-loops, parallel edges, zero weights and isolates.
pub(crate) fn drawn() -> impl Strategy<Value = Drawn> {
    (any::<bool>(), any::<bool>(), 0..13_u32, 0..5_usize).prop_flat_map(
        |(directed, weighted, n_nodes, density)| {
            let end = 0..n_nodes.max(1);
            let weight =
                prop_oneof![Just(0.0), Just(0.1), Just(1e16), 0.0..1e6, (1..5_u8).prop_map(f64::from)];
            let n_rows = if n_nodes == 0 { 0 } else { density * n_nodes as usize };
            prop::collection::vec((end.clone(), end, weight), 0..=n_rows).prop_map(move |edges| Drawn {
                directed,
                weighted,
                n_nodes,
                edges,
            })
        },
    )
}

/// Runs `work` in a pool of so many threads.
pub(crate) fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool").install(work)
}

/// Zachary's karate club: 34 members from 0, 78 ties. W. W. Zachary (1977), "An information flow model for conflict and
/// fission in small groups", *Journal of Anthropological Research* 33(4), 452–473.
pub(crate) fn karate_club() -> Graph {
    let above: [(u32, &[u32]); 26] = [
        (0, &[1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31]),
        (1, &[2, 3, 7, 13, 17, 19, 21, 30]),
        (2, &[3, 7, 8, 9, 13, 27, 28, 32]),
        (3, &[7, 12, 13]),
        (4, &[6, 10]),
        (5, &[6, 10, 16]),
        (6, &[16]),
        (8, &[30, 32, 33]),
        (9, &[33]),
        (13, &[33]),
        (14, &[32, 33]),
        (15, &[32, 33]),
        (18, &[32, 33]),
        (19, &[33]),
        (20, &[32, 33]),
        (22, &[32, 33]),
        (23, &[25, 27, 29, 32, 33]),
        (24, &[25, 27, 31]),
        (25, &[31]),
        (26, &[29, 33]),
        (27, &[33]),
        (28, &[31, 33]),
        (29, &[32, 33]),
        (30, &[32, 33]),
        (31, &[32, 33]),
        (32, &[33]),
    ];
    let ends = || above.iter().flat_map(|&(u, row)| row.iter().map(move |&v| (u, v)));
    let columns = EdgeColumns {
        sources: ends().map(|(u, _)| u).collect(),
        targets: ends().map(|(_, v)| v).collect(),
        weights: None,
    };
    assert_eq!(columns.sources.len(), 78);
    Graph::from_columns(Direction::Undirected, 34, columns).expect("good edges")
}
