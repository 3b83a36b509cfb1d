//! Who is between others that are not tied themselves.

use serde_json::{Value, json};
use suasion_graph::{Brokerage, BrokerageRole, Expected, Permuted, StructuralHoles};

use super::{Algorithm, Column, Columns, Figures, Network, Outcome, Run, defined, top};
use crate::cli::Stop;
use crate::cli::settings::Settings;
use crate::node_table::Attribute;

pub(super) const ALGORITHMS: &[Algorithm] = &[
    Algorithm {
        name: "brokerage",
        line: "Between which groups a node passes on what others do not pass on directly, in five roles, against chance (Gould and Fernandez 1989)",
        example: "ties.csv --node-table people.csv --attribute country --permutations 1000",
        flags: &["attribute", "out", "permutations", "seed"],
        run: Run::Asking(brokerage),
    },
    Algorithm {
        name: "structural-holes",
        line: "How far a node's ties lead back to one another, direction ignored: constraint, effective size, efficiency and hierarchy (Burt 1992); by weight",
        example: "mentions.txt --out holes.csv",
        flags: &["out", "weight"],
        run: Run::Asking(structural_holes),
    },
];

fn structural_holes(network: &Network, _: &Settings) -> Result<Outcome, Stop> {
    let StructuralHoles { constraint, effective_size, efficiency, hierarchy } =
        suasion_graph::structural_holes(&network.graph).map_err(Stop::Compute)?;
    let undefined = constraint.iter().filter(|constraint| constraint.is_none()).count();
    let summary = vec![("nodes_without_ties".to_string(), json!(undefined))];
    let columns = vec![
        ("constraint", Column::Defined(constraint)),
        ("effective_size", Column::Defined(effective_size)),
        ("efficiency", Column::Defined(efficiency)),
        ("hierarchy", Column::Defined(hierarchy)),
    ];
    Ok(Outcome { glance: least_and_most, ..Outcome::of(summary, columns) })
}

/// The nodes with the least constraint and those with the most to bridge.
fn least_and_most(network: &Network, columns: &Columns) -> Figures {
    let mut summary = Vec::new();
    for (name, column) in columns {
        match (*name, column) {
            ("constraint", Column::Defined(values)) => {
                // What is undefined is no number, and above them all.
                let values: Vec<f64> = values.iter().map(|value| value.unwrap_or(f64::INFINITY)).collect();
                let least = network.top(&values, |a, b| b.total_cmp(&a));
                summary.push(("least_constraint".to_string(), least));
            }
            ("effective_size", _) => summary.extend(top(network, name, column)),
            _ => {}
        }
    }
    summary
}

/// What the columns of a role are called: counts, and what they are set against.
struct RoleColumns {
    count: &'static str,
    z: &'static str,
    permuted_mean: &'static str,
    permuted_deviation: &'static str,
    at_least: &'static str,
    at_most: &'static str,
}

/// In the order of [`BrokerageRole::ALL`].
const ROLES: [RoleColumns; BrokerageRole::ALL.len()] = [
    RoleColumns {
        count: "coordinator",
        z: "coordinator_z",
        permuted_mean: "coordinator_permuted_mean",
        permuted_deviation: "coordinator_permuted_deviation",
        at_least: "coordinator_at_least",
        at_most: "coordinator_at_most",
    },
    RoleColumns {
        count: "consultant",
        z: "consultant_z",
        permuted_mean: "consultant_permuted_mean",
        permuted_deviation: "consultant_permuted_deviation",
        at_least: "consultant_at_least",
        at_most: "consultant_at_most",
    },
    RoleColumns {
        count: "representative",
        z: "representative_z",
        permuted_mean: "representative_permuted_mean",
        permuted_deviation: "representative_permuted_deviation",
        at_least: "representative_at_least",
        at_most: "representative_at_most",
    },
    RoleColumns {
        count: "gatekeeper",
        z: "gatekeeper_z",
        permuted_mean: "gatekeeper_permuted_mean",
        permuted_deviation: "gatekeeper_permuted_deviation",
        at_least: "gatekeeper_at_least",
        at_most: "gatekeeper_at_most",
    },
    RoleColumns {
        count: "liaison",
        z: "liaison_z",
        permuted_mean: "liaison_permuted_mean",
        permuted_deviation: "liaison_permuted_deviation",
        at_least: "liaison_at_least",
        at_most: "liaison_at_most",
    },
];

