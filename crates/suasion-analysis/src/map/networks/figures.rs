//! What is drawn of a network: the numbers, all of which may be shown.

use std::collections::BTreeMap;

use suasion_graph::{Direction, EdgeColumns, ForceAtlasOptions, Graph, force_atlas_2};
use suasion_model::Strategy;
use suasion_model::finding::{
    Bar, Figure, FigureData, MatrixRow, NetworkActor, NetworkCommunity, NetworkTie,
};
use suasion_model::number;

use super::Picture;
use super::bridges::Named;
use super::change::Change;
use super::communities::Mix;
use super::read::Evidence;
use super::voices::closeness;
use crate::text::{all_of, count_word, percent};

/// Ties between named actors that are kept, the strongest first.
const TIES: usize = 2000;

/// How strongly a named actor is held to its community in the picture.
const MEMBERSHIP: f64 = 0.02;

/// What a community is called.
pub(super) fn name(at: usize) -> String {
    format!("Community {}", at + 1)
}

/// What the rest is called.
pub(super) const REST: &str = "All others";

pub(super) fn figures(strategy: &Strategy, evidence: &Evidence<'_>, picture: &Picture) -> Vec<Figure> {
    let mut figures = vec![network(strategy, evidence, picture)];
    figures.extend(matrix(picture));
    figures.extend(bridges(picture));
    figures.extend(picture.change.as_ref().ok().and_then(change));
    figures
}

fn network(strategy: &Strategy, evidence: &Evidence<'_>, picture: &Picture) -> Figure {
    let mut communities = communities(evidence, picture);
    let place = |named: &Named| {
        let of = picture.communities.of[named.node as usize];
        of.or_else(|| {
            (communities.len() > picture.communities.shown.len()).then_some(picture.communities.shown.len())
        })
    };
    let places: Vec<Option<usize>> = picture.bridging.named.iter().map(place).collect();
    let ties = ties(picture, &places, communities.len());
    let positions = positions(picture, &ties, communities.len());
    for (community, [x, y]) in communities.iter_mut().zip(&positions) {
        (community.x, community.y) = (*x, *y);
    }
    let actors = picture.bridging.named.iter().enumerate().map(|(at, named)| {
        let row = evidence.marks.row(named.actor);
        let of = |text: Option<&String>| text.filter(|text| evidence.marks.may_be_said(text)).cloned();
        let [x, y] = positions[communities.len() + at];
        NetworkActor {
            id: actor_id(at),
            name: named.bridge.name.clone(),
            kind: row.and_then(|row| row.kind.clone()).unwrap_or_default(),
            closeness: closeness(strategy, evidence, named.actor).map(|close| close.word().to_string()),
            country: of(row.and_then(|row| row.country.as_ref())),
            language: of(row.and_then(|row| row.language.as_ref())),
            community: places[at].map(|at| communities[at].id.clone()),
            bridge: named.bridge.clone(),
            x,
            y,
        }
    });
    let actors: Vec<NetworkActor> = actors.collect();
    let n_shown = picture.communities.shown.len();
    let largest = communities.first().map_or_else(String::new, |first| {
        let n = number::count(u64::from(first.n_actors));
        format!(" The largest has {n} actors.")
    });
    let who = match actors.len() {
        0 => "Nobody in it may be named.".to_string(),
        1 => "One actor in it may be named.".to_string(),
        n => format!("{} actors in it may be named.", number::count(n as u64)),
    };
    let n_shown =
        if n_shown == 1 { "One community is".to_string() } else { format!("{n_shown} communities are") };
    Figure {
        id: "network".to_string(),
        title: format!("{}: who is tied to whom", picture.label),
        summary: format!("{n_shown} shown.{largest} {who}"),
        unit: "% of interactions".to_string(),
        data: FigureData::Network { communities, actors, ties },
    }
}

fn actor_id(at: usize) -> String {
    format!("actor-{}", at + 1)
}

fn community_id(at: usize) -> String {
    format!("community-{}", at + 1)
}

