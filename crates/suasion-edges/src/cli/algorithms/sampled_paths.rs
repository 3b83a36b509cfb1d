//! What is estimated from random shortest paths.

use serde_json::{Value, json};
use suasion_graph::{KadabraOptions, approximate_betweenness};

use super::{Algorithm, Column, Network, Outcome, Run, TOP, defined};
use crate::cli::Stop;
use crate::cli::settings::Settings;

pub(super) const ALGORITHMS: &[Algorithm] = &[Algorithm {
    name: "betweenness-approximate",
    line: "Betweenness as a share of n(n − 1) ordered pairs, within ε for all nodes with probability 1 − δ, from random paths",
    example: "edges.txt --epsilon .002 --delta .1 --seed 1 --out betweenness.csv",
    flags: &["delta", "epsilon", "out", "seed"],
    run: Run::Asking(approximate),
}];

fn approximate(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let default = KadabraOptions::default();
    let options = KadabraOptions {
        epsilon: settings.epsilon.unwrap_or(default.epsilon),
        delta: settings.delta.unwrap_or(default.delta),
        seed: settings.seed.unwrap_or(default.seed),
    };
    let mut summary = vec![
        ("epsilon".to_string(), json!(options.epsilon)),
        ("delta".to_string(), json!(options.delta)),
        ("seed".to_string(), json!(options.seed)),
        ("scale".to_string(), json!("share of n(n - 1) ordered pairs")),
    ];
    let names = ["estimate", "lower", "upper", "rank_low", "rank_high"];
    let Some(found) = approximate_betweenness(&network.graph, options).map_err(Stop::Compute)? else {
        summary.extend(defined("top_estimate", Value::Null, "one node has no pairs to be between"));
        let nothing = || Column::Defined(vec![None; network.graph.n_nodes() as usize]);
        return Ok(Outcome::of(summary, names.map(|name| (name, nothing())).into()));
    };
    let (best, worst) = found.ranks();
    let mut nodes: Vec<u32> = (0..network.graph.n_nodes()).collect();
    let estimate = |u: u32| found.estimates[u as usize];
    nodes.sort_unstable_by(|&a, &b| estimate(b).total_cmp(&estimate(a)).then(a.cmp(&b)));
    let row = |&u: &u32| -> Value {
        let at = u as usize;
        json!({
            "node": network.names.name(u),
            "value": found.estimates[at],
            "lower": found.lower[at],
            "upper": found.upper[at],
            "rank_low": best[at],
            "rank_high": worst[at],
        })
    };
    summary.extend([
        ("pairs_drawn".to_string(), json!(found.n_samples)),
        ("paths_a_pair".to_string(), json!(found.n_paths)),
        ("pilot_pairs".to_string(), json!(found.n_pilot)),
        ("omega".to_string(), json!(found.omega)),
        ("vertex_diameter_bound".to_string(), json!(found.vertex_diameter_bound)),
        ("top_estimate".to_string(), nodes.iter().take(TOP).map(row).collect()),
    ]);
    let columns = [
        Column::Numbers(found.estimates),
        Column::Numbers(found.lower),
        Column::Numbers(found.upper),
        Column::Counts(best),
        Column::Counts(worst),
    ];
    Ok(Outcome::of(summary, names.into_iter().zip(columns).collect()))
}
