//! Concentration: how unequally degrees, strengths, scores or any other amounts are spread over actors.
//!
//! **Formulas.** For amounts x_1 … x_n, none negative, with shares s_i = x_i / Σ x:
//!
//! - Gini coefficient G = Σ_i Σ_j |x_i − x_j| / (2 n Σ x), from 0 (all equal) to (n − 1) / n (one has all). With the
//!   amounts in ascending order, G = Σ_i (2 i − n − 1) x_i / (n Σ x). It is not multiplied by n / (n − 1), as it is
//!   where the actors are a sample.
//! - Herfindahl–Hirschman index H = Σ s_i², from 1 / n to 1, and effective number 1 / H: how many equal actors would be
//!   as concentrated, from 1 to n.
//!
//! Actors with nothing count in G, which grows if isolates are added, and not in H, which stays.
//!
//! **Shape and units.** One number for the whole list, none with a unit, whatever the unit of the amounts.
//!
//! **Semantics.** All are `None` if the total is zero, as it is without actors. An amount that is negative, NaN or
//! infinite is a bug of the caller, and panics. How concentrated the flows of *one* node are over its partners:
//! [`crate::dependence`].
//!
//! **Cost.** O(n log n) time, 8 bytes an amount. Amounts are added in ascending order, so that the order of actors
//! changes no bit; strengths themselves are sums in the order of nodes, and may differ in the last digits if nodes are
//! renamed.
//!
//! C. Gini (1921), "Measurement of inequality of incomes", *Economic Journal* 31(121), 124–126; M. Laakso and R.
//! Taagepera (1979), "'Effective' number of parties: a measure with application to West Europe", *Comparative Political
//! Studies* 12(1), 3–27.

use rayon::prelude::*;

use crate::csr::sum;

/// The Gini coefficient; `None` if the total is zero.
pub fn gini(amounts: &[f64]) -> Option<f64> {
    let (sorted, total) = ascending(amounts)?;
    let n = sorted.len() as f64;
    // A factor of less than 1, so that no sum exceeds the total.
    let factor = |i: usize| (2.0 * i as f64 + 1.0 - n) / n;
    let spread = sum(sorted.iter().enumerate().map(|(i, amount)| factor(i) * amount));
    // Rounding could leave less than nothing where all are equal.
    Some((spread / total).max(0.0))
}

/// The Herfindahl–Hirschman index; `None` if the total is zero.
pub fn herfindahl(amounts: &[f64]) -> Option<f64> {
    let (sorted, total) = ascending(amounts)?;
    Some(sum_of_squared_shares(sorted.iter().copied(), total))
}

/// The effective number of actors, 1 / H; `None` if the total is zero.
pub fn effective_number(amounts: &[f64]) -> Option<f64> {
    herfindahl(amounts).map(|hhi| 1.0 / hhi)
}

/// H, in the order given, of a positive total.
pub(crate) fn sum_of_squared_shares(amounts: impl Iterator<Item = f64>, total: f64) -> f64 {
    sum(amounts.map(|amount| (amount / total).powi(2)))
}

/// The amounts in ascending order, and their total if it is positive. Scaled if they would overflow.
fn ascending(amounts: &[f64]) -> Option<(Vec<f64>, f64)> {
    if let Some(bad) = amounts.iter().find(|amount| !(amount.is_finite() && **amount >= 0.0)) {
        panic!("an amount is {bad}, not a finite number of at least 0");
    }
    let mut sorted = amounts.to_vec();
    sorted.par_sort_unstable_by(f64::total_cmp);
    let mut total = sum(sorted.iter().copied());
    if total.is_infinite() {
        let n = sorted.len() as f64;
        for amount in &mut sorted {
            *amount /= n;
        }
        total = sum(sorted.iter().copied());
    }
    (total > 0.0).then_some((sorted, total))
}
