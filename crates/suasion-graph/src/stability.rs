//! Stability: which communities would be found again if other interactions had been seen, and which of them chance alone would
//! not give.
//!
//! **Formulas.** Rows of interactions are drawn again with replacement, as many as there are (or whole items, where rows
//! cluster in items such as a post or an event; or nothing is drawn and a share of the ties is left out), and communities
//! are sought from single nodes on. With C a community of the whole and D one of the resample, both among the nodes
//! that have a tie there, n in number, J = |C ∩ D| / |C ∪ D| and J₀ the same with |C| |D| / n for |C ∩ D|, as if D had
//! been drawn at random, the *score* of C is the mean over resamples of the largest (J − J₀) / (1 − J₀).
//!
//! **Chance.** Networks without communities have stable communities too, if they are sparse. So the network is rewired,
//! each node keeping its degree, rows going with the ties that they make up, and each rewiring is treated as the whole
//! was. With k of the N communities of rewirings that are compared with C as stable as it or more, p = (1 + k) / (1 + N), and C
//! is *found* if p ≤ .05: if its score is above the 95th percentile of theirs, which is the ⌊.05 (N + 1)⌋-th largest. Fewer than
//! nineteen can show nothing. Compared are the communities of rewirings of half to twice the size and, while these are fewer than a
//! hundred, those of the next nearest size, since small communities and large ones are not equally stable by chance.
//!
//! **Shape and units.** Communities of the whole, each with a score, at most 1, and a p; neither has a unit.
//!
//! **Semantics.** *Isolates* of the whole are communities of one, with neither score nor p. A community that has no tie left in a
//! resample scores 0 there. The order of rows is nothing. *Without weights* a tie is there or not, however many rows make it up.
//! *Self-loops* count as in [`mod@crate::leiden`]. Rows of *weight zero* may be drawn and tie nobody.
//! A bootstrap sees *fewer ties* than the whole: one that a single row makes is missing from 37 % of resamples. Resamples
//! therefore have other communities than the whole even where nothing is uncertain; [`Shift`] says by how much, and
//! rewirings suffer the same. Where ties are a *census* (links, twinnings, votes) nobody drew rows, and a bootstrap
//! answers no question: leaving out ties shows how sensitive communities are to what might be missing, and is no interval.
//!
//! **Cost.** A run of Leiden for each resample, for each rewiring and for each resample of that, one to a thread; 36
//! bytes a row, and for each thread what a graph and Leiden take.
//!
//! C. Hennig (2007), "Cluster-wise assessment of cluster stability", *Computational Statistics & Data Analysis* 52(1),
//! 258–271: the largest Jaccard coefficient over bootstrap samples. L. Hubert and P. Arabie (1985), "Comparing partitions",
//! *Journal of Classification* 2, 193–218: the form of the adjustment. S. Maslov and K. Sneppen (2002): see
//! [`crate::rewiring`].

use rayon::prelude::*;

use crate::alone::each_alone;
use crate::csr::{Direction, EdgeColumns, Graph};
use crate::draws::Draws;
use crate::error::Error;
use crate::leiden::{LeidenOptions, leiden};
use crate::partition_quality::partition_quality;
use crate::rewiring::rewire;

/// Communities of fewer nodes are not counted among those found.
pub const SMALLEST_COUNTED: u32 = 10;
/// The largest p of a community that is found.
pub const LEVEL: f64 = 0.05;
/// With how many communities of rewirings one is compared at least, if there are as many.
const ENOUGH_COMPARED: usize = 100;
/// With fewer than this nothing can be found: 1 / (1 + N) is above [`LEVEL`].
const FEWEST_COMPARED: usize = 19;

/// What might have been otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Resampling<'a> {
    /// Which rows were seen.
    Rows,
    /// Which items were seen; for each row, the number of its item from 0.
    Items(&'a [u32]),
    /// Nothing was sampled; so large a share of the ties is left out, above 0 and below 1.
    MissingTies(f64),
}

/// How often communities are sought.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StabilityOptions {
    /// How. Its seed is that of all draws.
    pub leiden: LeidenOptions,
    /// How many resamples of the whole.
    pub resamples: u32,
    /// How many rewirings; without any, nothing is found.
    pub rewirings: u32,
    /// How many resamples of each rewiring.
    pub resamples_of_rewirings: u32,
}

