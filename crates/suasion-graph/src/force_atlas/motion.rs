//! Forces, and how nodes follow them.

use rayon::prelude::*;

use super::levels::Level;
use super::repulsion::repulsion;
use super::{Attraction, ForceAtlasOptions};
use crate::csr::sum;

/// How many nodes a task looks at. Sums over tasks are added in their order.
const TASK: usize = 1 << 9;
/// By how much the global speed may rise at once.
const RISE: f64 = 1.5;
/// No speed is larger: what does not swing at all would go ever faster.
const FASTEST: f64 = 1e9;
/// The longest step, as a share of the radius.
const LONGEST: f64 = 0.1;
/// Over what share of iterations, the last ones, the tolerance falls to zero.
const REST: f64 = 0.25;

/// How much nodes moved to and fro, and how much in one direction.
#[derive(Clone, Copy)]
pub(super) struct Motion {
    pub(super) swinging: f64,
    pub(super) traction: f64,
}

/// What acts on a node.
#[derive(Clone, Copy)]
pub(super) struct Acting {
    pub(super) force: [f64; 2],
    /// By how much the force that draws the node changes with a step, at most: force over distance.
    slope: f64,
    /// By how much less it changes than if attraction were linear.
    stretch: f64,
}

/// Moves nodes, iteration after iteration; says how they moved in the last, if there was one.
pub(super) fn lay_out(
    level: &Level,
    positions: &mut [[f64; 2]],
    options: ForceAtlasOptions,
) -> Option<Motion> {
    let radius = level.radius(options.scaling);
    let mut before = vec![[0.0; 2]; positions.len()];
    let mut speed = 1.0_f64;
    let mut last = None;
    for iteration in 0..options.iterations {
        let acting = acting(level, positions, options);
        let motion = motion(&acting, &before, &level.masses);
        let left = f64::from(options.iterations - iteration) / f64::from(options.iterations);
        let tolerance = options.tolerance * (left / REST).min(1.0);
        let wanted =
            if motion.swinging > 0.0 { tolerance * motion.traction / motion.swinging } else { f64::INFINITY };
        speed = wanted.min(RISE * speed).min(FASTEST);
        let longest = LONGEST * radius.max(spread(positions));
        positions.par_iter_mut().zip(&mut before).zip(&acting).with_min_len(TASK).for_each(
            |((at, before), &Acting { force, slope, stretch })| {
                let swinging = length([force[0] - before[0], force[1] - before[1]]);
                let step = stretch * speed / (1.0 + speed * swinging.sqrt());
                // Quotients of zero are infinite here, and no bound.
                let step = step.min(2.0 / slope).min(longest / length(force));
                at[0] += step * force[0];
                at[1] += step * force[1];
                *before = force;
            },
        );
        last = Some(motion);
    }
    last
}

/// The root of the mean square of distances from the origin.
fn spread(positions: &[[f64; 2]]) -> f64 {
    let of_task = |task: &[[f64; 2]]| task.iter().fold(0.0, |sum, [x, y]| sum + (x * x + y * y));
    let parts: Vec<f64> = positions.par_chunks(TASK).map(of_task).collect();
    (sum(parts.into_iter()) / positions.len() as f64).sqrt()
}

/// What acts on each node.
pub(super) fn acting(level: &Level, positions: &[[f64; 2]], options: ForceAtlasOptions) -> Vec<Acting> {
    let pushes = repulsion(positions, &level.masses, options.theta);
    let of_node = |(u, push): (usize, &[f64; 2])| {
        let [x, y] = positions[u];
        let (mut pull_x, mut pull_y, mut slope, mut linear) = (0.0, 0.0, 0.0, 0.0);
        for (v, pull) in level.row(u) {
            let at = positions[v as usize];
            let (dx, dy) = (at[0] - x, at[1] - y);
            let share = match options.attraction {
                Attraction::Linear => pull,
                Attraction::Logarithmic => pull * logarithm_share(length([dx, dy])),
            };
            pull_x += share * dx;
            pull_y += share * dy;
            slope += share;
            linear += pull;
        }
        let distance = length([x, y]);
        let weight = options.gravity * level.masses[u];
        let gravity = match (options.strong_gravity, distance > 0.0) {
            (true, _) => weight,
            (false, true) => weight / distance,
            (false, false) => 0.0,
        };
        if options.strong_gravity {
            slope += weight;
            linear += weight;
        }
        let scale = options.scaling * level.masses[u];
        let stretch = if slope > 0.0 { linear / slope } else { 1.0 };
        Acting {
            force: [scale * push[0] + pull_x - gravity * x, scale * push[1] + pull_y - gravity * y],
            slope,
            stretch,
        }
    };
    pushes.par_iter().enumerate().with_min_len(TASK).map(of_node).collect()
}

/// What forces are the slopes of, by all pairs.
pub(super) fn energy(level: &Level, positions: &[[f64; 2]], options: ForceAtlasOptions) -> f64 {
    let distance =
        |u: usize, v: usize| length([positions[u][0] - positions[v][0], positions[u][1] - positions[v][1]]);
    let of_node = |u: usize| {
        let mass = level.masses[u];
        let pulls = level.row(u).map(|(v, pull)| {
            let distance = distance(u, v as usize);
            // Each tie is met twice.
            pull / 2.0
                * match options.attraction {
                    Attraction::Linear => distance * distance / 2.0,
                    Attraction::Logarithmic => (1.0 + distance) * distance.ln_1p() - distance,
                }
        });
        let pushes = (0..u).map(|v| -mass * level.masses[v] * distance(u, v).ln());
        let from_middle = length(positions[u]);
        let drawn = if options.strong_gravity { from_middle * from_middle / 2.0 } else { from_middle };
        sum(pulls) + options.scaling * sum(pushes) + options.gravity * mass * drawn
    };
    sum((0..positions.len()).map(of_node))
}

/// ln(1 + d) / d.
fn logarithm_share(distance: f64) -> f64 {
    if distance > 0.0 { distance.ln_1p() / distance } else { 1.0 }
}

/// Swinging and traction of all nodes, by mass.
fn motion(acting: &[Acting], before: &[[f64; 2]], masses: &[f64]) -> Motion {
    let of_task = |task: usize| {
        let (mut swinging, mut traction) = (0.0, 0.0);
        for u in task * TASK..((task + 1) * TASK).min(acting.len()) {
            let (force, before) = (acting[u].force, before[u]);
            swinging += masses[u] * length([force[0] - before[0], force[1] - before[1]]);
            traction += masses[u] * length([force[0] + before[0], force[1] + before[1]]) / 2.0;
        }
        (swinging, traction)
    };
    let parts: Vec<(f64, f64)> = (0..acting.len().div_ceil(TASK)).into_par_iter().map(of_task).collect();
    Motion { swinging: sum(parts.iter().map(|part| part.0)), traction: sum(parts.iter().map(|part| part.1)) }
}

/// Squares do not overflow here, and `f64::hypot` takes many times as long.
fn length([x, y]: [f64; 2]) -> f64 {
    (x * x + y * y).sqrt()
}
