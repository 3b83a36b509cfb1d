//! The least detectable effect: by hand, and blind to what happened to the treated unit.

use suasion_stats::Error;
use suasion_stats::detectable_effect::{DetectableEffect, detectable_effect};
use suasion_stats::placebo::donor_placebos;
use suasion_stats::quantile::{normal_quantile, student_quantile};
use suasion_stats::synthetic_control::Scale;

use crate::shared::{assert_near, first_treated, panel, trending_panel};

fn from_panel(panel: &suasion_stats::panel::Panel, scale: Scale) -> DetectableEffect {
    let placebos = donor_placebos(panel, &first_treated(panel, 10, scale)).unwrap();
    detectable_effect(&placebos, 1.0, 0.05, 0.80).unwrap()
}

#[test]
fn by_hand() {
    let panel = trending_panel(21, 7, 14);
    let placebos = donor_placebos(&panel, &first_treated(&panel, 10, Scale::Levels)).unwrap();
    let gaps: Vec<f64> = placebos.iter().map(|placebo| placebo.att).collect();
    let found = detectable_effect(&placebos, 1.0, 0.05, 0.80).unwrap();
    let squares: f64 = gaps.iter().map(|gap| gap * gap).sum();
    let mean = gaps.iter().sum::<f64>() / 6.0;
    // Student's t with 6 degrees of freedom: 2.4469 and 0.9057 (Abramowitz & Stegun, table 26.10, and by symmetry).
    assert_near(found.multiplier, 2.4469 + 0.9057, 1e-4);
    assert_near(found.root_mean_square, (squares / 6.0).sqrt(), 1e-12);
    assert_near(found.least_detectable_effect, found.multiplier * found.root_mean_square, 1e-12);
    assert_near(found.mean, mean, 1e-12);
    let variance = (squares - 6.0 * mean * mean) / 5.0;
    assert_near(found.standard_deviation.unwrap(), variance.sqrt(), 1e-10);
    assert_eq!(found.degrees_of_freedom, 6);
    assert!(found.root_mean_square > 0.0);
    assert_eq!(detectable_effect(&placebos[..1], 1.0, 0.05, 0.8).unwrap().standard_deviation, None);
}

/// The familiar 2.80 is the limit for many placebos.
#[test]
fn multiplier_tends_to_the_normal() {
    let normal = normal_quantile(0.975).unwrap() + normal_quantile(0.80).unwrap();
    assert_near(normal, 2.8016, 5e-5);
    let student = |df| student_quantile(0.975, df).unwrap() + student_quantile(0.80, df).unwrap();
    assert_near(student(38), 2.8756, 5e-5);
    assert_near(student(100_000), normal, 1e-4);
}

/// Nothing about the treated unit can move it, before or after treatment.
#[test]
fn does_not_read_the_treated_unit() {
    for scale in [Scale::Levels, Scale::Logs, Scale::Demeaned] {
        let base = trending_panel(22, 8, 14);
        let before = from_panel(&base, scale);
        let mut units: Vec<Vec<f64>> = (0..8).map(|unit| base.unit(unit).to_vec()).collect();
        units[0] = vec![-1e6; 14];
        assert_eq!(from_panel(&panel(&units), scale), before);
        units[1][13] += 5.0;
        assert!(from_panel(&panel(&units), scale) != before, "but a donor can");
    }
}

/// A drift common to the placebos is an error, and is not taken off.
#[test]
fn a_common_drift_counts() {
    let panel = trending_panel(23, 12, 14);
    let mut placebos = donor_placebos(&panel, &first_treated(&panel, 10, Scale::Levels)).unwrap();
    let before = detectable_effect(&placebos, 1.0, 0.05, 0.80).unwrap();
    for placebo in &mut placebos {
        placebo.att += 30.0;
    }
    let after = detectable_effect(&placebos, 1.0, 0.05, 0.80).unwrap();
    assert!(after.root_mean_square > 25.0);
    assert_near(after.standard_deviation.unwrap(), before.standard_deviation.unwrap(), 1e-10);
    assert_near(after.mean - before.mean, 30.0, 1e-10);
}

#[test]
fn more_power_and_smaller_alpha_need_more() {
    let panel = trending_panel(24, 9, 14);
    let placebos = donor_placebos(&panel, &first_treated(&panel, 10, Scale::Levels)).unwrap();
    let effect =
        |alpha, power| detectable_effect(&placebos, 1.0, alpha, power).unwrap().least_detectable_effect;
    assert!(effect(0.05, 0.9) > effect(0.05, 0.8) && effect(0.01, 0.8) > effect(0.05, 0.8));
    // At a power of one half it is the critical value.
    let half = detectable_effect(&placebos, 1.0, 0.05, 0.5).unwrap();
    assert_near(half.multiplier, student_quantile(0.975, 8).unwrap(), 1e-9);
}

#[test]
fn refuses_no_placebos_and_no_probabilities() {
    assert_eq!(detectable_effect(&[], 1.0, 0.05, 0.8), Err(Error::TooFewDonors { needed: 2, found: 0 }));
    assert_eq!(detectable_effect(&[], 1.0, 0.0, 0.8), Err(Error::NotAProbability { value: 0.0 }));
    assert_eq!(detectable_effect(&[], 1.0, 0.05, 1.0), Err(Error::NotAProbability { value: 1.0 }));
    assert_eq!(detectable_effect(&[], 1.0, 0.05, 0.4), Err(Error::NotAProbability { value: 0.4 }));
}

/// The textbook version: give each placebo's gaps the treated unit's fit, add the effect, rank among the others, count.
#[test]
fn power_of_the_ratio_test_by_brute_force() {
    for (seed, own) in [(31, 1.0), (32, 0.01), (33, 250.0)] {
        let panel = trending_panel(seed, 26, 16);
        let placebos = donor_placebos(&panel, &first_treated(&panel, 10, Scale::Levels)).unwrap();
        let found = detectable_effect(&placebos, own, 0.05, 0.80).unwrap().by_ratio.unwrap();
        let power = |effect: f64| {
            let mut rejected = 0;
            for (i, placebo) in placebos.iter().enumerate() {
                for signed in [effect, -effect] {
                    let scaled = |gap: &f64| gap * own / placebo.pre_treatment_rmspe + signed;
                    let after = placebo.post_treatment_gaps().iter().map(|gap| scaled(gap) * scaled(gap));
                    let ratio = (after.sum::<f64>() / 6.0).sqrt() / own;
                    let others = placebos.iter().enumerate().filter(|(other, _)| *other != i);
                    let at_least = others.filter(|(_, other)| other.rmspe_ratio.unwrap() >= ratio).count();
                    rejected += usize::from((at_least + 1) as f64 / 25.0 <= 0.05);
                }
            }
            f64::from(u32::try_from(rejected).unwrap()) / 50.0
        };
        assert!(power(found * (1.0 + 1e-9)) >= 0.80, "{seed}");
        assert!(power(found * (1.0 - 1e-6)) < 0.80, "{seed}");
    }
}

#[test]
fn with_few_placebos_the_ratio_test_finds_nothing() {
    let panel = trending_panel(31, 12, 16);
    let placebos = donor_placebos(&panel, &first_treated(&panel, 10, Scale::Levels)).unwrap();
    assert_eq!(detectable_effect(&placebos, 1.0, 0.05, 0.80).unwrap().by_ratio, None);
}