impl Default for StabilityOptions {
    /// A hundred resamples, and twenty rewirings resampled ten times each.
    fn default() -> Self {
        Self { leiden: LeidenOptions::default(), resamples: 100, rewirings: 20, resamples_of_rewirings: 10 }
    }
}

/// Communities and how stable each is.
#[derive(Debug, Clone, PartialEq)]
pub struct Stability {
    /// For each node, the smallest node of its community.
    pub labels: Vec<u32>,
    /// Communities, by label.
    pub communities: Vec<StableCommunity>,
    /// How resamples differ from the whole.
    pub shift: Shift,
    /// How many communities rewirings have, that have a score.
    pub n_compared: usize,
}

/// One community.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StableCommunity {
    /// Its smallest node.
    pub label: u32,
    /// How many nodes it has.
    pub n_nodes: u32,
    /// How well it is found again; `None` if it has no tie.
    pub score: Option<f64>,
    /// The 95th percentile of scores in rewirings, of communities of about this size; `None` if there are too few.
    pub by_chance: Option<f64>,
    /// What share of those scores, with this one among them, is as large or larger; `None` without a score, or if there are too
    /// few to compare with.
    pub p: Option<f64>,
}

/// How resamples differ from the whole because they are resamples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// The mean share of the ties that a resample has; `None` without resamples or ties.
    pub ties_kept: Option<f64>,
    /// Modularity at resolution 1 of the whole, and its mean over resamples; `None` where it is undefined.
    pub modularity: (Option<f64>, Option<f64>),
    /// How many communities of two or more nodes the whole has, and resamples on average.
    pub n_communities: (usize, Option<f64>),
}

impl StableCommunity {
    /// Whether it is more stable than chance would make it.
    pub fn is_found(&self) -> bool {
        self.p.is_some_and(|p| p <= LEVEL)
    }
}

impl Stability {
    /// How many communities of ten or more nodes are found, and how many there are.
    pub fn n_found(&self) -> (usize, usize) {
        let large = || self.communities.iter().filter(|community| community.n_nodes >= SMALLEST_COUNTED);
        (large().filter(|community| community.is_found()).count(), large().count())
    }
}

/// Seeks communities among rows of interactions, and says how stable each is.
///
/// Fails as [`Graph::from_columns`] and [`leiden`] do, on a share of missing ties that is not above 0 and below 1, and on
/// items that are not one for each row.
pub fn stability(
    direction: Direction,
    n_nodes: usize,
    rows: &EdgeColumns,
    resampling: Resampling<'_>,
    options: StabilityOptions,
) -> Result<Stability, Error> {
    if let Resampling::MissingTies(share) = resampling
        && !(share > 0.0 && share < 1.0)
    {
        return Err(Error::NotAShare { name: "share of ties left out", value: share });
    }
    if let Resampling::Items(items) = resampling
        && items.len() != rows.sources.len()
    {
        let (length, n_rows) = (items.len(), rows.sources.len());
        return Err(Error::RaggedAttribute { column: "items", length, n_rows });
    }
    let whole = Graph::from_columns(direction, n_nodes, rows.clone())?;
    let labels = leiden(&whole, options.leiden)?;
    let sampler = Sampler::new(&whole, rows, resampling, options.leiden);
    let ends = ends(&whole);
    let of_whole = Observed::new(&whole, labels);
    let resamples = each_alone(options.resamples as usize, |resample| {
        sampler.resample(&ends, &of_whole, stream(0, resample))
    });
    // Of several faults the first is said.
    let resamples = resamples.into_iter().collect::<Result<Vec<Resample>, Error>>()?;
    let compared = each_alone(options.rewirings as usize, |rewiring| {
        sampler.rewired(&ends, options, rewiring as u32 + 1)
    });
    let compared = compared.into_iter().collect::<Result<Vec<_>, Error>>()?;
    let mut of_chance: Vec<(u32, f64)> = compared.into_iter().flatten().collect();
    // By size, and then by score.
    of_chance.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let scores = mean_scores(of_whole.sizes.len(), resamples.iter().map(|resample| &resample.scores[..]));
    let communities = of_whole
        .sizes
        .iter()
        .zip(scores)
        .map(|(&(label, n_nodes), score)| {
            let like = like_sized(&of_chance, n_nodes);
            let p = score.filter(|_| like.len() >= FEWEST_COMPARED).map(|score| {
                let n_as_stable = like.iter().filter(|by_chance| by_chance.1 >= score).count();
                (1 + n_as_stable) as f64 / (1 + like.len()) as f64
            });
            StableCommunity { label, n_nodes, score, by_chance: percentile_95(like), p }
        })
        .collect();
    Ok(Stability {
        communities,
        shift: shift(&whole, &of_whole, &resamples),
        labels: of_whole.labels,
        n_compared: of_chance.len(),
    })
}

