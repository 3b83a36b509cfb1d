//! Dependence: how much of what one side sends or receives hangs on the other, and who needs whom more.
//!
//! The graph is read as flows: f_ij, the weight of the edge i → j, is what goes from origin i to destination j
//! (exports, students, visitors, visits to a site), in one unit.
//!
//! **Formulas.** With sums over k ≠ i for an origin i and over k ≠ j for a destination j,
//!
//! - outflow share s_ij = f_ij / Σ_k f_ik: the part of i's outflow that goes to j, or i's dependence on j as a market;
//! - inflow share m_ji = f_ij / Σ_k f_kj: the part of j's inflow that comes from i, or j's dependence on i as a
//!   supplier;
//! - asymmetry A_ij = s_ij − s_ji, from −1 to 1: positive if i depends on j more than j on i, and A_ji = −A_ij;
//! - concentration of i's outflow H_i = Σ_j s_ij², from 1 / (number of partners) to 1, and likewise of its inflow with
//!   m_ij; its effective number 1 / H_i is how many equal partners would be as concentrated.
//!
//! **Shape and units.** A share and an asymmetry are one number for a pair of nodes; a total, H and effective number
//! are one each for a node, out and in; [`dependence_of`] lists all partners of a node. Shares, asymmetry and H have no
//! unit (multiply by 100 for per cent), effective numbers count partners, and flows and totals have the unit of the
//! weights.
//!
//! **Semantics.** *Self-flows* f_ii are left out of every sum and of every list of partners: nobody depends on itself
//! here. *Parallel rows* have been added up by [`Graph`]. A *flow of zero* counts as no partner. A share is `None` if
//! its denominator is zero, which is the case for *isolates*, for nodes with nothing but a self-flow, and for outflow
//! shares of nodes that only receive; an asymmetry is `None` if either of its shares is. A node has no share in itself:
//! `None`. If the denominator is positive and there is no edge, the share is a true zero.
//!
//! **Coverage.** Denominators are the flows in the graph, not those of the world: a partner whose other flows are
//! missing looks more dependent than it is. Every result therefore carries the totals it divided by, for comparison
//! with published ones.
//!
//! **Cost.** O(degree) for a share or a concentration; [`dependence_of`] adds up the outflow of each partner, and so
//! takes the sum of their out-degrees. [`dependence_ties`] takes O(m log d) in parallel for the largest degree d.
//!
//! **Sources.** Shares and asymmetry: A. O. Hirschman (1945), *National Power and the Structure of Foreign Trade*,
//! University of California Press, chapter II (the same trade weighs more in the small country's total than in the
//! large one's). Concentration: chapter VI there has the square root of H, as a percentage; O. C. Herfindahl (1950),
//! *Concentration in the Steel Industry*, has H itself; see A. O. Hirschman (1964), "The paternity of an index",
//! *American Economic Review* 54(5), 761–762. Effective number: M. A. Adelman (1969), "Comment on the 'H' concentration
//! measure as a numbers-equivalent", *Review of Economics and Statistics* 51(1), 99–101.

use std::ops::Range;

use rayon::prelude::*;

use crate::concentration::sum_of_squared_shares;
use crate::csr::{BLOCK, Graph, sum};

/// What goes out of i to others: Σ_k f_ik over k ≠ i.
pub fn outflow(graph: &Graph, i: u32) -> f64 {
    sum(except(i, graph.out_edges(i)))
}

/// What comes into j from others: Σ_k f_kj over k ≠ j.
pub fn inflow(graph: &Graph, j: u32) -> f64 {
    sum(except(j, graph.in_edges(j)))
}

/// The part s_ij of i's outflow that goes to j; `None` if i has no outflow, or i is j.
pub fn outflow_share(graph: &Graph, i: u32, j: u32) -> Option<f64> {
    if i == j { None } else { share(flow(graph, i, j), outflow(graph, i)) }
}

