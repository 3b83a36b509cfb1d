//! The few dense operations that the exact solvers share, on columns that are slices.
//!
//! Least squares go through faer's Householder QR with column pivoting on columns scaled to unit length,
//! followed by one step of refinement; what lies in the row space of a matrix, and what in its null space,
//! through faer's SVD. faer is built without threads, so repeated runs give the same bytes. Cost: O(m n²)
//! each.

use faer::Mat;
use faer::linalg::solvers::SolveLstsq;

/// Below this cosine-like distance a unit column counts as a combination of the columns before it.
const DEPENDENT: f64 = 1e-12;

/// Below this share of the largest one, a singular value counts as zero.
const ZERO_SINGULAR_VALUE: f64 = 1e-11;

/// The inner product.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// The Euclidean length.
pub(crate) fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

/// `Σ weights[k] columns[k]`, added in order.
pub(crate) fn combine<C: AsRef<[f64]>>(n_rows: usize, columns: &[C], weights: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; n_rows];
    for (column, &weight) in columns.iter().zip(weights) {
        if weight != 0.0 {
            for (total, value) in sum.iter_mut().zip(column.as_ref()) {
                *total += weight * value;
            }
        }
    }
    sum
}

/// `argmin ‖Σ u[k] columns[k] − target‖`, or `None` if the columns are linearly dependent up to rounding.
pub(crate) fn least_squares<C: AsRef<[f64]>>(columns: &[C], target: &[f64]) -> Option<Vec<f64>> {
    let (n_rows, n_columns) = (target.len(), columns.len());
    if n_columns == 0 {
        return Some(Vec::new());
    }
    if n_columns > n_rows {
        return None;
    }
    let lengths: Vec<f64> = columns.iter().map(|column| norm(column.as_ref())).collect();
    if lengths.contains(&0.0) {
        return None;
    }
    let qr = Mat::from_fn(n_rows, n_columns, |i, k| columns[k].as_ref()[i] / lengths[k]).col_piv_qr();
    let r = qr.thin_R();
    if (0..n_columns).any(|k| r[(k, k)].abs() <= DEPENDENT) {
        return None;
    }
    let solve = |rhs: &[f64]| -> Vec<f64> {
        let solution = qr.solve_lstsq(Mat::from_fn(n_rows, 1, |i, _| rhs[i]));
        (0..n_columns).map(|k| solution[(k, 0)] / lengths[k]).collect()
    };
    let mut solution = solve(target);
    let fitted = combine(n_rows, columns, &solution);
    let residual: Vec<f64> = target.iter().zip(&fitted).map(|(b, a)| b - a).collect();
    for (value, correction) in solution.iter_mut().zip(solve(&residual)) {
        *value += correction;
    }
    Some(solution)
}

/// The solutions of `G w = h`: the shortest one, and an orthonormal basis of the null space of `G`.
pub(crate) struct AffineSolutions {
    /// `G⁺ h`.
    pub(crate) shortest: Vec<f64>,
    /// Orthonormal columns that span the null space of `G`, each as long as `shortest`.
    pub(crate) null_space: Vec<Vec<f64>>,
}

/// All solutions of `Σ w[k] columns[k] = target`, in the least-squares sense; `None` if the SVD did not
/// converge.
pub(crate) fn affine_solutions<C: AsRef<[f64]>>(columns: &[C], target: &[f64]) -> Option<AffineSolutions> {
    let (n_rows, n_columns) = (target.len(), columns.len());
    let svd = Mat::from_fn(n_rows, n_columns, |i, k| columns[k].as_ref()[i]).svd().ok()?;
    let (u, v) = (svd.U(), svd.V());
    let s: Vec<f64> = (0..n_rows.min(n_columns)).map(|k| svd.S()[k]).collect();
    let cut = ZERO_SINGULAR_VALUE * s.first().copied().unwrap_or(0.0);
    let rank = s.iter().take_while(|&&value| value > cut).count();
    let right = |k: usize| -> Vec<f64> { (0..n_columns).map(|i| v[(i, k)]).collect() };
    let solve = |rhs: &[f64]| -> Vec<f64> {
        let mut solution = vec![0.0; n_columns];
        for (k, singular_value) in s.iter().enumerate().take(rank) {
            let share = (0..n_rows).map(|i| u[(i, k)] * rhs[i]).sum::<f64>() / singular_value;
            for (value, direction) in solution.iter_mut().zip(right(k)) {
                *value += share * direction;
            }
        }
        solution
    };
    let mut shortest = solve(target);
    let fitted = combine(n_rows, columns, &shortest);
    let residual: Vec<f64> = target.iter().zip(&fitted).map(|(h, g)| h - g).collect();
    for (value, correction) in shortest.iter_mut().zip(solve(&residual)) {
        *value += correction;
    }
    Some(AffineSolutions { shortest, null_space: (rank..n_columns).map(right).collect() })
}

/// The rank of a set of columns, by singular values.
pub(crate) fn rank<C: AsRef<[f64]>>(n_rows: usize, columns: &[C]) -> Option<usize> {
    let solutions = affine_solutions(columns, &vec![0.0; n_rows])?;
    Some(columns.len() - solutions.null_space.len())
}
