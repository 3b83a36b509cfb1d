//! The synthetic control: what its parts mean on each scale, and what it refuses.

use suasion_stats::Error;
use suasion_stats::panel::Panel;
use suasion_stats::synthetic_control::{Design, Fit, Scale, synthetic_control};

use crate::shared::{
    assert_all_near, assert_near, best_by_enumeration, first_treated, panel, trending_panel,
};

const SCALES: [Scale; 3] = [Scale::Levels, Scale::Logs, Scale::Demeaned];

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The unit's series on the working scale, by definition.
fn working(panel: &Panel, unit: usize, n_pre: usize, scale: Scale) -> Vec<f64> {
    let values = panel.unit(unit);
    let level = mean(&values[..n_pre]);
    let convert = |value: &f64| match scale {
        Scale::Levels => *value,
        Scale::Logs => value.ln(),
        Scale::Demeaned => value - level,
    };
    values.iter().map(convert).collect()
}

/// Every part of a fit, recomputed from the weights of the textbook version.
#[track_caller]
fn check(panel: &Panel, design: &Design) -> Fit {
    let fit = synthetic_control(panel, design).unwrap();
    let n_post = design.n_post.unwrap_or(panel.n_periods() - design.n_pre);
    let series =
        |unit: usize| working(panel, unit, design.n_pre, design.scale)[..design.n_pre + n_post].to_vec();
    let observed = series(design.treated);
    let donors: Vec<Vec<f64>> = design.donors.iter().map(|&donor| series(donor)).collect();
    let before: Vec<Vec<f64>> = donors.iter().map(|donor| donor[..design.n_pre].to_vec()).collect();
    let (weights, best) = best_by_enumeration(&observed[..design.n_pre], &before);
    assert_near(fit.pre_treatment_rmspe.powi(2) * design.n_pre as f64, best, 1e-10);
    if fit.certificate.is_unique() {
        assert_all_near(&fit.weights.iter().map(|donor| donor.weight).collect::<Vec<f64>>(), &weights, 1e-6);
    }
    assert_eq!(fit.weights.iter().map(|donor| donor.unit).collect::<Vec<usize>>(), design.donors);
    for t in 0..design.n_pre + n_post {
        let synthetic: f64 =
            fit.weights.iter().zip(&donors).map(|(donor, series)| donor.weight * series[t]).sum();
        assert_near(fit.observed[t], observed[t], 1e-11);
        assert_near(fit.synthetic[t], synthetic, 1e-11);
        assert_near(fit.gaps[t], observed[t] - synthetic, 1e-11);
        let levels = match design.scale {
            Scale::Levels => synthetic,
            Scale::Logs => synthetic.exp(),
            Scale::Demeaned => synthetic + mean(&panel.unit(design.treated)[..design.n_pre]),
        };
        assert_near(fit.synthetic_levels[t], levels, 1e-9);
    }
    let after = &fit.gaps[design.n_pre..];
    assert_eq!((after.len(), fit.n_post), (n_post, n_post));
    assert_eq!(fit.post_treatment_gaps(), after);
    assert_near(fit.att, mean(after), 1e-12);
    let mean_square = mean(&after.iter().map(|gap| gap * gap).collect::<Vec<f64>>());
    assert_near(fit.post_treatment_rmspe.powi(2), mean_square, 1e-11);
    match fit.rmspe_ratio {
        Some(ratio) => assert_near(ratio * fit.pre_treatment_rmspe, fit.post_treatment_rmspe, 1e-11),
        None => assert!(fit.certificate.perfect_fit),
    }
    assert!(fit.att_range.lower <= fit.att && fit.att <= fit.att_range.upper);
    assert_eq!(fit.certificate.is_unique(), fit.att_range.lower == fit.att_range.upper);
    fit
}

#[test]
fn every_part_on_every_scale() {
    for scale in SCALES {
        for (seed, (n_units, n_pre, n_periods)) in
            [(2, 1, 2), (3, 2, 5), (5, 1, 3), (6, 8, 12), (8, 4, 9)].into_iter().enumerate()
        {
            let panel = trending_panel(seed as u64, n_units, n_periods);
            check(&panel, &first_treated(&panel, n_pre, scale));
        }
    }
}

#[test]
fn later_periods_are_not_read() {
    let panel = trending_panel(3, 6, 14);
    for scale in SCALES {
        let design = Design { n_post: Some(2), ..first_treated(&panel, 8, scale) };
        let fit = check(&panel, &design);
        let cut: Vec<Vec<f64>> = (0..6).map(|unit| panel.unit(unit)[..10].to_vec()).collect();
        let cut = crate::shared::panel(&cut);
        assert_eq!(synthetic_control(&cut, &first_treated(&cut, 8, scale)).unwrap(), fit);
    }
}

