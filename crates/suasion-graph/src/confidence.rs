//! Confidence limits for the mean of N independent draws of a variable between 0 and 1, whatever else its
//! distribution is.
//!
//! Each limit fails with probability at most e^−L. With x̄ the mean of the draws and q̄ that of their squares:
//!
//! - *Chernoff–Hoeffding*: the mean is at most the largest, and at least the smallest, u with N·kl(x̄, u) ≤ L,
//!   where kl(p, u) = p ln(p / u) + (1 − p) ln((1 − p) / (1 − u)).
//! - *Bernstein*: x̄ exceeds the mean by h(σ²) or more, and falls short of it by as much, with probability e^−L
//!   each, where h(σ²) = L / 3N + √((L / 3N)² + 2σ²L / N). Short by √(2qL / N), with q the mean square, is as rare,
//!   since the variable is not negative. σ² = q − μ² and q are bounded by applying the first limit to squares.
//!
//! W. Hoeffding (1963), "Probability inequalities for sums of bounded random variables", *Journal of the American
//! Statistical Association* 58(301), 13–30. S. Boucheron, G. Lugosi and P. Massart (2013), *Concentration
//! Inequalities*, Oxford University Press, sections 2.7–2.8.

/// Halvings of an interval within [0, 1]: what is left is below the spacing of floats near 1.
const N_HALVINGS: usize = 56;

/// Limits from the mean alone: each fails with probability e^−L, where `exponent` is L / N.
pub(crate) fn chernoff(mean: f64, exponent: f64) -> (f64, f64) {
    (below(mean, exponent), above(mean, exponent))
}

/// Limits from the mean and the mean square: the three events on which they rest fail with probability e^−L each.
pub(crate) fn bernstein(mean: f64, mean_square: f64, exponent: f64) -> (f64, f64) {
    let square = above(mean_square, exponent);
    let margin = |variance: f64| {
        let linear = exponent / 3.0;
        linear + (linear * linear + 2.0 * variance.max(0.0) * exponent).sqrt()
    };
    // The variance is smaller the larger the mean is: each lower limit gives a better one.
    let mut lower: f64 = 0.0;
    for _ in 0..4 {
        lower = lower.max(mean - margin(square - lower * lower));
    }
    let upper = mean + margin(square - mean * mean).min((2.0 * square * exponent).sqrt());
    (lower, upper.min(1.0))
}

/// The largest u that is not below p with kl(p, u) ≤ exponent.
fn above(p: f64, exponent: f64) -> f64 {
    let (mut inside, mut outside) = (p, 1.0);
    for _ in 0..N_HALVINGS {
        let middle = f64::midpoint(inside, outside);
        if divergence(p, middle) <= exponent { inside = middle } else { outside = middle }
    }
    outside
}

/// The smallest u that is not above p with kl(p, u) ≤ exponent.
fn below(p: f64, exponent: f64) -> f64 {
    let (mut inside, mut outside) = (p, 0.0);
    for _ in 0..N_HALVINGS {
        let middle = f64::midpoint(inside, outside);
        if divergence(p, middle) <= exponent { inside = middle } else { outside = middle }
    }
    outside
}

fn divergence(p: f64, u: f64) -> f64 {
    let term = |p: f64, u: f64| if p > 0.0 { p * (p / u).ln() } else { 0.0 };
    term(p, u) + term(1.0 - p, 1.0 - u)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_close_in_and_hold() {
        // With nothing drawn but zeros the upper limit is known: 1 − e^−exponent.
        assert!((chernoff(0.0, 0.01).1 - (1.0 - (-0.01_f64).exp())).abs() < 1e-12);
        assert_eq!(chernoff(0.0, 0.01).0, 0.0);
        assert!((chernoff(1.0, 0.01).0 - (-0.01_f64).exp()).abs() < 1e-12);
        assert_eq!(chernoff(1.0, 0.01).1, 1.0);
        let (lower, upper) = chernoff(0.3, 1e-4);
        assert!((divergence(0.3, lower) - 1e-4).abs() < 1e-9 && (divergence(0.3, upper) - 1e-4).abs() < 1e-9);
        // A variable that varies little is known better by its square.
        let (narrow, wide) = (bernstein(0.1, 0.011, 1e-4), chernoff(0.1, 1e-4));
        assert!(wide.0 < narrow.0 && narrow.0 < 0.1 && 0.1 < narrow.1 && narrow.1 < wide.1);
        assert!(bernstein(0.0, 0.0, 0.01).0 == 0.0 && bernstein(1.0, 1.0, 0.01).1 == 1.0);
    }
}
