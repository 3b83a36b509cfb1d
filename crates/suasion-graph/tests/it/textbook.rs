//! Slow versions that follow the definitions word for word on a dense matrix, and the shapes they are compared over.

use std::collections::{BTreeMap, BTreeSet};

/// Edges (source, target, weight) on nodes `0..n_nodes`.
pub(crate) struct Shape {
    pub(crate) name: String,
    pub(crate) n_nodes: u32,
    pub(crate) edges: Vec<(u32, u32, f64)>,
}

/// Small, degenerate and pseudo-random networks.
pub(crate) fn shapes() -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut add = |name: &str, n_nodes: u32, edges: Vec<(u32, u32, f64)>| {
        shapes.push(Shape { name: name.to_owned(), n_nodes, edges });
    };
    add("empty", 0, vec![]);
    add("single node", 1, vec![]);
    add("self-loop only", 1, vec![(0, 0, 3.0)]);
    add("isolates", 5, vec![]);
    add("isolates around an edge", 5, vec![(3, 1, 2.5)]);
    add("self-loops and isolates", 4, vec![(0, 0, 1.0), (2, 2, 0.0)]);
    add("zero weights", 3, vec![(0, 1, 0.0), (1, 2, -0.0), (2, 0, 4.0)]);
    add("parallel edges", 3, vec![(0, 1, 1e16), (2, 1, 5.0), (0, 1, 1.0), (0, 1, 1.0), (1, 0, 0.1)]);
    add("path", 6, (0..5).map(|u| (u, u + 1, f64::from(u) + 0.5)).collect());
    add("path, downwards", 6, (0..5).rev().map(|u| (u + 1, u, 1.0)).collect());
    add("ring", 7, (0..7).map(|u| (u, (u + 1) % 7, 1.0 / f64::from(u + 1))).collect());
    add("star in", 8, (1..8).map(|u| (u, 0, f64::from(u))).collect());
    add("star out", 8, (0..7).map(|u| (7, u, f64::from(u))).collect());
    let square = |n: u32| (0..n).flat_map(move |u| (0..n).map(move |v| (u, v)));
    add("complete with self-loops", 6, square(6).map(|(u, v)| (u, v, f64::from(u * 7 + v))).collect());
    add(
        "interleaved cliques",
        9,
        square(9).filter(|(u, v)| u != v && u % 3 == v % 3).map(|(u, v)| (u, v, f64::from(u + v))).collect(),
    );
    add("tiny weights", 3, vec![(0, 1, 5e-324), (0, 2, 1e-320), (1, 0, 1e300)]);
    for n_nodes in [2, 3, 10, 40] {
        for n_edges in [1, n_nodes / 2, n_nodes, 4 * n_nodes] {
            let mut state = u64::from(n_nodes * 1000 + n_edges);
            let mut draw = |below: u32| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                ((state >> 33) % u64::from(below)) as u32
            };
            let edges = (0..n_edges)
                .map(|_| (draw(n_nodes), draw(n_nodes), f64::from(draw(1_000_000)) / 997.0))
                .collect();
            add(&format!("random, {n_nodes} nodes, {n_edges} rows"), n_nodes, edges);
        }
    }
    shapes
}

/// The weight of each ordered pair that has an edge.
pub(crate) fn merge(edges: &[(u32, u32, f64)]) -> BTreeMap<(u32, u32), f64> {
    let mut parts: BTreeMap<(u32, u32), Vec<f64>> = BTreeMap::new();
    for &(u, v, weight) in edges {
        parts.entry((u, v)).or_default().push(weight.abs());
    }
    let add = |mut weights: Vec<f64>| {
        weights.sort_by(f64::total_cmp);
        weights.iter().fold(0.0, |total, weight| total + weight)
    };
    parts.into_iter().map(|(pair, weights)| (pair, add(weights))).collect()
}

/// The label of each node, by the transitive closure of the symmetric adjacency matrix (Warshall).
pub(crate) fn component_labels(n_nodes: u32, edges: &[(u32, u32, f64)]) -> Vec<u32> {
    let n = n_nodes as usize;
    let mut reaches = vec![vec![false; n]; n];
    for (u, row) in reaches.iter_mut().enumerate() {
        row[u] = true;
    }
    for &(u, v, _) in edges {
        reaches[u as usize][v as usize] = true;
        reaches[v as usize][u as usize] = true;
    }
    for via in 0..n {
        for u in 0..n {
            for v in 0..n {
                reaches[u][v] |= reaches[u][via] && reaches[via][v];
            }
        }
    }
    reaches
        .iter()
        .map(|row| row.iter().position(|&reached| reached).expect("reaches itself") as u32)
        .collect()
}

/// The flows of a network as a matrix without its diagonal.
pub(crate) struct Flows(Vec<Vec<f64>>);

impl Flows {
    pub(crate) fn new(n_nodes: u32, edges: &[(u32, u32, f64)]) -> Self {
        let n = n_nodes as usize;
        let mut flows = vec![vec![0.0; n]; n];
        for ((u, v), weight) in merge(edges) {
            if u != v {
                flows[u as usize][v as usize] = weight;
            }
        }
        Self(flows)
    }

    pub(crate) fn between(&self, i: u32, j: u32) -> f64 {
        self.0[i as usize][j as usize]
    }

    pub(crate) fn outflow(&self, i: u32) -> f64 {
        self.0[i as usize].iter().sum()
    }

    pub(crate) fn inflow(&self, j: u32) -> f64 {
        self.0.iter().map(|row| row[j as usize]).sum()
    }

    pub(crate) fn outflow_share(&self, i: u32, j: u32) -> Option<f64> {
        (i != j && self.outflow(i) > 0.0).then(|| self.between(i, j) / self.outflow(i))
    }

    pub(crate) fn inflow_share(&self, j: u32, i: u32) -> Option<f64> {
        (i != j && self.inflow(j) > 0.0).then(|| self.between(i, j) / self.inflow(j))
    }

    pub(crate) fn outflow_hhi(&self, i: u32) -> Option<f64> {
        (self.outflow(i) > 0.0)
            .then(|| self.nodes().filter_map(|k| self.outflow_share(i, k)).map(|s| s * s).sum())
    }

    pub(crate) fn inflow_hhi(&self, j: u32) -> Option<f64> {
        (self.inflow(j) > 0.0)
            .then(|| self.nodes().filter_map(|k| self.inflow_share(j, k)).map(|s| s * s).sum())
    }

    pub(crate) fn partners(&self, i: u32) -> BTreeSet<u32> {
        self.nodes().filter(|&k| self.between(i, k) > 0.0 || self.between(k, i) > 0.0).collect()
    }

    fn nodes(&self) -> impl Iterator<Item = u32> {
        0..self.0.len() as u32
    }
}
