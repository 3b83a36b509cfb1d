//! HyperBall: harmonic closeness, closeness and the neighbourhood function, estimated for graphs too large to search
//! from every node.
//!
//! **Method.** The ball of radius t around v holds the nodes u with d(u, v) ≤ t. Each node has a HyperLogLog counter of
//! its ball: m registers, of which the i-th holds the largest ρ(x) among the nodes hashed to it, ρ being one more than
//! the trailing zeros of a hash. The ball of radius t is the union of those of radius t − 1 around v and its
//! in-neighbours, and the counter of a union is the greater of each register. Steps are taken until no counter changes,
//! never fewer. With B_t the size of the ball,
//!
//! - harmonic h_v = Σ_t (B_t − B_{t−1}) / t,
//! - reach r_v = B_∞ − 1 and total distance Σ_t t (B_t − B_{t−1}), from which closeness follows,
//! - neighbourhood function N_t = Σ_v B_t: how many pairs (u, v) have d(u, v) ≤ t, u = v included.
//!
//! **Shape and units.** n estimates of each kind: h in nodes by edges, r in nodes, total distance in edges; N_t in
//! pairs of nodes for each radius t.
//!
//! **What is exact.** B_0 and B_1 are known: 1, and 1 with the in-neighbours. So is B_∞ of the *core*, the nodes that
//! reach and are reached by a hub (the node whose smaller degree is the largest): whoever reaches the hub reaches them
//! all. Two searches find the core and its size N. The counter F of that ball is the limit of every counter in the
//! core, so that one equal to it is done, and so are all those it leads to. Between the two, an estimate E_t is
//! corrected by the known error of F: B_t = E_t (1 + j (N / E_F − 1)) with j = E_t / E_F, for two counts share their
//! error in so far as they count the same nodes. B_t never falls, and never exceeds N.
//!
//! **Error.** A counter's count has a relative standard error of about 1.04 / √m ([`HyperBall::standard_error`]).
//! Summed by parts, h_v = Σ_t B_t (1/t − 1/(t + 1)) up to the last radius T, where the weight is 1/T: no weight is
//! negative, so that by Minkowski's inequality the relative root-mean-square error of h_v is at most the largest of its
//! counts', bias included, however they depend on one another; it is usually less, for the terms that are exact. The
//! total distance is a difference of counts, T B_T − Σ_{t<T} B_t, and has no such bound. Counters of nodes with nearly
//! the same ball err together: one seed may have all of them too high. Run several seeds to see. Counts below the 1 / m
//! or so of bias of the estimate are not resolved.
//!
//! **Semantics.** Those of [`crate::closeness()`]: distances *to* the node, in edges; weights are ignored, self-loops
//! change nothing, an isolate has harmonic 0 and no closeness. The hash is of the node and the seed: the result depends
//! on nothing else, and renaming is another draw.
//!
//! **Cost.** O(m) time an edge and step for counters that changed, in parallel, 64 registers at a time: such a *plane*
//! of all counters grows by itself, so that what is read most often stays in the cache, and is done by itself. 2 m
//! bytes (at least 128) and m / 32 for each node with in-edges, 4 an edge and 46 a node.
//!
//! P. Boldi and S. Vigna (2013), "In-core computation of geometric centralities with HyperBall: a hundred billion nodes
//! and beyond", *IEEE 13th International Conference on Data Mining Workshops*, 621–628. Counters: P. Flajolet, É. Fusy,
//! O. Gandouet and F. Meunier (2007), "HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm",
//! *Conference on Analysis of Algorithms*, 137–156. Estimate: O. Ertl (2017), "New cardinality estimation algorithms
//! for HyperLogLog sketches", arXiv:1702.01284.

use std::ops::{Range, RangeInclusive};

use rayon::prelude::*;

use crate::csr::{BLOCK, Graph, sum};
use crate::degree::{in_degrees, out_degrees};
use crate::distances::{distances_from, distances_to};
use crate::hyperloglog::{Counters, Plane, Single, WIDTH, add};
use crate::ranked::Ranks;
use crate::rows::{Rows, split};

/// How many registers a counter may have, as a power of two.
pub const LOG2M: RangeInclusive<u32> = 4..=16;

/// How counters are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HyperBallOptions {
    /// log₂ of the number of registers of a counter, a byte each.
    pub log2m: u32,
    /// What the hash of nodes depends on.
    pub seed: u64,
}

impl Default for HyperBallOptions {
    /// 256 registers, seed 0.
    fn default() -> Self {
        Self { log2m: 8, seed: 0 }
    }
}

