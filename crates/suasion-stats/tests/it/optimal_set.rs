//! The set of optimal weights against all of its vertices.

use suasion_stats::Error;
use suasion_stats::optimal_set::range_over_optimal_weights;
use suasion_stats::simplex_qp::{Uniqueness, simplex_least_squares};

use crate::shared::{Numbers, assert_near, best_by_enumeration, columns, fitted, objective};

/// All optimal vertices: the solutions on every subset of the columns that are as good as the best of all.
fn optimal_vertices(target: &[f64], list: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = list.len();
    let (_, best) = best_by_enumeration(target, list);
    let mut vertices: Vec<Vec<f64>> = Vec::new();
    for bits in 1_u32..1 << n {
        let support: Vec<usize> = (0..n).filter(|&j| bits >> j & 1 == 1).collect();
        let chosen: Vec<Vec<f64>> = support.iter().map(|&j| list[j].clone()).collect();
        let (on_support, value) = best_by_enumeration(target, &chosen);
        if value <= best + 1e-10 {
            let mut vertex = vec![0.0; n];
            for (&j, w) in support.iter().zip(on_support) {
                vertex[j] = w;
            }
            let seen = |other: &Vec<f64>| other.iter().zip(&vertex).all(|(a, b)| (a - b).abs() < 1e-6);
            if !vertices.iter().any(seen) {
                vertices.push(vertex);
            }
        }
    }
    vertices
}

fn inner(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[track_caller]
fn check(target: &[f64], list: &[Vec<f64>], functional: &[f64]) -> Uniqueness {
    let matrix = columns(list);
    let solution = simplex_least_squares(target, &matrix).unwrap();
    let vertices = optimal_vertices(target, list);
    assert_eq!(solution.certificate.is_unique(), vertices.len() == 1, "{solution:?}\n{vertices:?}");
    // The shortest point of a convex set makes no acute angle with the way to any other point of it.
    for vertex in &vertices {
        let way: Vec<f64> = vertex.iter().zip(&solution.weights).map(|(to, from)| to - from).collect();
        assert!(inner(&solution.weights, &way) > -1e-9, "{solution:?}\n{vertex:?}");
    }
    let values: Vec<f64> = vertices.iter().map(|vertex| inner(vertex, functional)).collect();
    let range = range_over_optimal_weights(target, &matrix, &solution, functional).unwrap();
    assert!(range.converged);
    assert_near(range.lower, values.iter().copied().fold(f64::INFINITY, f64::min), 1e-8);
    assert_near(range.upper, values.iter().copied().fold(f64::NEG_INFINITY, f64::max), 1e-8);
    solution.certificate.uniqueness
}

#[test]
fn whole_numbers_against_all_vertices() {
    let (mut strict, mut pinned, mut many) = (0, 0, 0);
    for seed in 0..400 {
        let mut numbers = Numbers::new(seed);
        let (n_rows, n_columns) = (1 + seed as usize % 4, 1 + (seed as usize / 4) % 6);
        let mut whole =
            |n: usize| -> Vec<f64> { numbers.vector(n).iter().map(|value| (3.0 * value).round()).collect() };
        let list: Vec<Vec<f64>> = (0..n_columns).map(|_| whole(n_rows)).collect();
        let target = whole(n_rows);
        match check(&target, &list, &numbers.vector(n_columns)) {
            Uniqueness::StrictlyComplementary => strict += 1,
            Uniqueness::Pinned { .. } => pinned += 1,
            Uniqueness::Many { shortest, .. } => {
                assert!(shortest);
                many += 1;
            }
        }
    }
    assert!(strict > 20 && pinned > 20 && many > 20, "{strict} {pinned} {many}");
}

/// More donors than periods and a treated unit inside their hull, in general position.
#[test]
fn perfect_fits_against_all_vertices() {
    for seed in 0..60 {
        let mut numbers = Numbers::new(seed);
        let n_rows = 1 + seed as usize % 3;
        let n_columns = n_rows + 3;
        let list: Vec<Vec<f64>> = (0..n_columns).map(|_| numbers.vector(n_rows)).collect();
        let shares: Vec<f64> = numbers.vector(n_columns).iter().map(|value| value + 0.6).collect();
        let total: f64 = shares.iter().sum();
        let weights: Vec<f64> = shares.iter().map(|share| share / total).collect();
        let target = fitted(&list, &weights);
        let functional = numbers.vector(n_columns);
        let uniqueness = check(&target, &list, &functional);
        assert_eq!(uniqueness, Uniqueness::Many { n_tied: n_columns, shortest: true });
        assert!(objective(&target, &list, &weights) < 1e-25);
    }
}

/// Three donors on a line around the treated unit, by hand: the weights are (1/6, 1/3, 1/2) + z (1, −2, 1).
#[test]
fn a_segment_by_hand() {
    let list = [vec![0.0], vec![1.0], vec![2.0]];
    let target = [4.0 / 3.0];
    let matrix = columns(&list);
    let solution = simplex_least_squares(&target, &matrix).unwrap();
    for (weight, expected) in solution.weights.iter().zip([1.0 / 6.0, 1.0 / 3.0, 0.5]) {
        assert_near(*weight, expected, 1e-14);
    }
    let range = range_over_optimal_weights(&target, &matrix, &solution, &[0.0, 1.0, 0.0]).unwrap();
    assert_near(range.lower, 0.0, 1e-9);
    assert_near(range.upper, 2.0 / 3.0, 1e-9);
    // A functional that all optimal weights agree on.
    let agreed = range_over_optimal_weights(&target, &matrix, &solution, &[0.0, 10.0, 20.0]).unwrap();
    assert_near(agreed.upper - agreed.lower, 0.0, 1e-12);
    assert_near(agreed.lower, 40.0 / 3.0, 1e-12);
}

#[test]
fn refuses_a_malformed_functional() {
    let matrix = columns(&[vec![0.0], vec![1.0]]);
    let solution = simplex_least_squares(&[0.5], &matrix).unwrap();
    let short = range_over_optimal_weights(&[0.5], &matrix, &solution, &[1.0]);
    assert_eq!(short, Err(Error::Shape { expected: 2, found: 1 }));
    let infinite = range_over_optimal_weights(&[0.5], &matrix, &solution, &[1.0, f64::INFINITY]);
    assert_eq!(infinite, Err(Error::NotFinite { row: 0, column: Some(1) }));
}
