//! The algorithms, an entry each.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde_json::{Value, json};
use suasion_graph::{Components, Graph, PageRankOptions};

use crate::names::NodeNames;

/// How many nodes a summary lists.
const TOP: usize = 10;

/// An algorithm as the shell knows it.
#[derive(Debug)]
pub(super) struct Algorithm {
    /// Its name, in kebab case.
    pub(super) name: &'static str,
    /// What it computes, in a line.
    line: &'static str,
    /// What follows the name in an example.
    example: &'static str,
    /// Whether it goes along edges, so that a weight would have to be a length.
    pub(super) is_of_paths: bool,
    pub(super) run: fn(&Network) -> Outcome,
}

/// What algorithms work on.
pub(super) struct Network {
    pub(super) graph: Graph,
    pub(super) names: NodeNames,
}

/// What an algorithm found.
pub(super) struct Outcome {
    /// Figures for the whole network, in order of interest.
    pub(super) summary: Vec<(String, Value)>,
    /// Figures for each node.
    pub(super) columns: Vec<(&'static str, Column)>,
}

/// A figure for each node.
pub(super) enum Column {
    /// Counts.
    Counts(Vec<u32>),
    /// Nodes, which are written by name.
    Nodes(Vec<u32>),
    /// Counts that may exceed 2³².
    Large(Vec<u64>),
    /// Any other number.
    Numbers(Vec<f64>),
    /// A number where one is defined.
    Defined(Vec<Option<f64>>),
}

static ALGORITHMS: &[Algorithm] = &[
    Algorithm {
        name: "betweenness",
        line: "Σ over pairs of other nodes of the share of their shortest paths that lead through a node, by steps; exact and unscaled",
        example: "edges.txt --undirected --out betweenness.csv",
        is_of_paths: true,
        run: betweenness,
    },
    Algorithm {
        name: "closeness",
        line: "Of the nodes that reach a node, what share of all, over their mean distance in steps; undefined where none does",
        example: "edges.txt --undirected",
        is_of_paths: true,
        run: closeness,
    },
    Algorithm {
        name: "clustering",
        line: "Of the pairs of neighbours of a node, what share are neighbours; undefined below two neighbours",
        example: "edges.txt --undirected --format json",
        is_of_paths: false,
        run: clustering,
    },
    Algorithm {
        name: "core-numbers",
        line: "The largest k for which a node is in a part where everybody has k neighbours within; direction ignored",
        example: "edges.txt.gz --out cores.csv",
        is_of_paths: false,
        run: cores,
    },
    Algorithm {
        name: "degree",
        line: "How many edges a node has, and with weights what they add up to; out and in apart where they are directed",
        example: "votes.csv --from from_country --to to_country --weight points",
        is_of_paths: false,
        run: degree,
    },
    Algorithm {
        name: "harmonic",
        line: "Σ of 1 / distance in steps from every other node to a node",
        example: "edges.txt --directed",
        is_of_paths: true,
        run: harmonic,
    },
    Algorithm {
        name: "pagerank",
        line: "Where a walker is that follows edges with probability .85, by weight, and else goes anywhere",
        example: "edges.txt --format json",
        is_of_paths: false,
        run: pagerank,
    },
    Algorithm {
        name: "reciprocity",
        line: "What share of edges is answered, and how far above chance that is (Garlaschelli and Loffredo 2004)",
        example: "follows.csv --from who --to whom",
        is_of_paths: false,
        run: reciprocity,
    },
    Algorithm {
        name: "strong-components",
        line: "Which nodes reach one another along edges; each part is called by its smallest name",
        example: "edges.txt --directed",
        is_of_paths: false,
        run: strong,
    },
    Algorithm {
        name: "triangles",
        line: "In how many triangles a node is; direction ignored",
        example: "edges.txt --undirected",
        is_of_paths: false,
        run: triangles,
    },
    Algorithm {
        name: "weak-components",
        line: "Which nodes hang together when direction is ignored; each part is called by its smallest name",
        example: "edges.txt.gz --format json --out components.csv",
        is_of_paths: false,
        run: weak,
    },
];

/// Reads the name of an algorithm.
pub(super) fn parser() -> impl TypedValueParser<Value = &'static Algorithm> {
    PossibleValuesParser::new(ALGORITHMS.iter().map(|algorithm| PossibleValue::new(algorithm.name)))
        .try_map(|name| ALGORITHMS.iter().find(|algorithm| algorithm.name == name).ok_or("no such algorithm"))
}

/// The algorithms with a line and an example each.
pub(super) fn help() -> String {
    let mut text = "Algorithms:\n".to_string();
    for Algorithm { name, line, example, .. } in ALGORITHMS {
        text += &format!("  {name}\n      {line}.\n      suasion-graph {name} {example}\n");
    }
    text + "\nExit status: 0 clean, 1 something is wrong with the input, 2 something failed."
}

