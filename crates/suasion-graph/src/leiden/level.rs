//! The graph of one level, whose nodes are sets of nodes.

use std::iter::Peekable;
use std::ops::{Add, Range, Sub};

use rayon::prelude::*;

use super::near::Near;
use super::order::sorted;
use super::refinement::Refined;
use super::{FRESH, LeidenOptions, LeidenQuality};
use crate::csr::{self, Graph, sum};
use crate::idle::Idle;
use crate::rows::split;

/// What an edge without a weight weighs: one each way.
const BOTH_WAYS: f64 = 2.0;
/// Parts of fewer nodes than this on average have so few edges in common that adding them up saves less than it takes.
const FEW_EACH: usize = 8;

/// A graph whose nodes are sets of nodes. Edges lead both ways, and weigh what both ways weigh together.
pub(super) struct Level {
    offsets: Vec<usize>,
    /// Others only; each once, unless nothing was added up.
    nodes: Vec<u32>,
    /// Empty if all are [`BOTH_WAYS`].
    weights: Vec<f64>,
    pub(super) strengths: Vec<Strength>,
    /// What products of o and i are multiplied by: γ / M, or γ.
    pub(super) pull: f64,
    /// The mean weight.
    pub(super) mean: f64,
}

/// o and i of modularity; of the Potts model, how many nodes of the graph there are, twice.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Strength {
    out: f64,
    into: f64,
}

impl Add for Strength {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { out: self.out + other.out, into: self.into + other.into }
    }
}

impl Sub for Strength {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { out: self.out - other.out, into: self.into - other.into }
    }
}

/// Some rows of a level.
#[derive(Default)]
struct Rows {
    /// Where each row ends.
    ends: Vec<usize>,
    nodes: Vec<u32>,
    weights: Vec<f64>,
}

impl Rows {
    /// Ends a row.
    fn end(&mut self) {
        self.ends.push(self.nodes.len());
    }
}

/// The nodes of a graph by number of edges, so that what is looked at most lies together.
pub(super) fn by_degree(graph: &Graph) -> (Vec<u32>, Vec<u32>) {
    sorted((0..graph.n_nodes()).into_par_iter().map(|u| u64::MAX - n_edges(graph, u) as u64))
}

/// How many edges a node has, both ways of a directed one.
fn n_edges(graph: &Graph, u: u32) -> usize {
    let into = if graph.is_directed() { graph.in_neighbors(u).len() } else { 0 };
    graph.out_neighbors(u).len() + into
}

impl Level {
    /// The level whose nodes are those of the graph in another order, given with the rank of each.
    pub(super) fn new(graph: &Graph, (order, ranks): (&[u32], &[u32]), options: LeidenOptions) -> Self {
        let nodes = order.par_iter();
        let (strengths, total): (Vec<Strength>, f64) = match options.quality {
            LeidenQuality::Cpm => (nodes.map(|_| Strength { out: 1.0, into: 1.0 }).collect(), 1.0),
            LeidenQuality::Modularity => {
                let strength = |&u: &u32| {
                    // A loop of an undirected graph has two ends here.
                    let more = if graph.is_directed() { 0.0 } else { graph.weight(u, u).unwrap_or(0.0) };
                    Strength { out: graph.out_strength(u) + more, into: graph.in_strength(u) + more }
                };
                let strengths: Vec<Strength> = nodes.map(strength).collect();
                let total = sum(strengths.iter().map(|strength| strength.out));
                (strengths, total)
            }
        };
        let all_are_alike = !graph.is_directed() && !graph.is_weighted();
        let of_block = |block: &Range<usize>| {
            let mut rows = Rows::default();
            for &u in &order[block.clone()] {
                both_ways(graph, u, |v, weight| {
                    if v != u && weight > 0.0 {
                        rows.nodes.push(ranks[v as usize]);
                        if !all_are_alike {
                            rows.weights.push(weight);
                        }
                    }
                });
                rows.end();
            }
            rows
        };
        let sizes = order.iter().map(|&u| n_edges(graph, u));
        let pull = if total > 0.0 { options.resolution / total } else { 0.0 };
        Self::of_rows(blocks(sizes).par_iter().map(of_block).collect(), strengths, pull)
    }

    fn of_rows(rows: Vec<Rows>, strengths: Vec<Strength>, pull: f64) -> Self {
        let mut offsets = Vec::with_capacity(strengths.len() + 1);
        let mut first = 0;
        offsets.push(first);
        for rows in &rows {
            offsets.extend(rows.ends.iter().map(|end| first + end));
            first += rows.nodes.len();
        }
        let (mut nodes, mut weights) = (vec![0; first], Vec::new());
        let sizes: Vec<usize> = rows.iter().map(|rows| rows.nodes.len()).collect();
        let of_weights: Vec<usize> = rows.iter().map(|rows| rows.weights.len()).collect();
        weights.resize(of_weights.iter().sum(), 0.0);
        split(&mut nodes, &sizes).into_par_iter().zip(split(&mut weights, &of_weights)).zip(rows).for_each(
            |((nodes, weights), rows)| {
                nodes.copy_from_slice(&rows.nodes);
                weights.copy_from_slice(&rows.weights);
            },
        );
        let mean = if weights.is_empty() { BOTH_WAYS } else { sum(weights.iter().copied()) / first as f64 };
        Self { offsets, nodes, weights, strengths, pull, mean }
    }

