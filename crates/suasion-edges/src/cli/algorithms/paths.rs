//! What goes along shortest paths.

use serde_json::{Value, json};
use suasion_graph::HyperBallOptions;

use super::{Algorithm, Column, Network, Outcome, Rows, Run, defined, figures, named};
use crate::cli::Stop;
use crate::cli::list::List;
use crate::cli::settings::Settings;

pub(super) const ALGORITHMS: &[Algorithm] = &[
    Algorithm {
        name: "betweenness",
        line: "Σ over pairs of other nodes of the share of their shortest paths that lead through a node, by steps or length; exact and unscaled",
        example: "edges.txt --undirected --out betweenness.csv",
        flags: &["out", "sources", "weight", "weight-as"],
        run: Run::Asking(betweenness),
    },
    Algorithm {
        name: "closeness",
        line: "Of the nodes that reach a node, what share of all, over their mean distance in steps or length; undefined where none does",
        example: "edges.txt --undirected",
        flags: &["out", "weight", "weight-as"],
        run: Run::Asking(closeness),
    },
    Algorithm {
        name: "distances",
        line: "How far each node is from one, in steps or length, and along how many shortest paths",
        example: "roads.csv --source Rome --weight km --weight-as cost --out distances.csv",
        flags: &["out", "source", "weight", "weight-as"],
        run: Run::Asking(distances),
    },
    Algorithm {
        name: "harmonic",
        line: "Σ of 1 / distance, in steps or length, from every other node to a node",
        example: "trade.csv --directed --weight value --weight-as strength",
        flags: &["out", "weight", "weight-as"],
        run: Run::Asking(harmonic),
    },
    Algorithm {
        name: "harmonic-approximate",
        line: "Σ of 1 / distance in steps from every other node to a node, and closeness, estimated by HyperBall for large networks",
        example: "edges.bin --directed --log2m 8 --seed 1 --out harmonic.csv",
        flags: &["log2m", "out", "seed"],
        run: Run::Told(harmonic_approximate),
    },
    Algorithm {
        name: "shortest-path",
        line: "A shortest path between two nodes, in steps or length, and how many there are",
        example: "edges.txt --undirected --source Ann --target Bob",
        flags: &["out", "source", "target", "weight", "weight-as"],
        run: Run::Asking(shortest_path),
    },
];

fn betweenness(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let (graph, weights) = (&network.graph, settings.path_weights());
    let mut summary = Vec::new();
    let given = List::all(&settings.sources);
    let scores = if given.is_empty() {
        suasion_graph::betweenness_by(graph, weights)
    } else {
        let mut sources = Vec::with_capacity(given.len());
        let mut is_source = vec![false; graph.n_nodes() as usize];
        for name in &given {
            let source = node(network, "sources", name)?;
            if !std::mem::replace(&mut is_source[source as usize], true) {
                sources.push(source);
            }
        }
        summary.push(("n_sources".to_string(), json!(sources.len())));
        if sources.len() < given.len() {
            summary.push(("sources_given_again".to_string(), json!(given.len() - sources.len())));
        }
        suasion_graph::betweenness_from(graph, &sources, weights)
    };
    let scores = scores.map_err(|error| named(network, &error))?;
    Ok(figures(summary, vec![("betweenness", Column::Numbers(scores))]))
}

fn closeness(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let scores = suasion_graph::closeness_by(&network.graph, settings.path_weights());
    let scores = scores.map_err(|error| named(network, &error))?;
    let undefined = scores.iter().filter(|score| score.is_none()).count();
    let summary = vec![("undefined".to_string(), json!(undefined))];
    Ok(figures(summary, vec![("closeness", Column::Defined(scores))]))
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
    Ok(figures(summary, columns))
}

fn harmonic(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let scores = suasion_graph::harmonic_closeness_by(&network.graph, settings.path_weights());
    let scores = scores.map_err(|error| named(network, &error))?;
    Ok(figures(Vec::new(), vec![("harmonic", Column::Numbers(scores))]))
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
        ("pairs_within_each_distance".to_string(), json!(found.neighborhood)),
    ];
    let columns = vec![
        ("harmonic", Column::Numbers(found.harmonic)),
        ("closeness", Column::Defined(closeness)),
        ("n_reaching", Column::Numbers(found.n_reaching)),
    ];
    figures(summary, columns)
}

fn shortest_path(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let source = one_node(network, "source", settings.source.as_ref(), "shortest-path")?;
    let target = one_node(network, "target", settings.target.as_ref(), "shortest-path")?;
    let found = suasion_graph::shortest_paths(&network.graph, source, settings.path_weights());
    let found = found.map_err(|error| named(network, &error))?;
    let nodes = found.to(target).unwrap_or_default();
    let distances: Vec<Option<f64>> = nodes.iter().map(|&node| found.distances[node as usize]).collect();
    let path: Value = nodes
        .iter()
        .zip(&distances)
        .map(|(&node, distance)| json!({"node": network.names.name(node), "value": distance}))
        .collect();
    let mut summary = defined("length", found.distances[target as usize], "no path leads there");
    summary.extend(defined(
        "n_paths",
        found.n_paths[target as usize],
        "there are more than can be counted, above 1.8e308",
    ));
    summary.push(("path".to_string(), path));
    let columns = vec![("distance", Column::Defined(distances))];
    Ok(Outcome { rows: Rows::Nodes(nodes), ..Outcome::of(summary, columns) })
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
