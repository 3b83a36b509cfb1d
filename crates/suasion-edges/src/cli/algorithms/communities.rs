//! Communities.

use serde_json::{Value, json};
use suasion_graph::{LeidenOptions, LeidenQuality, leiden, partition_quality, resolution_scan};

use super::{Algorithm, Column, Columns, Figures, Network, Outcome, Run, TOP, defined, labels, sizes};
use crate::cli::Stop;
use crate::cli::settings::{Quality, Settings};

pub(super) const ALGORITHMS: &[Algorithm] = &[
    Algorithm {
        name: "leiden",
        line: "Communities with more ties inside than chance would put there; directed, and by weight",
        example: "edges.txt --undirected --seed 1 --out communities.csv",
        flags: &["iterations", "out", "quality", "resolution", "seed", "weight"],
        run: Run::Asking(communities),
    },
    Algorithm {
        name: "resolution-scan",
        line: "Communities at several resolutions, and how alike those at one and the next are",
        example: "edges.txt --undirected --resolutions .5,1,2,4",
        flags: &["iterations", "quality", "resolutions", "seed", "weight"],
        run: Run::Asking(scan),
    },
];

/// Why qualities may be undefined.
const WEIGHTLESS: &str = "no edge has a weight above zero";
/// Why similarities may be.
const LAST: &str = "there is no larger resolution";
const TRIVIAL: &str = "both partitions have one community alone, or single nodes alone";

/// Resolutions, unless others are asked for.
const RESOLUTIONS: [f64; 7] = [0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0];
/// Communities of fewer are counted apart.
const LARGE: u32 = 10;

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

fn scan(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let options = options(settings);
    let resolutions = settings.resolutions.as_ref().map_or(&RESOLUTIONS[..], |asked| asked.numbers());
    let scanned = resolution_scan(&network.graph, options, resolutions).map_err(Stop::Compute)?;
    let n = scanned.len();
    let rows: Vec<Value> = scanned
        .iter()
        .enumerate()
        .map(|(at, scanned)| {
            let found = partition_quality(&network.graph, &scanned.labels);
            let sizes = || found.communities.iter().map(|community| community.n_nodes);
            let mut row = vec![
                ("resolution".to_string(), json!(scanned.resolution)),
                ("n_communities".to_string(), json!(sizes().count())),
                ("of_10_or_more".to_string(), json!(sizes().filter(|&n| n >= LARGE).count())),
                ("largest".to_string(), json!(sizes().max())),
            ];
            row.extend(defined("modularity", found.modularity(1.0), WEIGHTLESS));
            row.extend(defined("coverage", found.coverage(), WEIGHTLESS));
            let without = if at + 1 == n { LAST } else { TRIVIAL };
            row.extend(defined("similarity_to_next", scanned.similarity_to_next, without));
            Value::Object(row.into_iter().collect())
        })
        .collect();
    let mut summary = said(options);
    summary.retain(|(name, _)| name != "resolution");
    summary.push(("resolutions".to_string(), Value::Array(rows)));
    Ok(Outcome::whole(summary))
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
    summary.extend(defined("modularity", found.modularity(1.0), WEIGHTLESS));
    summary.extend(defined("coverage", found.coverage(), WEIGHTLESS));
    summary.push(("largest".to_string(), sizes(network, largest.into_iter().take(TOP))));
    summary
}
