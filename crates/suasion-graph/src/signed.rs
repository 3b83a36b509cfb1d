//! Signed networks: who supports and who opposes whom.
//!
//! A signed network is two graphs of the same nodes: in one the positive weights, in the other the sizes of the
//! negative ones. Every algorithm for graphs works on either.
//!
//! **Shape and units.** Two graphs of n nodes; weights keep their unit.
//!
//! **Semantics.** *Parallel edges* of one sign are merged as in a [`Graph`]; those of opposite signs never cancel: a
//! pair that both supports and opposes has an edge in both graphs. A weight of *zero* is in the positive graph, which a
//! reported zero does not make hostile. With w⁺ and w⁻ the weights in the two graphs, a node's positive and negative
//! strength are Σ w⁺ and Σ w⁻, and the net Σ w⁺ − Σ w⁻ is the sum of the weights as they were given.
//!
//! **Cost.** That of building two graphs, whose edges are together no more than the rows; offsets are there twice.
//!
//! F. Harary (1953), "On the notion of balance of a signed graph", *Michigan Mathematical Journal* 2(2), 143–146.

use crate::csr::{Direction, EdgeColumns, Graph};
use crate::error::Error;

/// A graph of positive and one of negative edges, between the same nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedGraph {
    /// The edges whose weights are not negative.
    pub positive: Graph,
    /// The edges whose weights are negative, with the sizes of the weights.
    pub negative: Graph,
}

/// What becomes of signs where an algorithm knows none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Only edges whose weights are not negative.
    Positive,
    /// Only edges whose weights are negative, with the sizes of the weights.
    Negative,
    /// All edges, with the sizes of the weights; opposite ones add up.
    Ignore,
}

impl SignedGraph {
    /// Builds both graphs of nodes `0..n_nodes`. Without weights, every edge is positive.
    ///
    /// Fails as [`Graph::from_columns`] does, but for negative weights.
    pub fn from_columns(direction: Direction, n_nodes: usize, edges: EdgeColumns) -> Result<Self, Error> {
        edges.check_signed(n_nodes)?;
        let negative = edges.clone().of_sign(Sign::Negative);
        let positive = Graph::from_columns(direction, n_nodes, edges.of_sign(Sign::Positive))?;
        Ok(Self { positive, negative: Graph::from_columns(direction, n_nodes, negative)? })
    }
}

impl EdgeColumns {
    /// Whether a weight is negative.
    pub fn has_negative(&self) -> bool {
        self.weights.as_ref().is_some_and(|weights| weights.iter().any(|&weight| weight < 0.0))
    }

    /// The edges of a sign, none of which is negative any more. Without weights, every edge is positive.
    #[must_use]
    pub fn of_sign(mut self, sign: Sign) -> Self {
        let Some(weights) = &mut self.weights else {
            return if sign == Sign::Negative { Self::default() } else { self };
        };
        // What is no number is kept, to be refused where the graph is built.
        let keeps = |weight: f64| match sign {
            Sign::Positive => weight.is_nan() || weight >= 0.0,
            Sign::Negative => weight.is_nan() || weight < 0.0,
            Sign::Ignore => true,
        };
        let mut kept = 0;
        for edge in 0..weights.len() {
            if keeps(weights[edge]) {
                self.sources[kept] = self.sources[edge];
                self.targets[kept] = self.targets[edge];
                weights[kept] = weights[edge].abs();
                kept += 1;
            }
        }
        self.sources.truncate(kept);
        self.targets.truncate(kept);
        weights.truncate(kept);
        self
    }
}
