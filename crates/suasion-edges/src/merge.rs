//! The distinct names of all chunks, in order.
//!
//! Each chunk has numbered its names in its own way. Names are dealt out to shards by hash, so that a name is in one
//! shard whichever chunks it is in; shards are worked on in parallel, and the names left in them are sorted.

use hashbrown::HashTable;
use rayon::prelude::*;

use crate::interner::Distinct;

/// How many shards there are.
const SHARDS: usize = 64;

/// The names of all chunks.
pub(crate) struct Merged<'a, D: Distinct + 'a> {
    /// The distinct names, ascending.
    pub(crate) names: Vec<D::Name<'a>>,
    /// For each chunk and each number in it, the rank of its name.
    pub(crate) ranks: Vec<Vec<u32>>,
}

/// The numbers of a chunk by shard: those of shard s are `numbers[starts[s]..starts[s + 1]]`.
struct Dealt {
    numbers: Vec<u32>,
    starts: Vec<usize>,
}

impl Dealt {
    fn shard(&self, shard: usize) -> &[u32] {
        &self.numbers[self.starts[shard]..self.starts[shard + 1]]
    }
}

/// A shard's names: the distinct ones, and for each that was dealt to it, in order, which it is.
struct Shard<N> {
    names: Vec<N>,
    which: Vec<u32>,
}

/// There are more names than a `u32` counts.
#[derive(Debug)]
pub(crate) struct TooMany;

/// Merges the names of chunks.
pub(crate) fn merge<D: Distinct>(chunks: &[D]) -> Result<Merged<'_, D>, TooMany> {
    let dealt: Vec<Dealt> = chunks.par_iter().map(deal).collect();
    let shards: Vec<Shard<D::Name<'_>>> =
        (0..SHARDS).into_par_iter().map(|shard| collect::<D>(chunks, &dealt, shard)).collect();

    let starts = running_sum(shards.iter().map(|shard| shard.names.len()));
    let n_names = starts[SHARDS];
    if n_names > u32::MAX as usize {
        return Err(TooMany);
    }
    let mut order: Vec<(D::Name<'_>, u32)> = Vec::with_capacity(n_names);
    for shard in &shards {
        for &name in &shard.names {
            order.push((name, order.len() as u32));
        }
    }
    order.par_sort_unstable();
    let mut rank_of = vec![0; n_names];
    for (rank, &(_, position)) in (0..).zip(&order) {
        rank_of[position as usize] = rank;
    }

    // Where each chunk's part of each shard starts.
    let mut offsets = vec![0; SHARDS];
    let firsts: Vec<Vec<usize>> = dealt
        .iter()
        .map(|dealt| {
            let firsts = offsets.clone();
            for (shard, offset) in offsets.iter_mut().enumerate() {
                *offset += dealt.shard(shard).len();
            }
            firsts
        })
        .collect();
    let ranks = dealt
        .into_par_iter()
        .zip(firsts)
        .map(|(dealt, firsts)| {
            let mut ranks = vec![0; dealt.numbers.len()];
            for shard in 0..SHARDS {
                let which = &shards[shard].which[firsts[shard]..];
                for (&number, &which) in dealt.shard(shard).iter().zip(which) {
                    ranks[number as usize] = rank_of[starts[shard] + which as usize];
                }
            }
            ranks
        })
        .collect();
    let names = order.into_iter().map(|(name, _)| name).collect();
    Ok(Merged { names, ranks })
}

/// The shard of a hash, by bits that the shards' tables leave alone.
fn shard_of(hash: u64) -> usize {
    (hash >> 40) as usize % SHARDS
}

fn deal<D: Distinct>(chunk: &D) -> Dealt {
    let shards: Vec<u8> =
        (0..chunk.len() as u32).map(|number| shard_of(D::hash(chunk.name(number))) as u8).collect();
    let mut counts = vec![0; SHARDS];
    for &shard in &shards {
        counts[shard as usize] += 1;
    }
    let starts = running_sum(counts);
    let mut next = starts.clone();
    let mut numbers = vec![0; shards.len()];
    for (number, shard) in (0..).zip(shards) {
        let slot = &mut next[shard as usize];
        numbers[*slot] = number;
        *slot += 1;
    }
    Dealt { numbers, starts }
}

fn collect<'a, D: Distinct>(chunks: &'a [D], dealt: &[Dealt], shard: usize) -> Shard<D::Name<'a>> {
    let mut names: Vec<D::Name<'a>> = Vec::new();
    let mut which = Vec::with_capacity(dealt.iter().map(|dealt| dealt.shard(shard).len()).sum());
    let mut known: HashTable<(D::Name<'a>, u32)> = HashTable::new();
    for (chunk, dealt) in chunks.iter().zip(dealt) {
        for &number in dealt.shard(shard) {
            let name = chunk.name(number);
            let hash = D::hash(name);
            let found = known.find(hash, |&(other, _)| other == name).map(|&(_, which)| which);
            which.push(found.unwrap_or_else(|| {
                let new = names.len() as u32;
                names.push(name);
                known.insert_unique(hash, (name, new), |&(other, _)| D::hash(other));
                new
            }));
        }
    }
    Shard { names, which }
}

/// The sums of the first 0, 1, … terms.
fn running_sum(terms: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut sums = vec![0];
    let mut sum = 0;
    for term in terms {
        sum += term;
        sums.push(sum);
    }
    sums
}
