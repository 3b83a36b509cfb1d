//! Ties of several layers, verbs and times, and views of them.
//!
//! **Shape.** A [`Layered`] network holds *ties*: what one node did to another, in a layer (a platform, a kind of
//! network), by a verb (retweet, reply), at a time, each an integer whose meaning is the caller's; every one of these
//! columns may be missing. Ties lie in compressed rows by source, ascending by target, layer, verb, time and sign. A
//! [`View`] is a choice of ties: by layers, verbs, a window of time and a set of nodes. It holds the choice alone, and
//! no tie.
//!
//! **Semantics.** *Parallel rows* that agree in layer, verb and time are one tie, whose weight is their sum, added in
//! ascending order; those of opposite signs do not cancel, and are two ties. Rows that differ in any of these are ties
//! apart, and become one edge only in the [`Graph`] that is made of a view, where their weights add up. If the network
//! is *undirected*, a tie is held once, from its smaller end. A *window* is half-open: from a time, until another. A
//! *set of nodes* keeps the ties that have both ends in it. A column that is *missing* counts as 0 throughout.
//!
//! **Cost.** A tie takes 4 bytes, and another 8 for a weight, 4 for a layer, 4 for a verb and 8 for a time, if there
//! are such columns; a node takes 8. Building sorts rows as [`Graph`] does, twice, in O(n + m) time and in parallel,
//! unless they are in order, and takes O(k log k) for k parallel ones; it holds 32 bytes a row in each of two copies
//! beside what is given. A view takes a few words, and a bit a node if it has a set of nodes. To make a graph of one
//! takes a pass over all ties in parallel and memory for the ties chosen alone: 8 bytes each for their ends (16 with
//! weights) beside what [`Graph::from_columns`] takes; they come in order, so that nothing is sorted for the first
//! half.
//!
//! M. Kivelä, A. Arenas, M. Barthelemy, J. P. Gleeson, Y. Moreno and M. A. Porter (2014), "Multilayer networks",
//! *Journal of Complex Networks* 2(3), 203–271.

use std::ops::Range;

use rayon::prelude::*;

use crate::csr::{BLOCK, Direction, EdgeColumns, Graph, is_ascending, sum};
use crate::error::Error;
use crate::rows::{CHUNK, Entries, Rows, Weight};

/// Rows of a layered network as columns of one length, in any order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TieColumns {
    /// Their ends and weights; these may be negative.
    pub edges: EdgeColumns,
    /// In which layer each is; `None` if there is but one.
    pub layers: Option<Vec<u32>>,
    /// By which verb each is; `None` if there is but one.
    pub verbs: Option<Vec<u32>>,
    /// When each was, in whatever unit the caller chose; `None` if nobody knows.
    pub times: Option<Vec<i64>>,
}

/// Ties with layers, verbs and times.
#[derive(Debug, Clone, PartialEq)]
pub struct Layered {
    direction: Direction,
    /// The ties of source u are `offsets[u]..offsets[u + 1]`; sources are not held.
    offsets: Vec<usize>,
    /// Ends, without sources, and what else is known.
    columns: TieColumns,
}

/// A tie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tie {
    /// Where it starts; its smaller end if it is undirected.
    pub source: u32,
    /// Where it ends.
    pub target: u32,
    /// What it weighs; 1 without weights.
    pub weight: f64,
    /// Its layer.
    pub layer: u32,
    /// Its verb.
    pub verb: u32,
    /// Its time.
    pub time: i64,
}

impl Layered {
    /// Builds a network of nodes `0..n_nodes` from rows.
    ///
    /// Fails on columns of different lengths; on an end that is not a node and on a weight that is not finite, naming
    /// the first such row; and on more nodes than a `u32` counts.
    pub fn from_columns(direction: Direction, n_nodes: usize, rows: &TieColumns) -> Result<Self, Error> {
        let n_rows = rows.edges.sources.len();
        let lengths = [
            ("layers", rows.layers.as_ref().map(Vec::len)),
            ("verbs", rows.verbs.as_ref().map(Vec::len)),
            ("times", rows.times.as_ref().map(Vec::len)),
        ];
        for (column, length) in lengths {
            if let Some(length) = length.filter(|&length| length != n_rows) {
                return Err(Error::RaggedAttribute { column, length, n_rows });
            }
        }
        rows.edges.check_signed(n_nodes)?;
        let TieColumns { edges: EdgeColumns { sources, targets, .. }, .. } = rows;
        let mut ties = if direction == Direction::Directed && is_ascending(sources, targets) {
            let attributes = (0..n_rows).into_par_iter().map(|row| rows.attributes(row)).collect();
            Rows::of_ascending(n_nodes as u32, sources, targets.clone(), attributes)
        } else {
            let mut scratch = Vec::new();
            let by_target = ByTarget { direction, rows };
            Rows::sort(n_nodes as u32, by_target, &mut scratch).transposed(&mut scratch)
        };
        ties.merge_parallel();
        let Rows { offsets, nodes: targets, weights: attributes } = ties;
        let columns = TieColumns {
            edges: EdgeColumns {
                sources: Vec::new(),
                targets: targets.into_vec(),
                weights: column(rows.edges.weights.as_ref(), &attributes, |tie| tie.weight),
            },
            layers: column(rows.layers.as_ref(), &attributes, |tie| tie.layer),
            verbs: column(rows.verbs.as_ref(), &attributes, |tie| tie.verb),
            times: column(rows.times.as_ref(), &attributes, |tie| tie.time),
        };
        Ok(Self { direction, offsets: offsets.into_vec(), columns })
    }

