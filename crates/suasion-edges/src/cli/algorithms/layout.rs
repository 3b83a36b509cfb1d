//! Layout: where nodes are drawn.

use serde_json::json;
use suasion_graph::{Attraction, ForceAtlas, ForceAtlasOptions, force_atlas_2, neighborhood_preservation};

use super::{Algorithm, Column, Columns, Figures, NO_NODES, Network, Outcome, Run, defined};
use crate::cli::Stop;
use crate::cli::settings::{self, Settings};

pub(super) const ALGORITHMS: &[Algorithm] = &[Algorithm {
    name: "layout",
    line: "Where to draw nodes so that those that are tied lie together (ForceAtlas2); direction ignored, and by weight",
    example: "edges.txt --undirected --seed 1 --out positions.csv",
    flags: &[
        "attraction",
        "gravity",
        "iterations",
        "out",
        "scaling",
        "seed",
        "strong-gravity",
        "theta",
        "tolerance",
        "weight",
        "weight-influence",
    ],
    run: Run::Asking(layout),
}];

fn layout(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let default = ForceAtlasOptions::default();
    let attraction = settings.attraction.unwrap_or(settings::Attraction::Logarithmic);
    let options = ForceAtlasOptions {
        scaling: settings.scaling.unwrap_or(default.scaling),
        gravity: settings.gravity.unwrap_or(default.gravity),
        strong_gravity: settings.strong_gravity,
        attraction: match attraction {
            settings::Attraction::Linear => Attraction::Linear,
            settings::Attraction::Logarithmic => Attraction::Logarithmic,
        },
        weight_influence: settings.weight_influence.unwrap_or(default.weight_influence),
        tolerance: settings.tolerance.unwrap_or(default.tolerance),
        theta: settings.theta.unwrap_or(default.theta),
        iterations: settings.iterations.unwrap_or(default.iterations),
        seed: settings.seed.unwrap_or(default.seed),
    };
    let ForceAtlas { positions, n_levels, swinging, traction } =
        force_atlas_2(&network.graph, options).map_err(Stop::Compute)?;
    let called = if attraction == settings::Attraction::Linear { "linear" } else { "logarithmic" };
    let mut summary = vec![
        ("attraction".to_string(), json!(called)),
        ("iterations".to_string(), json!(options.iterations)),
        ("n_levels".to_string(), json!(n_levels)),
        ("seed".to_string(), json!(options.seed)),
    ];
    let none = "there was no iteration";
    summary.extend(defined("swinging", swinging, none));
    summary.extend(defined("traction", traction, none));
    let (x, y) = positions.into_iter().map(|[x, y]| (x, y)).unzip();
    let columns = vec![("x", Column::Numbers(x)), ("y", Column::Numbers(y))];
    Ok(Outcome { glance: measured, ..Outcome::of(summary, columns) })
}

/// How large the layout is, and how good.
fn measured(network: &Network, columns: &Columns) -> Figures {
    let [(_, Column::Numbers(x)), (_, Column::Numbers(y))] = columns.as_slice() else { return Vec::new() };
    let mut summary = Vec::new();
    for (name, values) in [("width", x), ("height", y)] {
        let least = values.iter().copied().reduce(f64::min);
        let most = values.iter().copied().reduce(f64::max);
        summary.extend(defined(name, most.zip(least).map(|(most, least)| most - least), NO_NODES));
    }
    let positions: Vec<[f64; 2]> = x.iter().zip(y).map(|(&x, &y)| [x, y]).collect();
    let kept = neighborhood_preservation(&network.graph, &positions);
    summary.extend(defined("neighborhood_preservation", kept, "no node is tied to another"));
    summary
}
