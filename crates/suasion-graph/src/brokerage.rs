//! Brokerage: between which groups a node passes on what others do not pass on directly.
//!
//! **Formula.** A node j *brokers* for i and k if i → j and j → k, but not i → k, where i, j and k are three nodes of
//! known groups. By their groups, j is then a
//!
//! - *coordinator*: all three are of one;
//! - *consultant* (itinerant broker): i and k are of one, j of another;
//! - *representative*: i and j are of one, and pass to another;
//! - *gatekeeper*: j and k are of one, and are passed to from another;
//! - *liaison*: of three.
//!
//! **Chance.** If each of the N (N − 1) ordered pairs has its edge with the same probability d, the density, a broker is
//! made with π = d² (1 − d). With c pairs (i, k) that fit a role of j, of which s ordered pairs of pairs share i or k,
//! the count has mean c π and variance c π (1 − π) + s d³ (1 − d)³: two that share i share the edge i → j, and nothing else.
//! In an undirected graph d is that of unordered pairs, and the variance twice as large where (i, k) and (k, i) fit
//! the same role. Networks are not like that: hubs broker more in every role. [`permuted_brokerage`] therefore sets
//! counts against those under other assignments of the same groups, permuted among nodes with as many edges (from 2^b to
//! below 2^(b+1)), the network staying as it is.
//!
//! **Shape and units.** Five counts of ordered pairs (i, k) for each node; means and standard deviations in the same
//! unit, shares of permutations without one.
//!
//! **Semantics.** *Self-loops* are left out, *weights* ignored; an edge of weight zero is an edge. An *undirected* edge
//! leads both ways, and representatives and gatekeepers are then the same in number. Nodes *without a group* have no
//! counts and are nobody's i or k. An *isolate* with a group has five zeros. As in sna.
//!
//! **Cost.** Σ over edges i → j of the smaller out-degree of the two, in parallel, times the number of permutations; 40
//! bytes a node, and 4 a node for each permutation of up to 64 at a time.
//!
//! R. V. Gould and R. M. Fernandez (1989), "Structures of mediation: a formal approach to brokerage in transaction
//! networks", *Sociological Methodology* 19, 89–126.

use std::ops::Range;

use rayon::prelude::*;

use crate::assortativity::n_categories;
use crate::csr::{BLOCK, Graph};
use crate::draws::Draws;
use crate::rows::split;
use crate::shared_nodes::for_each_shared;

/// In which role a node brokers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrokerageRole {
    /// Within its group.
    Coordinator,
    /// Within another group.
    Consultant,
    /// From its group to another.
    Representative,
    /// From another group to its own.
    Gatekeeper,
    /// Between two other groups.
    Liaison,
}

/// How many roles there are.
const N_ROLES: usize = 5;

impl BrokerageRole {
    /// All of them, in the order of counts.
    pub const ALL: [Self; N_ROLES] =
        [Self::Coordinator, Self::Consultant, Self::Representative, Self::Gatekeeper, Self::Liaison];
}

/// How often each node brokers.
#[derive(Debug, Clone, PartialEq)]
pub struct Brokerage {
    /// For each node and each role, in the order of [`BrokerageRole::ALL`], the pairs that it brokers for; `None`
    /// without a group.
    pub counts: Vec<Option<[u64; N_ROLES]>>,
    /// For each group and each role, what a node of that group is expected to have if edges are anywhere; `None` for a
    /// group without nodes, or with fewer than two nodes of any.
    pub by_chance: Vec<Option<[Expected; N_ROLES]>>,
}

/// A mean and what is usual around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// The mean count.
    pub mean: f64,
    /// Its standard deviation.
    pub standard_deviation: f64,
}

impl Expected {
    /// By how many standard deviations a count exceeds the mean; `None` where none is possible.
    pub fn z(&self, count: u64) -> Option<f64> {
        (self.standard_deviation > 0.0).then(|| (count as f64 - self.mean) / self.standard_deviation)
    }
}

/// A count set against permutations of groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Permuted {
    /// The count under the groups as they are.
    pub count: u64,
    /// Over permutations.
    pub expected: Expected,
    /// How many permutations, with the groups as they are as one of them, have the count or a larger one, as a share.
    pub at_least: f64,
    /// The same for the count or a smaller one.
    pub at_most: f64,
}

