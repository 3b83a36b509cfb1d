//! From names to node ids: the rank of each name among those that occur.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use suasion_graph::Names;

use crate::interner::{Distinct as _, Numbers, Texts};
use crate::merge::{TooMany, merge};
use crate::names::NodeNames;

/// What occurs in the chunks, by chunk. Ids are what a namer gave.
pub(crate) struct Mentions {
    pub(crate) sources: Vec<Vec<u32>>,
    pub(crate) targets: Vec<Vec<u32>>,
    /// Nodes that no edge mentions.
    pub(crate) loose: Vec<Vec<u32>>,
}

/// Edges between nodes, and what the nodes are called.
pub(crate) type Numbered = (Vec<u32>, Vec<u32>, NodeNames);

impl Mentions {
    /// The mentions in pieces, one a chunk and column.
    fn pieces(&self) -> Vec<&[u32]> {
        [&self.sources, &self.targets, &self.loose].into_iter().flatten().map(Vec::as_slice).collect()
    }

    /// Joins the chunks, with `node` for each id of the chunk of that number.
    fn join(self, node: impl Fn(usize, u32) -> u32 + Sync) -> (Vec<u32>, Vec<u32>) {
        let Self { sources, targets, loose } = self;
        drop(loose);
        let joined = join(&sources, &node);
        drop(sources);
        (joined, join(&targets, &node))
    }
}

/// Joins the pieces of a column, in order.
pub(crate) fn join<T: Copy + Default + Send + Sync>(
    pieces: &[Vec<T>],
    value: &(impl Fn(usize, T) -> T + Sync),
) -> Vec<T> {
    let mut joined = vec![T::default(); pieces.iter().map(Vec::len).sum()];
    let mut rest = joined.as_mut_slice();
    let mut places = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let (place, after) = rest.split_at_mut(piece.len());
        places.push(place);
        rest = after;
    }
    places.into_par_iter().zip(pieces.par_iter()).enumerate().for_each(|(chunk, (place, piece))| {
        for (place, &id) in place.iter_mut().zip(piece) {
            *place = value(chunk, id);
        }
    });
    joined
}

/// Numbers nodes that are `0..n_nodes`; every id must be one of them.
pub(crate) fn by_range(mentions: Mentions, n_nodes: u32) -> Numbered {
    let (sources, targets) = mentions.join(|_, id| id);
    (sources, targets, NodeNames::Range(n_nodes))
}

/// Numbers nodes whose names are the ids themselves.
pub(crate) fn by_value(mentions: Mentions) -> Result<Numbered, TooMany> {
    let pieces = mentions.pieces();
    let n_mentions: usize = pieces.iter().map(|piece| piece.len()).sum();
    let largest = pieces.par_iter().filter_map(|piece| piece.iter().max()).max().copied().unwrap_or(0);
    // A set of bits, if it takes no more than 8 bytes an edge or a few megabytes.
    if largest as usize / 64 <= n_mentions / 4 + (1 << 18) {
        by_bits(mentions, largest)
    } else {
        let (mentions, numbers) = intern(mentions);
        by_number(mentions, &numbers)
    }
}

/// 64 integers in a row: which of them occur, and how many smaller ones do.
#[derive(Clone, Copy)]
struct Ranks {
    bits: u64,
    before: u32,
}

fn by_bits(mentions: Mentions, largest: u32) -> Result<Numbered, TooMany> {
    let mut bits = Vec::new();
    bits.resize_with(largest as usize / 64 + 1, AtomicU64::default);
    mentions.pieces().par_iter().for_each(|piece| {
        for &id in *piece {
            let (word, bit) = (&bits[id as usize / 64], 1 << (id % 64));
            // Most mentions are repeats, and reading is cheaper than writing.
            if word.load(Ordering::Relaxed) & bit == 0 {
                word.fetch_or(bit, Ordering::Relaxed);
            }
        }
    });
    let mut n_nodes = 0_u64;
    let mut ranks = Vec::with_capacity(bits.len());
    for bits in bits {
        let bits = bits.into_inner();
        ranks.push(Ranks { bits, before: n_nodes as u32 });
        n_nodes += u64::from(bits.count_ones());
    }
    let n_nodes = u32::try_from(n_nodes).map_err(|_| TooMany)?;
    if n_nodes == 0 || n_nodes - 1 == largest {
        return Ok(by_range(mentions, n_nodes));
    }
    let mut numbers = Vec::with_capacity(n_nodes as usize);
    for (word, ranks) in ranks.iter().enumerate() {
        let mut bits = ranks.bits;
        while bits != 0 {
            numbers.push(word as u64 * 64 + u64::from(bits.trailing_zeros()));
            bits &= bits - 1;
        }
    }
    let (sources, targets) = mentions.join(|_, id| {
        let Ranks { bits, before } = ranks[id as usize / 64];
        before + (bits & ((1 << (id % 64)) - 1)).count_ones()
    });
    Ok((sources, targets, NodeNames::Numbers(numbers)))
}

/// Numbers the ids of each chunk in order of appearance.
fn intern(mut mentions: Mentions) -> (Mentions, Vec<Numbers>) {
    let Mentions { sources, targets, loose } = &mut mentions;
    let numbers = sources
        .par_iter_mut()
        .zip(targets)
        .zip(loose)
        .map(|((sources, targets), loose)| {
            let mut numbers = Numbers::default();
            for id in [sources, targets, loose].into_iter().flatten() {
                *id = numbers.intern(u64::from(*id));
            }
            numbers.close();
            numbers
        })
        .collect();
    (mentions, numbers)
}

/// Numbers nodes whose names are integers, which each chunk has numbered in its own way.
pub(crate) fn by_number(mentions: Mentions, chunks: &[Numbers]) -> Result<Numbered, TooMany> {
    let merged = merge(chunks)?;
    let (sources, targets) = mentions.join(|chunk, id| merged.ranks[chunk][id as usize]);
    Ok((sources, targets, NodeNames::of_numbers(merged.names)))
}

/// Numbers nodes whose names are texts, which each chunk has numbered in its own way.
pub(crate) fn by_text(mentions: Mentions, chunks: &[Texts]) -> Result<Numbered, TooMany> {
    let merged = merge(chunks)?;
    let names = Names::new(merged.names.iter().copied()).map_err(|_| TooMany)?;
    // Ranks are those of bytes, which integers do not have.
    let by_bytes = names.iter().eq(merged.names.iter().copied());
    let node = |name: &&str| names.id(name).unwrap_or(u32::MAX);
    let nodes: Option<Vec<u32>> = (!by_bytes).then(|| merged.names.par_iter().map(node).collect());
    let (sources, targets) = mentions.join(|chunk, id| {
        let rank = merged.ranks[chunk][id as usize];
        nodes.as_ref().map_or(rank, |nodes| nodes[rank as usize])
    });
    Ok((sources, targets, NodeNames::Text(names)))
}
