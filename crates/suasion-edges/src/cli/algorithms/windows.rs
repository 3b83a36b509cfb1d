//! A network through windows of time: who comes and goes, and what becomes of communities.

use rayon::prelude::*;
use serde_json::{Map, Value, json};
use suasion_graph::{
    Actors, CommunityMatch, LeidenOptions, MatchingOptions, Members, TimedCommunity, Transition, Turnover,
    WindowGraph, leiden, match_communities, strengths, turnover,
};

use super::{Algorithm, Column, Figures, Network, Outcome, Rows, Run, TOP, Timed, communities, defined};
use crate::cli::Stop;
use crate::cli::calendar::written;
use crate::cli::settings::Settings;

pub(super) const ALGORITHMS: &[Algorithm] = &[Algorithm {
    name: "windows",
    line: "Windows of time: how many nodes are new or gone in each, and which communities go on, split, merge, are born and die (Greene, Doyle and Cunningham 2010)",
    example: "acts.csv --time-column when --window 1-year --seed 1 --out windows.csv",
    flags: &[
        "iterations",
        "out",
        "quality",
        "resolution",
        "seed",
        "threshold",
        "time-column",
        "weight",
        "window",
    ],
    run: Run::Asking(windows),
}];

/// What is found in a window by itself.
struct Window {
    /// The nodes that are active in it, ascending.
    nodes: Vec<u32>,
    /// Of each, the smallest node of its community.
    labels: Vec<u32>,
    strengths: Vec<f64>,
    n_edges: usize,
}

fn windows(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let span = settings.window.ok_or(Stop::WindowMissing)?;
    let Some(Timed { direction, ties, times }) = &network.timed else { return Err(Stop::TimeMissing) };
    let options = communities::options(settings);
    let default = MatchingOptions::default();
    let matching = MatchingOptions { threshold: settings.threshold.unwrap_or(default.threshold), ..default };
    let (windows, scale, times) = span.windows(times)?;
    let parts = windows.split(ties, &times).map_err(Stop::Compute)?;
    let n_nodes = network.graph.n_nodes();
    let found: Vec<Result<Window, suasion_graph::Error>> = parts
        .into_par_iter()
        .map(|part| Window::of(WindowGraph::from_columns(*direction, n_nodes as usize, part)?, options))
        .collect();
    // In order, so that of several faults the first is said.
    let found: Vec<Window> = found.into_iter().collect::<Result<_, _>>().map_err(Stop::Compute)?;
    let members: Vec<Members> =
        found.iter().map(|Window { nodes, labels, .. }| Members { nodes, labels }).collect();
    let matched = match_communities(&members, matching).map_err(Stop::Compute)?;
    let actors: Vec<Actors> =
        found.iter().map(|window| Actors { nodes: &window.nodes, activity: &window.strengths }).collect();
    let turnover = turnover(n_nodes, &actors);
    let rows: Vec<Value> = (0..found.len())
        .zip(windows.ranges())
        .map(|(at, range)| {
            let since = at.checked_sub(1).map(|before| &matched.transitions[before]);
            let mut figures = vec![
                ("window".to_string(), json!(at + 1)),
                ("from".to_string(), json!(written(range.start, scale))),
                ("to".to_string(), json!(written(range.end, scale))),
                ("n_nodes".to_string(), json!(found[at].nodes.len())),
                ("n_edges".to_string(), json!(found[at].n_edges)),
                ("communities".to_string(), json!(matched.communities[at].len())),
            ];
            figures.extend(of_turnover(&turnover[at]));
            figures.extend(defined("events", since.map(|since| events(network, since)), NO_WINDOW));
            Value::Object(figures.into_iter().collect())
        })
        .collect();
    let mut summary = communities::said(options);
    summary.extend([
        ("threshold".to_string(), json!(matching.threshold)),
        ("window".to_string(), json!(span.written())),
        ("times_count".to_string(), json!(scale)),
        ("n_timelines".to_string(), json!(matched.n_timelines)),
        ("n_windows".to_string(), json!(found.len())),
        ("windows".to_string(), Value::Array(rows)),
    ]);
    let (nodes, columns) = presences(&found, &matched.communities, &turnover);
    Ok(Outcome { rows: Rows::Nodes(nodes), ..Outcome::of(summary, columns) })
}

impl Window {
    fn of(window: WindowGraph, options: LeidenOptions) -> Result<Self, suasion_graph::Error> {
        let WindowGraph { graph, nodes } = window;
        let labels = leiden(&graph, options)?.into_iter().map(|label| nodes[label as usize]).collect();
        Ok(Self { labels, strengths: strengths(&graph), n_edges: graph.n_edges(), nodes })
    }
}

/// Why there are no events, and no departures.
const NO_WINDOW: &str = "there is no window before";