fn brokerage(network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
    let [attribute] = network.attributes.as_slice() else {
        return Err(Stop::OneAttribute { algorithm: "brokerage" });
    };
    let groups = &attribute.values;
    let found = suasion_graph::brokerage(&network.graph, groups);
    let seed = settings.seed.unwrap_or(0);
    let permuted =
        settings.permutations.map(|n| suasion_graph::permuted_brokerage(&network.graph, groups, n, seed));
    let mut columns = Vec::new();
    for (role, names) in ROLES.iter().enumerate() {
        columns.push((names.count, Column::DefinedLarge(counts(&found, role))));
        columns.push((names.z, Column::Defined(z(&found, groups, role))));
        let Some(permuted) = &permuted else { continue };
        let figure = |of: fn(&Permuted) -> f64| {
            Column::Defined(permuted.iter().map(|roles| Some(of(&roles.as_ref()?[role]))).collect())
        };
        columns.extend([
            (names.permuted_mean, figure(|found| found.expected.mean)),
            (names.permuted_deviation, figure(|found| found.expected.standard_deviation)),
            (names.at_least, figure(|found| found.at_least)),
            (names.at_most, figure(|found| found.at_most)),
        ]);
    }
    let without = groups.iter().filter(|group| group.is_none()).count();
    let mut summary = vec![("nodes_without_group".to_string(), json!(without))];
    if let Some(permutations) = settings.permutations {
        summary.push(("permutations".to_string(), json!(permutations)));
        summary.push(("seed".to_string(), json!(seed)));
    }
    summary.extend(of_groups(&found, attribute));
    Ok(Outcome { glance: top_counts, ..Outcome::of(summary, columns) })
}

/// The largest counts of each role.
fn top_counts(network: &Network, columns: &Columns) -> Figures {
    let is_count = |name: &str| ROLES.iter().any(|role| role.count == name);
    let counts = columns.iter().filter(|(name, _)| is_count(name));
    counts.filter_map(|(name, column)| top(network, name, column)).collect()
}

fn counts(found: &Brokerage, role: usize) -> Vec<Option<u64>> {
    found.counts.iter().map(|counts| Some(counts.as_ref()?[role])).collect()
}

/// By how many standard deviations each node exceeds what edges anywhere would give it.
fn z(found: &Brokerage, groups: &[Option<u32>], role: usize) -> Vec<Option<f64>> {
    let of_node = |(counts, group): (&Option<[u64; ROLES.len()]>, &Option<u32>)| {
        found.by_chance[(*group)? as usize].as_ref()?[role].z(counts.as_ref()?[role])
    };
    found.counts.iter().zip(groups).map(of_node).collect()
}

/// For each group how many nodes it has and what they broker in all, and what one of them would by chance.
fn of_groups(found: &Brokerage, attribute: &Attribute) -> Figures {
    let mut sums = vec![(0_u64, [0_u64; ROLES.len()]); attribute.levels.len()];
    for (group, counts) in attribute.values.iter().zip(&found.counts) {
        if let (Some(group), Some(counts)) = (group, counts) {
            let (n_nodes, sum) = &mut sums[*group as usize];
            *n_nodes += 1;
            sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
    }
    let of_each = |of: &dyn Fn(usize) -> Figures| -> Value {
        let row = |(group, name): (usize, _)| {
            (ToString::to_string(&name), Value::Object(of(group).into_iter().collect()))
        };
        Value::Object(attribute.levels.iter().enumerate().map(row).collect())
    };
    let counted = |group: usize| {
        let (n_nodes, sum) = sums[group];
        let brokered = ROLES.iter().zip(sum).map(|(names, sum)| (names.count.to_string(), json!(sum)));
        [("nodes".to_string(), json!(n_nodes))].into_iter().chain(brokered).collect()
    };
    let by_chance = |of: fn(&Expected) -> f64| {
        of_each(&|group| {
            let figure = |(role, names): (usize, &RoleColumns)| {
                let expected = found.by_chance[group].as_ref().map(|roles| of(&roles[role]));
                defined(names.count, expected, "the group has no nodes, or is all there is with one")
            };
            ROLES.iter().enumerate().flat_map(figure).collect()
        })
    };
    vec![
        ("groups".to_string(), of_each(&counted)),
        ("mean_by_chance".to_string(), by_chance(|expected| expected.mean)),
        ("deviation_by_chance".to_string(), by_chance(|expected| expected.standard_deviation)),
    ]
}
