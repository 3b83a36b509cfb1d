//! The command line of `suasion-graph`.
//!
//! Exit status: 0 clean, 1 something is wrong with the input, 2 something failed.

mod algorithms;
mod calendar;
mod flags;
mod graph_file;
mod list;
mod nodes;
mod report;
mod rows;
mod settings;
mod stop;
mod table;

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Instant;

use suasion_graph::{Direction, EdgeColumns, Graph, PathWeights, Sign, SignedGraph};

use crate::input::{Input, Watch};
use crate::names::NodeNames;
use crate::node_table::NodeTableReceipt;
use crate::options::{Layout, Negatives, Options};
use crate::read::Edges;
use crate::receipt::Receipt;
use crate::times::Times;
use algorithms::{Network, Run, Timed};
use flags::{Cli, Format};
use graph_file::Mapped;
use list::List;
use nodes::Told;
use report::{Report, Seconds};
use stop::Stop;

pub use flags::Request;

/// Everything was as it should be.
const CLEAN: u8 = 0;
/// Something is wrong with the input.
const INPUT: u8 = 1;
/// Something failed.
const FAILURE: u8 = 2;

/// Reads and writes Parquet for a program that can.
pub trait Parquet: Sync {
    /// A Parquet file as CSV under a header, null as an empty field; or a sentence that says what is wrong with it.
    fn to_csv(&self, path: &Path) -> Result<Vec<u8>, String>;

    /// Writes columns of one length.
    fn write(&self, file: File, columns: Vec<(&str, Cells)>) -> io::Result<()>;
}

/// A column of a table to be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// Text.
    Texts(Vec<String>),
    /// Counts.
    Counts(Vec<u32>),
    /// Counts that may exceed 2³².
    Large(Vec<u64>),
    /// Numbers, `None` where there is none.
    Numbers(Vec<Option<f64>>),
}

impl Request {
    /// The algorithms, with an example each, as `program` is called.
    pub fn help(program: &str) -> String {
        algorithms::help(program)
    }

    /// Does what is asked for, and returns the exit status.
    pub fn run(&self, parquet: Option<&dyn Parquet>) -> u8 {
        let Err(stop) = start(&self.0, parquet) else { return CLEAN };
        let status = stop.status();
        if status != CLEAN {
            // Nobody is left to tell if this fails.
            let _ = writeln!(io::stderr(), "error: {stop}");
        }
        status
    }
}

fn start(cli: &Cli, parquet: Option<&dyn Parquet>) -> Result<(), Stop> {
    table::check(cli, parquet.is_some())?;
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = cli.flags.threads {
        pool = pool.num_threads(threads.into());
    }
    pool.build()?.install(|| work(cli, parquet))
}

