//! Betweenness: how often a node lies between others on shortest paths.
//!
//! **Formula.** With σ_st the number of shortest paths from s to t, and σ_st(v) of those that pass through v, an end being
//! no passage:
//!
//! b_v = Σ_s Σ_t σ_st(v) / σ_st, over s ≠ v ≠ t with σ_st > 0.
//!
//! A sum of shares, unscaled: at most (n − 1)(n − 2) in a directed graph, half that in an undirected one. [`betweenness`]
//! takes all pairs; [`betweenness_from`] takes s from a list and all t.
//!
//! **Semantics.** Paths follow the direction of edges and count edges: weights are ignored, an edge of weight zero is an
//! edge, parallel edges are one path, self-loops change nothing. In an *undirected* graph [`betweenness`] counts each
//! pair {s, t} once, as NetworkX and igraph do; [`betweenness_from`] counts (s, t) for every s listed. An *isolate*, and
//! whatever nothing passes, has 0: a true zero.
//!
//! **Cost.** O(m) time a source on one thread, sources in parallel, after a renumbering by degree; 40 bytes a node and up
//! to 4 an edge for each thread. Sources are added up in the order given, so that threads change nothing. Numbers of paths are `f64`: exact up to 2⁵³, then rounded; the
//! shares stay good to about 1e-13 relative until there are more than 1e308 paths from one source to a node, which
//! panics.
//!
//! U. Brandes (2001), "A faster algorithm for betweenness centrality", *Journal of Mathematical Sociology* 25(2),
//! 163–177.

use rayon::prelude::*;

use crate::csr::{Graph, sum};
use crate::degree::in_degrees;
use crate::ranked::Ranks;
use crate::rows::Rows;

/// The betweenness of each node.
pub fn betweenness(graph: &Graph) -> Vec<f64> {
    let sources: Vec<u32> = (0..graph.n_nodes()).collect();
    let mut scores = betweenness_from(graph, &sources);
    if !graph.is_directed() {
        for score in &mut scores {
            *score /= 2.0;
        }
    }
    scores
}

/// What shortest paths that start at `sources` add to the betweenness of each node. A source listed twice counts twice.
pub fn betweenness_from(graph: &Graph, sources: &[u32]) -> Vec<f64> {
    let n_nodes = graph.n_nodes() as usize;
    let ranks = Ranks::by_degree(&in_degrees(graph));
    let rows = ranks.renumber(graph.out_rows());
    let mut scores = vec![0.0; n_nodes];
    let n_searches = rayon::current_num_threads().min(sources.len());
    let mut searches: Vec<Search> = (0..n_searches).map(|_| Search::new(n_nodes)).collect();
    for batch in sources.chunks(n_searches.max(1)) {
        let jobs = searches.par_iter_mut().zip(batch).with_max_len(1);
        jobs.for_each(|(search, &source)| search.run(&rows, ranks.ranks[source as usize]));
        for search in &searches[..batch.len()] {
            // The first is the source itself.
            for &v in &search.order[1..] {
                scores[v as usize] += search.dependencies[v as usize];
            }
        }
    }
    ranks.restore(&scores)
}

/// Not yet reached.
const NEW: u32 = u32::MAX;

/// One source.
struct Search {
    /// Edges from the source.
    distances: Vec<u32>,
    /// σ_sv.
    n_paths: Vec<f64>,
    /// (1 + δ_v) / σ_sv.
    passed_back: Vec<f64>,
    /// δ_v = Σ_t σ_st(v) / σ_st.
    dependencies: Vec<f64>,
    /// The nodes reached, the nearest first.
    order: Vec<u32>,
    /// For each node in that order, those after it on shortest paths, end to end; and where they end.
    successors: Vec<u32>,
    ends: Vec<usize>,
}

impl Search {
    fn new(n_nodes: usize) -> Self {
        Self {
            distances: vec![NEW; n_nodes],
            n_paths: vec![0.0; n_nodes],
            passed_back: vec![0.0; n_nodes],
            dependencies: vec![0.0; n_nodes],
            order: Vec::new(),
            successors: Vec::new(),
            ends: Vec::new(),
        }
    }

    fn run(&mut self, rows: &Rows<()>, source: u32) {
        for &v in &self.order {
            self.distances[v as usize] = NEW;
        }
        self.order.clear();
        self.successors.clear();
        self.ends.clear();
        self.order.push(source);
        self.distances[source as usize] = 0;
        self.n_paths[source as usize] = 1.0;
        while let Some(&u) = self.order.get(self.ends.len()) {
            let n_paths = self.n_paths[u as usize];
            assert!(n_paths.is_finite(), "there are too many shortest paths to count");
            let next = self.distances[u as usize] + 1;
            for &v in rows.nodes(u) {
                let distance = &mut self.distances[v as usize];
                if *distance == NEW {
                    *distance = next;
                    self.n_paths[v as usize] = n_paths;
                    self.order.push(v);
                    self.successors.push(v);
                } else if *distance == next {
                    self.n_paths[v as usize] += n_paths;
                    self.successors.push(v);
                }
            }
            self.ends.push(self.successors.len());
        }
        for (at, &u) in self.order.iter().enumerate().rev() {
            let start = if at == 0 { 0 } else { self.ends[at - 1] };
            let successors = &self.successors[start..self.ends[at]];
            let n_paths = self.n_paths[u as usize];
            let dependency = n_paths * sum(successors.iter().map(|&v| self.passed_back[v as usize]));
            self.dependencies[u as usize] = dependency;
            self.passed_back[u as usize] = (1.0 + dependency) / n_paths;
        }
    }
}
