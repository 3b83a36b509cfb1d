//! A bound on the vertex diameter: the largest number of nodes on a shortest path.
//!
//! **Formula.** In a strong component C (in an undirected graph, a component) let r be the node of largest degree.
//! Any two nodes of C are joined by way of r, so that a shortest path between them has at most
//!
//! w(C) = min(|C|, ecc⁻(r) + ecc⁺(r) + 1)
//!
//! nodes, with ecc⁻ and ecc⁺ the largest distance to and from r within C. In an *undirected* graph the two are one,
//! and the bound is the largest w.
//!
//! In a *directed* graph a shortest path may lead through several strong components. It enters them in the order of
//! the condensation, the acyclic graph of strong components, and none twice: a path that left C and came back would
//! make what lies between part of C. For the same reason, what of it lies in C is a shortest path that stays in C,
//! and has at most w(C) nodes. So the bound is the largest Σ w(C) over paths of the condensation, found in
//! topological order.
//!
//! **Shape and units.** One count of nodes for the network.
//!
//! **Semantics.** Weights and self-loops are ignored. An isolate is a path of one node; the empty graph has 0.
//!
//! **Cost.** O(n + m) time on one thread: a breadth-first search of each component (two if directed) and, if
//! directed, the strong components.
//!
//! The undirected bound is that of M. Riondato and E. M. Kornaropoulos (2016), "Fast approximation of betweenness
//! centrality through sampling", *Data Mining and Knowledge Discovery* 30(2), 438–475.

use crate::csr::Graph;
use crate::degree::degrees;
use crate::rows::Rows;
use crate::strong_components::strong_components;

/// Not yet labelled, or not yet reached.
const NEW: u32 = u32::MAX;

/// No shortest path has more nodes than this.
pub fn vertex_diameter_bound(graph: &Graph) -> u32 {
    let degrees = degrees(graph);
    let mut by_degree: Vec<u32> = (0..graph.n_nodes()).collect();
    by_degree.sort_by_key(|&u| std::cmp::Reverse(degrees[u as usize]));
    if graph.is_directed() {
        let labels = strong_components(graph).labels;
        directed(graph.out_rows(), graph.in_rows(), &labels, by_degree.into_iter())
    } else {
        undirected(graph.out_rows(), by_degree.into_iter()).0
    }
}

/// The bound of an undirected graph, and for each node the root of its component. Each component is searched from the
/// first of its nodes among `roots`, which are all nodes.
pub(crate) fn undirected(rows: &Rows<()>, roots: impl Iterator<Item = u32>) -> (u32, Vec<u32>) {
    let mut labels = vec![NEW; rows.n_rows() as usize];
    let mut reached = Vec::new();
    let mut bound = 0;
    for root in roots {
        if labels[root as usize] == NEW {
            let depth = search(rows, root, &mut reached, |v| {
                let is_new = labels[v as usize] == NEW;
                if is_new {
                    labels[v as usize] = root;
                }
                is_new
            });
            bound = bound.max(width(reached.len(), depth, depth));
        }
    }
    (bound, labels)
}

/// The bound of a directed graph whose strong components are labelled, each by one of its nodes.
pub(crate) fn directed(
    out_rows: &Rows<()>,
    in_rows: &Rows<()>,
    labels: &[u32],
    roots: impl Iterator<Item = u32>,
) -> u32 {
    let n_nodes = labels.len();
    let mut widths = vec![0_u32; n_nodes];
    let mut reached_by = [vec![NEW; n_nodes], vec![NEW; n_nodes]];
    let mut reached = Vec::new();
    // The nodes of each component, one component after the other; where a component starts, by its label.
    let mut members = Vec::with_capacity(n_nodes);
    let mut starts = vec![0..0; n_nodes];
    for root in roots {
        let label = labels[root as usize];
        if widths[label as usize] > 0 {
            continue;
        }
        let mut depth = |rows: &Rows<()>, way: usize| {
            let seen = &mut reached_by[way];
            search(rows, root, &mut reached, |v| {
                let is_new = labels[v as usize] == label && seen[v as usize] == NEW;
                if is_new {
                    seen[v as usize] = label;
                }
                is_new
            })
        };
        let (to, from) = (depth(in_rows, 0), depth(out_rows, 1));
        widths[label as usize] = width(reached.len(), to, from);
        starts[label as usize] = members.len()..members.len() + reached.len();
        members.extend_from_slice(&reached);
    }
    drop(reached_by);

    // How many edges from other components have not been followed yet.
    let mut waiting = vec![0_usize; n_nodes];
    let leaving = |label: u32| {
        let nodes = &members[starts[label as usize].clone()];
        nodes
            .iter()
            .flat_map(|&u| out_rows.nodes(u))
            .map(|&v| labels[v as usize])
            .filter(move |&to| to != label)
    };
    let all = || (0..n_nodes as u32).filter(|&u| labels[u as usize] == u);
    for to in all().flat_map(leaving) {
        waiting[to as usize] += 1;
    }
    let mut ready: Vec<u32> = all().filter(|&label| waiting[label as usize] == 0).collect();
    // The largest sum of widths over paths of components that end before this one.
    let mut before = vec![0_u32; n_nodes];
    let mut bound = 0;
    while let Some(label) = ready.pop() {
        let up_to = before[label as usize] + widths[label as usize];
        bound = bound.max(up_to);
        for to in leaving(label) {
            let to = to as usize;
            before[to] = before[to].max(up_to);
            waiting[to] -= 1;
            if waiting[to] == 0 {
                ready.push(to as u32);
            }
        }
    }
    bound
}

fn width(n_nodes: usize, to: u32, from: u32) -> u32 {
    (n_nodes as u64).min(u64::from(to) + u64::from(from) + 1) as u32
}

/// Lists what can be reached from a root among nodes that are new, and returns the largest distance.
fn search(rows: &Rows<()>, root: u32, reached: &mut Vec<u32>, mut is_new: impl FnMut(u32) -> bool) -> u32 {
    reached.clear();
    reached.push(root);
    is_new(root);
    let (mut at, mut depth) = (0, 0);
    loop {
        let end = reached.len();
        while at < end {
            for &v in rows.nodes(reached[at]) {
                if is_new(v) {
                    reached.push(v);
                }
            }
            at += 1;
        }
        if reached.len() == end {
            return depth;
        }
        depth += 1;
    }
}
