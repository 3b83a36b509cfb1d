//! Compressed sparse rows, and the stable radix sort that makes them.
//!
//! **Method.** A stable sort by row, in two steps. Chunks of 2¹⁸ entries are each sorted, in place of their own, into
//! at most 1,024 buckets of consecutive rows; then each bucket gathers its part of every chunk, in the order of chunks,
//! and places it by row. Sorting by target and then, stably, by source leaves rows ascending and parallel edges side by
//! side. Every slot has one owner, and chunks follow from the input alone, so that threads change nothing.
//!
//! **Cost.** O(n + m) time for n rows and m entries. Beside input and output, a pass holds 8 bytes an entry, 16 with
//! weights.

use std::ops::Range;

use rayon::prelude::*;

use crate::csr::{BLOCK, sum};
use crate::slab::Slab;

/// How many entries are sorted at a time: 2 MiB without weights, so that a chunk stays in the cache.
pub(crate) const CHUNK: usize = 1 << 18;
/// More buckets would be more streams to write than the translation cache has pages.
const MAX_BUCKETS: u32 = 1 << 10;

/// Row u holds `nodes[offsets[u]..offsets[u + 1]]` and the weights beside them, which are of type `()` if there are
/// none.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rows<W> {
    pub(crate) offsets: Slab<usize>,
    pub(crate) nodes: Slab<u32>,
    pub(crate) weights: Vec<W>,
}

/// What an entry carries beside its node.
pub(crate) trait Weight: Copy + Default + Send + Sync {
    /// Merges parallel entries in place, whatever their order, and returns how many they become: the first ones.
    fn merge(parallel: &mut [Self]) -> usize;
}

impl Weight for () {
    fn merge(_: &mut [Self]) -> usize {
        1
    }
}

impl Weight for f64 {
    fn merge(parallel: &mut [Self]) -> usize {
        parallel.sort_unstable_by(Self::total_cmp);
        parallel[0] = sum(parallel.iter().copied());
        1
    }
}

/// Entries (row, node, weight), readable chunk by chunk.
pub(crate) trait Entries<W>: Sync {
    fn n_chunks(&self) -> usize;
    fn for_each(&self, chunk: usize, visit: impl FnMut(u32, u32, W));
}

impl<W: Weight> Rows<W> {
    /// Sorts entries by row; within a row, they keep their order. What `scratch` holds does not matter: passing it on
    /// to the next sort saves the machine from mapping memory again.
    pub(crate) fn sort(n_rows: u32, entries: impl Entries<W>, scratch: &mut Vec<Chunk<W>>) -> Self {
        let shift = (n_rows.div_ceil(MAX_BUCKETS)).next_power_of_two().trailing_zeros();
        let n_buckets = (n_rows as usize).div_ceil(1 << shift);
        scratch.resize_with(entries.n_chunks(), Chunk::default);
        scratch.par_iter_mut().enumerate().for_each(|(at, chunk)| chunk.fill(&entries, at, n_buckets, shift));
        drop(entries);
        Self::gather(n_rows, shift, n_buckets, scratch)
    }

    /// What is ascending by row and node already.
    pub(crate) fn of_ascending(n_rows: u32, rows: &[u32], nodes: Vec<u32>, weights: Vec<W>) -> Self {
        let mut offsets = vec![0; n_rows as usize + 1];
        offsets.par_chunks_mut(BLOCK).enumerate().for_each(|(block, offsets)| {
            let first = block * BLOCK;
            let mut at = rows.partition_point(|&row| (row as usize) < first);
            for (row, offset) in (first..).zip(offsets) {
                at += rows[at..].iter().take_while(|&&other| (other as usize) < row).count();
                *offset = at;
            }
        });
        Self { offsets: offsets.into(), nodes: nodes.into(), weights }
    }

    fn gather(n_rows: u32, shift: u32, n_buckets: usize, chunks: &[Chunk<W>]) -> Self {
        let sizes: Vec<usize> = (0..n_buckets)
            .map(|bucket| chunks.iter().map(|chunk| chunk.bucket(bucket).len()).sum())
            .collect();
        let n_entries = sizes.iter().sum();
        let mut offsets = vec![0; n_rows as usize + 1];
        let mut nodes = vec![0; n_entries];
        let mut weights = vec![W::default(); n_entries];
        let (last, starts) = offsets.split_last_mut().expect("there is always one offset");
        *last = n_entries;
        let mut first = 0;
        let mut jobs = Vec::with_capacity(n_buckets);
        let slices = split(&mut nodes, &sizes).into_iter().zip(split(&mut weights, &sizes));
        for (starts, slices) in starts.chunks_mut(1 << shift).zip(slices) {
            jobs.push((first, starts, slices));
            first += jobs[jobs.len() - 1].2.0.len();
        }
        jobs.into_par_iter().enumerate().for_each(|(bucket, (first, starts, (nodes, weights)))| {
            let base = (bucket as u32) << shift;
            let parts = || chunks.iter().flat_map(|chunk| chunk.bucket(bucket));
            for entry in parts() {
                starts[(entry.row - base) as usize] += 1;
            }
            let mut next = Vec::with_capacity(starts.len());
            let mut filled = 0;
            for start in starts {
                next.push(filled);
                filled += std::mem::replace(start, first + filled);
            }
            for entry in parts() {
                let slot = &mut next[(entry.row - base) as usize];
                nodes[*slot] = entry.node;
                weights[*slot] = entry.weight;
                *slot += 1;
            }
        });
        Self { offsets: offsets.into(), nodes: nodes.into(), weights }
    }