    /// Whether ties lead one way or both.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// How many nodes there are, those without ties included.
    pub fn n_nodes(&self) -> u32 {
        (self.offsets.len() - 1) as u32
    }

    /// How many ties there are.
    pub fn n_ties(&self) -> usize {
        self.columns.edges.targets.len()
    }

    /// Every tie.
    pub fn view(&self) -> View<'_> {
        View { network: self, layers: None, verbs: None, from: None, until: None, nodes: None }
    }

    /// The ties of consecutive sources, in order.
    fn ties(&self, sources: Range<u32>) -> impl Iterator<Item = Tie> {
        let TieColumns { edges, layers, verbs, times } = &self.columns;
        sources.flat_map(move |source| {
            (self.offsets[source as usize]..self.offsets[source as usize + 1]).map(move |at| Tie {
                source,
                target: edges.targets[at],
                weight: edges.weights.as_ref().map_or(1.0, |weights| weights[at]),
                layer: layers.as_ref().map_or(0, |layers| layers[at]),
                verb: verbs.as_ref().map_or(0, |verbs| verbs[at]),
                time: times.as_ref().map_or(0, |times| times[at]),
            })
        })
    }

    /// Sources in blocks of about as many ties each.
    fn blocks(&self) -> Vec<Range<u32>> {
        let n_nodes = self.n_nodes();
        let mut blocks = Vec::new();
        let mut first = 0;
        for node in 1..=n_nodes {
            let size = self.offsets[node as usize] - self.offsets[first as usize] + (node - first) as usize;
            if size >= BLOCK || node == n_nodes {
                blocks.push(first..node);
                first = node;
            }
        }
        blocks
    }
}

/// What a row says beside its ends. It is sorted along with them: to look it up afterwards is a miss of the cache a
/// row.
#[derive(Debug, Clone, Copy, Default)]
struct Attributes {
    weight: f64,
    time: i64,
    layer: u32,
    verb: u32,
}

impl Attributes {
    /// Parallel rows are one tie if they agree in it; signs apart.
    fn cell(&self) -> (u32, u32, i64, bool) {
        (self.layer, self.verb, self.time, self.weight < 0.0)
    }
}

impl Weight for Attributes {
    fn merge(parallel: &mut [Self]) -> usize {
        parallel.sort_unstable_by(|a, b| a.cell().cmp(&b.cell()).then(a.weight.total_cmp(&b.weight)));
        let (mut merged, mut at) = (0, 0);
        while at < parallel.len() {
            let tie = parallel[at];
            let length = parallel[at..].iter().take_while(|row| row.cell() == tie.cell()).count();
            let weight = sum(parallel[at..at + length].iter().map(|row| row.weight));
            parallel[merged] = Self { weight, ..tie };
            merged += 1;
            at += length;
        }
        merged
    }
}

/// Rows read as (target, source), undirected ones from their smaller end, so that sorting and transposing yields ties
/// by source.
struct ByTarget<'a> {
    direction: Direction,
    rows: &'a TieColumns,
}

impl Entries<Attributes> for ByTarget<'_> {
    fn n_chunks(&self) -> usize {
        self.rows.edges.sources.len().div_ceil(CHUNK)
    }

    fn for_each(&self, chunk: usize, mut visit: impl FnMut(u32, u32, Attributes)) {
        let EdgeColumns { sources, targets, .. } = &self.rows.edges;
        for row in chunk * CHUNK..((chunk + 1) * CHUNK).min(sources.len()) {
            let (source, target) = (sources[row], targets[row]);
            let attributes = self.rows.attributes(row);
            match self.direction {
                Direction::Directed => visit(target, source, attributes),
                Direction::Undirected => visit(source.max(target), source.min(target), attributes),
            }
        }
    }
}

impl TieColumns {
    fn attributes(&self, row: usize) -> Attributes {
        Attributes {
            // Turns negative zero into zero, and changes nothing else.
            weight: self.edges.weights.as_ref().map_or(1.0, |weights| weights[row]) + 0.0,
            time: self.times.as_ref().map_or(0, |times| times[row]),
            layer: self.layers.as_ref().map_or(0, |layers| layers[row]),
            verb: self.verbs.as_ref().map_or(0, |verbs| verbs[row]),
        }
    }
}

/// A column of the ties, if there was one of the rows.
fn column<T: Send>(
    given: Option<&Vec<T>>,
    ties: &[Attributes],
    value: impl Fn(&Attributes) -> T + Sync + Send,
) -> Option<Vec<T>> {
    given.map(|_| ties.par_iter().map(value).collect())
}

