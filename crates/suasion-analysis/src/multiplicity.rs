//! Correction for having looked more than once.
//!
//! Benjamini and Hochberg (1995, Journal of the Royal Statistical Society B 57, 289–300): with m tests and sorted
//! p₍₁₎ ≤ … ≤ p₍ₘ₎, the adjusted p₍ᵢ₎ is min over j ≥ i of m p₍ⱼ₎ / j, at most 1. It bounds the expected share of false
//! findings among those called supported, for tests that are independent or positively dependent. Cost: O(m log m).
//!
//! The family is every look that can decide a verdict. Other scales and refits can only lower a verdict, never raise
//! one, so they are shown in the ledger and need no correction.

/// Adjusts p values, in the order in which they came.
pub(crate) fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]).then(b.cmp(&a)));
    let mut adjusted = vec![1.0; p.len()];
    let mut smallest = 1.0_f64;
    for (behind, &at) in order.iter().enumerate() {
        let rank = p.len() - behind;
        smallest = smallest.min(p[at] * p.len() as f64 / rank as f64);
        adjusted[at] = smallest;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::benjamini_hochberg;

    #[test]
    fn the_worked_example_of_the_paper() {
        // Benjamini and Hochberg 1995, section 4.1: fifteen p values, of which four are rejected at .05.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
            0.6528, 0.7590, 1.0,
        ];
        let adjusted = benjamini_hochberg(&p);
        assert_eq!(adjusted.iter().filter(|&&p| p <= 0.05).count(), 4);
        assert!((adjusted[3] - 0.0095 * 15.0 / 4.0).abs() < 1e-12);
        assert!(adjusted.windows(2).all(|pair| pair[0] <= pair[1]));
    }

    #[test]
    fn the_order_does_not_matter() {
        assert_eq!(benjamini_hochberg(&[0.04, 0.01, 0.03]), [0.04, 0.03, 0.04]);
        assert_eq!(benjamini_hochberg(&[]), [0.0; 0]);
        assert_eq!(benjamini_hochberg(&[0.2]), [0.2]);
    }
}
