//! Edges as numbers that sort as edges do.

use std::cmp::Ordering;

/// How an edge becomes a key: its row above its node, in as few bits as the nodes need.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys {
    node_bits: u32,
}

impl Keys {
    pub(super) fn new(n_nodes: u32) -> Self {
        Self { node_bits: (32 - n_nodes.saturating_sub(1).leading_zeros()).max(1) }
    }

    pub(super) fn bits(self) -> u32 {
        2 * self.node_bits
    }

    pub(super) fn key(self, row: u32, node: u32) -> u64 {
        (u64::from(row) << self.node_bits) | u64::from(node)
    }

    pub(super) fn ends(self, key: u64) -> (u32, u32) {
        let node = key & ((1 << self.node_bits) - 1);
        ((key >> self.node_bits) as u32, node as u32)
    }
}

/// An edge in a temporary file.
pub(super) trait Record: Copy + Default + Send + Sync {
    const BYTES: usize;
    const HAS_WEIGHT: bool;
    fn new(key: u64, weight: f64) -> Self;
    fn key(&self) -> u64;
    /// 1 if there are no weights.
    fn weight(&self) -> f64;
    /// By key; parallel edges by weight, so that their sum is that of the build in memory.
    fn order(&self, other: &Self) -> Ordering;
    fn put(&self, bytes: &mut [u8]);
    fn get(bytes: &[u8]) -> Self;
}

impl Record for u64 {
    const BYTES: usize = 8;
    const HAS_WEIGHT: bool = false;

    fn new(key: u64, _: f64) -> Self {
        key
    }

    fn key(&self) -> u64 {
        *self
    }

    fn weight(&self) -> f64 {
        1.0
    }

    fn order(&self, other: &Self) -> Ordering {
        self.cmp(other)
    }

    fn put(&self, bytes: &mut [u8]) {
        bytes.copy_from_slice(&self.to_ne_bytes());
    }

    fn get(bytes: &[u8]) -> Self {
        bytes.first_chunk().copied().map_or(0, Self::from_ne_bytes)
    }
}

impl Record for (u64, f64) {
    const BYTES: usize = 16;
    const HAS_WEIGHT: bool = true;

    fn new(key: u64, weight: f64) -> Self {
        // Turns negative zero into zero, and changes nothing else.
        (key, weight + 0.0)
    }

    fn key(&self) -> u64 {
        self.0
    }

    fn weight(&self) -> f64 {
        self.1
    }

    fn order(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0).then(self.1.total_cmp(&other.1))
    }

    fn put(&self, bytes: &mut [u8]) {
        self.0.put(&mut bytes[..8]);
        self.1.to_bits().put(&mut bytes[8..]);
    }

    fn get(bytes: &[u8]) -> Self {
        (u64::get(bytes), f64::from_bits(u64::get(&bytes[8..])))
    }
}
