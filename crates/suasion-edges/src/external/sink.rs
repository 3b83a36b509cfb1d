//! Ascending edges merged into the columns of a half, in a file.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;

use suasion_graph::mapped::{Column, Header, checksum};

use super::record::{Keys, Record};
use crate::input::{read_exact_at, write_all_at};

/// How many values are written or read at a time.
const BUFFER: usize = 1 << 17;

/// A half on its way to the file.
pub(super) struct Sink<'a> {
    file: &'a File,
    header: Header,
    half: usize,
    keys: Keys,
    offsets: Vec<u64>,
    nodes: Vec<u32>,
    weights: Vec<f64>,
    /// Where weights wait: it is not known before the last node where they lie in the file.
    weight_file: Option<File>,
    /// How many are written.
    n_offsets: u64,
    n_nodes: u64,
    last: Option<u64>,
}

impl<'a> Sink<'a> {
    /// A half after those that the file has.
    pub(super) fn new(
        file: &'a File,
        folder: &Path,
        header: Header,
        half: usize,
        keys: Keys,
    ) -> io::Result<Self> {
        let weight_file = if header.is_weighted { Some(tempfile::tempfile_in(folder)?) } else { None };
        Ok(Self {
            file,
            header,
            half,
            keys,
            offsets: Vec::new(),
            nodes: Vec::new(),
            weights: Vec::new(),
            weight_file,
            n_offsets: 0,
            n_nodes: 0,
            last: None,
        })
    }

    /// Takes edges that are not below those before.
    pub(super) fn append<R: Record>(&mut self, records: &[R]) -> io::Result<()> {
        for record in records {
            let key = record.key();
            if self.last == Some(key) {
                if let Some(weight) = self.weights.last_mut() {
                    *weight += record.weight();
                }
                continue;
            }
            self.last = Some(key);
            // Before, and not after, so that a parallel edge still finds the weight it adds to.
            if self.nodes.len() == BUFFER {
                self.flush()?;
            }
            let (row, node) = self.keys.ends(key);
            self.start_rows(u64::from(row) + 1)?;
            self.nodes.push(node);
            if R::HAS_WEIGHT {
                self.weights.push(record.weight());
            }
            self.header.n_self_loops += u64::from(self.half == 0 && row == node);
        }
        Ok(())
    }

    /// Writes what is left, and says what the file holds now.
    pub(super) fn finish(mut self) -> io::Result<Header> {
        self.flush()?;
        self.start_rows(u64::from(self.header.n_nodes) + 1)?;
        self.flush_offsets()?;
        self.header.n_entries = self.n_nodes;
        if let Some(weights) = &self.weight_file {
            let mut bytes = vec![0; BUFFER * 8];
            let Range { start, end } = self.header.column(self.half, Column::Weights);
            for at in (start..end).step_by(bytes.len()) {
                let n = bytes.len().min((end - at) as usize);
                read_exact_at(weights, at - start, &mut bytes[..n])?;
                write_all_at(self.file, at, &bytes[..n])?;
            }
        }
        // For the zeros after the nodes.
        let end = self.header.column(self.half + 1, Column::Offsets).start;
        self.file.set_len(end)?;
        Ok(self.header)
    }

    /// Says of rows before `end` that have not started where they do: here.
    fn start_rows(&mut self, end: u64) -> io::Result<()> {
        let here = self.n_nodes + self.nodes.len() as u64;
        while self.n_offsets + (self.offsets.len() as u64) < end {
            self.offsets.push(here);
            if self.offsets.len() == BUFFER {
                self.flush_offsets()?;
            }
        }
        Ok(())
    }

    fn flush_offsets(&mut self) -> io::Result<()> {
        let start = self.header.column(self.half, Column::Offsets).start + self.n_offsets * 8;
        write_all_at(self.file, start, &bytes_of(&self.offsets, u64::to_ne_bytes))?;
        let values = self.offsets.iter().copied();
        self.header.checksum =
            self.header.checksum.wrapping_add(checksum(self.half, Column::Offsets, self.n_offsets, values));
        self.n_offsets += self.offsets.len() as u64;
        self.offsets.clear();
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        let start = self.header.column(self.half, Column::Nodes).start + self.n_nodes * 4;
        write_all_at(self.file, start, &bytes_of(&self.nodes, u32::to_ne_bytes))?;
        let values = self.nodes.iter().map(|&node| node.into());
        let mut sum = checksum(self.half, Column::Nodes, self.n_nodes, values);
        if let Some(file) = &self.weight_file {
            write_all_at(file, self.n_nodes * 8, &bytes_of(&self.weights, f64::to_ne_bytes))?;
            let values = self.weights.iter().map(|weight| weight.to_bits());
            sum = sum.wrapping_add(checksum(self.half, Column::Weights, self.n_nodes, values));
        }
        self.header.checksum = self.header.checksum.wrapping_add(sum);
        self.n_nodes += self.nodes.len() as u64;
        self.nodes.clear();
        self.weights.clear();
        Ok(())
    }
}

fn bytes_of<T: Copy, const N: usize>(values: &[T], to_bytes: impl Fn(T) -> [u8; N]) -> Vec<u8> {
    let mut bytes = vec![0; values.len() * N];
    for (slot, &value) in bytes.as_chunks_mut::<N>().0.iter_mut().zip(values) {
        *slot = to_bytes(value);
    }
    bytes
}

/// Visits the edges of the out half in order: row, node, weight (1 if there are none).
pub(super) fn read_back(
    file: &File,
    header: &Header,
    mut visit: impl FnMut(u32, u32, f64) -> io::Result<()>,
) -> io::Result<()> {
    let mut offsets = Values::new(file, header.column(0, Column::Offsets));
    let mut nodes = Values::new(file, header.column(0, Column::Nodes));
    let mut weights = Values::new(file, header.column(0, Column::Weights));
    let mut start = u64::from_ne_bytes(offsets.next()?);
    for row in 0..header.n_nodes {
        let end = u64::from_ne_bytes(offsets.next()?);
        for _ in start..end {
            let node = u32::from_ne_bytes(nodes.next()?);
            let weight = if header.is_weighted { f64::from_ne_bytes(weights.next()?) } else { 1.0 };
            visit(row, node, weight)?;
        }
        start = end;
    }
    Ok(())
}

/// The values of a column, in order.
struct Values<'a> {
    file: &'a File,
    rest: Range<u64>,
    bytes: Vec<u8>,
    at: usize,
}

impl<'a> Values<'a> {
    fn new(file: &'a File, column: Range<u64>) -> Self {
        Self { file, rest: column, bytes: Vec::new(), at: 0 }
    }

    fn next<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        if self.at == self.bytes.len() {
            let n = ((BUFFER * 8) as u64).min(self.rest.end - self.rest.start) as usize;
            self.bytes.resize(n, 0);
            read_exact_at(self.file, self.rest.start, &mut self.bytes)?;
            self.rest.start += n as u64;
            self.at = 0;
        }
        let value = self.bytes[self.at..].first_chunk::<N>().copied();
        self.at += N;
        value.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}
