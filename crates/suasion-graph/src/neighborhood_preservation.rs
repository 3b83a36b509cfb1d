//! Neighbourhood preservation: how far the nodes that lie next to a node in the plane are those that it is tied to.
//!
//! **Formula.** With N_u the n_u others that u is tied to and P_u the n_u others that lie nearest to u, the mean over nodes
//! with ties of |N_u ∩ P_u| / |N_u ∪ P_u|, the Jaccard index.
//!
//! **Shape and units.** One number for a layout, without a unit: from 0 if nobody lies next to a neighbour to 1 if
//! everybody lies next to neighbours first. In most networks 1 cannot be reached in the plane; the number is for comparing
//! layouts of one network.
//!
//! **Semantics.** *Direction*, *weights* and *self-loops* are ignored; an edge of weight zero is an edge. Of *equally
//! distant* nodes the one of smaller id is nearer. *Isolates* have no index, and a network without ties none either: `None`.
//!
//! **Cost.** Σ n_u log n steps by a k-d tree where nodes are spread out, in parallel; 32 bytes a node.
//!
//! J. F. Kruiger, P. E. Rauber, R. M. Martins, A. Kerren, S. Kobourov and A. C. Telea (2017), "Graph layouts by t-SNE",
//! *Computer Graphics Forum* 36(3), 283–294, with neighbourhoods of distance 1.

use std::collections::BinaryHeap;

use rayon::prelude::*;

use crate::csr::{Graph, sum};
use crate::kd_tree::{KdTree, Point};
use crate::ties::ties;

/// How many nodes a leaf holds at most.
const LEAF: usize = 8;
/// How many nodes a task looks at.
const TASK: usize = 256;

/// A node at a distance: nearer ones are less, and of equally distant ones those of smaller id.
#[derive(Clone, Copy, PartialEq)]
struct Distant {
    square: f64,
    node: u32,
}

impl Eq for Distant {}

impl Ord for Distant {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.square.total_cmp(&other.square).then(self.node.cmp(&other.node))
    }
}

impl PartialOrd for Distant {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Finds how far a layout keeps neighbours together.
///
/// Panics if there is not a position for each node, or if one is no number.
pub fn neighborhood_preservation(graph: &Graph, positions: &[[f64; 2]]) -> Option<f64> {
    assert_eq!(positions.len(), graph.n_nodes() as usize, "there must be a position for each node");
    assert!(positions.iter().flatten().all(|at| at.is_finite()), "positions must be finite");
    let ties = ties(graph);
    let points = positions.iter().zip(0..).map(|(&at, node)| Point { at, node }).collect();
    let tree = KdTree::new(points, LEAF);
    // In the order of the plane, so that what is looked at is near what was.
    let of_task = |points: &[Point]| {
        let mut nearest = Nearest::default();
        let of_point = |point: &Point| {
            let neighbors = ties.nodes(point.node);
            let n = neighbors.len();
            (n > 0).then(|| {
                nearest.find(&tree, *point, n);
                let is_shared = |near: &&Distant| neighbors.binary_search(&near.node).is_ok();
                let shared = nearest.found.iter().filter(is_shared).count();
                shared as f64 / (2 * n - shared) as f64
            })
        };
        let found: Vec<f64> = points.iter().filter_map(of_point).collect();
        (sum(found.iter().copied()), found.len())
    };
    let parts: Vec<(f64, usize)> = tree.points.par_chunks(TASK).map(of_task).collect();
    let n_tied: usize = parts.iter().map(|part| part.1).sum();
    (n_tied > 0).then(|| sum(parts.iter().map(|part| part.0)) / n_tied as f64)
}

/// The nodes nearest to one.
#[derive(Default)]
struct Nearest {
    /// The farthest on top.
    found: BinaryHeap<Distant>,
    /// Cells that have not been looked at, and the squares of their distances.
    cells: Vec<(usize, f64)>,
}

impl Nearest {
    /// Finds the n nearest others.
    fn find(&mut self, tree: &KdTree, point: Point, n: usize) {
        self.found.clear();
        self.cells.push((0, 0.0));
        while let Some((cell, square)) = self.cells.pop() {
            // What is as far as the farthest may have a smaller id.
            if self.found.len() == n && self.found.peek().is_some_and(|farthest| square > farthest.square) {
                continue;
            }
            if cell < tree.n_cut() {
                let below = [2 * cell + 1, 2 * cell + 2]
                    .map(|below| (below, tree.bounds[below].square_distance(point.at)));
                let first = usize::from(below[1].1 < below[0].1);
                self.cells.extend([below[1 - first], below[first]]);
            } else {
                for other in &tree.points[tree.span(cell)] {
                    if other.node != point.node {
                        self.look_at(*other, point, n);
                    }
                }
            }
        }
    }

    fn look_at(&mut self, other: Point, point: Point, n: usize) {
        let [dx, dy] = [0, 1].map(|axis| other.at[axis] - point.at[axis]);
        let distant = Distant { square: dx * dx + dy * dy, node: other.node };
        if self.found.len() < n {
            self.found.push(distant);
        } else if let Some(mut farthest) = self.found.peek_mut()
            && distant < *farthest
        {
            *farthest = distant;
        }
    }
}
