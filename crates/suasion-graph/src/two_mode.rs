//! Two-mode networks: actors and the events that they attended, signed or shared.
//!
//! **Formulas.** With b_ae = 1 if actor a is tied to event e: an actor's degree Σ_e b_ae is the number of its events,
//! an event's degree Σ_a b_ae the number of its actors. Density is the number of ties over n_actors · n_events, and
//! undefined if there are none of either. The projection onto actors ties a to a' ≠ a with weight Σ_e b_ae b_a'e, the
//! number of events that they share, where that is above zero; onto events alike. A node's strength is the sum of the
//! weights of its ties, which are no part of the other figures.
//!
//! **Shape and units.** Actors are `0..n_actors` and events `0..n_events`, numbered apart. Degrees are one count of
//! ties for each node of a mode, strengths one sum in the unit of the weights; density is one share for the network,
//! without a unit. A projection is a graph of the nodes of one mode, weighted by counts of nodes of the other.
//!
//! **Semantics.** A tie leads from an actor to an event. *Parallel* ties are merged, and their weights added, as in a
//! [`Graph`]; a tie of *weight zero* is a tie. An *isolate*, an actor or event without ties, has degree and strength 0,
//! and is one in a projection too.
//!
//! **Cost.** 8 bytes a tie (24 with weights) and 16 for each actor or event, whichever are more. A projection takes Σ_e
//! d_e² steps for events of degree d_e, which are sorted for each actor, in parallel, and has up to half as many edges:
//! an event that everybody attends ties everybody to everybody.
//!
//! R. L. Breiger (1974), "The duality of persons and groups", *Social Forces* 53(2), 181–190. S. P. Borgatti and M. G.
//! Everett (1997), "Network analysis of 2-mode data", *Social Networks* 19(3), 243–269.

use std::ops::Range;

use rayon::prelude::*;

use crate::csr::{BLOCK, Direction, EdgeColumns, Graph};
use crate::error::Error;

/// Actors and events, tied to one another.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoMode {
    /// From actors to events, each with numbers of its own.
    ties: Graph,
    n_actors: u32,
    n_events: u32,
}

/// One of the two kinds of node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Who is tied to events.
    Actors,
    /// What actors are tied to.
    Events,
}

impl TwoMode {
    /// Builds a network in which sources are actors and targets are events.
    ///
    /// Fails as [`Graph::from_columns`] does, and on a source that is no actor or a target that is no event.
    pub fn from_columns(n_actors: usize, n_events: usize, ties: EdgeColumns) -> Result<Self, Error> {
        let number = |n_nodes: usize| u32::try_from(n_nodes).map_err(|_| Error::TooManyNodes { n_nodes });
        let (n_actors, n_events) = (number(n_actors)?, number(n_events)?);
        let stray = |nodes: &[u32], n_nodes: u32| nodes.par_iter().position_first(|&node| node >= n_nodes);
        let strays = [(&ties.sources, n_actors), (&ties.targets, n_events)];
        let first = strays.into_iter().filter_map(|(nodes, n_nodes)| {
            stray(nodes, n_nodes).map(|edge| Error::NodeOutOfRange { edge, node: nodes[edge], n_nodes })
        });
        let edge = |error: &Error| if let Error::NodeOutOfRange { edge, .. } = error { *edge } else { 0 };
        if let Some(error) = first.min_by_key(edge) {
            return Err(error);
        }
        let n_nodes = n_actors.max(n_events) as usize;
        let ties = Graph::from_columns(Direction::Directed, n_nodes, ties)?;
        Ok(Self { ties, n_actors, n_events })
    }

    /// How many nodes there are of a mode, those without ties included.
    pub fn n_nodes(&self, mode: Mode) -> u32 {
        match mode {
            Mode::Actors => self.n_actors,
            Mode::Events => self.n_events,
        }
    }

    /// How many ties there are after merging.
    pub fn n_ties(&self) -> usize {
        self.ties.n_edges()
    }

    /// The nodes of the other mode that a node is tied to, ascending.
    pub fn neighbors(&self, mode: Mode, node: u32) -> &[u32] {
        let n_nodes = self.n_nodes(mode);
        assert!(node < n_nodes, "node {node} is not among the {n_nodes} nodes of its mode");
        match mode {
            Mode::Actors => self.ties.out_neighbors(node),
            Mode::Events => self.ties.in_neighbors(node),
        }
    }

    /// For each node of a mode, to how many of the other it is tied.
    pub fn degrees(&self, mode: Mode) -> Vec<u32> {
        (0..self.n_nodes(mode)).into_par_iter().map(|node| self.neighbors(mode, node).len() as u32).collect()
    }

    /// For each node of a mode, what its ties weigh; its degree without weights.
    pub fn strengths(&self, mode: Mode) -> Vec<f64> {
        let strength = |node| match mode {
            Mode::Actors => self.ties.out_strength(node),
            Mode::Events => self.ties.in_strength(node),
        };
        (0..self.n_nodes(mode)).into_par_iter().map(strength).collect()
    }

    /// What share of the possible ties there is.
    pub fn density(&self) -> Option<f64> {
        let possible = f64::from(self.n_actors) * f64::from(self.n_events);
        (possible > 0.0).then(|| self.n_ties() as f64 / possible)
    }

    /// The undirected graph of one mode in which weights are how many nodes of the other mode two nodes share.
    ///
    /// Fails as [`Graph::from_columns`] does, which counts give no cause for.
    pub fn projection(&self, mode: Mode) -> Result<Graph, Error> {
        let other = match mode {
            Mode::Actors => Mode::Events,
            Mode::Events => Mode::Actors,
        };
        let n_nodes = self.n_nodes(mode);
        // Blocks of about as many steps each, which follow from the network alone.
        let mut blocks: Vec<Range<u32>> = Vec::new();
        let (mut first, mut steps) = (0, 0);
        for node in 0..n_nodes {
            let shared = self.neighbors(mode, node).iter();
            steps += 1 + shared.map(|&event| self.neighbors(other, event).len()).sum::<usize>();
            if steps >= BLOCK || node + 1 == n_nodes {
                blocks.push(first..node + 1);
                (first, steps) = (node + 1, 0);
            }
        }
        let parts: Vec<EdgeColumns> = blocks
            .into_par_iter()
            .map(|block| {
                let mut part = EdgeColumns::default();
                let mut weights = Vec::new();
                let mut met = Vec::new();
                for node in block {
                    met.clear();
                    for &event in self.neighbors(mode, node) {
                        let with = self.neighbors(other, event);
                        met.extend(&with[with.partition_point(|&partner| partner <= node)..]);
                    }
                    met.sort_unstable();
                    for shared in met.chunk_by(|a, b| a == b) {
                        part.sources.push(node);
                        part.targets.push(shared[0]);
                        weights.push(shared.len() as f64);
                    }
                }
                part.weights = Some(weights);
                part
            })
            .collect();
        let mut columns = EdgeColumns { weights: Some(Vec::new()), ..EdgeColumns::default() };
        for part in parts {
            columns.sources.extend(part.sources);
            columns.targets.extend(part.targets);
            if let (Some(all), Some(weights)) = (&mut columns.weights, part.weights) {
                all.extend(weights);
            }
        }
        Graph::from_columns(Direction::Undirected, n_nodes as usize, columns)
    }
}
