//! Turnover of partners: with whom a node has a flow that it did not have before, and what share of all its flow that
//! is.
//!
//! The graphs are read as flows, as in [`crate::dependence`]: f_ij, the weight of the edge i → j, is what goes from i
//! to j; one graph for each of two windows of time, with the same nodes.
//!
//! **Formulas.** With P and P′ the partners of i before and after, those with a positive flow, and f, f′ their flows:
//!
//! - *new* partners are P′ \ P, *lost* ones P \ P′, *kept* ones P ∩ P′;
//! - the share of new partners is Σ f′ over P′ \ P / Σ f′ over P′: what part of the flow after goes to somebody new;
//! - the share of lost partners is Σ f over P \ P′ / Σ f over P: what part of the flow before went to somebody lost.
//!
//! **Shape and units.** Lists of nodes, and two shares without a unit, each for outflow and inflow.
//!
//! **Semantics.** Shares are undefined if *either* window has no flow of the node: where nothing was before, everybody
//! is new because nobody was there, and where nothing is left there is nothing to have a share of. Lists are given all
//! the same. *Self-flows* are left out, and a *flow of zero* is no partner. In an undirected graph outflow and inflow
//! are the same. A partner that is new here may have been one before both windows.
//!
//! **Cost.** O(d log d) time and O(d) memory for a node of degree d.
//!
//! What is new rather than more of the same is the extensive margin, of goods in D. Hummels and P. J. Klenow (2005),
//! "The variety and quality of a nation's exports", *American Economic Review* 95(3), 704–723; of partners here.

use crate::csr::{Graph, sum};

/// Who is new among the partners of one node, and who is lost.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnerTurnover {
    /// Partners after and not before, ascending.
    pub new: Vec<u32>,
    /// Partners before and not after, ascending.
    pub lost: Vec<u32>,
    /// Partners before and after, ascending.
    pub kept: Vec<u32>,
    /// The part of the flow after that is with new partners; `None` if either window has no flow.
    pub share_of_new: Option<f64>,
    /// The part of the flow before that was with lost partners; `None` if either window has no flow.
    pub share_of_lost: Option<f64>,
}

/// To whom the outflow of i goes, before and after.
///
/// Panics if the graphs differ in how many nodes they have.
pub fn outflow_partner_turnover(before: &Graph, after: &Graph, i: u32) -> PartnerTurnover {
    assert_same_nodes(before, after);
    compare(&partners(i, before.out_edges(i)), &partners(i, after.out_edges(i)))
}

/// From whom the inflow of j comes, before and after.
///
/// Panics if the graphs differ in how many nodes they have.
pub fn inflow_partner_turnover(before: &Graph, after: &Graph, j: u32) -> PartnerTurnover {
    assert_same_nodes(before, after);
    compare(&partners(j, before.in_edges(j)), &partners(j, after.in_edges(j)))
}

fn assert_same_nodes(before: &Graph, after: &Graph) {
    assert_eq!(before.n_nodes(), after.n_nodes(), "both windows must have the same nodes");
}

/// Those with a positive flow, ascending.
fn partners(node: u32, flows: impl Iterator<Item = (u32, f64)>) -> Vec<(u32, f64)> {
    flows.filter(|&(other, flow)| other != node && flow > 0.0).collect()
}

fn compare(before: &[(u32, f64)], after: &[(u32, f64)]) -> PartnerTurnover {
    let has = |flows: &[(u32, f64)], node: u32| flows.binary_search_by_key(&node, |flow| flow.0).is_ok();
    let is_new = |flow: &&(u32, f64)| !has(before, flow.0);
    let is_lost = |flow: &&(u32, f64)| !has(after, flow.0);
    let total = |flows: &[(u32, f64)]| sum(flows.iter().map(|flow| flow.1));
    let is_defined = !before.is_empty() && !after.is_empty();
    let share = |part: f64, whole: f64| is_defined.then(|| part / whole);
    PartnerTurnover {
        new: after.iter().filter(is_new).map(|flow| flow.0).collect(),
        lost: before.iter().filter(is_lost).map(|flow| flow.0).collect(),
        kept: after.iter().filter(|flow| !is_new(flow)).map(|flow| flow.0).collect(),
        share_of_new: share(sum(after.iter().filter(is_new).map(|flow| flow.1)), total(after)),
        share_of_lost: share(sum(before.iter().filter(is_lost).map(|flow| flow.1)), total(before)),
    }
}
