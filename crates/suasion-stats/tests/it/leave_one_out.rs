//! Leaving one donor out, against refitting on a panel that never had it.

use suasion_stats::leave_one_out::leave_one_donor_out;
use suasion_stats::synthetic_control::{Scale, synthetic_control};

use crate::shared::{assert_near, first_treated, panel, trending_panel};

#[test]
fn refits_as_if_the_donor_had_never_been_there() {
    for scale in [Scale::Levels, Scale::Logs, Scale::Demeaned] {
        let whole = trending_panel(12, 9, 18);
        let design = first_treated(&whole, 12, scale);
        let fit = synthetic_control(&whole, &design).unwrap();
        let result = leave_one_donor_out(&whole, &design, &fit).unwrap();
        let carrying: Vec<usize> = fit.weights.iter().filter(|d| d.weight > 0.0).map(|d| d.unit).collect();
        assert_eq!(result.refits.iter().map(|refit| refit.donor).collect::<Vec<usize>>(), carrying);
        assert!(carrying.len() > 1);
        let mut atts = vec![fit.att];
        for refit in &result.refits {
            let rest: Vec<Vec<f64>> =
                (0..9).filter(|&unit| unit != refit.donor).map(|unit| whole.unit(unit).to_vec()).collect();
            let rest = panel(&rest);
            let again = synthetic_control(&rest, &first_treated(&rest, 12, scale)).unwrap();
            assert_near(refit.fit.att, again.att, 1e-11);
            assert_near(refit.shift, again.att - fit.att, 1e-11);
            assert!(refit.fit.pre_treatment_rmspe >= fit.pre_treatment_rmspe);
            atts.push(again.att);
        }
        assert_near(result.att_min, atts.iter().copied().fold(f64::INFINITY, f64::min), 1e-11);
        assert_near(result.att_max, atts.iter().copied().fold(f64::NEG_INFINITY, f64::max), 1e-11);
        let most = &result.refits[result.most_influential.unwrap()];
        assert!(result.refits.iter().all(|refit| refit.shift.abs() <= most.shift.abs()));
    }
}

/// A donor that carries the result: without it the effect turns round.
#[test]
fn one_donor_carries_it() {
    let panel = panel(&[vec![0.0, 1.0, 5.0], vec![0.0, 1.0, 3.0], vec![0.0, 2.0, 9.0], vec![3.0, 9.0, 9.0]]);
    let design = first_treated(&panel, 2, Scale::Levels);
    let fit = synthetic_control(&panel, &design).unwrap();
    assert_near(fit.att, 2.0, 1e-12);
    let result = leave_one_donor_out(&panel, &design, &fit).unwrap();
    assert_eq!(result.refits[result.most_influential.unwrap()].donor, 1);
    assert_near(result.att_min, -4.0, 1e-12);
    assert_near(result.att_max, 2.0, 1e-12);
    assert!(result.sign_changes);
}

#[test]
fn with_one_donor_nothing_can_be_left_out() {
    let panel = panel(&[vec![0.0, 1.0, 5.0], vec![0.0, 2.0, 3.0]]);
    let design = first_treated(&panel, 2, Scale::Levels);
    let fit = synthetic_control(&panel, &design).unwrap();
    let result = leave_one_donor_out(&panel, &design, &fit).unwrap();
    assert!(result.refits.is_empty() && result.most_influential.is_none() && !result.sign_changes);
    assert_eq!((result.att_min, result.att_max), (fit.att, fit.att));
}
