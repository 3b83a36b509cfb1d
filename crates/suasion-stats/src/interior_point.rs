//! Clarabel's interior-point method, for what the active-set solvers leave: linear programs, and a second
//! road to the weights.
//!
//! Goulart & Chen (2024), "Clarabel: an interior-point solver for conic programs with quadratic objectives".
//! The settings fix every tolerance; there is no time limit, so the clock cannot change a result. Stopping
//! rule: relative gap and feasibility 1e-11, or Clarabel's own reduced ones, which the status shows.

use clarabel::algebra::CscMatrix;
use clarabel::solver::SupportedConeT::{NonnegativeConeT, ZeroConeT};
use clarabel::solver::{DefaultSettings, DefaultSolver, IPSolver, SolverStatus, SupportedConeT};

/// The value of a linear program, from both sides.
pub(crate) struct LinearProgramValue {
    /// The objective at the solution found.
    pub(crate) primal: f64,
    /// The objective of the dual: no feasible point is better than it.
    pub(crate) dual: f64,
    /// Whether the solver reached its tolerances.
    pub(crate) solved: bool,
}

/// `min costᵀz` subject to `floor[i] + Σ directions[k][i] z[k] ≥ 0` for every `i`.
pub(crate) fn minimise_linear(cost: &[f64], directions: &[Vec<f64>], floor: &[f64]) -> LinearProgramValue {
    let n_variables = directions.len();
    let mut constraints = Triplets::new(n_variables);
    for direction in directions {
        constraints.column(direction.iter().map(|value| -value).enumerate());
    }
    let quadratic = CscMatrix::zeros((n_variables, n_variables));
    let constraints = constraints.matrix(floor.len());
    let solution = solve(&quadratic, cost, &constraints, floor, &[NonnegativeConeT(floor.len())]);
    LinearProgramValue {
        primal: solution.obj_val,
        dual: solution.obj_val_dual,
        solved: matches!(solution.status, SolverStatus::Solved | SolverStatus::AlmostSolved),
    }
}

/// Approximate weights of `min ‖Σ w[j] columns[j]‖²` on the simplex; all columns tied get about equal weights.
pub(crate) fn simplex_weights(n_rows: usize, columns: &[Vec<f64>]) -> Vec<f64> {
    // Variables (w, x); rows: D w − x = 0, Σ w = 1, w ≥ 0; objective ½ xᵀx.
    let n_columns = columns.len();
    let n_variables = n_columns + n_rows;
    let mut constraints = Triplets::new(n_variables);
    for (j, column) in columns.iter().enumerate() {
        let tail = [(n_rows, 1.0), (n_rows + 1 + j, -1.0)];
        constraints.column(column.iter().copied().enumerate().chain(tail));
    }
    for row in 0..n_rows {
        constraints.column([(row, -1.0)]);
    }
    let mut quadratic = Triplets::new(n_variables);
    for variable in 0..n_variables {
        quadratic.column((variable >= n_columns).then_some((variable, 1.0)));
    }
    let mut bounds = vec![0.0; n_rows + 1 + n_columns];
    bounds[n_rows] = 1.0;
    let solution = solve(
        &quadratic.matrix(n_variables),
        &vec![0.0; n_variables],
        &constraints.matrix(bounds.len()),
        &bounds,
        &[ZeroConeT(n_rows + 1), NonnegativeConeT(n_columns)],
    );
    solution.x[..n_columns].to_vec()
}

struct Solution {
    x: Vec<f64>,
    obj_val: f64,
    obj_val_dual: f64,
    status: SolverStatus,
}

fn solve(
    quadratic: &CscMatrix<f64>,
    linear: &[f64],
    constraints: &CscMatrix<f64>,
    bounds: &[f64],
    cones: &[SupportedConeT<f64>],
) -> Solution {
    let settings = DefaultSettings {
        verbose: false,
        tol_gap_abs: 1e-11,
        tol_gap_rel: 1e-11,
        tol_feas: 1e-11,
        direct_solve_method: "qdldl".to_owned(),
        ..DefaultSettings::default()
    };
    let mut solver = DefaultSolver::new(quadratic, linear, constraints, bounds, cones, settings);
    solver.solve();
    Solution {
        x: solver.solution.x.clone(),
        obj_val: solver.solution.obj_val,
        obj_val_dual: solver.solution.obj_val_dual,
        status: solver.solution.status,
    }
}

/// A sparse matrix built column by column, each with its rows in order.
struct Triplets {
    starts: Vec<usize>,
    rows: Vec<usize>,
    values: Vec<f64>,
}

impl Triplets {
    fn new(n_columns: usize) -> Self {
        let mut starts = Vec::with_capacity(n_columns + 1);
        starts.push(0);
        Self { starts, rows: Vec::new(), values: Vec::new() }
    }

    fn column(&mut self, entries: impl IntoIterator<Item = (usize, f64)>) {
        for (row, value) in entries {
            if value != 0.0 {
                self.rows.push(row);
                self.values.push(value);
            }
        }
        self.starts.push(self.rows.len());
    }

    fn matrix(self, n_rows: usize) -> CscMatrix<f64> {
        CscMatrix::new(n_rows, self.starts.len() - 1, self.starts, self.rows, self.values)
    }
}