    /// Each entry (row, node) as (node, row): rows become ascending.
    pub(crate) fn transposed(self, scratch: &mut Vec<Chunk<W>>) -> Self {
        Self::sort(self.n_rows(), self, scratch)
    }

    /// The transpose beside the original.
    pub(crate) fn transpose(&self, scratch: &mut Vec<Chunk<W>>) -> Self {
        Self::sort(self.n_rows(), self, scratch)
    }

    /// Merges what is equal and adjacent in ascending rows.
    pub(crate) fn merge_parallel(&mut self) {
        let blocks = self.blocks(CHUNK);
        let repeats = |u: u32| self.nodes(u).windows(2).any(|pair| pair[0] == pair[1]);
        if !blocks.par_iter().any(|block| block.clone().any(repeats)) {
            return;
        }
        let sizes: Vec<usize> = blocks.iter().map(|block| self.span(block).len()).collect();
        let heights: Vec<usize> = blocks.iter().map(Range::len).collect();
        let mut lengths = vec![0_usize; self.offsets.len()];
        let offsets = &self.offsets;
        let mut nodes = std::mem::take(&mut self.nodes).into_vec();
        let kept: Vec<usize> = split(&mut nodes, &sizes)
            .into_par_iter()
            .zip(split(&mut self.weights, &sizes))
            .zip(split(&mut lengths[1..], &heights))
            .zip(&blocks)
            .map(|(((nodes, weights), lengths), block)| {
                let first = offsets[block.start as usize];
                let mut kept = 0;
                for (length, u) in lengths.iter_mut().zip(block.clone()) {
                    let (mut at, end) = (offsets[u as usize] - first, offsets[u as usize + 1] - first);
                    let kept_before = kept;
                    while at < end {
                        let run = nodes[at..end].iter().take_while(|&&node| node == nodes[at]).count();
                        let merged = if run == 1 { 1 } else { W::merge(&mut weights[at..at + run]) };
                        for entry in at..at + merged {
                            (nodes[kept], weights[kept]) = (nodes[entry], weights[entry]);
                            kept += 1;
                        }
                        at += run;
                    }
                    *length = kept - kept_before;
                }
                kept
            })
            .collect();
        let mut end = 0;
        for (block, kept) in blocks.iter().zip(kept) {
            let first = self.offsets[block.start as usize];
            nodes.copy_within(first..first + kept, end);
            self.weights.copy_within(first..first + kept, end);
            end += kept;
        }
        nodes.truncate(end);
        nodes.shrink_to_fit();
        self.nodes = nodes.into();
        self.weights.truncate(end);
        self.weights.shrink_to_fit();
        for u in 1..lengths.len() {
            lengths[u] += lengths[u - 1];
        }
        self.offsets = lengths.into();
    }
}

impl<W> Rows<W> {
    pub(crate) fn n_rows(&self) -> u32 {
        (self.offsets.len() - 1) as u32
    }

    pub(crate) fn range(&self, u: u32) -> Range<usize> {
        self.offsets[u as usize]..self.offsets[u as usize + 1]
    }

    pub(crate) fn nodes(&self, u: u32) -> &[u32] {
        &self.nodes[self.range(u)]
    }

    /// Offsets and nodes, for those who would lose time by asking for each row where it lies.
    pub(crate) fn slices(&self) -> (&[usize], &[u32]) {
        (&self.offsets, &self.nodes)
    }

    /// The entries of consecutive rows.
    pub(crate) fn span(&self, rows: &Range<u32>) -> Range<usize> {
        self.offsets[rows.start as usize]..self.offsets[rows.end as usize]
    }

