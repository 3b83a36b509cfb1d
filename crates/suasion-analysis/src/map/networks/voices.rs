//! How much runs through government: shares of interactions and of bridging by how close to it the named voices are, and
//! what is left of the network without those that are part of it.
//!
//! An actor is as close as its row of the actors table says, or else as a `[[voice]]` of its name says. Only actors that
//! are marked have a closeness: one that is not marked would be alone in its cell.
//!
//! *Without state voices*, the network is compared with itself: the part of its actors in the largest component;
//! efficiency, the mean of 1 / d over ordered pairs of actors with d the number of ties between them, 0 where there is no
//! path; and how many pairs of the others are still within reach of each other, of those that were. Efficiency is of all
//! pairs of the network in question. V. Latora and M. Marchiori (2001), "Efficient behavior of small-world networks",
//! *Physical Review Letters* 87, 198701.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use suasion_graph::{Direction, EdgeColumns, Graph, harmonic_closeness, weak_components};
use suasion_model::Strategy;
use suasion_model::strategy::words::Closeness;

use super::bridges::{Bridging, total};
use super::communities::actors;
use super::read::{Evidence, Ties};

/// Nodes times ties up to which efficiency is counted. Beyond, it is not said.
const MOST_STEPS: f64 = 1e10;

/// How close to government a named voice is, in the order in which shares are given.
pub(super) const KINDS: [Closeness; 3] = [Closeness::State, Closeness::ArmsLength, Closeness::Independent];

/// How much runs through whom.
pub(super) struct Voices {
    /// How many named actors are of each kind.
    pub(super) n_actors: [usize; 3],
    /// Of how many named actors nothing is said.
    pub(super) n_unsaid: usize,
    /// The part of all interactions that a voice of this kind has part in, and none of a kind before it; `None` where it
    /// may not be shown.
    pub(super) interactions: [Option<f64>; 3],
    /// The part of all bridging; `None` where nobody bridges.
    pub(super) bridging: [Option<f64>; 3],
    /// The network without state voices; `None` where there are none.
    pub(super) without_state: Option<Without>,
}

/// A network before and after some are taken out.
pub(super) struct Without {
    /// The part of actors in the largest component, before and after; `None` where it may not be shown.
    pub(super) largest: [Option<f64>; 2],
    /// Efficiency, before and after; `None` where the network is too large for it, or has fewer than two actors.
    pub(super) efficiency: [Option<f64>; 2],
    /// Of the pairs of others within reach of each other, the part that still is; `None` where there were none, or where it
    /// may not be shown.
    pub(super) still_reached: Option<f64>,
}

/// How close an actor is to government, where that is said of a marked one.
pub(super) fn closeness(strategy: &Strategy, evidence: &Evidence<'_>, actor: u32) -> Option<Closeness> {
    let row = evidence.marks.row(actor)?;
    let said = row.closeness.as_deref().and_then(|word| Closeness::from_word(word.trim()));
    said.or_else(|| {
        let is_it = |name: &str| name == row.actor || Some(name) == row.name.as_deref();
        let voice =
            strategy.voices.iter().find(|voice| is_it(voice.id.as_str()) || is_it(voice.name.as_str()));
        voice.map(|voice| voice.closeness.value)
    })
}

/// Adds up what runs through whom.
pub(super) fn voices(
    strategy: &Strategy,
    evidence: &mut Evidence<'_>,
    ties: &Ties,
    bridging: &Bridging,
    rows: &[u32],
) -> Result<Voices, String> {
    let kind = |actor: u32| {
        let close = closeness(strategy, evidence, actor)?;
        KINDS.iter().position(|kind| *kind == close)
    };
    let kinds: Vec<Option<usize>> = (0..evidence.names.len() as u32).map(kind).collect();
    let of_kind = |at: usize| -> Vec<u32> {
        bridging
            .named
            .iter()
            .filter(|one| kinds[one.actor as usize] == Some(at))
            .map(|one| one.node)
            .collect()
    };
    let nodes = [of_kind(0), of_kind(1), of_kind(2)];
    let n_actors = [nodes[0].len(), nodes[1].len(), nodes[2].len()];
    let mut cells = vec![Vec::new(); 4];
    for &row in rows {
        let ends = [evidence.rows[row as usize].from, evidence.rows[row as usize].to];
        let kinds = ends.iter().filter_map(|end| kinds.get(*end as usize).copied().flatten());
        cells[kinds.min().unwrap_or(3)].push(row);
    }
    let release = evidence.rows_shown.release(&cells);
    let weight = |rows: &[u32]| total(rows.iter().map(|row| evidence.rows[*row as usize].said.weight));
    let all = weight(rows);
    let share = |at: usize| (release.is_alone(at) && all > 0.0).then(|| weight(&cells[at]) / all);
    let interactions = [share(0), share(1), share(2)];
    let without_state = if n_actors[0] > 0 { Some(without(evidence, ties, &nodes[0])?) } else { None };
    Ok(Voices {
        n_actors,
        n_unsaid: bridging.named.len() - n_actors.iter().sum::<usize>(),
        interactions,
        bridging: [0, 1, 2].map(|at| bridging.share(&nodes[at])),
        without_state,
    })
}

