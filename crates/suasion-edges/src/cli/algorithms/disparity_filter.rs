//! The backbone of a weighted network.

use serde_json::json;

use super::{Algorithm, Column, Network, Outcome, Run, Ties, defined};
use crate::cli::Stop;
use crate::cli::settings::Settings;

pub(super) const ALGORITHMS: &[Algorithm] = &[Algorithm {
    name: "disparity-filter",
    line: "The ties that take more of a node's weight, at either end, than if it were shared out at random (Serrano and others 2009)",
    example: "trade.csv --directed --weight value --alpha .05 --out backbone.csv",
    flags: &["alpha", "out", "weight"],
    run: Run::Asking(disparity_filter),
}];

/// The level, unless another is asked for.
const ALPHA: f64 = 0.05;

fn disparity_filter(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let graph = &network.graph;
    if !graph.is_weighted() {
        return Err(Stop::Weightless);
    }
    let level = settings.alpha.unwrap_or(ALPHA);
    let found = suasion_graph::disparity_filter(graph);
    let kept: Vec<_> = found.iter().filter(|tie| tie.is_kept(level)).collect();
    let ties = Ties {
        directed: graph.is_directed(),
        sources: kept.iter().map(|tie| tie.source).collect(),
        targets: kept.iter().map(|tie| tie.target).collect(),
    };
    let mut is_in = vec![false; graph.n_nodes() as usize];
    for tie in &kept {
        (is_in[tie.source as usize], is_in[tie.target as usize]) = (true, true);
    }
    let weights: Vec<f64> = kept.iter().map(|tie| tie.weight).collect();
    let sum = |weights: &mut dyn Iterator<Item = f64>| weights.fold(0.0, |sum, weight| sum + weight);
    let total = sum(&mut found.iter().map(|tie| tie.weight));
    let share = (total > 0.0).then(|| sum(&mut weights.iter().copied()) / total);
    let mut summary = vec![
        ("alpha".to_string(), json!(level)),
        ("n_ties".to_string(), json!(found.len())),
        ("n_undefined".to_string(), json!(found.iter().filter(|tie| tie.alpha().is_none()).count())),
        ("n_kept".to_string(), json!(kept.len())),
        ("nodes_with_a_tie_kept".to_string(), json!(is_in.into_iter().filter(|is_in| *is_in).count())),
    ];
    summary.extend(defined("share_of_weight_kept", share, "no tie has a weight above zero"));
    let columns = vec![
        ("weight", Column::Numbers(weights.clone())),
        ("alpha", Column::Defined(kept.iter().map(|tie| tie.alpha()).collect())),
        ("alpha_at_source", Column::Defined(kept.iter().map(|tie| tie.at_source).collect())),
        ("alpha_at_target", Column::Defined(kept.iter().map(|tie| tie.at_target).collect())),
    ];
    Ok(Outcome::of_ties(summary, network, ties, &weights, columns))
}
