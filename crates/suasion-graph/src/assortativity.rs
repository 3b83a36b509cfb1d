//! Assortativity: whether edges lead to ends like their start, in degree, in a number, or in kind.
//!
//! **Formulas.** Over edges u → v, each counting 1, or by its weight w_uv if [`EdgeCount::ByWeight`]:
//!
//! - *by numbers*: r = cov(x_u, y_v) / (σ_x σ_y), Pearson's correlation of a number x of the source and a number y of
//!   the target, from −1 to 1;
//! - *by degree*: the same with x the out- or in-degree of the source and y that of the target. Out → in is Newman's
//!   coefficient for directed networks; all four are those of Foster and others. The degree and the excess degree (one
//!   less) have the same r;
//! - *by category*: with e_ij the part of edges that lead from category i to j, a_i = Σ_j e_ij and b_j = Σ_i e_ij,
//!   r = (Σ_i e_ii − Σ_i a_i b_i) / (1 − Σ_i a_i b_i), 1 if all edges stay within their category, 0 if they are where
//!   chance would put them, and at least −1. It is computed as 1 − Σ_{i≠j} e_ij / Σ_i a_i (1 − b_i), which loses no
//!   digits.
//!
//! **Shape and units.** One r for the network, without a unit, and how many edges counted. Attributes are a value or
//! none for each of n nodes, in any unit.
//!
//! **Semantics.** *Self-loops* are left out of edges and of degrees: a node's likeness to itself says nothing (NetworkX
//! and igraph count them). An *undirected* edge counts both ways, so that x and y have one distribution, and all four
//! degree coefficients are Newman's of 2002. *Isolates* have no edge and no influence. *Missing* values: an edge counts
//! if both its ends have a value, and is left out otherwise; how many were is in the result. Degrees are of the whole
//! graph. r is `None` if no edge counts, if x or y is the same for all that do, or if all lie within one category.
//!
//! *Weights.* With [`EdgeCount::ByWeight`] an edge of weight zero has no influence, and degrees stay counts of edges
//! (Leung and Chau). Others put strengths in the place of degrees: give them to [`numeric_assortativity`], with
//! [`EdgeCount::Each`] for what NetworkX calls `weight`, by weight for the coefficients of Yuan, Yan and Zhang.
//!
//! **Cost.** O(n + m) time in parallel, 40 bytes a node. Sums run in node order. A mixing matrix keeps what is not
//! zero, and takes 8 bytes a category for each thread.
//!
//! M. E. J. Newman (2002), "Assortative mixing in networks", *Physical Review Letters* 89, 208701; M. E. J. Newman
//! (2003), "Mixing patterns in networks", *Physical Review E* 67, 026126; J. G. Foster, D. V. Foster, P. Grassberger
//! and M. Paczuski (2010), "Edge direction and the structure of networks", *Proceedings of the National Academy of
//! Sciences* 107(24), 10815–10820; C. C. Leung and H. F. Chau (2007), "Weighted assortative and disassortative networks
//! model", *Physica A* 378(2), 591–602; Y. Yuan, J. Yan and P. Zhang (2021), "Assortativity measures for weighted and
//! directed networks", *Journal of Complex Networks* 9(2), cnab017.

use rayon::prelude::*;

use crate::csr::{Graph, sum};

/// Which edges a degree counts; in an undirected graph both are all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DegreeKind {
    /// Those that leave a node.
    Out,
    /// Those that reach it.
    In,
}

/// How much an edge counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeCount {
    /// Each edge counts 1.
    Each,
    /// Each edge counts its weight; 1 in a graph without weights.
    ByWeight,
}

/// How alike the ends of edges are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assortativity {
    /// r, where it is defined.
    pub coefficient: Option<f64>,
    /// How many edges between different nodes counted, those of weight zero included; an undirected edge once.
    pub n_edges: u64,
    /// How many were left out, because an end has no value.
    pub n_left_out: u64,
}

/// How many edges lead from each category to each.
#[derive(Debug, Clone, PartialEq)]
pub struct MixingMatrix {
    /// (from, to, how much the edges count), ascending by from and then to; what is not listed is zero. An undirected
    /// edge counts both ways, so that the matrix is symmetric and has an edge within a category twice.
    pub entries: Vec<(u32, u32, f64)>,
    /// How many edges between different nodes counted; an undirected edge once.
    pub n_edges: u64,
    /// How many were left out, because an end has no category.
    pub n_left_out: u64,
}

