//! Triangles and clustering: whether those tied to the same node are tied to each other.
//!
//! **Formulas.** With t_v the triangles that hold v and k_v the number of its ties: local clustering
//! c_v = 2 t_v / (k_v (k_v − 1)), the part of pairs of v's neighbours that are tied; transitivity (global clustering)
//! C = 3 T / Σ_v k_v (k_v − 1) / 2 = Σ_v t_v / Σ_v k_v (k_v − 1) / 2, with T = Σ_v t_v / 3 triangles in all. Both are
//! from 0 to 1.
//!
//! **Shape and units.** n counts of triangles and n of ties; n local clusterings and one transitivity, without a unit.
//!
//! **Semantics.** Of the simple undirected view: a tie is an edge either way between two nodes. Direction, self-loops
//! and weights are ignored, and an edge of weight zero is a tie. c_v is `None` for nodes with fewer than two ties,
//! isolates among them (NetworkX and NetworKit say 0, igraph NaN), and the mean of c_v is over the others; C is `None`
//! if no node has two ties.
//!
//! **Cost.** Nodes are numbered by degree, the largest first, and each keeps only its ties to smaller numbers: at most
//! √(2m) of them. These lists are kept as words of 64 nodes, in which hubs, being numbered closely, share words; for
//! each node u and tie v, the words of v are compared with a bitmap of those of u. O(m^1.5) time at worst, in parallel;
//! 24 bytes an edge at most while lists are sorted, and 8 bytes a node for each thread. Counts are whole numbers, so
//! that the order of work changes nothing.
//!
//! Ordering: N. Chiba and T. Nishizeki (1985), "Arboricity and subgraph listing algorithms", *SIAM Journal on
//! Computing* 14(1), 210–223. Local clustering: D. J. Watts and S. H. Strogatz (1998), "Collective dynamics of
//! 'small-world' networks", *Nature* 393, 440–442.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use rayon::prelude::*;

use crate::csr::{BLOCK, Graph, sum};
use crate::ranked::Ranks;
use crate::rows::{Entries, Rows};
use crate::ties::ties;

/// How many rows and words are taken at a time.
const TASK: usize = 1 << 12;

/// The triangles of a graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Triangles {
    /// For each node, the triangles that hold it: t_v.
    pub counts: Vec<u64>,
    /// For each node, how many others it is tied to: k_v.
    pub n_ties: Vec<u32>,
}

impl Triangles {
    /// T: how many triangles there are.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum::<u64>() / 3
    }

    /// c_v for each node; `None` for a node with fewer than two ties.
    pub fn local_clustering(&self) -> Vec<Option<f64>> {
        let clustering =
            |(&count, &n_ties): (&u64, &u32)| (n_ties > 1).then(|| count as f64 / n_pairs(n_ties) as f64);
        self.counts.par_iter().zip(&self.n_ties).map(clustering).collect()
    }

    /// The mean of c_v over the nodes that have one.
    pub fn mean_clustering(&self) -> Option<f64> {
        let local: Vec<f64> = self.local_clustering().into_iter().flatten().collect();
        (!local.is_empty()).then(|| sum(local.iter().copied()) / local.len() as f64)
    }

    /// C: the part of connected triples that are closed.
    pub fn transitivity(&self) -> Option<f64> {
        let n_triples: u128 = self.n_ties.iter().map(|&n_ties| u128::from(n_pairs(n_ties))).sum();
        let n_closed: u64 = self.counts.iter().sum();
        (n_triples > 0).then(|| n_closed as f64 / n_triples as f64)
    }
}