/// The part m_ji of j's inflow that comes from i (mind the order: the receiver first); `None` if j has no inflow, or i
/// is j.
pub fn inflow_share(graph: &Graph, j: u32, i: u32) -> Option<f64> {
    if i == j { None } else { share(flow(graph, i, j), inflow(graph, j)) }
}

/// A_ij = s_ij − s_ji: positive if i's outflow depends on j more than j's on i; `None` if either has no outflow, or i
/// is j.
pub fn asymmetry(graph: &Graph, i: u32, j: u32) -> Option<f64> {
    Some(outflow_share(graph, i, j)? - outflow_share(graph, j, i)?)
}

/// How concentrated i's outflow is over destinations; `None` if it has none.
pub fn outflow_concentration(graph: &Graph, i: u32) -> Option<Concentration> {
    concentration(except(i, graph.out_edges(i)))
}

/// How concentrated j's inflow is over origins; `None` if it has none.
pub fn inflow_concentration(graph: &Graph, j: u32) -> Option<Concentration> {
    concentration(except(j, graph.in_edges(j)))
}

/// Everyone with whom the focus has a flow, and how much either needs the other.
pub fn dependence_of(graph: &Graph, focus: u32) -> Dependence {
    let total_in = inflow(graph, focus);
    let total_out = outflow(graph, focus);
    let mut partners: Vec<Partner> = flows_with(graph, focus)
        .into_iter()
        .filter(|&(node, flow_in, flow_out)| node != focus && (flow_in > 0.0 || flow_out > 0.0))
        .map(|(node, flow_in, flow_out)| {
            let partner_outflow = outflow(graph, node);
            let focus_outflow_share = share(flow_out, total_out);
            let partner_outflow_share = share(flow_in, partner_outflow);
            let asymmetry =
                partner_outflow_share.zip(focus_outflow_share).map(|(theirs, ours)| theirs - ours);
            Partner {
                node,
                flow_in,
                flow_out,
                partner_outflow,
                focus_inflow_share: share(flow_in, total_in),
                focus_outflow_share,
                partner_outflow_share,
                asymmetry,
            }
        })
        .collect();
    partners.sort_unstable_by(|a, b| {
        (b.flow_in + b.flow_out).total_cmp(&(a.flow_in + a.flow_out)).then(a.node.cmp(&b.node))
    });
    Dependence {
        focus,
        inflow: inflow_concentration(graph, focus),
        outflow: outflow_concentration(graph, focus),
        self_flow: flow(graph, focus, focus),
        partners,
    }
}

/// Every flow between two nodes, by origin and then destination, and how much either needs the other.
///
/// In an undirected graph each flow leads both ways and stands twice.
pub fn dependence_ties(graph: &Graph) -> Vec<DependenceTie> {
    let nodes = 0..graph.n_nodes();
    let outflows: Vec<f64> = nodes.clone().into_par_iter().map(|i| outflow(graph, i)).collect();
    let inflows: Vec<f64> = nodes.into_par_iter().map(|j| inflow(graph, j)).collect();
    let of_block = |block: Range<u32>| {
        block.flat_map(|origin| {
            let flows = graph.out_edges(origin).filter(move |&(other, flow)| other != origin && flow > 0.0);
            flows.map(move |edge| (origin, edge))
        })
    };
    let of_tie = |(origin, (destination, value)): (u32, (u32, f64))| {
        let outflow_share = value / outflows[origin as usize];
        let back = share(flow(graph, destination, origin), outflows[destination as usize]);
        DependenceTie {
            origin,
            destination,
            flow: value,
            outflow_share,
            inflow_share: value / inflows[destination as usize],
            asymmetry: back.map(|back| outflow_share - back),
        }
    };
    graph.out_rows().blocks(BLOCK).into_par_iter().flat_map_iter(of_block).map(of_tie).collect()
}

/// A flow from one node to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DependenceTie {
    /// i.
    pub origin: u32,
    /// j.
    pub destination: u32,
    /// f_ij, positive.
    pub flow: f64,
    /// s_ij: how far the origin depends on the destination.
    pub outflow_share: f64,
    /// m_ji: how far the destination depends on the origin.
    pub inflow_share: f64,
    /// A_ij; `None` if the destination has no outflow.
    pub asymmetry: Option<f64>,
}

