//! Whether like is tied to like.

use serde_json::{Value, json};
use suasion_graph::{
    DegreeKind::{In, Out},
    EdgeCount, EiIndex,
};

use super::{Algorithm, Column, Network, Outcome, Run, figures};
use crate::cli::Stop;
use crate::cli::settings::Settings;

pub(super) const ALGORITHMS: &[Algorithm] = &[
    Algorithm {
        name: "assortativity",
        line: "Whether nodes with many edges have edges to such, as a correlation; by direction (source, target), and by weight if there are weights; with attributes, whether those of one kind do",
        example: "edges.txt --undirected",
        is_of_paths: false,
        flags: &["attribute"],
        run: Run::Told(assortativity),
    },
    Algorithm {
        name: "ei-index",
        line: "External less internal ties of a node, a group and the whole, as a share of both: −1 keeps to itself, 1 turns outward (Krackhardt and Stern 1988)",
        example: "ties.csv --node-table people.csv --attribute country",
        is_of_paths: false,
        flags: &["attribute"],
        run: Run::Asking(ei_index),
    },
];

fn assortativity(network: &Network, _: &Settings) -> Outcome {
    let graph = &network.graph;
    let pairs: &[_] = if graph.is_directed() {
        &[("out_in", Out, In), ("in_in", In, In), ("out_out", Out, Out), ("in_out", In, Out)]
    } else {
        &[("degree", Out, Out)]
    };
    let counts: &[_] = if graph.is_weighted() {
        &[("", EdgeCount::Each), ("_by_weight", EdgeCount::ByWeight)]
    } else {
        &[("", EdgeCount::Each)]
    };
    let edges = graph.n_edges() - graph.n_self_loops();
    let mut summary = vec![("edges_without_self_loops".to_string(), json!(edges))];
    for &(suffix, count) in counts {
        for &(name, source, target) in pairs {
            let found = suasion_graph::degree_assortativity(graph, source, target, count);
            summary.push((format!("{name}{suffix}"), json!(found.coefficient)));
        }
    }
    for attribute in &network.attributes {
        let name = &attribute.name;
        for &(suffix, count) in counts {
            let found = suasion_graph::categorical_assortativity(graph, &attribute.values, count);
            summary.push((format!("{name}_as_category{suffix}"), json!(found.coefficient)));
            if suffix.is_empty() {
                summary.push((format!("{name}_edges_left_out"), json!(found.n_left_out)));
            }
            // Only where every value is a number is there another reading of them.
            if let Ok(numbers) = attribute.numbers() {
                let found = suasion_graph::numeric_assortativity(graph, &numbers, &numbers, count);
                summary.push((format!("{name}_as_number{suffix}"), json!(found.coefficient)));
            }
        }
    }
    Outcome { summary, columns: Vec::new() }
}

fn ei_index(network: &Network, _: &Settings) -> Result<Outcome, Stop> {
    let [attribute] = network.attributes.as_slice() else { return Err(Stop::OneAttribute) };
    let found = suasion_graph::ei_index(&network.graph, &attribute.values);
    let figure = |index: &EiIndex| json!({"index": index.index(), "expected": index.expected, "external": index.n_external, "internal": index.n_internal});
    let mut summary = vec![
        ("ei_index".to_string(), json!(found.network.index())),
        ("expected_by_chance".to_string(), json!(found.network.expected)),
        ("external_ties".to_string(), json!(found.network.n_external)),
        ("internal_ties".to_string(), json!(found.network.n_internal)),
        ("ties_left_out".to_string(), json!(found.n_left_out)),
    ];
    let groups: serde_json::Map<String, Value> = attribute
        .levels
        .iter()
        .zip(&found.groups)
        .map(|(name, index)| (name.to_string(), figure(index)))
        .collect();
    summary.push(("groups".to_string(), Value::Object(groups)));
    let external =
        found.nodes.iter().map(|index| Some(u32::try_from(index.as_ref()?.n_external).unwrap_or(u32::MAX)));
    let internal =
        found.nodes.iter().map(|index| Some(u32::try_from(index.as_ref()?.n_internal).unwrap_or(u32::MAX)));
    let columns = vec![
        ("external", Column::DefinedCounts(external.collect())),
        ("internal", Column::DefinedCounts(internal.collect())),
        ("ei_index", Column::Defined(found.nodes.iter().map(|index| index.as_ref()?.index()).collect())),
    ];
    Ok(figures(network, summary, columns))
}
