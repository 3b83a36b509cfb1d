//! What can be said when many weights fit equally well.
//!
//! The fitted point `x = D w` of a least-squares problem on the simplex is unique, so the optimal weights are
//! the polytope
//!
//! ```text
//! { w ≥ 0 on the tied columns, 0 elsewhere :  D w = x,  Σ w = 1 }
//! ```
//!
//! where a column is tied if its reduced cost `d[j]ᵀx − ‖x‖²` is zero. With a perfect fit (`x = 0`) every
//! column is.
//!
//! - *Is it one point?* Let the support of some optimal weights with affinely independent columns be given,
//!   and write `g[j] = (d[j], 1)`. There is another optimum iff some non-negative combination of the other
//!   tied `g[j]` lies in the span of the support's, that is, iff the origin is in the convex hull of what is
//!   left of them after projecting that span off. Deciding that is again a nearest-point problem, solved
//!   exactly.
//! - *Which one to return?* The shortest. Its problem, `min ‖w‖` on the polytope, is a least-distance problem
//!   in the null space of `G`, solved by non-negative least squares (Lawson & Hanson 1974, chapter 23,
//!   algorithm LDP).
//! - *What do they agree on?* [`range_over_optimal_weights`]: the least and the largest value of a linear
//!   functional, such as the mean gap after treatment, by two linear programs.
//!
//! Abadie & L'Hour (2021, JASA 116, 1817–1834) discuss when this happens: more donors than periods and a
//! treated unit inside their hull. Assumptions: none beyond finite numbers; a distance of at most 1e-9, on
//! columns of unit length, counts as zero. Stopping rules: those of the solvers. Errors: lengths that do not
//! match. Cost: one SVD of `(T + 1) × J`, and a linear program of at most `J` variables for each end of a
//! range.

use crate::Error;
use crate::active_set::minimise;
use crate::columns::Columns;
use crate::dense::{AffineSolutions, affine_solutions, combine, dot, least_squares, norm};
use crate::interior_point::minimise_linear;
use crate::min_norm_point::{ReducedCosts, nearest_point, reduced_costs};
use crate::simplex_qp::{CenteredProblem, Certificate, SimplexSolution, Uniqueness};

/// Reduced costs at most this, relative to their size, are zero; or the rounding of the data, if that is
/// larger.
const TIED: f64 = 1e-12;

/// A distance at most this, on columns of unit length, is zero.
const COINCIDENT: f64 = 1e-9;

/// Weights at most this are zero.
const NO_WEIGHT: f64 = 1e-13;

/// The least and the largest value of a linear functional over the optimal weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FunctionalRange {
    /// No optimal weights give less.
    pub lower: f64,
    /// No optimal weights give more.
    pub upper: f64,
    /// Whether both linear programs reached their tolerance. If not, the ends are bounds that hold for any
    /// weights.
    pub converged: bool,
}

impl FunctionalRange {
    /// A range of one value.
    pub(crate) fn point(value: f64) -> Self {
        Self { lower: value, upper: value, converged: true }
    }
}

