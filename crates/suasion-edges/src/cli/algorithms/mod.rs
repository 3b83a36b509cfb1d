//! The algorithms, an entry each, in a file for each kind.

mod components;
mod inequality;
mod mixing;
mod paths;
mod sampled_paths;
mod structure;
mod two_mode;
mod walks;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde_json::{Value, json};
use suasion_graph::{Graph, SignedGraph};

use super::settings::Settings;
use super::{Stop, graph_file};
use crate::names::NodeNames;
use crate::node_table::Attribute;

/// How many nodes a summary lists.
const TOP: usize = 10;

/// An algorithm as the shell knows it.
#[derive(Debug)]
pub(super) struct Algorithm {
    /// Its name, in kebab case.
    pub(super) name: &'static str,
    /// What it computes, in a line.
    pub(super) line: &'static str,
    /// What follows the name in an example.
    pub(super) example: &'static str,
    /// Whether it goes along edges, so that a weight would have to be a length.
    pub(super) is_of_paths: bool,
    /// Which of the settings it heeds.
    pub(super) flags: &'static [&'static str],
    /// What it does.
    pub(super) run: Run,
}

/// What an algorithm needs to run.
#[derive(Debug)]
pub(super) enum Run {
    /// The network is enough.
    Plain(fn(&Network) -> Outcome),
    /// It heeds settings.
    Told(fn(&Network, &Settings) -> Outcome),
    /// It tells signs apart.
    Signed(fn(&Network) -> Outcome),
    /// It writes a graph file, and has nothing to say of nodes.
    File,
    /// It asks more of the network than that there is one.
    Asking(fn(&Network, &Settings) -> Result<Outcome, Stop>),
}

impl Run {
    pub(super) fn on(&self, network: &Network, settings: &Settings) -> Result<Outcome, Stop> {
        match self {
            Self::Plain(run) | Self::Signed(run) => Ok(run(network)),
            Self::Told(run) => Ok(run(network, settings)),
            Self::File => Ok(graph_file::nothing()),
            Self::Asking(run) => run(network, settings),
        }
    }
}

/// What algorithms work on.
pub(super) struct Network {
    /// Without signs.
    pub(super) graph: Graph,
    /// The same with signs, if there are any and the algorithm tells them apart.
    pub(super) signed: Option<SignedGraph>,
    pub(super) names: NodeNames,
    /// What a table says of each node, in the order of `--attribute`.
    pub(super) attributes: Vec<Attribute>,
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
    /// Counts where there is something to count.
    DefinedCounts(Vec<Option<u32>>),
    /// A number where one is defined.
    Defined(Vec<Option<f64>>),
}

/// All of them, by what they look at.
static GROUPS: &[&[Algorithm]] = &[
    components::ALGORITHMS,
    graph_file::ALGORITHMS,
    inequality::ALGORITHMS,
    mixing::ALGORITHMS,
    paths::ALGORITHMS,
    sampled_paths::ALGORITHMS,
    structure::ALGORITHMS,
    two_mode::ALGORITHMS,
    walks::ALGORITHMS,
];

/// The algorithms, by name.
fn all() -> Vec<&'static Algorithm> {
    let mut all: Vec<&Algorithm> = GROUPS.iter().copied().flatten().collect();
    all.sort_unstable_by_key(|algorithm| algorithm.name);
    all
}

/// Reads the name of an algorithm.
pub(super) fn parser() -> impl TypedValueParser<Value = &'static Algorithm> {
    PossibleValuesParser::new(all().into_iter().map(|algorithm| PossibleValue::new(algorithm.name)))
        .try_map(|name| all().into_iter().find(|algorithm| algorithm.name == name).ok_or("no such algorithm"))
}

/// The algorithms with a line and an example each.
pub(super) fn help(program: &str) -> String {
    let mut text = "Algorithms:\n".to_string();
    for Algorithm { name, line, example, .. } in all() {
        text += &format!("  {name}\n      {line}.\n      {program} {name} {example}\n");
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
            Column::DefinedCounts(values) => network.top(values, |a, b| a.cmp(&b)),
            Column::Nodes(_) => continue,
        };
        summary.push((format!("top_{name}"), top));
    }
    Outcome { summary, columns }
}
