//! Approximate betweenness: how often a node lies between others on shortest paths, from random pairs, with a
//! guarantee.
//!
//! **Formula.** With σ_st the number of shortest paths from s to t, and σ_st(v) of those that pass through v, an
//! end being no passage:
//!
//! b_v = Σ_s Σ_t σ_st(v) / σ_st / (n(n − 1)), over s ≠ v ≠ t with σ_st > 0,
//!
//! the probability that a random shortest path between random nodes passes v. It is estimated by the share of paths
//! that do, among k = 8 random shortest paths for each of N random ordered pairs. With probability at least 1 − δ,
//! *all* intervals hold their b_v at once, and each reaches at most ε to either side of its estimate.
//!
//! **Shape and units.** n estimates with a lower and an upper limit each, all shares of ordered pairs from 0 to 1,
//! without a unit; ranks of nodes, tied where intervals overlap.
//!
//! **Semantics.** As in [`betweenness`](mod@crate::betweenness): paths follow the direction of edges and count
//! edges, weights and self-loops are ignored. The scale is n(n − 1) ordered pairs in undirected graphs too: what
//! `betweenness` gives there is n(n − 1) / 2 times this. A pair without a path counts as a draw that passes nobody.
//! A node without two neighbours to lie between, an *isolate* for one, has 0, exactly. Below two nodes there are no
//! pairs, and nothing is defined. *Renaming* the nodes is another draw.
//!
//! **Stopping.** The first half of δ answers for ω, the number of pairs that suffices whatever they show:
//!
//! ω ≈ 1 / (2ε²) · min(ln(8(D − 2) / δ), ln(4c / δ))
//!
//! with D the bound of [`vertex_diameter_bound`](crate::vertex_diameter_bound), which holds for directed graphs as
//! well, and c the number of nodes that can lie between others. The second term is Hoeffding's bound for each node. The
//! first follows from Σ_v b_v ≤ D − 2, since no path has more nodes between its ends: only few nodes can have a b_v
//! large enough to be hard to pin down. It is near for small ε; ω itself is computed from the bounds, which are proved
//! (see the module `confidence`). That of Riondato and Kornaropoulos, from the dimension of shortest paths, is larger,
//! and has a constant that is known from experiments only.
//!
//! The other half answers for what lets drawing end sooner. A pilot, whose pairs are not used again, tells which
//! nodes are passed often and how much that varies from pair to pair. By it, the δ_v of nodes are chosen so that
//! all become sure together, nine tenths of δ / 2 for those passed often and one for all alike; and so is the N of
//! the first look. Further looks follow at fixed ratios. The first look has half of each δ_v, each later one half
//! of what is left, the last one all that is left. At a look each node has the limits of Bernstein (nodes passed
//! often) or of Chernoff and Hoeffding (others), which hold for whatever is between 0 and 1, so that no limit rests
//! on an approximation. Once all are within ε, drawing ends.
//!
//! **Differences from KADABRA.** There, one path is drawn for each pair, and limits hold at any time rather than at
//! chosen looks, at the price of the worst case ω in each. Several paths from one search leave less to chance:
//! their share varies from pair to pair less than the passing of one path does.
//!
//! **Cost.** Two searches that meet for each pair, N of them, at most ω = O(ε⁻² (log D + log δ⁻¹)); before, O(n + m)
//! time to renumber the nodes by degree and to bound the vertex diameter, and the pilot's pairs, 500 or ω / 400. 4 bytes an edge in each direction and about
//! 80 a node, 4 a node for each thread, and 64 MiB or 64 pairs of what paths passed, whichever is more. Pair i is drawn
//! from (seed, i) alone, and what is added up is integer, so that threads change nothing.
//!
//! M. Borassi and E. Natale (2019), "KADABRA is an adaptive algorithm for betweenness via random approximation",
//! *ACM Journal of Experimental Algorithmics* 24, article 1.2. M. Riondato and E. M. Kornaropoulos (2016), "Fast
//! approximation of betweenness centrality through sampling", *Data Mining and Knowledge Discovery* 30(2), 438–475.

use std::ops::Range;

use rayon::prelude::*;

use crate::confidence::{bernstein, chernoff, n_enough, smallest};
use crate::csr::Graph;
use crate::draws::Draws;
use crate::error::Error;
use crate::idle::Idle;
use crate::path_sampler::{PathSampler, Walkable};
use crate::ranked::Ranks;
use crate::strong_components::strong_components;
use crate::vertex_diameter;