/// The stream of a resample of a network: the whole is 0, rewirings are from 1.
fn stream(network: u32, resample: usize) -> u64 {
    u64::from(network) << 32 | resample as u64
}

/// A network with its communities.
struct Observed {
    labels: Vec<u32>,
    /// Communities of two or more, and of one, by label: the label and how many nodes have it.
    sizes: Vec<(u32, u32)>,
    /// For each node, the place of its community among them.
    places: Vec<u32>,
    /// Whether each community has a tie.
    is_tied: Vec<bool>,
}

impl Observed {
    fn new(graph: &Graph, labels: Vec<u32>) -> Self {
        let mut n_each = vec![0_u32; graph.n_nodes() as usize];
        for &label in &labels {
            n_each[label as usize] += 1;
        }
        let mut place_of = vec![0; n_each.len()];
        let mut sizes = Vec::new();
        for (label, &n) in (0..).zip(&n_each).filter(|(_, n)| **n > 0) {
            place_of[label as usize] = sizes.len() as u32;
            sizes.push((label, n));
        }
        let places: Vec<u32> = labels.iter().map(|&label| place_of[label as usize]).collect();
        let mut is_tied = vec![false; sizes.len()];
        for (&place, u) in places.iter().zip(0..) {
            is_tied[place as usize] |= has_tie(graph, u);
        }
        Self { labels, sizes, places, is_tied }
    }

    fn n_of_two_or_more(&self) -> usize {
        self.sizes.iter().filter(|(_, n)| *n > 1).count()
    }
}

/// What was seen of one resample.
struct Resample {
    /// For each community of the network, how well it is found again; `None` if it has no tie in the network.
    scores: Vec<Option<f64>>,
    n_ties: usize,
    n_communities: usize,
    modularity: Option<f64>,
}

/// Draws resamples of ties.
struct Sampler {
    direction: Direction,
    n_nodes: usize,
    leiden: LeidenOptions,
    /// Whether a tie weighs more the more rows make it up.
    is_weighted: bool,
    /// What each tie of the whole weighs.
    of_ties: Vec<f64>,
    /// The share of ties to leave out, if nothing is drawn.
    missing: Option<f64>,
    /// By item, tie and weight, so that the order in which rows came is nothing: the tie of the whole that a row is part
    /// of, and its weight.
    rows: Vec<(u32, f64)>,
    /// Where each item starts and the last one ends; a row is an item of its own if there are no others.
    items: Vec<u32>,
}

impl Sampler {
    fn new(whole: &Graph, rows: &EdgeColumns, resampling: Resampling<'_>, leiden: LeidenOptions) -> Self {
        let is_directed = whole.is_directed();
        let edges: Vec<(u32, u32)> = whole.edges().map(|edge| (edge.0, edge.1)).collect();
        let (items, missing) = match resampling {
            Resampling::Rows => (None, None),
            Resampling::Items(items) => (Some(items), None),
            Resampling::MissingTies(share) => (None, Some(share)),
        };
        let row = |at: usize| {
            let (u, v) = (rows.sources[at], rows.targets[at]);
            let ends = if is_directed { (u, v) } else { (u.min(v), u.max(v)) };
            let tie = edges.binary_search(&ends).map_or(u32::MAX, |at| at as u32);
            let weight = rows.weights.as_ref().map_or(1.0, |weights| weights[at]);
            (items.map_or(0, |items| items[at]), tie, weight)
        };
        // Where ties are left out, rows are nothing.
        let n_rows = if missing.is_some() { 0 } else { rows.sources.len() };
        let mut rows: Vec<(u32, u32, f64)> = (0..n_rows).into_par_iter().map(row).collect();
        rows.par_sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
        let mut starts: Vec<u32> = (0..rows.len() as u32)
            .filter(|&at| at == 0 || items.is_none() || rows[at as usize].0 != rows[at as usize - 1].0)
            .collect();
        starts.push(rows.len() as u32);
        Self {
            direction: if is_directed { Direction::Directed } else { Direction::Undirected },
            n_nodes: whole.n_nodes() as usize,
            leiden,
            is_weighted: whole.is_weighted(),
            of_ties: whole.edges().map(|edge| edge.2).collect(),
            missing,
            rows: rows.into_iter().map(|(_, tie, weight)| (tie, weight)).collect(),
            items: starts,
        }
    }

