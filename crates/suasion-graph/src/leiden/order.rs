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
        let mut keyed: Vec<(u64, u32)> =
            (0..n_nodes as u32).into_par_iter().map(|u| (Draws::new(seed, u.into()).bits(), u)).collect();
        keyed.par_sort_unstable();
        let nodes: Vec<u32> = keyed.into_par_iter().map(|(_, u)| u).collect();
        let mut ranks = vec![0; n_nodes];
        for (rank, &u) in (0..).zip(&nodes) {
            ranks[u as usize] = rank;
        }
        Self { nodes, ranks, seed }
    }

    /// Another draw of a node than the one that gave its place.
    pub(super) fn draw(&self, u: u32) -> f64 {
        Draws::new(self.seed, u64::from(u) | 1 << 32).unit()
    }
}