fn of_turnover(found: &Turnover) -> Figures {
    let Turnover { entrants, returning, departures, .. } = found;
    let count = |nodes: &Option<Vec<u32>>| nodes.as_ref().map(Vec::len);
    let nobody_before = "nobody is active in any window before";
    let no_rate = if entrants.is_none() { nobody_before } else { "nobody is active" };
    let no_weight = if found.n_actors == 0 { "nobody is active" } else { "no edge has a weight above zero" };
    let no_share = if entrants.is_none() { nobody_before } else { no_weight };
    [
        defined("effective_number", found.effective_number, no_weight),
        defined("entrants", count(entrants), nobody_before),
        defined("entrant_rate", found.entrant_rate, no_rate),
        defined("entrant_strength_share", found.entrant_activity_share, no_share),
        vec![("returning".to_string(), json!(returning.len()))],
        defined("departures", count(departures), NO_WINDOW),
    ]
    .concat()
}

/// How many events of each kind there are, with the largest of each.
fn events(network: &Network, found: &Transition) -> Value {
    let Transition { births, deaths, continuations, splits, merges } = found;
    let alone = |communities: &[TimedCommunity]| {
        largest(communities, |community| *community, |community| community_of(network, *community))
    };
    let matched = |found: &CommunityMatch, community: (&str, TimedCommunity)| {
        let mut figures = Map::from_iter([
            (community.0.to_string(), community_of(network, community.1)),
            ("shared".to_string(), json!(found.n_shared)),
            ("jaccard".to_string(), json!(found.jaccard)),
        ]);
        figures.insert("same_timeline".to_string(), json!(found.is_same_timeline()));
        figures
    };
    let continuation = |found: &CommunityMatch| {
        let mut figures = matched(found, ("after", found.after));
        figures.insert("before".to_string(), community_of(network, found.before));
        Value::Object(figures)
    };
    let split = |parts: &Vec<CommunityMatch>| {
        let after: Vec<Value> =
            parts.iter().map(|part| Value::Object(matched(part, ("community", part.after)))).collect();
        json!({"before": community_of(network, parts[0].before), "after": after})
    };
    let merge = |parts: &Vec<CommunityMatch>| {
        let before: Vec<Value> =
            parts.iter().map(|part| Value::Object(matched(part, ("community", part.before)))).collect();
        json!({"before": before, "after": community_of(network, parts[0].after)})
    };
    json!({
        "births": alone(births),
        "deaths": alone(deaths),
        "continuations": largest(continuations, |found| found.after, continuation),
        "splits": largest(splits, |parts| parts[0].before, split),
        "merges": largest(merges, |parts| parts[0].after, merge),
    })
}

/// How many there are, and those of the largest communities.
fn largest<T>(found: &[T], of: impl Fn(&T) -> TimedCommunity, shown: impl Fn(&T) -> Value) -> Value {
    let mut order: Vec<&T> = found.iter().collect();
    order.sort_by_key(|found| (std::cmp::Reverse(of(found).n_nodes), of(found).label));
    let rows: Vec<Value> = order.into_iter().take(TOP).map(shown).collect();
    json!({"n": found.len(), "largest": rows})
}

/// A community, called by its smallest node; timelines are counted from 1.
fn community_of(network: &Network, community: TimedCommunity) -> Value {
    let TimedCommunity { label, n_nodes, timeline } = community;
    json!({"node": network.names.name(label), "n_nodes": n_nodes, "timeline": timeline + 1})
}

/// A row for each node and window that it is active in, by node and then window.
fn presences(
    found: &[Window],
    communities: &[Vec<TimedCommunity>],
    turnover: &[Turnover],
) -> (Vec<u32>, super::Columns) {
    let mut rows: Vec<(u32, u32, u32)> = (0..)
        .zip(found)
        .flat_map(|(window, found)| (0..).zip(&found.nodes).map(move |(at, &node)| (node, window, at)))
        .collect();
    rows.par_sort_unstable();
    let label = |&(_, window, at): &(u32, u32, u32)| found[window as usize].labels[at as usize];
    let timeline = |row: &(u32, u32, u32)| {
        let communities = &communities[row.1 as usize];
        let at = communities.binary_search_by_key(&label(row), |community| community.label).ok()?;
        Some(communities[at].timeline + 1)
    };
    let entrant = |&(node, window, _): &(u32, u32, u32)| {
        let entrants = turnover[window as usize].entrants.as_ref()?;
        Some(u32::from(entrants.binary_search(&node).is_ok()))
    };
    let strength = |&(_, window, at): &(u32, u32, u32)| found[window as usize].strengths[at as usize];
    let columns = vec![
        ("window", Column::Counts(rows.iter().map(|row| row.1 + 1).collect())),
        ("community", Column::Nodes(rows.par_iter().map(label).collect())),
        ("timeline", Column::DefinedCounts(rows.par_iter().map(timeline).collect())),
        ("entrant", Column::DefinedCounts(rows.par_iter().map(entrant).collect())),
        ("strength", Column::Numbers(rows.par_iter().map(strength).collect())),
    ];
    (rows.into_iter().map(|row| row.0).collect(), columns)
}
