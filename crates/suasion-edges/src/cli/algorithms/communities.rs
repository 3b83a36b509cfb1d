//! Communities.

use serde_json::json;
use suasion_graph::{LeidenOptions, LeidenQuality, leiden, partition_quality};

use super::{Algorithm, Column, Columns, Figures, Network, Outcome, Run, TOP, defined, labels, sizes};
use crate::cli::Stop;
use crate::cli::settings::{Quality, Settings};

pub(super) const ALGORITHMS: &[Algorithm] = &[Algorithm {
    name: "leiden",
    line: "Communities with more ties inside than chance would put there; directed, and by weight",
    example: "edges.txt --undirected --seed 1 --out communities.csv",
    flags: &["iterations", "out", "quality", "resolution", "seed", "weight"],
    run: Run::Asking(communities),
}];

/// How communities are sought.
pub(super) fn options(settings: &Settings) -> LeidenOptions {
    let default = LeidenOptions::default();
    LeidenOptions {
        quality: match settings.quality {
            Some(Quality::Modularity) | None => LeidenQuality::Modularity,
            Some(Quality::Cpm) => LeidenQuality::Cpm,
        },
        resolution: settings.resolution.unwrap_or(default.resolution),
        iterations: settings.iterations.unwrap_or(default.iterations),
        seed: settings.seed.unwrap_or(default.seed),
    }
}

/// What a summary says of it.
pub(super) fn said(options: LeidenOptions) -> Figures {
    let called = if options.quality == LeidenQuality::Cpm { "cpm" } else { "modularity" };
    vec![
        ("quality".to_string(), json!(called)),
        ("resolution".to_string(), json!(options.resolution)),
        ("seed".to_string(), json!(options.seed)),
    ]
}

fn communities(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let options = options(settings);
    let labels = leiden(&network.graph, options).map_err(Stop::Compute)?;
    let columns = vec![("community", Column::Nodes(labels))];
    Ok(Outcome { glance: counted, ..Outcome::of(said(options), columns) })
}

/// How many communities there are, how large, and how good they are.
fn counted(network: &Network, columns: &Columns) -> Figures {
    let found = partition_quality(&network.graph, labels(columns));
    let mut largest: Vec<(u32, u32)> =
        found.communities.iter().map(|community| (community.label, community.n_nodes)).collect();
    largest.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut summary = vec![
        ("n_communities".to_string(), json!(largest.len())),
        ("of_one_node".to_string(), json!(largest.iter().filter(|(_, n_nodes)| *n_nodes == 1).count())),
    ];
    // At resolution 1, so that resolutions can be compared.
    let without = "no edge has a weight above zero";
    summary.extend(defined("modularity", found.modularity(1.0), without));
    summary.extend(defined("coverage", found.coverage(), without));
    summary.push(("largest".to_string(), sizes(network, largest.into_iter().take(TOP))));
    summary
}
