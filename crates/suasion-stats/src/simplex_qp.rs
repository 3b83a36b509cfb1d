//! Least squares on the simplex, exact and certified.
//!
//! ```text
//! minimise ‖b − A w‖²   subject to   w ≥ 0,  Σ w = 1          b: T,  A: T × J,  w: J
//! ```
//!
//! Because `Σ w = 1`, `b − A w = −D w` with `d[j] = a[j] − b`: the answer is the point of the polytope of the
//! `d[j]` nearest the origin. It is found by Wolfe's active-set method (1976, Mathematical Programming 11,
//! 128–149), which solves the optimality conditions of each support exactly. If that does not end in a
//! certificate, it starts again from the interior-point solution of Clarabel (Goulart & Chen 2024), and the
//! better of the two is returned.
//!
//! *Uniqueness.* The fitted values `A w` are unique (strict convexity). The weights are unique unless columns
//! whose reduced cost is zero can exchange weight without moving the fitted values; [`crate::optimal_set`]
//! decides that exactly. If they can, the shortest optimal weights are returned (minimum `‖w‖`): one
//! well-defined choice, which treats equal columns equally and depends on nothing but the data.
//!
//! *Scaling and order.* Data are scaled by powers of two, which is exact, and columns are sorted by content
//! before anything is computed, so the result does not depend on the order of columns, to the last bit.
//!
//! *Certificate.* With `x = D w` and `f = ‖x‖²`, the dual bound is `f* ≥ f − 2 (f − min_j d[j]ᵀx)` (the
//! Frank–Wolfe gap, Jaggi 2013, equation 2), so `duality_gap = 2 max(0, f − min_j d[j]ᵀx)` bounds how far the
//! objective is from the best one, and `‖x − x*‖² ≤ duality_gap`. Anyone can recompute it from `b`, `A` and
//! `w`.
//!
//! *Rounding of the data.* A number of size `y` is known to about `ε y`; on a high level that is much in the
//! differences. Weights that such rounding could have made (`w[j] ‖d[j]‖` below it, or `w[j]` below 1e-12)
//! are taken off, so that the verdict on uniqueness and the count of active columns do not hang on the last
//! bit. `data_rounding` says how much it is.
//!
//! Assumptions: finite numbers. Stopping rule: see `min_norm_point`; [`Status::Optimal`] needs a
//! `kkt_residual` of at most 1e-11, or of `data_rounding` if that is larger. Errors: a target whose length is
//! not the number of rows, or that is not finite. Cost: O(T J + T k²) a support of size `k`, usually about as
//! many supports as there are active columns; if the weights are not unique, one SVD of `(T + 1) × J` more.

use crate::columns::Columns;
use crate::dense::{combine, dot, norm};
use crate::interior_point::simplex_weights;
use crate::min_norm_point::{affine_minimiser, largest_active, nearest_point, reduced_costs};
use crate::optimal_set::{resolve, tied_columns};
use crate::{Error, optimal_set};

/// At most this, and the conditions of optimality count as met.
const KKT_TOLERANCE: f64 = 1e-11;

/// A residual of at most this share of the longest active column counts as none.
const PERFECT: f64 = 1e-11;

/// Weights at most this count as none, if they are not needed for optimality.
const SPECK: f64 = 1e-12;

/// Weights above this count, however coarse the data.
const MOST_SPECK: f64 = 1e-6;

/// Weights, what they fit, and the evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct SimplexSolution {
    /// One weight a column, not negative, sum 1.
    pub weights: Vec<f64>,
    /// `A w`, in the unit of the target.
    pub fitted: Vec<f64>,
    /// `‖b − A w‖²`, in the squared unit of the target.
    pub objective: f64,
    /// Whether, and how closely, this is the optimum.
    pub certificate: Certificate,
}

/// The evidence that weights are optimal.
#[derive(Clone, Debug, PartialEq)]
pub struct Certificate {
    /// The verdict on what follows.
    pub status: Status,
    /// The objective is at most this far above its minimum; in the squared unit of the target.
    pub duality_gap: f64,
    /// The largest violation of any optimality condition, without unit: reduced costs below zero or, where
    /// there is weight, away from zero, relative to `(‖d[j]‖ + ‖x‖) max ‖d‖`; a negative weight; a sum of
    /// weights other than 1.
    pub kkt_residual: f64,
    /// What rounding of the data alone could change the reduced costs by, on the scale of `kkt_residual`.
    pub data_rounding: f64,
    /// Whether other weights are as good.
    pub uniqueness: Uniqueness,
    /// Whether the residual is zero up to the rounding of the data.
    pub perfect_fit: bool,
    /// How many weights are positive.
    pub n_active: usize,
    /// How many supports were solved.
    pub iterations: usize,
}

impl Certificate {
    /// Whether these are the only optimal weights.
    pub fn is_unique(&self) -> bool {
        !matches!(self.uniqueness, Uniqueness::Many { .. })
    }
}

/// Whether the optimality conditions hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// They do, to 1e-11 relative or to the rounding of the data.
    Optimal,
    /// They do not; the duality gap says how far off the objective may be.
    Inexact,
}

