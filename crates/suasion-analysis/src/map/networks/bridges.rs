//! Who lies between others: those who may be named one by one, all others in groups of ten or more.
//!
//! *Betweenness* is that of the undirected network without weights, as a share of all pairs of others: exact up to
//! [`MOST_STEPS`] steps, estimated with an interval beyond. *Popularity* is the number of actors that one is tied to.
//! Both are shown as ranks among those who may be named: a rank among all would say how many of the others come before,
//! and a number of ties how many others there are. Who is level shares a rank.
//!
//! The *role* is that in which an actor passes on most often between communities (Gould and Fernandez 1989); two that are
//! level are both named.

use std::collections::BTreeMap;

use suasion_graph::{
    BrokerageRole, KadabraOptions, approximate_betweenness, betweenness, brokerage, degrees,
};
use suasion_model::finding::{Bridge, BridgeGroup, Rank};
use suasion_model::strategy::Network;

use super::communities::{Communities, actors};
use super::read::{Evidence, Ties};
use crate::text::all_of;

/// Nodes times ties up to which betweenness is counted and not estimated.
const MOST_STEPS: f64 = 2e9;

/// How far off estimates of betweenness may be, and how often farther.
const EPSILON: f64 = 0.002;
const DELTA: f64 = 0.05;

/// Who lies between others.
pub(super) struct Bridging {
    /// Of each node, the share of pairs of others that it lies between.
    pub(super) betweenness: Vec<f64>,
    /// Between what the share lies, where it is estimated.
    pub(super) range: Option<(Vec<f64>, Vec<f64>)>,
    /// The number of actors that each node is tied to.
    pub(super) degrees: Vec<u64>,
    /// Those who may be named, by bridging, then by name.
    pub(super) named: Vec<Named>,
    /// All others, by community.
    pub(super) groups: Vec<BridgeGroup>,
}

/// One who may be named.
pub(super) struct Named {
    pub(super) actor: u32,
    pub(super) node: u32,
    pub(super) bridge: Bridge,
}

impl Bridging {
    /// The sum over some nodes as a share of that over all; none where nobody lies between others.
    pub(super) fn share<'n>(&self, nodes: impl IntoIterator<Item = &'n u32>) -> Option<f64> {
        let all = total(self.betweenness.iter().copied());
        let part = total(nodes.into_iter().map(|node| self.betweenness[*node as usize]));
        (all > 0.0).then(|| part / all)
    }
}

/// A sum that does not depend on the order of its terms.
pub(super) fn total(terms: impl Iterator<Item = f64>) -> f64 {
    let mut terms: Vec<f64> = terms.collect();
    terms.sort_by(f64::total_cmp);
    terms.iter().sum::<f64>() + 0.0
}

/// Finds who lies between others.
pub(super) fn bridging(
    evidence: &mut Evidence<'_>,
    network: &Network,
    ties: &Ties,
    communities: &Communities,
) -> Result<Bridging, String> {
    let (betweenness, range) = shares(network, ties)?;
    let mut bridging = Bridging {
        betweenness,
        range,
        degrees: degrees(&ties.undirected),
        named: Vec::new(),
        groups: Vec::new(),
    };
    bridging.named = named(evidence, ties, communities, &bridging);
    bridging.groups = groups(evidence, ties, communities, &bridging);
    Ok(bridging)
}

type Shares = (Vec<f64>, Option<(Vec<f64>, Vec<f64>)>);

fn shares(network: &Network, ties: &Ties) -> Result<Shares, String> {
    let graph = &ties.undirected;
    let failed = |error| format!("failed to measure bridging: {error}");
    let n = f64::from(graph.n_nodes());
    if n < 3.0 {
        return Ok((vec![0.0; graph.n_nodes() as usize], None));
    }
    if n * graph.n_edges() as f64 <= MOST_STEPS {
        let pairs = (n - 1.0) * (n - 2.0) / 2.0;
        return Ok((
            betweenness(graph).map_err(failed)?.into_iter().map(|paths| paths / pairs).collect(),
            None,
        ));
    }
    let options = KadabraOptions { epsilon: EPSILON, delta: DELTA, seed: network.seed };
    let found = approximate_betweenness(graph, options).map_err(failed)?;
    let found = found.ok_or_else(|| "there are too few actors to be between".to_string())?;
    // Of pairs of others, and not of all.
    let of_others = |shares: Vec<f64>| -> Vec<f64> {
        shares.into_iter().map(|share| (share * n / (n - 2.0)).clamp(0.0, 1.0)).collect()
    };
    Ok((of_others(found.estimates), Some((of_others(found.lower), of_others(found.upper)))))
}

