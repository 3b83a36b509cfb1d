//! Random shortest paths: pairs of nodes, and for each pair some of its shortest paths.
//!
//! **Method.** A pair is searched from both ends: level by level, each time from the end whose last level has fewer
//! edges to follow. Once an edge joins the two balls, all shortest paths cross one such edge, each exactly one; an
//! edge is chosen with probability proportional to the number of paths across it, and from its ends the path goes
//! back to s and to t, choosing each predecessor by the number of paths up to it. So every shortest path is as
//! likely as any other.
//!
//! **Cost.** Proportional to the rows that were read: what a search reached is reset by its own list. 4 bytes a
//! node for each thread, and 12 for each node reached. Numbers of paths are `f64`, scaled down level by level
//! before they overflow, which their shares do not feel unless they are below 1e-308 of the largest at that distance.

use crate::draws::Draws;
use crate::ranked::Ranks;
use crate::rows::Rows;

/// Not reached.
const NEW: u32 = 0;
/// Says in a slot that the node was reached from the target.
const FROM_TARGET: u32 = 1 << 31;
/// Numbers of paths above this are scaled down.
const MANY: f64 = 1e140;

/// A graph to walk, renumbered by degree.
pub(crate) struct Walkable {
    pub(crate) ranks: Ranks,
    pub(crate) out_rows: Rows<()>,
    /// `None` if the graph is undirected.
    pub(crate) in_rows: Option<Rows<()>>,
}

impl Walkable {
    pub(crate) fn in_rows(&self) -> &Rows<()> {
        self.in_rows.as_ref().unwrap_or(&self.out_rows)
    }
}

/// The search from one end of a pair.
#[derive(Default)]
struct Ball {
    /// The nodes reached, the nearest first.
    nodes: Vec<u32>,
    /// How many shortest paths lead there, up to a factor common to the level.
    n_paths: Vec<f64>,
    /// Where each level starts.
    starts: Vec<usize>,
    /// What the numbers of paths of each level were multiplied by, beyond what the levels before it were.
    scales: Vec<f64>,
    /// How many edges the last level has to follow.
    n_edges: usize,
}

impl Ball {
    fn start(&mut self, node: u32, n_edges: usize) {
        self.nodes.clear();
        self.n_paths.clear();
        self.starts.clear();
        self.scales.clear();
        self.nodes.push(node);
        self.n_paths.push(1.0);
        self.starts.push(0);
        self.scales.push(1.0);
        self.n_edges = n_edges;
    }
}

/// A node with edges into the other ball.
struct Crossing {
    /// Where it is in its own ball.
    at: usize,
    /// How many shortest paths there are from its neighbours in the other ball to the other end.
    beyond: f64,
    /// How many paths cross here or at crossings before, in a unit common to all.
    up_to: f64,
}

/// A number above zero that is not subnormal, as m · 2^e with 1 ≤ m < 2.
fn parts(number: f64) -> (f64, i32) {
    const MANTISSA: u64 = (1 << 52) - 1;
    let bits = number.to_bits();
    (f64::from_bits(bits & MANTISSA | 1.0_f64.to_bits()), (bits >> 52) as i32 - 1023)
}

/// Adds up the paths across, in the power of two that suits the most: their number is a product, of which either factor
/// may be as small as floats get.
fn add_up(crossings: &mut [Crossing], n_paths: &[f64]) {
    let product = |crossing: &Crossing| {
        let ((a, exponent_a), (b, exponent_b)) = (parts(n_paths[crossing.at]), parts(crossing.beyond));
        (a * b, exponent_a + exponent_b)
    };
    let largest = crossings.iter().map(|crossing| product(crossing).1).max().unwrap_or(0);
    let mut up_to = 0.0;
    for crossing in crossings {
        let (mantissa, exponent) = product(crossing);
        // What is below 2⁻¹⁰²² of the most is nothing.
        let unit =
            u64::try_from(1023 + exponent - largest).map_or(0.0, |biased| f64::from_bits(biased << 52));
        up_to += mantissa * unit;
        crossing.up_to = up_to;
    }
}

/// Draws paths. Its state between draws is always the same.
pub(crate) struct PathSampler {
    /// Where a node is in its ball, from 1; with [`FROM_TARGET`] if that is the target's.
    slots: Vec<u32>,
    /// Around the source and around the target.
    balls: [Ball; 2],
    /// The nodes of the last level that have edges into the other ball.
    crossings: Vec<Crossing>,
    passed: Vec<u32>,
}

impl PathSampler {
    pub(crate) fn new(n_nodes: u32) -> Self {
        Self {
            slots: vec![NEW; n_nodes as usize],
            balls: Default::default(),
            crossings: Vec::new(),
            passed: Vec::new(),
        }
    }

