//! Weak components: which nodes hang together when the direction of edges is ignored.
//!
//! **Formula.** Two nodes are in one component if a sequence of edges, each followed either way, leads from one to the
//! other.
//!
//! **Shape and units.** n labels that are node ids; sizes, in nodes, are counted from them when they are asked for.
//!
//! **Semantics.** Self-loops and parallel edges change nothing; weights are ignored, and an edge of weight zero
//! connects (leave such rows out if they should not). An isolate is a component of one node. The empty graph has no
//! component. A component is labelled with its smallest node id, so that labels do not depend on the order of work.
//!
//! **Cost.** Union–find in parallel that always links the larger root below the smaller. The first two edges of each
//! node are linked first; nodes that then are in the component most frequent among 1,024 samples need no further look,
//! since an edge that leaves it is also in the row of its other end. Close to O(n + m) time in practice, and often
//! O(n); 4 bytes a node.
//!
//! M. Sutton, T. Ben-Nun and A. Barak (2018), "Optimizing parallel graph connectivity computation via subgraph
//! sampling", *IEEE International Parallel and Distributed Processing Symposium*, 12–21 (Afforest).

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use rayon::prelude::*;

use crate::csr::Graph;

/// How many edges of each node are linked before the largest component is guessed.
const N_FIRST: usize = 2;
/// How many nodes that guess looks at.
const N_SAMPLES: usize = 1024;
/// How many nodes a thread takes up at a time.
const N_TOGETHER: u32 = 16384;

/// The components of a graph, weak or strong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Components {
    /// For each node, the smallest node id of its component.
    pub labels: Vec<u32>,
}

impl Components {
    /// How many components there are: isolates included, zero for the empty graph. O(n) time.
    pub fn n_components(&self) -> usize {
        self.labels.iter().zip(0..).filter(|&(&label, node): &(&u32, u32)| label == node).count()
    }

    /// Counts the nodes of each component.
    pub fn sizes(&self) -> ComponentSizes<'_> {
        ComponentSizes::of(&self.labels)
    }
}

/// How large components are. 4 bytes a node while they are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentSizes<'a> {
    labels: &'a [u32],
    /// How many components are single nodes.
    pub n_single: usize,
    /// Those of two nodes and more, the largest first, those of one size by label.
    pub several: Vec<ComponentSize>,
}

/// How large one component is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComponentSize {
    /// The smallest node id in it.
    pub label: u32,
    /// How many nodes are in it.
    pub n_nodes: u32,
}

impl<'a> ComponentSizes<'a> {
    /// Counts what labels say, each of which is the smallest node id of its component. O(n) time, and O(c log c) for c
    /// components of several nodes.
    pub fn of(labels: &'a [u32]) -> Self {
        let mut counts = vec![0_u32; labels.len()];
        for &label in labels {
            counts[label as usize] += 1;
        }
        let n_single = counts.iter().filter(|&&n_nodes| n_nodes == 1).count();
        let sizes = (0..).zip(counts).map(|(label, n_nodes)| ComponentSize { label, n_nodes });
        let mut several: Vec<ComponentSize> = sizes.filter(|size| size.n_nodes > 1).collect();
        // Stable: labels are ascending already.
        several.sort_by_key(|size| Reverse(size.n_nodes));
        Self { labels, n_single, several }
    }

    /// How many components there are.
    pub fn n_components(&self) -> usize {
        self.n_single + self.several.len()
    }

    /// The largest components, single nodes last: at most `n`.
    pub fn largest(&self, n: usize) -> Vec<ComponentSize> {
        let mut largest = self.several[..n.min(self.several.len())].to_vec();
        if largest.len() < n {
            let known: BTreeSet<u32> = largest.iter().map(|size| size.label).collect();
            let is_single = |&(&label, u): &(&u32, u32)| label == u && !known.contains(&label);
            let single = self.labels.iter().zip(0..).filter(is_single);
            let missing = n - largest.len();
            largest.extend(single.take(missing).map(|(&label, _)| ComponentSize { label, n_nodes: 1 }));
        }
        largest
    }
}

