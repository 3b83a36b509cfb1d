//! Who shares events with whom.

use serde_json::json;
use suasion_graph::{Correction, Error, EventClasses, Mode, ProjectionWeights};

use super::two_mode::Modes;
use super::{Algorithm, Column, Figures, Network, Outcome, Run, Ties, defined};
use crate::cli::Stop;
use crate::cli::settings::{Events, ModeFlag, Settings, Weights};

pub(super) const ALGORITHMS: &[Algorithm] = &[Algorithm {
    name: "projection",
    line: "Ties actors who share events, or events that share actors: by how many, by Newman's weights, or where that is more than chance (Tumminello and others 2011)",
    example: "attended.csv --from woman --to event --weights validated --out ties.csv",
    flags: &["bonferroni", "events", "fdr", "mode", "out", "weights"],
    run: Run::Asking(projection),
}];

/// How large a share of false ties is expected at most, unless something else is asked for.
const FDR: f64 = 0.05;

fn projection(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let modes = Modes::of(&network.graph, "projection")?;
    let weights = settings.weights.unwrap_or(Weights::Shared);
    let mode = if settings.mode == Some(ModeFlag::Events) { Mode::Events } else { Mode::Actors };
    let summary = vec![
        ("mode".to_string(), json!(if mode == Mode::Events { "events" } else { "actors" })),
        ("n_actors".to_string(), json!(modes.actors.len())),
        ("n_events".to_string(), json!(modes.events.len())),
    ];
    match weights {
        Weights::Validated => validated(network, &modes, mode, settings, summary),
        Weights::Shared => shared(network, &modes, mode, ProjectionWeights::Shared, settings, summary),
        Weights::Newman => shared(network, &modes, mode, ProjectionWeights::Newman, settings, summary),
    }
}

/// The nodes that those of a mode are.
fn nodes(modes: &Modes, mode: Mode) -> &[u32] {
    if mode == Mode::Events { &modes.events } else { &modes.actors }
}

/// What is wrong, said with the name of a node.
fn named(network: &Network, modes: &Modes, mode: Mode, error: Error) -> Stop {
    match error {
        Error::TooManyPairs { n_pairs, largest, degree } => {
            let node = nodes(modes, mode.other())[largest as usize];
            Stop::TooManyPairs { n_pairs, largest: network.names.name(node).into_owned(), degree }
        }
        other => Stop::Compute(other),
    }
}

fn shared(
    network: &Network,
    modes: &Modes,
    mode: Mode,
    weights: ProjectionWeights,
    settings: &Settings,
    mut summary: Figures,
) -> Result<Outcome, Stop> {
    for (flag, is_given) in [
        ("bonferroni", settings.bonferroni.is_some()),
        ("events", settings.events.is_some()),
        ("fdr", settings.fdr.is_some()),
    ] {
        if is_given {
            return Err(Stop::Untested(flag));
        }
    }
    let graph = suasion_graph::projection(&modes.network, mode, weights)
        .map_err(|error| named(network, modes, mode, error))?;
    let nodes = nodes(modes, mode);
    let (mut ties, mut column) = (no_ties(), Vec::new());
    for (source, target, weight) in graph.edges() {
        ties.sources.push(nodes[source as usize]);
        ties.targets.push(nodes[target as usize]);
        column.push(weight);
    }
    let called = if weights == ProjectionWeights::Newman { "newman" } else { "shared" };
    summary.extend([
        ("weights".to_string(), json!(called)),
        ("n_ties".to_string(), json!(column.len())),
        ("total_weight".to_string(), json!(graph.total_weight())),
    ]);
    let columns = vec![("weight", Column::Numbers(column.clone()))];
    Ok(Outcome::of_ties(summary, network, ties, &column, columns))
}

fn validated(
    network: &Network,
    modes: &Modes,
    mode: Mode,
    settings: &Settings,
    mut summary: Figures,
) -> Result<Outcome, Stop> {
    let (correction, called, level) = match (settings.bonferroni, settings.fdr) {
        (Some(level), _) => (Correction::Bonferroni, "bonferroni", level),
        (None, level) => (Correction::FalseDiscoveryRate, "fdr", level.unwrap_or(FDR)),
    };
    let is_by_degree = settings.events == Some(Events::ByDegree);
    let classes = if is_by_degree { EventClasses::ByDegree } else { EventClasses::Alike };
    let found = suasion_graph::validated_projection(&modes.network, mode, classes, correction)
        .map_err(|error| named(network, modes, mode, error))?;
    let nodes = nodes(modes, mode);
    let kept: Vec<_> = found.ties.iter().filter(|tie| tie.q <= level).collect();
    let mut ties = no_ties();
    for tie in &kept {
        ties.sources.push(nodes[tie.source as usize]);
        ties.targets.push(nodes[tie.target as usize]);
    }
    summary.extend([
        ("weights".to_string(), json!("validated")),
        ("events_taken".to_string(), json!(if is_by_degree { "by-degree" } else { "alike" })),
        ("classes_of_events".to_string(), json!(found.n_classes)),
        ("correction".to_string(), json!(called)),
        ("level".to_string(), json!(level)),
        ("n_tests".to_string(), json!(found.n_tests)),
        ("n_ties".to_string(), json!(found.ties.len())),
        ("n_kept".to_string(), json!(kept.len())),
    ]);
    summary.extend(defined("largest_p_kept", found.threshold(level), "no tie is kept"));
    let weights: Vec<f64> = kept.iter().map(|tie| f64::from(tie.n_shared)).collect();
    let columns = vec![
        ("weight", Column::Counts(kept.iter().map(|tie| tie.n_shared).collect())),
        ("expected", Column::Numbers(kept.iter().map(|tie| tie.expected).collect())),
        ("p", Column::Numbers(kept.iter().map(|tie| tie.p).collect())),
        ("q", Column::Numbers(kept.iter().map(|tie| tie.q).collect())),
    ];
    Ok(Outcome::of_ties(summary, network, ties, &weights, columns))
}

fn no_ties() -> Ties {
    Ties { directed: false, sources: Vec::new(), targets: Vec::new() }
}