/// How many paths are drawn for each pair.
const N_PATHS: u32 = 8;
/// How many pairs are drawn by one thread at a time.
const BLOCK: u64 = 64;
/// How many pairs are drawn at most before what they passed is counted.
const ROUND: u64 = 1 << 16;
/// How many nodes they may have passed by then.
const PASSED: u64 = 1 << 23;
/// How many pairs are drawn at least, and what share of ω, to share out δ.
const PILOT: (u64, f64) = (500, 1.0 / 400.0);
/// What share of δ all nodes have alike.
const COMMON_SHARE: f64 = 0.1;
/// By how much the number of draws grows from look to look, at first and later.
const GROWTH: [f64; 4] = [1.1, 1.1, 1.25, 1.5];
/// Streams of the pilot.
const PILOT_STREAM: u64 = 1 << 63;

/// How near, how surely, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KadabraOptions {
    /// ε: how far an estimate may be off, as a share of all ordered pairs; above 0, below 1.
    pub epsilon: f64,
    /// δ: how probable it may be that any interval misses; above 0, below 1.
    pub delta: f64,
    /// Which draw.
    pub seed: u64,
}

impl Default for KadabraOptions {
    fn default() -> Self {
        Self { epsilon: 0.01, delta: 0.1, seed: 0 }
    }
}

/// Betweenness as a share of n(n − 1), estimated.
#[derive(Debug, Clone, PartialEq)]
pub struct ApproximateBetweenness {
    /// The estimate of each node.
    pub estimates: Vec<f64>,
    /// The lower end of each node's interval: at most ε below the estimate.
    pub lower: Vec<f64>,
    /// The upper end of each node's interval: at most ε above the estimate.
    pub upper: Vec<f64>,
    /// How many pairs were drawn for the estimates; none if no node can lie between others.
    pub n_samples: u64,
    /// How many shortest paths were drawn for each pair.
    pub n_paths: u32,
    /// How many pairs were drawn beforehand, to share out δ.
    pub n_pilot: u64,
    /// ω: with this many pairs, drawing would have ended in any case.
    pub omega: u64,
    /// No shortest path has more nodes than this.
    pub vertex_diameter_bound: u32,
}

/// Estimates the betweenness of each node; `None` if there are fewer than two nodes, and so no pairs to be between.
///
/// Fails on an ε or δ that is not above 0 and below 1, and on 2³¹ nodes or more.
pub fn approximate_betweenness(
    graph: &Graph,
    options: KadabraOptions,
) -> Result<Option<ApproximateBetweenness>, Error> {
    let KadabraOptions { epsilon, delta, seed } = options;
    for (name, value) in [("epsilon", epsilon), ("delta", delta)] {
        if !(value > 0.0 && value < 1.0) {
            return Err(Error::NotAShare { name, value });
        }
    }
    let n_nodes = graph.n_nodes();
    if n_nodes >= 1 << 31 {
        return Err(Error::TooManyNodes { n_nodes: n_nodes as usize });
    }
    if n_nodes < 2 {
        return Ok(None);
    }
    let pairs = Pairs::new(graph, seed);
    let between: Vec<u32> =
        (0..n_nodes).filter(|&rank| lies_between(graph, pairs.graph.ranks.nodes[rank as usize])).collect();
    let mut found = ApproximateBetweenness {
        estimates: vec![0.0; n_nodes as usize],
        lower: vec![0.0; n_nodes as usize],
        upper: vec![0.0; n_nodes as usize],
        n_samples: 0,
        n_paths: N_PATHS,
        n_pilot: 0,
        omega: 0,
        vertex_diameter_bound: pairs.vertex_diameter_bound,
    };
    if between.is_empty() || pairs.vertex_diameter_bound <= 2 {
        return Ok(Some(found));
    }
    // No path has more nodes between its ends, and so neither has the mean path: the sum of all b_v.
    let most_passed = f64::from(pairs.vertex_diameter_bound - 2);
    found.omega = n_enough(epsilon, delta / 2.0, between.len(), most_passed);
    found.n_pilot = PILOT.0.max((PILOT.1 * found.omega as f64) as u64).min(found.omega);
    let plan = {
        let mut pilot = Counts::new(n_nodes);
        pairs.draw(PILOT_STREAM..PILOT_STREAM + found.n_pilot, &mut pilot);
        Plan::new(&pilot, &between, epsilon, delta / 2.0, found.omega)
    };
    let mut counts = Counts::new(n_nodes);
    for (n_pairs, share) in looks(plan.first, found.omega) {
        pairs.draw(counts.n_samples..n_pairs, &mut counts);
        let limits = plan.limits(&counts, &between, share);
        let is_near = |(&rank, &(lower, upper)): (&u32, &(f64, f64))| {
            let mean = counts.mean(rank);
            mean - lower <= epsilon && upper - mean <= epsilon
        };
        if n_pairs == found.omega || between.iter().zip(&limits).all(is_near) {
            found.fill(&pairs.graph.ranks, &counts, &between, &limits, epsilon);
            break;
        }
    }
    Ok(Some(found))
}