/// The network before and after these are taken out.
fn without(evidence: &mut Evidence<'_>, ties: &Ties, out: &[u32]) -> Result<Without, String> {
    let n = ties.n_nodes();
    let kept: Vec<u32> = (0..n as u32).filter(|node| out.binary_search(node).is_err()).collect();
    let before = &ties.undirected;
    let after = induced(before, &kept)?;
    let largest_after: Vec<u32> = largest(&after).into_iter().map(|node| kept[node as usize]).collect();
    let mut share = |nodes: &[u32], n_all: usize| {
        let is_in = |node: &u32| nodes.binary_search(node).is_ok();
        let (inside, outside): (Vec<u32>, Vec<u32>) = (0..n as u32).partition(is_in);
        let release = evidence.actors_shown.release(&[actors(ties, &inside), actors(ties, &outside)]);
        (release.is_whole() && n_all > 0).then(|| nodes.len() as f64 / n_all as f64)
    };
    let largest = [share(&largest(before), n), share(&largest_after, kept.len())];
    let labels = weak_components(before).labels;
    let labels: Vec<u32> = kept.iter().map(|node| labels[*node as usize]).collect();
    let parts = weak_components(&after).labels;
    let (pairs_before, pairs_after) = (pairs(&labels, n), pairs(&parts, n));
    // From how many pairs are lost, it could be reckoned how many are cut off.
    let is_cut_off = cut_off(&labels, &parts);
    let (cut_off, others): (Vec<u32>, Vec<u32>) =
        (0..kept.len() as u32).partition(|place| is_cut_off[*place as usize]);
    let of =
        |places: Vec<u32>| places.iter().map(|place| ties.actors[kept[*place as usize] as usize]).collect();
    let may_be_told = evidence.actors_shown.release(&[of(cut_off), of(others)]).is_whole();
    Ok(Without {
        largest,
        efficiency: [efficiency(before), efficiency(&after)],
        still_reached: (may_be_told && pairs_before > 0.0).then(|| pairs_after / pairs_before),
    })
}

/// The network among some nodes, ascending, numbered from 0.
fn induced(graph: &Graph, kept: &[u32]) -> Result<Graph, String> {
    let place = |node: u32| kept.binary_search(&node).ok().map(|place| place as u32);
    let mut columns = EdgeColumns::default();
    for (source, target, _) in graph.edges() {
        if let (Some(source), Some(target)) = (place(source), place(target)) {
            columns.sources.push(source);
            columns.targets.push(target);
        }
    }
    Graph::from_columns(Direction::Undirected, kept.len(), columns)
        .map_err(|error| format!("failed to take state voices out: {error}"))
}

/// The nodes of the largest component, ascending.
fn largest(graph: &Graph) -> Vec<u32> {
    let components = weak_components(graph);
    let label = components.sizes().largest(1).first().map(|size| size.label);
    let label = label.or_else(|| components.labels.first().copied());
    (0..graph.n_nodes()).filter(|node| Some(components.labels[*node as usize]) == label).collect()
}

/// Who is no longer in the largest part of the component that it was in; everybody, where two parts are the largest.
fn cut_off(components: &[u32], parts: &[u32]) -> Vec<bool> {
    let mut sizes: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for (component, part) in components.iter().zip(parts) {
        *sizes.entry((*component, *part)).or_default() += 1;
    }
    let mut largest: BTreeMap<u32, (usize, Option<u32>)> = BTreeMap::new();
    for ((component, part), size) in sizes {
        let known = largest.entry(component).or_default();
        match size.cmp(&known.0) {
            Ordering::Greater => *known = (size, Some(part)),
            Ordering::Equal => known.1 = None,
            Ordering::Less => {}
        }
    }
    components.iter().zip(parts).map(|(component, part)| largest[component].1 != Some(*part)).collect()
}

/// How many unordered pairs have one label.
fn pairs(labels: &[u32], n: usize) -> f64 {
    let mut sizes = vec![0_u64; n];
    for label in labels {
        sizes[*label as usize] += 1;
    }
    sizes.iter().map(|size| size * size.saturating_sub(1) / 2).sum::<u64>() as f64
}

fn efficiency(graph: &Graph) -> Option<f64> {
    let n = f64::from(graph.n_nodes());
    if n < 2.0 || n * graph.n_edges() as f64 > MOST_STEPS {
        return None;
    }
    Some(total(harmonic_closeness(graph).into_iter()) / (n * (n - 1.0)))
}
