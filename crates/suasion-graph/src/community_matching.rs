//! Communities of one window of time matched with those of the next: which go on, split, merge, are born and die.
//!
//! **Formula.** Communities B of a window and A of the next *match* if their Jaccard index
//! J = |B ∩ A| / |B ∪ A| exceeds the threshold θ. Of A and B
//!
//! - A without a match is a *birth*, B without one a *death*;
//! - B with two matches or more *splits* into them, and A with two or more is a *merge* of them;
//! - a match of which neither end has another is a *continuation*. Sizes say whether it grew or shrank.
//!
//! One match may be part of a split and of a merge. *Timelines* are the identities that communities carry through
//! windows: of all matches, that with the most shared nodes carries the timeline of B over to A, then that with the
//! most among those whose ends are both free, and so on; among equals the smallest label of B goes first, then that of
//! A. So the largest part of a split keeps the identity, and a merge that of the part it has most nodes of. Any other A
//! starts a timeline.
//!
//! **Threshold.** k equal parts that a community falls into have J = 1 / k with it. At θ ≥ 1/2 nothing can match twice,
//! so that nothing splits or merges; at .3, the default, splits into three equal parts are still seen, and into four no
//! more.
//!
//! **Shape and units.** The communities of each window with a timeline each, and one list of each kind of event between
//! windows. Sizes count nodes, J has no unit.
//!
//! **Semantics.** J is of *all members*, those included who are absent from the other window, as in Greene and others:
//! a community that loses half of its members matches less well, whether they went to another community or were not
//! there. Communities of *fewer nodes than are asked for* are none: they neither match nor are born. Only windows that
//! *follow one another* are matched, so that a community that is away for one window dies, and is born when it is back
//! (the method's d is 1). Communities of a window do not overlap.
//!
//! **Cost.** O(n log n) time and 24 bytes an active node for each pair of windows, in parallel over pairs.
//!
//! D. Greene, D. Doyle and P. Cunningham (2010), "Tracking the evolution of communities in dynamic social networks",
//! *International Conference on Advances in Social Networks Analysis and Mining*, 176–183. That every match goes on in
//! a timeline of its own is theirs; that one of them keeps the identity is added here.

use rayon::prelude::*;

use crate::error::Error;

/// Who is in which community in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Members<'a> {
    /// The nodes that are there, ascending.
    pub nodes: &'a [u32],
    /// The community of each, by any label.
    pub labels: &'a [u32],
}

/// What counts as a community, and as the same one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MatchingOptions {
    /// θ: which Jaccard index must be exceeded; above 0 and below 1.
    pub threshold: f64,
    /// How many nodes a community has at least.
    pub min_nodes: u32,
}

impl Default for MatchingOptions {
    /// A threshold of .3, and communities of two nodes at least.
    fn default() -> Self {
        Self { threshold: 0.3, min_nodes: 2 }
    }
}

/// A community of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimedCommunity {
    /// Its label.
    pub label: u32,
    /// How many nodes it has.
    pub n_nodes: u32,
    /// Which timeline it is part of, counted from 0 in the order of windows and labels.
    pub timeline: u32,
}

/// Two communities that match.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CommunityMatch {
    /// The earlier one.
    pub before: TimedCommunity,
    /// The later one.
    pub after: TimedCommunity,
    /// How many nodes are in both.
    pub n_shared: u32,
    /// Those by all that are in either.
    pub jaccard: f64,
}

impl CommunityMatch {
    /// Whether the identity goes on in it.
    pub fn is_same_timeline(&self) -> bool {
        self.before.timeline == self.after.timeline
    }
}

/// What happens from one window to the next. Everything is in the order of labels, of the earlier community first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Transition {
    /// Later communities that match none.
    pub births: Vec<TimedCommunity>,
    /// Earlier communities that match none.
    pub deaths: Vec<TimedCommunity>,
    /// Matches of two that match nothing else.
    pub continuations: Vec<CommunityMatch>,
    /// The matches of each earlier community that has several.
    pub splits: Vec<Vec<CommunityMatch>>,
    /// The matches of each later community that has several.
    pub merges: Vec<Vec<CommunityMatch>>,
}

/// Communities through windows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CommunityMatching {
    /// The communities of each window, ascending by label.
    pub communities: Vec<Vec<TimedCommunity>>,
    /// What happens from each window to the next, one fewer than windows.
    pub transitions: Vec<Transition>,
    /// How many timelines there are.
    pub n_timelines: u32,
}

/// A match by the positions of its ends, before there are timelines.
#[derive(Debug, Clone, Copy)]
struct Pair {
    before: usize,
    after: usize,
    n_shared: u32,
    jaccard: f64,
}