/// Finds the weak components.
pub fn weak_components(graph: &Graph) -> Components {
    // As slices: where rows lie is not asked for each.
    let out = graph.out_rows().slices();
    let into = graph.is_directed().then(|| graph.in_rows().slices());
    let parents: Vec<AtomicU32> = (0..graph.n_nodes()).into_par_iter().map(AtomicU32::new).collect();
    for nth in 0..N_FIRST {
        in_order(graph.n_nodes(), |nodes| link_nth(&parents, nodes, nth, out));
        compress(&parents);
    }
    let largest = most_frequent(&parents);
    in_order(graph.n_nodes(), |nodes| link_others(&parents, nodes, largest, out, into));
    compress(&parents);
    Components { labels: parents.into_iter().map(AtomicU32::into_inner).collect() }
}

/// Takes the nodes up in parallel, but from the smallest to the largest: so most nodes are linked below roots that stay
/// roots, where threads that begin far apart would make trees that have to be joined later.
fn in_order(n_nodes: u32, take: impl Fn(Range<u32>) + Sync) {
    let n_runs = n_nodes.div_ceil(N_TOGETHER);
    (0..n_runs).par_bridge().for_each(|run| {
        let start = run * N_TOGETHER;
        take(start..n_nodes.min(start.saturating_add(N_TOGETHER)));
    });
}

/// Links nodes to one of their successors each.
fn link_nth(parents: &[AtomicU32], nodes: Range<u32>, nth: usize, out: Slices) {
    for u in nodes {
        if let Some(&v) = row(out, u).get(nth) {
            link(parents, u, v);
        }
    }
}

/// Links those outside the largest component to their other successors and to their predecessors.
fn link_others(parents: &[AtomicU32], nodes: Range<u32>, largest: u32, out: Slices, into: Option<Slices>) {
    for u in nodes {
        if parents[u as usize].load(Relaxed) == largest {
            continue;
        }
        for &v in row(out, u).iter().skip(N_FIRST) {
            link(parents, u, v);
        }
        for &v in into.map_or(&[][..], |into| row(into, u)) {
            link(parents, u, v);
        }
    }
}

/// Where each row starts, and all rows.
type Slices<'g> = (&'g [usize], &'g [u32]);

fn row((offsets, nodes): Slices<'_>, u: u32) -> &[u32] {
    &nodes[offsets[u as usize]..offsets[u as usize + 1]]
}

/// Joins the trees of u and v. A parent is never larger than its child, so that a root is the smallest node of its
/// tree.
#[inline]
fn link(parents: &[AtomicU32], u: u32, v: u32) {
    let parent = |u: u32| parents[u as usize].load(Relaxed);
    let (mut a, mut b) = (parent(u), parent(v));
    while a != b {
        let (high, low) = (a.max(b), a.min(b));
        let above = parent(high);
        if above == low
            || (above == high && parents[high as usize].compare_exchange(high, low, Relaxed, Relaxed).is_ok())
        {
            return;
        }
        (a, b) = (parent(parent(high)), parent(low));
    }
}

/// Leaves every node directly below its root.
fn compress(parents: &[AtomicU32]) {
    parents.par_iter().with_min_len(1024).for_each(|slot| {
        let mut parent = slot.load(Relaxed);
        loop {
            let grandparent = parents[parent as usize].load(Relaxed);
            if grandparent == parent {
                break;
            }
            parent = grandparent;
        }
        slot.store(parent, Relaxed);
    });
}

/// The root met most often among nodes at equal distances; any would give the same components.
fn most_frequent(parents: &[AtomicU32]) -> u32 {
    let step = parents.len().div_ceil(N_SAMPLES).max(1);
    let mut samples: Vec<u32> = parents.iter().step_by(step).map(|parent| parent.load(Relaxed)).collect();
    samples.sort_unstable();
    let largest = samples.chunk_by(|a, b| a == b).max_by_key(|equal| equal.len());
    largest.map_or(0, |equal| equal[0])
}
