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
//! [`n_enough`] says beforehand how many draws keep the means of many variables within ε all at once. With p_N(μ) a
//! bound on the chance that the mean of N draws is off by ε or more, the chance that any is off is at most
//!
//! Σ_v p_N(μ_v) = Σ_v μ_v · p_N(μ_v) / μ_v ≤ S · max_μ p_N(μ) / μ
//!
//! if the μ_v add up to S or less, however many and however dependent they are. For a mean of μ or less, N·kl is at
//! least, with f(y) = y (1 − y) where y < ½, and else ¼,
//!
//! - upwards N·max(ε² / 2f(μ + ε/3), (μ + ε) ln(1 + ε / μ) − ε): the first is Jensen's inequality for kl(μ + ε, μ) =
//!   ∫₀^ε (ε − t) / ((μ + t)(1 − μ − t)) dt, the second drops what kl gains in its other term;
//! - downwards N·ε² / 2f(μ − ε/3), if μ is at least ε.
//!
//! Where ε is small, the maximum is near μ = ½, and N about ln(4S / δ) / 2ε².
//!
//! W. Hoeffding (1963), "Probability inequalities for sums of bounded random variables", *Journal of the American
//! Statistical Association* 58(301), 13–30. S. Boucheron, G. Lugosi and P. Massart (2013), *Concentration
//! Inequalities*, Oxford University Press, sections 2.7–2.8. That a sum of means does in the place of a number of
//! variables: L. Pellegrina and F. Vandin (2024), "SILVAN: estimating betweenness centralities with progressive
//! sampling and non-uniform Rademacher bounds", *ACM Transactions on Knowledge Discovery from Data* 18(3), article 52.

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

/// How many draws are enough for the means of all of `n_variables`, whose true means add up to `sum_of_means` or less,
/// to be within `epsilon`, except with probability `delta`.
pub(crate) fn n_enough(epsilon: f64, delta: f64, n_variables: usize, sum_of_means: f64) -> u64 {
    // Hoeffding's bound for each variable.
    let by_number = ((2.0 * n_variables as f64 / delta).ln() / (2.0 * epsilon * epsilon)).ceil() as u64;
    // From here on, the chance is the smaller the nearer to zero a mean is, if that is below the last cell.
    let fewest = (2.0 / epsilon).ceil() as u64;
    let by_sum = smallest(fewest, by_number, |n| sum_of_means * chance_by_mean(n as f64, epsilon) <= delta);
    by_sum.min(by_number)
}

/// No less than p_n(μ) / μ for any mean, from cells on each of which neither part is more than it is at one end.
fn chance_by_mean(n: f64, epsilon: f64) -> f64 {
    const RATIO: f64 = 1.01;
    let variance = |y: f64| y.min(0.5) * (1.0 - y.min(0.5));
    let jensen = |y: f64| epsilon * epsilon / (2.0 * variance(y));
    let chance = |exponent: f64| (-n * exponent).exp();
    // Means of one half and more.
    let mut most = 2.0 * chance(2.0 * epsilon * epsilon) / 0.5;
    let mut high: f64 = 0.5;
    while high > epsilon / 100.0 {
        let low = high / RATIO;
        let poisson = (high + epsilon) * (epsilon / high).ln_1p() - epsilon;
        let upwards = chance(poisson.max(jensen(high + epsilon / 3.0)));
        let downwards = if high < epsilon { 0.0 } else { chance(jensen(high - epsilon / 3.0)) };
        most = most.max((upwards + downwards) / low);
        high = low;
    }
    most
}

