//! Nobody is profiled: who may be named, and which figures may be shown (law 6).
//!
//! An actor is *marked* if a row of the actors table says that it is an organisation or a public office, and by which
//! source. Nothing else marks anybody: no name in a file, no badge, no voice of that name. Only marked actors are named;
//! all others are *unmarked*, and no row, point or label stands for one of them.
//!
//! **Cells.** What is shown of a network is counted over *elements*: actors, or interactions. Behind an element are the
//! unmarked among those that it is of: the actor itself, or both ends of an interaction. A set of elements is *safe* if
//! none or at least [`THRESHOLD`] unmarked actors are behind it. A table is a list of disjoint sets, its cells. With
//! c_1 … c_n the cells of a table, those that are not safe are merged into one, *other*; and while other is not safe, the
//! smallest of the rest goes there too. Whatever sum of cells is taken from whatever other sum is then a sum of cells,
//! and safe.
//!
//! **Tables against tables.** [`Gate`] remembers what was shown. For a cell c of a table and the cells o_1 … o_m of
//! another, both c less all o that lie within it, and all o that meet it less c, must be safe: so that no sum of cells of
//! one table, taken from a cell of another, leaves few. Both ways, and the sum of all cells of a table counts as one; cells
//! in whose way that stands are merged into other. Where not even their sum is safe, nothing of the table is shown.
//!
//! **What this does not promise.** Sums of several cells of one table less sums of several of another are looked at only
//! where one side is a single cell, or all; and two runs over evidence that changed in between can be compared by whoever has
//! both. A figure that is no sum (a modularity, a rank among marked actors, betweenness) is no cell.
//!
//! **Cost.** O(n) memory for each table of n elements, O(n log n) time for each table and each one before it.
//!
//! Complementary suppression: L. Willenborg and T. de Waal (2001), *Elements of Statistical Disclosure Control*,
//! Springer, chapter 5.

mod marks;

pub use marks::{Marks, is_marked};

use std::collections::BTreeSet;

/// How many unmarked actors must be behind what is shown, if any are.
pub const THRESHOLD: usize = 10;

/// Nobody: a marked actor, or no actor at all.
pub const NOBODY: u32 = u32::MAX;

/// What was shown of one kind of element, and what may be shown besides.
#[derive(Debug, Clone)]
pub struct Gate {
    threshold: usize,
    /// For each element, the unmarked actors behind it, or [`NOBODY`].
    behind: Vec<[u32; 2]>,
    shown: Vec<Table>,
}

/// A table that was shown.
#[derive(Debug, Clone)]
struct Table {
    /// Elements of each cell, ascending.
    cells: Vec<Vec<u32>>,
    /// The cell of each element, or [`NOWHERE`].
    of: Vec<u32>,
}

/// An element of no cell.
const NOWHERE: u32 = u32::MAX;

/// What became of the cells of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Release {
    /// Some are shown.
    Shown {
        /// For each cell, whether it is shown by itself.
        alone: Vec<bool>,
        /// The elements of all the others, ascending: they are shown as one.
        other: Vec<u32>,
    },
    /// Nothing is, not even their sum.
    Hidden,
}

impl Release {
    /// Whether a cell is shown by itself.
    pub fn is_alone(&self, cell: usize) -> bool {
        matches!(self, Self::Shown { alone, .. } if alone[cell])
    }

    /// What is shown as other.
    pub fn other(&self) -> &[u32] {
        match self {
            Self::Shown { other, .. } => other,
            Self::Hidden => &[],
        }
    }

    /// Whether every cell is shown by itself.
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Shown { alone, .. } if alone.iter().all(|alone| *alone))
    }
}

impl Gate {
    /// A gate for elements with these unmarked actors behind them.
    pub fn new(behind: Vec<[u32; 2]>) -> Self {
        Self::with_threshold(behind, THRESHOLD)
    }

    /// The same with another threshold, for tests that try every set there is.
    pub fn with_threshold(behind: Vec<[u32; 2]>, threshold: usize) -> Self {
        Self { threshold, behind, shown: Vec::new() }
    }

