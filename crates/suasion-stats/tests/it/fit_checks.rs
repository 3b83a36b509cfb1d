//! The hull, the freedom of the fit, and the weight of one period.

use suasion_stats::fit_checks::{
    HullCheck, OverfitCheck, hull_check, overfit_check, single_period_influence,
};
use suasion_stats::panel::Panel;
use suasion_stats::simplex_qp::Status;
use suasion_stats::synthetic_control::{Design, Scale, synthetic_control};

use crate::shared::{assert_near, first_treated, panel, trending_panel};

fn hull(panel: &Panel, design: &Design) -> HullCheck {
    hull_check(panel, design, &synthetic_control(panel, design).unwrap()).unwrap()
}

fn overfit(panel: &Panel, design: &Design) -> OverfitCheck {
    overfit_check(panel, design, &synthetic_control(panel, design).unwrap()).unwrap()
}

#[test]
fn outside_the_range_of_donors() {
    let panel =
        panel(&[vec![5.0, 1.0, 0.5, 2.0, 9.0], vec![1.0, 1.0, 1.0, 1.0, 1.0], vec![2.0, 2.0, 2.0, 2.0, 2.0]]);
    let found = hull(&panel, &first_treated(&panel, 4, Scale::Levels));
    assert_eq!((found.periods_outside_range, found.n_pre, found.status), (vec![0, 2], 4, Status::Optimal));
    // The best is the flat line at 2, on the edge of the hull.
    assert_near(found.distance.powi(2), (9.0 + 1.0 + 2.25) / 4.0, 1e-12);
    // Less its own mean, the treated unit moves and flat donors do not.
    let found = hull(&panel, &first_treated(&panel, 4, Scale::Demeaned));
    assert_eq!(found.periods_outside_range, [0, 1, 2, 3]);
}

/// Inside the range in every period, and still outside the hull: the distance is what tells.
#[test]
fn inside_the_range_is_not_inside_the_hull() {
    let panel = panel(&[vec![0.9, 0.9, 0.0], vec![1.0, 0.0, 0.0], vec![0.0, 1.0, 0.0]]);
    let found = hull(&panel, &first_treated(&panel, 2, Scale::Levels));
    assert!(found.periods_outside_range.is_empty());
    assert_near(found.distance, 0.4, 1e-12);
}

#[test]
fn degrees_of_freedom_are_the_dimension_of_the_face() {
    let panel = trending_panel(31, 8, 20);
    for scale in [Scale::Levels, Scale::Logs, Scale::Demeaned] {
        let design = first_treated(&panel, 15, scale);
        let fit = synthetic_control(&panel, &design).unwrap();
        let found = overfit(&panel, &design);
        let expected = fit.certificate.n_active - 1 + usize::from(scale == Scale::Demeaned);
        assert_eq!(found.degrees_of_freedom, expected);
        assert_eq!(found.residual_degrees_of_freedom, 15 - expected);
        assert!(found.unique && !found.perfect_fit);
    }
}

/// The divergence of the projection, by finite differences, is what the degrees of freedom estimate.
#[test]
fn degrees_of_freedom_are_the_divergence() {
    for (seed, scale) in
        [(32, Scale::Levels), (33, Scale::Levels), (34, Scale::Demeaned), (35, Scale::Demeaned)]
    {
        let base = trending_panel(seed, 7, 13);
        let design = first_treated(&base, 12, scale);
        let mut units: Vec<Vec<f64>> = (0..7).map(|unit| base.unit(unit).to_vec()).collect();
        let mut divergence = 0.0;
        for t in 0..12 {
            let fitted =
                |units: &[Vec<f64>]| synthetic_control(&panel(units), &design).unwrap().synthetic_levels[t];
            let middle = units[0][t];
            units[0][t] = middle + 1e-5;
            let up = fitted(&units);
            units[0][t] = middle - 1e-5;
            divergence += (up - fitted(&units)) / 2e-5;
            units[0][t] = middle;
        }
        assert_near(overfit(&base, &design).degrees_of_freedom as f64, divergence, 1e-4);
    }
}

