//! Validated projections of two-mode networks: who shares more events than chance would have them share.
//!
//! **Formulas.** Of N events actor i attended d_i and actor j d_j, and n_ij of these are the same. If each had chosen
//! among all events alike, and apart from the other, the number X of events that they share would be hypergeometric:
//!
//! E(X) = d_i d_j / N, and p_ij = P(X ≥ n_ij) = Σ_{k ≥ n_ij} C(d_i, k) C(N − d_i, d_j − k) / C(N, d_j).
//!
//! m tests are made at once, so that p is adjusted: q_ij is Benjamini and Hochberg's, by which ties with q ≤ .05 have an
//! expected share of false ones of at most .05; or Bonferroni's m p_ij, by which they hold a false one with probability
//! at most .05.
//!
//! **How many tests there are.** All pairs of actors who attended something, m = n (n − 1) / 2. Pairs that share nothing
//! are tested as well, and have p = 1: to count only those that share an event would choose tests by their outcome, and
//! call more ties significant than there are.
//!
//! **Events that differ.** The null model takes all events alike: under it a crowd is as likely to be shared as a
//! committee of three. Where sizes differ much, two who go to crowds share events without having anything to do with
//! one another, and are found significant too often. *By degree*, the paper's remedy, the test is made apart within the
//! N_k events of each number k of actors, with d_i and d_j counted there. A tie has the smallest p and q of its tests,
//! and E(X) is the sum of d_i d_j / N_k. m is the sum over k of the pairs of actors who attended an event of k actors;
//! events of one actor cannot be shared, and are left out. The more sizes there are, the fewer events of each, and the
//! less can be found: with few events of a size no number that is shared is surprising.
//!
//! **Shape and units.** A row for each pair that shares an event, ascending by its nodes: a count, the count to be
//! expected, and two probabilities.
//!
//! **Semantics.** Onto *events*, the two kinds change places. *Weights* of ties count for nothing.
//! *Isolates* of the mode are no part of any test; *events without actors* count in N, as events that might have been
//! attended. p is accurate to about eleven digits, however small; below about 1e-308 it is 0, which says less than the
//! smallest float. Tests that share an actor are not independent: Benjamini and Hochberg's bound is proved for positive
//! dependence, and is usual here. Where the null model is false for everybody at once, such as for those who could
//! not attend before they were born, what is significant may be that alone.
//!
//! **Cost.** That of [`crate::projection()`], which refuses the same networks, and for each row as many steps as a tail
//! has terms: a few dozen to ten standard deviations. 40 bytes a row, and while
//! it is computed 56 for each row and class of events in which something is shared.
//!
//! M. Tumminello, S. Miccichè, F. Lillo, J. Piilo and R. N. Mantegna (2011), "Statistically validated networks in
//! bipartite complex systems", *PLoS ONE* 6(3), e17994.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::error::Error;
use crate::hypergeometric::upper_tail;
use crate::idle::Idle;
use crate::multiple_testing::{benjamini_hochberg, bonferroni};
use crate::projection::{Partners, blocks};
use crate::two_mode::{Mode, TwoMode};

/// Which events the null model takes alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventClasses {
    /// All.
    Alike,
    /// Those with as many actors.
    ByDegree,
}

/// How p is adjusted for the number of tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// For the expected share of false ties: Benjamini and Hochberg's.
    FalseDiscoveryRate,
    /// For the probability of any false tie: Bonferroni's.
    Bonferroni,
}

/// Who shares what, and how surprising that is.
#[derive(Debug, Clone, PartialEq)]
pub struct ValidatedProjection {
    /// A row for each pair that shares an event, ascending by source and then target.
    pub ties: Vec<ValidatedTie>,
    /// m: how many tests there are, of pairs that share nothing too.
    pub n_tests: u64,
    /// In how many classes of events tests are made.
    pub n_classes: u32,
}

/// A pair that shares an event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValidatedTie {
    /// The smaller node.
    pub source: u32,
    /// The larger node.
    pub target: u32,
    /// n_ij: how many events the two share.
    pub n_shared: u32,
    /// How many they would share by chance.
    pub expected: f64,
    /// The probability of sharing as many by chance; the smallest of any class.
    pub p: f64,
    /// The same, adjusted for the number of tests.
    pub q: f64,
}

/// What two nodes share of one class.
#[derive(Clone, Copy)]
struct Test {
    source: u32,
    target: u32,
    class: u32,
    n_shared: u32,
}

/// How the events are classed, and how many of each class a node has.
struct Classes {
    /// The class of each event; `None` if it is part of no test.
    of_event: Vec<Option<u32>>,
    /// N: how many events each class has.
    n_events: Vec<u32>,
    /// For each node, its classes, ascending, and how many of its events are in each.
    of_node: Vec<Vec<(u32, u32)>>,
}

