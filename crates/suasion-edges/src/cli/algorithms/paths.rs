//! What goes along shortest paths.

use serde_json::json;

use super::{Algorithm, Column, Network, Outcome, Run, figures};

pub(super) const ALGORITHMS: &[Algorithm] = &[
    Algorithm {
        name: "betweenness",
        line: "Σ over pairs of other nodes of the share of their shortest paths that lead through a node, by steps; exact and unscaled",
        example: "edges.txt --undirected --out betweenness.csv",
        is_of_paths: true,
        flags: &[],
        run: Run::Plain(betweenness),
    },
    Algorithm {
        name: "closeness",
        line: "Of the nodes that reach a node, what share of all, over their mean distance in steps; undefined where none does",
        example: "edges.txt --undirected",
        is_of_paths: true,
        flags: &[],
        run: Run::Plain(closeness),
    },
    Algorithm {
        name: "harmonic",
        line: "Σ of 1 / distance in steps from every other node to a node",
        example: "edges.txt --directed",
        is_of_paths: true,
        flags: &[],
        run: Run::Plain(harmonic),
    },
];

fn betweenness(network: &Network) -> Outcome {
    let scores = suasion_graph::betweenness(&network.graph);
    figures(network, Vec::new(), vec![("betweenness", Column::Numbers(scores))])
}

fn closeness(network: &Network) -> Outcome {
    let scores = suasion_graph::closeness(&network.graph);
    let undefined = scores.iter().filter(|score| score.is_none()).count();
    let summary = vec![("undefined".to_string(), json!(undefined))];
    figures(network, summary, vec![("closeness", Column::Defined(scores))])
}

fn harmonic(network: &Network) -> Outcome {
    let scores = suasion_graph::harmonic_closeness(&network.graph);
    figures(network, Vec::new(), vec![("harmonic", Column::Numbers(scores))])
}
