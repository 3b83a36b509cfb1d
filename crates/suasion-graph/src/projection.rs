//! Projections of two-mode networks: who shares events with whom, and how much that says.
//!
//! **Formulas.** With b_ae = 1 if actor a is tied to event e, and n_e = Σ_a b_ae the actors of e, the projection onto
//! actors ties i to j ≠ i where they share an event, with weight
//!
//! - *shared*: Σ_e b_ie b_je, the number of events that they share;
//! - *Newman*: Σ_e b_ie b_je / (n_e − 1): each actor of an event is given 1 to share among the others, so that two who
//!   met in a small circle are tied more strongly than two who were in one crowd.
//!
//! Onto events alike, with the two kinds the other way round.
//!
//! **Shape and units.** An undirected graph of the nodes of one mode. Weights are counts of nodes of the other mode, or
//! Newman's shares of these: then the strength of a node is the number of its events that others attended too.
//!
//! **Semantics.** The *weights* of ties in the two-mode network count for nothing. An event of *one actor* ties nobody,
//! and gives nothing to either weight. An *isolate*, and a node that shares nothing, is an isolate of the projection.
//! NetworkX has the two as `weighted_projected_graph` and `collaboration_weighted_projected_graph`, and agrees.
//!
//! **Cost.** Σ_e n_e (n_e − 1) / 2 steps, one for each pair at each event, in parallel, and a sort of the ties of each
//! node; 16 bytes a tie beside the graph, and 8 a node for each thread. An event that everybody attends ties everybody
//! to everybody. Where there are more than [`MAX_PAIRS`] steps, nothing is computed: the error names the largest event.
//! No event is left out in silence.
//!
//! M. E. J. Newman (2001), "Scientific collaboration networks. II. Shortest paths, weighted networks, and centrality",
//! *Physical Review E* 64, 016132, eq. 2. S. P. Borgatti and M. G. Everett (1997), "Network analysis of 2-mode data",
//! *Social Networks* 19(3), 243–269.

use std::ops::Range;

use rayon::prelude::*;

use crate::csr::{BLOCK, Direction, EdgeColumns, Graph};
use crate::error::Error;
use crate::idle::Idle;
use crate::two_mode::{Mode, TwoMode};

/// How many pairs of nodes are listed at most, once for each node of the other mode that both are tied to: 2³².
pub const MAX_PAIRS: u64 = 1 << 32;

/// What a tie of a projection weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProjectionWeights {
    /// How many nodes of the other mode two nodes share.
    Shared,
    /// Newman's: of each node that is shared, 1 over the number of others there.
    Newman,
}

/// The undirected graph of one mode that ties those who share nodes of the other.
///
/// Fails where there are more than [`MAX_PAIRS`] pairs to list.
pub fn projection(network: &TwoMode, mode: Mode, weights: ProjectionWeights) -> Result<Graph, Error> {
    let other = mode.other();
    let of_event = |degree: u32| match weights {
        ProjectionWeights::Shared => 1.0,
        // An event of one actor has no partners to be given anything.
        ProjectionWeights::Newman => 1.0 / (f64::from(degree) - 1.0),
    };
    let given: Vec<f64> = network.degrees(other).into_iter().map(of_event).collect();
    let idle = Idle::default();
    let n_nodes = network.n_nodes(mode) as usize;
    let of_block = |block: Range<u32>| {
        let mut part = EdgeColumns::default();
        let mut sums = Vec::new();
        idle.with(
            || Partners::among(n_nodes),
            |partners| {
                for node in block {
                    for &event in network.neighbors(mode, node) {
                        partners.meet(node, network.neighbors(other, event), given[event as usize]);
                    }
                    partners.part(|partner, sum| {
                        part.sources.push(node);
                        part.targets.push(partner);
                        sums.push(sum);
                    });
                }
            },
        );
        part.weights = Some(sums);
        part
    };
    let parts: Vec<EdgeColumns> = blocks(network, mode)?.into_par_iter().map(of_block).collect();
    let mut columns = EdgeColumns { weights: Some(Vec::new()), ..EdgeColumns::default() };
    for part in parts {
        columns.sources.extend(part.sources);
        columns.targets.extend(part.targets);
        if let (Some(all), Some(sums)) = (&mut columns.weights, part.weights) {
            all.extend(sums);
        }
    }
    Graph::from_columns(Direction::Undirected, n_nodes, columns)
}

/// Blocks of nodes with about as many steps each, which follow from the network alone.
///
/// Fails where there are too many pairs.
pub(crate) fn blocks(network: &TwoMode, mode: Mode) -> Result<Vec<Range<u32>>, Error> {
    let degrees = network.degrees(mode.other());
    let pairs = |degree: u32| u64::from(degree) * u64::from(degree.saturating_sub(1)) / 2;
    let n_pairs = degrees.iter().fold(0_u64, |sum, &degree| sum.saturating_add(pairs(degree)));
    if n_pairs > MAX_PAIRS {
        let degree = degrees.iter().copied().max().unwrap_or(0);
        let largest = degrees.iter().position(|&other| other == degree).unwrap_or(0) as u32;
        return Err(Error::TooManyPairs { n_pairs, largest, degree });
    }
    let n_nodes = network.n_nodes(mode);
    let mut blocks = Vec::new();
    let (mut first, mut steps) = (0, 0);
    for node in 0..n_nodes {
        let events = network.neighbors(mode, node).iter();
        steps += 1 + events.map(|&event| degrees[event as usize] as usize).sum::<usize>();
        if steps >= BLOCK || node + 1 == n_nodes {
            blocks.push(first..node + 1);
            (first, steps) = (node + 1, 0);
        }
    }
    Ok(blocks)
}

/// Sums by partner, empty between one node and the next.
pub(crate) struct Partners {
    sums: Vec<f64>,
    met: Vec<u32>,
}

impl Partners {
    pub(crate) fn among(n_nodes: usize) -> Self {
        Self { sums: vec![0.0; n_nodes], met: Vec::new() }
    }

    /// Adds what an event gives to a node and each of those after it. What is given is above zero.
    pub(crate) fn meet(&mut self, node: u32, there: &[u32], given: f64) {
        for &partner in &there[there.partition_point(|&partner| partner <= node)..] {
            let sum = &mut self.sums[partner as usize];
            if *sum == 0.0 {
                self.met.push(partner);
            }
            *sum += given;
        }
    }

    /// Hands out the sums, ascending by partner.
    pub(crate) fn part(&mut self, mut each: impl FnMut(u32, f64)) {
        self.met.sort_unstable();
        for partner in self.met.drain(..) {
            each(partner, std::mem::take(&mut self.sums[partner as usize]));
        }
    }
}
