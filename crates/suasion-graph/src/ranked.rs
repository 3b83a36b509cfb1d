//! Numbering by degree: the best connected nodes first, so that what is read most often lies together in the cache.

use std::cmp::Reverse;
use std::ops::Range;

use rayon::prelude::*;

use crate::csr::BLOCK;
use crate::rows::{Rows, split};

/// A renumbering of nodes.
pub(crate) struct Ranks {
    /// The node of each rank.
    pub(crate) nodes: Vec<u32>,
    /// The rank of each node.
    pub(crate) ranks: Vec<u32>,
}

impl Ranks {
    /// Ranks nodes by degree, the largest first, those of one degree by id.
    pub(crate) fn by_degree<D: Copy + Ord + Sync>(degrees: &[D]) -> Self {
        let mut nodes: Vec<u32> = (0..degrees.len() as u32).collect();
        nodes.par_sort_by_key(|&u| Reverse(degrees[u as usize]));
        let mut ranks = vec![0; nodes.len()];
        for (rank, &u) in (0..).zip(&nodes) {
            ranks[u as usize] = rank;
        }
        Self { nodes, ranks }
    }

    /// Rows of ranks, each in the order of the original row: O(n + m) time in parallel, 4 bytes an entry and 8 a row.
    pub(crate) fn renumber(&self, rows: &Rows<()>) -> Rows<()> {
        let mut offsets = vec![0; self.nodes.len() + 1];
        for (rank, &u) in self.nodes.iter().enumerate() {
            offsets[rank + 1] = offsets[rank] + rows.nodes(u).len();
        }
        let n_entries = rows.nodes.len();
        let mut nodes = vec![0; n_entries];
        let mut renumbered =
            Rows { offsets: offsets.into(), nodes: Vec::new().into(), weights: vec![(); n_entries] };
        let blocks: Vec<Range<u32>> = renumbered.blocks(BLOCK);
        let sizes: Vec<usize> = blocks.iter().map(|block| renumbered.span(block).len()).collect();
        split(&mut nodes, &sizes).into_par_iter().zip(blocks).for_each(|(slots, block)| {
            let old = block.flat_map(|rank| rows.nodes(self.nodes[rank as usize]));
            for (slot, &v) in slots.iter_mut().zip(old) {
                *slot = self.ranks[v as usize];
            }
        });
        renumbered.nodes = nodes.into();
        renumbered
    }

    /// What is known of each rank, said of each node.
    pub(crate) fn restore<T: Copy + Send + Sync>(&self, of_ranks: &[T]) -> Vec<T> {
        self.ranks.par_iter().map(|&rank| of_ranks[rank as usize]).collect()
    }
}
