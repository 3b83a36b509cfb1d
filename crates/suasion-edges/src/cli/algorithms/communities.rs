//! Communities.

use serde_json::json;
use suasion_graph::{LeidenOptions, LeidenQuality, leiden, partition_quality};

use super::{Algorithm, Column, Network, Outcome, Run, TOP, defined};
use crate::cli::Stop;
use crate::cli::settings::{Quality, Settings};

pub(super) const ALGORITHMS: &[Algorithm] = &[Algorithm {
    name: "leiden",
    line: "Communities with more ties inside than chance would put there; directed, and by weight",
    example: "edges.txt --undirected --seed 1 --out communities.csv",
    flags: &["iterations", "out", "quality", "resolution", "seed", "weight"],
    run: Run::Asking(communities),
}];

fn communities(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let default = LeidenOptions::default();
    let options = LeidenOptions {
        quality: match settings.quality {
            Some(Quality::Modularity) | None => LeidenQuality::Modularity,
            Some(Quality::Cpm) => LeidenQuality::Cpm,
        },
        resolution: settings.resolution.unwrap_or(default.resolution),
        iterations: settings.iterations.unwrap_or(default.iterations),
        seed: settings.seed.unwrap_or(default.seed),
    };
    let labels = leiden(&network.graph, options).map_err(Stop::Compute)?;
    let found = partition_quality(&network.graph, &labels);
    let mut sizes: Vec<(u32, u32)> =
        found.communities.iter().map(|community| (community.n_nodes, community.label)).collect();
    sizes.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let called = if options.quality == LeidenQuality::Cpm { "cpm" } else { "modularity" };
    let mut summary = vec![
        ("quality".to_string(), json!(called)),
        ("resolution".to_string(), json!(options.resolution)),
        ("seed".to_string(), json!(options.seed)),
        ("n_communities".to_string(), json!(sizes.len())),
        ("of_one_node".to_string(), json!(sizes.iter().filter(|size| size.0 == 1).count())),
    ];
    // At resolution 1, so that resolutions can be compared.
    let without = "no edge has a weight above zero";
    summary.extend(defined("modularity", found.modularity(1.0), without));
    summary.extend(defined("coverage", found.coverage(), without));
    let row = |&(n_nodes, label): &(u32, u32)| json!({"node": network.names.name(label), "value": n_nodes});
    summary.push(("largest".to_string(), sizes.iter().take(TOP).map(row).collect()));
    Ok(Outcome { summary, nodes: None, columns: vec![("community", Column::Nodes(labels))] })
}
