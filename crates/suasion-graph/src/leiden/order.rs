//! The order in which nodes are looked at.

use rayon::prelude::*;

use crate::draws::Draws;

/// The order in which nodes are looked at, and what each draws.
pub(super) struct Order {
    pub(super) nodes: Vec<u32>,
    /// Where each node is in it.
    pub(super) ranks: Vec<u32>,
    seed: u64,
}

impl Order {
    pub(super) fn new(n_nodes: usize, seed: u64, stream: u64) -> Self {
        let seed = Draws::new(seed, stream).bits();
        let (nodes, ranks) =
            sorted((0..n_nodes as u32).into_par_iter().map(|u| Draws::new(seed, u.into()).bits()));
        Self { nodes, ranks, seed }
    }

    /// Another draw of a node than the one that gave its place.
    pub(super) fn draw(&self, u: u32) -> f64 {
        Draws::new(self.seed, u64::from(u) | 1 << 32).unit()
    }
}

/// Nodes by what is given for each, and then by number; and where each of them is.
pub(super) fn sorted(keys: impl IndexedParallelIterator<Item = u64>) -> (Vec<u32>, Vec<u32>) {
    let mut keyed: Vec<(u64, u32)> = keys.enumerate().map(|(u, key)| (key, u as u32)).collect();
    keyed.par_sort_unstable();
    let nodes: Vec<u32> = keyed.into_par_iter().map(|(_, u)| u).collect();
    let mut ranks = vec![0; nodes.len()];
    for (rank, &u) in (0..).zip(&nodes) {
        ranks[u as usize] = rank;
    }
    (nodes, ranks)
}