/// A true convex combination before treatment, and a known effect after it.
#[test]
fn finds_a_planted_effect() {
    let base = trending_panel(5, 5, 20);
    let mut units: Vec<Vec<f64>> = (0..5).map(|unit| base.unit(unit).to_vec()).collect();
    for (t, value) in (0..20).map(|t| (t, 0.3 * base.unit(1)[t] + 0.7 * base.unit(4)[t])) {
        units[0][t] = value - if t < 15 { 0.0 } else { 2.5 };
    }
    let panel = panel(&units);
    let fit = check(&panel, &first_treated(&panel, 15, Scale::Levels));
    assert_near(fit.att, -2.5, 1e-12);
    assert_near(fit.effective_donors, 1.0 / (0.09 + 0.49), 1e-12);
    assert_near(fit.largest_weight, 0.7, 1e-12);
    assert!(fit.certificate.perfect_fit && fit.rmspe_ratio.is_none() && fit.certificate.is_unique());
}

/// A donor on another level is no use in levels, and perfect when demeaned, however high the level.
#[test]
fn demeaned_ignores_levels() {
    for level in [100.0, 1e7] {
        let base = trending_panel(9, 5, 12);
        let mut units: Vec<Vec<f64>> = (0..5).map(|unit| base.unit(unit).to_vec()).collect();
        units[0] = units[2].iter().map(|value| value + level).collect();
        let panel = panel(&units);
        let fit = synthetic_control(&panel, &first_treated(&panel, 9, Scale::Demeaned)).unwrap();
        assert!(fit.certificate.perfect_fit && fit.rmspe_ratio.is_none(), "{:?}", fit.certificate);
        assert_near(fit.att, 0.0, 1e-7);
        assert_near(fit.synthetic_levels[11], units[0][11], 1e-7);
        let in_levels = synthetic_control(&panel, &first_treated(&panel, 9, Scale::Levels)).unwrap();
        assert!(in_levels.pre_treatment_rmspe > 0.9 * (level - 10.0));
    }
}

/// One period before treatment, demeaned: nothing to fit, equal weights, the difference in differences.
#[test]
fn one_period_demeaned_is_difference_in_differences() {
    let panel = panel(&[vec![10.0, 15.0], vec![1.0, 2.0], vec![4.0, 7.0]]);
    let fit = check(&panel, &first_treated(&panel, 1, Scale::Demeaned));
    assert_near(fit.att, 5.0 - 2.0, 1e-14);
    assert_near(fit.att_range.lower, 5.0 - 3.0, 1e-9);
    assert_near(fit.att_range.upper, 5.0 - 1.0, 1e-9);
}

/// With more donors than periods the range covers what every optimal choice would report.
#[test]
fn range_of_a_fit_that_is_not_unique() {
    let panel = panel(&[vec![1.0, 0.0], vec![0.0, 10.0], vec![1.0, 20.0], vec![2.0, 60.0]]);
    let fit = check(&panel, &first_treated(&panel, 1, Scale::Levels));
    assert!(!fit.certificate.is_unique() && fit.rmspe_ratio.is_none());
    assert_near(fit.att_range.lower, -35.0, 1e-7);
    assert_near(fit.att_range.upper, -20.0, 1e-7);
    assert_near(fit.att, -30.0, 1e-12);
}

#[test]
fn refuses_a_malformed_design() {
    let panel = trending_panel(1, 4, 6);
    let good = first_treated(&panel, 4, Scale::Levels);
    let refused = |design: Design| synthetic_control(&panel, &design).unwrap_err();
    for n_pre in [0, 6, 7, usize::MAX] {
        let error = refused(Design { n_pre, ..good.clone() });
        assert!(matches!(error, Error::Window { n_periods: 6, .. }), "{error:?}");
    }
    for n_post in [0, 3, usize::MAX] {
        let error = refused(Design { n_post: Some(n_post), ..good.clone() });
        assert_eq!(error, Error::Window { n_pre: 4, n_post, n_periods: 6 });
    }
    let donors = |donors: &[usize]| refused(Design { donors: donors.to_vec(), ..good.clone() });
    assert_eq!(donors(&[]), Error::TooFewDonors { needed: 1, found: 0 });
    assert_eq!(donors(&[1, 4]), Error::NoSuchUnit { unit: 4, n_units: 4 });
    assert_eq!(donors(&[1, 0]), Error::TreatedIsDonor { unit: 0 });
    assert_eq!(donors(&[3, 1, 3]), Error::RepeatedDonor { unit: 3 });
    assert_eq!(refused(Design { treated: 7, ..good.clone() }), Error::NoSuchUnit { unit: 7, n_units: 4 });
}

#[test]
fn logs_refuse_what_has_none() {
    let panel = panel(&[vec![1.0, 2.0, 3.0, 0.0], vec![1.0, 1.0, -4.0, 1.0]]);
    let design = first_treated(&panel, 1, Scale::Logs);
    let error = synthetic_control(&panel, &design).unwrap_err();
    assert_eq!(error, Error::NotPositive { unit: 0, period: 3, value: 0.0 });
    let error = synthetic_control(&panel, &Design { n_post: Some(2), ..design.clone() }).unwrap_err();
    assert_eq!(error, Error::NotPositive { unit: 1, period: 2, value: -4.0 });
    assert!(synthetic_control(&panel, &Design { n_post: Some(1), ..design }).is_ok());
}
