//! E–I index: whether ties lead out of groups or stay within them.
//!
//! **Formula.** With E external ties, between groups, and I internal ones, within them,
//!
//! EI = (E − I) / (E + I), from −1 (all internal) to 1 (all external): over the whole network, over the ties with an
//! end in one group, or over the ties of one node.
//!
//! *Expected* is its mean if each of those ties is equally likely to be any of the pairs that could have one: the same
//! formula over pairs. With n nodes, n_g of them in group g: I = Σ_g n_g (n_g − 1) / 2 and E the other pairs for the
//! network; n_g (n_g − 1) / 2 and n_g (n − n_g) for a group; n_g − 1 and n − n_g for a node in it. This holds for any
//! number of ties; compare with it before speaking of closed groups, since large groups are internal by chance.
//!
//! **Shape and units.** One index and one expected index for the network, for each group and for each of n nodes, none
//! with a unit; the ties behind them are counts.
//!
//! **Semantics.** *Self-loops* are left out, *weights* ignored; an edge of weight zero is a tie. In a *directed* graph
//! each edge is a tie of both its ends, and counts once: an answered one is two ties, as in an adjacency matrix that is
//! not made symmetric. A tie within a group counts once in the group's index (programs that add up over members count
//! it twice there, and so give another figure for groups, but not for nodes or the network). Nodes *without a group*,
//! and their ties, are left out, of n too; their own index is `None`. An index is `None` without ties, an expected one
//! without pairs.
//!
//! **Cost.** O(n + m) time in parallel, 32 bytes a node and a group. Counts are whole numbers, so that the order of
//! work changes nothing.
//!
//! D. Krackhardt and R. N. Stern (1988), "Informal networks and organizational crises: an experimental simulation",
//! *Social Psychology Quarterly* 51(2), 123–140.

use rayon::prelude::*;

use crate::assortativity::n_categories;
use crate::csr::Graph;

/// External against internal ties.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EiIndex {
    /// E: ties that lead to another group.
    pub n_external: u64,
    /// I: ties within a group.
    pub n_internal: u64,
    /// The index if ties were anywhere; `None` if there is no pair that could have one.
    pub expected: Option<f64>,
}

/// The index of a network and its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct EiIndices {
    /// That of the network.
    pub network: EiIndex,
    /// That of each group, from 0 to the largest that occurs.
    pub groups: Vec<EiIndex>,
    /// That of each node; `None` for a node without a group.
    pub nodes: Vec<Option<EiIndex>>,
    /// How many ties were left out, because an end has no group.
    pub n_left_out: u64,
}

impl EiIndex {
    /// (E − I) / (E + I); `None` without ties.
    pub fn index(&self) -> Option<f64> {
        ratio(u128::from(self.n_external), u128::from(self.n_internal))
    }
}

/// Counts external and internal ties by group, each a number from 0, of which the largest should be small; `None` if it
/// is not known.
///
/// Panics if there is not one or `None` for each node.
pub fn ei_index(graph: &Graph, groups: &[Option<u32>]) -> EiIndices {
    assert_eq!(groups.len(), graph.n_nodes() as usize, "there must be a group or none for each node");
    let mut sizes = vec![0_u64; n_categories(groups)];
    groups.iter().flatten().for_each(|&group| sizes[group as usize] += 1);
    let n: u64 = sizes.iter().sum();

    // Of each node: external and internal ties, and those to nodes without a group.
    let counts: Vec<(u64, u64, u64)> = (0..graph.n_nodes())
        .into_par_iter()
        .map(|u| {
            let into = if graph.is_directed() { graph.in_neighbors(u) } else { &[] };
            let others = graph.out_neighbors(u).iter().chain(into).filter(|&&v| v != u);
            others.fold((0, 0, 0), |(external, internal, left_out), &v| {
                match groups[u as usize].zip(groups[v as usize]) {
                    Some((a, b)) if a == b => (external, internal + 1, left_out),
                    Some(_) => (external + 1, internal, left_out),
                    None => (external, internal, left_out + 1),
                }
            })
        })
        .collect();

    let mut of_groups: Vec<EiIndex> = sizes
        .iter()
        .map(|&size| {
            let expected = ratio(wide(size) * wide(n - size), n_pairs(size));
            EiIndex { n_external: 0, n_internal: 0, expected }
        })
        .collect();
    let mut n_left_out = 0;
    for (group, count) in groups.iter().zip(&counts) {
        n_left_out += count.2;
        if let Some(group) = group {
            let of_group = &mut of_groups[*group as usize];
            of_group.n_external += count.0;
            of_group.n_internal += count.1;
        }
    }
    // Both ends have counted a tie: within a group, in the network, and left out.
    for of_group in &mut of_groups {
        of_group.n_internal /= 2;
    }
    let pairs_within = sizes.iter().map(|&size| n_pairs(size)).sum::<u128>();
    let network = EiIndex {
        n_external: of_groups.iter().map(|of_group| of_group.n_external).sum::<u64>() / 2,
        n_internal: of_groups.iter().map(|of_group| of_group.n_internal).sum(),
        expected: ratio(n_pairs(n) - pairs_within, pairs_within),
    };
    let of_node = |(group, count): (&Option<u32>, &(u64, u64, u64))| {
        let size = sizes[(*group)? as usize];
        let expected = ratio(wide(n - size), wide(size - 1));
        Some(EiIndex { n_external: count.0, n_internal: count.1, expected })
    };
    let nodes = groups.iter().zip(&counts).map(of_node).collect();
    EiIndices { network, groups: of_groups, nodes, n_left_out: n_left_out / 2 }
}

fn ratio(external: u128, internal: u128) -> Option<f64> {
    let total = external + internal;
    (total > 0).then(|| (external as f64 - internal as f64) / total as f64)
}

fn wide(count: u64) -> u128 {
    u128::from(count)
}

fn n_pairs(n: u64) -> u128 {
    wide(n) * wide(n.saturating_sub(1)) / 2
}