    /// What each tie weighs in a resample.
    fn drawn(&self, stream: u64) -> Vec<f64> {
        let mut draws = Draws::new(self.leiden.seed, stream);
        let mut drawn = vec![0.0; self.of_ties.len()];
        if let Some(share) = self.missing {
            for (drawn, &weight) in drawn.iter_mut().zip(&self.of_ties) {
                *drawn = if draws.unit() < share { 0.0 } else { weight };
            }
            return drawn;
        }
        let n = self.items.len() as u32 - 1;
        for _ in 0..n {
            let item = draws.below(n) as usize;
            for &(tie, weight) in &self.rows[self.items[item] as usize..self.items[item + 1] as usize] {
                drawn[tie as usize] += weight;
            }
        }
        drawn
    }

    /// The graph of ties between these ends, with what each weighs.
    fn graph(&self, ends: &EdgeColumns, weights: &[f64]) -> Result<Graph, Error> {
        let mut columns = EdgeColumns::default();
        let mut kept = Vec::new();
        for ((&source, &target), &weight) in ends.sources.iter().zip(&ends.targets).zip(weights) {
            if weight > 0.0 {
                columns.sources.push(source);
                columns.targets.push(target);
                kept.push(weight);
            }
        }
        columns.weights = self.is_weighted.then_some(kept);
        Graph::from_columns(self.direction, self.n_nodes, columns)
    }

    fn communities(&self, graph: &Graph, seed: u64) -> Result<Vec<u32>, Error> {
        leiden(graph, LeidenOptions { seed, ..self.leiden })
    }

    /// Draws a resample, seeks communities in it, and compares them with those observed.
    fn resample(&self, ends: &EdgeColumns, observed: &Observed, stream: u64) -> Result<Resample, Error> {
        let graph = self.graph(ends, &self.drawn(stream))?;
        let labels = self.communities(&graph, Draws::new(self.leiden.seed, stream).bits())?;
        let modularity = partition_quality(&graph, &labels).modularity(1.0);
        let found = Observed::new(&graph, labels);
        let scores = scores(&graph, observed, &found);
        let (n_ties, n_communities) = (graph.n_edges(), found.n_of_two_or_more());
        Ok(Resample { scores, n_ties, n_communities, modularity })
    }

    /// The sizes and scores of the communities of a rewiring.
    fn rewired(
        &self,
        ends: &EdgeColumns,
        options: StabilityOptions,
        network: u32,
    ) -> Result<Vec<(u32, f64)>, Error> {
        let mut ends = ends.clone();
        let seed = Draws::new(self.leiden.seed, u64::MAX - u64::from(network)).bits();
        rewire(self.direction, &mut ends, None, seed);
        let graph = self.graph(&ends, &self.of_ties)?;
        let observed = Observed::new(&graph, self.communities(&graph, seed)?);
        let resamples = (0..options.resamples_of_rewirings as usize)
            .map(|resample| self.resample(&ends, &observed, stream(network, resample)))
            .collect::<Result<Vec<Resample>, Error>>()?;
        let scores = mean_scores(observed.sizes.len(), resamples.iter().map(|resample| &resample.scores[..]));
        let sizes = observed.sizes.iter().map(|size| size.1);
        Ok(sizes.zip(scores).filter_map(|(n_nodes, score)| Some((n_nodes, score?))).collect())
    }
}

/// The ends of the ties of a graph, in their order.
fn ends(graph: &Graph) -> EdgeColumns {
    let (sources, targets) = graph.edges().map(|edge| (edge.0, edge.1)).unzip();
    EdgeColumns { sources, targets, weights: None }
}

/// Whether a node is tied to another.
fn has_tie(graph: &Graph, u: u32) -> bool {
    let others = |row: &[u32]| row.iter().any(|&v| v != u);
    others(graph.out_neighbors(u)) || others(graph.in_neighbors(u))
}

