//! Layout by ForceAtlas2: positions in the plane at which ties that attract and nodes that repel balance.
//!
//! **Formulas.** With m_u the number of nodes that u is tied to, plus 1, w_uv the weight of a tie, d the distance of u and v
//! and r_u that of u from the origin, there are three forces:
//!
//! - attraction w_uv^δ ln(1 + d) between nodes that are tied (LinLog), which keeps communities apart; w_uv^δ d with
//!   [`Attraction::Linear`];
//! - repulsion k_r m_u m_v / d between all nodes;
//! - gravity k_g m_u towards the origin, so that what is not tied stays near; k_g m_u r_u if it is strong.
//!
//! With F_u their sum on u and F'_u that of the iteration before, at first 0, u swings by |F_u − F'_u| and has traction
//! |F_u + F'_u| / 2. The global speed s is τ times the traction of all nodes over their swinging, both weighted by m_u,
//! and at most half as large again as before. Node u is moved by s F_u / (1 + s √swinging of u).
//!
//! **Shape and units.** n positions (x, y), in a unit of their own: two nodes with no other tie lie 2 √k_r apart under linear
//! attraction, without gravity. Only distances matter. Swinging and traction are forces.
//!
//! **Semantics.** The network is laid out as *undirected*: edges both ways add their weights. *Self-loops* and edges of *weight
//! zero* are left out. Without *weights* an edge weighs 1. *Isolates* are held by gravity alone: k of them spread to
//! a radius of about k_r k / k_g, and without gravity they fly off. Nodes in *one place* do not repel each other; the start
//! puts no two in one place. *One node* lies at the origin, and of *none* there is nothing to say. Another seed is
//! another draw: layouts differ in more than a turn.
//!
//! **Where this differs.** The step of the article is multiplied by k_s = 0.1 and held below a length of 10; here k_s
//! is 1, as in Gephi, and no step is longer than a tenth of the layout, √(k_r Σ m) at least, or than 2 / Σ_v w_uv^δ times the
//! force, beyond which a node overshoots the balance of its ties by more than it missed it. Under logarithmic attraction w_uv^δ
//! stands for w_uv^δ ln(1 + d) / d there, and steps are as much longer as attraction is weaker than if it were linear, which
//! is slow otherwise. It is the default here, and linear attraction that of the article and of other packages. The tolerance τ falls to zero over the last quarter
//! of iterations, so that nodes come to rest. Gephi (from 0.9) and fa2_modified tune τ by the number of nodes instead.
//! Hubs are not dissuaded: a tie would pull its two ends unequally, and which is which an undirected network does not say.
//!
//! **Method.** The start is a layout of a coarser network. Centres are drawn at random, no two of them tied; each other node joins
//! the centre that most of its strength leads to, and ties and masses of joined nodes are added up, which leaves forces
//! as they are at a distance. The coarsest network, of up to 50 nodes where it
//! can be, starts at random in a disc, sixteen times, and the layout of the least energy goes on: the sum over ties of
//! w_uv^δ d² / 2, over pairs of −k_r m_u m_v ln d, and over nodes of k_g m_u r_u, whose slopes are the forces. Going back, a node is put halfway between its
//! centre and the mean place of those that it is tied to, shifted a little at random. Repulsion is by the method of
//! Barnes and Hut, over a k-d tree: a cell of nodes acts as one at its centre of mass if it is at most θ times as large
//! as it is distant, where its size is twice the distance from its centre of mass to the farthest corner of what bounds
//! it, and its distance that from the nearest place of a leaf of up to 16 nodes, which go through the tree together. θ = 0 takes
//! all pairs.
//!
//! **Cost.** O(n log n + m) time an iteration at θ above 0, in parallel, on every level; coarser levels together take about half
//! as long as the network. 16 bytes an entry of a row, twice with what is coarser, and about 300 a node. Sums run over blocks
//! that follow from the network.
//!
//! M. Jacomy, T. Venturini, S. Heymann and M. Bastian (2014), "ForceAtlas2, a continuous graph layout algorithm for handy
//! network visualization designed for the Gephi software", *PLoS ONE* 9(6), e98679. J. Barnes and P. Hut (1986), "A
//! hierarchical O(N log N) force-calculation algorithm", *Nature* 324, 446–449. A. Noack (2007), "Energy models for graph
//! clustering", *Journal of Graph Algorithms and Applications* 11(2), 453–480. Levels: C. Walshaw (2003), "A multilevel
//! algorithm for force-directed graph-drawing", *Journal of Graph Algorithms and Applications* 7(3), 253–285.

mod levels;
mod motion;
mod repulsion;
mod start;

use rayon::prelude::*;

use crate::csr::Graph;
use crate::error::Error;
use crate::ties::mutual;
use levels::{Coarser, Level, SMALL};
use motion::Motion;

/// How the attraction of two nodes that are tied grows with their distance d.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attraction {
    /// As d.
    Linear,
    /// As ln(1 + d).
    Logarithmic,
}

