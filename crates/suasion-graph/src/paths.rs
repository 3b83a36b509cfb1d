//! What a weight says about the length of an edge, and the search along lengths that several algorithms share.
//!
//! **Lengths.** The length of a path is the sum of the lengths of its edges. [`PathWeights`] says what these are: 1
//! each, the weight, or 1 / weight, the usual conversion of a strength (M. E. J. Newman 2001, "Scientific collaboration
//! networks. II", *Physical Review E* 64, 016132). In a graph without weights all three are 1.
//!
//! **Shape and units.** One length for each edge or path: in edges, in the unit of the weights if they are costs, or in
//! one over it if they are strengths.
//!
//! **Semantics.**
//! - *Length zero*, from a cost of zero, is an error ([`Error::ZeroLength`]) for whatever goes by length: nodes at
//!   distance zero have no closeness, and walks around them make numbers of paths undefined. Self-loops are never on a
//!   shortest path and may have any weight.
//! - *Strength zero* is infinite length: no edge. So is a strength so small (below 5.6e-309) that its inverse
//!   overflows. A path longer than the largest `f64` is no path.
//! - *Parallel edges* are one, of the summed weight: right for strengths. Of costs the smallest counts, which only
//!   [`EdgeColumns::cheapest`](crate::EdgeColumns::cheapest) can choose, before the graph is built.
//! - *Ties.* Lengths are sums of `f64`s along the path, in its order, so that equal lengths may differ by rounding, as
//!   0.1 + 0.2 and 0.3 do. A path counts as shortest if each edge (u, v) on it has d(u) + length ≤ (1 + 1e-12) d(v), d
//!   being the smallest such sum: [`TOLERANCE`]. An edge shorter than 1e-12 of the distance it adds to is below that
//!   resolution. Steps are counted exactly.
//!
//! **Cost.** O(m log m) time from one node on one thread by lengths, O(m) by steps; 16 bytes a node, and up to 16 an
//! edge for the queue. Of nodes at one distance, the smallest is settled first.
//!
//! E. W. Dijkstra (1959), "A note on two problems in connexion with graphs", *Numerische Mathematik* 1, 269–271.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use crate::csr::Graph;
use crate::error::Error;
use crate::rows::Rows;

/// The relative difference up to which two lengths are equal.
pub const TOLERANCE: f64 = 1e-12;

/// What a weight says about the length of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathWeights {
    /// Nothing: every edge has length 1.
    Steps,
    /// The weight is the length.
    Cost,
    /// The length is 1 / weight.
    Strength,
}

/// Edges with their lengths.
pub(crate) struct Lengths<'a> {
    rows: &'a Rows<()>,
    /// `None` if all are 1.
    lengths: Option<Cow<'a, [f64]>>,
}

impl<'a> Lengths<'a> {
    /// Out-edges.
    pub(crate) fn out(graph: &'a Graph, weights: PathWeights) -> Result<Self, Error> {
        Self::new(graph, graph.out_rows(), graph.all_out_weights(), weights)
    }

    /// In-edges, for distances to a node.
    pub(crate) fn to(graph: &'a Graph, weights: PathWeights) -> Result<Self, Error> {
        Self::new(graph, graph.in_rows(), graph.all_in_weights(), weights)
    }

    fn new(
        graph: &Graph,
        rows: &'a Rows<()>,
        given: Option<&'a [f64]>,
        weights: PathWeights,
    ) -> Result<Self, Error> {
        let lengths = match (given, weights) {
            (None, _) | (_, PathWeights::Steps) => None,
            (Some(given), PathWeights::Cost) => {
                if given.par_iter().any(|&weight| weight == 0.0)
                    && let Some((source_node, target_node, _)) =
                        graph.edges().find(|&(u, v, weight)| u != v && weight == 0.0)
                {
                    return Err(Error::ZeroLength { source_node, target_node });
                }
                Some(Cow::Borrowed(given))
            }
            (Some(given), PathWeights::Strength) => {
                Some(given.par_iter().map(|weight| 1.0 / weight).collect::<Vec<_>>().into())
            }
        };
        Ok(Self { rows, lengths })
    }

    pub(crate) fn n_nodes(&self) -> usize {
        self.rows.n_rows() as usize
    }

    fn row(&self, u: u32) -> impl Iterator<Item = (u32, f64)> {
        let lengths = self.lengths.as_ref().map(|lengths| &lengths[self.rows.range(u)]);
        let length = move |at: usize| lengths.map_or(1.0, |lengths| lengths[at]);
        self.rows.nodes(u).iter().enumerate().map(move |(at, &v)| (v, length(at)))
    }
}

/// Not yet settled.
const NEW: u32 = u32::MAX;

/// A search from one node after another.
pub(crate) struct Search {
    /// From the start; infinite where it does not lead.
    pub(crate) distances: Vec<f64>,
    /// The nodes reached, the nearest first.
    pub(crate) order: Vec<u32>,
    /// Where each is in that order.
    positions: Vec<u32>,
    /// Distances, whose bits are in their order, and nodes.
    queue: BinaryHeap<Reverse<(u64, u32)>>,
}

