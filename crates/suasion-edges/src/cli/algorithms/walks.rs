//! Walks.

use serde_json::json;
use suasion_graph::PageRankOptions;

use super::{Algorithm, Column, Network, Outcome, Run, figures};
use crate::cli::settings::Settings;

pub(super) const ALGORITHMS: &[Algorithm] = &[Algorithm {
    name: "pagerank",
    line: "Where a walker is that follows edges with probability .85, by weight, and else goes anywhere",
    example: "edges.txt --format json",
    is_of_paths: false,
    flags: &["damping", "tolerance"],
    run: Run::Told(pagerank),
}];

fn pagerank(network: &Network, settings: &Settings) -> Outcome {
    let default = PageRankOptions::default();
    let options = PageRankOptions {
        damping: settings.damping.unwrap_or(default.damping),
        tolerance: settings.tolerance.unwrap_or(default.tolerance),
        ..default
    };
    let found = suasion_graph::pagerank(&network.graph, options);
    let summary = vec![
        ("damping".to_string(), json!(options.damping)),
        ("iterations".to_string(), json!(found.n_iterations)),
        ("last_change".to_string(), json!(found.change)),
        ("tolerance".to_string(), json!(options.tolerance)),
    ];
    figures(network, summary, vec![("pagerank", Column::Numbers(found.scores))])
}