/// Whether the set of optimal weights is a single point, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Uniqueness {
    /// Every column without weight has a positive reduced cost, and the others are affinely independent.
    StrictlyComplementary,
    /// Other columns have a reduced cost of zero, but any weight on them would move the fitted values.
    Pinned {
        /// How far from zero the closest exchange of weight stays, on columns of unit length: at least 1e-9.
        distance: f64,
    },
    /// Other weights are exactly as good.
    Many {
        /// How many columns have a reduced cost of zero.
        n_tied: usize,
        /// Whether the shortest optimal weights were found, as is the rule; otherwise these are some optimal
        /// weights.
        shortest: bool,
    },
}

/// Solves `min ‖target − columns w‖²` on the simplex.
pub fn simplex_least_squares(target: &[f64], columns: &Columns) -> Result<SimplexSolution, Error> {
    simplex_least_squares_of(target, columns, 0.0)
}

/// The same, for data derived from numbers as large as `largest_datum`, whose rounding they carry.
pub(crate) fn simplex_least_squares_of(
    target: &[f64],
    columns: &Columns,
    largest_datum: f64,
) -> Result<SimplexSolution, Error> {
    let mut problem = CenteredProblem::new(target, columns)?;
    problem.noise = problem.noise.max(rounding(largest_datum / problem.scale, problem.n_rows));
    let mut end = nearest_point(problem.n_rows, &problem.columns, None);
    if problem.kkt_residual(&end.weights) > KKT_TOLERANCE {
        let rough = simplex_weights(problem.n_rows, &problem.columns);
        let again = nearest_point(problem.n_rows, &problem.columns, Some(&rough));
        if problem.kkt_residual(&again.weights) < problem.kkt_residual(&end.weights) {
            end = again;
        }
    }
    let vertex = problem.without_specks(end.weights);
    let perfect_fit = problem.is_perfect(&vertex);
    let data_rounding = problem.data_rounding(&vertex);
    let tied = tied_columns(problem.n_rows, &problem.columns, &vertex, perfect_fit, data_rounding);
    let optimal_set::Resolved { weights, uniqueness } =
        resolve(problem.n_rows, &problem.columns, vertex, &tied, perfect_fit, |it| problem.is_optimal(it));
    let certificate = Certificate {
        status: if problem.is_optimal(&weights) { Status::Optimal } else { Status::Inexact },
        duality_gap: problem.duality_gap(&weights),
        kkt_residual: problem.kkt_residual(&weights),
        data_rounding,
        uniqueness,
        perfect_fit,
        n_active: weights.iter().filter(|&&weight| weight > 0.0).count(),
        iterations: end.iterations,
    };
    let point = combine(problem.n_rows, &problem.columns, &weights);
    let fitted = target.iter().zip(&point).map(|(b, x)| b + problem.scale * x).collect();
    let residual: Vec<f64> = point.iter().map(|x| problem.scale * x).collect();
    let objective = dot(&residual, &residual);
    Ok(SimplexSolution { weights: problem.in_caller_order(&weights), fitted, objective, certificate })
}

/// The columns less the target, sorted by content and scaled by a power of two so that the largest entry is
/// near 1.
pub(crate) struct CenteredProblem {
    pub(crate) n_rows: usize,
    /// `d[j] / scale`, sorted.
    pub(crate) columns: Vec<Vec<f64>>,
    /// Which of the caller's columns each one is.
    pub(crate) order: Vec<usize>,
    /// The power of two that gives back the caller's unit.
    scale: f64,
    /// The length of a residual that the rounding of the data alone could leave, over `scale`.
    noise: f64,
}

impl CenteredProblem {
    pub(crate) fn new(target: &[f64], columns: &Columns) -> Result<Self, Error> {
        let n_rows = columns.n_rows();
        if target.len() != n_rows {
            return Err(Error::Shape { expected: n_rows, found: target.len() });
        }
        if let Some(row) = target.iter().position(|value| !value.is_finite()) {
            return Err(Error::NotFinite { row, column: None });
        }
        let all = (0..columns.n_columns()).map(|j| columns.column(j));
        let largest = all.clone().flatten().chain(target).fold(0.0, |most: f64, value| most.max(value.abs()));
        // Two steps, so that neither the differences nor their scale overflow.
        let first = power_of_two(largest);
        let mut centered: Vec<(Vec<f64>, usize)> = all
            .map(|column| column.iter().zip(target).map(|(a, b)| a / first - b / first).collect())
            .zip(0..)
            .collect();
        let spread = centered
            .iter()
            .flat_map(|(column, _)| column)
            .fold(0.0, |most: f64, value| most.max(value.abs()));
        let second = power_of_two(spread);
        for (column, _) in &mut centered {
            for value in column {
                *value /= second;
            }
        }
        centered.sort_by(|(a, _), (b, _)| {
            let differ = a.iter().zip(b).map(|(x, y)| x.total_cmp(y)).find(|order| order.is_ne());
            differ.unwrap_or(std::cmp::Ordering::Equal)
        });
        let (columns, order) = centered.into_iter().unzip();
        let noise = rounding(largest / first / second, n_rows);
        Ok(Self { n_rows, columns, order, scale: first * second, noise })
    }

