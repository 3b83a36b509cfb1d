//! Closeness and harmonic closeness: how near a node is to those who can reach it.
//!
//! **Formulas.** With d(u, v) the number of edges on a shortest path from u to v, or its length where weights say so,
//! r_v the number of other nodes with a path to v, and n nodes:
//!
//! - harmonic h_v = Σ_u 1 / d(u, v) over those r_v nodes, unscaled: at most n − 1 by edges;
//! - closeness c_v = (r_v / (n − 1)) · r_v / Σ_u d(u, v), by edges from 0 to 1: the inverse of the mean distance, times
//!   the part of the network that is within reach.
//!
//! **Shape and units.** n numbers, one for each node: harmonic closeness in nodes by edges, in nodes per unit of
//! length by lengths; closeness without a unit by edges, and one over the unit of length by lengths.
//!
//! **Semantics.** Distances are those *to* the node, as in NetworkX and webgraph (igraph takes those from it unless
//! told; swap the columns for that). Weights are ignored, and an edge of weight zero counts as one, unless lengths are
//! taken from weights ([`closeness_by`], [`harmonic_closeness_by`]; see [`crate::paths`]). Self-loops change nothing.
//! h_v is 0, an empty sum, if nobody reaches v, as nobody reaches an *isolate*; c_v is then `None` (NetworkX says 0).
//!
//! **Cost.** Exact. 64 nodes at a time are searched from, a bit each, so that a row read once serves many of them: O(m)
//! time for 64 nodes and a level of distance at worst, batches in parallel; 36 bytes a node for each thread. Distances
//! are counted as whole numbers, and the counts added by ascending distance. By lengths, each node is searched from
//! alone, in O(m log m) time.
//!
//! Closeness: S. Wasserman and K. Faust (1994), *Social Network Analysis*, Cambridge University Press, section 5.3.
//! Harmonic: P. Boldi and S. Vigna (2014), "Axioms for centrality", *Internet Mathematics* 10(3–4), 222–262. Search: M.
//! Then et al. (2014), "The more the merrier: efficient multi-source graph traversal", *Proceedings of the VLDB
//! Endowment* 8(4), 449–460.

use rayon::prelude::*;

use crate::csr::{Graph, sum};
use crate::degree::out_degrees;
use crate::error::Error;
use crate::paths::{self, Lengths, PathWeights};
use crate::ranked::Ranks;
use crate::rows::Rows;

/// The distances to one node, summed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DistanceSums {
    /// r_v: how many other nodes have a path to it.
    pub n_reaching: u32,
    /// Σ d(u, v), in edges.
    pub total: u64,
    /// h_v = Σ 1 / d(u, v).
    pub harmonic: f64,
}

/// The harmonic closeness of each node.
pub fn harmonic_closeness(graph: &Graph) -> Vec<f64> {
    all_sums(graph).into_iter().map(|sums| sums.harmonic).collect()
}

/// The harmonic closeness of each node by lengths.
///
/// Fails on an edge of length zero.
pub fn harmonic_closeness_by(graph: &Graph, weights: PathWeights) -> Result<Vec<f64>, Error> {
    if weights == PathWeights::Steps {
        return Ok(harmonic_closeness(graph));
    }
    let inverses = |distances: &mut dyn Iterator<Item = f64>| sum(distances.map(|distance| 1.0 / distance));
    of_distances(graph, weights, inverses)
}

/// The closeness of each node; `None` if nobody reaches it.
pub fn closeness(graph: &Graph) -> Vec<Option<f64>> {
    let of = |sums: DistanceSums| inverse_mean(graph, f64::from(sums.n_reaching), sums.total as f64);
    all_sums(graph).into_iter().map(of).collect()
}

/// The closeness of each node by lengths; `None` if nobody reaches it.
///
/// Fails on an edge of length zero.
pub fn closeness_by(graph: &Graph, weights: PathWeights) -> Result<Vec<Option<f64>>, Error> {
    if weights == PathWeights::Steps {
        return Ok(closeness(graph));
    }
    let of = |distances: &mut dyn Iterator<Item = f64>| {
        let (n_reaching, total) =
            distances.fold((0.0, 0.0), |(n, total), distance| (n + 1.0, total + distance));
        inverse_mean(graph, n_reaching, total)
    };
    of_distances(graph, weights, of)
}

