//! Least squares on the simplex against every support in turn.

use suasion_stats::Error;
use suasion_stats::simplex_qp::{SimplexSolution, Status, Uniqueness, simplex_least_squares};

use crate::shared::{Numbers, assert_all_near, assert_near, best_by_enumeration, columns, fitted, objective};

fn solve(target: &[f64], list: &[Vec<f64>]) -> SimplexSolution {
    simplex_least_squares(target, &columns(list)).unwrap()
}

/// Feasible, certified, and as good as the best support; the fitted values, which are unique, agree.
#[track_caller]
fn check(target: &[f64], list: &[Vec<f64>]) -> SimplexSolution {
    let solution = solve(target, list);
    let (weights, best) = best_by_enumeration(target, list);
    let size = target.iter().chain(list.iter().flatten()).fold(0.0, |most: f64, v| most.max(v.abs()));
    let certificate = &solution.certificate;
    assert_eq!(certificate.status, Status::Optimal, "{certificate:?}");
    assert!(solution.weights.iter().all(|&w| w >= 0.0));
    assert_near(solution.weights.iter().sum(), 1.0, 1e-13);
    assert_eq!(certificate.n_active, solution.weights.iter().filter(|&&w| w > 0.0).count());
    assert_near(solution.objective, best, 1e-10 * size * size);
    assert_near(solution.objective, objective(target, list, &solution.weights), 1e-10 * size * size);
    assert!(solution.objective <= best + certificate.duality_gap + 1e-12 * size * size);
    assert_all_near(&solution.fitted, &fitted(list, &weights), 1e-7 * size);
    if certificate.is_unique() && certificate.uniqueness == Uniqueness::StrictlyComplementary {
        assert_all_near(&solution.weights, &weights, 1e-5);
    }
    solution
}

#[test]
fn every_shape_against_every_support() {
    for (n_rows, n_columns) in (1..=6).flat_map(|t| (1..=7).map(move |j| (t, j))) {
        for seed in 0..6 {
            let mut numbers = Numbers::new(seed * 1000 + n_rows as u64 * 10 + n_columns as u64);
            let shift = [0.0, 0.4, 3.0][seed as usize % 3];
            let list: Vec<Vec<f64>> = (0..n_columns)
                .map(|_| numbers.vector(n_rows).iter().map(|value| value + shift).collect())
                .collect();
            check(&numbers.vector(n_rows), &list);
        }
    }
}

/// Whole numbers make ties, duplicates and targets on faces the rule.
#[test]
fn whole_numbers_against_every_support() {
    for seed in 0..300 {
        let mut numbers = Numbers::new(seed);
        let (n_rows, n_columns) = (1 + seed as usize % 4, 1 + seed as usize % 7);
        let mut whole =
            |n: usize| -> Vec<f64> { numbers.vector(n).iter().map(|value| (4.0 * value).round()).collect() };
        let list: Vec<Vec<f64>> = (0..n_columns).map(|_| whole(n_rows)).collect();
        check(&whole(n_rows), &list);
    }
}

#[test]
fn one_donor_takes_all() {
    let solution = check(&[1.0, 2.0], &[vec![5.0, 9.0]]);
    assert_eq!(solution.weights, [1.0]);
    assert_near(solution.objective, 65.0, 1e-12);
    assert_eq!(solution.certificate.uniqueness, Uniqueness::StrictlyComplementary);
}

/// One period, two donors around the treated unit: the lever rule.
#[test]
fn one_period_is_the_lever_rule() {
    let solution = check(&[3.0], &[vec![1.0], vec![5.0]]);
    assert_all_near(&solution.weights, &[0.5, 0.5], 1e-14);
    assert!(solution.certificate.perfect_fit && solution.certificate.is_unique());
    let outside = check(&[9.0], &[vec![1.0], vec![5.0]]);
    assert_eq!(outside.weights, [0.0, 1.0]);
    assert!(!outside.certificate.perfect_fit);
}

/// A treated unit equal to a donor that no others can replace is that donor, and provably only that donor.
#[test]
fn equal_to_one_donor() {
    let list = [vec![1.0, 0.0, 0.0], vec![0.0, 1.0, 0.0], vec![0.0, 0.0, 1.0]];
    let solution = check(&list[1], &list);
    assert_eq!(solution.weights, [0.0, 1.0, 0.0]);
    assert!(solution.certificate.perfect_fit);
    assert!(matches!(solution.certificate.uniqueness, Uniqueness::Pinned { distance } if distance > 0.1));
}

/// A column whose reduced cost is zero without being of any use: it would move the fitted point.
#[test]
fn tied_but_pinned() {
    // The nearest point of the segment to the origin is (1, 0), the foot; the third column lies on the same plane.
    let list = [vec![1.0, 0.0, 0.0], vec![1.0, 1.0, 0.0], vec![1.0, 0.0, 1.0]];
    let solution = check(&[0.0, 0.0, 0.0], &list);
    assert_eq!(solution.weights, [1.0, 0.0, 0.0]);
    assert!(matches!(solution.certificate.uniqueness, Uniqueness::Pinned { .. }), "{solution:?}");
}