    /// The largest violation of an optimality condition, without unit.
    fn kkt_residual(&self, weights: &[f64]) -> f64 {
        let reduced = reduced_costs(self.n_rows, &self.columns, weights);
        let mut worst = (1.0 - weights.iter().sum::<f64>()).abs();
        for ((cost, size), &weight) in reduced.costs.iter().zip(&reduced.sizes).zip(weights) {
            let violation = if weight > 0.0 { cost.abs() } else { -cost };
            if *size > 0.0 {
                worst = worst.max(violation / size);
            }
            worst = worst.max(-weight);
        }
        worst
    }

    /// `2 max(0, ‖x‖² − min d[j]ᵀx)`, in the caller's squared unit.
    fn duality_gap(&self, weights: &[f64]) -> f64 {
        let reduced = reduced_costs(self.n_rows, &self.columns, weights);
        let lowest = reduced.costs.iter().fold(0.0, |least: f64, &cost| least.min(cost));
        (-2.0 * lowest * self.scale * self.scale).max(0.0)
    }

    fn is_optimal(&self, weights: &[f64]) -> bool {
        self.kkt_residual(weights) <= KKT_TOLERANCE.max(self.data_rounding(weights))
    }

    /// The rounding of the data relative to the longest active column, as reduced costs are.
    fn data_rounding(&self, weights: &[f64]) -> f64 {
        let longest = largest_active(&self.columns, weights);
        if longest > 0.0 { self.noise / longest } else { 0.0 }
    }

    /// Solves again without the weights that the rounding of the data could have made, if that is as good.
    fn without_specks(&self, weights: Vec<f64>) -> Vec<f64> {
        let is_speck = |j: usize| {
            let length = norm(&self.columns[j]);
            let of_data = if length > 0.0 { self.noise / length } else { 0.0 };
            weights[j] <= of_data.clamp(SPECK, MOST_SPECK)
        };
        let support: Vec<usize> = (0..weights.len()).filter(|&j| !is_speck(j)).collect();
        if support.len() == weights.iter().filter(|&&weight| weight > 0.0).count() {
            return weights;
        }
        let Some(on_support) = affine_minimiser(&self.columns, &support) else { return weights };
        let mut without = vec![0.0; weights.len()];
        for (&j, weight) in support.iter().zip(on_support) {
            without[j] = weight;
        }
        if self.is_optimal(&without) { without } else { weights }
    }

    fn is_perfect(&self, weights: &[f64]) -> bool {
        let length = norm(&combine(self.n_rows, &self.columns, weights));
        length <= (PERFECT * largest_active(&self.columns, weights)).max(self.noise)
    }

    /// Values of the sorted columns, in the order of the caller's columns.
    pub(crate) fn in_caller_order(&self, values: &[f64]) -> Vec<f64> {
        let mut out = vec![0.0; values.len()];
        for (&value, &at) in values.iter().zip(&self.order) {
            out[at] = value;
        }
        out
    }

    /// Values of the caller's columns, in sorted order.
    pub(crate) fn in_sorted_order(&self, values: &[f64]) -> Vec<f64> {
        self.order.iter().map(|&at| values[at]).collect()
    }
}

/// The length of `n_rows` rounding errors of numbers of this size.
fn rounding(size: f64, n_rows: usize) -> f64 {
    4.0 * f64::EPSILON * size * (n_rows as f64).sqrt()
}

/// The power of two at or below a positive number; 1 for zero.
fn power_of_two(value: f64) -> f64 {
    if value > 0.0 { value.log2().floor().clamp(-1000.0, 1000.0).exp2() } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At weights that are not optimal the gap bounds the distance to the optimum, and the conditions do not
    /// hold.
    #[test]
    fn certificate_of_weights_that_are_not_optimal() {
        let columns = [1.0, 0.0, 0.0, 1.0, 3.0, 4.0];
        let target = [0.25, 0.5];
        let columns = Columns::new(2, columns.to_vec()).expect("a complete matrix");
        let problem = CenteredProblem::new(&target, &columns).expect("a complete target");
        let best = simplex_least_squares(&target, &columns).expect("a complete problem");
        assert_eq!(best.certificate.status, Status::Optimal);
        for weights in
            [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.4, 0.5, 0.1], [0.625, 0.374, 0.001]]
        {
            let objective: f64 = (0..2)
                .map(|t| target[t] - (0..3).map(|j| weights[j] * columns.column(j)[t]).sum::<f64>())
                .map(|gap| gap * gap)
                .sum();
            let sorted = problem.in_sorted_order(&weights);
            let gap = problem.duality_gap(&sorted);
            assert!(objective - best.objective <= gap, "{weights:?}: {objective} and a gap of {gap}");
            assert!(objective - best.objective > 1e-7 && gap < 60.0);
            assert!(problem.kkt_residual(&sorted) > 1e-5 && !problem.is_optimal(&sorted));
        }
        assert!(
            problem.kkt_residual(&[0.5, 0.5, 0.5]) >= 0.5 && problem.kkt_residual(&[-0.5, 1.5, 0.0]) >= 0.5
        );
    }
}
