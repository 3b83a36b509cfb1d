//! Degree and strength: how many edges a node has, and how much they weigh.
//!
//! **Formulas.** With a_uv = 1 if there is an edge u → v and w_uv its weight, both 0 if there is none: out-degree
//! Σ_v a_uv, in-degree Σ_v a_vu; out-strength Σ_v w_uv, in-strength Σ_v w_vu.
//!
//! **Shape and units.** One number for each of n nodes. Degrees are counts of edges; strengths have the unit of the
//! weights, and are degrees in a graph without weights.
//!
//! **Semantics.** Total is out plus in, so that a *self-loop* counts twice and the totals of a graph add up to twice
//! its edges; this holds in *undirected* graphs too, where out and in are the same row and the total is that row with
//! its self-loop once more. *Parallel edges* have been merged: degrees count neighbours. An edge of *weight zero*
//! counts in degrees. An *isolate* has degree and strength zero: empty sums.
//!
//! **Cost.** O(n) time for degrees, O(n + m) for strengths, in parallel. Weights are added in the order of rows.
//!
//! Strength: A. Barrat, M. Barthélemy, R. Pastor-Satorras and A. Vespignani (2004), "The architecture of complex
//! weighted networks", *Proceedings of the National Academy of Sciences* 101(11), 3747–3752.

use rayon::prelude::*;

use crate::csr::Graph;

/// For each node, how many edges leave it; in an undirected graph, how many it has, a self-loop counted once.
pub fn out_degrees(graph: &Graph) -> Vec<u32> {
    each(graph, |u| graph.out_neighbors(u).len() as u32)
}

/// For each node, how many edges reach it; in an undirected graph, how many it has, a self-loop counted once.
pub fn in_degrees(graph: &Graph) -> Vec<u32> {
    each(graph, |u| graph.in_neighbors(u).len() as u32)
}

/// For each node, how many ends of edges it has: a self-loop has two.
pub fn degrees(graph: &Graph) -> Vec<u64> {
    each(graph, |u| {
        let out = graph.out_neighbors(u);
        let rest = if graph.is_directed() {
            graph.in_neighbors(u).len()
        } else {
            usize::from(out.binary_search(&u).is_ok())
        };
        (out.len() + rest) as u64
    })
}

/// For each node, the weights of the edges that leave it; in an undirected graph of all it has, a self-loop once.
pub fn out_strengths(graph: &Graph) -> Vec<f64> {
    each(graph, |u| graph.out_strength(u))
}

/// For each node, the weights of the edges that reach it; in an undirected graph of all it has, a self-loop once.
pub fn in_strengths(graph: &Graph) -> Vec<f64> {
    each(graph, |u| graph.in_strength(u))
}

/// For each node, out-strength plus in-strength: a self-loop counts twice, in undirected graphs too.
pub fn strengths(graph: &Graph) -> Vec<f64> {
    each(graph, |u| {
        let rest = if graph.is_directed() { graph.in_strength(u) } else { graph.weight(u, u).unwrap_or(0.0) };
        graph.out_strength(u) + rest
    })
}

fn each<T: Send>(graph: &Graph, of: impl Fn(u32) -> T + Send + Sync) -> Vec<T> {
    (0..graph.n_nodes()).into_par_iter().map(of).collect()
}
