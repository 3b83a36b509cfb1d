//! How much the whole hangs on a few.

use serde_json::Value;
use suasion_graph::DegreeKind::{In, Out};

use super::{Algorithm, Network, Outcome, Run, defined, named};
use crate::cli::Stop;
use crate::cli::settings::{Centrality, Settings};

pub(super) const ALGORITHMS: &[Algorithm] = &[
    Algorithm {
        name: "centralisation",
        line: "How far the network is a star: degree, or the centrality that --of names, against the most there can be (Freeman 1979)",
        example: "edges.txt --undirected --of betweenness",
        flags: &["of"],
        run: Run::Asking(centralisation),
    },
    Algorithm {
        name: "concentration",
        line: "How unequally degrees, and with weights strengths, are spread: Gini, and of how many equal nodes it would be the same",
        example: "votes.csv --from from_country --to to_country --weight points",
        flags: &["weight"],
        run: Run::Plain(concentration),
    },
];

fn centralisation(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let graph = &network.graph;
    let few = "there are too few nodes for one to be more central than others";
    let degree = |kind| suasion_graph::degree_centralisation(graph, kind);
    let summary = match settings.of.unwrap_or(Centrality::Degree) {
        Centrality::Betweenness => {
            let found = suasion_graph::betweenness_centralisation(graph);
            defined("betweenness", found.map_err(|error| named(network, &error))?, few)
        }
        Centrality::Closeness => {
            let is_apart = !graph.is_directed() && suasion_graph::weak_components(graph).n_components() > 1;
            let reason = if is_apart { "not all nodes reach one another" } else { few };
            defined("closeness", suasion_graph::closeness_centralisation(graph), reason)
        }
        Centrality::Degree if graph.is_directed() => {
            [defined("in_degree", degree(In), few), defined("out_degree", degree(Out), few)].concat()
        }
        Centrality::Degree => defined("degree", degree(Out), few),
    };
    Ok(Outcome::whole(summary))
}

fn concentration(network: &Network) -> Outcome {
    let graph = &network.graph;
    let mut summary: Vec<(String, Value)> = Vec::new();
    let mut add = |name: &str, amounts: &[f64]| {
        let reason = "they are all zero";
        summary.extend(defined(&format!("{name}_gini"), suasion_graph::gini(amounts), reason));
        let effective = suasion_graph::effective_number(amounts);
        summary.extend(defined(&format!("{name}_effective_number"), effective, reason));
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
    Outcome::whole(summary)
}