/// Assortativity by degree: that of sources as `source` says against that of targets as `target` says.
pub fn degree_assortativity(
    graph: &Graph,
    source: DegreeKind,
    target: DegreeKind,
    count: EdgeCount,
) -> Assortativity {
    let of = |kind| -> Vec<Option<f64>> {
        let degrees = degrees_without_loops(graph, kind).into_par_iter();
        degrees.map(|degree| Some(f64::from(degree))).collect()
    };
    let sources = of(source);
    if source == target {
        return numeric_assortativity(graph, &sources, &sources, count);
    }
    numeric_assortativity(graph, &sources, &of(target), count)
}

/// Assortativity by numbers: `sources` of the nodes where edges start, `targets` of those where they end. For one
/// attribute give it twice.
///
/// Panics if there is not a number or `None` for each node, or if a number is NaN or infinite.
pub fn numeric_assortativity(
    graph: &Graph,
    sources: &[Option<f64>],
    targets: &[Option<f64>],
    count: EdgeCount,
) -> Assortativity {
    let n_nodes = graph.n_nodes() as usize;
    assert_eq!((sources.len(), targets.len()), (n_nodes, n_nodes), "there must be a value for each node");
    let finite = |value: &Option<f64>| value.is_none_or(f64::is_finite);
    assert!(sources.par_iter().chain(targets).all(finite), "values must be finite");
    let (n_edges, n_left_out) =
        n_counted(graph, |u, v| sources[u as usize].is_some() && targets[v as usize].is_some());
    let out = |u: u32| sum(counted(graph.out_edges(u), u, targets, count).map(|(_, weight)| weight));
    let into = |v: u32| sum(counted(graph.in_edges(v), v, sources, count).map(|(_, weight)| weight));
    let coefficient = || {
        let x = Deviations::new(sources, &out)?;
        let y = Deviations::new(targets, &into)?;
        let of_row = |u: u32| {
            let row = counted(graph.out_edges(u), u, targets, count);
            x.of[u as usize] * sum(row.map(|(v, weight)| weight * y.of[v as usize]))
        };
        let covariances: Vec<f64> = (0..graph.n_nodes())
            .into_par_iter()
            .map(|u| if sources[u as usize].is_some() { of_row(u) } else { 0.0 })
            .collect();
        let covariance = sum(covariances.into_iter()) / x.total;
        Some((covariance / (x.standard * y.standard)).clamp(-1.0, 1.0))
    };
    Assortativity { coefficient: coefficient(), n_edges, n_left_out }
}

/// Assortativity by category, each a number from 0, of which the largest should be small; `None` if it is not known.
///
/// Panics if there is not one or `None` for each node.
pub fn categorical_assortativity(
    graph: &Graph,
    categories: &[Option<u32>],
    count: EdgeCount,
) -> Assortativity {
    let matrix = mixing_matrix(graph, categories, count);
    Assortativity {
        coefficient: matrix.coefficient(),
        n_edges: matrix.n_edges,
        n_left_out: matrix.n_left_out,
    }
}

/// How many edges lead from each category to each. Panics as [`categorical_assortativity`] does.
pub fn mixing_matrix(graph: &Graph, categories: &[Option<u32>], count: EdgeCount) -> MixingMatrix {
    assert_eq!(categories.len(), graph.n_nodes() as usize, "there must be a category or none for each node");
    let known = |u: u32| categories[u as usize].is_some();
    let (n_edges, n_left_out) = n_counted(graph, |u, v| known(u) && known(v));
    let n_categories = n_categories(categories);
    let mut members = vec![Vec::new(); n_categories];
    for (u, category) in (0..graph.n_nodes()).zip(categories) {
        if let Some(category) = category {
            members[*category as usize].push(u);
        }
    }
    let row = |scratch: &mut Vec<Option<f64>>, from: u32| {
        let mut met = Vec::new();
        for &u in &members[from as usize] {
            for (v, weight) in counted(graph.out_edges(u), u, categories, count) {
                let Some(to) = categories[v as usize] else { continue };
                let entry = &mut scratch[to as usize];
                if entry.is_none() {
                    met.push(to);
                }
                *entry = Some(entry.unwrap_or(0.0) + weight);
            }
        }
        met.sort_unstable();
        let take = |to: u32| (from, to, scratch[to as usize].take().unwrap_or(0.0));
        met.into_iter().map(take).collect::<Vec<_>>()
    };
    let entries = (0..n_categories as u32)
        .into_par_iter()
        .map_init(|| vec![None; n_categories], row)
        .flatten_iter()
        .collect();
    MixingMatrix { entries, n_edges, n_left_out }
}