/// How concentrated a total is over partners.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Concentration {
    /// The total that shares were taken of, in the unit of the weights; positive.
    pub total: f64,
    /// How many partners have a positive flow.
    pub n_partners: u32,
    /// The Herfindahl–Hirschman index, the sum of squared shares: 1 / `n_partners` to 1.
    pub hhi: f64,
    /// 1 / `hhi`: how many equal partners would be as concentrated.
    pub effective_number: f64,
}

/// The partners of one node, and how much either side needs the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Dependence {
    /// The node whose partners these are.
    pub focus: u32,
    /// Its inflow by origin; `None` if it has none.
    pub inflow: Option<Concentration>,
    /// Its outflow by destination; `None` if it has none.
    pub outflow: Option<Concentration>,
    /// The flow from the focus to itself, which all else leaves out.
    pub self_flow: f64,
    /// Everyone with a positive flow either way: by `flow_in + flow_out`, the largest first, then by node id.
    pub partners: Vec<Partner>,
}

/// One partner of the focus.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Partner {
    /// The partner.
    pub node: u32,
    /// From the partner to the focus.
    pub flow_in: f64,
    /// From the focus to the partner.
    pub flow_out: f64,
    /// All the partner sends to others, the denominator of `partner_outflow_share`.
    pub partner_outflow: f64,
    /// The focus's dependence on the partner: the part of the focus's inflow that comes from it.
    pub focus_inflow_share: Option<f64>,
    /// The part of the focus's outflow that goes to the partner.
    pub focus_outflow_share: Option<f64>,
    /// The partner's dependence on the focus: the part of the partner's outflow that goes to it.
    pub partner_outflow_share: Option<f64>,
    /// `partner_outflow_share − focus_outflow_share`, A_ij with the partner as i and the focus as j: positive if the
    /// partner depends on the focus more than the focus on it.
    pub asymmetry: Option<f64>,
}

/// The flow from i to j, zero if there is none.
fn flow(graph: &Graph, i: u32, j: u32) -> f64 {
    graph.weight(i, j).unwrap_or(0.0)
}

/// The flows of a row without the self-flow.
fn except(node: u32, row: impl Iterator<Item = (u32, f64)> + Clone) -> impl Iterator<Item = f64> + Clone {
    row.filter(move |&(other, _)| other != node).map(|(_, flow)| flow)
}

fn share(flow: f64, total: f64) -> Option<f64> {
    (total > 0.0).then(|| flow / total)
}

fn concentration(flows: impl Iterator<Item = f64> + Clone) -> Option<Concentration> {
    let total = sum(flows.clone());
    if total <= 0.0 {
        return None;
    }
    let n_partners = flows.clone().filter(|&flow| flow > 0.0).count() as u32;
    let hhi = sum_of_squared_shares(flows, total);
    Some(Concentration { total, n_partners, hhi, effective_number: 1.0 / hhi })
}

/// The neighbours of u, ascending, each with the flow from it and the flow to it: both rows merged.
fn flows_with(graph: &Graph, u: u32) -> Vec<(u32, f64, f64)> {
    let mut sources = graph.in_edges(u).peekable();
    let mut targets = graph.out_edges(u).peekable();
    let mut merged = Vec::new();
    loop {
        let node = match (sources.peek(), targets.peek()) {
            (Some(&(source, _)), Some(&(target, _))) => source.min(target),
            (Some(&(node, _)), None) | (None, Some(&(node, _))) => node,
            (None, None) => return merged,
        };
        let flow_in = sources.next_if(|&(source, _)| source == node).map_or(0.0, |(_, flow)| flow);
        let flow_out = targets.next_if(|&(target, _)| target == node).map_or(0.0, |(_, flow)| flow);
        merged.push((node, flow_in, flow_out));
    }
}
