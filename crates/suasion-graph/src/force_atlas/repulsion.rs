//! Repulsion between all pairs, near ones one by one and far ones by the mass of cells.

use rayon::prelude::*;

use crate::kd_tree::{KdTree, Point};

/// How many nodes a leaf holds at most. They share a list of what repels them.
const LEAF: usize = 16;
/// How many leaves a task takes.
const TASK: usize = 16;
/// How many sources are added side by side.
const LANES: usize = 4;
/// Below every square of a distance between places that differ, so that nothing divides by zero.
const TINY: f64 = 1e-300;

/// The mass of a cell.
#[derive(Clone, Copy)]
struct Cell {
    at: [f64; 2],
    mass: f64,
    /// The square of twice the largest distance at which it could have a node.
    square_size: f64,
}

/// What repels a group, in columns.
#[derive(Default)]
struct Sources {
    x: Vec<f64>,
    y: Vec<f64>,
    mass: Vec<f64>,
    /// Cells that have not been looked at.
    cells: Vec<u32>,
}

impl Sources {
    fn push(&mut self, [x, y]: [f64; 2], mass: f64) {
        self.x.push(x);
        self.y.push(y);
        self.mass.push(mass);
    }
}

/// Σ_v m_v (x_u − x_v) / |x_u − x_v|² for each node u.
pub(super) fn repulsion(positions: &[[f64; 2]], masses: &[f64], theta: f64) -> Vec<[f64; 2]> {
    let points = positions.iter().zip(0..).map(|(&at, node)| Point { at, node }).collect();
    let tree = KdTree::new(points, LEAF);
    let of_points: Vec<f64> = tree.points.iter().map(|point| masses[point.node as usize]).collect();
    let cells = cells(&tree, &of_points);
    let found: Vec<Vec<[f64; 2]>> = (0..tree.n_leaves().div_ceil(TASK))
        .into_par_iter()
        .map(|task| {
            let mut sources = Sources::default();
            let mut found = Vec::new();
            for leaf in task * TASK..((task + 1) * TASK).min(tree.n_leaves()) {
                let leaf = tree.n_cut() + leaf;
                gather(&tree, &cells, &of_points, theta, leaf, &mut sources);
                found.extend(tree.points[tree.span(leaf)].iter().map(|point| push(&sources, point.at)));
            }
            found
        })
        .collect();
    let mut forces = vec![[0.0; 2]; positions.len()];
    for (point, force) in tree.points.iter().zip(found.iter().flatten()) {
        forces[point.node as usize] = *force;
    }
    forces
}

/// Masses of cells, from the leaves up.
fn cells(tree: &KdTree, masses: &[f64]) -> Vec<Cell> {
    let none = Cell { at: [0.0; 2], mass: 0.0, square_size: 0.0 };
    let mut cells = vec![none; tree.bounds.len()];
    let cell = |parts: &mut dyn Iterator<Item = ([f64; 2], f64)>, cell: usize| {
        let (mut x, mut y, mut mass) = (0.0, 0.0, 0.0);
        for (at, part) in parts {
            x += at[0] * part;
            y += at[1] * part;
            mass += part;
        }
        let at = [x / mass, y / mass];
        Cell { at, mass, square_size: 4.0 * tree.bounds[cell].square_reach(at) }
    };
    let (cut, leaves) = cells.split_at_mut(tree.n_cut());
    leaves.par_iter_mut().enumerate().with_min_len(64).for_each(|(at, leaf)| {
        let number = tree.n_cut() + at;
        let span = tree.span(number);
        let points = tree.points[span.clone()].iter().zip(&masses[span]);
        *leaf = cell(&mut points.map(|(point, &mass)| (point.at, mass)), number);
    });
    for at in (0..cut.len()).rev() {
        let below = [2 * at + 1, 2 * at + 2].map(|below| cells[below]);
        cells[at] = cell(&mut below.iter().map(|below| (below.at, below.mass)), at);
    }
    cells
}

/// Finds what repels the nodes of a leaf: cells that are far enough from all of them, and the nodes of leaves that are
/// not.
fn gather(tree: &KdTree, cells: &[Cell], masses: &[f64], theta: f64, leaf: usize, sources: &mut Sources) {
    sources.x.clear();
    sources.y.clear();
    sources.mass.clear();
    sources.cells.push(0);
    let bounds = tree.bounds[leaf];
    while let Some(number) = sources.cells.pop() {
        let Cell { at, mass, square_size } = cells[number as usize];
        if bounds.square_distance(at) * (theta * theta) > square_size {
            sources.push(at, mass);
        } else if (number as usize) < tree.n_cut() {
            sources.cells.extend([2 * number + 2, 2 * number + 1]);
        } else {
            for slot in tree.span(number as usize) {
                sources.push(tree.points[slot].at, masses[slot]);
            }
        }
    }
    while !sources.x.len().is_multiple_of(LANES) {
        sources.push([0.0; 2], 0.0);
    }
}

/// What all sources together do to a place.
fn push(sources: &Sources, [x, y]: [f64; 2]) -> [f64; 2] {
    let (mut along_x, mut along_y) = ([0.0; LANES], [0.0; LANES]);
    let (xs, _) = sources.x.as_chunks::<LANES>();
    let (ys, _) = sources.y.as_chunks::<LANES>();
    let (masses, _) = sources.mass.as_chunks::<LANES>();
    for ((xs, ys), masses) in xs.iter().zip(ys).zip(masses) {
        for lane in 0..LANES {
            let (dx, dy) = (x - xs[lane], y - ys[lane]);
            let square = dx * dx + dy * dy;
            let share = masses[lane] / if square > TINY { square } else { TINY };
            along_x[lane] += dx * share;
            along_y[lane] += dy * share;
        }
    }
    [along_x, along_y].map(|lanes| lanes.into_iter().fold(0.0, |sum, lane| sum + lane))
}