fn named(evidence: &Evidence<'_>, ties: &Ties, communities: &Communities, bridging: &Bridging) -> Vec<Named> {
    let nodes: Vec<u32> = (0..ties.n_nodes() as u32)
        .filter(|node| evidence.marks.is_marked(ties.actors[*node as usize]))
        .collect();
    if nodes.is_empty() {
        return Vec::new();
    }
    let by_betweenness = ranks(&nodes, |node| bridging.betweenness[node as usize]);
    let by_ties = ranks(&nodes, |node| bridging.degrees[node as usize] as f64);
    let counts = brokerage(&ties.directed, &groups_of(&communities.labels)).counts;
    let mut named: Vec<Named> = nodes
        .iter()
        .enumerate()
        .map(|(at, &node)| {
            let actor = ties.actors[node as usize];
            let range = bridging.range.as_ref();
            let bridge = Bridge {
                name: evidence.marks.name(actor).unwrap_or_default().to_string(),
                betweenness: (ties.n_nodes() > 2).then(|| bridging.betweenness[node as usize]),
                betweenness_range: range.map(|(low, high)| [low[node as usize], high[node as usize]]),
                rank: by_betweenness[at],
                rank_interval: None,
                popularity_rank: by_ties[at],
                role: counts[node as usize].as_ref().and_then(role),
                standing: None,
            };
            Named { actor, node, bridge }
        })
        .collect();
    named.sort_by_key(|named| (named.bridge.rank.first, named.actor));
    named
}

/// Communities numbered from 0.
fn groups_of(labels: &[u32]) -> Vec<Option<u32>> {
    let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
    for label in labels {
        let next = numbers.len() as u32;
        numbers.entry(*label).or_insert(next);
    }
    labels.iter().map(|label| numbers.get(label).copied()).collect()
}

/// The places of nodes, the largest figure first; who is level shares a place.
fn ranks(nodes: &[u32], figure: impl Fn(u32) -> f64) -> Vec<Rank> {
    let figures: Vec<f64> = nodes.iter().map(|node| figure(*node)).collect();
    let mut ordered = figures.clone();
    ordered.sort_by(|a, b| b.total_cmp(a));
    figures
        .iter()
        .map(|figure| Rank {
            first: ordered.partition_point(|other| other > figure) as u32 + 1,
            last: ordered.partition_point(|other| other >= figure) as u32,
        })
        .collect()
}

/// The role or roles in which one passes on most often.
fn role(counts: &[u64; 5]) -> Option<String> {
    let most = counts.iter().copied().max().filter(|most| *most > 0)?;
    let level: Vec<&str> = BrokerageRole::ALL
        .iter()
        .zip(counts)
        .filter(|(_, count)| **count == most)
        .map(|(role, _)| match role {
            BrokerageRole::Coordinator => "coordinator",
            BrokerageRole::Consultant => "consultant",
            BrokerageRole::Representative => "representative",
            BrokerageRole::Gatekeeper => "gatekeeper",
            BrokerageRole::Liaison => "liaison",
        })
        .collect();
    Some(all_of(&level))
}

/// Those who may not be named, by community.
fn groups(
    evidence: &mut Evidence<'_>,
    ties: &Ties,
    communities: &Communities,
    bridging: &Bridging,
) -> Vec<BridgeGroup> {
    let unmarked = |nodes: &[u32]| -> Vec<u32> {
        nodes.iter().copied().filter(|node| !evidence.marks.is_marked(ties.actors[*node as usize])).collect()
    };
    let mut names: Vec<String> =
        (1..=communities.shown.len()).map(|number| format!("Others in community {number}")).collect();
    let mut cells: Vec<Vec<u32>> =
        communities.shown.iter().map(|community| unmarked(&community.nodes)).collect();
    names.push("Others elsewhere".to_string());
    cells.push(unmarked(&communities.rest));
    let of_actors: Vec<Vec<u32>> = cells.iter().map(|nodes| actors(ties, nodes)).collect();
    let release = evidence.actors_shown.release(&of_actors);
    let ends = total(bridging.degrees.iter().map(|degree| *degree as f64));
    let group = |name: String, nodes: &[u32]| BridgeGroup {
        name,
        n_actors: nodes.len() as u32,
        bridging_share: bridging.share(nodes),
        tie_share: total(nodes.iter().map(|node| bridging.degrees[*node as usize] as f64)) / ends,
    };
    let mut groups: Vec<BridgeGroup> = (0..cells.len())
        .filter(|at| release.is_alone(*at) && !cells[*at].is_empty())
        .map(|at| group(names[at].clone(), &cells[at]))
        .collect();
    let rest: Vec<u32> = release.other().iter().filter_map(|actor| ties.node(*actor)).collect();
    if !rest.is_empty() {
        groups.push(group("Others together".to_string(), &rest));
    }
    groups
}