    /// Draws so many shortest paths from one node to another, and adds to `counts` which nodes between them how many of
    /// these pass, if there is a path at all.
    pub(crate) fn draw(
        &mut self,
        graph: &Walkable,
        (source, target): (u32, u32),
        n_paths: u32,
        draws: &mut Draws,
        counts: &mut Vec<(u32, u32)>,
    ) {
        if let Some(side) = self.meet(graph, source, target) {
            self.passed.clear();
            for _ in 0..n_paths {
                self.draw_path(graph, side, draws);
            }
            self.passed.sort_unstable();
            counts.extend(self.passed.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)));
        }
        for ball in &self.balls {
            for &node in &ball.nodes {
                self.slots[node as usize] = NEW;
            }
        }
    }

    /// Grows the balls until they touch; returns from which side that was seen.
    fn meet(&mut self, graph: &Walkable, source: u32, target: u32) -> Option<usize> {
        let rows = [&graph.out_rows, graph.in_rows()];
        self.balls[0].start(source, rows[0].nodes(source).len());
        self.balls[1].start(target, rows[1].nodes(target).len());
        self.slots[source as usize] = 1;
        self.slots[target as usize] = 1 | FROM_TARGET;
        loop {
            let side = usize::from(self.balls[1].n_edges < self.balls[0].n_edges);
            if self.grow(rows[side], side) {
                return Some(side);
            }
            if self.balls[side].n_edges == 0 {
                return None;
            }
        }
    }

    /// Adds a level to a ball, or finds where it touches the other.
    fn grow(&mut self, rows: &Rows<()>, side: usize) -> bool {
        let [from_source, from_target] = &mut self.balls;
        let (ball, other, own) =
            if side == 0 { (from_source, from_target, 0) } else { (from_target, from_source, FROM_TARGET) };
        let start = ball.starts[ball.starts.len() - 1];
        let end = ball.nodes.len();
        let mut n_edges = 0;
        self.crossings.clear();
        for at in start..end {
            let row = rows.nodes(ball.nodes[at]);
            let n_paths = ball.n_paths[at];
            let mut beyond = 0.0;
            if self.crossings.is_empty() {
                for &node in row {
                    let slot = self.slots[node as usize];
                    if slot == NEW {
                        ball.nodes.push(node);
                        ball.n_paths.push(n_paths);
                        self.slots[node as usize] = ball.nodes.len() as u32 | own;
                        n_edges += rows.nodes(node).len();
                        continue;
                    }
                    let position = (slot & !FROM_TARGET) as usize - 1;
                    if slot & FROM_TARGET != own {
                        beyond += other.n_paths[position];
                    } else if position >= end {
                        ball.n_paths[position] += n_paths;
                    }
                }
            } else {
                // The balls touch, so that only edges across matter.
                for &node in row {
                    let slot = self.slots[node as usize];
                    if slot != NEW && slot & FROM_TARGET != own {
                        beyond += other.n_paths[(slot & !FROM_TARGET) as usize - 1];
                    }
                }
            }
            if beyond > 0.0 {
                self.crossings.push(Crossing { at, beyond, up_to: 0.0 });
            }
        }
        add_up(&mut self.crossings, &ball.n_paths);
        ball.starts.push(end);
        ball.n_edges = n_edges;
        let most = ball.n_paths[end..].iter().copied().fold(0.0, f64::max);
        let scale = if most > MANY { 1.0 / MANY } else { 1.0 };
        if scale < 1.0 {
            // Never to zero, for however few paths there are, they may be the ones that lead to the other ball.
            let scaled = |n_paths: &mut f64| *n_paths = (*n_paths * scale).max(f64::MIN_POSITIVE);
            ball.n_paths[end..].iter_mut().for_each(scaled);
        }
        ball.scales.push(scale);
        !self.crossings.is_empty()
    }

    fn draw_path(&mut self, graph: &Walkable, side: usize, draws: &mut Draws) {
        let rows = if side == 0 { &graph.out_rows } else { graph.in_rows() };
        let last = self.crossings.len() - 1;
        let chosen = draws.unit() * self.crossings[last].up_to;
        let index = self.crossings.partition_point(|crossing| crossing.up_to <= chosen).min(last);
        let Crossing { at, beyond: n_beyond, up_to } = self.crossings[index];
        let before = if index == 0 { 0.0 } else { self.crossings[index - 1].up_to };
        let (ball, other) = (&self.balls[side], &self.balls[1 - side]);
        let mut left = (chosen - before) / (up_to - before) * n_beyond;
        let mut beyond = 0;
        for &node in rows.nodes(ball.nodes[at]) {
            let slot = self.slots[node as usize];
            if slot != NEW && usize::from(slot & FROM_TARGET != 0) != side {
                beyond = (slot & !FROM_TARGET) as usize - 1;
                left -= other.n_paths[beyond];
                if left < 0.0 {
                    break;
                }
            }
        }
        // The level that touches was started but is not part of any path.
        let level = ball.starts.len() - 2;
        let other_level = other.starts.len() - 1;
        self.walk_back(graph, side, at, level, draws);
        self.walk_back(graph, 1 - side, beyond, other_level, draws);
    }

    /// Goes from a node back to where its ball started, noting what is passed.
    fn walk_back(&mut self, graph: &Walkable, side: usize, at: usize, level: usize, draws: &mut Draws) {
        let back = if side == 0 { graph.in_rows() } else { &graph.out_rows };
        let ball = &self.balls[side];
        let own = if side == 0 { 0 } else { FROM_TARGET };
        let mut at = at;
        for level in (1..=level).rev() {
            self.passed.push(ball.nodes[at]);
            if level == 1 {
                break;
            }
            let nearer = ball.starts[level - 1]..ball.starts[level];
            let mut left = draws.unit() * (ball.n_paths[at] / ball.scales[level]);
            let mut previous = None;
            for &node in back.nodes(ball.nodes[at]) {
                let slot = self.slots[node as usize];
                let position = ((slot & !FROM_TARGET) as usize).wrapping_sub(1);
                if slot != NEW && slot & FROM_TARGET == own && nearer.contains(&position) {
                    previous = Some(position);
                    left -= ball.n_paths[position];
                    if left < 0.0 {
                        break;
                    }
                }
            }
            let Some(previous) = previous else { break };
            at = previous;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csr::{Direction, EdgeColumns, Graph};

    /// How often each node is passed that lies between 0 and `end`, two nodes from each of which more and more paths
    /// lead elsewhere, by so many layers that widen, so that the search goes on from both.
    fn passed_beside_many(edges: &[(u32, u32)], end: u32, n_layers: u32, n_paths: u32) -> Vec<(u32, u32)> {
        let (sources, targets) = edges.iter().copied().unzip();
        let mut columns = EdgeColumns { sources, targets, weights: None };
        let mut n_nodes = end + 1;
        for end in [0, end] {
            let mut last = end..end + 1;
            for layer in 0..n_layers {
                let next = n_nodes..n_nodes + 40 + layer / 5;
                for u in last {
                    columns.sources.extend(next.clone().map(|_| u));
                    columns.targets.extend(next.clone());
                }
                n_nodes = next.end;
                last = next;
            }
        }
        let graph =
            Graph::from_columns(Direction::Undirected, n_nodes as usize, columns).expect("good edges");
        let ranks = Ranks::by_degree(&vec![0; n_nodes as usize]);
        let walkable = Walkable { out_rows: ranks.renumber(graph.out_rows()), ranks, in_rows: None };
        let mut counts = Vec::new();
        PathSampler::new(n_nodes).draw(&walkable, (0, end), n_paths, &mut Draws::new(0, 0), &mut counts);
        counts
    }

    #[test]
    fn one_path_is_found_beside_more_than_floats_count() {
        const LENGTH: u32 = 520;
        let chain: Vec<(u32, u32)> = (0..LENGTH).map(|u| (u, u + 1)).collect();
        let passed = passed_beside_many(&chain, LENGTH, 280, 2);
        assert_eq!(passed, (1..LENGTH).map(|u| (u, 2)).collect::<Vec<_>>());
    }

    #[test]
    fn shares_hold_among_few_paths_beside_many() {
        // From either end a chain to the middle, where there are three ways, of `width` nodes each.
        const HALF: u32 = 185;
        for width in [1, 2] {
            let (first, end) = (HALF + 1, 2 * HALF + 1 + 3 * width);
            let chain = |from: u32| (from..from + HALF).map(|u| (u, u + 1));
            let mut edges: Vec<(u32, u32)> = chain(0).chain(chain(end - HALF)).collect();
            for way in 0..3 {
                let way = first + way * width..first + (way + 1) * width;
                edges.extend([(HALF, way.start), (way.end - 1, end - HALF)]);
                edges.extend(way.clone().zip(way.skip(1)));
            }
            // Beside each of them are more than 1e280 paths that lead elsewhere.
            let passed = passed_beside_many(&edges, end, HALF + 3, 3000);
            for &(node, times) in &passed {
                if (first..end - HALF).contains(&node) {
                    assert!(times.abs_diff(1000) < 130, "{node} is passed {times} times");
                } else {
                    assert_eq!(times, 3000, "{node}");
                }
            }
            assert_eq!(passed.len() as u32, end - 1);
        }
    }
}
