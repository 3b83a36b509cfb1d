//! Core numbers: how deep in the dense part of a network a node sits.
//!
//! **Formula.** The k-core is the largest set of nodes each of which is tied to at least k others in the set. The core
//! number of a node is the largest k whose core holds it: a count of ties, 0 for an isolate.
//!
//! **Semantics.** Of the simple undirected view: a tie is an edge either way between two nodes. Direction, self-loops and
//! weights are ignored, and an edge of weight zero is a tie. (NetworkX refuses self-loops, igraph counts them.)
//!
//! **Cost.** O(n + m) time on one thread, 8 bytes a node. Nodes of the smallest remaining degree k are removed, and those
//! whose degree thereby falls to k, until none is left; the list of remaining nodes is then scanned for the next k. The
//! scans take Σ_v core(v) ≤ 2m steps. A directed graph is first turned into its undirected view: 8 bytes an edge more.
//!
//! V. Batagelj and M. Zaveršnik (2003), "An O(m) algorithm for cores decomposition of networks", arXiv:cs/0310049; by
//! levels as in H. Kabir and K. Madduri (2017), "Parallel k-core decomposition on multicore platforms", *IEEE
//! International Parallel and Distributed Processing Symposium Workshops*, 1482–1491.

use crate::csr::Graph;
use crate::ties::ties;

/// The core number of each node.
pub fn core_numbers(graph: &Graph) -> Vec<u32> {
    let ties = ties(graph);
    let mut degrees: Vec<u32> =
        ties.offsets.windows(2).map(|bounds| (bounds[1] - bounds[0]) as u32).collect();
    let mut left: Vec<u32> = (0..).zip(&degrees).filter(|&(_, &degree)| degree > 0).map(|(u, _)| u).collect();
    let mut removed = Vec::new();
    let mut k = 0;
    while !left.is_empty() {
        // What has been removed has a degree of at most k, and keeps it: its core number.
        left.retain(|&u| degrees[u as usize] > k);
        k = left.iter().map(|&u| degrees[u as usize]).min().unwrap_or(k);
        removed.extend(left.iter().copied().filter(|&u| degrees[u as usize] == k));
        while let Some(u) = removed.pop() {
            for &v in ties.nodes(u) {
                let degree = &mut degrees[v as usize];
                if *degree > k {
                    *degree -= 1;
                    if *degree == k {
                        removed.push(v);
                    }
                }
            }
        }
    }
    degrees
}