/// Without a group.
const NONE: u32 = u32::MAX;
/// How many assignments are counted at a time.
const WIDTH: usize = 64;

/// Counts for whom each node brokers, by groups, each a number from 0, of which the largest should be small; `None` if
/// it is not known.
///
/// Panics if there is not one or `None` for each node.
pub fn brokerage(graph: &Graph, groups: &[Option<u32>]) -> Brokerage {
    let labels = Labels { of_nodes: labels(graph, groups), width: 1, n_groups: n_categories(groups) };
    let mut counts: Vec<Option<[u64; N_ROLES]>> = vec![None; groups.len()];
    for_each_node(graph, &labels, &mut counts, |count, of_node| *count = Some(of_node[0]));
    Brokerage { counts, by_chance: by_chance(graph, groups) }
}

/// Sets counts against those under so many other assignments of the same groups to nodes with about as many edges.
///
/// Panics if there is not a group or `None` for each node.
pub fn permuted_brokerage(
    graph: &Graph,
    groups: &[Option<u32>],
    n_permutations: u32,
    seed: u64,
) -> Vec<Option<[Permuted; N_ROLES]>> {
    let given = labels(graph, groups);
    let bands = bands(graph, groups);
    let mut tallies: Vec<Option<[Tally; N_ROLES]>> = vec![None; groups.len()];
    // The groups as they are, and then permutations.
    let assignments: Vec<u32> = (0..=n_permutations).collect();
    for some in assignments.chunks(WIDTH) {
        let columns: Vec<Vec<u32>> =
            some.par_iter().map(|&permutation| permuted(&given, &bands, seed, permutation)).collect();
        let of_nodes: Vec<u32> = (0..given.len())
            .into_par_iter()
            .flat_map_iter(|u| columns.iter().map(move |column| column[u]))
            .collect();
        let labels = Labels { of_nodes, width: some.len(), n_groups: n_categories(groups) };
        for_each_node(graph, &labels, &mut tallies, |tallies, of_node| {
            let tallies = tallies.get_or_insert_with(|| of_node[0].map(Tally::new));
            for counts in of_node {
                tallies.iter_mut().zip(counts).for_each(|(tally, &count)| tally.add(count));
            }
        });
    }
    let n = f64::from(n_permutations);
    tallies.into_iter().map(|tallies| Some(tallies?.map(|tally| tally.done(n)))).collect()
}

/// Groups, [`NONE`] where there is none.
fn labels(graph: &Graph, groups: &[Option<u32>]) -> Vec<u32> {
    assert_eq!(groups.len(), graph.n_nodes() as usize, "there must be a group or none for each node");
    groups.iter().map(|group| group.unwrap_or(NONE)).collect()
}

/// The nodes of known groups with about as many edges each, ascending.
fn bands(graph: &Graph, groups: &[Option<u32>]) -> Vec<Vec<u32>> {
    let mut bands = vec![Vec::new(); u64::BITS as usize + 1];
    for (u, _) in (0..).zip(groups).filter(|(_, group)| group.is_some()) {
        let n_edges = (graph.out_neighbors(u).len() + graph.in_neighbors(u).len()) as u64;
        bands[(u64::BITS - n_edges.leading_zeros()) as usize].push(u);
    }
    bands
}

/// Labels in another order within bands; the first assignment is what is given.
fn permuted(given: &[u32], bands: &[Vec<u32>], seed: u64, permutation: u32) -> Vec<u32> {
    let mut labels = given.to_vec();
    if permutation == 0 {
        return labels;
    }
    for (band, members) in (0..).zip(bands) {
        let mut draws = Draws::new(seed, u64::from(permutation) << 8 | band);
        for last in (1..members.len()).rev() {
            let other = draws.below(last as u32 + 1) as usize;
            labels.swap(members[last] as usize, members[other] as usize);
        }
    }
    labels
}

/// What permutations have shown of one count.
#[derive(Debug, Clone, Copy)]
struct Tally {
    count: u64,
    /// Of differences from the count.
    sum: f64,
    squares: f64,
    n_at_least: u32,
    n_at_most: u32,
}

