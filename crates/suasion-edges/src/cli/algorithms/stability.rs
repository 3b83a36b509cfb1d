//! Which communities would be found again.

use serde_json::{Value, json};
use suasion_graph::{Direction, Resampling, Stability, StabilityOptions};

use super::{Algorithm, Column, Figures, Network, Outcome, Run, TOP, communities, defined};
use crate::cli::Stop;
use crate::cli::settings::Settings;

pub(super) const ALGORITHMS: &[Algorithm] = &[Algorithm {
    name: "stability",
    line: "Communities, and which of them would be found again in other rows and are more stable than chance makes them (Hennig 2007)",
    example: "mentions.csv --undirected --seed 1 --resamples 100 --out stability.csv",
    flags: &[
        "census",
        "iterations",
        "out",
        "quality",
        "resamples",
        "resolution",
        "rewirings",
        "seed",
        "weight",
    ],
    run: Run::Asking(stability),
}];

/// What share of the ties of a census is left out.
const MISSING: f64 = 0.1;
/// Rewirings are resampled a tenth as often.
const OF_REWIRINGS: u32 = 10;

fn stability(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let Some(rows) = &network.rows else { return Err(Stop::RowsMissing) };
    let leiden = communities::options(settings);
    let default = StabilityOptions::default();
    let resamples = settings.resamples.unwrap_or(default.resamples);
    let options = StabilityOptions {
        leiden,
        resamples,
        rewirings: settings.rewirings.unwrap_or(default.rewirings),
        resamples_of_rewirings: resamples.div_ceil(OF_REWIRINGS),
    };
    let resampling = if settings.census { Resampling::MissingTies(MISSING) } else { Resampling::Rows };
    let direction = if network.graph.is_directed() { Direction::Directed } else { Direction::Undirected };
    let found =
        suasion_graph::stability(direction, network.graph.n_nodes() as usize, rows, resampling, options)
            .map_err(Stop::Compute)?;
    let mut summary = communities::said(leiden);
    summary.push(("resamples".to_string(), json!(resamples)));
    summary.push(("rewirings".to_string(), json!(options.rewirings)));
    if settings.census {
        summary.push(("share_left_out".to_string(), json!(MISSING)));
    }
    summary.extend(of_shift(&found));
    let (n_found, n_large) = found.n_found();
    summary.push(("communities_compared_with".to_string(), json!(found.n_compared)));
    summary.push(("n_communities_of_10_or_more".to_string(), json!(n_large)));
    summary.push(("n_found".to_string(), json!(n_found)));
    summary.push(("largest".to_string(), largest(network, &found)));
    let places: Vec<usize> = found.labels.iter().map(|&label| place(&found, label)).collect();
    let score = places.iter().map(|&place| found.communities[place].score).collect();
    let by_chance = places.iter().map(|&place| found.communities[place].by_chance).collect();
    let p = places.iter().map(|&place| found.communities[place].p).collect();
    let is_found = |&place: &usize| {
        let community = &found.communities[place];
        community.p.map(|_| u32::from(community.is_found()))
    };
    let is_found = places.iter().map(is_found).collect();
    let columns = vec![
        ("community", Column::Nodes(found.labels)),
        ("score", Column::Defined(score)),
        ("by_chance", Column::Defined(by_chance)),
        ("p", Column::Defined(p)),
        ("found", Column::DefinedCounts(is_found)),
    ];
    Ok(Outcome::of(summary, columns))
}

/// Where the community of that label is.
fn place(found: &Stability, label: u32) -> usize {
    found.communities.partition_point(|community| community.label < label)
}

fn of_shift(found: &Stability) -> Figures {
    let shift = &found.shift;
    let without = "there are no ties with a weight above zero, in the whole or in a resample";
    let mut figures = defined("ties_kept", shift.ties_kept, "there are no ties");
    figures.extend(defined("modularity", shift.modularity.0, without));
    figures.extend(defined("modularity_of_resamples", shift.modularity.1, without));
    figures.push(("n_communities_of_2_or_more".to_string(), json!(shift.n_communities.0)));
    figures.extend(defined("communities_of_resamples", shift.n_communities.1, "there are no resamples"));
    figures
}

/// The largest communities, with how stable they are.
fn largest(network: &Network, found: &Stability) -> Value {
    let mut order: Vec<_> = found.communities.iter().collect();
    order.sort_by_key(|community| (std::cmp::Reverse(community.n_nodes), community.label));
    let never = "it has no tie";
    let without = "rewirings have too few communities with a tie, or this one has none";
    order
        .into_iter()
        .take(TOP)
        .map(|community| {
            let mut row = vec![
                ("community".to_string(), json!(network.names.name(community.label))),
                ("n_nodes".to_string(), json!(community.n_nodes)),
            ];
            row.extend(defined("found", community.p.map(|_| community.is_found()), without));
            row.extend(defined("score", community.score, never));
            row.extend(defined("by_chance", community.by_chance, without));
            row.extend(defined("p", community.p, without));
            Value::Object(row.into_iter().collect())
        })
        .collect()
}
