//! Refinement: communities cut into parts that are well connected.

use rayon::prelude::*;

use super::level::Level;
use super::moves::Parts;
use super::near::Near;
use super::order::Order;
use super::{FRESH, TASK};
use crate::csr::sum;

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
    for (place, &u) in members.iter().enumerate() {
        places[u as usize] = place;
    }
    let community = |label: u32| {
        let places_of = starts[label as usize]..starts[label as usize + 1];
        (places_of.len() > 1).then(|| {
            Community {
                level,
                parts,
                order,
                label,
                first: places_of.start,
                members: &members[places_of],
                places: &places,
            }
            .refined()
        })
    };
    let found: Vec<Option<Vec<u32>>> =
        (0..n as u32).into_par_iter().with_max_len(TASK).map(community).collect();
    let mut labels = vec![0; n];
    let mut n_parts = 0;
    for (label, founders) in found.iter().enumerate() {
        let members = &members[starts[label]..starts[label + 1]];
        for (at, &u) in members.iter().enumerate() {
            // Who joined comes after the one it joined, or before: founders are numbered first.
            if founders.as_ref().is_none_or(|founders| founders[at] as usize == at) {
                labels[u as usize] = n_parts;
                n_parts += 1;
            }
        }
        for (at, &u) in members.iter().enumerate() {
            if let Some(founders) = founders {
                labels[u as usize] = labels[members[founders[at] as usize] as usize];
            }
        }
    }
    let (nodes, starts) = grouped(&labels, n_parts as usize, 0..n as u32);
    Refined { labels, nodes, starts }
}

/// A community that is being refined. Its members are called by their place in it.
struct Community<'a> {
    level: &'a Level,
    parts: &'a Parts,
    order: &'a Order,
    label: u32,
    /// The place of its first member among all nodes.
    first: usize,
    members: &'a [u32],
    places: &'a [usize],
}

impl Community<'_> {
    /// What leads from a node to others of the community, by place.
    fn inside(&self, u: u32) -> impl Iterator<Item = (usize, f64)> {
        self.level
            .row(u)
            .filter(|&(v, _)| self.parts.labels[v as usize] == self.label)
            .map(|(v, weight)| (self.places[v as usize] - self.first, weight))
    }

    /// For each member, the member that founded its part.
    fn refined(&self) -> Vec<u32> {
        let (level, n) = (self.level, self.members.len());
        let (all_out, all_into) = (self.parts.out[self.label as usize], self.parts.into[self.label as usize]);
        let of = |values: &[f64]| -> Vec<f64> { self.members.iter().map(|&u| values[u as usize]).collect() };
        let (mut out, mut into) = (of(&level.out), of(&level.into));
        // What leads from each part to the rest of the community.
        let mut leaves: Vec<f64> =
            self.members.iter().map(|&u| sum(self.inside(u).map(|(_, weight)| weight))).collect();
        let mut founders: Vec<u32> = (0..n as u32).collect();
        let mut is_alone = vec![true; n];
        let mut near = Near::new(n);
        let mut choices: Vec<(u32, f64)> = Vec::new();
        let is_well_connected = |leaves: f64, out: f64, into: f64| {
            leaves >= level.pull * (out * (all_into - into) + into * (all_out - out))
        };
        for (at, &u) in self.members.iter().enumerate() {
            if !is_alone[at] || !is_well_connected(leaves[at], out[at], into[at]) {
                continue;
            }
            for (other, weight) in self.inside(u) {
                near.add(founders[other], weight);
            }
            choices.clear();
            choices.push((at as u32, 0.0));
            for &founder in &near.labels {
                let part = founder as usize;
                let gain = near.weights[part] - level.expected(u, out[part], into[part]);
                if gain >= 0.0 && is_well_connected(leaves[part], out[part], into[part]) {
                    choices.push((founder, gain));
                }
            }
            let founder = choose(&choices, RANDOMNESS * level.mean, self.order.draw(u));
            if founder as usize != at {
                let part = founder as usize;
                founders[at] = founder;
                (is_alone[at], is_alone[part]) = (false, false);
                leaves[part] += leaves[at] - 2.0 * near.weights[part];
                out[part] += out[at];
                into[part] += into[at];
            }
            near.clear();
        }
        founders
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
