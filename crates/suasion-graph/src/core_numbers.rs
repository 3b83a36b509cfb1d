//! Core numbers: how deep in the dense part of a network a node sits.
//!
//! **Formula.** The k-core is the largest set of nodes each of which is tied to at least k others in the set. The core
//! number of a node is the largest k whose core holds it, 0 for an isolate.
//!
//! **Shape and units.** n counts of ties, one for each node.
//!
//! **Semantics.** Of the simple undirected view: a tie is an edge either way between two nodes. Direction, self-loops
//! and weights are ignored, and an edge of weight zero is a tie. (NetworkX refuses self-loops, igraph counts them.)
//!
//! **Cost.** O(n + m) time, in parallel; 8 bytes a node. Nodes of the smallest remaining degree k are removed, and
//! those whose degree thereby falls to k, until none is left; the remaining nodes are then looked through for the next
//! k, which takes Σ_v core(v) ≤ 2m steps. In whichever order threads remove them, the numbers are the same. A directed
//! graph is first turned into its undirected view: 8 bytes an edge more.
//!
//! V. Batagelj and M. Zaveršnik (2003), "An O(m) algorithm for cores decomposition of networks", arXiv:cs/0310049; by
//! levels as in H. Kabir and K. Madduri (2017), "Parallel k-core decomposition on multicore platforms", *IEEE
//! International Parallel and Distributed Processing Symposium Workshops*, 1482–1491.

use std::hint::black_box;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use rayon::prelude::*;

use crate::csr::{BLOCK, Graph};
use crate::rows::Rows;
use crate::ties::ties;

/// The most parts that nodes are dealt to.
const MAX_PARTS: usize = 16;
/// How many nodes a task is given to remove.
const GIVEN: usize = 16;
/// How many it removes before it gives back what is still to be removed, so that nobody is left without work.
const REMOVED: usize = 256;
/// How many rows are touched before they are read, so that memory is waited for once and not for each.
const AHEAD: usize = 8;

/// The core number of each node.
pub fn core_numbers(graph: &Graph) -> Vec<u32> {
    let ties = ties(graph);
    let degrees: Vec<AtomicU32> =
        ties.offsets.par_windows(2).map(|bounds| AtomicU32::new((bounds[1] - bounds[0]) as u32)).collect();
    let blocks = ties.blocks((ties.nodes.len() / MAX_PARTS).max(BLOCK));
    let mut left: Vec<Vec<u32>> = blocks.into_iter().map(Iterator::collect).collect();
    let mut k = 0;
    loop {
        let chosen: Vec<(Vec<u32>, u32)> =
            left.par_iter_mut().map(|left| choose(left, &degrees, k)).collect();
        let mut due: Vec<u32> = chosen.iter().flat_map(|(due, _)| due).copied().collect();
        if due.is_empty() {
            match chosen.iter().map(|&(_, smallest)| smallest).min() {
                None | Some(u32::MAX) => break,
                Some(smallest) => k = smallest,
            }
            continue;
        }
        while !due.is_empty() {
            let given = due.par_chunks(GIVEN);
            let back: Vec<Vec<u32>> = given.map(|due| remove(due.to_vec(), &ties, &degrees, k)).collect();
            due = back.concat();
        }
        k += 1;
    }
    degrees.into_iter().map(AtomicU32::into_inner).collect()
}

/// Takes out of `left` who has been removed, and those of degree k, who are next; and says the smallest degree above.
fn choose(left: &mut Vec<u32>, degrees: &[AtomicU32], k: u32) -> (Vec<u32>, u32) {
    let (mut due, mut smallest) = (Vec::new(), u32::MAX);
    left.retain(|&u| {
        let degree = degrees[u as usize].load(Relaxed);
        if degree == k {
            due.push(u);
        } else if degree > k {
            smallest = degree.min(smallest);
        }
        degree > k
    });
    (due, smallest)
}

/// Removes nodes, and those whose degree thereby falls to k, until none is left or enough are done; gives back the
/// others.
fn remove(mut due: Vec<u32>, ties: &Rows<()>, degrees: &[AtomicU32], k: u32) -> Vec<u32> {
    let mut n_done = 0;
    while let Some(&u) = due.get(n_done).filter(|_| n_done < REMOVED) {
        if n_done.is_multiple_of(AHEAD) {
            let firsts =
                due[n_done..].iter().take(AHEAD).map(|&u| ties.nodes(u).first().copied().unwrap_or(0));
            black_box(firsts.fold(0, |all, first| all ^ first));
        }
        n_done += 1;
        for &v in ties.nodes(u) {
            // Who has been removed has a degree of at most k, and keeps it: the core number.
            let fall =
                degrees[v as usize].fetch_update(Relaxed, Relaxed, |degree| (degree > k).then(|| degree - 1));
            // One thread takes the last tie above k.
            if fall == Ok(k + 1) {
                due.push(v);
            }
        }
    }
    due.split_off(n_done)
}
