//! Placebos: the pool, the ranks by brute force, ties and perfect fits, and the interval as an inverted test.

use suasion_stats::Error;
use suasion_stats::placebo::{
    PlaceboInterval, PlaceboTest, donor_placebos, in_space_placebos, placebo_interval,
};
use suasion_stats::synthetic_control::{Design, Scale, synthetic_control};

use crate::shared::{assert_near, first_treated, panel, trending_panel};

/// The textbook rank: sort all statistics and count from the treated one's own place upward.
fn rank_by_sorting(own: f64, others: &[f64]) -> usize {
    let mut all: Vec<f64> = others.iter().copied().chain([own]).collect();
    all.sort_by(f64::total_cmp);
    all.len() - all.iter().position(|&value| value == own).unwrap()
}

#[test]
fn every_donor_once_and_the_treated_unit_never() {
    let panel = trending_panel(2, 6, 12);
    let design = Design { treated: 3, donors: vec![5, 0, 1, 4], ..first_treated(&panel, 8, Scale::Levels) };
    let placebos = donor_placebos(&panel, &design).unwrap();
    assert_eq!(placebos.iter().map(|placebo| placebo.treated).collect::<Vec<usize>>(), [5, 0, 1, 4]);
    for placebo in &placebos {
        let pool: Vec<usize> =
            design.donors.iter().copied().filter(|&unit| unit != placebo.treated).collect();
        let alone = Design { treated: placebo.treated, donors: pool, ..design.clone() };
        assert_eq!(&synthetic_control(&panel, &alone).unwrap(), placebo);
    }
}

#[test]
fn ranks_by_brute_force() {
    for (seed, scale) in [(1, Scale::Levels), (2, Scale::Logs), (3, Scale::Demeaned), (4, Scale::Levels)] {
        let panel = trending_panel(seed, 9, 20);
        let test = in_space_placebos(&panel, &first_treated(&panel, 14, scale)).unwrap();
        let all = |statistic: &dyn Fn(usize) -> f64| (0..8).map(statistic).collect::<Vec<f64>>();
        let ratio = |i: usize| test.placebos[i].post_treatment_rmspe / test.placebos[i].pre_treatment_rmspe;
        let own = test.treated.post_treatment_rmspe / test.treated.pre_treatment_rmspe;
        let rank = test.rmspe_ratio.unwrap();
        assert_eq!((rank.rank, rank.n_units), (rank_by_sorting(own, &all(&ratio)), 9));
        assert_near(rank.p_value(), rank.rank as f64 / 9.0, 1e-15);
        let after = |i: usize| test.placebos[i].post_treatment_rmspe;
        let own = test.treated.post_treatment_rmspe;
        assert_eq!(test.post_treatment_rmspe.rank, rank_by_sorting(own, &all(&after)));
        let gap = |i: usize| test.placebos[i].att.abs();
        assert_eq!(test.absolute_mean_gap.rank, rank_by_sorting(test.treated.att.abs(), &all(&gap)));
    }
}

/// A large effect is the most extreme of all.
#[test]
fn a_large_effect_ranks_first() {
    let base = trending_panel(4, 21, 20);
    let mut units: Vec<Vec<f64>> = (0..21).map(|unit| base.unit(unit).to_vec()).collect();
    for value in &mut units[0][14..] {
        *value += 50.0;
    }
    let panel = panel(&units);
    let test = in_space_placebos(&panel, &first_treated(&panel, 14, Scale::Demeaned)).unwrap();
    assert_eq!(test.rmspe_ratio.unwrap().rank, 1);
    let interval = placebo_interval(&test, 0.95).unwrap();
    assert!(matches!(interval, PlaceboInterval::Interval { lower, .. } if lower > 40.0), "{interval:?}");
}

/// Each unit is as far from its nearest neighbour as every other, before and after: all are tied but for
/// rounding (0.3 − 0.2 is not 0.2 − 0.1), and ties count against the treated unit.
#[test]
fn ties_count_against() {
    let panel = panel(&[vec![0.3, 0.1], vec![0.2, 0.2], vec![0.1, 0.3]]);
    for treated in [0, 2] {
        let donors = vec![1, 2 - treated];
        let design = Design { treated, donors, ..first_treated(&panel, 1, Scale::Levels) };
        let test = in_space_placebos(&panel, &design).unwrap();
        assert!(test.placebos.iter().any(|placebo| placebo.rmspe_ratio != test.treated.rmspe_ratio));
        assert_eq!(test.rmspe_ratio.unwrap().rank, 3);
        assert_eq!((test.post_treatment_rmspe.rank, test.absolute_mean_gap.rank), (3, 3));
    }
}