fn communities(evidence: &Evidence<'_>, picture: &Picture) -> Vec<NetworkCommunity> {
    let found = &picture.communities;
    let n_unmarked = |nodes: &[u32]| {
        evidence.marks.n_unmarked(nodes.iter().map(|node| &picture.ties.actors[*node as usize]))
    };
    let of = |at: usize, nodes: &[u32], is_rest: bool| NetworkCommunity {
        id: community_id(at),
        name: if is_rest { REST.to_string() } else { name(at) },
        is_rest,
        n_actors: nodes.len() as u32,
        n_named: (nodes.len() - n_unmarked(nodes)) as u32,
        internal_share: picture.doings.internal[if is_rest { found.shown.len() } else { at }]
            .filter(|_| !is_rest),
        stability: found.shown.get(at).and_then(|community| community.stability),
        is_found: found.shown.get(at).and_then(|community| community.is_found),
        languages: bars(&picture.doings.languages, at),
        topics: picture.doings.topics[at].clone(),
        bridging_share: picture.bridging.share(nodes),
        x: 0.5,
        y: 0.5,
    };
    let shown = found.shown.iter().enumerate().map(|(at, community)| of(at, &community.nodes, false));
    let rest = (!found.rest.is_empty()).then(|| of(found.shown.len(), &found.rest, true));
    shown.chain(rest).collect()
}

fn bars(mix: &Mix, community: usize) -> Vec<Bar> {
    let shares = mix.words.iter().zip(&mix.shares[community]);
    let mut bars: Vec<Bar> = shares
        .filter_map(|(name, share)| {
            share.filter(|share| *share > 0.0).map(|share| Bar { name: name.clone(), share })
        })
        .collect();
    bars.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.name.cmp(&b.name)));
    bars
}

/// Ties between communities, both ways together, those between named actors, and whose community is which.
fn ties(picture: &Picture, places: &[Option<usize>], n_communities: usize) -> Vec<NetworkTie> {
    let mut between: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (&(from, to), share) in &picture.doings.between {
        if from.max(to) < n_communities {
            *between.entry((from.min(to), from.max(to))).or_default() += share;
        }
    }
    let tie = |source, target, share| NetworkTie { source, target, share };
    let mut ties: Vec<NetworkTie> = between
        .into_iter()
        .map(|((a, b), share)| tie(community_id(a), community_id(b), Some(share)))
        .collect();
    let at: BTreeMap<u32, usize> =
        picture.bridging.named.iter().enumerate().map(|(at, named)| (named.node, at)).collect();
    let all: f64 = picture.weight;
    let graph = &picture.ties.undirected;
    let mut named: Vec<(f64, usize, usize)> = graph
        .edges()
        .filter_map(|(u, v, weight)| {
            let (a, b) = (*at.get(&u)?, *at.get(&v)?);
            Some((if all > 0.0 { weight / all } else { 0.0 }, a.min(b), a.max(b)))
        })
        .collect();
    named.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    ties.extend(named.into_iter().take(TIES).map(|(share, a, b)| tie(actor_id(a), actor_id(b), Some(share))));
    ties.extend(
        places
            .iter()
            .enumerate()
            .filter_map(|(at, place)| place.map(|place| tie(actor_id(at), community_id(place), None))),
    );
    ties
}

/// Places of communities, then of named actors, from what is shown alone.
fn positions(picture: &Picture, ties: &[NetworkTie], n_communities: usize) -> Vec<[f64; 2]> {
    let n = n_communities + picture.bridging.named.len();
    let node = |id: &str| -> u32 {
        let number = |id: &str| id.parse::<u32>().unwrap_or(1) - 1;
        match (id.strip_prefix("community-"), id.strip_prefix("actor-")) {
            (Some(id), _) => number(id),
            (_, Some(id)) => n_communities as u32 + number(id),
            _ => 0,
        }
    };
    let columns = EdgeColumns {
        sources: ties.iter().map(|tie| node(&tie.source)).collect(),
        targets: ties.iter().map(|tie| node(&tie.target)).collect(),
        weights: Some(ties.iter().map(|tie| 100.0 * tie.share.unwrap_or(MEMBERSHIP)).collect()),
    };
    let options = ForceAtlasOptions {
        weight_influence: 0.5,
        strong_gravity: true,
        gravity: 0.05,
        iterations: 600,
        seed: picture.seed,
        ..ForceAtlasOptions::default()
    };
    let laid_out = Graph::from_columns(Direction::Undirected, n, columns)
        .and_then(|graph| force_atlas_2(&graph, options))
        .map(|layout| layout.positions);
    scaled(&laid_out.unwrap_or_else(|_| vec![[0.0, 0.0]; n]))
}