fn work(cli: &Cli, parquet: Option<&dyn Parquet>) -> Result<(), Stop> {
    let takes_signs = cli.flags.sign.is_some() || matches!(cli.algorithm.run, Run::Signed(_));
    let is_of_costs = cli.flags.settings.path_weights() == PathWeights::Cost;
    let options = Options {
        from: List::all(&cli.flags.from),
        to: List::all(&cli.flags.to),
        weight: cli.flags.weight.clone(),
        time: cli.flags.settings.time_column.clone(),
        filters: cli.flags.rows.filters(),
        nodes: cli.flags.nodes,
        // Without an edge of cost zero its ends would be farther apart, not nearer.
        keep_zero: cli.flags.keep_zero || is_of_costs,
        negatives: if takes_signs { Negatives::Keep } else { Negatives::Refuse },
        ..Options::default()
    };
    if matches!(cli.algorithm.run, Run::File) {
        return build_file(cli, &options, parquet);
    }
    if Layout::of(&cli.flags.edges) == Layout::Csr {
        let (mapped, read) = timed(|| graph_file::map(cli, &options));
        let Mapped { graph, names, receipt, watch } = mapped?;
        check_lengths(cli, graph.is_weighted())?;
        if is_of_costs {
            return Err(Stop::Sums(cli.flags.edges.clone()));
        }
        let network = Network { graph, signed: None, timed: None, rows: None, names, attributes: Vec::new() };
        let told = Context { receipt, watch: Some(watch), node_table: None, rows_of_other_sign: None };
        return compute(cli, parquet, &network, &told, (read, 0.0));
    }
    let (read, seconds_read) = timed(|| -> Result<(Edges, Told), Stop> {
        let mut edges = open(&cli.flags.edges, parquet)?.read(&options)?;
        let told = cli
            .flags
            .known
            .read(&mut edges, cli.flags.nodes, &cli.flags.settings, |path| open(path, parquet))?;
        Ok((edges, told))
    });
    let (mut edges, told) = read?;
    let times = times(cli, &mut edges);
    let (direction, mut columns, names, receipt) = columns(cli, edges)?;
    check_lengths(cli, columns.weights.is_some())?;
    let n_rows = receipt.edges;
    let rows_of_other_sign = cli.flags.sign.map(|_| n_rows - columns.sources.len() as u64);
    if is_of_costs {
        columns = columns.cheapest(direction);
    }
    let timed_ties = times.map(|times| Timed { direction, ties: columns.clone(), times });
    let rows = cli.algorithm.flags.contains(&"resamples").then(|| columns.clone());
    let (graphs, seconds_build) = timed(|| build(direction, names.len() as usize, columns));
    let (graph, signed) = graphs.map_err(|cause| Stop::Build { path: cli.flags.edges.clone(), cause })?;
    let network = Network { graph, signed, timed: timed_ties, rows, names, attributes: told.attributes };
    let context = Context { receipt, watch: None, node_table: told.receipt, rows_of_other_sign };
    compute(cli, parquet, &network, &context, (seconds_read, seconds_build))
}

/// Algorithms of paths have to know what weights are, if there are any.
fn check_lengths(cli: &Cli, is_weighted: bool) -> Result<(), Stop> {
    if !cli.algorithm.flags.contains(&"weight-as") {
        return Ok(());
    }
    let (path, algorithm) = (cli.flags.edges.clone(), cli.algorithm.name);
    match (is_weighted, cli.flags.settings.weight_as) {
        (false, None) | (true, Some(_)) => Ok(()),
        (false, Some(_)) => Err(Stop::NoWeights(path)),
        (true, None) => Err(Stop::Meaning { path, algorithm }),
    }
}

/// What became of the input, for the report.
struct Context {
    receipt: Receipt,
    /// Of a file that is read while the algorithm runs.
    watch: Option<Watch>,
    node_table: Option<NodeTableReceipt>,
    rows_of_other_sign: Option<u64>,
}

/// Runs the algorithm, and reports.
fn compute(
    cli: &Cli,
    parquet: Option<&dyn Parquet>,
    network: &Network,
    context: &Context,
    (read, build): (f64, f64),
) -> Result<(), Stop> {
    let (result, run) = timed(|| cli.algorithm.run.on(network, &cli.flags.settings));
    let mut result = result?;
    let (figures, summary) = timed(|| result.summarise(network));
    if let Some(watch) = &context.watch {
        watch.ensure_unchanged()?;
    }
    if let Some(out) = &cli.flags.out {
        table::write(out, network, &result, parquet)?;
    }
    let n_edges = network.graph.n_edges() as u64;
    let n_left = n_edges + context.rows_of_other_sign.unwrap_or(0);
    print(
        cli,
        &Report {
            algorithm: cli.algorithm.name,
            directed: network.graph.is_directed(),
            n_nodes: network.graph.n_nodes(),
            n_edges,
            parallel_edges_merged: context.receipt.edges.saturating_sub(n_left),
            seconds: Seconds { read, build, run, summary },
            peak_bytes: report::peak_bytes(),
            receipt: &context.receipt,
            rows_of_other_sign: context.rows_of_other_sign,
            node_table: context.node_table.as_ref(),
            weights_not_used: network.graph.is_weighted() && !cli.algorithm.flags.contains(&"weight"),
            summary: &figures,
        },
    )
}