/// Whole panels without any differences: every statistic is tied at zero, and the p-values are 1.
#[test]
fn all_tied_gives_one() {
    let panel = panel(&vec![vec![1.0, 2.0, 3.0]; 5]);
    let test = in_space_placebos(&panel, &first_treated(&panel, 2, Scale::Levels)).unwrap();
    assert_eq!(test.rmspe_ratio, None);
    assert_eq!(test.n_undefined_ratios, 4);
    assert_near(test.post_treatment_rmspe.p_value(), 1.0, 0.0);
    assert_near(test.absolute_mean_gap.p_value(), 1.0, 0.0);
}

/// Donors 1 and 2 fit each other perfectly before treatment: their ratios are undefined, and count against.
#[test]
fn undefined_ratios_count_against() {
    let panel = panel(&[
        vec![5.0, 6.0, 8.0, 90.0],
        vec![1.0, 2.0, 3.0, 4.0],
        vec![1.0, 2.0, 3.0, 5.0],
        vec![9.0, 2.0, 7.0, 4.5],
    ]);
    let test = in_space_placebos(&panel, &first_treated(&panel, 3, Scale::Levels)).unwrap();
    assert_eq!(test.n_undefined_ratios, 2);
    assert_eq!(test.rmspe_ratio.unwrap().rank, 3);
    assert_eq!(test.post_treatment_rmspe.rank, 1);
}

/// The textbook version: take the effect off the treated unit's outcomes after treatment, and test for none.
#[test]
fn interval_inverts_the_test() {
    let panel_of = |seed| trending_panel(seed, 26, 16);
    let mut tried = 0;
    for seed in 8..20 {
        let base = panel_of(seed);
        let design = first_treated(&base, 10, Scale::Levels);
        let test = in_space_placebos(&base, &design).unwrap();
        for level in [0.5, 0.8, 0.9, 0.95] {
            let PlaceboInterval::Interval { lower, upper, achieved_level } =
                placebo_interval(&test, level).unwrap()
            else {
                continue;
            };
            tried += 1;
            assert!(achieved_level >= level - 1e-12);
            let p = |effect: f64| {
                let mut units: Vec<Vec<f64>> = (0..26).map(|unit| base.unit(unit).to_vec()).collect();
                for value in &mut units[0][10..] {
                    *value -= effect;
                }
                in_space_placebos(&panel(&units), &design).unwrap().rmspe_ratio.unwrap().p_value()
            };
            let speck = 1e-6 * (upper - lower);
            for inside in [lower + speck, upper - speck, test.treated.att] {
                assert!(p(inside) > 1.0 - level, "{inside} is inside {lower} to {upper} at {level}");
            }
            for outside in [lower - speck, upper + speck] {
                assert!(
                    p(outside) <= 1.0 - level + 1e-12,
                    "{outside} is outside {lower} to {upper} at {level}"
                );
            }
        }
    }
    assert!(tried > 20, "{tried} intervals are too few to try");
}

fn interval(n_donors: usize, level: f64) -> PlaceboInterval {
    let panel = trending_panel(6, n_donors + 1, 6);
    let test: PlaceboTest = in_space_placebos(&panel, &first_treated(&panel, 4, Scale::Levels)).unwrap();
    placebo_interval(&test, level).unwrap()
}

#[test]
fn too_few_placebos_for_an_interval() {
    assert_eq!(interval(18, 0.95), PlaceboInterval::TooFewPlacebos { n_placebos: 18, needed: 19 });
    assert_ne!(interval(19, 0.95), PlaceboInterval::TooFewPlacebos { n_placebos: 19, needed: 19 });
    assert_eq!(interval(8, 0.9), PlaceboInterval::TooFewPlacebos { n_placebos: 8, needed: 9 });
}

#[test]
fn a_gap_that_changes_sign_has_no_constant_effect() {
    let base = trending_panel(8, 26, 16);
    let mut units: Vec<Vec<f64>> = (0..26).map(|unit| base.unit(unit).to_vec()).collect();
    for (t, value) in units[0][10..].iter_mut().enumerate() {
        *value += if t % 2 == 0 { 1e4 } else { -1e4 };
    }
    let panel = panel(&units);
    let test = in_space_placebos(&panel, &first_treated(&panel, 10, Scale::Levels)).unwrap();
    assert_eq!(placebo_interval(&test, 0.95).unwrap(), PlaceboInterval::NoConstantEffect);
}

#[test]
fn refuses_one_donor_and_levels_out_of_range() {
    let panel = trending_panel(6, 2, 6);
    let error = in_space_placebos(&panel, &first_treated(&panel, 4, Scale::Levels)).unwrap_err();
    assert_eq!(error, Error::TooFewDonors { needed: 2, found: 1 });
    let panel = trending_panel(6, 4, 6);
    let test = in_space_placebos(&panel, &first_treated(&panel, 4, Scale::Levels)).unwrap();
    assert_eq!(placebo_interval(&test, 1.0), Err(Error::NotAProbability { value: 1.0 }));
}
