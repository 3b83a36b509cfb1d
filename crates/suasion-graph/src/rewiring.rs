//! Rewiring: a network drawn from all those in which each node has as many ties, and as many to each group.
//!
//! **Method.** Two edges a → b and c → d, drawn at random, become a → d and c → b, unless that would make a self-loop or
//! an edge that is there already; so often that each edge is drawn twenty times on average. Every state can go back
//! the way it came with the same chance, so that all networks that can be reached are as likely in the end. With groups, only
//! edges that lead from one group to the same other are swapped.
//!
//! **Shape and units.** A graph with the nodes, and as many edges, as the one that is given.
//!
//! **Semantics.** Each node keeps its *out-degree* and *in-degree*, or degree in an undirected graph; with groups also how
//! many of its edges lead to, and come from, each group. *Weights* go with the origin of an edge (the first end, in an
//! undirected graph drawn at each swap), so that out-strengths of a directed graph stay and in-strengths do not. *Self-loops*
//! stay where they are. Small, dense or starlike networks have few others like them, or none: then what comes back is
//! what was given, and nothing can be told from a comparison. Not every such directed graph can be reached by swaps alone: two that
//! differ in which way round a triangle of nodes with nothing else leads cannot (Rao, Jana and Bandyopadhyay 1996).
//!
//! **Cost.** O(m) expected time, one network on one thread; 32 bytes an edge.
//!
//! S. Maslov and K. Sneppen (2002), "Specificity and stability in topology of protein networks", *Science* 296,
//! 910–913. R. Milo and others (2003), "On the uniform generation of random graphs with prescribed degree sequences",
//! arXiv:cond-mat/0312028: swaps against other methods. B. K. Fosdick, D. B. Larremore, J. Nishimura and J. Ugander
//! (2018), "Configuring random graph models with fixed degree sequences", *SIAM Review* 60(2), 315–355: why a refused
//! swap counts as a step.

use crate::csr::{Direction, EdgeColumns, Graph};
use crate::draws::Draws;
use crate::error::Error;

/// How often an edge is drawn, on average.
const TIMES: usize = 20;

/// Draws a network in which each node has as many edges as in this one and, if groups are given, as many to each group.
///
/// Fails as [`Graph::from_columns`] does, which it does not if the graph was made by it. Panics if there is not a group for
/// each node.
pub fn rewired(graph: &Graph, groups: Option<&[u32]>, seed: u64) -> Result<Graph, Error> {
    let mut edges = EdgeColumns::default();
    let mut weights = Vec::new();
    for (u, v, weight) in graph.edges() {
        edges.sources.push(u);
        edges.targets.push(v);
        weights.push(weight);
    }
    let direction = if graph.is_directed() { Direction::Directed } else { Direction::Undirected };
    rewire(direction, &mut edges, groups, seed);
    edges.weights = graph.is_weighted().then_some(weights);
    Graph::from_columns(direction, graph.n_nodes() as usize, edges)
}