/// What balls tell.
#[derive(Debug, Clone, PartialEq)]
pub struct HyperBall {
    /// h_v of each node.
    pub harmonic: Vec<f64>,
    /// r_v: how many other nodes have a path to each.
    pub n_reaching: Vec<f64>,
    /// Σ d(u, v) over those.
    pub totals: Vec<f64>,
    /// N_t, from t = 0 to the last step that changed a counter.
    pub neighborhood: Vec<f64>,
    /// The relative standard error of one count: 1.04 / √m.
    pub standard_error: f64,
}

impl HyperBall {
    /// The closeness of each node; `None` if nobody reaches it.
    pub fn closeness(&self) -> Vec<Option<f64>> {
        let n_others = self.harmonic.len() as f64 - 1.0;
        let of = |(&reaching, &total): (&f64, &f64)| {
            (total > 0.0).then(|| reaching / n_others * (reaching / total))
        };
        self.n_reaching.iter().zip(&self.totals).map(of).collect()
    }
}

/// Runs HyperBall until no counter changes. Panics if `log2m` is not in [`LOG2M`].
pub fn hyperball(graph: &Graph, options: HyperBallOptions) -> HyperBall {
    assert!(LOG2M.contains(&options.log2m), "log2m is {}, not from 4 to 16", options.log2m);
    let counters = Counters::new(options.log2m);
    let (in_degrees, out_degrees) = rayon::join(|| in_degrees(graph), || out_degrees(graph));
    // Nodes with counters come first, the most often read in front. Others have but themselves in their balls.
    let keys: Vec<u32> = in_degrees
        .iter()
        .zip(&out_degrees)
        .map(|(&i, &o)| if i == 0 { 0 } else { o.saturating_add(1) })
        .collect();
    let ranks = Ranks::by_degree(&keys);
    let n_counters = keys.iter().filter(|&&key| key > 0).count() as u32;
    let rows = ranks.renumber(graph.in_rows());
    let singles: Vec<Single> = ranks.nodes.par_iter().map(|&u| counters.single(options.seed, u)).collect();
    let hub = (0..n_counters).map(|rank| ranks.nodes[rank as usize]);
    let hub =
        hub.max_by_key(|&u| (in_degrees[u as usize].min(out_degrees[u as usize]), std::cmp::Reverse(u)));
    let core = hub.map(|hub| Core::around(graph, hub, &ranks, &singles, &counters));
    let mut balls = Balls::new(&rows, n_counters, &counters, core);

    let n_nodes = f64::from(graph.n_nodes());
    let others = n_nodes - f64::from(n_counters);
    let mut neighborhood = vec![n_nodes];
    let mut step = balls.first(&singles);
    // The first step counts without counters, which may not show what it found.
    if step.total > f64::from(n_counters) || step.changed {
        neighborhood.push(others + step.total);
    }
    for radius in 2_u32.. {
        if !step.changed {
            break;
        }
        step = balls.grow(radius);
        if step.changed {
            neighborhood.push(others + step.total);
        }
    }
    let mut figures = balls.figures;
    figures.resize(graph.n_nodes() as usize, Figures::ALONE);
    let column = |of: fn(&Figures) -> f64| ranks.restore(&figures.iter().map(of).collect::<Vec<_>>());
    HyperBall {
        harmonic: column(|figures| figures.harmonic),
        n_reaching: column(|figures| figures.ball - 1.0),
        totals: column(|figures| figures.total),
        neighborhood,
        standard_error: 1.04 / (counters.m as f64).sqrt(),
    }
}

/// The nodes that reach and are reached by a hub.
struct Core {
    /// Whether each rank is one of them.
    members: Vec<bool>,
    /// The counter of all that reach them.
    planes: Vec<Plane>,
    /// What it says.
    estimate: f64,
    /// How many they are in truth.
    size: f64,
}

impl Core {
    fn around(graph: &Graph, hub: u32, ranks: &Ranks, singles: &[Single], counters: &Counters) -> Self {
        let (to, from) = rayon::join(|| distances_to(graph, hub), || distances_from(graph, hub));
        let mut planes = vec![Plane::EMPTY; counters.n_planes()];
        let mut size = 0_u32;
        let mut members = vec![false; singles.len()];
        for ((&u, single), member) in ranks.nodes.iter().zip(singles).zip(&mut members) {
            if to[u as usize].is_some() {
                add(&mut planes, *single);
                size += 1;
                *member = from[u as usize].is_some();
            }
        }
        let estimate = counters.estimate(planes.iter());
        Self { members, planes, estimate, size: f64::from(size) }
    }

