//! Coarser networks, each made of the one before.

use rayon::prelude::*;

use crate::csr::{Graph, sum};
use crate::draws::Draws;

/// A network that is laid out: ties between others only, each both ways.
pub(super) struct Level {
    offsets: Vec<usize>,
    nodes: Vec<u32>,
    /// w^δ of each tie; of merged ties the sum.
    pulls: Vec<f64>,
    /// Degree + 1; of merged nodes the sum.
    pub(super) masses: Vec<f64>,
}

/// A coarser level, and where each node of the finer one has gone.
pub(super) struct Coarser {
    pub(super) level: Level,
    pub(super) places: Vec<u32>,
}

/// Has not joined a centre.
const NOWHERE: u32 = u32::MAX;
/// How many nodes are laid out without a coarser level.
pub(super) const SMALL: usize = 50;
/// What share of nodes a coarser level may have.
const WORTHWHILE: f64 = 0.9;

impl Level {
    /// Of an undirected graph without self-loops and ties of weight zero.
    pub(super) fn new(ties: &Graph, influence: f64) -> Self {
        let rows = ties.out_rows();
        let pull = |weight: f64| if influence == 1.0 { weight } else { weight.powf(influence) };
        let weights = ties.all_out_weights();
        let pulls = match weights {
            Some(weights) => weights.par_iter().map(|&weight| pull(weight)).collect(),
            None => vec![1.0; rows.nodes.len()],
        };
        let mass = |u| ties.out_neighbors(u).len() as f64 + 1.0;
        Self {
            offsets: rows.offsets.to_vec(),
            nodes: rows.nodes.to_vec(),
            pulls,
            masses: (0..ties.n_nodes()).map(mass).collect(),
        }
    }

    /// How many nodes there are.
    pub(super) fn n_nodes(&self) -> usize {
        self.masses.len()
    }

    /// Who u is tied to, and how strongly.
    pub(super) fn row(&self, u: usize) -> impl Iterator<Item = (u32, f64)> + Clone {
        let row = self.offsets[u]..self.offsets[u + 1];
        self.nodes[row.clone()].iter().copied().zip(self.pulls[row].iter().copied())
    }

    /// How strongly all ties of u attract together.
    pub(super) fn strength(&self, u: usize) -> f64 {
        sum(self.row(u).map(|(_, pull)| pull))
    }

    /// How strongly all ties attract together, counted from either end.
    pub(super) fn total_pull(&self) -> f64 {
        sum(self.pulls.iter().copied())
    }

    /// About how large a layout of ties of weight 1 is: where one node repelled by all and pulled to the middle balances.
    pub(super) fn radius(&self, scaling: f64) -> f64 {
        (scaling * sum(self.masses.iter().copied())).sqrt()
    }

    /// Centres, none tied to another, drawn at random; each other node joins the centre of whose strength it has most.
    /// `None` if the network is small, or if too few nodes join.
    pub(super) fn coarser(&self, seed: u64, depth: usize) -> Option<Coarser> {
        let n = self.n_nodes();
        if n <= SMALL {
            return None;
        }
        let mut order: Vec<(u64, u32)> = (0..n as u32)
            .into_par_iter()
            .map(|u| (Draws::new(seed, (depth as u64) << 32 | u64::from(u)).bits(), u))
            .collect();
        order.par_sort_unstable();
        let mut is_near = vec![false; n];
        let mut centres = vec![NOWHERE; n];
        for &(_, u) in &order {
            if !is_near[u as usize] {
                centres[u as usize] = 0;
                self.row(u as usize).for_each(|(v, _)| is_near[v as usize] = true);
            }
        }
        let mut n_places = 0;
        for place in centres.iter_mut().filter(|place| **place != NOWHERE) {
            *place = n_places;
            n_places += 1;
        }
        if f64::from(n_places) > WORTHWHILE * n as f64 {
            return None;
        }
        let strengths: Vec<f64> = (0..n).into_par_iter().map(|u| self.strength(u)).collect();
        let join = |u: usize| {
            let mut joined = (f64::NEG_INFINITY, centres[u]);
            if joined.1 == NOWHERE {
                for (v, pull) in self.row(u).filter(|&(v, _)| centres[v as usize] != NOWHERE) {
                    let share = pull / strengths[v as usize];
                    if share > joined.0 {
                        joined = (share, centres[v as usize]);
                    }
                }
            }
            joined.1
        };
        let places: Vec<u32> = (0..n).into_par_iter().map(join).collect();
        Some(Coarser { level: self.merged(&places, n_places as usize), places })
    }

    /// Nodes of one place made one.
    fn merged(&self, places: &[u32], n_places: usize) -> Self {
        let mut starts = vec![0; n_places + 1];
        for &place in places {
            starts[place as usize + 1] += 1;
        }
        for place in 0..n_places {
            starts[place + 1] += starts[place];
        }
        let mut next = starts.clone();
        let mut members = vec![0; places.len()];
        for (u, &place) in (0_u32..).zip(places) {
            members[next[place as usize]] = u;
            next[place as usize] += 1;
        }
        let mut merged = Self { offsets: vec![0], nodes: Vec::new(), pulls: Vec::new(), masses: Vec::new() };
        let mut pulls = vec![0.0; n_places];
        let mut is_met = vec![false; n_places];
        for place in 0..n_places {
            let first = merged.nodes.len();
            let members = &members[starts[place]..starts[place + 1]];
            for (v, pull) in members.iter().flat_map(|&u| self.row(u as usize)) {
                let other = places[v as usize];
                if other as usize != place {
                    if !std::mem::replace(&mut is_met[other as usize], true) {
                        merged.nodes.push(other);
                    }
                    pulls[other as usize] += pull;
                }
            }
            for &other in &merged.nodes[first..] {
                is_met[other as usize] = false;
                merged.pulls.push(std::mem::take(&mut pulls[other as usize]));
            }
            merged.offsets.push(merged.nodes.len());
            merged.masses.push(sum(members.iter().map(|&u| self.masses[u as usize])));
        }
        merged
    }
}