/// Tests for each pair of nodes of one mode whether they share more nodes of the other than by chance.
///
/// Fails where there are more than [`MAX_PAIRS`](crate::projection::MAX_PAIRS) pairs to list.
pub fn validated_projection(
    network: &TwoMode,
    mode: Mode,
    classes: EventClasses,
    correction: Correction,
) -> Result<ValidatedProjection, Error> {
    let blocks = blocks(network, mode)?;
    let classes = Classes::of(network, mode, classes);
    let idle = Idle::default();
    let n_nodes = network.n_nodes(mode) as usize;
    let tests: Vec<Vec<Test>> = blocks
        .into_par_iter()
        .map(|block| {
            idle.with(|| Partners::among(n_nodes), |partners| tests(network, mode, &classes, block, partners))
        })
        .collect();
    let tests = tests.concat();
    let p: Vec<f64> = tests.par_iter().map(|test| classes.p(test)).collect();
    let n_tests = classes.n_tests();
    let q = match correction {
        Correction::FalseDiscoveryRate => benjamini_hochberg(&p, n_tests as f64),
        Correction::Bonferroni => bonferroni(&p, n_tests as f64),
    };
    let mut ties: Vec<ValidatedTie> = Vec::new();
    for (test, (p, q)) in tests.into_iter().zip(p.into_iter().zip(q)) {
        let Test { source, target, n_shared, .. } = test;
        match ties.last_mut().filter(|tie| (tie.source, tie.target) == (source, target)) {
            Some(tie) => {
                tie.n_shared += n_shared;
                (tie.p, tie.q) = (tie.p.min(p), tie.q.min(q));
            }
            None => ties.push(ValidatedTie { source, target, n_shared, expected: 0.0, p, q }),
        }
    }
    ties.par_iter_mut().for_each(|tie| tie.expected = classes.expected(tie.source, tie.target));
    Ok(ValidatedProjection { ties, n_tests, n_classes: classes.n_events.len() as u32 })
}

/// The tests of a block of nodes with those after them, ascending by source, target and class.
fn tests(
    network: &TwoMode,
    mode: Mode,
    classes: &Classes,
    block: Range<u32>,
    partners: &mut Partners,
) -> Vec<Test> {
    let mut tests = Vec::new();
    let mut events: Vec<(u32, u32)> = Vec::new();
    for source in block {
        events.clear();
        let classed = |&event: &u32| Some((classes.of_event[event as usize]?, event));
        events.extend(network.neighbors(mode, source).iter().filter_map(classed));
        events.sort_unstable();
        let first = tests.len();
        for of_class in events.chunk_by(|a, b| a.0 == b.0) {
            for &(_, event) in of_class {
                partners.meet(source, network.neighbors(mode.other(), event), 1.0);
            }
            let class = of_class[0].0;
            partners.part(|target, sum| tests.push(Test { source, target, class, n_shared: sum as u32 }));
        }
        tests[first..].sort_unstable_by_key(|test| (test.target, test.class));
    }
    tests
}

impl Classes {
    fn of(network: &TwoMode, mode: Mode, classes: EventClasses) -> Self {
        let degrees = network.degrees(mode.other());
        let (of_event, n_events) = match classes {
            EventClasses::Alike => (vec![Some(0); degrees.len()], vec![degrees.len() as u32]),
            EventClasses::ByDegree => {
                let mut sizes: BTreeMap<u32, u32> = BTreeMap::new();
                for &degree in degrees.iter().filter(|&&degree| degree > 1) {
                    *sizes.entry(degree).or_default() += 1;
                }
                let numbers: BTreeMap<u32, u32> = sizes.keys().copied().zip(0..).collect();
                let of_event = degrees.iter().map(|degree| numbers.get(degree).copied()).collect();
                (of_event, sizes.into_values().collect())
            }
        };
        let of_node = |node: u32| {
            let events = network.neighbors(mode, node).iter();
            let mut met: Vec<u32> = events.filter_map(|&event| of_event[event as usize]).collect();
            met.sort_unstable();
            met.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect()
        };
        let of_node = (0..network.n_nodes(mode)).into_par_iter().map(of_node).collect();
        Self { of_event, n_events, of_node }
    }

    /// How many pairs of nodes have events of one class, over all classes.
    fn n_tests(&self) -> u64 {
        let mut n_nodes = vec![0_u64; self.n_events.len()];
        for &(class, _) in self.of_node.iter().flatten() {
            n_nodes[class as usize] += 1;
        }
        n_nodes.into_iter().map(|n| n * n.saturating_sub(1) / 2).fold(0, u64::saturating_add)
    }

    /// How many events of a class a node has.
    fn degree(&self, node: u32, class: u32) -> u32 {
        let classes = &self.of_node[node as usize];
        classes.binary_search_by_key(&class, |of_class| of_class.0).map_or(0, |at| classes[at].1)
    }

    fn p(&self, test: &Test) -> f64 {
        let degree = |node| self.degree(node, test.class);
        let total = self.n_events[test.class as usize];
        upper_tail(test.n_shared, total, degree(test.source), degree(test.target))
    }

    /// How many events two nodes would share by chance.
    fn expected(&self, a: u32, b: u32) -> f64 {
        self.of_node[a as usize].iter().fold(0.0, |sum, &(class, degree)| {
            let product = f64::from(degree) * f64::from(self.degree(b, class));
            sum + product / f64::from(self.n_events[class as usize])
        })
    }
}

impl ValidatedProjection {
    /// The largest p of a tie whose q is at most `level`; `None` if there is no such tie.
    pub fn threshold(&self, level: f64) -> Option<f64> {
        self.ties.iter().filter(|tie| tie.q <= level).map(|tie| tie.p).max_by(f64::total_cmp)
    }
}
