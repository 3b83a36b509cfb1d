//! The one graph type: directed or undirected, with or without weights, in compressed sparse rows (CSR).
//!
//! Row u of the *out* half lists the targets of u's edges in ascending order with their weights; row v of the *in* half
//! lists the sources. Both hold the same edges. In an undirected graph they are one: each row lists the neighbours.
//!
//! **Semantics.**
//! - *Parallel edges* are merged into one whose weight is their sum. Their weights are sorted before they are added, so
//!   that the sum does not depend on the order of rows. In an undirected graph (u, v) and (v, u) are parallel.
//! - *Self-loops* are kept. One counts once in its row (in a directed graph, once in each half) and once in strengths.
//!   An algorithm that reads it otherwise says so.
//! - *Isolates* are nodes like any other: a node without edges has empty rows and strength zero (an empty sum).
//! - *Weights* are finite and not negative, in whatever unit the caller chose. A weight of zero is an edge (a reported
//!   zero is not a missing row); negative zero is read as zero. A graph without weights holds none, and each of its
//!   edges counts as 1, parallel ones together as 1.
//!
//! **Size.** At most 2³² − 1 nodes. The sum of all weights is at most half the largest `f64`, so that no sum of some of
//! them overflows, in whatever order.
//!
//! **Cost.** For n nodes and m rows, building takes O(n + m) time in parallel, less if rows are ordered by source and
//! then target, and O(k log k) for k parallel edges with weights. A directed graph takes 8 bytes an edge (24 with
//! weights) and 16 a node; an undirected one 8 (24) and 8. While it is built, another 8 (16) bytes an edge and 16 a
//! node are held beside it, twice that an edge if undirected; the columns are released on the way. Rows are slices; a
//! single weight is found by binary search.
//!
//! The layout is that of S. C. Eisenstat, M. C. Gursky, M. H. Schultz and A. H. Sherman (1982), "Yale sparse matrix
//! package I: the symmetric codes", *International Journal for Numerical Methods in Engineering* 18(8), 1145–1151.

use std::ops::Range;

use rayon::prelude::*;

use crate::error::Error;
use crate::names::{Interner, Names};
use crate::rows::{ByTarget, Rows, Weight};
use crate::slab::Slab;

/// How many rows and entries are worked on at a time, wherever nothing else is said.
pub(crate) const BLOCK: usize = 1 << 16;

/// Whether an edge leads one way or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From its source to its target.
    Directed,
    /// Between its two ends.
    Undirected,
}

/// Edges as columns of one length, in any order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EdgeColumns {
    /// Where each edge starts.
    pub sources: Vec<u32>,
    /// Where each edge ends.
    pub targets: Vec<u32>,
    /// The weight of each edge; `None` for a graph without weights.
    pub weights: Option<Vec<f64>>,
}

/// A graph with at most one edge for each pair of nodes: ordered pairs if it is directed.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    pub(crate) out_half: Half,
    /// `None` if the graph is undirected: the halves are one.
    pub(crate) in_half: Option<Half>,
    pub(crate) n_self_loops: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Half {
    pub(crate) rows: Rows<()>,
    pub(crate) weights: Option<Slab<f64>>,
}

impl Graph {
    /// Builds a graph of nodes `0..n_nodes` from edge columns.
    ///
    /// Fails on columns of different lengths; on an end that is not a node and on a weight that is NaN, infinite or
    /// negative, naming the first such edge; on more nodes than a `u32` counts; and on weights whose total could
    /// overflow.
    pub fn from_columns(direction: Direction, n_nodes: usize, edges: EdgeColumns) -> Result<Self, Error> {
        let n_nodes = u32::try_from(n_nodes).map_err(|_| Error::TooManyNodes { n_nodes })?;
        edges.check(n_nodes, |weight| weight.is_finite() && weight >= 0.0)?;
        let EdgeColumns { sources, targets, weights } = edges;
        if let Some(mut weights) = weights {
            // Turns negative zero into zero, and changes nothing else.
            weights.par_iter_mut().for_each(|weight| *weight += 0.0);
            Self::build(direction, n_nodes, sources, targets, weights)
        } else {
            let weights = vec![(); sources.len()];
            Self::build(direction, n_nodes, sources, targets, weights)
        }
    }

