//! The graph of one level, whose nodes are sets of nodes.

use std::iter::Peekable;
use std::ops::Range;

use rayon::prelude::*;

use super::near::Near;
use super::refinement::Refined;
use super::{FRESH, LeidenOptions, LeidenQuality, TASK};
use crate::csr::{self, Graph, sum};
use crate::idle::Idle;

/// A graph whose nodes are sets of nodes. Edges lead both ways, and weigh what both ways weigh together.
#[derive(Clone)]
pub(super) struct Level {
    offsets: Vec<usize>,
    /// Others only, each once.
    nodes: Vec<u32>,
    /// Empty if all are 2: one each way.
    weights: Vec<f64>,
    /// o and i of modularity; of the Potts model, how many nodes of the graph there are.
    pub(super) out: Vec<f64>,
    pub(super) into: Vec<f64>,
    /// What products of o and i are multiplied by: γ / M, or γ.
    pub(super) pull: f64,
    /// The mean weight.
    pub(super) mean: f64,
}

/// Some rows of a level.
#[derive(Default)]
struct Rows {
    lengths: Vec<usize>,
    nodes: Vec<u32>,
    weights: Vec<f64>,
}

impl Level {
    pub(super) fn new(graph: &Graph, options: LeidenOptions) -> Self {
        let nodes = || (0..graph.n_nodes()).into_par_iter();
        let (out, into, total) = match options.quality {
            LeidenQuality::Cpm => {
                let ones = vec![1.0; graph.n_nodes() as usize];
                (ones.clone(), ones, 1.0)
            }
            LeidenQuality::Modularity => {
                // A loop of an undirected graph has two ends here.
                let more = |u| if graph.is_directed() { 0.0 } else { graph.weight(u, u).unwrap_or(0.0) };
                let out: Vec<f64> = nodes().map(|u| graph.out_strength(u) + more(u)).collect();
                let total = sum(out.iter().copied());
                (out, nodes().map(|u| graph.in_strength(u) + more(u)).collect(), total)
            }
        };
        let all_are_two = !graph.is_directed() && !graph.is_weighted();
        let blocks = graph.out_rows().blocks(csr::BLOCK);
        let of_block = |block: &Range<u32>| {
            let mut rows = Rows::default();
            for u in block.clone() {
                let before = rows.nodes.len();
                both_ways(graph, u, |v, weight| {
                    if v != u && weight > 0.0 {
                        rows.nodes.push(v);
                        if !all_are_two {
                            rows.weights.push(weight);
                        }
                    }
                });
                rows.lengths.push(rows.nodes.len() - before);
            }
            rows
        };
        let pull = if total > 0.0 { options.resolution / total } else { 0.0 };
        Self::of_rows(blocks.par_iter().map(of_block).collect(), out, into, pull)
    }

    fn of_rows(rows: Vec<Rows>, out: Vec<f64>, into: Vec<f64>, pull: f64) -> Self {
        let mut offsets = Vec::with_capacity(out.len() + 1);
        let mut end = 0;
        offsets.push(end);
        for length in rows.iter().flat_map(|rows| &rows.lengths) {
            end += length;
            offsets.push(end);
        }
        let mut nodes = Vec::with_capacity(end);
        let mut weights = Vec::new();
        for rows in rows {
            nodes.extend(rows.nodes);
            weights.extend(rows.weights);
        }
        let mean = if weights.is_empty() { 2.0 } else { sum(weights.iter().copied()) / end as f64 };
        Self { offsets, nodes, weights, out, into, pull, mean }
    }

    pub(super) fn n_nodes(&self) -> usize {
        self.out.len()
    }

    pub(super) fn row(&self, u: u32) -> impl Iterator<Item = (u32, f64)> {
        let row = self.offsets[u as usize]..self.offsets[u as usize + 1];
        row.map(|at| (self.nodes[at], self.weights.get(at).copied().unwrap_or(2.0)))
    }

    /// What chance would put between a node and others with these o and i.
    pub(super) fn expected(&self, u: u32, out: f64, into: f64) -> f64 {
        self.pull * (self.out[u as usize] * into + self.into[u as usize] * out)
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
                for (v, _) in self.row(u) {
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
        let total = |of: &[f64]| -> Vec<f64> {
            (0..n_parts)
                .into_par_iter()
                .map(|part| sum(parts.members(part).iter().map(|&u| of[u as usize])))
                .collect()
        };
        let blocks: Vec<Range<usize>> =
            (0..n_parts.div_ceil(TASK)).map(|at| at * TASK..((at + 1) * TASK).min(n_parts)).collect();
        let rows = blocks
            .into_par_iter()
            .map(|block| {
                idle.with(
                    || Near::new(n_parts),
                    |near| {
                        let mut rows = Rows::default();
                        for part in block {
                            for &u in parts.members(part) {
                                for (v, weight) in self.row(u) {
                                    near.add(parts.labels[v as usize], weight);
                                }
                            }
                            let before = rows.nodes.len();
                            for &other in near.labels.iter().filter(|&&other| other as usize != part) {
                                rows.nodes.push(other);
                                rows.weights.push(near.weights[other as usize]);
                            }
                            rows.lengths.push(rows.nodes.len() - before);
                            near.clear();
                        }
                        rows
                    },
                )
            })
            .collect();
        Self::of_rows(rows, total(&self.out), total(&self.into), self.pull)
    }
}

/// Visits the nodes with an edge to or from u, ascending, with what both ways weigh.
fn both_ways(graph: &Graph, u: u32, mut visit: impl FnMut(u32, f64)) {
    let mut out = graph.out_edges(u).peekable();
    if !graph.is_directed() {
        return out.for_each(|(v, weight)| visit(v, 2.0 * weight));
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
