//! Graphs that lie in a file and are mapped rather than read, so that they may be larger than memory.
//!
//! **Layout.** A header of 64 bytes; then the out half and, if the graph is directed, the in half. A half is its
//! offsets (n + 1 of `u64`), its nodes (`u32`, then zeros up to a multiple of 8 bytes) and, if the graph has weights,
//! its weights (`f64`): the columns that [`Graph`] holds, in the byte order of the machine. The header is
//!
//! | bytes | what |
//! |---|---|
//! | 0–7 | `SUAS-CSR` |
//! | 8–11 | the number 0x0a0b0c0d, which shows the byte order |
//! | 12–15 | version of the layout: 1 |
//! | 16–23 | 1 if the graph is directed, plus 2 if it has weights |
//! | 24–47 | n, entries of a half, self-loops |
//! | 48–55 | checksum of the columns |
//! | 56–63 | checksum of the header so far |
//!
//! A checksum is Σ f(column, position, value) modulo 2⁶⁴, where f of one column and position is a bijection of the
//! value: one changed value is always found, several all but always; and parts can be summed in any order.
//!
//! **Trust.** None: [`Graph::map`] reads the file once, in parallel, and what it returns is a graph as
//! [`Graph::from_columns`] would have built it, or an error. Offsets ascend, nodes of a row ascend and are below n,
//! weights are finite and not negative, counts and checksums agree, and both halves hold the same edges (an undirected
//! graph both directions), as far as 64 bits of hash tell.
//!
//! **Names.** Nodes are 0 to n − 1. What they are called is not in the file.
//!
//! **Cost.** Opening is one pass over the file and takes no memory to speak of; the system reads what kernels touch and
//! drops it again when memory is short. This module, and the mapping behind it, are all this crate has to do with
//! files; they are written elsewhere (`suasion_edges::external`).

use std::fs::File;
use std::io;
use std::ops::Range;

use rayon::prelude::*;

use crate::csr::{BLOCK, Direction, Graph, Half};
use crate::rows::Rows;
use crate::slab::{self, Slab};

const MAGIC: &[u8; 8] = b"SUAS-CSR";
const BYTE_ORDER: u32 = 0x0a0b_0c0d;
const VERSION: u32 = 1;

/// Why a file is not mapped. Each message fits "cannot be mapped: …" and says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MapError {
    /// The system would not.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It starts otherwise.
    #[error("it is no graph file; build one from an edge list")]
    Foreign,
    /// Numbers lie the other way round.
    #[error("it was built on a machine of the other byte order; build it again on this one")]
    ByteOrder,
    /// The layout is another one.
    #[error("its layout is version {found}, and this program reads version {VERSION}; build it again")]
    Version {
        /// The version that it says.
        found: u32,
    },
    /// There are more or fewer bytes than the header says.
    #[error("it has {found} bytes and should have {expected}; copy or build it again")]
    Length {
        /// How long it should be.
        expected: u64,
        /// How long it is.
        found: u64,
    },
    /// Something in it cannot be.
    #[error("it is damaged ({what}); copy or build it again")]
    Damaged {
        /// What cannot be.
        what: &'static str,
    },
    /// Its length or time of modification is another than when it was opened.
    #[error("it changed while it was read; map it again when nobody writes to it")]
    Changed,
}

/// What a file says of its graph before the graph itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Whether there are two halves.
    pub direction: Direction,
    /// Whether there are weights.
    pub is_weighted: bool,
    /// n.
    pub n_nodes: u32,
    /// Entries of one half.
    pub n_entries: u64,
    /// Edges from a node to itself.
    pub n_self_loops: u64,
    /// The sum of [`checksum`] over all columns.
    pub checksum: u64,
}

/// A column of a half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Where rows start.
    Offsets,
    /// Where edges lead.
    Nodes,
    /// What they weigh.
    Weights,
}

