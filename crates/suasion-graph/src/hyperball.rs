//! HyperBall: harmonic closeness, closeness and the neighbourhood function, estimated for graphs too large to search from
//! every node.
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
//! **What is exact.** B_0 and B_1 are known: 1, and 1 with the in-neighbours. So is B_∞ of the *core*, the nodes that
//! reach and are reached by a hub (the node whose smaller degree is the largest): whoever reaches the hub reaches them
//! all. Two searches find the core and its size N. The counter F of that ball is the limit of every counter in the core,
//! so that one equal to it is done, and so are all those it leads to. Between the two, an estimate E_t is corrected by
//! the known error of F: B_t = E_t (1 + j (N / E_F − 1)) with j = E_t / E_F, for two counts share their error in so far
//! as they count the same nodes. B_t never falls, and never exceeds N.
//!
//! **Error.** A counter's count has a relative standard error of about 1.04 / √m ([`HyperBall::standard_error`]). Sums
//! over balls inherit at most that as long as B_t is a mean of correlated counts, and usually less, for the terms that
//! are exact; but no theorem bounds the error of h_v, and counters of nodes with nearly the same ball err together:
//! one seed may have all of them too high. Run several seeds to see. Counts below the 1 / m or so of bias of the estimate
//! are not resolved.
//!
//! **Semantics.** Those of [`crate::closeness`]: distances *to* the node, in edges; weights are ignored, self-loops
//! change nothing, an isolate has harmonic 0 and no closeness. The hash is of the node and the seed: the result depends on
//! nothing else, and renaming is another draw.
//!
//! **Cost.** O(m_edges · m) time a step for the counters that changed, in parallel; 2 m bytes for each node with in-edges,
//! 4 an edge and 46 a node.
//!
//! P. Boldi and S. Vigna (2013), "In-core computation of geometric centralities with HyperBall: a hundred billion nodes
//! and beyond", *IEEE 13th International Conference on Data Mining Workshops*, 621–628. Counters: P. Flajolet, É. Fusy, O.
//! Gandouet and F. Meunier (2007), "HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm",
//! *Conference on Analysis of Algorithms*, 137–156. Estimate: O. Ertl (2017), "New cardinality estimation algorithms for
//! HyperLogLog sketches", arXiv:1702.01284.

use std::ops::{Range, RangeInclusive};

use rayon::prelude::*;

use crate::csr::{BLOCK, Graph, sum};
use crate::degree::{in_degrees, out_degrees};
use crate::distances::{distances_from, distances_to};
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

/// A node as a counter sees it.
#[derive(Clone, Copy)]
struct Single {
    register: u16,
    /// ρ.
    value: u8,
}

/// The arithmetic of counters.
struct Counters {
    log2m: u32,
    m: usize,
    /// m σ(z / m) for z registers at zero.
    zeros: Vec<f64>,
}

impl Counters {
    fn new(log2m: u32) -> Self {
        let m = 1_usize << log2m;
        let zeros = (0..m).map(|zeros| m as f64 * sigma(zeros as f64 / m as f64)).collect();
        Self { log2m, m, zeros }
    }

    fn single(&self, seed: u64, node: u32) -> Single {
        let hash = mix(mix(seed).wrapping_add(u64::from(node)));
        let bits = hash >> self.log2m;
        // The hash has no more zeros to count than bits.
        let value = bits.trailing_zeros().min(u64::BITS - self.log2m) + 1;
        Single { register: (hash & (self.m as u64 - 1)) as u16, value: value as u8 }
    }

    /// Ertl's estimate of how many nodes a counter has met, for a counter that has met one.
    fn estimate(&self, registers: &[u8]) -> f64 {
        let mut lanes = [0.0_f32; 16];
        let mut n_zeros = 0;
        for sixteen in registers.as_chunks::<16>().0 {
            let mut zeros = 0_u8;
            for (lane, &register) in lanes.iter_mut().zip(sixteen) {
                // 2⁻ʳ, by its exponent.
                *lane += f32::from_bits((127 - u32::from(register)) << 23);
                zeros += u8::from(register == 0);
            }
            n_zeros += usize::from(zeros);
        }
        let inverses = sum(lanes.into_iter().map(f64::from)) - n_zeros as f64;
        let m = self.m as f64;
        m * m / (2.0 * std::f64::consts::LN_2 * (inverses + self.zeros[n_zeros]))
    }
}

