//! Quantiles against published tables and their own distribution functions.

use suasion_stats::Error;
use suasion_stats::quantile::{normal_quantile, student_quantile};

use crate::shared::assert_near;

/// Wichura (1988) gives the quantiles of these three probabilities.
#[test]
fn normal_as_published() {
    assert_near(normal_quantile(0.25).unwrap(), -0.674_489_750_196_081_7, 1e-15);
    assert_near(normal_quantile(1e-3).unwrap(), -3.090_232_306_167_813_5, 1e-14);
    assert_near(normal_quantile(1e-20).unwrap(), -9.262_340_089_798_408, 1e-13);
    assert_near(normal_quantile(0.975).unwrap(), 1.959_963_984_540_054, 1e-14);
    assert_near(normal_quantile(0.5).unwrap(), 0.0, 0.0);
}

/// Abramowitz & Stegun (1964), table 26.10, two-sided probabilities 0.95, 0.99 and 0.5.
#[test]
fn student_as_published() {
    let table = [
        (1, 12.706, 63.657, 1.000),
        (2, 4.303, 9.925, 0.816),
        (3, 3.182, 5.841, 0.765),
        (10, 2.228, 3.169, 0.700),
        (25, 2.060, 2.787, 0.684),
        (30, 2.042, 2.750, 0.683),
        (120, 1.980, 2.617, 0.677),
    ];
    for (df, at_975, at_995, at_75) in table {
        assert_near(student_quantile(0.975, df).unwrap(), at_975, 5e-4);
        assert_near(student_quantile(0.995, df).unwrap(), at_995, 5e-4);
        assert_near(student_quantile(0.75, df).unwrap(), at_75, 5.1e-4);
    }
}

/// With one and two degrees of freedom there are closed forms; with many, the normal and a correction.
#[test]
fn student_in_closed_form() {
    for probability in [0.001, 0.2, 0.5, 0.8, 0.975, 0.9999] {
        let cauchy = (std::f64::consts::PI * (probability - 0.5)).tan();
        assert_near(student_quantile(probability, 1).unwrap(), cauchy, 1e-9 * (1.0 + cauchy.abs()));
        let a: f64 = 2.0 * probability - 1.0;
        let two = a * (2.0 / (1.0 - a * a)).sqrt();
        assert_near(student_quantile(probability, 2).unwrap(), two, 1e-9 * (1.0 + two.abs()));
        // The first term of the expansion in 1/ν (Abramowitz & Stegun 26.7.5).
        let z = normal_quantile(probability).unwrap();
        let many = student_quantile(probability, 20_000).unwrap();
        assert_near(many, z + (z.powi(3) + z) / 80_000.0, 2e-7);
        assert_eq!(student_quantile(probability, 2_000_000), Ok(z));
    }
}

#[test]
fn refuses_what_is_no_probability() {
    for value in [0.0, 1.0, -0.1, 1.5] {
        assert_eq!(normal_quantile(value), Err(Error::NotAProbability { value }));
        assert_eq!(student_quantile(value, 3), Err(Error::NotAProbability { value }));
    }
    assert!(matches!(normal_quantile(f64::NAN), Err(Error::NotAProbability { .. })));
    assert_eq!(student_quantile(0.5, 0), Err(Error::NoDegreesOfFreedom));
}
