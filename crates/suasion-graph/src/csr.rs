//! The one graph type: directed, weighted, in compressed sparse rows (CSR) both ways.
//!
//! Row u of the *out* half lists the targets of u's edges in ascending order with their weights; row v of the *in* half
//! lists the sources. Both hold the same edges.
//!
//! **Semantics.**
//! - *Direction.* Edges are directed. An undirected tie is two edges, one each way.
//! - *Parallel edges* are merged into one whose weight is their sum. Their weights are sorted before they are added, so
//!   that the sum does not depend on the order of rows.
//! - *Self-loops* are kept. One counts once among the out-edges and once among the in-edges of its node, and is part of
//!   both strengths. An algorithm to which they mean nothing says that it skips them.
//! - *Isolates* are nodes like any other: a node without edges has empty rows and strength zero (an empty sum).
//! - *Weights* are finite and not negative, in whatever unit the caller chose. A weight of zero is an edge (a reported
//!   zero is not a missing row); negative zero is read as zero.
//!
//! **Size.** At most 2³² − 1 nodes. The sum of all weights is at most half the largest `f64`, so that no sum of some of
//! them overflows, in whatever order.
//!
//! **Cost.** For n nodes and m rows, building takes O(n + m log m) time; the graph takes 24 bytes an edge and 16 a node.
//! Rows are slices; a single weight is found by binary search.
//!
//! The layout is that of S. C. Eisenstat, M. C. Gursky, M. H. Schultz and A. H. Sherman (1982), "Yale sparse matrix
//! package I: the symmetric codes", *International Journal for Numerical Methods in Engineering* 18(8), 1145–1151.

use crate::error::Error;
use crate::names::{Interner, Names};

/// A directed graph with weighted edges, at most one for each ordered pair of nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    out_rows: Csr,
    in_rows: Csr,
}

impl Graph {
    /// Builds a graph of nodes `0..n_nodes` from edges (source, target, weight), in any order.
    ///
    /// Fails on a weight that is NaN, infinite or negative and on an end that is not a node, naming the first such edge;
    /// on more nodes than a `u32` counts; and on weights whose total could overflow.
    pub fn from_edges(n_nodes: usize, edges: &[(u32, u32, f64)]) -> Result<Self, Error> {
        let n_nodes = u32::try_from(n_nodes).map_err(|_| Error::TooManyNodes { n_nodes })?;
        let mut rows = Vec::with_capacity(edges.len());
        for (edge, &(source, target, weight)) in edges.iter().enumerate() {
            if let Some(&node) = [source, target].iter().find(|&&node| node >= n_nodes) {
                return Err(Error::NodeOutOfRange { edge, node, n_nodes });
            }
            rows.push((source, target, checked_weight(edge, weight)?));
        }
        Self::from_checked(n_nodes, rows)
    }