#[test]
fn equal_donors_share_equally() {
    let donor = vec![1.0, 2.0, 4.0];
    let other = vec![0.0, 7.0, -3.0];
    let target = [0.9, 2.5, 3.5];
    let alone = check(&target, &[donor.clone(), other.clone()]);
    let solution = check(&target, &[donor.clone(), other, donor]);
    assert_eq!(solution.certificate.uniqueness, Uniqueness::Many { n_tied: 3, shortest: true });
    assert_eq!(solution.weights[0], solution.weights[2]);
    assert_near(solution.weights[0] + solution.weights[2], alone.weights[0], 1e-12);
    assert_near(solution.weights[1], alone.weights[1], 1e-12);
}

/// All donors and the treated unit the same: any weights are perfect, and the shortest are equal.
#[test]
fn all_the_same() {
    let solution = check(&[2.0, 3.0], &vec![vec![2.0, 3.0]; 5]);
    assert_all_near(&solution.weights, &[0.2; 5], 1e-15);
    assert!(solution.certificate.perfect_fit);
    assert_eq!(solution.certificate.uniqueness, Uniqueness::Many { n_tied: 5, shortest: true });
}

#[test]
fn huge_and_small_numbers() {
    let mut numbers = Numbers::new(7);
    let list: Vec<Vec<f64>> =
        (0..6).map(|_| numbers.vector(5).iter().map(|value| value + 0.4).collect()).collect();
    let target = numbers.vector(5);
    let weights = check(&target, &list).weights;
    for factor in [1e-300, 1e-150, 1e-12, 1e7, 1e12, 1e150, 1e300] {
        let scale = |values: &[f64]| -> Vec<f64> { values.iter().map(|value| value * factor).collect() };
        let scaled: Vec<Vec<f64>> = list.iter().map(|column| scale(column)).collect();
        let solution = solve(&scale(&target), &scaled);
        assert_eq!(solution.certificate.status, Status::Optimal);
        assert_all_near(&solution.weights, &weights, 1e-12);
    }
}

/// Small differences on a high level: centring, not the normal equations, keeps the digits.
#[test]
fn small_differences_on_a_high_level() {
    let mut numbers = Numbers::new(11);
    let whole = |values: Vec<f64>| -> Vec<f64> { values.iter().map(|value| (1e3 * value).round()).collect() };
    let list: Vec<Vec<f64>> = (0..6).map(|_| whole(numbers.vector(5))).collect();
    let target = whole(numbers.vector(5));
    let weights = check(&target, &list).weights;
    let lift = |values: &[f64]| -> Vec<f64> { values.iter().map(|value| value + 1e12).collect() };
    let lifted: Vec<Vec<f64>> = list.iter().map(|column| lift(column)).collect();
    assert_eq!(solve(&lift(&target), &lifted).weights, weights);
}

#[test]
fn refuses_a_malformed_target() {
    let one = columns(&[vec![1.0, 2.0]]);
    assert_eq!(simplex_least_squares(&[1.0], &one), Err(Error::Shape { expected: 2, found: 1 }));
    let not_finite = simplex_least_squares(&[1.0, f64::NAN], &one);
    assert_eq!(not_finite, Err(Error::NotFinite { row: 1, column: None }));
}

/// Larger than enumeration reaches: the certificate, recomputed here from the definition, is the proof.
#[test]
fn certificate_can_be_recomputed() {
    for (seed, n_rows, n_columns) in [(1, 20, 60), (2, 60, 20), (3, 40, 40), (4, 5, 200)] {
        let mut numbers = Numbers::new(seed);
        let list: Vec<Vec<f64>> = (0..n_columns)
            .map(|_| numbers.vector(n_rows).iter().map(|value| value + 0.6).collect())
            .collect();
        let target = numbers.vector(n_rows);
        let solution = solve(&target, &list);
        let residual: Vec<f64> =
            fitted(&list, &solution.weights).iter().zip(&target).map(|(a, b)| a - b).collect();
        let squared: f64 = residual.iter().map(|x| x * x).sum();
        let least = list
            .iter()
            .map(|column| {
                column.iter().zip(&target).zip(&residual).map(|((a, b), x)| (a - b) * x).sum::<f64>()
            })
            .fold(f64::INFINITY, f64::min);
        assert!(squared > 0.01, "outside the hull, so that the test says something");
        assert!(2.0 * (squared - least) <= 1e-12, "gap {}", squared - least);
        assert!(solution.certificate.duality_gap <= 1e-12);
        assert!(solution.certificate.kkt_residual <= 1e-13);
    }
}