impl Network {
    /// The nodes with the largest values, those of one value by name; without those whose value is no number.
    fn top<T: Copy + Into<Value>>(&self, values: &[T], larger: impl Fn(T, T) -> std::cmp::Ordering) -> Value {
        let mut nodes: Vec<u32> = (0..values.len() as u32).collect();
        let order = |a: &u32, b: &u32| larger(values[*b as usize], values[*a as usize]).then(a.cmp(b));
        if nodes.len() > TOP {
            nodes.select_nth_unstable_by(TOP, order);
            nodes.truncate(TOP);
        }
        nodes.sort_unstable_by(order);
        let value = |node: u32| -> Value { values[node as usize].into() };
        let rows = nodes.into_iter().filter(|node| !value(*node).is_null());
        rows.map(|node| json!({"node": self.names.name(node), "value": value(node)})).collect()
    }
}

fn counts(value: &'static str, values: Vec<u32>) -> (&'static str, Column) {
    (value, Column::Counts(values))
}

/// Figures for each node, the largest of each in the summary.
fn figures(
    network: &Network,
    mut summary: Vec<(String, Value)>,
    columns: Vec<(&'static str, Column)>,
) -> Outcome {
    for (name, column) in &columns {
        let top = match column {
            Column::Counts(values) => network.top(values, |a, b| a.cmp(&b)),
            Column::Large(values) => network.top(values, |a, b| a.cmp(&b)),
            Column::Numbers(values) => network.top(values, |a, b| a.total_cmp(&b)),
            Column::Defined(values) => {
                // What is undefined is no number, and below them all.
                let values: Vec<f64> =
                    values.iter().map(|value| value.unwrap_or(f64::NEG_INFINITY)).collect();
                network.top(&values, |a, b| a.total_cmp(&b))
            }
            Column::Nodes(_) => continue,
        };
        summary.push((format!("top_{name}"), top));
    }
    Outcome { summary, columns }
}

fn degree(network: &Network) -> Outcome {
    let graph = &network.graph;
    let degrees = suasion_graph::degrees(graph);
    let isolates = degrees.iter().filter(|degree| **degree == 0).count();
    // The mean of nothing is undefined.
    let mean = (graph.n_nodes() > 0).then(|| degrees.iter().sum::<u64>() as f64 / f64::from(graph.n_nodes()));
    let summary = vec![("isolates".to_string(), json!(isolates)), ("mean_degree".to_string(), json!(mean))];
    let mut columns = Vec::new();
    if graph.is_directed() {
        columns.push(counts("in_degree", suasion_graph::in_degrees(graph)));
        columns.push(counts("out_degree", suasion_graph::out_degrees(graph)));
        if graph.is_weighted() {
            columns.push(("in_strength", Column::Numbers(suasion_graph::in_strengths(graph))));
            columns.push(("out_strength", Column::Numbers(suasion_graph::out_strengths(graph))));
        }
    } else {
        columns.push(("degree", Column::Large(degrees)));
        if graph.is_weighted() {
            columns.push(("strength", Column::Numbers(suasion_graph::strengths(graph))));
        }
    }
    figures(network, summary, columns)
}

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

fn clustering(network: &Network) -> Outcome {
    let triangles = suasion_graph::triangles(&network.graph);
    let summary = vec![
        ("mean_clustering".to_string(), json!(triangles.mean_clustering())),
        ("transitivity".to_string(), json!(triangles.transitivity())),
    ];
    figures(network, summary, vec![("clustering", Column::Defined(triangles.local_clustering()))])
}

fn triangles(network: &Network) -> Outcome {
    let triangles = suasion_graph::triangles(&network.graph);
    let summary = vec![
        ("triangles".to_string(), json!(triangles.total())),
        ("transitivity".to_string(), json!(triangles.transitivity())),
    ];
    figures(network, summary, vec![("triangles", Column::Large(triangles.counts))])
}

fn cores(network: &Network) -> Outcome {
    let cores = suasion_graph::core_numbers(&network.graph);
    let summary = vec![("greatest_core_number".to_string(), json!(cores.iter().max()))];
    figures(network, summary, vec![counts("core_number", cores)])
}

fn pagerank(network: &Network) -> Outcome {
    let options = PageRankOptions::default();
    let found = suasion_graph::pagerank(&network.graph, options);
    let summary = vec![
        ("damping".to_string(), json!(options.damping)),
        ("iterations".to_string(), json!(found.n_iterations)),
        ("last_change".to_string(), json!(found.change)),
        ("tolerance".to_string(), json!(options.tolerance)),
    ];
    figures(network, summary, vec![("pagerank", Column::Numbers(found.scores))])
}

fn reciprocity(network: &Network) -> Outcome {
    let found = suasion_graph::reciprocity(&network.graph);
    let summary = vec![
        ("edges_without_self_loops".to_string(), json!(found.n_edges)),
        ("answered".to_string(), json!(found.n_answered)),
        ("share".to_string(), json!(found.share)),
        ("rho".to_string(), json!(found.rho)),
    ];
    Outcome { summary, columns: Vec::new() }
}

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