impl MixingMatrix {
    /// r, where it is defined.
    pub fn coefficient(&self) -> Option<f64> {
        let n = self.entries.iter().map(|entry| entry.0.max(entry.1) as usize + 1).max()?;
        let (mut from, mut to) = (vec![0.0; n], vec![0.0; n]);
        let mut between = 0.0;
        for &(i, j, weight) in &self.entries {
            from[i as usize] += weight;
            to[j as usize] += weight;
            between += if i == j { 0.0 } else { weight };
        }
        let total = sum(from.iter().copied());
        // What leads to other categories is added up, not taken from the total, so that nothing small is lost.
        let mut after = vec![0.0; n + 1];
        for j in (0..n).rev() {
            after[j] = after[j + 1] + to[j];
        }
        let mut before = 0.0;
        let expected = sum((0..n).map(|i| {
            let others = before + after[i + 1];
            before += to[i];
            from[i] / total * others
        }));
        (expected > 0.0).then(|| 1.0 - between / expected)
    }
}

/// One more than the largest category.
pub(crate) fn n_categories(categories: &[Option<u32>]) -> usize {
    categories.iter().flatten().max().map_or(0, |&largest| largest as usize + 1)
}

/// For each node, its edges to (or from) other nodes.
pub(crate) fn degrees_without_loops(graph: &Graph, kind: DegreeKind) -> Vec<u32> {
    let of = |u: u32| {
        let row = match kind {
            DegreeKind::Out => graph.out_neighbors(u),
            DegreeKind::In => graph.in_neighbors(u),
        };
        (row.len() - usize::from(row.binary_search(&u).is_ok())) as u32
    };
    (0..graph.n_nodes()).into_par_iter().map(of).collect()
}

/// How many edges between different nodes count, and how many do not; an undirected edge once.
fn n_counted(graph: &Graph, counts: impl Fn(u32, u32) -> bool + Sync) -> (u64, u64) {
    let of_row = |u: u32| {
        let others =
            graph.out_neighbors(u).iter().filter(|&&v| if graph.is_directed() { u != v } else { u < v });
        others.fold((0, 0), |(yes, no), &v| if counts(u, v) { (yes + 1, no) } else { (yes, no + 1) })
    };
    let rows = (0..graph.n_nodes()).into_par_iter().map(of_row);
    rows.reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
}

/// What counts of a row of u, with how much it does.
fn counted<'a, T>(
    row: impl Iterator<Item = (u32, f64)> + 'a,
    u: u32,
    others: &'a [Option<T>],
    count: EdgeCount,
) -> impl Iterator<Item = (u32, f64)> + 'a {
    let weight = move |weight: f64| if count == EdgeCount::Each { 1.0 } else { weight };
    row.filter(move |&(v, _)| v != u && others[v as usize].is_some()).map(move |(v, w)| (v, weight(w)))
}

/// The numbers at one end of edges, less their mean.
struct Deviations {
    /// For each node, in units of the largest number; 0 if it has none.
    of: Vec<f64>,
    /// The root of their mean square.
    standard: f64,
    /// How much all edges count.
    total: f64,
}

impl Deviations {
    /// `None` if nothing counts, or all numbers that do are equal.
    fn new(values: &[Option<f64>], weight_of: &(impl Fn(u32) -> f64 + Sync)) -> Option<Self> {
        let weights: Vec<f64> = (0..values.len() as u32)
            .into_par_iter()
            .map(|u| if values[u as usize].is_some() { weight_of(u) } else { 0.0 })
            .collect();
        let pairs = || values.iter().zip(&weights).filter(|&(_, &weight)| weight > 0.0);
        let used = || pairs().filter_map(|(&value, &weight)| Some((value?, weight)));
        let (first, _) = used().next()?;
        if used().all(|(value, _)| value == first) {
            return None;
        }
        let largest = used().fold(0.0_f64, |largest, (value, _)| largest.max(value.abs()));
        let total = sum(used().map(|(_, weight)| weight));
        let mean = sum(used().map(|(value, weight)| value / largest * (weight / total)));
        // What does not count may be too large to divide.
        let deviation = |(value, &weight): (&Option<f64>, &f64)| match value {
            Some(value) if weight > 0.0 => value / largest - mean,
            _ => 0.0,
        };
        let of: Vec<f64> = values.iter().zip(&weights).map(deviation).collect();
        let variance =
            sum(of.iter().zip(&weights).map(|(deviation, weight)| deviation.powi(2) * (weight / total)));
        (variance > 0.0).then(|| Self { of, standard: variance.sqrt(), total })
    }
}