/// Builds a graph file, and reports.
fn build_file(cli: &Cli, options: &Options, parquet: Option<&dyn Parquet>) -> Result<(), Stop> {
    let read = || {
        let mut edges = open(&cli.flags.edges, parquet)?.read(options)?;
        cli.flags.known.read(&mut edges, cli.flags.nodes, &cli.flags.settings, |path| open(path, parquet))?;
        columns(cli, edges)
    };
    let (built, build) = timed(|| graph_file::build(cli, options, read));
    let built = built?;
    print(
        cli,
        &Report {
            algorithm: cli.algorithm.name,
            directed: built.directed,
            n_nodes: built.n_nodes,
            n_edges: built.built.n_edges,
            parallel_edges_merged: built.receipt.edges.saturating_sub(built.built.n_edges),
            seconds: Seconds { read: 0.0, build, run: 0.0, summary: 0.0 },
            peak_bytes: report::peak_bytes(),
            receipt: &built.receipt,
            rows_of_other_sign: None,
            node_table: None,
            weights_not_used: false,
            summary: &built.summary(),
        },
    )
}

fn print(cli: &Cli, report: &Report) -> Result<(), Stop> {
    let text = match cli.flags.format {
        Format::Text => report.text(),
        Format::Json => report.json(),
    };
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).map_err(Stop::Print)
}

/// The edges that the options ask for.
fn columns(cli: &Cli, edges: Edges) -> Result<(Direction, EdgeColumns, NodeNames, Receipt), Stop> {
    let direction = if is_directed(cli, &edges)? { Direction::Directed } else { Direction::Undirected };
    let Edges { sources, targets, weights, names, receipt, times: _ } = edges;
    let mut columns = EdgeColumns { sources, targets, weights };
    if let Some(sign) = cli.flags.sign {
        if columns.weights.is_none() {
            return Err(Stop::Unsigned(cli.flags.edges.clone()));
        }
        let n_rows = columns.sources.len();
        columns = columns.of_sign(sign.into());
        if n_rows > 0 && columns.sources.is_empty() {
            return Err(Stop::OneSign(cli.flags.edges.clone()));
        }
    }
    Ok((direction, columns, names, receipt))
}

/// When the edges were that the options ask for.
fn times(cli: &Cli, edges: &mut Edges) -> Option<Times> {
    let mut times = edges.times.take()?;
    let sign = cli.flags.sign.map(Sign::from).filter(|sign| *sign != Sign::Ignore);
    if let (Some(sign), Some(weights)) = (sign, &edges.weights) {
        let mut weights = weights.iter();
        times
            .values
            .retain(|_| weights.next().is_some_and(|&weight| (weight < 0.0) == (sign == Sign::Negative)));
    }
    Some(times)
}

/// The graph without signs, and with them if there are any.
fn build(
    direction: Direction,
    n_nodes: usize,
    columns: EdgeColumns,
) -> Result<(Graph, Option<SignedGraph>), suasion_graph::Error> {
    if !columns.has_negative() {
        return Ok((Graph::from_columns(direction, n_nodes, columns)?, None));
    }
    let signed = SignedGraph::from_columns(direction, n_nodes, columns.clone())?;
    Ok((Graph::from_columns(direction, n_nodes, columns.of_sign(Sign::Ignore))?, Some(signed)))
}

/// Opens an edge list or a table of nodes. Parquet is read by those programs that have a reader for it.
fn open(path: &Path, parquet: Option<&dyn Parquet>) -> Result<Input, Stop> {
    match parquet {
        Some(parquet) if Layout::of(path) == Layout::Parquet => {
            Input::of_table(path, || parquet.to_csv(path).map_err(Stop::ReadTable))
        }
        _ => Ok(Input::open(path)?),
    }
}

/// What the options say, else what the file declares, else directed.
fn is_directed(cli: &Cli, edges: &Edges) -> Result<bool, Stop> {
    if cli.flags.directed || cli.flags.undirected {
        return Ok(cli.flags.directed);
    }
    let counts = &edges.receipt.counts;
    match (counts.declared_directed, counts.declared_undirected) {
        (_, 0) => Ok(true),
        (0, undirected) if undirected == counts.rows - counts.rows_filtered => Ok(false),
        _ => Err(Stop::Mixed(cli.flags.edges.clone())),
    }
}

#[expect(clippy::disallowed_methods, reason = "how long a step took is part of the report")]
fn timed<T>(step: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let done = step();
    (done, start.elapsed().as_secs_f64())
}
