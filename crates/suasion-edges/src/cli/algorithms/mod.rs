//! The algorithms, an entry each, in a file for each kind.

mod brokerage;
mod communities;
mod components;
mod dependence;
mod disparity_filter;
mod inequality;
mod layout;
mod mixing;
mod paths;
mod projection;
mod sampled_paths;
mod stability;
mod structure;
mod two_mode;
mod walks;
mod windows;

use clap::Command;
use serde_json::{Value, json};
use suasion_graph::{Direction, EdgeColumns, Error, Graph, SignedGraph};

use super::settings::Settings;
use super::{Stop, graph_file};
use crate::names::NodeNames;
use crate::node_table::Attribute;
use crate::times::Times;

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
    /// Which it heeds of the flags that not all do.
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
    /// Its ties with their times, if these are read.
    pub(super) timed: Option<Timed>,
    /// Its ties as they stand in the file, if the algorithm draws them.
    pub(super) rows: Option<EdgeColumns>,
    pub(super) names: NodeNames,
    /// What a table says of each node, in the order of `--attribute`.
    pub(super) attributes: Vec<Attribute>,
}

/// Ties as they stand in the file, and when each was.
pub(super) struct Timed {
    pub(super) direction: Direction,
    pub(super) ties: EdgeColumns,
    pub(super) times: Times,
}

/// Figures for the whole network, by name.
pub(super) type Figures = Vec<(String, Value)>;

/// Figures for each row, by name.
pub(super) type Columns = Vec<(&'static str, Column)>;

/// What an algorithm found.
pub(super) struct Outcome {
    /// Figures for the whole network that come with the columns, in order of interest.
    summary: Figures,
    /// Those that are taken from the columns afterwards, such as the largest of each.
    glance: fn(&Network, &Columns) -> Figures,
    /// What has figures, in the order of rows.
    pub(super) rows: Rows,
    /// Figures for each of these.
    pub(super) columns: Columns,
}

/// What the rows of a table are about.
pub(super) enum Rows {
    /// Each node.
    All,
    /// These nodes, one again if it has several rows.
    Nodes(Vec<u32>),
    /// Ties between nodes.
    Ties(Ties),
}

/// Ties, by their ends.
pub(super) struct Ties {
    pub(super) directed: bool,
    pub(super) sources: Vec<u32>,
    pub(super) targets: Vec<u32>,
}

impl Outcome {
    /// Figures for the whole network and for each node, with nothing to be taken from these.
    fn of(summary: Figures, columns: Columns) -> Self {
        Self { summary, glance: |_, _| Vec::new(), rows: Rows::All, columns }
    }

    /// Figures for the whole network and for each tie; the ties of largest weight come last in the summary.
    fn of_ties(
        mut summary: Figures,
        network: &Network,
        ties: Ties,
        weights: &[f64],
        columns: Columns,
    ) -> Self {
        summary.push(("top_ties".to_string(), network.top_ties(&ties, weights)));
        Self { rows: Rows::Ties(ties), ..Self::of(summary, columns) }
    }

    /// Figures for the whole network alone.
    pub(super) fn whole(summary: Figures) -> Self {
        Self::of(summary, Vec::new())
    }

    /// All figures for the whole network, in order of interest.
    pub(super) fn summarise(&mut self, network: &Network) -> Figures {
        let mut summary = std::mem::take(&mut self.summary);
        summary.extend((self.glance)(network, &self.columns));
        summary
    }
}

/// What the name of a reason ends in, beside the name of what it explains.
pub(super) const REASON: &str = "_reason";

/// A figure and, where it is undefined, why.
fn defined(name: &str, value: impl Into<Value>, reason: &str) -> Figures {
    let value = value.into();
    let is_undefined = value.is_null();
    let mut figure = vec![(name.to_string(), value)];
    if is_undefined {
        figure.push((format!("{name}{REASON}"), json!(reason)));
    }
    figure
}

/// Why a mean over nodes may be undefined.
const NO_NODES: &str = "there are no nodes";

/// A figure for each row.
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
    /// The same where counts may exceed 2³².
    DefinedLarge(Vec<Option<u64>>),
    /// A number where one is defined.
    Defined(Vec<Option<f64>>),
}

/// All of them, by what they look at.
static GROUPS: &[&[Algorithm]] = &[
    brokerage::ALGORITHMS,
    communities::ALGORITHMS,
    components::ALGORITHMS,
    dependence::ALGORITHMS,
    disparity_filter::ALGORITHMS,
    graph_file::ALGORITHMS,
    inequality::ALGORITHMS,
    layout::ALGORITHMS,
    mixing::ALGORITHMS,
    paths::ALGORITHMS,
    projection::ALGORITHMS,
    sampled_paths::ALGORITHMS,
    stability::ALGORITHMS,
    structure::ALGORITHMS,
    two_mode::ALGORITHMS,
    walks::ALGORITHMS,
    windows::ALGORITHMS,
];

/// The algorithms, by name.
fn all() -> Vec<&'static Algorithm> {
    let mut all: Vec<&Algorithm> = GROUPS.iter().copied().flatten().collect();
    all.sort_unstable_by_key(|algorithm| algorithm.name);
    all
}