/// The smallest number from `start` up to `end` for which `holds`, or `end`.
pub(crate) fn smallest(start: u64, end: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (start.min(end), end);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
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

    #[test]
    fn the_bound_by_mean_is_no_less_than_the_chance() {
        for n in [20, 60, 200] {
            for epsilon in [0.1, 0.2, 0.4] {
                let bound = chance_by_mean(n as f64, epsilon);
                for mean in (1..200).map(|at| 0.99 * 0.95_f64.powi(at)) {
                    let chance = off(n, mean, epsilon) / mean;
                    // A mean far below ε is off so rarely that `n_enough` draws no fewer than 2 / ε for it.
                    assert!(chance <= bound || mean < epsilon / 100.0, "{n}, {epsilon}, {mean}: {chance}");
                }
            }
        }
    }

    #[test]
    fn limits_fail_no_more_often_than_they_may() {
        const N: u64 = 200;
        for chance in [0.2_f64, 0.05, 0.01] {
            let exponent = -chance.ln() / N as f64;
            for mean in [0.002, 0.02, 0.1, 0.3, 0.5, 0.9, 0.999] {
                let (mut below, mut above, mut either) = (0.0, 0.0, 0.0);
                let mut log_choose = 0.0;
                for k in 0..=N {
                    let probability =
                        (log_choose + k as f64 * f64::ln(mean) + (N - k) as f64 * (-mean).ln_1p()).exp();
                    log_choose += ((N - k) as f64).ln() - ((k + 1) as f64).ln();
                    let seen = k as f64 / N as f64;
                    let (lower, upper) = chernoff(seen, exponent);
                    below += if upper < mean { probability } else { 0.0 };
                    above += if lower > mean { probability } else { 0.0 };
                    let (lower, upper) = bernstein(seen, seen, exponent);
                    either += if upper < mean || lower > mean { probability } else { 0.0 };
                }
                assert!(below <= chance && above <= chance, "{chance}, {mean}: {below}, {above}");
                assert!(either <= 3.0 * chance, "{chance}, {mean}: {either}");
            }
        }
    }

    /// P(|x̄ − μ| > ε) for n draws of 0 or 1.
    fn off(n: u64, mean: f64, epsilon: f64) -> f64 {
        let mut log_choose = 0.0;
        let mut total = 0.0;
        for k in 0..=n {
            if (k as f64 / n as f64 - mean).abs() > epsilon {
                total += (log_choose + k as f64 * mean.ln() + (n - k) as f64 * (-mean).ln_1p()).exp();
            }
            log_choose += ((n - k) as f64).ln() - ((k + 1) as f64).ln();
        }
        total
    }

    #[test]
    fn so_many_draws_are_enough() {
        let means = || (1..700).map(|at| 0.99 * 0.98_f64.powi(at));
        for epsilon in [0.02, 0.05, 0.1, 0.2, 0.4, 0.7] {
            for (delta, sum) in [(0.3, 0.4), (0.1, 1.0), (0.05, 5.0), (0.01, 200.0)] {
                let n = n_enough(epsilon, delta, usize::MAX, sum);
                // The worst there can be: as many variables of one mean as the sum allows.
                let worst = means().map(|mean| sum / mean * off(n, mean, epsilon)).fold(0.0, f64::max);
                assert!(worst <= delta, "{epsilon}, {delta}, {sum}: {worst} with {n}");
                // Few variables take no more draws than each for itself.
                let few = n_enough(epsilon, delta, 1, sum);
                assert_eq!(few.max(n), n);
                assert!(means().all(|mean| off(few, mean, epsilon) <= delta));
                // What is known of the dimension of such variables, eight paths each, would ask for more.
                let inner = sum.max(1.0);
                let by_dimension =
                    ((8.0 * inner).log2().floor() + 1.0 - delta.ln()) / (2.0 * epsilon * epsilon);
                assert!(n as f64 <= by_dimension.ceil().max(2.0 / epsilon + 1.0), "{n}, {by_dimension}");
            }
        }
        // Near ln(4S / δ) / 2ε² where ε is small.
        let n = n_enough(0.001, 0.05, usize::MAX, 10.0) as f64;
        let near = (4.0 * 10.0 / 0.05_f64).ln() / (2.0 * 0.001 * 0.001);
        assert!(near <= n && n < 1.02 * near, "{n} for {near}");
    }
}