impl Search {
    pub(crate) fn new(n_nodes: usize) -> Self {
        Self {
            distances: vec![f64::INFINITY; n_nodes],
            order: Vec::new(),
            positions: vec![NEW; n_nodes],
            queue: BinaryHeap::new(),
        }
    }

    /// Finds all distances from `start`.
    pub(crate) fn settle(&mut self, edges: &Lengths<'_>, start: u32) {
        for v in self.order.drain(..) {
            self.distances[v as usize] = f64::INFINITY;
            self.positions[v as usize] = NEW;
        }
        self.distances[start as usize] = 0.0;
        if edges.lengths.is_none() {
            self.settle_by_steps(edges.rows, start);
            return;
        }
        self.queue.push(Reverse((0, start)));
        while let Some(Reverse((distance, u))) = self.queue.pop() {
            if self.positions[u as usize] != NEW {
                continue;
            }
            self.positions[u as usize] = self.order.len() as u32;
            self.order.push(u);
            for (v, length) in edges.row(u) {
                let next = f64::from_bits(distance) + length;
                if next < self.distances[v as usize] {
                    self.distances[v as usize] = next;
                    self.queue.push(Reverse((next.to_bits(), v)));
                }
            }
        }
    }

    fn settle_by_steps(&mut self, rows: &Rows<()>, start: u32) {
        self.positions[start as usize] = 0;
        self.order.push(start);
        let mut at = 0;
        while let Some(&u) = self.order.get(at) {
            for &v in rows.nodes(u) {
                if self.positions[v as usize] == NEW {
                    self.positions[v as usize] = self.order.len() as u32;
                    self.distances[v as usize] = self.distances[u as usize] + 1.0;
                    self.order.push(v);
                }
            }
            at += 1;
        }
    }

    /// Finds all shortest paths, once distances are settled.
    pub(crate) fn find_paths(&self, edges: &Lengths<'_>, paths: &mut PathCounts) {
        paths.clear();
        for &u in &self.order {
            paths.n_paths[u as usize] = 0.0;
        }
        for (position, &u) in (0..).zip(&self.order) {
            if position == 0 {
                paths.n_paths[u as usize] = 1.0;
            }
            let n_paths = paths.open(u);
            for (v, length) in edges.row(u) {
                let after = self.positions[v as usize];
                if after > position
                    && after != NEW
                    && self.distances[u as usize] + length <= self.distances[v as usize] * (1.0 + TOLERANCE)
                {
                    paths.n_paths[v as usize] += n_paths;
                    paths.successors.push(v);
                }
            }
            paths.close();
        }
    }
}

/// All shortest paths from one node.
pub(crate) struct PathCounts {
    /// σ_sv of the nodes reached.
    pub(crate) n_paths: Vec<f64>,
    /// The nodes reached, the nearest first.
    pub(crate) order: Vec<u32>,
    /// For each node in that order, those after it on shortest paths, end to end; and where they end.
    pub(crate) successors: Vec<u32>,
    ends: Vec<usize>,
    /// Whether a number of paths was larger than any float.
    is_over: bool,
}

impl PathCounts {
    pub(crate) fn new(n_nodes: usize) -> Self {
        Self {
            n_paths: vec![0.0; n_nodes],
            order: Vec::new(),
            successors: Vec::new(),
            ends: Vec::new(),
            is_over: false,
        }
    }

    pub(crate) fn clear(&mut self) {
        self.order.clear();
        self.successors.clear();
        self.ends.clear();
        self.is_over = false;
    }

    /// Fails if a number of paths was larger than any float.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.is_over { Err(Error::TooManyPaths) } else { Ok(()) }
    }

    /// How many paths lead to a node that has been added, all of whose predecessors are closed.
    pub(crate) fn count(&mut self, u: u32) -> f64 {
        let n_paths = self.n_paths[u as usize];
        self.is_over |= n_paths.is_infinite();
        n_paths
    }

    /// Adds a node whose paths are counted, and says how many.
    fn open(&mut self, u: u32) -> f64 {
        self.order.push(u);
        self.count(u)
    }

    /// All successors of the last node are there.
    pub(crate) fn close(&mut self) {
        self.ends.push(self.successors.len());
    }

    /// How many nodes have all their successors.
    pub(crate) fn n_closed(&self) -> usize {
        self.ends.len()
    }

    /// The nodes reached with those after them, the farthest first.
    pub(crate) fn backwards(&self) -> impl Iterator<Item = (u32, &[u32])> {
        self.order.iter().enumerate().rev().map(|(at, &u)| {
            let start = if at == 0 { 0 } else { self.ends[at - 1] };
            (u, &self.successors[start..self.ends[at]])
        })
    }
}
