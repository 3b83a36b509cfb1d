//! Moves of nodes to the community where they add most.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering::Relaxed};

use rayon::prelude::*;

use super::level::{Level, Strength};
use super::near::Near;
use super::order::Order;
use super::{FRESH, TASK};
use crate::idle::Idle;

/// How many nodes are looked at between commits, at most.
const BLOCK: usize = 1 << 13;
/// How many blocks a pass has at least, so that few nodes move at a time.
const N_BLOCKS: usize = 64;

/// How many grains a mean weight has.
const GRAINS: f64 = (1 << 20) as f64;

/// Communities of a level.
pub(super) struct Parts {
    pub(super) labels: Vec<u32>,
    pub(super) strengths: Vec<Strength>,
    sizes: Vec<u32>,
    /// Labels that nobody has.
    free: Vec<u32>,
}

/// Where a node would go, as communities were before its block.
struct Wish {
    u: u32,
    own: u32,
    /// [`FRESH`] if it would be alone.
    label: u32,
    /// What leads from it to its own community, and to the other.
    here: f64,
    there: f64,
}

/// What leads from a wish's node to one that may have moved before it.
struct Tie {
    before: u32,
    weight: f64,
}

impl Parts {
    pub(super) fn new(level: &Level, labels: Vec<u32>) -> Self {
        let n = level.n_nodes();
        let strengths = vec![Strength::default(); n];
        let mut parts = Self { strengths, sizes: vec![0; n], free: Vec::new(), labels };
        for u in 0..n {
            let label = parts.labels[u] as usize;
            parts.strengths[label] = parts.strengths[label] + level.strengths[u];
            parts.sizes[label] += 1;
        }
        parts.free = (0..n as u32).rev().filter(|&label| parts.sizes[label as usize] == 0).collect();
        parts
    }

    /// Moves nodes until no move adds anything.
    pub(super) fn improve(&mut self, level: &Level, order: &Order) {
        let idle = Idle::default();
        let n = level.n_nodes();
        let block = (n / N_BLOCKS).clamp(1, BLOCK);
        let watch = Watch::new(level);
        let mut concern = Concern { wish_of: vec![FRESH; n], n_wishes: vec![0; n] };
        let mut round: Vec<u32> =
            order.nodes.par_iter().copied().filter(|&u| !level.others(u).is_empty()).collect();
        while !round.is_empty() {
            let mut next = Vec::new();
            for block in round.chunks(block) {
                let of_task = |task: &[u32]| -> Vec<Wish> {
                    let of_node = |near: &mut Near, u| {
                        let found = self.wish(level, u, near);
                        watch.looked_at(u, found.as_ref().err().copied().unwrap_or(0.0));
                        found.ok()
                    };
                    idle.with(|| Near::new(n), |near| task.iter().filter_map(|&u| of_node(near, u)).collect())
                };
                let wishes: Vec<Vec<Wish>> = block.par_chunks(TASK).map(of_task).collect();
                let wishes: Vec<Wish> = wishes.into_iter().flatten().collect();
                concern.note(&wishes);
                let ties = concern.ties(level, &wishes);
                concern.forget(&wishes);
                let moved = self.grant(level, &wishes, &ties);
                let woken = moved.par_chunks(TASK).map(|moved| watch.woken(level, &self.labels, moved));
                next.extend(woken.collect::<Vec<_>>().into_iter().flatten());
            }
            next.par_sort_unstable_by_key(|&u| order.ranks[u as usize]);
            round = next;
        }
    }

    /// What a node adds to a community of others, to which its edges have this weight.
    fn gain(&self, level: &Level, u: u32, label: u32, weight: f64) -> f64 {
        let own = level.strengths[u as usize];
        let all = self.strengths[label as usize];
        let others = if self.labels[u as usize] == label { all - own } else { all };
        weight - level.expected(own, others)
    }

    /// By how much a move has to add more than staying: less may be rounding.
    fn least(level: &Level) -> f64 {
        1e-9 * level.mean
    }

    /// Where a node would add most, if not where it is; or else by how much staying adds more.
    fn wish(&self, level: &Level, u: u32, near: &mut Near) -> Result<Wish, f64> {
        level.for_each(u, |v, weight| near.add(self.labels[v as usize], weight));
        let own = self.labels[u as usize];
        let here = near.weights[own as usize];
        // Alone, if it is not.
        let alone = if self.sizes[own as usize] > 1 { 0.0 } else { f64::NEG_INFINITY };
        let mut best = (alone, FRESH, 0.0);
        for &label in near.labels.iter().filter(|&&label| label != own) {
            let there = near.weights[label as usize];
            // What chance would put there is never less than nothing.
            if there > best.0 {
                let gain = self.gain(level, u, label, there);
                if gain > best.0 {
                    best = (gain, label, there);
                }
            }
        }
        near.clear();
        let (gain, label, there) = best;
        let margin = self.gain(level, u, own, here) + Self::least(level) - gain;
        if margin >= 0.0 { Err(margin) } else { Ok(Wish { u, own, label, here, there }) }
    }