/// After how many pairs to look, the last time after ω, and what share of δ to spend then: half of what is left, and
/// at the last look all.
fn looks(first: u64, omega: u64) -> Vec<(u64, f64)> {
    let mut looks = Vec::new();
    let (mut next, mut left) = (first, 1.0);
    while next < omega {
        left /= 2.0;
        let growth = GROWTH.get(looks.len()).unwrap_or(&2.0);
        looks.push((next, left));
        next = (next as f64 * growth).ceil() as u64;
    }
    looks.push((omega, left));
    looks
}

impl ApproximateBetweenness {
    /// Of each node, the best and the worst rank that the intervals leave open, counted from 1. Nodes whose intervals
    /// overlap are tied.
    pub fn ranks(&self) -> (Vec<u32>, Vec<u32>) {
        let sorted = |limits: &[f64]| {
            let mut limits = limits.to_vec();
            limits.par_sort_unstable_by(f64::total_cmp);
            limits
        };
        let (lower, upper) = (sorted(&self.lower), sorted(&self.upper));
        let n_nodes = self.estimates.len();
        let best = |limit: &f64| 1 + (n_nodes - lower.partition_point(|other| other <= limit)) as u32;
        let worst = |limit: &f64| (n_nodes - upper.partition_point(|other| other < limit)) as u32;
        (self.upper.par_iter().map(best).collect(), self.lower.par_iter().map(worst).collect())
    }

    fn fill(&mut self, ranks: &Ranks, counts: &Counts, between: &[u32], limits: &[(f64, f64)], epsilon: f64) {
        self.n_samples = counts.n_samples;
        let n_nodes = self.estimates.len() as f64;
        // A node is between the others at most.
        let most = (n_nodes - 2.0) / n_nodes;
        for (&rank, &(lower, upper)) in between.iter().zip(limits) {
            let node = ranks.nodes[rank as usize] as usize;
            let estimate = counts.mean(rank).min(most);
            self.estimates[node] = estimate;
            self.lower[node] = lower.max(estimate - epsilon).clamp(0.0, estimate);
            self.upper[node] = upper.min(estimate + epsilon).clamp(estimate, most);
        }
    }
}

/// Whether a path can lead through a node from one neighbour to another.
fn lies_between(graph: &Graph, u: u32) -> bool {
    let others = |row: &[u32]| -> (usize, Option<u32>) {
        let mut others = row.iter().copied().filter(|&v| v != u);
        let first = others.next();
        (usize::from(first.is_some()) + usize::from(others.next().is_some()), first)
    };
    let ((n_in, from), (n_out, to)) = (others(graph.in_neighbors(u)), others(graph.out_neighbors(u)));
    n_in > 0 && n_out > 0 && (n_in > 1 || n_out > 1 || from != to)
}

/// Where pairs are drawn from.
struct Pairs {
    graph: Walkable,
    /// Of each rank, if the graph is undirected: nodes of different components need not be searched.
    components: Option<Vec<u32>>,
    vertex_diameter_bound: u32,
    seed: u64,
    idle: Idle<PathSampler>,
}

impl Pairs {
    fn new(graph: &Graph, seed: u64) -> Self {
        let n_ends = |u: u32| (graph.out_neighbors(u).len() + graph.in_neighbors(u).len()) as u64;
        let degrees: Vec<u64> = (0..graph.n_nodes()).into_par_iter().map(n_ends).collect();
        let ranks = Ranks::by_degree(&degrees);
        let out_rows = ranks.renumber(graph.out_rows());
        let (in_rows, components, vertex_diameter_bound) = if graph.is_directed() {
            let labels = strong_components(graph).labels;
            let roots = ranks.nodes.iter().copied();
            let bound = vertex_diameter::directed(graph.out_rows(), graph.in_rows(), &labels, roots);
            (Some(ranks.renumber(graph.in_rows())), None, bound)
        } else {
            let (bound, roots) = vertex_diameter::undirected(&out_rows, 0..graph.n_nodes());
            (None, Some(roots), bound)
        };
        let graph = Walkable { ranks, out_rows, in_rows };
        Self { graph, components, vertex_diameter_bound, seed, idle: Idle::default() }
    }

