//! Betweenness: how often a node lies between others on shortest paths.
//!
//! **Formula.** With σ_st the number of shortest paths from s to t, and σ_st(v) of those that pass through v, an end
//! being no passage:
//!
//! b_v = Σ_s Σ_t σ_st(v) / σ_st, over s ≠ v ≠ t with σ_st > 0.
//!
//! A sum of shares, unscaled: at most (n − 1)(n − 2) in a directed graph, half that in an undirected one.
//! [`betweenness`] takes all pairs; [`betweenness_from`] takes s from a list and all t.
//!
//! **Shape and units.** n sums, one for each node, in pairs of nodes.
//!
//! **Semantics.** Paths follow the direction of edges. [`betweenness`] and [`betweenness_from`] count edges: weights
//! are ignored, and an edge of weight zero is an edge. [`betweenness_by`] can take lengths from weights; what lengths
//! and ties are is said in [`crate::paths`]. Parallel edges are one path, self-loops change nothing. In an *undirected*
//! graph [`betweenness`] counts each pair {s, t} once, as NetworkX and igraph do; [`betweenness_from`] counts (s, t)
//! for every s listed. An *isolate*, and whatever nothing passes, has 0: a true zero.
//!
//! **Cost.** O(m) time a source on one thread, sources in parallel, after a renumbering by degree, by lengths O(m log
//! m) without; 40 bytes a node (48) and up to 4 an edge (20) for each thread. Sources are added up in the order given,
//! so that threads change nothing. Numbers of paths are `f64`: exact up to 2⁵³, then rounded; the shares stay good to
//! about 1e-13 relative until there are more than 1e308 paths from one source to a node, which is an error: shares of
//! them would be guesses.
//!
//! U. Brandes (2001), "A faster algorithm for betweenness centrality", *Journal of Mathematical Sociology* 25(2),
//! 163–177.

use rayon::prelude::*;

use crate::csr::{Graph, sum};
use crate::degree::in_degrees;
use crate::error::Error;
use crate::paths::{self, Lengths, PathCounts, PathWeights};
use crate::ranked::Ranks;
use crate::rows::Rows;

/// The betweenness of each node.
///
/// Fails if there are more paths between two nodes than the largest float.
pub fn betweenness(graph: &Graph) -> Result<Vec<f64>, Error> {
    Ok(each_pair_once(graph, by_steps(graph, &all(graph))?))
}

/// The betweenness of each node by paths of smallest length.
///
/// Fails on an edge of length zero, and if there are more paths between two nodes than the largest float.
pub fn betweenness_by(graph: &Graph, weights: PathWeights) -> Result<Vec<f64>, Error> {
    Ok(each_pair_once(graph, betweenness_from(graph, &all(graph), weights)?))
}

/// What shortest paths that start at `sources` add to the betweenness of each node. A source listed twice counts twice.
///
/// Fails on an edge of length zero, and if there are more paths between two nodes than the largest float.
pub fn betweenness_from(graph: &Graph, sources: &[u32], weights: PathWeights) -> Result<Vec<f64>, Error> {
    if weights == PathWeights::Steps {
        return by_steps(graph, sources);
    }
    let edges = Lengths::out(graph, weights)?;
    add_up(edges.n_nodes(), sources, paths::Search::new, |search, source, paths| {
        search.settle(&edges, source);
        search.find_paths(&edges, paths);
    })
}

fn by_steps(graph: &Graph, sources: &[u32]) -> Result<Vec<f64>, Error> {
    let ranks = Ranks::by_degree(&in_degrees(graph));
    let rows = ranks.renumber(graph.out_rows());
    let sources: Vec<u32> = sources.iter().map(|&source| ranks.ranks[source as usize]).collect();
    let distances = |n_nodes| vec![NEW; n_nodes];
    let scores = add_up(graph.n_nodes() as usize, &sources, distances, |distances, source, paths| {
        search(&rows, distances, source, paths);
    })?;
    Ok(ranks.restore(&scores))
}

fn all(graph: &Graph) -> Vec<u32> {
    (0..graph.n_nodes()).collect()
}

fn each_pair_once(graph: &Graph, mut scores: Vec<f64>) -> Vec<f64> {
    if !graph.is_directed() {
        for score in &mut scores {
            *score /= 2.0;
        }
    }
    scores
}

/// Adds up what each source adds, given how its paths are found with something to keep from one source to the next.
fn add_up<S: Send>(
    n_nodes: usize,
    sources: &[u32],
    new: impl Fn(usize) -> S,
    find: impl Fn(&mut S, u32, &mut PathCounts) + Sync,
) -> Result<Vec<f64>, Error> {
    let mut scores = vec![0.0; n_nodes];
    let n_searches = rayon::current_num_threads().min(sources.len());
    let mut searches: Vec<_> = (0..n_searches).map(|_| (new(n_nodes), Passages::new(n_nodes))).collect();
    for batch in sources.chunks(n_searches.max(1)) {
        let jobs = searches.par_iter_mut().zip(batch).with_max_len(1);
        jobs.try_for_each(|((search, passages), &source)| {
            find(search, source, &mut passages.paths);
            passages.paths.check()?;
            passages.pass_back();
            Ok(())
        })?;
        for (_, passages) in &searches[..batch.len()] {
            // The first is the source itself.
            for &v in &passages.paths.order[1..] {
                scores[v as usize] += passages.dependencies[v as usize];
            }
        }
    }
    Ok(scores)
}

/// Not yet reached.
const NEW: u32 = u32::MAX;

/// Finds the paths with fewest edges.
fn search(rows: &Rows<()>, distances: &mut [u32], source: u32, paths: &mut PathCounts) {
    for &v in &paths.order {
        distances[v as usize] = NEW;
    }
    paths.clear();
    paths.order.push(source);
    distances[source as usize] = 0;
    paths.n_paths[source as usize] = 1.0;
    while let Some(&u) = paths.order.get(paths.n_closed()) {
        let n_paths = paths.count(u);
        let next = distances[u as usize] + 1;
        for &v in rows.nodes(u) {
            let distance = &mut distances[v as usize];
            if *distance == NEW {
                *distance = next;
                paths.n_paths[v as usize] = n_paths;
                paths.order.push(v);
                paths.successors.push(v);
            } else if *distance == next {
                paths.n_paths[v as usize] += n_paths;
                paths.successors.push(v);
            }
        }
        paths.close();
    }
}

/// What passes through nodes on the way from one source.
struct Passages {
    paths: PathCounts,
    /// (1 + δ_v) / σ_sv.
    passed_back: Vec<f64>,
    /// δ_v = Σ_t σ_st(v) / σ_st.
    dependencies: Vec<f64>,
}

impl Passages {
    fn new(n_nodes: usize) -> Self {
        let numbers = || vec![0.0; n_nodes];
        Self { paths: PathCounts::new(n_nodes), passed_back: numbers(), dependencies: numbers() }
    }

    fn pass_back(&mut self) {
        let Self { paths, passed_back, dependencies } = self;
        for (u, successors) in paths.backwards() {
            let n_paths = paths.n_paths[u as usize];
            let dependency = n_paths * sum(successors.iter().map(|&v| passed_back[v as usize]));
            dependencies[u as usize] = dependency;
            passed_back[u as usize] = (1.0 + dependency) / n_paths;
        }
    }
}
