//! Structural holes: how far the others around a node are tied to one another, and so leave it nothing to bridge.
//!
//! **Formulas.** With a_uv the weight of the edge u → v, w_uv = a_uv + a_vu the strength of the tie of u and v whatever
//! its direction, N_u the n_u nodes tied to u, and for them
//!
//! p_uv = w_uv / Σ_q w_uq, the share of u's ties that v has, and m_uv = w_uv / max_q w_uq:
//!
//! - constraint c_u = Σ_{v ∈ N_u} c_uv, with c_uv = (p_uv + Σ_q p_uq p_qv)² over q tied to both: how much of u's time
//!   leads back to one v, through others too;
//! - effective size e_u = Σ_{v ∈ N_u} (1 − Σ_q p_uq m_vq): the n_u ties less what is redundant in them;
//! - efficiency e_u / n_u;
//! - hierarchy Σ_{v ∈ N_u} r_uv ln r_uv / (n_u ln n_u), with r_uv = c_uv n_u / c_u: how far the constraint is the doing of
//!   one v alone.
//!
//! **Shape and units.** Four figures for each node, without a unit. Constraint is above 0 and may exceed 1 in small
//! networks; effective size goes from 1 to n_u, efficiency and hierarchy from 0 to 1.
//!
//! **Semantics.** *Direction* counts for nothing but that ties both ways are stronger. *Weights* count; without them an
//! edge weighs 1. *Self-loops* are left out, and so are edges of *weight zero*. An *isolate* has none of the four, and
//! a node with one tie no hierarchy: undefined, not zero. igraph counts self-loops in what p is a share of, and agrees
//! once they are left out. NetworkX agrees, on effective size where it is told of which nodes (3.6.1 scales m by another
//! node's strongest tie when it is not).
//!
//! **Cost.** Σ over ties u – v of min(n_u, n_v) steps, with a logarithm where one of the two is much larger, in
//! parallel; 32 bytes a tie and 48 a node.
//!
//! R. S. Burt (1992), *Structural Holes: The Social Structure of Competition*, Harvard University Press, chapter 2:
//! effective size (2.2) and efficiency, constraint (2.4), hierarchy (2.9).

use std::ops::Range;

use rayon::prelude::*;

use crate::csr::{BLOCK, Graph, sum};
use crate::error::Error;
use crate::shared_nodes::for_each_shared;
use crate::ties::mutual;

/// Burt's measures for each node; `None` where nothing is defined.
#[derive(Debug, Clone, PartialEq)]
pub struct StructuralHoles {
    /// c_u.
    pub constraint: Vec<Option<f64>>,
    /// e_u.
    pub effective_size: Vec<Option<f64>>,
    /// e_u as a share of the number of ties.
    pub efficiency: Vec<Option<f64>>,
    /// How far one tie makes up the constraint; `None` also for nodes with one tie.
    pub hierarchy: Vec<Option<f64>>,
}

/// The measures of one node.
#[derive(Clone, Copy)]
struct Holes {
    constraint: f64,
    effective_size: f64,
    n_ties: usize,
    hierarchy: Option<f64>,
}

/// Finds Burt's measures.
///
/// Fails as [`Graph::from_columns`] does, where weights are so large that their sum is none.
pub fn structural_holes(graph: &Graph) -> Result<StructuralHoles, Error> {
    let ties = mutual(graph)?;
    let strengths: Vec<f64> = (0..ties.n_nodes()).into_par_iter().map(|u| ties.out_strength(u)).collect();
    let strongest = |u: u32| ties.out_edges(u).map(|(_, weight)| weight).fold(0.0, f64::max);
    let strongest: Vec<f64> = (0..ties.n_nodes()).into_par_iter().map(strongest).collect();
    let of_block = |block: Range<u32>| -> Vec<Option<Holes>> {
        let mut parts = Vec::new();
        block.map(|u| holes(&ties, u, &strengths, &strongest, &mut parts)).collect()
    };
    let blocks = ties.out_rows().blocks(BLOCK / 16);
    let holes: Vec<Option<Holes>> = blocks.into_par_iter().flat_map_iter(of_block).collect();
    let each = |of: fn(&Holes) -> Option<f64>| holes.iter().map(|holes| of(holes.as_ref()?)).collect();
    Ok(StructuralHoles {
        constraint: each(|holes| Some(holes.constraint)),
        effective_size: each(|holes| Some(holes.effective_size)),
        efficiency: each(|holes| Some(holes.effective_size / holes.n_ties as f64)),
        hierarchy: each(|holes| holes.hierarchy),
    })
}

/// The measures of a node that has ties. `parts` is where c_uv are kept.
fn holes(ties: &Graph, u: u32, strengths: &[f64], strongest: &[f64], parts: &mut Vec<f64>) -> Option<Holes> {
    let (around, weights) = row(ties, u);
    if around.is_empty() {
        return None;
    }
    parts.clear();
    let mut redundancy = 0.0;
    for (&v, &weight) in around.iter().zip(weights) {
        let (around_v, weights_v) = row(ties, v);
        let (mut through_others, mut in_common) = (0.0, 0.0);
        for_each_shared(around, around_v, |at, at_v| {
            let product = weights[at] * weights_v[at_v];
            through_others += product / strengths[around[at] as usize];
            in_common += product;
        });
        parts.push(((weight + through_others) / strengths[u as usize]).powi(2));
        redundancy += in_common / strongest[v as usize];
    }
    let constraint = sum(parts.iter().copied());
    let n_ties = around.len();
    let n = n_ties as f64;
    let spread = |part: &f64| {
        let ratio = part * n / constraint;
        if ratio > 0.0 { ratio * ratio.ln() } else { 0.0 }
    };
    let hierarchy = (n_ties > 1).then(|| (sum(parts.iter().map(spread)) / (n * n.ln())).clamp(0.0, 1.0));
    Some(Holes { constraint, effective_size: n - redundancy / strengths[u as usize], n_ties, hierarchy })
}

fn row(ties: &Graph, u: u32) -> (&[u32], &[f64]) {
    (ties.out_neighbors(u), ties.out_weights(u).unwrap_or_default())
}
