//! How much the whole hangs on a few.

use serde_json::{Value, json};
use suasion_graph::DegreeKind::{In, Out};

use super::{Algorithm, Network, Outcome, Run};
use crate::cli::settings::{Centrality, Settings};
use crate::cli::stop::Stop;

pub(super) const ALGORITHMS: &[Algorithm] = &[
    Algorithm {
        name: "centralisation",
        line: "How far the network is a star: degree, or the centrality that --of names, against the most there can be (Freeman 1979)",
        example: "edges.txt --undirected --of betweenness",
        is_of_paths: true,
        flags: &["of"],
        run: Run::Asking(centralisation),
    },
    Algorithm {
        name: "concentration",
        line: "How unequally degrees, and with weights strengths, are spread: Gini, and of how many equal nodes it would be the same",
        example: "votes.csv --from from_country --to to_country --weight points",
        is_of_paths: false,
        flags: &[],
        run: Run::Plain(concentration),
    },
];

fn centralisation(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let graph = &network.graph;
    let one = |name: &str, value: Option<f64>| vec![(name.to_string(), json!(value))];
    let summary = match settings.of.unwrap_or(Centrality::Degree) {
        Centrality::Betweenness => {
            one("betweenness", suasion_graph::betweenness_centralisation(graph).map_err(Stop::Compute)?)
        }
        Centrality::Closeness => one("closeness", suasion_graph::closeness_centralisation(graph)),
        Centrality::Degree if graph.is_directed() => vec![
            ("in_degree".to_string(), json!(suasion_graph::degree_centralisation(graph, In))),
            ("out_degree".to_string(), json!(suasion_graph::degree_centralisation(graph, Out))),
        ],
        Centrality::Degree => one("degree", suasion_graph::degree_centralisation(graph, Out)),
    };
    Ok(Outcome { summary, columns: Vec::new() })
}

fn concentration(network: &Network) -> Outcome {
    let graph = &network.graph;
    let mut summary: Vec<(String, Value)> = Vec::new();
    let mut add = |name: &str, amounts: &[f64]| {
        summary.push((format!("{name}_gini"), json!(suasion_graph::gini(amounts))));
        summary.push((format!("{name}_effective_number"), json!(suasion_graph::effective_number(amounts))));
    };
    let numbers = |counts: Vec<u32>| counts.into_iter().map(f64::from).collect::<Vec<_>>();
    if graph.is_directed() {
        add("in_degree", &numbers(suasion_graph::in_degrees(graph)));
        add("out_degree", &numbers(suasion_graph::out_degrees(graph)));
        if graph.is_weighted() {
            add("in_strength", &suasion_graph::in_strengths(graph));
            add("out_strength", &suasion_graph::out_strengths(graph));
        }
    } else {
        let degrees: Vec<f64> =
            suasion_graph::degrees(graph).into_iter().map(|degree| degree as f64).collect();
        add("degree", &degrees);
        if graph.is_weighted() {
            add("strength", &suasion_graph::strengths(graph));
        }
    }
    Outcome { summary, columns: Vec::new() }
}