/// Gives edges, of which no two are parallel, other ends. Each stays in its place.
pub(crate) fn rewire(direction: Direction, edges: &mut EdgeColumns, groups: Option<&[u32]>, seed: u64) {
    let mut draws = Draws::new(seed, 0);
    let EdgeColumns { sources, targets, .. } = edges;
    let is_directed = direction == Direction::Directed;
    let group = |node: u32| groups.map_or(0, |groups| groups[node as usize]);
    let mut pairs = Pairs::with_room_for(sources.len());
    let key = |u: u32, v: u32| {
        let (u, v) = if is_directed { (u, v) } else { (u.min(v), u.max(v)) };
        u64::from(u) << 32 | u64::from(v)
    };
    // Edges by the groups that they lead between, ascending; an undirected edge leads from the smaller group.
    let mut order: Vec<(u32, u32, u32)> = Vec::with_capacity(sources.len());
    for at in 0..sources.len() {
        let (u, v) = (sources[at], targets[at]);
        pairs.insert(key(u, v));
        if u == v {
            continue;
        }
        if !is_directed && group(v) < group(u) {
            (sources[at], targets[at]) = (v, u);
        }
        order.push((group(sources[at]), group(targets[at]), at as u32));
    }
    order.sort_unstable();
    let mut classes = vec![0_u32; order.len()];
    let mut starts = Vec::new();
    for at in 0..order.len() {
        if at == 0 || (order[at].0, order[at].1) != (order[at - 1].0, order[at - 1].1) {
            starts.push(at as u32);
        }
        classes[at] = starts.len() as u32 - 1;
    }
    starts.push(order.len() as u32);
    for _ in 0..order.len() * TIMES / 2 {
        let first = draws.below(order.len() as u32);
        let class = classes[first as usize] as usize;
        let second = starts[class] + draws.below(starts[class + 1] - starts[class]);
        let (one, other) = (order[first as usize].2 as usize, order[second as usize].2 as usize);
        if !is_directed && order[first as usize].0 == order[first as usize].1 && draws.below(2) == 1 {
            // Within a group an edge leads either way.
            (sources[one], targets[one]) = (targets[one], sources[one]);
        }
        let (a, b, c, d) = (sources[one], targets[one], sources[other], targets[other]);
        if one == other || a == d || c == b || pairs.has(key(a, d)) || pairs.has(key(c, b)) {
            continue;
        }
        pairs.remove(key(a, b));
        pairs.remove(key(c, d));
        pairs.insert(key(a, d));
        pairs.insert(key(c, b));
        (targets[one], targets[other]) = (d, b);
    }
}

/// A set of pairs of nodes, at most so many: open addressing, linear probing.
struct Pairs {
    /// A power of two of them, half of them [`NONE`] at least.
    slots: Vec<u64>,
}

/// No pair: the node would be above all.
const NONE: u64 = u64::MAX;

impl Pairs {
    fn with_room_for(n_pairs: usize) -> Self {
        Self { slots: vec![NONE; (2 * n_pairs + 2).next_power_of_two()] }
    }

    /// Where a pair would be if nothing was in its way.
    fn home(&self, pair: u64) -> usize {
        Draws::new(0, pair).bits() as usize & (self.slots.len() - 1)
    }

    fn next(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }

    /// Where it is, or the free place where it belongs.
    fn find(&self, pair: u64) -> usize {
        let mut slot = self.home(pair);
        while self.slots[slot] != pair && self.slots[slot] != NONE {
            slot = self.next(slot);
        }
        slot
    }

    fn has(&self, pair: u64) -> bool {
        self.slots[self.find(pair)] == pair
    }

    fn insert(&mut self, pair: u64) {
        let slot = self.find(pair);
        self.slots[slot] = pair;
    }

    fn remove(&mut self, pair: u64) {
        let mut free = self.find(pair);
        let mut slot = free;
        loop {
            slot = self.next(slot);
            let moved = self.slots[slot];
            if moved == NONE {
                break;
            }
            // Whatever had to go past the free place to where it is goes back there.
            let mask = self.slots.len() - 1;
            let from_home = slot.wrapping_sub(self.home(moved)) & mask;
            let from_free = slot.wrapping_sub(free) & mask;
            if from_home >= from_free {
                self.slots[free] = moved;
                free = slot;
            }
        }
        self.slots[free] = NONE;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn pairs_come_and_go_as_in_a_tree() {
        let mut draws = Draws::new(1, 0);
        let mut pairs = Pairs::with_room_for(64);
        let mut expected = BTreeSet::new();
        for _ in 0..20_000 {
            let pair = u64::from(draws.below(100));
            if expected.contains(&pair) {
                expected.remove(&pair);
                pairs.remove(pair);
            } else if expected.len() < 64 {
                expected.insert(pair);
                pairs.insert(pair);
            }
            assert!((0..100).all(|pair| pairs.has(pair) == expected.contains(&pair)));
        }
    }
}