fn inverse_mean(graph: &Graph, n_reaching: f64, total: f64) -> Option<f64> {
    let n_others = f64::from(graph.n_nodes()) - 1.0;
    (n_reaching > 0.0).then(|| n_reaching / n_others * (n_reaching / total))
}

/// What is made of the distances to each node, ascending.
fn of_distances<T: Send>(
    graph: &Graph,
    weights: PathWeights,
    of: impl Fn(&mut dyn Iterator<Item = f64>) -> T + Sync,
) -> Result<Vec<T>, Error> {
    let edges = Lengths::to(graph, weights)?;
    let new = || paths::Search::new(edges.n_nodes());
    let run = |search: &mut paths::Search, target| {
        search.settle(&edges, target);
        // The first is the target itself.
        of(&mut search.order[1..].iter().map(|&u| search.distances[u as usize]))
    };
    Ok((0..graph.n_nodes()).into_par_iter().map_init(new, run).collect())
}

/// The distances to each node of `targets`, in that order.
pub fn distance_sums(graph: &Graph, targets: &[u32]) -> Vec<DistanceSums> {
    let n_nodes = graph.n_nodes() as usize;
    let ranks = Ranks::by_degree(&out_degrees(graph));
    let rows = ranks.renumber(graph.in_rows());
    let targets: Vec<u32> = targets.iter().map(|&target| ranks.ranks[target as usize]).collect();
    targets
        .par_chunks(64)
        .map_init(|| Search::new(n_nodes), |search, batch| search.run(&rows, batch))
        .flatten_iter()
        .collect()
}

fn all_sums(graph: &Graph) -> Vec<DistanceSums> {
    distance_sums(graph, &(0..graph.n_nodes()).collect::<Vec<_>>())
}

/// Up to 64 searches at once: bit i of a word belongs to the i-th.
struct Search {
    /// Which have met the node.
    seen: Vec<u64>,
    /// Which meet it at the distance being read, and at the next.
    now: Vec<u64>,
    next: Vec<u64>,
    /// The nodes with a bit in `now`, in `next`, and in `seen`.
    active: Vec<u32>,
    reached: Vec<u32>,
    met: Vec<u32>,
}

impl Search {
    fn new(n_nodes: usize) -> Self {
        let words = || vec![0; n_nodes];
        Self { seen: words(), now: words(), next: words(), active: vec![], reached: vec![], met: vec![] }
    }

    fn run(&mut self, rows: &Rows<()>, batch: &[u32]) -> Vec<DistanceSums> {
        let mut sums = vec![DistanceSums { n_reaching: 0, total: 0, harmonic: 0.0 }; batch.len()];
        for (bit, &target) in batch.iter().enumerate() {
            if self.seen[target as usize] == 0 {
                self.active.push(target);
                self.met.push(target);
            }
            self.seen[target as usize] |= 1 << bit;
            self.now[target as usize] |= 1 << bit;
        }
        for distance in 1_u32.. {
            for u in self.active.drain(..) {
                let bits = std::mem::take(&mut self.now[u as usize]);
                for &v in rows.nodes(u) {
                    let next = &mut self.next[v as usize];
                    if *next == 0 {
                        self.reached.push(v);
                    }
                    *next |= bits;
                }
            }
            let mut counts = [0_u32; 64];
            for v in self.reached.drain(..) {
                let seen = &mut self.seen[v as usize];
                let mut new = std::mem::take(&mut self.next[v as usize]) & !*seen;
                if new == 0 {
                    continue;
                }
                if *seen == 0 {
                    self.met.push(v);
                }
                *seen |= new;
                self.now[v as usize] = new;
                self.active.push(v);
                while new != 0 {
                    counts[new.trailing_zeros() as usize] += 1;
                    new &= new - 1;
                }
            }
            if self.active.is_empty() {
                break;
            }
            for (sums, count) in sums.iter_mut().zip(counts) {
                sums.n_reaching += count;
                sums.total += u64::from(count) * u64::from(distance);
                sums.harmonic += f64::from(count) / f64::from(distance);
            }
        }
        for v in self.met.drain(..) {
            self.seen[v as usize] = 0;
        }
        sums
    }
}
