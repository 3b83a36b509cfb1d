//! The point of a polytope nearest the origin, exactly: `min ‖Σ w[j] d[j]‖²` with `w ≥ 0`, `Σ w = 1`.
//!
//! Wolfe (1976), "Finding the nearest point in a polytope", Mathematical Programming 11, 128–149. On a
//! support the minimiser over the affine hull is a least-squares problem in the differences from its shortest
//! column, solved by QR; so the constraint `Σ w = 1` never enters the linear algebra, and no normal equations
//! are formed. The support stays affinely independent: the weights are a vertex of the set of optimal
//! weights.
//!
//! Stopping rule: for every column `d[j]ᵀx − ‖x‖² ≥ −64 ε (‖d[j]‖ + ‖x‖) max ‖d‖`, the rounding of that very
//! number. Cost: O(T k²) a support of size `k`, and about as many supports as the answer is large.

use crate::active_set::{ActiveSetEnd, minimise};
use crate::dense::{combine, dot, least_squares, norm};

/// The reduced cost of each column at a point, beside the size that its rounding error is relative to.
pub(crate) struct ReducedCosts {
    /// `d[j]ᵀx − ‖x‖²`.
    pub(crate) costs: Vec<f64>,
    /// `(‖d[j]‖ + ‖x‖) max ‖d‖` over the columns with weight.
    pub(crate) sizes: Vec<f64>,
}

/// The reduced costs at the point with these weights.
pub(crate) fn reduced_costs(n_rows: usize, columns: &[Vec<f64>], weights: &[f64]) -> ReducedCosts {
    let point = combine(n_rows, columns, weights);
    let squared = dot(&point, &point);
    let length = squared.sqrt();
    let largest = largest_active(columns, weights);
    ReducedCosts {
        costs: columns.iter().map(|column| dot(column, &point) - squared).collect(),
        sizes: columns.iter().map(|column| (norm(column) + length) * largest).collect(),
    }
}

/// The length of the longest column with positive weight.
pub(crate) fn largest_active(columns: &[Vec<f64>], weights: &[f64]) -> f64 {
    let active = columns.iter().zip(weights).filter(|(_, weight)| **weight > 0.0);
    active.map(|(column, _)| norm(column)).fold(0.0, f64::max)
}

/// The weights of the point nearest the origin, from the given start or else from the shortest column.
///
/// A start need only be non-negative and independent of scale: its support is thinned until it is affinely
/// independent.
pub(crate) fn nearest_point(n_rows: usize, columns: &[Vec<f64>], start: Option<&[f64]>) -> ActiveSetEnd {
    let limit = 100 + 10 * (n_rows + columns.len());
    let solve_on = |support: &[usize]| affine_minimiser(columns, support);
    let costs_in_ulps = |weights: &[f64]| {
        let ReducedCosts { costs, sizes } = reduced_costs(n_rows, columns, weights);
        let scaled = costs.iter().zip(&sizes);
        scaled
            .map(|(cost, size)| if *size > 0.0 { cost / (64.0 * f64::EPSILON * size) } else { 0.0 })
            .collect()
    };
    let start = match start {
        Some(weights) => independent_start(columns, weights),
        None => vertex(columns.len(), shortest(columns, 0..columns.len())),
    };
    minimise(start, limit, solve_on, costs_in_ulps)
}

fn vertex(n: usize, at: usize) -> Vec<f64> {
    let mut weights = vec![0.0; n];
    weights[at] = 1.0;
    weights
}

fn shortest(columns: &[Vec<f64>], among: impl Iterator<Item = usize>) -> usize {
    among.min_by(|&i, &j| norm(&columns[i]).total_cmp(&norm(&columns[j]))).unwrap_or(0)
}

/// Adds columns by falling weight while they are affinely independent.
fn independent_start(columns: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..weights.len()).filter(|&j| weights[j] > 1e-7).collect();
    order.sort_by(|&i, &j| weights[j].total_cmp(&weights[i]));
    let mut support: Vec<usize> = Vec::new();
    for j in order {
        support.push(j);
        if affine_minimiser(columns, &support).is_none() {
            support.pop();
        }
    }
    if support.is_empty() {
        return vertex(columns.len(), shortest(columns, 0..columns.len()));
    }
    let total: f64 = support.iter().map(|&j| weights[j]).sum();
    let mut start = vec![0.0; columns.len()];
    for &j in &support {
        start[j] = weights[j] / total;
    }
    start
}

/// The minimiser over the affine hull of a support; `None` if the support is affinely dependent.
pub(crate) fn affine_minimiser(columns: &[Vec<f64>], support: &[usize]) -> Option<Vec<f64>> {
    let reference = shortest(columns, support.iter().copied());
    let others: Vec<usize> = support.iter().copied().filter(|&j| j != reference).collect();
    let differences: Vec<Vec<f64>> = others
        .iter()
        .map(|&j| columns[j].iter().zip(&columns[reference]).map(|(value, origin)| value - origin).collect())
        .collect();
    let target: Vec<f64> = columns[reference].iter().map(|value| -value).collect();
    let shares = least_squares(&differences, &target)?;
    let rest = 1.0 - shares.iter().sum::<f64>();
    let mut of_others = shares.into_iter();
    support.iter().map(|&j| if j == reference { Some(rest) } else { of_others.next() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interior_point::simplex_weights;

    /// Clarabel and the active set are two roads to the same weights.
    #[test]
    fn interior_point_start_gives_the_same_weights() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
        };
        for (n_rows, n_columns) in [(1, 1), (3, 2), (12, 5), (20, 38), (40, 30)] {
            let shift = 0.3;
            let columns: Vec<Vec<f64>> =
                (0..n_columns).map(|_| (0..n_rows).map(|_| uniform() + shift).collect()).collect();
            let rough = simplex_weights(n_rows, &columns);
            let from_rough = nearest_point(n_rows, &columns, Some(&rough)).weights;
            let from_vertex = nearest_point(n_rows, &columns, None).weights;
            for j in 0..n_columns {
                assert!((from_rough[j] - from_vertex[j]).abs() < 1e-11, "{n_rows} × {n_columns}");
                assert!((rough[j] - from_vertex[j]).abs() < 1e-4, "{n_rows} × {n_columns}");
            }
        }
    }
}