    /// Builds a directed graph of nodes `0..n_nodes` from edges (source, target, weight), in any order.
    ///
    /// Fails as [`Graph::from_columns`] does.
    pub fn from_edges(n_nodes: usize, edges: &[(u32, u32, f64)]) -> Result<Self, Error> {
        let columns = EdgeColumns {
            sources: edges.iter().map(|edge| edge.0).collect(),
            targets: edges.iter().map(|edge| edge.1).collect(),
            weights: Some(edges.iter().map(|edge| edge.2).collect()),
        };
        Self::from_columns(Direction::Directed, n_nodes, columns)
    }

    /// Builds a directed graph, and the numbering of its nodes, from edges (source, target, weight) between names.
    ///
    /// The nodes are the names that occur, numbered as [`Names`] says. For nodes without edges, intern all names with
    /// [`Names::new`] and use [`Graph::from_edges`]. Fails as that does.
    pub fn from_named_edges<'a>(
        edges: impl IntoIterator<Item = (&'a str, &'a str, f64)>,
    ) -> Result<(Names, Self), Error> {
        let mut interner = Interner::default();
        let mut columns = EdgeColumns::default();
        let mut weights = Vec::new();
        for (source, target, weight) in edges {
            columns.sources.push(interner.intern(source)?);
            columns.targets.push(interner.intern(target)?);
            weights.push(weight);
        }
        let (names, ids) = interner.finish();
        for node in columns.sources.iter_mut().chain(&mut columns.targets) {
            *node = ids[*node as usize];
        }
        columns.weights = Some(weights);
        Ok((names, Self::from_columns(Direction::Directed, ids.len(), columns)?))
    }

    /// Whether edges lead one way.
    pub fn is_directed(&self) -> bool {
        self.in_half.is_some()
    }

    /// Whether edges have weights.
    pub fn is_weighted(&self) -> bool {
        self.out_half.weights.is_some()
    }

    /// How many nodes there are, isolates included.
    pub fn n_nodes(&self) -> u32 {
        self.out_half.rows.n_rows()
    }

    /// How many edges there are after merging, self-loops and edges of weight zero included. An undirected edge counts
    /// once.
    pub fn n_edges(&self) -> usize {
        let n_entries = self.out_half.rows.nodes.len();
        if self.is_directed() { n_entries } else { usize::midpoint(n_entries, self.n_self_loops) }
    }

    /// How many edges lead from a node to itself.
    pub fn n_self_loops(&self) -> usize {
        self.n_self_loops
    }

    /// The targets of u's edges, ascending.
    pub fn out_neighbors(&self, u: u32) -> &[u32] {
        self.out_half.rows.nodes(u)
    }

    /// The sources of the edges that reach u, ascending.
    pub fn in_neighbors(&self, u: u32) -> &[u32] {
        self.in_half().rows.nodes(u)
    }

    /// The weights of u's edges, in the order of [`Graph::out_neighbors`]; `None` if the graph has no weights.
    pub fn out_weights(&self, u: u32) -> Option<&[f64]> {
        self.out_half.weights(u)
    }

    /// The weights of the edges that reach u, in the order of [`Graph::in_neighbors`]; `None` if the graph has none.
    pub fn in_weights(&self, u: u32) -> Option<&[f64]> {
        self.in_half().weights(u)
    }

    /// The targets of u's edges with their weights (1 in a graph without), ascending by target.
    pub fn out_edges(&self, u: u32) -> impl Iterator<Item = (u32, f64)> + Clone {
        self.out_half.row(u)
    }

    /// The sources of the edges that reach u with their weights (1 in a graph without), ascending by source.
    pub fn in_edges(&self, u: u32) -> impl Iterator<Item = (u32, f64)> + Clone {
        self.in_half().row(u)
    }

    /// Every edge (source, target, weight), ascending by source and then target; an undirected edge once, from its
    /// smaller end. Weights are 1 in a graph without.
    pub fn edges(&self) -> impl Iterator<Item = (u32, u32, f64)> {
        (0..self.n_nodes()).flat_map(move |u| {
            self.out_edges(u)
                .filter(move |&(v, _)| self.is_directed() || u <= v)
                .map(move |(v, weight)| (u, v, weight))
        })
    }

    /// The weight of the edge from u to v (1 in a graph without weights), or `None` if there is no such edge.
    pub fn weight(&self, u: u32, v: u32) -> Option<f64> {
        assert!(v < self.n_nodes(), "node {v} is not among the {} nodes", self.n_nodes());
        let position = self.out_neighbors(u).binary_search(&v).ok()?;
        Some(self.out_weights(u).map_or(1.0, |weights| weights[position]))
    }

    /// The sum of the weights of u's edges, self-loop included once; their number in a graph without weights.
    pub fn out_strength(&self, u: u32) -> f64 {
        self.out_half.strength(u)
    }

    /// The sum of the weights of the edges that reach u, self-loop included once; their number in a graph without
    /// weights.
    pub fn in_strength(&self, u: u32) -> f64 {
        self.in_half().strength(u)
    }

    /// The sum of all weights, self-loops included; an undirected edge counts once. The number of edges in a graph
    /// without weights.
    pub fn total_weight(&self) -> f64 {
        let Some(weights) = &self.out_half.weights else { return self.n_edges() as f64 };
        let rows = &self.out_half.rows;
        let of_block = |block: &Range<u32>| {
            if self.is_directed() {
                return sum(weights[rows.span(block)].iter().copied());
            }
            sum(block.clone().flat_map(|u| self.out_edges(u).filter(move |&(v, _)| u <= v)).map(|(_, w)| w))
        };
        sum(self.out_blocks(BLOCK).par_iter().map(of_block).collect::<Vec<_>>().into_iter())
    }

    /// The rows of out-edges.
    pub(crate) fn out_rows(&self) -> &Rows<()> {
        &self.out_half.rows
    }

    /// The rows of in-edges; those of out-edges if the graph is undirected.
    pub(crate) fn in_rows(&self) -> &Rows<()> {
        &self.in_half().rows
    }

    /// The weights of all out-edges, beside the nodes of [`Graph::out_rows`].
    pub(crate) fn all_out_weights(&self) -> Option<&[f64]> {
        self.out_half.weights.as_deref()
    }

    /// The weights of all in-edges, beside the nodes of [`Graph::in_rows`].
    pub(crate) fn all_in_weights(&self) -> Option<&[f64]> {
        self.in_half().weights.as_deref()
    }

    fn out_blocks(&self, size: usize) -> Vec<Range<u32>> {
        self.out_half.rows.blocks(size)
    }

    fn in_half(&self) -> &Half {
        self.in_half.as_ref().unwrap_or(&self.out_half)
    }

    fn build<W: Weight>(
        direction: Direction,
        n_nodes: u32,
        sources: Vec<u32>,
        targets: Vec<u32>,
        weights: Vec<W>,
    ) -> Result<Self, Error>
    where
        Half: From<Rows<W>>,
    {
        let both_ways = direction == Direction::Undirected;
        let mut scratch = Vec::new();
        let mut out_rows = if !both_ways && is_ascending(&sources, &targets) {
            Rows::of_ascending(n_nodes, &sources, targets, weights)
        } else {
            let by_target = ByTarget { sources, targets, weights, both_ways };
            Rows::sort(n_nodes, by_target, &mut scratch).transposed(&mut scratch)
        };
        out_rows.merge_parallel();
        let in_half = (!both_ways).then(|| Half::from(out_rows.transpose(&mut scratch)));
        drop(scratch);
        let out_half = Half::from(out_rows);
        let loops = |u: &u32| out_half.rows.nodes(*u).binary_search(u).is_ok();
        let n_self_loops = (0..n_nodes).into_par_iter().filter(loops).count();
        let graph = Self { out_half, in_half, n_self_loops };
        // Of what is merged, so that the answer does not depend on the order of rows either.
        if graph.is_weighted() && graph.total_weight() > f64::MAX / 2.0 {
            return Err(Error::TotalTooLarge);
        }
        Ok(graph)
    }
}