    /// The size of the ball of a member, given what its counter says.
    fn corrected(&self, estimate: f64) -> f64 {
        let shared = (estimate / self.estimate).min(1.0);
        (estimate * (1.0 + shared * (self.size / self.estimate - 1.0))).min(self.size)
    }
}

/// What the last step did to a plane of a counter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Same,
    Changed,
    /// It has become that of all that reach the core, and is read there from now on.
    Filled,
    /// It had before.
    Full,
}

impl State {
    fn is_new(self) -> bool {
        matches!(self, Self::Changed | Self::Filled)
    }

    fn is_full(self) -> bool {
        matches!(self, Self::Filled | Self::Full)
    }
}

/// What is known of a node so far.
#[derive(Clone, Copy)]
struct Figures {
    /// B_t.
    ball: f64,
    harmonic: f64,
    total: f64,
}

impl Figures {
    const ALONE: Self = Self { ball: 1.0, harmonic: 0.0, total: 0.0 };

    fn grow(&mut self, radius: u32, ball: f64) {
        let more = (ball - self.ball).max(0.0);
        self.ball += more;
        self.harmonic += more / f64::from(radius);
        self.total += more * f64::from(radius);
    }
}

/// What a step did.
struct Step {
    changed: bool,
    /// Σ B_t over nodes with counters.
    total: f64,
}

/// All balls of one radius.
struct Balls<'a> {
    rows: &'a Rows<()>,
    counters: &'a Counters,
    core: Option<Core>,
    blocks: Vec<Range<u32>>,
    /// How many counters each block has.
    heights: Vec<usize>,
    layers: Vec<Layer>,
    figures: Vec<Figures>,
}

/// One plane of all counters.
struct Layer {
    /// At this radius and the next. They differ where the last step changed the counter.
    now: Vec<Plane>,
    next: Vec<Plane>,
    states: Vec<State>,
    next_states: Vec<State>,
    /// That of the core.
    full: Option<Plane>,
}

impl<'a> Balls<'a> {
    fn new(rows: &'a Rows<()>, n_counters: u32, counters: &'a Counters, core: Option<Core>) -> Self {
        let blocks = rows.blocks(BLOCK).into_iter().map(|block| block.start..block.end.min(n_counters));
        let blocks: Vec<Range<u32>> = blocks.filter(|block| !block.is_empty()).collect();
        let heights: Vec<usize> = blocks.iter().map(Range::len).collect();
        let layer = |at: usize| Layer {
            now: vec![Plane::EMPTY; n_counters as usize],
            next: vec![Plane::EMPTY; n_counters as usize],
            // Beyond those with counters, nothing ever changes.
            states: vec![State::Same; rows.n_rows() as usize],
            next_states: vec![State::Same; rows.n_rows() as usize],
            full: core.as_ref().map(|core| core.planes[at]),
        };
        let layers = (0..counters.n_planes()).map(layer).collect();
        let figures = vec![Figures::ALONE; n_counters as usize];
        Self { rows, counters, core, blocks, heights, layers, figures }
    }

    /// Radius 1, where a ball is the row and the node: no counters need be read.
    fn first(&mut self, singles: &[Single]) -> Step {
        let Self { rows, counters, core, blocks, heights, layers, figures } = self;
        let mut parts: Vec<Vec<_>> = blocks.iter().map(|_| Vec::new()).collect();
        for layer in &mut *layers {
            let pieces = split(&mut layer.now, heights).into_iter().zip(split(&mut layer.next, heights));
            let pieces = pieces.zip(split(&mut layer.states, heights));
            for (parts, piece) in parts.iter_mut().zip(pieces) {
                parts.push(piece);
            }
        }
        let core = core.as_ref();
        let jobs = (parts, split(figures, heights), &*blocks).into_par_iter();
        let steps = jobs.map(|(mut parts, figures, block)| {
            let mut counter = vec![Plane::EMPTY; counters.n_planes()];
            Step::over(figures.iter_mut().zip(block.clone()).enumerate().map(|(at, (figures, v))| {
                counter.fill(Plane::EMPTY);
                add(&mut counter, singles[v as usize]);
                let alone = usize::from(singles[v as usize].register) / WIDTH;
                let before = counter[alone];
                let row = rows.nodes(v);
                let mut changed = false;
                for &u in row {
                    changed |= add(&mut counter, singles[u as usize]);
                }
                let full = core.filter(|core| core.members[v as usize]).map(|core| &core.planes);
                for (place, (((now, next), states), plane)) in parts.iter_mut().zip(&counter).enumerate() {
                    (now[at], next[at]) = (*plane, *plane);
                    states[at] = if full.is_some_and(|full| full[place] == *plane) {
                        State::Filled
                    } else if *plane == if place == alone { before } else { Plane::EMPTY } {
                        State::Same
                    } else {
                        State::Changed
                    };
                }
                let n_others = row.len() - usize::from(row.contains(&v));
                figures.grow(1, 1.0 + n_others as f64);
                (changed, figures.ball)
            }))
        });
        Step::all(steps.collect())
    }

