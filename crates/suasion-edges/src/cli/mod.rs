//! The command line of `suasion-graph`.
//!
//! Exit status: 0 clean, 1 something is wrong with the input, 2 something failed.

mod algorithms;
mod graph_file;
mod nodes;
mod report;
mod rows;
mod settings;
mod stop;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::error::ErrorKind;
use clap::{ArgAction, ArgMatches, Args, Command, FromArgMatches, ValueEnum};
use suasion_graph::{Direction, EdgeColumns, Graph, PathWeights, Sign, SignedGraph};

use crate::input::Input;
use crate::names::NodeNames;
use crate::node_table::NodeTableReceipt;
use crate::options::{Layout, Negatives, Options};
use crate::read::Edges;
use crate::receipt::Receipt;
use algorithms::{Algorithm, Network, Outcome, Run};
use nodes::{NodeFlags, Told};
use report::{Report, Seconds};
use rows::RowFlags;
use settings::Settings;
use stop::Stop;

/// Everything was as it should be.
const CLEAN: u8 = 0;
/// Something is wrong with the input.
const INPUT: u8 = 1;
/// Something failed.
const FAILURE: u8 = 2;

const ABOUT: &str = "Networks from the shell: reads an edge list and runs one algorithm on it.

EDGES is text (an edge a line, parted by blanks or a comma, # before comments), CSV with a header (.csv, .tsv; \
Gephi's too), or raw little-endian u32 pairs (.bin). A graph file (.csr), as `build` writes it, is mapped instead. \
`suasion graph` also reads Parquet (.parquet). Text and CSV may be compressed with gzip or zstd.";

/// What the command line says.
#[derive(Debug, Args)]
struct Cli {
    /// What to compute.
    #[arg(value_parser = algorithms::parser(), hide_possible_values = true)]
    algorithm: &'static Algorithm,

    /// The edge list.
    edges: PathBuf,

    /// Edges go from source to target. The default, unless the file says otherwise (Gephi's Type).
    #[arg(long, action = ArgAction::SetTrue, conflicts_with = "undirected")]
    directed: bool,

    /// Edges go both ways.
    #[arg(long, action = ArgAction::SetTrue)]
    undirected: bool,

    /// The columns that name the source, by name or by number from 1; several together make one name.
    #[arg(long, value_name = "COL[,COL]", value_delimiter = ',')]
    from: Vec<String>,

    /// The columns that name the target.
    #[arg(long, value_name = "COL[,COL]", value_delimiter = ',')]
    to: Vec<String>,

    /// The column of weights. Without one every edge weighs 1, except that Gephi's Weight is used.
    #[arg(long, value_name = "COL")]
    weight: Option<String>,

    /// Which edges to take by the sign of their weights, and without it: negative weights are an error otherwise, except
    /// that degree gives positive and negative strength.
    #[arg(long, value_name = "SIGN")]
    sign: Option<SignFlag>,

    /// Nodes are 0 to N − 1, mentioned or not.
    #[arg(long, value_name = "N")]
    nodes: Option<u32>,

    #[command(flatten)]
    known: NodeFlags,

    /// Keep edges of weight zero, which are dropped and counted otherwise.
    #[arg(long)]
    keep_zero: bool,

    /// How many threads to use; by default as many as there are cores.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,

    /// How results are printed.
    #[arg(long, default_value = "text")]
    format: Format,

    /// Write a row for each node, sorted by name, as CSV, or as Parquet if it ends in .parquet (`suasion graph` only).
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    #[command(flatten)]
    rows: RowFlags,

    #[command(flatten)]
    settings: Settings,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Which edges to take by the sign of their weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SignFlag {
    /// Those whose weights are not negative.
    Positive,
    /// Those whose weights are negative, with the sizes of these.
    Negative,
    /// All, with the sizes of their weights.
    Ignore,
}

impl From<SignFlag> for Sign {
    fn from(flag: SignFlag) -> Self {
        match flag {
            SignFlag::Positive => Self::Positive,
            SignFlag::Negative => Self::Negative,
            SignFlag::Ignore => Self::Ignore,
        }
    }
}

/// Reads and writes Parquet for a program that can. What goes wrong is said in a sentence.
pub trait Parquet: Sync {
    /// A Parquet file as CSV under a header, null as an empty field.
    fn to_csv(&self, path: &Path) -> Result<Vec<u8>, String>;

    /// Writes columns of one length.
    fn write(&self, path: &Path, columns: Vec<(&str, Cells)>) -> Result<(), String>;
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

/// What a command line asks for, checked.
#[derive(Debug, Clone)]
pub struct Request(ArgMatches);

impl FromArgMatches for Request {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let cli = Cli::from_arg_matches(matches)?;
        match Settings::unheeded(matches, cli.algorithm.flags) {
            None => Ok(Self(matches.clone())),
            Some(flag) => {
                let name = cli.algorithm.name;
                let what = format!("--{flag} says nothing to {name}; leave it out");
                Err(clap::Error::raw(ErrorKind::ArgumentConflict, what))
            }
        }
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for Request {
    fn augment_args(command: Command) -> Command {
        Cli::augment_args(command)
            .about("Networks from the shell: reads an edge list and runs one algorithm on it")
            .long_about(ABOUT)
            .max_term_width(100)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl Request {
    /// The algorithms, with a line and an example each, as `program` is called.
    pub fn help(program: &str) -> String {
        algorithms::help(program)
    }

    /// Does what is asked for, and returns the exit status.
    pub fn run(&self, parquet: Option<&dyn Parquet>) -> u8 {
        let done = Cli::from_arg_matches(&self.0).map_err(Stop::from).and_then(|cli| start(&cli, parquet));
        let Err(stop) = done else { return CLEAN };
        let status = stop.status();
        if status != CLEAN {
            // Nobody is left to tell if this fails.
            let _ = writeln!(io::stderr(), "error: {stop}");
        }
        status
    }
}

fn start(cli: &Cli, parquet: Option<&dyn Parquet>) -> Result<(), Stop> {
    let read = [(Some(&cli.edges), "edge list"), (cli.known.node_table.as_ref(), "node table")];
    for (path, what) in read {
        if let (Some(out), Some(path)) = (&cli.out, path)
            && is_same_file(out, path)
        {
            return Err(Stop::Overwrite { path: out.clone(), what });
        }
    }
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = cli.threads {
        pool = pool.num_threads(threads.into());
    }
    pool.build()?.install(|| work(cli, parquet))
}

fn work(cli: &Cli, parquet: Option<&dyn Parquet>) -> Result<(), Stop> {
    let takes_signs = cli.sign.is_some() || matches!(cli.algorithm.run, Run::Signed(_));
    let is_of_costs = cli.settings.path_weights() == PathWeights::Cost;
    let options = Options {
        from: cli.from.clone(),
        to: cli.to.clone(),
        weight: cli.weight.clone(),
        filters: cli.rows.filters(),
        nodes: cli.nodes,
        // Without an edge of cost zero its ends would be farther apart, not nearer.
        keep_zero: cli.keep_zero || is_of_costs,
        negatives: if takes_signs { Negatives::Keep } else { Negatives::Refuse },
        ..Options::default()
    };
    if matches!(cli.algorithm.run, Run::File) {
        return build_file(cli, &options, parquet);
    }
    if Layout::of(&cli.edges) == Layout::Csr {
        let (mapped, read) = timed(|| graph_file::map(cli, &options));
        let (graph, names, receipt) = mapped?;
        check_lengths(cli, graph.is_weighted())?;
        let network = Network { graph, signed: None, names, attributes: Vec::new() };
        let told = Context { receipt, node_table: None, rows_of_other_sign: None };
        return compute(cli, parquet, &network, &told, (read, 0.0));
    }
    let (read, seconds_read) = timed(|| -> Result<(Edges, Told), Stop> {
        let mut edges = open(&cli.edges, parquet)?.read(&options)?;
        let told = cli.known.read(&mut edges, cli.nodes, &cli.settings, |path| open(path, parquet))?;
        Ok((edges, told))
    });
    let (edges, told) = read?;
    let (direction, mut columns, names, receipt) = columns(cli, edges)?;
    check_lengths(cli, columns.weights.is_some())?;
    let n_rows = receipt.edges;
    let rows_of_other_sign = cli.sign.map(|_| n_rows - columns.sources.len() as u64);
    if is_of_costs {
        columns = columns.cheapest(direction);
    }
    let (graphs, seconds_build) = timed(|| build(direction, names.len() as usize, columns));
    let (graph, signed) = graphs.map_err(|cause| Stop::Build { path: cli.edges.clone(), cause })?;
    let network = Network { graph, signed, names, attributes: told.attributes };
    let context = Context { receipt, node_table: told.receipt, rows_of_other_sign };
    compute(cli, parquet, &network, &context, (seconds_read, seconds_build))
}

/// Algorithms of paths have to know what weights are, if there are any.
fn check_lengths(cli: &Cli, is_weighted: bool) -> Result<(), Stop> {
    if !cli.algorithm.is_of_paths {
        return Ok(());
    }
    let (path, algorithm) = (cli.edges.clone(), cli.algorithm.name);
    match (is_weighted, cli.settings.weight_as) {
        (false, None) | (true, Some(_)) => Ok(()),
        (false, Some(_)) => Err(Stop::NoWeights(path)),
        (true, None) if cli.algorithm.flags.contains(&"weight-as") => Err(Stop::Meaning { path, algorithm }),
        (true, None) => Err(Stop::Lengths { path, algorithm }),
    }
}

/// What became of the input, for the report.
struct Context {
    receipt: Receipt,
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
    let (result, run) = timed(|| cli.algorithm.run.on(network, &cli.settings));
    let result = result?;
    if let Some(out) = &cli.out {
        write_nodes(out, network, &result, parquet)?;
    }
    print(
        cli,
        &Report {
            algorithm: cli.algorithm.name,
            directed: network.graph.is_directed(),
            n_nodes: network.graph.n_nodes(),
            n_edges: network.graph.n_edges() as u64,
            seconds: Seconds { read, build, run },
            peak_bytes: report::peak_bytes(),
            receipt: &context.receipt,
            rows_of_other_sign: context.rows_of_other_sign,
            node_table: context.node_table.as_ref(),
            summary: &result.summary,
        },
    )
}

/// Builds a graph file, and reports.
fn build_file(cli: &Cli, options: &Options, parquet: Option<&dyn Parquet>) -> Result<(), Stop> {
    let read = || {
        let mut edges = open(&cli.edges, parquet)?.read(options)?;
        cli.known.read(&mut edges, cli.nodes, &cli.settings, |path| open(path, parquet))?;
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
            seconds: Seconds { read: 0.0, build, run: 0.0 },
            peak_bytes: report::peak_bytes(),
            receipt: &built.receipt,
            rows_of_other_sign: None,
            node_table: None,
            summary: &built.summary(),
        },
    )
}

fn print(cli: &Cli, report: &Report) -> Result<(), Stop> {
    let text = match cli.format {
        Format::Text => report.text(),
        Format::Json => report.json(),
    };
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).map_err(Stop::Print)
}

/// The edges that the options ask for.
fn columns(cli: &Cli, edges: Edges) -> Result<(Direction, EdgeColumns, NodeNames, Receipt), Stop> {
    let direction = if is_directed(cli, &edges)? { Direction::Directed } else { Direction::Undirected };
    let Edges { sources, targets, weights, names, receipt } = edges;
    let mut columns = EdgeColumns { sources, targets, weights };
    if let Some(sign) = cli.sign {
        if columns.weights.is_none() {
            return Err(Stop::Unsigned(cli.edges.clone()));
        }
        let n_rows = columns.sources.len();
        columns = columns.of_sign(sign.into());
        if n_rows > 0 && columns.sources.is_empty() {
            return Err(Stop::OneSign(cli.edges.clone()));
        }
    }
    Ok((direction, columns, names, receipt))
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

/// Writes a row for each node, sorted by name, in the format that the file's name says.
fn write_nodes(
    path: &Path,
    network: &Network,
    outcome: &Outcome,
    parquet: Option<&dyn Parquet>,
) -> Result<(), Stop> {
    if Layout::of(path) != Layout::Parquet {
        return report::write_csv(path, network, outcome)
            .map_err(|cause| Stop::Write { path: path.to_path_buf(), cause });
    }
    let Some(parquet) = parquet else { return Err(Stop::NoParquet(path.to_path_buf())) };
    parquet.write(path, report::cells(network, outcome)).map_err(Stop::WriteTable)
}

/// What the options say, else what the file declares, else directed.
fn is_directed(cli: &Cli, edges: &Edges) -> Result<bool, Stop> {
    if cli.directed || cli.undirected {
        return Ok(cli.directed);
    }
    let counts = &edges.receipt.counts;
    match (counts.declared_directed, counts.declared_undirected) {
        (_, 0) => Ok(true),
        (0, undirected) if undirected == counts.rows - counts.rows_filtered => Ok(false),
        _ => Err(Stop::Mixed(cli.edges.clone())),
    }
}

#[expect(clippy::disallowed_methods, reason = "how long a step took is part of the report")]
fn timed<T>(step: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let done = step();
    (done, start.elapsed().as_secs_f64())
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