    /// Consecutive rows in blocks of about `size` rows and entries together: units of parallel work that follow from
    /// the graph alone.
    pub(crate) fn blocks(&self, size: usize) -> Vec<Range<u32>> {
        let n_rows = self.n_rows();
        let n_blocks = (self.offsets[n_rows as usize] + n_rows as usize).div_ceil(size);
        let bound = |block: usize| {
            let (mut low, mut high) = (0, n_rows);
            while low < high {
                let middle = low + (high - low) / 2;
                if self.offsets[middle as usize] + (middle as usize) < block * size {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            low
        };
        (0..n_blocks).map(|block| bound(block)..bound(block + 1)).filter(|rows| !rows.is_empty()).collect()
    }
}

/// A transposed reading: the entry of row u that holds v is (v, u).
impl<W: Weight> Entries<W> for Rows<W> {
    fn n_chunks(&self) -> usize {
        self.nodes.len().div_ceil(CHUNK)
    }

    fn for_each(&self, chunk: usize, mut visit: impl FnMut(u32, u32, W)) {
        let (mut at, end) = (chunk * CHUNK, ((chunk + 1) * CHUNK).min(self.nodes.len()));
        let mut u = self.offsets.partition_point(|&offset| offset <= at) - 1;
        while at < end {
            let stop = self.offsets[u + 1].min(end);
            for (&node, &weight) in self.nodes[at..stop].iter().zip(&self.weights[at..stop]) {
                visit(node, u as u32, weight);
            }
            at = stop;
            u += 1;
        }
    }
}

impl<W, E: Entries<W>> Entries<W> for &E {
    fn n_chunks(&self) -> usize {
        (**self).n_chunks()
    }

    fn for_each(&self, chunk: usize, visit: impl FnMut(u32, u32, W)) {
        (**self).for_each(chunk, visit);
    }
}

/// Edge columns read as (target, source), so that sorting and transposing yields the out-edges.
pub(crate) struct ByTarget<W> {
    pub(crate) sources: Vec<u32>,
    pub(crate) targets: Vec<u32>,
    pub(crate) weights: Vec<W>,
    /// Whether each edge is read both ways, self-loops once.
    pub(crate) both_ways: bool,
}

impl<W> ByTarget<W> {
    fn chunk_size(&self) -> usize {
        if self.both_ways { CHUNK / 2 } else { CHUNK }
    }
}

impl<W: Weight> Entries<W> for ByTarget<W> {
    fn n_chunks(&self) -> usize {
        self.sources.len().div_ceil(self.chunk_size())
    }

    fn for_each(&self, chunk: usize, mut visit: impl FnMut(u32, u32, W)) {
        let rows = chunk * self.chunk_size()..((chunk + 1) * self.chunk_size()).min(self.sources.len());
        let ends = self.sources[rows.clone()].iter().zip(&self.targets[rows.clone()]);
        for ((&source, &target), &weight) in ends.zip(&self.weights[rows]) {
            visit(target, source, weight);
            if self.both_ways && source != target {
                visit(source, target, weight);
            }
        }
    }
}

/// One chunk of entries, stably sorted by bucket.
#[derive(Default)]
pub(crate) struct Chunk<W> {
    entries: Vec<Entry<W>>,
    /// Where each bucket ends; it starts where the one before ends.
    ends: Vec<u32>,
}

#[derive(Clone, Copy, Default)]
struct Entry<W> {
    row: u32,
    node: u32,
    weight: W,
}

impl<W: Weight> Chunk<W> {
    fn fill(&mut self, entries: &impl Entries<W>, chunk: usize, n_buckets: usize, shift: u32) {
        let Self { entries: sorted, ends } = self;
        ends.clear();
        ends.resize(n_buckets, 0);
        entries.for_each(chunk, |row, _, _| ends[(row >> shift) as usize] += 1);
        let mut n_entries = 0;
        for end in &mut *ends {
            n_entries += std::mem::replace(end, n_entries);
        }
        sorted.resize(n_entries as usize, Entry::default());
        entries.for_each(chunk, |row, node, weight| {
            let end = &mut ends[(row >> shift) as usize];
            sorted[*end as usize] = Entry { row, node, weight };
            *end += 1;
        });
    }

    fn bucket(&self, bucket: usize) -> &[Entry<W>] {
        let start = if bucket == 0 { 0 } else { self.ends[bucket - 1] };
        &self.entries[start as usize..self.ends[bucket] as usize]
    }
}

/// Cuts a slice into consecutive pieces.
pub(crate) fn split<'a, T>(mut slice: &'a mut [T], sizes: &[usize]) -> Vec<&'a mut [T]> {
    let mut pieces = Vec::with_capacity(sizes.len());
    for &size in sizes {
        let (piece, rest) = slice.split_at_mut(size);
        pieces.push(piece);
        slice = rest;
    }
    pieces
}
