//! What hangs together.

use serde_json::{Value, json};
use suasion_graph::{ComponentSizes, Components};

use super::{
    Algorithm, Column, Columns, Figures, Network, Outcome, Run, TOP, counts, figures, labels, sizes,
};

pub(super) const ALGORITHMS: &[Algorithm] = &[
    Algorithm {
        name: "bridges",
        line: "The ties without which parts fall apart, how many end at a node, and what hangs together without them; direction ignored",
        example: "edges.txt --undirected --out bridges.csv",
        flags: &["out"],
        run: Run::Plain(bridges),
    },
    Algorithm {
        name: "cut-points",
        line: "The nodes without which parts fall apart, and into how many; direction ignored",
        example: "edges.txt --undirected",
        flags: &["out"],
        run: Run::Plain(cut_points),
    },
    Algorithm {
        name: "strong-components",
        line: "Which nodes reach one another along edges; each part is called by its smallest name",
        example: "edges.txt --directed",
        flags: &["out"],
        run: Run::Plain(strong),
    },
    Algorithm {
        name: "weak-components",
        line: "Which nodes hang together when direction is ignored; each part is called by its smallest name",
        example: "edges.txt.gz --format json --out components.csv",
        flags: &["out"],
        run: Run::Plain(weak),
    },
];

fn bridges(network: &Network) -> Outcome {
    let found = suasion_graph::cuts(&network.graph);
    let name = |node: u32| network.names.name(node);
    let first: Value =
        found.bridges.iter().take(TOP).map(|&(u, v)| json!({"from": name(u), "to": name(v)})).collect();
    let labels = found.two_edge_components.iter();
    let n_components = (0..).zip(labels).filter(|&(node, &label): &(u32, _)| node == label).count();
    let summary = vec![
        ("n_bridges".to_string(), json!(found.bridges.len())),
        ("first_bridges".to_string(), first),
        ("n_two_edge_components".to_string(), json!(n_components)),
    ];
    let ends = found.n_bridges();
    let labels = Column::Nodes(found.two_edge_components);
    figures(summary, vec![counts("bridges", ends), ("two_edge_component", labels)])
}

fn cut_points(network: &Network) -> Outcome {
    let found = suasion_graph::cuts(&network.graph);
    let summary = vec![("n_cut_points".to_string(), json!(found.cut_points().len()))];
    figures(summary, vec![counts("parts_without", found.parts)])
}

fn weak(network: &Network) -> Outcome {
    components(suasion_graph::weak_components(&network.graph))
}

fn strong(network: &Network) -> Outcome {
    components(suasion_graph::strong_components(&network.graph))
}

fn components(found: Components) -> Outcome {
    let columns = vec![("component", Column::Nodes(found.labels))];
    Outcome { glance: counted, ..Outcome::of(Vec::new(), columns) }
}

/// How many components there are, and how large.
fn counted(network: &Network, columns: &Columns) -> Figures {
    let found = ComponentSizes::of(labels(columns));
    let largest = found.largest(TOP).into_iter().map(|size| (size.label, size.n_nodes));
    vec![
        ("n_components".to_string(), json!(found.n_components())),
        ("of_one_node".to_string(), json!(found.n_single)),
        ("largest".to_string(), sizes(network, largest)),
    ]
}