/// Whether edges are ordered by source and then target, as files often are.
pub(crate) fn is_ascending(sources: &[u32], targets: &[u32]) -> bool {
    let key = |row: usize| (u64::from(sources[row]) << 32) | u64::from(targets[row]);
    let n_pairs = sources.len().saturating_sub(1);
    (0..n_pairs.div_ceil(BLOCK))
        .into_par_iter()
        .all(|block| (block * BLOCK..((block + 1) * BLOCK).min(n_pairs)).all(|row| key(row) <= key(row + 1)))
}

impl EdgeColumns {
    /// What [`Graph::from_columns`] refuses, but for negative weights.
    pub(crate) fn check_signed(&self, n_nodes: usize) -> Result<(), Error> {
        let n_nodes = u32::try_from(n_nodes).map_err(|_| Error::TooManyNodes { n_nodes })?;
        self.check(n_nodes, f64::is_finite)
    }

    fn check(&self, n_nodes: u32, good: impl Fn(f64) -> bool + Sync) -> Result<(), Error> {
        let Self { sources, targets, weights } = self;
        let n_weights = weights.as_ref().map_or(sources.len(), Vec::len);
        if sources.len() != targets.len() || sources.len() != n_weights {
            let n_weights = weights.as_ref().map(Vec::len);
            return Err(Error::RaggedColumns {
                n_sources: sources.len(),
                n_targets: targets.len(),
                n_weights,
            });
        }
        let check_block = |first: usize| {
            let rows = first..(first + BLOCK).min(sources.len());
            // The common case has no early exit, so that it is compared many at a time.
            let largest = |nodes: &[u32]| nodes.iter().fold(0, |largest, &node| largest.max(node));
            if largest(&sources[rows.clone()]).max(largest(&targets[rows.clone()])) < n_nodes
                && weights.as_ref().is_none_or(|weights| weights[rows.clone()].iter().all(|&w| good(w)))
            {
                return None;
            }
            rows.clone().find_map(|edge| {
                let ends = [sources[edge], targets[edge]];
                if let Some(&node) = ends.iter().find(|&&node| node >= n_nodes) {
                    return Some(Error::NodeOutOfRange { edge, node, n_nodes });
                }
                let weight = weights.as_ref().map_or(1.0, |weights| weights[edge]);
                (!good(weight)).then_some(Error::BadWeight { edge, weight })
            })
        };
        let n_blocks = sources.len().div_ceil(BLOCK);
        let first_error = (0..n_blocks).into_par_iter().find_map_first(|block| check_block(block * BLOCK));
        first_error.map_or(Ok(()), Err)
    }
}

