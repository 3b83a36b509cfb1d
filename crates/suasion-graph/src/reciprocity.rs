//! Reciprocity: how often an edge is answered, and whether that is more than chance.
//!
//! **Formula.** With L edges between different nodes, L↔ of them answered by an edge the other way, N nodes and
//! ā = L / (N (N − 1)) the density,
//!
//! r = L↔ / L, from 0 to 1; ρ = (r − ā) / (1 − ā), positive if edges are answered more often than in a random network
//! of that density, at most 1, and at least −ā / (1 − ā).
//!
//! **Shape and units.** Two counts of edges for the network, and r and ρ without a unit.
//!
//! **Semantics.** *Self-loops* are left out of every count, *weights* ignored; an edge of weight zero is an edge.
//! *Isolates* count in N. r and ρ are `None` without an edge, ρ also if every edge there can be is there. An
//! *undirected* tie is two edges that answer each other, so that r is 1: true, and no finding. The command line leaves
//! r and ρ undefined there, since no answer could be missing.
//!
//! **Cost.** O(n + m) time in parallel.
//!
//! D. Garlaschelli and M. I. Loffredo (2004), "Patterns of link reciprocity in directed networks", *Physical Review
//! Letters* 93, 268701.

use std::cmp::Ordering;

use rayon::prelude::*;

use crate::csr::Graph;

/// How often edges are answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reciprocity {
    /// L: edges between different nodes, an undirected one counted both ways.
    pub n_edges: u64,
    /// L↔: those with an edge the other way.
    pub n_answered: u64,
    /// r, the part that is answered.
    pub share: Option<f64>,
    /// ρ, r against chance.
    pub rho: Option<f64>,
}

/// Counts answered edges.
pub fn reciprocity(graph: &Graph) -> Reciprocity {
    let (n_edges, n_answered) = (0..graph.n_nodes())
        .into_par_iter()
        .map(|u| {
            let out = graph.out_neighbors(u);
            let is_loop = usize::from(out.binary_search(&u).is_ok());
            ((out.len() - is_loop) as u64, (n_common(out, graph.in_neighbors(u)) - is_loop) as u64)
        })
        .reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    let n = f64::from(graph.n_nodes());
    let share = (n_edges > 0).then(|| n_answered as f64 / n_edges as f64);
    let density = n_edges as f64 / (n * (n - 1.0));
    let rho = share.filter(|_| density < 1.0).map(|share| (share - density) / (1.0 - density));
    Reciprocity { n_edges, n_answered, share, rho }
}

/// How many numbers two ascending lists share.
fn n_common(mut a: &[u32], mut b: &[u32]) -> usize {
    let mut n = 0;
    while let ([x, a_rest @ ..], [y, b_rest @ ..]) = (a, b) {
        match x.cmp(y) {
            Ordering::Less => a = a_rest,
            Ordering::Greater => b = b_rest,
            Ordering::Equal => (n, a, b) = (n + 1, a_rest, b_rest),
        }
    }
    n
}
