//! PageRank: where a walker is found who follows edges, and now and then starts anew anywhere.
//!
//! **Formula.** With d the damping, n nodes, w_uv the weight of the edge u → v and s_u = Σ_v w_uv,
//!
//! x_v ← (1 − d) / n + d (Σ_u x_u w_uv / s_u + D / n), from x = 1 / n,
//!
//! where D = Σ x_u over dangling nodes u, those with s_u = 0. Scores are shares of time and sum to 1.
//!
//! **Semantics.** *Dangling mass* D is spread evenly over all nodes, as in NetworkX and igraph; [`Dangling::Drop`] leaves
//! it out, as the GAP benchmark suite does, and scores then sum to less than 1. *Weights* are followed in proportion if
//! the graph has any; edges of weight zero are never taken. A *self-loop* is an edge like others. An *isolate* is dangling
//! and has a positive score. An *undirected* edge is followed both ways. The empty graph has no scores.
//!
//! **Cost.** O(n + m) time an iteration, in parallel over blocks that follow from the graph; sums over blocks are combined
//! in order. 24 bytes a node. In-edges are added in four lanes by their position in the row.
//!
//! L. Page, S. Brin, R. Motwani and T. Winograd (1999), "The PageRank citation ranking: bringing order to the web",
//! Stanford InfoLab 1999-66.

use std::ops::Range;

use rayon::prelude::*;

use crate::csr::{BLOCK, Graph, sum};
use crate::rows::split;

/// How the walk is taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageRankOptions {
    /// The probability d of following an edge, from 0 to below 1.
    pub damping: f64,
    /// The most iterations to take.
    pub max_iterations: u32,
    /// Stop once Σ_v |change of x_v| in one iteration is at most this; zero for a fixed number of iterations, unless
    /// nothing changes at all.
    pub tolerance: f64,
    /// What becomes of a walker where no edge leaves.
    pub dangling: Dangling,
}

/// What becomes of a walker where no edge leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dangling {
    /// It goes on from any node, all equally likely.
    Keep,
    /// It is lost.
    Drop,
}

impl Default for PageRankOptions {
    /// Damping .85, at most 200 iterations to a tolerance of 1e-10, dangling mass kept.
    fn default() -> Self {
        Self { damping: 0.85, max_iterations: 200, tolerance: 1e-10, dangling: Dangling::Keep }
    }
}

/// The scores, and how they were reached.
#[derive(Debug, Clone, PartialEq)]
pub struct PageRank {
    /// The score of each node.
    pub scores: Vec<f64>,
    /// How many iterations were taken.
    pub n_iterations: u32,
    /// Σ_v |change of x_v| in the last of them; `None` if there was none.
    pub change: Option<f64>,
}

/// Finds PageRank by power iteration. Panics if the damping is not from 0 to below 1.
pub fn pagerank(graph: &Graph, options: PageRankOptions) -> PageRank {
    let PageRankOptions { damping, max_iterations, tolerance, dangling } = options;
    assert!((0.0..1.0).contains(&damping), "damping is {damping}, not from 0 to below 1");
    let n_nodes = graph.n_nodes() as usize;
    let n = n_nodes as f64;
    let in_rows = graph.in_rows();
    let weights = graph.all_in_weights();
    let blocks = in_rows.blocks(BLOCK);
    let heights: Vec<usize> = blocks.iter().map(Range::len).collect();

    let strengths: Vec<f64> = (0..graph.n_nodes()).into_par_iter().map(|u| graph.out_strength(u)).collect();
    let mut scores = vec![1.0 / n; n_nodes];
    // What a node sends along an edge of weight 1.
    let mut sent = vec![0.0; n_nodes];
    let mut result = PageRank { scores: Vec::new(), n_iterations: 0, change: None };
    while n_nodes > 0 && result.n_iterations < max_iterations {
        let lost: Vec<f64> =
            (sent.par_chunks_mut(BLOCK), scores.par_chunks(BLOCK), strengths.par_chunks(BLOCK))
                .into_par_iter()
                .map(|(sent, scores, strengths)| {
                    let mut lost = 0.0;
                    for ((sent, &score), &strength) in sent.iter_mut().zip(scores).zip(strengths) {
                        if strength > 0.0 {
                            *sent = score / strength;
                        } else {
                            lost += score;
                        }
                    }
                    lost
                })
                .collect();
        let kept = if dangling == Dangling::Keep { sum(lost.into_iter()) } else { 0.0 };
        let base = (1.0 - damping) / n + damping * kept / n;
        let changes: Vec<f64> = split(&mut scores, &heights)
            .into_par_iter()
            .zip(&blocks)
            .map(|(scores, block)| {
                let mut change = 0.0;
                for (score, v) in scores.iter_mut().zip(block.clone()) {
                    let row = in_rows.range(v);
                    let received = match weights {
                        None => gather(&in_rows.nodes[row], &sent),
                        Some(weights) => gather_weighted(&in_rows.nodes[row.clone()], &weights[row], &sent),
                    };
                    let next = base + damping * received;
                    change += (next - *score).abs();
                    *score = next;
                }
                change
            })
            .collect();
        let change = sum(changes.into_iter());
        result.n_iterations += 1;
        result.change = Some(change);
        if change <= tolerance {
            break;
        }
    }
    result.scores = scores;
    result
}

/// Σ of what the nodes send.
fn gather(nodes: &[u32], sent: &[f64]) -> f64 {
    let (fours, rest) = nodes.as_chunks::<4>();
    let mut lanes = [0.0; 4];
    for four in fours {
        for (lane, &u) in lanes.iter_mut().zip(four) {
            *lane += sent[u as usize];
        }
    }
    for (lane, &u) in lanes.iter_mut().zip(rest) {
        *lane += sent[u as usize];
    }
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
}

fn gather_weighted(nodes: &[u32], weights: &[f64], sent: &[f64]) -> f64 {
    sum(nodes.iter().zip(weights).map(|(&u, &weight)| weight * sent[u as usize]))
}
