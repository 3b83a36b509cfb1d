//! Walks.

use serde_json::json;
use suasion_graph::{Dangling, PageRankOptions, Precision};

use super::{Algorithm, Column, Network, Outcome, REASON, Run, defined, figures};
use crate::cli::settings::{self, Settings};

pub(super) const ALGORITHMS: &[Algorithm] = &[Algorithm {
    name: "pagerank",
    line: "Where a walker is that follows edges with probability .85, by weight, and else goes anywhere",
    example: "edges.txt --format json",
    flags: &["damping", "dangling", "iterations", "out", "precision", "tolerance", "weight"],
    run: Run::Told(pagerank),
}];

/// As near to one another as scores of two steps in single precision can be expected to come.
const SINGLE_TOLERANCE: f64 = 1e-6;

fn pagerank(network: &Network, settings: &Settings) -> Outcome {
    let default = PageRankOptions::default();
    let precision = match settings.precision {
        Some(settings::Precision::F64) | None => Precision::Double,
        Some(settings::Precision::F32) => Precision::Single,
    };
    let in_reach = if precision == Precision::Single { SINGLE_TOLERANCE } else { default.tolerance };
    let options = PageRankOptions {
        damping: settings.damping.unwrap_or(default.damping),
        max_iterations: settings.iterations.unwrap_or(default.max_iterations),
        // Who says how many wants so many.
        tolerance: settings.tolerance.unwrap_or(settings.iterations.map_or(in_reach, |_| 0.0)),
        dangling: match settings.dangling {
            Some(settings::Dangling::Keep) | None => Dangling::Keep,
            Some(settings::Dangling::Drop) => Dangling::Drop,
        },
        precision,
    };
    let found = suasion_graph::pagerank(&network.graph, options);
    let called = if precision == Precision::Single { "f32" } else { "f64" };
    let dangling = if options.dangling == Dangling::Keep { "keep" } else { "drop" };
    let mut summary = vec![
        ("damping".to_string(), json!(options.damping)),
        ("dangling".to_string(), json!(dangling)),
        ("precision".to_string(), json!(called)),
        ("iterations".to_string(), json!(found.n_iterations)),
    ];
    summary.extend(defined("last_change", found.change, "no iteration was taken"));
    summary.push(("tolerance".to_string(), json!(options.tolerance)));
    // Of a number of iterations that was asked for, nobody expects that it is enough.
    if options.tolerance > 0.0 {
        let is_near = found.change.is_some_and(|change| change <= options.tolerance);
        let has_converged = is_near || network.graph.n_nodes() == 0;
        summary.push(("converged".to_string(), json!(has_converged)));
        if !has_converged {
            let reason = match precision {
                Precision::Single => {
                    "the last change exceeds the tolerance, which f32 may never come to; leave --precision f32 out"
                }
                Precision::Double => {
                    "the last change exceeds the tolerance; allow more iterations (--iterations, with --tolerance)"
                }
            };
            summary.push((format!("converged{REASON}"), json!(reason)));
        }
    }
    figures(summary, vec![("pagerank", Column::Numbers(found.scores))])
}
