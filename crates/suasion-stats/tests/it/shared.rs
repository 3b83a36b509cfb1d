//! Panels, random numbers, and textbook versions that share no code with the crate.

use suasion_stats::columns::Columns;
use suasion_stats::panel::Panel;
use suasion_stats::synthetic_control::{Design, Scale};

/// A small fixed generator (Knuth's MMIX constants): the tests need variety, not quality.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed ^ 0x9e37_79b9_7f4a_7c15)
    }

    /// Uniform on −0.5 … 0.5.
    pub(crate) fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
    }

    pub(crate) fn vector(&mut self, length: usize) -> Vec<f64> {
        (0..length).map(|_| self.uniform()).collect()
    }
}

pub(crate) fn columns(list: &[Vec<f64>]) -> Columns {
    Columns::new(list[0].len(), list.concat()).unwrap()
}

pub(crate) fn panel(units: &[Vec<f64>]) -> Panel {
    Panel::new(units.len(), units[0].len(), units.concat()).unwrap()
}

/// Unit 0 treated, all others donors.
pub(crate) fn first_treated(panel: &Panel, n_pre: usize, scale: Scale) -> Design {
    Design { treated: 0, donors: (1..panel.n_units()).collect(), n_pre, n_post: None, scale }
}

/// A panel of a common trend, unit levels and noise; the first unit is unit 0.
pub(crate) fn trending_panel(seed: u64, n_units: usize, n_periods: usize) -> Panel {
    let mut numbers = Numbers::new(seed);
    let units: Vec<Vec<f64>> = (0..n_units)
        .map(|_| {
            let (level, slope) = (10.0 + 4.0 * numbers.uniform(), 1.0 + numbers.uniform());
            (0..n_periods).map(|t| level + 0.2 * slope * t as f64 + numbers.uniform()).collect()
        })
        .collect();
    panel(&units)
}

#[track_caller]
pub(crate) fn assert_near(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "found {found}, expected {expected} within {tolerance}");
}

#[track_caller]
pub(crate) fn assert_all_near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (a, b) in found.iter().zip(expected) {
        assert_near(*a, *b, tolerance);
    }
}

pub(crate) fn fitted(list: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    (0..list[0].len()).map(|t| list.iter().zip(weights).map(|(column, w)| column[t] * w).sum()).collect()
}

pub(crate) fn objective(target: &[f64], list: &[Vec<f64>], weights: &[f64]) -> f64 {
    target.iter().zip(fitted(list, weights)).map(|(b, a)| (b - a) * (b - a)).sum()
}

/// The textbook version: every support, the first-order conditions with a multiplier for the sum, by Gaussian
/// elimination; the best of those without a negative weight. Supports with dependent columns are skipped: some
/// independent support reaches the optimum (Carathéodory).
pub(crate) fn best_by_enumeration(target: &[f64], list: &[Vec<f64>]) -> (Vec<f64>, f64) {
    let n = list.len();
    let mut best = (Vec::new(), f64::INFINITY);
    for bits in 1_u32..1 << n {
        let support: Vec<usize> = (0..n).filter(|&j| bits >> j & 1 == 1).collect();
        let k = support.len();
        let inner = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(x, y)| x * y).sum() };
        let shifted: Vec<Vec<f64>> =
            list.iter().map(|column| column.iter().zip(target).map(|(a, b)| a - b).collect()).collect();
        let mut system = vec![vec![0.0; k + 2]; k + 1];
        for (row, &i) in support.iter().enumerate() {
            for (column, &j) in support.iter().enumerate() {
                system[row][column] = inner(&shifted[i], &shifted[j]);
            }
            system[row][k] = 1.0;
            system[k][row] = 1.0;
        }
        system[k][k + 1] = 1.0;
        let Some(solution) = solve_by_elimination(system) else { continue };
        if solution[..k].iter().any(|&w| w < -1e-9) {
            continue;
        }
        let mut weights = vec![0.0; n];
        for (&j, w) in support.iter().zip(&solution) {
            weights[j] = *w;
        }
        let value = objective(target, list, &weights);
        if value < best.1 {
            best = (weights, value);
        }
    }
    best
}

/// Gaussian elimination with partial pivoting on an augmented system; none if it is singular.
fn solve_by_elimination(mut system: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let n = system.len();
    let size = system.iter().flatten().fold(0.0, |most: f64, value| most.max(value.abs()));
    for pivot in 0..n {
        let best = (pivot..n).max_by(|&a, &b| system[a][pivot].abs().total_cmp(&system[b][pivot].abs()))?;
        system.swap(pivot, best);
        if system[pivot][pivot].abs() <= 1e-13 * size {
            return None;
        }
        let above = system[pivot].clone();
        for row in &mut system[pivot + 1..] {
            let factor = row[pivot] / above[pivot];
            for (value, subtracted) in row.iter_mut().zip(&above).skip(pivot) {
                *value -= factor * subtracted;
            }
        }
    }
    let mut solution = vec![0.0; n];
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|column| system[row][column] * solution[column]).sum();
        solution[row] = (system[row][n] - known) / system[row][row];
    }
    Some(solution)
}