impl Tally {
    fn new(count: u64) -> Self {
        Self { count, sum: 0.0, squares: 0.0, n_at_least: 0, n_at_most: 0 }
    }

    /// Adds an assignment; that which is given adds nothing to sums.
    fn add(&mut self, count: u64) {
        let difference = count as f64 - self.count as f64;
        self.sum += difference;
        self.squares += difference * difference;
        self.n_at_least += u32::from(count >= self.count);
        self.n_at_most += u32::from(count <= self.count);
    }

    fn done(self, n_permutations: f64) -> Permuted {
        let mean = self.sum / n_permutations.max(1.0);
        let variance = (self.squares - self.sum * mean) / (n_permutations - 1.0).max(1.0);
        Permuted {
            count: self.count,
            expected: Expected {
                mean: self.count as f64 + mean,
                standard_deviation: variance.max(0.0).sqrt(),
            },
            at_least: f64::from(self.n_at_least) / (n_permutations + 1.0),
            at_most: f64::from(self.n_at_most) / (n_permutations + 1.0),
        }
    }
}

/// Assignments of groups, side by side for each node.
struct Labels {
    of_nodes: Vec<u32>,
    /// How many assignments.
    width: usize,
    n_groups: usize,
}

impl Labels {
    fn of(&self, u: u32) -> &[u32] {
        &self.of_nodes[u as usize * self.width..][..self.width]
    }

    /// Nodes without a group have none under any assignment.
    fn is_known(&self, u: u32) -> bool {
        self.of_nodes[u as usize * self.width] != NONE
    }
}

/// Hands what each node of a known group brokers, under each assignment, to what is kept of it.
fn for_each_node<T: Send>(
    graph: &Graph,
    labels: &Labels,
    kept: &mut [T],
    keep: impl Fn(&mut T, &[[u64; N_ROLES]]) + Sync,
) {
    let blocks = graph.in_rows().blocks(BLOCK / 16);
    let heights: Vec<usize> = blocks.iter().map(Range::len).collect();
    split(kept, &heights).into_par_iter().zip(blocks).for_each(|(kept, block)| {
        let mut broker = Broker::new(graph, labels);
        for (kept, u) in kept.iter_mut().zip(block) {
            if labels.is_known(u) {
                keep(kept, broker.counts(u));
            }
        }
    });
}

/// Counts for one node at a time.
struct Broker<'g> {
    graph: &'g Graph,
    labels: &'g Labels,
    /// For each assignment.
    counts: Vec<[u64; N_ROLES]>,
    /// How many lead to the node from each group, and from it to each group.
    by_group: Vec<(u64, u64)>,
}

impl<'g> Broker<'g> {
    fn new(graph: &'g Graph, labels: &'g Labels) -> Self {
        let by_group = vec![(0, 0); labels.n_groups];
        Self { graph, labels, counts: vec![[0; N_ROLES]; labels.width], by_group }
    }

    /// What a node brokers under each assignment: all pairs less those of one node and those with an edge.
    fn counts(&mut self, j: u32) -> &[[u64; N_ROLES]] {
        let (into, out) = (self.graph.in_neighbors(j), self.graph.out_neighbors(j));
        let labels = self.labels;
        let is_other = |&&u: &&u32| u != j && labels.is_known(u);
        for at in 0..labels.width {
            self.counts[at] = all_pairs(
                labels.of(j)[at],
                into.iter().filter(is_other).map(|&i| labels.of(i)[at]),
                out.iter().filter(is_other).map(|&k| labels.of(k)[at]),
                &mut self.by_group,
            );
        }
        for_each_shared(into, out, |at, _| {
            let i = into[at];
            if is_other(&&i) {
                self.take_away(i, j, i);
            }
        });
        for &i in into.iter().filter(is_other) {
            let out_of_i = self.graph.out_neighbors(i);
            for_each_shared(out_of_i, out, |at, _| {
                let k = out_of_i[at];
                if k != i && is_other(&&k) {
                    self.take_away(i, j, k);
                }
            });
        }
        &self.counts
    }

