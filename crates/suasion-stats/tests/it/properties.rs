//! What must hold whatever the data.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use suasion_stats::optimal_set::range_over_optimal_weights;
use suasion_stats::placebo::in_space_placebos;
use suasion_stats::simplex_qp::{Status, simplex_least_squares};
use suasion_stats::synthetic_control::{Design, Fit, Scale, synthetic_control};

use crate::shared::{assert_all_near, assert_near, columns, first_treated, panel};

/// A target and columns; one in two draws is of whole numbers, where ties and duplicates abound.
fn problems() -> impl Strategy<Value = (Vec<f64>, Vec<Vec<f64>>)> {
    (1_usize..8, 1_usize..12, any::<bool>()).prop_flat_map(|(n_rows, n_columns, whole)| {
        let number = (-3.0..3.0).prop_map(move |value: f64| if whole { value.round() } else { value });
        let column = prop::collection::vec(number, n_rows);
        (column.clone(), prop::collection::vec(column, n_columns))
    })
}

/// Positive units of the same length, at least three of them and three periods; unit 0 is treated.
fn panels() -> impl Strategy<Value = Vec<Vec<f64>>> {
    (3_usize..8, 3_usize..9).prop_flat_map(|(n_units, n_periods)| {
        prop::collection::vec(prop::collection::vec(0.5..20.0_f64, n_periods), n_units)
    })
}

fn fit(units: &[Vec<f64>], scale: Scale) -> Fit {
    let panel = panel(units);
    synthetic_control(&panel, &first_treated(&panel, 2, scale)).unwrap()
}

