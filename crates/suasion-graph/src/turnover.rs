//! Turnover of actors: who is new in a window of time, who comes back, who is gone, and what share of all activity is
//! theirs.
//!
//! **Formulas.** With A_w the actors of window w, who are active in it, and x_i ≥ 0 how active i is there:
//!
//! - *entrants* are those of A_w in no earlier window: A_w \ (A_0 ∪ … ∪ A_(w−1));
//! - *returning* actors are those of an earlier window, but not of the one just before;
//! - *departures* are those of the window just before who are not in this one: A_(w−1) \ A_w;
//! - the entrant rate is entrants / |A_w|, and their share of activity Σ x_i over entrants / Σ x_i over A_w;
//! - the effective number of actors is 1 / Σ s_i² with s_i = x_i / Σ x: [`crate::concentration`].
//!
//! **Shape and units.** Three lists of actors, and rates, shares and an effective number without a unit, for each
//! window.
//!
//! **Semantics.** As long as *no earlier window has actors*, everybody is new because nobody looked before: entrants,
//! their rate and their share are undefined, and so are departures in the first window. Who was active before the first
//! window cannot be told from an entrant later either, so that rates fall over the first windows by that alone. A
//! window *without actors* has no rate: undefined; all of the window before depart, and are returning when they are
//! back. A share of activity is undefined if there is none. An actor who departs may return; nobody is known to be gone
//! for good.
//!
//! **Cost.** O(Σ |A_w|) time, a byte for each node, 8 bytes for each actor of a window.
//!
//! T. Dunne, M. J. Roberts and L. Samuelson (1988), "Patterns of firm entry and exit in U.S. manufacturing industries",
//! *RAND Journal of Economics* 19(4), 495–515, have these rates and shares, of firms by census.

use crate::concentration::effective_number;
use crate::csr::sum;

/// Who is active in a window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Actors<'a> {
    /// The actors, ascending.
    pub nodes: &'a [u32],
    /// How active each is: finite, and not negative.
    pub activity: &'a [f64],
}

/// Who came, came back and left.
#[derive(Debug, Clone, PartialEq)]
pub struct Turnover {
    /// How many actors are active.
    pub n_actors: u32,
    /// Those who are active for the first time, ascending; `None` if no earlier window has actors.
    pub entrants: Option<Vec<u32>>,
    /// Those of an earlier window who were not active in the one just before, ascending.
    pub returning: Vec<u32>,
    /// Those of the window just before who are not active, ascending; `None` in the first window.
    pub departures: Option<Vec<u32>>,
    /// Entrants by actors; `None` without actors, or if no earlier window has any.
    pub entrant_rate: Option<f64>,
    /// The part of all activity that is the entrants'; `None` without activity, or if no earlier window has actors.
    pub entrant_activity_share: Option<f64>,
    /// How many equally active actors would be as concentrated; `None` without activity.
    pub effective_number: Option<f64>,
}

/// Tells who is new, back and gone in each window, in the order of time.
///
/// Panics on actors that are not ascending, on one that is not below `n_nodes`, and unless there is an activity, finite
/// and not negative, for each.
pub fn turnover(n_nodes: u32, windows: &[Actors]) -> Vec<Turnover> {
    let mut seen = vec![false; n_nodes as usize];
    let mut has_past = false;
    let mut before: Option<&[u32]> = None;
    let mut all = Vec::with_capacity(windows.len());
    for &Actors { nodes, activity } in windows {
        assert!(nodes.is_sorted_by(|a, b| a < b), "actors must be ascending");
        assert_eq!(nodes.len(), activity.len(), "there must be an activity for each actor");
        let is_new: Vec<bool> = nodes.iter().map(|&node| !seen[node as usize]).collect();
        let list = |keeps: &dyn Fn(usize) -> bool| -> Vec<u32> {
            (0..nodes.len()).filter(|&at| keeps(at)).map(|at| nodes[at]).collect()
        };
        let entrants = has_past.then(|| list(&|at| is_new[at]));
        let latest = before.unwrap_or_default();
        let returning = list(&|at| !is_new[at] && latest.binary_search(&nodes[at]).is_err());
        let departures = before
            .map(|latest| latest.iter().copied().filter(|node| nodes.binary_search(node).is_err()).collect());
        let total = sum(activity.iter().copied());
        let of_entrants = sum(activity.iter().zip(&is_new).filter(|(_, is_new)| **is_new).map(|(x, _)| *x));
        let rate =
            |entrants: &Vec<u32>| (!nodes.is_empty()).then(|| entrants.len() as f64 / nodes.len() as f64);
        all.push(Turnover {
            n_actors: nodes.len() as u32,
            entrant_rate: entrants.as_ref().and_then(rate),
            entrants,
            returning,
            departures,
            entrant_activity_share: (has_past && total > 0.0).then(|| of_entrants / total),
            effective_number: effective_number(activity),
        });
        for &node in nodes {
            seen[node as usize] = true;
        }
        has_past |= !nodes.is_empty();
        before = Some(nodes);
    }
    all
}