/// Positions between 0 and 1, at one scale, rounded: what comes behind the fifth digit is nobody's place.
fn scaled(positions: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let bounds = |axis: usize| {
        let values = || positions.iter().map(|position| position[axis]);
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
    };
    let (left, right) = bounds(0);
    let (top, bottom) = bounds(1);
    let side = (right - left).max(bottom - top);
    let place = |at: f64, low: f64, high: f64| {
        let part = if side > 0.0 { 0.5 + (at - f64::midpoint(low, high)) / side } else { 0.5 };
        (part * 1e5).round() / 1e5
    };
    positions.iter().map(|[x, y]| [place(*x, left, right), place(*y, top, bottom)]).collect()
}

/// The communities by layer, where there is more than one.
fn matrix(picture: &Picture) -> Option<Figure> {
    let layers = &picture.doings.layers;
    if layers.words.len() < 2 {
        return None;
    }
    let found = &picture.communities;
    let names = (0..found.shown.len()).map(name).chain((!found.rest.is_empty()).then(|| REST.to_string()));
    let rows: Vec<MatrixRow> = names
        .enumerate()
        .map(|(at, name)| MatrixRow { name, shares: layers.shares[at].clone(), rest: layers.rest(at) })
        .collect();
    let first = layers.words.first().map_or("", String::as_str);
    let shares: Vec<f64> = rows.iter().filter_map(|row| row.shares[0]).collect();
    let (least, most) =
        (shares.iter().copied().fold(1.0, f64::min), shares.iter().copied().fold(0.0, f64::max));
    let summary = if shares.is_empty() {
        "No share is of enough actors to be shown.".to_string()
    } else {
        format!("“{first}” has from {} to {} of what a community does.", percent(least), percent(most))
    };
    Some(Figure {
        id: "layers".to_string(),
        title: format!("{}: in which layers communities act", picture.label),
        summary,
        unit: "% of a community's interactions".to_string(),
        data: FigureData::Matrix { columns: layers.words.clone(), rows },
    })
}

fn bridges(picture: &Picture) -> Option<Figure> {
    let bridging = &picture.bridging;
    if bridging.named.is_empty() && bridging.groups.is_empty() {
        return None;
    }
    let first: Vec<String> = bridging
        .named
        .iter()
        .take_while(|named| named.bridge.rank.first == 1)
        .map(|named| named.bridge.name.clone())
        .collect();
    let named = match first.as_slice() {
        [] => "Nobody may be named.".to_string(),
        [one] => format!("Of those who may be named, {one} lies most between others."),
        [one, two] => format!("Of those who may be named, {one} and {two} lie most between others, level."),
        many => format!("Of those who may be named, {} are level.", count_word(many.len())),
    };
    let others: f64 = bridging.groups.iter().filter_map(|group| group.bridging_share).sum();
    let others = if bridging.groups.iter().any(|group| group.bridging_share.is_some()) {
        format!(" All others together have {} of bridging.", percent(others))
    } else {
        String::new()
    };
    Some(Figure {
        id: "bridges".to_string(),
        title: format!("{}: who bridges, and who is merely popular", picture.label),
        summary: format!("{named}{others}"),
        unit: "rank".to_string(),
        data: FigureData::Bridges {
            actors: bridging.named.iter().map(|named| named.bridge.clone()).collect(),
            groups: bridging.groups.clone(),
        },
    })
}

fn change(change: &Change) -> Option<Figure> {
    if change.flows.is_empty() {
        return None;
    }
    let sum =
        |count: fn(&suasion_model::finding::ChangeStep) -> u32| change.steps.iter().map(count).sum::<u32>();
    let counts = [
        (sum(|step| step.births), "born"),
        (sum(|step| step.splits), "split"),
        (sum(|step| step.merges), "merged"),
        (sum(|step| step.deaths), "gone"),
    ];
    let counts: Vec<String> = counts.iter().map(|(count, what)| format!("{count} {what}")).collect();
    Some(Figure {
        id: "change".to_string(),
        title: "How communities change".to_string(),
        summary: format!("Over {} windows: {}.", change.windows.len(), all_of(&counts)),
        unit: "actors".to_string(),
        data: FigureData::Change {
            windows: change.windows.iter().map(|window| window.name.clone()).collect(),
            blocks: change.blocks.clone(),
            flows: change.flows.clone(),
            steps: change.steps.clone(),
        },
    })
}