    /// Moves the nodes whose wishes still add something after the moves before them; says which, and
    /// where they were.
    fn grant(&mut self, level: &Level, wishes: &[Wish], ties: &[Vec<Tie>]) -> Vec<(u32, u32)> {
        let mut moved = Vec::new();
        for (wish, ties) in wishes.iter().zip(ties) {
            // Who was there may have left.
            let is_there = wish.label != FRESH && self.sizes[wish.label as usize] > 0;
            let (mut here, mut there) = (wish.here, wish.there);
            for tie in ties {
                let before = &wishes[tie.before as usize];
                let (was, is) = (before.own, self.labels[before.u as usize]);
                if was != is {
                    here += tie.weight * (f64::from(is == wish.own) - f64::from(was == wish.own));
                    there += tie.weight * (f64::from(is == wish.label) - f64::from(was == wish.label));
                }
            }
            let gain = if is_there { self.gain(level, wish.u, wish.label, there) } else { 0.0 };
            if gain <= self.gain(level, wish.u, wish.own, here) + Self::least(level) {
                continue;
            }
            let Some(label) = (if is_there { Some(wish.label) } else { self.free.pop() }) else { continue };
            self.put(level, wish.u, label);
            moved.push((wish.u, wish.own));
        }
        moved
    }

    /// Moves a node.
    fn put(&mut self, level: &Level, u: u32, label: u32) {
        let own = self.labels[u as usize];
        let strength = level.strengths[u as usize];
        self.strengths[own as usize] = self.strengths[own as usize] - strength;
        self.strengths[label as usize] = self.strengths[label as usize] + strength;
        self.sizes[own as usize] -= 1;
        self.sizes[label as usize] += 1;
        if self.sizes[own as usize] == 0 {
            // Nothing is left of it but rounding.
            self.strengths[own as usize] = Strength::default();
            self.free.push(own);
        }
        self.labels[u as usize] = label;
    }
}

/// Who is to be looked at again.
struct Watch {
    waits: Vec<AtomicBool>,
    /// By how much staying adds more than going, less what moves of others may have taken from that since, in grains:
    /// integers, so that the order in which threads take from them does not matter.
    margins: Vec<AtomicI64>,
    /// How many grains a weight of 1 has.
    grains: f64,
}

impl Watch {
    /// Everybody waits.
    fn new(level: &Level) -> Self {
        let n = level.n_nodes();
        Self {
            waits: (0..n).into_par_iter().map(|_| AtomicBool::new(true)).collect(),
            margins: (0..n).into_par_iter().map(|_| AtomicI64::new(0)).collect(),
            grains: GRAINS / level.mean,
        }
    }

    fn looked_at(&self, u: u32, margin: f64) {
        self.waits[u as usize].store(false, Relaxed);
        // Rounds down, and ends at the largest integer.
        self.margins[u as usize].store((margin * self.grains) as i64, Relaxed);
    }

    /// Those near the nodes that moved who may now want to move, and do not wait yet.
    fn woken(&self, level: &Level, labels: &[u32], moved: &[(u32, u32)]) -> Vec<u32> {
        let mut woken = Vec::new();
        for &(u, from) in moved {
            let to = labels[u as usize];
            level.for_each(u, |v, weight| {
                let label = labels[v as usize];
                let waits = &self.waits[v as usize];
                if label == to || waits.load(Relaxed) {
                    return;
                }
                let taken = if label == from { 2.0 * weight } else { weight };
                let taken = (taken * self.grains).ceil() as i64;
                let is_left = self.margins[v as usize].fetch_sub(taken, Relaxed) >= taken;
                if !is_left && !waits.swap(true, Relaxed) {
                    woken.push(v);
                }
            });
        }
        woken
    }
}

/// Which wishes of a block may bear upon one another.
struct Concern {
    /// Which wish is a node's, or [`FRESH`].
    wish_of: Vec<u32>,
    /// How many wishes are to leave or to enter each community.
    n_wishes: Vec<u32>,
}

impl Concern {
    fn note(&mut self, wishes: &[Wish]) {
        for (at, wish) in (0..).zip(wishes) {
            self.wish_of[wish.u as usize] = at;
            wish.communities().for_each(|label| self.n_wishes[label as usize] += 1);
        }
    }

    fn forget(&mut self, wishes: &[Wish]) {
        for wish in wishes {
            self.wish_of[wish.u as usize] = FRESH;
            wish.communities().for_each(|label| self.n_wishes[label as usize] = 0);
        }
    }

    /// For each wish, its ties to the nodes of wishes before it; none if no other concerns its communities.
    fn ties(&self, level: &Level, wishes: &[Wish]) -> Vec<Vec<Tie>> {
        let ties = |(at, wish): (usize, &Wish)| {
            let mut ties = Vec::new();
            if wish.communities().any(|label| self.n_wishes[label as usize] > 1) {
                level.for_each(wish.u, |v, weight| {
                    // FRESH is above all.
                    let before = self.wish_of[v as usize];
                    if (before as usize) < at {
                        ties.push(Tie { before, weight });
                    }
                });
            }
            ties
        };
        wishes.par_iter().enumerate().with_min_len(TASK / 4).map(ties).collect()
    }
}

impl Wish {
    /// The community that it would leave, and the one that it would enter.
    fn communities(&self) -> impl Iterator<Item = u32> {
        [self.own, self.label].into_iter().filter(|&label| label != FRESH)
    }
}
