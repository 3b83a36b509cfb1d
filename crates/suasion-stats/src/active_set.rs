//! The active-set loop that the exact solvers share: least squares over non-negative weights.
//!
//! Given a feasible start whose support is independent, it solves the problem on the support as if signs did
//! not matter; steps towards that solution until a weight reaches zero and drops it; and when the support is
//! settled adds the variable whose reduced cost is most negative. Every settled support lowers the objective,
//! and there are finitely many, so it ends (Lawson & Hanson 1974, algorithm NNLS 23.10; Wolfe 1976, section
//! 4). A candidate that rounding alone proposed (it would enter with a weight ≤ 0, or depends on the support)
//! is set aside until something else moves, as Lawson and Hanson do.
//!
//! Stopping rule: no reduced cost is below −1 in units of its own rounding error; or the limit on settled
//! supports, which the caller's certificate then shows. Deterministic: ties go to the lowest index.

/// Where the loop ended.
pub(crate) struct ActiveSetEnd {
    /// The weights, not negative, zero outside the support.
    pub(crate) weights: Vec<f64>,
    /// How many supports were tried.
    pub(crate) iterations: usize,
}

/// Minimises over non-negative weights.
///
/// `solve_on(support)` gives the minimiser with all other weights at zero and signs ignored, or `None` if the
/// support is dependent. `reduced_costs(weights)` gives each variable's reduced cost divided by its rounding
/// error.
pub(crate) fn minimise(
    start: Vec<f64>,
    limit: usize,
    solve_on: impl Fn(&[usize]) -> Option<Vec<f64>>,
    reduced_costs: impl Fn(&[f64]) -> Vec<f64>,
) -> ActiveSetEnd {
    let mut support: Vec<usize> = (0..start.len()).filter(|&j| start[j] > 0.0).collect();
    let mut weights = start;
    let mut aside = vec![false; weights.len()];
    let mut entering = None;
    let mut iterations = 0;
    while iterations < limit {
        iterations += 1;
        if settle(&mut weights, &mut support, entering, &solve_on) {
            aside.fill(false);
        } else if let Some(rejected) = entering {
            aside[rejected] = true;
        }
        let costs = reduced_costs(&weights);
        let candidate = (0..weights.len())
            .filter(|&j| costs[j] < -1.0 && !aside[j] && !support.contains(&j))
            .min_by(|&i, &j| costs[i].total_cmp(&costs[j]));
        let Some(candidate) = candidate else { break };
        support.push(candidate);
        entering = Some(candidate);
    }
    for (j, weight) in weights.iter_mut().enumerate() {
        if !support.contains(&j) {
            *weight = 0.0;
        }
    }
    ActiveSetEnd { weights, iterations }
}

/// Moves to the minimiser on the support, dropping what turns negative. False if the entering variable was
/// refused.
fn settle(
    weights: &mut [f64],
    support: &mut Vec<usize>,
    entering: Option<usize>,
    solve_on: &impl Fn(&[usize]) -> Option<Vec<f64>>,
) -> bool {
    let mut first = true;
    loop {
        let entered = if first { entering } else { None };
        first = false;
        let wanted = solve_on(support);
        let refused = match &wanted {
            Some(wanted) => entered.is_some() && wanted.last().is_some_and(|&weight| weight <= 0.0),
            None => true,
        };
        let (Some(wanted), false) = (wanted, refused) else {
            if entered.is_some() {
                support.pop();
            }
            return false;
        };
        if wanted.iter().all(|&weight| weight > 0.0) {
            for (&j, weight) in support.iter().zip(wanted) {
                weights[j] = weight;
            }
            return true;
        }
        // The first weight to reach zero on the way from here to there.
        let reach = |k: usize| weights[support[k]] / (weights[support[k]] - wanted[k]);
        let Some(first_out) =
            (0..support.len()).filter(|&k| wanted[k] <= 0.0).min_by(|&a, &b| reach(a).total_cmp(&reach(b)))
        else {
            return true;
        };
        let step = if weights[support[first_out]] > 0.0 { reach(first_out) } else { 0.0 };
        for (k, &j) in support.iter().enumerate() {
            weights[j] += step * (wanted[k] - weights[j]);
            if k == first_out || (wanted[k] <= 0.0 && weights[j] <= 0.0) {
                weights[j] = 0.0;
            }
        }
        support.retain(|&j| weights[j] > 0.0);
    }
}
