//! Communities by the Leiden algorithm: groups of nodes with more ties inside than chance would put there.
//!
//! **Formulas.** With A_uv the weight of the edge u → v (both ways if undirected), o_u = Σ_v A_uv, i_u = Σ_v A_vu, M
//! their sum over all nodes, c_u the community of u, n_c its number of nodes and γ the resolution:
//!
//! - modularity Q = 1/M Σ_uv (A_uv − γ o_u i_v / M) \[c_u = c_v\], from −1 to 1;
//! - constant Potts model H = Σ_uv (A_uv − γ) \[c_u = c_v\] over ordered pairs with u = v too, in weights.
//!
//! Communities are found, not proved to be the best. Each is connected, whatever the direction of edges; and once an
//! iteration changes nothing, each node is where it adds most.
//!
//! **Shape and units.** n labels that are node ids.
//!
//! **Semantics.** *Weights* count; an edge of weight zero is none. A *self-loop* counts in o, i and M and holds nothing
//! together. *Isolates* are communities of one. In a *directed* graph the null model keeps out- and in-strengths apart
//! (Leicht and Newman). A community is labelled with its smallest node id. *Renaming* the nodes is another draw.
//!
//! **Method.** An iteration moves nodes, in an order that the seed draws, each to the community where it adds most;
//! then refines each community from single nodes on, joining what is well connected to it at random by what it adds;
//! and goes on with the refined communities as nodes until each is a community. Nodes are looked at in blocks, in
//! parallel and as communities were before the block; each move is then checked again, in order, with what the moves
//! before it changed. A node is looked at again once moves of others may have taken from it by how much staying added
//! more. Blocks and draws follow from the graph and the seed alone, so that threads change nothing.
//!
//! **Cost.** Near O(n + m) time an iteration in practice, in parallel; up to 24 bytes an edge more than the graph, twice
//! that with weights or if directed, and about 140 a node.
//!
//! V. A. Traag, L. Waltman and N. J. van Eck (2019), "From Louvain to Leiden: guaranteeing well-connected communities",
//! *Scientific Reports* 9, 5233. E. A. Leicht and M. E. J. Newman (2008), "Community structure in directed networks",
//! *Physical Review Letters* 100, 118703. V. A. Traag, P. Van Dooren and Y. Nesterov (2011), "Narrow scope for
//! resolution-limit-free community detection", *Physical Review E* 84, 016114.

mod level;
mod moves;
mod near;
mod order;
mod refinement;

use rayon::prelude::*;

use crate::csr::Graph;
use crate::error::Error;
use level::{Level, by_degree};
use moves::Parts;
use order::Order;
use refinement::refine;

/// What is maximised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeidenQuality {
    /// Modularity.
    Modularity,
    /// The constant Potts model.
    Cpm,
}

/// How communities are sought.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeidenOptions {
    /// What is maximised.
    pub quality: LeidenQuality,
    /// γ: the larger, the smaller communities are; above 0.
    pub resolution: f64,
    /// How many iterations to take at most; fewer are taken if one changes nothing.
    pub iterations: u32,
    /// Which draw.
    pub seed: u64,
}

impl Default for LeidenOptions {
    /// Modularity at resolution 1, two iterations.
    fn default() -> Self {
        Self { quality: LeidenQuality::Modularity, resolution: 1.0, iterations: 2, seed: 0 }
    }
}

/// How many nodes a task looks at.
const TASK: usize = 1 << 6;
/// A community that has no members yet.
const FRESH: u32 = u32::MAX;

/// Finds communities: for each node, the smallest node of its own.
///
/// Fails on a resolution that is not above 0 and finite.
pub fn leiden(graph: &Graph, options: LeidenOptions) -> Result<Vec<u32>, Error> {
    let gamma = options.resolution;
    if !(gamma > 0.0 && gamma.is_finite()) {
        return Err(Error::Resolution { resolution: gamma });
    }
    let (order, ranks) = by_degree(graph);
    let base = Level::new(graph, (&order, &ranks), options);
    let mut labels: Vec<u32> = (0..graph.n_nodes()).collect();
    for iteration in 0..options.iterations {
        let found = smallest_members(&iterate(&base, labels.clone(), options.seed, iteration));
        if found == labels {
            break;
        }
        labels = found;
    }
    let mut of_nodes = vec![0; labels.len()];
    for (&u, &label) in order.iter().zip(&labels) {
        of_nodes[u as usize] = label;
    }
    Ok(smallest_members(&of_nodes))
}

/// Each label replaced by the smallest node that has it.
fn smallest_members(labels: &[u32]) -> Vec<u32> {
    let mut first = vec![FRESH; labels.len()];
    for (&label, node) in labels.iter().zip(0..) {
        let slot = &mut first[label as usize];
        *slot = node.min(*slot);
    }
    labels.par_iter().map(|&label| first[label as usize]).collect()
}

fn iterate(base: &Level, mut labels: Vec<u32>, seed: u64, iteration: u32) -> Vec<u32> {
    let mut merged: Option<Level> = None;
    // Where each node of the graph is in the level.
    let mut places: Vec<u32> = (0..base.n_nodes() as u32).collect();
    for depth in 0.. {
        let level = merged.as_ref().unwrap_or(base);
        let order = Order::new(level.n_nodes(), seed, u64::from(iteration) << 32 | depth);
        let mut parts = Parts::new(level, labels);
        parts.improve(level, &order);
        let refined = refine(level, &parts, &order);
        if refined.n_parts() == level.n_nodes() {
            labels = level.connected(&parts.labels);
            break;
        }
        places.par_iter_mut().for_each(|place| *place = refined.labels[*place as usize]);
        labels = refined.of_parts(&parts.labels);
        merged = Some(level.merged(&refined));
    }
    places.par_iter().map(|&place| labels[place as usize]).collect()
}
