//! Correction for many tests at once, of which those with p = 1 need not be listed.
//!
//! **Formulas.** With m tests and sorted p₍₁₎ ≤ … ≤ p₍ₘ₎, the adjusted p₍ᵢ₎ is min over j ≥ i of m p₍ⱼ₎ / j, at most 1
//! (Benjamini and Hochberg). Those at most q have an expected share of false findings of at most q, if the tests are
//! independent or positively dependent. Bonferroni's is m p, at most 1: those at most q hold a false finding with
//! probability at most q, however the tests depend on one another.
//!
//! A test with p = 1 comes after all others and is adjusted to 1, so that it matters as one of the m alone.
//!
//! **Cost.** O(k log k) time in parallel and 16 bytes each for the k tests that are listed.
//!
//! Y. Benjamini and Y. Hochberg (1995), "Controlling the false discovery rate: a practical and powerful approach to
//! multiple testing", *Journal of the Royal Statistical Society B* 57(1), 289–300.

use rayon::prelude::*;

/// Adjusts p values of `n_tests`, the others of which are 1, for the false discovery rate; in the order in which they
/// came.
pub(crate) fn benjamini_hochberg(p: &[f64], n_tests: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.par_sort_unstable_by(|&a, &b| p[a].total_cmp(&p[b]).then(a.cmp(&b)));
    let mut adjusted = vec![1.0; p.len()];
    let mut smallest = 1.0_f64;
    for (before, &at) in order.iter().enumerate().rev() {
        smallest = smallest.min(p[at] * (n_tests / (before as f64 + 1.0)));
        adjusted[at] = smallest;
    }
    adjusted
}

/// Adjusts p values of `n_tests` for the probability of any false finding.
pub(crate) fn bonferroni(p: &[f64], n_tests: f64) -> Vec<f64> {
    p.par_iter().map(|p| (p * n_tests).min(1.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest number of tests of which the last is at most its share of the level, as the paper has it.
    fn n_found(p: &[f64], n_tests: usize, level: f64) -> usize {
        let mut p = p.to_vec();
        p.resize(n_tests, 1.0);
        p.sort_by(f64::total_cmp);
        (1..=n_tests).rev().find(|&i| p[i - 1] <= i as f64 / n_tests as f64 * level).unwrap_or(0)
    }

    #[test]
    fn the_worked_example_of_the_paper() {
        // Section 4.1: fifteen p values, of which four are found at .05, and three by Bonferroni.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
            0.6528, 0.7590, 1.0,
        ];
        let count = |adjusted: Vec<f64>| adjusted.iter().filter(|&&q| q <= 0.05).count();
        assert_eq!(count(benjamini_hochberg(&p, 15.0)), 4);
        assert_eq!(count(bonferroni(&p, 15.0)), 3);
        let adjusted = benjamini_hochberg(&p, 15.0);
        assert!((adjusted[3] - 0.0095 * 15.0 / 4.0).abs() < 1e-12);
        assert!(adjusted.windows(2).all(|pair| pair[0] <= pair[1]));
    }

    #[test]
    fn what_is_not_listed_counts_all_the_same() {
        let p = [0.04, 0.01, 0.03, 0.2, 0.001];
        for n_tests in [5, 6, 10, 100] {
            let mut all = p.to_vec();
            all.resize(n_tests, 1.0);
            let whole = benjamini_hochberg(&all, n_tests as f64);
            let listed = benjamini_hochberg(&p, n_tests as f64);
            assert_eq!(whole[..5], listed);
            assert!(whole[5..].iter().all(|&q| q == 1.0));
            for level in [0.003, 0.01, 0.07, 0.09, 0.3] {
                let found = listed.iter().filter(|&&q| q <= level).count();
                assert_eq!(found, n_found(&p, n_tests, level), "{n_tests}, {level}");
            }
        }
        assert_eq!(benjamini_hochberg(&[0.04, 0.01, 0.03], 3.0), [0.04, 0.03, 0.04]);
        assert!(benjamini_hochberg(&[], 7.0).is_empty());
    }
}