/// For each community observed, how well the best of those found agrees with it among nodes with a tie.
fn scores(graph: &Graph, observed: &Observed, found: &Observed) -> Vec<Option<f64>> {
    let tied: Vec<u32> = (0..graph.n_nodes()).filter(|&u| has_tie(graph, u)).collect();
    let n = tied.len() as f64;
    let count = |of: &Observed| {
        let mut counts = vec![0_u32; of.sizes.len()];
        for &u in &tied {
            counts[of.places[u as usize] as usize] += 1;
        }
        counts
    };
    let (of_observed, of_found) = (count(observed), count(found));
    let mut pairs: Vec<(u32, u32)> =
        tied.iter().map(|&u| (observed.places[u as usize], found.places[u as usize])).collect();
    pairs.sort_unstable();
    let mut scores = vec![None; of_observed.len()];
    for both in pairs.chunk_by(|a, b| a == b) {
        let (at, other) = both[0];
        let (c, d) = (f64::from(of_observed[at as usize]), f64::from(of_found[other as usize]));
        let jaccard = |shared: f64| shared / (c + d - shared);
        let by_chance = jaccard(c * d / n);
        // One that has all there is agrees with it whatever happens.
        let score =
            if by_chance < 1.0 { (jaccard(both.len() as f64) - by_chance) / (1.0 - by_chance) } else { 0.0 };
        let best: &mut Option<f64> = &mut scores[at as usize];
        *best = Some(best.map_or(score, |best| best.max(score)));
    }
    // What is not there is not found again.
    for (score, _) in scores.iter_mut().zip(&observed.is_tied).filter(|(_, is_tied)| **is_tied) {
        score.get_or_insert(0.0);
    }
    scores
}

/// The mean score of each community over the resamples in which it has one.
fn mean_scores<'s>(n: usize, resamples: impl Iterator<Item = &'s [Option<f64>]>) -> Vec<Option<f64>> {
    let mut sums = vec![(0.0, 0_u32); n];
    for scores in resamples {
        for (sum, score) in sums.iter_mut().zip(scores) {
            if let Some(score) = score {
                *sum = (sum.0 + score, sum.1 + 1);
            }
        }
    }
    sums.into_iter().map(|(sum, n)| (n > 0).then(|| sum / f64::from(n))).collect()
}

/// Of communities by size, those of half to twice a size; or the nearest in size, where these are few.
fn like_sized(by_size: &[(u32, f64)], n_nodes: u32) -> &[(u32, f64)] {
    let ratio = |size: u32| {
        let (size, n_nodes) = (f64::from(size), f64::from(n_nodes));
        size.max(n_nodes) / size.min(n_nodes)
    };
    let mut first = by_size.partition_point(|community| u64::from(community.0) * 2 < u64::from(n_nodes));
    let mut end =
        by_size.partition_point(|community| u64::from(community.0) <= 2 * u64::from(n_nodes)).max(first);
    while end - first < ENOUGH_COMPARED && (first > 0 || end < by_size.len()) {
        let below = first.checked_sub(1).map(|at| by_size[at].0);
        let above = by_size.get(end).map(|community| community.0);
        // All of a size, or none.
        match (below, above) {
            (Some(below), above) if above.is_none_or(|above| ratio(below) <= ratio(above)) => {
                first = by_size.partition_point(|community| community.0 < below);
            }
            (_, Some(above)) => end = by_size.partition_point(|community| community.0 <= above),
            _ => break,
        }
    }
    &by_size[first..end]
}

/// The score above which p is at most [`LEVEL`]; `None` if there are too few for any.
fn percentile_95(communities: &[(u32, f64)]) -> Option<f64> {
    let mut scores: Vec<f64> = communities.iter().map(|community| community.1).collect();
    scores.sort_unstable_by(|a, b| b.total_cmp(a));
    let rank = (scores.len() + 1) / 20;
    scores.get(rank.checked_sub(1)?).copied()
}

fn shift(whole: &Graph, observed: &Observed, resamples: &[Resample]) -> Shift {
    let n = resamples.len() as f64;
    let mean = |of: &dyn Fn(&Resample) -> f64| {
        (!resamples.is_empty()).then(|| resamples.iter().map(of).sum::<f64>() / n)
    };
    let modularity = partition_quality(whole, &observed.labels).modularity(1.0);
    let of_resamples: Option<Vec<f64>> = resamples.iter().map(|resample| resample.modularity).collect();
    let of_resamples = of_resamples.filter(|all| !all.is_empty());
    Shift {
        ties_kept: mean(&|resample| resample.n_ties as f64 / whole.n_edges() as f64)
            .filter(|_| whole.n_edges() > 0),
        modularity: (modularity, of_resamples.map(|all| all.iter().sum::<f64>() / n)),
        n_communities: (observed.n_of_two_or_more(), mean(&|resample| resample.n_communities as f64)),
    }
}
