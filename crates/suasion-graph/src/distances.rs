//! Distances: how many edges lead from one node to each other one.
//!
//! **Formula.** d(s, v) is the smallest number of edges on a path from s to v along their direction; d(s, s) = 0.
//!
//! **Shape and units.** n counts of edges, one for each node.
//!
//! **Semantics.** Weights are ignored, and an edge of weight zero counts as one; self-loops change nothing. The
//! distance to a node that cannot be reached is `None`; an *isolate* is at distance 0 from itself, and reaches nobody.
//! An undirected edge leads both ways. For distances *to* a node, read in-edges: [`distances_to`].
//!
//! **Cost.** O(n + m) time on one thread, 12 bytes a node: breadth-first search.
//!
//! E. F. Moore (1959), "The shortest path through a maze", *Proceedings of the International Symposium on the Theory of
//! Switching*, Part II, 285–292.

use crate::csr::Graph;
use crate::rows::Rows;

/// The number of edges from `source` to each node.
pub fn distances_from(graph: &Graph, source: u32) -> Vec<Option<u32>> {
    search(graph.out_rows(), source)
}

/// The number of edges from each node to `target`.
pub fn distances_to(graph: &Graph, target: u32) -> Vec<Option<u32>> {
    search(graph.in_rows(), target)
}

fn search(rows: &Rows<()>, start: u32) -> Vec<Option<u32>> {
    let mut distances = vec![None; rows.n_rows() as usize];
    distances[start as usize] = Some(0);
    let (mut level, mut next) = (vec![start], Vec::new());
    for distance in 1.. {
        for &u in &level {
            for &v in rows.nodes(u) {
                if distances[v as usize].is_none() {
                    distances[v as usize] = Some(distance);
                    next.push(v);
                }
            }
        }
        if next.is_empty() {
            break;
        }
        level.clear();
        std::mem::swap(&mut level, &mut next);
    }
    distances
}
