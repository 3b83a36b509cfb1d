//! Raw pairs of little-endian `u32`.

use rayon::prelude::*;

use crate::error::Error;
use crate::input::Input;
use crate::names::NodeNames;
use crate::options::Options;
use crate::receipt::Counts;

/// Bytes of a pair.
const PAIR: usize = 8;

/// What a chunk holds, beside its pairs.
#[derive(Default)]
struct Seen {
    largest: u32,
    self_loops: u64,
    /// The first pair of which an end is no node, and that end.
    stray: Option<(u64, u32)>,
}

/// Reads the pairs: sources, targets, what nodes are called, and counts.
pub(crate) fn read(
    input: &Input,
    options: &Options,
) -> Result<(Vec<u32>, Vec<u32>, NodeNames, Counts), Error> {
    let path = || input.path().to_path_buf();
    if !options.from.is_empty()
        || !options.to.is_empty()
        || options.weight.is_some()
        || options.time.is_some()
        || !options.filters.is_empty()
    {
        return Err(Error::Options {
            path: path(),
            contradiction: "raw pairs have no columns to choose from",
        });
    }
    let bytes = input.len();
    if !bytes.is_multiple_of(PAIR as u64) {
        return Err(Error::HalfPair { path: path(), bytes });
    }
    let rows = (bytes / PAIR as u64) as usize;
    let per_chunk = (options.chunk_bytes / PAIR).max(1);
    let (mut sources, mut targets) = (vec![0_u32; rows], vec![0_u32; rows]);
    let seen: Result<Vec<Seen>, Error> = sources
        .par_chunks_mut(per_chunk)
        .zip(targets.par_chunks_mut(per_chunk))
        .enumerate()
        .map_init(Vec::new, |buffer: &mut Vec<u8>, (chunk, (sources, targets))| {
            let first = (chunk * per_chunk) as u64;
            buffer.resize(sources.len() * PAIR, 0);
            input.read_at(first * PAIR as u64, buffer)?;
            let mut seen = Seen::default();
            let pairs = buffer.as_chunks::<PAIR>().0;
            for (pair, (bytes, (source, target))) in
                pairs.iter().zip(sources.iter_mut().zip(targets)).enumerate()
            {
                let word = u64::from_le_bytes(*bytes);
                (*source, *target) = (word as u32, (word >> 32) as u32);
                seen.largest = seen.largest.max(*source).max(*target);
                seen.self_loops += u64::from(source == target);
                if let Some(n_nodes) = options.nodes
                    && seen.stray.is_none()
                    && (*source >= n_nodes || *target >= n_nodes)
                {
                    let node = if *source >= n_nodes { *source } else { *target };
                    seen.stray = Some((first + pair as u64, node));
                }
            }
            Ok(seen)
        })
        .collect();
    let seen = seen?;
    let n_nodes = match options.nodes {
        Some(n_nodes) => {
            if let Some((pair, node)) = seen.iter().find_map(|seen| seen.stray) {
                return Err(Error::NoSuchNode { path: path(), pair, node, n_nodes });
            }
            n_nodes
        }
        None => match seen.iter().map(|seen| seen.largest).max() {
            Some(largest) => largest.checked_add(1).ok_or_else(|| Error::TooManyNodes { path: path() })?,
            None => 0,
        },
    };
    let self_loops = seen.iter().map(|seen| seen.self_loops).sum();
    let counts = Counts { rows: rows as u64, self_loops, ..Counts::default() };
    Ok((sources, targets, NodeNames::Range(n_nodes), counts))
}
