//! Edges parted into buckets of consecutive keys in a temporary file.
//!
//! The file is only ever appended to. A piece is a few million edges sorted by bucket, and one write; a bucket is a run
//! in each piece.

use std::fs::File;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::record::Record;
use crate::input::{read_exact_at, write_all_at};

/// By how many bits of the key a file is parted.
const BITS: u32 = 10;
/// The most edges in a piece: runs of a bucket should be long enough to be read at a go.
const LARGEST_PIECE: usize = 1 << 22;
const SMALLEST_PIECE: usize = 1 << 8;
/// How many pieces are sorted and written at a time.
const PIECES: usize = 4;

pub(super) struct Spool<R> {
    file: File,
    /// The bits of a key below those that say its bucket.
    shift: u32,
    n_buckets: usize,
    pieces: Vec<Piece>,
    /// Edges of each bucket.
    sizes: Vec<u64>,
    /// What is not yet written.
    pending: Vec<R>,
    piece: usize,
    /// The most bytes of edges to sort at a time.
    limit: u64,
    memory: usize,
    n_records: u64,
}

/// Where a piece lies, in records.
struct Piece {
    start: u64,
    /// Where each bucket ends in it; it starts where the one before ends.
    ends: Vec<u32>,
}

impl<R: Record> Spool<R> {
    /// For edges whose keys differ in the last `bits` bits only.
    pub(super) fn new(folder: &Path, bits: u32, memory: usize) -> io::Result<Self> {
        // An eighth waits, an eighth is being written, half is sorted.
        let piece = (memory / 8 / R::BYTES / PIECES).clamp(SMALLEST_PIECE, LARGEST_PIECE);
        let n_buckets = 1 << bits.min(BITS);
        Ok(Self {
            file: tempfile::tempfile_in(folder)?,
            shift: bits.saturating_sub(BITS),
            n_buckets,
            pieces: Vec::new(),
            sizes: vec![0; n_buckets],
            pending: Vec::with_capacity(piece * PIECES),
            piece,
            limit: memory as u64 / 2,
            memory,
            n_records: 0,
        })
    }

    pub(super) fn push(&mut self, record: R) -> io::Result<()> {
        self.pending.push(record);
        if self.pending.len() == self.piece * PIECES { self.flush() } else { Ok(()) }
    }

    fn bucket(&self, record: &R) -> usize {
        ((record.key() >> self.shift) as usize) & (self.n_buckets - 1)
    }

    /// Writes what is pending.
    fn flush(&mut self) -> io::Result<()> {
        let write = |(at, records): (usize, &[R])| {
            let start = self.n_records + (at * self.piece) as u64;
            let mut ends = vec![0_u32; self.n_buckets];
            for record in records {
                ends[self.bucket(record)] += 1;
            }
            let mut n_before = 0;
            for end in &mut ends {
                n_before += std::mem::replace(end, n_before);
            }
            let mut bytes = vec![0; records.len() * R::BYTES];
            for record in records {
                let end = &mut ends[self.bucket(record)];
                let slot = *end as usize * R::BYTES;
                record.put(&mut bytes[slot..slot + R::BYTES]);
                *end += 1;
            }
            write_all_at(&self.file, start * R::BYTES as u64, &bytes)?;
            Ok(Piece { start, ends })
        };
        let pieces: io::Result<Vec<Piece>> =
            self.pending.par_chunks(self.piece).enumerate().map(write).collect();
        for piece in pieces? {
            for bucket in 0..self.n_buckets {
                self.sizes[bucket] += piece.run(bucket).1 as u64;
            }
            self.pieces.push(piece);
        }
        self.n_records += self.pending.len() as u64;
        self.pending.clear();
        Ok(())
    }