    pub(super) fn n_nodes(&self) -> usize {
        self.strengths.len()
    }

    /// The others that a node is tied to.
    pub(super) fn others(&self, u: u32) -> &[u32] {
        &self.nodes[self.offsets[u as usize]..self.offsets[u as usize + 1]]
    }

    /// Visits the others that a node is tied to, and what the tie weighs.
    #[inline]
    pub(super) fn for_each(&self, u: u32, mut visit: impl FnMut(u32, f64)) {
        let others = self.others(u);
        if self.weights.is_empty() {
            for &v in others {
                visit(v, BOTH_WAYS);
            }
        } else {
            let weights = &self.weights[self.offsets[u as usize]..self.offsets[u as usize + 1]];
            for (&v, &weight) in others.iter().zip(weights) {
                visit(v, weight);
            }
        }
    }

    /// What chance would put between what has these strengths.
    pub(super) fn expected(&self, one: Strength, other: Strength) -> f64 {
        self.pull * (one.out * other.into + one.into * other.out)
    }

    /// Communities cut into connected ones, each labelled with its smallest node.
    pub(super) fn connected(&self, labels: &[u32]) -> Vec<u32> {
        let mut found = vec![FRESH; labels.len()];
        let mut reached = Vec::new();
        for first in 0..labels.len() as u32 {
            if found[first as usize] != FRESH {
                continue;
            }
            found[first as usize] = first;
            reached.push(first);
            while let Some(u) = reached.pop() {
                for &v in self.others(u) {
                    if found[v as usize] == FRESH && labels[v as usize] == labels[first as usize] {
                        found[v as usize] = first;
                        reached.push(v);
                    }
                }
            }
        }
        found
    }

    /// The level whose nodes are the parts.
    pub(super) fn merged(&self, parts: &Refined) -> Self {
        let idle = Idle::default();
        let n_parts = parts.n_parts();
        let strength = |part| {
            let members = parts.members(part).iter().map(|&u| self.strengths[u as usize]);
            members.fold(Strength::default(), Strength::add)
        };
        let n_isolates = self.offsets.windows(2).filter(|ends| ends[0] == ends[1]).count();
        let (n_small, n_large) = (self.n_nodes() - n_isolates, n_parts - n_isolates);
        let adds_up = !self.weights.is_empty() || n_large * FEW_EACH < n_small;
        let n_entries = |part| parts.members(part).iter().map(|&u| self.others(u).len()).sum::<usize>();
        let rows = blocks((0..n_parts).map(n_entries))
            .into_par_iter()
            .map(|block| {
                let mut rows = Rows::default();
                if !adds_up {
                    for part in block {
                        let others = parts.members(part).iter().flat_map(|&u| self.others(u));
                        let labels = others.map(|&v| parts.labels[v as usize]);
                        rows.nodes.extend(labels.filter(|&other| other as usize != part));
                        rows.end();
                    }
                    return rows;
                }
                idle.with(
                    || Near::new(n_parts),
                    |near| {
                        for part in block {
                            for &u in parts.members(part) {
                                self.for_each(u, |v, weight| near.add(parts.labels[v as usize], weight));
                            }
                            for &other in near.labels.iter().filter(|&&other| other as usize != part) {
                                rows.nodes.push(other);
                                rows.weights.push(near.weights[other as usize]);
                            }
                            rows.end();
                            near.clear();
                        }
                    },
                );
                rows
            })
            .collect();
        let strengths = (0..n_parts).into_par_iter().map(strength).collect();
        Self::of_rows(rows, strengths, self.pull)
    }
}

/// Consecutive nodes with about as many edges, given how many each has.
fn blocks(n_edges: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let (mut first, mut next, mut held) = (0, 0, 0);
    for n_edges in n_edges {
        held += n_edges + 1;
        next += 1;
        if held >= csr::BLOCK {
            blocks.push(first..next);
            (first, held) = (next, 0);
        }
    }
    blocks.push(first..next);
    blocks
}

/// Visits the nodes with an edge to or from u, ascending, with what both ways weigh.
fn both_ways(graph: &Graph, u: u32, mut visit: impl FnMut(u32, f64)) {
    let mut out = graph.out_edges(u).peekable();
    if !graph.is_directed() {
        return out.for_each(|(v, weight)| visit(v, BOTH_WAYS * weight));
    }
    let mut into = graph.in_edges(u).peekable();
    while let Some(v) = [out.peek(), into.peek()].into_iter().flatten().map(|&(v, _)| v).min() {
        visit(v, taken(&mut out, v) + taken(&mut into, v));
    }
}

/// The weight of the next edge if it is that to v, which is then passed.
fn taken(edges: &mut Peekable<impl Iterator<Item = (u32, f64)>>, v: u32) -> f64 {
    edges.next_if(|edge| edge.0 == v).map_or(0.0, |edge| edge.1)
}
