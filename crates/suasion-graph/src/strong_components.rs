//! Strong components: which nodes reach each other along the direction of edges.
//!
//! **Formula.** Two nodes are in one component if a directed path leads from each to the other.
//!
//! **Shape and units.** n labels that are node ids; sizes, in nodes, are counted from them when they are asked for.
//!
//! **Semantics.** Self-loops, parallel edges and weights change nothing; an edge of weight zero is an edge. A node on
//! no cycle, an isolate among them, is a component of one node. In an undirected graph these are the weak components. A
//! component is labelled with its smallest node id.
//!
//! **Cost.** O(n + m) time. Most networks have one large component, and a *hub* in it: the node whose smaller degree is
//! the largest. What the hub reaches and what reaches it are found on two threads, each by a few sweeps over the nodes
//! not yet reached, which mostly meet a reached neighbour at once, and then a search from those that the last sweep
//! added. What is in both is one component; a depth-first search with an explicit stack, so that long paths overflow
//! nothing, finds the others. At most 24 bytes a node beside the labels.
//!
//! Hub first: L. K. Fleischer, B. Hendrickson and A. Pınar (2000), "On identifying strongly connected components in
//! parallel", *Parallel and Distributed Processing*, LNCS 1800, 505–511. Search: R. E. Tarjan (1972), "Depth-first
//! search and linear graph algorithms", *SIAM Journal on Computing* 1(2), 146–160, section 4.

use crate::components::{Components, weak_components};
use crate::csr::Graph;
use crate::rows::Rows;

/// How many sweeps look for reached neighbours before the search.
const N_SWEEPS: usize = 3;

/// Not yet visited.
const NEW: u32 = u32::MAX;
/// The component is known. The last of 2³² − 1 ranks is this too, but nothing is visited after it.
const CLOSED: u32 = u32::MAX - 1;

/// Finds the strong components.
pub fn strong_components(graph: &Graph) -> Components {
    if !graph.is_directed() {
        return weak_components(graph);
    }
    let n_nodes = graph.n_nodes();
    let mut search = Search {
        low: vec![NEW; n_nodes as usize],
        labels: vec![NEW; n_nodes as usize],
        open: vec![],
        n_visited: 0,
    };
    search.close_around_hub(graph);
    // Where the search came from: a node, its rank, and how many of its edges have been followed.
    let mut path: Vec<(u32, u32, u32)> = Vec::new();
    for root in 0..n_nodes {
        if search.low[root as usize] != NEW {
            continue;
        }
        let (mut u, mut rank, mut followed) = (root, search.enter(root), 0);
        loop {
            let mut low = search.low[u as usize];
            let row = graph.out_neighbors(u);
            let mut child = None;
            while let Some(&v) = row.get(followed as usize) {
                followed += 1;
                let reached = search.low[v as usize];
                if reached == NEW {
                    child = Some(v);
                    break;
                }
                // Closed nodes count as ranked last, so that they lower nothing.
                low = low.min(reached);
            }
            search.low[u as usize] = low;
            if let Some(v) = child {
                path.push((u, rank, followed));
                (u, rank, followed) = (v, search.enter(v), 0);
                continue;
            }
            if low == rank {
                search.close(u);
            }
            let Some((parent, parent_rank, parent_followed)) = path.pop() else { break };
            if low < rank {
                let above = &mut search.low[parent as usize];
                *above = low.min(*above);
            }
            (u, rank, followed) = (parent, parent_rank, parent_followed);
        }
    }
    Components { labels: search.labels }
}

struct Search {
    /// The smallest rank known to be reachable: [`NEW`] before the visit, [`CLOSED`] after the component is known.
    low: Vec<u32>,
    labels: Vec<u32>,
    /// Visited nodes whose component is not known yet.
    open: Vec<u32>,
    n_visited: u32,
}

impl Search {
    /// Labels the component of the hub.
    fn close_around_hub(&mut self, graph: &Graph) {
        let (out_rows, in_rows) = (graph.out_rows(), graph.in_rows());
        let smaller_degree = |u: &u32| out_rows.nodes(*u).len().min(in_rows.nodes(*u).len());
        // The first of equals.
        let Some(hub) = (0..graph.n_nodes()).rev().max_by_key(smaller_degree) else { return };
        let (after, before) =
            rayon::join(|| reached(hub, out_rows, in_rows), || reached(hub, in_rows, out_rows));
        let is_member = |u: &u32| after[*u as usize] && before[*u as usize];
        let mut members = (0..graph.n_nodes()).filter(is_member);
        let Some(label) = members.next() else { return };
        for member in members.chain([label]) {
            self.low[member as usize] = CLOSED;
            self.labels[member as usize] = label;
        }
    }

    /// Visits a node; returns its rank.
    fn enter(&mut self, u: u32) -> u32 {
        let rank = self.n_visited;
        self.n_visited += 1;
        self.low[u as usize] = rank;
        self.open.push(u);
        rank
    }

    /// Labels the component of which u was visited first.
    fn close(&mut self, u: u32) {
        let start = self.open.iter().rposition(|&open| open == u).expect("u is open");
        let members = &self.open[start..];
        let label = members.iter().copied().min().unwrap_or(u);
        for &member in members {
            self.low[member as usize] = CLOSED;
            self.labels[member as usize] = label;
        }
        self.open.truncate(start);
    }
}

/// Which nodes can be reached from `root` along `forward`, of which `backward` is the transpose.
fn reached(root: u32, forward: &Rows<()>, backward: &Rows<()>) -> Vec<bool> {
    let mut reached = vec![false; forward.n_rows() as usize];
    reached[root as usize] = true;
    let mut frontier = vec![root];
    let mut left: Vec<u32> =
        (0..forward.n_rows()).filter(|&u| u != root && !backward.nodes(u).is_empty()).collect();
    for _ in 0..N_SWEEPS {
        // After a sweep, nothing that is left follows what was reached before it.
        frontier.clear();
        left.retain(|&u| {
            let found = backward.nodes(u).iter().any(|&before| reached[before as usize]);
            if found {
                reached[u as usize] = true;
                frontier.push(u);
            }
            !found
        });
    }
    while let Some(u) = frontier.pop() {
        for &v in forward.nodes(u) {
            if !std::mem::replace(&mut reached[v as usize], true) {
                frontier.push(v);
            }
        }
    }
    reached
}
