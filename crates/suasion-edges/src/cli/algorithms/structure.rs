//! Ties around a node and the shape that they give the whole.

use serde_json::json;
use suasion_graph::SignedGraph;

use super::{Algorithm, Column, NO_NODES, Network, Outcome, Run, counts, defined, figures};

pub(super) const ALGORITHMS: &[Algorithm] = &[
    Algorithm {
        name: "clustering",
        line: "Of the pairs of neighbours of a node, what share are neighbours; undefined below two neighbours",
        example: "edges.txt --undirected --format json",
        flags: &["out"],
        run: Run::Plain(clustering),
    },
    Algorithm {
        name: "core-numbers",
        line: "The largest k for which a node is in a part where everybody has k neighbours within; direction ignored",
        example: "edges.txt.gz --out cores.csv",
        flags: &["out"],
        run: Run::Plain(cores),
    },
    Algorithm {
        name: "degree",
        line: "How many edges a node has, and with weights what they add up to; out and in apart where they are directed, positive and negative where there are both",
        example: "votes.csv --from from_country --to to_country --weight points",
        flags: &["out", "weight"],
        run: Run::Signed(degree),
    },
    Algorithm {
        name: "reciprocity",
        line: "What share of edges is answered, and how far above chance that is (Garlaschelli and Loffredo 2004)",
        example: "follows.csv --from who --to whom",
        flags: &[],
        run: Run::Plain(reciprocity),
    },
    Algorithm {
        name: "triangles",
        line: "In how many triangles a node is; direction ignored",
        example: "edges.txt --undirected",
        flags: &["out"],
        run: Run::Plain(triangles),
    },
];

fn degree(network: &Network) -> Outcome {
    let graph = &network.graph;
    let degrees = suasion_graph::degrees(graph);
    let isolates = degrees.iter().filter(|degree| **degree == 0).count();
    // The mean of nothing is undefined.
    let mean = (graph.n_nodes() > 0).then(|| degrees.iter().sum::<u64>() as f64 / f64::from(graph.n_nodes()));
    let mut summary = vec![("isolates".to_string(), json!(isolates))];
    summary.extend(defined("mean_degree", mean, NO_NODES));
    let mut columns = Vec::new();
    if graph.is_directed() {
        columns.push(counts("in_degree", suasion_graph::in_degrees(graph)));
        columns.push(counts("out_degree", suasion_graph::out_degrees(graph)));
        if let Some(SignedGraph { positive, negative }) = &network.signed {
            let (incoming, outgoing) = (suasion_graph::in_strengths, suasion_graph::out_strengths);
            columns.push(("in_positive_strength", Column::Numbers(incoming(positive))));
            columns.push(("in_negative_strength", Column::Numbers(incoming(negative))));
            columns.push(("out_positive_strength", Column::Numbers(outgoing(positive))));
            columns.push(("out_negative_strength", Column::Numbers(outgoing(negative))));
        } else if graph.is_weighted() {
            columns.push(("in_strength", Column::Numbers(suasion_graph::in_strengths(graph))));
            columns.push(("out_strength", Column::Numbers(suasion_graph::out_strengths(graph))));
        }
    } else {
        columns.push(("degree", Column::Large(degrees)));
        if let Some(SignedGraph { positive, negative }) = &network.signed {
            columns.push(("positive_strength", Column::Numbers(suasion_graph::strengths(positive))));
            columns.push(("negative_strength", Column::Numbers(suasion_graph::strengths(negative))));
        } else if graph.is_weighted() {
            columns.push(("strength", Column::Numbers(suasion_graph::strengths(graph))));
        }
    }
    figures(summary, columns)
}

fn clustering(network: &Network) -> Outcome {
    let triangles = suasion_graph::triangles(&network.graph);
    let mut summary = defined("mean_clustering", triangles.mean_clustering(), NO_PAIRS);
    summary.extend(defined("transitivity", triangles.transitivity(), NO_PAIRS));
    figures(summary, vec![("clustering", Column::Defined(triangles.local_clustering()))])
}

fn triangles(network: &Network) -> Outcome {
    let triangles = suasion_graph::triangles(&network.graph);
    let mut summary = vec![("triangles".to_string(), json!(triangles.total()))];
    summary.extend(defined("transitivity", triangles.transitivity(), NO_PAIRS));
    figures(summary, vec![("triangles", Column::Large(triangles.counts))])
}

fn cores(network: &Network) -> Outcome {
    let cores = suasion_graph::core_numbers(&network.graph);
    let summary = defined("greatest_core_number", cores.iter().max().copied(), NO_NODES);
    figures(summary, vec![counts("core_number", cores)])
}

/// Why clustering may be undefined.
const NO_PAIRS: &str = "no node has two neighbours";

fn reciprocity(network: &Network) -> Outcome {
    if !network.graph.is_directed() {
        let reason = "the edges are undirected, and none has an answer that could be missing";
        return Outcome::whole(
            [defined("share", None::<f64>, reason), defined("rho", None::<f64>, reason)].concat(),
        );
    }
    let found = suasion_graph::reciprocity(&network.graph);
    let mut summary = vec![
        ("edges_without_self_loops".to_string(), json!(found.n_edges)),
        ("answered".to_string(), json!(found.n_answered)),
    ];
    let no_edges = "there is no edge between two nodes";
    summary.extend(defined("share", found.share, no_edges));
    let reason = if found.n_edges == 0 { no_edges } else { "every edge that there can be is there" };
    summary.extend(defined("rho", found.rho, reason));
    Outcome::whole(summary)
}