impl Half {
    pub(crate) fn weights(&self, u: u32) -> Option<&[f64]> {
        self.weights.as_ref().map(|weights| &weights[self.rows.range(u)])
    }

    fn row(&self, u: u32) -> impl Iterator<Item = (u32, f64)> + Clone {
        let weights = self.weights(u);
        let weight = move |position: usize| weights.map_or(1.0, |weights| weights[position]);
        self.rows.nodes(u).iter().enumerate().map(move |(position, &node)| (node, weight(position)))
    }

    fn strength(&self, u: u32) -> f64 {
        match self.weights(u) {
            Some(weights) => sum(weights.iter().copied()),
            None => self.rows.nodes(u).len() as f64,
        }
    }
}

impl From<Rows<()>> for Half {
    fn from(rows: Rows<()>) -> Self {
        Self { rows, weights: None }
    }
}

impl From<Rows<f64>> for Half {
    fn from(rows: Rows<f64>) -> Self {
        let Rows { offsets, nodes, weights } = rows;
        let without = vec![(); nodes.len()];
        Self { rows: Rows { offsets, nodes, weights: without }, weights: Some(weights.into()) }
    }
}

/// Adds in the order given. `Iterator::sum` makes negative zero of nothing; the strength of an isolate is zero.
pub(crate) fn sum(terms: impl Iterator<Item = f64>) -> f64 {
    terms.fold(0.0, |total, term| total + term)
}