    /// Hands over all edges in ascending order, as many at a time as memory allows, and says how many bytes were on
    /// disk at the most.
    pub(super) fn drain(
        mut self,
        folder: &Path,
        append: &mut dyn FnMut(&[R]) -> io::Result<()>,
    ) -> io::Result<u64> {
        self.flush()?;
        self.pending = Vec::new();
        let own = self.n_records * R::BYTES as u64;
        let mut below = 0;
        let mut records = Vec::new();
        let mut bucket = 0;
        while bucket < self.n_buckets {
            let mut end = bucket;
            let mut n_records = 0;
            while end < self.n_buckets && (n_records + self.sizes[end]) * R::BYTES as u64 <= self.limit {
                n_records += self.sizes[end];
                end += 1;
            }
            if end > bucket {
                self.load(bucket..end, &mut records)?;
                append(&records)?;
                bucket = end;
                continue;
            }
            if self.shift > 0 {
                records = Vec::new();
                below = below.max(self.part_again(bucket, folder)?.drain(folder, append)?);
            } else if R::HAS_WEIGHT {
                self.load(bucket..bucket + 1, &mut records)?;
                append(&records)?;
            } else {
                // All are parallel.
                append(&self.first(bucket)?)?;
            }
            bucket += 1;
        }
        Ok(own + below)
    }

    /// Reads and sorts consecutive buckets.
    fn load(&self, buckets: std::ops::Range<usize>, records: &mut Vec<R>) -> io::Result<()> {
        let sizes = &self.sizes[buckets.clone()];
        records.resize(sizes.iter().sum::<u64>() as usize, R::default());
        let mut rest = records.as_mut_slice();
        let mut jobs = Vec::with_capacity(sizes.len());
        for (bucket, &size) in buckets.zip(sizes) {
            let (slots, after) = rest.split_at_mut(size as usize);
            jobs.push((bucket, slots));
            rest = after;
        }
        jobs.into_par_iter().try_for_each(|(bucket, mut slots)| {
            let mut bytes = Vec::new();
            for piece in &self.pieces {
                let n = self.read(piece, bucket, &mut bytes)?;
                let (now, later) = slots.split_at_mut(n);
                for (slot, bytes) in now.iter_mut().zip(bytes.chunks_exact(R::BYTES)) {
                    *slot = R::get(bytes);
                }
                slots = later;
            }
            Ok::<(), io::Error>(())
        })?;
        let mut rest = records.as_mut_slice();
        let mut parts = Vec::with_capacity(sizes.len());
        for &size in sizes {
            let (part, after) = rest.split_at_mut(size as usize);
            parts.push(part);
            rest = after;
        }
        parts.into_par_iter().for_each(|part| part.par_sort_unstable_by(R::order));
        Ok(())
    }

    /// Reads the run of a bucket in a piece, and says how many edges it has.
    fn read(&self, piece: &Piece, bucket: usize, bytes: &mut Vec<u8>) -> io::Result<usize> {
        let (first, n) = piece.run(bucket);
        bytes.resize(n * R::BYTES, 0);
        read_exact_at(&self.file, (piece.start + first as u64) * R::BYTES as u64, bytes)?;
        Ok(n)
    }

    fn part_again(&self, bucket: usize, folder: &Path) -> io::Result<Self> {
        let mut parted = Self::new(folder, self.shift, self.memory)?;
        let mut bytes = Vec::new();
        for piece in &self.pieces {
            self.read(piece, bucket, &mut bytes)?;
            for bytes in bytes.chunks_exact(R::BYTES) {
                parted.push(R::get(bytes))?;
            }
        }
        Ok(parted)
    }

    fn first(&self, bucket: usize) -> io::Result<Vec<R>> {
        let Some(piece) = self.pieces.iter().find(|piece| piece.run(bucket).1 > 0) else {
            return Ok(Vec::new());
        };
        let mut bytes = vec![0; R::BYTES];
        read_exact_at(&self.file, (piece.start + piece.run(bucket).0 as u64) * R::BYTES as u64, &mut bytes)?;
        Ok(vec![R::get(&bytes)])
    }
}

impl Piece {
    /// Where the run of a bucket starts, and how long it is.
    fn run(&self, bucket: usize) -> (usize, usize) {
        let start = if bucket == 0 { 0 } else { self.ends[bucket - 1] };
        (start as usize, (self.ends[bucket] - start) as usize)
    }
}