/// σ(x) = x + Σ_k x^(2^k) 2^(k−1), for x below 1.
fn sigma(mut x: f64) -> f64 {
    let (mut total, mut factor) = (x, 1.0);
    loop {
        x *= x;
        let next = total + x * factor;
        if next == total {
            return total;
        }
        (total, factor) = (next, 2.0 * factor);
    }
}

/// A bijection that scatters: the finaliser of SplitMix64.
fn mix(word: u64) -> u64 {
    let word = word.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

/// The greater of each register.
fn merge(into: &mut [u8], from: &[u8]) {
    for (into, &from) in into.iter_mut().zip(from) {
        *into = (*into).max(from);
    }
}

/// The nodes that reach and are reached by a hub.
struct Core {
    /// Whether each rank is one of them.
    members: Vec<bool>,
    /// The counter of all that reach them.
    registers: Vec<u8>,
    /// What it says.
    estimate: f64,
    /// How many they are in truth.
    size: f64,
}

impl Core {
    fn around(graph: &Graph, hub: u32, ranks: &Ranks, singles: &[Single], counters: &Counters) -> Self {
        let (to, from) = rayon::join(|| distances_to(graph, hub), || distances_from(graph, hub));
        let mut registers = vec![0; counters.m];
        let mut size = 0_u32;
        let mut members = vec![false; singles.len()];
        for ((&u, single), member) in ranks.nodes.iter().zip(singles).zip(&mut members) {
            if to[u as usize].is_some() {
                let register = &mut registers[usize::from(single.register)];
                *register = single.value.max(*register);
                size += 1;
                *member = from[u as usize].is_some();
            }
        }
        let estimate = counters.estimate(&registers);
        Self { members, registers, estimate, size: f64::from(size) }
    }

    fn is_full(&self, rank: u32, registers: &[u8]) -> bool {
        self.members[rank as usize] && *registers == *self.registers
    }

    /// The size of the ball of a member, given what its counter says.
    fn corrected(&self, estimate: f64) -> f64 {
        let shared = (estimate / self.estimate).min(1.0);
        (estimate * (1.0 + shared * (self.size / self.estimate - 1.0))).min(self.size)
    }
}

/// What the last step did to a counter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Same,
    Changed,
    /// It has become that of all that reach the core, and is read there from now on.
    Filled,
    /// It had before.
    Full,
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
    /// How many counters each block has, and how many registers.
    heights: Vec<usize>,
    sizes: Vec<usize>,
    /// Registers at this radius and the next. They differ where the last step changed the counter.
    now: Vec<u8>,
    next: Vec<u8>,
    states: Vec<State>,
    next_states: Vec<State>,
    figures: Vec<Figures>,
}

impl<'a> Balls<'a> {
    fn new(rows: &'a Rows<()>, n_counters: u32, counters: &'a Counters, core: Option<Core>) -> Self {
        let blocks = rows.blocks(BLOCK).into_iter().map(|block| block.start..block.end.min(n_counters));
        let blocks: Vec<Range<u32>> = blocks.filter(|block| !block.is_empty()).collect();
        let heights: Vec<usize> = blocks.iter().map(Range::len).collect();
        let sizes = heights.iter().map(|height| height * counters.m).collect();
        let n_registers = n_counters as usize * counters.m;
        Self {
            rows,
            counters,
            core,
            blocks,
            heights,
            sizes,
            now: vec![0; n_registers],
            next: vec![0; n_registers],
            // Beyond those with counters, nothing ever changes.
            states: vec![State::Same; rows.n_rows() as usize],
            next_states: vec![State::Same; rows.n_rows() as usize],
            figures: vec![Figures::ALONE; n_counters as usize],
        }
    }

