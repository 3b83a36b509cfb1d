//! What can be wrong with an edge list, or with what is asked. Each message completes "failed to …" and says what to
//! do.

/// Why no graph could be built, or nothing computed on it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A weight is NaN, infinite or negative.
    #[error(
        "accept edge {edge} (counted from 0): its weight is {weight}; drop the row or give a finite weight of at least 0"
    )]
    BadWeight {
        /// The position of the edge in the input, from 0; of several bad edges, the first.
        edge: usize,
        /// The weight as given.
        weight: f64,
    },
    /// Bounds of windows are too few, too many, or not ascending.
    #[error("cut time at {n_bounds} bounds: give from two to {}, each later than the one before", u32::MAX)]
    Bounds {
        /// How many there are.
        n_bounds: usize,
    },
    /// An end of an edge is not a node.
    #[error(
        "accept edge {edge} (counted from 0): node {node} is not among the {n_nodes} nodes; give more nodes or drop the row"
    )]
    NodeOutOfRange {
        /// The position of the edge in the input, from 0; of several bad edges, the first.
        edge: usize,
        /// The end that is no node; the source, if both are not.
        node: u32,
        /// How many nodes there are.
        n_nodes: u32,
    },
    /// A number that must be above 0 and below 1 is not.
    #[error("take {name} = {value}: give a number above 0 and below 1")]
    NotAShare {
        /// What it is called.
        name: &'static str,
        /// The number as given.
        value: f64,
    },
    /// The columns of an edge list differ in length.
    #[error(
        "pair the columns: {n_sources} sources, {n_targets} targets{}; give one of each for every edge",
        n_weights.map_or(String::new(), |n| format!(", {n} weights"))
    )]
    RaggedColumns {
        /// How many sources there are.
        n_sources: usize,
        /// How many targets there are.
        n_targets: usize,
        /// How many weights there are; `None` for a graph without.
        n_weights: Option<usize>,
    },
    /// A column beside the edges differs from them in length.
    #[error("pair the columns: {length} {column}, {n_rows} edges; give one for every edge")]
    RaggedAttribute {
        /// What the column holds.
        column: &'static str,
        /// How many there are.
        length: usize,
        /// How many edges there are.
        n_rows: usize,
    },
    /// What a layout is told is out of range.
    #[error("lay out the network with {name} = {value}: give a number {wanted}")]
    LayoutOption {
        /// What it is called.
        name: &'static str,
        /// The number as given.
        value: f64,
        /// What it should be.
        wanted: &'static str,
    },
    /// Ties attract so strongly that forces could overflow.
    #[error(
        "lay out the network: its weights, to the power of their influence, add up to more than {most:e}; choose a larger unit"
    )]
    TiesTooStrong {
        /// What they may add up to.
        most: f64,
    },
    /// A resolution is not above 0, or not finite.
    #[error("find communities: the resolution is {resolution}; give one above 0")]
    Resolution {
        /// What was given.
        resolution: f64,
    },
    /// There are more nodes than a `u32` counts.
    #[error("number {n_nodes} nodes: at most {} fit; split or aggregate the network", u32::MAX)]
    TooManyNodes {
        /// How many nodes were asked for or, while names were still being read, had been met.
        n_nodes: usize,
    },
    /// There are more windows than times to be in them.
    #[error("cut a time of {span} into {n_windows} windows: give from one window to {span}")]
    TooShort {
        /// How long the time lasts, in its unit.
        span: u128,
        /// How many windows were asked for.
        n_windows: u32,
    },
    /// The weights are finite but their total comes near the largest float, so that sums could overflow.
    #[error("add up the weights: their total exceeds {:e}; choose a larger unit", f64::MAX / 2.0)]
    TotalTooLarge,
    /// Nodes share so much that listing who shares what would not end.
    #[error(
        "list who shares what: there are {n_pairs} pairs at one node or another, and at most {} are listed; leave out the \
         largest, node {largest} of the other mode with {degree} ties, or split it",
        crate::projection::MAX_PAIRS
    )]
    TooManyPairs {
        /// How many pairs of nodes there are, once for each node of the other mode that both are tied to.
        n_pairs: u64,
        /// The node of the other mode that makes up most of them; of several, the first.
        largest: u32,
        /// How many ties it has.
        degree: u32,
    },
    /// There are more shortest paths from one node to another than the largest float.
    #[error(
        "count shortest paths: from some node to another there are more than {:e}; make one node of those that stand side by side",
        f64::MAX
    )]
    TooManyPaths,
    /// A path algorithm goes by length, and an edge has none.
    #[error(
        "measure paths: the edge from {source_node} to {target_node} has cost 0; drop it, make its ends one node, or give it a positive cost"
    )]
    ZeroLength {
        /// Where the first such edge starts.
        source_node: u32,
        /// Where it ends.
        target_node: u32,
    },
}
