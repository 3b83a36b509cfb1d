//! Centralisation: how far a network hangs on its most central node.
//!
//! **Formula.** With c_v a centrality of node v and c* the largest,
//!
//! C = Σ_v (c* − c_v) / max Σ_v (c* − c_v),
//!
//! the maximum over all graphs of n nodes of that kind without self-loops. C is from 0 (all are equally central) to 1
//! (a star). The maxima:
//!
//! | centrality | undirected | directed |
//! |---|---|---|
//! | degree | (n − 1)(n − 2), a star | (n − 1)², for in- and out-degree each: a star whose edges all lead in (out) |
//! | betweenness | (n − 1)²(n − 2) / 2, a star | (n − 1)²(n − 2), a star with edges both ways |
//! | closeness | (n − 1)(n − 2) / (2 n − 3), a star, over connected graphs | n − 1, a star whose edges all lead in |
//!
//! **Shape and units.** One number for the network, without a unit.
//!
//! **Semantics.** *Self-loops* are left out, *weights* ignored; an edge of weight zero is an edge. Degree is in or out
//! as asked; an *isolate* has 0. Closeness is that of [`crate::closeness()`], of distances to the node. Freeman defines
//! its centralisation for *connected* undirected graphs only: it is `None` for others. In a *directed* graph a node
//! that nobody reaches has no closeness, and counts here as one with 0, the part of the network that reaches it. (R
//! `sna` takes distances from the node, gives 0 to each that does not reach all others, and has another maximum.) C is
//! `None` if the maximum is 0: below three nodes, or two for degree and closeness in directed graphs.
//!
//! **Cost.** That of the centrality: O(n + m) for degree, O(n m) at worst for betweenness and closeness.
//!
//! L. C. Freeman (1979), "Centrality in social networks: conceptual clarification", *Social Networks* 1(3), 215–239.

use crate::assortativity::{DegreeKind, degrees_without_loops};
use crate::betweenness::betweenness;
use crate::closeness::closeness;
use crate::components::weak_components;
use crate::csr::{Graph, sum};
use crate::error::Error;

/// Centralisation by degree: in-degree or out-degree in a directed graph.
pub fn degree_centralisation(graph: &Graph, kind: DegreeKind) -> Option<f64> {
    let n = f64::from(graph.n_nodes());
    let maximum = (n - 1.0) * if graph.is_directed() { n - 1.0 } else { n - 2.0 };
    let degrees: Vec<f64> = degrees_without_loops(graph, kind).into_iter().map(f64::from).collect();
    part(&degrees, maximum)
}

/// Centralisation by betweenness.
///
/// Fails if there are more paths between two nodes than the largest float.
pub fn betweenness_centralisation(graph: &Graph) -> Result<Option<f64>, Error> {
    let n = f64::from(graph.n_nodes());
    let both_ways = (n - 1.0) * (n - 1.0) * (n - 2.0);
    let maximum = if graph.is_directed() { both_ways } else { both_ways / 2.0 };
    if graph.n_nodes() < 3 { Ok(None) } else { Ok(part(&betweenness(graph)?, maximum)) }
}

/// Centralisation by closeness; `None` for an undirected graph that is not connected.
pub fn closeness_centralisation(graph: &Graph) -> Option<f64> {
    let n = f64::from(graph.n_nodes());
    let maximum = if graph.is_directed() {
        n - 1.0
    } else if weak_components(graph).n_components() == 1 {
        (n - 1.0) * (n - 2.0) / (2.0 * n - 3.0)
    } else {
        return None;
    };
    if graph.n_nodes() < 2 {
        return None;
    }
    let scores: Vec<f64> = closeness(graph).into_iter().map(|score| score.unwrap_or(0.0)).collect();
    part(&scores, maximum)
}

/// The part of `maximum` by which scores fall short of the largest; `None` if that is not positive.
fn part(scores: &[f64], maximum: f64) -> Option<f64> {
    let largest = scores.iter().copied().max_by(f64::total_cmp)?;
    (scores.len() > 1 && maximum > 0.0)
        .then(|| (sum(scores.iter().map(|score| largest - score)) / maximum).clamp(0.0, 1.0))
}