/// Two equal donors are one: the face has dimension 1, not 2.
#[test]
fn equal_donors_add_no_freedom() {
    let donor = vec![0.0, 1.0, 4.0, 2.0];
    let panel = panel(&[vec![1.0, 1.1, 3.0, 2.0], donor.clone(), vec![2.0, 1.0, 2.0, 2.0], donor]);
    let found = overfit(&panel, &first_treated(&panel, 3, Scale::Levels));
    assert_eq!(found.degrees_of_freedom, 1);
    assert!(!found.unique && !found.perfect_fit);
}

/// Inside the hull of many donors every period is used up.
#[test]
fn perfect_fit_has_no_freedom_left() {
    let panel = trending_panel(36, 30, 6);
    let inside: Vec<f64> =
        (0..6).map(|t| (1..30).map(|unit| panel.unit(unit)[t]).sum::<f64>() / 29.0).collect();
    let mut units: Vec<Vec<f64>> = (0..30).map(|unit| panel.unit(unit).to_vec()).collect();
    units[0] = inside;
    let panel = crate::shared::panel(&units);
    let found = overfit(&panel, &first_treated(&panel, 4, Scale::Levels));
    assert!(found.perfect_fit && !found.unique);
    assert_eq!((found.degrees_of_freedom, found.residual_degrees_of_freedom), (4, 0));
}

/// The held-out part is the last third, at least two periods, and is not seen by the weights.
#[test]
fn held_out_periods() {
    let panel = trending_panel(37, 6, 16);
    for (n_pre, expected) in
        [(1, None), (2, None), (3, Some((1, 2))), (6, Some((4, 2))), (9, Some((6, 3))), (14, Some((10, 4)))]
    {
        let design = first_treated(&panel, n_pre, Scale::Demeaned);
        let found = overfit(&panel, &design).held_out;
        assert_eq!(found.map(|part| (part.n_fitted, part.n_held_out)), expected);
        let Some(part) = found else { continue };
        let shorter = Design { n_pre: part.n_fitted, n_post: Some(part.n_held_out), ..design };
        let fit = synthetic_control(&panel, &shorter).unwrap();
        assert_eq!(part.fitted_rmspe, fit.pre_treatment_rmspe);
        let squares: f64 = fit.gaps[part.n_fitted..n_pre].iter().map(|gap| gap * gap).sum();
        assert_near(part.held_out_rmspe.powi(2), squares / part.n_held_out as f64, 1e-12);
    }
}

/// What happened after treatment changes none of these.
#[test]
fn outcomes_after_treatment_are_not_read() {
    let base = trending_panel(38, 6, 16);
    let design = first_treated(&base, 12, Scale::Levels);
    let mut units: Vec<Vec<f64>> = (0..6).map(|unit| base.unit(unit).to_vec()).collect();
    for unit in &mut units {
        unit[13] = -40.0;
    }
    let changed = panel(&units);
    assert_eq!(hull(&changed, &design), hull(&base, &design));
    assert_eq!(overfit(&changed, &design), overfit(&base, &design));
}

#[test]
fn influence_by_leaving_each_out() {
    let window = [2.0, 1.0, 2.5, 9.0, 1.5];
    let found = single_period_influence(&window).unwrap();
    let mean: f64 = window.iter().sum::<f64>() / 5.0;
    let without = |t: usize| (window.iter().sum::<f64>() - window[t]) / 4.0;
    let largest = (0..5).map(|t| ((without(t) - mean) / mean).abs()).fold(0.0, f64::max);
    assert_eq!(found.period, 3);
    assert_near(found.mean, mean, 1e-14);
    assert_near(found.mean_without, without(3), 1e-14);
    assert_near(found.relative_change.unwrap(), largest, 1e-14);
}

#[test]
fn influence_at_the_edges() {
    assert_eq!(single_period_influence(&[]), None);
    assert_eq!(single_period_influence(&[3.0]), None);
    let zero = single_period_influence(&[-1.0, 1.0]).unwrap();
    assert_eq!((zero.period, zero.mean, zero.relative_change), (0, 0.0, None));
    let even = single_period_influence(&[4.0, 4.0, 4.0]).unwrap();
    assert_eq!((even.period, even.relative_change), (0, Some(0.0)));
}