    /// Builds a graph, and the numbering of its nodes, from edges (source, target, weight) between names.
    ///
    /// The nodes are the names that occur, numbered as [`Names`] says. For nodes without edges, intern all names with
    /// [`Names::new`] and use [`Graph::from_edges`]. Fails as that does.
    pub fn from_named_edges<'a>(
        edges: impl IntoIterator<Item = (&'a str, &'a str, f64)>,
    ) -> Result<(Names, Self), Error> {
        let mut interner = Interner::default();
        let mut rows = Vec::new();
        for (edge, (source, target, weight)) in edges.into_iter().enumerate() {
            let weight = checked_weight(edge, weight)?;
            rows.push((interner.intern(source)?, interner.intern(target)?, weight));
        }
        let (names, ids) = interner.finish();
        for (source, target, _) in &mut rows {
            *source = ids[*source as usize];
            *target = ids[*target as usize];
        }
        let graph = Self::from_checked(ids.len() as u32, rows)?;
        Ok((names, graph))
    }

    /// How many nodes there are, isolates included.
    pub fn n_nodes(&self) -> u32 {
        (self.out_rows.offsets.len() - 1) as u32
    }

    /// How many edges there are after merging, self-loops and edges of weight zero included.
    pub fn n_edges(&self) -> usize {
        self.out_rows.nodes.len()
    }

    /// The targets of u's edges, ascending.
    pub fn out_neighbors(&self, u: u32) -> &[u32] {
        self.out_rows.nodes(u)
    }

    /// The sources of the edges that reach u, ascending.
    pub fn in_neighbors(&self, u: u32) -> &[u32] {
        self.in_rows.nodes(u)
    }

    /// The weights of u's edges, in the order of [`Graph::out_neighbors`].
    pub fn out_weights(&self, u: u32) -> &[f64] {
        self.out_rows.weights(u)
    }

    /// The weights of the edges that reach u, in the order of [`Graph::in_neighbors`].
    pub fn in_weights(&self, u: u32) -> &[f64] {
        self.in_rows.weights(u)
    }

    /// The targets of u's edges with their weights, ascending by target.
    pub fn out_edges(&self, u: u32) -> impl Iterator<Item = (u32, f64)> + Clone {
        self.out_rows.row(u)
    }

    /// The sources of the edges that reach u with their weights, ascending by source.
    pub fn in_edges(&self, u: u32) -> impl Iterator<Item = (u32, f64)> + Clone {
        self.in_rows.row(u)
    }

    /// Every edge (source, target, weight), ascending by source and then target.
    pub fn edges(&self) -> impl Iterator<Item = (u32, u32, f64)> {
        (0..self.n_nodes()).flat_map(|u| self.out_edges(u).map(move |(v, weight)| (u, v, weight)))
    }

    /// The weight of the edge from u to v, or `None` if there is none.
    pub fn weight(&self, u: u32, v: u32) -> Option<f64> {
        assert!(v < self.n_nodes(), "node {v} is not among the {} nodes", self.n_nodes());
        let position = self.out_neighbors(u).binary_search(&v).ok()?;
        Some(self.out_weights(u)[position])
    }

    /// The sum of the weights of u's edges, self-loop included.
    pub fn out_strength(&self, u: u32) -> f64 {
        sum(self.out_weights(u).iter().copied())
    }

    /// The sum of the weights of the edges that reach u, self-loop included.
    pub fn in_strength(&self, u: u32) -> f64 {
        sum(self.in_weights(u).iter().copied())
    }

    /// The sum of all weights, self-loops included.
    pub fn total_weight(&self) -> f64 {
        sum(self.out_rows.weights.iter().copied())
    }

    /// Sorts and merges rows whose ends and weights have been checked.
    fn from_checked(n_nodes: u32, mut rows: Vec<(u32, u32, f64)>) -> Result<Self, Error> {
        rows.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| a.2.total_cmp(&b.2)));
        rows.dedup_by(|next, kept| {
            let parallel = (next.0, next.1) == (kept.0, kept.1);
            if parallel {
                kept.2 += next.2;
            }
            parallel
        });
        // Merged first, so that the answer does not depend on the order of rows either.
        if sum(rows.iter().map(|row| row.2)) > f64::MAX / 2.0 {
            return Err(Error::TotalTooLarge);
        }
        let in_rows =
            Csr::scatter(n_nodes, rows.iter().map(|&(source, target, weight)| (target, source, weight)));
        let out_rows = Csr::scatter(n_nodes, rows.iter().copied());
        Ok(Self { out_rows, in_rows })
    }
}

/// Adds in the order given. `Iterator::sum` makes negative zero of nothing; the strength of an isolate is zero.
pub(crate) fn sum(terms: impl Iterator<Item = f64>) -> f64 {
    terms.fold(0.0, |total, term| total + term)
}

fn checked_weight(edge: usize, weight: f64) -> Result<f64, Error> {
    if weight.is_finite() && weight >= 0.0 {
        // Turns negative zero into zero, and changes nothing else.
        Ok(weight + 0.0)
    } else {
        Err(Error::BadWeight { edge, weight })
    }
}

/// One direction: row u holds `nodes[offsets[u]..offsets[u + 1]]` and the weights beside them.
#[derive(Debug, Clone, PartialEq)]
struct Csr {
    offsets: Vec<usize>,
    nodes: Vec<u32>,
    weights: Vec<f64>,
}

impl Csr {
    /// A stable counting sort of (row, node, weight) by row: within a row, the order of the input remains.
    fn scatter(n_nodes: u32, entries: impl ExactSizeIterator<Item = (u32, u32, f64)> + Clone) -> Self {
        let mut offsets = vec![0_usize; n_nodes as usize + 1];
        for (row, _, _) in entries.clone() {
            offsets[row as usize + 1] += 1;
        }
        for row in 1..offsets.len() {
            offsets[row] += offsets[row - 1];
        }
        let mut next = offsets.clone();
        let mut nodes = vec![0; entries.len()];
        let mut weights = vec![0.0; entries.len()];
        for (row, node, weight) in entries {
            let slot = &mut next[row as usize];
            nodes[*slot] = node;
            weights[*slot] = weight;
            *slot += 1;
        }
        Self { offsets, nodes, weights }
    }

    fn range(&self, u: u32) -> std::ops::Range<usize> {
        self.offsets[u as usize]..self.offsets[u as usize + 1]
    }

    fn nodes(&self, u: u32) -> &[u32] {
        &self.nodes[self.range(u)]
    }

    fn weights(&self, u: u32) -> &[f64] {
        &self.weights[self.range(u)]
    }

    fn row(&self, u: u32) -> impl Iterator<Item = (u32, f64)> + Clone {
        self.nodes(u).iter().copied().zip(self.weights(u).iter().copied())
    }
}