/// Counts triangles.
pub fn triangles(graph: &Graph) -> Triangles {
    let ties = ties(graph);
    let n_ties: Vec<u32> = ties.offsets.windows(2).map(|bounds| (bounds[1] - bounds[0]) as u32).collect();
    let ranks = Ranks::by_degree(&n_ties);
    // First by the smaller rank, then by the larger with the smaller ones ascending.
    let mut scratch = Vec::new();
    let by_smaller = Rows::sort(graph.n_nodes(), Oriented { ties: &ties, ranks: &ranks.ranks }, &mut scratch);
    let lists = by_smaller.transposed(&mut scratch);
    drop(scratch);
    drop(ties);
    let words = Words::new(&lists);

    let tasks = lists.blocks(TASK);
    let next = AtomicUsize::new(0);
    let by_rank = (0..rayon::current_num_threads())
        .into_par_iter()
        .with_max_len(1)
        .map(|_| {
            let mut counter = Counter::new(&lists, &words);
            // The last rows are the cheapest, so that threads finish together.
            while let Some(task) = tasks.get(next.fetch_add(1, Relaxed)) {
                task.clone().for_each(|u| counter.count(u));
            }
            counter.counts
        })
        .reduce_with(|mut a, b| {
            a.par_iter_mut().zip(b).for_each(|(a, b)| *a += b);
            a
        })
        .unwrap_or_default();
    Triangles { counts: ranks.restore(&by_rank), n_ties }
}

fn n_pairs(n_ties: u32) -> u64 {
    u64::from(n_ties) * u64::from(n_ties.saturating_sub(1)) / 2
}

/// Each tie once, as (smaller rank, larger rank).
struct Oriented<'a> {
    ties: &'a Rows<()>,
    ranks: &'a [u32],
}

impl Entries<()> for Oriented<'_> {
    fn n_chunks(&self) -> usize {
        self.ranks.len().div_ceil(BLOCK / 4)
    }

    fn for_each(&self, chunk: usize, mut visit: impl FnMut(u32, u32, ())) {
        let nodes = chunk * BLOCK / 4..((chunk + 1) * BLOCK / 4).min(self.ranks.len());
        for u in nodes {
            let rank = self.ranks[u];
            for &v in self.ties.nodes(u as u32) {
                let other = self.ranks[v as usize];
                if other < rank {
                    visit(other, rank, ());
                }
            }
        }
    }
}

/// Lists as words of 64 nodes: row u holds words `starts[u]..starts[u + 1]`, ascending.
struct Words {
    starts: Vec<usize>,
    positions: Vec<u32>,
    masks: Vec<u64>,
}

impl Words {
    fn new(lists: &Rows<()>) -> Self {
        let mut words = Self { starts: vec![0], positions: Vec::new(), masks: Vec::new() };
        for u in 0..lists.n_rows() {
            for same in lists.nodes(u).chunk_by(|a, b| a / 64 == b / 64) {
                words.positions.push(same[0] / 64);
                words.masks.push(same.iter().fold(0, |mask, v| mask | 1 << (v % 64)));
            }
            words.starts.push(words.masks.len());
        }
        words
    }

    fn row(&self, u: u32) -> impl Iterator<Item = (usize, u64)> {
        let row = self.starts[u as usize]..self.starts[u as usize + 1];
        self.positions[row.clone()]
            .iter()
            .map(|&position| position as usize)
            .zip(self.masks[row].iter().copied())
    }
}

/// What one thread has counted.
struct Counter<'a> {
    lists: &'a Rows<()>,
    words: &'a Words,
    bitmap: Vec<u64>,
    counts: Vec<u64>,
}

impl<'a> Counter<'a> {
    fn new(lists: &'a Rows<()>, words: &'a Words) -> Self {
        let n = lists.n_rows() as usize;
        Self { lists, words, bitmap: vec![0; n.div_ceil(64)], counts: vec![0; n] }
    }

    /// Counts the triangles of which u is the largest number.
    fn count(&mut self, u: u32) {
        let list = self.lists.nodes(u);
        if list.len() < 2 {
            return;
        }
        for (position, mask) in self.words.row(u) {
            self.bitmap[position] = mask;
        }
        let mut of_u = 0;
        for &v in list {
            let mut of_v = 0;
            for (position, mask) in self.words.row(v) {
                let mut common = self.bitmap[position] & mask;
                while common != 0 {
                    self.counts[position * 64 + common.trailing_zeros() as usize] += 1;
                    common &= common - 1;
                    of_v += 1;
                }
            }
            self.counts[v as usize] += of_v;
            of_u += of_v;
        }
        self.counts[u as usize] += of_u;
        for (position, _) in self.words.row(u) {
            self.bitmap[position] = 0;
        }
    }
}