fn weights(fit: &Fit) -> Vec<f64> {
    fit.weights.iter().map(|donor| donor.weight).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, rng_seed: RngSeed::Fixed(1988), ..ProptestConfig::default() })]

    #[test]
    fn always_certified((target, list) in problems()) {
        let solution = simplex_least_squares(&target, &columns(&list)).unwrap();
        let certificate = &solution.certificate;
        prop_assert_eq!(certificate.status, Status::Optimal, "{:?}", certificate);
        prop_assert!(certificate.kkt_residual < 1e-12, "{:?}", certificate);
        prop_assert!(certificate.duality_gap < 1e-11, "{:?}", certificate);
        prop_assert_eq!(simplex_least_squares(&target, &columns(&list)).unwrap(), solution);
    }

    /// Not only to 1e-9: to the last bit.
    #[test]
    fn order_of_columns_does_not_matter((target, list) in problems(), turn in 0_usize..12) {
        let solution = simplex_least_squares(&target, &columns(&list)).unwrap();
        let mut other = list.clone();
        other.rotate_left(turn % list.len());
        other.reverse();
        let mut permuted = simplex_least_squares(&target, &columns(&other)).unwrap();
        permuted.weights.reverse();
        permuted.weights.rotate_right(turn % list.len());
        prop_assert_eq!(permuted, solution);
    }

    #[test]
    fn order_of_rows_does_not_matter((target, list) in problems()) {
        let reversed = |values: &Vec<f64>| values.iter().rev().copied().collect::<Vec<f64>>();
        let solution = simplex_least_squares(&target, &columns(&list)).unwrap();
        let other: Vec<Vec<f64>> = list.iter().map(reversed).collect();
        let mirrored = simplex_least_squares(&reversed(&target), &columns(&other)).unwrap();
        assert_all_near(&reversed(&mirrored.fitted), &solution.fitted, 1e-11);
        assert_all_near(&mirrored.weights, &solution.weights, 1e-9);
    }

    /// In another unit, and from another zero, the weights are the same.
    #[test]
    fn unit_and_origin_do_not_matter((target, list) in problems(), power in -12_i32..12, factor in 1.0..10.0_f64) {
        let solution = simplex_least_squares(&target, &columns(&list)).unwrap();
        let factor = factor * 10_f64.powi(power);
        let convert = |values: &[f64]| values.iter().map(|value| factor * (value + 4.0)).collect::<Vec<f64>>();
        let other: Vec<Vec<f64>> = list.iter().map(|column| convert(column)).collect();
        let scaled = simplex_least_squares(&convert(&target), &columns(&other)).unwrap();
        prop_assert_eq!(scaled.certificate.status, Status::Optimal);
        prop_assert_eq!(scaled.certificate.perfect_fit, solution.certificate.perfect_fit);
        prop_assert_eq!(scaled.certificate.is_unique(), solution.certificate.is_unique());
        assert_near(scaled.objective / factor / factor, solution.objective, 1e-9);
        assert_all_near(&scaled.weights, &solution.weights, 1e-8);
    }

    /// A copy of a donor changes no fitted value, and shares its weight where it had any.
    #[test]
    fn a_copy_of_a_donor_changes_nothing((target, list) in problems(), which in 0_usize..12) {
        let which = which % list.len();
        let solution = simplex_least_squares(&target, &columns(&list)).unwrap();
        let mut with_copy = list.clone();
        with_copy.push(list[which].clone());
        let copied = simplex_least_squares(&target, &columns(&with_copy)).unwrap();
        assert_all_near(&copied.fitted, &solution.fitted, 1e-9);
        prop_assert_eq!(copied.weights[which].to_bits(), copied.weights[list.len()].to_bits());
        if solution.weights[which] > 0.0 {
            prop_assert!(!copied.certificate.is_unique());
        }
    }

    /// The fitted values are in every optimal set's own range, and a range holds its own solution.
    #[test]
    fn ranges_hold_the_solution((target, list) in problems(), seed in any::<u64>()) {
        let matrix = columns(&list);
        let solution = simplex_least_squares(&target, &matrix).unwrap();
        let functional = crate::shared::Numbers::new(seed).vector(list.len());
        let range = range_over_optimal_weights(&target, &matrix, &solution, &functional).unwrap();
        let value: f64 = functional.iter().zip(&solution.weights).map(|(a, b)| a * b).sum();
        prop_assert!(range.converged && range.lower <= value && value <= range.upper);
        // All optimal weights agree on the fitted values.
        let first_row: Vec<f64> = list.iter().map(|column| column[0]).collect();
        let agreed = range_over_optimal_weights(&target, &matrix, &solution, &first_row).unwrap();
        assert_near(agreed.lower, solution.fitted[0], 1e-8);
        assert_near(agreed.upper, solution.fitted[0], 1e-8);
    }

    #[test]
    fn order_of_donors_does_not_matter(units in panels(), scale in 0_usize..3) {
        let scale = [Scale::Levels, Scale::Logs, Scale::Demeaned][scale];
        let panel = panel(&units);
        let design = first_treated(&panel, 2, scale);
        let mut donors = design.donors.clone();
        donors.reverse();
        let turned = Design { donors, ..design.clone() };
        let (a, b) = (synthetic_control(&panel, &design).unwrap(), synthetic_control(&panel, &turned).unwrap());
        let mut mirrored = b.weights.clone();
        mirrored.reverse();
        prop_assert_eq!(&mirrored, &a.weights);
        assert_all_near(&a.gaps, &b.gaps, 1e-9);
        assert_near(a.att_range.lower, b.att_range.lower, 1e-8);
        assert_near(a.att_range.upper, b.att_range.upper, 1e-8);
        prop_assert_eq!(a.certificate, b.certificate);
        let p = |design| in_space_placebos(&panel, design).unwrap();
        let (a, b) = (p(&design), p(&turned));
        prop_assert_eq!(a.rmspe_ratio, b.rmspe_ratio);
        prop_assert_eq!(a.absolute_mean_gap, b.absolute_mean_gap);
        prop_assert_eq!(a.post_treatment_rmspe, b.post_treatment_rmspe);
    }

    /// Demeaned, a constant added to any unit changes nothing.
    #[test]
    fn demeaned_ignores_a_constant(units in panels(), shift in -50.0..50.0_f64, which in 0_usize..8) {
        let before = fit(&units, Scale::Demeaned);
        let mut shifted = units.clone();
        let which = which % units.len();
        for value in &mut shifted[which] {
            *value += shift;
        }
        let after = fit(&shifted, Scale::Demeaned);
        assert_all_near(&after.gaps, &before.gaps, 1e-8);
        assert_all_near(&weights(&after), &weights(&before), 1e-8);
    }

    /// In logs, the unit of measurement of all changes nothing.
    #[test]
    fn logs_ignore_a_common_factor(units in panels(), factor in 0.01..100.0_f64) {
        let scaled: Vec<Vec<f64>> = units.iter().map(|unit| unit.iter().map(|v| v * factor).collect()).collect();
        assert_all_near(&fit(&scaled, Scale::Logs).gaps, &fit(&units, Scale::Logs).gaps, 1e-8);
    }
}
