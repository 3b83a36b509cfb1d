//! What goes along shortest paths.

use serde_json::{Value, json};
use suasion_graph::{Error, HyperBallOptions};

use super::{Algorithm, Column, Network, Outcome, Run, figures};
use crate::cli::Stop;
use crate::cli::settings::Settings;

pub(super) const ALGORITHMS: &[Algorithm] = &[
    Algorithm {
        name: "betweenness",
        line: "Σ over pairs of other nodes of the share of their shortest paths that lead through a node, by steps or length; exact and unscaled",
        example: "edges.txt --undirected --out betweenness.csv",
        is_of_paths: true,
        flags: &["sources", "weight-as"],
        run: Run::Asking(betweenness),
    },
    Algorithm {
        name: "closeness",
        line: "Of the nodes that reach a node, what share of all, over their mean distance in steps or length; undefined where none does",
        example: "edges.txt --undirected",
        is_of_paths: true,
        flags: &["weight-as"],
        run: Run::Asking(closeness),
    },
    Algorithm {
        name: "distances",
        line: "How far each node is from one, in steps or length, and along how many shortest paths",
        example: "roads.csv --source Rome --weight km --weight-as cost --out distances.csv",
        is_of_paths: true,
        flags: &["source", "weight-as"],
        run: Run::Asking(distances),
    },
    Algorithm {
        name: "harmonic",
        line: "Σ of 1 / distance, in steps or length, from every other node to a node",
        example: "trade.csv --directed --weight value --weight-as strength",
        is_of_paths: true,
        flags: &["weight-as"],
        run: Run::Asking(harmonic),
    },
    Algorithm {
        name: "harmonic-approximate",
        line: "Σ of 1 / distance in steps from every other node to a node, and closeness, estimated by HyperBall for large networks",
        example: "edges.bin --directed --log2m 8 --seed 1 --out harmonic.csv",
        is_of_paths: true,
        flags: &["log2m", "seed"],
        run: Run::Told(harmonic_approximate),
    },
    Algorithm {
        name: "shortest-path",
        line: "A shortest path between two nodes, in steps or length, and how many there are",
        example: "edges.txt --undirected --source Ann --target Bob",
        is_of_paths: true,
        flags: &["source", "target", "weight-as"],
        run: Run::Asking(shortest_path),
    },
];

fn betweenness(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let (graph, weights) = (&network.graph, settings.path_weights());
    let mut summary = Vec::new();
    let scores = if settings.sources.is_empty() {
        suasion_graph::betweenness_by(graph, weights)
    } else {
        let sources = settings.sources.iter().map(|name| node(network, "sources", name));
        let sources = sources.collect::<Result<Vec<u32>, Stop>>()?;
        summary.push(("n_sources".to_string(), json!(sources.len())));
        suasion_graph::betweenness_from(graph, &sources, weights)
    };
    let scores = scores.map_err(|error| named(network, &error))?;
    Ok(figures(network, summary, vec![("betweenness", Column::Numbers(scores))]))
}

fn closeness(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let scores = suasion_graph::closeness_by(&network.graph, settings.path_weights());
    let scores = scores.map_err(|error| named(network, &error))?;
    let undefined = scores.iter().filter(|score| score.is_none()).count();
    let summary = vec![("undefined".to_string(), json!(undefined))];
    Ok(figures(network, summary, vec![("closeness", Column::Defined(scores))]))
}

fn distances(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let source = one_node(network, "source", settings.source.as_ref(), "distances")?;
    let found = suasion_graph::shortest_paths(&network.graph, source, settings.path_weights());
    let found = found.map_err(|error| named(network, &error))?;
    let reached = found.distances.iter().filter(|distance| distance.is_some()).count();
    let mut summary = vec![("reached".to_string(), json!(reached))];
    let uncounted = found.n_paths.iter().filter(|n_paths| n_paths.is_none()).count();
    if uncounted > 0 {
        summary.push(("nodes_with_too_many_paths_to_count".to_string(), json!(uncounted)));
    }
    let columns =
        vec![("distance", Column::Defined(found.distances)), ("n_paths", Column::Defined(found.n_paths))];
    Ok(figures(network, summary, columns))
}

fn harmonic(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let scores = suasion_graph::harmonic_closeness_by(&network.graph, settings.path_weights());
    let scores = scores.map_err(|error| named(network, &error))?;
    Ok(figures(network, Vec::new(), vec![("harmonic", Column::Numbers(scores))]))
}

fn harmonic_approximate(network: &Network, settings: &Settings) -> Outcome {
    let default = HyperBallOptions::default();
    let options = HyperBallOptions {
        log2m: settings.log2m.unwrap_or(default.log2m),
        seed: settings.seed.unwrap_or(default.seed),
    };
    let found = suasion_graph::hyperball(&network.graph, options);
    let closeness = found.closeness();
    let summary = vec![
        ("log2m".to_string(), json!(options.log2m)),
        ("seed".to_string(), json!(options.seed)),
        // Of one count; what is known of sums of them is in the crate's documentation.
        ("relative_standard_error_of_a_count".to_string(), json!(found.standard_error)),
        ("counters_left_unconverged".to_string(), json!(0)),
        ("pairs_within_each_distance".to_string(), json!(found.neighborhood)),
    ];
    let columns = vec![
        ("harmonic", Column::Numbers(found.harmonic)),
        ("closeness", Column::Defined(closeness)),
        ("n_reaching", Column::Numbers(found.n_reaching)),
    ];
    figures(network, summary, columns)
}

fn shortest_path(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let source = one_node(network, "source", settings.source.as_ref(), "shortest-path")?;
    let target = one_node(network, "target", settings.target.as_ref(), "shortest-path")?;
    let found = suasion_graph::shortest_paths(&network.graph, source, settings.path_weights());
    let found = found.map_err(|error| named(network, &error))?;
    let path = found.to(target).unwrap_or_default().into_iter();
    let path: Value = path
        .map(|node| json!({"node": network.names.name(node), "value": found.distances[node as usize]}))
        .collect();
    let summary = vec![
        ("length".to_string(), json!(found.distances[target as usize])),
        ("n_paths".to_string(), json!(found.n_paths[target as usize])),
        ("path".to_string(), path),
    ];
    Ok(Outcome { summary, columns: Vec::new() })
}

/// The node that a flag has to name.
fn one_node(
    network: &Network,
    flag: &'static str,
    name: Option<&String>,
    algorithm: &'static str,
) -> Result<u32, Stop> {
    node(network, flag, name.ok_or(Stop::NodeMissing { flag, algorithm })?)
}

/// The node of that name.
fn node(network: &Network, flag: &'static str, name: &str) -> Result<u32, Stop> {
    network.names.id(name).ok_or_else(|| Stop::NoSuchNode { flag, name: name.to_string() })
}

/// What is wrong with lengths, said with the names of nodes.
fn named(network: &Network, error: &Error) -> Stop {
    match *error {
        Error::ZeroLength { source_node, target_node } => Stop::ZeroLength {
            source_node: network.names.name(source_node).into_owned(),
            target_node: network.names.name(target_node).into_owned(),
        },
        ref other => Stop::Compute(other.clone()),
    }
}
