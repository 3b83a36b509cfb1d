//! The disparity filter: which ties take more of a node's weight than they would if it were shared out at random.
//!
//! **Formula.** A node i of degree k_i and strength s_i = Σ_j w_ij gives the tie to j the share p_ij = w_ij / s_i. If the
//! whole had been broken into k_i pieces at random, at k_i − 1 points drawn alike from 0 to 1, a piece would be p_ij or
//! more with probability
//!
//! α_ij = 1 − (k_i − 1) ∫₀^p_ij (1 − x)^(k_i − 2) dx = (1 − p_ij)^(k_i − 1).
//!
//! A tie is kept if α is below a level at either of its ends: the backbone has small ties of small nodes beside the
//! large ones of large nodes, which a threshold on weights would leave alone. Of a directed tie, k and s are those of
//! the edges that leave its source, and of those that reach its target.
//!
//! **Shape and units.** A row for each edge, ascending by source and then target: its weight, and α at either end, a
//! probability.
//!
//! **Semantics.** *Self-loops* and edges of *weight zero* are left out: of degrees, of strengths and of the rows. At an
//! end of *degree one* α is `None`: the whole is in one piece whatever its size, and the tie is kept only if its other end
//! says so. The integral is 1 there, and (1 − p)⁰ = 0⁰ is nothing to go by. A tie whose ends both have degree one is
//! never kept. *Without weights* shares are equal and no α is below e⁻¹: the filter has nothing to say. α is not
//! corrected for the number of ties: of n ties that chance made, about 2 n times the level are kept. α below about
//! 1e-308 is 0, which says less than the smallest float. netbone's `disparity` has the smaller of the two α, and agrees.
//!
//! **Cost.** O(n + m) time, in parallel, with a logarithm and an exponential for each end; 48 bytes an edge.
//!
//! M. Á. Serrano, M. Boguñá and A. Vespignani (2009), "Extracting the multiscale backbone of complex weighted networks",
//! *Proceedings of the National Academy of Sciences* 106(16), 6483–6488, eq. 2.

use std::ops::Range;

use rayon::prelude::*;

use crate::csr::{BLOCK, Graph};

/// A tie, and how surprising its weight is at either end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DisparityTie {
    /// Where it starts; in an undirected network the smaller end.
    pub source: u32,
    /// Where it ends.
    pub target: u32,
    /// What it weighs.
    pub weight: f64,
    /// α among the ties of the source; of those that leave it, in a directed network. `None` if there is no other.
    pub at_source: Option<f64>,
    /// α among the ties of the target; of those that reach it, in a directed network. `None` if there is no other.
    pub at_target: Option<f64>,
}

/// α at both ends of every tie.
pub fn disparity_filter(graph: &Graph) -> Vec<DisparityTie> {
    let rows = if graph.is_directed() { graph.in_rows() } else { graph.out_rows() };
    let at_targets: Vec<Option<f64>> = rows
        .blocks(BLOCK)
        .into_par_iter()
        .flat_map_iter(|block| block.flat_map(|u| of_row(u, graph.in_edges(u)).collect::<Vec<_>>()))
        .collect();
    let of_block = |block: Range<u32>| {
        let mut ties = Vec::new();
        for source in block {
            let at_source: Vec<Option<f64>> = of_row(source, graph.out_edges(source)).collect();
            for ((target, weight), at_source) in graph.out_edges(source).zip(at_source) {
                let is_once = graph.is_directed() || source < target;
                if is_counted(source, target, weight) && is_once {
                    let position = graph.in_neighbors(target).binary_search(&source).unwrap_or(0);
                    let at_target = at_targets[rows.range(target).start + position];
                    ties.push(DisparityTie { source, target, weight, at_source, at_target });
                }
            }
        }
        ties
    };
    graph.out_rows().blocks(BLOCK).into_par_iter().flat_map_iter(of_block).collect()
}

impl DisparityTie {
    /// The smaller α of the two ends; `None` if neither has one.
    pub fn alpha(&self) -> Option<f64> {
        match (self.at_source, self.at_target) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }

    /// Whether α is below a level at either end.
    pub fn is_kept(&self, level: f64) -> bool {
        self.alpha().is_some_and(|alpha| alpha < level)
    }
}

/// Whether an edge is one of those among which weight is shared out.
fn is_counted(u: u32, v: u32, weight: f64) -> bool {
    u != v && weight > 0.0
}

/// α of each edge of a row at the node whose row it is.
fn of_row(u: u32, row: impl Iterator<Item = (u32, f64)>) -> impl Iterator<Item = Option<f64>> {
    let weights: Vec<f64> =
        row.map(|(v, weight)| if is_counted(u, v, weight) { weight } else { 0.0 }).collect();
    let degree = weights.iter().filter(|&&weight| weight > 0.0).count();
    // What all others weigh, added up: a difference would leave what rounding does.
    let mut others = vec![0.0; weights.len()];
    let mut after = 0.0;
    for (others, weight) in others.iter_mut().zip(&weights).rev() {
        *others = after;
        after += weight;
    }
    let mut before = 0.0;
    weights.into_iter().zip(others).map(move |(weight, after)| {
        let others = before + after;
        before += weight;
        (degree > 1 && weight > 0.0).then(|| chance(weight, others, degree))
    })
}

/// (1 − p)^(k − 1), for a weight and what the k − 1 others weigh.
fn chance(weight: f64, others: f64, degree: usize) -> f64 {
    let total = weight + others;
    let exponent = (degree - 1) as f64;
    if weight < others {
        (exponent * (-weight / total).ln_1p()).exp()
    } else {
        (others / total).powf(exponent)
    }
}
