//! Whether like is tied to like.

use serde_json::{Value, json};
use suasion_graph::{
    DegreeKind::{In, Out},
    EdgeCount, EiIndex,
};

use super::{Algorithm, Column, Network, Outcome, Run, defined, figures};
use crate::cli::Stop;
use crate::cli::settings::Settings;

pub(super) const ALGORITHMS: &[Algorithm] = &[
    Algorithm {
        name: "assortativity",
        line: "Whether nodes with many edges have edges to such, as a correlation; by direction (source, target), and by weight if there are weights; with attributes, whether those of one kind do",
        example: "edges.txt --undirected",
        flags: &["attribute", "weight"],
        run: Run::Told(assortativity),
    },
    Algorithm {
        name: "ei-index",
        line: "External less internal ties of a node, a group and the whole, as a share of both: −1 keeps to itself, 1 turns outward (Krackhardt and Stern 1988)",
        example: "ties.csv --node-table people.csv --attribute country",
        flags: &["attribute", "out"],
        run: Run::Asking(ei_index),
    },
];

/// Why an assortativity may be undefined.
const NO_EDGES: &str = "there is no edge between two nodes";

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
            let reason =
                if edges == 0 { NO_EDGES } else { "all ends have as many edges, or none weighs anything" };
            summary.extend(defined(&format!("{name}{suffix}"), found.coefficient, reason));
        }
    }
    for attribute in &network.attributes {
        let name = &attribute.name;
        for &(suffix, count) in counts {
            let found = suasion_graph::categorical_assortativity(graph, &attribute.values, count);
            let reason = "no two ends of edges differ in it";
            summary.extend(defined(&format!("{name}_as_category{suffix}"), found.coefficient, reason));
            if suffix.is_empty() {
                summary.push((format!("{name}_edges_left_out"), json!(found.n_left_out)));
            }
            // Only where every value is a number is there another reading of them.
            if let Ok(numbers) = attribute.numbers() {
                let found = suasion_graph::numeric_assortativity(graph, &numbers, &numbers, count);
                summary.extend(defined(&format!("{name}_as_number{suffix}"), found.coefficient, reason));
            }
        }
    }
    Outcome::whole(summary)
}

fn ei_index(network: &Network, _: &Settings) -> Result<Outcome, Stop> {
    let [attribute] = network.attributes.as_slice() else {
        return Err(Stop::OneAttribute { algorithm: "ei-index" });
    };
    let found = suasion_graph::ei_index(&network.graph, &attribute.values);
    let (no_ties, no_pairs) = ("there are no ties", "there is nobody to be tied to");
    let figure = |index: &EiIndex| -> Value {
        let index_and_expected =
            [defined("index", index.index(), no_ties), defined("expected", index.expected, no_pairs)]
                .concat();
        let counts = [("external", index.n_external), ("internal", index.n_internal)];
        let counts = counts.map(|(name, count)| (name.to_string(), json!(count)));
        Value::Object(index_and_expected.into_iter().chain(counts).collect())
    };
    let mut summary = defined(
        "ei_index",
        found.network.index(),
        "there are no ties between nodes of which the group is known",
    );
    summary.extend(defined("expected_by_chance", found.network.expected, no_pairs));
    summary.extend([
        ("external_ties".to_string(), json!(found.network.n_external)),
        ("internal_ties".to_string(), json!(found.network.n_internal)),
        ("ties_left_out".to_string(), json!(found.n_left_out)),
    ]);
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
    Ok(figures(summary, columns))
}