    /// Whether none or enough unmarked actors are behind a set.
    pub fn is_safe<'e>(&self, elements: impl IntoIterator<Item = &'e u32>) -> bool {
        let mut seen = BTreeSet::new();
        for &element in elements {
            seen.extend(self.behind[element as usize].into_iter().filter(|actor| *actor != NOBODY));
            if seen.len() >= self.threshold {
                return true;
            }
        }
        seen.is_empty()
    }

    /// Remembers what everybody can read elsewhere, such as the rows of a dataset in its receipt.
    pub fn is_known(&mut self, elements: Vec<u32>) {
        self.remember(vec![elements]);
    }

    /// Shows of a table what may be shown beside all that was shown before. Its cells must be disjoint.
    pub fn release(&mut self, cells: &[Vec<u32>]) -> Release {
        // No merging changes the sum of all.
        let all = vec![total(cells)];
        let of_all = labels(&all, self.behind.len());
        if !self.is_safe(&all[0])
            || !self.stands_beside_all(&all, 0, &of_all)
            || !self.in_the_way(&all, &of_all).is_empty()
        {
            return Release::Hidden;
        }
        // Nor does it change how a cell that stands alone fares.
        let of = labels(cells, self.behind.len());
        let mut alone: Vec<bool> = (0..cells.len())
            .map(|at| self.is_safe(&cells[at]) && self.stands_beside_all(cells, at, &of))
            .collect();
        // A cell without unmarked actors makes no other any safer.
        let counts: Vec<bool> =
            cells.iter().map(|cell| cell.iter().any(|element| self.has_unmarked(*element))).collect();
        loop {
            let (mut groups, places) = grouped(cells, &alone);
            let of = labels(&groups, self.behind.len());
            let has_other = groups.len() > places.len();
            let other_stands = !has_other
                || self.is_safe(&groups[places.len()]) && self.stands_beside_all(&groups, places.len(), &of);
            let in_the_way =
                if other_stands { self.in_the_way(&groups, &of) } else { BTreeSet::from([places.len()]) };
            if in_the_way.is_empty() {
                self.remember(all);
                self.remember(groups.clone());
                let other = groups.split_off(places.len()).pop().unwrap_or_default();
                return Release::Shown { alone, other };
            }
            let smallest =
                || (0..cells.len()).filter(|at| alone[*at] && counts[*at]).min_by_key(|at| cells[*at].len());
            let moved: BTreeSet<Option<usize>> =
                in_the_way.into_iter().map(|group| places.get(group).copied().or_else(smallest)).collect();
            for cell in moved {
                match cell {
                    Some(cell) => alone[cell] = false,
                    None => return Release::Hidden,
                }
            }
        }
    }

    fn has_unmarked(&self, element: u32) -> bool {
        self.behind[element as usize].iter().any(|actor| *actor != NOBODY)
    }

    fn remember(&mut self, cells: Vec<Vec<u32>>) {
        let of = labels(&cells, self.behind.len());
        self.shown.push(Table { cells, of });
    }

    /// Whether a cell stands beside every table that was shown.
    fn stands_beside_all(&self, cells: &[Vec<u32>], at: usize, of: &[u32]) -> bool {
        self.shown.iter().all(|before| self.stands(&cells[at], at, of, &before.cells, &before.of))
    }

    /// The cells that must give way, so that those shown before stand beside the rest: for each, the smallest that meets
    /// it.
    fn in_the_way(&self, groups: &[Vec<u32>], of: &[u32]) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for before in &self.shown {
            let falls = |at: &usize| !self.stands(&before.cells[*at], *at, &before.of, groups, of);
            for at in (0..before.cells.len()).filter(falls) {
                let met = before.cells[at].iter().map(|element| of[*element as usize]);
                let met: BTreeSet<u32> = met.filter(|cell| *cell != NOWHERE).collect();
                let smallest = met.into_iter().min_by_key(|cell| groups[*cell as usize].len());
                found.extend(smallest.map(|cell| cell as usize));
            }
        }
        found
    }

    /// Whether a cell stands beside the cells of another table: neither what it has besides those within it, nor what
    /// those that meet it have besides, is of few.
    fn stands(&self, cell: &[u32], at: usize, of: &[u32], others: &[Vec<u32>], other_of: &[u32]) -> bool {
        let met: BTreeSet<u32> = cell
            .iter()
            .map(|element| other_of[*element as usize])
            .filter(|other| *other != NOWHERE)
            .collect();
        let is_out = |element: &u32| of[*element as usize] as usize != at;
        let is_within = |other: u32| !others[other as usize].iter().any(is_out);
        let within: BTreeSet<u32> = met.iter().copied().filter(|other| is_within(*other)).collect();
        let besides = cell.iter().filter(|element| !within.contains(&other_of[**element as usize]));
        let around =
            met.iter().flat_map(|other| others[*other as usize].iter().filter(|element| is_out(element)));
        // What the others do not hold is no difference of the two tables, unless they hold all of the rest.
        let covers = cell.iter().all(|element| other_of[*element as usize] != NOWHERE);
        (within.is_empty() || self.is_safe(besides)) && (!covers || self.is_safe(around))
    }
}

/// The cells that stand alone, and behind them the sum of the others if there are any; and which cells those are.
fn grouped(cells: &[Vec<u32>], alone: &[bool]) -> (Vec<Vec<u32>>, Vec<usize>) {
    let places: Vec<usize> = (0..cells.len()).filter(|at| alone[*at]).collect();
    let mut groups: Vec<Vec<u32>> = places.iter().map(|at| cells[*at].clone()).collect();
    let others: Vec<Vec<u32>> =
        cells.iter().zip(alone).filter(|(_, alone)| !**alone).map(|(cell, _)| cell.clone()).collect();
    let other = total(&others);
    if !other.is_empty() {
        groups.push(other);
    }
    (groups, places)
}

/// The elements of all cells, ascending.
fn total(cells: &[Vec<u32>]) -> Vec<u32> {
    let mut all: Vec<u32> = cells.iter().flatten().copied().collect();
    all.sort_unstable();
    all
}

fn labels(cells: &[Vec<u32>], n_elements: usize) -> Vec<u32> {
    let mut of = vec![NOWHERE; n_elements];
    for (cell, at) in cells.iter().zip(0..) {
        for &element in cell {
            of[element as usize] = at;
        }
    }
    of
}