/// The range of `Σ functional[j] w[j]` over all weights that fit as well as the solution's.
///
/// `target` and `columns` are those that the solution is of. If the weights are unique both ends are the same
/// number.
pub fn range_over_optimal_weights(
    target: &[f64],
    columns: &Columns,
    solution: &SimplexSolution,
    functional: &[f64],
) -> Result<FunctionalRange, Error> {
    let n_columns = columns.n_columns();
    for found in [functional.len(), solution.weights.len()] {
        if found != n_columns {
            return Err(Error::Shape { expected: n_columns, found });
        }
    }
    if let Some(column) = functional.iter().position(|value| !value.is_finite()) {
        return Err(Error::NotFinite { row: 0, column: Some(column) });
    }
    let problem = CenteredProblem::new(target, columns)?;
    let value = dot(functional, &solution.weights);
    if solution.certificate.is_unique() {
        return Ok(FunctionalRange::point(value));
    }
    let weights = problem.in_sorted_order(&solution.weights);
    let functional = problem.in_sorted_order(functional);
    let Certificate { perfect_fit, data_rounding, .. } = solution.certificate;
    let tied = tied_columns(problem.n_rows, &problem.columns, &weights, perfect_fit, data_rounding);
    let costs: Vec<f64> = tied.iter().map(|&j| functional[j]).collect();
    let (least, most) = (costs.iter().copied().reduce(f64::min), costs.iter().copied().reduce(f64::max));
    let any_weights =
        FunctionalRange { lower: least.unwrap_or(value), upper: most.unwrap_or(value), converged: false };
    let (g, _) = face_constraints(problem.n_rows, &problem.columns, &weights, &tied, true);
    let Some(AffineSolutions { null_space, .. }) = affine_solutions(&g, &vec![0.0; problem.n_rows + 1])
    else {
        return Ok(any_weights);
    };
    // Along the null space from the known optimum; the unit of the functional is its own spread.
    let spread = any_weights.upper - any_weights.lower;
    let slopes: Vec<f64> = null_space.iter().map(|direction| dot(direction, &costs) / spread).collect();
    if spread == 0.0 || slopes.iter().all(|slope| slope.abs() <= 1e-14) {
        return Ok(FunctionalRange::point(value));
    }
    let floor: Vec<f64> = tied.iter().map(|&j| weights[j]).collect();
    let down = minimise_linear(&slopes, &null_space, &floor);
    let negated: Vec<f64> = slopes.iter().map(|slope| -slope).collect();
    let up = minimise_linear(&negated, &null_space, &floor);
    if !(down.solved && up.solved) {
        return Ok(any_weights);
    }
    // Whichever side of the primal and the dual is the wider, and never narrower than the value itself.
    let lower = value + spread * down.primal.min(down.dual).min(0.0);
    let upper = value - spread * up.primal.min(up.dual).min(0.0);
    Ok(FunctionalRange {
        lower: lower.max(any_weights.lower).min(value),
        upper: upper.min(any_weights.upper).max(value),
        converged: true,
    })
}

/// The columns whose reduced cost is zero; all of them if the fit is perfect.
pub(crate) fn tied_columns(
    n_rows: usize,
    columns: &[Vec<f64>],
    weights: &[f64],
    perfect_fit: bool,
    data_rounding: f64,
) -> Vec<usize> {
    let ReducedCosts { costs, sizes } = reduced_costs(n_rows, columns, weights);
    let share = TIED.max(data_rounding);
    (0..columns.len()).filter(|&j| perfect_fit || weights[j] > 0.0 || costs[j] <= share * sizes[j]).collect()
}

/// The weights to return, and whether they are the only ones.
pub(crate) struct Resolved {
    pub(crate) weights: Vec<f64>,
    pub(crate) uniqueness: Uniqueness,
}

/// Decides uniqueness, given optimal weights on affinely independent columns, and returns the shortest
/// optimal weights.
pub(crate) fn resolve(
    n_rows: usize,
    columns: &[Vec<f64>],
    weights: Vec<f64>,
    tied: &[usize],
    perfect_fit: bool,
    accept: impl Fn(&[f64]) -> bool,
) -> Resolved {
    let others: Vec<usize> = tied.iter().copied().filter(|&j| weights[j] <= 0.0).collect();
    if others.is_empty() {
        return Resolved { weights, uniqueness: Uniqueness::StrictlyComplementary };
    }
    let (g, h) = face_constraints(n_rows, columns, &weights, tied, perfect_fit);
    if let Some(distance) = exchange_distance(&g, tied, &weights).filter(|&distance| distance > COINCIDENT) {
        return Resolved { weights, uniqueness: Uniqueness::Pinned { distance } };
    }
    let candidate = shortest_weights(&g, &h).map(|on_tied| {
        let mut full = vec![0.0; columns.len()];
        for (&j, weight) in tied.iter().zip(on_tied) {
            full[j] = weight;
        }
        share_among_equals(columns, &mut full);
        full
    });
    match candidate.filter(|weights| accept(weights)) {
        Some(weights) => {
            Resolved { weights, uniqueness: Uniqueness::Many { n_tied: tied.len(), shortest: true } }
        }
        None => Resolved { weights, uniqueness: Uniqueness::Many { n_tied: tied.len(), shortest: false } },
    }
}

/// `g[j] = (d[j], 1)` for the tied columns, and `h = (x, 1)`, with `d` in units of the longest tied column.
fn face_constraints(
    n_rows: usize,
    columns: &[Vec<f64>],
    weights: &[f64],
    tied: &[usize],
    perfect_fit: bool,
) -> (Vec<Vec<f64>>, Vec<f64>) {
    let longest = tied.iter().map(|&j| norm(&columns[j])).fold(0.0, f64::max);
    let unit = if longest > 0.0 { longest } else { 1.0 };
    let extend = |column: &[f64]| column.iter().map(|value| value / unit).chain([1.0]).collect::<Vec<f64>>();
    let point = if perfect_fit { vec![0.0; n_rows] } else { combine(n_rows, columns, weights) };
    (tied.iter().map(|&j| extend(&columns[j])).collect(), extend(&point))
}