/// The part of consecutive values of a column, from position `first` on, in the checksum. Floats count by their bits.
pub fn checksum(half: usize, column: Column, first: u64, values: impl Iterator<Item = u64>) -> u64 {
    let start = (half as u64 * 3 + column as u64 + 1).wrapping_mul(0xd1b5_4a32_d192_ed03);
    (first..).zip(values).fold(0, |sum, (position, value)| {
        let place = start.wrapping_add(position.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        sum.wrapping_add(mixed(value.wrapping_add(place)))
    })
}

/// A bijection that leaves no pattern.
fn mixed(word: u64) -> u64 {
    let word = word.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 32)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 29)
}

impl Header {
    /// The length of a header.
    pub const BYTES: usize = 64;

    /// As it stands in the file.
    pub fn to_bytes(&self) -> [u8; Self::BYTES] {
        let mut words = self.words();
        words[7] = Self::own_checksum(&words);
        let mut bytes = [0; Self::BYTES];
        for (slot, word) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(words) {
            *slot = word.to_ne_bytes();
        }
        bytes
    }

    fn words(&self) -> [u64; 8] {
        let mut order = [0; 8];
        order[..4].copy_from_slice(&BYTE_ORDER.to_ne_bytes());
        order[4..].copy_from_slice(&VERSION.to_ne_bytes());
        let flags = u64::from(self.direction == Direction::Directed) + 2 * u64::from(self.is_weighted);
        [
            u64::from_ne_bytes(*MAGIC),
            u64::from_ne_bytes(order),
            flags,
            self.n_nodes.into(),
            self.n_entries,
            self.n_self_loops,
            self.checksum,
            0,
        ]
    }

