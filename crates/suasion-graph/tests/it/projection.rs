//! Projections: Davis's women by Newman's weights, who shares more than by chance, and agreement with sums over all
//! nodes and exact probabilities.

use proptest::prelude::*;
use suasion_graph::{
    Correction, EventClasses, Mode, ProjectionWeights, TwoMode, ValidatedProjection, projection,
    validated_projection,
};

use crate::random::on_threads;
use crate::two_mode::{WOMEN, columns};

/// What NetworkX says of Davis's women and events: see tests/reference/README.md.
const NEWMAN: &str = include_str!("../reference/newman.tsv");

fn davis() -> TwoMode {
    let ties = (0..).zip(WOMEN).flat_map(|(woman, events)| events.iter().map(move |&event| (woman, event)));
    TwoMode::from_columns(18, 14, columns(ties)).expect("good ties")
}

fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * b.abs().max(f64::MIN_POSITIVE)
}

#[test]
fn davis_women_by_newman() {
    let network = davis();
    for (name, mode, n_ties) in [("actors", Mode::Actors, 139), ("events", Mode::Events, 66)] {
        let rows = NEWMAN.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        let expected: Vec<(u32, u32, f64)> = rows
            .filter(|row| row[0] == name)
            .map(|row| (row[1].parse().unwrap(), row[2].parse().unwrap(), row[3].parse().unwrap()))
            .collect();
        let graph = projection(&network, mode, ProjectionWeights::Newman).unwrap();
        assert_eq!((expected.len(), graph.n_edges()), (n_ties, n_ties));
        for (found, expected) in graph.edges().zip(expected) {
            assert_eq!((found.0, found.1), (expected.0, expected.1));
            assert!(is_near(found.2, expected.2), "{found:?}, {expected:?}");
        }
        // All of whose company there is: each of a node's nodes gives it 1, and no tie of Davis's is anybody's alone.
        for node in 0..network.n_nodes(mode) {
            let degree = network.neighbors(mode, node).len() as f64;
            assert!(is_near(graph.out_strength(node), degree));
        }
    }
    // Evelyn and Laura were at the first three, the fifth, the sixth and the eighth event together.
    let by_hand = [3.0, 3.0, 6.0, 8.0, 8.0, 14.0].map(|n: f64| 1.0 / (n - 1.0)).iter().sum();
    let graph = projection(&network, Mode::Actors, ProjectionWeights::Newman).unwrap();
    assert!(is_near(graph.weight(0, 1).unwrap(), by_hand));
}

#[test]
fn davis_women_against_chance() {
    let found =
        validated_projection(&davis(), Mode::Actors, EventClasses::Alike, Correction::FalseDiscoveryRate)
            .unwrap();
    assert_eq!((found.n_tests, found.n_classes, found.ties.len()), (18 * 17 / 2, 1, 139));
    // Evelyn and Laura: eight events and seven of fourteen, six of them the same.
    let tie = found.ties[0];
    assert_eq!((tie.source, tie.target, tie.n_shared, tie.expected), (0, 1, 6, 4.0));
    assert!(is_near(tie.p, 176.0 / 3432.0), "C(8, 6) C(6, 1) + C(8, 7) of C(14, 7): {}", tie.p);
    // Olivia and Flora were at the same two: 1 of C(14, 2), the smallest p but that of Brenda's and Laura's.
    let tie = found.ties.last().unwrap();
    assert_eq!((tie.source, tie.target, tie.n_shared), (16, 17, 2));
    assert!(is_near(tie.p, 1.0 / 91.0));
    // Few events of few women: of 153 pairs none stands out.
    assert!(found.ties.iter().all(|tie| tie.q > 0.05), "{:?}", found.threshold(0.05));
    assert_eq!(found.threshold(0.05), None);
    let largest = found.ties.iter().map(|tie| tie.p).fold(0.0, f64::max);
    assert_eq!(found.threshold(1.0), Some(largest));
}