/// How far the origin is from the hull of the tied columns without weight, the span of the others projected
/// off.
fn exchange_distance(g: &[Vec<f64>], tied: &[usize], weights: &[f64]) -> Option<f64> {
    let with_weight = |k: &usize| weights[tied[*k]] > 0.0;
    let support: Vec<&[f64]> = (0..g.len()).filter(with_weight).map(|k| g[k].as_slice()).collect();
    let mut left = Vec::new();
    for column in (0..g.len()).filter(|k| !with_weight(k)).map(|k| &g[k]) {
        let shares = least_squares(&support, column)?;
        let explained = combine(column.len(), &support, &shares);
        let length = norm(column);
        left.push(
            column.iter().zip(explained).map(|(value, part)| (value - part) / length).collect::<Vec<f64>>(),
        );
    }
    let n_rows = left.first()?.len();
    let nearest = nearest_point(n_rows, &left, None).weights;
    Some(norm(&combine(n_rows, &left, &nearest)))
}

/// `min ‖w‖` subject to `G w = h`, `w ≥ 0`.
fn shortest_weights(g: &[Vec<f64>], h: &[f64]) -> Option<Vec<f64>> {
    let n = g.len();
    let AffineSolutions { shortest, null_space } = affine_solutions(g, h)?;
    if shortest.iter().all(|&weight| weight >= -NO_WEIGHT) {
        return Some(cleaned(shortest));
    }
    // w = shortest + N z; min ‖z‖ with N z ≥ −shortest, as non-negative least squares in its multipliers.
    let k = null_space.len();
    let columns: Vec<Vec<f64>> = (0..n)
        .map(|j| null_space.iter().map(|direction| direction[j]).chain([-shortest[j]]).collect())
        .collect();
    let mut target = vec![0.0; k + 1];
    target[k] = 1.0;
    let residual = |multipliers: &[f64]| -> Vec<f64> {
        combine(k + 1, &columns, multipliers).iter().zip(&target).map(|(value, goal)| value - goal).collect()
    };
    let solve_on = |support: &[usize]| {
        let chosen: Vec<&[f64]> = support.iter().map(|&j| columns[j].as_slice()).collect();
        least_squares(&chosen, &target)
    };
    let costs_in_ulps = |multipliers: &[f64]| {
        let residual = residual(multipliers);
        let rounding = |column: &[f64]| 64.0 * f64::EPSILON * norm(column);
        let cost = |column: &Vec<f64>| {
            let size = rounding(column);
            if size > 0.0 { dot(column, &residual) / size } else { 0.0 }
        };
        columns.iter().map(cost).collect()
    };
    let multipliers = minimise(vec![0.0; n], 100 + 10 * n, solve_on, costs_in_ulps).weights;
    // On the columns left free, the shortest solution once more, without the error of the multipliers.
    let free: Vec<usize> = (0..n).filter(|&j| multipliers[j] <= 0.0).collect();
    let chosen: Vec<&[f64]> = free.iter().map(|&j| g[j].as_slice()).collect();
    let polished = affine_solutions(&chosen, h)?.shortest;
    let mut weights = vec![0.0; n];
    if polished.iter().all(|&weight| weight >= -COINCIDENT) {
        for (&j, weight) in free.iter().zip(polished) {
            weights[j] = weight;
        }
    } else {
        let residual = residual(&multipliers);
        let steps: Vec<f64> = residual[..k].iter().map(|value| -value / residual[k]).collect();
        weights =
            combine(n, &null_space, &steps).iter().zip(&shortest).map(|(step, from)| from + step).collect();
    }
    Some(cleaned(weights))
}

/// Without rounding's negative weights and specks, and with sum 1.
fn cleaned(mut weights: Vec<f64>) -> Vec<f64> {
    for weight in &mut weights {
        if *weight <= NO_WEIGHT {
            *weight = 0.0;
        }
    }
    let total: f64 = weights.iter().sum();
    for weight in &mut weights {
        *weight /= total;
    }
    weights
}

/// Columns that are equal to the last bit, which sorting put side by side, get the same weight.
fn share_among_equals(columns: &[Vec<f64>], weights: &mut [f64]) {
    let mut start = 0;
    for run in columns.chunk_by(|a, b| a == b) {
        let weights = &mut weights[start..start + run.len()];
        weights.fill(weights.iter().sum::<f64>() / run.len() as f64);
        start += run.len();
    }
}
