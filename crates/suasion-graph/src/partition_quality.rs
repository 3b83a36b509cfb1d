//! How well a partition of the nodes fits a network: modularity, coverage and conductance.
//!
//! **Formulas.** With A_uv the weight of the edge u → v (both ways if undirected), o_u = Σ_v A_uv, i_u = Σ_v A_vu, M
//! their sum over all nodes, and for a community C its o_C and i_C and e_C = Σ A_uv over u and v in C:
//!
//! - modularity Q = Σ_C (e_C / M − γ o_C i_C / M²), with γ the resolution: from −1 to 1 at γ = 1, above 0 if more lies
//!   inside communities than chance would put there;
//! - coverage Σ_C e_C / M: the share of weight inside, from 0 to 1;
//! - conductance of C: cut C / min(vol C, Σ vol of all others), with vol C = o_C + i_C and cut C the weight of the edges
//!   with one end in C (both ways if undirected): the share of its ends that lead out, or of those of all others if
//!   they have fewer; from 0 to 1.
//!
//! **Shape and units.** One modularity and one coverage for the network, one conductance for each community, none with
//! a unit.
//!
//! **Semantics.** *Weights* count; an edge of weight zero is none. A *self-loop* lies inside, and has two ends in an
//! undirected graph. *Isolates* change nothing. Modularity and coverage are `None` without weight, conductance also for
//! a community without any and for one that has all.
//!
//! **Cost.** O(n + m) time in parallel, 80 bytes a node.
//!
//! M. E. J. Newman and M. Girvan (2004), "Finding and evaluating community structure in networks", *Physical Review E*
//! 69, 026113; E. A. Leicht and M. E. J. Newman (2008), "Community structure in directed networks", *Physical Review
//! Letters* 100, 118703. Resolution: J. Reichardt and S. Bornholdt (2006), "Statistical mechanics of community
//! detection", *Physical Review E* 74, 016110. Conductance: R. Kannan, S. Vempala and A. Vetta (2004), "On clusterings:
//! good, bad and spectral", *Journal of the ACM* 51(3), 497–515.

use rayon::prelude::*;

use crate::csr::{Graph, sum};

/// What lies inside and at the border of communities.
#[derive(Debug, Clone, PartialEq)]
pub struct PartitionQuality {
    /// M: the weight of all edges, an undirected one counted both ways.
    pub total: f64,
    /// For each label, in the order of labels that occur.
    pub communities: Vec<CommunityWeight>,
}

/// The weights of one community.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CommunityWeight {
    /// Its label.
    pub label: u32,
    /// How many nodes it has.
    pub n_nodes: u32,
    /// e_C: what leads from its nodes to its nodes.
    pub inside: f64,
    /// o_C: what leads from its nodes.
    pub out: f64,
    /// i_C: what leads to its nodes.
    pub into: f64,
    /// What leads from its nodes to others and from others to its nodes.
    pub cut: f64,
}

/// Adds up what lies inside communities. Panics if there is not one label for each node, below the number of nodes.
pub fn partition_quality(graph: &Graph, labels: &[u32]) -> PartitionQuality {
    let n = graph.n_nodes() as usize;
    assert_eq!(labels.len(), n, "there must be a label for each node");
    let of_node = |u: u32| {
        let label = labels[u as usize];
        let is_inside = |&(v, _): &(u32, f64)| labels[v as usize] == label;
        let weight = |(_, weight): (u32, f64)| weight;
        let inside = sum(graph.out_edges(u).filter(is_inside).map(weight));
        let out_of = sum(graph.out_edges(u).filter(|edge| !is_inside(edge)).map(weight));
        let (again, in_from) = if graph.is_directed() {
            (0.0, sum(graph.in_edges(u).filter(|edge| !is_inside(edge)).map(weight)))
        } else {
            // Both ways; the ends of a loop are the node's.
            (graph.weight(u, u).unwrap_or(0.0), out_of)
        };
        CommunityWeight {
            label,
            n_nodes: 1,
            inside: inside + again,
            out: graph.out_strength(u) + again,
            into: graph.in_strength(u) + again,
            cut: out_of + in_from,
        }
    };
    let of_nodes: Vec<CommunityWeight> = (0..graph.n_nodes()).into_par_iter().map(of_node).collect();
    let mut communities: Vec<CommunityWeight> = (0..n as u32)
        .map(|label| CommunityWeight { label, n_nodes: 0, inside: 0.0, out: 0.0, into: 0.0, cut: 0.0 })
        .collect();
    for node in of_nodes {
        let community = &mut communities[node.label as usize];
        community.n_nodes += 1;
        community.inside += node.inside;
        community.out += node.out;
        community.into += node.into;
        community.cut += node.cut;
    }
    communities.retain(|community| community.n_nodes > 0);
    PartitionQuality { total: sum(communities.iter().map(|community| community.out)), communities }
}

impl PartitionQuality {
    /// Q at a resolution.
    pub fn modularity(&self, resolution: f64) -> Option<f64> {
        let of = |community: &CommunityWeight| {
            community.inside / self.total
                - resolution * (community.out / self.total) * (community.into / self.total)
        };
        (self.total > 0.0).then(|| sum(self.communities.iter().map(of)))
    }

    /// The share of weight that lies inside communities.
    pub fn coverage(&self) -> Option<f64> {
        (self.total > 0.0)
            .then(|| sum(self.communities.iter().map(|community| community.inside)) / self.total)
    }

    /// For each community, the share of its ends that lead out.
    pub fn conductance(&self) -> Vec<Option<f64>> {
        let volume = |community: &CommunityWeight| community.out + community.into;
        // Differences of sums would leave what rounding does: of each, what comes after it and what came before.
        let mut others = vec![0.0; self.communities.len()];
        let mut after = 0.0;
        for (others, community) in others.iter_mut().zip(&self.communities).rev() {
            *others = after;
            after += volume(community);
        }
        let mut before = 0.0;
        let of = |(community, after): (&CommunityWeight, f64)| {
            let smaller = volume(community).min(before + after);
            before += volume(community);
            (smaller > 0.0).then(|| (community.cut / smaller).min(1.0))
        };
        self.communities.iter().zip(others).map(of).collect()
    }
}