    /// Radius 1, where a ball is the row and the node: no counters need be read.
    fn first(&mut self, singles: &[Single]) -> Step {
        let Self { rows, counters, core, blocks, heights, sizes, next, next_states, figures, .. } = self;
        let jobs = (split(next, sizes), split(next_states, heights), split(figures, heights), &*blocks);
        let steps = jobs.into_par_iter().map(|(registers, states, figures, block)| {
            let each = registers.chunks_exact_mut(counters.m).zip(states).zip(figures);
            Step::over(each.zip(block.clone()).map(|(((registers, state), figures), v)| {
                let row = rows.nodes(v);
                let own = singles[v as usize];
                registers[usize::from(own.register)] = own.value;
                let mut changed = false;
                for &u in row {
                    let single = singles[u as usize];
                    let register = &mut registers[usize::from(single.register)];
                    changed |= single.value > *register;
                    *register = single.value.max(*register);
                }
                *state = if core.as_ref().is_some_and(|core| core.is_full(v, registers)) {
                    State::Filled
                } else if changed {
                    State::Changed
                } else {
                    State::Same
                };
                let n_others = row.len() - usize::from(row.contains(&v));
                figures.grow(1, 1.0 + n_others as f64);
                (*state, figures.ball)
            }))
        });
        let step = Step::all(steps.collect());
        self.turn();
        // What did not change at first has not been written before.
        self.next.copy_from_slice(&self.now);
        step
    }

    fn grow(&mut self, radius: u32) -> Step {
        let Self { rows, counters, core, blocks, heights, sizes, now, next, states, next_states, figures } =
            self;
        let m = counters.m;
        let (now, states, core) = (&*now, &*states, core.as_ref());
        let of = |u: u32| &now[u as usize * m..(u as usize + 1) * m];
        let jobs = (split(next, sizes), split(next_states, heights), split(figures, heights), &*blocks);
        let steps = jobs.into_par_iter().map(|(registers, next_states, figures, block)| {
            let each = registers.chunks_exact_mut(m).zip(next_states).zip(figures);
            Step::over(each.zip(block.clone()).map(|(((registers, next_state), figures), v)| {
                let state = states[v as usize];
                *next_state = match state {
                    State::Filled | State::Full => State::Full,
                    State::Same | State::Changed => {
                        let grown = grown(v, rows.nodes(v), registers, core, states, of);
                        match grown {
                            State::Changed => {
                                let estimate = counters.estimate(registers);
                                let member = core.filter(|core| core.members[v as usize]);
                                figures
                                    .grow(radius, member.map_or(estimate, |core| core.corrected(estimate)));
                            }
                            State::Filled => figures.grow(radius, core.map_or(0.0, |core| core.size)),
                            State::Same | State::Full => {}
                        }
                        grown
                    }
                };
                (*next_state, figures.ball)
            }))
        });
        let step = Step::all(steps.collect());
        self.turn();
        step
    }

    fn turn(&mut self) {
        std::mem::swap(&mut self.now, &mut self.next);
        std::mem::swap(&mut self.states, &mut self.next_states);
    }
}

/// Grows the ball of v by one edge into `registers`, which hold that before the last, and says what became of it.
fn grown<'a>(
    v: u32,
    row: &[u32],
    registers: &mut [u8],
    core: Option<&Core>,
    states: &[State],
    of: impl Fn(u32) -> &'a [u8],
) -> State {
    let before = of(v);
    if states[v as usize] == State::Changed {
        registers.copy_from_slice(before);
    }
    let member = core.filter(|core| core.members[v as usize]);
    if member.is_some() && row.iter().any(|&u| states[u as usize] == State::Filled) {
        return State::Filled;
    }
    let mut n_merged = 0_u32;
    for &u in row {
        match (states[u as usize], core) {
            (State::Changed, _) => merge(registers, of(u)),
            (State::Filled, Some(core)) => merge(registers, &core.registers),
            _ => continue,
        }
        n_merged += 1;
        if n_merged.is_multiple_of(8) && member.is_some_and(|core| *registers == *core.registers) {
            return State::Filled;
        }
    }
    if n_merged == 0 || registers == before {
        State::Same
    } else if member.is_some_and(|core| *registers == *core.registers) {
        State::Filled
    } else {
        State::Changed
    }
}

impl Step {
    fn over(nodes: impl Iterator<Item = (State, f64)>) -> Self {
        let add = |step: Self, (state, ball): (State, f64)| Self {
            changed: step.changed | matches!(state, State::Changed | State::Filled),
            total: step.total + ball,
        };
        nodes.fold(Self { changed: false, total: 0.0 }, add)
    }

    fn all(steps: Vec<Self>) -> Self {
        let changed = steps.iter().any(|step| step.changed);
        Self { changed, total: sum(steps.into_iter().map(|step| step.total)) }
    }
}