    /// Draws the pairs of these streams.
    fn draw(&self, streams: Range<u64>, counts: &mut Counts) {
        let longest = u64::from(N_PATHS) * u64::from(self.vertex_diameter_bound).max(1);
        let round = (PASSED / longest).clamp(BLOCK, ROUND);
        let mut start = streams.start;
        while start < streams.end {
            let end = streams.end.min(start + round);
            let n_blocks = (end - start).div_ceil(BLOCK);
            let passed: Vec<Vec<(u32, u32)>> = (0..n_blocks as usize)
                .into_par_iter()
                .with_max_len(1)
                .map(|block| {
                    let first = start + block as u64 * BLOCK;
                    self.draw_block(first..end.min(first + BLOCK))
                })
                .collect();
            for &(rank, times) in passed.iter().flatten() {
                counts.add(rank, times);
            }
            counts.n_samples += end - start;
            start = end;
        }
    }

    fn draw_block(&self, streams: Range<u64>) -> Vec<(u32, u32)> {
        let n_nodes = self.graph.out_rows.n_rows();
        let mut passed = Vec::new();
        self.idle.with(
            || PathSampler::new(n_nodes),
            |sampler| {
                for stream in streams {
                    let mut draws = Draws::new(self.seed, stream);
                    let source = draws.below(n_nodes);
                    let target = draws.below(n_nodes - 1);
                    let target = target + u32::from(target >= source);
                    let apart = |roots: &Vec<u32>| roots[source as usize] != roots[target as usize];
                    if !self.components.as_ref().is_some_and(apart) {
                        sampler.draw(&self.graph, (source, target), N_PATHS, &mut draws, &mut passed);
                    }
                }
            },
        );
        passed
    }
}

/// What the paths drawn so far passed, by rank.
struct Counts {
    n_samples: u64,
    /// How many paths.
    sums: Vec<u64>,
    /// The squares of how many paths of each pair.
    squares: Vec<u64>,
}

impl Counts {
    fn new(n_nodes: u32) -> Self {
        Self { n_samples: 0, sums: vec![0; n_nodes as usize], squares: vec![0; n_nodes as usize] }
    }

    fn add(&mut self, rank: u32, times: u32) {
        self.sums[rank as usize] += u64::from(times);
        self.squares[rank as usize] += u64::from(times) * u64::from(times);
    }

    fn mean(&self, rank: u32) -> f64 {
        self.sums[rank as usize] as f64 / (self.n_samples as f64 * f64::from(N_PATHS))
    }

    fn mean_square(&self, rank: u32) -> f64 {
        self.squares[rank as usize] as f64 / (self.n_samples as f64 * f64::from(N_PATHS * N_PATHS))
    }
}

/// How δ is shared out, and when to look first: known before what is estimated is drawn.
struct Plan {
    /// The nodes passed often enough to have a share of their own, ascending by rank, with ln(1 / share).
    heads: Vec<(u32, f64)>,
    /// ln(1 / share) of the others.
    common: f64,
    first: u64,
}

