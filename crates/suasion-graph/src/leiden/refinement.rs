//! Refinement: communities cut into parts that are well connected.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use rayon::prelude::*;

use super::level::{Level, Strength};
use super::moves::Parts;
use super::near::Near;
use super::order::Order;
use super::{FRESH, TASK};
use crate::csr::sum;
use crate::idle::Idle;

/// θ: how far joins in a refinement may be from the best, in mean weights.
const RANDOMNESS: f64 = 0.01;

/// Parts of communities, each of them well connected.
pub(super) struct Refined {
    pub(super) labels: Vec<u32>,
    /// The nodes of each part, one part after the other, and where each starts.
    nodes: Vec<u32>,
    starts: Vec<usize>,
}

impl Refined {
    pub(super) fn n_parts(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn members(&self, part: usize) -> &[u32] {
        &self.nodes[self.starts[part]..self.starts[part + 1]]
    }

    /// For each part, the first part of its community.
    pub(super) fn of_parts(&self, communities: &[u32]) -> Vec<u32> {
        let mut first = vec![FRESH; communities.len()];
        let of_part = |part| communities[self.members(part)[0] as usize] as usize;
        for part in (0..self.n_parts()).rev() {
            first[of_part(part)] = part as u32;
        }
        (0..self.n_parts()).map(|part| first[of_part(part)]).collect()
    }
}

/// Nodes by label, in the order given within one; and where each label starts.
fn grouped(labels: &[u32], n_labels: usize, order: impl Iterator<Item = u32>) -> (Vec<u32>, Vec<usize>) {
    let mut starts = vec![0; n_labels + 1];
    for &label in labels {
        starts[label as usize + 1] += 1;
    }
    for label in 0..n_labels {
        starts[label + 1] += starts[label];
    }
    let mut next = starts.clone();
    let mut nodes = vec![0; labels.len()];
    for u in order {
        let slot = &mut next[labels[u as usize] as usize];
        nodes[*slot] = u;
        *slot += 1;
    }
    (nodes, starts)
}

/// Cuts each community into well connected parts.
pub(super) fn refine(level: &Level, parts: &Parts, order: &Order) -> Refined {
    let n = level.n_nodes();
    let (members, starts) = grouped(&parts.labels, n, order.nodes.iter().copied());
    let mut places = vec![0; n];
    for (place, &u) in (0..).zip(&members) {
        places[u as usize] = place;
    }
    let leaves = |u: u32| {
        let mut inside = 0.0;
        level.for_each(u, |v, weight| {
            if parts.labels[v as usize] == parts.labels[u as usize] {
                inside += weight;
            }
        });
        inside
    };
    let refinement = Refinement {
        level,
        parts,
        order,
        places: &places,
        leaves: (0..n as u32).into_par_iter().with_min_len(TASK).map(leaves).collect(),
        founders: (0..n as u32).into_par_iter().map(AtomicU32::new).collect(),
    };
    let idle = Idle::default();
    (0..n).into_par_iter().with_max_len(TASK).for_each(|label| {
        let members = &members[starts[label]..starts[label + 1]];
        if members.len() > 1 {
            idle.with(|| Near::new(n), |near| refinement.refine(members, near));
        }
    });
    let founders = refinement.founders;
    let mut labels = vec![0; n];
    let mut n_parts = 0;
    // Parts are numbered by their founders, community by community.
    for &u in &members {
        if founders[u as usize].load(Relaxed) == u {
            labels[u as usize] = n_parts;
            n_parts += 1;
        }
    }
    let labels: Vec<u32> =
        founders.par_iter().map(|founder| labels[founder.load(Relaxed) as usize]).collect();
    let (nodes, starts) = grouped(&labels, n_parts as usize, 0..n as u32);
    Refined { labels, nodes, starts }
}

/// Communities that are being refined, each by one thread.
struct Refinement<'a> {
    level: &'a Level,
    parts: &'a Parts,
    order: &'a Order,
    /// Where each node is among all, community by community.
    places: &'a [u32],
    /// What leads from each node to others of its community.
    leaves: Vec<f64>,
    /// For each node, the node that founded its part.
    founders: Vec<AtomicU32>,
}

impl Refinement<'_> {
    /// Joins what is well connected among the members of one community.
    fn refine(&self, members: &[u32], near: &mut Near) {
        let level = self.level;
        let label = self.parts.labels[members[0] as usize];
        let all = self.parts.strengths[label as usize];
        let mut strengths: Vec<Strength> = members.iter().map(|&u| level.strengths[u as usize]).collect();
        let mut leaves: Vec<f64> = members.iter().map(|&u| self.leaves[u as usize]).collect();
        let mut is_alone = vec![true; members.len()];
        let mut choices: Vec<(u32, f64)> = Vec::new();
        let is_well_connected =
            |leaves: f64, strength: Strength| leaves >= level.expected(strength, all - strength);
        let first = self.places[members[0] as usize];
        for (at, &u) in members.iter().enumerate() {
            if !is_alone[at] || !is_well_connected(leaves[at], strengths[at]) {
                continue;
            }
            level.for_each(u, |v, weight| {
                if self.parts.labels[v as usize] == label {
                    near.add(self.founders[v as usize].load(Relaxed), weight);
                }
            });
            choices.clear();
            choices.push((u, 0.0));
            for &founder in &near.labels {
                let part = (self.places[founder as usize] - first) as usize;
                let gain = near.weights[founder as usize] - level.expected(strengths[at], strengths[part]);
                if gain >= 0.0 && is_well_connected(leaves[part], strengths[part]) {
                    choices.push((founder, gain));
                }
            }
            let founder = choose(&choices, RANDOMNESS * level.mean, self.order.draw(u));
            if founder != u {
                let part = (self.places[founder as usize] - first) as usize;
                self.founders[u as usize].store(founder, Relaxed);
                (is_alone[at], is_alone[part]) = (false, false);
                leaves[part] += leaves[at] - 2.0 * near.weights[founder as usize];
                strengths[part] = strengths[part] + strengths[at];
            }
            near.clear();
        }
    }
}

/// One of the choices, each with probability proportional to exp(gain / `spread`).
fn choose(choices: &[(u32, f64)], spread: f64, draw: f64) -> u32 {
    let most = choices.iter().map(|choice| choice.1).fold(0.0, f64::max);
    let chance = |gain: f64| ((gain - most) / spread).exp();
    let mut left = draw * sum(choices.iter().map(|choice| chance(choice.1)));
    for &(choice, gain) in choices {
        left -= chance(gain);
        if left < 0.0 {
            return choice;
        }
    }
    choices[choices.len() - 1].0
}