/// How a network is laid out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ForceAtlasOptions {
    /// k_r: how strongly nodes repel each other, above 0.
    pub scaling: f64,
    /// k_g: how strongly nodes are drawn to the origin; not negative.
    pub gravity: f64,
    /// Whether gravity grows with the distance.
    pub strong_gravity: bool,
    /// How attraction grows with the distance.
    pub attraction: Attraction,
    /// δ: what power of a weight attracts; not negative.
    pub weight_influence: f64,
    /// τ: how much swinging is put up with, above 0. The larger, the faster and the less precise.
    pub tolerance: f64,
    /// θ: how large cells that repel as one may be for their distance; not negative, and 0 for none.
    pub theta: f64,
    /// How many iterations to take on each level.
    pub iterations: u32,
    /// Which draw.
    pub seed: u64,
}

impl Default for ForceAtlasOptions {
    /// Scaling 2, gravity 1 and not strong, logarithmic attraction by weights as they are, tolerance 1, θ 1.2, 100
    /// iterations.
    fn default() -> Self {
        Self {
            scaling: 2.0,
            gravity: 1.0,
            strong_gravity: false,
            attraction: Attraction::Logarithmic,
            weight_influence: 1.0,
            tolerance: 1.0,
            theta: 1.2,
            iterations: 100,
            seed: 0,
        }
    }
}

/// A layout, and how much it still moved.
#[derive(Debug, Clone, PartialEq)]
pub struct ForceAtlas {
    /// x and y of each node.
    pub positions: Vec<[f64; 2]>,
    /// How many levels there were, the network itself included.
    pub n_levels: u32,
    /// Σ_u m_u |F_u − F'_u| in the last iteration; `None` if there was none.
    pub swinging: Option<f64>,
    /// Σ_u m_u |F_u + F'_u| / 2 in the last iteration; `None` if there was none.
    pub traction: Option<f64>,
}

/// How many starts a small network has.
const STARTS: u32 = 16;

/// No larger number is taken, so that squares of forces do not overflow.
const MOST: f64 = 1e50;

/// Lays out a network.
///
/// Fails on options out of range, and on weights that are too large to be added up or to attract.
pub fn force_atlas_2(graph: &Graph, options: ForceAtlasOptions) -> Result<ForceAtlas, Error> {
    let network = level(graph, options)?;
    let mut coarser: Vec<Coarser> = Vec::new();
    while let Some(next) =
        coarser.last().map_or(&network, |last| &last.level).coarser(options.seed, coarser.len())
    {
        coarser.push(next);
    }
    let n_levels = coarser.len() as u32 + 1;
    let (mut positions, mut last) = first(coarser.last().map_or(&network, |last| &last.level), options);
    while let Some(Coarser { level, places }) = coarser.pop() {
        let finer = coarser.last().map_or(&network, |last| &last.level);
        positions = start::around_centres(finer, &level, &places, &positions, options, coarser.len());
        last = motion::lay_out(finer, &mut positions, options);
    }
    Ok(ForceAtlas {
        positions,
        n_levels,
        swinging: last.map(|last| last.swinging),
        traction: last.map(|last| last.traction),
    })
}

/// Lays out the coarsest level, a small one from several starts, of which that of the least energy is kept.
fn first(level: &Level, options: ForceAtlasOptions) -> (Vec<[f64; 2]>, Option<Motion>) {
    let n_starts = if level.n_nodes() <= SMALL { STARTS } else { 1 };
    let of_start = |draw: u32| {
        let mut positions = start::in_disc(level, options, draw);
        let last = motion::lay_out(level, &mut positions, options);
        let energy = if n_starts > 1 { motion::energy(level, &positions, options) } else { 0.0 };
        (energy, positions, last)
    };
    let found: Vec<_> = (0..n_starts).into_par_iter().map(of_start).collect();
    // The first of several that are as good.
    let least = found.into_iter().min_by(|a, b| a.0.total_cmp(&b.0));
    least.map_or_else(|| (Vec::new(), None), |(_, positions, last)| (positions, last))
}

/// The forces on all nodes at these positions, by x and y.
///
/// Fails as [`force_atlas_2`] does. Panics if there is not a position for each node, or if one is not finite.
pub fn forces(
    graph: &Graph,
    positions: &[[f64; 2]],
    options: ForceAtlasOptions,
) -> Result<Vec<[f64; 2]>, Error> {
    assert_eq!(positions.len(), graph.n_nodes() as usize, "there must be a position for each node");
    assert!(positions.iter().flatten().all(|at| at.is_finite()), "positions must be finite");
    let acting = motion::acting(&level(graph, options)?, positions, options);
    Ok(acting.into_iter().map(|acting| acting.force).collect())
}

/// The network as it is laid out.
fn level(graph: &Graph, options: ForceAtlasOptions) -> Result<Level, Error> {
    let ForceAtlasOptions { scaling, gravity, weight_influence, tolerance, theta, .. } = options;
    for (name, value) in [("the scaling", scaling), ("the tolerance", tolerance)] {
        if !(value > 0.0 && value <= MOST) {
            return Err(Error::LayoutOption { name, value, wanted: "above 0 and at most 1e50" });
        }
    }
    for (name, value) in
        [("the gravity", gravity), ("the weight influence", weight_influence), ("theta", theta)]
    {
        if !(0.0..=MOST).contains(&value) {
            return Err(Error::LayoutOption { name, value, wanted: "from 0 to 1e50" });
        }
    }
    let level = Level::new(&mutual(graph)?, weight_influence);
    if level.total_pull() > MOST { Err(Error::TiesTooStrong { most: MOST }) } else { Ok(level) }
}