impl Plan {
    fn new(pilot: &Counts, between: &[u32], epsilon: f64, delta: f64, omega: u64) -> Self {
        let n_pilot = pilot.n_samples as f64;
        // Each node has three events that may fail.
        let floor = COMMON_SHARE * delta / (3.0 * between.len() as f64);
        let seen: Vec<(u32, f64)> = between
            .iter()
            .filter(|&&rank| pilot.sums[rank as usize] > 0)
            .map(|&rank| (rank, pilot.mean_square(rank) + 1.0 / n_pilot))
            .collect();
        // Bernstein's inequality, with what the mean square may be beyond the one seen at about these chances.
        let chance = |n: f64, square: f64| {
            let doubt = 8.0 / n;
            let square = square + (2.0 * square * doubt).sqrt() + doubt;
            (-n * epsilon * epsilon / (2.0 * (square + epsilon / 3.0))).exp()
        };
        let total = |n: f64| crate::csr::sum(seen.iter().map(|&(_, square)| chance(n, square)));
        let budget = (1.0 - COMMON_SHARE) * delta / 3.0;
        let planned = smallest(1, omega, |n| total(n as f64) <= budget) as f64;
        let scale = budget / total(planned).max(f64::MIN_POSITIVE);
        let heads: Vec<(u32, f64)> = seen
            .iter()
            .map(|&(rank, square)| (rank, scale * chance(planned, square)))
            .filter(|&(_, share)| share > floor)
            .map(|(rank, share)| (rank, -(share + floor).ln()))
            .collect();
        let common = -floor.ln();
        let near = |(lower, upper): (f64, f64), mean: f64| mean - lower <= epsilon && upper - mean <= epsilon;
        let first = smallest(1, omega, |n| {
            let exponent = |log: f64| (log + 2.0_f64.ln()) / n as f64;
            let rare = 2.0 / n_pilot;
            near(chernoff(rare, exponent(common)), rare)
                && heads.iter().all(|&(rank, log)| {
                    let mean = pilot.mean(rank);
                    near(bernstein(mean, pilot.mean_square(rank) + 0.5 / n_pilot, exponent(log)), mean)
                })
        });
        Self { heads, common, first }
    }

    /// The limits of nodes that can lie between others, when this share of δ is spent.
    fn limits(&self, counts: &Counts, between: &[u32], share: f64) -> Vec<(f64, f64)> {
        let exponent = |log: f64| (log - share.ln()) / counts.n_samples as f64;
        let mut heads = self.heads.iter().peekable();
        let mut known = Vec::new();
        let of_rank = |&rank: &u32| {
            let mean = counts.mean(rank);
            if let Some(&(_, log)) = heads.next_if(|head| head.0 == rank) {
                return bernstein(mean, counts.mean_square(rank), exponent(log));
            }
            let limits = || chernoff(mean, exponent(self.common));
            let sum = counts.sums[rank as usize] as usize;
            if sum >= 1 << 16 {
                return limits();
            }
            if known.len() <= sum {
                known.resize(sum + 1, None);
            }
            *known[sum].get_or_insert_with(limits)
        };
        between.iter().map(of_rank).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_spend_all_of_delta_and_no_more() {
        for (first, omega) in [(1, 1), (1, 2), (5, 5), (7, 5), (1, 1_000_000), (1000, 1200), (999, 1000)] {
            let looks = looks(first, omega);
            let spent: f64 = looks.iter().map(|look| look.1).sum();
            assert!((spent - 1.0).abs() < 1e-12, "{first}, {omega}: {spent}");
            assert!(looks.iter().all(|look| look.1 > 0.0));
            assert!(looks.windows(2).all(|pair| pair[0].0 < pair[1].0), "{looks:?}");
            assert_eq!(looks.last().map(|look| look.0), Some(omega));
        }
    }

    #[test]
    fn a_plan_spends_no_more_than_it_has() {
        const N_NODES: u32 = 2000;
        let between: Vec<u32> = (0..N_NODES).filter(|rank| rank % 3 > 0).collect();
        for n_passed in [0, 1, 10, 500] {
            // From nodes that all paths pass to nodes that one does.
            let mut pilot = Counts::new(N_NODES);
            pilot.n_samples = 2000;
            for (at, &rank) in between.iter().take(n_passed).enumerate() {
                (0..2000 / (at + 1)).for_each(|_| pilot.add(rank, if at % 2 == 0 { N_PATHS } else { 1 }));
            }
            for (epsilon, delta) in [(0.1, 0.1), (0.01, 0.5), (0.001, 1e-6)] {
                let omega = n_enough(epsilon, delta, between.len(), 5.0);
                let plan = Plan::new(&pilot, &between, epsilon, delta, omega);
                assert!(plan.heads.windows(2).all(|pair| pair[0].0 < pair[1].0));
                let n_others = (between.len() - plan.heads.len()) as f64;
                let chances: f64 = plan.heads.iter().map(|head| (-head.1).exp()).sum();
                // Each of the three events that a node's limits rest on may fail so often.
                let spent = 3.0 * (chances + n_others * (-plan.common).exp());
                assert!(spent <= delta * (1.0 + 1e-9), "{n_passed}, {epsilon}, {delta}: {spent}");
                assert!(spent >= 0.05 * delta, "most is of use: {spent} of {delta}");
                assert!((1..=omega).contains(&plan.first));
            }
        }
    }
}