#[test]
fn a_clique_in_a_crowd_is_found() {
    // Three meet at twelve events of their own; thirty others at one of thirty events each, and all at one.
    let own = (0..3).flat_map(|actor| (0..12).map(move |event| (actor, event)));
    let others = (3..33).map(|actor| (actor, 9 + actor));
    let crowd = (0..33).map(|actor| (actor, 42));
    let network = TwoMode::from_columns(33, 43, columns(own.chain(others).chain(crowd))).unwrap();
    for classes in [EventClasses::Alike, EventClasses::ByDegree] {
        for correction in [Correction::FalseDiscoveryRate, Correction::Bonferroni] {
            let found = validated_projection(&network, Mode::Actors, classes, correction).unwrap();
            assert_eq!(found.ties.len(), 33 * 32 / 2, "the crowd ties all");
            let kept: Vec<_> = found.ties.iter().filter(|tie| tie.q <= 0.01).collect();
            let is_own = |tie: &&suasion_graph::ValidatedTie| tie.target < 3 && tie.n_shared == 13;
            if classes == EventClasses::Alike {
                assert!(kept.len() == 3 && kept.iter().all(is_own), "{kept:?}");
            } else {
                // Whoever goes to events of three goes to all twelve, as anybody must who has twelve of twelve.
                assert!(kept.is_empty() && found.n_classes == 2 && found.n_tests == 3 + 33 * 32 / 2);
            }
        }
    }
}

#[test]
fn what_would_not_end_is_refused() {
    const N: u32 = 100_000;
    let ties = [(5, 0), (7, 0)].into_iter().chain((0..N).map(|actor| (actor, 1))).chain([(0, 2)]);
    let network = TwoMode::from_columns(N as usize, 3, columns(ties)).unwrap();
    let error = projection(&network, Mode::Actors, ProjectionWeights::Newman).unwrap_err();
    assert_eq!(
        error.to_string(),
        "list who shares what: there are 4999950001 pairs at one node or another, and at most 4294967296 are listed; leave out \
         the largest, node 1 of the other mode with 100000 ties, or split it"
    );
    let other = validated_projection(&network, Mode::Actors, EventClasses::Alike, Correction::Bonferroni)
        .unwrap_err();
    assert_eq!(other, error);
    // The other way round there is little to do.
    let events = projection(&network, Mode::Events, ProjectionWeights::Shared).unwrap();
    assert_eq!(events.edges().collect::<Vec<_>>(), [(0, 1, 2.0), (1, 2, 1.0)]);
}

fn choose(n: u32, k: u32) -> f64 {
    (0..k).fold(1.0, |ways, at| ways * f64::from(n - at) / f64::from(at + 1))
}

/// P(X ≥ n) by the formula.
fn tail(n: u32, total: u32, a: u32, b: u32) -> f64 {
    let term = |k: u32| if k + total < a + b { 0.0 } else { choose(a, k) * choose(total - a, b - k) };
    (n..=a.min(b)).map(term).sum::<f64>() / choose(total, b)
}

/// The smallest level at which a p is found among all of these, by the definition of the procedure.
fn level(p: f64, all: &[f64]) -> f64 {
    // Rounding must not tell equal ones apart.
    let is_at_most = |a: f64, b: f64| a <= b * (1.0 + 1e-9);
    let levels = all.iter().filter(|&&other| is_at_most(p, other)).map(|&other| {
        let rank = all.iter().filter(|&&before| is_at_most(before, other)).count();
        other * all.len() as f64 / rank as f64
    });
    levels.fold(1.0, f64::min)
}