/// Matches the communities of each window with those of the next.
///
/// Fails on a threshold that is not above 0 and below 1. Panics on nodes that are not ascending, and unless there is a
/// label for each.
pub fn match_communities(windows: &[Members], options: MatchingOptions) -> Result<CommunityMatching, Error> {
    let MatchingOptions { threshold, min_nodes } = options;
    if !(threshold > 0.0 && threshold < 1.0) {
        return Err(Error::NotAShare { name: "threshold", value: threshold });
    }
    for Members { nodes, labels } in windows {
        assert!(nodes.is_sorted_by(|a, b| a < b), "nodes must be ascending");
        assert_eq!(nodes.len(), labels.len(), "there must be a label for each node");
    }
    let mut communities: Vec<Vec<TimedCommunity>> =
        windows.par_iter().map(|members| of_window(members.labels, min_nodes)).collect();
    let pairs: Vec<Vec<Pair>> = (1..windows.len())
        .into_par_iter()
        .map(|at| {
            let shared = shared_labels(windows[at - 1], windows[at]);
            matches(&communities[at - 1], &communities[at], &shared, threshold)
        })
        .collect();
    let mut n_timelines = 0;
    for window in 0..communities.len() {
        let (earlier, later) = communities.split_at_mut(window);
        let mut carried = vec![None; later[0].len()];
        if let Some(before) = earlier.last() {
            for pair in carriers(&pairs[window - 1]) {
                carried[pair.after] = Some(before[pair.before].timeline);
            }
        }
        for (community, carried) in later[0].iter_mut().zip(carried) {
            community.timeline = carried.unwrap_or_else(|| {
                n_timelines += 1;
                n_timelines - 1
            });
        }
    }
    let transition = |(ends, pairs): (&[Vec<TimedCommunity>], &Vec<Pair>)| events(&ends[0], &ends[1], pairs);
    let transitions = communities.windows(2).zip(&pairs).map(transition).collect();
    Ok(CommunityMatching { communities, transitions, n_timelines })
}

/// Communities of a window that are large enough, without a timeline yet.
fn of_window(labels: &[u32], min_nodes: u32) -> Vec<TimedCommunity> {
    let mut labels = labels.to_vec();
    labels.sort_unstable();
    let community =
        |run: &[u32]| TimedCommunity { label: run[0], n_nodes: run.len() as u32, timeline: u32::MAX };
    labels.chunk_by(|a, b| a == b).map(community).filter(|community| community.n_nodes >= min_nodes).collect()
}

/// The labels of nodes that are in both windows, and how many have them.
fn shared_labels(before: Members, after: Members) -> Vec<((u32, u32), u32)> {
    let mut both = Vec::new();
    let mut at = 0;
    for (&node, &label) in before.nodes.iter().zip(before.labels) {
        while after.nodes.get(at).is_some_and(|&other| other < node) {
            at += 1;
        }
        if after.nodes.get(at) == Some(&node) {
            both.push((label, after.labels[at]));
        }
    }
    both.sort_unstable();
    both.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)).collect()
}

/// Pairs above the threshold, ascending.
fn matches(
    before: &[TimedCommunity],
    after: &[TimedCommunity],
    shared: &[((u32, u32), u32)],
    threshold: f64,
) -> Vec<Pair> {
    let find = |communities: &[TimedCommunity], label: u32| {
        communities.binary_search_by_key(&label, |community| community.label).ok()
    };
    let pair = |&((of_before, of_after), n_shared): &((u32, u32), u32)| {
        let (at_before, at_after) = (find(before, of_before)?, find(after, of_after)?);
        let of_both = u64::from(before[at_before].n_nodes) + u64::from(after[at_after].n_nodes);
        let jaccard = f64::from(n_shared) / (of_both - u64::from(n_shared)) as f64;
        (jaccard > threshold).then_some(Pair { before: at_before, after: at_after, n_shared, jaccard })
    };
    shared.iter().filter_map(pair).collect()
}

/// The pairs that carry an identity on: those that share most first, each end once.
fn carriers(pairs: &[Pair]) -> Vec<Pair> {
    let mut order: Vec<&Pair> = pairs.iter().collect();
    order.sort_by_key(|pair| (std::cmp::Reverse(pair.n_shared), pair.before, pair.after));
    let end = |of: fn(&Pair) -> usize| pairs.iter().map(of).max().map_or(0, |last| last + 1);
    let mut is_taken = [vec![false; end(|pair| pair.before)], vec![false; end(|pair| pair.after)]];
    let mut carriers = Vec::new();
    for &pair in order {
        if !is_taken[0][pair.before] && !is_taken[1][pair.after] {
            (is_taken[0][pair.before], is_taken[1][pair.after]) = (true, true);
            carriers.push(pair);
        }
    }
    carriers
}

fn events(before: &[TimedCommunity], after: &[TimedCommunity], pairs: &[Pair]) -> Transition {
    let mut of_before = vec![Vec::new(); before.len()];
    let mut of_after = vec![Vec::new(); after.len()];
    for &Pair { before: at_before, after: at_after, n_shared, jaccard } in pairs {
        let found = CommunityMatch { before: before[at_before], after: after[at_after], n_shared, jaccard };
        of_before[at_before].push(found);
        of_after[at_after].push(found);
    }
    let without = |communities: &[TimedCommunity], matches: &[Vec<CommunityMatch>]| {
        communities.iter().zip(matches).filter(|(_, matches)| matches.is_empty()).map(|(c, _)| *c).collect()
    };
    let (births, deaths) = (without(after, &of_after), without(before, &of_before));
    let is_alone = |pair: &&Pair| of_before[pair.before].len() == 1 && of_after[pair.after].len() == 1;
    let continuations = pairs.iter().filter(is_alone).map(|pair| of_before[pair.before][0]).collect();
    let several = |matches: Vec<Vec<CommunityMatch>>| -> Vec<Vec<CommunityMatch>> {
        matches.into_iter().filter(|matches| matches.len() > 1).collect()
    };
    Transition { births, deaths, continuations, splits: several(of_before), merges: several(of_after) }
}
