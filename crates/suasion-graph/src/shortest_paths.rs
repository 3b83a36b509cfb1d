//! Shortest paths from a node: how far each other node is, along how many paths, and one of them.
//!
//! **Formulas.** d(s, v) is the smallest length of a path from s to v along the direction of edges, and σ_sv the number
//! of paths of that length; d(s, s) = 0 and σ_ss = 1.
//!
//! **Shape and units.** For each of n nodes a distance, in edges or in the unit of the lengths, a number of paths, and
//! the node before it.
//!
//! **Semantics.** What lengths and ties are, and why there is none of zero, is said in [`crate::paths`]. A node that
//! cannot be reached has no distance, no predecessor and 0 paths, and so has every other node for an *isolate*. Of
//! several shortest paths, the one shown has the smallest node last before the target, and so on back to the source.
//!
//! **Cost.** One search, O(n + m) time by edges and O(m log m) by lengths, and O(n + m) again for the paths, on one
//! thread; 32 bytes a node. Numbers of paths are `f64`: exact up to 2⁵³; more than the largest float, 1.8e308, are not
//! counted.
//!
//! E. F. Moore (1959), "The shortest path through a maze", *Proceedings of the International Symposium on the Theory of
//! Switching*, Part II, 285–292; E. W. Dijkstra (1959), "A note on two problems in connexion with graphs", *Numerische
//! Mathematik* 1, 269–271.

use crate::csr::Graph;
use crate::error::Error;
use crate::paths::{Lengths, PathCounts, PathWeights, Search};

/// The shortest paths from one node to each.
#[derive(Debug, Clone, PartialEq)]
pub struct ShortestPaths {
    /// d(s, v).
    pub distances: Vec<Option<f64>>,
    /// σ_sv; `None` if it is larger than any float.
    pub n_paths: Vec<Option<f64>>,
    /// The smallest node from which a shortest path enters each.
    pub predecessors: Vec<Option<u32>>,
}

impl ShortestPaths {
    /// The nodes of one shortest path to `target`, both ends included; `None` if none leads there.
    pub fn to(&self, target: u32) -> Option<Vec<u32>> {
        self.distances[target as usize]?;
        let mut path = vec![target];
        let mut at = target;
        while let Some(before) = self.predecessors[at as usize] {
            path.push(before);
            at = before;
        }
        path.reverse();
        Some(path)
    }
}

/// Finds the shortest paths from `source`.
///
/// Fails on an edge of length zero.
pub fn shortest_paths(graph: &Graph, source: u32, weights: PathWeights) -> Result<ShortestPaths, Error> {
    let edges = Lengths::out(graph, weights)?;
    let n_nodes = edges.n_nodes();
    let (mut search, mut paths) = (Search::new(n_nodes), PathCounts::new(n_nodes));
    search.settle(&edges, source);
    search.find_paths(&edges, &mut paths);
    let mut predecessors: Vec<Option<u32>> = vec![None; n_nodes];
    for (u, successors) in paths.backwards() {
        for &v in successors {
            let before = &mut predecessors[v as usize];
            *before = Some(before.map_or(u, |other| other.min(u)));
        }
    }
    let n_paths = paths.n_paths.into_iter().map(|n_paths| n_paths.is_finite().then_some(n_paths)).collect();
    let distances = search.distances.into_iter().map(|distance| distance.is_finite().then_some(distance));
    Ok(ShortestPaths { distances: distances.collect(), n_paths, predecessors })
}
