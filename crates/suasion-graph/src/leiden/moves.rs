//! Moves of nodes to the community where they add most.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use rayon::prelude::*;

use super::level::Level;
use super::near::Near;
use super::order::Order;
use super::{FRESH, TASK};
use crate::idle::Idle;

/// How many nodes are looked at between commits, at most.
const BLOCK: usize = 1 << 13;
/// How many blocks a pass has at least, so that few nodes move at a time.
const N_BLOCKS: usize = 64;

/// Communities of a level.
pub(super) struct Parts {
    pub(super) labels: Vec<u32>,
    pub(super) out: Vec<f64>,
    pub(super) into: Vec<f64>,
    sizes: Vec<u32>,
    /// Labels that nobody has.
    free: Vec<u32>,
}

impl Parts {
    pub(super) fn new(level: &Level, labels: Vec<u32>) -> Self {
        let n = level.n_nodes();
        let mut parts =
            Self { out: vec![0.0; n], into: vec![0.0; n], sizes: vec![0; n], free: Vec::new(), labels };
        for u in 0..n {
            let label = parts.labels[u] as usize;
            parts.out[label] += level.out[u];
            parts.into[label] += level.into[u];
            parts.sizes[label] += 1;
        }
        parts.free = (0..n as u32).rev().filter(|&label| parts.sizes[label as usize] == 0).collect();
        parts
    }

    /// Moves nodes until no move adds anything.
    pub(super) fn improve(&mut self, level: &Level, order: &Order) {
        let idle = Idle::default();
        let block = (level.n_nodes() / N_BLOCKS).clamp(1, BLOCK);
        // Who is to be looked at.
        let waits: Vec<AtomicBool> =
            (0..level.n_nodes()).into_par_iter().map(|_| AtomicBool::new(true)).collect();
        let mut round = order.nodes.clone();
        // In which block each community last changed.
        let mut changed = vec![0; level.n_nodes()];
        let mut n_blocks = 0;
        while !round.is_empty() {
            let mut next = Vec::new();
            for block in round.chunks(block) {
                n_blocks += 1;
                let wishes: Vec<Vec<(u32, u32)>> = block
                    .par_chunks(TASK)
                    .map(|task| {
                        idle.with(
                            || Near::new(level.n_nodes()),
                            |near| {
                                let wish = |&u: &u32| {
                                    waits[u as usize].store(false, Relaxed);
                                    Some((u, self.wish(level, u, near)?))
                                };
                                task.iter().filter_map(wish).collect()
                            },
                        )
                    })
                    .collect();
                let mut moved = Vec::new();
                for (u, label) in wishes.into_iter().flatten() {
                    let own = self.labels[u as usize];
                    let is_as_it_was = label != FRESH
                        && changed[own as usize] < n_blocks
                        && changed[label as usize] < n_blocks;
                    if let Some(label) = self.grant(level, u, label, is_as_it_was) {
                        (changed[own as usize], changed[label as usize]) = (n_blocks, n_blocks);
                        moved.push(u);
                    }
                }
                let woken = moved.par_chunks(TASK).map(|task| {
                    let mut woken = Vec::new();
                    for &u in task {
                        let label = self.labels[u as usize];
                        let others =
                            level.row(u).map(|(v, _)| v).filter(|&v| self.labels[v as usize] != label);
                        woken.extend(others.filter(|&v| !waits[v as usize].swap(true, Relaxed)));
                    }
                    woken
                });
                next.extend(woken.collect::<Vec<_>>().into_iter().flatten());
            }
            next.par_sort_unstable_by_key(|&u| order.ranks[u as usize]);
            round = next;
        }
    }

    /// What a node adds to a community of others, to which its edges have this weight.
    fn gain(&self, level: &Level, u: u32, label: u32, weight: f64) -> f64 {
        let (at, to) = (u as usize, label as usize);
        let is_own = self.labels[at] == label;
        let (out, into) = if is_own { (level.out[at], level.into[at]) } else { (0.0, 0.0) };
        weight - level.expected(u, self.out[to] - out, self.into[to] - into)
    }

    /// By how much a move has to add more than staying: less may be rounding.
    fn least(level: &Level) -> f64 {
        1e-9 * level.mean
    }

    /// Where a node would add most, if not where it is.
    fn wish(&self, level: &Level, u: u32, near: &mut Near) -> Option<u32> {
        for (v, weight) in level.row(u) {
            near.add(self.labels[v as usize], weight);
        }
        let own = self.labels[u as usize];
        let stay = self.gain(level, u, own, near.weights[own as usize]);
        let mut best = (stay + Self::least(level), own);
        if self.sizes[own as usize] > 1 && best.0 < 0.0 {
            best = (0.0, FRESH);
        }
        for &label in near.labels.iter().filter(|&&label| label != own) {
            let gain = self.gain(level, u, label, near.weights[label as usize]);
            if gain > best.0 {
                best = (gain, label);
            }
        }
        near.clear();
        Some(best.1).filter(|&label| label != own)
    }

    /// Moves a node if that still adds something, as it does if both communities are as they were; says where to.
    fn grant(&mut self, level: &Level, u: u32, wish: u32, is_as_it_was: bool) -> Option<u32> {
        let own = self.labels[u as usize];
        // Who was there may have left.
        let wish = if wish != FRESH && self.sizes[wish as usize] > 0 { wish } else { FRESH };
        if !is_as_it_was && !self.still_adds(level, u, wish) {
            return None;
        }
        let label = if wish == FRESH { self.free.pop()? } else { wish };
        for (label, sign) in [(own, -1.0), (label, 1.0)] {
            self.out[label as usize] += sign * level.out[u as usize];
            self.into[label as usize] += sign * level.into[u as usize];
        }
        self.sizes[own as usize] -= 1;
        self.sizes[label as usize] += 1;
        if self.sizes[own as usize] == 0 {
            // Nothing is left of it but rounding.
            (self.out[own as usize], self.into[own as usize]) = (0.0, 0.0);
            self.free.push(own);
        }
        self.labels[u as usize] = label;
        Some(label)
    }

    fn still_adds(&self, level: &Level, u: u32, wish: u32) -> bool {
        let own = self.labels[u as usize];
        let (mut here, mut there) = (0.0, 0.0);
        for (v, weight) in level.row(u) {
            let label = self.labels[v as usize];
            if label == own {
                here += weight;
            } else if label == wish {
                there += weight;
            }
        }
        let gain = if wish == FRESH { 0.0 } else { self.gain(level, u, wish, there) };
        gain > self.gain(level, u, own, here) + Self::least(level)
    }
}