/// Expected number, p and q of each pair that shares something, from a row of events for each actor.
fn by_matrix(
    matrix: &[Vec<bool>],
    classes: EventClasses,
    correction: Correction,
) -> Vec<(usize, usize, [f64; 3])> {
    let n_events = matrix.first().map_or(0, Vec::len);
    let size = |event: usize| matrix.iter().filter(|row| row[event]).count();
    let subsets: Vec<Vec<usize>> = match classes {
        EventClasses::Alike => vec![(0..n_events).collect()],
        EventClasses::ByDegree => {
            (2..=matrix.len()).map(|k| (0..n_events).filter(|&event| size(event) == k).collect()).collect()
        }
    };
    let mut tests = Vec::new();
    for (i, row) in matrix.iter().enumerate() {
        for (j, other) in matrix.iter().enumerate().skip(i + 1) {
            for subset in &subsets {
                let count =
                    |is: &dyn Fn(usize) -> bool| subset.iter().filter(|&&event| is(event)).count() as u32;
                let (a, b) = (count(&|event| row[event]), count(&|event| other[event]));
                if a > 0 && b > 0 {
                    let shared = count(&|event| row[event] && other[event]);
                    let total = subset.len() as u32;
                    let expected = f64::from(a * b) / f64::from(total);
                    tests.push((i, j, shared, expected, tail(shared, total, a, b).min(1.0)));
                }
            }
        }
    }
    let all: Vec<f64> = tests.iter().map(|test| test.4).collect();
    tests
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .filter(|of_pair| of_pair.iter().any(|test| test.2 > 0))
        .map(|of_pair| {
            let p = of_pair.iter().map(|test| test.4).fold(1.0, f64::min);
            let q = match correction {
                Correction::FalseDiscoveryRate => level(p, &all),
                Correction::Bonferroni => (p * all.len() as f64).min(1.0),
            };
            (of_pair[0].0, of_pair[0].1, [of_pair.iter().map(|test| test.3).sum(), p, q])
        })
        .collect()
}

fn bits(found: &ValidatedProjection) -> Vec<u64> {
    let figures = found.ties.iter().flat_map(|tie| [tie.expected, tie.p, tie.q]);
    figures.map(f64::to_bits).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn agree_with_their_definitions(
        (n_actors, n_events) in (0..9_usize, 0..16_usize),
        draws in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..60),
        threads in 1..4_usize,
        is_by_degree in any::<bool>(),
        is_bonferroni in any::<bool>(),
    ) {
        let mut matrix = vec![vec![false; n_events]; n_actors];
        let mut ties = Vec::new();
        if n_actors > 0 && n_events > 0 {
            for (actor, event) in draws {
                let (actor, event) = (actor.index(n_actors), event.index(n_events));
                matrix[actor][event] = true;
                ties.push((actor as u32, event as u32));
            }
        }
        let network = TwoMode::from_columns(n_actors, n_events, columns(ties)).unwrap();
        let transposed: Vec<Vec<bool>> =
            (0..n_events).map(|event| matrix.iter().map(|row| row[event]).collect()).collect();
        let classes = if is_by_degree { EventClasses::ByDegree } else { EventClasses::Alike };
        let correction = if is_bonferroni { Correction::Bonferroni } else { Correction::FalseDiscoveryRate };
        for (mode, matrix) in [(Mode::Actors, &matrix), (Mode::Events, &transposed)] {
            let newman = on_threads(threads, || projection(&network, mode, ProjectionWeights::Newman)).unwrap();
            for (u, row) in matrix.iter().enumerate() {
                for (v, other) in matrix.iter().enumerate() {
                    let shared = (0..row.len()).filter(|&event| row[event] && other[event]);
                    let given = shared.map(|event| {
                        1.0 / (matrix.iter().filter(|row| row[event]).count() as f64 - 1.0)
                    });
                    let expected: f64 = given.sum();
                    match newman.weight(u as u32, v as u32) {
                        Some(weight) => prop_assert!(u != v && is_near(weight, expected)),
                        None => prop_assert!(u == v || expected == 0.0),
                    }
                }
            }
            let validated = || validated_projection(&network, mode, classes, correction).unwrap();
            let found = on_threads(threads, validated);
            let expected = by_matrix(matrix, classes, correction);
            prop_assert_eq!(found.ties.len(), expected.len());
            for (tie, (u, v, [expected, p, q])) in found.ties.iter().zip(expected) {
                prop_assert_eq!((tie.source as usize, tie.target as usize), (u, v));
                let n_shared = matrix[u].iter().zip(&matrix[v]).filter(|(a, b)| **a && **b).count();
                prop_assert_eq!(tie.n_shared as usize, n_shared);
                for (found, expected) in [(tie.expected, expected), (tie.p, p), (tie.q, q)] {
                    prop_assert!((found - expected).abs() <= 1e-8 * expected, "{tie:?}: {expected}");
                }
            }
            prop_assert_eq!(bits(&validated()), bits(&found));
        }
    }
}
