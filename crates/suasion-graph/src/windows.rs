//! Windows of time: the ties of each window apart, and the graph of those who are tied in it.
//!
//! **Formula.** Bounds b_0 < b_1 < … < b_n make n windows; window w holds the times t with b_w ≤ t < b_(w+1). *Equal*
//! windows of the times from a first to a last cut the span L = last + 1 − first, so that b_w = first + ⌊w L / n⌋.
//!
//! **Shape and units.** Bounds have the unit of the times, an integer. Equal windows differ in length by 1 at most,
//! where n does not divide L.
//!
//! **Semantics.** A window is *half-open*: a tie at the time of a bound is in the later window, and in that alone.
//! Windows *without ties* are kept. Ties *outside* of all windows are in none. The graph of a window has the nodes that
//! have a tie in it, *active* ones, and no others; an edge of weight zero and a self-loop are ties. Weights of parallel
//! ties of one window add up; without weights they count once.
//!
//! **Cost.** O(m log n) time for m ties to tell their windows, and memory for them once more; a window's graph takes
//! what [`Graph::from_columns`] takes, and O(k log k) time for k ties to number its nodes, in parallel. It asks for 4
//! bytes a node of the whole, of which it touches those of active nodes.
//!
//! P. Holme and J. Saramäki (2012), "Temporal networks", *Physics Reports* 519(3), 97–125.

use std::ops::Range;

use rayon::prelude::*;

use crate::csr::{BLOCK, Direction, EdgeColumns, Graph};
use crate::error::Error;

/// Windows of time, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Windows {
    /// Ascending, one more than there are windows.
    bounds: Vec<i64>,
}

/// Who is tied in a window, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowGraph {
    /// The graph of active nodes.
    pub graph: Graph,
    /// Which node of the whole each of its nodes is, ascending.
    pub nodes: Vec<u32>,
}

impl Windows {
    /// Windows between bounds. Fails unless there are two at least, each later than the one before.
    pub fn from_bounds(bounds: Vec<i64>) -> Result<Self, Error> {
        let is_ascending = bounds.is_sorted_by(|a, b| a < b);
        if bounds.len() < 2 || !is_ascending || u32::try_from(bounds.len()).is_err() {
            return Err(Error::Bounds { n_bounds: bounds.len() });
        }
        Ok(Self { bounds })
    }

    /// So many windows of equal length for the times from `first` to `last`, both included. Fails if there are more
    /// windows than times, or none.
    pub fn equal(first: i64, last: i64, n_windows: u32) -> Result<Self, Error> {
        let span = i128::from(last) - i128::from(first) + 1;
        let (n, first) = (i128::from(n_windows), i128::from(first));
        let bounds: Result<Vec<i64>, _> =
            (0..=n).map(|window| i64::try_from(first + window * span / n.max(1))).collect();
        let Some(bounds) = bounds.ok().filter(|_| span >= n && n > 0) else {
            return Err(Error::TooShort { span: span.max(0) as u128, n_windows });
        };
        Self::from_bounds(bounds)
    }

    /// How many windows there are.
    pub fn n_windows(&self) -> usize {
        self.bounds.len() - 1
    }

    /// From when until when each window lasts.
    pub fn ranges(&self) -> impl Iterator<Item = Range<i64>> {
        self.bounds.windows(2).map(|ends| ends[0]..ends[1])
    }

    /// The window that holds a time; `None` if none does.
    pub fn window_of(&self, time: i64) -> Option<usize> {
        let before = self.bounds.partition_point(|&bound| bound <= time);
        before.checked_sub(1).filter(|&window| window < self.n_windows())
    }

    /// The ties of each window, in their order, of which each was at the time in its place.
    ///
    /// Fails on columns of different lengths.
    pub fn split(&self, ties: &EdgeColumns, times: &[i64]) -> Result<Vec<EdgeColumns>, Error> {
        let EdgeColumns { sources, targets, weights } = ties;
        let n_rows = sources.len();
        let n_weights = weights.as_ref().map(Vec::len);
        if targets.len() != n_rows || n_weights.is_some_and(|n_weights| n_weights != n_rows) {
            return Err(Error::RaggedColumns { n_sources: n_rows, n_targets: targets.len(), n_weights });
        }
        if times.len() != n_rows {
            return Err(Error::RaggedAttribute { column: "times", length: times.len(), n_rows });
        }
        let n_windows = self.n_windows();
        // Times outside are in a window after the last.
        let places: Vec<u32> = times
            .par_iter()
            .with_min_len(BLOCK)
            .map(|&time| self.window_of(time).unwrap_or(n_windows) as u32)
            .collect();
        let mut sizes = vec![0; n_windows + 1];
        for &place in &places {
            sizes[place as usize] += 1;
        }
        let mut parts: Vec<EdgeColumns> = sizes[..n_windows]
            .iter()
            .map(|&size| EdgeColumns {
                sources: Vec::with_capacity(size),
                targets: Vec::with_capacity(size),
                weights: weights.as_ref().map(|_| Vec::with_capacity(size)),
            })
            .collect();
        for (row, &place) in places.iter().enumerate() {
            let Some(part) = parts.get_mut(place as usize) else { continue };
            part.sources.push(sources[row]);
            part.targets.push(targets[row]);
            if let (Some(of_part), Some(weights)) = (&mut part.weights, weights) {
                of_part.push(weights[row]);
            }
        }
        Ok(parts)
    }
}

impl WindowGraph {
    /// The graph of a window's ties between nodes `0..n_nodes`, and of the nodes that these have.
    ///
    /// Fails as [`Graph::from_columns`] does.
    pub fn from_columns(direction: Direction, n_nodes: usize, mut ties: EdgeColumns) -> Result<Self, Error> {
        ties.check_signed(n_nodes)?;
        let mut nodes = [ties.sources.as_slice(), &ties.targets].concat();
        nodes.par_sort_unstable();
        nodes.dedup();
        let mut numbers = vec![0; n_nodes];
        for (number, &node) in (0..).zip(&nodes) {
            numbers[node as usize] = number;
        }
        for column in [&mut ties.sources, &mut ties.targets] {
            column.par_iter_mut().for_each(|node| *node = numbers[*node as usize]);
        }
        Ok(Self { graph: Graph::from_columns(direction, nodes.len(), ties)?, nodes })
    }
}