    /// Takes a pair away, in the role that it would fit under each assignment.
    fn take_away(&mut self, i: u32, j: u32, k: u32) {
        let labels = self.labels.of(i).iter().zip(self.labels.of(j)).zip(self.labels.of(k));
        for (counts, ((i, j), k)) in self.counts.iter_mut().zip(labels) {
            let role = match (i == j, j == k, i == k) {
                (true, true, _) => BrokerageRole::Coordinator,
                (true, false, _) => BrokerageRole::Representative,
                (false, true, _) => BrokerageRole::Gatekeeper,
                (false, false, true) => BrokerageRole::Consultant,
                (false, false, false) => BrokerageRole::Liaison,
            };
            counts[role as usize] -= 1;
        }
    }
}

/// How many pairs of one from which an edge leads to a node of group `own` and one to which an edge leads fit each role.
fn all_pairs(
    own: u32,
    into: impl Iterator<Item = u32> + Clone,
    out: impl Iterator<Item = u32> + Clone,
    by_group: &mut [(u64, u64)],
) -> [u64; N_ROLES] {
    let (mut n_into, mut n_out) = (0, 0);
    for group in into.clone() {
        by_group[group as usize].0 += 1;
        n_into += 1;
    }
    for group in out.clone() {
        by_group[group as usize].1 += 1;
        n_out += 1;
    }
    let (from_own, to_own) = by_group[own as usize];
    let (others_in, others_out) = (n_into - from_own, n_out - to_own);
    // Pairs of one other group: each node that leads here, with those of its group that are led to.
    let mut alike = 0;
    for group in into.clone().filter(|&group| group != own) {
        alike += by_group[group as usize].1;
    }
    into.chain(out).for_each(|group| by_group[group as usize] = (0, 0));
    [from_own * to_own, alike, from_own * others_out, others_in * to_own, others_in * others_out - alike]
}

/// What a node of each group is expected to have if edges are anywhere among the nodes of known groups.
fn by_chance(graph: &Graph, groups: &[Option<u32>]) -> Vec<Option<[Expected; N_ROLES]>> {
    let mut sizes = vec![0_u64; n_categories(groups)];
    groups.iter().flatten().for_each(|&group| sizes[group as usize] += 1);
    let is_known = |u: u32| groups[u as usize].is_some();
    let n_edges: usize = (0..graph.n_nodes())
        .into_par_iter()
        .filter(|&u| is_known(u))
        .map(|u| graph.out_neighbors(u).iter().filter(|&&v| v != u && is_known(v)).count())
        .sum();
    let sizes: Vec<f64> = sizes.into_iter().map(|size| size as f64).collect();
    let n: f64 = sizes.iter().sum();
    let density = n_edges as f64 / (n * (n - 1.0));
    let sum = |of: &dyn Fn(f64) -> f64, own: usize| -> f64 {
        crate::csr::sum((0..sizes.len()).filter(|&group| group != own).map(|group| of(sizes[group])))
    };
    let of_group = |own: usize| {
        if sizes[own] == 0.0 || n < 2.0 {
            return None;
        }
        // Other nodes of the group, and those of other groups.
        let (members, others) = (sizes[own] - 1.0, n - sizes[own]);
        let within = |m: f64| (m * (m - 1.0), 2.0 * m * (m - 1.0) * (m - 2.0));
        let across = (members * others, members * others * (members + others - 2.0));
        let consultant = (sum(&|m| within(m).0, own), sum(&|m| within(m).1, own));
        let liaison =
            (sum(&|m| m * (others - m), own), sum(&|m| 2.0 * m * (others - m) * (others - m - 1.0), own));
        let expected = |(pairs, shared): (f64, f64), is_symmetric: bool| {
            let (one, two) = (density.powi(2) * (1.0 - density), (density * (1.0 - density)).powi(3));
            let variance = pairs * one * (1.0 - one) + shared * two;
            let times = if is_symmetric && !graph.is_directed() { 2.0 } else { 1.0 };
            Expected { mean: pairs * one, standard_deviation: (times * variance).max(0.0).sqrt() }
        };
        Some([
            expected(within(members), true),
            expected(consultant, true),
            expected(across, false),
            expected(across, false),
            expected(liaison, true),
        ])
    };
    (0..sizes.len()).map(of_group).collect()
}
