//! What hangs together.

use serde_json::{Value, json};
use suasion_graph::Components;

use super::{Algorithm, Column, Network, Outcome, Run, TOP};

pub(super) const ALGORITHMS: &[Algorithm] = &[
    Algorithm {
        name: "strong-components",
        line: "Which nodes reach one another along edges; each part is called by its smallest name",
        example: "edges.txt --directed",
        is_of_paths: false,
        flags: &[],
        run: Run::Plain(strong),
    },
    Algorithm {
        name: "weak-components",
        line: "Which nodes hang together when direction is ignored; each part is called by its smallest name",
        example: "edges.txt.gz --format json --out components.csv",
        is_of_paths: false,
        flags: &[],
        run: Run::Plain(weak),
    },
];

fn weak(network: &Network) -> Outcome {
    components(network, suasion_graph::weak_components(&network.graph))
}

fn strong(network: &Network) -> Outcome {
    components(network, suasion_graph::strong_components(&network.graph))
}

fn components(network: &Network, components: Components) -> Outcome {
    let singles = components.sizes.iter().filter(|size| size.n_nodes == 1).count();
    let largest: Value = components
        .sizes
        .iter()
        .take(TOP)
        .map(|size| json!({"node": network.names.name(size.label), "value": size.n_nodes}))
        .collect();
    Outcome {
        summary: vec![
            ("n_components".to_string(), json!(components.n_components)),
            ("of_one_node".to_string(), json!(singles)),
            ("largest".to_string(), largest),
        ],
        columns: vec![("component", Column::Nodes(components.labels))],
    }
}