/// The algorithm of that name.
pub(super) fn find(name: &str) -> Option<&'static Algorithm> {
    all().into_iter().find(|algorithm| algorithm.name == name)
}

/// A command for each, which `with_flags` completes once it is called: all flags of all algorithms would take longer to
/// put together than most networks to answer.
pub(super) fn commands(with_flags: fn(Command) -> Command) -> Vec<Command> {
    let command =
        |algorithm: &Algorithm| Command::new(algorithm.name).about(algorithm.line).defer(with_flags);
    all().into_iter().map(command).collect()
}

/// An example for each algorithm, as `program` is called.
pub(super) fn help(program: &str) -> String {
    let mut text = "Examples:\n".to_string();
    for Algorithm { name, example, .. } in all() {
        text += &format!("      {program} {name} {example}\n");
    }
    text + &format!(
        "\n`{program} ALGORITHM --help` says which flags an algorithm heeds; any other is refused.\n\nExit status: 0 clean, 1 \
         something is wrong with the input, 2 something failed."
    )
}

impl Network {
    /// The ties with the largest weights, those of one weight in the order of rows.
    fn top_ties(&self, ties: &Ties, weights: &[f64]) -> Value {
        let mut order: Vec<usize> = (0..weights.len()).collect();
        let before = |a: &usize, b: &usize| weights[*b].total_cmp(&weights[*a]).then(a.cmp(b));
        if order.len() > TOP {
            order.select_nth_unstable_by(TOP, before);
            order.truncate(TOP);
        }
        order.sort_unstable_by(before);
        let name = |node: u32| self.names.name(node);
        let row = |at: usize| json!({"from": name(ties.sources[at]), "to": name(ties.targets[at]), "value": weights[at]});
        order.into_iter().map(row).collect()
    }

    /// The nodes with the largest values, those of one value by name; without those whose value is no number.
    fn top<T: Copy + Into<Value>>(&self, values: &[T], larger: impl Fn(T, T) -> std::cmp::Ordering) -> Value {
        let order = |a: u32, b: u32| larger(values[b as usize], values[a as usize]).then(a.cmp(&b));
        let mut nodes: Vec<u32> = Vec::with_capacity(TOP + 1);
        for node in 0..values.len() as u32 {
            if nodes.len() == TOP && order(nodes[TOP - 1], node).is_lt() {
                continue;
            }
            let at = nodes.partition_point(|&before| order(before, node).is_lt());
            nodes.insert(at, node);
            nodes.truncate(TOP);
        }
        let value = |node: u32| -> Value { values[node as usize].into() };
        let rows = nodes.into_iter().filter(|node| !value(*node).is_null());
        rows.map(|node| json!({"node": self.names.name(node), "value": value(node)})).collect()
    }
}

fn counts(value: &'static str, values: Vec<u32>) -> (&'static str, Column) {
    (value, Column::Counts(values))
}

/// Figures for each node, the largest of each in the summary.
fn figures(summary: Figures, columns: Columns) -> Outcome {
    Outcome { glance: tops, ..Outcome::of(summary, columns) }
}

/// The largest of each column.
fn tops(network: &Network, columns: &Columns) -> Figures {
    columns.iter().filter_map(|(name, column)| top(network, name, column)).collect()
}

/// The largest of a column; `None` if it names nodes.
fn top(network: &Network, name: &str, column: &Column) -> Option<(String, Value)> {
    let top = match column {
        Column::Counts(values) => network.top(values, |a, b| a.cmp(&b)),
        Column::Large(values) => network.top(values, |a, b| a.cmp(&b)),
        Column::Numbers(values) => network.top(values, |a, b| a.total_cmp(&b)),
        Column::Defined(values) => {
            // What is undefined is no number, and below them all.
            let values: Vec<f64> = values.iter().map(|value| value.unwrap_or(f64::NEG_INFINITY)).collect();
            network.top(&values, |a, b| a.total_cmp(&b))
        }
        Column::DefinedCounts(values) => network.top(values, |a, b| a.cmp(&b)),
        Column::DefinedLarge(values) => network.top(values, |a, b| a.cmp(&b)),
        Column::Nodes(_) => return None,
    };
    Some((format!("top_{name}"), top))
}

/// What each node belongs to, which is called by its smallest node.
fn labels(columns: &Columns) -> &[u32] {
    let labels = columns.iter().find_map(|(_, column)| match column {
        Column::Nodes(labels) => Some(labels.as_slice()),
        _ => None,
    });
    labels.unwrap_or_default()
}

/// Rows of labels and how many nodes have them.
fn sizes(network: &Network, sizes: impl IntoIterator<Item = (u32, u32)>) -> Value {
    let row = |(label, n_nodes)| json!({"node": network.names.name(label), "value": n_nodes});
    sizes.into_iter().map(row).collect()
}

/// What is wrong with paths, said with the names of nodes.
fn named(network: &Network, error: &Error) -> Stop {
    let name = |node: u32| network.names.name(node).into_owned();
    match *error {
        Error::ZeroLength { source_node, target_node } => {
            Stop::ZeroLength { source_node: name(source_node), target_node: name(target_node) }
        }
        Error::TooManyPaths => Stop::TooManyPaths,
        ref other => Stop::Compute(other.clone()),
    }
}
