//! In-edges laid out to be read again and again, as power iteration does.
//!
//! **Method.** Whoever reads short rows of every length loses much of the time to the processor's wrong guesses of
//! where a row ends. Within each block of nodes, rows are therefore copied in order of their length. Sources are
//! numbered among those nodes only that have out-edges, so that what they send lies close together. A row keeps its
//! order, and so its sum every bit. A graph in a mapped file may be larger than memory, and is read as it lies.
//!
//! **Cost.** O(n log n + m) time in parallel; 4 bytes an edge, 12 with weights, and at most 16 a node.

use std::ops::Range;

use rayon::prelude::*;

use crate::csr::{BLOCK, Graph};
use crate::rows::{Rows, split};

/// Who sends along which edges to whom.
pub(crate) struct InFlow<'g> {
    /// The nodes with out-edges, ascending; all nodes if rows are read as they lie.
    pub(crate) senders: Vec<u32>,
    /// Consecutive nodes that receive: units of parallel work that follow from the graph alone.
    pub(crate) blocks: Vec<Range<u32>>,
    rows: &'g Rows<()>,
    weights: Option<&'g [f64]>,
    arranged: Option<Arranged>,
}

/// Rows in another order within their block, which lies where it lies in the graph.
struct Arranged {
    /// For each row, the node that receives and its number of edges.
    rows: Vec<(u32, u32)>,
    /// Positions among the senders.
    sources: Vec<u32>,
    weights: Option<Vec<f64>>,
}

impl<'g> InFlow<'g> {
    /// Lays out the in-edges of a graph.
    pub(crate) fn new(graph: &'g Graph) -> Self {
        let (rows, weights) = (graph.in_rows(), graph.all_in_weights());
        let blocks = rows.blocks(BLOCK);
        if rows.nodes.is_mapped() {
            return Self { senders: (0..graph.n_nodes()).collect(), blocks, rows, weights, arranged: None };
        }
        let mut positions = Vec::with_capacity(graph.n_nodes() as usize);
        // Every second node may be one, in no order; hence no branch.
        let mut senders = vec![0; graph.n_nodes() as usize];
        let mut n_senders = 0;
        for u in 0..graph.n_nodes() {
            positions.push(n_senders as u32);
            senders[n_senders] = u;
            n_senders += usize::from(!graph.out_neighbors(u).is_empty());
        }
        senders.truncate(n_senders);
        let arranged = Some(Arranged::new(rows, weights, &blocks, &positions));
        Self { senders, blocks, rows, weights, arranged }
    }

    /// For each node of the block at that place: the node, the positions among the senders of what sends to it, and the
    /// weights beside.
    pub(crate) fn for_each(&self, block: usize, mut receive: impl FnMut(u32, &[u32], Option<&[f64]>)) {
        let block = self.blocks[block].clone();
        let Some(Arranged { rows, sources, weights }) = &self.arranged else {
            for v in block {
                let row = self.rows.range(v);
                receive(v, &self.rows.nodes[row.clone()], self.weights.map(|weights| &weights[row]));
            }
            return;
        };
        let mut start = self.rows.span(&block).start;
        for &(v, length) in &rows[block.start as usize..block.end as usize] {
            let row = start..start + length as usize;
            receive(v, &sources[row.clone()], weights.as_deref().map(|weights| &weights[row.clone()]));
            start = row.end;
        }
    }
}

impl Arranged {
    fn new(rows: &Rows<()>, weights: Option<&[f64]>, blocks: &[Range<u32>], positions: &[u32]) -> Self {
        let length = |v: u32| rows.range(v).len();
        let mut by_length: Vec<(u32, u32)> = Vec::new();
        (0..rows.n_rows()).into_par_iter().map(|v| (v, length(v) as u32)).collect_into_vec(&mut by_length);
        let mut sources = vec![0; rows.nodes.len()];
        let mut copied = vec![0.0; weights.map_or(0, <[f64]>::len)];
        let heights: Vec<usize> = blocks.iter().map(Range::len).collect();
        let sizes: Vec<usize> = blocks.iter().map(|block| rows.span(block).len()).collect();
        let of_weights: Vec<usize> = if weights.is_some() { sizes.clone() } else { vec![0; sizes.len()] };
        let parts =
            (split(&mut by_length, &heights), split(&mut sources, &sizes), split(&mut copied, &of_weights));
        parts.into_par_iter().zip(blocks).for_each(|((by_length, sources, copied), block)| {
            by_length.sort_by_key(|row| row.1);
            let mut starts = vec![0; block.len()];
            let mut end = 0;
            for &(v, length) in &*by_length {
                starts[(v - block.start) as usize] = end;
                end += length as usize;
            }
            // Read as it lies and written here and there, not the other way round: reads are what has to be waited for.
            for (v, start) in block.clone().zip(starts) {
                let row = rows.range(v);
                for (slot, &u) in sources[start..].iter_mut().zip(&rows.nodes[row.clone()]) {
                    *slot = positions[u as usize];
                }
                if let Some(weights) = weights {
                    copied[start..start + row.len()].copy_from_slice(&weights[row]);
                }
            }
        });
        Self { rows: by_length, sources, weights: weights.map(|_| copied) }
    }
}
