//! PageRank: where a walker is found who follows edges, and now and then starts anew anywhere.
//!
//! **Formula.** With d the damping, n nodes, w_uv the weight of the edge u → v and s_u = Σ_v w_uv,
//!
//! x_v ← (1 − d) / n + d (Σ_u x_u w_uv / s_u + D / n), from x = 1 / n,
//!
//! where D = Σ x_u over dangling nodes u, those with s_u = 0.
//!
//! **Shape and units.** n scores, one for each node: shares of time without a unit, which sum to 1.
//!
//! **Semantics.** *Dangling mass* D is spread evenly over all nodes, as in NetworkX and igraph; [`Dangling::Drop`]
//! leaves it out, as the GAP benchmark suite does, and scores then sum to less than 1. *Weights* are followed in
//! proportion if the graph has any; edges of weight zero are never taken. A *self-loop* is an edge like others. An
//! *isolate* is dangling and has a positive score. An *undirected* edge is followed both ways. The empty graph has no
//! scores.
//!
//! **Precision.** [`Precision::Single`] keeps scores as `f32`: half the memory to move. What is received is added up in
//! `f64` and rounded once, hubs or not, so that scores are good to about 1e-6 relative (at damping .85: to 4e-7 in stars of 10³ to
//! 10⁶ leaves and in R-MAT graphs of 10⁶ nodes), and move by as much if nodes are renamed.
//!
//! **Cost.** O(n + m) time an iteration, in parallel over blocks that follow from the graph; sums over blocks are
//! combined in order. 28 bytes a node, 16 in single precision, beside the result. In-edges are added in four lanes by
//! their position in the row. They are laid out anew before the first iteration, which takes about as long as four: 4
//! bytes an edge (12 with weights) and 16 a node more, unless the graph is mapped from a file.
//!
//! L. Page, S. Brin, R. Motwani and T. Winograd (1999), "The PageRank citation ranking: bringing order to the web",
//! Stanford InfoLab 1999-66.

use std::ops::{Add, Div, Mul, Range};

use rayon::prelude::*;

use crate::csr::{BLOCK, Graph, sum};
use crate::in_flow::InFlow;
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
    /// How scores are kept on the way.
    pub precision: Precision,
}

/// How scores are kept on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// As `f64`.
    Double,
    /// As `f32`.
    Single,
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
    /// Damping .85, at most 200 iterations to a tolerance of 1e-10, dangling mass kept, double precision.
    fn default() -> Self {
        Self {
            damping: 0.85,
            max_iterations: 200,
            tolerance: 1e-10,
            dangling: Dangling::Keep,
            precision: Precision::Double,
        }
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
    let damping = options.damping;
    assert!((0.0..1.0).contains(&damping), "damping is {damping}, not from 0 to below 1");
    match options.precision {
        Precision::Double => iterate::<f64>(graph, options),
        Precision::Single => iterate::<f32>(graph, options),
    }
}

/// What scores are kept as.
trait Score: Copy + Send + Sync + Add<Output = Self> + Mul<Output = Self> + Div<Output = Self> {
    const ZERO: Self;
    fn rounded(value: f64) -> Self;
    fn exact(self) -> f64;
}

impl Score for f64 {
    const ZERO: Self = 0.0;

    fn rounded(value: f64) -> Self {
        value
    }

    fn exact(self) -> f64 {
        self
    }
}

impl Score for f32 {
    const ZERO: Self = 0.0;

    fn rounded(value: f64) -> Self {
        value as Self
    }

    fn exact(self) -> f64 {
        self.into()
    }
}

fn iterate<S: Score>(graph: &Graph, options: PageRankOptions) -> PageRank {
    let PageRankOptions { damping, max_iterations, tolerance, dangling, .. } = options;
    let n_nodes = graph.n_nodes() as usize;
    let n = n_nodes as f64;
    let flow = InFlow::new(graph);
    let heights: Vec<usize> = flow.blocks.iter().map(Range::len).collect();
    let is_dangling = |&u: &u32| graph.out_strength(u) == 0.0;
    let losers: Vec<u32> = match dangling {
        Dangling::Keep => (0..graph.n_nodes()).into_par_iter().filter(is_dangling).collect(),
        Dangling::Drop => Vec::new(),
    };
    // Infinite where a node is dangling: it sends nothing along its edges.
    let strength = |u: &u32| if is_dangling(u) { f64::INFINITY } else { graph.out_strength(*u) };
    let strengths: Vec<S> = flow.senders.par_iter().map(|u| S::rounded(strength(u))).collect();

    let mut scores = vec![S::rounded(1.0 / n); n_nodes];
    // What a sender sends along an edge of weight 1.
    let mut sent = vec![S::ZERO; flow.senders.len()];
    let mut result = PageRank { scores: Vec::new(), n_iterations: 0, change: None };
    while n_nodes > 0 && result.n_iterations < max_iterations {
        (sent.par_chunks_mut(BLOCK), flow.senders.par_chunks(BLOCK), strengths.par_chunks(BLOCK))
            .into_par_iter()
            .for_each(|(sent, senders, strengths)| {
                for ((sent, &u), &strength) in sent.iter_mut().zip(senders).zip(strengths) {
                    *sent = scores[u as usize] / strength;
                }
            });
        let of_block = |losers: &[u32]| sum(losers.iter().map(|&u| scores[u as usize].exact()));
        let lost: Vec<f64> = losers.par_chunks(BLOCK).map(of_block).collect();
        let base = S::rounded((1.0 - damping) / n + damping * sum(lost.into_iter()) / n);
        let damping = S::rounded(damping);
        let changes: Vec<f64> = split(&mut scores, &heights)
            .into_par_iter()
            .zip(&flow.blocks)
            .enumerate()
            .map_init(Vec::new, |received, (at, (scores, block))| {
                received.resize(scores.len(), S::ZERO);
                flow.for_each(at, |v, senders, weights| {
                    received[(v - block.start) as usize] = match weights {
                        None => gather(senders, &sent),
                        Some(weights) => gather_weighted(senders, weights, &sent),
                    };
                });
                // In the order of nodes, in whatever order they have received.
                sum(scores.iter_mut().zip(received).map(|(score, &mut received)| {
                    let before = std::mem::replace(score, base + damping * received);
                    (score.exact() - before.exact()).abs()
                }))
            })
            .collect();
        let change = sum(changes.into_iter());
        result.n_iterations += 1;
        result.change = Some(change);
        if change <= tolerance {
            break;
        }
    }
    result.scores = scores.into_par_iter().map(S::exact).collect();
    result
}

/// Σ of what the nodes send, in `f64`.
fn gather<S: Score>(nodes: &[u32], sent: &[S]) -> S {
    let (fours, rest) = nodes.as_chunks::<4>();
    let mut lanes = [0.0; 4];
    for four in fours {
        for (lane, &u) in lanes.iter_mut().zip(four) {
            *lane += sent[u as usize].exact();
        }
    }
    // By one sum and not by lane, which would keep the lanes in memory.
    let total = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
    S::rounded(rest.iter().fold(total, |total, &u| total + sent[u as usize].exact()))
}

/// Σ of what they send by weight, in `f64`.
fn gather_weighted<S: Score>(nodes: &[u32], weights: &[f64], sent: &[S]) -> S {
    S::rounded(sum(nodes.iter().zip(weights).map(|(&u, &weight)| weight * sent[u as usize].exact())))
}
