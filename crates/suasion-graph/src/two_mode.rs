//! Two-mode networks: actors and the events that they attended, signed or shared.
//!
//! **Formulas.** With b_ae = 1 if actor a is tied to event e: an actor's degree Σ_e b_ae is the number of its events,
//! an event's degree Σ_a b_ae the number of its actors. Density is the number of ties over n_actors · n_events, and
//! undefined if there are none of either. A node's strength is the sum of the weights of its ties, which are no part of
//! the other figures. Who shares events with whom is found by [`crate::projection()`] and [`crate::validated_projection()`].
//!
//! **Shape and units.** Actors are `0..n_actors` and events `0..n_events`, numbered apart. Degrees are one count of
//! ties for each node of a mode, strengths one sum in the unit of the weights; density is one share for the network,
//! without a unit.
//!
//! **Semantics.** A tie leads from an actor to an event. *Parallel* ties are merged, and their weights added, as in a
//! [`Graph`]; a tie of *weight zero* is a tie. An *isolate*, an actor or event without ties, has degree and strength 0.
//!
//! **Cost.** 8 bytes a tie (24 with weights) and 16 for each actor or event, whichever are more.
//!
//! R. L. Breiger (1974), "The duality of persons and groups", *Social Forces* 53(2), 181–190. S. P. Borgatti and M. G.
//! Everett (1997), "Network analysis of 2-mode data", *Social Networks* 19(3), 243–269.

use rayon::prelude::*;

use crate::csr::{Direction, EdgeColumns, Graph};
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
}

impl Mode {
    /// The other kind.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Actors => Self::Events,
            Self::Events => Self::Actors,
        }
    }
}