    fn own_checksum(words: &[u64; 8]) -> u64 {
        checksum(2, Column::Offsets, 0, words[..7].iter().copied())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, MapError> {
        let Some(bytes) = bytes.first_chunk::<{ Self::BYTES }>() else {
            let is_start = bytes.len() >= 8 && bytes.starts_with(MAGIC);
            let length = MapError::Length { expected: Self::BYTES as u64, found: bytes.len() as u64 };
            return Err(if is_start { length } else { MapError::Foreign });
        };
        if !bytes.starts_with(MAGIC) {
            return Err(MapError::Foreign);
        }
        let half_words = bytes.as_chunks::<4>().0;
        let order = u32::from_ne_bytes(half_words[2]);
        if order == BYTE_ORDER.swap_bytes() {
            return Err(MapError::ByteOrder);
        }
        let damaged = MapError::Damaged { what: "header" };
        if order != BYTE_ORDER {
            return Err(damaged);
        }
        let version = u32::from_ne_bytes(half_words[3]);
        if version != VERSION {
            return Err(MapError::Version { found: version });
        }
        let mut words = [0; 8];
        for (word, bytes) in words.iter_mut().zip(bytes.as_chunks::<8>().0) {
            *word = u64::from_ne_bytes(*bytes);
        }
        let (flags, Ok(n_nodes)) = (words[2], u32::try_from(words[3])) else { return Err(damaged) };
        if words[7] != Self::own_checksum(&words) || flags > 3 {
            return Err(damaged);
        }
        Ok(Self {
            direction: if flags & 1 == 1 { Direction::Directed } else { Direction::Undirected },
            is_weighted: flags & 2 == 2,
            n_nodes,
            n_entries: words[4],
            n_self_loops: words[5],
            checksum: words[6],
        })
    }

    /// How many halves there are.
    pub fn n_halves(&self) -> usize {
        if self.direction == Direction::Directed { 2 } else { 1 }
    }

    /// Which bytes of the file a column takes, without the zeros after it. Saturates where no file is that long.
    pub fn column(&self, half: usize, column: Column) -> Range<u64> {
        let offsets = (u64::from(self.n_nodes) + 1) * 8;
        let nodes = self.n_entries.saturating_mul(4);
        let padded = nodes.saturating_add(4) / 8 * 8;
        let weights = if self.is_weighted { self.n_entries.saturating_mul(8) } else { 0 };
        let one = offsets.saturating_add(padded).saturating_add(weights);
        let start = (Self::BYTES as u64).saturating_add(one.saturating_mul(half as u64));
        let (start, length) = match column {
            Column::Offsets => (start, offsets),
            Column::Nodes => (start.saturating_add(offsets), nodes),
            Column::Weights => (start.saturating_add(offsets).saturating_add(padded), weights),
        };
        start..start.saturating_add(length)
    }

    /// How long the file is.
    pub fn file_bytes(&self) -> u64 {
        self.column(self.n_halves(), Column::Offsets).start
    }
}

impl Graph {
    /// Maps a graph file, after checking all that is in it: one pass in parallel.
    ///
    /// Nobody may write to the file while the graph is in use: figures would be wrong, and a file cut short ends the
    /// process. Fails on a file that is no graph file, of another version or byte order, too short or too long,
    /// damaged, or changed meanwhile.
    pub fn map(file: &File) -> Result<Self, MapError> {
        if size_of::<usize>() != size_of::<u64>() {
            return Err(io::Error::from(io::ErrorKind::Unsupported).into());
        }
        let before = file.metadata()?;
        // An empty file cannot be mapped everywhere.
        if before.len() == 0 {
            return Err(MapError::Foreign);
        }
        let mapping = slab::map(file)?;
        let graph = Header::from_bytes(&mapping).and_then(|header| {
            let expected = header.file_bytes();
            if mapping.len() as u64 != expected {
                return Err(MapError::Length { expected, found: mapping.len() as u64 });
            }
            let columns: Vec<Columns> = (0..header.n_halves())
                .map(|half| Columns::of(&header, half, &mapping))
                .collect::<Option<_>>()
                .ok_or(MapError::Damaged { what: "columns" })?;
            checked(&header, columns)
        });
        let after = file.metadata()?;
        // What looks like damage may be someone writing, hence this comes first.
        if before.len() != after.len() || before.modified().ok() != after.modified().ok() {
            return Err(MapError::Changed);
        }
        graph
    }
}

/// The columns of a half as they lie in the file.
struct Columns {
    offsets: Slab<usize>,
    nodes: Slab<u32>,
    weights: Option<Slab<f64>>,
}

impl Columns {
    fn of(header: &Header, half: usize, mapping: &std::sync::Arc<memmap2::Mmap>) -> Option<Self> {
        let bytes = |column| {
            let Range { start, end } = header.column(half, column);
            start as usize..end as usize
        };
        let padding = bytes(Column::Nodes).end..bytes(Column::Weights).start;
        if mapping.get(padding)?.iter().any(|&byte| byte != 0) {
            return None;
        }
        let weights =
            if header.is_weighted { Some(Slab::of_bytes(mapping, bytes(Column::Weights))?) } else { None };
        Some(Self {
            offsets: Slab::of_bytes(mapping, bytes(Column::Offsets))?,
            nodes: Slab::of_bytes(mapping, bytes(Column::Nodes))?,
            weights,
        })
    }
}

/// What a block of rows adds up to.
#[derive(Default, Clone, Copy)]
struct Sums {
    checksum: u64,
    /// Of edges whatever their order: both halves have the same.
    edges: u64,
    /// The same of edges to larger nodes less that of edges to smaller ones: zero in an undirected graph.
    skew: u64,
    n_self_loops: u64,
}

impl Sums {
    fn and(self, other: Self) -> Self {
        Self {
            checksum: self.checksum.wrapping_add(other.checksum),
            edges: self.edges.wrapping_add(other.edges),
            skew: self.skew.wrapping_add(other.skew),
            n_self_loops: self.n_self_loops + other.n_self_loops,
        }
    }
}

fn checked(header: &Header, columns: Vec<Columns>) -> Result<Graph, MapError> {
    let damaged = |what| MapError::Damaged { what };
    let mut halves = Vec::new();
    let mut sums = Vec::new();
    for (at, Columns { offsets, nodes, weights }) in columns.into_iter().enumerate() {
        let of_offsets = check_offsets(at, &offsets, nodes.len()).ok_or(damaged("offsets"))?;
        let half = Half { rows: Rows { offsets, weights: vec![(); nodes.len()], nodes }, weights };
        let of_rows = check_rows(at, header.n_nodes, &half).ok_or(damaged("rows"))?;
        halves.push(half);
        sums.push(of_rows.and(Sums { checksum: of_offsets, ..Sums::default() }));
    }
    if sums.iter().fold(0, |sum, half| half.checksum.wrapping_add(sum)) != header.checksum {
        return Err(damaged("checksum"));
    }
    let is_symmetric = sums.len() == 2 || sums[0].skew == 0;
    if !is_symmetric || sums.iter().any(|half| half.edges != sums[0].edges) {
        return Err(damaged("halves"));
    }
    if sums[0].n_self_loops != header.n_self_loops {
        return Err(damaged("self-loops"));
    }
    let mut halves = halves.into_iter();
    let (Some(out_half), in_half) = (halves.next(), halves.next()) else { return Err(damaged("halves")) };
    let graph = Graph { out_half, in_half, n_self_loops: header.n_self_loops as usize };
    if graph.is_weighted() && graph.total_weight() > f64::MAX / 2.0 {
        return Err(damaged("weights"));
    }
    Ok(graph)
}

/// The checksum of offsets that ascend from zero to the number of entries.
fn check_offsets(half: usize, offsets: &[usize], n_entries: usize) -> Option<u64> {
    if offsets.first() != Some(&0) || offsets.last() != Some(&n_entries) {
        return None;
    }
    let of_block = |first: usize| {
        let block = &offsets[first..(first + BLOCK + 1).min(offsets.len())];
        let values = block.iter().take(BLOCK).map(|&offset| offset as u64);
        block.is_sorted().then(|| checksum(half, Column::Offsets, first as u64, values))
    };
    let n_blocks = offsets.len().div_ceil(BLOCK);
    (0..n_blocks)
        .into_par_iter()
        .map(|block| of_block(block * BLOCK))
        .try_reduce(|| 0, |a, b| Some(a.wrapping_add(b)))
}

/// What rows add up to, if they could be rows of a graph. Offsets have been checked.
fn check_rows(at: usize, n_nodes: u32, half: &Half) -> Option<Sums> {
    let of_block = |block: Range<u32>| {
        let mut sums = Sums::default();
        for u in block {
            let row = half.rows.nodes(u);
            if row.last().is_some_and(|&last| last >= n_nodes) || !row.is_sorted_by(|a, b| a < b) {
                return None;
            }
            let first = half.rows.offsets[u as usize] as u64;
            let values = row.iter().map(|&node| node.into());
            sums.checksum = sums.checksum.wrapping_add(checksum(at, Column::Nodes, first, values));
            let weights = half.weights(u);
            if let Some(weights) = weights {
                if weights.iter().any(|weight| !weight.is_finite() || weight.is_sign_negative()) {
                    return None;
                }
                let values = weights.iter().map(|weight| weight.to_bits());
                sums.checksum = sums.checksum.wrapping_add(checksum(at, Column::Weights, first, values));
            }
            for (position, &v) in row.iter().enumerate() {
                let (from, to) = if at == 0 { (u, v) } else { (v, u) };
                let bits = weights.map_or(0, |weights| mixed(weights[position].to_bits()));
                let edge = |from: u32, to: u32| mixed((u64::from(from) << 32 | u64::from(to)) ^ bits);
                sums.edges = sums.edges.wrapping_add(edge(from, to));
                sums.skew = match u.cmp(&v) {
                    std::cmp::Ordering::Less => sums.skew.wrapping_add(edge(u, v)),
                    std::cmp::Ordering::Equal => sums.skew,
                    std::cmp::Ordering::Greater => sums.skew.wrapping_sub(edge(v, u)),
                };
                sums.n_self_loops += u64::from(u == v);
            }
        }
        Some(sums)
    };
    half.rows.blocks(BLOCK).into_par_iter().map(of_block).try_reduce(Sums::default, |a, b| Some(a.and(b)))
}