    fn grow(&mut self, radius: u32) -> Step {
        let Self { rows, counters, core, blocks, heights, layers, figures } = self;
        let core = core.as_ref();
        let grow = |layer: &mut Layer| layer.grow(rows, core, blocks, heights);
        if blocks.len() > 1 {
            layers.iter_mut().for_each(grow);
        } else {
            layers.par_iter_mut().for_each(grow);
        }
        let layers = &*layers;
        let jobs = (split(figures, heights), &*blocks).into_par_iter();
        let steps = jobs.map(|(figures, block)| {
            Step::over(figures.iter_mut().zip(block.clone()).map(|(figures, v)| {
                let at = v as usize;
                let changed = layers.iter().any(|layer| layer.states[at].is_new());
                if changed {
                    let estimate = || counters.estimate(layers.iter().map(|layer| layer.plane(at)));
                    let ball = match core.filter(|core| core.members[at]) {
                        Some(core) if layers.iter().all(|layer| layer.states[at].is_full()) => core.size,
                        Some(core) => core.corrected(estimate()),
                        None => estimate(),
                    };
                    figures.grow(radius, ball);
                }
                (changed, figures.ball)
            }))
        });
        Step::all(steps.collect())
    }
}

impl Layer {
    /// The plane of a counter at this radius.
    fn plane(&self, at: usize) -> &Plane {
        match &self.full {
            Some(full) if self.states[at].is_full() => full,
            _ => &self.now[at],
        }
    }

    fn grow(&mut self, rows: &Rows<()>, core: Option<&Core>, blocks: &[Range<u32>], heights: &[usize]) {
        if !self.states.iter().any(|state| state.is_new()) {
            return;
        }
        let mut next = std::mem::take(&mut self.next);
        let mut next_states = std::mem::take(&mut self.next_states);
        let any_filled = self.states.contains(&State::Filled);
        let jobs = (split(&mut next, heights), split(&mut next_states, heights), blocks).into_par_iter();
        jobs.for_each(|(planes, next_states, block)| {
            for ((plane, next_state), v) in planes.iter_mut().zip(next_states).zip(block.clone()) {
                let member = core.is_some_and(|core| core.members[v as usize]);
                *next_state = match self.states[v as usize] {
                    State::Filled | State::Full => State::Full,
                    State::Same | State::Changed => self.grown(v, rows.nodes(v), plane, member, any_filled),
                };
            }
        });
        (self.next, self.next_states) = (next, next_states);
        std::mem::swap(&mut self.now, &mut self.next);
        std::mem::swap(&mut self.states, &mut self.next_states);
    }

    /// Grows the ball of v by one edge into `plane`, which holds that before the last, and says what became of it.
    fn grown(&self, v: u32, row: &[u32], plane: &mut Plane, member: bool, any_filled: bool) -> State {
        let states = &self.states;
        if member && any_filled && row.iter().any(|&u| states[u as usize] == State::Filled) {
            return State::Filled;
        }
        let before = &self.now[v as usize];
        let limit = self.full.as_ref().filter(|_| member);
        let mut grown = *before;
        let mut n_merged = 0_u32;
        for &u in row {
            if !states[u as usize].is_new() {
                continue;
            }
            grown.merge(self.plane(u as usize));
            n_merged += 1;
            if n_merged.is_multiple_of(8) && limit == Some(&grown) {
                return State::Filled;
            }
        }
        if grown == *before {
            if states[v as usize] == State::Changed {
                *plane = grown;
            }
            return State::Same;
        }
        if limit == Some(&grown) {
            return State::Filled;
        }
        *plane = grown;
        State::Changed
    }
}

impl Step {
    fn over(nodes: impl Iterator<Item = (bool, f64)>) -> Self {
        let add = |step: Self, (changed, ball): (bool, f64)| Self {
            changed: step.changed | changed,
            total: step.total + ball,
        };
        nodes.fold(Self { changed: false, total: 0.0 }, add)
    }

    fn all(steps: Vec<Self>) -> Self {
        let changed = steps.iter().any(|step| step.changed);
        Self { changed, total: sum(steps.into_iter().map(|step| step.total)) }
    }
}
