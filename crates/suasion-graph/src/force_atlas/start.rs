//! Where nodes start.

use std::f64::consts::TAU;

use rayon::prelude::*;

use super::ForceAtlasOptions;
use super::levels::Level;
use crate::draws::Draws;

/// The first stream of draws of positions; those of centres come before.
const STREAMS: u64 = 1 << 40;

/// Anywhere in a disc about as large as the layout, by a draw of this number. A single node is in the middle.
pub(super) fn in_disc(level: &Level, options: ForceAtlasOptions, draw: u32) -> Vec<[f64; 2]> {
    let radius = if level.n_nodes() == 1 { 0.0 } else { level.radius(options.scaling) };
    let place = |u| drawn(radius, &mut Draws::new(options.seed, STREAMS | u64::from(draw) << 32 | u));
    (0..level.n_nodes() as u64).map(place).collect()
}

/// Halfway between the place of the centre and the mean place of those that a node is tied to, and a little off.
pub(super) fn around_centres(
    finer: &Level,
    coarse: &Level,
    places: &[u32],
    positions: &[[f64; 2]],
    options: ForceAtlasOptions,
    depth: usize,
) -> Vec<[f64; 2]> {
    let radii: Vec<f64> =
        (0..coarse.n_nodes()).into_par_iter().map(|u| room(coarse, positions, u, options.scaling)).collect();
    let place = |u: usize| {
        let own = places[u] as usize;
        let (mut x, mut y, mut strength) = (0.0, 0.0, 0.0);
        for (v, pull) in finer.row(u) {
            let at = positions[places[v as usize] as usize];
            x += pull * at[0];
            y += pull * at[1];
            strength += pull;
        }
        let at = positions[own];
        let mean = if strength > 0.0 { [x / strength, y / strength] } else { at };
        let mut draws = Draws::new(options.seed, (STREAMS * (depth as u64 + 2)) | u as u64);
        let off = drawn(radii[own], &mut draws);
        [0, 1].map(|axis| f64::midpoint(at[axis], mean[axis]) + off[axis])
    };
    (0..finer.n_nodes()).into_par_iter().map(place).collect()
}

/// How far the members of a coarse node are spread: half of their size without others, or of the way to the nearest
/// that it is tied to.
fn room(coarse: &Level, positions: &[[f64; 2]], u: usize, scaling: f64) -> f64 {
    let size = (scaling * coarse.masses[u]).sqrt();
    let [x, y] = positions[u];
    let distance = |(v, _): (u32, f64)| {
        let at = positions[v as usize];
        (at[0] - x).hypot(at[1] - y)
    };
    let way = coarse.row(u).map(distance).filter(|&way| way > 0.0).fold(size, f64::min);
    way / 2.0
}

/// A place in a disc around the origin, each as likely as any other.
fn drawn(radius: f64, draws: &mut Draws) -> [f64; 2] {
    let (distance, angle) = (radius * draws.unit().sqrt(), TAU * draws.unit());
    [distance * angle.cos(), distance * angle.sin()]
}
