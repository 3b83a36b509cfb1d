//! California's Proposition 99, outcome only: the certified optimum of the golden file (cvxpy with Clarabel,
//! mlsynth; the optimum of Malo, Eskelinen, Zhou & Kuosmanen 2024, Computational Economics 64).

use suasion_stats::detectable_effect::detectable_effect;
use suasion_stats::fit_checks::{hull_check, overfit_check};
use suasion_stats::leave_one_out::leave_one_donor_out;
use suasion_stats::panel::Panel;
use suasion_stats::placebo::{PlaceboInterval, in_space_placebos, placebo_interval};
use suasion_stats::simplex_qp::{Status, Uniqueness};
use suasion_stats::synthetic_control::{Design, Scale, synthetic_control};

use crate::shared::assert_near;

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/proposition-99/cigarette-sales.csv");

/// The states in order, and their panel of 1970–2000.
pub(crate) fn cigarette_sales() -> (Vec<String>, Panel) {
    let table = std::fs::read_to_string(TABLE).unwrap();
    let mut lines = table.lines();
    assert_eq!(lines.next(), Some("state,year,packs"));
    let (mut states, mut values): (Vec<String>, Vec<f64>) = (Vec::new(), Vec::new());
    for (row, line) in lines.enumerate() {
        let cells: Vec<&str> = line.split(',').collect();
        let [state, year, packs] = cells[..] else { panic!("{line}") };
        assert_eq!(year.parse(), Ok(1970 + row % 31), "{line}");
        if row % 31 == 0 {
            states.push(state.to_owned());
        }
        assert_eq!(states.last().map(String::as_str), Some(state), "{line}");
        values.push(packs.parse().unwrap());
    }
    assert!(states.is_sorted());
    let panel = Panel::new(states.len(), 31, values).unwrap();
    (states, panel)
}

pub(crate) fn california(states: &[String]) -> Design {
    let treated = states.iter().position(|state| state == "California").unwrap();
    let donors = (0..states.len()).filter(|&unit| unit != treated).collect();
    Design { treated, donors, n_pre: 19, n_post: None, scale: Scale::Levels }
}

#[test]
fn golden_fit() {
    let (states, panel) = cigarette_sales();
    assert_eq!(states.len(), 39);
    let fit = synthetic_control(&panel, &california(&states)).unwrap();
    assert_near(fit.att, -19.513_631_367_9, 1e-8);
    assert_near(fit.pre_treatment_rmspe.powi(2), 2.743_662_285_9, 1e-9);
    assert_near(fit.gaps[30], -26.5966, 5e-5);
    let golden = [
        ("Utah", 0.3939),
        ("Montana", 0.2318),
        ("Nevada", 0.2049),
        ("Connecticut", 0.1091),
        ("New Hampshire", 0.0454),
        ("Colorado", 0.0148),
    ];
    for donor in &fit.weights {
        let name = states[donor.unit].as_str();
        let expected = golden.iter().find(|(state, _)| *state == name).map_or(0.0, |(_, weight)| *weight);
        assert_near(donor.weight, expected, 5e-5);
    }
    let certificate = &fit.certificate;
    assert_eq!(certificate.status, Status::Optimal);
    assert_eq!(certificate.uniqueness, Uniqueness::StrictlyComplementary);
    assert_eq!(certificate.n_active, 6);
    assert!(!certificate.perfect_fit);
    assert!(certificate.kkt_residual < 1e-13, "{certificate:?}");
    assert!(certificate.duality_gap < 1e-9, "{certificate:?}");
    assert_eq!((fit.att_range.lower, fit.att_range.upper), (fit.att, fit.att));
    assert_near(fit.largest_weight, 0.3939, 5e-5);
    assert_near(fit.effective_donors, 1.0 / fit.weights.iter().map(|d| d.weight.powi(2)).sum::<f64>(), 1e-12);
}

#[test]
fn golden_placebos() {
    let (states, panel) = cigarette_sales();
    let test = in_space_placebos(&panel, &california(&states)).unwrap();
    let rank = test.rmspe_ratio.unwrap();
    assert_eq!((rank.rank, rank.n_units), (3, 39));
    assert_near(rank.p_value(), 0.0769, 5e-5);
    assert_eq!((test.n_inexact, test.n_undefined_ratios), (0, 0));
    assert!(test.placebos.iter().all(|placebo| placebo.certificate.kkt_residual < 1e-12));
    assert!(
        test.placebos.iter().all(|placebo| placebo.weights.iter().all(|d| states[d.unit] != "California"))
    );

    // p is 3/39, so an interval at one rejected rank of 39 contains zero.
    let PlaceboInterval::Interval { lower, upper, achieved_level } = placebo_interval(&test, 0.95).unwrap()
    else {
        panic!("38 placebos are enough")
    };
    assert_near(achieved_level, 38.0 / 39.0, 1e-15);
    assert_near(f64::midpoint(lower, upper), test.treated.att, 1e-12);
    assert!(lower < 0.0 && upper > 0.0, "{lower} to {upper}");
    // At 90 % three ranks are rejected, the treated unit's own among them, and zero is out.
    let PlaceboInterval::Interval { upper, .. } = placebo_interval(&test, 0.90).unwrap() else {
        panic!("38 placebos are enough")
    };
    assert!(upper < 0.0, "{upper}");

    let detectable = detectable_effect(&test.placebos, test.treated.pre_treatment_rmspe, 0.05, 0.80).unwrap();
    // The golden file's exact placebo standard error of the certified optimum: the root mean square about the mean,
    // divisor J.
    let about_mean = (detectable.root_mean_square.powi(2) - detectable.mean.powi(2)).sqrt();
    assert_near(about_mean, 10.6330, 5e-5);
}

#[test]
fn checks() {
    let (states, panel) = cigarette_sales();
    let design = california(&states);
    let fit = synthetic_control(&panel, &design).unwrap();
    let hull = hull_check(&panel, &design, &fit).unwrap();
    assert_eq!(hull.periods_outside_range, Vec::<usize>::new());
    assert_near(hull.distance.powi(2), 2.743_662_285_9, 1e-9);
    let overfit = overfit_check(&panel, &design, &fit).unwrap();
    assert_eq!((overfit.degrees_of_freedom, overfit.residual_degrees_of_freedom), (5, 14));
    let held_out = overfit.held_out.unwrap();
    assert_eq!((held_out.n_fitted, held_out.n_held_out), (13, 6));
    let left_out = leave_one_donor_out(&panel, &design, &fit).unwrap();
    assert_eq!(left_out.refits.len(), 6);
    assert!(left_out.att_min < fit.att && fit.att < left_out.att_max && !left_out.sign_changes);
}