/// A choice of ties. Choices add up: a tie has to fulfil all of them, and the last of a kind replaces the one before.
#[derive(Debug, Clone)]
pub struct View<'a> {
    network: &'a Layered,
    layers: Option<Vec<u32>>,
    verbs: Option<Vec<u32>>,
    from: Option<i64>,
    until: Option<i64>,
    /// A bit for each node.
    nodes: Option<Vec<u64>>,
}

impl View<'_> {
    /// Only ties of these layers.
    #[must_use]
    pub fn layers(self, layers: &[u32]) -> Self {
        Self { layers: Some(layers.to_vec()), ..self }
    }

    /// Only ties by these verbs.
    #[must_use]
    pub fn verbs(self, verbs: &[u32]) -> Self {
        Self { verbs: Some(verbs.to_vec()), ..self }
    }

    /// Only ties from a time on.
    #[must_use]
    pub fn from(self, time: i64) -> Self {
        Self { from: Some(time), ..self }
    }

    /// Only ties before a time.
    #[must_use]
    pub fn until(self, time: i64) -> Self {
        Self { until: Some(time), ..self }
    }

    /// Only ties between these nodes.
    #[must_use]
    pub fn nodes(self, nodes: &[u32]) -> Self {
        let n_nodes = self.network.n_nodes();
        let mut bits = vec![0; (n_nodes as usize).div_ceil(64)];
        for &node in nodes {
            assert!(node < n_nodes, "node {node} is not among the {n_nodes} nodes");
            bits[node as usize / 64] |= 1 << (node % 64);
        }
        Self { nodes: Some(bits), ..self }
    }

    fn has_node(&self, node: u32) -> bool {
        self.nodes.as_ref().is_none_or(|bits| bits[node as usize / 64] & (1 << (node % 64)) != 0)
    }

    fn has(&self, tie: &Tie) -> bool {
        self.layers.as_ref().is_none_or(|layers| layers.contains(&tie.layer))
            && self.verbs.as_ref().is_none_or(|verbs| verbs.contains(&tie.verb))
            && self.from.is_none_or(|from| from <= tie.time)
            && self.until.is_none_or(|until| tie.time < until)
            && self.has_node(tie.source)
            && self.has_node(tie.target)
    }

    /// The ties chosen, ascending by source, target, layer, verb and time.
    pub fn ties(&self) -> impl Iterator<Item = Tie> {
        self.network.ties(0..self.network.n_nodes()).filter(|tie| self.has(tie))
    }

    /// How many ties are chosen.
    pub fn n_ties(&self) -> usize {
        let blocks = self.network.blocks();
        blocks.into_par_iter().map(|block| self.network.ties(block).filter(|tie| self.has(tie)).count()).sum()
    }

    /// The ends and weights of the ties chosen, in order. For [`SignedGraph`](crate::SignedGraph).
    pub fn columns(&self) -> EdgeColumns {
        let is_weighted = self.network.columns.edges.weights.is_some();
        let parts: Vec<EdgeColumns> = self
            .network
            .blocks()
            .into_par_iter()
            .map(|block| {
                let mut part = EdgeColumns::default();
                let mut weights = Vec::new();
                for tie in self.network.ties(block).filter(|tie| self.has(tie)) {
                    part.sources.push(tie.source);
                    part.targets.push(tie.target);
                    if is_weighted {
                        weights.push(tie.weight);
                    }
                }
                part.weights = is_weighted.then_some(weights);
                part
            })
            .collect();
        let n_ties = parts.iter().map(|part| part.sources.len()).sum();
        let mut columns = EdgeColumns {
            sources: Vec::with_capacity(n_ties),
            targets: Vec::with_capacity(n_ties),
            weights: is_weighted.then(|| Vec::with_capacity(n_ties)),
        };
        for part in parts {
            columns.sources.extend(part.sources);
            columns.targets.extend(part.targets);
            if let (Some(all), Some(weights)) = (&mut columns.weights, part.weights) {
                all.extend(weights);
            }
        }
        columns
    }

    /// The graph of the ties chosen. Nodes keep their numbers; those without such ties are isolates.
    ///
    /// Fails as [`Graph::from_columns`] does: on a negative weight, and on weights whose total could overflow.
    pub fn graph(&self) -> Result<Graph, Error> {
        Graph::from_columns(self.network.direction, self.network.n_nodes() as usize, self.columns())
    }

    /// The graph of the ties chosen between the nodes chosen, or all if none are, without other nodes; and which node
    /// each of its nodes was, ascending. Fails as [`View::graph`] does.
    pub fn subgraph(&self) -> Result<(Graph, Vec<u32>), Error> {
        let nodes: Vec<u32> = (0..self.network.n_nodes()).filter(|&node| self.has_node(node)).collect();
        let mut columns = self.columns();
        let mut numbers = vec![0; self.network.n_nodes() as usize];
        for (number, &node) in (0..).zip(&nodes) {
            numbers[node as usize] = number;
        }
        for column in [&mut columns.sources, &mut columns.targets] {
            column.par_iter_mut().for_each(|node| *node = numbers[*node as usize]);
        }
        Ok((Graph::from_columns(self.network.direction, nodes.len(), columns)?, nodes))
    }
}
